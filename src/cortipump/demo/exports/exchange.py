"""The state's health information exchange: a collection without full addresses.

It holds one stay that the hospital's own file holds too, under another id and spelling and with
dates only, and one stay that only the exchange knows.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.exports.fhir import (
    TERMINOLOGY,
    Json,
    concept,
    condition,
    encoded,
    icd,
    lab_observation,
    local,
    organization,
    patient,
    period,
    ref,
)
from cortipump.demo.story.people import CEDAR, LAKESHORE
from cortipump.demo.story.tell import Story
from cortipump.demo.story.visits import DUPLICATED, ELSEWHERE, Visit

PATIENT_ID: Final = "hie-person-77"
_SUBJECT: Final = ref("Patient", PATIENT_ID)


def _encounter(visit: Visit, ident: str, when: Json) -> Json:
    return {
        "resourceType": "Encounter",
        "id": ident,
        "meta": {"source": "https://hie.prairie-exchange.example"},
        "status": "finished",
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": "IMP"},
        "subject": _SUBJECT,
        "period": when,
        "reasonCode": [icd(visit.diagnoses[0])],
        "diagnosis": [
            {"condition": ref("Condition", f"{ident}-dx{number}"), "rank": number}
            for number in range(1, len(visit.diagnoses) + 1)
        ],
        "serviceProvider": ref(
            "Organization", f"hie-org-{visit.place.key}", visit.place.exchange_name
        ),
    }


def _conditions(visit: Visit, ident: str) -> Iterator[Json]:
    for number, diagnosis in enumerate(visit.diagnoses, 1):
        found = condition(
            diagnosis, f"{ident}-dx{number}", _SUBJECT, category="encounter-diagnosis"
        )
        yield {
            **found,
            "encounter": ref("Encounter", ident),
            "recordedDate": f"{visit.end:%Y-%m-%d}",
        }


def exchange_resources(story: Story) -> Iterator[Json]:
    """Everything that the exchange sends."""
    known: Json = {"system": "https://hie.prairie-exchange.example/person", "value": PATIENT_ID}
    yield patient(story.person, PATIENT_ID, [known])
    for place in (LAKESHORE, CEDAR):
        yield organization(place, f"hie-org-{place.key}", place.exchange_name)
    dice = Dice(story.seed, "exchange")
    shared, other = story.visit(DUPLICATED), story.visit(ELSEWHERE)
    first, second = (f"adt-{dice.digits(8)}" for _ in range(2))
    yield _encounter(shared, first, period(shared.start.date(), shared.end.date()))
    yield _encounter(other, second, {"start": local(other.start), "end": local(other.end)})
    yield from _conditions(shared, first)
    yield from _conditions(other, second)
    for number, lab in enumerate((lab for lab in story.labs if lab.source == "exchange"), 1):
        stay = ref("Encounter", second)
        yield lab_observation(lab, f"oru-{number}", _SUBJECT, local(lab.at), stay)


def exchange_bundle(story: Story) -> bytes:
    """The answer of the exchange as bytes."""
    day = story.last - timedelta(days=3)
    kind = concept(f"{TERMINOLOGY}/v3-ActReason", "PATRQT")
    return encoded(
        {
            "resourceType": "Bundle",
            "meta": {"tag": kind["coding"]},
            "type": "collection",
            "timestamp": f"{day}T09:15:00-06:00",
            "entry": [{"resource": resource} for resource in exchange_resources(story)],
        },
        indent=2,
    )
