"""Big records: about as many facts as asked, in sound bundles, the same each time."""

import json

import pytest

from cortipump.demo import scaled
from cortipump.demo.scale import FACTS_A_FILE


@pytest.mark.parametrize("facts", [1, 997, 12_000])
def test_as_many_facts_as_asked(facts: int) -> None:
    """Every resource but person and hospital is one fact."""
    files = scaled(3, facts)
    kinds = [
        entry["resource"]["resourceType"]
        for content in files.values()
        for entry in json.loads(content)["entry"]
    ]
    counted = [kind for kind in kinds if kind not in {"Patient", "Organization"}]

    assert len(counted) == facts
    assert len(files) == -(-facts // FACTS_A_FILE)


def test_mostly_values_with_visits_and_bills() -> None:
    """Eight values, one visit and one bill in ten."""
    (content,) = scaled(3, 1000).values()
    kinds = [entry["resource"]["resourceType"] for entry in json.loads(content)["entry"]]

    assert kinds.count("Observation") == 800
    assert kinds.count("Encounter") == kinds.count("ExplanationOfBenefit") == 100


def test_encounters_resolve_inside_each_file() -> None:
    """No file needs another."""
    for content in scaled(3, 7_003).values():
        found = [entry["resource"] for entry in json.loads(content)["entry"]]
        known = {f"{one['resourceType']}/{one['id']}" for one in found}
        named = {one["encounter"]["reference"] for one in found if "encounter" in one}

        assert named <= known


def test_same_seed_same_bytes_and_many_years() -> None:
    """Reproducible, and twenty years long."""
    files = scaled(5, 2_000)
    content = b"".join(files.values()).decode()

    assert files == scaled(5, 2_000)
    assert files != scaled(6, 2_000)
    assert '"period":{"start":"2006-' in content
    assert '"period":{"start":"2025-' in content
