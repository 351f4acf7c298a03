"""How FHIR becomes facts: kinds, dates, amounts, versions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.records import amounts, bundle, encounter, eob, only

Write = Callable[[str, Any], Path]
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def facts(run: Run, kind: str, *more: str) -> list[dict[str, Any]]:
    """The facts of one kind."""
    return run("facts", "--kind", kind, "--json", *more).json["facts"]


def imported(
    run: Run, write: Write, *resources: dict[str, Any], zone: str = "America/Chicago"
) -> Any:
    """Import a bundle of the resources; the report."""
    ran = run("import", write("records.json", bundle(*resources)), "--zone", zone, "--json")
    assert ran.status == 0, ran.err
    return ran.json


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("EMER", "emergency"), ("IMP", "inpatient"), ("ACUTE", "inpatient"),
        ("OBSENC", "observation"), ("SS", "observation"), ("AMB", "office"), ("VR", "virtual"),
        ("HH", "other"), ("XYZ", "unknown"),
    ],
)  # fmt: skip
def test_visit_kind_follows_the_encounter_class(
    run: Run, write: Write, code: str, kind: str
) -> None:
    """Classes map as codes.toml says; a class that is not known stays unknown."""
    imported(run, write, encounter("1", "2025-03-04", kind=code))

    assert only(facts(run, "visit"))["visit_kind"] == kind


def test_urgent_care_is_told_by_the_type_of_an_outpatient_visit(run: Run, write: Write) -> None:
    """Class AMB is the widest class; the type's words refine it."""
    visit = encounter("1", "2025-03-04", kind="AMB", type=[{"text": "Urgent care clinic"}])

    imported(run, write, visit)

    assert only(facts(run, "visit"))["visit_kind"] == "urgent-care"


def test_an_instant_in_utc_is_dated_in_the_home_zone(run: Run, write: Write) -> None:
    """03:30 UTC on 5 May is 22:30 on 4 May in Chicago (UTC-5 in summer)."""
    imported(run, write, encounter("1", "2025-05-05T03:30:00Z", "2025-05-05T06:00:00Z"))

    visit = only(facts(run, "visit"))

    assert (visit["from"], visit["until"]) == ("2025-05-04", "2025-05-05")


def test_an_instant_with_an_offset_keeps_the_printed_day(run: Run, write: Write) -> None:
    """A stay abroad is dated where it happened."""
    imported(run, write, encounter("1", "2025-05-05T01:30:00+02:00"))

    assert only(facts(run, "visit"))["from"] == "2025-05-05"


@pytest.mark.parametrize("status", ["planned", "cancelled", "entered-in-error"])
def test_a_visit_that_did_not_happen_is_no_fact_and_says_why(
    run: Run, write: Write, status: str
) -> None:
    """Nothing is dropped silently: the row stands in `skipped`."""
    report = imported(run, write, encounter("1", "2025-03-04") | {"status": status})

    assert facts(run, "visit") == []
    assert len(report["files"][0]["skipped"]) == 1


def test_a_visit_taken_back_by_a_later_version_no_longer_counts(run: Run, write: Write) -> None:
    """Version 2 says entered in error: the first version is replaced, and both stay readable."""
    first = encounter("1", "2025-03-04") | {"meta": {"versionId": "1"}}
    second = first | {"meta": {"versionId": "2"}, "status": "entered-in-error"}
    imported(run, write, first)

    run("import", write("later.json", bundle(second)))

    assert [f["superseded"] for f in facts(run, "visit")] == [True]
    assert len(facts(run, "visit", "--all")) == 2


def test_importing_the_same_bytes_again_adds_nothing(run: Run, write: Write) -> None:
    """The file is known by its hash."""
    path = write("records.json", bundle(encounter("1", "2025-03-04")))
    run("import", path)

    again = run("import", path, "--json").json

    assert (again["facts_added"], again["files"][0]["facts_known"]) == (0, 1)


def test_a_second_download_adds_only_what_is_new(run: Run, write: Write) -> None:
    """Same resources under other bytes and dates of download are the same records."""
    old = encounter("1", "2025-03-04") | {"meta": {"lastUpdated": "2025-04-01T00:00:00Z"}}
    same = old | {"meta": {"lastUpdated": "2025-05-01T00:00:00Z"}}
    run("import", write("a.json", bundle(old)))

    again = run(
        "import", write("b.json", bundle(same, encounter("2", "2025-03-09"))), "--json"
    ).json

    assert (again["facts_added"], again["files"][0]["facts_known"]) == (1, 1)
    assert len(facts(run, "visit")) == 2


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_versions_the_newer_one_stands_whatever_came_first(
    run: Run, write: Write, newest_first: bool
) -> None:
    """The order of imports never matters where the origin dates its versions."""
    old = encounter("1", "2025-03-04") | {"meta": {"lastUpdated": "2025-04-01T00:00:00Z"}}
    new = encounter("1", "2025-03-05") | {"meta": {"lastUpdated": "2025-05-01T00:00:00Z"}}
    for number, version in enumerate([new, old] if newest_first else [old, new]):
        run("import", write(f"{number}.json", bundle(version)))

    standing = only([f for f in facts(run, "visit") if not f["superseded"]])

    assert standing["from"] == "2025-03-05"


def test_reasons_are_found_through_conditions_in_another_file(run: Run, write: Write) -> None:
    """Vendors export encounters and conditions in files of their own, in any order."""
    visit = encounter("1", "2025-03-04", reasonReference=[{"reference": "Condition/7"}])
    crisis = {
        "resourceType": "Condition", "id": "7", "code": {"coding": [{
            "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E27.2"}]},
    }  # fmt: skip
    run("import", write("a.json", bundle(visit)))
    run("import", write("b.json", bundle(crisis)))

    assert only(facts(run, "visit"))["reasons"][0]["code"] == "E27.2"


def test_the_four_amounts_come_from_the_totals(run: Run, write: Write) -> None:
    """CARIN totals: submitted, eligible, benefit, memberliability."""
    claim = eob("1", "2025-03-04", total=amounts(
        submitted="1580.00", eligible="900.10", benefit="720.08", memberliability="180.02"))  # fmt: skip
    imported(run, write, claim)

    charge = only(facts(run, "charge"))

    assert charge["amounts"] == {
        "billed": "1580.00", "allowed": "900.10", "paid": "720.08", "patient": "180.02",
    }  # fmt: skip
    assert (charge["date"], charge["currency"]) == ("2025-03-04", "USD")


def test_a_missing_amount_has_no_key(run: Run, write: Write) -> None:
    """SAFETY S5: missing is not recorded, never 0."""
    total = amounts(submitted="100.00") + [{
        "category": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/adjudication", "code": "eligible"}]},
        "amount": {"extension": [{
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "unknown"}]},
    }]  # fmt: skip

    imported(run, write, eob("1", "2025-03-04", total=total))

    assert only(facts(run, "charge"))["amounts"] == {"billed": "100.00"}


def test_two_spellings_of_a_copay_are_one_copay(run: Run, write: Write) -> None:
    """Humana's sandbox states one total under two codes; adding them would double it."""
    system = "http://hl7.org/fhir/us/carin/CodeSystem/carin-bb-adjudicationcategory"
    total = [
        {"category": {"coding": [{"system": system, "code": code}]},
         "amount": {"value": 25, "currency": "USD"}}
        for code in ("copayamount", "copaymentamount")
    ]  # fmt: skip

    imported(run, write, eob("1", "2025-03-04", total=total))

    assert only(facts(run, "charge"))["amounts"] == {"patient": "25.00"}


def test_lines_are_added_only_where_no_total_is_stated(run: Run, write: Write) -> None:
    """Never a total plus its lines: billed from the total, allowed from two lines (70 + 20)."""
    lines = [
        {"sequence": n, "adjudication": amounts(submitted=billed, eligible=allowed)}
        for n, (billed, allowed) in enumerate([("80.00", "70.00"), ("20.00", "20.00")], 1)
    ]

    imported(run, write, eob("1", "2025-03-04", item=lines, total=amounts(submitted="100.00")))

    assert only(facts(run, "charge"))["amounts"] == {"billed": "100.00", "allowed": "90.00"}


def test_an_unknown_category_is_kept_and_reported_and_not_added(run: Run, write: Write) -> None:
    """A kind of amount that is not understood never slips into a sum."""
    total = [*amounts(submitted="100.00"), {
        "category": {"coding": [{"system": "urn:own", "code": "mystery"}]},
        "amount": {"value": 55, "currency": "USD"},
    }]  # fmt: skip

    report = imported(run, write, eob("1", "2025-03-04", total=total))

    charge = only(facts(run, "charge"))
    assert charge["amounts"] == {"billed": "100.00"}
    assert charge["printed"] == {"other: mystery": "55 USD"}
    assert "mystery" in report["files"][0]["skipped"][0]["why"]


def test_a_long_decimal_is_rounded_once_half_up_and_says_so(run: Run, write: Write) -> None:
    """Synthea writes 129.16500000000002: rounded to 129.17, as printed kept."""
    total = amounts(submitted="100.00")
    total[0]["amount"]["value"] = 129.165

    imported(run, write, eob("1", "2025-03-04", total=total))

    charge = only(facts(run, "charge"))
    assert charge["amounts"] == {"billed": "129.17"}
    assert charge["printed"] == {"billed": "129.165"}
    assert "amount/rounded" in charge["marks"]


def test_a_claim_that_no_decision_answers_is_a_bill(run: Run, write: Write) -> None:
    """Contract: billed only, adjudicated false; answered, it is gone from the list."""
    bill = {
        "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
        "billablePeriod": {"start": "2025-03-04"}, "total": {"value": 75, "currency": "USD"},
    }  # fmt: skip
    imported(run, write, bill)
    before = only(facts(run, "charge"))

    answer = eob("e1", "2025-03-04", claim={"reference": "Claim/c1"}, total=amounts(submitted="75"))
    run("import", write("answer.json", bundle(answer)))

    assert (before["amounts"], before["adjudicated"]) == ({"billed": "75.00"}, False)
    assert "adjudicated" not in only(facts(run, "charge"))


def test_a_cancelled_and_reissued_claim_counts_once(run: Run, write: Write) -> None:
    """The corrected form stands; the cancelled one is listed only with --all."""
    first = eob("1", "2025-03-04", total=amounts(submitted="500.00")) | {"status": "cancelled"}
    second = eob("2", "2025-03-04", total=amounts(submitted="450.00"), related=[{
        "claim": {"reference": "ExplanationOfBenefit/1"}, "relationship": {
            "coding": [{"code": "prior"}]}}])  # fmt: skip
    imported(run, write, first, second)

    assert only(facts(run, "charge"))["amounts"] == {"billed": "450.00"}
    assert len(facts(run, "charge", "--all")) == 2


def test_a_reversal_with_negative_amounts_takes_its_claim_back(run: Run, write: Write) -> None:
    """Original, reversal and corrected form share the claim's number: only the last one counts."""
    number = [{"system": "https://plan.example/claim", "value": "77"}]
    resources = [
        eob("1", "2025-03-04", identifier=number, total=amounts(submitted="500", benefit="400")),
        eob("2", "2025-03-04", identifier=number, total=amounts(submitted="-500", benefit="-400"))
        | {"created": "2025-04-01"},
        eob("3", "2025-03-04", identifier=number, total=amounts(submitted="450", benefit="350"))
        | {"created": "2025-04-02"},
    ]
    imported(run, write, *resources)

    assert only(facts(run, "charge"))["amounts"] == {"billed": "450.00", "paid": "350.00"}


def test_a_number_shared_by_claims_of_other_days_does_not_merge_them(
    run: Run, write: Write
) -> None:
    """Some exports repeat one identifier on every claim."""
    number = [{"system": "https://plan.example/claim", "value": "77"}]
    imported(run, write, *(
        eob(str(n), f"2025-03-0{n}", identifier=number, total=amounts(submitted="10"))
        for n in (1, 2, 3)))  # fmt: skip

    assert len(facts(run, "charge")) == 3


def test_a_cost_is_dated_by_the_visit_that_it_names(run: Run, write: Write) -> None:
    """Synthea bills a stay from its last minute; the linked encounter says when it began."""
    stay = encounter("v", "2025-03-01T10:00:00-06:00", "2025-03-04T09:00:00-06:00", kind="IMP")
    claim = eob("1", "2025-03-04", total=amounts(submitted="9000"), item=[
        {"sequence": 1, "encounter": [{"reference": "Encounter/v"}]}])  # fmt: skip
    imported(run, write, stay, claim)

    charge, visit = only(facts(run, "charge")), only(facts(run, "visit"))

    assert (charge["date"], charge["visit"]) == ("2025-03-01", visit["id"])


def test_a_facilitys_bill_shows_a_stay_that_no_record_shows(run: Run, write: Write) -> None:
    """Payers export no encounters; an inpatient facility claim is the only trace of the stay."""
    claim = eob("1", "2025-03-01", total=amounts(submitted="9000"), subType={"coding": [{
        "system": "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBInstitutionalClaimSubType",
        "code": "inpatient"}]})  # fmt: skip
    claim["type"]["coding"][0]["code"] = "institutional"
    claim["billablePeriod"]["end"] = "2025-03-04"
    imported(run, write, claim)

    visit = only(facts(run, "visit"))

    assert (visit["visit_kind"], visit["from"], visit["until"], visit["basis"]) == (
        "inpatient", "2025-03-01", "2025-03-04", "bill")  # fmt: skip


def test_a_laboratory_value_keeps_value_and_unit_as_printed(run: Run, write: Write) -> None:
    """14.20 stays 14.20; the time without a zone is local, and marked."""
    lab = {
        "resourceType": "Observation", "id": "1", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2143-6"}]},
        "effectiveDateTime": "2025-05-04T06:40:00",
        "valueQuantity": {"value": 14.2, "unit": "ug/dL"},
    }  # fmt: skip
    imported(run, write, lab)

    ran = run("facts", "--kind", "lab", "--json")
    found = only(ran.json["facts"])

    assert (found["when"], found["analyte"], found["loinc"], found["value"], found["unit"]) == (
        "2025-05-04T06:40", "cortisol", "2143-6", 14.2, "ug/dL")  # fmt: skip


def test_a_value_below_the_limit_is_no_value(run: Run, write: Write) -> None:
    """`<1.0` is the assay's limit: the value is not recorded, the words are."""
    lab = {
        "resourceType": "Observation", "id": "1", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2143-6"}]},
        "effectiveDateTime": "2025-05-04",
        "valueQuantity": {"value": 1.0, "comparator": "<", "unit": "ug/dL"},
    }  # fmt: skip
    imported(run, write, lab)

    found = only(facts(run, "lab"))

    assert (found["value"], found["comparator"], found["text"]) == (None, "<", "<1.0 ug/dL")


def test_a_prescription_gives_the_daily_dose_only_when_every_instruction_does(
    run: Run, write: Write
) -> None:
    """10 mg in the morning and 5 mg twice: 20 mg a day; with a part as needed: not recorded."""

    def order(number: str, *doses: dict[str, Any]) -> dict[str, Any]:
        return {
            "resourceType": "MedicationRequest", "id": number, "status": "active",
            "intent": "order", "authoredOn": "2025-01-02",
            "medicationCodeableConcept": {"text": "hydrocortisone 5 MG Oral Tablet"},
            "dosageInstruction": list(doses),
        }  # fmt: skip

    def dose(mg: int, times: int, **more: Any) -> dict[str, Any]:
        return {
            "timing": {"repeat": {"frequency": times, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": {"value": mg, "unit": "mg"}}], **more,
        }  # fmt: skip

    imported(run, write, order("1", dose(10, 1), dose(5, 2)),
             order("2", dose(10, 1), dose(5, 2, asNeededBoolean=True)))  # fmt: skip

    found = {f["mg_per_day"] for f in facts(run, "regimen")}

    assert found == {20, None}


def test_a_skin_cream_is_no_replacement(run: Run, write: Write) -> None:
    """Hydrocortisone is also the ingredient of creams: the form decides."""
    imported(run, write, {
        "resourceType": "MedicationRequest", "id": "1", "status": "active", "intent": "order",
        "authoredOn": "2025-01-02",
        "medicationCodeableConcept": {"text": "hydrocortisone 10 MG/ML Topical Cream"}})  # fmt: skip

    assert only(facts(run, "regimen"))["role"] == "other"


def test_an_injection_in_the_emergency_department_is_a_rescue(run: Run, write: Write) -> None:
    """MedicationAdministration of a glucocorticoid by a needle."""
    imported(run, write, {
        "resourceType": "MedicationAdministration", "id": "1", "status": "completed",
        "effectiveDateTime": "2025-03-04T05:00:00Z",
        "medicationCodeableConcept": {"text": "hydrocortisone sodium succinate 100 MG Injection"},
        "dosage": {"route": {"text": "intravenous"}, "dose": {"value": 100, "unit": "mg"}}})  # fmt: skip

    rescue = only(facts(run, "rescue-injection"))

    assert (rescue["when"], rescue["mg"], rescue["drug"]) == (
        "2025-03-03T23:00", "100", "hydrocortisone")  # fmt: skip


@pytest.mark.safety("S9")
def test_a_questionnaire_gives_its_total_and_no_item(run: Run, write: Write) -> None:
    """SAFETY S9: scores are kept, item texts never."""
    imported(run, write, {
        "resourceType": "QuestionnaireResponse", "id": "1", "status": "completed",
        "authored": "2025-06-01", "questionnaire": "https://clinic.example/AddiQoL|30",
        "item": [
            {"linkId": "q1", "text": "a secret item", "answer": [{"valueInteger": 3}]},
            {"linkId": "total-score", "answer": [{"valueInteger": 71}]},
        ]})  # fmt: skip

    ran = run("facts", "--json")
    score = only([f for f in ran.json["facts"] if f["kind"] == "score"])

    assert (score["instrument"], score["value"]) == ("AddiQoL", 71)
    assert "secret" not in ran.out


def test_nulls_do_not_cost_a_record(run: Run, write: Write) -> None:
    """Some exports write null for what is absent."""
    visit = encounter("1", "2025-03-04") | {"type": None, "reasonCode": [None], "location": None}

    imported(run, write, visit)

    assert len(facts(run, "visit")) == 1


def test_one_damaged_resource_does_not_stop_the_others(run: Run, write: Write) -> None:
    """2 of 3 become facts; the third is listed with the place and the path of the fault."""
    damaged = encounter("2", "2025-03-05") | {"period": "yesterday"}

    report = imported(
        run, write, encounter("1", "2025-03-04"), damaged, encounter("3", "2025-03-06")
    )

    assert report["facts_added"] == 2
    skipped = only(report["files"][0]["skipped"])
    assert skipped["where"] == "$.entry[1].resource Encounter"
    assert "period" in skipped["why"]
