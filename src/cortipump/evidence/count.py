"""Events to counts: how many in a window, at fewest and at most, under every reading.

Where records may be duplicates, ``before`` takes the fewest and ``after`` the most, so that a
double record never speaks for the pump.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from cortipump.evidence.events import Course, Event, Stay
from cortipump.evidence.result import READINGS, VISIT_MEASURES, Count, Reading, Side
from cortipump.evidence.visits import rank_of
from cortipump.quantities.span import DateSpan

ALL: Final[Reading] = "all_causes"
KIND_OF: Final = {
    "emergency_visits": "emergency",
    "inpatient_stays": "inpatient",
    "observation_stays": "observation",
    "urgent_care_visits": "urgent-care",
}


class Nights(Struct, frozen=True):
    """Midnights in hospital as runs of days ``[from, until)``, ordinals, none twice."""

    runs: tuple[tuple[int, int], ...]

    @property
    def number(self) -> int:
        """How many midnights."""
        return sum(until - first for first, until in self.runs)


def is_inside(event: Event, span: DateSpan) -> bool:
    """Whether the event certainly began inside the span."""
    return span.from_.toordinal() <= event.first and event.latest < span.until.toordinal()


def by_group(events: Iterable[Event]) -> list[list[Event]]:
    """Events that may be one event put together, in the order of the first of each."""
    groups: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        groups[event.group].append(event)
    return list(groups.values())


def certain_events(groups: Iterable[Sequence[Event]], span: DateSpan) -> list[list[Event]]:
    """What remains if every possible duplicate is one: groups of like events, all inside the span.

    A group that holds a stay is that stay: its emergency visits are no events of their own.
    """
    found = []
    for group in groups:
        kind = max((event.kind for event in group), key=rank_of)
        alike = [event for event in group if event.kind == kind]
        if all(is_inside(event, span) for event in alike):
            found.append(alike)
    return found


def _ids(items: Iterable[Event | Stay]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact_id for item in items for fact_id in item.ids))


class _Split(Struct):
    """Events of the span, each for itself and as groups that may be one event."""

    single: dict[str, list[Event]]
    whole: dict[str, list[list[Event]]]
    around: dict[str, list[Event]]


def _split(groups: Iterable[Sequence[Event]], span: DateSpan) -> _Split:
    single: dict[str, list[Event]] = defaultdict(list)
    whole: dict[str, list[list[Event]]] = defaultdict(list)
    around: dict[str, list[Event]] = defaultdict(list)
    touching = [group for group in groups if any(is_inside(event, span) for event in group)]
    for group in touching:
        kinds = {event.kind for event in group if is_inside(event, span)}
        for event in group:
            if is_inside(event, span):
                single[event.kind].append(event)
            if event.kind in kinds:
                around[event.kind].append(event)
    for alike in certain_events(touching, span):
        whole[alike[0].kind].append(alike)
    return _Split(single, whole, around)


def _count(split: _Split, kind: str, reading: Reading, side: Side) -> Count:
    most = sum(reading in event.at_most for event in split.single[kind])
    groups = split.whole[kind]
    fewest = sum(any(reading in event.readings for event in group) for group in groups)
    behind = [event for event in split.around[kind] if reading in event.at_most]
    return Count(fewest if side == "fewest" else most, _ids(behind) if most else (), fewest, most)


def _clipped(stay: Stay, first: int, until: int) -> tuple[int, int]:
    return max(stay.first, first), min(stay.last, until)


def _merged(runs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for first, until in sorted(runs):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((first, until))
    return tuple(merged)


def nights(
    stays: Iterable[Stay], span: DateSpan, reading: Reading, side: Side
) -> tuple[Nights, tuple[str, ...]]:
    """Midnights of a span spent in acute hospital care, no midnight twice.

    Parameters
    ----------
    side
        ``most``: the days of all records. ``fewest``: of records that may be one stay, only the
        days of the one with the fewest midnights in the span.

    Returns
    -------
    tuple
        The midnights, and the facts of every stay that may have one inside.
    """
    first, until = span.from_.toordinal(), span.until.toordinal()
    runs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    ids = []
    for stay in stays:
        if reading in (stay.at_most if side == "most" else stay.readings):
            start, end = _clipped(stay, first, until)
            if start < end:
                ids.append(stay)
            runs[stay.group].append((start, max(start, end)))
    if side == "most":
        chosen = [run for group in runs.values() for run in group]
    else:
        chosen = [min(group, key=lambda run: (run[1] - run[0], run)) for group in runs.values()]
    return Nights(_merged(run for run in chosen if run[0] < run[1])), _ids(ids)


def event_nights(events: Iterable[Event], course: Course) -> Iterator[int | None]:
    """Event by event, the midnights of its acute stays, none twice.

    None for an event that is no stay, and for one with a stay whose end is not recorded.
    """
    stays = {fact_id: stay for stay in course.stays for fact_id in stay.ids}
    endless = {fact_id for contact in course.open_stays for fact_id in contact.ids}
    for event in events:
        runs = [(stays[i].first, stays[i].last) for i in event.ids if i in stays]
        known = bool(runs) and endless.isdisjoint(event.ids)
        yield Nights(_merged(runs)).number if known else None


def _bed_days(stays: Sequence[Stay], span: DateSpan, reading: Reading, side: Side) -> Count:
    most, ids = nights(stays, span, reading, "most")
    # Where records of one stay differ in length and only the longer counts under the reading,
    # its nights must not exceed those of all causes.
    fewest = min(nights(stays, span, some, "fewest")[0].number for some in (reading, ALL))
    return Count(fewest if side == "fewest" else most.number, ids, fewest, most.number)


def visit_counts(course: Course, span: DateSpan, side: Side) -> dict[Reading, dict[str, Count]]:
    """Every measure of visits in one window, under every reading.

    Parameters
    ----------
    course
        From `evidence.events.course_of`.
    span
        The window.
    side
        Which of the two numbers counts.
    """
    split = _split(by_group(course.events), span)
    counts: dict[Reading, dict[str, Count]] = {}
    for reading in READINGS:
        counts[reading] = {
            measure: _bed_days(course.stays, span, reading, side)
            if measure == "bed_days"
            else _count(split, KIND_OF[measure], reading, side)
            for measure in VISIT_MEASURES
        }
    return counts
