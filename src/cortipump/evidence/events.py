"""Visits to events: an admission through an emergency department is one, so is a transfer.

Pure rules, each stated in `evidence.definitions`; nothing is counted here and no window is looked
at.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from cortipump.evidence.result import Reading
from cortipump.evidence.visits import Contact, rank_of
from cortipump.record.duplicates import Duplicate
from cortipump.record.spells import MINUTES_PER_DAY, Spell

LINK_MINUTES: Final = MINUTES_PER_DAY
# Readings of an event: for certain, and at most.
_Readings = tuple[frozenset[Reading], frozenset[Reading]]
_NO_SPELL: Final = Spell(0, 0, None, None, exact=False, ended=False)


class Event(Struct, gc=False):
    """What counts as one.

    Attributes
    ----------
    kind
        emergency, inpatient, observation or urgent-care.
    first, latest
        Earliest and latest day on which it can have begun, as ordinals.
    ids
        Every fact behind it.
    readings
        The readings under which it counts. ``at_most``: also where possible duplicates of its
        stay are no duplicates but one course with it.
    group
        Events of one group may be the same event, recorded twice.
    """

    kind: str
    first: int
    latest: int
    ids: tuple[str, ...]
    readings: frozenset[Reading]
    at_most: frozenset[Reading]
    group: int


class Stay(Struct, gc=False):
    """One acute stay with a recorded end.

    Attributes
    ----------
    first, last
        Its midnights are those that end the days from ``first`` to the one before ``last``.
    readings, at_most
        Those of its event.
    group
        Stays of one group may be the same stay, recorded twice.
    """

    first: int
    last: int
    ids: tuple[str, ...]
    readings: frozenset[Reading]
    at_most: frozenset[Reading]
    group: int


class Course(Struct, frozen=True):
    """Everything that happened, and the visits that cannot be counted.

    Attributes
    ----------
    undated
        Visits without a start.
    unknown_kind, non_acute
        Visits whose kind is not recorded; rehabilitation and nursing stays. With their days.
    open_stays
        Acute stays whose days cannot be known: no end, or a month instead of a day.
    """

    events: tuple[Event, ...]
    stays: tuple[Stay, ...]
    undated: tuple[Contact, ...]
    unknown_kind: tuple[Contact, ...]
    non_acute: tuple[Contact, ...]
    open_stays: tuple[Contact, ...]


class _Union:
    """Groups of numbers: join two, ask for the group of one."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        self._parent[self.find(one)] = self.find(other)


def _times(spell: Spell) -> tuple[int, int, int, int, bool, bool]:
    """An order by what is recorded, the same however the records were imported."""
    begins = spell.begins if spell.begins is not None else spell.first * MINUTES_PER_DAY
    ends = spell.ends or 0
    return (spell.first, begins, spell.last, ends, spell.ended, spell.begins is None)


def _is_inside(visit: Spell, stay: Spell) -> bool:
    """Whether a visit overlaps a stay, so that the person was in one place under both names."""
    if visit.begins is not None and stay.begins is not None and visit.ends is not None:
        if stay.ends is not None:
            return visit.begins < stay.ends and stay.begins < visit.ends
        if visit.begins <= stay.begins < visit.ends:
            return True
    spans_start = visit.first < stay.first < visit.last
    return spans_start or (stay.ended and stay.first < visit.first < stay.last)


def _becomes(before: Spell, stay: Spell) -> bool:
    """Whether an emergency visit or an observation turned into the stay or is part of it.

    Both are dated by day.
    """
    over = stay.ends is not None and before.begins is not None and before.begins >= stay.ends
    if over:
        return False
    if stay.first in {before.first, before.last} or _is_inside(before, stay):
        return True
    final = before.ends if before.ended else before.begins
    if final is None or stay.begins is None:
        return False
    return 0 <= stay.begins - final < LINK_MINUTES


def _continues(earlier: Spell, later: Spell) -> bool:
    """Whether a stay is a transfer or a re-admission within 24 hours after an earlier one."""
    if earlier.ends is not None and later.begins is not None:
        return later.begins - earlier.ends < LINK_MINUTES
    return later.first <= earlier.last


class _Linker:
    """Joins the contacts of a person into events, by their numbers."""

    def __init__(self, contacts: Sequence[Contact], twins: _Union) -> None:
        self.contacts = contacts
        self.spells = [contact.spell or _NO_SPELL for contact in contacts]
        self.twins = twins
        self.events = _Union(len(contacts))
        self.courses = _Union(len(contacts))
        exact = [n for n, spell in enumerate(self.spells) if spell.exact]
        self.stays = self._sorted(n for n in exact if self._is(n, "inpatient"))
        self.observations = self._sorted(n for n in exact if self._is(n, "observation"))
        self.emergencies = self._sorted(n for n in exact if self._is(n, "emergency"))

    def _is(self, number: int, kind: str) -> bool:
        contact = self.contacts[number]
        return contact.kind == kind and (contact.acute or kind != "inpatient")

    def _sorted(self, numbers: Iterable[int]) -> list[int]:
        def order(n: int) -> tuple[object, ...]:
            contact = self.contacts[n]
            return (_times(self.spells[n]), contact.source, contact.ids)

        return sorted(numbers, key=order)

    def link(self) -> None:
        """Apply the rules: transfers, then observation and emergency that became a stay."""
        self._link_stays()
        absorbed = self._absorb(self.observations, self.stays)
        joined = set(self._absorb(self.emergencies, self.stays))
        self._absorb([n for n in self.emergencies if n not in joined], absorbed)

    def _link_stays(self) -> None:
        running: list[int] = []
        for number in self.stays:
            spell = self.spells[number]
            running = [n for n in running if self.spells[n].last + 1 >= spell.first]
            earlier = [n for n in running if _continues(self.spells[n], spell)]
            if earlier:
                self._join_stays(self._preferred(number, reversed(earlier)), number)
            running.append(number)

    def _join_stays(self, earlier: int, later: int) -> None:
        self.courses.join(earlier, later)
        # Two records that may be one stay are not a transfer: they count as one or as two.
        if self.twins.find(earlier) != self.twins.find(later):
            self.events.join(earlier, later)

    def _preferred(self, number: int, candidates: Iterable[int]) -> int:
        """A candidate from the same source where there is one, else the first."""
        listed = list(candidates)
        source = self.contacts[number].source
        return next((n for n in listed if self.contacts[n].source == source), listed[0])

    def _absorb(self, numbers: Sequence[int], into: Sequence[int]) -> list[int]:
        """Join visits with the stays that they became or lie in; the visits that did.

        Both in order of their first days: one pass over the days.
        """
        joined = []
        running: list[int] = []
        at = 0
        for number in numbers:
            spell = self.spells[number]
            while at < len(into) and self.spells[into[at]].first < spell.first:
                running.append(into[at])
                at += 1
            running = [n for n in running if self.spells[n].last >= spell.first]
            found = [n for n in self._starting(into, at, spell) if _becomes(spell, self.spells[n])]
            found += [n for n in running if _becomes(spell, self.spells[n])]
            if found:
                stay = self._preferred(number, found)
                self.events.join(number, stay)
                self.courses.join(number, stay)
                joined.append(number)
        return joined

    def _starting(self, into: Sequence[int], at: int, spell: Spell) -> Iterator[int]:
        """Those from a place on that start before the day after the visit is over."""
        while at < len(into) and self.spells[into[at]].first <= spell.last + 1:
            yield into[at]
            at += 1


def _twins(contacts: Sequence[Contact], duplicates: dict[str, Duplicate]) -> _Union:
    """Contacts that may be one visit, by the marks of their facts.

    A visit of unknown kind is no bridge between two others: it is not counted itself.
    """
    number_of = {
        fact_id: n
        for n, contact in enumerate(contacts)
        if contact.kind != "unknown"
        for fact_id in contact.ids
    }
    twins = _Union(len(contacts))
    leads: dict[str, int] = {}
    for fact_id, n in number_of.items():
        root = duplicates[fact_id].root if fact_id in duplicates else ""
        if root:
            twins.join(n, leads.setdefault(root, number_of.get(root, n)))
    return twins


def _readings(contacts: Sequence[Contact], union: _Union) -> list[frozenset[Reading]]:
    """Contact by contact, the readings that any contact joined with it counts under."""
    found: dict[int, set[Reading]] = {}
    for n, contact in enumerate(contacts):
        readings = found.setdefault(union.find(n), {"all_causes"})
        if contact.coded:
            readings.add("adrenal_coded")
        if contact.marked:
            readings.add("marked")
    frozen = {root: frozenset(readings) for root, readings in found.items()}
    return [frozen[union.find(n)] for n in range(len(contacts))]


def _event(members: Sequence[Contact], readings: _Readings, group: int) -> Event:
    spells = [member.spell or _NO_SPELL for member in members]
    begun = min(spells, key=lambda spell: (spell.first, spell.last))
    return Event(
        max((member.kind for member in members), key=rank_of),
        begun.first,
        begun.first if begun.exact else begun.last,
        tuple(dict.fromkeys(fact_id for member in members for fact_id in member.ids)),
        *readings,
        group,
    )


def _sort_out(contacts: Sequence[Contact]) -> dict[str, list[Contact]]:
    sorts: dict[str, list[Contact]] = {
        name: [] for name in ("dated", "undated", "unknown_kind", "non_acute")
    }
    for contact in contacts:
        if contact.spell is None:
            sorts["undated"].append(contact)
        elif contact.kind == "unknown":
            sorts["unknown_kind"].append(contact)
        elif contact.kind == "inpatient" and not contact.acute:
            sorts["non_acute"].append(contact)
        else:
            sorts["dated"].append(contact)
    return sorts


def course_of(contacts: Sequence[Contact], duplicates: dict[str, Duplicate]) -> Course:
    """Join visits into events by the rules of `evidence.definitions`.

    Parameters
    ----------
    contacts
        From `evidence.visits.contacts`.
    duplicates
        Possible and decided duplicates, from `record.duplicates`.
    """
    sorts = _sort_out(contacts)
    twins_of_all = _twins(contacts, duplicates)
    number_of = {id(contact): n for n, contact in enumerate(contacts)}
    dated = sorts["dated"]
    twins = _Union(len(dated))
    firsts: dict[int, int] = {}
    for n, contact in enumerate(dated):
        twins.join(n, firsts.setdefault(twins_of_all.find(number_of[id(contact)]), n))
    linker = _Linker(dated, twins)
    linker.link()
    certain, whole = _readings(dated, linker.events), _readings(dated, linker.courses)
    readings = list(zip(certain, whole, strict=True))
    return Course(
        _events(dated, linker.events, twins, readings),
        _stays(dated, twins, readings),
        tuple(sorts["undated"]),
        tuple(sorts["unknown_kind"]),
        tuple(sorts["non_acute"]),
        _open_stays(dated, twins),
    )


def _events(
    contacts: Sequence[Contact], linked: _Union, twins: _Union, readings: Sequence[_Readings]
) -> tuple[Event, ...]:
    members: dict[int, list[int]] = {}
    grouped = _Union(len(contacts))
    for n in range(len(contacts)):
        members.setdefault(linked.find(n), []).append(n)
        grouped.join(n, linked.find(n))
        grouped.join(n, twins.find(n))
    events = [
        _event([contacts[n] for n in numbers], readings[root], grouped.find(root))
        for root, numbers in members.items()
    ]
    return tuple(sorted(events, key=lambda event: (event.first, event.latest, event.ids)))


def _stays(
    contacts: Sequence[Contact], twins: _Union, readings: Sequence[_Readings]
) -> tuple[Stay, ...]:
    stays = [
        Stay(contact.spell.first, contact.spell.last, contact.ids, *readings[n], twins.find(n))
        for n, contact in enumerate(contacts)
        if contact.kind == "inpatient" and contact.spell is not None and contact.spell.ended
    ]
    return tuple(sorted(stays, key=lambda stay: (stay.first, stay.last, stay.ids)))


def _open_stays(contacts: Sequence[Contact], twins: _Union) -> tuple[Contact, ...]:
    """Stays of unknown length; a twin that states the end answers the question."""
    stays = [(n, c) for n, c in enumerate(contacts) if c.kind == "inpatient" and c.spell]
    ended = {twins.find(n) for n, contact in stays if contact.spell and contact.spell.ended}
    return tuple(contact for n, contact in stays if twins.find(n) not in ended)
