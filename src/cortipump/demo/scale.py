"""Big records for benchmarks: one person, many years, mostly laboratory values.

Only size and shape matter here; there is no story and no answer key.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.exports.fhir import (
    CARIN,
    ICD_10_CM,
    LOINC,
    TERMINOLOGY,
    Json,
    concept,
    encoded,
    listed,
    patient,
    ref,
    unit,
)
from cortipump.demo.story import labs, people

BASE: Final = "https://fhir.lakeshore-general.example/archive"
FACTS_A_FILE: Final = 5_000
YEARS: Final = 20

_SUBJECT: Final = ref("Patient", "arc-1")
_HOSPITAL: Final = ref("Organization", "arc-org", people.LAKESHORE.name)
_TESTS: Final = (
    (labs.SODIUM, "128", "145"),
    (labs.POTASSIUM, "3.4", "5.8"),
    (labs.GLUCOSE, "58", "118"),
    (labs.CREATININE, "0.55", "1.30"),
    (labs.CORTISOL, "1.1", "24.0"),
)
_CLASSES: Final = ("AMB", "AMB", "AMB", "AMB", "VR", "EMER", "IMP", "OBSENC")
_REASONS: Final = ("E27.1", "E27.2", "A09", "R11.2", "J20.9", "Z00.00")
_CATEGORY: Final = [listed("observation-category", "laboratory", "Laboratory")]


def _observation(number: int, day: date, visit: int, dice: Dice) -> Json:
    test, low, high = _TESTS[number % len(_TESTS)]
    return {
        "resourceType": "Observation",
        "id": f"arc-obs-{number}",
        "status": "final",
        "category": _CATEGORY,
        "code": concept(LOINC, test.loinc, text=test.words),
        "subject": _SUBJECT,
        "encounter": ref("Encounter", f"arc-enc-{visit}"),
        "effectiveDateTime": f"{day}T{13 + number % 8:02d}:{number % 60:02d}:00Z",
        "valueQuantity": unit(dice.number(low, high), test.unit),
        "referenceRange": [{"text": f"{test.low} - {test.high}"}],
    }


def _encounter(number: int, day: date, dice: Dice) -> Json:
    letters = dice.pick(_CLASSES)
    end = day + timedelta(days=dice.whole(1, 4) if letters == "IMP" else 0)
    return {
        "resourceType": "Encounter",
        "id": f"arc-enc-{number}",
        "status": "finished",
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": letters},
        "subject": _SUBJECT,
        "period": {"start": f"{day}T14:10:00Z", "end": f"{end}T19:40:00Z"},
        "reasonCode": [concept(ICD_10_CM, dice.pick(_REASONS))],
        "serviceProvider": _HOSPITAL,
    }


def _total(code: str, amount: Decimal) -> Json:
    core = code in {"submitted", "eligible", "benefit"}
    system = f"{TERMINOLOGY}/adjudication" if core else f"{CARIN}/C4BBAdjudication"
    return {"category": concept(system, code), "amount": {"value": amount, "currency": "USD"}}


def _explanation(number: int, day: date, visit: int, dice: Dice) -> Json:
    billed = dice.about("1400.00", 90)
    allowed = (billed / 2).quantize(Decimal("0.01"))
    patient_share = (allowed / 5).quantize(Decimal("0.01"))
    totals = {
        "submitted": billed,
        "eligible": allowed,
        "benefit": allowed - patient_share,
        "memberliability": patient_share,
    }
    item: Json = {
        "sequence": 1,
        "productOrService": concept("http://www.ama-assn.org/go/cpt", "99213"),
    }
    item["encounter"] = [ref("Encounter", f"arc-enc-{visit}")]
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": f"arc-eob-{number}",
        "identifier": [
            {"system": "https://prairie-health-plan.example/claim-number", "value": f"ARC{number}"}
        ],
        "status": "active",
        "type": listed("claim-type", "professional"),
        "use": "claim",
        "patient": _SUBJECT,
        "billablePeriod": {"start": day.isoformat(), "end": day.isoformat()},
        "created": (day + timedelta(days=14)).isoformat(),
        "insurer": {"display": people.PLAN.name},
        "provider": _HOSPITAL,
        "outcome": "complete",
        "insurance": [{"focal": True, "coverage": {"display": people.PLAN.name}}],
        "item": [item],
        "total": [_total(code, amount) for code, amount in totals.items()],
        "payment": {"amount": {"value": totals["benefit"], "currency": "USD"}},
    }


def _facts(first: int, count: int, total: int, end: date, dice: Dice) -> Iterator[Json]:
    """Ten facts at a time: a visit, its bill, eight values."""
    for number in range(first, first + count):
        visit = max(number - number % 10, first)
        day = end - timedelta(days=(total - visit) * YEARS * 365 // total)
        if number == visit:
            yield _encounter(number, day, dice)
        elif number == visit + 1:
            yield _explanation(number, day, visit, dice)
        else:
            yield _observation(number, day, visit, dice)


def scaled(seed: int, facts: int) -> dict[str, bytes]:
    """A person with about so many facts, as bundles of at most 5,000.

    Parameters
    ----------
    seed
        The person.
    facts
        How many facts, such as 10,000 or 100,000.

    Returns
    -------
    dict
        File name to bytes.
    """
    dice = Dice(seed, "scale")
    person = people.person(seed)
    end = people.last_day(people.index_date(seed))
    number: Json = {
        "system": "https://lakeshore-general.example/mrn",
        "value": person.record_number,
    }
    house: Json = {"resourceType": "Organization", "id": "arc-org", "name": people.LAKESHORE.name}
    found = {}
    for part, first in enumerate(range(0, facts, FACTS_A_FILE), 1):
        count = min(FACTS_A_FILE, facts - first)
        resources = [patient(person, "arc-1", [number]), house]
        resources += _facts(first, count, facts, end, dice)
        entries = [
            {"fullUrl": f"{BASE}/{one['resourceType']}/{one['id']}", "resource": one}
            for one in resources
        ]
        bundle: Json = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        found[f"archive-{part:03d}.json"] = encoded(bundle)
    return found
