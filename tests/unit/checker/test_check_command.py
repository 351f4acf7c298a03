"""What `cortipump check` refuses, how it prints a finding, and that its page names every rule."""

import ast
import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pypdfium2
import pytest
from docx import Document

from cortipump.actions.check import KINDS, Request, findings_json
from cortipump.checker.check import Checked
from cortipump.checker.finding import RULES, Finding
from cortipump.checker.letter import LetterText, Place
from cortipump.checker.reading.files import read_letter_bytes
from cortipump.cli import check as command
from cortipump.errors import UsageError
from cortipump.knowledge.letters import LetterKind, letters
from cortipump.record.store import create_or_open
from tests.conftest import ROOT, Ran, Run

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200
PLEA = "I am begging you"  # a wording rule finds it, whatever the ledger holds
FILLER = "The clinic and the hospital have sent their notes to you and to me as well. "


@pytest.fixture
def check(run: Run, ledger: Path, tmp_path: Path) -> Any:
    """Check some content against an empty ledger."""
    create_or_open(ledger).close()

    def call(content: str | bytes, *words: object, name: str = "letter.txt") -> Ran:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return run("check", path, *words)

    return call


Printed = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Each printed line of a letter with the marks under it, for a finding at some words."""

    def call(content: str | bytes, words: str, name: str = "letter.txt") -> list[tuple[str, str]]:
        data = content.encode() if isinstance(content, str) else content
        letter = read_letter_bytes(data, name)
        start = letter.text.index(words)
        finding = Finding(start, start + len(words), "emotional", "pleading", words, "Why.")
        command._show(checked(letter, finding), name, json=False)
        return pairs(capsys.readouterr().out)

    return call


def checked(letter: LetterText, *findings: Finding, unchecked: Place | None = None) -> Checked:
    """What a check of a letter might have found."""
    return Checked(letter, "other", date(2026, 1, 2), findings, unchecked)


def pairs(out: str) -> list[tuple[str, str]]:
    """Lines of the letter and the marks under them."""
    lines = [line.removeprefix("  | ") for line in out.splitlines() if line.startswith("  | ")]
    return list(zip(lines[::2], lines[1::2], strict=True))


def scan() -> bytes:
    """A PDF whose one page holds no text, as a scanner makes it."""
    out = BytesIO()
    with pypdfium2.PdfDocument.new() as file:
        file.new_page(300, 300)
        file.save(out)
    return out.getvalue()


# -- what it refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("empty.txt", b""),
        ("blank.md", b" \n\n\t\n"),
        ("noise.txt", bytes(range(256)) * 9),
        ("scan.pdf", scan()),
        ("picture.docx", PNG),
        ("picture.txt", PNG),
        ("broken.docx", b"PK\x03\x04 no archive"),
        ("broken.pdf", b"%PDF-1.7 and nothing more"),
        ("folder.txt", "folder"),
    ],
)
@pytest.mark.parametrize("words", [[], ["--json"]], ids=["words", "json"])
def test_what_is_no_letter_is_refused_in_three_lines(
    run: Run, ledger: Path, tmp_path: Path, name: str, content: Any, words: list[str]
) -> None:
    """Exit 2, nothing on stdout, the file's name, what to do, no traceback."""
    create_or_open(ledger).close()
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)

    ran = run("check", path, *words)

    assert (ran.status, ran.out) == (2, ""), ran
    assert len(ran.err.splitlines()) == 3
    assert ran.err.startswith("I003")
    assert name in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--kind", "complaint"], "necessity"),
        (["--dates", "ymd"], "mdy or dmy"),
        (["--index", "soon"], "YYYY-MM-DD"),
        (["--index", "2030-01-01"], "future"),
        (["--phase", "own-pump"], "own-pump"),
        (["--watch", "--json"], "--json"),
        (["--watch", "--comments", "copy.docx"], "--comments"),
    ],
)
def test_wrong_usage_says_what_there_is(check: Any, words: list[str], says: str) -> None:
    """Exit 2, at most three lines, and the choices."""
    ran = check("To the plan.", *words)

    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) <= 3
    assert says in ran.err


@pytest.mark.parametrize("asked", [{"dates": "ymd"}, {"kind": "complaint"}])
def test_the_interface_refuses_what_the_command_refuses(asked: dict[str, str]) -> None:
    """A request that nobody can carry out cannot be made."""
    with pytest.raises(UsageError) as caught:
        Request(**asked)  # type: ignore[arg-type] # the point of the test
    assert caught.value.do


def test_help_names_every_kind(run: Run) -> None:
    """The choices stand in the help; those of the interface are the same."""
    ran = run("check", "--help")

    words = " ".join(ran.out.split()).replace("coverage- inquiry", "coverage-inquiry")
    assert set(KINDS) == set(get_args(LetterKind))
    for kind in KINDS:
        assert re.search(rf"\b{kind}\b", words), kind


# -- how it prints -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (f"{PLEA} now.", 0),
        (f"Please, {PLEA} now.", 8),
        (f"a\tb\t{PLEA} now.", 4),
        (f"日本 {PLEA} now.", 5),  # two ideographs, two cells each
        (f"cafe\u0301 {PLEA} now.", 5),  # a combining mark takes no cell
        (f"\uff21 {PLEA} now.", 3),  # a full-width letter
    ],
    ids=["start", "middle", "tabs", "ideographs", "combining", "full-width"],
)
def test_carets_stand_under_exactly_the_words(printed: Printed, line: str, cells: int) -> None:
    """As many cells before them as a terminal draws, as many carets as the words take."""
    found = printed(f"To the plan:\n\n{line}\n", PLEA)

    assert found == [(line.replace("\t", " "), " " * cells + "^" * len(PLEA))]


def test_wide_words_have_two_carets_a_character(printed: Printed) -> None:
    """Three ideographs take six cells."""
    assert printed("I am 困っ人 here.\n", "困っ人") == [("I am 困っ人 here.", "     ^^^^^^")]


def test_a_long_line_is_cut_around_the_words(printed: Printed) -> None:
    """A Word paragraph is one line; what is shown of it fits and holds the words."""
    document, out = Document(), BytesIO()
    document.add_paragraph(FILLER * 5 + f"{PLEA} now. " + FILLER * 5)
    document.save(out)

    [(line, marks)] = printed(out.getvalue(), PLEA, name="letter.docx")

    assert len(line) <= 110
    assert line.startswith("...")
    assert line.endswith("...")
    assert line[marks.index("^") : len(marks)] == PLEA


def test_words_longer_than_a_line_of_the_screen_are_shown_whole(printed: Printed) -> None:
    """Piece by piece; the marked pieces together are the words."""
    long = "You people " + "who have never seen a crisis and never will " * 5 + "are cruel."

    pieces = printed(f"{FILLER}{long} {FILLER}", long)

    assert "".join(line[marks.index("^") : len(marks)] for line, marks in pieces) == long
    assert len(pieces) == 3


def test_words_over_several_lines_are_marked_on_each(printed: Printed) -> None:
    """Blanks at the ends of the lines are not marked, a line without words is not shown."""
    assert printed("I am begging\n   you to read.\n", "begging\n   you") == [
        ("I am begging", "     ^^^^^^^"),
        ("   you to read.", "   ^^^"),
    ]


def test_nothing_in_a_letter_steers_the_terminal(check: Any) -> None:
    """Escape sequences, C1 controls and marks of direction are drawn as signs, in a name too."""
    text = f"A \x1b[31mred\x1b[0m, \x9b31m and \u202eturned\u202c word. {PLEA} now.\n"

    ran = check(text, name="le\x1b[2Jtter.txt")

    allowed = {"\n"}
    steering = {
        c for c in ran.out + ran.err
        if (ord(c) < 32 and c not in allowed) or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u202c"
    }  # fmt: skip
    assert ran.status == 1
    assert steering == set()
    line, marks = pairs(ran.out)[0]
    assert line[marks.index("^") :].startswith(PLEA)


def test_columns_of_several_lines_end_behind_the_last_word(check: Any) -> None:
    """As JSON: the place of the last character, one further."""
    letter = read_letter_bytes(b"one two\nthree four\n", "letter.txt")
    finding = Finding(4, 13, "emotional", "pleading", "two\nthree", "Why.", "Instead.", ("a",))

    found = findings_json(checked(letter, finding))[0]

    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (1, 5, 2, 6)
    assert found["facts"] == ["a"]


def test_reprinted_records_are_said_to_be_unchecked(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, so that the result stays the result."""
    letter = read_letter_bytes(b"Yours\nEXHIBIT 1\n", "letter.txt")

    command._show(checked(letter, unchecked=Place(2, 1)), "letter.txt", json=True)

    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert err == "from line 2 on: reprinted records, not checked\n"


# -- the page for users --------------------------------------------------------------------


def details() -> set[str]:
    """Every ``detail`` that the source can set, as far as it stands in it as a literal."""
    found = {element.id for element in letters().element}
    found |= {"evidence-one-sided", "claims-approval", "not-said"}
    wording = (ROOT / "src/cortipump/knowledge/data/wording.toml").read_text(encoding="utf-8")
    found |= set(re.findall(r'(?m)^detail = "([a-z-]+)"', wording))
    for path in (ROOT / "src/cortipump/checker/judges").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):  # desk.find(mention, rule, detail, ...)
                words = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
                found |= {b for a, b in pairwise(words) if a in RULES and b}
    return found


def test_the_page_names_every_rule_and_every_detail() -> None:
    """docs/checker.md is complete, and names nothing that does not exist."""
    text = (ROOT / "docs/checker.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| (.*) \|.*\|$", text))

    assert list(table) == list(RULES)
    named = {word for cell in table.values() for word in re.findall(r"`([a-z-]+)`", cell)}
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "src/cortipump/checker").rglob("*.py"))
    assert details() - named == set()
    assert {word for word in named - details() if f'"{word}"' not in sources} == set()
