"""When a letter says that a dose was taken: from or on a day, now, until the pump, at an hour."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from cortipump.checker.binding.dates import Dated, has_year, holds, tied
from cortipump.checker.frames import Frame
from cortipump.checker.judges.values.dose_ways import CONTRAST
from cortipump.checker.known.doses import StatedDose
from cortipump.checker.mentions import ClockMention, DayMention, MeasureMention

_SINCE: Final = re.compile(
    r"\b(?:since|from|starting|beginning|began|started|raised|lowered|increased|changed|cut"
    r"|reduced)\b",
    re.I,
)
_APART: Final = re.compile(r"[,;:.(]\s")
# "raised from 20 to 25 mg on March 3": the first is what was before.
_CHANGED_FROM: Final = re.compile(r"\bfrom\s+(?:\w+\s+)?$", re.I)
_ENDS: Final = re.compile(r"\b(?:until|till|through|to|before|by|up to|ending)\s+(?:\w+ )?$", re.I)
# Words by which a date behind a dose is that of something else.
_OF_ELSE: Final = re.compile(
    r"\b(?:after|following|before|until|till|when|while|because|visit|stay|crisis|admission"
    r"|hospital|letter|notice|note|dated|curve|planned|proposed|ordered|prescribed|approved)\b",
    re.I,
)
_GAVE: Final = re.compile(
    r"\b(?:gave|given|gives|got|received|administered|inject(?:ed|s))\b", re.I
)
_OPENS: Final = re.compile(r"\b(?:since|from|starting|as of|beginning)\s+(?:\w+ )?$", re.I)
_NOW_BEFORE: Final = re.compile(
    r"\b(?:now|currently|at present|presently|today|nowadays|these days"
    r"|(?:present|current) (?:\w+ ){0,2})"
    r"(?:[\w\s'/-]{0,40})$",
    re.I,
)
_NOW_BEHIND: Final = re.compile(
    r"\s*(?:of \w+)?\s*(?:an?|per|each)? ?(?:day|daily)?\s*(?:now\b|currently|at present)", re.I
)
_PAST: Final = re.compile(
    r"\b(?:was|were|took|had|did|then|gave|until|by now|from now|now on|before|carr\w+|keep\w*"
    r"|kit|inject\w*|emergency)\b",
    re.I,
)
_TAKEN: Final = re.compile(
    r"\b(?:takes?|receives?|gets?|on|gives?|delivers?|runs?|dose|is|at|needs?)\b", re.I
)
_UNTIL_PUMP: Final = re.compile(
    r"\b(?:until|till|up to) (?:(?:the|my|her|his) )?(?:\w+ )?(?:pump|loaner)\b"
    r"(?! (?:is|are|can|will|gets|has|comes|was denied|dose|training))",
    re.I,
)
_LAST: Final = re.compile(
    r"\blast (?:oral |tablet |PO )?(?:dose|dosage|regimen)?(?: of| was| at| came to|:)?"
    r"(?: tablets| hydrocortisone)?(?: of| was| at|:)? $",
    re.I,
)
_CLOCK_BEHIND: Final = re.compile(
    r"\s*(?:of \w+|hydrocortisone|HC|by mouth|in tablets|tablets?|orally)?\s*"
    r"(?:,|\(|at|@|around|about|in the \w+ at|on waking at|every (?:day|morning|night) at)*\s*",
    re.I,
)
_NEAR_MINUTES: Final = 30
_HALF_DAY, _DAY = 12 * 60, 24 * 60
_SPOKEN_HALF: Final = re.compile(
    r"[ap]\.?\s?m\b|noon|midnight|^0\d|hrs|morning|night|1[3-9]|2\d", re.I
)
# A dose beside a date that is no start may have been taken so many days before or after.
_SLACK: Final = timedelta(days=31)


class DoseTime(Struct, frozen=True):
    """When a dose was taken.

    Attributes
    ----------
    starts
        Whether it began then; else it was taken then.
    """

    dated: Dated | None
    first: date
    last: date
    starts: bool = False

    def fits(self, dose: StatedDose) -> bool:
        """Whether a recorded dose was of that time."""
        if dose.noted:
            return True
        if dose.first is None:
            return dose.way != "injection"
        if self.starts and self.dated is not None:
            return holds(self.dated, dose.first)
        return dose.first <= self.last and (dose.last is None or dose.last >= self.first)


def time_of(
    frame: Frame, mention: MeasureMention, doses: Sequence[StatedDose], dated: date, *, daily: bool
) -> DoseTime | None:
    """What the words say of the time of a dose; None: nothing that is certain.

    Parameters
    ----------
    doses
        Recorded doses that it may be, by drug and way.
    dated
        The letter's own date.
    """
    if all(d.way == "injection" for d in doses):
        days = [d for d in tied(frame, mention) if _is_day(d) and has_year(d)]
        return DoseTime(days[0], days[0].first, days[0].last) if days else None
    if _CHANGED_FROM.search(frame.before(mention.start, 12)):
        return None
    if not daily and is_given(frame, mention):
        return None
    if CONTRAST.search(frame.before(mention.start)):
        return _of_the_last(frame, mention, doses)
    beside = _beside(frame, mention)
    if beside is not None:
        return _dated(frame, beside, doses, is_behind=beside.start > mention.start)
    if daily or _is_taken(frame, mention):
        return _of_the_last(frame, mention, doses) or _now(frame, mention, dated)
    return None


def is_given(frame: Frame, mention: MeasureMention) -> bool:
    """Whether the words beside an amount speak of somebody who gave it."""
    return bool(_GAVE.search(frame.before(mention.start, 70) + frame.after(mention.end, 40)))


def _is_day(dated: Dated) -> bool:
    return isinstance(dated, DayMention) and dated.grain == "day"


def _dated(
    frame: Frame, beside: Dated, doses: Sequence[StatedDose], *, is_behind: bool
) -> DoseTime | None:
    """A start where a record begins then and the words speak of one, else a time about the date."""
    begins = any(d.first and d.way != "injection" and holds(beside, d.first) for d in doses)
    is_start = isinstance(beside, DayMention) and (frame.is_row or _SINCE.search(frame.text))
    if begins and is_start and beside.grain in ("day", "month") and (_is_day(beside) or is_behind):
        return DoseTime(beside, beside.first, beside.last, starts=True)
    if not has_year(beside) or _OPENS.search(frame.before(beside.start, 20)):
        return None  # nothing began then: the date is what is wrong, and said elsewhere
    return DoseTime(beside, beside.first - _SLACK, beside.last + _SLACK)


def _beside(frame: Frame, mention: MeasureMention) -> Dated | None:
    """The date that belongs to a dose: right behind it, or before it with no other dose between."""
    doses = [m for m in frame.mentions if isinstance(m, MeasureMention)]
    if frame.is_row:
        return frame.days[0] if frame.days and len(frame.days) < 3 else None
    clocked = len(list(_clocked(frame))) > 1
    behind = [d for d in frame.days if d.start >= mention.end]
    if behind and not _is_crossed(doses, mention.end, behind[0].start):
        between = frame.text[mention.end - frame.start : behind[0].start - frame.start]
        if not (_APART.search(between) or _OF_ELSE.search(between) or _ENDS.search(between)):
            return behind[0]
    before = [d for d in frame.days if d.end <= mention.start]
    if not before or (_is_crossed(doses, before[-1].end, mention.start) and not clocked):
        return None
    prior = [m for m in doses if m.end <= before[-1].start]
    if prior and not _APART.search(
        frame.text[prior[-1].end - frame.start : before[-1].start - frame.start]
    ):
        return None  # "25 mg on 13 May and to 30 mg": the date is of the dose before it
    opening = frame.before(before[-1].start, 20)
    between = frame.text[before[-1].end - frame.start : mention.start - frame.start]
    if _ENDS.search(opening) or _OF_ELSE.search(opening) or _OF_ELSE.search(between):
        return None
    if "(" in between and not clocked:
        return None  # "changed from tablets (30 mg) to the pump (24 mg)"
    return None if _APART.search(between) and not clocked else before[-1]


def _is_crossed(doses: Iterable[MeasureMention], start: int, end: int) -> bool:
    return any(start <= m.start and m.end <= end for m in doses)


def _is_taken(frame: Frame, mention: MeasureMention) -> bool:
    before = frame.before(mention.start, 50)
    return bool(_TAKEN.search(before)) or before.rstrip().endswith("now")


def _of_the_last(
    frame: Frame, mention: MeasureMention, doses: Sequence[StatedDose]
) -> DoseTime | None:
    """The tablets of the day before the pump: "30 mg until the pump", "the last tablet dose"."""
    begun = [d.first for d in doses if d.way == "pump" and d.first]
    alone = sum(isinstance(m, MeasureMention) for m in frame.mentions) == 1
    is_last = _LAST.search(frame.before(mention.start, 50))
    if not begun or not (is_last or (alone and _UNTIL_PUMP.search(frame.text))):
        return None
    day = min(begun) - timedelta(days=1)
    return DoseTime(None, day, day)


def _now(frame: Frame, mention: MeasureMention, dated: date) -> DoseTime | None:
    before = frame.before(mention.start, 70)
    part = re.split(r"[;:(]\s|,\s|\d", before)[-1]
    says = _NOW_BEFORE.search(part) or _NOW_BEHIND.match(frame.after(mention.end, 40))
    if not says or _PAST.search(part):
        return None
    return DoseTime(None, dated, dated)


# -- the hour of the day -------------------------------------------------------------------


def clock_of(frame: Frame, mention: MeasureMention) -> frozenset[int]:
    """The minutes of the day that stand beside a single dose. Empty: none do."""
    clocks = [m for m in frame.mentions if isinstance(m, ClockMention)]
    if frame.is_row and len(clocks) == 1:
        return _minutes(clocks[0])
    return dict(_clocked(frame)).get(mention.start, frozenset())


def _clocked(frame: Frame) -> Iterable[tuple[int, frozenset[int]]]:
    """Every dose of the frame with a time of day right behind it."""
    clocks = {m.start: m for m in frame.mentions if isinstance(m, ClockMention)}
    for mention in frame.mentions:
        if isinstance(mention, MeasureMention):
            gap = _CLOCK_BEHIND.match(frame.text, mention.end - frame.start)
            clock = clocks.get(frame.start + gap.end()) if gap else None
            if clock is not None:
                yield mention.start, _minutes(clock)


def _minutes(clock: ClockMention) -> frozenset[int]:
    """``at 5`` is of the morning or of the evening."""
    if _SPOKEN_HALF.search(clock.text):
        return frozenset({clock.minute})
    return frozenset({clock.minute, (clock.minute + _HALF_DAY) % _DAY})


def is_at(dose: StatedDose, minutes: Iterable[int]) -> bool:
    """Whether a recorded dose has one of the times of day."""
    return dose.clock is not None and any(abs(dose.clock - m) <= _NEAR_MINUTES for m in minutes)
