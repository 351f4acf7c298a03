"""The runs of the calibration: as it stands, with other weights, with one study left out."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from msgspec import Struct

from cortipump.knowledge.calibration import Study, calibration
from cortipump.pk.parameters import FloatArray
from tools.calibration_exact import log_ratio
from tools.calibration_model import N_BODY, NAMES, Problem, replaced
from tools.sampling import Draws, sample

SEED: Final = 20261124
EQUAL_LOG_SE: Final = 0.25


class Size(Struct, frozen=True):
    """How much is drawn: for learning the proposal, and to be counted."""

    rounds: int
    n_round: int
    n_last: int


FULL: Final = Size(8, 1500, 16_000)
SMALL: Final = Size(4, 800, 4000)
REDUCED: Final = Size(6, 600, 2500)


class Run(Struct, frozen=True, eq=False):
    """One calibration: what was asked, and its draws."""

    title: str
    problem: Problem
    draws: Draws

    def column(self, name: str) -> FloatArray:
        """One parameter in its own unit, shape (n,)."""
        values = self.draws.values[:, NAMES.index(name)]
        return np.exp(values) if NAMES.index(name) < N_BODY else np.abs(values)

    def quantile(self, name: str, fraction: float) -> float:
        """Posterior quantile of a parameter, in its own unit."""
        return self.draws.quantile(self.column(name), fraction)

    def log_sd(self, name: str) -> float:
        """Posterior standard deviation of the logarithm."""
        place = NAMES.index(name)
        return float(np.sqrt(self.draws.covariance()[place, place]))

    def error(self, name: str) -> float:
        """Monte Carlo standard error of the median, in the parameter's unit."""
        return self.draws.error_of_median(self.column(name))


def run(title: str, problem: Problem, size: Size, near: Run | None = None) -> Run:
    """Draws from one posterior.

    Parameters
    ----------
    near
        A run whose posterior the proposal starts from; None: the wide first guess.
    """
    middle, covariance = problem.start()
    if near is not None:
        middle, covariance = near.draws.mean(), near.draws.covariance() * 4
        middle = np.append(middle[:N_BODY], np.zeros(len(NAMES) - N_BODY))
    draws = sample(
        problem.log_posterior, middle, covariance, seed=SEED, rounds=size.rounds,
        n_round=size.n_round, n_last=size.n_last,
    )  # fmt: skip
    return Run(title, problem, draws)


def main_run(size: Size = FULL) -> Run:
    """The calibration itself."""
    return run("as it stands", Problem(calibration().study), size)


def trusted(grades: str) -> tuple[Study, ...]:
    """Studies of these grades of trust."""
    return tuple(s for s in calibration().study if s.trust in grades)


def other_weights() -> Iterator[tuple[str, Problem]]:
    """The same with other weights, priors or binding."""
    every = calibration().study
    priors = calibration().prior
    yield "every point alike (log-SE 0.25)", Problem(every, equal_log_se=EQUAL_LOG_SE)
    yield "trust A only", Problem(trusted("A"))
    yield "trust A and B", Problem(trusted("AB"))
    yield "only studies whose n was seen", Problem(tuple(s for s in every if s.n))
    yield "no spread between studies", Problem(every, pooled=True)
    doubled = {name: {"width": 0.8} for name in ("between_clu", "between_vt")}
    yield (
        "spread between studies: prior twice as wide",
        Problem(every, priors=replaced(priors, **doubled)),
    )
    free = replaced(priors, oral_f_fraction={"width": 0.3}, plenadren_f_ratio={"width": 0.3})
    yield "absorbed fractions: priors three times as wide", Problem(every, priors=free)
    rigid = replaced(priors, misfit={"width": 0.02})
    yield "hardly any misfit allowed", Problem(every, priors=rigid)
    yield "on the binding of set R", Problem(every, base="R")


def one_left_out() -> Iterator[tuple[str, Problem]]:
    """Each study in turn left out."""
    every = calibration().study
    for left in every:
        yield left.title, Problem(tuple(s for s in every if s is not left))


def runs_near(main: Run, problems: Iterator[tuple[str, Problem]]) -> list[Run]:
    """A smaller run of each problem."""
    return [run(title, problem, SMALL, main) for title, problem in problems]


class Check(Struct, frozen=True):
    """What integrating the studies exactly makes of clearance and volume.

    Attributes
    ----------
    n
        Draws that were checked.
    before, after
        Geometric means over them, as drawn and reweighed. [L/h], [L]
    effective
        What the draws are worth after it.
    """

    n: int
    before: tuple[float, float]
    after: tuple[float, float]
    effective: float


def checked(main: Run, n: int) -> Check:
    """Some draws of a run held against the exact likelihood."""
    rng = np.random.default_rng(SEED)
    draws = main.draws.values[rng.choice(main.draws.weights.size, n, p=main.draws.weights)]
    gain = log_ratio(main.problem, draws)
    weights = np.exp(gain - gain.max())
    weights /= weights.sum()
    before, after = np.exp(draws[:, :2].mean(axis=0)), np.exp(weights @ draws[:, :2])
    return Check(
        n, (float(before[0]), float(before[1])), (float(after[0]), float(after[1])),
        float(1 / (weights**2).sum()),
    )  # fmt: skip
