"""Numbers that stand in the words of records, and those that the comparison computes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.evidence.result import Count, EvidenceResult
from cortipump.record.facts import (
    Call,
    Criterion,
    Decision,
    Fact,
    Lab,
    Letter,
    Note,
    Plan,
    Procedure,
    Regimen,
    RescueInjection,
    Visit,
    WorkLoss,
)
from cortipump.record.timeline import Timeline

_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|percent)", re.I)
_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    Call: ("asked", "answer", "reference"),
    Criterion: ("text", "finding", "number"),
    Decision: ("quote", "policy", "reference", "stated_deadline"),
    Letter: ("subject", "text", "reference"),
    Note: ("title", "text"),
    Plan: ("name", "member_number", "group_number"),
    Procedure: ("text",),
    Regimen: ("drug", "printed", "schedule", "device"),
    RescueInjection: ("drug", "reason"),
    Visit: ("class_printed", "facility"),
    WorkLoss: ("reason",),
    Lab: ("text", "reference_range"),
}
_PLACES: Final = 6


class Printed(Struct, frozen=True):
    """Numbers and where they stand.

    Attributes
    ----------
    by_kind
        Kind of fact to number to the facts whose words hold it.
    percents
        Percentages that the words state.
    computed
        Every number of the comparison: counts, ratios, limits, days, differences.
    """

    by_kind: Mapping[str, Mapping[Decimal, tuple[str, ...]]]
    computed: frozenset[Decimal]
    percents: frozenset[Decimal]

    def holds(self, number: Decimal, kinds: Iterable[str]) -> bool:
        """Whether the words of a fact of one of the kinds hold the number."""
        return any(number in self.by_kind.get(kind, ()) for kind in kinds)

    def is_computed(self, number: Decimal, places: int) -> bool:
        """Whether the comparison yields the number, rounded to the printed places."""
        return number in self.computed or any(
            round(value, places) == number for value in self.computed
        )


def printed_numbers(timeline: Timeline, result: EvidenceResult | None) -> Printed:
    """The numbers in the words of every standing fact, and in the comparison."""
    found: dict[str, dict[Decimal, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in timeline:
        if fact.superseded_by or fact.body.void:
            continue
        for number in _numbers(fact):
            found[fact.kind][number].append(fact.id)
    by_kind = {
        kind: {number: tuple(dict.fromkeys(ids)) for number, ids in numbers.items()}
        for kind, numbers in found.items()
    }
    percents = frozenset(
        percent
        for fact in timeline
        if not fact.superseded_by and not fact.body.void
        for percent in _percents(fact)
    )
    computed = frozenset(_computed(result)) if result else frozenset()
    return Printed(by_kind, computed, percents)


def words_of(fact: Fact) -> Iterator[str]:
    """Every text of a fact that a letter may take a number from."""
    for name in (*_FIELDS.get(type(fact.body), ()), "note"):
        yield getattr(fact.body, name, "") or ""


def _percents(fact: Fact) -> Iterator[Decimal]:
    return (Decimal(m[1]) for text in words_of(fact) for m in _PERCENT.finditer(text))


def _numbers(fact: Fact) -> Iterator[Decimal]:
    for text in words_of(fact):
        for match in _NUMBER.finditer(text):
            yield Decimal(match[0].replace(",", ""))


def _computed(result: EvidenceResult) -> Iterator[Decimal]:
    for window in (result.before, result.run_in, result.after):
        if window is not None:
            yield Decimal(window.span.days)
            yield from _of_counts(window.counts.values())
    for by_window in result.readings.values():
        for counts in by_window.values():
            yield from _of_counts(counts.values())
    for c in result.comparisons:
        yield from (Decimal(c.before), Decimal(c.after))
        yield from (Decimal(c.days_before), Decimal(c.days_after))
        for value in (c.rate_ratio, c.ci_low, c.ci_high, c.p_central):
            if value is not None:
                yield Decimal(repr(value))
    for change in result.score_changes:
        yield from (change.change, abs(change.change))
    yield from (Decimal(point.days_since_index) for point in result.scores)
    yield from (Decimal(e.nights) for e in result.events if e.nights is not None)


def _of_counts(counts: Iterable[Count]) -> Iterator[Decimal]:
    for count in counts:
        yield from (Decimal(count.value), Decimal(count.fewest), Decimal(count.most))
