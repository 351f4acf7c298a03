"""A course and the wanted times as arrays: the stretch between two nodes is one smooth piece.

Every dose, edge of a rate and wanted time is a node, so that no step of a solver crosses one.
"""

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from cortipump.errors import ModelError
from cortipump.pk.absorption import FIRST, SATURABLE, SECOND, Source
from cortipump.pk.course import DIGITS, IV, Course, Given
from cortipump.pk.parameters import FloatArray, nmol_per_mg

IntArray = NDArray[np.int64]

CENTRAL: Final = 0  # the stage of what goes straight into the blood
HOURS_PER_DAY: Final = 24.0
_LONGEST_H: Final = 24.0 * 60
_SOON_H: Final = (1 / 60, 4 / 60, 15 / 60, 1.0)


class Plan(Struct, frozen=True):
    """Nodes, and what happens at and between them.

    Attributes
    ----------
    nodes_h
        Strictly increasing from 0, shape (n_nodes,). [h]
    out_row
        Row of the output written at each node, -1: none, shape (n_nodes,).
    lengths_h
        Of each piece, shape (n_nodes - 1,). [h]
    sc_nmol_per_h, iv_nmol_per_h
        Rates on each piece, shape (n_nodes - 1,).
    event_from
        The events of node ``i`` are ``event_from[i]`` to ``event_from[i + 1]``.
    event_source, event_stage, event_nmol
        Source (0 for the blood), stage and amount before absorption, shape (n_events,). [nmol]
    """

    nodes_h: FloatArray
    out_row: IntArray
    n_out: int
    lengths_h: FloatArray
    sc_nmol_per_h: FloatArray
    iv_nmol_per_h: FloatArray
    event_from: IntArray
    event_source: IntArray
    event_stage: IntArray
    event_nmol: FloatArray


def check_times(times_h: FloatArray) -> FloatArray:
    """The wanted times, when they are finite, increasing and start at 0 or later. [h].

    Raises
    ------
    ModelError
        M001 otherwise, or beyond 60 days.
    """
    times: FloatArray = np.round(np.asarray(times_h), DIGITS).astype(np.float64)
    if times.ndim != 1 or not times.size or not np.isfinite(times).all():
        raise ModelError("the wanted times are not a list of hours")
    if times[0] < 0 or (np.diff(times) <= 0).any() or times[-1] > _LONGEST_H:
        raise ModelError(
            f"the wanted times do not increase from 0 to at most {_LONGEST_H:g} h",
            do="give each time once, in order",
        )
    return times


def _effective(
    course: Course, sources: tuple[Source, ...], earlier: Course | None
) -> list[tuple[float, int, int, float]]:
    """Time, source, stage and mg of everything given, each at the start of its absorption."""
    index = {source.form: i for i, source in enumerate(sources)}
    found = []

    def add(given: Given, shift_h: float) -> None:
        if given.form == IV:
            at_h, row, stage = given.at_h, 0, CENTRAL
        else:
            row = index[given.form]
            stage, lag_h = sources[row].starts_in, sources[row].lag_h
            at_h = given.at_h + lag_h
        at_h = round(at_h - shift_h, DIGITS)
        if 0 <= at_h <= course.hours and not (shift_h and given.form == IV):
            found.append((at_h, row, stage, given.mg))

    for given in course.given:
        add(given, 0.0)
    for given in earlier.given if earlier else ():
        if given.form != IV and sources[index[given.form]].lag_h and given.at_h < HOURS_PER_DAY:
            add(given, HOURS_PER_DAY)
    return sorted(found)


def _soon_after_jumps(course: Course, events: list[tuple[float, int, int, float]]) -> list[float]:
    """Extra nodes after whatever enters the blood with a jump, so that steps can be short there."""
    jumps = {at_h for at_h, _, stage, _ in events if stage != FIRST}
    before = 0.0
    for stretch in course.stretches:
        if stretch.iv_mg_per_h != before:
            jumps.add(stretch.from_h)
        before = stretch.iv_mg_per_h
    return [at_h + later for at_h in jumps for later in _SOON_H]


def make_plan(
    course: Course, sources: tuple[Source, ...], times_h: FloatArray, earlier: Course | None = None
) -> Plan:
    """The arrays that a solver walks along.

    Parameters
    ----------
    times_h
        Wanted times, increasing, none after the end of the course. [h]
    earlier
        The day before, of which a form with a lag may still have something to give.

    Notes
    -----
    What happens at a node happens before its output is written: a level at the moment of an
    injection into a vein is the level after it.
    """
    events = _effective(course, sources, earlier)
    starts = [s.from_h for s in course.stretches]
    soon = _soon_after_jumps(course, events)
    known = [0.0, course.hours, *times_h, *starts, *(e[0] for e in events), *soon]
    nodes: FloatArray = np.unique(np.round(np.array(known), DIGITS))
    nodes = nodes[nodes <= course.hours]
    pieces = np.searchsorted(starts, nodes[:-1], side="right") - 1
    lengths: FloatArray = np.round(np.diff(nodes), DIGITS).astype(np.float64)
    out_row = np.full(nodes.size, -1, dtype=np.int64)
    out_row[np.searchsorted(nodes, times_h)] = np.arange(times_h.size)
    at = np.array([e[0] for e in events], dtype=np.float64)
    per_mg = nmol_per_mg()
    return Plan(
        nodes_h=nodes, out_row=out_row, n_out=int(times_h.size), lengths_h=lengths,
        sc_nmol_per_h=np.array([course.stretches[p].sc_mg_per_h * per_mg for p in pieces]),
        iv_nmol_per_h=np.array([course.stretches[p].iv_mg_per_h * per_mg for p in pieces]),
        event_from=np.searchsorted(at, np.append(nodes, np.inf)).astype(np.int64),
        event_source=np.array([e[1] for e in events], dtype=np.int64),
        event_stage=np.array([e[2] for e in events], dtype=np.int64),
        event_nmol=np.array([e[3] * per_mg for e in events], dtype=np.float64),
    )  # fmt: skip


__all__ = [
    "CENTRAL",
    "FIRST",
    "SATURABLE",
    "SECOND",
    "IntArray",
    "Plan",
    "check_times",
    "make_plan",
]
