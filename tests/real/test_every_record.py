"""Every FHIR file of ../shared/data: each resource yields facts or a reason, nothing crashes."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cortipump.importers.importer import Reading, Request
from cortipump.importers.registry import read

LISTED = {
    "Patient", "Encounter", "Condition", "Observation", "MedicationRequest",
    "MedicationStatement", "MedicationAdministration", "Procedure", "Claim",
    "ExplanationOfBenefit", "Coverage", "DocumentReference", "QuestionnaireResponse",
}  # fmt: skip


def resources(value: Any, place: str = "$") -> Iterator[tuple[str, str]]:
    """Place and type of every resource, found by a reader of our own (the standard library's)."""
    if isinstance(value, list):
        for number, element in enumerate(value):
            yield from resources(element, f"${f'[{number}]'}")
    elif isinstance(value, dict) and value.get("resourceType") == "Bundle":
        for number, entry in enumerate(value.get("entry", [])):
            yield from resources(entry.get("resource", {}), f"{place}.entry[{number}].resource")
    elif isinstance(value, dict):
        yield place, value.get("resourceType", "")


def fhir_files(shared: Path) -> list[tuple[Path, Any]]:
    """Every JSON file that holds a FHIR resource at its top."""
    found = []
    for path in sorted(shared.rglob("*.json")):
        value = json.loads(path.read_bytes())
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict) and "resourceType" in first:
            found.append((path, value))
    return found


def reading(path: Path) -> Reading:
    """What the importer makes of a file."""
    return read(
        Request(path.name, path.read_bytes(), ZoneInfo("America/New_York"), date(2026, 11, 24))
    )


def test_facts_and_reasons_account_for_every_resource(shared: Path) -> None:
    """No resource of any file is left unmentioned."""
    files = fhir_files(shared)
    assert len(files) > 200
    for path, value in files:
        found = reading(path)
        places = [d.place for d in (*found.drafts, *found.set_aside)]
        places += [problem.where.split(" ")[0] for problem in found.skipped]
        mentioned = {_resource_place(place) for place in places}

        expected = {place for place, _ in resources(value)}

        assert expected <= mentioned, (path.name, sorted(expected - mentioned)[:3])


def _resource_place(place: str) -> str:
    """A place reduced to its resource: what follows `.resource` or `$` points inside it."""
    head, sign, _ = place.rpartition(".resource")
    return head + sign if sign else place.split(".")[0]


def test_unsupported_is_no_reason_for_a_type_that_is_read(shared: Path) -> None:
    """A listed type is skipped only for something in the record itself."""
    for path, _ in fhir_files(shared):
        for problem in reading(path).skipped:
            kind = problem.where.split(" ")[-1]
            if kind in LISTED:
                assert "cortipump reads no" not in problem.why, (path.name, problem)


def test_every_synthea_encounter_and_claim_is_a_fact(shared: Path) -> None:
    """21 synthetic people: 1,025 encounters and 1,025 decisions, each one fact of its own."""
    visits = decisions = expected_visits = expected_decisions = 0
    for folder in ("synthea-smart", "synthea-fasten"):
        for path in sorted((shared / folder).glob("*.json")):
            kinds = [kind for _, kind in resources(json.loads(path.read_bytes()))]
            expected_visits += kinds.count("Encounter")
            expected_decisions += kinds.count("ExplanationOfBenefit")
            drafts = reading(path).drafts
            visits += sum("Encounter" in d.key.split("/")[0] for d in drafts)
            decisions += sum("|ExplanationOfBenefit/" in d.key for d in drafts)
    assert (visits, decisions) == (expected_visits, expected_decisions) == (1025, 1025)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("fhir-vendor-sandbox/Humana", {"visit": 0, "charge": 13})],
)
def test_a_record_fetched_three_times_is_there_once(
    shared: Path, folder: str, expected: dict[str, int], run: Any
) -> None:
    """Humana's three downloads hold 39 statements of 13 claims (records.md 2.1)."""
    assert run("import", shared / folder).status == 0

    for kind, count in expected.items():
        assert len(run("facts", "--kind", kind, "--json").json["facts"]) == count
