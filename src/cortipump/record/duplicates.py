"""Which visit facts may be records of one and the same visit, and why.

Facts are marked, never dropped; a person decides (`Visit.same_as`, `Visit.distinct`). Whether two
different visits are one event (a transfer, an admission through an emergency department) is
`evidence.events`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cortipump.quantities.moment import FROM_UTC
from cortipump.record.facts import Visit
from cortipump.record.likeness import SAME_VAGUE, Row, closeness, facilities_agree, reason_for
from cortipump.record.spells import spell_of
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
    """

    of: str
    reason: str
    certain: bool = False


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
    """Facts entered earlier are older; the id settles the rest, so that order never matters."""
    return (of.fact.origin.at, of.id)


def _rows(visits: Sequence[Of[Visit]]) -> list[Row]:
    rows = []
    for age, of in enumerate(sorted(visits, key=_by_age)):
        visit, origin = of.body, of.fact.origin
        spell = spell_of(visit)
        if spell is None:
            continue
        utc = any(
            moment is not None and moment.mark == FROM_UTC for moment in (visit.start, visit.end)
        )
        bill = visit.basis == "bill"
        kind, source, name = visit.visit_kind, origin.source, origin.name or "typed in"
        rows.append(Row(of.id, visit, spell, kind, source, name, origin.at, age, bill, utc))
    return rows


def _overlapping(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of compatible kinds whose days meet or touch: one pass over the days."""
    running: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.spell.first, row.age)):
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
    bills
        Age of a bill to how well it fits its record, and that record.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
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
            best = (one.kind == other.kind, rank, -record.age)
            if bill.age not in self.bills or best > self.bills[bill.age][0]:
                self.bills[bill.age] = (best, record)
            return
        older, newer = (one, other) if one.age < other.age else (other, one)
        if _decided_apart(older, newer):
            return
        if one.kind == other.kind:
            self.alike[older.age][newer.age] = rank
            self.alike[newer.age][older.age] = rank
        else:
            self.mixed[newer.age].append((-rank, older.age))


class _Groups:
    """Records grown into groups, each holding no two visits that are certainly different."""

    def __init__(self, rows: Sequence[Row], pairs: _Pairs) -> None:
        self.rows = {row.age: row for row in rows}
        self.alike = pairs.alike
        self.grown: dict[int, list[int]] = {}

    def group(self, age: int) -> list[int]:
        """The ages in the group of one record: itself at least."""
        return self.grown.get(age) or [age]

    def join(self, one: int, other: int) -> None:
        """Put both groups together, whatever they hold."""
        small, large = sorted((self.group(one), self.group(other)), key=len)
        if small is not large:
            for age in (large[0], *small):
                self.grown[age] = large
            large.extend(small)

    def _fits(self, row: Row, group: list[int]) -> bool:
        """Whether the group holds no other visit of the row's own source."""
        near = self.alike[row.age]
        return not any(self.rows[age].source == row.source and age not in near for age in group)

    def best_older(self, row: Row) -> Row | None:
        """The older record that the row most likely repeats. None: it is a visit of its own."""
        near = self.alike.get(row.age)
        if near:
            for _, age in sorted((-rank, age) for age, rank in near.items() if age < row.age):
                if self._fits(row, self.group(age)):
                    return self.rows[age]
        return None


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
        key = (row.source, row.kind, row.spell, row.visit.facility, row.bill)
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
    that overlap. Days that only meet at a border are a transfer. A record is marked as a copy of
    the older one it agrees with best, and never joins a group that already holds another visit of
    its own source. Sorting and one sweep over the days: the work grows with the number of records
    and with how many share a day.
    """
    visits = timeline.of(Visit) if visits is None else visits
    decided = _decided(timeline, visits)
    rows = _rows(visits)
    copies = _copies(rows, decided)
    pairs = _Pairs([row for row in rows if row.age not in copies])
    attached = {age: record for age, (_, record) in pairs.bills.items()}
    duplicates = _grouped(rows, pairs, copies, attached, decided)
    by_id = {row.age: row.id for row in rows}
    bills = {by_id[age]: record.id for age, record in attached.items()}
    for age, first in copies.items():
        if first.age in attached:
            bills[by_id[age]] = attached[first.age].id
    return Matches(duplicates, bills)


def _grouped(
    rows: Sequence[Row],
    pairs: _Pairs,
    copies: dict[int, Row],
    attached: dict[int, Row],
    decided: dict[str, Duplicate],
) -> dict[str, Duplicate]:
    """What each record repeats: first within its kind, in groups; then across an unknown kind."""
    groups = _Groups(rows, pairs)
    by_id = {row.id: row for row in rows}
    found = dict(decided)
    for fact_id, duplicate in decided.items():
        if fact_id in by_id and duplicate.of in by_id:
            groups.join(by_id[fact_id].age, by_id[duplicate.of].age)
    for age, record in attached.items():
        groups.join(age, record.age)
    for row in rows:
        first = copies.get(row.age)
        if row.id in decided or row.age in attached or (first and first.age in attached):
            continue
        older = first or groups.best_older(row)
        if older is None and row.age in pairs.mixed:
            older = groups.rows[min(pairs.mixed[row.age])[1]]
        elif older is not None and first is None:
            groups.join(row.age, older.age)
        if older is not None:
            found[row.id] = Duplicate(older.id, reason_for(older, row))
    return found


def mark_duplicates(timeline: Timeline) -> dict[str, Duplicate]:
    """Each visit fact that is, or may be, another record of an older one; see `match_visits`."""
    return match_visits(timeline).duplicates
