"""The endocrine clinic's bulk export: NDJSON from another server, local time with its offset."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from cortipump.demo.exports import notes
from cortipump.demo.exports.fhir import (
    CODE_SYSTEMS,
    LOINC,
    RXNORM,
    TERMINOLOGY,
    Json,
    concept,
    condition,
    encoded,
    lab_observation,
    local,
    note,
    organization,
    patient,
    practitioner,
    ref,
    unit,
)
from cortipump.demo.story import people
from cortipump.demo.story.diary import Regimen
from cortipump.demo.story.sickness import ADDISON, THYROID
from cortipump.demo.story.tell import Story
from cortipump.demo.story.visits import PUMP_START, Visit

BASE: Final = "https://ehr.northbend-adrenal.example/fhir/r4"
PATIENT_ID: Final = "nb-10482"
_SUBJECT: Final = ref("Patient", PATIENT_ID)
_DOCTOR: Final = ref("Practitioner", "nb-prac-1", "Imogen Samplewright")


def _encounter_id(visit: Visit) -> str:
    return f"nb-enc-{visit.day:%Y%m%d}"


def _encounter(visit: Visit) -> Json:
    virtual = visit.kind == "virtual"
    return {
        "resourceType": "Encounter",
        "id": _encounter_id(visit),
        "status": "finished",
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": "VR" if virtual else "AMB"},
        "type": [{"text": "Video visit" if virtual else "Endocrinology follow-up"}],
        "subject": _SUBJECT,
        "participant": [{"individual": _DOCTOR}],
        "period": {"start": local(visit.start), "end": local(visit.end)},
        "reasonCode": [{"text": visit.words}],
        "diagnosis": [{"condition": ref("Condition", "nb-con-1"), "rank": 1}],
        "serviceProvider": ref("Organization", "nb-org-1", people.CLINIC.name),
    }


def _conditions(story: Story) -> Iterator[Json]:
    found = condition(ADDISON, "nb-con-1", _SUBJECT, category="problem-list-item")
    found["onsetDateTime"] = f"{story.visits[0].start:%Y-%m}"
    found["recordedDate"] = f"{story.index - timedelta(days=917)}"
    yield found
    found = condition(THYROID, "nb-con-2", _SUBJECT, category="problem-list-item")
    found["onsetDateTime"] = f"{story.visits[0].start.year - 3}"
    yield found


def _dosage(part: str, sequence: int) -> Json:
    """One dose of the day, such as ``7.5 mg 12:00``."""
    amount, _, clock = part.split(" ")
    return {
        "sequence": sequence,
        "text": f"{amount} mg by mouth at {clock}",
        "timing": {
            "repeat": {
                "frequency": 1,
                "period": 1,
                "periodUnit": "d",
                "timeOfDay": [f"{clock}:00"],
            }
        },
        "route": {"text": "oral"},
        "doseAndRate": [{"doseQuantity": unit(Decimal(amount), "mg")}],
    }


_DRUGS: Final = {
    ("hydrocortisone", "oral"): ("197787", "hydrocortisone 5 mg tablet"),
    ("fludrocortisone", "oral"): ("313979", "fludrocortisone 0.1 mg tablet"),
    ("hydrocortisone", "pump"): ("238755", "hydrocortisone sodium succinate 100 mg injection"),
}


def _request(regimen: Regimen, number: int) -> Json:
    code, words = _DRUGS[regimen.drug, regimen.route]
    found: Json = {
        "resourceType": "MedicationRequest",
        "id": f"nb-rx-{number}",
        "status": "completed" if regimen.last else "active",
        "intent": "order",
        "medicationCodeableConcept": concept(RXNORM, code, text=words),
        "subject": _SUBJECT,
        "authoredOn": regimen.first.isoformat(),
        "requester": _DOCTOR,
        "dispenseRequest": {"validityPeriod": {"start": regimen.first.isoformat()}},
    }
    if regimen.last:
        ends = {"start": regimen.first.isoformat(), "end": regimen.last.isoformat()}
        found["dispenseRequest"] = {"validityPeriod": ends}
    if regimen.route == "pump":
        text = "continuous subcutaneous infusion by pump, program kept by the clinic (off-label)"
        found["dosageInstruction"] = [{"text": text, "route": {"text": "subcutaneous"}}]
    else:
        parts = regimen.schedule.split(", ")
        found["dosageInstruction"] = [_dosage(part, n) for n, part in enumerate(parts, 1)]
    return found


def _rescue_kit(story: Story) -> Json:
    return {
        "resourceType": "MedicationRequest",
        "id": "nb-rx-kit",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": concept(
            RXNORM, "238755", text="hydrocortisone sodium succinate 100 mg injection, emergency kit"
        ),
        "subject": _SUBJECT,
        "authoredOn": f"{story.index - timedelta(days=923)}",
        "requester": _DOCTOR,
        "dosageInstruction": [
            {
                "text": "100 mg i.m. in an emergency, as taught",
                "asNeededBoolean": True,
                "route": {"text": "intramuscular"},
                "doseAndRate": [{"doseQuantity": unit(Decimal(100), "mg")}],
            }
        ],
    }


def _training(story: Story) -> Json:
    visit = story.visit(PUMP_START)
    return {
        "resourceType": "Procedure",
        "id": "nb-proc-1",
        "status": "completed",
        "code": concept(CODE_SYSTEMS["hcpcs"], "S9145", text="Pump training session"),
        "subject": _SUBJECT,
        "encounter": ref("Encounter", _encounter_id(visit)),
        "performedDateTime": local(visit.start),
        "performer": [{"actor": ref("Practitioner", "nb-prac-2")}],
    }


def _form(story: Story) -> Iterator[Json]:
    """Only the total of the questionnaire, never its items."""
    for score in story.scores:
        if score.in_clinic:
            yield {
                "resourceType": "QuestionnaireResponse",
                "id": "nb-qr-1",
                "questionnaire": f"{BASE}/Questionnaire/addiqol-30",
                "status": "completed",
                "language": "en",
                "subject": _SUBJECT,
                "authored": score.on.isoformat(),
                "item": [
                    {
                        "linkId": "total-score",
                        "text": "AddiQoL-30 total score",
                        "answer": [{"valueInteger": score.total}],
                    }
                ],
            }


def _weights(story: Story) -> Iterator[Json]:
    visits = [v for v in story.visits if v.place == people.CLINIC and v.kind == "office"]
    for number, visit in enumerate(visits):
        kilograms = Decimal("54.2") + Decimal(number) / 4
        yield {
            "resourceType": "Observation",
            "id": f"nb-wt-{visit.day:%Y%m%d}",
            "status": "final",
            "code": concept(LOINC, "29463-7", text="Body weight"),
            "subject": _SUBJECT,
            "encounter": ref("Encounter", _encounter_id(visit)),
            "effectiveDateTime": local(visit.start),
            "valueQuantity": unit(kilograms.quantize(Decimal("0.1")), "kg"),
        }


def clinic_resources(story: Story) -> Iterator[Json]:
    """Everything in the clinic's export."""
    chart: Json = {"system": "https://northbend-adrenal.example/chart", "value": PATIENT_ID}
    yield patient(story.person, PATIENT_ID, [chart])
    yield organization(people.CLINIC, "nb-org-1")
    yield practitioner(people.ENDOCRINOLOGIST, "nb-prac-1", "9999900211")
    yield practitioner(people.PUMP_NURSE, "nb-prac-2", "9999900212")
    visits = [visit for visit in story.visits if visit.place == people.CLINIC]
    for visit in visits:
        yield _encounter(visit)
    yield from _conditions(story)
    for number, lab in enumerate((lab for lab in story.labs if lab.source == "clinic"), 1):
        stay = ref("Encounter", _encounter_id(story.visit(lab.visit)))
        yield lab_observation(lab, f"nb-lab-{number:03d}", _SUBJECT, local(lab.at), stay)
    yield from _weights(story)
    for number, regimen in enumerate(story.regimens, 1):
        yield _request(regimen, number)
    yield _rescue_kit(story)
    yield _training(story)
    yield from _form(story)
    before = story.visit("clinic-7")
    text = notes.clinic_note(story, before)
    yield note("nb-doc-1", _SUBJECT, "Endocrinology clinic note", local(before.end), text)


def clinic_ndjson(story: Story) -> bytes:
    """The export as bytes, one resource a line; each names its server in ``meta.source``."""
    lines = []
    for resource in clinic_resources(story):
        head: Json = {
            "resourceType": resource["resourceType"],
            "id": resource["id"],
            "meta": {"source": BASE, "versionId": "1"},
        }
        lines.append(encoded({**head, **resource}))
    return b"\n".join(lines) + b"\n"
