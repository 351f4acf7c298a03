"""Numbers of a letter that are the sum of others in it."""

import re
from decimal import Decimal
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.tally import SHOWN
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.mentions import DurationMention, NumberMention

_SUM: Final = re.compile(r"\b(?:in all|total|altogether|together|combined)\b", re.I)
_SERIES: Final = re.compile(r"\s*(?:,|and|,\s*and|&|\+)\s*", re.I)
_ABOVE: Final = 14
_THAT_IS: Final = re.compile(
    r"\b(?:that is|that makes|makes|comes? to|adds? up to|sum of|total of|=)\s*$", re.I
)


def judge_sum(frame: Frame, mention: DurationMention | NumberMention, desk: Desk) -> Finding | None:
    """``That is eight and a half days``, ``eleven nights in all``: the sum of what stands above.

    None also where it is no such sum.
    """
    if not _is_said(frame, mention):
        return None
    parts = _parts(frame, mention, desk)
    total = sum((part.value for part in parts), Decimal(0))
    if len(parts) < 2 or total == mention.value:  # nothing to add
        return None
    words = " + ".join(part.text for part in parts[:SHOWN])
    message = f"The figures above it add up to another sum: {words}."
    return desk.find(mention, "total-does-not-add-up", "parts-differ", message, numeral(total))


def _is_said(frame: Frame, mention: DurationMention | NumberMention) -> bool:
    """Whether words close to it make it a sum."""
    near = frame.before(mention.start, 25) + frame.after(mention.end, 25)
    return _SUM.search(near) is not None or says_sum(frame, mention)


def says_sum(frame: Frame, mention: DurationMention | NumberMention) -> bool:
    """Whether the words right before it add up: "that makes", "comes to"."""
    return bool(_THAT_IS.search(frame.before(mention.start, 25)))


def _parts(
    frame: Frame, mention: DurationMention | NumberMention, desk: Desk
) -> list[DurationMention | NumberMention]:
    """Like figures of the items or sentences right above."""
    found: list[DurationMention | NumberMention] = []
    for one in (*desk.above(frame), frame):
        if one.block >= frame.block - _ABOVE:
            found += [m for m in _in_its_unit(one, mention) if m.end <= mention.start]
    return found


def _in_its_unit(
    frame: Frame, mention: DurationMention | NumberMention
) -> list[DurationMention | NumberMention]:
    """Figures in the unit of another; in "two, three and four nights" all three are nights."""
    period = getattr(mention, "period", None)
    found: list[DurationMention | NumberMention] = []
    following: DurationMention | NumberMention | None = None
    for one in reversed(frame.mentions):
        if not isinstance(one, DurationMention | NumberMention):
            continue
        if getattr(one, "period", None) == period or (
            following is not None and found[-1:] == [following]
            and _SERIES.fullmatch(frame.text[one.end - frame.start : following.start - frame.start])
        ):  # fmt: skip
            found.append(one)
        following = one
    return found[::-1]


def adds_up(frame: Frame, mention: DurationMention | NumberMention, desk: Desk) -> bool:
    """Whether it is said to be a sum, and figures above it up to the last add up to it."""
    if not _is_said(frame, mention):
        return False
    running = Decimal(0)
    rows = [
        m
        for f in desk.above(frame)
        if frame.block - _ABOVE <= f.block < frame.block and f.is_row
        for m in f.mentions
        if isinstance(m, NumberMention)
    ]
    for number, part in enumerate(reversed([*rows, *_parts(frame, mention, desk)]), 1):
        running += part.value
        if number > 1 and running == mention.value:
            return True
    return False


def sums_its_sentence(frame: Frame, mention: NumberMention) -> bool:
    """``five visits and four stays, nine in all``."""
    near = frame.after(mention.end, 25) + frame.before(mention.start, 25)
    if not _SUM.search(near):
        return False
    others = [
        m.value for m in frame.mentions
        if isinstance(m, NumberMention | DurationMention) and m is not mention
    ]  # fmt: skip
    running = Decimal(0)
    for number, value in enumerate(others, 1):
        running += value
        if number > 1 and running == mention.value:
            return True
    return False
