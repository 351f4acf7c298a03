"""What the ledger holds where a date of a letter is wrong."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.happenings import Happening
from cortipump.checker.mentions import (
    DayMention,
    SpanMention,
)

_NEAR: Final = timedelta(days=45)


def nothing_there(
    mention: DayMention, wanted: frozenset[str], known: bool, desk: Desk
) -> Finding | None:
    """The finding for a day of which nothing of the wanted kind is recorded.

    What lies near is shown. None where nothing does and the day itself is ``known``.
    """
    near = nearest(mention.first, wanted, desk)
    if near:
        message = f"Nothing of this kind is recorded for {mention.text}."
        return wrong_date(mention, near, message, "nothing-that-day", desk)
    if known:
        return None
    message = f"No record of the ledger is of {mention.text}."
    return desk.find(mention, "unsupported-number", "date-not-found", message)


def nearest(day: date, wanted: frozenset[str], desk: Desk) -> list[Happening]:
    """What is recorded close by, or on a day that a slip of the hand turns into this one."""
    found = []
    for happening in desk.known.happenings:
        if wanted and not happening.topics & wanted:
            continue
        off = min((_off(day, known) for known in happening.starts | happening.ends), default=None)
        if off is not None:
            found.append((off, happening))
    found.sort(key=lambda pair: pair[0])
    best = [h for off, h in found if off <= _NEAR][:2]
    return best if len(best) < 2 or found[0][0] == found[1][0] else best[:1]


def _off(day: date, known: date) -> timedelta:
    """Distance; a year that is off, or day and month exchanged, is a small slip."""
    if (day.month, day.day) == (known.month, known.day):
        return timedelta(days=min(abs(day.year - known.year), 20))
    if (day.month, day.day) == (known.day, known.month) and day.year == known.year:
        return timedelta(days=1)
    if day.day == known.day and day.year == known.year:
        return min(abs(day - known), timedelta(days=20))
    return abs(day - known)


def wrong_date(
    mention: DayMention | SpanMention, found: Iterable[Happening], message: str, detail: str,
    desk: Desk,
) -> Finding:  # fmt: skip
    """The finding for a date, with what the ledger holds instead."""
    listed = list(found)
    shown = " or ".join(desk.of_happening(h) for h in listed)
    facts = [fact for h in listed for fact in h.facts]
    return desk.find(mention, "date-differs", detail, message, shown, facts)
