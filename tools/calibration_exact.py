"""The check of the calibration's one approximation: studies integrated out exactly, by
quadrature.

For a few draws from the posterior, each study's own clearance and volume run over Gauss-Hermite
nodes around where the line puts them, every node simulated. The ratio of the two likelihoods
reweighs the draws: if the medians stay, the line was good enough.
"""

from typing import Final

import numpy as np
from scipy.special import logsumexp

from cortipump.pk.parameters import FloatArray
from tools.calibration_model import N_BODY, Problem

_NODES: Final = 5


def _nodes() -> tuple[FloatArray, FloatArray]:
    """Points of the plane and logarithms of their weights, for the standard normal."""
    x, w = np.polynomial.hermite_e.hermegauss(_NODES)
    first, second = np.meshgrid(x, x, indexing="ij")
    weights = np.outer(w, w).ravel() / (2 * np.pi)
    return np.stack([first.ravel(), second.ravel()], axis=1), np.log(weights)


def _study(
    problem: Problem, draw: FloatArray, off: FloatArray, slopes: FloatArray, block: slice
) -> float:
    """Exact over approximate likelihood of one study under one draw, as a logarithm."""
    spread = np.abs(draw[N_BODY:])
    variance = problem.log_se[block] ** 2 + spread[2] ** 2
    loads = slopes[block] * spread[:2]
    precision = np.eye(2) + (loads / variance[:, None]).T @ loads
    covariance = np.linalg.inv(precision)
    middle = covariance @ (loads.T @ (off[block] / variance))
    nodes, log_weights = _nodes()
    root = np.linalg.cholesky(covariance)
    own = middle + nodes @ root.T
    body = np.repeat(draw[None, :N_BODY], own.shape[0], axis=0)
    body[:, :2] += own * spread[:2]
    residual = problem.log_centre[block] - problem.figures(body)[:, block]
    linear = off[block] - own @ loads.T
    # At each node: what is integrated, over what the line would have there.
    gain = -0.5 * np.sum((residual**2 - linear**2) / variance, axis=1)
    return float(logsumexp(gain + log_weights))


def log_ratio(problem: Problem, draws: FloatArray) -> FloatArray:
    """Exact likelihood over the approximate one for each draw, as a logarithm, shape (n,)."""
    figures, slopes = problem.expand(draws)
    alone = [Problem((study,), base=problem.base) for study in problem.studies]
    out = np.zeros(draws.shape[0])
    for i, draw in enumerate(draws):
        for study, block in zip(alone, problem.blocks, strict=True):
            off = problem.log_centre[block] - figures[i, block]
            out[i] += _study(study, draw, off, slopes[i, block], slice(None))
    return out
