"""Which visit facts may be records of one and the same visit, and why.

Facts are marked, never dropped; a person decides (`Visit.same_as`, `Visit.distinct`). Whether two
different visits are one event (a transfer, an admission through an emergency department) is
`evidence.events`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from cortipump.quantities.moment import FROM_UTC
from cortipump.record.facts import Visit
from cortipump.record.likeness import SAME_VAGUE, Row, closeness, facilities_agree, reason_for
from cortipump.record.spells import Spell, spell_of
from cortipump.record.timeline import Of, Timeline


class Duplicate(Struct, frozen=True):
    """A visit fact that is, or may be, another record of an older one.

    Attributes
    ----------
    of
        Id of the older fact.
    reason
        What agrees and what differs, in words.
    certain
        True when a person decided it.
    root
        Id of the record that leads everything that may be this visit. Empty: the mark joins no
        more than the two, because one of them does not say what kind it is.
    """

    of: str
    reason: str
    certain: bool = False
    root: str = ""


class Matches(Struct, frozen=True):
    """What is known about visit facts that belong together.

    Attributes
    ----------
    duplicates
        Fact id to what it is, or may be, another record of.
    attached
        Id of a visit that only a bill shows, to the id of the visit record that it belongs to.
    """

    duplicates: dict[str, Duplicate]
    attached: dict[str, str]


def _by_age(of: Of[Visit]) -> tuple[str, str]:
    """Facts entered earlier are older; the id settles the rest."""
    return (of.fact.origin.at, of.id)


def _row(of: Of[Visit], spell: Spell, age: int) -> Row:
    visit, origin = of.body, of.fact.origin
    utc = any(moment is not None and moment.mark == FROM_UTC for moment in (visit.start, visit.end))
    bill = visit.basis == "bill"
    kind, source, name = visit.visit_kind, origin.source, origin.name or "typed in"
    return Row(of.id, visit, spell, kind, source, name, origin.at, age, bill, utc)


def _content(row: Row) -> tuple[object, ...]:
    """An order that does not depend on when a record was imported."""
    spell = row.spell
    times = (spell.first, spell.last, spell.begins or 0, spell.ends or 0, spell.exact, spell.ended)
    return (*times, row.kind, row.bill, row.utc, row.visit.facility, row.source, row.id)


def _rows(visits: Sequence[Of[Visit]]) -> list[Row]:
    """Every dated visit, oldest record first."""
    dated = ((of, spell_of(of.body)) for of in sorted(visits, key=_by_age))
    rows = [_row(of, spell, age) for age, (of, spell) in enumerate(dated) if spell is not None]
    for place, row in enumerate(sorted(rows, key=_content)):
        row.place = place
    return rows


def _overlapping(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of compatible kinds whose days meet or touch: one pass over the days."""
    running: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.spell.first, row.place)):
        first = row.spell.first
        for kind in tuple(running) if row.kind == "unknown" else (row.kind, "unknown"):
            if running[kind]:
                still = [other for other in running[kind] if other.spell.last + 1 >= first]
                running[kind] = still
                for other in still:
                    yield other, row
        running[row.kind].append(row)


def _is_decided(visit: Visit) -> bool:
    """Whether a person said what the record is: a visit of its own, or one with another."""
    return visit.distinct or bool(visit.same_as)


def _decided_apart(older: Row, newer: Row) -> bool:
    """Whether a person already decided that the newer is no record of the older.

    A visit decided to be one of its own was compared with what was there at that time; a record
    imported later may still repeat it.
    """
    return newer.visit.distinct or (older.visit.distinct and newer.at <= older.at)


class _Pairs:
    """Everything that looks alike, and the record each bill belongs to.

    Attributes
    ----------
    alike
        Age to the ages of those of the same kind that it resembles, with how much.
    mixed
        The same where one kind is unknown; from the newer to the older only.
    apart
        Age to the ages of those that a person decided to be other visits.
    bills
        Age of a bill to how well it fits its record, and that record.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.apart: dict[int, set[int]] = defaultdict(set)
        self.alike: dict[int, dict[int, int]] = defaultdict(dict)
        self.mixed: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.bills: dict[int, tuple[tuple[bool, int, int], Row]] = {}
        for one, other in _overlapping(rows):
            close = closeness(one, other)
            if close:
                self._note(one, other, close)

    def _note(self, one: Row, other: Row, close: int) -> None:
        rank = close * 2 + bool(facilities_agree(one, other))
        bill, record = (one, other) if one.bill else (other, one)
        if bill.bill and not record.bill and close > SAME_VAGUE and not _is_decided(bill.visit):
            best = (one.kind == other.kind, rank, -record.place)
            if bill.age not in self.bills or best > self.bills[bill.age][0]:
                self.bills[bill.age] = (best, record)
            return
        older, newer = (one, other) if one.age < other.age else (other, one)
        if _decided_apart(older, newer):
            self.apart[older.age].add(newer.age)
            self.apart[newer.age].add(older.age)
            return
        if one.kind == other.kind:
            self.alike[older.age][newer.age] = rank
            self.alike[newer.age][older.age] = rank
        else:
            self.mixed[newer.age].append((-rank, older.age))

    def best_first(self, rows: dict[int, Row]) -> list[tuple[int, int, int, int, int]]:
        """Pairs of one kind, the likeliest first; the order of import has no part in it."""
        pairs = []
        for age, near in self.alike.items():
            place = rows[age].place
            for other, rank in near.items():
                if place < rows[other].place:
                    pairs.append((-rank, place, rows[other].place, age, other))
        return sorted(pairs)

    def likeliest_older(self, age: int, among: Iterable[int]) -> int | None:
        """Of the ages, the older one that the record is most like. None: it is like none."""
        near = self.alike.get(age, {})
        found = [(-near[other], other) for other in among if other < age and other in near]
        return min(found)[1] if found else None


class _Groups:
    """Records grown into groups, each holding no two visits that are certainly different."""

    def __init__(self, pairs: _Pairs) -> None:
        self.alike = pairs.alike
        self.apart = pairs.apart
        self.grown: dict[int, list[Row]] = {}

    def group(self, row: Row) -> list[Row]:
        """The records in the group of one: itself at least."""
        return self.grown.get(row.age) or [row]

    def join(self, one: Row, other: Row) -> None:
        """Put both groups together, whatever they hold."""
        small, large = sorted((self.group(one), self.group(other)), key=len)
        if one.age != other.age and small is not large:
            for row in (large[0], *small):
                self.grown[row.age] = large
            large.extend(small)

    def join_if_one(self, one: Row, other: Row) -> None:
        """Put both together unless that would hold two visits that are certainly different."""
        left, right = self.group(one), self.group(other)
        if left is right:
            return
        if len(left) == len(right) == 1:
            self.join(one, other)
            return
        of_source: dict[str, set[int]] = defaultdict(set)
        for row in left:
            of_source[row.source].add(row.age)
        ages = {row.age for row in left}
        for row in right:
            near = self.alike.get(row.age, {})
            unlike = of_source.get(row.source, set()) - near.keys()
            if unlike or not ages.isdisjoint(self.apart.get(row.age, ())):
                return
        self.join(one, other)


def _decided(timeline: Timeline, visits: Sequence[Of[Visit]]) -> dict[str, Duplicate]:
    """What persons decided: the visit that `Visit.same_as` names, as it stands by now."""
    found = {}
    for of in visits:
        target = of.body.same_as
        while target in timeline and timeline[target].superseded_by:
            target = timeline[target].superseded_by
        if target in timeline and target != of.id and isinstance(timeline[target].body, Visit):
            found[of.id] = Duplicate(
                target, "a person decided that both are one visit", certain=True
            )
    return found


def _copies(rows: Sequence[Row], decided: dict[str, Duplicate]) -> dict[int, Row]:
    """Records that one source gives several times over with the same times, to their first.

    Some exports write one encounter per diagnosis. Taking the copies out first keeps the number
    of comparisons near the number of records.
    """
    firsts: dict[object, Row] = {}
    copies = {}
    for row in rows:
        if row.visit.distinct or row.id in decided:
            continue
        key = (row.source, row.kind, row.spell, row.visit.facility, row.bill, row.utc)
        first = firsts.setdefault(key, row)
        if first is not row:
            copies[row.age] = first
    return copies


def match_visits(timeline: Timeline, visits: Sequence[Of[Visit]] | None = None) -> Matches:
    """Find the visit facts that are, or may be, records of one visit.

    Parameters
    ----------
    timeline
        All facts; only standing visits are compared.
    visits
        Its standing visits, where the caller has them already.

    Returns
    -------
    Matches
        Possible and decided duplicates, and bills attached to the visit they are for.

    Notes
    -----
    Two records may be one visit when their kinds are the same (or one is unknown) and their days
    overlap; a day apart also when one has no clock and the other was dated from an instant in UTC.
    Within one source only records with the same times, or (other than inpatient stays) with times
    that overlap. Days that only meet at a border are a transfer. Records that agree best are put
    together first, and no group holds two different visits of one source; which records are one
    group depends on what they say, never on when they were imported. Within it a newer record is
    marked as a copy of the older one it agrees with best. Sorting and one sweep over the days: the
    work grows with the number of records and with how many share a day.
    """
    visits = timeline.of(Visit) if visits is None else visits
    decided = _decided(timeline, visits)
    rows = _rows(visits)
    copies = _copies(rows, decided)
    pairs = _Pairs([row for row in rows if row.age not in copies])
    attached = {age: record for age, (_, record) in pairs.bills.items()}
    for age, first in copies.items():
        if first.age in attached:
            attached[age] = attached[first.age]
    family = _Family(rows, copies, attached, decided)
    duplicates = family.marks(pairs)
    bills = {row.id: attached[row.age].id for row in rows if row.age in attached}
    return Matches(duplicates, bills)


class _Family:
    """Who belongs to whom: what is certain first, then what looks alike."""

    def __init__(
        self,
        rows: Sequence[Row],
        copies: dict[int, Row],
        attached: dict[int, Row],
        decided: dict[str, Duplicate],
    ) -> None:
        self.rows = {row.age: row for row in rows}
        self.by_id = {row.id: row for row in rows}
        self.copies = copies
        self.attached = attached
        self.decided = decided

    def _first(self, row: Row) -> Row:
        return self.copies.get(row.age, row)

    def _parent(self, row: Row) -> Row | None:
        """The record that it certainly belongs to."""
        if row.id in self.decided:
            return self.by_id.get(self.decided[row.id].of)
        return self.attached.get(row.age)

    def _lead(self, row: Row) -> Row:
        """The record that leads all that certainly belong together; of a circle, the oldest."""
        seen: dict[int, Row] = {}
        while (parent := self._parent(row)) is not None:
            if row.age in seen:
                circle = list(seen)[list(seen).index(row.age) :]
                return self.rows[min(circle)]
            seen[row.age] = row
            row = self._first(parent)
        return row

    def _grown(self, pairs: _Pairs) -> _Groups:
        groups = _Groups(pairs)
        for row in self.rows.values():
            parent = self._parent(row)
            if parent is not None:
                groups.join(self._first(row), self._first(parent))
        for *_, age, other in pairs.best_first(self.rows):
            groups.join_if_one(self.rows[age], self.rows[other])
        return groups

    def marks(self, pairs: _Pairs) -> dict[str, Duplicate]:
        """What each record repeats: within its kind, in groups; then across an unknown kind."""
        groups = self._grown(pairs)
        found = dict(self.decided)
        roots: dict[int, Row] = {}
        for row in self.rows.values():
            if self._parent(row) is not None:
                continue
            first = self._first(row)
            group = groups.group(first)
            if group[0].age not in roots:
                roots[group[0].age] = self._root(group)
            root = roots[group[0].age]
            older = first if first is not row else self._older(row, root, group, pairs)
            if older is not None:
                found[row.id] = Duplicate(older.id, reason_for(older, row), root=root.id)
            elif row.age in pairs.mixed:
                older = self.rows[min(pairs.mixed[row.age])[1]]
                found[row.id] = Duplicate(older.id, reason_for(older, row))
        return found

    def _root(self, group: Sequence[Row]) -> Row:
        """The oldest that no person and no bill joined with another; a circle before all."""
        leads = [row for row in group if self._lead(row) is row]
        return min(leads, key=lambda row: (self._parent(row) is None, row.age))

    def _older(self, row: Row, root: Row, group: Sequence[Row], pairs: _Pairs) -> Row | None:
        if row is root:
            return None
        age = pairs.likeliest_older(row.age, (other.age for other in group))
        return root if age is None else self.rows[age]
