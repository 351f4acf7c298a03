"""Counts beside the dates that they count: ``seven times: `` and six days."""

import re
from decimal import Decimal
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import DayMention, NumberMention

_OPENS: Final = re.compile(r"(?:\s+[A-Za-z'-]+){0,4}\s*[:(]\s*(?:on\s+|in\s+|the\s+)*", re.I)
_BETWEEN: Final = re.compile(r"\s*(?:,\s*and|,|and|&|;)\s*(?:on\s+|in\s+|the\s+)*", re.I)
_CLOSES: Final = re.compile(r"\s*(?:[.;)]|$)")
# Only some of them are listed.
_SOME: Final = re.compile(
    r"\b(?:includ\w+|such|among|e\.g|example|most|last|latest|first|other|more)\b", re.I
)
_FEWEST, _OFF = 3, 2


def judge_listed(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold a count against the number of days that follow it up to the end of their list."""
    if frame.is_row or mention.places or mention.high is not None or mention.approx:
        return None
    days = _days_behind(frame, mention)
    off = abs(mention.value - len(days))
    if len(days) < _FEWEST or not 0 < off <= _OFF:
        return None
    message = f"{len(days)} days are listed behind it."
    return desk.find(mention, "count-differs", "list-differs", message, str(Decimal(len(days))))


def _days_behind(frame: Frame, mention: NumberMention) -> list[DayMention]:
    """The days of a list that a colon or a bracket opens right behind a count."""
    days = [d for d in frame.days if d.start >= mention.end]
    if not days or not all(isinstance(d, DayMention) and d.grain == "day" for d in days):
        return []
    found: list[DayMention] = []
    at = mention.end
    for day in days:
        gap = frame.text[at - frame.start : day.start - frame.start]
        shape = _BETWEEN if found else _OPENS
        if not shape.fullmatch(gap) or _SOME.search(gap):
            break
        found += [day] if isinstance(day, DayMention) else []
        at = day.end
    return found if _CLOSES.match(frame.text, at - frame.start) else []
