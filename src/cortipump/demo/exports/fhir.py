"""Pieces of FHIR R4 resources that all exports share; each export says which go where."""

from base64 import b64encode
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from cortipump.demo.story.labs import Lab
from cortipump.demo.story.people import Person, Place
from cortipump.demo.story.sickness import Diagnosis

Json = dict[str, object]

TERMINOLOGY: Final = "http://terminology.hl7.org/CodeSystem"
CARIN: Final = "http://hl7.org/fhir/us/carin-bb/CodeSystem"
ICD_10_CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
LOINC: Final = "http://loinc.org"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
NPI: Final = "http://hl7.org/fhir/sid/us-npi"
SNOMED: Final = "http://snomed.info/sct"
CODE_SYSTEMS: Final = {
    "cpt": "http://www.ama-assn.org/go/cpt",
    "hcpcs": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "ndc": "http://hl7.org/fhir/sid/ndc",
    "rxnorm": RXNORM,
}
ABSENT: Final[Json] = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "unknown",
        }
    ]
}

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def encoded(resource: Json | list[Json], *, indent: int = 0) -> bytes:
    """JSON, amounts as numbers with the digits that they have."""
    text = _ENCODER.encode(resource)
    return msgspec.json.format(text, indent=indent) + b"\n" if indent else text


def concept(system: str, code: str, display: str = "", text: str = "") -> Json:
    """A CodeableConcept with one coding."""
    coding: Json = {"system": system, "code": code}
    if display:
        coding["display"] = display
    return {"coding": [coding], "text": text} if text else {"coding": [coding]}


def listed(system: str, code: str, display: str = "") -> Json:
    """A concept from one of HL7's own lists."""
    return concept(f"{TERMINOLOGY}/{system}", code, display)


def ref(kind: str, ident: str, display: str = "") -> Json:
    """A reference inside the same server."""
    found: Json = {"reference": f"{kind}/{ident}"}
    if display:
        found["display"] = display
    return found


def in_utc(moment: datetime, *, style: str = "Z") -> str:
    """An instant in UTC, ``Z``, ``+00:00`` or with ``.000Z``."""
    naive = (moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta())).isoformat()
    return naive + style


def local(moment: datetime) -> str:
    """Local time with its offset."""
    return moment.isoformat()


def icd(diagnosis: Diagnosis) -> Json:
    """A diagnosis as a CodeableConcept."""
    return concept(ICD_10_CM, diagnosis.code, diagnosis.words)


def patient(person: Person, ident: str, identifiers: list[Json]) -> Json:
    """The person, as every source knows her."""
    return {
        "resourceType": "Patient",
        "id": ident,
        "identifier": identifiers,
        "active": True,
        "name": [{"use": "official", "family": person.family, "given": [person.given]}],
        "telecom": [{"system": "phone", "value": person.phone, "use": "mobile"}],
        "gender": "female",
        "birthDate": person.born.isoformat(),
        "address": [
            {
                "use": "home",
                "line": [person.street],
                "city": person.city,
                "state": person.state,
                "postalCode": person.postcode,
                "country": "US",
            }
        ],
    }


def organization(place: Place, ident: str, name: str = "") -> Json:
    """A provider or payer."""
    return {
        "resourceType": "Organization",
        "id": ident,
        "identifier": [{"system": NPI, "value": place.npi}],
        "active": True,
        "name": name or place.name,
        "telecom": [{"system": "phone", "value": place.phone}],
        "address": [{"city": place.city, "state": place.state, "country": "US"}],
    }


def practitioner(name: tuple[str, str], ident: str, number: str) -> Json:
    """A doctor or nurse."""
    return {
        "resourceType": "Practitioner",
        "id": ident,
        "identifier": [{"system": NPI, "value": number}],
        "name": [{"use": "official", "family": name[1], "given": [name[0]], "prefix": ["Dr."]}],
    }


def lab_observation(lab: Lab, ident: str, subject: Json, when: str, encounter: Json | None) -> Json:
    """A laboratory value, as the laboratory printed it."""
    code: Json = {"text": lab.test.words}
    if lab.test.loinc:
        code = {"coding": [{"system": LOINC, "code": lab.test.loinc}], "text": lab.test.words}
    found: Json = {
        "resourceType": "Observation",
        "id": ident,
        "status": "final",
        "category": [listed("observation-category", "laboratory", "Laboratory")],
        "code": code,
        "subject": subject,
        "effectiveDateTime": when,
    }
    if encounter:
        found["encounter"] = encounter
    found.update(_result(lab))
    limits = _limits(lab)
    if limits:
        found["referenceRange"] = [limits]
    return found


def _result(lab: Lab) -> Json:
    if lab.value is None:
        return {"valueString": lab.words}
    if lab.as_text:
        return {"valueString": f"{lab.comparator}{lab.value} {lab.test.unit}"}
    quantity = unit(lab.value, lab.test.unit)
    if lab.comparator:
        quantity["comparator"] = lab.comparator
    return {"valueQuantity": quantity}


def unit(value: Decimal, name: str) -> Json:
    """A quantity in UCUM."""
    return {"value": value, "unit": name, "system": "http://unitsofmeasure.org", "code": name}


def _limits(lab: Lab) -> Json:
    found: Json = {}
    if lab.test.low:
        found["low"] = {"value": Decimal(lab.test.low), "unit": lab.test.unit}
    if lab.test.high:
        found["high"] = {"value": Decimal(lab.test.high), "unit": lab.test.unit}
    if found:
        low, high = lab.test.low, lab.test.high
        found["text"] = f"{low} - {high}" if low and high else f">= {low}"
    return found


def condition(diagnosis: Diagnosis, ident: str, subject: Json, *, category: str) -> Json:
    """A diagnosis; the caller adds dates and the visit."""
    return {
        "resourceType": "Condition",
        "id": ident,
        "clinicalStatus": listed("condition-clinical", "active"),
        "verificationStatus": listed("condition-ver-status", "confirmed"),
        "category": [listed("condition-category", category)],
        "code": icd(diagnosis),
        "subject": subject,
    }


def note(ident: str, subject: Json, title: str, written: str, text: str) -> Json:
    """A document whose words travel inside the resource."""
    return {
        "resourceType": "DocumentReference",
        "id": ident,
        "status": "current",
        "type": {"text": title},
        "subject": subject,
        "date": written,
        "description": title,
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "data": b64encode(text.encode()).decode(),
                    "title": title,
                    "creation": written,
                }
            }
        ],
    }


def period(first: date, last: date) -> Json:
    """Two dates."""
    return {"start": first.isoformat(), "end": last.isoformat()}
