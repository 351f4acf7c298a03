"""Exhibits: only the cited records, each found again at its place, or an error that names it."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import typst

from cortipump.documents.blocks import Exhibit
from cortipump.documents.exhibits import SourceInfo, build_exhibits
from cortipump.errors import DocumentError
from cortipump.quantities.moment import Moment
from cortipump.record.facts import Fact, Lab, Note, Origin, Score, Visit

BUNDLE = {
    "resourceType": "Bundle",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "name": [{"family": "Secret"}]}},
        {"resource": {"resourceType": "Encounter", "id": "e", "total": 129.10}},
        {
            "resource": {
                "resourceType": "Observation",
                "id": "o",
                "contained": [{"resourceType": "Specimen", "id": "s"}],
                "component": [{"valueQuantity": {"value": 1}}, {"valueQuantity": {"value": 2}}],
            }
        },
    ],
}


def fact(
    place: str, sha: str = "", *, number: int = 0, body: Any = None, by: str = "import"
) -> Fact:
    """A fact at a place."""
    origin = Origin(sha, "file", place, by=by, at="2026-01-12T17:03:00Z")
    return Fact(f"lab-{number}", body or Lab(analyte="sodium"), origin)


def exhibits_of(data: bytes, media: str, *places: str) -> tuple[Exhibit, dict[str, str]]:
    """The one exhibit of a source cited at those places, and where each fact stands."""
    sha = hashlib.sha256(data).hexdigest()
    facts = [fact(place, sha, number=n) for n, place in enumerate(places)]
    (exhibit,), where = build_exhibits(
        facts, {sha: SourceInfo(sha, "file", media)}, {sha: data}.get
    )
    return exhibit, where


def words(exhibit: Exhibit) -> str:
    """Everything that an exhibit prints."""
    return "\n".join(
        f"{record.heading}\n" + "\n".join(f"{line.label}: {line.text}" for line in record.lines)
        for record in exhibit.records
    )


def fhir(value: Any) -> bytes:
    """JSON bytes."""
    return json.dumps(value).encode()


@pytest.mark.safety("S16")
def test_only_cited_records_are_printed() -> None:
    """Nothing of the source that no statement cites leaves the machine."""
    exhibit, _ = exhibits_of(fhir(BUNDLE), "application/fhir+json", "$.entry[1].resource")

    assert "Encounter" in words(exhibit)
    assert "Secret" not in words(exhibit)
    assert (len(exhibit.records), exhibit.total) == (1, 3)


def test_numbers_stay_as_the_source_printed_them() -> None:
    """129.10 is not 129.1."""
    data = fhir(BUNDLE).replace(b"129.1", b"129.10")

    exhibit, _ = exhibits_of(data, "application/fhir+json", "$.entry[1].resource")

    assert "129.10" in words(exhibit)


def test_places_inside_one_resource_share_its_record() -> None:
    """A component or a contained resource prints the whole resource once."""
    base = "$.entry[2].resource"
    exhibit, where = exhibits_of(
        fhir(BUNDLE),
        "application/fhir+json",
        f"{base}.component[0]",
        f"{base}.component[1]",
        f"{base}.contained[0]",
    )

    assert len(exhibit.records) == 1
    assert set(where.values()) == {"exhibit-1-record-1"}
    assert exhibit.records[0].facts == ("lab-0", "lab-1", "lab-2")
    assert exhibit.records[0].heading == f"Observation/o, at {base}"


@pytest.mark.parametrize(
    ("value", "place", "heading"),
    [
        ({"resourceType": "Observation", "id": "o"}, "$", "Observation/o, at $"),
        ({"resourceType": "Observation", "component": [{}]}, "$.component[0]", "Observation, at $"),
        ([{"resourceType": "Patient", "id": "p"}, {"a": 1}], "$[0]", "Patient/p, at $[0]"),
        ([{"resourceType": "Patient", "id": "p"}, {"a": 1}], "$[1]", "$[1]"),
        ({"readings": [1, 2]}, "$.readings[1]", "$.readings[1]"),
        (
            {"resourceType": "Parameters", "parameter": [{"resource": {"resourceType": "X"}}]},
            "$.parameter[0].resource",
            "X, at $.parameter[0].resource",
        ),
    ],
)
def test_json_places(value: Any, place: str, heading: str) -> None:
    """A resource by itself, in an array, in a container, and JSON that is no FHIR."""
    exhibit, _ = exhibits_of(fhir(value), "application/fhir+json", place)

    assert exhibit.records[0].heading == heading


def test_ndjson_places() -> None:
    """A line, and a component of the resource on it."""
    data = fhir({"resourceType": "A", "id": "1"}) + b"\n" + fhir({"resourceType": "B", "c": [{}]})

    exhibit, _ = exhibits_of(data, "application/fhir+ndjson", "line 2 $.c[0]", "line 1")

    assert [record.heading for record in exhibit.records] == ["A/1, at line 1", "B, at line 2"]
    assert exhibit.total == 2


def test_csv_rows_carry_their_headers() -> None:
    """Row one is the header; cells are the source's text."""
    data = b"Date,Test,Result,\n2024-06-02,Sodium,128.0,x\n2024-06-03,Potassium,,\n"

    exhibit, _ = exhibits_of(data, "text/csv", "row 3", "row 2")

    assert [record.heading for record in exhibit.records] == ["Row 2", "Row 3"]
    assert [(line.label, line.text) for line in exhibit.records[0].lines] == [
        ("Date", "2024-06-02"),
        ("Test", "Sodium"),
        ("Result", "128.0"),
        ("column 4", "x"),
    ]
    assert exhibit.total == 2


def test_a_table_under_a_title_line_finds_its_own_header() -> None:
    """Device exports put a name first, and several tables into one file."""
    data = b"Name:Jane\nTime;Rate\n08:00;0.5\n\nTime;Bolus\n09:00;1\n"

    exhibit, _ = exhibits_of(data, "text/csv", "row 3", "row 6")

    assert "Rate: 0.5" in words(exhibit)
    assert "Bolus: 1" in words(exhibit)


def test_workbook_rows() -> None:
    """Sheet and row, with the header's names."""
    book = openpyxl.Workbook()
    book.active.title = "My Labs"
    book.active.append(["Date", "Value"])
    book.active.append([date(2024, 5, 1), 12.5])
    out = io.BytesIO()
    book.save(out)
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    exhibit, _ = exhibits_of(out.getvalue(), media, "sheet My Labs row 2")

    assert exhibit.records[0].heading == "Sheet My Labs, row 2"
    assert "Value: 12.5" in words(exhibit)


def two_pages() -> bytes:
    """A PDF with a word on each page."""
    made = typst.compile(b"One \\ first line #pagebreak() Two \\ last line", format="pdf")
    assert isinstance(made, bytes)
    return made


def test_pdf_pages_are_listed_for_reprint() -> None:
    """Each cited page once, with the cited lines."""
    exhibit, _ = exhibits_of(two_pages(), "application/pdf", "page 2, line 2", "page 2", "page 1")

    assert (exhibit.pages, exhibit.total) == ((1, 2), 2)
    assert "last line" in words(exhibit)


def test_text_lines_and_pages() -> None:
    """Lines count through; a form feed starts a page."""
    data = "one\ntwo\n\fthree\nvier € ä".encode()

    exhibit, _ = exhibits_of(data, "text/plain", "line 2", "page 2, line 2", "page 2")

    assert "two" in words(exhibit)
    assert "vier € ä" in words(exhibit)


def test_old_encodings_are_read() -> None:
    """Windows and UTF-16 files are no exception."""
    assert "5 €" in words(exhibits_of("5 €".encode("cp1252"), "text/plain", "line 1")[0])
    assert "5 €" in words(exhibits_of("5 €".encode("utf-16"), "text/plain", "line 1")[0])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"resourceType": "A"}', "$"),
        (b'{"resourceType": "A"}\n', "line 1"),
        (b"a,b\n1,2\n", "row 2"),
        (b"words", "line 1"),
    ],
)
def test_an_unlabelled_source_is_read_as_what_it_looks_like(data: bytes, place: str) -> None:
    """Without a media type the bytes and the place tell."""
    assert exhibits_of(data, "", place)[0].records


@pytest.mark.safety("S5")
@pytest.mark.parametrize(
    ("data", "media", "place"),
    [
        (fhir(BUNDLE), "application/fhir+json", "$.entry[3].resource"),
        (fhir(BUNDLE), "application/fhir+json", "$.entry[2].resource.component[2]"),
        (fhir(BUNDLE), "application/fhir+json", "$.nothing"),
        (fhir(BUNDLE), "application/fhir+json", "row 3"),
        (fhir([1]), "application/fhir+json", "$.a"),
        (b"{", "application/fhir+json", "$"),
        (b"{}\n", "application/fhir+ndjson", "line 2"),
        (b"{}\n{\n", "application/fhir+ndjson", "line 2"),
        (b"{}\n", "application/fhir+ndjson", "row 1"),
        (b"a,b\n1,2\n", "text/csv", "row 3"),
        (b"a,b\n\n1,2\n", "text/csv", "row 2"),
        (b"a,b\n1,2\n", "text/csv", "line 1"),
        (b"one", "text/plain", "line 2"),
        (b"one", "text/plain", "page 2"),
        (b"one", "text/plain", ""),
        (b"one", "text/plain", "somewhere"),
        (two_pages(), "application/pdf", "page 3"),
        (two_pages(), "application/pdf", "page 1, line 9"),
        (b"%PDF nothing", "application/pdf", "page 1"),
        (
            b"no workbook",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "sheet A row 1",
        ),
    ],
)
def test_a_place_that_is_not_there_is_an_error_that_names_it(
    data: bytes, media: str, place: str
) -> None:
    """A claim whose record cannot be shown is not made."""
    with pytest.raises(DocumentError) as raised:
        exhibits_of(data, media, place)

    assert "file" in raised.value.where


@pytest.mark.safety("S5")
def test_a_source_that_is_missing_or_changed_is_an_error() -> None:
    """Exhibits are printed from the bytes that were imported, and from no others."""
    data = b"one"
    sha = hashlib.sha256(data).hexdigest()
    cited = [fact("line 1", sha)]

    with pytest.raises(DocumentError, match="not in the ledger"):
        build_exhibits(cited, {}, {sha: data}.get)
    with pytest.raises(DocumentError, match="not the ones"):
        build_exhibits(cited, {sha: SourceInfo(sha, "file", "text/plain")}, lambda _: b"two")


def test_sources_come_in_the_order_of_first_citation() -> None:
    """Exhibit one is what the letter cites first; a fact cited twice stands once."""
    data = {hashlib.sha256(text).hexdigest(): text for text in (b"one", b"two")}
    first, second = data
    infos = {sha: SourceInfo(sha, "file", "text/plain") for sha in data}
    cited = [fact("line 1", second, number=1), fact("line 1", first, number=2)]

    exhibits, where = build_exhibits([*cited, cited[0]], infos, data.__getitem__)

    assert [exhibit.source for exhibit in exhibits] == [second, first]
    assert where == {"lab-1": "exhibit-1-record-1", "lab-2": "exhibit-2-record-1"}


def test_typed_entries_are_an_exhibit_of_their_own() -> None:
    """Kind, every field, who and when; a correction says what it corrects and why."""
    moment = Moment("2024-06-02T08:00:00Z", date(2024, 6, 2), "04:00", "clock/utc-to-home-zone")
    body = Score(at=moment, instrument="AddiQoL", version="AddiQoL-30", value=Decimal("71.50"))
    origin = Origin(by="Jane Sample", at="2026-01-12T17:03:00Z")
    typed = Fact("score-1", body, origin, supersedes="score-0", why="misread")
    other = Fact("note-1", Note(title="Call"), Origin(by="Dr. Okafor", at="2026-01-13T09:00:00Z"))

    exhibits, where = build_exhibits([typed, other], {}, {}.get)

    assert [exhibit.title for exhibit in exhibits] == [
        "Entries typed by Jane Sample",
        "Entries typed by Dr. Okafor",
    ]
    assert words(exhibits[0]).splitlines() == [
        "Score, score-1",
        "kind: score",
        "at: 2024-06-02T08:00:00Z (2024-06-02, 04:00, clock/utc-to-home-zone)",
        "instrument: AddiQoL",
        "version: AddiQoL-30",
        "value: 71.50",
        "entered: 2026-01-12",
        "by: Jane Sample",
        "corrects: score-0",
        "why: misread",
    ]
    assert where["note-1"] == "exhibit-2-record-1"


def test_the_title_says_what_is_in_it() -> None:
    """Kinds of facts and kind of file, in words."""
    data = b"one\ntwo"
    sha = hashlib.sha256(data).hexdigest()
    cited = [fact("row 1", sha, number=1), fact("row 2", sha, number=2, body=Visit())]

    (exhibit,), _ = build_exhibits(cited, {sha: SourceInfo(sha, "file", "text/csv")}, _rows(data))

    assert exhibit.title == "Laboratory values and visits, from a table (CSV)"


def _rows(data: bytes) -> Callable[[str], bytes]:
    return lambda _: data
