"""The healthy reference day: serum total cortisol of a group, as a band with its source.

Construction. Only the height and the time of peak and nadir are published as numbers with a spread
(Debono 2009, 33 people); the way between them is the median rhythm of free cortisol in tissue fluid
(Upton 2023, 186 people). The hourly medians are joined on a log scale by a monotone periodic
spline, turned into total cortisol by the binding of set D at the mean that gives the published
peak, moved in time so that peak and nadir fall on their published times, and stretched between the
published heights. The band is the same shape between the published limits of nadir and peak (mean
plus and minus 2 SD); between these two anchors nobody has published a spread.

It is what a group of healthy people had: never "normal for you", and no target (SAFETY S3).
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from cortipump.knowledge.rhythm import Rhythm, rhythm
from cortipump.pk.binding import Binding, binding_of, total_from_unbound, unbound_from_total
from cortipump.pk.parameters import FloatArray, nmol_per_mg, typical

_DAY_H: Final = 24.0
_MIN_PER_H: Final = 60.0
_FINE_H: Final = 1 / 60
_HIGHEST_MEAN: Final = 1000.0


@dataclass(frozen=True, slots=True)
class HealthyDay:
    """Serum total cortisol of healthy people over a clock day, CBG ratio 1.

    Attributes
    ----------
    times_h
        Clock hours, 0 up to but not 24, shape (n,).
    total_nmol_per_l, low_nmol_per_l, high_nmol_per_l
        The middle, and the limits of about 95 % at peak and nadir, shape (n,).
    unbound_nmol_per_l
        The middle as unbound cortisol on the binding of the set that is named, shape (n,).
    says
        What it is, of whom, and from where.
    """

    times_h: FloatArray
    total_nmol_per_l: FloatArray
    low_nmol_per_l: FloatArray
    high_nmol_per_l: FloatArray
    unbound_nmol_per_l: FloatArray
    says: str


def healthy_day(every_min: int = 10, model: str = "D") -> HealthyDay:
    """The reference day at every so many minutes from midnight on.

    Parameters
    ----------
    every_min
        A divisor of 1440. [min]
    model
        Parameter set whose binding turns total into unbound cortisol.
    """
    times_h = np.arange(0.0, _DAY_H, every_min / _MIN_PER_H)
    share = _share_at(times_h)
    anchors = rhythm().anchors
    middle, low, high = (
        anchors[f"nadir{kind}_nmol_per_l"].value * (1 - share)
        + anchors[f"peak{kind}_nmol_per_l"].value * share
        for kind in ("", "_low", "_high")
    )
    free = unbound_from_total(middle, binding_of(typical(model)))
    return HealthyDay(times_h, middle, low, high, free, _says(rhythm(), model))


def _says(known: Rhythm, model: str) -> str:
    n = int(known.anchors["n_people"].value)
    return (
        f"healthy reference: serum total cortisol of {n} people (Debono 2009), peak and nadir as "
        f"published with their 95 % limits, the way between them after the free cortisol of "
        f"{known.shape.n_people} people (Upton 2023) on the binding of set {model}"
    )


def _share_at(times_h: FloatArray) -> FloatArray:
    """How far from nadir (0) to peak (1) the day is at clock hours, shape of ``times_h``."""
    fine_h, shape = _shape()
    peak_h, nadir_h = fine_h[shape.argmax()], fine_h[shape.argmin()]
    anchors = rhythm().anchors
    moved = _moved(
        times_h, np.array([anchors["nadir_min"].value, anchors["peak_min"].value]) / _MIN_PER_H,
        np.array([nadir_h, peak_h]),
    )  # fmt: skip
    level = np.interp(moved % _DAY_H, fine_h, shape, period=_DAY_H)
    return np.asarray((level - shape.min()) / (shape.max() - shape.min()))


def _moved(times_h: FloatArray, at_h: FloatArray, from_h: FloatArray) -> FloatArray:
    """The hours of the measured rhythm that stand for clock hours; smooth, never backwards."""
    days = np.arange(-1, 3) * _DAY_H
    knots = (days[:, None] + at_h).ravel()
    values = (days[:, None] + from_h).ravel()
    return np.asarray(PchipInterpolator(knots, values)(times_h))


@cache
def _shape() -> tuple[FloatArray, FloatArray]:
    """The median rhythm as total cortisol, minute by minute, scaled to the published peak."""
    hourly = np.log(np.array(rhythm().shape.relative_free))
    middle_h = np.arange(_DAY_H) + 0.5
    days = np.arange(-1, 2) * _DAY_H
    spline = PchipInterpolator((days[:, None] + middle_h).ravel(), np.tile(hourly, 3))
    fine_h = np.arange(0.0, _DAY_H, _FINE_H)
    relative = np.exp(np.asarray(spline(fine_h)))
    binding = binding_of(typical("D"))
    peak = rhythm().anchors["peak_nmol_per_l"].value
    mean = brentq(lambda m: _peak_of(m * relative.max(), binding) - peak, 0.0, _HIGHEST_MEAN)
    return fine_h, total_from_unbound(mean * relative, binding)


def _peak_of(unbound: float, binding: Binding) -> float:
    return float(total_from_unbound(np.asarray(unbound), binding))


# -- the check: what secretion the day implies ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Implied:
    """The secretion that keeps a person of one set on the reference day.

    Attributes
    ----------
    mg_per_day
        At 70 kg. [mg]
    shares
        Of the clock spans of `knowledge.rhythm`, adding up to 1.
    least_mg_per_h
        Below zero the day could not be followed by giving cortisol. [mg/h]
    """

    mg_per_day: float
    shares: tuple[float, ...]
    least_mg_per_h: float


def implied_secretion(model: str = "D") -> Implied:
    """Mass balance of a set on the reference day: input = change of amount + clearance."""
    who = typical(model)
    day = healthy_day(every_min=1, model=model)
    amount = who.vpl_l * day.total_nmol_per_l + who.vt_l * day.unbound_nmol_per_l
    cleared = who.clu_l_per_h * day.unbound_nmol_per_l
    return _implied(amount, cleared, day.times_h)


def implied_by_half_life() -> tuple[float, ...]:
    """Shares as the published deconvolution has them: total cortisol, one half-life."""
    day = healthy_day(every_min=1)
    rate_per_h = np.log(2) * _MIN_PER_H / rhythm().secretion.half_life_min
    total = day.total_nmol_per_l
    return _implied(total, rate_per_h * total, day.times_h).shares


def _implied(amount: FloatArray, cleared: FloatArray, times_h: FloatArray) -> Implied:
    change = (np.roll(amount, -1) - np.roll(amount, 1)) / (2 * _FINE_H)
    rate = change + cleared
    starts = rhythm().secretion.starts_h
    ends = (*starts[1:], starts[0])
    shares = tuple(
        float(rate[_between(times_h, a, b)].sum() / rate.sum())
        for a, b in zip(starts, ends, strict=True)
    )
    per_mg = nmol_per_mg()
    return Implied(float(rate.mean() * _DAY_H / per_mg), shares, float(rate.min() / per_mg))


def _between(times_h: FloatArray, start: int, end: int) -> NDArray[np.bool_]:
    if start < end:
        return (times_h >= start) & (times_h < end)
    return (times_h >= start) | (times_h < end)
