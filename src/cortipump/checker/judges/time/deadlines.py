"""The last day for an appeal, as the plan's own notice states the clock."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import DayMention
from cortipump.record.facts import Decision
from cortipump.record.timeline import Of

_DAYS: Final = re.compile(r"(\d+)\s*(?:calendar )?days?", re.I)
_MONTHS: Final = re.compile(r"(\d+|four|three|six)\s*months?", re.I)
_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "thirty": 30, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
_LENGTH: Final = re.compile(
    r"\b(?P<n>\d{1,3}|[a-z]+)(?:\s+|-)(?:calendar )?(?P<unit>days?|months?)\b", re.I
)
_EXTERNAL: Final = re.compile(r"external", re.I)
_RECEIPT: Final = re.compile(r"recei|rec.?d\b|rcvd", re.I)
_SATURDAY: Final = 5
_EXTERNAL_MONTHS: Final = 4


def judge_deadline(frame: Frame, mention: DayMention, desk: Desk) -> Finding | None:
    """Hold a stated last day against the clock of the notice.

    The clock is the one that the decision prints; counted from receipt where it says so and the
    day of receipt is recorded. About external review also its four months, which no notice has to
    print; and whatever length of time the sentence itself names, counted from a decision.

    Returns
    -------
    Finding or None
        None: it agrees, or the notice prints no clock.
    """
    decisions = desk.known.timeline.of(Decision)
    known = [(day, d) for d in decisions for day in _last_days(d)]
    allowed = [day for day, _ in known]
    if _EXTERNAL.search(frame.text):
        allowed += [_later(base, _EXTERNAL_MONTHS) for d in decisions if (base := _base(d))]
    allowed += [day for d in decisions for day in _named(frame, mention, d)]
    if not known or any(mention.first in _moved(day) for day in allowed):
        return None
    day, decision = min(known, key=lambda pair: abs(pair[0] - mention.first))
    message = "The notice's own clock ends on another day."
    clock, origin = decision.body.stated_deadline, desk.origin((decision.id,))
    shown = f"{day} ({clock}, counted from {_base(decision)}; {origin})"
    return desk.find(mention, "date-differs", "deadline-differs", message, shown, [decision.id])


def is_last_day(day: date, desk: Desk) -> bool:
    """Whether a clock of a notice ends on that day of a year."""
    decisions = desk.known.timeline.of(Decision)
    ends = (end for d in decisions for last in _last_days(d) for end in _moved(last))
    return any((end.month, end.day) == (day.month, day.day) for end in ends)


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


def _named(frame: Frame, mention: DayMention, decision: Of[Decision]) -> Iterator[date]:
    """The days that a length of time of the sentence gives, from the decision or its receipt.

    Not that of the notice's own clock, which says from when it runs.
    """
    own = {
        "".join(match.group().lower().split()).rstrip("s")
        for match in _LENGTH.finditer(decision.body.stated_deadline)
    }
    body = decision.body
    bases = {day for day in (body.received, body.at.day if body.at else None) if day}
    for match in _LENGTH.finditer(frame.text[: mention.start - frame.start]):
        if "".join(match.group().lower().split()).rstrip("s") in own:
            continue
        count = _WORDS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else 0)
        for base in bases if count else ():
            by_days = match["unit"].lower().startswith("d")
            yield base + timedelta(days=count) if by_days else _later(base, count)


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
