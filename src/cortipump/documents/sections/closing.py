"""Literature, disclosure, requests of procedure, reservation, and the sending."""

from typing import Final

from cortipump.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Heading,
    Paragraph,
    Signature,
    Table,
)
from cortipump.documents.case import Case, Missing
from cortipump.documents.statements import Statement, say
from cortipump.documents.values import cited
from cortipump.knowledge.texts import Cited, Study, studies, texts

_DESIGNS: Final = {
    "blinded-rct": "Randomised, blinded",
    "open-rct": "Randomised, open",
    "open-prospective": "Prospective, no control",
    "case-series": "Case series",
    "review": "Systematic review",
    "guideline": "Guideline",
}


def _sentence(kind: str, sentence: Cited) -> Statement:
    return say(kind, cited(sentence.text, sentence.source), " ")


def literature() -> list[Block]:
    """The whole evidence table, negative and inconclusive studies and guidelines in it (S6)."""
    columns = (
        Column("Study", share=1.7), Column("Design", share=1.1), Column("People", share=1.4),
        Column("Length", share=1.1), Column("Outcome", share=3), Column("Limits", share=1.9),
    )  # fmt: skip
    rows = tuple(_study(study) for study in studies())
    summary = tuple(_sentence("evidence-summary", s) for s in texts().evidence_summary.sentence)
    notes = (
        say("note", "The table holds every study and position known to the program, those without "
            "a benefit and those against included; none can be left out. No clinician has reviewed "
            "it."),
    )  # fmt: skip
    return [
        Heading("Published evidence", anchor="literature"),
        Paragraph(summary),
        Table("Studies of hydrocortisone by pump, and positions of guidelines", columns, rows,
              notes=notes),
    ]  # fmt: skip


def _study(study: Study) -> tuple[Statement, ...]:
    return tuple(
        say("study", cited(text, study.source))
        for text in (study.cite, _DESIGNS[study.design], study.people, study.length, study.outcome,
                     study.limit)
    )  # fmt: skip


def disclosure() -> Callout:
    """Off-label status, in every packet, appeal and letter of necessity (S8)."""
    section = texts().disclosure
    return Callout(
        "disclosure", section.title, tuple(_sentence("disclosure", s) for s in section.sentence)
    )


def emergency() -> Callout:
    """Emergency words, in every packet (S4)."""
    section = texts().emergency
    return Callout(
        "emergency", section.title, tuple(_sentence("emergency", s) for s in section.sentence)
    )


def procedure(case: Case, missing: Missing) -> list[Block]:
    """What the plan is asked to do, with the rule where the kind of plan is known."""
    kind = case.plan.plan_kind.text if case.plan.plan_kind else ""
    if not kind:
        missing.note(
            "procedure",
            "the kind of plan (employer, marketplace, Medicare ...)",
            "plan",
            "ask the plan or the employer; then cortipump add plan plan_kind=... --on DATE",
        )
    items = []
    for right in texts().right:
        if kind in right.plans:
            rule = cited(right.authority, right.read)
            items.append(say("right", f"{right.ask} (", rule, ")"))
        else:
            items.append(say("right", right.ask))
    return [Heading("Requests", anchor="procedure"), Bullets(tuple(items), numbered=True)]


def reservation(case: Case) -> list[Block]:
    """The right to add, and what comes next."""
    who = "I reserve" if case.by_member else "The member reserves"
    kind = case.plan.plan_kind.text if case.plan.plan_kind else ""
    sentences = [
        say("reservation", f"{who} the right to add to this letter when the claim file arrives. ")
    ]
    if case.ask.level != "external":
        for level in texts().next_level:
            if kind in level.plans:
                rule = cited(level.authority, level.read)
                sentences.append(say("next-level", f"{level.text[:-1]} (", rule, ")."))
    return [Heading("Reservation", anchor="reservation"), Paragraph(tuple(sentences))]


def sending(case: Case) -> list[Block]:
    """Signature and certificate of sending, to be filled in by hand."""
    person = case.person
    name = person.body.names[0] if person is not None and person.body.names else ""
    signer = case.ask.representative or name
    role = "Representative of the member" if case.ask.representative else "Member"
    return [
        Signature(signer, role),
        Paragraph(
            (
                say("sending", "Sent on: ______________  by: ______________  tracking number or "
                    "fax confirmation: ______________"),
            ),
            style="small",
        ),
        Paragraph(
            (
                say("review", "Prepared with cortipump from the records listed as exhibits. No "
                    "clinician or lawyer has reviewed it. Every figure is traced to an exhibit; "
                    "the tracing is in the file claims.json."),
            ),
            style="small",
        ),
    ]  # fmt: skip
