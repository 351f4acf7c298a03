"""How often something happened in any run of days, under every honest way of counting it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Final

from msgspec import Struct

from cortipump.checker.known.happenings import Happening, Topic
from cortipump.checker.known.sums import leading
from cortipump.evidence.material import Material, all_counts
from cortipump.evidence.result import Count
from cortipump.knowledge.cues import Measure
from cortipump.quantities.span import DateSpan

_MEASURES: Final[dict[Measure, str]] = {
    "emergency": "emergency_visits", "inpatient": "inpatient_stays",
    "observation": "observation_stays", "urgent-care": "urgent_care_visits", "nights": "bed_days",
    "injection": "rescue_injections", "work": "work_days_lost",
}  # fmt: skip
_OF_HOSPITAL: Final[tuple[Topic, ...]] = ("emergency", "inpatient", "observation")
_OF_TOPIC: Final[dict[Measure, Topic]] = {
    "office": "office", "call": "call", "score": "score", "lab": "lab", "denial": "denial",
    "claim": "charge", "letter": "letter", "regimen": "regimen", "diagnosis": "diagnosis",
    "procedure": "procedure",
}  # fmt: skip
_WORDS: Final[dict[Measure, str]] = {
    "emergency": "emergency visits", "inpatient": "hospital stays",
    "observation": "observation stays", "urgent-care": "urgent-care visits",
    "hospital": "visits to hospital", "visit": "visits", "crisis": "adrenal crises",
    "nights": "nights in hospital", "hospital-days": "days in hospital",
    "injection": "rescue injections", "work": "days of work lost", "office": "office visits",
    "call": "calls", "score": "questionnaires", "lab": "laboratory values", "denial": "denials",
    "claim": "claims", "letter": "letters", "regimen": "regimens", "diagnosis": "diagnoses",
    "procedure": "procedures",
}  # fmt: skip


class Tallied(Struct, frozen=True):
    """A count of the ledger.

    Attributes
    ----------
    low, high
        The number by the project's own rules: if every possible duplicate is one, and if none is.
    honest
        Every number that an honest reader of the records could state.
    facts
        What is counted.
    """

    what: str
    low: Decimal
    high: Decimal
    honest: frozenset[Decimal]
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The number in words: ``5``, or ``4 to 5``."""
        low, high = (format(n.normalize(), "f") for n in (self.low, self.high))
        return low if low == high else f"{low} to {high}"


def _is_denied(happening: Happening) -> bool:
    """A decision that denies; a letter about it is not counted beside it."""
    return "denial" in happening.topics and happening.what.startswith("decision")


class Counter:
    """Counts over spans, each made once."""

    def __init__(self, material: Material | None, found: Sequence[Happening]) -> None:
        self._material = material
        self._found = [h for h in found if h.first is not None]
        self._made: dict[tuple[Measure, date, date], Tallied] = {}

    def count(self, measure: Measure, span: DateSpan) -> Tallied:
        """The count of one measure in one span."""
        key = (measure, span.from_, span.until)
        if key not in self._made:
            self._made[key] = self._count(measure, span)
        return self._made[key]

    def _count(self, measure: Measure, span: DateSpan) -> Tallied:
        if measure in {"hospital", "visit"}:
            return self._together(measure, span)
        if measure == "crisis":
            return self._crises(span)
        if measure == "hospital-days":
            return self._days(span)
        if measure in _MEASURES and self._material is not None:
            return self._evidence(measure, self._material, span)
        topic = _OF_TOPIC.get(measure, "visit")
        if measure == "denial":
            return self._happened(measure, span, _is_denied)
        found = self._happened(measure, span, lambda h: topic in h.topics)
        return self._with_kinds(found, topic, span)

    def _evidence(self, measure: Measure, material: Material, span: DateSpan) -> Tallied:
        counts = self._readings(material, span, _MEASURES[measure])
        headline = counts[0]
        honest = {n for count in counts for n in _numbers(count)}
        if measure in {"emergency", "observation"}:
            topic: Topic = "emergency" if measure == "emergency" else "observation"
            # Those that became a stay are visits too, as people count them.
            became = self._inside(span, lambda h: topic in h.topics)
            honest |= {
                Decimal(len([h for h in became if leading(h) == topic])),
                Decimal(len(became)),
            }
            adrenal = [h for h in became if "crisis" in h.topics]
            honest.add(Decimal(len(adrenal)))
        if measure in {"emergency", "inpatient"}:
            honest |= self._by_facility(
                "emergency" if measure == "emergency" else "inpatient", span
            )
        if measure == "injection":
            every = self._inside(span, lambda h: "injection" in h.topics)
            honest.add(Decimal(len(every)))
        return Tallied(
            _WORDS[measure], Decimal(headline.fewest), Decimal(headline.most), frozenset(honest),
            headline.fact_ids,
        )  # fmt: skip

    def _by_facility(self, topic: Topic, span: DateSpan) -> set[Decimal]:
        """Those of one hospital, by any word of its name."""
        words: dict[str, int] = defaultdict(int)
        for happening in self._inside(span, lambda h: leading(h) == topic):
            for word in happening.words:
                words[word] += 1
        return {Decimal(n) for n in words.values()}

    def _readings(self, material: Material, span: DateSpan, name: str) -> list[Count]:
        counts = all_counts(material, span, "most")
        return [by_measure[name] for by_measure in counts.values() if name in by_measure]

    def _together(self, measure: Measure, span: DateSpan) -> Tallied:
        """Emergency visits, stays and observations, in every combination that has the name."""
        topics: tuple[Measure, ...] = ("emergency", "inpatient", "observation")
        topics += ("urgent-care",) if measure == "visit" else ()
        each = [self.count(topic, span) for topic in topics]
        honest: set[Decimal] = set()
        for size in range(2, len(each) + 1):
            for chosen in combinations(each, size):
                honest |= _sums(chosen)
        honest |= self.count("inpatient", span).honest
        crises = self._inside(span, lambda h: "crisis" in h.topics and "visit" in h.topics)
        honest.add(Decimal(len(crises)))
        low, high = (sum((getattr(t, k) for t in each), Decimal(0)) for k in ("low", "high"))
        facts = tuple(dict.fromkeys(fact for t in each for fact in t.facts))
        if measure == "visit":
            for topic in ("office", "virtual"):
                met = self._inside(span, lambda h, topic=topic: topic in h.topics)  # type: ignore[misc] # bound at once
                honest |= {Decimal(len(met)), len(met) + low, len(met) + high}
        return Tallied(_WORDS[measure], low, high, frozenset(honest), facts)

    def _crises(self, span: DateSpan) -> Tallied:
        crises = self._inside(span, lambda h: "crisis" in h.topics and "visit" in h.topics)
        low = high = Decimal(len(crises))
        double = self.count("hospital", span)
        honest = _between(len(crises) - int(double.high - double.low), len(crises))
        facts = tuple(fact for h in crises for fact in h.facts)
        if self._material is not None:
            counts = all_counts(self._material, span, "most")
            coded = [counts["adrenal_coded"][m] for m in ("emergency_visits", "inpatient_stays")]
            low = min(low, *(Decimal(sum(c.fewest for c in coded)),))
            honest |= _between(int(low), int(sum(c.most for c in coded)))
            stays = [h for h in crises if leading(h) == "inpatient"]
            honest |= {Decimal(len(stays)), Decimal(len(crises) - len(stays))}
        return Tallied(_WORDS["crisis"], min(low, high), high, frozenset(honest), facts)

    def _days(self, span: DateSpan) -> Tallied:
        """Calendar days of hospital stays: nights, and nights and a day for each stay."""
        nights, stays = self.count("nights", span), self.count("inpatient", span)
        low, high = nights.low + stays.low, nights.high + stays.high
        honest = {Decimal(n) for n in range(int(nights.low), int(high) + 1)}
        return Tallied(_WORDS["hospital-days"], low, high, frozenset(honest), nights.facts)

    def _happened(
        self, measure: Measure, span: DateSpan, wanted: Callable[[Happening], bool]
    ) -> Tallied:
        inside = self._inside(span, wanted)
        number = Decimal(len(inside))
        days = Decimal(len({h.first for h in inside}))
        facts = tuple(fact for h in inside for fact in h.facts)
        return Tallied(_WORDS[measure], min(number, days), number, frozenset({number, days}), facts)

    def _with_kinds(self, found: Tallied, topic: Topic, span: DateSpan) -> Tallied:
        """Also those of one provider, analyte or way of meeting, counted apart."""
        names: dict[frozenset[str], int] = defaultdict(int)
        days: dict[frozenset[str], set[date]] = defaultdict(set)
        for happening in self._inside(span, lambda h: topic in h.topics):
            for key in {happening.words, happening.topics}:
                names[key] += 1
                if happening.first is not None:
                    days[key].add(happening.first)
        counted = {Decimal(n) for n in names.values()} | {Decimal(len(d)) for d in days.values()}
        honest = found.honest | counted
        return Tallied(found.what, found.low, found.high, honest, found.facts)

    def _inside(self, span: DateSpan, wanted: Callable[[Happening], bool]) -> list[Happening]:
        return [h for h in self._found if h.first is not None and h.first in span and wanted(h)]


def _numbers(count: Count) -> set[Decimal]:
    whole = {Decimal(count.fewest), Decimal(count.most)}
    if all(n == n.to_integral_value() for n in whole):
        return _between(int(min(whole)), int(max(whole)))
    return whole


def _between(low: int, high: int) -> set[Decimal]:
    return {Decimal(n) for n in range(min(low, high), max(low, high) + 1)}


def _sums(chosen: Iterable[Tallied]) -> set[Decimal]:
    """The sum of the project's own counts, from all fewest to all most."""
    listed = list(chosen)
    low = sum(int(t.low) for t in listed)
    high = sum(int(t.high) for t in listed)
    return _between(low, high)
