"""The hospital's portal download: a searchset in UTC, with its usual blemishes.

A stay through the emergency department is two encounters here. One encounter was charted for the
wrong person, one is only planned, and one sodium carries a time without a zone.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.exports import notes
from cortipump.demo.exports.fhir import (
    CODE_SYSTEMS,
    LOINC,
    RXNORM,
    SNOMED,
    TERMINOLOGY,
    Json,
    concept,
    condition,
    encoded,
    icd,
    in_utc,
    lab_observation,
    listed,
    note,
    organization,
    patient,
    practitioner,
    ref,
    unit,
)
from cortipump.demo.story import people
from cortipump.demo.story.tell import Story
from cortipump.demo.story.visits import DUPLICATED, Kind, Visit

BASE: Final = "https://fhir.lakeshore-general.example/r4"
PATIENT_ID: Final = "ePt4471"
_SUBJECT: Final = ref("Patient", PATIENT_ID)
_HOUSES: Final = (people.LAKESHORE, people.PRIMARY_CARE, people.WALK_IN)

_CLASSES: Final[dict[Kind, tuple[str, str]]] = {
    "emergency": ("EMER", "emergency"),
    "inpatient": ("IMP", "inpatient encounter"),
    "observation": ("OBSENC", "observation encounter"),
    "urgent-care": ("AMB", "ambulatory"),
    "office": ("AMB", "ambulatory"),
    "virtual": ("VR", "virtual"),
    "other": ("AMB", "ambulatory"),
}
_TYPES: Final[dict[Kind, tuple[str, str]]] = {
    "emergency": ("4525004", "Emergency department visit"),
    "inpatient": ("32485007", "Hospital admission"),
    "observation": ("", "Observation stay"),
    "urgent-care": ("702927004", "Urgent care visit"),
    "office": ("185349003", "Office visit"),
    "virtual": ("", "Video visit"),
    "other": ("371883000", "Outpatient procedure"),
}
_DOCTORS: Final[dict[Kind, str]] = {
    "emergency": "ePrac1",
    "inpatient": "ePrac2",
    "observation": "ePrac2",
    "other": "ePrac2",
}
_STYLES: Final = ("Z", "+00:00", ".000Z")


def is_here(visit: Visit) -> bool:
    """Whether the visit is in this hospital's books."""
    return visit.place in _HOUSES


def encounter_id(visit: Visit, *, emergency: bool = False) -> str:
    """Id of the visit's encounter; of its emergency part."""
    tail = "-ed" if emergency and visit.arrival else ""
    return f"eEnc-{visit.start:%y%m%d}-{visit.name[:4]}{len(visit.name)}{tail}"


def _clock(moment: datetime) -> str:
    """In UTC, written in one of the ways in which the hospital's systems write it."""
    return in_utc(moment, style=_STYLES[moment.minute % 3])


def _condition_id(visit: Visit, number: int) -> str:
    return f"eCon-{encounter_id(visit)[5:]}-{number}"


def _conditions(visit: Visit) -> Iterator[Json]:
    for number, diagnosis in enumerate(visit.diagnoses, 1):
        found = condition(
            diagnosis, _condition_id(visit, number), _SUBJECT, category="encounter-diagnosis"
        )
        found["encounter"] = ref("Encounter", encounter_id(visit))
        found["recordedDate"] = _clock(visit.end)
        yield found


def _encounter(visit: Visit, ident: str) -> Json:
    letters, words = _CLASSES[visit.kind]
    code, text = _TYPES[visit.kind]
    kind = concept(SNOMED, code, text=text) if code else {"text": text}
    found: Json = {
        "resourceType": "Encounter",
        "id": ident,
        "identifier": [{"system": "https://lakeshore-general.example/csn", "value": ident[5:]}],
        "status": visit.status,
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": letters, "display": words},
        "type": [kind],
        "subject": _SUBJECT,
        "participant": [{"individual": ref("Practitioner", _DOCTORS.get(visit.kind, "ePrac3"))}],
        "period": {"start": _clock(visit.start)},
        "serviceProvider": ref("Organization", f"eOrg-{visit.place.key}", visit.place.name),
    }
    if visit.status != "planned":
        found["period"] = {"start": _clock(visit.start), "end": _clock(visit.end)}
    found["reasonCode"] = [
        icd(visit.diagnoses[0]) if visit.start.minute % 2 else {"text": visit.words}
    ]
    if visit.status == "finished":
        found["diagnosis"] = _roles(visit)
    if visit.kind in {"emergency", "inpatient", "observation"}:
        ward = "eLoc-ed" if visit.kind == "emergency" else "eLoc-ward"
        found["location"] = [{"location": ref("Location", ward), "status": "completed"}]
    return found


def _roles(visit: Visit) -> list[Json]:
    role = listed("diagnosis-role", "DD", "Discharge diagnosis")
    return [
        {"condition": ref("Condition", _condition_id(visit, number)), "use": role, "rank": number}
        for number in range(1, len(visit.diagnoses) + 1)
    ]


def _encounters(visit: Visit) -> Iterator[Json]:
    """One encounter, or two for a stay through the emergency department."""
    if visit.arrival:
        before = replace(visit, kind="emergency", start=visit.arrival, end=visit.start)
        first = _encounter(before, encounter_id(visit, emergency=True))
        first["diagnosis"] = _roles(visit)
        first["hospitalization"] = {"dischargeDisposition": {"text": "Admitted to this hospital"}}
        yield first
    found = _encounter(visit, encounter_id(visit))
    if visit.kind == "inpatient":
        source = listed("admit-source", "emd", "From accident/emergency department")
        home = listed("discharge-disposition", "home", "Home")
        found["hospitalization"] = {"admitSource": source, "dischargeDisposition": home}
    yield found


def _pressure(visit: Visit, number: int, dice: Dice) -> Json:
    """Blood pressure on arrival."""
    crisis = visit.is_crisis
    parts = (
        ("8480-6", "Systolic", ("74", "88") if crisis else ("98", "118")),
        ("8462-4", "Diastolic", ("42", "54") if crisis else ("62", "76")),
    )
    return {
        "resourceType": "Observation",
        "id": f"eObs-bp{number}",
        "status": "final",
        "category": [listed("observation-category", "vital-signs", "Vital signs")],
        "code": concept(LOINC, "85354-9", text="Blood pressure"),
        "subject": _SUBJECT,
        "encounter": ref("Encounter", encounter_id(visit, emergency=True)),
        "effectiveDateTime": _clock((visit.arrival or visit.start) + timedelta(minutes=12)),
        "component": [
            {
                "code": concept(LOINC, code, text=text),
                "valueQuantity": {**unit(dice.number(*limits), "mm[Hg]"), "unit": "mmHg"},
            }
            for code, text, limits in parts
        ],
    }


def _steroid(visit: Visit, number: int) -> Json:
    """100 mg of hydrocortisone into a vein, soon after arrival."""
    given = (visit.arrival or visit.start) + timedelta(minutes=31)
    return {
        "resourceType": "MedicationAdministration",
        "id": f"eMar-{number}",
        "status": "completed",
        "medicationCodeableConcept": concept(
            RXNORM, "238755", text="hydrocortisone sodium succinate 100 mg injection"
        ),
        "subject": _SUBJECT,
        "context": ref("Encounter", encounter_id(visit, emergency=True)),
        "effectiveDateTime": _clock(given),
        "dosage": {
            "text": "100 mg i.v. push",
            "route": {"text": "intravenous"},
            "dose": unit(Decimal(100), "mg"),
        },
    }


def _endoscopy(visit: Visit) -> Json:
    return {
        "resourceType": "Procedure",
        "id": "eProc-1",
        "status": "completed",
        "code": concept(CODE_SYSTEMS["cpt"], "43239", text="Upper endoscopy with biopsy"),
        "subject": _SUBJECT,
        "encounter": ref("Encounter", encounter_id(visit)),
        "performedPeriod": {"start": _clock(visit.start), "end": _clock(visit.end)},
    }


def _observations(story: Story) -> Iterator[Json]:
    dice = Dice(story.seed, "hospital/vitals")
    for number, lab in enumerate((lab for lab in story.labs if lab.source == "hospital"), 1):
        visit = story.visit(lab.visit)
        early = visit.arrival is not None and lab.at < visit.start
        when = f"{lab.at:%Y-%m-%dT%H:%M:%S}" if lab.no_zone else _clock(lab.at)
        stay = ref("Encounter", encounter_id(visit, emergency=early))
        yield lab_observation(lab, f"eObs-{number:03d}", _SUBJECT, when, stay)
    arrivals = [v for v in story.visits if is_here(v) and v.kind in {"emergency", "inpatient"}]
    for number, visit in enumerate((v for v in arrivals if v.happened), 1):
        yield _pressure(visit, number, dice)


def _frame(story: Story) -> Iterator[Json]:
    """Who and where."""
    number: Json = {
        "type": concept(f"{TERMINOLOGY}/v2-0203", "MR"),
        "system": "https://lakeshore-general.example/mrn",
        "value": story.person.record_number,
    }
    yield patient(story.person, PATIENT_ID, [number])
    for house in _HOUSES:
        yield organization(house, f"eOrg-{house.key}")
    doctors = (people.EMERGENCY_DOCTOR, people.HOSPITALIST, people.FAMILY_DOCTOR)
    for count, name in enumerate(doctors, 1):
        yield practitioner(name, f"ePrac{count}", f"999990011{count}")
    for ident, ward in (("eLoc-ed", "Emergency Department"), ("eLoc-ward", "Ward 4 East")):
        yield {
            "resourceType": "Location",
            "id": ident,
            "status": "active",
            "name": ward,
            "managingOrganization": ref("Organization", "eOrg-lakeshore"),
        }


def hospital_resources(story: Story) -> Iterator[Json]:
    """Everything in the hospital's download."""
    yield from _frame(story)
    here = [visit for visit in story.visits if is_here(visit)]
    for visit in here:
        yield from _encounters(visit)
    for visit in here:
        if visit.happened:
            yield from _conditions(visit)
    yield from _observations(story)
    for number, visit in enumerate((v for v in here if v.had_steroid), 1):
        yield _steroid(visit, number)
    yield _endoscopy(story.visit("endoscopy"))
    stay = story.visit(DUPLICATED)
    text = notes.discharge_summary(story, stay)
    summary = note("eDoc-1", _SUBJECT, "Discharge summary", _clock(stay.end), text)
    yield {**summary, "context": {"encounter": [ref("Encounter", encounter_id(stay))]}}


def hospital_bundle(story: Story) -> bytes:
    """The download as bytes."""
    day = story.last - timedelta(days=1)
    entries: list[Json] = [
        {
            "fullUrl": f"{BASE}/{resource['resourceType']}/{resource['id']}",
            "resource": resource,
            "search": {"mode": "match"},
        }
        for resource in hospital_resources(story)
    ]
    return encoded(
        {
            "resourceType": "Bundle",
            "id": Dice(story.seed, "hospital").uuid(),
            "type": "searchset",
            "timestamp": f"{day}T18:22:40Z",
            "total": len(entries),
            "link": [{"relation": "self", "url": f"{BASE}/Patient/{PATIENT_ID}/$everything"}],
            "entry": entries,
        }
    )
