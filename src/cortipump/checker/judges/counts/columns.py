"""Counts in tables: the nights of one stay, the days of one absence, a total under its rows."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cortipump.checker.binding.dates import holds
from cortipump.checker.binding.spans import sides_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.stays import first_day
from cortipump.checker.judges.counts.tally import SHOWN, counted
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.mentions import DurationMention, NumberMention

_TOTAL: Final = re.compile(r"[\W_]*(?:(?:grand )?total|sum|all|in all|altogether)s?\b", re.I)
_NIGHTS: Final = re.compile(r"\bnights?\b|\bbed[- ]?days?\b", re.I)
_FIRST: Final = 12  # where the first cell of a row begins, at most
_STAYS: Final = frozenset({"inpatient", "observation"})


def is_total(frame: Frame) -> bool:
    """Whether it is a row of totals."""
    return frame.is_row and _TOTAL.match(frame.text) is not None


def is_of_side(frame: Frame, mention: NumberMention) -> bool:
    """Whether its column is of the time before or on the pump."""
    return any(cue.says in {"before", "after"} for cue in sides_of(frame.header(mention)))


def is_dated(frame: Frame, mention: NumberMention) -> bool:
    """Whether it stands in a column of a row that is of one date: it counts what was that day."""
    days = frame.days
    heads = bool(days) and days[0].start - frame.start < _FIRST and days[0].end < mention.start
    return frame.is_row and heads and bool(frame.header(mention).text)


def judge_nights(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """``October 13, 2025 | Hospital stay | 5`` in a column of nights."""
    if not _NIGHTS.search(frame.header(mention).text) or len(frame.days) != 1:
        return None
    dated = first_day(frame.days[0])
    stays = [
        h for h in desk.known.happenings
        if h.topics & _STAYS and h.first and h.ends and any(holds(dated, d) for d in h.starts)
    ]  # fmt: skip
    nights = {(max(h.ends) - day).days: h for h in stays for day in h.starts}
    if dated.grain != "day" or not nights or mention.value in nights:
        return None
    shown = " or ".join(
        f"{h.first} to {max(h.ends)}, {counted(Decimal(n), 'nights')} ({desk.origin(h.facts)})"
        for n, h in nights.items()
    )
    message = "The ledger holds another length of stay."
    facts = [fact for h in stays for fact in h.facts]
    return desk.find(mention, "count-differs", "length-of-stay", message, shown, facts)


def judge_column(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """A count in a row of totals: the sum of the column's cells above it."""
    if not is_total(frame) or mention.high is not None:
        return None
    above = list(_above(frame, mention, desk))
    total = sum((m.value for m in above), Decimal(0))
    if len(above) < 2 or total == mention.value:  # nothing to add
        return None
    words = " + ".join(m.text for m in above[:SHOWN])
    message = f"The figures above it add up to another sum: {words}."
    return desk.find(mention, "total-does-not-add-up", "parts-differ", message, numeral(total))


def _above(
    frame: Frame, mention: NumberMention, desk: Desk
) -> Iterator[NumberMention | DurationMention]:
    """The cells of the column in the rows above, none where a row is itself a total."""
    header, block = frame.header(mention).text, frame.block
    rows: list[Frame] = []
    for one in reversed(desk.frames):
        if one.start >= frame.start:
            continue
        if not one.is_row or one.block != block - 1 or _TOTAL.match(one.text):
            break
        rows, block = [one, *rows], one.block
    for one in rows:
        for other in one.mentions:
            if not header or one.header(other).text != header:
                continue
            if isinstance(other, NumberMention | DurationMention):
                yield other
