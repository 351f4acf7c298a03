"""The second, independent solver: SciPy on amounts, between events. Slow, exact, for one person.

It shares the laid-out course and the parameters with the fast solver and nothing else: no plan, no
exact chains, no slope of the binding; unbound cortisol is found from the amount at every step.
"""

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from cortipump.errors import SolverFailed
from cortipump.pk.absorption import FIRST, SATURABLE, Source, source_table, sources_of
from cortipump.pk.course import IV, Course
from cortipump.pk.parameters import FloatArray, PkParameters, nmol_per_mg, people_of

# Absolute tolerance on amounts: a thousandth of what 1e-4 nmol/L is in the body.
_ABSOLUTE_NMOL: Final = 1e-8
# How much narrower than the amount the level inside is found.
_LEVEL_RTOL: Final = 8.9e-16 * 4


def total_of(unbound: float, p: PkParameters) -> float:
    """Total cortisol without baseline, written out from the definition. [nmol/L]."""
    one = p.site1_capacity_nmol_per_l * unbound / (p.site1_kd_nmol_per_l + unbound)
    two = p.site2_capacity_nmol_per_l * unbound / (p.site2_kd_nmol_per_l + unbound)
    return unbound * (1 + p.nonspecific_ratio) + one + two


def _level(amount: float, p: PkParameters) -> float:
    """Unbound cortisol that a central amount stands for, by bracketing. [nmol/L]."""
    if amount <= 0:
        return amount / (p.vt_l + p.vpl_l * (total_of(1e-9, p) / 1e-9))
    most = amount / (p.vt_l + p.vpl_l * (1 + p.nonspecific_ratio))

    def off(unbound: float) -> float:
        return p.vpl_l * total_of(unbound, p) + p.vt_l * unbound - amount

    return float(brentq(off, 0.0, most * (1 + 1e-12), xtol=1e-18, rtol=_LEVEL_RTOL))


def _slopes(
    p: PkParameters, table: FloatArray, sc: float, iv: float
) -> Callable[[float, FloatArray], FloatArray]:
    """Rates of change of the amounts: central, second, saturable, then two of each source."""
    n = table.shape[0]

    def rates(_: float, y: FloatArray) -> FloatArray:
        out = np.zeros_like(y)
        u = _level(y[0], p)
        over = p.q_l_per_h * (u - y[1] / p.vp_l) if p.vp_l else 0.0
        waits = p.absorption_max_nmol_per_h * y[2] / (p.absorption_km_nmol + y[2])
        out[0] = iv + waits - p.clu_l_per_h * u - over
        out[1], out[2] = over, -waits
        for s in range(n):
            k1, k2, f = table[s]
            first, second = y[3 + 2 * s], y[4 + 2 * s]
            out[3 + 2 * s] = (sc * f if s == 0 else 0.0) - k1 * first
            out[4 + 2 * s] = k1 * first - k2 * second
            out[0] += k2 * second
        return out

    return rates


def _give(y: FloatArray, course: Course, at_h: float, sources: tuple[Source, ...],
          table: FloatArray) -> None:  # fmt: skip
    index = {source.form: s for s, source in enumerate(sources)}
    for given in course.given:
        lag_h = 0.0 if given.form == IV else sources[index[given.form]].lag_h
        if abs(given.at_h + lag_h - at_h) > 1e-10:
            continue
        nmol = given.mg * nmol_per_mg()
        if given.form == IV:
            y[0] += nmol
            continue
        s = index[given.form]
        nmol *= table[s, 2]
        stage = sources[s].starts_in
        y[2 if stage == SATURABLE else 3 + 2 * s + (stage != FIRST)] += nmol


def _nodes(course: Course, times_h: FloatArray, sources: tuple[Source, ...]) -> FloatArray:
    lags = {source.form: source.lag_h for source in sources}
    given = [g.at_h + lags.get(g.form, 0.0) for g in course.given]
    edges = {0.0, *(s.from_h for s in course.stretches), *given, *map(float, times_h)}
    return np.array(sorted(round(e, 9) for e in edges if e <= times_h[-1]))


def solve_reference(
    course: Course,
    person: PkParameters,
    times_h: FloatArray,
    *,
    method: Literal["DOP853", "LSODA"] = "DOP853",
    rtol: float = 1e-10,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Levels from nothing on, and the amounts at the end.

    Parameters
    ----------
    course
        From `pk.course.lay_out`.
    times_h
        Wanted times, increasing from 0 on. [h]
    method
        ``DOP853`` or ``LSODA``.

    Returns
    -------
    unbound, total : ndarray
        Shape (n_times,). [nmol/L]
    amounts : ndarray
        At the last time: central, second compartment, saturable step, then two stages of every
        way in. [nmol]

    Raises
    ------
    SolverFailed
        M002 if SciPy gives up.
    """
    sources = sources_of([course], person)
    table = source_table(sources, people_of(person))[:, :, 0]
    y = np.zeros(3 + 2 * len(sources))
    nodes = _nodes(course, times_h, sources)
    unbound, per_mg = np.empty(len(times_h)), nmol_per_mg()
    rows = {round(float(t), 9): i for i, t in enumerate(times_h)}
    for i, at_h in enumerate(nodes):
        _give(y, course, at_h, sources, table)
        if float(at_h) in rows:
            unbound[rows[float(at_h)]] = _level(y[0], person)
        if i + 1 == nodes.size:
            break
        now = [s for s in course.stretches if s.from_h <= at_h + 1e-10][-1]
        rates = _slopes(person, table, now.sc_mg_per_h * per_mg, now.iv_mg_per_h * per_mg)
        ran = solve_ivp(
            rates,
            (float(at_h), float(nodes[i + 1])),
            y,
            method=method,
            rtol=rtol,
            atol=_ABSOLUTE_NMOL,
        )
        if not ran.success:
            raise SolverFailed(f"the reference solver stopped: {ran.message}")
        y = ran.y[:, -1].copy()
    total = np.array([total_of(float(u), person) for u in unbound])
    return unbound, total + person.baseline_total_nmol_per_l, y
