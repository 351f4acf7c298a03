"""Whose records they are: strangers are set aside, across files and servers."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.records import bundle, encounter

Write = Callable[[str, Any], Path]


def patient(number: str, family: str, **more: Any) -> dict[str, Any]:
    """A patient record."""
    return {
        "resourceType": "Patient", "id": number, "birthDate": "1980-01-02",
        "name": [{"family": family, "given": ["Mara"]}], **more,
    }  # fmt: skip


def of(number: str, visit: str, day: str) -> dict[str, Any]:
    """A visit of a patient."""
    return encounter(visit, day, kind="EMER", subject={"reference": f"Patient/{number}"})


def lines(*resources: dict[str, Any]) -> str:
    """NDJSON."""
    return "".join(json.dumps(resource) + "\n" for resource in resources)


def days(run: Run) -> list[str]:
    """The days of the visits that the ledger holds."""
    return [f["from"] for f in run("facts", "--kind", "visit", "--json").json["facts"]]


def test_strangers_named_in_another_file_are_set_aside(
    run: Run, write: Write, tmp_path: Path
) -> None:
    """Patient.ndjson names two people; the visits of the other one are listed, not taken."""
    run("import", write("me.json", bundle(patient("me", "Nightingale"))), "--zone", "UTC")
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(
            "Encounter.ndjson",
            lines(
                of("7", "a", "2025-03-01"), of("8", "b", "2025-03-02"), of("7", "c", "2025-03-03")
            ),
        )
        packed.writestr("Patient.ndjson", lines(patient("8", "Otherwise"),
                                                patient("7", "Nightingale")))  # fmt: skip

    ran = run("import", archive, "--json")

    assert days(run) == ["2025-03-01", "2025-03-03"]
    assert "about another person" in json.dumps(ran.json)


def test_a_second_person_of_the_same_server_is_set_aside_later_too(run: Run, write: Write) -> None:
    """The ledger remembers under which id the server knows its person."""
    run("import", write("a.json", bundle(patient("7", "Nightingale"), of("7", "a", "2025-03-01"))))

    run("import", write("b.json", bundle(of("8", "b", "2025-03-02"), of("7", "c", "2025-03-03"))))

    assert days(run) == ["2025-03-01", "2025-03-03"]


def test_as_much_about_two_people_is_refused(run: Run, write: Write, ledger: Path) -> None:
    """Nothing says whose ledger this is to be."""
    two = bundle(patient("7", "Nightingale"), patient("8", "Otherwise"))

    ran = run("import", write("a.json", two), "--zone", "UTC")

    assert ran.status != 0
    assert "2 people" in ran.err
    assert not ledger.exists()


def test_equal_ids_of_two_hospitals_do_not_meet(run: Run, write: Write) -> None:
    """Both number their visits from 1, and neither names its server."""
    run("import", write("a.ndjson", lines(patient("3", "Nightingale"), of("3", "1", "2025-03-01"))))

    run("import", write("b.ndjson", lines(patient("9", "Nightingale"), of("9", "1", "2025-06-01"))))

    assert days(run) == ["2025-03-01", "2025-06-01"]


def test_a_visit_is_found_by_its_uuid_when_it_has_another_id(run: Run, write: Write) -> None:
    """Entries filed under urn:uuid with ids of their own are linked all the same."""
    filed = "urn:uuid:11111111-2222-3333-4444-555555555555"
    condition = {"resourceType": "Condition", "id": "c9", "code": {"coding": [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E27.2"}]}}  # fmt: skip
    visit = encounter("1", "2025-03-01", reasonReference=[{"reference": filed}])
    write_path = write("a.json", {"resourceType": "Bundle", "entry": [
        {"fullUrl": filed, "resource": condition}, {"resource": visit}]})  # fmt: skip

    run("import", write_path, "--zone", "UTC")
    found = run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json

    assert found["readings"]["adrenal_coded"]["before"]["emergency_visits"] == 1


def test_two_hospitals_on_one_host_do_not_meet(run: Run, write: Write) -> None:
    """The address up to the kind of record is the server's, capital letters or not."""
    for name, day in (("HospitalA", "2025-03-01"), ("HospitalB", "2025-06-01")):
        base = f"https://ehr.example/{name}/fhir"
        run(
            "import", write(f"{name}.json", bundle(encounter("1", day), base=base)), "--zone", "UTC"
        )

    assert days(run) == ["2025-03-01", "2025-06-01"]


def test_patients_filed_under_uuids_are_known_by_their_ids(run: Run, write: Write) -> None:
    """References by id find the patient that the bundle files under a uuid."""
    people = [(patient("p1", "Nightingale"), "a"), (patient("p2", "Otherwise"), "b")]
    entries: list[dict[str, Any]] = [
        {"fullUrl": f"urn:uuid:{sign * 8}-0000-0000-0000-{sign * 12}", "resource": person}
        for person, sign in people
    ]
    visits = [of("p1", "1", "2025-03-01"), of("p2", "2", "2025-03-02"), of("p1", "3", "2025-03-03")]
    path = write("a.json", {"resourceType": "Bundle",
                            "entry": entries + [{"resource": visit} for visit in visits]})  # fmt: skip

    assert run("import", path, "--zone", "UTC").status == 0
    assert days(run) == ["2025-03-01", "2025-03-03"]


def test_what_was_set_aside_comes_in_when_confirmed(run: Run, write: Write) -> None:
    """The same bytes, with --same-person."""
    run("import", write("a.json", bundle(patient("7", "Nightingale"))), "--zone", "UTC")
    path = write("b.json", bundle(of("8", "b", "2025-03-02")))
    run("import", path)
    assert days(run) == []

    run("import", path, "--same-person")

    assert days(run) == ["2025-03-02"]
