"""How dates, amounts and numbers are written: many ways, each from the true value."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

from msgspec import Struct

DateSay = Callable[[date], str]
_ORDINAL: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_SHORT: Final = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.",
                 "Nov.", "Dec.")  # fmt: skip


def nth(day: int) -> str:
    return f"{day}{_ORDINAL.get(day, 'th')}"


def long(d: date) -> str:
    return f"{d:%B} {d.day}, {d.year}"


# Name, how it is written, and how often.
DATES: Final[tuple[tuple[str, DateSay, int], ...]] = (
    ("long", long, 8),
    ("day-first", lambda d: f"{d.day} {d:%B} {d.year}", 3),
    ("slash", lambda d: f"{d:%m/%d/%Y}", 3),
    ("short-slash", lambda d: f"{d.month}/{d.day}/{d.year}", 2),
    ("day-short", lambda d: f"{d.day} {d:%b} {d.year}", 2),
    ("short", lambda d: f"{_SHORT[d.month - 1]} {d.day}, {d.year}", 3),
    ("iso", lambda d: d.isoformat(), 2),
    ("weekday", lambda d: f"{d:%A}, {long(d)}", 1),
    ("the-nth", lambda d: f"the {nth(d.day)} of {d:%B} {d.year}", 1),
    ("month-nth", lambda d: f"{d:%B} {nth(d.day)}, {d.year}", 1),
)
_SAY: Final = {name: say for name, say, _ in DATES}


def say_date(style: str, d: date) -> str:
    return _SAY[style](d)


def a_date_style(rng: Random) -> str:
    return rng.choices([n for n, _, _ in DATES], [w for _, _, w in DATES])[0]


def say_span(rng: Random, style: str, first: date, last: date) -> str:
    """``March 3–6, 2025`` and its kin; ``from ... to ...`` where the style has no short form."""
    if style == "long" and first.year == last.year and rng.random() < 0.6:
        if first.month == last.month:
            dash = rng.choice(("-", "\N{EN DASH}", " to "))
            return f"{first:%B} {first.day}{dash}{last.day}, {first.year}"
        return f"{first:%B} {first.day} to {last:%B} {last.day}, {first.year}"
    joint = rng.choice((" to ", " through ", " until ")) if style != "iso" else " to "
    return say_date(style, first) + joint + say_date(style, last)


_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(n: int) -> str:
    """A whole number under a million."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" {in_words(n % 100)}" if n % 100 else "")
    rest = f" {in_words(n % 1000)}" if n % 1000 else ""
    return f"{in_words(n // 1000)} thousand{rest}"


def say_number(n: int | Decimal, *, words: bool) -> str:
    """``four`` or ``4``; half days as ``seven and a half`` or ``7.5``."""
    value = Decimal(n)
    whole = int(value)
    if value == whole:
        return in_words(whole) if words else str(whole)
    if not whole:
        return "half"
    return f"{in_words(whole)} and a half" if words else str(value.normalize())


class MoneyStyle(Struct, frozen=True):
    """One way to write an amount.

    ``least`` and ``most``: a wrong amount divided by the true one is no gentle rounding of it
    when outside of them; both 1 for exact amounts.
    """

    name: str
    least: Decimal = Decimal(1)
    most: Decimal = Decimal(1)


EXACT: Final = MoneyStyle("sign")
MONEY: Final[tuple[tuple[MoneyStyle, int], ...]] = (
    (EXACT, 16),
    (MoneyStyle("plain"), 2),
    (MoneyStyle("dollars"), 2),
    (MoneyStyle("usd"), 1),
    (MoneyStyle("words"), 1),
    (MoneyStyle("whole", Decimal("0.99"), Decimal("1.01")), 2),
    (MoneyStyle("about", Decimal("0.8"), Decimal("1.25")), 2),
    (MoneyStyle("over", Decimal(0), Decimal("1.25")), 1),
    (MoneyStyle("nearly", Decimal("0.8"), Decimal("1.25")), 1),
)


def a_money_style(rng: Random) -> MoneyStyle:
    return rng.choices([s for s, _ in MONEY], [w for _, w in MONEY])[0]


def _in_dollars(value: Decimal) -> str:
    cents = int(value * 100) % 100
    tail = f" and {in_words(cents)} cents" if cents else ""
    return f"{in_words(int(value))} dollars{tail}"


def _step(value: Decimal) -> Decimal:
    """What a person rounds to: tens under a thousand, hundreds under twenty thousand."""
    if value < 1000:
        return Decimal(10)
    return Decimal(100) if value < 20000 else Decimal(1000)


def say_money(style: MoneyStyle, value: Decimal) -> str:
    step = _step(value)
    match style.name:
        case "plain":
            return f"${value:.2f}"
        case "dollars":
            return f"{value:,.2f} dollars"
        case "usd":
            return f"USD {value:,.2f}"
        case "words":
            return _in_dollars(value)
        case "whole":
            return f"${value.quantize(Decimal(1), ROUND_HALF_UP):,}"
        case "about":
            return f"about ${(value / step).quantize(Decimal(1), ROUND_HALF_UP) * step:,}"
        case "over":
            return f"more than ${(value / step).quantize(Decimal(1), ROUND_FLOOR) * step:,}"
        case "nearly":
            return f"nearly ${((value / step).quantize(Decimal(1), ROUND_FLOOR) + 1) * step:,}"
        case _:
            return f"${value:,.2f}"
