"""When the pump stops: hours to a low level, for the typical person and for the worst 5 %.

The worse of the two bindings rules (SAFETY S3): every figure is the shorter of those of D and R.
The worst 5 % are the 5th percentile over clearance, volume and absorption drawn together, and never
milder than the fast clearer of ``knowledge/data/models.toml``.
"""

from concurrent.futures import Executor
from typing import Final

import numpy as np
from msgspec import Struct

from cortipump.errors import ModelError
from cortipump.knowledge.models import models
from cortipump.pk.binding import binding_of, unbound_from_total
from cortipump.pk.course import DIGITS
from cortipump.pk.metrics import hours_until_below
from cortipump.pk.parameters import FloatArray, People, PkParameters, typical, with_value
from cortipump.pk.population import draw
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import Scenario, even_times, solve_people, solve_person, stopping
from cortipump.pk.solve import Want

BINDINGS: Final = ("D", "R")
_WORST: Final = 0.05
_EVERY_MIN: Final = 5.0
_HORIZON_H: Final = 48.0


class LowLevel(Struct, frozen=True):
    """Hours from a stop to one level of one parameter set; infinite: not within two days.

    Attributes
    ----------
    fraction_worst
        The 5th percentile over people.
    fast_clearer
        The named fast clearer, never drawn.
    """

    model: str
    version: str
    typical_h: float
    fraction_worst_h: float
    fast_clearer_h: float

    @property
    def worst5_h(self) -> float:
        """What is shown as the worst 5 %. [h]."""
        return min(self.fraction_worst_h, self.fast_clearer_h)


class Washout(Struct, frozen=True):
    """Hours to one level after a stop.

    Attributes
    ----------
    limit_nmol_per_l
        Total cortisol; with a CBG ratio other than 1, the unbound level that goes with it at 1.
    typical_h, worst5_h
        The shorter of the two bindings. [h]
    by_model
        Both of them.
    """

    stops_h: float
    limit_nmol_per_l: float
    typical_h: float
    worst5_h: float
    by_model: tuple[LowLevel, ...]
    n_people: int
    seed: int


def fast_clearer(model: str, *, weight_kg: float = 70.0, cbg_ratio: float = 1.0) -> PkParameters:
    """The person than whom a stopped pump is never shown milder, scaled alike for another set."""
    person = typical(model, weight_kg=weight_kg, cbg_ratio=cbg_ratio)
    base, named = typical("D"), models().fast_clearer
    return with_value(
        person,
        clu_l_per_h=person.clu_l_per_h * named["clu_l_per_h"].value / base.clu_l_per_h,
        vt_l=person.vt_l * named["vt_l"].value / base.vt_l,
    )


def _check_asked(regimen: Regimen, at_h: float, limits_nmol_per_l: tuple[float, ...]) -> None:
    if not 0 <= at_h <= 24:
        raise ModelError(f"a pump stops at an hour from 0 to 24, not at {at_h:g}")
    if not all(0 < limit < float("inf") for limit in limits_nmol_per_l):
        raise ModelError("a level to fall below is above zero and finite")
    if regimen.doses or regimen.infusions:
        raise ModelError(
            "doses by other ways would hide what a stopped pump does",
            do="name the pump program alone",
        )


def stopped_pump(
    regimen: Regimen,
    at_h: float,
    limits_nmol_per_l: tuple[float, ...] = (100.0, 50.0, 20.0),
    *,
    weight_kg: float = 70.0,
    cbg_ratio: float = 1.0,
    n_people: int = 1000,
    seed: int = 1,
    executor: Executor | None = None,
) -> tuple[Washout, ...]:
    """Hours to low levels after a long-followed pump program stops.

    Parameters
    ----------
    at_h
        Hour of the day at which it stops, 0 to 24. [h]
    limits_nmol_per_l
        Levels of total cortisol, above zero. [nmol/L]

    Returns
    -------
    tuple of Washout
        One for each limit, in their order.

    Raises
    ------
    ModelError
        M001 without a program, for an hour outside the day or a limit of zero.

    Notes
    -----
    Of the program alone: a tablet beside it would make a stop look harmless.
    """
    _check_asked(regimen, at_h, limits_nmol_per_l)
    at_h = round(at_h, DIGITS)
    hours = round(at_h + _HORIZON_H, DIGITS)
    scenario = stopping(regimen, at_h, hours)
    times = np.unique(np.round(np.append(even_times(hours, _EVERY_MIN), at_h), DIGITS))
    by_model = [
        _of_model(
            scenario, draw(typical(name, weight_kg=weight_kg, cbg_ratio=cbg_ratio), n_people, seed),
            times, at_h, limits_nmol_per_l, executor,
        )
        for name in BINDINGS
    ]  # fmt: skip
    return tuple(
        Washout(
            at_h, limit, min(low.typical_h for low in lows), min(low.worst5_h for low in lows),
            lows, n_people, seed,
        )
        for limit, lows in zip(limits_nmol_per_l, zip(*by_model, strict=True), strict=True)
    )  # fmt: skip


def _of_model(
    scenario: Scenario, people: People, times_h: FloatArray, at_h: float,
    limits: tuple[float, ...], executor: Executor | None,
) -> list[LowLevel]:  # fmt: skip
    """One binding: each limit for the typical person, for the worst of many, for the fast one."""
    person = people.typical
    name, weight_kg, cbg_ratio = person.model, person.weight_kg, person.cbg_ratio
    fast = fast_clearer(name, weight_kg=weight_kg, cbg_ratio=cbg_ratio)
    which: Want = "total" if cbg_ratio == 1 else "unbound"
    crowd = solve_people(scenario, people, times_h=times_h, want=which, executor=executor)
    of_all = crowd.total_nmol_per_l if which == "total" else crowd.unbound_nmol_per_l
    of_one, of_fast = (_levels(scenario, one, times_h, which) for one in (person, fast))
    found = []
    for limit in limits:
        level = limit if which == "total" else _unbound_limit(name, weight_kg, limit)
        everybody = np.sort(hours_until_below(times_h, of_all, level, at_h))
        worst = float(everybody[int(_WORST * (everybody.size - 1))])
        one, quick = (
            float(hours_until_below(times_h, levels, level, at_h)) for levels in (of_one, of_fast)
        )
        found.append(LowLevel(name, person.version, one, worst, quick))
    return found


def _levels(
    scenario: Scenario, person: PkParameters, times_h: FloatArray, which: str
) -> FloatArray:
    curve = solve_person(scenario, person, times_h=times_h)
    if which == "total":
        return curve.total_nmol_per_l
    assert curve.unbound_nmol_per_l is not None  # both bindings know it
    return curve.unbound_nmol_per_l


def _unbound_limit(model: str, weight_kg: float, total_nmol_per_l: float) -> float:
    """The unbound level that a total level stands for at a CBG ratio of 1. [nmol/L]."""
    usual = binding_of(typical(model, weight_kg=weight_kg))
    return float(unbound_from_total(np.asarray(total_nmol_per_l), usual))
