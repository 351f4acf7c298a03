"""PDFs, set here with Typst as any person's program might."""

from io import BytesIO

import pypdfium2
import pytest
import typst

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import read_letter_bytes
from cortipump.errors import LetterUnreadable
from tests.unit.checker.reading.seen import assert_sound, of_kind, rows

LETTER = """
#set page("us-letter", numbering: "1 / 1", header: [Appeal of Jane Doe])
#set text(size: 11pt)
#set par(justify: true)
Jane Doe \\
12 Elm Street \\
Springfield, IL 62701

March 3, 2026

Dear Plan,

I was taken to the emergency room on March 3, 2025 and again in the weeks after it, and each time
the hospital kept me for several nights, so that the plan paid much more for it than a pump costs.

= Medical history

The visits are listed here, and the records are enclosed.

#table(columns: (auto, 4cm, auto), stroke: none,
  [*Date*], [*Hospital*], [*Billed*],
  [March 3, 2025], [Lakeshore General Hospital, emergency department], [\\$5,509.68],
  [March 11, 2025], [Cedar Bluff], [\\$388.09],
  [Total], [], [\\$5,897.77],
)

- Seven visits in 2025, of which four led to an admission to the hospital for more than a night in
  a row.
- Two in 2026.
#pagebreak()
That is all.
"""


def typeset(source: str) -> bytes:
    """A PDF."""
    return bytes(typst.compile(source.encode(), format="pdf"))


@pytest.fixture(scope="module")
def letter() -> LetterText:
    """The letter, read."""
    return read_letter_bytes(typeset(LETTER), "letter.pdf")


def test_lines_of_a_paragraph_are_one_block(letter: LetterText) -> None:
    """Paragraphs by the gaps between lines; addresses, headings, points."""
    assert_sound(letter)
    paragraphs = of_kind(letter, "paragraph")

    assert any(
        words.startswith("I was taken") and words.endswith("than a pump costs.")
        for words in paragraphs
    )
    assert "March 3, 2026" in paragraphs
    assert of_kind(letter, "address") == ["Jane Doe", "12 Elm Street", "Springfield, IL 62701"]
    assert of_kind(letter, "heading") == ["Medical history"]
    assert of_kind(letter, "item") == [
        (
            "• Seven visits in 2025, of which four led to an admission to the hospital for more "
            "than a night in a row."
        ),
        "• Two in 2026.",
    ]


def test_cells_stand_under_their_headings(letter: LetterText) -> None:
    """A cell that folds is one cell."""
    assert rows(letter)[1:] == [
        {
            "Date": "March 3, 2025",
            "Hospital": "Lakeshore General Hospital, emergency department",
            "Billed": "$5,509.68",
        },
        {"Date": "March 11, 2025", "Hospital": "Cedar Bluff", "Billed": "$388.09"},
        {"Date": "Total", "Billed": "$5,897.77"},
    ]


def test_pages_are_known_and_their_numbers_are_no_text(letter: LetterText) -> None:
    """Running heads and page numbers are left out."""
    place = letter.place(letter.text.index("That is all."))

    assert place.page == 2
    assert "1 / 2" not in letter.text
    assert "Appeal of Jane Doe" not in letter.text


def test_a_scan_is_named_as_what_it_is() -> None:
    """With what to do."""
    with pypdfium2.PdfDocument.new() as file:
        file.new_page(300, 300)
        out = BytesIO()
        file.save(out)

    with pytest.raises(LetterUnreadable, match="picture") as caught:
        read_letter_bytes(out.getvalue(), "scan.pdf")
    assert "OCR" in caught.value.do


def locked() -> bytes:
    """A small PDF whose password is not the empty one: its check value is made up."""
    parts = [
        "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>\nendobj\n",
        f"4 0 obj\n<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -44>>\nendobj\n",
    ]
    body, starts = "%PDF-1.4\n", []
    for part in parts:
        starts.append(len(body))
        body += part
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    return (
        f"{body}xref\n0 5\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<{'43' * 16}><{'43' * 16}>]>>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    ).encode()


def test_a_locked_file_is_named_as_what_it_is() -> None:
    """With what to do."""
    with pytest.raises(LetterUnreadable, match="password") as caught:
        read_letter_bytes(locked(), "locked.pdf")
    assert "without a password" in caught.value.do
