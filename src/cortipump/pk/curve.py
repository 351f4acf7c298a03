"""Results: one person's curve, the curves of many, and the band between percentiles of many.

Nothing is drawn here and nothing simulated.
"""

from typing import Final

import numpy as np
from msgspec import Struct

from cortipump.errors import ModelError
from cortipump.pk.parameters import FloatArray, People
from cortipump.pk.solve import Lanes

BAND: Final = (0.05, 0.5, 0.95)


class Curve(Struct, frozen=True, eq=False, kw_only=True):
    """Cortisol of one person over some hours.

    Attributes
    ----------
    model, version
        Parameter set.
    times_h
        Hours since local midnight of the first day, shape (n_times,). [h]
    total_nmol_per_l
        Total cortisol, baseline included, shape (n_times,). [nmol/L]
    unbound_nmol_per_l
        Unbound cortisol of what is given, shape (n_times,); None: the model knows none. [nmol/L]
    repeats
        True for the repeating day: the last time is the first one of the next day.
    daily_mg
        Planned for every day. [mg]
    delivered_mg, lost_mg
        Over the whole time: what reached the body, and what the pump sent and its site lost. [mg]
    warnings
        What a reader must be told, in sentences.
    """

    model: str
    version: str
    times_h: FloatArray
    total_nmol_per_l: FloatArray
    unbound_nmol_per_l: FloatArray | None
    repeats: bool
    daily_mg: float
    delivered_mg: float
    lost_mg: float = 0.0
    warnings: tuple[str, ...] = ()


class Band(Struct, frozen=True, eq=False, kw_only=True):
    """Percentiles over people at each time; no single person need follow one of its edges.

    Attributes
    ----------
    fractions
        Which percentiles, as fractions, in the order of the rows.
    total_nmol_per_l, unbound_nmol_per_l
        Shape (n_fractions, n_times); None where it was not asked for or is not known. [nmol/L]
    n_people, seed
        Behind it.
    """

    times_h: FloatArray
    fractions: tuple[float, ...]
    total_nmol_per_l: FloatArray | None
    unbound_nmol_per_l: FloatArray | None
    n_people: int
    seed: int | None


class Crowd(Struct, frozen=True, eq=False, kw_only=True):
    """Cortisol of many people over some hours.

    Attributes
    ----------
    people
        Who they are; theirs is the order of `total` and `unbound`.
    lanes
        The levels as the solver left them.
    """

    people: People
    lanes: Lanes
    times_h: FloatArray
    repeats: bool
    daily_mg: float
    delivered_mg: float
    lost_mg: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def total_nmol_per_l(self) -> FloatArray:
        """Total cortisol, shape (n_people, n_times). [nmol/L]."""
        return self.lanes.matrix("total")

    @property
    def unbound_nmol_per_l(self) -> FloatArray:
        """Unbound cortisol, shape (n_people, n_times). [nmol/L]."""
        return self.lanes.matrix("unbound")

    def curve(self, index: int) -> Curve:
        """One person's; total and unbound must both have been asked for."""
        unbound, total = self.lanes.person(index)
        if not unbound.size or not total.size:
            raise ModelError("ask for total and unbound cortisol to take one person's curve")
        who = self.people.typical
        return Curve(
            model=who.model, version=who.version, times_h=self.times_h,
            total_nmol_per_l=total.copy(),
            unbound_nmol_per_l=unbound.copy() if who.knows_unbound else None,
            repeats=self.repeats, daily_mg=self.daily_mg, delivered_mg=self.delivered_mg,
            lost_mg=self.lost_mg, warnings=self.warnings,
        )  # fmt: skip

    def band(self, fractions: tuple[float, ...] = BAND) -> Band:
        """Percentiles at each time, of whatever was asked for.

        Parameters
        ----------
        fractions
            Between 0 and 1, such as (0.05, 0.5, 0.95).
        """
        knows = self.people.typical.knows_unbound
        total, unbound = self.lanes.total.size, self.lanes.unbound.size and knows
        return Band(
            times_h=self.times_h, fractions=fractions,
            total_nmol_per_l=(
                percentiles(self.lanes.unordered("total"), fractions) if total else None
            ),
            unbound_nmol_per_l=(
                percentiles(self.lanes.unordered("unbound"), fractions) if unbound else None
            ),
            n_people=self.people.n, seed=self.people.seed,
        )  # fmt: skip


def percentiles(values: FloatArray, fractions: tuple[float, ...]) -> FloatArray:
    """Percentiles along the last axis, linear between neighbours in rank.

    Parameters
    ----------
    values
        Shape (n_times, n_people).

    Returns
    -------
    ndarray
        Shape (n_fractions, n_times).
    """
    if not fractions or not all(0 <= f <= 1 for f in fractions):
        raise ModelError("percentiles are asked for as fractions from 0 to 1")
    last = values.shape[1] - 1
    ranks = np.asarray(fractions) * last
    below = np.floor(ranks).astype(np.int64)
    above = np.minimum(below + 1, last)
    wanted = np.unique(np.append(below, above))
    ordered = np.partition(values, wanted, axis=1)
    low, high = ordered[:, below].T, ordered[:, above].T
    return np.asarray(low + (ranks - below)[:, None] * (high - low))
