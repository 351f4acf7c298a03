"""Times of day, ages and lengths of time."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import dates_of, holds, tied
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.time.topics import TELLING, topics_of_words
from cortipump.checker.known.happenings import Happening
from cortipump.checker.mentions import AgeMention, ClockMention, DayMention, DurationMention
from cortipump.quantities.show import clock_text

_NOON, _DAY, _QUARTER = 12 * 60, 24 * 60, 15
_ONE_DAY: Final = timedelta(days=1)
# Minutes by which a time may be off: behind "about", and in words.
_ABOUT_MINUTES, _SPOKEN_MINUTES = 45, 8
_EVENTS: Final = (
    "emergency", "inpatient", "observation", "urgent-care", "injection", "lab", "hospital", "score",
)  # fmt: skip
_COMPARED: Final = re.compile(r"\b(?:before|after|past|until|till|by|minutes? to)\s*$", re.I)
_REACHED: Final = re.compile(
    r"\b(?:reach(?:ed|able)?|call (?:me|us)|please call|available|office hours|weekdays|questions)"
    r"\b",
    re.I,
)
_TWELVE: Final = re.compile(r"(?:1[0-2]|[1-9])\b|[a-z]", re.I)
_HALF: Final = re.compile(r"[ap]\.?\s?m\b|noon|midnight|^0\d|hrs|morning|night", re.I)
_CLOCK: Final = re.compile(r"\b(\d{1,2}):(\d{2})\b")
# Hours that tests are named for, and the ends of a day.
_NAMED_MINUTES: Final = frozenset({0, 8 * 60, _NOON})
_THEN: Final = re.compile(r"\b(?:was|were|at (?:the )?age|when|turned|became)\b", re.I)
_ADULT: Final = 18
_PERSON: Final = re.compile(
    r"\b(?:woman|man|person|patient|lady|girl|boy|female|male|aged?|I have|I am|she is|he is"
    r"|she has|he has)\s*(?:of|,|is)?\s*$",
    re.I,
)
_DAYS_PER: Final[dict[str, Decimal]] = {
    "day": Decimal(1), "night": Decimal(1), "week": Decimal(7), "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
}  # fmt: skip
_MINUTES_PER: Final[dict[str, int]] = {"minute": 1, "hour": 60}
_JOINED: Final = re.compile(r",?\s*(?:and\s*)?")
_PAIR: Final = 2
_STONES: Final = frozenset({"diagnosis", "pump", "denial", "procedure"})


# -- times of day --------------------------------------------------------------------------


def judge_clock(frame: Frame, mention: ClockMention, desk: Desk) -> Finding | None:
    """A time of day against those recorded for the dates of the sentence, else of any day."""
    dates = dates_of(frame, mention)
    days = [d for d in dates.all if isinstance(d, DayMention) and d.grain == "day"]
    if _REACHED.search(frame.text) and not dates.own:
        return None
    if _COMPARED.search(frame.before(mention.start, 12)):
        return None
    if not days and not frame.says(*_EVENTS):
        return None
    if days and not any(desk.known.days.get(d.first) for d in days):
        return None  # the date is what is wrong, and said elsewhere
    return _judge_minutes(frame, mention, days, desk)


def _judge_minutes(
    frame: Frame, mention: ClockMention, days: list[DayMention], desk: Desk
) -> Finding | None:
    stated, slack = _minutes(mention), _slack(mention)
    near = [d for one in frame.earlier[:2] for d in one.days if isinstance(d, DayMention)]
    clocks = {clock for h in _on([*days, *near], desk) for clock in h.clocks}
    if stated & _scheduled(desk) or _is_close(stated, clocks, slack):
        return None
    if days and clocks and not _is_tied(frame, mention, desk):
        return None
    if days and clocks:
        shown = ", ".join(map(clock_text, sorted(clocks)[:6]))
        facts = [fact for h in _on(days, desk) if h.clocks for fact in h.facts][:8]
        message = f"The ledger holds other times for {days[0].text}."
        return desk.find(mention, "date-differs", "clock-differs", message,
                         f"{shown} ({days[0].first})", facts)  # fmt: skip
    if _is_close(stated, (clock for h in desk.known.happenings for clock in h.clocks), slack):
        return None
    if days:
        message = f"The ledger holds no time of day for {days[0].text}."
        return desk.find(mention, "unsupported-number", "clock-not-recorded", message)
    message = f"No record of the ledger has the time {mention.text}."
    return desk.find(mention, "unsupported-number", "clock-not-found", message)


def _is_tied(frame: Frame, mention: ClockMention, desk: Desk) -> bool:
    """Whether it is the time of one thing on one day, and recorded for nothing else.

    A time that stands in the record of the day beside it, or to the minute in that of any other,
    is right: it is the day that is wrong.
    """
    days = [d for d in tied(frame, mention) if isinstance(d, DayMention) and d.grain == "day"]
    if len(days) != 1 or len(topics_of_words(frame) & TELLING) != 1:
        return False
    stated, day = _minutes(mention), days[0].first
    for happening in desk.known.happenings:
        beside = any(abs(one - day) <= _ONE_DAY for one in happening.starts | happening.ends)
        exact = stated & happening.clocks and mention.minute % _QUARTER
        if exact or (beside and _is_close(stated, happening.clocks, _slack(mention))):
            return False
    return True


def _minutes(mention: ClockMention) -> set[int]:
    """The minutes that it can mean: ``half past two`` is of the night or of the afternoon."""
    if _HALF.search(mention.text) or not _TWELVE.match(mention.text):
        return {mention.minute}
    return {mention.minute, (mention.minute + _NOON) % _DAY}


def _slack(mention: ClockMention) -> int:
    """Minutes by which it may be off."""
    if mention.approx:
        return _ABOUT_MINUTES
    return 0 if any(c.isdigit() for c in mention.text) else _SPOKEN_MINUTES


def _is_close(stated: Iterable[int], clocks: Iterable[int], slack: int) -> bool:
    known = list(clocks)
    return any(_minutes_apart(minute, clock) <= slack for minute in stated for clock in known)


def _minutes_apart(one: int, other: int) -> int:
    apart = abs(one - other)
    return min(apart, _DAY - apart)


def _on(days: list[DayMention], desk: Desk) -> list[Happening]:
    """What begins or ends on one of the days."""
    return [
        h
        for h in desk.known.happenings
        if any(holds(d, day) for d in days for day in h.starts | h.ends)
    ]


def _scheduled(desk: Desk) -> set[int]:
    """Times in the schedules of regimens, and the hours that tests are named for."""
    found = set(_NAMED_MINUTES)
    for regimen in desk.known.regimens:
        for match in _CLOCK.finditer(f"{regimen.body.schedule} {regimen.body.printed}"):
            found.add(int(match[1]) * 60 + int(match[2]))
    return found


# -- ages ----------------------------------------------------------------------------------


def judge_age(frame: Frame, mention: AgeMention, desk: Desk) -> Finding | None:
    """An age against the birth date, on the letter's day or on a day of the sentence."""
    born = desk.known.born
    if born is None:
        return None
    days = [desk.dated, *(d.first for d in frame.days), *(d.last for d in frame.days)]
    if _THEN.search(frame.text):
        days += [
            day
            for h in desk.known.happenings
            if h.topics & {"diagnosis", "inpatient"}
            for day in h.starts
        ]
    if any(_age(born, day) == mention.years for day in days):
        return None
    if mention.years < _ADULT <= _age(born, desk.dated):
        return None  # somebody else's, or the person's as a child
    shown = f"{_age(born, desk.dated)} on {desk.dated} (born {born})"
    message = "The age does not agree with the birth date in the ledger."
    return desk.find(mention, "amount-differs", "age-differs", message, shown)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


# -- lengths of time -----------------------------------------------------------------------


def judge_duration(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """A length of time that is no stay: between two known dates, or the length of a window.

    Found only beside the two dates that it lies between; alone it may be of anything.
    """
    if mention.period in _MINUTES_PER:
        return _judge_hours(frame, mention, desk)
    if mention.period == "year" and _PERSON.search(frame.before(mention.start, 24)):
        age = AgeMention(
            start=mention.start, end=mention.end, text=mention.text, years=int(mention.value)
        )
        return judge_age(frame, age, desk)
    if mention.value <= 1 and not mention.text.strip()[:1].isdigit():
        return None
    if is_between_dates(frame, mention, desk):
        return None
    if mention.period in {"day", "night"} and mention.value in _stay_lengths(desk):
        return None
    if desk.known.printed.holds(mention.value, ("letter", "decision", "call", "note", "criterion")):
        return None
    if len({day for dated in frame.days for day in (dated.first, dated.last)}) < _PAIR:
        return None
    message = f"No dates of the ledger lie {mention.text} apart."
    return desk.find(mention, "unsupported-number", "duration-not-found", message)


def is_window(mention: DurationMention, desk: Desk) -> bool:
    """Whether it is exactly the length of a window of the comparison."""
    return any(mention.value == span.days for span in desk.known.windows.values())


def is_between_dates(frame: Frame, mention: DurationMention, desk: Desk) -> bool:
    """Whether it is as long as the time between two dates, of the sentence or of the ledger."""
    spans = (Decimal(span.days) for span in desk.known.spans.values())
    return any(_fits(mention, length) for length in (*spans, *_lengths(frame, desk)))


def _fits(mention: DurationMention, length_days: Decimal) -> bool:
    """Full units gone by, or rounded to the nearest."""
    exact = length_days / _DAYS_PER[mention.period]
    if mention.period in {"day", "night"}:
        return abs(exact - mention.value) <= (1 if not mention.approx else exact / 10)
    if mention.value in {Decimal(int(exact)), round(exact)}:
        return True
    return agrees(mention.value, round(exact, 1), mention.approx or "about", 1)


def _lengths(frame: Frame, desk: Desk) -> set[Decimal]:
    """Days between any two dates of the sentence, and between a milestone and the letter."""
    own = {
        day
        for one in (frame, *frame.earlier[:1])
        for dated in one.days
        for day in (dated.first, dated.last)
    }
    topics = {*_STONES, "regimen"} if frame.says("regimen") else _STONES
    stones = {desk.dated}
    for happening in desk.known.happenings:
        if happening.topics & topics:
            stones |= happening.starts | happening.ends | happening.months
    pairs = {(a, b) for a in own for b in own | stones}
    if not own or frame.says(*_STONES, "crisis", "regimen"):
        pairs |= {(a, desk.dated) for a in stones}
    return {Decimal(abs((b - a).days)) for a, b in pairs}


def _stay_lengths(desk: Desk) -> set[Decimal]:
    """Nights and days of every stay: both are counted by people."""
    return {
        Decimal((h.last - h.first).days + extra)
        for h in desk.known.happenings
        if h.first and h.last and h.last > h.first
        for extra in (0, 1)
    }


def _judge_hours(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """Hours and minutes: between the times recorded on one day, else not judged by the ledger."""
    per = _MINUTES_PER[mention.period]
    wanted = _whole_minutes(frame, mention)
    if any(abs(length - wanted) <= per for length in _minutes_in_hospital(desk)):
        return None
    slack = per if mention.approx else per // 2
    if any(_lies_between(clocks, wanted, slack) for clocks in _clocks_together(desk)):
        return None
    if desk.known.printed.holds(mention.value, ("letter", "decision", "call", "note", "regimen")):
        return None
    message = f"No times of the ledger lie {mention.text} apart."
    return desk.find(mention, "unsupported-number", "duration-not-found", message)


def _whole_minutes(frame: Frame, mention: DurationMention) -> int:
    """Minutes of ``four hours and thirty-five minutes``, whichever of the two is asked about."""
    total = int(mention.value * _MINUTES_PER[mention.period])
    for other in frame.mentions:
        if not isinstance(other, DurationMention) or other.period not in _MINUTES_PER:
            continue
        low, high = min(other.end, mention.end), max(other.start, mention.start)
        between = frame.text[low - frame.start : high - frame.start]
        if other.period != mention.period and _JOINED.fullmatch(between):
            total += int(other.value * _MINUTES_PER[other.period])
    return total


def _minutes_in_hospital(desk: Desk) -> Iterator[int]:
    """How long visits over midnight lasted, from every recorded time to every other."""
    for happening in desk.known.happenings:
        if happening.first and happening.ends and max(happening.ends) > happening.first:
            days = (max(happening.ends) - happening.first).days
            for one in happening.clocks:
                for other in happening.clocks:
                    yield days * _DAY + other - one


def _clocks_together(desk: Desk) -> Iterator[frozenset[int]]:
    """Times recorded for one event, and for all events of one day."""
    by_day: dict[date, set[int]] = {}
    for happening in desk.known.happenings:
        yield happening.clocks
        for day in happening.starts:
            by_day.setdefault(day, set()).update(happening.clocks)
    yield from map(frozenset, by_day.values())


def _lies_between(clocks: frozenset[int], wanted: int, slack: int) -> bool:
    """Whether it is that many minutes from one of the times to another, over midnight too."""
    return any(
        start != end and abs((end - start) % _DAY - wanted) <= slack
        for start in clocks
        for end in clocks
    )
