"""Measured values: laboratory values, weight, blood pressure, and one value in two units."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Final

from msgspec import Struct

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import Dated, holds, tied
from cortipump.checker.finding import Finding, Rule
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.judges.values.doses import DOSE_UNITS, judge_dose
from cortipump.checker.judges.values.readings import (
    analyte_of,
    is_named,
    is_slip,
    readings,
    readings_named,
)
from cortipump.checker.judges.values.units import Unit, canonical, converted
from cortipump.checker.known.readings import Reading
from cortipump.checker.mentions import MeasureMention, NumberMention
from cortipump.knowledge.cues import cue_patterns

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_UNITS: Final = ("mmol/L", "nmol/L", "ug/dL", "mg/dL")
_EQUALS: Final = re.compile(
    r"\s*(?:=|\(|≈|~|,?\s*(?:or|that is|i\.e\.|which (?:[\w']+ ){0,5}?is)"
    r"|,(?=\s*(?:about|approx|roughly|ca\b)))"
    r"\s*(?:=|about|approx(?:\.|imately)?|roughly|ca\.?)?\s*",
    re.I,
)
_LATER: Final = re.compile(
    r"\b(?:next|following) (?:day|morning|evening)"
    r"|\b(?:later|(?:days?|hours) after|by discharge|at discharge|on discharge|on leaving"
    r"|when \w+ (?:left|went home)|(?:second|third|2nd|3rd) day)\b",
    re.I,
)
_STAY: Final = timedelta(days=3)
# Sizes of tubes, needles and cuts: no claim about the person's values.
_STORED: Final = re.compile(r"refrigerat|fridge|\bstor(?:e|ed|ing|age)\b|\broom\b", re.I)
_WARMTH: Final = frozenset({"degF", "degC"})
_SIZES: Final = frozenset({"mm", "cm", "in", "inch", "gauge"})
# So many other values of a day make a panel; so many values show which units an analyte has.
_PANEL, _ENOUGH = 2, 40


class _Stated(Struct, frozen=True):
    """A value as the letter states it.

    Attributes
    ----------
    unit
        None: it stands without one.
    name
        Analyte that the words name. Empty: none.
    """

    frame: Frame
    mention: MeasureMention | NumberMention
    unit: Unit | None
    name: str

    @property
    def value(self) -> Decimal:
        """The number."""
        return self.mention.value

    def in_its_unit(self, reading: Reading) -> Decimal | None:
        """A value of the ledger in the stated unit. None: that cannot be known exactly."""
        if self.unit is None:
            return reading.value
        return converted(reading.value, reading.unit, self.unit, reading.name)

    def is_borne_out_by(self, reading: Reading) -> bool:
        """Whether a value of the ledger is the stated one."""
        actual = self.in_its_unit(reading)
        return actual is not None and self.agrees_with(actual)

    def agrees_with(self, actual: Decimal) -> bool:
        """Whether it is a number, rounding and hedges allowed for."""
        return agrees(self.value, actual, self.mention.approx, self.mention.places)

    def distance(self, reading: Reading) -> Decimal:
        """How far a value of the ledger is from it."""
        actual = self.in_its_unit(reading)
        return abs((reading.value if actual is None else actual) - self.value)


def judge_measure(frame: Frame, mention: MeasureMention, desk: Desk) -> Finding | None:
    """A value with a unit: a dose where the unit is one, else a laboratory value or measurement."""
    if mention.canonical in DOSE_UNITS:
        if _is_bare(mention) and _has_lab_unit(frame):
            return judge_bare_lab(frame, mention, analyte_of(frame, mention), desk)
        return judge_dose(frame, mention, desk)
    name = analyte_of(frame, mention)
    wrong = _judge_conversion(frame, mention, name, desk)
    if wrong is not None:
        return wrong
    if not name and mention.canonical in _WARMTH and _STORED.search(frame.text):
        return None
    if mention.canonical in _SIZES and name != "height":
        return None
    unit = Unit(mention.unit, mention.canonical)
    if name and _is_foreign(unit, readings_named(desk, name)):
        name = ""  # the unit is not one of this analyte: the name belongs to another value
    return _judge_reading(_Stated(frame, mention, unit, name), desk)


def judge_bare_lab(
    frame: Frame, mention: MeasureMention | NumberMention, name: str, desk: Desk
) -> Finding | None:
    """A laboratory value without its unit."""
    if _converts_another(frame, mention, name) or _is_of_that_day(frame, mention, desk):
        return None
    return _judge_reading(_Stated(frame, mention, None, name), desk)


def _converts_another(frame: Frame, mention: MeasureMention | NumberMention, name: str) -> bool:
    """``59 mg/dL (this is 3.3 in the mmol)``: a value of the sentence in its other unit."""
    values = (
        converted(m.value, m.canonical, Unit(unit, unit), name)
        for m in frame.mentions if isinstance(m, MeasureMention) and m is not mention
        for unit in _UNITS if unit != m.canonical
    )  # fmt: skip
    return any(v is not None and agrees(mention.value, v, "", mention.places) for v in values)


def _is_of_that_day(frame: Frame, mention: MeasureMention | NumberMention, desk: Desk) -> bool:
    """In a row without headings: whether any value of its day is recorded so."""
    if not frame.is_row and "  " not in frame.text.strip():
        return False
    if frame.header(mention).text:
        return False
    return any(r.value == mention.value and _is_on(r, frame.days) for r in readings(desk))


def _is_bare(mention: MeasureMention) -> bool:
    """Whether its unit was taken from elsewhere: nothing but a number is printed."""
    return not any(c.isalpha() for c in mention.text)


def _has_lab_unit(frame: Frame) -> bool:
    return any(
        isinstance(m, MeasureMention) and m.canonical not in DOSE_UNITS for m in frame.mentions
    )


def _is_foreign(unit: Unit, known: Sequence[Reading]) -> bool:
    """Whether there are values of an analyte, and none can be given in the unit."""
    return bool(known) and all(
        converted(r.value, r.unit, unit, r.name) is None for r in known[:_ENOUGH]
    )


def _judge_conversion(
    frame: Frame, mention: MeasureMention, name: str, desk: Desk
) -> Finding | None:
    """``288 nmol/L = 14.4 ug/dL``: one value in two units, where the second does not follow."""
    before = [m for m in frame.mentions if isinstance(m, MeasureMention) and m.end <= mention.start]
    if not before or before[-1].canonical == mention.canonical:
        return None
    first = before[-1]
    if not _EQUALS.fullmatch(frame.text[first.end - frame.start : mention.start - frame.start]):
        return None
    unit = Unit(mention.unit, mention.canonical)
    actual = converted(first.value, first.canonical, unit, name)
    if actual is None or agrees(mention.value, actual, mention.approx or "about", mention.places):
        return None
    shown = f"{numeral(round(actual, 1))} {mention.unit}"
    message = f"{first.text} is not {mention.text}."
    return desk.find(mention, "total-does-not-add-up", "conversion-differs", message, shown)


def _judge_reading(stated: _Stated, desk: Desk) -> Finding | None:
    named = readings_named(desk, stated.name)
    same = [r for r in named if stated.is_borne_out_by(r)]
    days = tied(stated.frame, stated.mention)
    if _is_later(stated, same):
        return None
    if any(not days or _is_on(r, days) for r in same):
        return None if days else _judge_panel(stated, desk)
    exact = [d for d in days if d.first == d.last]
    if not _recorded(stated, named, exact) and _is_in_a_note(stated, desk):
        return None
    if _is_in_a_range(stated, desk):
        return None
    if _is_difference(stated, named) or _is_mean(stated, named):
        return None
    next_to = _of_the_next_day(stated, same, days)
    if same and (next_to or not _recorded(stated, named, days)):
        return _other_day(stated, days, next_to or same, desk)
    return _no_such_value(stated, named, days, desk)


def _is_later(stated: _Stated, same: Sequence[Reading]) -> bool:
    """Whether a value of the days behind a date bears it: "the next morning it was 141"."""
    frame, mention = stated.frame, stated.mention
    if not stated.name or not _LATER.search(
        f"{frame.before(mention.start)} | {frame.after(mention.end, 40)}"
    ):
        return False
    dates = [d for one in (frame, *frame.earlier[:2]) for d in one.days]
    return any(d.first < r.day <= d.last + _STAY for r in same if r.day is not None for d in dates)


def _of_the_next_day(
    stated: _Stated, same: Sequence[Reading], days: Sequence[Dated]
) -> list[Reading]:
    """Those that bear it on the day before or behind the one stated: the date is what is wrong."""
    if not stated.name or len(days) != 1 or days[0].first != days[0].last:
        return []
    day = days[0].first
    return [r for r in same if r.day is not None and abs(r.day - day) == timedelta(days=1)]


def _judge_panel(stated: _Stated, desk: Desk) -> Finding | None:
    """A value among others of one blood draw: the others say which day it is of.

    None: there are no such others, or it is of their day too.
    """
    if not stated.name:
        return None
    near = (stated.frame, *stated.frame.earlier[:1])
    dates = [d for one in near for d in one.days if d.first == d.last]
    others = _beside(stated) if dates else []
    wrong: Finding | None = None
    for dated in dates:
        drawn = [r for r in readings(desk) if _is_on(r, (dated,))]
        own = [r for r in drawn if is_named(r, stated.name)]
        if any(map(stated.is_borne_out_by, own)):
            return None
        agreed = {
            name
            for value, name in others
            if any(is_named(r, name) and r.value == value for r in drawn)
        }
        if len(agreed) >= _PANEL and own:
            wrong = wrong or _no_such_value(stated, own, (dated,), desk)
    return wrong


def _beside(stated: _Stated) -> list[tuple[Decimal, str]]:
    """The other values of the sentence whose analyte its words name, with it."""
    found = [
        (m.value, analyte_of(stated.frame, m))
        for m in stated.frame.mentions
        if m is not stated.mention
        and (isinstance(m, MeasureMention) or (isinstance(m, NumberMention) and not m.spelled))
    ]
    return [(value, name) for value, name in found if name]


def _is_on(reading: Reading, days: Sequence[Dated]) -> bool:
    day = reading.day
    return day is not None and any(holds(dated, day) for dated in days)


def _recorded(stated: _Stated, named: Sequence[Reading], days: Sequence[Dated]) -> list[Reading]:
    """What is recorded for the days: of the analyte, else in the unit."""
    on_days = [r for r in named if _is_on(r, days)]
    if stated.name:
        return on_days
    if stated.unit is None:
        return []
    wanted = canonical(stated.unit.canonical)
    return [r for r in on_days if canonical(r.unit) == wanted]


def _is_in_a_note(stated: _Stated, desk: Desk) -> bool:
    """Whether a note gives the value, beside its analyte or in its unit."""
    unit = re.escape(stated.unit.printed) if stated.unit else ""
    words = cue_patterns().analyte[stated.name].pattern if stated.name else unit
    return bool(words) and desk.is_printed(stated.value, ("note",), re.compile(words, re.I))


def _is_in_a_range(stated: _Stated, desk: Desk) -> bool:
    """Whether it stands in a reference range of the analyte, where the words speak of one."""
    over = stated.frame.header(stated.mention).roles
    if not stated.frame.has_role("range") and all(cue.says != "range" for cue in over):
        return False
    return any(
        stated.value in map(Decimal, _NUMBER.findall(lab.body.reference_range))
        for lab in desk.known.labs
        if stated.name in lab.body.analyte
    )


def _is_difference(stated: _Stated, named: Sequence[Reading]) -> bool:
    """Whether it is the difference of two values, where the sentence speaks of one."""
    if not stated.frame.has_role("difference"):
        return False
    distinct = list(dict.fromkeys(r.value for r in named))[-_ENOUGH:]
    return any(abs(a - b) == stated.value for a, b in combinations(distinct, 2))


def _is_mean(stated: _Stated, named: Sequence[Reading]) -> bool:
    """Whether it is the mean of all values of one day, where the sentence speaks of one."""
    if not stated.frame.has_role("average"):
        return False
    by_day: dict[tuple[date | None, str], list[Decimal]] = {}
    for reading in named:
        actual = stated.in_its_unit(reading)
        if actual is not None:
            by_day.setdefault((reading.day, reading.name), []).append(actual)
    means = (sum(v, Decimal(0)) / len(v) for v in by_day.values() if len(v) > 1)
    return any(map(stated.agrees_with, means))


# -- what is wrong -------------------------------------------------------------------------


def _other_day(
    stated: _Stated, days: Sequence[Dated], same: Sequence[Reading], desk: Desk
) -> Finding:
    right = same[:2]
    shown = " or ".join(f"{r.day} ({r.name} {r.text}, {desk.known.origin(r.fact)})" for r in right)
    message = f"{stated.mention.text} is recorded for another day than {days[0].text}."
    return desk.find(days[0], "date-differs", "value-of-another-date", message, shown,
                     [r.fact for r in right])  # fmt: skip


def _no_such_value(
    stated: _Stated, named: Sequence[Reading], days: Sequence[Dated], desk: Desk
) -> Finding:
    """What the ledger holds in its place: in another unit, for the day, or a digit apart."""
    otherwise = [r for r in named if stated.unit is not None and r.value == stated.value][:1]
    there = _recorded(stated, named, days)
    if otherwise and (not there or otherwise[0] in there):
        message = f"The ledger holds {numeral(stated.value)} in another unit."
        right, detail = otherwise, "unit-differs"
    elif there:
        message = f"The ledger holds another value for {days[0].text}."
        right, detail = sorted(there, key=stated.distance)[:2], "value-differs"
    else:
        message = f"{stated.mention.text} is in no record of the ledger."
        right = [r for r in named if stated.name and is_slip(r.value, stated.value)][:1]
        detail = "close-value" if right else "not-found"
    shown = " or ".join(f"{r.text} ({r.day}, {r.name}, {desk.known.origin(r.fact)})" for r in right)
    rule: Rule = "amount-differs" if right else "unsupported-number"
    return desk.find(stated.mention, rule, detail, message, shown, [r.fact for r in right])
