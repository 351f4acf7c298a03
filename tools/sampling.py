"""Draws from a posterior by importance: a heavy-tailed proposal, moved round by round, then
weighed.

The last round alone counts; its largest weights are smoothed by a generalised Pareto tail, whose
shape k says whether the draws can be trusted (below 0.7; Vehtari and others, 2024).
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import gammaln

from cortipump.pk.parameters import FloatArray

_FREEDOM: Final = 6.0
# A round's weights are flattened until this share of its draws is worth something.
_LEAST_SHARE: Final = 0.05
# The proposal is a little wider than what it has learnt.
_WIDER: Final = 1.2


class Draws(Struct, frozen=True, eq=False):
    """Weighted draws.

    Attributes
    ----------
    values
        Shape (n, n_parameters).
    weights
        Shape (n,), adding up to 1.
    k_hat
        Shape of the tail of the weights: below 0.7 is trusted.
    effective
        How many independent draws they are worth.
    """

    values: FloatArray
    weights: FloatArray
    k_hat: float
    effective: float

    def quantile(self, column: FloatArray, fraction: float) -> float:
        """Weighted quantile of a function of the draws, shape (n,)."""
        order = np.argsort(column, kind="stable")
        heap = np.cumsum(self.weights[order]) - 0.5 * self.weights[order]
        return float(np.interp(fraction, heap, column[order]))

    def error_of_median(self, column: FloatArray) -> float:
        """Monte Carlo standard error of the median."""
        off = 0.5 / np.sqrt(self.effective)
        return (self.quantile(column, 0.5 + off) - self.quantile(column, 0.5 - off)) / 2

    def mean(self) -> FloatArray:
        """Of every parameter."""
        return np.asarray(self.weights @ self.values)

    def covariance(self) -> FloatArray:
        """Of the parameters."""
        off = self.values - self.mean()
        return np.asarray((off * self.weights[:, None]).T @ off)


def _propose(
    rng: np.random.Generator, n: int, middle: FloatArray, covariance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Draws of a multivariate t, and their log density up to a constant."""
    d = middle.size
    root = np.linalg.cholesky(covariance * _WIDER)
    normal = rng.standard_normal((n, d))
    stretch = np.sqrt(_FREEDOM / rng.chisquare(_FREEDOM, n))[:, None]
    draws = middle + stretch * normal @ root.T
    square = np.sum((stretch * normal) ** 2, axis=1)
    constant = gammaln((_FREEDOM + d) / 2) - np.log(np.diag(root)).sum()
    return draws, constant - 0.5 * (_FREEDOM + d) * np.log1p(square / _FREEDOM)


def _share(log_weights: FloatArray) -> float:
    """Effective draws per draw."""
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / weights.size)


def _tempered(log_weights: FloatArray) -> FloatArray:
    """Weights to the largest power up to 1 that leaves enough effective draws; adding up to 1."""
    finite = np.where(np.isfinite(log_weights), log_weights, -1e300)
    power = 1.0
    if _share(finite) < _LEAST_SHARE:
        power, high = 0.0, 1.0
        for _ in range(40):
            middle = 0.5 * (power + high)
            enough = _share(finite * middle) > _LEAST_SHARE
            power, high = (middle, high) if enough else (power, middle)
    weights = np.exp(power * (finite - finite.max()))
    return np.asarray(weights / weights.sum())


def fit_tail(over: FloatArray) -> tuple[float, float]:
    """Shape and scale of a generalised Pareto distribution (Zhang and Stephens 2009).

    Parameters
    ----------
    over
        Excesses over the threshold, increasing, above 0.
    """
    n = over.size
    m = 30 + int(np.sqrt(n))
    quarter = over[int(n / 4 + 0.5) - 1]
    theta = 1 / over[-1] + (1 - np.sqrt(m / (np.arange(1, m + 1) - 0.5))) / (3 * quarter)
    shape = np.log1p(-theta[:, None] * over).mean(axis=1)
    log_like = n * (np.log(-theta / shape) - shape - 1)
    weight = np.exp(log_like - log_like.max())
    weight /= weight.sum()
    best = float((theta * weight).sum())
    k = float(np.log1p(-best * over).mean())
    # A weak prior pulls k towards a half, as in the published method.
    return (k * n + 5) / (n + 10), -k / best


def smoothed(log_weights: FloatArray) -> tuple[FloatArray, float]:
    """Weights that add up to 1, the largest ones smoothed, and the shape k of their tail."""
    n = log_weights.size
    logs = np.where(np.isfinite(log_weights), log_weights - log_weights.max(), -1e300)
    tail = int(min(0.2 * n, 3 * np.sqrt(n)))
    order = np.argsort(logs, kind="stable")
    weights = np.exp(logs)
    largest, threshold = order[-tail:], weights[order[-tail - 1]]
    over = weights[largest] - threshold
    if over[0] <= 0 or over[-1] - over[0] < 1e-12:
        return weights / weights.sum(), float("inf")
    k, scale = fit_tail(over)
    heap = (np.arange(1, tail + 1) - 0.5) / tail
    weights[largest] = np.minimum(threshold + scale * np.expm1(-k * np.log1p(-heap)) / k, 1.0)
    return weights / weights.sum(), k


def sample(
    log_density: Callable[[FloatArray], FloatArray],
    middle: FloatArray,
    covariance: FloatArray,
    *,
    seed: int,
    rounds: int,
    n_round: int,
    n_last: int,
) -> Draws:
    """Weighted draws of a density known up to a constant.

    Parameters
    ----------
    log_density
        From draws, shape (n, d), to logarithms, shape (n,).
    middle, covariance
        First guess, wide rather than narrow.
    rounds, n_round
        Rounds in which the proposal learns, and the draws of each.
    n_last
        Draws that count.
    """
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        draws, proposed = _propose(rng, n_round, middle, covariance)
        weights = _tempered(log_density(draws) - proposed)
        middle = weights @ draws
        off = draws - middle
        covariance = (off * weights[:, None]).T @ off + 1e-6 * np.eye(middle.size)
    draws, proposed = _propose(rng, n_last, middle, covariance)
    weights, k_hat = smoothed(log_density(draws) - proposed)
    return Draws(draws, weights, k_hat, float(1 / (weights**2).sum()))
