"""The commented copy: the right words, the same document, the same bytes."""

from datetime import date
from io import BytesIO
from typing import Any

from docx import Document

from cortipump.checker.comments import commented_docx
from cortipump.checker.finding import Finding
from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import read_letter_bytes

ON = date(2026, 3, 4)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document() -> bytes:
    """A letter with words that change their look in the middle."""
    made = Document()
    paragraph = made.add_paragraph("I went there ")
    paragraph.add_run("fi").bold = True
    paragraph.add_run("ve times. It cost $1,2")
    paragraph.add_run("34.50").italic = True
    paragraph.add_run(" on March\u00a03, 2025.\tTruly.")
    table = made.add_table(2, 2)
    for n, row in enumerate((("Date", "Billed"), ("March 3, 2025", "$500.00"))):
        for k, words in enumerate(row):
            table.cell(n, k).text = words
    made.sections[0].footer.paragraphs[0].text = "Confidential"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def finding(letter: LetterText, words: str) -> Finding:
    """A finding at the first such words."""
    start = letter.text.index(words)
    return Finding(start, start + len(words), "amount-differs", "paid", words, "It differs.", "$9")


def commented(made: Any) -> dict[str, str]:
    """The words between the marks of each comment, by the comment's number."""
    open_: set[str] = set()
    found: dict[str, str] = {}
    for element in made.element.body.iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            open_.add(number)
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(number)
        elif element.tag == f"{W}t":
            for one in open_:
                found[one] = found.get(one, "") + element.text
    return found


def test_each_comment_stands_at_exactly_its_words() -> None:
    """Runs are divided where they must be, ranges may cross and nest."""
    data = document()
    letter = read_letter_bytes(data, "a.docx")
    wanted = ["five times", "$1,234.50", "cost $1,234.50 on March 3, 2025", "$500.00", "Truly"]

    made = Document(
        BytesIO(commented_docx(data, "a.docx", letter, [finding(letter, w) for w in wanted], ON))
    )

    assert sorted(words.replace("\u00a0", " ") for words in commented(made).values()) == sorted(
        wanted
    )


def test_a_comment_says_rule_reason_and_suggestion() -> None:
    """By cortipump, on the day that was given."""
    data = document()
    letter = read_letter_bytes(data, "a.docx")

    made = Document(
        BytesIO(commented_docx(data, "a.docx", letter, [finding(letter, "$500.00")], ON))
    )

    (comment,) = made.comments
    assert comment.text == "amount-differs (paid)\nIt differs.\n$9"
    assert comment.author == "cortipump"
    assert comment.timestamp is not None
    assert comment.timestamp.date() == ON


def test_nothing_else_of_the_document_changes() -> None:
    """The copy reads the same, looks the same, keeps its footer."""
    data = document()
    letter = read_letter_bytes(data, "a.docx")

    copy = commented_docx(data, "a.docx", letter, [finding(letter, "five times")], ON)
    made, before = Document(BytesIO(copy)), Document(BytesIO(data))

    assert read_letter_bytes(copy, "a.docx") == letter
    assert made.sections[0].footer.paragraphs[0].text == "Confidential"
    assert [(r.text, r.bold, r.italic) for r in made.paragraphs[0].runs if r.bold or r.italic] == [
        (r.text, r.bold, r.italic) for r in before.paragraphs[0].runs if r.bold or r.italic
    ]


def test_what_the_letter_lacks_stands_at_the_first_paragraph() -> None:
    """Findings without a place."""
    data = document()
    letter = read_letter_bytes(data, "a.docx")
    lacks = Finding(0, 0, "missing-element", "date", "", "No date.")

    made = Document(BytesIO(commented_docx(data, "a.docx", letter, [lacks], ON)))

    assert commented(made)["0"].startswith("I went there five times.")


def test_of_a_text_the_copy_has_its_lines_as_paragraphs() -> None:
    """With the marks of Markdown, which the reader blanks."""
    data = b"# Appeal\r\n\r\nI paid **$1,234.50** on\r\nMarch 3.\r\n"
    letter = read_letter_bytes(data, "a.md")

    made = Document(
        BytesIO(commented_docx(data, "a.md", letter, [finding(letter, "$1,234.50")], ON))
    )

    assert [p.text for p in made.paragraphs] == [
        "# Appeal",
        "",
        "I paid **$1,234.50** on",
        "March 3.",
    ]
    assert list(commented(made).values()) == ["$1,234.50"]


def test_the_same_findings_make_the_same_bytes() -> None:
    """Nothing of the moment gets in."""
    for data, name in ((document(), "a.docx"), (b"I paid $500.00.", "a.txt")):
        letter = read_letter_bytes(data, name)
        found = [finding(letter, "$500.00"), Finding(0, 0, "missing-element", "x", "", "No.")]

        assert commented_docx(data, name, letter, found, ON) == commented_docx(
            data, name, letter, list(reversed(found)), ON
        )
