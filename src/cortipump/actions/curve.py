"""A day of cortisol for a regimen: the levels, the band of many people, and what they come to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from msgspec import Struct, structs

from cortipump.actions.regimen_text import Typed, regimen_of
from cortipump.errors import UsageError
from cortipump.pk.binding import binding_of, total_from_unbound
from cortipump.pk.compiled import cache_folder
from cortipump.pk.curve import Band, Curve
from cortipump.pk.kernel import walk
from cortipump.pk.metrics import At, Summary, night_minimum, summarise, time_below
from cortipump.pk.parameters import FloatArray, PkParameters, typical
from cortipump.pk.population import draw
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import (
    Scenario,
    continuing,
    from_nothing,
    missing,
    repeating,
    solve_people,
    solve_person,
)
from cortipump.pk.solve import is_compiled
from cortipump.pk.washout import BINDINGS
from cortipump.quantities.show import clock_text

DAY_H: Final = 24.0
_FINE_MIN: Final = 2.0
LIMITS: Final = (50.0, 100.0)
_MINUTES: Final = 60
_HIGHEST: Final = 2000.0
# Below it a 5th percentile is the lowest of them.
FEWEST: Final = 20
# Of total and unbound cortisol each: 240 MB.
_MOST_LEVELS: Final = 30_000_000


class Asked(Struct, frozen=True, kw_only=True):
    """Whose day, how it is computed, and where.

    Attributes
    ----------
    people, seed
        Behind the band; 0 people: the typical person alone.
    single_day
        From nothing at midnight; else the repeating day.
    hours
        Length of the curve; None: one day.
    every_min
        Distance of the levels. [min]
    below
        A level of one's own to count hours under; None: 50 and 100 alone. [nmol/L]
    """

    weight_kg: float = 70.0
    cbg_ratio: float = 1.0
    model: str = "D"
    people: int = 1000
    seed: int = 1
    single_day: bool = False
    hours: float | None = None
    every_min: float = 10.0
    below: float | None = None


class Low(Struct, frozen=True, kw_only=True):
    """Low levels of the typical person by both bindings; the worse one is shown (SAFETY S3).

    Attributes
    ----------
    judged_on
        Total cortisol; with a CBG ratio other than 1 the total that the unbound level makes at 1.
    under_h
        Hours under each level, by the name of the set. [h] by [nmol/L]
    night_nmol_per_l
        Lowest level of the night, by the name of the set.
    """

    judged_on: str
    under_h: dict[str, dict[float, float]]
    night_nmol_per_l: dict[str, float]

    def worst_under_h(self, limit: float) -> float:
        """Hours under a level by the worse of the two bindings."""
        return max(hours[limit] for hours in self.under_h.values())


class Day(Struct, frozen=True, kw_only=True):
    """A day, answered.

    Attributes
    ----------
    curve
        The typical person's.
    band
        5th, 50th and 95th percentile; None: no people were asked for.
    low
        None where neither binding can be used: a model of total cortisol alone was asked for.
    """

    regimen: Regimen
    scenario: Scenario
    asked: Asked
    person: PkParameters
    curve: Curve
    summary: Summary
    band: Band | None
    low: Low | None
    warnings: tuple[str, ...]


def curve_of(typed: Typed, asked: Asked) -> Day:
    """The day of a regimen in words.

    Raises
    ------
    UsageError
        W001 for words that are no dose or rate, and for options that contradict each other.
    ModelError
        M001 for a regimen or a person that the model cannot hold.
    """
    return day_of(regimen_of(typed), asked)


def will_compile() -> bool:
    """Whether the model has never been compiled on this machine, so that a first answer waits."""
    on_disk = any(Path(cache_folder(walk)).glob("*walk*.nbi"))
    return not is_compiled(typical()) and not on_disk


def day_of(regimen: Regimen, asked: Asked) -> Day:
    """The day of a regimen; as `curve_of`."""
    scenario = _scenario(regimen, asked)
    return _answer(regimen, asked, scenario)


def missed_dose(typed: Typed, asked: Asked, at_min: int) -> tuple[Day, Day]:
    """The day as usual, and the one on which the dose of that minute is not taken."""
    regimen = regimen_of(typed)
    hours = asked.hours or 2 * DAY_H
    usual = structs.replace(asked, hours=hours, single_day=False)
    return (
        _answer(regimen, usual, continuing(regimen, hours)),
        _answer(regimen, usual, missing(regimen, at_min, hours)),
    )


def _scenario(regimen: Regimen, asked: Asked) -> Scenario:
    if asked.hours is not None and not asked.hours >= 1:
        raise UsageError(f"{asked.hours:g} h make no curve", where="--hours", do="give 1 h or more")
    if asked.single_day:
        return from_nothing(regimen, asked.hours or DAY_H)
    if asked.hours is not None and asked.hours != DAY_H:
        return continuing(regimen, asked.hours)
    return repeating(regimen)


def _answer(regimen: Regimen, asked: Asked, scenario: Scenario) -> Day:
    person = typical(asked.model, weight_kg=asked.weight_kg, cbg_ratio=asked.cbg_ratio)
    curve = solve_person(scenario, person, every_min=asked.every_min)
    if asked.people * curve.times_h.size > _MOST_LEVELS:
        raise UsageError(
            f"{asked.people:,} people at {curve.times_h.size:,} times are too many to hold",
            where="--people, --every", do="ask for fewer people or fewer levels",
        )  # fmt: skip
    fine = solve_person(scenario, person, every_min=_FINE_MIN)
    band = None
    if asked.people:
        crowd = solve_people(
            scenario, draw(person, asked.people, asked.seed), every_min=asked.every_min
        )
        band = crowd.band()
    low = _low(scenario, asked, fine) if person.knows_unbound else None
    return Day(
        regimen=regimen, scenario=scenario, asked=asked, person=person, curve=curve,
        summary=summarise(fine), band=band, low=low, warnings=_warnings(curve, asked, band, low),
    )  # fmt: skip


def _low(scenario: Scenario, asked: Asked, fine: Curve) -> Low:
    """By both bindings; ``fine`` is the curve of the set that was asked for."""
    under: dict[str, dict[float, float]] = {}
    night: dict[str, float] = {}
    limits = (*LIMITS, asked.below) if asked.below else LIMITS
    for name in BINDINGS:
        person = typical(name, weight_kg=asked.weight_kg, cbg_ratio=asked.cbg_ratio)
        asked_for = name == fine.model
        curve = fine if asked_for else solve_person(scenario, person, every_min=_FINE_MIN)
        levels, end = _judged(curve, asked), -1 if curve.repeats else None
        under[name] = {limit: float(time_below(curve.times_h, levels, limit)) for limit in limits}
        night[name] = night_minimum(curve.times_h[:end], levels[:end]).nmol_per_l
    of_total = "total cortisol"
    of_unbound = "unbound cortisol, as the total that it makes at a CBG ratio of one"
    return Low(
        judged_on=of_total if asked.cbg_ratio == 1 else of_unbound, under_h=under,
        night_nmol_per_l=night,
    )  # fmt: skip


def _judged(curve: Curve, asked: Asked) -> FloatArray:
    """What low levels are judged on: never total cortisol at another CBG ratio (SAFETY S3)."""
    if asked.cbg_ratio == 1 or curve.unbound_nmol_per_l is None:
        return curve.total_nmol_per_l
    usual = binding_of(typical(curve.model, weight_kg=asked.weight_kg))
    return total_from_unbound(curve.unbound_nmol_per_l, usual)


def _warnings(curve: Curve, asked: Asked, band: Band | None, low: Low | None) -> tuple[str, ...]:
    found = list(curve.warnings)
    if band is None:
        found.append(
            "the typical person alone: people differ about fourfold in clearance, and no level "
            "here is anybody's own"
        )
    if low is None:
        found.append(f"set {asked.model} knows no unbound cortisol: low levels are not judged")
    return tuple(dict.fromkeys(found))


# -- JSON, as the contract has it -----------------------------------------------------------


def day_json(day: Day) -> dict[str, Any]:
    """The document that `curve --json` prints."""
    curve, summary = day.curve, day.summary
    return {
        "model": {
            "name": curve.model, "version": curve.version, "parameters": parameters_of(day.person),
        },
        "times_h": _rounded(curve.times_h, 4),
        "total_nmol_per_l": _rounded(curve.total_nmol_per_l),
        "unbound_nmol_per_l": (
            None if curve.unbound_nmol_per_l is None else _rounded(curve.unbound_nmol_per_l)
        ),
        "band": _band_json(day.band),
        "peak": _at_json(summary.peak),
        "trough": _at_json(summary.trough),
        "mean_total_nmol_per_l": round(summary.mean_total_nmol_per_l, 3),
        "mean_unbound_nmol_per_l": _or_none(summary.mean_unbound_nmol_per_l),
        "auc_total_nmol_h_per_l": round(summary.auc_total_nmol_h_per_l, 2),
        "auc_unbound_nmol_h_per_l": _or_none(summary.auc_unbound_nmol_h_per_l),
        "daily_mg": round(curve.daily_mg, 6),
        "low": _low_json(day.low),
        "warnings": list(day.warnings),
    }  # fmt: skip


def parameters_of(person: PkParameters) -> dict[str, float]:
    """Every number of a person, by its name with its unit."""
    values = structs.asdict(person)
    return {name: value for name, value in values.items() if isinstance(value, float)}


def _rounded(values: FloatArray, places: int = 6) -> list[float]:
    return [float(value) for value in np.round(values, places)]


def _or_none(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _band_json(band: Band | None) -> dict[str, Any] | None:
    if band is None or band.total_nmol_per_l is None:
        return None
    total, unbound = band.total_nmol_per_l, band.unbound_nmol_per_l
    return {
        "p05": _rounded(total[0], 3), "p50": _rounded(total[1], 3), "p95": _rounded(total[2], 3),
        "unbound_p05": None if unbound is None else _rounded(unbound[0], 4),
        "unbound_p50": None if unbound is None else _rounded(unbound[1], 4),
        "unbound_p95": None if unbound is None else _rounded(unbound[2], 4),
        "people": band.n_people, "seed": band.seed,
    }  # fmt: skip


def _at_json(at: At) -> dict[str, Any]:
    return {"time": hour_text(at.time_h), "total_nmol_per_l": round(at.nmol_per_l, 3)}


def _low_json(low: Low | None) -> dict[str, Any] | None:
    if low is None:
        return None
    worst = {limit: low.worst_under_h(limit) for limit in next(iter(low.under_h.values()))}
    night = min(low.night_nmol_per_l.values())
    return {
        "judged_on": low.judged_on,
        **{f"under_{limit:g}_h": round(hours, 3) for limit, hours in worst.items()},
        "night_minimum_nmol_per_l": round(night, 3),
        "by_model": {
            name: {
                **{f"under_{limit:g}_h": round(hours[limit], 3) for limit in hours},
                "night_minimum_nmol_per_l": round(low.night_nmol_per_l[name], 3),
            }
            for name, hours in low.under_h.items()
        },
    }


def hour_text(hour: float) -> str:
    """``08:12`` for 8.2; a later day's is marked: ``+1 02:00``."""
    days, minute = divmod(round(hour * _MINUTES), round(DAY_H * _MINUTES))
    return f"{f'+{days} ' if days else ''}{clock_text(minute)}"


def check_level(below: float | None) -> float | None:
    """A level to count hours under.

    Raises
    ------
    UsageError
        W001 unless it is above 0 and at most 2000 nmol/L.
    """
    if below is not None and not 0 < below <= _HIGHEST:
        raise UsageError(
            f"{below:g} nmol/L is not a level to count hours under",
            where="--below", do=f"give a level above 0 and at most {_HIGHEST:g} nmol/L",
        )  # fmt: skip
    return below


def check_shown(asked: Asked) -> None:
    """No level is shown to a person without its band (SAFETY S3).

    Raises
    ------
    UsageError
        W001 for a display without people.
    """
    if asked.people < FEWEST:
        raise UsageError(
            f"{asked.people} people make no band of 5 to 95 %: people differ too much",
            where="--people", do=f"leave --people out or give at least {FEWEST}",
        )  # fmt: skip


def names_of(days: Sequence[Day]) -> list[str]:
    """What each day is called: the ways of giving and the daily amount."""
    names = [f"{_ways(day.regimen)}, {day.curve.daily_mg:g} mg/day" for day in days]
    if len(set(names)) == len(names):
        return names
    return [f"{number}: {name}" for number, name in enumerate(names, 1)]


def _ways(regimen: Regimen) -> str:
    ways = {"OralDose": "tablets", "Injection": "injections", "IvBolus": "i.v.", "Bolus": "bolus"}
    found = [ways[type(dose).__name__] for dose in regimen.doses]
    found += ["infusion" for _ in regimen.infusions] + (["pump"] if regimen.basal else [])
    return " and ".join(dict.fromkeys(found))
