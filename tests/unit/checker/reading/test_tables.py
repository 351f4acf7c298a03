"""Tables: our own in every format, and those that people type."""

from datetime import date
from typing import Any

import pytest

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import read_letter_bytes
from cortipump.documents.blocks import Column, Document, Exhibit, ExhibitRecord, Heading, Table
from cortipump.documents.blocks import PrintedLine as Printed
from cortipump.documents.render.html import html
from cortipump.documents.render.markdown import markdown
from cortipump.documents.render.pdf import pdf
from cortipump.documents.render.text import text
from cortipump.documents.statements import Statement, Value, say
from tests.unit.checker.reading.seen import assert_sound, of_kind, read, rows

NARROW = (
    ("March 3, 2025", "Emergency", "1", "$5,509.68"),
    ("August 29, 2025", "Hospital stay (through emergency), Lakeshore General Hospital", "–", ""),
    ("September 30, 2025", "Urgent care", "0", "$229.38"),
)
WIDE = tuple(
    (*row, "Lakeshore General", "Insufficiency", "10 mg 07:00, 5 mg 12:00, 5 mg 17:00")
    for row in NARROW
)
TITLES = ("Date", "Event", "Nights", "Billed", "Facility", "Reason", "Schedule as recorded")


def cell(words: str) -> Statement:
    """One cell."""
    return say("cell", Value(words, "rule", note="made up") if words else "")


def document(*lines: tuple[str, ...]) -> Document:
    """A document with one table and one exhibit."""
    columns = tuple(
        Column(title, "right" if title in {"Nights", "Billed"} else "left")
        for title in TITLES[: len(lines[0])]
    )
    total = (cell("Total of all visits"), cell(""), cell("1"), cell("$5,739.06"))
    total += tuple(cell("") for _ in columns[4:])
    table = Table(
        "Events, all causes", columns, tuple(tuple(map(cell, row)) for row in lines), (total,)
    )
    record = ExhibitRecord("r", "Row 2", (Printed("day", "2025-03-03"),), ("f",))
    exhibit = Exhibit(1, "a" * 64, "Visits", "visits.csv", "text/csv", (record,))
    return Document(
        kind="letter", title="Appeal", language="en", paper="us-letter", dated=say("d", "Today"),
        sender=(), addressee=(), reference=(), blocks=(Heading("Events"), table),
        exhibits=(exhibit,), exhibit_of={"f": "r"}, omissions=(), day=date(2026, 1, 2),
    )  # fmt: skip


def letters(made: Document) -> dict[str, LetterText]:
    """The same document read from each of its formats."""
    return {
        "a.txt": read(text(made), "a.txt"),
        "a.md": read(markdown(made), "a.md"),
        "a.html": read(html(made), "a.html"),
        "a.pdf": read_letter_bytes(pdf(made, {}), "a.pdf"),
    }


@pytest.mark.parametrize("lines", [NARROW, WIDE])
def test_our_own_tables_are_the_same_rows_in_every_format(lines: Any) -> None:
    """Folded, stacked, between pipes, on a page: each cell whole, under its heading."""
    expected = [dict(zip(TITLES, row, strict=False)) for row in lines]
    for row in expected:
        for title in [title for title, words in row.items() if not words]:
            del row[title]

    for name, letter in letters(document(*lines)).items():
        assert_sound(letter)
        found = [row for row in rows(letter) if "Event" in row]
        assert found == expected, name
        captions = {block.caption for block in letter.blocks if block.kind == "row"}
        assert "Table 1. Events, all causes; Events" in captions, name
        assert any("$5,739.06" in row.values() for row in rows(letter)), name


def test_reprinted_records_are_enclosed_and_the_index_is_not() -> None:
    """In every format the letter ends where the first exhibit begins."""
    for name, letter in letters(document(*NARROW)).items():
        assert letter.enclosed is not None, name
        assert letter.text[letter.enclosed :].startswith("Exhibit 1. Visits"), name
        assert "visits.csv" in letter.text[: letter.enclosed], name
        assert "2025-03-03" not in letter.text[: letter.enclosed], name


def test_columns_that_a_typist_aligned_are_rows() -> None:
    """Under a heading row; a total without a middle cell stays under its column."""
    letter = read(
        "The visits were:\n\n"
        "Date              Hospital              Billed\n"
        "March 3, 2025     Lakeshore General     $5,509.68\n"
        "March 11, 2025    Lakeshore General     $6,388.09\n"
        "Total                                   $11,897.77\n"
    )

    assert rows(letter)[1:] == [
        {"Date": "March 3, 2025", "Hospital": "Lakeshore General", "Billed": "$5,509.68"},
        {"Date": "March 11, 2025", "Hospital": "Lakeshore General", "Billed": "$6,388.09"},
        {"Date": "Total", "Billed": "$11,897.77"},
    ]
    assert {block.caption for block in letter.blocks if block.table} == {"The visits were:"}


def test_tabs_and_leaders_make_rows_too() -> None:
    """Without a heading row cells have no heading."""
    letter = read(
        "Lab results\nTest\tResult\tRange\nSodium\t124\t136-145\n\n"
        "Cost of hospital stays ........ $12,000\nCost of injections ............ $480\n"
    )

    assert rows(letter)[1:] == [
        {"Test": "Sodium", "Result": "124", "Range": "136-145"},
        {"0": "Cost of hospital stays", "1": "$12,000"},
        {"0": "Cost of injections", "1": "$480"},
    ]


def test_two_blanks_after_a_full_stop_are_no_column() -> None:
    """Nor is a line of labels, nor a line to sign on."""
    letter = read(
        "I was ill.  I went there.  They kept me.  It cost much.\n"
        "I was well.  I went home.  They let me.  It cost more.\n\n"
        "Member ID:        PHP-3199\nDate of birth:    November 10, 1984\n\n"
        "____________________  ____________\nJane Doe              Date\n"
    )

    assert rows(letter) == []
    assert "Member ID: PHP-3199" in of_kind(letter, "paragraph")


def test_a_foreign_rule_of_dashes_heads_a_table_of_single_lines() -> None:
    """With totals under a second rule, and text right after it."""
    letter = read(
        "Visit       Nights\n----------  ------\nMarch 2025       4\nMay 2025         1\n"
        "----------  ------\nTotal            5\n\nThat is all that I have.\n"
    )

    assert rows(letter)[1:] == [
        {"Visit": "March 2025", "Nights": "4"},
        {"Visit": "May 2025", "Nights": "1"},
        {"Visit": "Total", "Nights": "5"},
    ]
    assert of_kind(letter, "paragraph") == ["That is all that I have."]


def test_a_rule_over_a_total_heads_no_table() -> None:
    """Under the figures that it adds up: the headings stand above them."""
    letter = read(
        "My stays:\n\n"
        "    Dates                 Nights      Billed\n"
        "    2025-01-03 / 01-06         3   22,526.66\n"
        "    2025-04-30 / 05-02         2   16,327.38\n"
        "                              --   ---------\n"
        "    Total                      5   38,854.04\n"
    )

    assert rows(letter)[1:] == [
        {"Dates": "2025-01-03 / 01-06", "Nights": "3", "Billed": "22,526.66"},
        {"Dates": "2025-04-30 / 05-02", "Nights": "2", "Billed": "16,327.38"},
        {"Dates": "Total", "Nights": "5", "Billed": "38,854.04"},
    ]
