"""Days, months and years as pure reading of their parts; no text and no places."""

import calendar
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

OLDEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2099


class Parts(Struct, frozen=True):
    """A date as written: what is missing is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def with_year(self, year: int) -> "Parts":
        """The same day or month in that year."""
        return Parts(year, self.month, self.day)


def span_of(parts: Parts) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day; None: there is no such day."""
    year = parts.year
    assert year is not None
    if parts.month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= parts.month <= 12:
        return None
    n_days = calendar.monthrange(year, parts.month)[1]
    if parts.day is None:
        return date(year, parts.month, 1), date(year, parts.month, n_days)
    if not 1 <= parts.day <= n_days:
        return None
    day = date(year, parts.month, parts.day)
    return day, day


def is_possible(parts: Parts) -> bool:
    """Whether the day exists in some year."""
    return span_of(parts.with_year(parts.year or 2000)) is not None


def latest_year(parts: Parts, not_after: date) -> int:
    """The last year in which that day or month had begun by a date."""
    year = not_after.year
    while True:
        span = span_of(parts.with_year(year))
        if span is not None and span[0] <= not_after:
            return year
        year -= 1


def full_year(text: str, dated: date) -> int:
    """``'24`` and ``24`` as a year: no more than ten years after the letter's date."""
    year = int(text)
    if len(text) == 4:
        return year
    century = dated.year - dated.year % 100
    year += century
    return year if year <= dated.year + 10 else year - 100


def add_months(day: date, n_months: int) -> date:
    """The same day so many months on, or the last one that month has."""
    month = day.year * 12 + day.month - 1 + n_months
    year, month = divmod(month, 12)
    n_days = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, n_days))


def step(day: date, period: str, n_periods: int) -> date:
    """A day so many days, weeks, months or years on (or back)."""
    if period in ("minute", "hour"):
        return day
    if period in ("day", "night"):
        return day + timedelta(days=n_periods)
    if period == "week":
        return day + timedelta(weeks=n_periods)
    return add_months(day, n_periods * (12 if period == "year" else 1))
