"""Diagnosis, regimens, events, laboratory values and scores: the facts, row by row."""

from decimal import Decimal
from typing import Final

from cortipump.documents.blocks import Block, Column, Heading, Paragraph, Table
from cortipump.documents.case import Case, Event, Missing
from cortipump.documents.statements import Statement, Value, say
from cortipump.documents.values import (
    NOT_RECORDED,
    clock_value,
    date_value,
    money_sum,
    number_value,
    quote,
)
from cortipump.quantities.moment import Moment
from cortipump.quantities.show import moment_text, plain
from cortipump.record.facts import Code, Condition, Lab, Regimen, RescueInjection, Score
from cortipump.record.timeline import Of

KINDS: Final = {
    "emergency": "Emergency",
    "inpatient": "Hospital stay",
    "observation": "Observation",
    "urgent-care": "Urgent care",
}


def nothing(kind: str) -> Statement:
    """A cell for what is not recorded."""
    return say(kind, NOT_RECORDED)


def diagnosis(case: Case, missing: Missing) -> list[Block]:
    """The diagnosis with its code and how long it has been recorded."""
    if not case.diagnoses:
        missing.note(
            "diagnosis",
            "a diagnosis of adrenal insufficiency with its code",
            "doctor",
            "import the clinic's record, or: cortipump add condition text=... "
            "codes=E27.1 --on DATE",
        )
        return []
    return [
        Heading("Diagnosis", anchor="diagnosis"),
        Paragraph(tuple(_diagnosis(condition) for condition in case.diagnoses)),
    ]


def _diagnosis(condition: Of[Condition]) -> Statement:
    body = condition.body
    icd = [c for c in body.codes if c.system.startswith("icd")]
    parts: list[str | Value] = [quote(condition.id, body.text, "text")]
    if icd:
        codes = ", ".join(code.code for code in icd)
        parts += [" (ICD-", quote(condition.id, _edition(icd[0]), "code system"), " "]
        parts += [quote(condition.id, codes, "codes"), ")"]
    when = body.start or body.recorded
    if when is not None:
        word = ", since " if body.start else ", recorded "
        parts += [word, date_value(condition.id, when)]
    parts.append(". ")
    return say("diagnosis", *parts)


def _edition(code: Code) -> str:
    return code.system.removeprefix("icd-").upper()


def regimens(case: Case, missing: Missing) -> list[Block]:
    """Every replacement regimen that is recorded, with its dates."""
    if not case.regimens:
        missing.note(
            "regimens",
            "the regimens that were tried",
            "doctor",
            "cortipump template regimens, fill it in, then import it",
        )
        return []
    rows = tuple(_regimen(regimen) for regimen in case.regimens)
    columns = (
        Column("From"), Column("Until"), Column("Drug", share=2), Column("Route"),
        Column("mg per day", "right"), Column("Schedule as recorded", share=3),
    )  # fmt: skip
    return [Heading("Replacement so far", anchor="regimens"), Table("Regimens", columns, rows)]


def _regimen(regimen: Of[Regimen]) -> tuple[Statement, ...]:
    body, fact = regimen.body, regimen.id
    end = body.end
    device = " ".join(part for part in (body.device, body.ownership) if part)
    drug = quote(fact, body.printed or body.drug, "drug")
    return (
        _when(fact, body.start, "regimen"),
        _when(fact, end, "regimen") if end else say("regimen", "no end recorded"),
        say("regimen", drug),
        say("regimen", quote(fact, f"{body.route} ({device})" if device else body.route, "route"))
        if body.route
        else nothing("regimen"),
        say("regimen", quote(fact, plain(body.mg_per_day), "mg per day"))
        if body.mg_per_day is not None
        else nothing("regimen"),
        say("regimen", quote(fact, body.schedule, "schedule"))
        if body.schedule
        else nothing("regimen"),
    )


def _when(fact: str, moment: Moment | None, kind: str) -> Statement:
    return say(kind, date_value(fact, moment)) if moment else nothing(kind)


def events(case: Case, missing: Missing) -> list[Block]:
    """Every event that is counted inside the windows; none may be left out (S16)."""
    if not case.events:
        missing.note(
            "events",
            "visits to hospitals inside the windows",
            "hospital",
            "ask each hospital for the record, then cortipump import",
        )
        return []
    rows = tuple(_event(n, event, case) for n, event in enumerate(case.events, 1))
    columns = (
        Column("No.", "right"), Column("Date"), Column("Event", share=2),
        Column("Facility", share=2.4), Column("Reason", share=2.6), Column("Nights", "right"),
        Column("Billed", "right"), Column("Paid by plan", "right"),
    )  # fmt: skip
    notes = [
        say("note", "Every emergency visit, hospital stay, observation and urgent-care visit "
            "inside the windows is listed, whatever its cause. An emergency visit that became an "
            "admission is one event. Amounts are those of all claims of the event; an amount that "
            "no claim states is not recorded."),
    ]  # fmt: skip
    if any(event.perhaps for event in case.events):
        notes.append(
            say("note", "An event marked as possibly another record of an earlier one is listed so "
                "that nothing is hidden. Before the index date it is counted once, after it twice: "
                "the reading that speaks against the pump.")
        )  # fmt: skip
    return [
        Heading("Events", anchor="events"),
        Table("Events, all causes", columns, rows, notes=tuple(notes)),
    ]


def _event(number: int, event: Event, case: Case) -> tuple[Statement, ...]:
    lead = event.visits[0]
    ids = tuple(visit.id for visit in event.visits)
    start = min((v.body.start for v in event.visits if v.body.start), key=lambda m: m.first_day)
    facility = next((v for v in event.visits if v.body.facility), lead)
    return (
        say("event", number_value(ids, str(number), "place in this table")),
        say("event", Value(moment_text(start), "date", ids, f"first day, printed {start.printed}")),
        _event_kind(event, case),
        say("event", quote(facility.id, facility.body.facility, "facility"))
        if facility.body.facility
        else nothing("event"),
        _reasons(event),
        _nights(event),
        _cost(event, "billed"),
        _cost(event, "paid"),
    )


def _event_kind(event: Event, case: Case) -> Statement:
    name = KINDS.get(event.kind, event.kind)
    if event.kind == "inpatient" and any(v.body.visit_kind == "emergency" for v in event.visits):
        name += " (through emergency)"
    if not event.perhaps:
        return say("event", name)
    ids = tuple(v.id for v in event.visits)
    return say("event", name, ", possibly another record of no. ",
               number_value(ids, str(event.perhaps), "possible duplicate"))  # fmt: skip


def _reasons(event: Event) -> Statement:
    reasons: dict[str, str] = {}
    for visit in event.visits:
        for code in visit.body.reasons:
            reasons.setdefault(_reason(code), visit.id)
    if not reasons:
        printed = next((v for v in event.visits if v.body.class_printed), None)
        if printed is None:
            return nothing("event")
        return say("event", quote(printed.id, printed.body.class_printed, "class or type"))
    parts: list[str | Value] = []
    for reason, fact in reasons.items():
        parts += ["; "] if parts else []
        parts.append(quote(fact, reason, "reason"))
    return say("event", *parts)


def _reason(code: Code) -> str:
    return f"{code.text} ({code.code})" if code.text else code.code


def _nights(event: Event) -> Statement:
    """Midnights of its stays, as evidence counts them."""
    if event.kind != "inpatient":
        return say("event", "–")
    if event.nights is None:
        return nothing("event")
    ids = tuple(v.id for v in event.visits if v.body.visit_kind == "inpatient")
    note = "midnights of its acute stays, none counted twice"
    return say("event", number_value(ids, str(event.nights), note))


def _cost(event: Event, kind: str) -> Statement:
    by_currency: dict[str, list[tuple[str, Decimal]]] = {}
    for standing in event.charges:
        amount = getattr(standing.charge, kind)
        if amount is not None:
            by_currency.setdefault(standing.charge.currency, []).append((standing.fact_id, amount))
    if not by_currency:
        return nothing("event")
    parts: list[str | Value] = []
    for currency, amounts in by_currency.items():
        parts += [", "] if parts else []
        parts.append(money_sum(amounts, currency, f"{kind}, claims of this event"))
    return say("event", *parts)


def rescues(case: Case) -> list[Block]:
    """Injections given outside the regimen; those that staff gave stand apart."""
    columns = (
        Column("When"), Column("Drug", share=1.5), Column("mg", "right"), Column("Route", share=1),
        Column("Given by", share=1.5), Column("Reason as recorded", share=2),
    )  # fmt: skip
    by_staff = [r for r in case.rescues if r.body.setting == "care"]
    others = [r for r in case.rescues if r.body.setting != "care"]
    titles = (
        ("Rescue injections", others),
        ("Glucocorticoid injections that staff gave, by their own medication record", by_staff),
    )
    return [
        Table(title, columns, tuple(_rescue(rescue) for rescue in rescues))
        for title, rescues in titles
        if rescues
    ]


def _rescue(rescue: Of[RescueInjection]) -> tuple[Statement, ...]:
    body, fact = rescue.body, rescue.id

    def cell(text: str, field: str) -> Statement:
        return say("rescue-row", quote(fact, text, field)) if text else nothing("rescue-row")

    return (
        say("rescue-row", clock_value(fact, body.at)) if body.at else nothing("rescue-row"),
        cell(body.drug, "drug"),
        cell(plain(body.mg) if body.mg is not None else "", "mg"),
        cell(body.route, "route"),
        cell(body.given_by, "given by"),
        cell(body.reason, "reason"),
    )


def laboratory(case: Case, missing: Missing) -> list[Block]:
    """Adrenal and salt values, value and unit as printed."""
    if not case.labs:
        missing.note(
            "laboratory",
            "laboratory values inside the windows",
            "lab",
            "ask the laboratory or the clinic for the results",
        )
        return []
    columns = (
        Column("Drawn"), Column("Test", share=1.6), Column("Value", "right"), Column("Unit"),
        Column("Laboratory's range", share=1.4),
    )  # fmt: skip
    rows = tuple(_lab(lab) for lab in case.labs)
    return [
        Heading("Laboratory values", anchor="labs"),
        Table("Adrenal and salt values, as printed", columns, rows),
    ]


def _lab(lab: Of[Lab]) -> tuple[Statement, ...]:
    body, fact = lab.body, lab.id
    value = body.text or (plain_as_printed(body.value) if body.value is not None else "")
    unit = "" if body.text and body.comparator else body.unit

    def cell(text: str, field: str) -> Statement:
        return say("lab-row", quote(fact, text, field)) if text else nothing("lab-row")

    return (
        say("lab-row", clock_value(fact, body.at)) if body.at else nothing("lab-row"),
        say("lab-row", quote(fact, body.analyte, "analyte")),
        cell(value, "value"),
        cell(unit, "unit") if unit else say("lab-row", "–"),
        cell(body.reference_range, "reference range"),
    )


def plain_as_printed(value: Decimal) -> str:
    """A laboratory value digit for digit."""
    return format(value, "f")


def questionnaires(case: Case, missing: Missing) -> list[Block]:
    """Every score with its date and version."""
    index = case.evidence.index_date
    if not any(s.body.at and s.body.at.first_day < index for s in case.scores):
        missing.note(
            "scores",
            "a score from before the pump",
            "person",
            "ask the clinic for AddiQoL totals of that time, then cortipump add score",
        )
    if not case.scores:
        return []
    columns = (
        Column("Date"), Column("Questionnaire", share=2), Column("Version"), Column("Part"),
        Column("Total", "right"),
    )  # fmt: skip
    rows = tuple(_score(score) for score in case.scores)
    return [
        Heading("Questionnaires", anchor="scores"),
        Table("Scores, as entered from the completed forms", columns, rows),
    ]


def _score(score: Of[Score]) -> tuple[Statement, ...]:
    body, fact = score.body, score.id

    def cell(text: str, field: str) -> Statement:
        return say("score-row", quote(fact, text, field)) if text else nothing("score-row")

    return (
        say("score-row", date_value(fact, body.at)) if body.at else nothing("score-row"),
        cell(body.instrument, "instrument"),
        cell(body.version, "version"),
        cell(body.part, "part") if body.part else say("score-row", "whole"),
        cell(plain(body.value) if body.value is not None else "", "value"),
    )
