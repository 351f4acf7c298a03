"""How probable the published points are for typical values, and for spreads between studies.

Every study has a clearance and a tissue volume of its own, log-normal about the common ones; a
point adds its own standard error and a misfit of the model that all points share. The studies'
own values are integrated out on a line: the derivative of each figure's logarithm to the two
logarithms.
"""

from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from msgspec import structs

from cortipump.knowledge.calibration import Point, Prior, Study, calibration
from cortipump.knowledge.validation import Given
from cortipump.pk.parameters import FIELDS, FloatArray, People, people_of, typical
from tools.experiments import curves_of_people, read_off

# What is estimated, in the order of the columns of a table of draws; spreads and misfit last.
NAMES: Final = (
    "clu_l_per_h", "vt_l", "oral_f_fraction", "oral_ka_per_h", "sc_k_per_h", "plenadren_ka_per_h",
    "plenadren_f_ratio", "between_clu", "between_vt", "misfit",
)  # fmt: skip
N_BODY: Final = 7
_ROWS: Final = {
    "clu_l_per_h": ("clu_l_per_h",), "vt_l": ("vt_l",), "oral_f_fraction": ("oral_f_fraction",),
    "oral_ka_per_h": ("oral_ka_per_h",), "sc_k_per_h": ("sc_k1_per_h", "sc_k2_per_h"),
    "plenadren_ka_per_h": ("plenadren_ka_per_h",), "plenadren_f_ratio": ("plenadren_f_ratio",),
}  # fmt: skip
# Step of the derivative, in logarithms: about a third of the spread between studies.
_STEP: Final = 0.1
_AT_A_TIME: Final = 40_000
_GUESS_WIDTH: Final = 0.6
# Priors end at so many of their widths: beyond, no solver is asked.
_CUT: Final = 2.5


class Problem:
    """Some studies, on one binding, under one set of priors.

    Parameters
    ----------
    studies
        Which of the file's studies count.
    base
        Parameter set whose binding and plasma volume are kept.
    equal_log_se
        One standard error for every point instead of its own; None: its own.
    pooled
        Without a spread between studies.
    """

    def __init__(
        self,
        studies: tuple[Study, ...],
        *,
        base: str = "D",
        equal_log_se: float | None = None,
        pooled: bool = False,
        priors: tuple[Prior, ...] | None = None,
    ) -> None:
        self.studies = studies
        self.base = base
        self.pooled = pooled
        self.priors = {p.name: p for p in (priors or calibration().prior)}
        self.log_se = np.array(
            [equal_log_se or point.log_se(s.n) for s in studies for point in s.point]
        )
        self.log_centre = np.log([point.centre for s in studies for point in s.point])

    @property
    def points(self) -> list[Point]:
        """Of all studies, in their order."""
        return [point for study in self.studies for point in study.point]

    @cached_property
    def blocks(self) -> list[slice]:
        """Which points are of which study."""
        ends = np.cumsum([0, *(len(study.point) for study in self.studies)])
        return [slice(int(a), int(b)) for a, b in pairwise(ends)]

    def figures(self, body: FloatArray) -> FloatArray:
        """Logarithm of every point as the model has it.

        Parameters
        ----------
        body
            Logarithms of the first `N_BODY` names, shape (n, 7).

        Returns
        -------
        ndarray
            Shape (n, n_points).
        """
        parts = [
            self._figures(body[i : i + _AT_A_TIME]) for i in range(0, body.shape[0], _AT_A_TIME)
        ]
        return np.concatenate(parts)

    def _figures(self, body: FloatArray) -> FloatArray:
        out = np.empty((body.shape[0], len(self.points)))
        places: dict[Given, list[int]] = {}
        for i, point in enumerate(self.points):
            places.setdefault(point.given, []).append(i)
        for given, listed in places.items():
            curves = curves_of_people(given, self._people(given, body))
            for i in listed:
                out[:, i] = np.log(read_off(curves, self.points[i].measure))
        return out

    def _people(self, given: Given, body: FloatArray) -> People:
        at_70, person = typical(self.base), typical(self.base, weight_kg=given.weight_kg)
        table = np.repeat(people_of(person).table, body.shape[0], axis=1)
        for column, name in enumerate(NAMES[:N_BODY]):
            for row in _ROWS[name]:
                scaled = getattr(person, row) / getattr(at_70, row)
                table[FIELDS.index(row)] = np.exp(body[:, column]) * scaled
        return People(person, table)

    def expand(self, draws: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Logarithms of the figures at the typical values, and their two derivatives.

        Returns
        -------
        figures : ndarray
            Shape (n, n_points).
        slopes : ndarray
            To the logarithms of clearance and volume, shape (n, n_points, 2).
        """
        n, body = draws.shape[0], draws[:, :N_BODY]
        steps = np.zeros((5, N_BODY))
        steps[1, 0], steps[2, 0], steps[3, 1], steps[4, 1] = _STEP, -_STEP, _STEP, -_STEP
        all_five = self.figures((body[None] + steps[:, None]).reshape(-1, N_BODY))
        at = all_five.reshape(5, n, -1)
        with np.errstate(invalid="ignore"):
            slopes = np.stack([at[1] - at[2], at[3] - at[4]], axis=-1) / (2 * _STEP)
        return at[0], slopes

    def log_likelihood(self, draws: FloatArray) -> FloatArray:
        """Of the published points, shape (n,); minus infinity where a figure does not exist."""
        figures, slopes = self.expand(draws)
        off = self.log_centre - figures
        exists = np.isfinite(figures).all(axis=1) & np.isfinite(slopes).all(axis=(1, 2))
        off[~exists], slopes[~exists] = 0.0, 0.0
        spread = np.abs(draws[:, N_BODY:])
        variance = self.log_se[None] ** 2 + spread[:, 2:3] ** 2
        total = np.zeros(draws.shape[0])
        for block in self.blocks:
            total += _log_normal(
                off[:, block], variance[:, block], self._loads(slopes, spread, block)
            )
        return np.where(exists, total, -np.inf)

    def _loads(self, slopes: FloatArray, spread: FloatArray, block: slice) -> FloatArray:
        scale = 0.0 if self.pooled else 1.0
        return np.asarray(slopes[:, block] * spread[:, None, :2] * scale)

    def log_prior(self, draws: FloatArray) -> FloatArray:
        """Of the logarithms, shape (n,)."""
        total = np.zeros(draws.shape[0])
        for column, name in enumerate(NAMES):
            total += _log_prior(self.priors[name], draws[:, column])
        return total

    def log_posterior(self, draws: FloatArray) -> FloatArray:
        """Up to a constant, shape (n,)."""
        prior = self.log_prior(draws)
        out = np.full(draws.shape[0], -np.inf)
        inside = np.isfinite(prior)
        if inside.any():
            out[inside] = prior[inside] + self.log_likelihood(draws[inside])
        return out

    def start(self) -> tuple[FloatArray, FloatArray]:
        """Middle and covariance of a first guess, wide."""
        priors = [self.priors[name] for name in NAMES]
        middle = [np.log(p.centre) if p.centre else 0.0 for p in priors]
        widths = [min(p.width, _GUESS_WIDTH) for p in priors]
        return np.array(middle), np.diag(np.square(widths))


def _log_prior(prior: Prior, logs: FloatArray) -> FloatArray:
    if prior.kind == "half-normal":
        # A spread is drawn with either sign and only its size counts: no edge at zero.
        return np.asarray(-0.5 * (logs / prior.width) ** 2)
    away = (logs - np.log(prior.centre)) / prior.width
    value = np.where(np.abs(away) > _CUT, -np.inf, -0.5 * away**2)
    return np.asarray(
        value if prior.most is None else np.where(logs > np.log(prior.most), -np.inf, value)
    )


def _log_normal(off: FloatArray, variance: FloatArray, loads: FloatArray) -> FloatArray:
    """Log density with covariance ``diag(variance) + loads loads'``, by the 2 x 2 inside."""
    weighted = loads / variance[:, :, None]
    inside = np.eye(2) + np.einsum("npi,npj->nij", weighted, loads)
    along = np.einsum("npi,np->ni", weighted, off)
    solved = np.linalg.solve(inside, along[:, :, None])[:, :, 0]
    square = np.sum(off**2 / variance, axis=1) - np.sum(along * solved, axis=1)
    log_det = np.log(variance).sum(axis=1) + np.log(np.linalg.det(inside))
    return np.asarray(-0.5 * (square + log_det))


def replaced(priors: tuple[Prior, ...], **changes: dict[str, float]) -> tuple[Prior, ...]:
    """The same priors with other numbers in some of them."""
    return tuple(structs.replace(p, **changes.get(p.name, {})) for p in priors)
