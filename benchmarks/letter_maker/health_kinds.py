"""Makers of statements about scores, values, doses, injections, work, calls and the case."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

from msgspec import Struct

from benchmarks.letter_maker import health_words as say
from benchmarks.letter_maker import wrong
from benchmarks.letter_maker.ledger import Someone, injections
from benchmarks.letter_maker.statement import TOTAL, Pen, Slot, Statement
from cortipump.record.facts import Lab, Measurement, Regimen, Score, WorkLoss

_NAMES: Final = {
    "sodium": "sodium", "potassium": "potassium", "glucose": "blood glucose",
    "renin-activity": "renin activity", "acth": "ACTH", "tsh": "TSH",
}  # fmt: skip
_UNITS: Final = {"m[IU]/L": "mIU/L"}
_NMOL: Final = Decimal("27.59")
_GIVERS: Final = {"husband": ("my husband", "her husband"), "sister": ("my sister", "her sister"),
                  "paramedic": ("a paramedic", "a paramedic")}  # fmt: skip


class Point(Struct, frozen=True):
    """A value of one day."""

    day: date
    clock: str
    value: Decimal
    unit: str


def points(one: Someone, analyte: str) -> list[Point]:
    return [
        Point(lab.at.day, lab.at.clock or "", lab.value, lab.unit)
        for lab in (x.body for x in one.record.timeline.of(Lab))
        if lab.analyte == analyte and lab.value is not None and not lab.comparator
        and lab.at is not None and lab.at.day is not None
    ]  # fmt: skip


def _lab_days(one: Someone, analytes: Iterable[str]) -> set[date]:
    wanted = {*analytes}
    return {lab.at.day for lab in (x.body for x in one.record.timeline.of(Lab))
            if lab.analyte in wanted and lab.at is not None and lab.at.day is not None}  # fmt: skip


def _value_slot(
    pen: Pen, point: Point, same_day: list[Decimal], shown: str, converted: str
) -> Slot:
    def taken(value: Decimal) -> bool:
        return any(abs(value - other) <= other * Decimal("0.02") for other in same_day)

    def draw(rng: Random) -> str | None:
        found = next(wrong.digits(rng, point.value, taken), None)
        return None if found is None else f"{found} {shown}{converted}"

    return pen.value(f"{point.value} {shown}{converted}", draw)


def lab(pen: Pen) -> Statement | None:
    analyte = pen.rng.choice(tuple(_NAMES))
    found = points(pen.one, analyte)
    by_day = {p.day: [q for q in found if q.day == p.day] for p in found}
    single = [day for day, values in by_day.items() if len(values) == 1]
    if not single:
        return None
    point = by_day[pen.rng.choice(single)][0]
    days = _lab_days(pen.one, (analyte,))
    unit = _UNITS.get(point.unit, point.unit)
    slots = {
        "date": pen.on_day(point.day, lambda d: d not in days),
        "value": _value_slot(pen, point, [p.value for p in by_day[point.day]], unit, ""),
    }
    claim = ("lab", analyte, str(point.day), str(point.value))
    return pen.statement("lab", say.LAB, slots, (claim,), analyte=_NAMES[analyte])


def cortisol(pen: Pen) -> Statement | None:
    found = points(pen.one, "cortisol")
    if not found:
        return None
    point = pen.rng.choice(found)
    days = _lab_days(pen.one, ("cortisol", "cortisol-series"))
    near = [p.value for p in found if p.day == point.day]
    as_other = pen.rng.random() < 0.3
    slot = _converted(pen, point) if as_other else _as_printed(pen, point, near)
    slots = {"date": pen.on_day(point.day, lambda d: d not in days), "value": slot}
    claim = ("cortisol", str(point.day), point.clock, str(point.value))
    return pen.statement("cortisol", say.CORTISOL, slots, (claim,), clock=clock(pen, point.clock))


def _as_printed(pen: Pen, point: Point, near: list[Decimal]) -> Slot:
    unit = point.unit if point.unit != "ug/dL" else pen.rng.choice(("ug/dL", "\N{MICRO SIGN}g/dL"))
    if pen.rng.random() < 0.75:
        return _value_slot(pen, point, near, unit, "")
    other = _other_unit(point)
    slot = _value_slot(pen, point, near, unit, "")
    tail = f" (about {other})"
    draw = slot.wrong

    def with_tail(rng: Random) -> tuple[str, str] | None:
        made = draw(rng) if draw is not None else None
        return None if made is None else (made[0], tail)

    return Slot((slot.said[0], tail), slot.rules, with_tail)


def _other_unit(point: Point) -> str:
    if point.unit == "nmol/L":
        return f"{(point.value / _NMOL).quantize(Decimal('0.1'), ROUND_HALF_UP)} ug/dL"
    return f"{(point.value * _NMOL).quantize(Decimal(1), ROUND_HALF_UP)} nmol/L"


def _converted(pen: Pen, point: Point) -> Slot:
    """In the unit that is not printed."""
    text, unit = _other_unit(point).split(" ", 1)
    day = [q for q in points(pen.one, "cortisol") if q.day == point.day]
    same = [Decimal(_other_unit(q).split(" ")[0]) if q.unit == point.unit else q.value for q in day]

    def taken(value: Decimal) -> bool:
        return any(abs(value - other) <= other * Decimal("0.05") for other in same)

    def draw(rng: Random) -> str | None:
        found = next(wrong.digits(rng, Decimal(text), taken), None)
        return None if found is None else f"{found} {unit}"

    return pen.value(f"{text} {unit}", draw)


def clock(pen: Pen, at: str) -> str:
    """``07:36`` or ``7:36 a.m.``."""
    if pen.rng.random() < 0.5:
        return at
    hour, minute = int(at[:2]), at[3:]
    half = pen.rng.choice((("a.m.", "p.m."), ("am", "pm"), ("AM", "PM")))
    return f"{hour % 12 or 12}:{minute} {half[hour >= 12]}"


def pressure(pen: Pen) -> Statement | None:
    high, low = _pressures(pen.one, "Systolic"), _pressures(pen.one, "Diastolic")
    days = sorted(d for d in high.keys() & low.keys() if len(high[d]) == len(low[d]) == 1)
    if not days:
        return None
    day = pen.rng.choice(days)
    top, bottom = high[day][0], low[day][0]

    def draw(rng: Random) -> str:
        return f"{top + rng.choice((-18, -14, -11, 12, 15, 21))}/{bottom}"

    slots = {
        "date": pen.on_day(day, lambda d: d not in high),
        "value": pen.value(f"{top}/{bottom}", draw),
    }
    return pen.statement("pressure", say.PRESSURE, slots)


def _pressures(one: Someone, name: str) -> dict[date, list[Decimal]]:
    found: dict[date, list[Decimal]] = {}
    for m in (x.body for x in one.record.timeline.of(Measurement)):
        if m.name == name and m.value is not None and m.at is not None and m.at.day is not None:
            found.setdefault(m.at.day, []).append(m.value)
    return found


def _scores(one: Someone) -> list[tuple[date, int]]:
    return [(s.at.day, int(s.value)) for s in (x.body for x in one.record.timeline.of(Score))
            if s.value is not None and s.at is not None and s.at.day is not None]  # fmt: skip


def _score_slot(pen: Pen, value: int) -> Slot:
    known = {v for _, v in _scores(pen.one)}

    def draw(rng: Random) -> str | None:
        found = [value + s for s in (-12, -9, -7, -6, 6, 7, 9, 12) if value + s not in known]
        return str(rng.choice(found)) if found else None

    return pen.value(str(value), draw)


def score(pen: Pen) -> Statement | None:
    found = _scores(pen.one)
    day, value = pen.rng.choice(found)
    days = {d for d, _ in found}
    slots = {"date": pen.on_day(day, lambda d: d not in days), "score": _score_slot(pen, value)}
    return pen.statement("score", say.SCORE, slots, (("score", str(day), str(value)),))


def scores(pen: Pen) -> Statement | None:
    found = _scores(pen.one)
    index = pen.one.result.index_date
    pairs = [(a, b) for a in found for b in found if a[0] < index <= b[0] and b[1] - a[1] >= 3]
    if not pairs:
        return None
    (day, low), (later, high) = pen.rng.choice(pairs)
    days = {d for d, _ in found}
    gain = pen.count(high - low, ("point", "points"), frozenset(), TOTAL)
    slots = {
        "date": pen.on_day(day, lambda d: d not in days),
        "later": pen.on_day(later, lambda d: d not in days and d > day),
        "low": Slot((str(low), "")), "high": Slot((str(high), "")), "gain": gain,
    }  # fmt: skip
    claims = (("score", str(day), str(low)), ("score", str(later), str(high)))
    return pen.statement("scores", say.SCORES, slots, claims)


def _regimens(one: Someone) -> list[tuple[date, Regimen]]:
    return [(r.start.day, r) for r in (x.body for x in one.record.timeline.of(Regimen))
            if r.start is not None and r.start.day is not None]  # fmt: skip


def _dose_slot(pen: Pen, mg: Decimal) -> Slot:
    unit = pen.rng.choice(("mg per day", "mg/day", "mg a day", "mg daily"))

    def draw(rng: Random) -> str:
        return f"{rng.choice(('15', '35', '40', '32', '28', '45', '18'))} {unit}"

    return pen.value(f"{mg.normalize():f} {unit}", draw)


def _regimen(pen: Pen, route: str, templates: tuple[str, ...]) -> Statement | None:
    found = [(d, r) for d, r in _regimens(pen.one) if r.route == route and r.mg_per_day
             and r.drug == "hydrocortisone" and ";" not in r.schedule]  # fmt: skip
    if not found:
        return None
    day, regimen = pen.rng.choice(found)
    assert regimen.mg_per_day is not None  # those without were left out above
    starts = {d for d, _ in _regimens(pen.one)}
    close = {d for d, r in _regimens(pen.one) if r.drug == "hydrocortisone"}
    slots = {
        "date": pen.on_day(
            day, lambda d: d not in starts and all(abs((d - c).days) > 1 for c in close)
        ),
        "dose": _dose_slot(pen, regimen.mg_per_day),
    }
    return pen.statement("regimen", templates, slots,
                         (("regimen", str(day), str(regimen.mg_per_day)),),
                         schedule=regimen.schedule)  # fmt: skip


def tablets(pen: Pen) -> Statement | None:
    return _regimen(pen, "oral", say.REGIMEN)


def by_pump(pen: Pen) -> Statement | None:
    return _regimen(pen, "pump", say.PUMP_DOSE)


def injection(pen: Pen) -> Statement | None:
    shots = [s for s in injections(pen.one, date(2000, 1, 1), pen.dated, home=True)
             if s.given_by in _GIVERS and s.at is not None and s.at.day and s.at.clock]  # fmt: skip
    if not shots:
        return None
    shot = pen.rng.choice(shots)
    at = shot.at
    assert at is not None
    assert at.day is not None
    every = [*injections(pen.one, date(2000, 1, 1), pen.dated, home=True),
             *injections(pen.one, date(2000, 1, 1), pen.dated, home=False)]  # fmt: skip
    days = {s.at.day for s in every if s.at is not None}
    if pen.voice.who == "spouse" and shot.given_by == "husband":
        return None
    mine, hers = _GIVERS[shot.given_by]
    giver = mine if pen.voice.who == "patient" else hers
    slots = {"date": pen.on_day(at.day, lambda d: d not in days)}
    return pen.statement("injection", say.INJECTION, slots,
                         (("injection", str(at.day), str(at.clock), shot.given_by),),
                         clock=clock(pen, at.clock or ""), giver=giver)  # fmt: skip


def work(pen: Pen) -> Statement | None:
    rows = [w.body for w in pen.one.record.timeline.of(WorkLoss)
            if w.body.days and w.body.days >= 2 and w.body.start and w.body.end]  # fmt: skip
    row = pen.rng.choice(rows)
    assert row.start is not None
    assert row.end is not None
    assert row.days is not None
    first, last = row.start.first_day, row.end.last_day
    covered = {Decimal((last - first).days + 1)}
    slots = {
        "days": pen.count(row.days, ("day", "days"), frozenset(covered)),
        "first": Slot((pen.plain_date(first), "")), "last": Slot((pen.plain_date(last), "")),
    }  # fmt: skip
    return pen.statement("work", say.WORK, slots, (("work", str(first), str(row.days)),))


MAKERS: Final[dict[str, Callable[[Pen], Statement | None]]] = {
    "lab": lab,
    "cortisol": cortisol,
    "pressure": pressure,
    "score": score,
    "scores": scores,
    "tablets": tablets,
    "by-pump": by_pump,
    "injection": injection,
    "work": work,
}
