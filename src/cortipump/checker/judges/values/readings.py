"""What a measured value is of: the analyte that the words name, and the ledger's values of it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Final

from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.known.readings import Reading
from cortipump.checker.mentions import MeasureMention, NumberMention, PercentMention
from cortipump.knowledge.cues import cue_patterns

Valued = MeasureMention | NumberMention | PercentMention

# What the records call a measurement that the words name in another way.
_CALLED: Final[dict[str, str]] = {
    "pressure": "blood pressure|systolic|diastolic", "rate": "heart rate|pulse",
    "height": "height", "temperature": "temperature",
}  # fmt: skip
_DECIMALS: Final = re.compile(r"\s*/\s*\d+\.\d|\d\.\d\s*/")
_OVER: Final = re.compile(r"\s*(?:/|over )\s*(\d{2,3})\b")
_UNDER: Final = re.compile(r"(\d{2,3})\s*(?:/|over)\s*$")
_TO: Final = re.compile(r"\s*to \d")
_FROM: Final = re.compile(r"\d to $")
# The smaller of the first numbers that a blood pressure has, and the range of both.
_SYSTOLIC: Final = 55
_LOWEST, _HIGHEST = Decimal(20), Decimal(260)
_BESIDE: Final = 8
_WHOLE: Final = 100
# Units of what is measured at every visit, beside which no laboratory value goes without its own.
VITALS: Final = frozenset({"mmHg", "bpm", "kg", "lb", "degC", "degF"})


def readings(desk: Desk) -> tuple[Reading, ...]:
    """Every measured value of the ledger."""
    return desk.known.readings


def readings_named(desk: Desk, name: str) -> list[Reading]:
    """The measured values of an analyte; all of them for an empty name."""
    return [reading for reading in readings(desk) if is_named(reading, name)]


def is_named(reading: Reading, name: str) -> bool:
    """Whether a measured value is of the analyte; for an empty name every one is."""
    return not name or bool(_called(name).search(reading.name))


@cache
def _called(name: str) -> re.Pattern[str]:
    return re.compile(_CALLED.get(name, re.escape(name)), re.I)


def names(text: str, name: str) -> bool:
    """Whether words name the analyte."""
    return bool(cue_patterns().analyte[name].search(text))


def analyte_of(frame: Frame, mention: Valued) -> str:
    """The analyte or measurement that the words name nearest before it, else after. Empty: none."""
    if is_pressure(frame, mention):
        return "pressure"
    before = frame.text[: mention.start - frame.start]
    nearest = _last_named(before)
    if nearest:
        return nearest
    lead = frame.lead.text if frame.is_row else ""
    return _first_named((frame.header(mention).text, frame.after(mention.end, 40), lead))


def _last_named(text: str) -> str:
    found = [
        (match.start(), name)
        for name, pattern in cue_patterns().analyte.items()
        for match in pattern.finditer(text)
    ]
    return max(found, key=itemgetter(0))[1] if found else ""


def _first_named(texts: Sequence[str]) -> str:
    """The analyte of the first text that names one."""
    found = (
        name
        for text in texts
        for name, pattern in cue_patterns().analyte.items()
        if pattern.search(text)
    )
    return next(found, "")


def is_pressure(frame: Frame, mention: Valued) -> bool:
    """``85/51``, ``80 over 45``: the two numbers of a blood pressure."""
    value = mention.value
    after, before = frame.after(mention.end, _BESIDE), frame.before(mention.start, _BESIDE)
    if not _LOWEST <= value <= _HIGHEST or value != int(value):
        return False
    if _DECIMALS.match(after) or _DECIMALS.search(before):
        return False
    over, under = _OVER.match(after), _UNDER.search(before)
    other = over or under
    if other and value + int(other[1]) == _WHOLE and not _speaks_of_pressure(frame, mention):
        return False  # "the split was 80/20"
    if (over and value >= _SYSTOLIC) or (under and int(under[1]) >= _SYSTOLIC):
        return True
    named = "pressure" in frame.text.lower()
    return named and bool(_TO.match(after) or _FROM.search(before))


def _speaks_of_pressure(frame: Frame, mention: Valued) -> bool:
    words = f"{frame.text} {frame.header(mention).text} {frame.lead.text}"
    return "pressure" in words.lower() or names(words, "pressure")


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether the digits are the same in another order, or one digit differs."""
    a, b = numeral(one), numeral(other)
    if sorted(a) == sorted(b):
        return True
    return len(a) == len(b) and len(a) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1
