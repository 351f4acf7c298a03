"""Explanations of benefits and claims in the manner of CARIN for Blue Button, in four layouts.

Stays: amounts at the header, as totals and once more as adjudications. Hospital, doctor, supplier:
totals, with billed and allowed also per line. Laboratory: only the billed total is stated, all else
per line. Pharmacy: totals with the copay and, as another way to say it, what the member paid.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from cortipump.demo.exports.fhir import (
    ABSENT,
    CARIN,
    CODE_SYSTEMS,
    TERMINOLOGY,
    Json,
    concept,
    icd,
    listed,
    period,
    ref,
)
from cortipump.demo.story.benefits import Share, Statement
from cortipump.demo.story.bills import Bill, Line

CLAIM_NUMBERS: Final = "https://prairie-health-plan.example/claim-number"
PATIENT_ID: Final = "php-member-1"
COVERAGE_ID: Final = "php-coverage-1"
REASON_CODES: Final = "https://x12.org/codes/claim-adjustment-reason-codes"
EXPERIMENTAL_REASON: Final = "55"

_CORE: Final = f"{TERMINOLOGY}/adjudication"
_MORE: Final = f"{CARIN}/C4BBAdjudication"
_WORDS: Final = {
    "submitted": "Billed amount",
    "eligible": "Allowed amount",
    "benefit": "Plan payment",
    "paidtoprovider": "Paid to provider",
    "memberliability": "Member responsibility",
    "deductible": "Deductible",
    "copay": "Copay",
    "coinsurance": "Coinsurance",
    "discount": "Contract discount",
    "noncovered": "Not covered",
    "paidbypatient": "Collected from member",
}
_CORE_CODES: Final = {"submitted", "eligible", "benefit", "deductible", "copay"}
_LINE_CODES: Final = {"submitted", "eligible", "noncovered"}
_BILL_TYPES: Final = {"inpatient": "111", "outpatient": "131"}
_DAYS_SUPPLY: Final = {"tablets": 90, "salt": 180, "kit": 365, "vials": 30}
_PROFILES: Final = {
    "inpatient": "Inpatient-Institutional",
    "outpatient": "Outpatient-Institutional",
    "professional": "Professional-NonClinician",
    "laboratory": "Professional-NonClinician",
    "equipment": "Professional-NonClinician",
    "pharmacy": "Pharmacy",
}


def money(amount: Decimal) -> Json:
    """An amount in US dollars."""
    return {"value": amount, "currency": "USD"}


def _said(code: str, amount: Decimal | None, text: str = "") -> Json:
    system = _CORE if code in _CORE_CODES else _MORE
    stated: Json = money(amount) if amount is not None else dict(ABSENT)
    return {"category": concept(system, code, text=text), "amount": stated}


def _amounts(statement: Statement, share: Share) -> Iterator[tuple[str, Decimal | None]]:
    """What is said about one share: names and amounts."""
    kind = statement.bill.kind
    yield "submitted", share.billed
    yield "eligible", None if statement.allowed_missing else share.allowed
    if statement.fate == "denied":
        yield "noncovered", share.billed
    elif kind in {"inpatient", "outpatient"}:
        yield "discount", share.billed - share.allowed
    yield "benefit" if kind in {"laboratory", "inpatient"} else "paidtoprovider", share.paid
    if kind == "pharmacy":
        yield "copay", share.copay
        yield "paidbypatient", share.copay
        return
    if kind != "laboratory":
        yield "memberliability", share.patient
    parts = (
        ("deductible", share.deductible),
        ("copay", share.copay),
        ("coinsurance", share.coinsurance),
    )
    for name, amount in parts:
        if amount or (kind == "laboratory" and name == "coinsurance"):
            yield name, amount


def _reason(line: Share) -> list[Json]:
    """The refusal of a line, under the contract group: the member does not owe it."""
    discriminator = f"{CARIN}/C4BBAdjudicationDiscriminator"
    return [
        {
            "category": concept(discriminator, "benefitpaymentstatus"),
            "reason": concept(f"{CARIN}/C4BBPayerAdjudicationStatus", "denied", "Denied"),
        },
        {
            "category": concept(discriminator, "adjustmentreason"),
            "reason": concept(REASON_CODES, EXPERIMENTAL_REASON, text="CO-55"),
            "amount": money(line.billed),
        },
    ]


def _product(line: Line) -> Json:
    if not line.code:
        return listed("data-absent-reason", "not-applicable", "Not Applicable")
    coding: list[Json] = [{"system": CODE_SYSTEMS[line.system], "code": line.code}]
    if line.rxnorm:
        coding.append({"system": CODE_SYSTEMS["rxnorm"], "code": line.rxnorm})
    return {"coding": coding, "text": line.words} if line.words else {"coding": coding}


def _line(bill: Bill, number: int, line: Line) -> Json:
    found: Json = {"sequence": number}
    if line.revenue:
        found["revenue"] = concept("https://www.nubc.org/CodeSystem/RevenueCodes", line.revenue)
    found["productOrService"] = _product(line)
    if bill.kind == "inpatient":
        found["servicedPeriod"] = period(bill.first, bill.last)
    else:
        found["servicedDate"] = bill.first.isoformat()
    if bill.place_of_service:
        places = (
            "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
        )
        found["locationCodeableConcept"] = concept(places, bill.place_of_service)
    found["quantity"] = {"value": line.units}
    return found


def _of_line(statement: Statement, share: Share) -> list[Json]:
    """What is said about one line: less than about the whole, except by the laboratory."""
    said = list(_amounts(statement, share))
    if statement.bill.kind in {"inpatient", "pharmacy"}:
        said = said[:1]
    elif statement.bill.kind != "laboratory":
        said = [pair for pair in said if pair[0] in _LINE_CODES and pair[1] is not None]
    found = [_said(name, amount) for name, amount in said]
    return [*_reason(share), *found] if statement.fate == "denied" else found


def _items(statement: Statement) -> list[Json]:
    bill = statement.bill
    pairs = zip(bill.lines, statement.shares, strict=True)
    return [
        {**_line(bill, number, line), "adjudication": _of_line(statement, share)}
        for number, (line, share) in enumerate(pairs, 1)
    ]


def _type(bill: Bill) -> Json:
    institutional = bill.kind in {"inpatient", "outpatient"}
    code = "institutional" if institutional else bill.kind
    if bill.kind in {"laboratory", "equipment"}:
        code = "professional"
    found: Json = {"type": listed("claim-type", code)}
    if institutional:
        found["subType"] = concept(f"{CARIN}/C4BBInstitutionalClaimSubType", bill.kind)
    return found


def _info(category: str, number: int, **value: object) -> Json:
    return {
        "sequence": number,
        "category": concept(f"{CARIN}/C4BBSupportingInfoType", category),
        **value,
    }


def _supporting(bill: Bill, *, corrected: bool) -> list[Json]:
    found = []
    if bill.kind != "pharmacy":
        received = (bill.last + timedelta(days=4)).isoformat()
        found.append(_info("clmrecvddate", 1, timingDate=received))
    if bill.kind in _BILL_TYPES:
        number = _BILL_TYPES[bill.kind][:2] + ("7" if corrected else "1")
        code = concept("https://www.nubc.org/CodeSystem/TypeOfBill", f"0{number}")
        found.append(_info("typeofbill", 2, code=code))
    if bill.kind == "inpatient":
        home = concept("https://www.nubc.org/CodeSystem/PatDischargeStatus", "01")
        found.append(_info("admissionperiod", 3, timingPeriod=period(bill.first, bill.last)))
        found.append(_info("discharge-status", 4, code=home))
    if bill.kind == "pharmacy":
        days = next(d for name, d in _DAYS_SUPPLY.items() if f"/{name}/" in bill.name)
        found.append(_info("dayssupply", 2, valueQuantity={"value": days}))
    return found


def _diagnoses(bill: Bill) -> list[Json]:
    return [
        {
            "sequence": number,
            "diagnosisCodeableConcept": icd(diagnosis),
            "type": [
                listed("ex-diagnosistype", "principal")
                if number == 1
                else concept(f"{CARIN}/C4BBClaimDiagnosisType", "other")
            ],
        }
        for number, diagnosis in enumerate(bill.diagnoses, 1)
    ]


def _identifier(number: str) -> Json:
    return {
        "type": concept(f"{CARIN}/C4BBIdentifierType", "uc"),
        "system": CLAIM_NUMBERS,
        "value": number,
    }


def _related(statement: Statement) -> list[Json]:
    found: list[Json] = []
    if statement.prior:
        prior = listed("ex-relatedclaimrelationship", "prior", "Prior Claim")
        reference: Json = {"system": CLAIM_NUMBERS, "value": statement.prior}
        found.append({"relationship": prior, "reference": reference})
    if statement.replaced_by:
        by = concept(f"{CARIN}/C4BBRelatedClaimRelationshipCodes", "replacedby", "Replaced by")
        reference = {"system": CLAIM_NUMBERS, "value": statement.replaced_by}
        found.append({"relationship": by, "reference": reference})
    return found


def _frame(bill: Bill, number: str) -> Json:
    """What a claim and its answer have in common."""
    provider = ref("Organization", f"php-org-{bill.provider.key}", bill.provider.billed_as)
    return {
        "identifier": [_identifier(number)],
        "status": "active",
        **_type(bill),
        "use": "claim",
        "patient": ref("Patient", PATIENT_ID),
        "billablePeriod": period(bill.first, bill.last),
        "provider": provider,
    }


def _tail(bill: Bill, *, corrected: bool = False) -> Json:
    return {
        "supportingInfo": _supporting(bill, corrected=corrected),
        "diagnosis": _diagnoses(bill),
        "insurance": [{"focal": True, "coverage": ref("Coverage", COVERAGE_ID)}],
    }


def explanation(statement: Statement, *, answers: str = "") -> Json:
    """An ExplanationOfBenefit.

    Parameters
    ----------
    statement
        The plan's decision.
    answers
        Id of the Claim that it answers. Empty: the plan does not show the claim.
    """
    bill = statement.bill
    in_words = bill.kind in _BILL_TYPES
    whole = [
        _said(name, amount, _WORDS[name] if in_words else "")
        for name, amount in _amounts(statement, statement.whole)
    ]
    found: Json = {"resourceType": "ExplanationOfBenefit", "id": statement.ident}
    base = "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-ExplanationOfBenefit"
    found["meta"] = {"profile": [f"{base}-{_PROFILES[bill.kind]}"]}
    found.update(_frame(bill, statement.number))
    if statement.fate == "cancelled":
        found["status"] = "cancelled"
    found["created"] = statement.issued.isoformat()
    found["insurer"] = ref("Organization", "php-org-plan", "Prairie Health Plan (made up)")
    if answers:
        found["claim"] = ref("Claim", answers)
    found["outcome"] = "complete"
    if _related(statement):
        found["related"] = _related(statement)
    found.update(_tail(bill, corrected=bool(statement.prior)))
    found["item"] = _items(statement)
    if bill.kind == "inpatient":
        found["adjudication"] = whole
    found["total"] = whole[:1] if bill.kind == "laboratory" else whole
    found["payment"] = {"date": statement.issued.isoformat(), "amount": money(statement.whole.paid)}
    return found


def claim(bill: Bill, number: str, ident: str) -> Json:
    """The bill itself, as the plan received it."""
    sent = (bill.last + timedelta(days=3)).isoformat()
    items = []
    for count, line in enumerate(bill.lines, 1):
        items.append({**_line(bill, count, line), "net": money(line.billed)})
    return {
        "resourceType": "Claim",
        "id": ident,
        **_frame(bill, number),
        "created": sent,
        "priority": listed("processpriority", "normal"),
        **_tail(bill),
        "item": items,
        "total": money(bill.billed),
    }
