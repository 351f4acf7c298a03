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
from cortipump.knowledge.texts import Cited, Right, Study, studies, texts

_DESIGNS: Final = {
    "blinded-rct": "Randomised, blinded",
    "open-rct": "Randomised, open",
    "open-prospective": "Prospective, no control",
    "case-series": "Case series",
    "case-report": "One case",
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
        say("note", "The table is the whole list that the program holds, from a search of public "
            "pages and abstracts and not a systematic review; studies without a benefit and the "
            "position against are in it, and no row can be left out. Not in it: studies whose "
            "results could not be read, of pulsatile pumps, of injections and of animals, and "
            "polls or reports on patients' sites. No clinician has reviewed it."),
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
    return Callout("disclosure", section.title, tuple(_disclosed(s) for s in section.sentence))


def _disclosed(sentence: Cited) -> Statement:
    """The sentence with its source in print, where it has one outside the program."""
    if sentence.source.startswith("cortipump rule"):
        return _sentence("disclosure", sentence)
    words, source = cited(sentence.text, sentence.source), cited(sentence.source, sentence.source)
    return say("disclosure", words, " (", source, ") ")


def emergency() -> Callout:
    """Emergency words, in every packet (S4)."""
    section = texts().emergency
    return Callout(
        "emergency", section.title, tuple(_sentence("emergency", s) for s in section.sentence)
    )


def procedure(case: Case, missing: Missing) -> list[Block]:
    """What the plan or the reviewer is asked to do, with the rule that binds this kind of plan."""
    if not case.plan_kind:
        missing.note(
            "procedure",
            "the kind of plan (employer, marketplace, Medicare ...)",
            "plan",
            "ask the plan or the employer; then cortipump add plan plan_kind=... --on DATE",
        )
    external = case.ask.level == "external"
    items = [_right(right, case.plan_kind) for right in texts().right if right.external == external]
    return [Heading("Requests", anchor="procedure"), Bullets(tuple(items), numbered=True)]


def _right(right: Right, plan_kind: str) -> Statement:
    wish = f" {right.wish}" if right.wish else ""
    authority = right.authority.get(plan_kind)
    if authority is None:
        return say("right", f"{right.ask}{wish}")
    return say("right", f"{right.ask[:-1]} (", cited(authority, right.read), f").{wish}")


def reservation(case: Case) -> list[Block]:
    """The right to add, and what comes next."""
    who = "I reserve" if case.by_member else "On the member's behalf I reserve"
    when = "" if case.ask.level == "external" else " when the claim file arrives"
    sentences = [say("reservation", f"{who} the right to add to this letter{when}. ")]
    for level in texts().next_level:
        authority = level.authority.get(case.plan_kind)
        if authority is not None and case.ask.level in level.levels:
            rule = cited(authority, level.read)
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
