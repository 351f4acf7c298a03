"""Plain text: every encoding, every line end, and the blocks that a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortipump.checker.reading.files import read_letter_bytes
from tests.unit.checker.reading.seen import assert_sound, of_kind, read, rows

LETTER = """\
                         Jane Q. Sample
              12 Elm Street, Apt 4, Springfield, IL 62701
                    Tel. 217-555-0188  jane@example.org

March 3, 2026

Great Lakes Health
Attn: Appeals Dept.
PO Box 1200
Chicago, IL 60601-1200

RE:  Second-level appeal of the denial of an external infusion pump dated
     September 14, 2025
Member: Jane Q. Sample
Claim #: 2025-0914-77

Dear Appeals Committee,

I am writing to appeal your denial. On March
3, 2025 I was taken to the hospital, and the bill was
$1,580.00.

MEDICAL HISTORY

Since 2019 I have had:
1. March 3, 2025: emergency visit, 2 nights
2. April 8 - 10, 2025 at Lakeshore
   General Hospital; bill of $12,345.67
3) June 2025

- another point that is long enough that it must be wrapped somewhere around
here without an indent
* third

Your letter says:

     "The use of an external pump for hydrocortisone is investigational."

> We do not cover it.
> We never did.

Why this matters
================

The pump is not new. I had in 2024 six visits, of which the plan says it paid
3. No more.

Sincerely,

Jane Q. Sample
12 Elm Street
217-555-0188

Enclosures:
Exhibit A: denial letter
"""


def test_addresses_are_told_from_what_a_letter_says() -> None:
    """Letterhead, addressee and the lines under the signature; the date is none of them."""
    letter = read(LETTER)

    assert of_kind(letter, "address") == [
        "Jane Q. Sample", "12 Elm Street, Apt 4, Springfield, IL 62701",
        "Tel. 217-555-0188 jane@example.org", "Great Lakes Health", "Attn: Appeals Dept.",
        "PO Box 1200", "Chicago, IL 60601-1200", "12 Elm Street", "217-555-0188",
    ]  # fmt: skip
    assert_sound(letter)


def test_wrapped_lines_are_one_paragraph_and_labels_are_one_each() -> None:
    """A date over two lines stays whole; each reference line is a block."""
    paragraphs = of_kind(read(LETTER), "paragraph")

    assert (
        "RE: Second-level appeal of the denial of an external infusion pump dated "
        "September 14, 2025" in paragraphs
    )
    assert "Member: Jane Q. Sample" in paragraphs
    assert "March 3, 2026" in paragraphs
    assert (
        "I am writing to appeal your denial. On March 3, 2025 I was taken to the hospital, and "
        "the bill was $1,580.00." in paragraphs
    )


def test_a_number_at_the_start_of_a_line_may_end_a_sentence() -> None:
    """It is a point of a list only where a list can be."""
    letter = read(LETTER)

    assert of_kind(letter, "item") == [
        "1. March 3, 2025: emergency visit, 2 nights",
        "2. April 8 - 10, 2025 at Lakeshore General Hospital; bill of $12,345.67",
        "3) June 2025",
        (
            "- another point that is long enough that it must be wrapped somewhere around here "
            "without an indent"
        ),
        "* third",
    ]
    assert any(words.endswith("it paid 3. No more.") for words in of_kind(letter, "paragraph"))


def test_a_point_ends_where_a_line_stands_out_from_its_mark() -> None:
    """Not where a numbered paragraph's first line alone is indented."""
    letter = read(
        "Examples:\n"
        "  - Lakeshore General Hospital, 11/13/2025 to 11/16/2025, after a faint at\n"
        "    home; glucose 53 mg/dL on arrival, blood pressure 80/53\n"
        "On 05/12/2025 her cortisol was below 1.0 ug/dL at 06:55, 22.2 at 09:00 and 3.1\n"
        "at 17:00.\n\n"
        "   1. I was admitted to the hospital in May and again in June, and was seen by the\n"
        "Lakeshore doctors twice in all that time.\n"
    )

    assert of_kind(letter, "item") == [
        (
            "- Lakeshore General Hospital, 11/13/2025 to 11/16/2025, after a faint at home; "
            "glucose 53 mg/dL on arrival, blood pressure 80/53"
        ),
        (
            "1. I was admitted to the hospital in May and again in June, and was seen by the "
            "Lakeshore doctors twice in all that time."
        ),
    ]


def test_headings_and_quotes_stand_apart() -> None:
    """Capitals, lines of signs; indented quotations, marks of mails."""
    letter = read(LETTER)

    assert of_kind(letter, "heading") == ["MEDICAL HISTORY", "Why this matters"]
    assert of_kind(letter, "quote") == [
        '"The use of an external pump for hydrocortisone is investigational."',
        "We do not cover it. We never did.",
    ]


def test_places_are_the_files_own_lines_and_columns() -> None:
    """Line 19, column 40 of the file is what an editor calls that."""
    letter = read(LETTER)
    place = letter.place(letter.text.index("March\n3"))

    assert (place.line, place.column, place.page) == (19, 40, 0)
    assert LETTER.split("\n")[18][39:44] == "March"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    """What is read is the same text."""
    words = "Dear Sir,\n\nI paid £12 – “twice”.\n"
    letter = read_letter_bytes(words.replace("\n", end).encode(encoding), "a.txt")

    assert letter.text == words.rstrip("\n")


def test_blanks_are_plain_and_unseen_signs_are_gone() -> None:
    """No-break blanks, soft hyphens, form feeds, tabs outside tables."""
    letter = read("March\u00a03,\u202f2025 at the hos\u00adpital\n\fPage\ttwo")

    assert letter.text == "March 3, 2025 at the hospital\n Page two"


def test_a_letter_that_is_not_wrapped_has_a_paragraph_per_line() -> None:
    """As Word saves it."""
    long = "In 2024 I went to the emergency room 7 times, and 3 times they kept me there. " * 3
    letter = read(f"Dear Plan,\n{long}\nPlease answer within 30 days.\nThank you\nAna")

    assert of_kind(letter, "paragraph") == [
        "Dear Plan,", long.strip(), "Please answer within 30 days.", "Thank you", "Ana",
    ]  # fmt: skip


def test_paragraphs_may_start_with_an_indent_alone() -> None:
    """As typed letters do."""
    letter = read(
        "    On March 3, 2025, my wife collapsed in the kitchen. She was admitted for\n"
        "four nights.\n"
        "    In April she was admitted again, for 2 nights; the plan paid $9,112.40 of\n"
        "$21,004.00 billed.\n"
    )

    assert [words[:8] for words in of_kind(letter, "paragraph")] == ["On March", "In April"]


def test_a_short_sentence_is_no_heading() -> None:
    """A heading has no verb after a full stop and is followed by text."""
    letter = read("I count 14.  Details:\n\nJan 13-15    3 days\nMar 26-28    4 days\n")

    assert of_kind(letter, "heading") == []
    assert rows(letter) == [{"0": "Jan 13-15", "1": "3 days"}, {"0": "Mar 26-28", "1": "4 days"}]


def test_a_stack_of_sums_is_a_block_per_line() -> None:
    """Though each starts with a small letter; a letter in capitals has no headings by that."""
    letter = read(
        "Cost so far:\nhospital $4,000\nER $2,000\n\nI WAS ILL FIVE TIMES AND\nI PAID IT.\n"
    )

    assert of_kind(letter, "paragraph") == [
        "Cost so far:", "hospital $4,000", "ER $2,000", "I WAS ILL FIVE TIMES AND I PAID IT.",
    ]  # fmt: skip


def test_exhibits_after_the_signature_are_enclosed() -> None:
    """A list of enclosures is not; a page that starts with one is."""
    words = "Dear Plan,\n\nPay $5.\n\nSincerely,\n\nA. B.\n\nEnclosures:\nExhibit A: letter\n"
    letter = read(f"{words}\n\fExhibit A\n\nYou owe $99.00 for the visit of March 3, 2025.\n")

    assert read(words).enclosed is None
    assert letter.enclosed is not None
    assert letter.text[letter.enclosed :].startswith("Exhibit A\n\nYou owe")


@given(st.text(alphabet='ab .,:;|-=>#*1$\t\n"“”_', max_size=300))
def test_any_text_is_read_whole(words: str) -> None:
    """Blocks never overlap, and what is outside them is blank."""
    assert_sound(read(f"A letter.\n{words}", "a.txt"))
    assert_sound(read(f"A letter.\n{words}", "a.md"))


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("My own words.\n\n> I had 99 visits.\n\nMore.\n", []),
        ("On May 3 the plan wrote:\n\n> No visit is covered.\n", ["No visit is covered."]),
        ("I was told:\n\n> No visit\n> is covered.\n", ["No visit is covered."]),
    ],
)
def test_one_line_behind_an_angle_is_the_writers_own(words: str, quoted: list[str]) -> None:
    """Several lines, or one that somebody wrote, are a mail's quotation."""
    letter = read(words)

    assert of_kind(letter, "quote") == quoted
    assert ">" not in letter.text
