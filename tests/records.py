"""Builders of small FHIR records for tests."""

from collections.abc import Sequence
from typing import Any


def bundle(*resources: dict[str, Any], base: str = "https://one.example/fhir") -> dict[str, Any]:
    """A FHIR bundle of resources, each with its address."""
    entries = [
        {"fullUrl": f"{base}/{r['resourceType']}/{r['id']}", "resource": r} for r in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def encounter(
    number: str, start: str, end: str = "", kind: str = "EMER", **more: Any
) -> dict[str, Any]:
    """A FHIR encounter."""
    period = {"start": start} | ({"end": end} if end else {})
    return {
        "resourceType": "Encounter", "id": number, "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": kind},
        "period": period, "serviceProvider": {"display": "Lakeside (made up)"}, **more,
    }  # fmt: skip


def amounts(**by_code: str) -> list[dict[str, Any]]:
    """Totals of an explanation of benefits, code of the adjudication system to amount."""
    hl7 = "http://terminology.hl7.org/CodeSystem/adjudication"
    carin = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
    standard = {"submitted", "eligible", "benefit", "copay", "deductible", "tax"}
    return [
        {
            "category": {"coding": [{"system": hl7 if code in standard else carin, "code": code}]},
            "amount": {"value": float(value), "currency": "USD"},
        }
        for code, value in by_code.items()
    ]


def eob(number: str, day: str, **more: Any) -> dict[str, Any]:
    """A FHIR explanation of benefits of one day."""
    return {
        "resourceType": "ExplanationOfBenefit", "id": number, "status": "active", "use": "claim",
        "outcome": "complete", "type": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
        "billablePeriod": {"start": day, "end": day}, "created": day,
        "insurer": {"display": "Prairie (made up)"}, **more,
    }  # fmt: skip


def only(found: Sequence[Any]) -> Any:
    """The one element."""
    assert len(found) == 1, found
    return found[0]
