"""Times of day, ages and lengths of time."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import dates_of, holds
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import AgeMention, ClockMention, DayMention, DurationMention

_ABOUT_MINUTES: Final = 45
_EVENTS: Final = (
    "emergency", "inpatient", "observation", "urgent-care", "injection", "lab", "hospital", "score",
)  # fmt: skip
_COMPARED: Final = re.compile(r"\b(?:before|after|past|until|till|by|minutes? to)\s*$", re.I)
_SPOKEN_MINUTES: Final = 8
_REACHED: Final = re.compile(
    r"\b(?:reach(?:ed|able)?|call (?:me|us)|please call|available|office hours|weekdays|questions)\b",
    re.I,
)
_DAYS_PER: Final[dict[str, Decimal]] = {
    "day": Decimal(1), "night": Decimal(1), "week": Decimal(7), "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
}  # fmt: skip
_RANGE: Final[dict[str, int]] = {"day": 1, "night": 1, "week": 4, "month": 20, "year": 200}


def judge_clock(frame: Frame, mention: ClockMention, desk: Desk) -> Finding | None:
    """A time of day against those recorded for the dates of the sentence, else any of a schedule."""
    dates = dates_of(frame, mention)
    days = [d for d in dates.all if isinstance(d, DayMention) and d.grain == "day"]
    spoken = not any(c.isdigit() for c in mention.text)
    slack = _ABOUT_MINUTES if mention.approx else _SPOKEN_MINUTES if spoken else 0
    if _REACHED.search(frame.text) and not dates.own:
        return None
    if not days and not frame.says(*_EVENTS):
        return None
    if _COMPARED.search(frame.before(mention.start, 12)):
        return None
    near = [d for one in frame.earlier[:2] for d in one.days if isinstance(d, DayMention)]
    clocks = _clocks_of_days([*days, *near], desk)
    if days and not any(desk.known.days.get(d.first) for d in days):
        return None  # the date is what is wrong, and said elsewhere
    stated = _minutes(mention)
    if any(_minutes_apart(minute, clock) <= slack for minute in stated for clock in clocks):
        return None
    if stated & _scheduled(desk):
        return None
    if not days:
        if any(_on_any_day(minute, slack, desk) for minute in stated):
            return None
        message = f"No record of the ledger has the time {mention.text}."
        return desk.find(mention, "unsupported-number", "clock-not-found", message)
    if not clocks:
        if any(_on_any_day(minute, slack, desk) for minute in stated):
            return None
        message = f"The ledger holds no time of day for {days[0].text}."
        return desk.find(mention, "unsupported-number", "clock-not-recorded", message)
    shown = ", ".join(f"{c // 60:02d}:{c % 60:02d}" for c in sorted(clocks)[:6])
    message = f"The ledger holds other times for {days[0].text}."
    return desk.find(mention, "date-differs", "clock-differs", message, f"{shown} ({days[0].first})",
                     _facts(days, desk))  # fmt: skip


def _minutes_apart(one: int, other: int) -> int:
    apart = abs(one - other)
    return min(apart, 24 * 60 - apart)


def _clocks_of_days(days: list[DayMention], desk: Desk) -> set[int]:
    found: set[int] = set()
    for happening in desk.known.happenings:
        if any(holds(d, day) for d in days for day in happening.starts | happening.ends):
            found |= happening.clocks
    return found


def _facts(days: list[DayMention], desk: Desk) -> list[str]:
    return [
        fact
        for h in desk.known.happenings
        if h.clocks and any(holds(d, day) for d in days for day in h.starts | h.ends)
        for fact in h.facts
    ][:8]


def _minutes(mention: ClockMention) -> set[int]:
    """The minutes that it can mean: ``half past two`` is of the night or of the afternoon."""
    half = 12 * 60
    twelve = re.match(r"(?:1[0-2]|[1-9])\b|[a-z]", mention.text, re.I)
    if _HALF.search(mention.text) or not twelve:
        return {mention.minute}
    return {mention.minute, (mention.minute + half) % (2 * half)}


def _on_any_day(minute: int, slack: int, desk: Desk) -> bool:
    return any(
        _minutes_apart(minute, clock) <= slack for h in desk.known.happenings for clock in h.clocks
    )


_HALF: Final = re.compile(r"[ap]\.?\s?m\b|noon|midnight|^0\d|hrs|morning|night", re.I)
_THEN: Final = re.compile(r"\b(?:was|were|at (?:the )?age|when|turned|became)\b", re.I)
_PERSON: Final = re.compile(
    r"\b(?:woman|man|person|patient|lady|girl|boy|female|male|aged?|I have|I am|she is|he is|she has|he has)\s*(?:of|,|is)?\s*$",
    re.I,
)
_CLOCK: Final = re.compile(r"\b(\d{1,2}):(\d{2})\b")


def _scheduled(desk: Desk) -> set[int]:
    """Times in the schedules of regimens, and the hours that tests are named for."""
    found = {8 * 60, 0, 12 * 60}
    for regimen in desk.known.regimens:
        for match in _CLOCK.finditer(f"{regimen.body.schedule} {regimen.body.printed}"):
            found.add(int(match[1]) * 60 + int(match[2]))
    return found


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
    if mention.years < 18 and _age(born, desk.dated) >= 18:
        return None  # somebody else's, or the person's as a child
    shown = f"{_age(born, desk.dated)} on {desk.dated} (born {born})"
    message = "The age does not agree with the birth date in the ledger."
    return desk.find(mention, "amount-differs", "age-differs", message, shown)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def judge_duration(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """A length of time that is no stay: between two known dates, or the length of a window."""
    if mention.period in {"minute", "hour"}:
        return _judge_hours(frame, mention, desk)
    if mention.period == "year" and _PERSON.search(frame.before(mention.start, 24)):
        age = AgeMention(
            start=mention.start, end=mention.end, text=mention.text, years=int(mention.value)
        )
        return judge_age(frame, age, desk)
    if mention.value <= 1 and not mention.text.strip()[:1].isdigit():
        return None
    days = mention.value * _DAYS_PER[mention.period]
    spans = desk.known.spans.values()
    if any(_fits(mention, Decimal(span.days)) for span in spans):
        return None
    if any(_fits(mention, length) for length in _lengths(frame, desk)):
        return None
    if mention.period in {"day", "night"} and mention.value in _stay_lengths(desk):
        return None
    if desk.known.printed.holds(mention.value, ("letter", "decision", "call", "note", "criterion")):
        return None
    del days
    message = f"No dates of the ledger lie {mention.text} apart."
    return desk.find(mention, "unsupported-number", "duration-not-found", message)


def _fits(mention: DurationMention, length_days: Decimal) -> bool:
    """Full units gone by, or rounded to the nearest."""
    per = _DAYS_PER[mention.period]
    exact = length_days / per
    if mention.period in {"day", "night"}:
        return abs(exact - mention.value) <= (1 if not mention.approx else exact / 10)
    floor = int(exact)
    if mention.value in {Decimal(floor), round(exact)}:
        return True
    return agrees(mention.value, round(exact, 1), mention.approx or "about", 1)


def _lengths(frame: Frame, desk: Desk) -> set[Decimal]:
    """Days between any two dates of the sentence, and between a milestone and the letter."""
    own = {
        day
        for d in (*frame.days, *(d for e in frame.earlier[:1] for d in e.days))
        for day in (d.first, d.last)
    }
    topics = {"diagnosis", "pump", "denial", "procedure"}
    if frame.says("regimen"):
        topics.add("regimen")
    stones = {desk.dated}
    for happening in desk.known.happenings:
        if happening.topics & topics:
            stones |= happening.starts | happening.ends | happening.months
    pairs = {(a, b) for a in own for b in own | stones}
    if not own or frame.says(*topics, "crisis", "regimen"):
        pairs |= {(a, desk.dated) for a in stones}
    return {Decimal(abs((b - a).days)) for a, b in pairs}


def is_window(mention: DurationMention, desk: Desk) -> bool:
    """Whether it is exactly the length of a window of the comparison."""
    return any(mention.value == span.days for span in desk.known.windows.values())


def is_between_dates(frame: Frame, mention: DurationMention, desk: Desk) -> bool:
    """Whether it is the time between two dates of the sentence or the case, or a window's length."""
    spans = (Decimal(span.days) for span in desk.known.spans.values())
    return any(_fits(mention, length) for length in (*spans, *_lengths(frame, desk)))


def _stay_lengths(desk: Desk) -> set[Decimal]:
    return {
        Decimal((h.last - h.first).days + extra)
        for h in desk.known.happenings
        if h.first and h.last and h.last > h.first
        for extra in (0, 1)
    }


def _minutes_in_hospital(desk: Desk) -> Iterator[int]:
    """How long visits over one or more midnights lasted, from every recorded time to every other."""
    for happening in desk.known.happenings:
        if happening.first and happening.ends and max(happening.ends) > happening.first:
            days = (max(happening.ends) - happening.first).days
            for one in happening.clocks:
                for other in happening.clocks:
                    yield days * 24 * 60 + other - one


def _clocks_together(desk: Desk) -> Iterator[frozenset[int]]:
    """Times recorded for one event, and for all events of one day."""
    by_day: dict[date, set[int]] = {}
    for happening in desk.known.happenings:
        yield happening.clocks
        for day in happening.starts:
            by_day.setdefault(day, set()).update(happening.clocks)
    yield from map(frozenset, by_day.values())


def _whole_minutes(frame: Frame, mention: DurationMention) -> int:
    """Minutes of ``four hours and thirty-five minutes``, whichever of the two is asked about."""
    per = {"hour": 60, "minute": 1}
    total = int(mention.value * per[mention.period])
    for other in frame.mentions:
        if isinstance(other, DurationMention) and other.period in per and other is not mention:
            low, high = min(other.end, mention.end), max(other.start, mention.start)
            between = frame.text[low - frame.start : high - frame.start]
            if other.period != mention.period and re.fullmatch(r",?\s*(?:and\s*)?", between):
                total += int(other.value * per[other.period])
    return total


def _judge_hours(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """Hours and minutes: between the times recorded on one day, else not judged by the ledger."""
    per = 60 if mention.period == "hour" else 1
    wanted = _whole_minutes(frame, mention)
    if any(abs(length - wanted) <= per for length in _minutes_in_hospital(desk)):
        return None
    for clocks in _clocks_together(desk):
        for one in clocks:
            if any(_lasts(one, other, wanted, per, mention) for other in clocks):
                return None
    if desk.known.printed.holds(mention.value, ("letter", "decision", "call", "note", "regimen")):
        return None
    message = f"No times of the ledger lie {mention.text} apart."
    return desk.find(mention, "unsupported-number", "duration-not-found", message)


def _lasts(start: int, end: int, wanted: int, per: int, mention: DurationMention) -> bool:
    """Whether it is that long from one time to the other, over midnight too."""
    slack = per // 2 if not mention.approx else per
    return start != end and abs((end - start) % (24 * 60) - wanted) <= slack
