"""Spans of days: of a stay, of an absence, of a regimen."""

import re
from datetime import timedelta
from typing import Final

from cortipump.checker.binding.dates import has_year, holds
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.time.nearby import nearest, wrong_date
from cortipump.checker.judges.time.topics import MEANS, TELLING, topics_of
from cortipump.checker.mentions import (
    DayMention,
    SpanMention,
)

# "Between March 20 and April 2 I was admitted once": a time to count over.
_HAD: Final = re.compile(r"\bbetween\b|\bonce\b|\btwice\b|\btimes\b|\b(?:within|during)\b", re.I)
_MONTHISH: Final = timedelta(days=45)


def judge_span(frame: Frame, mention: SpanMention, desk: Desk) -> Finding | None:
    """Hold a span against stays and regimens; a span that something is counted over is free."""
    topics = topics_of(frame, mention)
    if "regimen" in topics and not topics & TELLING and mention.grain == "day":
        return _judge_regimen(mention, desk)
    topics &= TELLING if topics & {"work"} else TELLING | {"nights"}
    wanted = frozenset[str]().union(*(MEANS[t] for t in topics)) & {
        "inpatient", "observation", "emergency", "work",
    }  # fmt: skip
    if mention.grain != "day" or not wanted or mention.last - mention.first > _MONTHISH:
        return None
    if mention.last > desk.dated:
        return None
    first, last = _ends(mention)
    everything = desk.known.happenings
    length = mention.last - mention.first
    lasting = [h for h in everything if h.ends or h.topics & wanted]
    begun = {d for h in lasting for d in h.starts if holds(first, d)}
    # Days off work run from the day of a stay too; a list may date both with one span.
    of_kind = [h for h in lasting if h.topics & wanted or (frame.is_row and "work" in h.topics)]
    if any(d + length in h.ends | h.starts for d in begun for h in of_kind):
        return None
    starting = [
        h for h in everything if h.topics & wanted and any(holds(first, d) for d in h.starts)
    ]
    ending = [h for h in everything if h.topics & wanted and any(holds(last, d) for d in h.ends)]
    found = starting or ending
    if found:
        days = sorted(found[0].starts | found[0].ends)
        message = "The ledger holds other days for this."
        shown = desk.of_happening(found[0], (days[0], days[-1]))
        return desk.find(mention, "date-differs", "other-days", message, shown, found[0].facts)
    inside = [
        h for h in desk.known.happenings if h.first and mention.first <= h.first <= mention.last
    ]
    stays = [h for h in inside if h.topics & {"inpatient", "observation"} and h.ends]
    if len(stays) == 1 and not _HAD.search(frame.text) and topics & {"inpatient", "hospital"}:
        message = "The ledger holds other days for this."
        return wrong_date(mention, stays, message, "other-days", desk)
    if any(h.topics & wanted for h in inside):
        return None
    near = nearest(mention.first, wanted, desk)
    if not near:
        return None
    return wrong_date(
        mention, near, "Nothing of this kind is recorded for these days.", "other-days", desk
    )


def _judge_regimen(mention: SpanMention, desk: Desk) -> Finding | None:
    """The time of a regimen: its first day must be one on which some regimen began."""
    regimens = [h for h in desk.known.happenings if "regimen" in h.topics]
    windows = {day for s in desk.known.spans.values() for day in (s.from_, s.last, s.until)}
    first, last = _ends(mention)
    begun = any(holds(first, d) for h in regimens for d in h.starts) or mention.first in windows
    ended = any(holds(last, d) for h in regimens for d in h.ends) or mention.last in windows
    if begun or mention.last > desk.dated or not ended:
        return None
    found = [h for h in regimens if any(holds(last, d) for d in h.ends)]
    return wrong_date(
        mention, found[:1], "The ledger holds other days for this regimen.", "other-days", desk
    )


def _ends(mention: SpanMention) -> tuple[DayMention, DayMention]:
    """Its first and last day as dates of their own, with or without a year as the span is."""
    given = has_year(mention)
    first, last = (
        DayMention(start=mention.start, end=mention.end, text=mention.text, first=day, last=day,
                   grain="day", year_given=given)
        for day in (mention.first, mention.last)
    )  # fmt: skip
    return first, last
