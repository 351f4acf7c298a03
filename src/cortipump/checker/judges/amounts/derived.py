"""Amounts that figures above them in the letter yield: a sum, a difference, so much a day."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Final

from cortipump.checker.binding.kinds import kinds_of
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import DurationMention, MoneyMention, NumberMention

_CENT: Final = Decimal("0.01")
_CENTS: Final = 2
# Amounts and parts that are looked at: to the cent, chance makes a sum of three of so many rarely.
_MOST, _PARTS = 40, 3
_PAID_BY_ALL: Final = {"paid", "patient"}
_LEAST_DAYS, _MOST_DAYS = 28, 1500


def amounts_above(frame: Frame, mention: MoneyMention, desk: Desk) -> dict[Decimal, frozenset[str]]:
    """The different amounts of its sentence and above, the nearest first, and their kinds."""
    found: dict[Decimal, frozenset[str]] = {}
    for one in (frame, *reversed(desk.above(frame))):
        for m in reversed(one.mentions):
            if isinstance(m, MoneyMention) and m is not mention and len(found) < _MOST:
                found.setdefault(m.amount, kinds_of(one, m))
    return {a: k for a, k in found.items() if a > 0 and a != mention.amount}


def stands_above(frame: Frame, mention: MoneyMention, desk: Desk) -> bool:
    """Whether the same amount, cents and all, was stated before: judged where it was."""
    return any(
        isinstance(m, MoneyMention) and m.amount == mention.amount and m is not mention
        for one in (*desk.above(frame), frame)
        for m in one.mentions
        if m.start < mention.start
    )


def follows_from_letter(frame: Frame, mention: MoneyMention, desk: Desk) -> bool:
    """Whether amounts above it give it to the cent: added, subtracted, or divided by days."""
    if mention.places != _CENTS or mention.approx:
        return False
    amounts = amounts_above(frame, mention, desk)
    if any(value == mention.amount for value in _combined(amounts)):
        return True
    lengths = _lengths(frame, desk)
    wholes = [*amounts, *(a + b for a, b in combinations(amounts, 2))] if lengths else []
    return any(
        (whole / days).quantize(_CENT, ROUND_HALF_UP) == mention.amount
        for days in lengths
        for whole in wholes
    )


def _combined(amounts: Mapping[Decimal, frozenset[str]]) -> Iterator[Decimal]:
    """Sums of one kind, or of what was paid by all, and what is left of one amount."""
    for size in range(2, _PARTS + 1):
        for chosen in combinations(amounts, size):
            whole = sum(chosen, Decimal(0))
            yield from (abs(whole - 2 * one) for one in chosen)
            kinds = {kind for amount in chosen for kind in amounts[amount]}
            if len(kinds) <= 1 or kinds == _PAID_BY_ALL:
                yield whole


def _lengths(frame: Frame, desk: Desk) -> set[Decimal]:
    """Days that an amount may be divided by where the words say so: of the windows, the letter."""
    near = (frame, *frame.earlier[:3])
    if not any("day" in one.text or "day" in one.lead.text for one in near):
        return set()
    stated = {
        m.value
        for one in (*desk.above(frame), frame)
        for m in one.mentions
        if isinstance(m, DurationMention | NumberMention)
    }
    windows = {Decimal(span.days) for span in desk.known.windows.values()}
    return {d for d in stated | windows if _LEAST_DAYS <= d <= _MOST_DAYS and d == int(d)}
