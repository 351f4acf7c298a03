"""One realistic document for the renderers: an appeal with tables, figures and twenty exhibits.

Everything in it is made up. `sample` builds it from facts through `build_exhibits`, as the program
does, so that links, places and reprints are real.
"""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import typst
from msgspec import Struct

from cortipump.documents import figures
from cortipump.documents.blocks import (
    Bullets,
    Callout,
    Column,
    Document,
    Heading,
    Paragraph,
    Quote,
    Signature,
    Table,
)
from cortipump.documents.exhibits import SourceInfo, build_exhibits
from cortipump.documents.statements import Statement, Value, say
from cortipump.evidence.result import Amount, Count, EvidenceResult, Month, ScorePoint, Window
from cortipump.quantities.moment import Moment
from cortipump.quantities.span import DateSpan
from cortipump.record.facts import Charge, Decision, Fact, Lab, Note, Origin, RescueInjection
from cortipump.record.facts import Score, Visit

INDEX = date(2025, 3, 1)


class Sample(Struct):
    """A document with the bytes of its sources."""

    document: Document
    sources: dict[str, bytes]
    facts: list[Fact]


class _Ledger:
    """Facts and sources under construction."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.sources: dict[str, bytes] = {}
        self.infos: dict[str, SourceInfo] = {}

    def source(self, name: str, media: str, data: bytes) -> str:
        sha = hashlib.sha256(data).hexdigest()
        self.sources[sha] = data
        self.infos[sha] = SourceInfo(sha, name, media, len(data), "2026-01-12T17:03:00Z")
        return sha

    def fact(self, body: Any, sha: str = "", place: str = "", by: str = "import") -> Fact:
        number = len(self.facts)
        name = self.infos[sha].name if sha else ""
        origin = Origin(sha, name, place, by=by, at="2026-01-12T17:03:00Z")
        fact = Fact(f"{type(body).__name__.lower()}-{number:016x}", body, origin)
        self.facts.append(fact)
        return fact


def moment(day: date) -> Moment:
    """A day as a moment."""
    return Moment(str(day), day)


def rule(text: str, note: str = "by method") -> Value:
    """A value that rests on no fact."""
    return Value(text, "rule", note=note)


def cell(kind: str, *parts: str | Value) -> Statement:
    """A table cell."""
    return say(kind, *parts)


def _encounter(number: int, day: date, nights: int) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": f"enc-{number}-6f26c50e-a450-4904-be41-0321ada2dcb8",
        "meta": {"versionId": "3", "lastUpdated": f"{day}T22:11:04.000+00:00"},
        "text": {
            "status": "generated",
            "div": "<div><p>Emergency <b>visit</b> &amp; stay</p></div>",
        },
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
        "type": [
            {
                "coding": [
                    {
                        "system": "http://snomed.info/sct",
                        "code": "50849002",
                        "display": "Emergency room admission (procedure)",
                    }
                ],
                "text": "Emergency room admission (procedure)",
            }
        ],
        "subject": {"reference": "Patient/4f2c", "display": "Ms. Jane Q. Sample"},
        "participant": [
            {
                "individual": {"reference": "Practitioner/99", "display": "Dr. R. Okafor"},
                "period": {"start": f"{day}T08:10:00-05:00", "end": f"{day}T19:40:00-05:00"},
            }
        ],
        "period": {
            "start": f"{day}T08:10:00-05:00",
            "end": f"{day + timedelta(nights)}T11:30:00-05:00",
        },
        "reasonCode": [
            {
                "coding": [
                    {
                        "system": "http://hl7.org/fhir/sid/icd-10-cm",
                        "code": "E27.2",
                        "display": "Addisonian crisis",
                    }
                ]
            }
        ],
        "serviceProvider": {
            "reference": "Organization/12",
            "display": "St. Brendan Medical Center",
        },
    }


def _eob(number: int, day: date) -> dict[str, Any]:
    def item(line: int) -> dict[str, Any]:
        return {
            "sequence": line,
            "productOrService": {
                "coding": [
                    {
                        "system": "http://www.ama-assn.org/go/cpt",
                        "code": "99285",
                        "display": "ED visit",
                    }
                ]
            },
            "servicedPeriod": {"start": f"{day}", "end": f"{day}"},
            "adjudication": [
                {
                    "category": {
                        "coding": [
                            {
                                "system": "http://terminology.hl7.org/CodeSystem/adjudication",
                                "code": code,
                            }
                        ]
                    },
                    "amount": {"value": f"{line * 412}.{number % 100:02d}", "currency": "USD"},
                }
                for code in ("submitted", "eligible", "benefit", "copay")
            ],
        }

    return {
        "resourceType": "ExplanationOfBenefit",
        "id": f"eob-{number}",
        "identifier": [
            {
                "system": "https://bluebutton.cms.gov/resources/variables/clm_id",
                "value": f"-1000{number}",
            }
        ],
        "status": "active",
        "type": {
            "coding": [{"system": "http://hl7.org/fhir/ex-claimtype", "code": "institutional"}]
        },
        "use": "claim",
        "patient": {"reference": "Patient/4f2c"},
        "billablePeriod": {"start": f"{day}", "end": f"{day + timedelta(2)}"},
        "created": f"{day + timedelta(20)}",
        "insurer": {"display": "Meridian Mutual Health Plan"},
        "outcome": "complete",
        "item": [item(line) for line in range(1, 6)],
        "total": [
            {
                "category": {"coding": [{"code": "submitted"}]},
                "amount": {"value": "12345.60", "currency": "USD"},
            }
        ],
    }


def _bundle(ledger: _Ledger, number: int, count: int) -> list[Fact]:
    """A health record export with visits and their bills."""
    days = [date(2024, 3, 4) + timedelta(days=29 * n + number) for n in range(count)]
    resources = []
    for n, day in enumerate(days):
        resources += [_encounter(100 * number + n, day, 2), _eob(100 * number + n, day)]
    padding = [{"resource": {"resourceType": "Organization", "id": f"o{n}"}} for n in range(60)]
    entries = [*padding, *({"fullUrl": "urn:x", "resource": resource} for resource in resources)]
    data = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    name = f"st-brendan-medical-center-export-2026-01-{number + 1:02d}.json"
    sha = ledger.source(name, "application/fhir+json", data.encode())
    facts = []
    for n, day in enumerate(days):
        place = f"$.entry[{60 + 2 * n}].resource"
        visit = Visit(
            start=moment(day), visit_kind="emergency", facility="St. Brendan Medical Center"
        )
        facts.append(ledger.fact(visit, sha, place))
        charge = Charge(at=moment(day), currency="USD", billed=Decimal("12345.60"), form="eob")
        facts.append(ledger.fact(charge, sha, f"$.entry[{61 + 2 * n}].resource"))
    return facts


def _labs(ledger: _Ledger, number: int, count: int) -> list[Fact]:
    rows = ["Date,Test,Result,Unit,Reference range,Laboratory"]
    rows += [
        f"2024-0{1 + n % 9}-1{n % 10},Sodium,{128 + n},mmol/L,135-145,Lab {number}"
        for n in range(40)
    ]
    sha = ledger.source(f"labs-{number}.csv", "text/csv", "\n".join(rows).encode())
    return [
        ledger.fact(
            Lab(at=moment(date(2024, 1 + n % 9, 10)), analyte="sodium", value=Decimal(128 + n)),
            sha,
            f"row {n + 2}",
        )
        for n in range(count)
    ]


_DENIAL = """#set page("us-letter", margin: 1in)
#set text(font: "Libertinus Serif", size: 11pt)
*Meridian Mutual Health Plan* \\ PO Box 1000, Hartford CT \\ #v(1em)
Notice date: November 3, 2025 \\ Member: MMH-4471-02 \\ Claim: 25-118-0047
#v(1em) Dear Ms. Sample,
#v(.5em) #lorem(90)
#v(.5em) We deny the request for an external ambulatory infusion pump (E0784): it is considered
experimental and investigational for this diagnosis.
#for n in range(6) [#v(.5em) #lorem(70)]
#pagebreak() *Your appeal rights* #v(1em) You have 180 days from receipt of this notice.
#for n in range(5) [#v(.5em) #lorem(60)]
"""


def denial_pdf() -> bytes:
    """A made-up denial of two pages."""
    made = typst.compile(_DENIAL.encode(), format="pdf", ignore_system_fonts=True, timestamp=0)
    assert isinstance(made, bytes)
    return made


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Labs"
    sheet.append(["Date", "Test", "Value", "Unit"])
    for n in range(10):
        sheet.append([date(2024, 5, 1 + n), "Cortisol", 12.5 + n, "ug/dL"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
        fact_ids=tuple(ids),
    )


_STUDIES = (
    (
        "Øksnes and others",
        "2014",
        "randomised, crossover",
        "33",
        "AddiQoL and morning cortisol",
        "no difference in the primary outcome at the group level; physiological profile closer to the reference",
        "open label; short",
    ),
    (
        "Gagliardi and others",
        "2014",
        "randomised, double blind, crossover",
        "10",
        "subjective health status",
        "no difference",
        "few people",
    ),
    (
        "Nella and others",
        "2016",
        "open, single arm",
        "8",
        "adrenal androgens in congenital adrenal hyperplasia",
        "lower androgens, better quality of life scores",
        "no control group",
    ),
    (
        "Bryan and others",
        "2009",
        "case report",
        "1",
        "course",
        "used after absorption problems",
        "one person",
    ),
    (
        "Khanna and others",
        "2015",
        "case series",
        "3",
        "admissions",
        "fewer admissions",
        "retrospective",
    ),
    (
        "Merza and others",
        "2006",
        "crossover",
        "9",
        "cortisol profile",
        "closer to the reference day",
        "no clinical outcome",
    ),
    (
        "Løvås and Husebye",
        "2007",
        "open, dose finding",
        "7",
        "cortisol and ACTH profile",
        "profile restored",
        "few people",
    ),
)


def _studies() -> Table:
    rows = tuple(
        tuple(cell("study", Value(text, "cited", note="literature table")) for text in study)
        for study in _STUDIES * 2
    )
    columns = (
        Column("Study"),
        Column("Year"),
        Column("Design", share=2),
        Column("n", "right"),
        Column("Outcome", share=2),
        Column("Result", share=3),
        Column("Limitation", share=2),
    )
    note = say(
        "note",
        "All studies known to the reference are listed, positive, negative and inconclusive.",
    )
    return Table(
        "Published studies of continuous subcutaneous hydrocortisone", columns, rows, notes=(note,)
    )


def _amount(fact: Fact, text: str) -> Value:
    return Value(text, "quote", (fact.id,), "billed")


def _visit_rows(pairs: list[tuple[Fact, Fact]]) -> Table:
    rows = []
    for n, (visit, charge) in enumerate(pairs[:12]):
        day = visit.body.when.day
        shown = f"{day:%B} {day.day}, {day.year}"
        rows.append(
            (
                cell("visit-row", Value(shown, "date", (visit.id,))),
                cell("visit-row", "Emergency visit" + (", admitted" if n % 3 == 0 else "")),
                cell("visit-row", "St. Brendan Medical Center"),
                cell("visit-row", Value(str(n % 4), "count", (visit.id,), "midnights")),
                cell("visit-row", _amount(charge, f"${12345 + n * 977:,}.60")),
                cell("visit-row", _amount(charge, "$980.00") if n % 5 else "not recorded"),
            )
        )
    ids = tuple(charge.id for _, charge in pairs[:12])
    total = (
        cell("total", "Total, billed and paid each by itself"),
        cell("total", ""),
        cell("total", ""),
        cell("total", Value("18", "sum", ids)),
        cell("total", Value("$212,629.20", "sum", ids)),
        cell("total", Value("$8,820.00", "sum", ids)),
    )
    columns = (
        Column("Date"),
        Column("Event"),
        Column("Facility", share=1),
        Column("Nights", "right"),
        Column("Billed", "right"),
        Column("Paid", "right"),
    )
    note = say("note", "Missing amounts are shown as not recorded and count in no sum.")
    return Table(
        "Hospital visits from March to February, all causes",
        columns,
        tuple(rows),
        (total,),
        (note,),
    )


def _criteria(decision: Fact, visit: Fact) -> Table:
    def row(clause: str, fact: str, *values: Value) -> tuple[Statement, ...]:
        return (
            cell("criterion", Value(clause, "quote", (decision.id,))),
            cell("criterion", fact, *values),
        )

    return Table(
        "What the plan asks for, and what the record shows",
        (Column("Plan text", share=1), Column("Record", share=1)),
        (
            row(
                "The member has tried and failed standard therapy.",
                "Oral hydrocortisone since ",
                Value("January 2019", "date", (visit.id,)),
                "; regimens in the exhibit.",
            ),
            row(
                "The device is ordered by a specialist in endocrinology.",
                "Ordered by the endocrinologist on ",
                Value("October 2, 2025", "date", (visit.id,)),
                ".",
            ),
            row(
                "Policy DME-2025-114/rev.3_external_infusion_pumps_and_supplies_section_IV(b)",
                "See the decision.",
            ),
        ),
    )


def _blocks(facts: dict[str, list[Fact]], result: EvidenceResult) -> tuple[Any, ...]:
    visits, charges = facts["visits"], facts["charges"]
    decision = facts["decision"][0]
    deny = Value(
        "considered experimental and investigational for this diagnosis", "quote", (decision.id,)
    )
    day = Value("November 3, 2025", "date", (decision.id,))
    many = tuple(fact.id for fact in visits)
    return (
        Paragraph((say("salutation", "Dear Appeals Reviewer:"),)),
        Paragraph(
            (
                say(
                    "ask",
                    "I ask the plan to overturn its decision of ",
                    day,
                    " and to cover an external ambulatory infusion pump (",
                    Value("E0784", "quote", (decision.id,)),
                    ") with its supplies.",
                ),
                say("level", "This is a first-level internal appeal under the standard clock."),
            ),
            style="lead",
        ),
        Heading("The decision", 1, "decision"),
        Quote(
            say("denial-quote", deny, "."),
            say(
                "denial-source",
                "Notice of Meridian Mutual Health Plan, ",
                day,
                ", page ",
                Value("1", "quote", (decision.id,)),
            ),
        ),
        Paragraph(
            (
                say("denial", "The notice names one reason."),
                say(
                    "answer",
                    "The record answers it with dates and amounts only; each stands in an exhibit.",
                ),
            )
        ),
        Heading("Facts of the record"),
        Paragraph(
            (
                say(
                    "count",
                    "In the ",
                    rule("365"),
                    " days before the pump was started on ",
                    Value("March 1, 2025", "date", (visits[0].id,)),
                    ", the record holds ",
                    Value("7", "count", many[:7]),
                    " emergency visits and ",
                    Value("12", "count", many[:4]),
                    " nights in hospital.",
                ),
                say(
                    "count",
                    "In the ",
                    rule("365"),
                    " days from that date it holds ",
                    Value("1", "count", (many[8],)),
                    " emergency visit and ",
                    Value("3", "count", (many[9], many[20])),
                    " nights.",
                ),
                say(
                    "sum",
                    "Amounts billed for these visits add up to ",
                    Value("$86,419.20", "sum", tuple(fact.id for fact in charges[:7])),
                    ".",
                ),
            )
        ),
        _visit_rows(list(zip(visits, charges, strict=True))),
        figures.monthly_events(result),
        figures.bed_days_by_month(result),
        figures.scores(result),
        figures.costs(result),
        Callout(
            "caution",
            "What these numbers cannot show",
            (
                say(
                    "caveat",
                    "A start is often chosen at a bad time; some improvement would be expected without the pump (regression to the mean).",
                ),
                say("caveat", "One person's course predicts nobody else's."),
            ),
        ),
        Heading("Criteria of the plan"),
        _criteria(decision, visits[2]),
        Heading("Published evidence"),
        Paragraph(
            (
                say(
                    "lit",
                    "The table holds every study known to the reference, whichever way it points.",
                ),
                say(
                    "nice",
                    "NICE (",
                    Value("2024", "cited", note="NICE NG243"),
                    ") states: do not offer it routinely.",
                ),
            )
        ),
        _studies(),
        Callout(
            "disclosure",
            "Off-label use",
            (
                say(
                    "offlabel",
                    "Hydrocortisone is approved for adrenal insufficiency; its infusion under the skin and the use of an insulin pump for it are off-label.",
                ),
                say("offlabel", "The makers of the pumps warn against drugs other than insulin."),
            ),
        ),
        Heading("Requests"),
        Bullets(
            (
                say("r", "The complete claim file and the criteria used."),
                say("r", "Review by a physician board-certified in endocrinology."),
                say("r", "A written decision within ", rule("30", "29 CFR 2560.503-1"), " days."),
            ),
            numbered=True,
        ),
        Bullets(
            (
                say("r", "Letters and records in the exhibits."),
                say("r", "The right to supplement this appeal is reserved."),
            )
        ),
        Callout(
            "emergency",
            "In an emergency",
            (
                say(
                    "e",
                    "Adults with suspected adrenal crisis: hydrocortisone ",
                    Value("100 mg", "cited", note="guideline"),
                    " by injection, then call emergency services.",
                ),
            ),
        ),
        Paragraph((say("close", "Please write to the address above."),)),
        Signature("Jane Q. Sample", "Member"),
        Paragraph(
            (say("cert", "Sent by certified mail; the tracking number is kept with the case."),),
            style="small",
        ),
    )


def _typed(ledger: _Ledger) -> dict[str, list[Fact]]:
    injections = [
        ledger.fact(
            RescueInjection(at=moment(date(2024, 5 + n, 3)), mg=Decimal(100), reason="vomiting"),
            by="Jane Q. Sample",
        )
        for n in range(4)
    ]
    scores = [
        ledger.fact(
            Score(
                at=moment(day),
                instrument="AddiQoL",
                version="AddiQoL-30",
                language="en",
                value=Decimal(value),
            ),
            by="Jane Q. Sample",
        )
        for day, value in (
            (date(2024, 6, 2), 71),
            (date(2024, 12, 9), 68),
            (date(2025, 6, 3), 84),
            (date(2025, 12, 1), 88),
        )
    ]
    return {"injections": injections, "scores": scores}


def build(bundles: int = 13, per_bundle: int = 6, labs: int = 40) -> Sample:
    """The whole document: ``bundles`` + 7 exhibits."""
    ledger = _Ledger()
    sha = ledger.source("denial-2025-11-03.pdf", "application/pdf", denial_pdf())
    decision = ledger.fact(
        Decision(at=moment(date(2025, 11, 3)), line="pump", outcome="denied"),
        sha,
        "page 1, line 14",
    )
    rights = ledger.fact(
        Decision(at=moment(date(2025, 11, 3)), line="pump", outcome="denied", stated_deadline="180 days"),
        sha,
        "page 2",
    )
    pairs = [fact for n in range(bundles) for fact in _bundle(ledger, n, per_bundle)]
    lab_facts = [fact for n in range(3) for fact in _labs(ledger, n, labs)]
    sheet = ledger.source(
        "cortisol.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _workbook(),
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
    typed = _typed(ledger)
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
        blocks=_blocks(facts, result),
        exhibits=exhibits,
        exhibit_of=exhibit_of,
        day=date(2026, 1, 15),
    )
    return Sample(document, ledger.sources, ledger.facts)


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The whole document, small."""
    return build(bundles=13, per_bundle=2, labs=6)


@pytest.fixture(scope="session")
def make_sample() -> Callable[..., Sample]:
    """Build the document in another size."""
    return build
