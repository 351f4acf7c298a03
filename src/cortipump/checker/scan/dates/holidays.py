"""Holidays by which people date what happened; a few days around each, never a day."""

from datetime import date, timedelta
from typing import Final

_FIXED: Final = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "new years": (1, 1),
    "new year": (1, 1),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "the holidays": (12, 25),
}
_MONTHS: Final = {
    "thanksgiving": (11, 11),
    "easter": (3, 4),
    "labor day": (9, 9),
    "memorial day": (5, 5),
    "mother's day": (5, 5),
    "father's day": (6, 6),
}
HOLIDAY: Final = "|".join(sorted([*_FIXED, *_MONTHS], key=len, reverse=True)).replace(" ", r"[ \n]")
HOLIDAY_WORDS: Final = frozenset(
    word for name in [*_FIXED, *_MONTHS] for word in name.replace("'s", "").split()
)
_SLACK_DAYS: Final = 10


def holiday_days(name: str, year: int | None, dated: date) -> tuple[date, date]:
    """The days that somebody may mean who names a holiday; without a year the latest one."""
    name = " ".join(name.lower().split())
    if year is not None:
        return _days(name, year)
    days = _days(name, dated.year)
    return days if days[0] <= dated else _days(name, dated.year - 1)


def _days(name: str, year: int) -> tuple[date, date]:
    if name in _FIXED:
        day = date(year, *_FIXED[name])
        slack = timedelta(days=_SLACK_DAYS)
        return day - slack, day + slack
    first, last = _MONTHS[name]
    return date(year, first, 1), date(year, last + 1, 1) - timedelta(days=1)
