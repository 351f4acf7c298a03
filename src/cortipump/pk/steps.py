"""How short steps must be, measured: the same people with steps of half the length.

Every piece of a plan gets its own density, so that the minute after an injection is cut finely and
a quiet night is not. Measured on a few whole blocks of people, from the slowest to the fastest.
"""

from typing import Final

import numpy as np
from msgspec import Struct, structs

from cortipump.errors import SolverFailed
from cortipump.pk.kernel import FASTEST, LANES
from cortipump.pk.parameters import FloatArray
from cortipump.pk.plan import Plan
from cortipump.pk.solve import Prepared, march

_FIRST: Final = 2.0
_TRIES: Final = 12
_FEWEST_BLOCKS, _SAMPLED_BLOCKS = 3, 6
# Share of the allowed error to aim at, and by how much a density may grow at a time.
_SHARE: Final = 0.7
_QUICKEST: Final = 8.0
_CLIFF: Final = 4.0
# More in one piece is a question that has no answer in a reasonable time.
_MOST_STEPS: Final = 1e6
# Errors of a method of order four fall sixteenfold with half the step.
_FALL: Final = 16


class Accuracy(Struct, frozen=True):
    """How exact a solution must be: error over the larger of level and floor.

    Attributes
    ----------
    relative
        Largest allowed error.
    floor_nmol_per_l
        Below it, the error is compared with this level of total cortisol. [nmol/L]
    """

    relative: float
    floor_nmol_per_l: float


# For one person, and for many (DESIGN.md: two solvers within 1e-6; a population within 1e-5).
EXACT: Final = Accuracy(1e-8, 1e-4)
POPULATION: Final = Accuracy(3e-6, 1.0)


def even(plan: Plan, density: float) -> FloatArray:
    """The same density for every piece, shape (n_pieces,)."""
    return np.full(plan.lengths_h.size, density)


def _sample(prepared: Prepared, state: FloatArray) -> tuple[Prepared, FloatArray]:
    """A few whole blocks from slow to fast, as people of their own."""
    n = prepared.n_blocks
    sampled = min(_SAMPLED_BLOCKS, max(_FEWEST_BLOCKS, n // 8))
    if n <= sampled:
        return prepared, state
    blocks = np.linspace(0, n - 1, sampled).astype(np.int64)
    columns = (blocks[:, None] * LANES + np.arange(LANES)).ravel()
    fewer = structs.replace(
        prepared, body=np.ascontiguousarray(prepared.body[:, columns]),
        source=np.ascontiguousarray(prepared.source[:, :, columns]),
        place=np.arange(columns.size),
    )  # fmt: skip
    return fewer, np.ascontiguousarray(state[:, columns])


def measured_density(
    prepared: Prepared, plan: Plan, state: FloatArray, accuracy: Accuracy
) -> FloatArray:
    """Steps per time of the fastest rate that keep every node within the allowed error.

    Parameters
    ----------
    state
        Where the plan starts; not changed.

    Returns
    -------
    ndarray
        For `march`, shape (n_pieces,).

    Raises
    ------
    SolverFailed
        M002 if no number of steps reaches the accuracy.
    """
    few, start = _sample(prepared, state)
    everywhere = structs.replace(
        plan, out_row=np.arange(plan.nodes_h.size), n_out=plan.nodes_h.size
    )  # fmt: skip
    density = even(plan, _FIRST)
    single = 1 / (plan.lengths_h * few.body[FASTEST].max())
    for tried in range(_TRIES):
        errors = _errors(few, everywhere, start, density, accuracy)
        if not np.isfinite(errors).all():
            density = density * 2
            continue
        if errors.max() <= accuracy.relative:
            return density
        # A piece of one step has a density of its own, however little was asked for. What a piece
        # adds may hide (in a second compartment, behind a fading error): all follow, more slowly.
        factor = _factor(errors, accuracy.relative)
        density = np.where(factor > 1, np.maximum(density, single) * factor, density)
        density = np.maximum(_without_cliffs(density), _FIRST * 2 ** (tried / 2))
        if (density * plan.lengths_h).max() * few.body[FASTEST].max() > _MOST_STEPS:
            break
    raise SolverFailed(
        f"no step was small enough for a relative error of {accuracy.relative:g}",
        do="report the regimen; it is a fault of cortipump",
    )


def _errors(
    few: Prepared, plan: Plan, start: FloatArray, density: FloatArray, accuracy: Accuracy
) -> FloatArray:
    """Error over the larger of level and floor at each node, shape (n_blocks, n_nodes, 32)."""
    coarse = march(few, plan, start.copy(), density, want="total").total
    fine = march(few, plan, start.copy(), density, want="total", multiple=2).total
    level = np.maximum(np.abs(fine), accuracy.floor_nmol_per_l)
    return np.abs(fine - coarse) / level * (_FALL / (_FALL - 1))


def _factor(errors: FloatArray, allowed: float) -> FloatArray:
    """What each piece's density is to be multiplied by, in steps of half an octave, at least 1.

    A piece adds what the error grows by across it. Errors fade, so that all pieces together may add
    more than is allowed at any one node; in what proportion is seen from the errors themselves.
    """
    grown = np.maximum(np.diff(errors, axis=1), 0.0).max(axis=(0, 2))
    budget = _SHARE * allowed * grown.sum() / errors.max()
    factor = np.maximum((grown / _even_limit(grown, budget)) ** 0.25, 1.0)
    return np.asarray(np.minimum(np.exp2(np.ceil(np.log2(factor) * 2 - 1e-9) / 2), _QUICKEST))


def _without_cliffs(density: FloatArray) -> FloatArray:
    """No piece is cut more than four times as coarsely as one beside it."""
    smooth = density.copy()
    for i in range(1, smooth.size):
        smooth[i] = max(smooth[i], smooth[i - 1] / _CLIFF)
    for i in range(smooth.size - 2, -1, -1):
        smooth[i] = max(smooth[i], smooth[i + 1] / _CLIFF)
    return smooth


def _even_limit(grown: FloatArray, budget: float) -> float:
    """The limit at which cutting every larger value to it leaves ``budget`` in all."""
    ordered = np.sort(grown)
    below = np.concatenate([[0.0], np.cumsum(ordered)[:-1]])
    limits = (budget - below) / np.arange(ordered.size, 0, -1)
    return float(limits[np.argmax(limits <= ordered)])
