"""When a visit ran, as integers: what matching and counting compare by the thousand.

Nothing here decides what a visit is or whether it counts.
"""

from typing import Final

from msgspec import Struct

from cortipump.quantities.moment import Moment
from cortipump.record.facts import Visit

MINUTES_PER_DAY: Final = 1440


class Spell(Struct, frozen=True, gc=False):
    """The days of a visit, as integers so that many can be compared quickly.

    Attributes
    ----------
    first, last
        First and last day it can touch, as `datetime.date.toordinal` numbers them.
    begins, ends
        Minutes on the same scale. None: no clock is recorded.
    exact
        False when the source names only a month or a year.
    ended
        Whether an end is recorded; else ``last`` is merely the first day.
    """

    first: int
    last: int
    begins: int | None
    ends: int | None
    exact: bool
    ended: bool

    @property
    def clock(self) -> tuple[int, int] | None:
        """The minutes that the records vouch for, first and last. None without a clock."""
        if self.begins is None:
            return None
        if self.ends is not None:
            return self.begins, self.ends
        to_midnight = self.ended and self.last > self.first
        return self.begins, (self.last + 1) * MINUTES_PER_DAY - 1 if to_midnight else self.begins


def _minute(moment: Moment, day: int) -> int | None:
    clock = moment.clock
    return None if clock is None else day * MINUTES_PER_DAY + int(clock[:2]) * 60 + int(clock[3:5])


def spell_of(visit: Visit) -> Spell | None:
    """When a visit ran. None: its start is not recorded.

    An end before the start, or one that names only a month, counts as not recorded.
    """
    start, end = visit.start, visit.end
    if start is None:
        return None
    if start.day is None:
        last = (end or start).last_day.toordinal()
        first = start.first_day.toordinal()
        return Spell(first, max(first, last), None, None, exact=False, ended=False)
    first = start.day.toordinal()
    begins = _minute(start, first)
    if end is None or end.day is None or end.day < start.day:
        return Spell(first, first, begins, None, exact=True, ended=False)
    last = end.day.toordinal()
    ends = _minute(end, last)
    if begins is not None and ends is not None and ends < begins:
        ends = None
    return Spell(first, last, begins, ends, exact=True, ended=True)
