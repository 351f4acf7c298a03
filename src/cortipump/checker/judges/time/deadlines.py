"""The last day for an appeal, as the plan's own notice states the clock."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import DayMention
from cortipump.record.facts import Decision
from cortipump.record.timeline import Of

_DAYS: Final = re.compile(r"(\d+)\s*(?:calendar )?days?", re.I)
_MONTHS: Final = re.compile(r"(\d+|four|three|six)\s*months?", re.I)
_WORDS: Final = {"three": 3, "four": 4, "six": 6}
_RECEIPT: Final = re.compile(r"recei", re.I)
_SATURDAY: Final = 5
_EXTERNAL_MONTHS: Final = 4


def judge_deadline(mention: DayMention, desk: Desk, *, is_external: bool) -> Finding | None:
    """Hold a stated last day against the clock of the notice.

    The clock is the one that the decision prints; counted from receipt where it says so and the
    day of receipt is recorded.

    Parameters
    ----------
    is_external
        Whether the words are about external review, whose four months no notice has to print.

    Returns
    -------
    Finding or None
        None: it agrees, or the notice prints no clock.
    """
    decisions = desk.known.timeline.of(Decision)
    known = [(day, d) for d in decisions for day in _last_days(d)]
    allowed = [day for day, _ in known]
    if is_external:
        allowed += [_later(base, _EXTERNAL_MONTHS) for d in decisions if (base := _base(d))]
    if not known or any(mention.first in _moved(day) for day in allowed):
        return None
    day, decision = min(known, key=lambda pair: abs(pair[0] - mention.first))
    message = "The notice's own clock ends on another day."
    clock, origin = decision.body.stated_deadline, desk.origin((decision.id,))
    shown = f"{day} ({clock}, counted from {_base(decision)}; {origin})"
    return desk.find(mention, "date-differs", "deadline-differs", message, shown, [decision.id])


def _base(decision: Of[Decision]) -> date | None:
    """The day from which the clock runs: of receipt where it says so, else of the notice."""
    body = decision.body
    if _RECEIPT.search(body.stated_deadline) and body.received:
        return body.received
    return body.at.day if body.at else None


def _last_days(decision: Of[Decision]) -> Iterator[date]:
    """The last days by every clock that the decision prints."""
    base, clock = _base(decision), decision.body.stated_deadline
    if base is None:
        return
    for match in _DAYS.finditer(clock):
        yield base + timedelta(days=int(match[1]))
    for match in _MONTHS.finditer(clock):
        yield _later(base, _WORDS.get(match[1].lower()) or int(match[1]))


def _later(day: date, months: int) -> date:
    """The same day some months on; the first of the next where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    length = monthrange(first.year, first.month)[1]
    return first + timedelta(days=min(day.day - 1, length))


def _moved(day: date) -> set[date]:
    """The day, and the Monday after it where it falls on a weekend."""
    if day.weekday() < _SATURDAY:
        return {day}
    return {day, day + timedelta(days=7 - day.weekday())}
