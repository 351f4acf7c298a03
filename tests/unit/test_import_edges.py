"""Records that are legal and rare: decimal commas, interim bills, parts of visits, odd amounts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.records import amounts, bundle, encounter, eob, only

Write = Callable[[str, Any], Path]
NUMBER = {"identifier": [{"system": "https://plan.example/claim", "value": "77"}]}
V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"


def imported(run: Run, write: Write, *resources: dict[str, Any]) -> Any:
    """Import a bundle of the resources; the report on it."""
    ran = run("import", write("a.json", bundle(*resources)), "--zone", "UTC", "--json")
    assert ran.status == 0, ran.err
    return ran.json["files"][0]


def facts(run: Run, kind: str) -> list[dict[str, Any]]:
    """The standing facts of one kind."""
    return run("facts", "--kind", kind, "--json").json["facts"]


def before(run: Run) -> Any:
    """The time before the first of October 2025."""
    return run("evidence", "--index", "2025-10-01", "--after-days", 30, "--json").json["before"]


def bill(number: str, kind: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    """A payer's decision on a facility's bill of that type."""
    info = {
        "sequence": 1, "category": {"coding": [{"code": "typeofbill"}]},
        "code": {"coding": [{"code": kind}]},
    }  # fmt: skip
    claim = eob(number, start, **{"total": amounts(submitted="500"), **more}) | {
        "supportingInfo": [info, *more.pop("supportingInfo", [])],
        "provider": {"display": "Lakeside (made up)"},
        "billablePeriod": {"start": start, "end": end},
    }
    claim["type"]["coding"][0]["code"] = "institutional"
    return claim


# -- tables with decimal commas ------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.580,00", "1580.00"), ("1580,00", "1580.00"), ("1580", "1580.00"),
        ("1580.50", "1580.50"), ("1580,5", "1580.50"), ("1.234.567,00", "1234567.00"),
        ("0,125", "0.13"),
    ],
)  # fmt: skip
def test_an_amount_with_a_decimal_comma_is_read(
    run: Run, write: Write, cell: str, value: str
) -> None:
    """What can mean one thing only is read."""
    table = write("charges.csv", f"date;currency;billed\n2025-03-04;EUR;{cell}\n")
    assert run("import", table, "--zone", "UTC").status == 0

    assert only(facts(run, "charge"))["amounts"] == {"billed": value}


@pytest.mark.parametrize("cell", ["1,580.00", "1.580", "1,580", "12,3,4", "1.58.000", "NaN"])
def test_an_amount_that_could_be_thousands_is_refused_with_its_row(
    run: Run, write: Write, cell: str
) -> None:
    """1.580 read as 1.58 would look like an amount; the other row is taken."""
    rows = f"date;currency;billed\n2025-03-04;EUR;{cell}\n2025-03-05;EUR;7,50\n"
    report = run("import", write("charges.csv", rows), "--zone", "UTC", "--json").json

    assert cell in only(report["files"][0]["skipped"])["why"]
    assert only(facts(run, "charge"))["amounts"] == {"billed": "7.50"}


@pytest.mark.parametrize("cell", ["14,250", "14.250", "1,4.2"])
def test_a_laboratory_value_that_could_be_thousands_is_refused(
    run: Run, write: Write, cell: str
) -> None:
    """A thousandfold cortisol level must not slip in either."""
    rows = f"datetime;value;unit\n2025-05-04T08:00;{cell};ug/dL\n2025-05-04T09:00;0,125;ug/dL\n"
    run("import", write("labs.csv", rows), "--zone", "UTC")

    assert only(facts(run, "lab"))["value"] == 0.125


# -- a facility's type of bill -------------------------------------------------------------


def test_a_nursing_facility_is_no_acute_stay(run: Run, write: Write) -> None:
    """Type 21x: listed apart, no admission and no nights."""
    imported(run, write, bill("1", "0211", "2025-03-01", "2025-03-21"))

    found = before(run)

    assert (found["inpatient_stays"], found["bed_days"]) == (0, 0)


@pytest.mark.parametrize("kind", ["121", "0141", "115"])
def test_some_bills_of_a_hospital_make_no_stay(run: Run, write: Write, kind: str) -> None:
    """Type 12x joins a stay, 14x is a laboratory's, frequency 5 adds late charges."""
    imported(run, write, bill("1", kind, "2025-03-01", "2025-03-04"))

    assert facts(run, "visit") == []
    assert only(facts(run, "charge"))["amounts"] == {"billed": "500.00"}


def test_interim_bills_are_one_stay(run: Run, write: Write) -> None:
    """15 June to 10 July is 25 nights, however many bills it takes."""
    imported(
        run, write, bill("1", "112", "2025-06-15", "2025-06-20"),
        bill("2", "0113", "2025-06-21", "2025-06-30"), bill("3", "114", "2025-07-01", "2025-07-10"),
    )  # fmt: skip

    found = before(run)

    assert (found["inpatient_stays"], found["bed_days"]) == (1, 25)


def test_the_last_interim_bill_alone_tells_the_whole_stay(run: Run, write: Write) -> None:
    """The admission period says when the stay began: 15 June to 10 July."""
    admitted = {
        "sequence": 2, "category": {"coding": [{"code": "admissionperiod"}]},
        "timingPeriod": {"start": "2025-06-15"},
    }  # fmt: skip
    last = bill("3", "114", "2025-07-01", "2025-07-10")
    last["supportingInfo"].append(admitted)
    imported(run, write, last)

    found = before(run)

    assert (found["inpatient_stays"], found["bed_days"]) == (1, 25)


def test_a_void_bill_takes_the_earlier_one_back(run: Run, write: Write) -> None:
    """Frequency 8 repeats the amounts with their sign: neither counts, nor does the stay."""
    imported(
        run, write, bill("1", "111", "2025-03-01", "2025-03-04", **NUMBER),
        bill("2", "118", "2025-03-01", "2025-03-04", **NUMBER) | {"created": "2025-05-01"},
    )  # fmt: skip

    assert facts(run, "charge") == []
    assert before(run)["inpatient_stays"] == 0


def test_a_void_form_of_a_bill_that_was_sent_is_no_cost(run: Run, write: Write) -> None:
    """A Claim of frequency 8 repeats the amount it takes back."""
    void = bill("1", "0118", "2025-03-01", "2025-03-04") | {
        "resourceType": "Claim", "total": {"value": 500, "currency": "USD"},
    }  # fmt: skip
    imported(run, write, void)

    assert facts(run, "charge") == []


# -- amounts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "lines", "expected", "conflict"),
    [
        ({"copay": "30"}, [{"deductible": "100", "copay": "30"}, {"coinsurance": "20"}],
         {"patient": "150.00"}, False),
        ({"paidtoprovider": "500"}, [{"paidtoprovider": "500", "paidtopatient": "100"}],
         {"paid": "600.00"}, False),
        ({"memberliability": "100"}, [{"deductible": "100"}, {"copay": "30"}],
         {"patient": "130.00"}, True),
        ({"memberliability": "200"}, [{"deductible": "100"}, {"copay": "30"}],
         {"patient": "200.00"}, False),
    ],
)  # fmt: skip
def test_parts_of_the_total_and_of_the_lines_are_told_apart(
    run: Run,
    write: Write,
    total: dict[str, str],
    lines: list[dict[str, str]],
    expected: dict[str, str],
    conflict: bool,
) -> None:
    """Every part once; a whole that is less than its parts is the conflict."""
    items = [{"sequence": n, "adjudication": amounts(**line)} for n, line in enumerate(lines, 1)]
    imported(run, write, eob("1", "2025-03-04", total=amounts(**total), item=items))

    charge = only(facts(run, "charge"))

    assert charge["amounts"] == expected
    assert ("amount/conflict" in charge.get("marks", [])) == conflict


def test_variables_that_differ_by_level_are_not_added(run: Run, write: Write) -> None:
    """Blue Button names one deductible twice, for the claim and for the line: 100, not 200."""
    variables = "https://bluebutton.cms.gov/resources/variables/"
    header, line = (
        [{"category": {"coding": [{"code": variables + name}]},
          "amount": {"value": 100, "currency": "USD"}}]
        for name in ("nch_bene_ptb_ddctbl_amt", "rev_cntr_cash_ddctbl_amt")
    )  # fmt: skip
    items = [{"sequence": 1, "adjudication": line}]
    imported(run, write, eob("1", "2025-03-04", adjudication=header, item=items))

    assert only(facts(run, "charge"))["amounts"] == {"patient": "100.00"}


def test_a_bill_without_total_is_the_sum_of_its_lines(run: Run, write: Write) -> None:
    """500 and 250 make 750; with a line that states nothing the sum is not known."""

    def sent(number: str, *nets: dict[str, Any]) -> dict[str, Any]:
        return {
            "resourceType": "Claim", "id": number, "status": "active", "use": "claim",
            "billablePeriod": {"start": "2025-03-04"}, "item": list(nets),
        }  # fmt: skip

    def net(value: int) -> dict[str, Any]:
        return {"net": {"value": value, "currency": "USD"}}

    report = imported(run, write, sent("1", net(500), net(250)), sent("2", net(500), {}))

    assert only(facts(run, "charge"))["amounts"] == {"billed": "750.00"}
    assert "no amount" in only(report["skipped"])["why"]


def test_a_line_that_the_payer_added_counts(run: Run, write: Write) -> None:
    """`addItem` is read like `item`."""
    line, added = [{"adjudication": amounts(benefit=value)} for value in ("40", "2")]
    imported(run, write, eob("1", "2025-03-04", item=[line], addItem=[added]))

    assert only(facts(run, "charge"))["amounts"] == {"paid": "42.00"}


# -- what a claim is called and whether it is one ------------------------------------------


def test_a_draft_of_a_decision_does_not_count(run: Run, write: Write) -> None:
    """Neither its amounts nor the stay that it shows."""
    draft = bill("1", "111", "2025-03-01", "2025-03-04") | {"status": "draft", "outcome": "queued"}
    imported(run, write, draft)

    assert facts(run, "charge") == facts(run, "visit") == []


def test_a_draft_that_says_it_is_complete_counts_and_is_marked(run: Run, write: Write) -> None:
    """Humana's sandbox gives three of thirteen decisions so, with their payments."""
    imported(run, write, eob("1", "2025-03-04", status="draft", total=amounts(benefit="40")))

    charge = only(facts(run, "charge"))

    assert (charge["amounts"], charge["marks"]) == ({"paid": "40.00"}, ["status/draft"])


@pytest.mark.parametrize(
    "identifier",
    [
        {"type": {"coding": [{"system": V2, "code": "AN"}]}},
        {"type": {"coding": [{"code": "pat"}]}},
        {"type": {"text": "Patient account number"}},
        {"system": "https://hospital.example/mrn"},
    ],
)
def test_an_account_number_does_not_name_a_claim(
    run: Run, write: Write, identifier: dict[str, Any]
) -> None:
    """Two claims of one day under one account are two claims."""
    shared = {"system": "https://one.example", "value": "4711"} | identifier
    imported(run, write, *(
        eob(str(n), "2025-03-04", identifier=[shared], total=amounts(submitted=f"{n}00"))
        for n in (1, 2)))  # fmt: skip

    assert len(facts(run, "charge")) == 2


def test_a_number_typed_as_the_claims_own_names_it(run: Run, write: Write) -> None:
    """CARIN's `uc`, whatever the system is called, and a host that speaks of patients."""
    shared = {
        "system": "https://patients.example/claim", "value": "4711",
        "type": {"coding": [{"code": "uc"}]},
    }  # fmt: skip
    imported(run, write, *(
        eob(str(n), "2025-03-04", identifier=[shared], total=amounts(submitted=f"{n}00"))
        for n in (1, 2)))  # fmt: skip

    assert len(facts(run, "charge")) == 1


# -- parts of visits -----------------------------------------------------------------------


@pytest.mark.parametrize("whole", [("whole",), ()])
def test_an_emergency_visit_that_is_a_part_is_not_lost(
    run: Run, write: Write, whole: tuple[str, ...]
) -> None:
    """Its whole is of a kind that does not count, or is not there."""
    day = "2025-03-04"
    part = encounter("part", day, day, "EMER", partOf={"reference": "Encounter/whole"})
    imported(run, write, *(encounter(name, day, day, "AMB") for name in whole), part)

    assert before(run)["emergency_visits"] == 1


@pytest.mark.parametrize("clock", ["", "T10:00:00Z"])
def test_a_ward_inside_a_stay_is_the_stay(run: Run, write: Write, clock: str) -> None:
    """One admission with the nights of the whole: 1 to 9 March is 8."""
    whole = encounter("whole", f"2025-03-01{clock}", f"2025-03-09{clock}", "IMP")
    ward = encounter(
        "ward", f"2025-03-03{clock}", f"2025-03-05{clock}", "IMP",
        partOf={"reference": "Encounter/whole"},
    )  # fmt: skip
    imported(run, write, whole, ward)

    found = before(run)

    assert (found["inpatient_stays"], found["bed_days"]) == (1, 8)


def test_parts_of_one_emergency_visit_are_that_visit(run: Run, write: Write) -> None:
    """Triage and treatment at separate hours, both filed under the visit: one."""
    day = "2025-03-04"
    whole = encounter("whole", f"{day}T08:00:00Z", f"{day}T20:00:00Z", "EMER")
    part = {"partOf": {"reference": "Encounter/whole"}}
    triage = encounter("a", f"{day}T08:00:00Z", f"{day}T08:20:00Z", "EMER", **part)
    treated = encounter("b", f"{day}T15:00:00Z", f"{day}T20:00:00Z", "EMER", **part)
    imported(run, write, triage, treated, whole)

    found = before(run)

    assert found["emergency_visits"] == 1
    assert found["possible_duplicates"] == {}


@pytest.mark.parametrize(
    "whole",
    [
        encounter("whole", "2025-01-01", "2025-01-04", "IMP"),
        encounter("whole", "2025-03-04", "2025-03-04", partOf={"reference": "Encounter/part"}),
        encounter("whole", "2025-03-04", subject={"reference": "Patient/other"}),
        encounter("whole", "2027-03-04"),
    ],
)
def test_a_part_is_not_lost_to_a_whole_that_is_not_its_own(
    run: Run, write: Write, whole: dict[str, Any]
) -> None:
    """Of other days, in a circle, another person's, or no fact itself."""
    part = encounter(
        "part", "2025-03-04", "2025-03-04", partOf={"reference": "Encounter/whole"},
        subject={"reference": "Patient/me"},
    )  # fmt: skip
    imported(run, write, whole, part)

    assert before(run)["emergency_visits"] >= 1


# -- absurd numbers ------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1e9999999", "1e-9999999", "0e9999999", "1" * 31])
def test_a_number_that_nothing_can_be_is_refused(run: Run, tmp_path: Path, number: str) -> None:
    """Short to write, and megabytes long wherever it would be shown."""
    lab = (
        '{"resourceType": "Observation", "id": "1", "status": "final", "code": {"text": "x"},'
        f' "effectiveDateTime": "2025-05-04", "valueQuantity": {{"value": {number}}}}}'
    )
    claim = (
        '{"resourceType": "Claim", "id": "2", "status": "active", "use": "claim",'
        f' "created": "2025-05-04", "total": {{"value": {number}, "currency": "USD"}}}}'
    )
    path = tmp_path / "odd.json"
    path.write_text(f"[{lab}, {claim}]", encoding="utf-8")

    report = run("import", path, "--zone", "UTC", "--json")

    skipped = report.json["files"][0]["skipped"]
    assert [found["why"].startswith("the number") for found in skipped] == [True, True]
    assert len(report.out) < 5000


@pytest.mark.parametrize("cell", ["1e9", "NaN", "Infinity", "9" * 17])
def test_a_cell_that_is_no_sane_number_is_refused(run: Run, write: Write, cell: str) -> None:
    """Tables hold plain numbers."""
    table = write("labs.csv", f"datetime,value,unit\n2025-05-04T08:00,{cell},ug/dL\n")
    run("import", table, "--zone", "UTC")

    assert [fact["value"] for fact in facts(run, "lab") if fact["value"] is not None] == []
