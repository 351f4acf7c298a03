"""One person, before and after an index date: the whole result in one call.

A pure function of the timeline, the windows and the charges that stand. It reads no clock and no
file, and it draws no conclusion.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import TypeVar, cast

from msgspec import Struct

from cortipump.evidence.caveats import Findings, caveats
from cortipump.evidence.comparisons import comparisons
from cortipump.evidence.costs import ChargeView, add_up, charge_gaps
from cortipump.evidence.count import event_nights, is_inside, visit_counts
from cortipump.evidence.diary import Entry, count_injections, count_work, injections, work_losses
from cortipump.evidence.events import Course, course_of
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
    Reading,
    Side,
    Window,
)
from cortipump.evidence.scores import score_changes, score_points
from cortipump.evidence.visits import contacts, may_matter
from cortipump.evidence.windows import Windows
from cortipump.knowledge.adrenal import own_causes
from cortipump.knowledge.wordings import definition_wordings
from cortipump.quantities.span import DateSpan
from cortipump.record.duplicates import Matches, match_visits
from cortipump.record.facts import (
    Body,
    Condition,
    Fact,
    Lab,
    Regimen,
    RescueInjection,
    Score,
    Visit,
    WorkLoss,
)
from cortipump.record.phases import phases_of
from cortipump.record.timeline import Of, Timeline, first_day

B = TypeVar("B", bound=Body)
Ids = tuple[str, ...]
Readings = dict[str, dict[str, dict[str, Count]]]


def _sort_day(fact: Fact) -> date:
    return first_day(fact) or date.min


class _Standing:
    """The standing facts by kind, found in one pass over the timeline.

    The typed views are made when asked for: a hundred thousand of them kept at once would cost
    more than all the counting.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._facts: dict[type[Body], list[Fact]] = defaultdict(list)
        for fact in timeline:
            body = fact.body
            if not fact.superseded_by and not body.void:
                self._facts[type(body)].append(fact)

    def of(self, kind: type[B]) -> Iterator[Of[B]]:
        # The list under a kind holds facts of exactly that kind.
        return (Of(fact, cast("B", fact.body)) for fact in self._facts[kind])

    def within(self, kind: type[B], span: DateSpan) -> Iterator[Of[B]]:
        """Those whose first day lies in the span."""
        facts = self._facts[kind]
        first = bisect_left(facts, span.from_, key=_sort_day)
        until = bisect_left(facts, span.until, key=_sort_day)
        return (Of(fact, cast("B", fact.body)) for fact in facts[first:until])

    def first_day_of(self, kind: type[Body]) -> date | None:
        """The earliest day of any fact of the kind; the facts are in order, undated ones first."""
        return next((day for fact in self._facts[kind] if (day := first_day(fact))), None)

    def undated(self, kind: type[Body]) -> tuple[str, ...]:
        facts = takewhile(lambda fact: fact.body.when is None, self._facts[kind])
        return tuple(fact.id for fact in facts)


class _Material(Struct, frozen=True):
    """What is counted, before any window is looked at."""

    course: Course
    injections: list[Entry]
    work: list[Entry]
    charges: Sequence[ChargeView]


def _spans(windows: Windows) -> dict[str, DateSpan]:
    spans = {"before": windows.before, "run_in": windows.run_in, "after": windows.after}
    return {name: span for name, span in spans.items() if span is not None}


def _counts(material: _Material, span: DateSpan, side: Side) -> dict[Reading, dict[str, Count]]:
    counts = visit_counts(material.course, span, side)
    everything = counts["all_causes"]
    everything["rescue_injections"] = count_injections(material.injections, span, side)
    everything["work_days_lost"] = count_work(material.work, span, side)
    return counts


def _side(name: str) -> Side:
    return "fewest" if name == "before" else "most"


def _readings(material: _Material, windows: Windows) -> Readings:
    """Reading to window to measure; before takes the fewest, the others the most."""
    by_window = {
        name: _counts(material, span, _side(name)) for name, span in _spans(windows).items()
    }
    return {
        reading: {name: counts[reading] for name, counts in by_window.items()}
        for reading in READINGS
    }


def _windows(
    material: _Material, windows: Windows, counts: dict[str, dict[str, Count]]
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


def _undated(standing: _Standing, material: _Material) -> dict[str, tuple[str, ...]]:
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


def _first_recorded(standing: _Standing, material: _Material) -> date | None:
    days = [standing.first_day_of(Visit), standing.first_day_of(Lab)]
    days += [charge.day for charge in material.charges]
    return min((day for day in days if day is not None), default=None)


def _material(
    standing: _Standing,
    visits: Sequence[Of[Visit]],
    matches: Matches,
    windows: Windows,
    charges: Sequence[ChargeView],
) -> _Material:
    own = own_causes(code for of in standing.of(Condition) for code in of.body.codes)
    return _Material(
        course_of(contacts(visits, matches, own, windows.whole), matches.duplicates),
        injections(standing.of(RescueInjection)),
        work_losses(standing.of(WorkLoss)),
        sorted(charges, key=lambda charge: (charge.day or date.min, charge.fact_id)),
    )


def _findings(
    standing: _Standing,
    matches: Matches,
    windows: Windows,
    material: _Material,
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
    standing = _Standing(timeline)
    visits = list(standing.of(Visit))
    if matches is None:
        matches = match_visits(timeline, may_matter(visits, windows.whole))
    material = _material(standing, visits, matches, windows, charges)
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
