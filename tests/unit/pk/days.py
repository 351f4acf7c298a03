"""Regimens that many tests use, and how a printed figure is compared."""

import numpy as np

from cortipump.pk.curve import Curve
from cortipump.pk.intake import BasalProgram, OralDose
from cortipump.pk.parameters import FloatArray, PkParameters
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import Scenario, from_nothing, solve_person

# Kalafatakis 2016, Trials, doi 10.1186/s13063-016-1159-x, figure 5.
KALAFATAKIS = BasalProgram.from_starts([(0, 0.1), (120, 2.0), (480, 1.0), (720, 0.4), (1200, 0.1)])
PUMP_DAY = Regimen(basal=KALAFATAKIS)
ORAL_DAY = Regimen((OralDose(420, 10), OralDose(720, 5), OralDose(1020, 5)))


def even_pump(mg_per_day: float) -> Regimen:
    """A program of one block."""
    return Regimen(basal=BasalProgram.from_starts([(0, mg_per_day / 24)]))


def half_unit(printed: str) -> float:
    """Half of the last printed digit: how far a correctly rounded value can be away."""
    decimals = len(printed.partition(".")[2])
    return 0.5000001 * 10.0**-decimals


def agrees(value: float, printed: str) -> bool:
    """Whether a value rounds to what is printed."""
    return abs(value - float(printed)) <= half_unit(printed)


def levels(scenario: Scenario, person: PkParameters, *hours: float) -> list[float]:
    """Total cortisol at some hours. [nmol/L]."""
    curve = solve_person(scenario, person, times_h=np.array([0.0, *hours][not hours[0] :]))
    return [float(v) for v in curve.total_nmol_per_l[-len(hours) :]]


def once(dose: object, person: PkParameters, hours: float = 72.0, every_min: float = 1.0) -> Curve:
    """One dose, long enough to be gone."""
    item = type(dose)(**{k: getattr(dose, k) for k in dose.__struct_fields__} | {"day": 0})  # type: ignore[attr-defined]
    return solve_person(from_nothing(Regimen((item,)), hours), person, every_min=every_min)


def area_total(curve: Curve) -> float:
    """Area of total cortisol. [nmol h/L]."""
    return float(np.trapezoid(curve.total_nmol_per_l, curve.times_h))


def area_unbound(curve: Curve) -> float:
    """Area of unbound cortisol. [nmol h/L]."""
    unbound: FloatArray | None = curve.unbound_nmol_per_l
    assert unbound is not None
    return float(np.trapezoid(unbound, curve.times_h))
