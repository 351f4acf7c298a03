"""The linear model in closed form: for teaching, and as a check of the solver that steps.

``V dC/dt = input - CL C``; every way in is a chain of first-order steps. The answer to a dose is an
exponential of the chain's matrix (a sum of exponentials where its constants differ), and a regimen
is the sum over its doses and over the steps of its rates.
"""

import numpy as np
from scipy.linalg import expm

from cortipump.errors import ModelError
from cortipump.pk.absorption import FIRST, SATURABLE, source_table, sources_of
from cortipump.pk.course import IV, Course
from cortipump.pk.parameters import FloatArray, PkParameters, nmol_per_mg, people_of


def _last_of_chain(emptying: list[float], passing: list[float], hours: FloatArray) -> FloatArray:
    """What is in the last stage when one unit started in the first, shape of ``hours``."""
    n = len(emptying)
    matrix = np.diag(-np.asarray(emptying)) + np.diag(np.asarray(passing), -1)
    after = np.maximum(hours, 0.0)
    return np.asarray(np.where(hours >= 0, expm(matrix * after[:, None, None])[:, n - 1, 0], 0.0))


def chain_response(rates: list[float], hours: FloatArray) -> FloatArray:
    """What is in the last of several emptying stages after one unit entered the first.

    Parameters
    ----------
    rates
        Rate constant of each stage, in order; equal ones are allowed. [1/h]
    hours
        Since the unit entered; before it (below zero) nothing is there. [h], shape (n_times,)

    Notes
    -----
    For distinct rates ``sum_i [prod_{j<last} k_j] exp(-k_i t) / prod_{j != i} (k_j - k_i)``
    (Bateman); the matrix exponential holds for equal ones too.
    """
    return _last_of_chain(rates, rates[:-1], hours)


def chain_step(rates: list[float], hours: FloatArray) -> FloatArray:
    """The same for a steady inflow of one unit per hour that began at 0: its integral."""
    return _last_of_chain([0.0, *rates], [1.0, *rates[:-1]], hours)


def _volume(person: PkParameters) -> float:
    bound = person.vpl_l and (person.site1_capacity_nmol_per_l or person.site2_capacity_nmol_per_l)
    if bound or person.q_l_per_h or person.absorption_max_nmol_per_h:
        raise ModelError(
            f"model {person.model} is not linear in its amounts: it has no closed form",
            do="use the solver, or a model such as L",
        )
    return person.vt_l + person.vpl_l * (1 + person.nonspecific_ratio)


def closed_form(course: Course, person: PkParameters, times_h: FloatArray) -> FloatArray:
    """Levels from nothing on, without stepping: total cortisol of L, unbound cortisol of P.

    Parameters
    ----------
    course
        From `pk.course.lay_out`.
    person
        Of a set that is linear in its amounts.
    times_h
        Any times. [h], shape (n_times,)

    Returns
    -------
    ndarray
        Without the baseline, shape (n_times,). [nmol/L]

    Raises
    ------
    ModelError
        M001 for a set whose bound pool carries mass, or whose absorption saturates.
    """
    volume = _volume(person)
    out = person.clu_l_per_h / volume
    sources = sources_of([course], person)
    table = source_table(sources, people_of(person))[:, :, 0]
    index = {source.form: s for s, source in enumerate(sources)}
    amount = np.zeros_like(times_h)
    for given in course.given:
        if given.form == IV:
            amount += given.mg * chain_response([out], times_h - given.at_h)
            continue
        s = index[given.form]
        k1, k2, f = table[s]
        stage = sources[s].starts_in
        assert stage != SATURABLE  # `_volume` refuses such persons
        rates = [k1, k2, out] if stage == FIRST else [k2, out]
        amount += f * given.mg * chain_response(rates, times_h - given.at_h - sources[s].lag_h)
    sc = iv = 0.0
    for stretch in course.stretches:
        since = times_h - stretch.from_h
        if stretch.sc_mg_per_h != sc:
            k1, k2, f = table[0]
            amount += f * (stretch.sc_mg_per_h - sc) * chain_step([k1, k2, out], since)
        amount += (stretch.iv_mg_per_h - iv) * chain_step([out], since)
        sc, iv = stretch.sc_mg_per_h, stretch.iv_mg_per_h
    return np.asarray(amount * nmol_per_mg() / volume)
