"""What is counted, made once from the timeline, and the counts of any run of days."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import TypeVar, cast

from msgspec import Struct

from cortipump.evidence.costs import ChargeView
from cortipump.evidence.count import visit_counts
from cortipump.evidence.diary import Entry, count_injections, count_work, injections, work_losses
from cortipump.evidence.events import Course, course_of
from cortipump.evidence.result import Count, Reading, Side
from cortipump.evidence.visits import contacts
from cortipump.knowledge.adrenal import own_causes
from cortipump.quantities.span import DateSpan
from cortipump.record.duplicates import Matches
from cortipump.record.facts import Body, Condition, Fact, RescueInjection, Visit, WorkLoss
from cortipump.record.timeline import Of, Timeline, first_day

B = TypeVar("B", bound=Body)


def _sort_day(fact: Fact) -> date:
    return first_day(fact) or date.min


class StandingFacts:
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
        """The facts of one kind, in order."""
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
        """Ids of those without a date."""
        facts = takewhile(lambda fact: fact.body.when is None, self._facts[kind])
        return tuple(fact.id for fact in facts)


class Material(Struct, frozen=True):
    """What is counted, before any window is looked at."""

    course: Course
    injections: list[Entry]
    work: list[Entry]
    charges: Sequence[ChargeView]


def material_of(
    standing: StandingFacts,
    visits: Sequence[Of[Visit]],
    matches: Matches,
    whole: DateSpan,
    charges: Sequence[ChargeView],
) -> Material:
    """Events, injections, days of work and charges, for the days of ``whole``."""
    own = own_causes(code for of in standing.of(Condition) for code in of.body.codes)
    return Material(
        course_of(contacts(visits, matches, own, whole), matches.duplicates),
        injections(standing.of(RescueInjection)),
        work_losses(standing.of(WorkLoss)),
        sorted(charges, key=lambda charge: (charge.day or date.min, charge.fact_id)),
    )


def all_counts(material: Material, span: DateSpan, side: Side) -> dict[Reading, dict[str, Count]]:
    """Every measure in one run of days, under every reading; ``side`` as in `visit_counts`."""
    counts = visit_counts(material.course, span, side)
    everything = counts["all_causes"]
    everything["rescue_injections"] = count_injections(material.injections, span, side)
    everything["work_days_lost"] = count_work(material.work, span, side)
    return counts
