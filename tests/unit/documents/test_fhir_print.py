"""Printing a FHIR resource: every leaf is there, compactly, in the source's order."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortipump.documents.blocks import PrintedLine
from cortipump.documents.fhir_print import (
    base64_note,
    narrative_words,
    print_resource,
    system_name,
)


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every scalar with the key it stands under, as text."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from leaves(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from leaves(child, key)
    else:
        words = {True: "true", False: "false", None: "null"}
        shown = value if not isinstance(value, bool | None) else words[value]
        yield key, str(shown)


def flat(text: str) -> str:
    """White space joined: a print may break lines where the source does."""
    return " ".join(text.split())


def missing(resource: dict[str, Any]) -> list[tuple[str, str]]:
    """The leaves that the print lacks; narratives and long base64 data are said to be reduced."""
    printed = flat(" ".join(f"{line.label} {line.text}" for line in print_resource(resource)))
    lost = []
    for key, leaf in leaves(resource):
        wanted = narrative_words(leaf) if key == "div" else flat(leaf)
        note = base64_note(key, leaf)
        if (note or wanted) not in printed and system_name(wanted) not in printed:
            lost.append((key, leaf))
    return lost


def one(resource: dict[str, Any]) -> PrintedLine:
    """The only line of the print."""
    (line,) = print_resource(resource)
    return line


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (
            {
                "coding": [
                    {
                        "system": "http://hl7.org/fhir/sid/icd-10-cm",
                        "code": "E27.2",
                        "display": "Adrenal crisis",
                    }
                ]
            },
            'E27.2 "Adrenal crisis" (icd-10-cm)',
        ),
        (
            {"coding": [{"code": "a", "system": "https://example.org/x"}], "text": "Words"},
            '"Words": a (https://example.org/x)',
        ),
        ({"coding": [{"code": "a", "display": "Words"}], "text": "Words"}, 'a "Words"'),
        ({"value": "129.16", "currency": "USD"}, "129.16 USD"),
        (
            {"value": "129.16", "system": "urn:iso:std:iso:4217", "code": "USD"},
            "129.16 USD (iso-4217)",
        ),
        (
            {
                "value": 138,
                "unit": "mmol/L",
                "system": "http://unitsofmeasure.org",
                "code": "mmol/L",
            },
            "138 mmol/L (ucum)",
        ),
        ({"value": 5, "comparator": "<", "unit": "nmol/L"}, "<5 nmol/L"),
        ({"start": "2024-06-02", "end": "2024-06-05"}, "2024-06-02 .. 2024-06-05"),
        ({"start": "2024-06-02"}, "2024-06-02 .."),
        ({"end": "2024-06-05"}, ".. 2024-06-05"),
        ({"system": "phone", "value": "413-555-0117", "use": "home"}, "phone 413-555-0117 (home)"),
        ({"system": "http://hl7.org/fhir/sid/us-npi", "value": "99"}, "99 (npi)"),
        ({"reference": "Patient/1", "display": "Jane"}, 'Patient/1 "Jane"'),
        (
            {"family": "Sample", "given": ["Jane", "Q."], "prefix": ["Ms."], "use": "official"},
            "Ms. Jane Q. Sample (official)",
        ),
        (
            {
                "line": ["12 Alder Street"],
                "city": "Northampton",
                "state": "MA",
                "postalCode": "01060",
                "country": "US",
            },
            "12 Alder Street, Northampton, MA 01060, US",
        ),
        ({"low": {"value": 1}, "high": {"value": 2, "unit": "d"}}, "1 .. 2 d"),
        ({"numerator": {"value": 1}, "denominator": {"value": 2}}, "1 per 2"),
        (
            {"url": "http://hl7.org/fhir/StructureDefinition/birthPlace", "valueString": "here"},
            "hl7 birthPlace; valueString here",
        ),
        ({"sequence": 1, "focal": True}, "sequence 1; focal true"),
        ({}, "(empty)"),
        ([], "(empty list)"),
        (["a", "b"], "a, b"),
        (None, "null"),
    ],
)
def test_a_datatype_takes_one_line(value: Any, shown: str) -> None:
    """Well-known datatypes are read at a glance."""
    assert one({"x": value}) == PrintedLine("x", shown, 0)


def test_lists_of_objects_are_numbered_and_indented() -> None:
    """`item 1`, `adjudication 2`: a reader finds the place again."""
    item = {"note": "n" * 160, "adjudication": [{"amount": {"value": 1, "currency": "USD"}}] * 2}

    lines = print_resource({"item": [item, item]})

    assert [(line.label, line.depth) for line in lines[:4]] == [
        ("item 1", 0),
        ("note", 1),
        ("adjudication 1", 1),
        ("adjudication 2", 1),
    ]


def test_a_single_object_in_a_list_has_no_number() -> None:
    """One of one needs no number."""
    assert one({"name": [{"family": "Sample"}]}).label == "name"


def test_the_sources_order_is_kept() -> None:
    """Nothing is sorted."""
    assert [line.label for line in print_resource({"b": 1, "a": 2})] == ["b", "a"]


def test_line_breaks_of_a_text_stay() -> None:
    """Words of several lines are printed as several lines."""
    assert [line.text for line in print_resource({"note": "one\ntwo"})] == ["one", "two"]


def test_a_narrative_keeps_its_words_and_says_nothing_else() -> None:
    """Markup goes, words stay, entities are resolved."""
    markup = '<div xmlns="x"><p>Sodium <b>128</b> &amp; falling, 3 &lt; 5</p><!-- no --></div>'

    assert narrative_words(markup) == "Sodium 128 & falling, 3 < 5"


def test_long_base64_data_is_said_to_be_left_out() -> None:
    """Its size and hash stand in for it."""
    line = one({"data": "QUJD" * 100})

    assert line.text.startswith("[300 bytes, sha256 ")
    assert "not printed" in line.text


def test_a_long_text_is_never_taken_for_base64() -> None:
    """Only the fields that hold binary data are reduced, and only when they decode."""
    words = "abcd" * 100

    assert one({"comment": words}).text == words
    assert one({"data": words + "!"}).text == words + "!"
    assert one({"data": words + "a"}).text == words + "a"


def test_a_lone_surrogate_does_not_stop_the_print() -> None:
    """JSON may hold what UTF-8 cannot: it becomes a question mark."""
    assert one({"x": "a\ud800b"}).text == "a?b"


FIELDS = st.sampled_from(
    [
        "system",
        "code",
        "display",
        "text",
        "value",
        "unit",
        "currency",
        "comparator",
        "start",
        "end",
        "reference",
        "type",
        "use",
        "url",
        "family",
        "given",
        "prefix",
        "line",
        "city",
        "state",
        "postalCode",
        "coding",
        "extension",
        "valueString",
        "low",
        "high",
        "id",
        "numerator",
        "denominator",
        "period",
        "identifier",
        "amount",
        "category",
        "item",
        "data",
        "contained",
        "note",
        "version",
        "resourceType",
        "x",
    ]
)
SCALARS = (
    st.text(max_size=12)
    | st.integers()
    | st.booleans()
    | st.none()
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.sampled_from(["http://loinc.org", "phone", "http://terminology.hl7.org/CodeSystem/a"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=40,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(FIELDS, VALUES, max_size=8))
def test_no_leaf_is_ever_lost(resource: dict[str, Any]) -> None:
    """Whatever the shape, every scalar is printed."""
    plain = {k: v for k, v in resource.items() if "\ud800" not in json.dumps(v)}

    assert missing(plain) == []


def _resources(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _resources(item)
    elif isinstance(value, dict) and value.get("resourceType") == "Bundle":
        for entry in value.get("entry", []):
            yield from _resources(entry.get("resource"))
    elif isinstance(value, dict) and "resourceType" in value:
        yield value


def test_real_exports_are_printed_whole(shared: Path) -> None:
    """Every resource of the shared sample data, leaf by leaf."""
    files = sorted(shared.rglob("*.json"))

    lost, read = [], 0
    for file in files:
        for resource in _resources(json.loads(file.read_bytes(), parse_float=str, parse_int=str)):
            read += 1
            lost += [(file.name, *leaf) for leaf in missing(resource)]

    assert read > 1000
    assert lost == []
