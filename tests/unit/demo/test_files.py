"""The files: reproducible, sound, messy where they should be, and nobody's."""

import csv
import io
import json
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cortipump.demo import Demo, build, shipped
from cortipump.demo.exports.letter import MADE_WITH

ROOT = Path(__file__).parents[3]
BUNDLES = (
    "hospital-portal.json",
    "payer-claims.json",
    "payer-claims-redownloaded.json",
    "state-exchange.json",
)
HEADERS = {
    "addiqol.csv": "date,instrument,version,language,total,part,note",
    "work-days.csv": "date_from,date_until,days,reason",
    "calls.csv": "date,with,person,reference,asked,answer",
    "rescue-injections.csv": "date,time,drug,mg,route,given_by,reason",
    "regimens.csv": "start,end,drug,route,mg_per_day,schedule,device,ownership,note",
}
CODE_SYSTEM_HOSTS = {
    "hl7.org",
    "loinc.org",
    "snomed.info",
    "terminology.hl7.org",
    "unitsofmeasure.org",
    "www.ama-assn.org",
    "www.cms.gov",
    "www.nlm.nih.gov",
    "www.nubc.org",
    "x12.org",
}


def resources(demo: Demo, name: str) -> list[dict[str, Any]]:
    """The resources of one file."""
    if name.endswith(".ndjson"):
        return [json.loads(line) for line in demo.files[name].splitlines()]
    return [entry["resource"] for entry in json.loads(demo.files[name])["entry"]]


def everything(demo: Demo) -> Iterator[dict[str, Any]]:
    """The resources of all FHIR files."""
    for name in (*BUNDLES, "endocrine-clinic.ndjson"):
        yield from resources(demo, name)


def references(node: object) -> Iterator[str]:
    """Every literal reference below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def pdf_text(content: bytes) -> str:
    """The words of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def rows(demo: Demo, name: str) -> list[dict[str, str]]:
    """The rows of a table by their headers."""
    return list(csv.DictReader(io.StringIO(demo.files[name].decode("utf-8-sig"), newline="")))


# -- reproducible -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 7])
def test_same_seed_same_bytes(seed: int) -> None:
    """Building twice gives the same person, bytes and answers."""
    assert build(seed) == build(seed)


def test_another_process_makes_the_same_bytes(first: Demo) -> None:
    """Nothing depends on the hash seed of the process."""
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from cortipump.demo import build;"
        "print(hashlib.sha256(repr(build(1)).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, str(ROOT / "src")],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1


def test_other_seeds_are_other_people(first: Demo) -> None:
    """Name, birth date and every file differ."""
    second = build(2)

    assert second.key["person"] != first.key["person"]
    assert all(second.files[name] != content for name, content in first.files.items())


def test_shipped_files_are_those_of_seed_1(first: Demo) -> None:
    """`python tools/make_demo.py` was run after the last change of the generator."""
    kept = shipped()

    assert kept.files.keys() == first.files.keys()
    assert kept.typed == json.loads(json.dumps(first.typed))
    assert kept.key == json.loads(json.dumps(first.key))
    same_typst = metadata.version("typst") == MADE_WITH
    for name, content in first.files.items():
        if name.endswith(".pdf") and not same_typst:
            assert pdf_text(kept.files[name]) == pdf_text(content)
        else:
            assert kept.files[name] == content, name


def test_shipped_files_are_small() -> None:
    """All of it stays under 1.5 MB."""
    folder = ROOT / "src" / "cortipump" / "demo" / "files"

    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000


# -- sound ------------------------------------------------------------------------------------


def test_references_resolve_inside_each_file(demo: Demo) -> None:
    """Whatever a file names, it holds, and no id occurs twice."""
    for name in (*BUNDLES, "endocrine-clinic.ndjson"):
        found = resources(demo, name)
        known = {f"{one['resourceType']}/{one['id']}" for one in found}

        assert len(known) == len(found), f"{name}: an id occurs twice"
        assert set(references(found)) <= known, name


def test_full_urls_name_their_resources(demo: Demo) -> None:
    """Servers give full addresses, the exchange gives none."""
    for name in BUNDLES:
        for entry in json.loads(demo.files[name])["entry"]:
            one = entry["resource"]
            url = entry.get("fullUrl")
            if name == "state-exchange.json":
                assert url is None
            else:
                assert url.endswith(f"/{one['resourceType']}/{one['id']}")


def test_every_source_means_the_same_person(demo: Demo) -> None:
    """Four systems, four ids, one name and one birth date."""
    people = [one for one in everything(demo) if one["resourceType"] == "Patient"]
    stated = {(p["name"][0]["given"][0], p["name"][0]["family"], p["birthDate"]) for p in people}

    assert len(people) == 5
    assert len(stated) == 1
    assert len({p["id"] for p in people}) == 4


def test_tables_have_their_headers_and_two_bad_rows(demo: Demo) -> None:
    """Headers are those of the templates; one total and one date cannot be read."""
    for name, header in HEADERS.items():
        first_line = demo.files[name].decode("utf-8-sig").splitlines()[0]
        assert first_line == header

    totals = [row["total"] for row in rows(demo, "addiqol.csv")]
    days = [row["date_from"] for row in rows(demo, "work-days.csv")]
    assert [total for total in totals if not total.isdigit()] == ["abc"]
    assert [day for day in days if day.endswith("-06-31")] == [days[5]]
    with_mark = [name for name in HEADERS if demo.files[name].startswith(b"\xef\xbb\xbf")]
    assert with_mark == ["calls.csv"]


def test_loaned_pump_is_typed_in(demo: Demo) -> None:
    """The pump starts on the index date and is still in use."""
    pump = [row for row in rows(demo, "regimens.csv") if row["route"] == "pump"]

    assert [(row["start"], row["end"], row["ownership"]) for row in pump] == [
        (demo.key["index_date"], "", "loaner")
    ]


# -- messy where it should be -------------------------------------------------------------------


def test_hospital_has_its_blemishes(demo: Demo) -> None:
    """One wrong chart, one appointment, three spellings of UTC and one time without a zone."""
    found = resources(demo, "hospital-portal.json")
    encounters = [one for one in found if one["resourceType"] == "Encounter"]
    status = [one["status"] for one in encounters]
    times = [one["effectiveDateTime"] for one in found if one["resourceType"] == "Observation"]

    assert status.count("entered-in-error") == 1
    assert status.count("planned") == 1
    assert [text for text in times if not re.search(r"(Z|[+-]\d\d:\d\d)$", text)] == [
        text for text in times if text.endswith("T06:40:00")
    ]
    assert len({text[19:] for text in times}) == 4  # Z, .000Z, +00:00 and none


def test_zoneless_sodium_of_seed_1(first: Demo) -> None:
    """The time that other tests quote."""
    text = first.files["hospital-portal.json"].decode()

    assert text.count('"2025-05-04T06:40:00"') == 1


def test_one_stay_shifts_its_date_in_utc(demo: Demo) -> None:
    """Dated in UTC, the stay would begin a day late and lose a night."""
    shifted: Any = demo.key["stay_shifted_by_utc"]

    assert shifted["admitted_date_in_utc"] > shifted["admitted_local"][:10]
    assert shifted["bed_days_if_dated_in_utc"] == shifted["bed_days"] - 1


def test_limits_of_assays_come_in_two_spellings(demo: Demo) -> None:
    """Once as a comparator, once as a string."""
    found = [one for one in everything(demo) if one["resourceType"] == "Observation"]
    compared = [one for one in found if one.get("valueQuantity", {}).get("comparator") == "<"]
    printed = [one for one in found if one.get("valueString") == "<1.0 ug/dL"]

    assert len(compared) == 1
    assert len(printed) == 1


def test_second_download_differs_only_in_marks_and_two_statements(demo: Demo) -> None:
    """Ids and content stay; version marks change; two statements are new."""
    one, two = (json.loads(demo.files[name]) for name in BUNDLES[1:3])
    old = {entry["fullUrl"]: entry["resource"] for entry in one["entry"]}
    new = {entry["fullUrl"]: entry["resource"] for entry in two["entry"]}

    assert one["id"] != two["id"]
    assert one["timestamp"] < two["timestamp"]
    added = [new[url]["resourceType"] for url in new.keys() - old.keys()]
    assert added == ["ExplanationOfBenefit"] * 2
    for url, resource in old.items():
        again = new[url]
        assert again["meta"]["lastUpdated"] > resource["meta"]["lastUpdated"]
        assert {**again, "meta": 0} == {**resource, "meta": 0}


def test_no_questionnaire_items(demo: Demo) -> None:
    """SAFETY S9: only a total score, no items, no form."""
    forms = [one for one in everything(demo) if one["resourceType"] == "QuestionnaireResponse"]

    assert len(forms) == 1
    assert [item["linkId"] for item in forms[0]["item"]] == ["total-score"]
    assert not [one for one in everything(demo) if one["resourceType"] == "Questionnaire"]


def test_notes_are_readable(demo: Demo) -> None:
    """The notes are base64 of plain text about the person."""
    notes = [one for one in everything(demo) if one["resourceType"] == "DocumentReference"]
    texts = [b64decode(n["content"][0]["attachment"]["data"]).decode() for n in notes]

    assert len(texts) == 2
    assert all(demo.key["person"]["name"] in text for text in texts)  # type: ignore[index]


# -- nobody's -----------------------------------------------------------------------------------


def test_addresses_on_the_net_are_examples(demo: Demo) -> None:
    """Apart from code systems, every host ends in .example."""
    text = "\n".join(
        pdf_text(content) if name.endswith(".pdf") else content.decode()
        for name, content in demo.files.items()
    )
    hosts = set(re.findall(r"https?://([a-z0-9.-]+)", text)) - CODE_SYSTEM_HOSTS
    hosts |= set(re.findall(r"www\.(?!nubc|ama-assn|cms|nlm)[a-z0-9.-]+[a-z]", text))

    assert hosts
    assert all(host.endswith(".example") for host in hosts)
    assert "@" not in text


def test_organizations_are_made_up(demo: Demo) -> None:
    """Names say so, and provider numbers cannot be real."""
    for one in everything(demo):
        if one["resourceType"] == "Organization":
            assert one["name"].endswith(" (made up)")
        for npi in one.get("identifier", []):
            if npi.get("system", "").endswith("us-npi"):
                assert npi["value"].startswith("9999")  # real ones begin with 1 or 2


def test_telephone_numbers_are_fictional(demo: Demo) -> None:
    """All are of the range 555-01xx."""
    text = "\n".join(c.decode() for n, c in demo.files.items() if not n.endswith(".pdf"))
    text += pdf_text(demo.files["denial-letter.pdf"])

    numbers = re.findall(r"\b312[ -](\d{3})[ -](\d{4})\b", text)
    assert numbers
    assert all(middle == "555" and end.startswith("01") for middle, end in numbers)
