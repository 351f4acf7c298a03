"""Markdown: marks are blanks, places are the file's own."""

from cortipump.checker.letter import LetterText
from tests.unit.checker.reading.seen import assert_sound, of_kind, read, rows, shown

LETTER = """\
# Letter of Medical Necessity

**Date:** March 3, 2026  
**Patient:** Jane Doe (DOB 01/02/1984)

To Whom It May Concern:

She has had **six** emergency visits between March
2024 and February 2025 (see [records](https://example.org/2024/12)).

## Summary

| Period | ED visits | Billed |
|:--|--:|--:|
| 12 months before | 6 | \\$120,400.10 |

* AddiQoL rose from 74 to 87.
  - nested point 3 mg

> "Use of the pump is investigational."
>
> Denial of September 14, 2025

<!-- internal note: 99 visits
and more -->
![chart](data:image/png;base64,AAAA99999)
"""  # noqa: W291 - two blanks at the end of a line are Markdown's line break


def letter() -> LetterText:
    """The letter, read."""
    return read(LETTER, "a.md")


def test_marks_are_gone_and_columns_stay() -> None:
    """Every line is as long as in the file."""
    lines = LETTER.rstrip("\n").split("\n")

    assert [len(line) for line in letter().text.split("\n")] == [len(line) for line in lines]
    assert not set("*#[]>`") & set(letter().text.replace("* AddiQoL", ""))
    place = letter().place(letter().text.index("six"))
    assert (place.line, place.column) == (8, 15)


def test_what_nobody_reads_is_no_text() -> None:
    """Comments, targets of links, pictures."""
    assert "99" not in letter().text
    assert "example.org" not in letter().text


def test_blocks_are_those_of_the_page() -> None:
    """Headings, points, quotes with their source, soft line ends, hard ones."""
    read_ = letter()

    assert_sound(read_)
    assert of_kind(read_, "heading") == ["Letter of Medical Necessity", "Summary"]
    assert of_kind(read_, "item") == ["* AddiQoL rose from 74 to 87.", "- nested point 3 mg"]
    assert of_kind(read_, "quote") == ['"Use of the pump is investigational."']
    assert of_kind(read_, "paragraph")[:2] == [
        "Date: March 3, 2026",
        "Patient: Jane Doe (DOB 01/02/1984)",
    ]
    assert "Denial of September 14, 2025" in of_kind(read_, "paragraph")
    assert any("between March 2024 and" in words for words in of_kind(read_, "paragraph"))


def test_rows_have_the_headings_of_their_columns() -> None:
    """A sign that is escaped is the sign."""
    read_ = letter()

    assert rows(read_)[1] == {
        "Period": "12 months before", "ED visits": "6", "Billed": "$120,400.10",
    }  # fmt: skip
    assert {block.caption for block in read_.blocks if block.table} == {"Summary"}


def test_our_own_remarks_quote_nobody() -> None:
    """Disclosures and descriptions of figures stand behind the sign of a quote."""
    own = read(
        "> **Caution: What it shows**\n>\n> - The windows differ: 365 days, 282 days.\n\n"
        "**Figure 1.** Visits.\n\n> A chart of 12 months.\n\n> Words of the plan.\n",
        "a.md",
    )

    assert of_kind(own, "quote") == ["Words of the plan."]
    assert [shown(own, block) for block in own.blocks if block.kind == "item"] == [
        "- The windows differ: 365 days, 282 days."
    ]
