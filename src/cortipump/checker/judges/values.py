"""Measured values: laboratory, scores, doses, weight and blood pressure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Final

from msgspec import Struct

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import Dated, holds, tied
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.judges.units import Unit, canonical, converted
from cortipump.checker.mentions import AnyMention, MeasureMention, NumberMention
from cortipump.record.facts import Lab, Measurement

_ANALYTES: Final[tuple[tuple[str, str], ...]] = (
    ("17-ohp", r"17-?\s?oh-?p\b|17-?hydroxy-?progesterone"),
    ("acth", r"\bacth\b|corticotropin"),
    ("renin", r"renin"),
    ("aldosterone", r"aldosterone"),
    ("androstenedione", r"androstenedione"),
    ("sodium", r"sodium|(?-i:\bNa\b)|salt level|hyponatr"),
    ("potassium", r"potassium|(?-i:\bK\b)|hyperkal"),
    ("glucose", r"glucose|\bsugar|hypoglyc|\bglu\b"),
    ("hba1c", r"hba1c|\ba1c\b"),
    ("creatinine", r"creatinine"),
    ("cbg", r"\bcbg\b|transcortin"),
    ("cortisol", r"cortisol"),
    ("weight", r"weigh"),
    ("pressure", r"blood[- ]pressure|\bbp\b|systolic|diastolic"),
    ("rate", r"heart rate|pulse"),
    ("temperature", r"temperature|fever"),
    ("height", r"height|tall\b"),
)
_COMPILED: Final = tuple((name, re.compile(pattern, re.I)) for name, pattern in _ANALYTES)
_NAMES: Final[dict[str, str]] = {
    "pressure": "blood pressure|systolic|diastolic", "rate": "heart rate|pulse",
    "height": "height", "temperature": "temperature",
}  # fmt: skip
_EQUALS: Final = re.compile(
    r"\s*(?:=|\(|≈|~|,?\s*(?:or|that is|i\.e\.|which is))\s*(?:=|about|approx\.?|roughly|ca\.?)?\s*",
    re.I,
)
DOSE_UNITS: Final = frozenset(
    {"mg", "mg/day", "mg/h", "U/h", "ug", "mg/m2/day", "U", "mg/mL", "mL", "g", "mg/week"}
)
_DAILY: Final = frozenset({"mg", "mg/day", "mg/h"})
# Sizes of tubes, needles and cuts: no claim about the person's values.
_PANEL: Final = 2
_SYSTOLIC: Final = 55
_LOWEST, _HIGHEST = Decimal(20), Decimal(260)
_DECIMALS: Final = re.compile(r"\s*/\s*\d+\.\d|\d\.\d\s*/")
_SIZES: Final = frozenset({"mm", "cm", "in", "inch", "gauge"})


class Reading(Struct, frozen=True):
    """A measured value of the ledger."""

    value: Decimal
    unit: str
    day: date | None
    name: str
    fact: str

    @property
    def text(self) -> str:
        """``14.2 ug/dL (2026-10-05, cortisol)``."""
        return f"{numeral(self.value)} {self.unit}".strip()


def judge_measure(frame: Frame, mention: MeasureMention, desk: Desk) -> Finding | None:
    """A value with a unit: a dose where the unit is one, else a laboratory value or measurement."""
    bare = not any(c.isalpha() for c in mention.text)
    if bare and mention.canonical in DOSE_UNITS and _has_lab_unit(frame):
        return _judge_reading(frame, mention, mention.value, None, analyte_of(frame, mention), desk)
    if mention.canonical in DOSE_UNITS and not _is_lab(frame, mention):
        return _judge_dose(frame, mention, desk)
    name = analyte_of(frame, mention)
    converted_wrong = _judge_conversion(frame, mention, name, desk)
    if converted_wrong is not None:
        return converted_wrong
    if mention.canonical in _SIZES and name != "height":
        return None
    unit = Unit(mention.unit, mention.canonical)
    known = [r for r in readings(desk) if _is_named(r, name)] if name else []
    if known and all(converted(r.value, r.unit, unit, r.name) is None for r in known[:40]):
        name = ""  # the unit is not one of this analyte: the name belongs to another value
    return _judge_reading(frame, mention, mention.value, unit, name, desk)


def _judge_conversion(
    frame: Frame, mention: MeasureMention, name: str, desk: Desk
) -> Finding | None:
    """``288 nmol/L = 14.4 ug/dL``: one value in two units, where the second does not follow."""
    before = [m for m in frame.mentions if isinstance(m, MeasureMention) and m.end <= mention.start]
    if not before or before[-1].canonical == mention.canonical:
        return None
    between = frame.text[before[-1].end - frame.start : mention.start - frame.start]
    if not _EQUALS.fullmatch(between):
        return None
    unit = Unit(mention.unit, mention.canonical)
    actual = converted(before[-1].value, before[-1].canonical, unit, name)
    if actual is None or agrees(mention.value, actual, mention.approx or "about", mention.places):
        return None
    shown = f"{numeral(round(actual, 1))} {mention.unit}"
    message = f"{before[-1].text} is not {mention.text}."
    return desk.find(mention, "total-does-not-add-up", "conversion-differs", message, shown)


def judge_bare_lab(frame: Frame, mention: NumberMention, name: str, desk: Desk) -> Finding | None:
    """A laboratory value without its unit."""
    return _judge_reading(frame, mention, mention.value, None, name, desk)


def analyte_of(frame: Frame, mention: AnyMention) -> str:
    """The analyte or measurement that the words name nearest before it, else after. Empty: none."""
    header = frame.header(mention).text
    if _is_pressure(frame, mention):
        return "pressure"
    label = frame.text[: mention.start - frame.start]
    best: tuple[int, str] | None = None
    for name, pattern in _COMPILED:
        for match in pattern.finditer(label):
            if best is None or match.start() > best[0]:
                best = (match.start(), name)
    if best is not None:
        return best[1]
    for text in (header, frame.after(mention.end, 40), frame.lead.text if frame.is_row else ""):
        for name, pattern in _COMPILED:
            if pattern.search(text):
                return name
    return ""


def _is_pressure_like(mention: AnyMention) -> bool:
    value = getattr(mention, "value", Decimal(0))
    return _LOWEST <= value <= _HIGHEST and value == int(value)


def names(text: str, name: str) -> bool:
    """Whether words name the analyte."""
    pattern = next(p for n, p in _COMPILED if n == name)
    return bool(pattern.search(text))


def _is_pressure(frame: Frame, mention: AnyMention) -> bool:
    """``85/51``, ``80 over 45``: the two numbers of a blood pressure."""
    after, before = frame.after(mention.end, 8), frame.before(mention.start, 8)
    if not _is_pressure_like(mention) or _DECIMALS.match(after) or _DECIMALS.search(before):
        return False
    low, high = (
        re.match(r"\s*(?:/|over )\s*(\d{2,3})\b", after),
        re.search(r"(\d{2,3})\s*(?:/|over)\s*$", before),
    )
    if (low and mention.value >= _SYSTOLIC) or (high and int(high[1]) >= _SYSTOLIC):  # type: ignore[attr-defined] # a number
        return True
    named = "pressure" in frame.text.lower()
    return named and bool(re.match(r"\s*to \d", after) or re.search(r"\d to $", before))


def _has_lab_unit(frame: Frame) -> bool:
    return any(
        isinstance(m, MeasureMention) and m.canonical not in DOSE_UNITS for m in frame.mentions
    )


def _is_lab(frame: Frame, mention: MeasureMention) -> bool:
    return mention.canonical in {"mg/dL", "ng/mL"} and bool(analyte_of(frame, mention))


def readings(desk: Desk) -> Iterator[Reading]:
    """Every measured value of the ledger."""
    for lab in desk.known.labs:
        value = lab.body.value
        if value is None and lab.body.comparator:
            limit = re.search(r"\d+(?:\.\d+)?", lab.body.text)
            value = Decimal(limit[0]) if limit else None
        if value is not None:
            yield Reading(value, lab.body.unit, _day(lab.body), lab.body.analyte, lab.id)
    for other in desk.known.measurements:
        if other.body.value is not None:
            yield Reading(
                other.body.value, other.body.unit, _day(other.body), other.body.name, other.id
            )


def _day(body: Lab | Measurement) -> date | None:
    return body.at.day if body.at else None


def _is_named(reading: Reading, name: str) -> bool:
    return not name or bool(re.search(_NAMES.get(name, re.escape(name)), reading.name, re.I))


def _judge_reading(
    frame: Frame, mention: MeasureMention | NumberMention, value: Decimal, unit: Unit | None,
    name: str, desk: Desk,
) -> Finding | None:  # fmt: skip
    named = [r for r in readings(desk) if _is_named(r, name)]
    places = mention.places
    same = [r for r in named if _same(value, unit, r, mention.approx, places)]
    days = tied(frame, mention)
    if any(not days or any(_on(d, r) for d in days) for r in same):
        return None if days else _judge_panel(frame, mention, value, unit, name, desk)
    if desk.known.printed.holds(value, ("note",)):
        return None
    if frame.has_role("range") and _in_range(value, name, desk):
        return None
    if _differs(frame, value, [r.value for r in named]) or _is_mean(frame, mention, unit, named):
        return None
    there = _there(named, name, unit, days)
    if same and not there:
        return _other_day(mention, days, same, desk)
    return _no_such_value(mention, value, unit, days, named, name, desk)


def _judge_panel(
    frame: Frame, mention: MeasureMention | NumberMention, value: Decimal, unit: Unit | None,
    name: str, desk: Desk,
) -> Finding | None:  # fmt: skip
    """A value among others of one blood draw: the others say which day it is of.

    None: there are no such others, or it is of their day too.
    """
    dates = [d for one in (frame, *frame.earlier[:1]) for d in one.days if d.first == d.last]
    if not name or len(dates) == 0:
        return None
    every = list(readings(desk))
    others = [
        (m.value, analyte_of(frame, m)) for m in frame.mentions
        if isinstance(m, MeasureMention | NumberMention) and m is not mention and not (
            isinstance(m, NumberMention) and m.spelled
        )
    ]  # fmt: skip
    for dated in dates:
        drawn = [r for r in every if _on(dated, r)]
        agreed = sum(any(n and _is_named(r, n) and r.value == v for r in drawn) for v, n in others)
        own = [r for r in drawn if _is_named(r, name)]
        if (
            agreed >= _PANEL
            and own
            and not any(_same(value, unit, r, mention.approx, mention.places) for r in own)
        ):
            return _no_such_value(mention, value, unit, (dated,), own, name, desk)
    return None


def _there(
    named: Sequence[Reading], name: str, unit: Unit | None, days: Sequence[Dated]
) -> list[Reading]:
    """What is recorded for the days: of the analyte, else in the unit."""
    if not name and unit is None:
        return []
    wanted = canonical(unit.canonical) if unit else ""
    return [
        r for r in named if any(_on(d, r) for d in days) and (name or canonical(r.unit) == wanted)
    ]


def _on(dated: Dated, reading: Reading) -> bool:
    return reading.day is not None and holds(dated, reading.day)


def _same(value: Decimal, unit: Unit | None, reading: Reading, approx: str, places: int) -> bool:
    if unit is None:
        return agrees(value, reading.value, approx, places)  # type: ignore[arg-type] # of Approx
    actual = converted(reading.value, reading.unit, unit, reading.name)
    return actual is not None and agrees(value, actual, approx, places)  # type: ignore[arg-type]


def _in_range(value: Decimal, name: str, desk: Desk) -> bool:
    """Whether the number stands in a reference range of the analyte."""
    return any(
        numeral(value) in re.findall(r"\d+(?:\.\d+)?", lab.body.reference_range)
        for lab in desk.known.labs
        if not name or name in lab.body.analyte
    )


def _differs(frame: Frame, value: Decimal, known: Sequence[Decimal]) -> bool:
    """A difference of two values, where the sentence speaks of one."""
    if not frame.has_role("difference"):
        return False
    distinct = list(dict.fromkeys(known))[-40:]
    return any(abs(a - b) == value for a, b in permutations(distinct, 2))


def _is_mean(
    frame: Frame,
    mention: MeasureMention | NumberMention,
    unit: Unit | None,
    named: Sequence[Reading],
) -> bool:
    """The mean of all values of one day."""
    if not frame.has_role("average"):
        return False
    by_day: dict[tuple[date | None, str], list[Decimal]] = {}
    for reading in named:
        actual = (
            converted(reading.value, reading.unit, unit, reading.name) if unit else reading.value
        )
        if actual is not None:
            by_day.setdefault((reading.day, reading.name), []).append(actual)
    means = (sum(v, Decimal(0)) / len(v) for v in by_day.values() if len(v) > 1)
    return any(agrees(mention.value, mean, mention.approx, mention.places) for mean in means)


def _other_day(
    mention: MeasureMention | NumberMention, days: Sequence[Dated], same: Sequence[Reading],
    desk: Desk,
) -> Finding:  # fmt: skip
    shown = " or ".join(
        f"{r.day} ({r.name} {r.text}, {desk.known.origin(r.fact)})" for r in same[:2]
    )
    message = f"{mention.text} is recorded for another day than {days[0].text}."
    return desk.find(days[0], "date-differs", "value-of-another-date", message, shown,
                     [r.fact for r in same[:2]])  # fmt: skip


def _no_such_value(
    mention: MeasureMention | NumberMention, value: Decimal, unit: Unit | None,
    days: Sequence[Dated], named: Sequence[Reading], name: str, desk: Desk,
) -> Finding:  # fmt: skip
    otherwise = [r for r in named if unit is not None and r.value == value]
    there = _there(named, name, unit, days)
    if otherwise and (not there or otherwise[0] in there):
        message = f"The ledger holds {numeral(value)} in another unit."
        right = otherwise[:1]
        detail = "unit-differs"
    elif there:
        message = f"The ledger holds another value for {days[0].text}."
        right = sorted(there, key=lambda r: _distance(value, unit, r))[:2]
        detail = "value-differs"
    else:
        message = f"{mention.text} is in no record of the ledger."
        right, detail = [], "not-found"
        close = [r for r in named if name and _slip(r.value, value)]
        if close:
            right, detail = close[:1], "close-value"
    shown = " or ".join(f"{r.text} ({r.day}, {r.name}, {desk.known.origin(r.fact)})" for r in right)
    rule = "amount-differs" if right else "unsupported-number"
    return desk.find(mention, rule, detail, message, shown, [r.fact for r in right])  # type: ignore[arg-type] # two of the rules


def _distance(value: Decimal, unit: Unit | None, reading: Reading) -> Decimal:
    actual = converted(reading.value, reading.unit, unit, reading.name) if unit else reading.value
    return abs((reading.value if actual is None else actual) - value)


def _slip(one: Decimal, other: Decimal) -> bool:
    """Whether the digits are the same in another order, or one digit differs."""
    a, b = numeral(one), numeral(other)
    if sorted(a) == sorted(b):
        return True
    return len(a) == len(b) and len(a) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


# -- doses ---------------------------------------------------------------------------------


def _judge_dose(frame: Frame, mention: MeasureMention, desk: Desk) -> Finding | None:
    value = _per_day(mention)
    known = list(_doses(desk))
    of_unit = [d for d in known if _unit_fits(d[1], mention)]
    if any(agrees(value, amount, mention.approx, mention.places) for amount, _, _ in of_unit):
        return None
    if (
        _stress(frame, mention, desk)
        or _sums_up(frame, mention, known)
        or _dose_change(frame, value, known)
    ):
        return None
    right = sorted({(a, f) for a, u, f in known if u == "mg/day"}, key=lambda p: abs(p[0] - value))[
        :1
    ]
    if mention.canonical == "mg/day" and right:
        return desk.find(mention, "amount-differs", "dose-differs",
                         "The ledger holds no such daily dose.",
                         f"{numeral(right[0][0])} mg per day ({desk.known.origin(right[0][1])})",
                         [right[0][1]])  # fmt: skip
    close = sorted(
        {(a, f) for a, u, f in known if u == "mg"}, key=lambda p: (abs(p[0] - value), p[1])
    )[:1]
    message = f"{mention.text} is in no record of the ledger."
    shown = f"{numeral(close[0][0])} mg ({desk.known.origin(close[0][1])})" if close else ""
    rule = "amount-differs" if close else "unsupported-number"
    return desk.find(mention, rule, "dose-not-found", message, shown, [c[1] for c in close])  # type: ignore[arg-type]


def _per_day(mention: MeasureMention) -> Decimal:
    """A dose per week or per hour, as a day's."""
    unit = mention.unit.lower()
    if "week" in unit:
        return mention.value / 7
    return mention.value * 24 if mention.canonical == "mg/h" else mention.value


def _unit_fits(unit: str, mention: MeasureMention) -> bool:
    if "week" in mention.unit.lower():
        return unit == "mg/day"
    return unit in {"", mention.canonical} or {unit, mention.canonical} <= _DAILY


def _doses(desk: Desk) -> Iterator[tuple[Decimal, str, str]]:
    """Amount, unit and fact of every dose that a record states, in numbers or in words."""
    for regimen in desk.known.regimens:
        body = regimen.body
        if body.mg_per_day is not None:
            yield body.mg_per_day, "mg/day", regimen.id
    for number, facts in desk.known.printed.doses.items():
        yield number, "mg", facts[0]
    for happening in desk.known.happenings:
        if "injection" in happening.topics:
            given = desk.known.timeline[happening.facts[0]].body
            mg = getattr(given, "mg", None)
            if mg is not None:
                yield mg, "mg", happening.facts[0]


def _stress(frame: Frame, mention: MeasureMention, desk: Desk) -> bool:
    """The guideline's emergency dose, cited everywhere (`knowledge.texts`)."""
    del desk
    return (
        mention.canonical == "mg"
        and mention.value == Decimal(100)
        and frame.says("injection", "emergency", "crisis")
    )


def _sums_up(
    frame: Frame, mention: MeasureMention, known: Iterable[tuple[Decimal, str, str]]
) -> bool:
    """``10 + 5 + 5 mg, 20 mg in all``: parts in the sentence that add up."""
    del known
    parts = [m.value for m in frame.mentions if isinstance(m, MeasureMention) and m is not mention]
    running = Decimal(0)
    for number, part in enumerate(parts, 1):
        running += part
        if number > 1 and running == mention.value:
            return True
    return False


def _dose_change(frame: Frame, value: Decimal, known: Iterable[tuple[Decimal, str, str]]) -> bool:
    daily = {amount for amount, unit, _ in known if unit == "mg/day"}
    return any(abs(a - b) == value for a, b in permutations(daily, 2))


# -- scores --------------------------------------------------------------------------------


def judge_score(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """A questionnaire's total, or the difference of two."""
    scores = [s for s in desk.known.scores if s.body.value is not None]
    days = tied(frame, mention)
    values = [s.body.value for s in scores if s.body.value is not None]
    same = [s for s in scores if s.body.value == mention.value]
    dated = [
        s
        for s in same
        if s.body.at and s.body.at.day and any(holds(d, s.body.at.day) for d in days)
    ]
    if dated or (same and not days and not _is_change(frame, mention)):
        return None
    if _is_change(frame, mention):
        return _judge_change(frame, mention, values, desk)
    if frame.has_role("average") and re.search(
        r"mean|averag", frame.before(mention.start, 60), re.I
    ):
        if _is_mean_score(mention, values):
            return None
        message = "The scores have another mean."
        return desk.find(mention, "total-does-not-add-up", "mean-differs", message)
    there = [
        s
        for s in scores
        if s.body.at and s.body.at.day and any(holds(d, s.body.at.day) for d in days)
    ]
    if same and not there:
        shown = " or ".join(f"{s.body.at.day} ({s.body.instrument} {numeral(mention.value)}, {desk.known.origin(s.id)})"
                            for s in same if s.body.at)  # fmt: skip
        message = f"A score of {mention.text} is recorded for another day than {days[0].text}."
        return desk.find(
            days[0], "date-differs", "score-of-another-date", message, shown, [s.id for s in same]
        )
    right = there or sorted(scores, key=lambda s: abs((s.body.value or 0) - mention.value))[:1]
    shown = " or ".join(
        f"{numeral(s.body.value)} ({s.body.at.day if s.body.at else 'undated'}, {s.body.instrument}, "
        f"{desk.known.origin(s.id)})" for s in right if s.body.value is not None
    )  # fmt: skip
    slip = (
        bool(right)
        and right[0].body.value is not None
        and _slip(right[0].body.value, mention.value)
    )
    rule = "amount-differs" if there or slip else "unsupported-number"
    message = (
        "The ledger holds another score." if there else f"No score of {mention.text} is recorded."
    )
    return desk.find(mention, rule, "score-differs", message, shown, [s.id for s in right])  # type: ignore[arg-type]


def _judge_change(
    frame: Frame, mention: NumberMention, values: Sequence[Decimal], desk: Desk
) -> Finding | None:
    """A difference: of the two scores beside it where they stand there, else of any two."""
    near = [
        m.value
        for one in (frame, *frame.earlier[:1])
        for m in one.mentions
        if isinstance(m, NumberMention) and m is not mention and m.value in values
    ]
    pairs = list(permutations(near if len(near) > 1 else values, 2))
    if any(agrees(mention.value, abs(a - b), mention.approx) for a, b in pairs):
        return None
    message = f"The scores do not differ by {mention.text}."
    shown = ""
    if len(near) > 1:
        shown = (
            f"{numeral(abs(near[0] - near[1]))} (from {numeral(near[0])} and {numeral(near[1])})"
        )
    return desk.find(mention, "total-does-not-add-up", "difference-differs", message, shown)


_CHANGE: Final = re.compile(
    r"\b(?:gain|rise|increase|fall|drop|difference|change|improvement) of\s*$|\b(?:by|gained|lost|plus|minus|up|down|rose|fell)\s*$|[+−]\s*$",
    re.I,
)
_GAIN: Final = re.compile(
    r"\b(?:gain|better|worse|higher|lower|more|less|up|down|improve\w*|rise|fall)\b", re.I
)
_POINTS: Final = re.compile(r"\s*[- ]?points?\b", re.I)


def _is_change(frame: Frame, mention: NumberMention) -> bool:
    near = bool(_CHANGE.search(frame.before(mention.start, 15)))
    points = bool(_POINTS.match(frame.after(mention.end, 10)))
    return near or (points and (frame.has_role("difference") or bool(_GAIN.search(frame.text))))


def _is_mean_score(mention: NumberMention, values: Sequence[Decimal]) -> bool:
    for start in range(len(values)):
        for end in range(start + 2, len(values) + 1):
            mean = sum(values[start:end], Decimal(0)) / (end - start)
            if agrees(mention.value, mean, mention.approx, mention.places):
                return True
    return False
