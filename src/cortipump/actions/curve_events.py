"""What happens when a dose is missed or the pump stops: typical, and the worst 5 % of people."""

from math import ceil, isfinite
from typing import Any, Final

import numpy as np
from msgspec import Struct

from cortipump.actions.curve import FEWEST, Asked, Day, day_json, missed_dose
from cortipump.actions.curve_files import method_of
from cortipump.actions.regimen_text import Typed, regimen_of
from cortipump.documents.day import Numbers
from cortipump.pk.metrics import time_below
from cortipump.pk.parameters import typical
from cortipump.pk.population import draw
from cortipump.pk.simulate import Scenario, repeating, solve_people, solve_person
from cortipump.pk.washout import BINDINGS, Washout, stopped_pump

LIMITS: Final = (100.0, 50.0, 20.0)
_HOUR: Final = 60
_WORST: Final = 0.95


class Found(Struct, frozen=True, kw_only=True):
    """Lines to be read, and what they rest on."""

    method: str
    lines: tuple[Numbers, ...]
    warnings: tuple[str, ...]


class Missed(Found, frozen=True, kw_only=True):
    """The two days after a missed dose, beside the same two days as usual."""

    usual: Day
    without: Day


class Stopped(Found, frozen=True, kw_only=True):
    """Hours to each level after a stop."""

    washouts: tuple[Washout, ...]


def missed_of(typed: Typed, asked: Asked, at_min: int) -> Missed:
    """The two days that follow a dose that is not taken.

    Raises
    ------
    ModelError
        M001 if no dose is due at that minute.
    """
    usual, without = missed_dose(typed, asked, at_min)
    lines = [
        Numbers("hours under 100 nmol/L in 48, typical", _typical(usual, without, 100.0)),
        Numbers("hours under 50 nmol/L in 48, typical", _typical(usual, without, 50.0)),
    ]
    warnings = without.warnings
    if asked.cbg_ratio != 1:
        warnings += ("with a CBG ratio other than one the worst 5 % are not judged here",)
    elif asked.people >= FEWEST:
        worst = [_worst(day.scenario, asked) for day in (usual, without)]
        lines += [
            Numbers(
                f"hours under {limit:g} nmol/L in 48, worst 5 %",
                (f"{worst[0][limit]:.1f}", f"{worst[1][limit]:.1f}"),
            )
            for limit in LIMITS[:2]
        ]
    return Missed(
        method=f"{method_of([usual])}; low levels by the worse of D and R",
        lines=tuple(lines), warnings=warnings, usual=usual, without=without,
    )  # fmt: skip


def _worst(scenario: Scenario, asked: Asked) -> dict[float, float]:
    """Hours under each level that 5 % of people exceed, by the worse of the two bindings."""
    found = dict.fromkeys(LIMITS[:2], 0.0)
    for name in BINDINGS:
        person = typical(name, weight_kg=asked.weight_kg, cbg_ratio=asked.cbg_ratio)
        crowd = solve_people(scenario, draw(person, asked.people, asked.seed), want="total")
        for limit in found:
            hours = np.sort(time_below(crowd.times_h, crowd.total_nmol_per_l, limit))
            found[limit] = max(found[limit], float(hours[ceil(_WORST * (hours.size - 1))]))
    return found


def _typical(usual: Day, without: Day, limit: float) -> tuple[str, str]:
    first, second = (
        "not judged" if day.low is None else f"{day.low.worst_under_h(limit):.1f}"
        for day in (usual, without)
    )
    return first, second


def stopped_of(typed: Typed, asked: Asked, at_min: int) -> Stopped:
    """Hours to low levels after a long-followed program stops at a clock time.

    Raises
    ------
    ModelError
        M001 without a program.
    """
    regimen = regimen_of(typed)
    found = stopped_pump(
        regimen, at_min / _HOUR, LIMITS, weight_kg=asked.weight_kg, cbg_ratio=asked.cbg_ratio,
        n_people=max(asked.people, FEWEST), seed=asked.seed,
    )  # fmt: skip
    versions = " and ".join(f"{low.model} version {low.version}" for low in found[0].by_model)
    lines = tuple(
        Numbers(f"{w.limit_nmol_per_l:g} nmol/L", (hours_text(w.worst5_h), hours_text(w.typical_h)))
        for w in found
    )
    cbg = "" if asked.cbg_ratio == 1 else (
        f", CBG ratio {asked.cbg_ratio:g}: levels are those that unbound cortisol makes at one"
    )  # fmt: skip
    method = (
        f"models {versions}, the shorter of the two; worst 5 % of {found[0].n_people:,} simulated "
        f"people, never milder than the fast clearer; {asked.weight_kg:g} kg{cbg}"
    )
    person = typical(asked.model, weight_kg=asked.weight_kg, cbg_ratio=asked.cbg_ratio)
    warnings = solve_person(repeating(regimen), person).warnings
    return Stopped(method=method, lines=lines, warnings=warnings, washouts=found)


def hours_text(hours: float) -> str:
    """``1.7 h``; ``already`` where it is below at the stop."""
    if not isfinite(hours):
        return "not within 48 h"
    return "already" if hours == 0 else f"{hours:.1f} h"


def missed_json(found: Missed) -> dict[str, Any]:
    """As ``curve missed --json`` prints it."""
    return {
        "usual": day_json(found.usual), "missed": day_json(found.without),
        "warnings": list(found.warnings),
    }  # fmt: skip


def stopped_json(found: Stopped) -> dict[str, Any]:
    """As ``curve stopped --json`` prints it; hours that are not reached are null."""
    return {
        "method": found.method,
        "to_level": [
            {
                "limit_nmol_per_l": w.limit_nmol_per_l,
                "typical_h": _hours(w.typical_h), "worst5_h": _hours(w.worst5_h),
                "by_model": [
                    {
                        "model": low.model, "version": low.version,
                        "typical_h": _hours(low.typical_h), "worst5_h": _hours(low.worst5_h),
                        "fast_clearer_h": _hours(low.fast_clearer_h),
                    }
                    for low in w.by_model
                ],
            }
            for w in found.washouts
        ],
        "warnings": list(found.warnings),
    }  # fmt: skip


def _hours(hours: float) -> float | None:
    return round(hours, 3) if isfinite(hours) else None
