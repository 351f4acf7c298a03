"""Quantities as a reader sees them: one form each, in one reading only."""

from datetime import date
from decimal import Decimal
from typing import Final

from cortipump.quantities.moment import Moment
from cortipump.quantities.money import minor_unit

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SIGNS: Final = {"USD": "$", "CAD": "CA$", "AUD": "A$", "GBP": "£", "EUR": "€"}


def long_date(day: date) -> str:
    """``June 2, 2024``: one reading only, unlike figures."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def moment_text(moment: Moment) -> str:
    """A moment's day in words; a month or year as exact as it is."""
    if moment.day is not None:
        return long_date(moment.day)
    if len(moment.printed) >= 7:
        return f"{_MONTHS[int(moment.printed[5:7]) - 1]} {moment.printed[:4]}"
    return moment.printed


def money_text(amount: Decimal, currency: str) -> str:
    """``$1,580.00``; currencies without a sign of their own stand behind the amount."""
    places = -int(minor_unit(currency).as_tuple().exponent)
    figures = f"{abs(amount):,.{places}f}"
    minus = "-" if amount < 0 else ""
    sign = _SIGNS.get(currency)
    return f"{minus}{sign}{figures}" if sign else f"{minus}{figures} {currency}".rstrip()


def plain(number: int | Decimal) -> str:
    """A number without a tail of zeros."""
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def clock_text(minute: int) -> str:
    """A minute of the day as ``08:12``; 24:00 is its end."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
