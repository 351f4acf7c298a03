"""Published experiments under a model: what was given becomes a curve, and the curve a figure.

For one person (to 1e-8) or for many at once (to 1e-5), through the public functions of `pk`.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from msgspec import Struct
from scipy.integrate import simpson

from cortipump.knowledge.validation import Given, Measure
from cortipump.pk import simulate
from cortipump.pk.intake import BasalProgram, Injection, IvBolus, OralDose
from cortipump.pk.parameters import FloatArray, People, PkParameters, nmol_per_mg
from cortipump.pk.regimen import Regimen

# Minutes between levels, and until which hour: finest where a curve turns.
_GRID: Final = ((0.5, 0.5), (1.5, 3.0), (4.0, 8.0), (10.0, 24.0), (20.0, 96.0))
_DAY_EVERY_MIN: Final = 4.0


class Curves(Struct, frozen=True, eq=False):
    """Levels of one or many people after one thing given.

    Attributes
    ----------
    times_h
        Shape (n_times,). [h]
    total, unbound
        Shape (n_people, n_times); unbound None where nothing asked for it. [nmol/L]
    nmol
        What was given, in all or in a day. [nmol]
    """

    times_h: FloatArray
    total: FloatArray
    unbound: FloatArray | None
    nmol: float


def regimen_of(given: Given) -> Regimen:
    """The same in the words of the model."""
    if given.route == "pump":
        return Regimen(basal=BasalProgram.from_starts(_pairs(given)))
    if given.route == "oral-day":
        return Regimen(tuple(OralDose(at, mg) for at, mg in _pairs(given)))
    if given.route == "oral":
        return Regimen((OralDose(0, given.mg, given.product, day=0),))
    if given.route == "iv":
        return Regimen((IvBolus(0, given.mg, day=0),))
    return Regimen((Injection(0, given.mg, given.route, day=0),))


def _pairs(given: Given) -> list[tuple[int, float]]:
    return list(zip(given.times_min, given.amounts, strict=True))


def grid(hours: float) -> FloatArray:
    """Times in hours of a single dose's levels, an even number of gaps in each part."""
    parts: list[FloatArray] = [np.zeros(1)]
    begins = 0.0
    for every_min, until in _GRID:
        ends = min(until, hours)
        if ends <= begins:
            break
        gaps = 2 * max(1, round((ends - begins) * 30 / every_min))
        parts.append(np.linspace(begins, ends, gaps + 1)[1:])
        begins = ends
    return np.asarray(np.round(np.concatenate(parts), 9), dtype=np.float64)


def _scenario(given: Given) -> tuple[simulate.Scenario, FloatArray, float]:
    regimen = regimen_of(given)
    if given.is_day:
        times = simulate.even_times(24.0, _DAY_EVERY_MIN)
        return simulate.repeating(regimen), times, regimen.daily_mg * nmol_per_mg()
    scenario = simulate.from_nothing(regimen, given.hours)
    return scenario, grid(given.hours), given.mg * nmol_per_mg()


def curves_of_person(given: Given, person: PkParameters) -> Curves:
    """One person's, exact."""
    scenario, times, nmol = _scenario(given)
    curve = simulate.solve_person(scenario, person, times_h=times)
    unbound = curve.unbound_nmol_per_l
    return Curves(
        times, curve.total_nmol_per_l[None], None if unbound is None else unbound[None], nmol
    )


def curves_of_people(given: Given, people: People) -> Curves:
    """Many people's total cortisol."""
    scenario, times, nmol = _scenario(given)
    crowd = simulate.solve_people(scenario, people, times_h=times, want="total")
    return Curves(times, crowd.total_nmol_per_l, None, nmol)


def _area(curves: Curves) -> FloatArray:
    return np.asarray(simpson(curves.total, x=curves.times_h, axis=1))


def _unbound_area(curves: Curves) -> FloatArray:
    if curves.unbound is None:
        raise ValueError("unbound cortisol was not simulated")
    return np.asarray(simpson(curves.unbound, x=curves.times_h, axis=1))


def _peak(curves: Curves) -> tuple[FloatArray, FloatArray]:
    """Height and time of the highest level, on a parabola through it and its neighbours."""
    total, times = curves.total, curves.times_h
    top = np.argmax(total, axis=1)
    middle = np.clip(top, 1, times.size - 2)
    rows = np.arange(total.shape[0])
    y0, y1, y2 = (total[rows, middle + i] for i in (-1, 0, 1))
    left, right = times[middle] - times[middle - 1], times[middle + 1] - times[middle]
    rise, fall = (y1 - y0) / left, (y2 - y1) / right
    bend = np.minimum((fall - rise) / (left + right), -1e-300)
    slope = (rise * right + fall * left) / (left + right)
    shift = np.where(top == middle, np.clip(-slope / (2 * bend), -left, right), 0.0)
    height = np.where(top == middle, y1 + slope * shift + bend * shift**2, total[rows, top])
    return height, np.where(top == middle, times[middle] + shift, times[top])


def _at(curves: Curves, hours: FloatArray) -> FloatArray:
    """Logarithm of the level at some hours, between neighbours on the logarithm's line."""
    times = curves.times_h
    right = np.clip(np.searchsorted(times, hours - 1e-9), 1, times.size - 1)
    share = (hours - times[right - 1]) / (times[right] - times[right - 1])
    low, high = (np.log(curves.total[:, i]) for i in (right - 1, right))
    return np.asarray(low + share * (high - low))


def _line(curves: Curves, measure: Measure) -> tuple[FloatArray, FloatArray]:
    """Rate constant and level at zero of the straight line through the logarithms."""
    n = round((measure.until_h - measure.from_h) / measure.every_h)
    hours = measure.from_h + measure.every_h * np.arange(n + 1, dtype=np.float64)
    logs = _at(curves, hours)
    off = hours - hours.mean()
    slope = logs @ off / (off @ off)
    return -slope, np.exp(logs.mean(axis=1) - slope * hours.mean())


def _mono_volume(curves: Curves, measure: Measure) -> FloatArray:
    return np.asarray(curves.nmol / _line(curves, measure)[1])


def _mono_clearance(curves: Curves, measure: Measure) -> FloatArray:
    rate, start = _line(curves, measure)
    return np.asarray(curves.nmol / start * rate)


def _hours_to(curves: Curves, measure: Measure) -> FloatArray:
    """When the level is first reached; infinite if never."""
    total, times, level = curves.total, curves.times_h, measure.above_nmol_per_l
    reached = total >= level
    first = np.argmax(reached, axis=1)
    rows, after = np.arange(total.shape[0]), np.maximum(first, 1)
    low, high = total[rows, after - 1], total[rows, after]
    share = np.divide(level - low, high - low, out=np.zeros_like(low), where=high != low)
    when = times[after - 1] + share * (times[after] - times[after - 1])
    return np.asarray(np.where(reached.any(axis=1), when, np.inf))


def _steady_volume(curves: Curves) -> FloatArray:
    """Dose times first moment over area squared, as non-compartmental analysis has it."""
    moment = simpson(curves.total * curves.times_h, x=curves.times_h, axis=1)
    return np.asarray(curves.nmol * moment / _area(curves) ** 2)


_READ: Final[dict[str, Callable[[Curves, Measure], FloatArray]]] = {
    "cmax": lambda c, _: _peak(c)[0],
    "tmax_h": lambda c, _: _peak(c)[1],
    "auc": lambda c, _: _area(c),
    "mean": lambda c, _: _area(c) / c.times_h[-1],
    "level": lambda c, m: np.exp(_at(c, np.array([m.at_h]))[:, 0]),
    "clearance": lambda c, _: c.nmol / _area(c),
    "half_life_h": lambda c, m: np.log(2) / _line(c, m)[0],
    "vss": lambda c, _: _steady_volume(c),
    "mono_clearance": _mono_clearance,
    "mono_volume": _mono_volume,
    "hours_to": _hours_to,
    "unbound_auc": lambda c, _: _unbound_area(c),
    "unbound_share": lambda c, _: _unbound_area(c) / _area(c),
}


def read_off(curves: Curves, measure: Measure) -> FloatArray:
    """One figure of every curve, in its own unit.

    Parameters
    ----------
    curves
        From `curves_of_person` or `curves_of_people`.

    Returns
    -------
    ndarray
        Shape (n_people,).
    """
    with np.errstate(divide="ignore"):
        return _READ[measure.quantity](curves, measure)
