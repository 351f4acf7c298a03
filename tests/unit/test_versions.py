"""Versions of a record, corrections above them, and what its origin took back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.records import amounts, bundle, encounter, eob, only

Write = Callable[[str, Any], Path]
VALUE = {"valueQuantity": {"value": 3.1, "unit": "ug/dL"}}


def bring(run: Run, path: Path) -> dict[str, Any]:
    """Import one file: what was added, and the report."""
    ran = run("import", path, "--zone", "America/Chicago", "--json")
    assert ran.status == 0, ran.err
    report: dict[str, Any] = ran.json
    return report


def standing(run: Run, kind: str = "visit") -> list[dict[str, Any]]:
    """The facts of a kind that stand."""
    found: list[dict[str, Any]] = run("facts", "--kind", kind, "--json").json["facts"]
    return [fact for fact in found if not fact["superseded"]]


def stay(until: str, updated: str, **more: Any) -> dict[str, Any]:
    """A stay in one version."""
    return encounter(
        "stay", "2025-03-05", until, "IMP", meta={"lastUpdated": f"{updated}T00:00:00Z"}, **more
    )


def bill_of_a_stay() -> dict[str, Any]:
    """A facility's decision of a stay that no visit record shows."""
    return eob(
        "f", "2025-03-05", total=amounts(submitted="9000", benefit="5000"),
        type={"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type",
                          "code": "institutional"}]},
        subType={"coding": [{"system": "http://hl7.org/fhir/us/carin-bb/CodeSystem/"
                             "C4BBInstitutionalClaimSubType", "code": "inpatient"}]},
        provider={"display": "Lakeside (made up)"},
    )  # fmt: skip


def lab(number: str, **more: Any) -> dict[str, Any]:
    """An observation of cortisol."""
    return {
        "resourceType": "Observation", "id": number, "status": "final",
        "effectiveDateTime": "2025-03-05T08:00:00-06:00",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2143-6"}]}, **more,
    }  # fmt: skip


def test_a_correction_stands_above_a_newer_version(run: Run, write: Write) -> None:
    """What a person corrected is not undone by the next download; the report says so."""
    bring(run, write("a.json", bundle(stay("2025-03-08", "2025-04-01"))))
    old = only(standing(run))["id"]
    run("correct", old, "--until", "2025-03-09", "--why", "the discharge letter says so")

    report = bring(run, write("b.json", bundle(stay("2025-03-07", "2025-05-01"))))

    assert only(standing(run))["until"] == "2025-03-09"
    assert "your correction" in json.dumps(report)


def test_a_withdrawn_fact_stays_withdrawn(run: Run, write: Write) -> None:
    """A newer version of what a person withdrew does not come back."""
    bring(run, write("a.json", bundle(stay("2025-03-08", "2025-04-01"))))
    run("correct", only(standing(run))["id"], "--withdraw", "--why", "not me")

    bring(run, write("b.json", bundle(stay("2025-03-07", "2025-05-01"))))

    assert run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json["before"][
        "inpatient_stays"
    ] == 0  # fmt: skip


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_record_that_was_taken_back_stays_so_in_either_order(
    run: Run, write: Write, order: str
) -> None:
    """The version that takes it back may be imported first."""
    files = {
        "a": bundle(stay("2025-03-08", "2025-04-01")),
        "b": bundle(stay("2025-03-08", "2025-05-01") | {"status": "entered-in-error"}),
    }
    for name in order:
        run("import", write(f"{name}.json", files[name]), "--zone", "America/Chicago")

    found = run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json

    assert found["before"]["inpatient_stays"] == 0


def test_components_fall_with_their_observation(run: Run, write: Write) -> None:
    """Also when the version that takes them back states no value any more."""
    code = {"code": {"text": "systolic"}}
    good = lab("p", meta={"versionId": "1"}, component=[{**code, **VALUE}, {**code, **VALUE}])
    bad = lab("p", meta={"versionId": "2"}, status="entered-in-error", component=[code, code])
    bring(run, write("a.json", bundle(good)))
    assert len(standing(run, "lab")) == 2

    bring(run, write("b.json", bundle(bad)))

    assert [fact for fact in standing(run, "lab") if not fact.get("void")] == []


def test_the_visit_of_a_bill_falls_with_it(run: Run, write: Write) -> None:
    """A facility's bill that was entered in error shows no stay."""
    bill = bill_of_a_stay()
    words = ("evidence", "--index", "2025-06-01", "--after-days", 30, "--json")
    bring(run, write("a.json", bundle(bill | {"meta": {"versionId": "1"}})))
    assert run(*words).json["before"]["inpatient_stays"] == 1

    bring(run, write("b.json", bundle(
        bill | {"meta": {"versionId": "2"}, "status": "entered-in-error"})))  # fmt: skip

    before = run(*words).json["before"]
    assert (before["inpatient_stays"], before["costs"].get("billed", {})) == (0, {})


def test_a_corrected_bill_still_shows_its_stay(run: Run, write: Write) -> None:
    """Correcting an amount does not take the visit away."""
    bill = bill_of_a_stay()
    bring(run, write("a.json", bundle(bill)))
    run("correct", only(standing(run, "charge"))["id"], "paid=4000", "--why", "the check says so")

    before = run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json["before"]

    assert before["inpatient_stays"] == 1
    assert before["costs"]["paid"] == {"USD": "4000.00"}


def test_a_value_can_be_cleared_and_typed_again(run: Run) -> None:
    """`field=` takes a value out; a withdrawn fact may be typed anew and counts."""
    words = ("add", "charge", "billed=100", "paid=80", "currency=USD", "--on", "2025-03-02")
    first = run(*words).out.strip()
    cleared = run("correct", first, "paid=", "--why", "not paid after all").out.strip()
    assert only(standing(run, "charge"))["amounts"] == {"billed": "100.00"}
    run("correct", cleared, "--withdraw", "--why", "wrong person")

    again = run(*words)

    assert again.out.strip() not in {first, cleared}
    assert run(*words).out == again.out


def test_a_restored_ledger_knows_what_it_held(run: Run, write: Write, tmp_path: Path) -> None:
    """After an export and its import, another download of the same records adds nothing."""
    records = bundle(stay("2025-03-08", "2025-04-01"), eob("e", "2025-03-05", total=amounts(
        submitted="100")))  # fmt: skip
    original = write("a.json", records)
    again = write("again.json", json.dumps(records, indent=3))
    bring(run, original)
    run("export", tmp_path / "export.json")
    export = tmp_path / "export.json"

    words = ("--ledger", tmp_path / "other.cortipump", "--json")
    ran = run("import", export, original, again, *words)

    assert ran.status == 0, ran.err
    assert [file["facts_added"] for file in ran.json["files"]] == [2, 0, 0]
    minified = write("min.json", json.dumps(json.loads(export.read_text()), separators=(",", ":")))
    ran = run("import", minified, "--ledger", tmp_path / "third.cortipump", "--json")
    assert ran.json["files"][0]["facts_added"] == 2


def test_rows_alike_are_told_apart_by_content(run: Run, write: Write) -> None:
    """A row taken out before its like changes nothing else; a new one between them is one more."""
    head = "date,currency,billed,description\n"
    rows = ["2025-03-02,USD,10,visit\n", "2025-03-02,USD,20,visit\n", "2025-03-02,USD,30,visit\n"]
    bring(run, write("bills.csv", head + rows[0] + rows[2]))

    report = bring(run, write("bills.csv", head + "".join(rows)))
    after = bring(run, write("bills.csv", head + rows[2] + rows[1]))

    assert report["facts_added"] == 1
    assert after["facts_added"] == 0
    billed = sorted(fact["amounts"]["billed"] for fact in standing(run, "charge"))
    assert billed == ["10.00", "20.00", "30.00"]
