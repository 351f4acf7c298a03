"""The plan's statements: amounts that add up, and each of its irregularities once."""

import json
from decimal import Decimal
from typing import Any

from cortipump.demo import Demo

PATIENT_PARTS = ("deductible", "copay", "coinsurance")


def statements(demo: Demo, name: str = "payer-claims-redownloaded.json") -> list[dict[str, Any]]:
    """The explanations of benefits of one download."""
    bundle = json.loads(demo.files[name], parse_float=Decimal)
    found = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in found if one["resourceType"] == "ExplanationOfBenefit"]


def stated(entries: list[dict[str, Any]]) -> dict[str, Decimal]:
    """Amounts by category; a category without an amount is left out."""
    found = {}
    for entry in entries:
        amount = entry.get("amount", {}).get("value")
        if amount is not None:
            found[entry["category"]["coding"][0]["code"]] = Decimal(amount)
    return found


def whole(eob: dict[str, Any]) -> dict[str, Decimal]:
    """The claim's totals, else the sums of its lines."""
    found = stated(eob["total"])
    lines = [stated(item["adjudication"]) for item in eob["item"]]
    for name in {name for line in lines for name in line} - found.keys():
        found[name] = sum((line.get(name, Decimal(0)) for line in lines), Decimal(0))
    return found


def amounts(eob: dict[str, Any]) -> dict[str, Decimal | None]:
    """Billed, allowed, paid and patient share. None: not stated."""
    found = whole(eob)
    parts = [found[name] for name in PATIENT_PARTS if name in found]
    return {
        "billed": found.get("submitted"),
        "allowed": found.get("eligible"),
        "paid": found.get("benefit", found.get("paidtoprovider")),
        "patient": found.get("memberliability", sum(parts, Decimal(0)) if parts else None),
    }


def number(eob: dict[str, Any]) -> str:
    """The claim's number."""
    return str(eob["identifier"][0]["value"])


def test_allowed_is_paid_plus_patient(demo: Demo) -> None:
    """Wherever all three are stated, they agree to the cent."""
    for eob in statements(demo):
        found = amounts(eob)
        if found["allowed"] is not None:
            assert found["paid"] is not None
            assert found["patient"] is not None
            assert found["allowed"] == found["paid"] + found["patient"]


def test_billed_and_paid_are_always_stated(demo: Demo) -> None:
    """The payment repeats what the totals say."""
    for eob in statements(demo):
        found = amounts(eob)
        assert found["billed"] is not None
        assert found["paid"] == eob["payment"]["amount"]["value"]


def test_amounts_have_cents_and_lines_add_up(demo: Demo) -> None:
    """The lines make the billed total; amounts keep both digits of their cents."""
    for eob in statements(demo):
        lines = [stated(item["adjudication"])["submitted"] for item in eob["item"]]
        assert sum(lines) == amounts(eob)["billed"]
        assert all(line.as_tuple().exponent == -2 for line in lines)


def test_one_claim_was_cancelled_and_reissued(demo: Demo) -> None:
    """Two claim numbers point to each other; the amounts differ."""
    found = statements(demo)
    cancelled = [eob for eob in found if eob["status"] == "cancelled"]
    related = {
        eob["related"][0]["relationship"]["coding"][0]["code"]: eob
        for eob in found
        if "related" in eob
    }

    assert len(cancelled) == 1
    old, new = related["replacedby"], related["prior"]
    assert old is cancelled[0]
    assert new["related"][0]["reference"]["value"] == number(old)
    assert old["related"][0]["reference"]["value"] == number(new)
    assert amounts(new)["billed"] != amounts(old)["billed"]


def test_one_claim_was_taken_back_by_negative_amounts(demo: Demo) -> None:
    """Three statements share one claim number: charge, negative, corrected."""
    found = statements(demo)
    negative = [eob for eob in found if (amounts(eob)["billed"] or 0) < 0]

    assert len(negative) == 1
    same = [eob for eob in found if number(eob) == number(negative[0])]
    billed = sorted(amounts(eob)["billed"] or Decimal(0) for eob in same)
    assert len(billed) == 3
    assert billed[0] == -billed[2]
    assert 0 < billed[1] < billed[2]
    assert len({number(eob) for eob in found}) == len(found) - 2


def test_one_allowed_amount_is_missing(demo: Demo) -> None:
    """One statement says that the allowed amount is unknown, and nothing else is."""
    without = [eob for eob in statements(demo) if amounts(eob)["allowed"] is None]

    assert len(without) == 1
    said = next(
        entry
        for entry in without[0]["total"]
        if entry["category"]["coding"][0]["code"] == "eligible"
    )
    assert said["amount"]["extension"][0]["valueCode"] == "unknown"
    assert "value" not in said["amount"]


def test_pump_and_late_supplies_were_refused(demo: Demo) -> None:
    """Two claims carry reason 55 on their lines, with nothing allowed, paid or owed."""
    denied = [
        eob
        for eob in statements(demo)
        for entry in eob["item"][0]["adjudication"]
        if entry.get("reason", {}).get("coding", [{}])[0].get("code") == "55"
    ]
    codes = [
        {item["productOrService"]["coding"][0]["code"] for item in eob["item"]} for eob in denied
    ]

    assert sorted(codes, key=len) == [{"E0784"}, {"A4230", "A4232"}]
    for eob in denied:
        found = amounts(eob)
        assert {found["allowed"], found["paid"], found["patient"]} == {Decimal(0)}


def test_emergency_bills_carry_their_codes(demo: Demo) -> None:
    """Revenue codes, types of bill and supply codes occur."""
    text = json.dumps(statements(demo), default=str)

    for code in ("0450", "0762", "0111", "0131", "A4230", "A4232", "E0784"):
        assert f'"{code}"' in text


def test_claims_are_answered_but_one(demo: Demo) -> None:
    """Claims are shown beside their answers; one gets its answer late, one never."""
    bundle = json.loads(demo.files["payer-claims-redownloaded.json"])
    claims = {
        entry["resource"]["id"]: entry["resource"]["identifier"][0]["value"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "Claim"
    }
    answered = {
        eob["claim"]["reference"].removeprefix("Claim/")
        for eob in statements(demo)
        if "claim" in eob
    }
    early = {
        eob["claim"]["reference"].removeprefix("Claim/")
        for eob in statements(demo, "payer-claims.json")
        if "claim" in eob
    }
    charges: Any = demo.key["charges"]

    assert [claims[ident] for ident in claims.keys() - answered] == charges["claims_unanswered"]
    assert len(answered) == 3
    assert len(early) == 2


def test_every_stay_and_emergency_visit_has_a_hospital_bill(demo: Demo) -> None:
    """The bill's dates are the visit's local dates."""
    visits: Any = demo.key["visits"]
    bills = {
        (eob["billablePeriod"]["start"], eob["billablePeriod"]["end"])
        for eob in statements(demo)
        if eob["type"]["coding"][0]["code"] == "institutional"
    }

    for visit in visits:
        if visit["kind"] in {"emergency", "inpatient", "observation"}:
            assert (visit["from"], visit["until"]) in bills
