"""Documents from a ledger: built, listed, explained, written; nothing leaves unseen (S16)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct

from cortipump.actions import clock
from cortipump.actions.evidence import Asked, evidence_of
from cortipump.actions.ledger import Record, record_of
from cortipump.documents.appeal import Kind, write
from cortipump.documents.blocks import Document, Exhibit
from cortipump.documents.case import Ask, Case, Event, Paper, PlanView, Quoted
from cortipump.documents.cited import cited_facts, statements
from cortipump.documents.exhibits import SourceInfo
from cortipump.errors import UsageError
from cortipump.evidence.result import EvidenceResult
from cortipump.knowledge.adrenal import is_adrenal, own_causes
from cortipump.record.claims import Standing
from cortipump.record.facts import (
    Condition,
    Criterion,
    Decision,
    Fact,
    Lab,
    Letter,
    Line,
    Person,
    Plan,
    Regimen,
    RescueInjection,
    Score,
    Visit,
)
from cortipump.record.store import Ledger, open_ledger
from cortipump.record.timeline import Of, Timeline

_ANALYTES: Final = frozenset(
    {
        "cortisol", "cortisol-series", "cortisol-free", "cortisol-saliva", "cortisol-urine-24h",
        "acth", "sodium", "potassium", "glucose", "renin-activity", "renin-direct", "aldosterone",
        "17-ohp", "androstenedione", "cbg",
    }
)  # fmt: skip
_SUFFIXES: Final = (".pdf", ".txt", ".md", ".html")


class Written(Struct, frozen=True):
    """A document with everything that can be said about it before it is written."""

    document: Document
    case: Case
    record: Record
    originals: Mapping[str, bytes]


def build(path: Path, kind: Kind, asked: Asked, ask: Ask, *, paper: str = "") -> Written:
    """Build a document; nothing is written.

    Parameters
    ----------
    paper
        Empty: US Letter for a person in the US or one whose country is not recorded and whose
        amounts are in USD, else A4.

    Raises
    ------
    EvidenceError, DocumentError
        When the windows are impossible, or a cited place cannot be found in its source.
    """
    with open_ledger(path) as ledger:
        record = record_of(ledger)
        ask = msgspec.structs.replace(ask, paper=paper or _paper(record))
        case = case_of(record, evidence_of(record, asked), ask)
        load = _Originals(ledger)
        facts = {fact.id: fact for fact in record.timeline}
        document = write(kind, case, facts, _infos(record), load)
        kept = {
            exhibit.source: load(exhibit.source)
            for exhibit in document.exhibits
            if exhibit.source and exhibit.pages
        }
    return Written(document, case, record, kept)


def _paper(record: Record) -> Paper:
    countries = {p.body.country.upper() for p in record.timeline.of(Person) if p.body.country}
    if countries:
        return "us-letter" if countries & {"US", "USA", "UNITED STATES"} else "a4"
    currencies = {s.charge.currency for s in record.claims.standing if s.charge.currency}
    return "us-letter" if currencies <= {"USD"} else "a4"


class _Originals:
    """Original bytes by hash, each unpacked once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: dict[str, bytes] = {}

    def __call__(self, sha256: str) -> bytes:
        if sha256 not in self._kept:
            self._kept[sha256] = self._ledger.source_bytes(sha256)
        return self._kept[sha256]


def _infos(record: Record) -> dict[str, SourceInfo]:
    return {
        s.sha256: SourceInfo(s.sha256, s.name, s.media, s.size, s.imported_at)
        for s in record.sources.values()
    }


def case_of(record: Record, result: EvidenceResult, ask: Ask) -> Case:
    """What the letters draw on, out of the record."""
    timeline = record.timeline
    first, last = result.before.span.from_, result.after.span.last
    letters = [x for x in timeline.of(Letter) if x.body.about == "denial"]
    return Case(
        ask=ask,
        person=next((p for p in timeline.of(Person) if p.body.names), None),
        plan=plan_view(timeline),
        denials=_denials(timeline),
        denial_letter=letters[-1] if letters else None,
        criteria=tuple(sorted(timeline.of(Criterion), key=lambda c: c.body.number.zfill(4))),
        facts={fact.id: fact for fact in timeline},
        diagnoses=_diagnoses(timeline),
        regimens=tuple(
            r
            for r in timeline.of(Regimen)
            if r.body.role in {"glucocorticoid", "mineralocorticoid"}
        ),
        events=_events(record, result),
        labs=tuple(
            lab
            for lab in timeline.of(Lab)
            if lab.body.analyte in _ANALYTES
            and lab.body.at
            and first <= lab.body.at.first_day <= last
        ),
        scores=tuple(timeline.of(Score)),
        rescues=tuple(
            r
            for r in timeline.of(RescueInjection)
            if r.body.at and first <= r.body.at.first_day <= last
        ),
        evidence=result,
    )


def _denials(timeline: Timeline) -> tuple[Of[Decision], ...]:
    """What was refused, line by line in the order of the lines; of each line the last decision."""
    last = {decision.body.line: decision for decision in timeline.of(Decision)}
    refused = {"denied", "partial", "upheld"}
    return tuple(
        last[line] for line in get_args(Line) if line in last and last[line].body.outcome in refused
    )


def plan_view(timeline: Timeline) -> PlanView:
    """The plan, field by field, from the latest fact that states the field."""
    stated: dict[str, Quoted] = {}
    differing: set[str] = set()
    for plan in timeline.of(Plan):
        for name in ("name", "payer", "member_number", "group_number", "plan_kind"):
            text = getattr(plan.body, name)
            if not text:
                continue
            if name in stated and stated[name].text != text:
                differing.add(name)
            stated[name] = Quoted(plan.id, text)
    return PlanView(**stated, differing=tuple(sorted(differing)))


def _diagnoses(timeline: Timeline) -> tuple[Of[Condition], ...]:
    """Conditions that are adrenal insufficiency by code; the first record of each."""
    own = own_causes(c for x in timeline.of(Condition) for c in x.body.codes)
    found: dict[str, Of[Condition]] = {}
    for condition in timeline.of(Condition):
        codes = [c for c in condition.body.codes if is_adrenal(c, own)]
        if codes:
            found.setdefault(codes[0].code.replace(".", ""), condition)
    return tuple(found.values())


def _begun(fact: Fact) -> str:
    when = fact.body.when
    return when.first_day.isoformat() if when else ""


def _events(record: Record, result: EvidenceResult) -> tuple[Event, ...]:
    """Every event that is counted inside the windows, with its records and claims (S16)."""
    timeline = record.timeline
    charges: dict[str, list[Standing]] = {}
    for standing in record.claims.standing:
        if standing.visit:
            charges.setdefault(standing.visit, []).append(standing)
    first_of_group: dict[int, int] = {}
    events = []
    # Of two records of perhaps one event, the one to which the claims belong comes first.
    ordered = sorted(
        result.events,
        key=lambda e: (
            min(map(_begun, (timeline[i] for i in e.ids))),
            not charges.keys() & {*e.ids},
        ),
    )
    for number, event in enumerate(ordered, 1):
        facts = [timeline[fact_id] for fact_id in event.ids]
        visits = [Of(f, f.body) for f in facts if isinstance(f.body, Visit)]
        # The record that says most leads: a stay before the emergency visit that led to it, a
        # visit record before a bill.
        visits.sort(key=lambda v: (v.body.visit_kind != event.kind, v.body.basis == "bill"))
        earlier = first_of_group.setdefault(event.group, number)
        events.append(
            Event(
                kind=event.kind,
                visits=tuple(visits),
                charges=tuple(c for v in visits for c in charges.get(v.id, ())),
                perhaps=earlier if earlier != number else 0,
                nights=event.nights,
            )
        )
    return tuple(events)


# -- what a document says, and from where --------------------------------------------------


def explain(written: Written) -> dict[str, Any]:
    """Every sentence with its derivations, facts, sources and places; and what was left out."""
    document, record = written.document, written.record
    facts = {fact_id: record.timeline[fact_id] for fact_id in cited_facts(document)}
    exhibits = {e.source: e.number for e in document.exhibits}
    return {
        "document": document.kind,
        "title": document.title,
        "dated": written.case.ask.dated,
        "statements": list(_statements(document)),
        "facts": {
            fact_id: _fact(fact, record, exhibits, document) for fact_id, fact in facts.items()
        },
        "sources": [_source(exhibit, record) for exhibit in document.exhibits],
        "omitted": [
            {
                "paragraph": o.paragraph, "fact": o.fact, "state": o.state,
                "who_can_supply": o.who_can_supply, "how": o.how,
            }
            for o in document.omissions
        ],
    }  # fmt: skip


def _statements(document: Document) -> Iterator[dict[str, Any]]:
    for number, (section, statement) in enumerate(statements(document), 1):
        values = [
            {"text": v.text, "how": v.how, "note": v.note, "facts": list(v.facts)}
            for v in statement.values
        ]
        yield {
            "n": number, "section": section, "kind": statement.kind, "text": statement.text,
            "values": values,
        }  # fmt: skip


def _fact(
    fact: Fact, record: Record, exhibits: Mapping[str, int], document: Document
) -> dict[str, Any]:
    origin = fact.origin
    return {
        "kind": fact.kind,
        "source": {"name": origin.name, "sha256": origin.source, "place": origin.place},
        "exhibit": exhibits.get(origin.source),
        "anchor": document.exhibit_of.get(fact.id),
        "entered_by": origin.by or "import",
        "entered_at": origin.at,
        "body": msgspec.to_builtins(fact.body),
    }


def _source(exhibit: Exhibit, record: Record) -> dict[str, Any]:
    known = record.sources.get(exhibit.source)
    return {
        "exhibit": exhibit.number,
        "title": exhibit.title,
        "name": exhibit.file,
        "sha256": exhibit.source or None,
        "size": known.size if known else None,
        "records_shown": len(exhibit.records),
        "pages_shown": list(exhibit.pages),
    }


def claims_json(written: Written) -> bytes:
    """`claims.json`: the same inputs, the same bytes."""
    encoded = msgspec.json.encode(explain(written))
    return msgspec.json.format(encoded, indent=1) + b"\n"


def render(written: Written, suffix: str) -> bytes:
    """The document as a file of that kind.

    Raises
    ------
    UsageError
        W001 for a kind of file that cannot be written.
    """
    document = written.document
    match suffix:
        case ".pdf":
            from cortipump.documents.render.pdf import pdf  # heavy: only for PDF

            return pdf(document, written.originals)
        case ".txt":
            from cortipump.documents.render.text import text

            return text(document).encode()
        case ".md":
            from cortipump.documents.render.markdown import markdown

            return markdown(document).encode()
        case ".html":
            from cortipump.documents.render.html import html

            return html(document).encode()
    raise UsageError(
        f"documents cannot be written as {suffix or 'a file without an ending'}",
        do=f"use one of {', '.join(_SUFFIXES)}",
    )


def default_ask(**chosen: Any) -> Ask:
    """An `Ask` dated today unless another date is given."""
    return Ask(**{"dated": clock.today(), **chosen})
