"""Counts of what the person notes down: rescue injections and days lost from work.

Visits are counted in `evidence.count`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from cortipump.evidence.result import Count
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
    """

    id: str
    first: date | None
    last: date | None
    exact: bool
    amount: Fraction | None

    def share_in(self, span: DateSpan) -> Fraction:
        """How much of it falls into the span."""
        if self.amount is None or self.first is None or self.last is None:
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
        _entry(fact.id, fact.body.at, None, Fraction(1))
        for fact in facts
        if fact.body.setting != "care"
    ]


def work_losses(facts: Iterable[Of[WorkLoss]]) -> list[Entry]:
    """Days lost, each entry with the days it runs over; without an end, from its first day on."""
    entries = []
    for fact in facts:
        days = None if fact.body.days is None else Fraction(fact.body.days)
        entries.append(_entry(fact.id, fact.body.start, fact.body.end, days))
    return entries


def _entry(
    fact_id: str, start: Moment | None, end: Moment | None, amount: Fraction | None
) -> Entry:
    if start is None:
        return Entry(fact_id, None, None, exact=True, amount=amount)
    exact = start.day is not None and (end is None or end.day is not None)
    last = (end or start).last_day
    if end is None and exact and amount is not None and amount > 1:
        last += timedelta(days=-(-amount.numerator // amount.denominator) - 1)
    return Entry(fact_id, start.first_day, max(start.first_day, last), exact, amount)


def as_decimal(number: Fraction) -> Decimal:
    """The number exactly where hundredths can hold it, else rounded half up to hundredths."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    rounded = exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return rounded.normalize() + 0 if rounded else Decimal(0)


def count_injections(entries: Sequence[Entry], span: DateSpan) -> Count:
    """Rescue injections in one window."""
    inside = [entry for entry in entries if entry.share_in(span)]
    return Count(len(inside), tuple(entry.id for entry in inside), len(inside), len(inside))


def count_work(entries: Sequence[Entry], span: DateSpan) -> Count:
    """Days lost from work in one window; an entry across a border is shared by its days."""
    inside = [entry for entry in entries if entry.share_in(span)]
    days = as_decimal(sum((entry.share_in(span) for entry in inside), Fraction(0)))
    return Count(days, tuple(entry.id for entry in inside), days, days)
