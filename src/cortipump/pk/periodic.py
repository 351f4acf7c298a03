"""The repeating day: where a day must start so that it ends there, found directly.

What waits in the ways in is linear: one day from nothing gives its repeating state exactly. What is
left is one number per person, a fixed point of the map of one day, reached by the secant method
from a guess of how much a day forgets. Two compartments forget so fast that days are just repeated.
"""

from concurrent.futures import Executor
from typing import Final

import numpy as np

from cortipump.errors import SolverFailed
from cortipump.pk.absorption import between_stages
from cortipump.pk.kernel import CLEARANCE, KD_1, KD_2, LINEAR, MASS_1, MASS_2
from cortipump.pk.parameters import FloatArray
from cortipump.pk.plan import HOURS_PER_DAY, Plan
from cortipump.pk.solve import Lanes, Prepared, Want, march
from cortipump.pk.steps import Accuracy, even, measured_density

_MOST_ROUNDS: Final = 40
# How often the steps are measured again on the day that was found.
_CHECKS: Final = 2
_FLOOR: Final = 1e-9
# Chains are exact at any step: the day from nothing that only fills them may step coarsely.
_COARSE: Final = 1e-3
_MOST_KEPT: Final = 0.999
# How much smaller than the allowed error the change over a day must be.
_SHARE: Final = 0.01


def _repeating_stages(prepared: Prepared, after_a_day: FloatArray) -> FloatArray:
    """What waits at midnight, given what is left of one day's intake, shape of its rows."""
    stages = after_a_day.copy()
    for s in range(len(prepared.sources)):
        k1, k2 = prepared.source[s, 0], prepared.source[s, 1]
        first, second = stages[2 * s], stages[2 * s + 1]
        first /= -np.expm1(-k1 * HOURS_PER_DAY)
        second += between_stages(k1, k2, HOURS_PER_DAY) * first
        second /= -np.expm1(-k2 * HOURS_PER_DAY)
    return stages


def _guess(prepared: Prepared, plan: Plan) -> FloatArray:
    """The level of an even day with the same amount. [nmol/L]."""
    amount = float(((plan.sc_nmol_per_h + plan.iv_nmol_per_h) * plan.lengths_h).sum())
    amount += float(plan.event_nmol.sum())
    return np.asarray(amount / HOURS_PER_DAY / prepared.body[CLEARANCE])


def _close(new: FloatArray, old: FloatArray, change: float) -> bool:
    return bool(np.all(np.abs(new - old) <= change * np.maximum(np.abs(new), _FLOOR)))


def repeating_day(
    prepared: Prepared,
    day: Plan,
    accuracy: Accuracy,
    *,
    want: Want = "nothing",
    executor: Executor | None = None,
) -> tuple[FloatArray, Lanes]:
    """The state at midnight from which the day ends where it began, and that day.

    Parameters
    ----------
    day
        A plan of 24 h of a regimen that repeats.
    accuracy
        Of the stepped day; it closes a hundred times better.
    want
        Which levels of the day.

    Returns
    -------
    state : ndarray
        For `march`, shape (n_core + 2 n_sources, 32 n_blocks).
    levels : Lanes
        Of the day that closed.

    Raises
    ------
    SolverFailed
        M002 if it is not found in 40 rounds.
    """
    n_core = prepared.n_core
    state = prepared.empty_state()
    core = state[:n_core].copy()
    core[0] = _guess(prepared, day)
    march(prepared, day, state, even(day, _COARSE), want="nothing", executor=executor)
    stages = _repeating_stages(prepared, state[n_core:])
    state[:n_core], state[n_core:] = core, stages
    density = measured_density(prepared, day, state, accuracy)
    kept = _kept_of_a_day(prepared, core[0]) if n_core == 1 else np.zeros_like(core)
    last: tuple[FloatArray, FloatArray] | None = None
    checks = _CHECKS
    for _ in range(_MOST_ROUNDS):
        state[:n_core], state[n_core:] = core, stages
        levels = march(prepared, day, state, density, want=want, executor=executor)
        after = state[:n_core].copy()
        if _close(after, core, _SHARE * accuracy.relative):
            state[:n_core], state[n_core:] = after, stages
            finer = _finer(prepared, day, state, accuracy, density) if checks else density
            if finer is density:
                return state, levels
            density, last, checks = finer, None, checks - 1
        if last is not None and n_core == 1:
            kept = _secant(kept, core - last[0], after - last[1])
        last = core, after
        better = core + (after - core) / (1 - kept)
        core = np.where(better > 0, better, after)
    raise SolverFailed(
        "the repeating day was not found", do="report the regimen; it is a fault of cortipump"
    )


def _finer(
    prepared: Prepared, day: Plan, state: FloatArray, accuracy: Accuracy, density: FloatArray
) -> FloatArray:
    """The density itself where it is enough for the day as found, else a higher one.

    It was measured from a guess; a day that starts empty and fills at once needs shorter steps.
    """
    found = measured_density(prepared, day, state, accuracy)
    return density if np.all(found <= density) else np.maximum(found, density)


def _kept_of_a_day(prepared: Prepared, level: FloatArray) -> FloatArray:
    """About how much of a difference at one midnight is left at the next, shape (1, n)."""
    body = prepared.body
    slope = body[LINEAR] + body[MASS_1] / (body[KD_1] + level) ** 2
    slope = slope + body[MASS_2] / (body[KD_2] + level) ** 2
    return np.asarray(np.exp(-HOURS_PER_DAY * body[CLEARANCE] / slope))[None, :]


def _secant(kept: FloatArray, moved: FloatArray, answered: FloatArray) -> FloatArray:
    """The same as it was seen between two days, where they differed enough to tell."""
    seen = np.divide(answered, moved, out=kept.copy(), where=moved != 0)
    return np.where((seen >= 0) & (seen < _MOST_KEPT), seen, kept)
