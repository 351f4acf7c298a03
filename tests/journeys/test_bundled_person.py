"""The made-up person, whole road: evidence equals the key that the story itself computes.

The key comes from the generator's story, never from an importer (src/cortipump/demo/answers.py);
tests/unit/demo recounts it from the files with a second reader.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cortipump.demo import build
from tests.conftest import Run
from tests.records import only

COUNTS = (
    "emergency_visits", "inpatient_stays", "bed_days", "observation_stays", "rescue_injections",
)  # fmt: skip


def put_down(folder: Path, seed: int) -> Any:
    """The person's files in a folder; the key."""
    person = build(seed)
    for name, content in person.files.items():
        if not name.endswith(".pdf"):
            (folder / name).write_bytes(content)
    return person.key


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_evidence_equals_the_storys_own_count(run: Run, tmp_path: Path, seed: int) -> None:
    """Counts, nights, days of work and every sum of money, before, run-in and after."""
    folder = tmp_path / "records"
    folder.mkdir()
    key = put_down(folder, seed)
    assert run("import", folder, "--zone", key["home_zone"]).status == 0

    found = run("evidence", "--phase", "loaner", "--json").json

    assert found["index_date"] == key["index_date"]
    for window in ("before", "after", "run_in"):
        expected, got = key["windows"][window], found[window]
        assert (got["from"], got["to"]) == (expected["from"], expected["to"])
        for measure in COUNTS:
            assert got[measure] == expected[measure], (window, measure)
        assert Decimal(str(got["work_days_lost"])) == Decimal(expected["work_days_lost"])
        for kind in ("billed", "allowed", "paid", "patient"):
            care = Decimal(got["costs"][kind].get("USD", "0"))
            pump = sum(
                (Decimal(c[kind].get("USD", "0")) for c in got["pump_costs"].values()), Decimal(0)
            )
            assert care == Decimal(expected["costs"]["care"][kind]), (window, kind)
            assert pump == Decimal(expected["costs"]["pump"][kind]), (window, kind)


def test_adrenal_coded_visits_equal_the_key(run: Run, tmp_path: Path) -> None:
    """The reading by code, before and after."""
    folder = tmp_path / "records"
    folder.mkdir()
    key = put_down(folder, 1)
    run("import", folder, "--zone", key["home_zone"])

    found = run("evidence", "--phase", "loaner", "--json").json["readings"]["adrenal_coded"]

    for window in ("before", "after"):
        for measure in ("emergency_visits", "inpatient_stays", "bed_days"):
            expected = key["windows"][window]["adrenal_coded"][measure]
            assert found[window][measure] == expected, (window, measure)


def test_charges_scores_and_labs_equal_the_key(run: Run, tmp_path: Path) -> None:
    """One charge per claim as it stands; every score; every cortisol value."""
    folder = tmp_path / "records"
    folder.mkdir()
    key = put_down(folder, 1)
    run("import", folder, "--zone", key["home_zone"])

    def count(kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = run("facts", "--kind", kind, "--json").json["facts"]
        return found

    cortisol = [lab for lab in count("lab") if lab["analyte"] == "cortisol"]
    assert len(count("charge")) == key["charges"]["standing"]
    assert sorted(s["value"] for s in count("score")) == sorted(s["value"] for s in key["scores"])
    assert len(cortisol) == len(key["cortisol"])


def test_the_same_stay_from_two_sources_is_marked_with_its_reason(run: Run, tmp_path: Path) -> None:
    """And counted once before the index date, with both readings shown."""
    folder = tmp_path / "records"
    folder.mkdir()
    key = put_down(folder, 1)
    run("import", folder, "--zone", key["home_zone"])

    visits = run("facts", "--kind", "visit", "--json").json["facts"]
    evidence = run("evidence", "--phase", "loaner", "--json").json

    pairs = [v for v in visits if v["possible_duplicate_of"] and v["visit_kind"] == "inpatient"]
    assert pairs
    assert all(v["why_duplicate"] for v in pairs)
    assert evidence["before"]["possible_duplicates"]["inpatient_stays"] == {
        "if_one": 4, "if_each": 5}  # fmt: skip


def test_a_person_decides_that_two_records_are_one(run: Run, tmp_path: Path) -> None:
    """`correct ID same_as=OTHER`: no duplicate is left, the count does not move."""
    folder = tmp_path / "records"
    folder.mkdir()
    key = put_down(folder, 1)
    run("import", folder, "--zone", key["home_zone"])
    visits = run("facts", "--kind", "visit", "--json").json["facts"]
    for visit in visits:
        if visit["possible_duplicate_of"] and visit["visit_kind"] == "inpatient":
            ran = run("correct", visit["id"], f"same_as={visit['possible_duplicate_of']}",
                      "--why", "the same stay")  # fmt: skip
            assert ran.status == 0, ran.err

    before = run("evidence", "--phase", "loaner", "--json").json["before"]

    assert before["inpatient_stays"] == 4
    assert "inpatient_stays" not in before["possible_duplicates"]


def test_the_demo_makes_the_road_and_says_what_to_open(run: Run, tmp_path: Path) -> None:
    """Packet, claims.json, evidence and figures are there; the packet is a PDF."""
    ran = run("demo", "--out", tmp_path / "out")

    assert ran.status == 0, ran.err
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"packet.pdf", "claims.json", "evidence.json", "evidence.pdf", "appeal.md"} <= names
    assert sum(name.startswith("figure-") for name in names) == 4
    assert only([line for line in ran.out.splitlines() if line.startswith("open next")])
    assert (tmp_path / "out" / "packet.pdf").read_bytes().startswith(b"%PDF")


def test_the_demo_makes_the_same_bytes_every_time(run: Run, tmp_path: Path) -> None:
    """Same input, same bytes: packet and claims."""
    run("demo", "--out", tmp_path / "a")
    run("demo", "--out", tmp_path / "b")

    for name in ("packet.pdf", "claims.json", "appeal.md", "evidence.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
