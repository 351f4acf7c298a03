"""Amounts that figures above them in the letter yield: a sum, a difference, so much a day."""

from collections.abc import Mapping
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
_MOST: Final = 40
_PAID_BY_ALL: Final = {"paid", "patient"}
_LEAST_DAYS, _MOST_DAYS = 28, 1500


def _amounts_near(frame: Frame, mention: MoneyMention, desk: Desk) -> dict[Decimal, frozenset[str]]:
    """The different amounts of its sentence and above, the nearest first, and their kinds."""
    found: dict[Decimal, frozenset[str]] = {}
    for one in (frame, *reversed(desk.above(frame))):
        for m in reversed(one.mentions):
            if not isinstance(m, MoneyMention) or m is mention or m.amount in found:
                continue
            found[m.amount] = kinds_of(one, m)
            if len(found) == _MOST:
                return _others(found, mention)
    return _others(found, mention)


def _others(
    found: Mapping[Decimal, frozenset[str]], mention: MoneyMention
) -> dict[Decimal, frozenset[str]]:
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
    amounts = _amounts_near(frame, mention, desk)
    if _give(amounts, mention.amount):
        return True
    lengths = _lengths(frame, desk)
    wholes = [*amounts, *(a + b for a, b in combinations(amounts, 2))] if lengths else []
    return any(
        (whole / days).quantize(_CENT, ROUND_HALF_UP) == mention.amount
        for days in lengths
        for whole in wholes
    )


def _give(amounts: Mapping[Decimal, frozenset[str]], wanted: Decimal) -> bool:
    """Whether two or three of them do: a sum of one kind, or of what was paid by all; a difference.

    The third is looked up, not tried.
    """
    for a, b in combinations(amounts, 2):
        if abs(a - b) == wanted or (a + b == wanted and _may_add(amounts, a, b)):
            return True
        left = amounts.keys() - {a, b}
        if left & {a + b - wanted, a + b + wanted}:
            return True
        if wanted - a - b in left and _may_add(amounts, a, b, wanted - a - b):
            return True
    return False


def _may_add(amounts: Mapping[Decimal, frozenset[str]], *chosen: Decimal) -> bool:
    kinds = {kind for amount in chosen for kind in amounts[amount]}
    return len(kinds) <= 1 or kinds == _PAID_BY_ALL


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
