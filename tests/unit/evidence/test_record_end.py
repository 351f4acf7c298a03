"""Where the record ends: the last day that any counted record speaks of, never after today."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run


def test_a_stay_as_the_last_record_ends_the_record_with_its_last_day(run: Run) -> None:
    """Admitted on May 1, discharged on May 20: nineteen midnights after, by hand."""
    run("add", "visit", "visit_kind=inpatient", "--until", "2026-05-20", "--on", "2026-05-01")

    after = run("evidence", "--index", "2026-02-02", "--json").json["after"]

    assert (after["to"], after["bed_days"]) == ("2026-05-20", 19)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (("visit", "visit_kind=inpatient", "--until", "2027-05-20"), "2026-11-24"),
        (("work-loss", "--until", "2026-05-20", "days=14"), "2026-05-20"),
        (("procedure", "text=Adrenalectomy", "--until", "2026-05-03"), "2026-05-03"),
        (("regimen", "drug=hydrocortisone", "route=oral", "--until", "2026-06-30"), "2026-05-01"),
    ],
)
def test_whatever_lasts_and_is_counted_speaks_for_its_last_day(
    run: Run, words: tuple[str, ...], last: str
) -> None:
    """Not after today; and a regimen's end says nothing about what happened until then."""
    ran = run("add", *words, "--on", "2026-05-01")
    assert ran.status == 0, ran.err

    assert run("evidence", "--index", "2026-02-02", "--json").json["after"]["to"] == last


def test_a_birth_date_is_no_record(run: Run, tmp_path: Path) -> None:
    """A ledger with nothing but the person says that no dated record is there."""
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1988-04-02"}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]}
    file = tmp_path / "patient.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    ran = run("import", str(file))
    assert ran.status == 0, ran.err

    ran = run("evidence", "--index", "2025-01-01")

    assert ran.status != 0
    assert "no dated record" in ran.err
    assert "19" not in ran.err
    asked = run("evidence", "--index", "2025-01-01", "--after-days", "30", "--json").json
    assert "no-dated-records" in {caveat["id"] for caveat in asked["caveats"]}
