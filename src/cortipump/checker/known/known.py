"""One ledger as a checker needs it: what happened, what it cost, how often, and in which files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.checker.known.counts import Counter
from cortipump.checker.known.doses import StatedDose, stated_doses
from cortipump.checker.known.happenings import Happening, by_day, happenings
from cortipump.checker.known.printed import Printed, printed_numbers
from cortipump.checker.known.readings import Reading, readings_of
from cortipump.checker.known.sums import Bill, Purse, Sum, sums
from cortipump.evidence.material import Material, StandingFacts, material_of
from cortipump.evidence.result import EvidenceResult
from cortipump.quantities.span import DateSpan
from cortipump.record.duplicates import Matches
from cortipump.record.facts import Criterion, Fact, Lab, Measurement, Person, Regimen, Score, Visit
from cortipump.record.phases import Phase, phases
from cortipump.record.timeline import Of, Timeline

_YEAR: Final = 365


class Known(Struct, frozen=True):
    """What a ledger bears.

    Attributes
    ----------
    days
        Day to everything that begins or ends on it.
    amounts
        Amount to every sum of that size.
    spans
        Named runs of days that a letter may count over.
    windows
        Those of the comparison among them: before, run_in, after. Empty: no comparison.
    readings
        Every laboratory value and measurement that is a number, in one shape.
    doses
        Every dose in mg that a record states.
    printed
        Numbers that stand in words of the records, and in the evidence's own results.
    exhibits
        Fact id to its exhibit's number in the packet.
    """

    timeline: Timeline
    happenings: tuple[Happening, ...]
    days: Mapping[date, tuple[Happening, ...]]
    sums: tuple[Sum, ...]
    amounts: Mapping[Decimal, tuple[Sum, ...]]
    purse: Purse
    counter: Counter
    spans: Mapping[str, DateSpan]
    windows: Mapping[str, DateSpan]
    phases: tuple[Phase, ...]
    labs: tuple[Of[Lab], ...]
    readings: tuple[Reading, ...]
    scores: tuple[Of[Score], ...]
    regimens: tuple[Of[Regimen], ...]
    criteria: tuple[Of[Criterion], ...]
    doses: tuple[StatedDose, ...]
    printed: Printed
    names: tuple[str, ...]
    born: date | None
    exhibits: Mapping[str, int]
    result: EvidenceResult | None

    def origin(self, fact_id: str) -> str:
        """Where a fact stands: its exhibit, or the file that holds it."""
        if fact_id in self.exhibits:
            return f"exhibit {self.exhibits[fact_id]}"
        fact: Fact = self.timeline[fact_id]
        return fact.origin.name or "typed entry"


def known_of(
    timeline: Timeline,
    matches: Matches,
    bills: Sequence[Bill],
    result: EvidenceResult | None = None,
    exhibits: Mapping[str, int] | None = None,
) -> Known:
    """Arrange a ledger for the checker.

    Parameters
    ----------
    timeline
        Linked facts.
    bills
        The standing charges with their visits.
    result
        The comparison, where there is one.
    exhibits
        Fact id to the number of its exhibit in the packet.
    """
    whole = _whole(timeline)
    material = _material(timeline, matches, bills, whole)
    events = material.course.events if material else ()
    found = happenings(timeline, events)
    windows = _windows(result)
    phased = phases(timeline)
    spans = dict(_spans(whole, windows, phased))
    added = sums(bills, found, list(spans.items()))
    amounts: dict[Decimal, list[Sum]] = defaultdict(list)
    for one in added:
        amounts[one.amount].append(one)
    people = timeline.of(Person)
    labs = tuple(timeline.of(Lab))
    return Known(
        timeline=timeline,
        happenings=found,
        days=by_day(found),
        sums=added,
        amounts={amount: tuple(listed) for amount, listed in amounts.items()},
        purse=Purse(bills, found),
        counter=Counter(material, found),
        spans=spans,
        windows=windows,
        phases=phased,
        labs=labs,
        readings=tuple(readings_of(labs, timeline.of(Measurement))),
        scores=tuple(timeline.of(Score)),
        regimens=tuple(timeline.of(Regimen)),
        criteria=tuple(timeline.of(Criterion)),
        doses=tuple(stated_doses(timeline)),
        printed=printed_numbers(timeline, result),
        names=tuple(dict.fromkeys(name for person in people for name in person.body.names)),
        born=next((p.body.born for p in people if p.body.born), None),
        exhibits=exhibits or {},
        result=result,
    )


def _whole(timeline: Timeline) -> DateSpan | None:
    """From the first dated day of the record to its last. None: nothing is dated."""
    days = [
        day
        for fact in timeline
        if (when := fact.body.when) is not None and not isinstance(fact.body, Person)
        for day in (when.first_day, when.last_day)
    ]
    return DateSpan(min(days), max(days) + timedelta(days=1)) if days else None


def _material(
    timeline: Timeline, matches: Matches, bills: Iterable[Bill], whole: DateSpan | None
) -> Material | None:
    if whole is None:
        return None
    standing = StandingFacts(timeline)
    visits = list(standing.of(Visit))
    return material_of(standing, visits, matches, whole, [bill.view for bill in bills])


def _windows(result: EvidenceResult | None) -> dict[str, DateSpan]:
    if result is None:
        return {}
    windows = {"before": result.before, "run_in": result.run_in, "after": result.after}
    return {name: window.span for name, window in windows.items() if window is not None}


def _spans(
    whole: DateSpan | None, windows: Mapping[str, DateSpan], phased: Iterable[Phase]
) -> Iterator[tuple[str, DateSpan]]:
    """Runs of days over which people count: windows, phases, years, the whole record."""
    if whole is None:
        return
    yield from windows.items()
    yield "the whole record", whole
    for year in range(whole.from_.year, whole.last.year + 1):
        yield f"in {year}", DateSpan(date(year, 1, 1), date(year + 1, 1, 1))
    for phase in phased:
        until = phase.until or whole.until
        if phase.from_ < until:
            yield f"phase {phase.name} from {phase.from_}", DateSpan(phase.from_, until)
    if "after" in windows:
        index = windows["after"].from_
        if whole.from_ < index:
            yield "all before the pump", DateSpan(whole.from_, index)
        if index < whole.until:
            yield "all since the pump", DateSpan(index, whole.until)
    first = max(whole.from_, whole.until - timedelta(days=_YEAR))
    if first < whole.last:
        yield "the last year of the record", DateSpan(first, whole.until)
