"""A regimen and a person, or many, to levels over time: the one door to the solver.

A `Scenario` says what is given and how it began: from nothing, in a repeating day, or out of the
repeating day of an earlier regimen. `solve_person` and `solve_people` answer it.
"""

from concurrent.futures import Executor
from typing import Final

import numpy as np
from msgspec import Struct, structs

from cortipump.errors import ModelError
from cortipump.pk.absorption import sources_of
from cortipump.pk.course import DIGITS, Course, Stretch, lay_out
from cortipump.pk.curve import Crowd, Curve
from cortipump.pk.intake import MissedDose, Suspension
from cortipump.pk.parameters import FloatArray, People, PkParameters, people_of
from cortipump.pk.periodic import repeating_day
from cortipump.pk.plan import HOURS_PER_DAY, check_times, make_plan
from cortipump.pk.regimen import Regimen
from cortipump.pk.solve import Lanes, Want, march, prepare, threads
from cortipump.pk.steps import EXACT, POPULATION, Accuracy, measured_density

_LONGEST_H: Final = 24.0 * 60
# Below it a person is most likely a child.
_CHILD_KG: Final = 40.0


class Scenario(Struct, frozen=True):
    """What is given, from a local midnight on, and what went before.

    Attributes
    ----------
    course
        What is given.
    before
        The repeating day that went before, 24 h; None: nothing did.
    repeats
        Whether ``course`` is that very day.
    daily_mg
        Planned for every day of the (later) regimen. [mg]
    """

    course: Course
    before: Course | None
    repeats: bool
    daily_mg: float
    warnings: tuple[str, ...] = ()


def _check_hours(hours: float) -> float:
    if not 0 < hours <= _LONGEST_H:
        raise ModelError(f"{hours:g} h is not a span from above 0 to {_LONGEST_H:g} h")
    return hours


def from_nothing(regimen: Regimen, hours: float = 24.0) -> Scenario:
    """A regimen begun at midnight by somebody with no hydrocortisone in the body.

    Raises
    ------
    ModelError
        M001 unless the hours are above 0 and at most 60 days.
    """
    course = lay_out(regimen, _check_hours(hours))
    return Scenario(course, None, False, regimen.daily_mg, regimen.warnings())


def repeating(regimen: Regimen) -> Scenario:
    """The day that a regimen settles to when every day is the same.

    Raises
    ------
    ModelError
        M001 if something in it happens only once.
    """
    if not regimen.repeats:
        raise ModelError(
            "a regimen with something that happens once has no repeating day",
            do="ask for hours after a repeating day instead",
        )
    day = _within_a_day(lay_out(regimen, HOURS_PER_DAY))
    return Scenario(day, day, True, regimen.daily_mg, regimen.warnings())


def continuing(regimen: Regimen, hours: float) -> Scenario:
    """A regimen whose every-day part has long been followed; what happens once happens now.

    Raises
    ------
    ModelError
        M001 if nothing in it repeats, or for hours out of range.
    """
    before = _within_a_day(lay_out(regimen.everyday(), HOURS_PER_DAY))
    course = lay_out(regimen, _check_hours(hours))
    return Scenario(course, before, False, regimen.daily_mg, regimen.warnings())


def changing(before: Regimen, after: Regimen, at_h: float, hours: float) -> Scenario:
    """One regimen long followed, then another: the first day on the pump, for instance.

    Parameters
    ----------
    at_h
        When the second takes over, hours since the midnight at which the curve starts. A dose of
        the first at that very time is not taken any more, one of the second is. [h]
    hours
        How long the curve is. [h]
    """
    if not 0 <= at_h <= _check_hours(hours):
        raise ModelError(f"the change at {at_h:g} h is outside the {hours:g} h of the curve")
    first, second = lay_out(before, hours), lay_out(after, hours)
    day = _within_a_day(lay_out(before.everyday(), HOURS_PER_DAY))
    warnings = tuple(dict.fromkeys((*before.warnings(), *after.warnings())))
    spliced = _splice(first, second, round(at_h, DIGITS))
    return Scenario(spliced, day, False, after.daily_mg, warnings)


def missing(regimen: Regimen, at_min: int, hours: float = 48.0) -> Scenario:
    """A long-followed regimen of which one dose is left out on the first day.

    Raises
    ------
    ModelError
        M001 if no dose by mouth or injection is due at that minute.
    """
    return continuing(regimen.also(MissedDose(at_min)), hours)


def stopping(regimen: Regimen, at_h: float, hours: float) -> Scenario:
    """A long-followed pump program that delivers nothing from some hour on.

    Raises
    ------
    ModelError
        M001 without a program, or for an hour outside the curve.
    """
    if regimen.basal is None:
        raise ModelError("there is no pump program that could stop", do="name the basal program")
    return continuing(regimen.also(Suspension(at_h)), hours)


def _within_a_day(course: Course) -> Course:
    """Without what is given exactly at the next midnight: that is the next day's."""
    given = tuple(g for g in course.given if g.at_h < HOURS_PER_DAY)
    twice = sum(g.mg for g in course.given) - sum(g.mg for g in given)
    return structs.replace(course, given=given, delivered_mg=course.delivered_mg - twice)


def _splice(first: Course, second: Course, at_h: float) -> Course:
    now = [s for s in second.stretches if s.from_h <= at_h][-1]
    stretches = (
        *(s for s in first.stretches if s.from_h < at_h),
        Stretch(at_h, now.sc_mg_per_h, now.iv_mg_per_h),
        *(s for s in second.stretches if s.from_h > at_h),
    )
    given = (
        *(g for g in first.given if g.at_h < at_h), *(g for g in second.given if g.at_h >= at_h),
    )  # fmt: skip
    ends = [*(s.from_h for s in stretches[1:]), first.hours]
    delivered = sum(g.mg for g in given) + sum(
        (s.sc_mg_per_h + s.iv_mg_per_h) * (end - s.from_h)
        for s, end in zip(stretches, ends, strict=True)
    )
    return Course(first.hours, stretches, given, delivered, second.lost_mg)


def even_times(hours: float, every_min: float) -> FloatArray:
    """From 0 to the end, both included; the last gap may be shorter. [h].

    Raises
    ------
    ModelError
        M001 unless the distance is between 0.1 minutes and a day.
    """
    if not 0.1 <= every_min <= 1440:
        raise ModelError(f"a level every {every_min:g} min is not between 0.1 min and a day")
    times = np.arange(0.0, hours * 60 + 1e-9, every_min) / 60
    return np.round(times if times[-1] >= hours - 1e-9 else np.append(times, hours), DIGITS)


def _solve(
    scenario: Scenario, people: People, times_h: FloatArray, accuracy: Accuracy, want: Want,
    executor: Executor | None,
) -> Lanes:  # fmt: skip
    before = scenario.before
    courses = [scenario.course] if before is None else [scenario.course, before]
    sources = sources_of(courses, people.typical)
    prepared = prepare(people, sources)
    plan = make_plan(scenario.course, sources, times_h, before)
    state = prepared.empty_state()
    with threads(prepared, executor) as pool:
        if scenario.repeats:
            return repeating_day(prepared, plan, accuracy, want=want, executor=pool)[1]
        if before is not None:
            day = make_plan(before, sources, np.array([0.0, HOURS_PER_DAY]), before)
            state, _ = repeating_day(prepared, day, accuracy, executor=pool)
        density = measured_density(prepared, plan, state, accuracy)
        return march(prepared, plan, state, density, want=want, executor=pool)


def _times(scenario: Scenario, every_min: float, times_h: FloatArray | None) -> FloatArray:
    if times_h is None:
        return even_times(scenario.course.hours, every_min)
    times = check_times(times_h)
    if times[-1] > scenario.course.hours:
        raise ModelError(
            f"a level is wanted at {times[-1]:g} h, after the end at {scenario.course.hours:g} h"
        )
    return times


def solve_person(
    scenario: Scenario,
    person: PkParameters,
    *,
    every_min: float = 5.0,
    times_h: FloatArray | None = None,
) -> Curve:
    """One person's levels, to 1e-8 relative or 1e-12 nmol/L.

    Parameters
    ----------
    scenario
        From `repeating`, `from_nothing`, `continuing`, `changing`, `missing` or `stopping`.
    person
        From `pk.parameters.typical`, or of a draw or a fit.
    every_min
        Distance of the levels, both ends included. [min]
    times_h
        Instead of it: wanted times, increasing, within the scenario. [h], shape (n_times,)

    Raises
    ------
    ModelError
        M001 for times that the scenario does not hold.
    SolverFailed
        M002 if the accuracy is not reached.

    Notes
    -----
    The first call in a process loads or compiles the kernel (seconds once, then it is on disk).
    A level at the moment of an injection into a vein is the level after it; at the last midnight
    of a repeating day it is the level before what midnight brings.
    """
    times = _times(scenario, every_min, times_h)
    lanes = _solve(scenario, people_of(person), times, EXACT, "both", None)
    unbound, total = lanes.person(0)
    return Curve(
        model=person.model, version=person.version, times_h=times,
        total_nmol_per_l=total.copy(),
        unbound_nmol_per_l=unbound.copy() if person.knows_unbound else None,
        repeats=scenario.repeats, daily_mg=scenario.daily_mg,
        delivered_mg=scenario.course.delivered_mg, lost_mg=scenario.course.lost_mg,
        warnings=(*scenario.warnings, *_person_warnings(person)),
    )  # fmt: skip


def solve_people(
    scenario: Scenario,
    people: People,
    *,
    every_min: float = 10.0,
    times_h: FloatArray | None = None,
    want: Want = "both",
    executor: Executor | None = None,
) -> Crowd:
    """The levels of many people, each to about 1e-5 relative (floor 1 nmol/L of total cortisol).

    Parameters
    ----------
    people
        From `pk.population.draw`.
    want
        ``total``, ``unbound`` or ``both``: one alone needs half the memory.
    executor
        Anything with the standard library's interface that shares memory (threads); None: two or
        more threads of its own for many people.

    Raises
    ------
    ModelError, SolverFailed
        As `solve_person`.
    """
    times = _times(scenario, every_min, times_h)
    lanes = _solve(scenario, people, times, POPULATION, want, executor)
    return Crowd(
        people=people, lanes=lanes, times_h=times, repeats=scenario.repeats,
        daily_mg=scenario.daily_mg, delivered_mg=scenario.course.delivered_mg,
        lost_mg=scenario.course.lost_mg,
        warnings=(*scenario.warnings, *_person_warnings(people.typical)),
    )  # fmt: skip


def _person_warnings(person: PkParameters) -> tuple[str, ...]:
    found = []
    if person.weight_kg < _CHILD_KG:
        found.append(
            "the model has no prior for children: its typical half-life is probably 20 to 40 % "
            "too long for them"
        )
    if person.cbg_ratio != 1:
        found.append(
            "with a CBG ratio other than 1, total cortisol is not to be judged: compare unbound "
            "cortisol with the reference day's unbound"
        )
    if not person.knows_unbound:
        found.append("this model knows total cortisol alone and doubles with the dose: teaching")
    return tuple(found)
