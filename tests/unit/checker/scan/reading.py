"""Mentions as short words, so that a table of cases reads like the letters it is made of."""

from datetime import date
from decimal import Decimal

import pytest

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.mentions import (
    AgeMention,
    AnyMention,
    ClockMention,
    DayMention,
    DurationMention,
    Exempt,
    ImpossibleDate,
    MeasureMention,
    MoneyMention,
    NumberMention,
    PercentMention,
    RatioMention,
    SpanMention,
    VagueDate,
)
from cortipump.checker.scan.scan import Locale, scan

DATED = date(2026, 3, 31)
US = Locale(dated=DATED)


def letter(text: str, *blocks: Block, enclosed: int | None = None) -> LetterText:
    """A letter; one paragraph unless blocks are given."""
    starts = [0] + [at + 1 for at, character in enumerate(text) if character == "\n"]
    if not blocks:
        blocks = (Block("paragraph", 0, len(text)),)
    return LetterText(text, tuple(starts), blocks, enclosed=enclosed)


def seen(text: str, locale: Locale = US) -> list[str]:
    """What is found in a text, as ``words = reading``."""
    return [f"{each.text} = {said(each)}" for each in scan(letter(text), locale)]


def cases(table: str) -> list[object]:
    """One case a line: the text, an arrow, and readings with ``;;`` between them."""
    found = []
    for line in table.strip().splitlines():
        text, _, readings = line.strip().partition(" =>")
        expected = [each.strip() for each in readings.split(";;") if each.strip()]
        unescaped = text.replace("\\n", "\n").replace("~_", "\u00a0")
        expected = [each.replace("\\n", "\n").replace("~_", "\u00a0") for each in expected]
        found.append(pytest.param(unescaped, expected, id=text[:60]))
    return found


def said(mention: AnyMention) -> str:
    """One mention in short."""
    words = _said(mention)
    approx = getattr(mention, "approx", "")
    return f"{words} ~{approx}" if approx else words


def _said(mention: AnyMention) -> str:
    match mention:
        case DayMention():
            return _day(mention)
        case SpanMention(first=first, last=last):
            return f"{first}..{last}"
        case VagueDate(first=None):
            return "vague"
        case VagueDate(first=first, last=last):
            return f"vague {first}..{last}"
        case ImpossibleDate():
            return "impossible"
        case ClockMention(minute=minute):
            return f"{minute // 60:02}:{minute % 60:02}"
        case MoneyMention(amount=amount, currency=currency, places=places):
            return f"{amount:f} {currency or '?'}" + ("" if places == 2 else f" p{places}")
        case PercentMention(value=value):
            return f"{value:f}%"
        case RatioMention(factor=factor, is_share=is_share):
            return (
                f"{'share' if is_share else 'x'} {factor.quantize(Decimal('0.001')).normalize():f}"
            )
        case Exempt(why=why):
            return f"({why})"
        case _:
            return _quantity(mention)


def _day(mention: DayMention) -> str:
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[mention.grain]
    words = mention.first.strftime(form) + ("" if mention.year_given else "?")
    return words if mention.other is None else f"{words} or {mention.other}"


def _quantity(mention: AnyMention) -> str:
    match mention:
        case MeasureMention(value=value, high=high, comparator=sign, canonical=unit):
            return f"{sign}{value:f}{'' if high is None else f'-{high:f}'} {unit}"
        case AgeMention(years=years):
            return f"age {years}"
        case DurationMention(value=value, period=period, adjective=adjective):
            return f"{value:f} {period}{' adj' if adjective else ''}"
        case NumberMention():
            high = "" if mention.high is None else f"-{mention.high:f}"
            words = f"{mention.value:f}{high}"
            marks = ("w", mention.spelled), ("times", mention.times), ("soft", not mention.bare)
            return " ".join([words, *(mark for mark, is_so in marks if is_so)])
    raise AssertionError(mention)
