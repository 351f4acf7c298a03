"""The words of the sample appeal: paragraphs, tables, figures and remarks, all made up."""

from datetime import date
from typing import Any

import pypdfium2
from msgspec.structs import replace

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
from cortipump.documents.statements import Statement, Value, say
from cortipump.evidence.result import EvidenceResult
from cortipump.record.facts import Fact


def words_of(data: bytes) -> list[str]:
    """The words of every page, white space joined."""
    with pypdfium2.PdfDocument(data) as file:
        texts = [page.get_textpage().get_text_bounded() for page in file]
    return [" ".join(text.split()) for text in texts]


def plain(**changes: Any) -> Document:
    """A short document without exhibits."""
    document = Document(
        kind="letter",
        title="A title",
        language="en",
        paper="us-letter",
        dated=say("dated", "Today"),
        sender=(),
        addressee=(),
        reference=(),
        blocks=(Paragraph((say("words", "Words."),)),),
        exhibits=(),
        exhibit_of={},
        omissions=(),
        day=date(2026, 1, 15),
    )
    return replace(document, **changes)


def rule(text: str, note: str = "by method") -> Value:
    """A value that rests on no fact."""
    return Value(text, "rule", note=note)


def cell(kind: str, *parts: str | Value) -> Statement:
    """A table cell."""
    return say(kind, *parts)


_STUDIES = """
Øksnes and others|2014|randomised, crossover|33|AddiQoL and morning cortisol|no difference in the \
primary outcome at the group level; physiological profile closer to the reference|open label; short
Gagliardi and others|2014|randomised, double blind, crossover|10|subjective health status|\
no difference|few people
Nella and others|2016|open, single arm|8|adrenal androgens in congenital adrenal hyperplasia|\
lower androgens, better quality of life scores|no control group
Bryan and others|2009|case report|1|course|used after absorption problems|one person
Khanna and others|2015|case series|3|admissions|fewer admissions|retrospective
Merza and others|2006|crossover|9|cortisol profile|closer to the reference day|no clinical outcome
Løvås and Husebye|2007|open, dose finding|7|cortisol and ACTH profile|profile restored|few people
"""


def _studies() -> Table:
    rows = tuple(
        tuple(
            cell("study", Value(text, "cited", note="literature table"))
            for text in study.split("|")
        )
        for study in _STUDIES.strip().splitlines() * 2
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


def blocks(facts: dict[str, list[Fact]], result: EvidenceResult) -> tuple[Any, ...]:
    """Everything between the head and the exhibits."""
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
                    "A start is often chosen at a bad time (regression to the mean).",
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
                    "Infusion under the skin by an insulin pump is off-label.",
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
