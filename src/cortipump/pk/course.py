"""A regimen laid out on elapsed hours: rates between knots, and what is given at an instant.

Clock changes, temporary rates, suspensions and lost sites are resolved here, exactly; nothing here
depends on a person.
"""

from itertools import pairwise
from typing import Final

from msgspec import Struct

from cortipump.pk.intake import (
    MINUTES_PER_DAY,
    BasalProgram,
    Bolus,
    ClockChange,
    Dose,
    Food,
    Injection,
    IvBolus,
    OralDose,
    Product,
    SiteLoss,
    Suspension,
    TemporaryRate,
)
from cortipump.pk.regimen import Regimen

# Instants are told apart to a thousandth of a millisecond or so: 1e-9 h.
DIGITS: Final = 9


class Form(Struct, frozen=True, order=True):
    """A way in that has its own absorption: ``sc``, ``im``, ``iv``, or a form taken by mouth."""

    way: str
    product: Product = "ir"
    food: Food = "default"


SC: Final = Form("sc")
IV: Final = Form("iv")
IM: Final = Form("im")


class Given(Struct, frozen=True):
    """An amount given at an instant. [h since the start], [mg]."""

    at_h: float
    form: Form
    mg: float


class Stretch(Struct, frozen=True):
    """Constant rates until the next stretch starts. [h since the start], [mg/h]."""

    from_h: float
    sc_mg_per_h: float
    iv_mg_per_h: float


class Course(Struct, frozen=True):
    """What is given over some hours from a local midnight on.

    Attributes
    ----------
    stretches
        In order, the first from 0 h.
    given
        In order of time.
    delivered_mg
        Everything that reaches the body: rates over time and single amounts. [mg]
    lost_mg
        Sent by the pump and lost at its site. [mg]
    """

    hours: float
    stretches: tuple[Stretch, ...]
    given: tuple[Given, ...]
    delivered_mg: float
    lost_mg: float


class _Piece(Struct, frozen=True):
    """A run of elapsed minutes during which the clock goes evenly."""

    day: int
    elapsed_min: int
    clock_from: int
    clock_until: int

    @property
    def ends_min(self) -> int:
        return self.elapsed_min + self.clock_until - self.clock_from


def _pieces(hours: float, change: ClockChange | None) -> list[_Piece]:
    found: list[_Piece] = []
    at, day = 0, 0
    while at <= hours * 60:
        if change is None or change.day != day:
            found.append(_Piece(day, at, 0, MINUTES_PER_DAY))
        else:
            found.append(_Piece(day, at, 0, change.at_min))
            resumes = change.at_min + change.shift_min
            found.append(_Piece(day, at + change.at_min, resumes, MINUTES_PER_DAY))
        at, day = found[-1].ends_min, day + 1
    return found


def _elapsed_min(pieces: list[_Piece], day: int, clock_min: int) -> int | None:
    """When a clock time comes for the first time that day; the change itself if it is skipped."""
    of_day = [p for p in pieces if p.day == day]
    for piece in of_day:
        if piece.clock_from <= clock_min < piece.clock_until:
            return piece.elapsed_min + clock_min - piece.clock_from
    return of_day[-1].elapsed_min if of_day else None


def form_of(dose: Dose) -> Form:
    """The way in of a dose."""
    match dose:
        case OralDose():
            return Form("oral", dose.product, dose.food)
        case Injection():
            return SC if dose.route == "sc" else IM
        case IvBolus():
            return IV
        case Bolus():
            return SC


def _inside(window: TemporaryRate | Suspension | SiteLoss, at_h: float) -> bool:
    return window.from_h <= at_h and (window.until_h is None or at_h < window.until_h)


def _state(regimen: Regimen, at_h: float) -> tuple[bool, bool, TemporaryRate | None]:
    """Whether the pump is stopped, whether its site is lost, and the temporary rate."""
    now = [w for w in regimen.windows if _inside(w, at_h)]
    return (
        any(isinstance(w, Suspension) for w in now),
        any(isinstance(w, SiteLoss) for w in now),
        next((w for w in now if isinstance(w, TemporaryRate)), None),
    )


def _program_rate(basal: BasalProgram | None, clock_min: float) -> float:
    if basal is None:
        return 0.0
    return next(b.mg_per_h for b in basal.blocks if b.from_min <= clock_min < b.until_min)


def _pump_rate(regimen: Regimen, at_h: float, clock_min: float) -> tuple[float, bool]:
    """What the pump sends, and whether it is lost. [mg/h]."""
    stopped, lost, temporary = _state(regimen, at_h)
    if stopped or regimen.basal is None:
        return 0.0, lost
    rate = _program_rate(regimen.basal, clock_min)
    if temporary is not None and temporary.mg_per_h is not None:
        rate = temporary.mg_per_h
    elif temporary is not None and temporary.percent is not None:
        rate *= temporary.percent / 100
    return rate, lost


def _knots(regimen: Regimen, pieces: list[_Piece], hours: float) -> list[float]:
    clock = {0}
    if regimen.basal:
        clock |= {b.from_min for b in regimen.basal.blocks}
    clock |= {minute for i in regimen.infusions for minute in (i.from_min, i.until_min)}
    edges = {0.0, hours}
    for piece in pieces:
        edges.add(piece.elapsed_min / 60)
        edges |= {
            (piece.elapsed_min + minute - piece.clock_from) / 60
            for minute in clock
            if piece.clock_from <= minute < piece.clock_until
        }
    for window in regimen.windows:
        edges |= {window.from_h, hours if window.until_h is None else window.until_h}
    return sorted({round(edge, DIGITS) for edge in edges if edge <= hours})


def _stretches(
    regimen: Regimen, pieces: list[_Piece], hours: float
) -> tuple[list[Stretch], float, float]:
    found: list[Stretch] = []
    delivered = lost_mg = 0.0
    knots = _knots(regimen, pieces, hours)
    for start, end in pairwise(knots):
        middle = (start + end) / 2
        piece = next(p for p in reversed(pieces) if p.elapsed_min <= middle * 60)
        clock = middle * 60 - piece.elapsed_min + piece.clock_from
        rate, lost = _pump_rate(regimen, middle, clock)
        iv = sum(i.mg_per_h for i in regimen.infusions if i.from_min <= clock < i.until_min)
        lost_mg += rate * (end - start) if lost else 0.0
        rate = 0.0 if lost else rate
        delivered += (rate + iv) * (end - start)
        if not found or (found[-1].sc_mg_per_h, found[-1].iv_mg_per_h) != (rate, iv):
            found.append(Stretch(start, rate, iv))
    return found, delivered, lost_mg


def _given(regimen: Regimen, pieces: list[_Piece], hours: float) -> tuple[list[Given], float]:
    found: list[Given] = []
    lost_mg = 0.0
    skipped = {(m.at_min, m.day) for m in regimen.missed}
    days = sorted({p.day for p in pieces})
    for dose in regimen.doses:
        for day in days if dose.day is None else [dose.day]:
            skippable = isinstance(dose, OralDose | Injection) and dose.day is None
            minute = _elapsed_min(pieces, day, dose.at_min)
            if minute is None or minute > hours * 60:
                continue
            if skippable and (dose.at_min, day) in skipped:
                continue
            at_h = round(minute / 60, DIGITS)
            stopped, lost, _ = _state(regimen, at_h)
            if isinstance(dose, Bolus) and (stopped or lost):
                lost_mg += 0.0 if stopped else dose.mg
                continue
            found.append(Given(at_h, form_of(dose), dose.mg))
    return sorted(found, key=lambda g: (g.at_h, g.form)), lost_mg


def lay_out(regimen: Regimen, hours: float) -> Course:
    """A regimen over some hours from the first midnight on.

    Parameters
    ----------
    hours
        How far; what is given exactly at the end is part of it. [h]
    """
    change = regimen.clock_changes[0] if regimen.clock_changes else None
    pieces = _pieces(hours, change)
    stretches, delivered, lost = _stretches(regimen, pieces, hours)
    given, lost_boluses = _given(regimen, pieces, hours)
    return Course(
        hours, tuple(stretches) or (Stretch(0.0, 0.0, 0.0),), tuple(given),
        delivered + sum(g.mg for g in given), lost + lost_boluses,
    )  # fmt: skip
