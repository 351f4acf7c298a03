"""One person, before and after an index date: the whole result in one call.

A pure function of the timeline, the windows and the charges that stand. It reads no clock and no
file, and it draws no conclusion.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from cortipump.evidence.caveats import Findings, caveats
from cortipump.evidence.comparisons import comparisons
from cortipump.evidence.costs import ChargeView, add_up, charge_gaps
from cortipump.evidence.count import event_nights, is_inside
from cortipump.evidence.events import Course
from cortipump.evidence.material import Material, StandingFacts, all_counts, material_of
from cortipump.evidence.months import monthly
from cortipump.evidence.points import dose_points, lab_points
from cortipump.evidence.result import (
    READINGS,
    Amount,
    Costs,
    Count,
    DosePoint,
    EvidenceResult,
    LabPoint,
    Occurrence,
    Side,
    Window,
)
from cortipump.evidence.scores import score_changes, score_points
from cortipump.evidence.visits import may_matter
from cortipump.evidence.windows import Windows
from cortipump.knowledge.wordings import definition_wordings
from cortipump.quantities.span import DateSpan
from cortipump.record.duplicates import Matches, match_visits
from cortipump.record.facts import (
    Body,
    Lab,
    Regimen,
    RescueInjection,
    Score,
    Visit,
    WorkLoss,
)
from cortipump.record.phases import phases_of
from cortipump.record.timeline import Timeline

B = TypeVar("B", bound=Body)
Ids = tuple[str, ...]
Readings = dict[str, dict[str, dict[str, Count]]]


def _spans(windows: Windows) -> dict[str, DateSpan]:
    spans = {"before": windows.before, "run_in": windows.run_in, "after": windows.after}
    return {name: span for name, span in spans.items() if span is not None}


def _side(name: str) -> Side:
    return "fewest" if name == "before" else "most"


def _readings(material: Material, windows: Windows) -> Readings:
    """Reading to window to measure; before takes the fewest, the others the most."""
    by_window = {
        name: all_counts(material, span, _side(name)) for name, span in _spans(windows).items()
    }
    return {
        reading: {name: counts[reading] for name, counts in by_window.items()}
        for reading in READINGS
    }


def _windows(
    material: Material, windows: Windows, counts: dict[str, dict[str, Count]]
) -> dict[str, Window]:
    made = {}
    for name, span in _spans(windows).items():
        care, pump = add_up(material.charges, span, _side(name))
        made[name] = Window(name, span, counts[name], care, pump)  # type: ignore[arg-type] # the three names
    return made


def _amounts(costs: Costs) -> Iterable[Amount]:
    return (amount for by_currency in costs.values() for amount in by_currency.values())


def _ids_of(window: Window) -> Iterable[str]:
    for count in window.counts.values():
        yield from count.fact_ids
    for costs in (window.costs, *window.pump_costs.values()):
        for amount in _amounts(costs):
            yield from amount.fact_ids
            yield from amount.not_stated


def _definitions(windows: Windows) -> tuple[str, ...]:
    has_run_in = windows.run_in is not None
    return tuple(d.text for d in definition_wordings() if d.only != "run-in" or has_run_in)


def _undated(standing: StandingFacts, material: Material) -> dict[str, tuple[str, ...]]:
    """Records that lie in no window because nobody knows when they were."""
    charges = (charge.fact_id for charge in material.charges if charge.day is None)
    return {
        "visits": tuple(i for contact in material.course.undated for i in contact.ids),
        "charges": tuple(charges),
        "rescue injections": standing.undated(RescueInjection),
        "work losses": standing.undated(WorkLoss),
        "scores": standing.undated(Score),
        "laboratory values": standing.undated(Lab),
    }


def _first_recorded(standing: StandingFacts, material: Material) -> date | None:
    days = [standing.first_day_of(Visit), standing.first_day_of(Lab)]
    days += [charge.day for charge in material.charges]
    return min((day for day in days if day is not None), default=None)


def _findings(
    standing: StandingFacts,
    matches: Matches,
    windows: Windows,
    material: Material,
    readings: Readings,
) -> Findings:
    made = _windows(material, windows, readings["all_causes"])
    points = score_points(standing.of(Score), windows)
    return Findings(
        windows=windows,
        before=made["before"],
        run_in=made.get("run_in"),
        after=made["after"],
        course=material.course,
        duplicates=matches.duplicates,
        injections=material.injections,
        work=material.work,
        months=monthly(material.course, material.injections, material.work, windows),
        comparisons=tuple(comparisons(readings, windows.before.days, windows.after.days)),
        points=points,
        changes=score_changes(points),
        phases=phases_of(standing.of(Regimen)),
        gaps=charge_gaps(material.charges, windows.whole),
        first_recorded=_first_recorded(standing, material),
        undated=_undated(standing, material),
        valueless_scores=tuple(s.id for s in standing.of(Score) if s.body.value is None),
    )


def _occurrences(course: Course, windows: Windows) -> tuple[Occurrence, ...]:
    """Every event that begins inside the windows, in order of the first day."""
    inside = [event for event in course.events if is_inside(event, windows.whole)]
    return tuple(
        Occurrence(event.kind, event.ids, event.group, nights)
        for event, nights in zip(inside, event_nights(inside, course), strict=True)
    )


def _fact_ids(found: Findings, labs: Sequence[LabPoint], doses: Sequence[DosePoint]) -> Ids:
    """Every fact that a number of the result rests on, each once."""
    windows = (window for window in (found.before, found.run_in, found.after) if window)
    ids = [fact_id for window in windows for fact_id in _ids_of(window)]
    ids += [point.fact_id for point in found.points if point.window != "outside"]
    ids += [point.fact_id for point in labs]
    ids += [point.fact_id for point in doses]
    return tuple(dict.fromkeys(ids))


def compare(
    timeline: Timeline,
    windows: Windows,
    charges: Sequence[ChargeView],
    *,
    matches: Matches | None = None,
) -> EvidenceResult:
    """Compare one person's record before and after an index date.

    Parameters
    ----------
    timeline
        All facts, each visit already linked with its reasons (`record.links`).
    windows
        From `evidence.windows.choose_windows`, fixed before looking.
    charges
        The charges that stand (`record.claims`), in any order.
    matches
        From `record.duplicates.match_visits`, where it was already worked out.

    Returns
    -------
    EvidenceResult
        Counts with the facts behind each, exact comparisons, costs, scores, laboratory values,
        doses, months, and every caveat. Depends on nothing else, and not on the order of facts.

    Notes
    -----
    The rules are the sentences in ``definitions``; formulas are those of coverage.md 8.2.
    """
    standing = StandingFacts(timeline)
    visits = list(standing.of(Visit))
    if matches is None:
        matches = match_visits(timeline, may_matter(visits, windows.whole))
    material = material_of(standing, visits, matches, windows.whole, charges)
    readings = _readings(material, windows)
    found = _findings(standing, matches, windows, material, readings)
    labs = lab_points(standing.within(Lab, windows.whole), windows)
    doses = dose_points(standing.of(Regimen), windows)
    return EvidenceResult(
        index_date=windows.index_date,
        index_why=windows.index_why,
        before=found.before,
        run_in=found.run_in,
        after=found.after,
        readings=readings,
        comparisons=tuple(found.comparisons),
        scores=tuple(found.points),
        score_changes=tuple(found.changes),
        labs=labs,
        doses=doses,
        months=tuple(found.months),
        events=_occurrences(material.course, windows),
        definitions=_definitions(windows),
        caveats=caveats(found),
        fact_ids=_fact_ids(found, labs, doses),
    )
