"""The plan's Patient Access download, twice: the same content three weeks apart.

The second has another bundle id, timestamp, version numbers and ``lastUpdated``, and two newer
explanations of benefits.
"""

from datetime import date
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.exports.eob import COVERAGE_ID, PATIENT_ID, claim, explanation
from cortipump.demo.exports.fhir import (
    CARIN,
    TERMINOLOGY,
    Json,
    concept,
    encoded,
    listed,
    organization,
    patient,
    ref,
)
from cortipump.demo.story.people import PLAN, PROVIDERS
from cortipump.demo.story.tell import Story

BASE: Final = "https://api.prairie-health-plan.example/fhir"


def _person(story: Story) -> Json:
    member: Json = {
        "type": concept(f"{CARIN}/C4BBIdentifierType", "um"),
        "system": "https://prairie-health-plan.example/member",
        "value": story.person.member_number,
    }
    return patient(story.person, PATIENT_ID, [member])


def _coverage(story: Story) -> Json:
    def grouped(kind: str, value: str, name: str) -> Json:
        found = listed("coverage-class", kind)
        return {"type": found, "value": value, "name": name}

    return {
        "resourceType": "Coverage",
        "id": COVERAGE_ID,
        "identifier": [
            {
                "type": concept(f"{TERMINOLOGY}/v2-0203", "MB"),
                "system": "https://prairie-health-plan.example/member",
                "value": story.person.member_number,
            }
        ],
        "status": "active",
        "type": concept(f"{TERMINOLOGY}/v3-ActCode", "EHCPOL", text="Employer health plan"),
        "subscriberId": story.person.member_number,
        "beneficiary": ref("Patient", PATIENT_ID),
        "relationship": listed("subscriber-relationship", "self"),
        "period": {"start": "2023-01-01"},
        "payor": [ref("Organization", "php-org-plan", PLAN.name)],
        "class": [
            grouped("group", story.person.group_number, "Harborline Freight Cooperative (made up)"),
            grouped("plan", "PPO-2", "Prairie Choice PPO, self-funded (made up)"),
        ],
    }


def _claims(story: Story) -> list[Json]:
    """Claims that the plan shows beside their answers, and one that waits for its answer."""
    sent = {s.number: s.bill for s in story.claims.statements if s.number in story.claims.sent}
    sent[story.claims.open_number] = story.claims.open_bill
    return [claim(bill, number, f"php-claim-{number}") for number, bill in sent.items()]


def _statements(story: Story, *, second: bool) -> list[Json]:
    return [
        explanation(
            statement,
            answers=f"php-claim-{statement.number}"
            if statement.number in story.claims.sent
            else "",
        )
        for statement in reversed(story.claims.statements)
        if second or not statement.newer
    ]


def _stamped(resource: Json, day: date, version: int, dice: Dice) -> Json:
    """With the marks that a server sets anew at each refresh."""
    old = resource.get("meta")
    clock = f"{dice.whole(3, 5):02d}:{dice.whole(0, 59):02d}:{dice.whole(0, 59):02d}"
    meta: Json = {
        "versionId": str(version),
        "lastUpdated": f"{day}T{clock}.{dice.digits(3)}+00:00",
        **(old if isinstance(old, dict) else {}),
    }
    head: Json = {"resourceType": resource["resourceType"], "id": resource["id"], "meta": meta}
    return {**head, **{key: value for key, value in resource.items() if key not in head}}


def payer_bundle(story: Story, *, second: bool = False) -> bytes:
    """The download as bytes; ``second``: the later one."""
    day = story.last if second else story.claims.first_download
    dice = Dice(story.seed, f"payer/{second}")
    resources = [
        _person(story),
        _coverage(story),
        organization(PLAN, "php-org-plan"),
        *(organization(p, f"php-org-{p.key}", p.billed_as) for p in PROVIDERS),
        *_claims(story),
        *_statements(story, second=second),
    ]
    version = 27 if second else 24
    entries: list[Json] = [
        {
            "fullUrl": f"{BASE}/{resource['resourceType']}/{resource['id']}",
            "resource": _stamped(resource, day, version, dice),
            "search": {"mode": "match"},
        }
        for resource in resources
    ]
    return encoded(
        {
            "resourceType": "Bundle",
            "id": dice.uuid(),
            "meta": {"lastUpdated": f"{day}T15:{dice.whole(10, 59)}:07.4113+00:00"},
            "type": "searchset",
            "timestamp": f"{day}T15:{dice.whole(10, 59)}:07.411+00:00",
            "total": len(entries),
            "link": [{"relation": "self", "url": f"{BASE}/Patient/{PATIENT_ID}/$everything"}],
            "entry": entries,
        }
    )
