"""What a curve says in a few numbers: mean, peak, trough, area, time under a level, washout.

Pure functions of times and levels; between two levels the curve is taken as straight.
"""

from typing import Final

import numpy as np
from msgspec import Struct

from cortipump.errors import ModelError
from cortipump.pk.curve import Curve
from cortipump.pk.parameters import FloatArray

_DAY_H: Final = 24.0
# The night whose lowest level is told, unless asked otherwise.
NIGHT_FROM_H, NIGHT_UNTIL_H = 22.0, 6.0


class At(Struct, frozen=True):
    """A level and when it is. [h since the first midnight], [nmol/L]."""

    time_h: float
    nmol_per_l: float


class Summary(Struct, frozen=True, kw_only=True):
    """One curve in numbers; total cortisol unless unbound is said.

    Attributes
    ----------
    mean_unbound_nmol_per_l, auc_unbound_nmol_h_per_l
        None where the model knows no unbound cortisol.
    night_minimum
        Lowest level between 22:00 and 06:00.
    under_50_h, under_100_h
        Hours below 50 and 100 nmol/L.
    """

    peak: At
    trough: At
    night_minimum: At
    mean_total_nmol_per_l: float
    mean_unbound_nmol_per_l: float | None
    auc_total_nmol_h_per_l: float
    auc_unbound_nmol_h_per_l: float | None
    under_50_h: float
    under_100_h: float


def area(times_h: FloatArray, levels: FloatArray) -> FloatArray:
    """Area under the curve along the last axis. [nmol h/L]."""
    return np.asarray(np.trapezoid(levels, times_h, axis=-1))


def mean_level(times_h: FloatArray, levels: FloatArray) -> FloatArray:
    """Mean over time along the last axis. [nmol/L]."""
    return np.asarray(area(times_h, levels) / (times_h[-1] - times_h[0]))


def peak(times_h: FloatArray, levels: FloatArray) -> At:
    """The highest of the levels, and when it comes first."""
    i = int(levels.argmax())
    return At(float(times_h[i]), float(levels[i]))


def trough(times_h: FloatArray, levels: FloatArray) -> At:
    """The lowest of the levels, and when it comes first."""
    i = int(levels.argmin())
    return At(float(times_h[i]), float(levels[i]))


def night_minimum(
    times_h: FloatArray,
    levels: FloatArray,
    from_h: float = NIGHT_FROM_H,
    until_h: float = NIGHT_UNTIL_H,
) -> At:
    """The lowest of the levels between two clock times, over midnight where the first is later.

    Raises
    ------
    ModelError
        M001 if no level lies there.
    """
    clock = times_h % _DAY_H
    inside = (clock >= from_h) | (clock <= until_h)
    if from_h <= until_h:
        inside = (clock >= from_h) & (clock <= until_h)
    if not inside.any():
        raise ModelError(f"the curve has no level between {from_h:g} h and {until_h:g} h")
    return trough(times_h[inside], levels[inside])


def time_below(times_h: FloatArray, levels: FloatArray, limit: float) -> FloatArray:
    """Hours below a level, crossings between two levels included, along the last axis.

    Parameters
    ----------
    times_h
        Increasing, shape (n_times,). [h]
    levels
        Shape (..., n_times), in the unit of ``limit``.
    """
    start, end = levels[..., :-1] - limit, levels[..., 1:] - limit
    change = end - start
    crossing = np.divide(-start, change, out=np.zeros_like(change), where=change != 0)
    share = np.where(start < 0, np.where(end < 0, 1.0, crossing), 0.0)
    share = np.where((start >= 0) & (end < 0), 1 - crossing, share)
    return np.asarray((share * np.diff(times_h)).sum(axis=-1))


def hours_until_below(
    times_h: FloatArray, levels: FloatArray, limit: float, since_h: float
) -> FloatArray:
    """Hours from a moment until the level is below a limit and stays there to the end.

    Parameters
    ----------
    levels
        Shape (..., n_times).
    since_h
        One of the times. [h]

    Returns
    -------
    ndarray
        Shape (...); 0 where it is below all the time, infinite where it is not at the end.

    Notes
    -----
    The crossing is found on the logarithm of the level: what is washed out falls as an exponential.
    """
    from_ = int(np.searchsorted(times_h, since_h - 1e-9))
    times, after = times_h[from_:], levels[..., from_:]
    reached = after >= limit
    n = times.size
    last = n - 1 - np.argmax(reached[..., ::-1], axis=-1)
    never_above, never_below = ~reached.any(axis=-1), last == n - 1
    a = np.take_along_axis(after, last[..., None], axis=-1)[..., 0]
    following = np.minimum(last + 1, n - 1)
    b = np.take_along_axis(after, following[..., None], axis=-1)[..., 0]
    fall = np.log(np.maximum(a, 1e-12)) - np.log(np.maximum(b, 1e-12))
    part = np.log(np.maximum(a, 1e-12) / limit)
    share = np.divide(part, fall, out=np.zeros_like(fall), where=fall > 0)
    found = times[last] + share * (times[following] - times[last]) - times[0]
    return np.where(never_above, 0.0, np.where(never_below, np.inf, found))


def summarise(curve: Curve) -> Summary:
    """One curve in numbers."""
    times, total, unbound = curve.times_h, curve.total_nmol_per_l, curve.unbound_nmol_per_l
    # The last level of a repeating day is the first one again.
    end = -1 if curve.repeats else None
    return Summary(
        peak=peak(times[:end], total[:end]), trough=trough(times[:end], total[:end]),
        night_minimum=night_minimum(times[:end], total[:end]),
        mean_total_nmol_per_l=float(mean_level(times, total)),
        mean_unbound_nmol_per_l=None if unbound is None else float(mean_level(times, unbound)),
        auc_total_nmol_h_per_l=float(area(times, total)),
        auc_unbound_nmol_h_per_l=None if unbound is None else float(area(times, unbound)),
        under_50_h=float(time_below(times, total, 50.0)),
        under_100_h=float(time_below(times, total, 100.0)),
    )  # fmt: skip
