"""One realistic document for the renderers: an appeal with tables, figures and twenty exhibits.

`sample` builds it from facts through `build_exhibits`, as the program does, so that links, places
and reprints are real. Its sources and its words are in `sample_sources` and `sample_letter`.
"""

import importlib.util
import json
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec import Struct

from cortipump.documents.blocks import Document
from cortipump.documents.exhibits import build_exhibits
from cortipump.documents.statements import Value, say
from cortipump.evidence.result import Amount, Count, EvidenceResult, Month, ScorePoint, Window
from cortipump.quantities.span import DateSpan
from cortipump.record.facts import Decision, Fact, Lab, Note

INDEX = date(2025, 3, 1)


def _neighbour(name: str) -> ModuleType:
    """A module of this folder: tests are no package (import mode importlib)."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


made_up = _neighbour("sample_sources")
letter = _neighbour("sample_letter")
rule, moment = letter.rule, made_up.moment


class Sample(Struct):
    """A document with the bytes of its sources."""

    document: Document
    sources: dict[str, bytes]
    facts: list[Fact]
    result: EvidenceResult


def evidence(
    visits: list[Fact], charges: list[Fact], injections: list[Fact], scores: list[Fact]
) -> EvidenceResult:
    """A made-up comparison over a year each."""
    ids = [fact.id for fact in visits]

    def window(name: Any, first: date, last: date, values: list[int], ids: list[str]) -> Window:
        names = ("emergency_visits", "inpatient_stays", "bed_days", "rescue_injections")
        cost = Amount(Decimal("86419.20") / len(name), tuple(fact.id for fact in charges[:7]))
        paid = Amount(
            Decimal("41200.75") / len(name),
            tuple(fact.id for fact in charges[:7]),
            (charges[0].id,),
        )
        costs: Any = {"billed": {"USD": cost}, "paid": {"USD": paid}}
        if name == "before":
            costs["patient"] = {"USD": Amount(Decimal("5120.00"), (charges[1].id,))}
        return Window(
            name,
            DateSpan(first, last),
            {n: Count(v, tuple(ids[:v]), v, v) for n, v in zip(names, values, strict=True)},
            costs,
            {},
        )

    months = []
    for n in range(25):
        year, month = divmod(2 + n, 12)
        side: Any = "before" if n < 12 else "after"
        quiet = n > 13
        counts: Any = {
            "emergency_visits": 0 if quiet else (n * 7 + 3) % 3,
            "inpatient_stays": 0 if quiet else (n * 5) % 2,
            "bed_days": 0 if quiet else (n * 5) % 2 * 3,
            "rescue_injections": 1 if n % 5 == 0 else 0,
        }
        months.append(Month(f"{2024 + year}-{month + 1:02d}", counts, n in {12, 24}, side))
    points = tuple(
        ScorePoint(
            fact.id,
            "AddiQoL",
            "AddiQoL-30",
            "total",
            fact.body.at,
            fact.body.value,
            "before" if fact.body.at.day < INDEX else "after",
            (fact.body.at.day - INDEX).days,
        )
        for fact in scores
    )
    return EvidenceResult(
        index_date=INDEX,
        index_why="first day on the pump",
        before=window("before", date(2024, 3, 1), INDEX, [7, 4, 12, 3], ids),
        run_in=window("run_in", INDEX, date(2025, 3, 29), [1, 0, 0, 0], ids),
        after=window("after", INDEX, date(2026, 3, 1), [1, 1, 3, 2], ids),
        readings={},
        comparisons=(),
        scores=points,
        score_changes=(),
        labs=(),
        doses=(),
        months=tuple(months),
        definitions=(),
        caveats=(),
        events=(),
        fact_ids=tuple(ids),
    )


def build(bundles: int = 13, per_bundle: int = 6, labs: int = 40) -> Sample:
    """The whole document: ``bundles`` + 7 exhibits."""
    ledger = made_up.Ledger()
    sha = ledger.source("denial-2025-11-03.pdf", "application/pdf", made_up.denial_pdf())
    decision = ledger.fact(
        Decision(at=moment(date(2025, 11, 3)), line="pump", outcome="denied"),
        sha,
        "page 1, line 14",
    )
    rights = ledger.fact(
        Decision(
            at=moment(date(2025, 11, 3)), line="pump", outcome="denied", stated_deadline="180 days"
        ),
        sha,
        "page 2",
    )
    pairs = [fact for n in range(bundles) for fact in made_up.bundle(ledger, n, per_bundle)]
    lab_facts = [fact for n in range(3) for fact in made_up.labs(ledger, n, labs)]
    sheet = ledger.source(
        "cortisol.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        made_up.workbook(),
    )
    lab_facts += [
        ledger.fact(Lab(analyte="cortisol"), sheet, f"sheet Labs row {n}") for n in (2, 5)
    ]
    words = ledger.source(
        "clinic-note.txt",
        "text/plain",
        b"Endocrinology\nSeen today.\nPump ordered on October 2, 2025.\n",
    )
    note = ledger.fact(Note(title="Clinic note"), words, "line 3")
    observation = {
        "resourceType": "Observation",
        "id": "bp",
        "component": [{"valueQuantity": {"value": 96, "unit": "mm[Hg]"}}],
    }
    lines = ledger.source(
        "observations.ndjson", "application/fhir+ndjson", (json.dumps(observation) + "\n").encode()
    )
    pressure = ledger.fact(Lab(analyte="blood pressure"), lines, "line 1 $.component[0]")
    typed = made_up.typed(ledger)
    visits, charges = pairs[::2], pairs[1::2]
    result = evidence(visits, charges, typed["injections"], typed["scores"])
    exhibits, exhibit_of = build_exhibits(ledger.facts, ledger.infos, ledger.sources.__getitem__)
    facts = {
        "visits": visits,
        "charges": charges,
        "decision": [decision, rights],
        "labs": [*lab_facts, note, pressure],
    }
    document = Document(
        kind="appeal",
        title="Appeal of the denial of an external ambulatory infusion pump",
        language="en",
        paper="us-letter",
        dated=say("dated", rule("January 15, 2026", "date of the document")),
        sender=(
            say("s", "Jane Q. Sample"),
            say("s", rule("12 Alder Street"), ", Northampton, MA ", rule("01060")),
            say("s", rule("413-555-0117")),
            say("s", "jane@example.org"),
        ),
        addressee=(
            say("a", "Meridian Mutual Health Plan"),
            say("a", "Member Appeals"),
            say("a", "PO Box ", rule("1000")),
            say("a", "Hartford, CT ", rule("06101")),
        ),
        reference=(
            ("Member number", say("ref", Value("MMH-4471-02", "quote", (decision.id,)))),
            ("Claim number", say("ref", Value("25-118-0047", "quote", (decision.id,)))),
            ("Level", say("ref", "First internal appeal, standard")),
        ),
        blocks=letter.blocks(facts, result),
        exhibits=exhibits,
        exhibit_of=exhibit_of,
        day=date(2026, 1, 15),
    )
    return Sample(document, ledger.sources, ledger.facts, result)


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The whole document, small."""
    return build(bundles=13, per_bundle=2, labs=6)


@pytest.fixture(scope="session")
def make_sample() -> Callable[..., Sample]:
    """Build the document in another size."""
    return build
