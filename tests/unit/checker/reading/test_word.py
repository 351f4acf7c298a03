"""Word documents, made here with python-docx and its XML."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import read_letter_bytes
from cortipump.errors import LetterUnreadable
from tests.unit.checker.reading.seen import assert_sound, of_kind, rows


def saved(document: Any) -> bytes:
    """The file's bytes."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def made(fill: Callable[[Any], None]) -> LetterText:
    """Read a document that a test fills."""
    document = Document()
    fill(document)
    letter = read_letter_bytes(saved(document), "letter.docx")
    assert_sound(letter)
    return letter


def xml(inner: str) -> Any:
    """A piece of a document."""
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def whole(document: Any) -> None:
    """A letter without one empty paragraph."""
    for words in (
        "Jane Sample", "12 Elm Street", "Springfield, IL 62701", "March 3, 2026",
        "Great Lakes Health", "Appeals Department", "P.O. Box 12",
        "Re: Claim 12, denial of September 14, 2025", "Dear Sir or Madam,",
    ):  # fmt: skip
        document.add_paragraph(words)
    paragraph = document.add_paragraph("I went there ")
    paragraph.add_run("fi").bold = True
    paragraph.add_run("ve times, on March\u00a03, 2025\ttoo.")
    document.add_heading("History", 1)
    document.add_paragraph("First point", style="List Bullet")
    document.add_paragraph("Second", style="List Number")
    document.add_paragraph("It is investigational.", style="Quote")
    document.add_paragraph("The visits were:")
    table = document.add_table(3, 3)
    for n, row in enumerate(
        (
            ("Date", "Hospital", "Billed"),
            ("March 3, 2025", "Lake\nshore", "$500.00"),
            ("Total", "", "$500.00"),
        )
    ):
        for k, words in enumerate(row):
            table.cell(n, k).text = words
    document.add_paragraph("Sincerely,")
    document.add_paragraph("Jane Sample")


def test_a_letter_without_empty_paragraphs_has_its_parts() -> None:
    """Addresses, the date, the subject; runs of one word are one word."""
    letter = made(whole)

    assert of_kind(letter, "address") == [
        "Jane Sample", "12 Elm Street", "Springfield, IL 62701", "Great Lakes Health",
        "Appeals Department", "P.O. Box 12",
    ]  # fmt: skip
    assert of_kind(letter, "paragraph") == [
        "March 3, 2026", "Re: Claim 12, denial of September 14, 2025", "Dear Sir or Madam,",
        "I went there five times, on March 3, 2025 too.", "The visits were:", "Sincerely,",
        "Jane Sample",
    ]  # fmt: skip
    assert of_kind(letter, "heading") == ["History"]
    assert of_kind(letter, "item") == ["First point", "Second"]
    assert of_kind(letter, "quote") == ["It is investigational."]


def test_a_table_is_rows_in_the_order_of_the_body() -> None:
    """One line a row, cells between tabs, under the headings of the first row."""
    letter = made(whole)

    assert "March 3, 2025\tLake shore\t$500.00" in letter.text.split("\n")
    assert rows(letter)[1:] == [
        {"Date": "March 3, 2025", "Hospital": "Lake shore", "Billed": "$500.00"},
        {"Date": "Total", "Billed": "$500.00"},
    ]
    assert {block.caption for block in letter.blocks if block.table} == {
        "The visits were:; History"
    }
    assert letter.text.index("The visits were:") < letter.text.index("Billed")


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    """The letter is what it will be."""
    inner = (
        '<w:r><w:t xml:space="preserve">I paid </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>$900</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>$800</w:t></w:r></w:ins>'
        "<w:r><w:t>.</w:t><w:softHyphen/></w:r>"
    )

    letter = made(lambda document: document.element.body.insert(0, xml(inner)))

    assert letter.text == "I paid $800."


def test_line_breaks_divide_lines_and_not_sentences() -> None:
    """A date over a soft line break stays one block; the file's line count follows the page."""

    def fill(document: Any) -> None:
        document.add_paragraph("It was a long way to the hospital, and on March\n3, 2025 I fell.")

    letter = made(fill)

    assert len(letter.starts) == 2
    assert len(letter.blocks) == 1


def test_text_pasted_from_a_mail_is_joined() -> None:
    """A paragraph per line, going on with a small letter."""

    def fill(document: Any) -> None:
        document.add_paragraph("I was in the hospital for four nights, and the")
        document.add_paragraph("plan paid $9,112.40 of it.")

    assert of_kind(made(fill), "paragraph") == [
        "I was in the hospital for four nights, and the plan paid $9,112.40 of it."
    ]


def test_a_header_counts_where_it_is_a_letterhead() -> None:
    """A page number does not."""

    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Northbend Clinic, Tel. 312-555-0100"
        document.sections[0].footer.paragraphs[0].text = "Page 99"
        document.add_paragraph("Dear Plan,")

    letter = made(fill)

    assert of_kind(letter, "address") == ["Northbend Clinic, Tel. 312-555-0100"]
    assert "99" not in letter.text


def test_text_boxes_are_read_once() -> None:
    """Word keeps them twice, for old programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>In the box: 7 visits.</w:t></w:r></w:p></w:txbxContent>"
    alternate = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = (
        f'<w:r><mc:AlternateContent xmlns:mc="{alternate}"><mc:Choice Requires="wps">{box}'
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )

    letter = made(lambda document: document.element.body.insert(0, xml(inner)))

    assert letter.text.count("In the box: 7 visits.") == 1


def test_exhibits_on_pages_of_their_own_are_enclosed() -> None:
    """After the closing, where a page starts with one."""

    def fill(document: Any) -> None:
        for words in ("Dear Plan,", "Pay it.", "Sincerely,", "A. B.", "Exhibit A: a bill"):
            document.add_paragraph(words)
        document.add_page_break()
        document.add_paragraph("Exhibit A")
        document.add_paragraph("You owe $99.00.")

    letter = made(fill)

    assert letter.enclosed is not None
    assert letter.text[letter.enclosed :] == "Exhibit A\nYou owe $99.00."


def test_a_bomb_is_not_unpacked() -> None:
    """The sizes that the archive states are enough to refuse it."""
    out = BytesIO(saved(Document()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"word/media/{n}.bin", bytes(80 * 1024 * 1024))

    with pytest.raises(LetterUnreadable, match="100 MB"):
        read_letter_bytes(out.getvalue(), "letter.docx")


def test_a_damaged_file_says_so() -> None:
    """Half a file."""
    data = saved(Document())

    with pytest.raises(LetterUnreadable, match="damaged"):
        read_letter_bytes(data[: len(data) // 2], "letter.docx")


def test_a_document_type_is_refused() -> None:
    """Words behind entities are not guessed at, nor called an empty letter."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(Document()))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(
                    b"<w:document", b'<!DOCTYPE d [<!ENTITY e "x">]><w:document'
                )
            new.writestr(name, content)

    with pytest.raises(LetterUnreadable, match=r"\(DTD\) in word/document.xml") as caught:
        read_letter_bytes(out.getvalue(), "letter.docx")
    assert "save it again" in caught.value.do
