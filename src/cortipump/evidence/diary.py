"""Counts of what the person notes down: rescue injections and days lost from work.

Visits are counted in `evidence.count`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from cortipump.evidence.result import Count, Side
from cortipump.quantities.moment import Moment
from cortipump.quantities.span import DateSpan
from cortipump.record.facts import RescueInjection, WorkLoss
from cortipump.record.timeline import Of

_HUNDREDTH: Final = Decimal("0.01")


class Entry(Struct, frozen=True):
    """Something noted for a run of days.

    Attributes
    ----------
    first, last
        First and last day it can mean. None: undated.
    exact
        False when only a month or a year is known: then all of it must lie in one window.
    amount
        One for an injection, days for work. None: not recorded.
    source
        Where it was noted; entries of one source are different ones.
    clock
        The time of day. Empty: not recorded.
    """

    id: str
    first: date | None
    last: date | None
    exact: bool
    amount: Fraction | None
    source: str = ""
    clock: str = ""

    def share_in(self, span: DateSpan) -> Fraction:
        """How much of it falls into the span."""
        if self.amount is None or self.first is None or self.last is None:
            return Fraction(0)
        if self.last < span.from_ or self.first >= span.until:
            return Fraction(0)
        if not self.exact:
            return self.amount if span.holds(self.first, self.last) else Fraction(0)
        inside = min(self.last, span.last) - max(self.first, span.from_)
        days = max(inside.days + 1, 0)
        return self.amount * Fraction(days, (self.last - self.first).days + 1)

    def touches(self, span: DateSpan) -> bool:
        """Whether any day it can mean lies in the span."""
        if self.first is None or self.last is None:
            return False
        return self.last >= span.from_ and self.first < span.until


def injections(facts: Iterable[Of[RescueInjection]]) -> list[Entry]:
    """Every rescue injection as one; doses that staff gave belong to the visit, not here."""
    return [
        _entry(fact, fact.body.at, None, Fraction(1))
        for fact in facts
        if fact.body.setting != "care"
    ]


def work_losses(facts: Iterable[Of[WorkLoss]]) -> list[Entry]:
    """Days lost, each entry with the days it runs over; without an end, from its first day on."""
    entries = []
    for fact in facts:
        days = None if fact.body.days is None else Fraction(fact.body.days)
        entries.append(_entry(fact, fact.body.start, fact.body.end, days))
    return entries


def _entry(
    fact: Of[RescueInjection] | Of[WorkLoss],
    start: Moment | None,
    end: Moment | None,
    amount: Fraction | None,
) -> Entry:
    source = fact.fact.origin.source
    if start is None:
        return Entry(fact.id, None, None, exact=True, amount=amount, source=source)
    exact = start.day is not None and (end is None or end.day is not None)
    last = (end or start).last_day
    if end is None and exact and amount is not None and amount > 1:
        last += timedelta(days=-(-amount.numerator // amount.denominator) - 1)
    first, last = start.first_day, max(start.first_day, last)
    return Entry(fact.id, first, last, exact, amount, source, start.clock or "")


def as_decimal(number: Fraction) -> Decimal:
    """The number exactly where hundredths can hold it, else rounded half up to hundredths."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    rounded = exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return rounded.normalize() + 0 if rounded else Decimal(0)


def _by_source(entries: Iterable[Entry]) -> list[list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.source].append(entry)
    return list(groups.values())


# -- injections ----------------------------------------------------------------------------


def _fewest_of_a_day(entries: Sequence[Entry]) -> int:
    """How many injections of one day there are at least.

    Notes of different sources may be of one injection unless both have a clock and it differs.
    """
    by_clock: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.clock:
            by_clock[entry.clock].append(entry)
    timed = sum(max(map(len, _by_source(alike))) for alike in by_clock.values())
    return max(timed, *map(len, _by_source(entries)))


def injections_by_time(
    entries: Iterable[Entry], span: DateSpan
) -> Iterator[tuple[list[Entry], int]]:
    """Injections inside the span, day by day (or vague date by date), with the fewest they are."""
    by_time: dict[tuple[date | None, date | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.share_in(span):
            by_time[entry.first, entry.last].append(entry)
    for alike in by_time.values():
        yield alike, _fewest_of_a_day(alike) if alike[0].exact else len(alike)


def count_injections(entries: Sequence[Entry], span: DateSpan, side: Side) -> Count:
    """Rescue injections in one window."""
    ids = tuple(entry.id for entry in entries if entry.share_in(span))
    fewest = sum(number for _, number in injections_by_time(entries, span))
    return Count(fewest if side == "fewest" else len(ids), ids, fewest, len(ids))


# -- work ----------------------------------------------------------------------------------


def _runs(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries whose days overlap put together; one dated by month or year stands alone."""
    runs: list[list[Entry]] = []
    vague: list[list[Entry]] = []
    until = date.min
    dated = [(e.first, e.last, e.id, e) for e in entries if e.first and e.last]
    for first, last, _, entry in sorted(dated, key=lambda row: row[:3]):
        if not entry.exact:
            vague.append([entry])
        elif runs and first <= until:
            runs[-1].append(entry)
            until = max(until, last)
        else:
            runs.append([entry])
            until = last
    return runs + vague


def _days_of(entries: Sequence[Entry], span: DateSpan) -> Fraction:
    """What entries of one run state inside the span, never more than the days they cover."""
    stated = sum((entry.share_in(span) for entry in entries), Fraction(0))
    covered, until = 0, span.from_
    for first, last in sorted((e.first, e.last) for e in entries if e.first and e.last):
        from_ = max(first, until)
        until = max(until, min(last + timedelta(days=1), span.until))
        covered += max((until - from_).days, 0)
    return min(stated, Fraction(covered))


def days_lost(entries: Iterable[Entry], span: DateSpan) -> tuple[Fraction, Fraction]:
    """Days lost inside the span: if what overlaps in two sources is the same, and if it is not."""
    fewest = most = Fraction(0)
    for run in _runs(entry for entry in entries if entry.share_in(span)):
        fewest += max(_days_of(alike, span) for alike in _by_source(run))
        most += _days_of(run, span)
    return fewest, most


def capped(entries: Sequence[Entry], span: DateSpan) -> tuple[str, ...]:
    """Entries that together state more days than they cover: no more than those are counted."""
    found = []
    for run in _runs(entry for entry in entries if entry.share_in(span)):
        if sum((entry.share_in(span) for entry in run), Fraction(0)) > _days_of(run, span):
            found += [entry.id for entry in run]
    return tuple(found)


def count_work(entries: Sequence[Entry], span: DateSpan, side: Side) -> Count:
    """Days lost from work in one window; an entry across a border is shared by its days."""
    ids = tuple(entry.id for entry in entries if entry.share_in(span))
    fewest, most = (as_decimal(days) for days in days_lost(entries, span))
    return Count(fewest if side == "fewest" else most, ids, fewest, most)


def possibly_double(given: Sequence[Entry], work: Sequence[Entry], span: DateSpan) -> Iterator[str]:
    """Ids of the entries that make a difference between the two readings of their counts."""
    for alike, fewest in injections_by_time(given, span):
        if fewest < len(alike):
            yield from (entry.id for entry in alike)
    for run in _runs(entry for entry in work if entry.share_in(span)):
        if max(_days_of(alike, span) for alike in _by_source(run)) < _days_of(run, span):
            yield from (entry.id for entry in run)
