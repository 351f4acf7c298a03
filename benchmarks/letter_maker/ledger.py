"""A made-up person's record as a writer of letters needs it: true values, and what is nowhere."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from cortipump.actions.demo import Typed, record_files
from cortipump.actions.evidence import Asked, evidence_of
from cortipump.actions.ledger import Record, read_record
from cortipump.actions.write import case_of, default_ask
from cortipump.demo.build import build
from cortipump.documents.case import Case, Event
from cortipump.evidence.result import EvidenceResult, Window
from cortipump.quantities.money import MONEY_KINDS
from cortipump.record.claims import Standing
from cortipump.record.codec import encode
from cortipump.record.facts import Lab, RescueInjection, Visit

PHASE: Final = Asked(phase="loaner")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_PLACES: Final = {"LAKESHORE GEN": "Lakeshore General Hospital", "CEDAR": "Cedar Bluff Medical Center",
                  "LAKESHORE WALK": "Lakeshore Walk-In Urgent Care"}  # fmt: skip
_CAUSES: Final = {
    "E27.2": "adrenal crisis", "E27.1": "weakness and vomiting", "S93.401A": "a sprained ankle",
    "S61.210A": "a cut finger", "T85.624A": "a pump site that had come off",
    "J01.90": "a sinus infection", "J20.9": "bronchitis", "G43.909": "a migraine",
    "I95.9": "low blood pressure",
}  # fmt: skip


class Happening(Struct, frozen=True):
    """One event as the project counts it, with what its claims come to.

    Attributes
    ----------
    sums
        Kind of money to the sum over all its standing claims; only where every one states it.
    hospital
        The same for the one claim of the hospital itself. Empty: there is not exactly one.
    can_be
        Kind of money to every amount that could honestly be called its own: parts and their sums.
    """

    kind: str
    first: date
    last: date
    nights: int
    place: str
    cause: str
    sums: dict[str, Decimal]
    hospital: dict[str, Decimal]
    can_be: dict[str, frozenset[Decimal]]


class Someone(Struct, frozen=True):
    """A person: the record, what it yields, and every number anywhere in it."""

    seed: int
    record: Record
    result: EvidenceResult
    case: Case
    events: tuple[Happening, ...]
    amounts: frozenset[Decimal]
    numbers: frozenset[Decimal]

    @property
    def name(self) -> str:
        """As the records have it."""
        assert self.case.person is not None
        return self.case.person.body.names[0]

    @property
    def born(self) -> date:
        """Birth date."""
        assert self.case.person is not None
        assert self.case.person.body.born is not None
        return self.case.person.body.born

    @property
    def reference(self) -> str:
        """Number of the denial."""
        return self.case.denials[0].body.reference

    @property
    def denied(self) -> date:
        """Day of the notice."""
        at = self.case.denials[0].body.at
        assert at is not None
        assert at.day is not None
        return at.day

    @property
    def received(self) -> date:
        """Day on which it came."""
        received = self.case.denials[0].body.received
        assert received is not None
        return received


@cache
def record_of_person(seed: int) -> Record:
    """The record of the made-up person of that seed."""
    made = build(seed)
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        for name, content in made.files.items():
            (files / name).write_bytes(content)
        ledger = Path(folder) / "ledger.cortipump"
        record_files(ledger, files, msgspec.convert(made.typed, list[Typed]), lambda _: None)
        return read_record(ledger)


@cache
def someone(seed: int) -> Someone:
    """The person of that seed."""
    record = record_of_person(seed)
    result = evidence_of(record, PHASE)
    case = case_of(record, result, default_ask())
    loose = [s for s in record.claims.standing if not s.visit and not s.charge.category]
    events = tuple(_happening(event, loose) for event in case.events if not event.perhaps)
    return Someone(
        seed, record, result, case, events,
        frozenset(_amounts(record, events, result)), frozenset(_numbers(record)),
    )  # fmt: skip


@cache
def window(seed: int, first: date, until: date) -> Window:
    """The project's own counts of any span of days."""
    days = (until - first).days
    return evidence_of(record_of_person(seed), Asked(index=until, before_days=days)).before


def _happening(event: Event, loose: Iterable[Standing]) -> Happening:
    days = [d for v in event.visits for d in _days(v.body)]
    lead = event.visits[0].body
    code = lead.reasons[0].code if lead.reasons else ""
    facility = next((n for v in event.visits for k, n in _PLACES.items()
                     if v.body.facility.upper().startswith(k)), lead.facility)  # fmt: skip
    # Bills of those days that the project could not give to a visit: a sum would be in doubt.
    near = [c for c in loose if c.charge.claim_type not in {"pharmacy", ""}
            and c.day is not None and min(days) <= c.day <= max(days)]  # fmt: skip
    own = [c for c in event.charges if c.charge.claim_type == "facility"]
    if event.kind == "urgent-care":
        own = list(event.charges)
    return Happening(
        event.kind, min(days), max(days), event.nights or 0, facility,
        _CAUSES.get(code, "an illness"), {} if near else _sums(event.charges),
        _sums(own) if len(own) == 1 else {},
        {kind: frozenset(_subsets([*event.charges, *near], kind)) for kind in MONEY_KINDS},
    )  # fmt: skip


def _days(visit: Visit) -> Iterator[date]:
    for moment in (visit.start, visit.end):
        if moment is not None and moment.day is not None:
            yield moment.day


def _stated(charges: Iterable[Standing], kind: str) -> list[Decimal]:
    return [a for c in charges if (a := getattr(c.charge, kind)) is not None]


def _sums(charges: Iterable[Standing]) -> dict[str, Decimal]:
    charges = list(charges)
    return {
        kind: sum(stated, Decimal(0))
        for kind in MONEY_KINDS
        if (stated := _stated(charges, kind)) and len(stated) == len(charges)
    }


def _subsets(charges: Iterable[Standing], kind: str) -> Iterator[Decimal]:
    stated = _stated(charges, kind)
    for size in range(1, len(stated) + 1):
        for some in combinations(stated, size):
            yield sum(some, Decimal(0))


def _amounts(
    record: Record, events: tuple[Happening, ...], result: EvidenceResult
) -> Iterator[Decimal]:
    for standing in record.claims.standing:
        for kind in MONEY_KINDS:
            yield from _stated([standing], kind)
    for event in events:
        for some in event.can_be.values():
            yield from some
    for part in (result.before, result.after):
        for costs in (part.costs, *part.pump_costs.values()):
            for by_currency in costs.values():
                yield from (a.value for a in by_currency.values() if a.value is not None)


def _numbers(record: Record) -> Iterator[Decimal]:
    for fact in record.timeline:
        for text in _NUMBER.findall(encode(fact.body).decode()):
            yield Decimal(text)


def in_care(one: Someone, day: date, kinds: Iterable[str]) -> bool:
    """Whether any record of such a visit covers the day, its last day included."""
    kinds = {*kinds}
    for visit in one.record.timeline.of(Visit):
        days = list(_days(visit.body))
        if visit.body.visit_kind in kinds and days and min(days) <= day <= max(days):
            return True
    return False


def office_days(one: Someone) -> list[date]:
    """Days on which only an office was visited."""
    found = []
    for visit in one.record.timeline.of(Visit):
        start = visit.body.start
        if visit.body.visit_kind in {"office", "virtual"} and start is not None and start.day:
            found.append(start.day)
    return found


def lab_days(one: Someone, analyte: str) -> set[date]:
    return {at.day for lab in one.record.timeline.of(Lab)
            if lab.body.analyte == analyte and (at := lab.body.at) and at.day}  # fmt: skip


def injections(one: Someone, first: date, last: date, *, home: bool) -> list[RescueInjection]:
    return [
        shot.body
        for shot in one.record.timeline.of(RescueInjection)
        if (shot.body.setting != "care") == home
        and shot.body.at is not None
        and first <= shot.body.at.first_day <= last
    ]


def dated(one: Someone, spread: int) -> date:
    """A day for the letter: after the record's last, before the clock's."""
    return one.result.after.span.last + timedelta(days=2 + spread % 11)
