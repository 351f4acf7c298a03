"""The refusal letter and what is typed in from it."""

import msgspec
import pypdfium2

from cortipump.actions.typed import build
from cortipump.demo import Demo

LETTER = "denial-letter.pdf"


def pages(demo: Demo) -> list[str]:
    """The words of each page, white space evened."""
    with pypdfium2.PdfDocument(demo.files["denial-letter.pdf"]) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_letter_has_two_pages_of_text(demo: Demo) -> None:
    """Refusal first, rights second."""
    first, second = pages(demo)

    for words in ("Notice of Adverse Benefit Determination", "Member number", "E0784", "Not met"):
        assert words in first
    for words in ("Your right to appeal", "180 days", "P.O. Box 4418", "312-555-0147"):
        assert words in second


def test_letter_names_the_member_and_the_case(demo: Demo) -> None:
    """What is typed in as reference is on the paper."""
    first = pages(demo)[0]
    letter = demo.typed[0]["fields"]

    assert letter["reference"] in first  # type: ignore[index]
    assert demo.key["person"]["name"] in first  # type: ignore[index]


def test_quotes_stand_word_for_word_where_they_are_said_to(demo: Demo) -> None:
    """Each decision quotes page 1; the deadline stands on page 2."""
    decisions = [entry for entry in demo.typed if entry["kind"] == "decision"]
    lines = [entry["fields"]["line"] for entry in decisions]  # type: ignore[index]

    assert lines == ["pump", "infusion-sets", "reservoirs"]
    for entry in decisions:
        fields = msgspec.convert(entry["fields"], dict[str, str])
        assert entry["place"] == "page 1"
        assert fields["quote"] in pages(demo)[0]
        assert fields["policy"] in pages(demo)[0]
        assert fields["stated_deadline"] in pages(demo)[1]


def test_typed_entries_fit_the_facts(demo: Demo) -> None:
    """Field names are those of the ledger and the values fit."""
    for entry in demo.typed:
        fields = msgspec.convert(entry["fields"], dict[str, str])

        body = build(str(entry["kind"]), fields, on=str(entry["on"]))

        assert body.when is not None
        assert entry.get("source", LETTER) in demo.files


def test_plain_text_says_what_the_paper_says(demo: Demo) -> None:
    """Every paragraph of the letter's text is on the paper."""
    paper = " ".join(pages(demo))
    fields = msgspec.convert(demo.typed[0]["fields"], dict[str, str])

    for line in fields["text"].splitlines():
        if len(line) > 90:
            assert line in paper
