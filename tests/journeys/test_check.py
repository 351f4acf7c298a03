"""`cortipump check` on the bundled person: statuses, streams, places, the Word copy, watching.

What is right and wrong in the letters was read by hand from the person's own files: emergency visit
of 2025-02-21, billed $5,509.68 (payer-claims.json, claim C25052-01813, corrected); cortisol
1.7 ug/dL on 2025-03-11 at 14:04 (hospital-portal.json); 4 stays in the year before 2026-02-02 and
one in the 90 days before it (answers.json); AddiQoL 74 on 2025-12-31 (addiqol.csv); 30 mg a day
from 2025-07-14 (regimens.csv).
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typst
from docx import Document

from cortipump.actions.demo import Typed, record_files
from cortipump.record.store import create_or_open
from tests.conftest import TODAY, Ran, Run
from tests.records import bundle, encounter, only

Check = Callable[..., Ran]
Write = Callable[[str, Any], Path]

GOOD = """Marisol Testperson
12 Elm Street, Milwaukee, WI 53202

November 20, 2026

Prairie Health Plan
Appeals Department

Re: Appeal of the denial dated September 14, 2026, reference UM-2609-520276
Member: Marisol Testperson, member number PHP319918254

To the appeals department:

I appeal the denial of the external infusion pump. I ask that the denial be overturned. The denial
calls the pump experimental or investigational; section 3.2 of the policy is answered below. The use
of hydrocortisone in a pump is off-label, and so is the pump.

On February 21, 2025 I was treated in the emergency room. The hospital billed $5,509.68.
On March 11, 2025 my cortisol was 1.7 ug/dL. My AddiQoL score was 74 on December 31, 2025.
In the year before the pump I was admitted 4 times.
Since July 14, 2025 I took 30 mg of hydrocortisone a day.

The records are enclosed as exhibits.

Sincerely,
Marisol Testperson
"""
WRONG = GOOD.replace("$5,509.68", "$5,590.68")
SENTENCE = "The hospital billed $5,590.68 on February 21, 2025."
KEYS = ["line", "column", "rule", "text", "message", "suggestion"]  # the contract's
MORE = ["detail", "page", "end_line", "end_column", "facts"]  # ours


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled person's ledger."""
    ledger = tmp_path_factory.mktemp("bundled") / "bundled.cortipump"
    with pytest.MonkeyPatch.context() as patch, as_file(
        files("cortipump.demo").joinpath("files")
    ) as folder:  # fmt: skip
        patch.setenv("CORTIPUMP_TODAY", TODAY)
        typed = msgspec.json.decode((folder / "typed.json").read_bytes(), type=list[Typed])
        record_files(ledger, folder, typed, lambda _: None)
    return ledger


@pytest.fixture
def check(run: Run, bundled: Path) -> Check:
    """Check a file against the bundled person."""

    def call(path: Path, *words: object) -> Ran:
        return run("check", path, "--ledger", bundled, *words)

    return call


def word(*paragraphs: str) -> bytes:
    """A Word document."""
    document, out = Document(), BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


# -- what it answers -----------------------------------------------------------------------


def test_a_letter_that_the_ledger_bears_out_is_passed(check: Check, write: Write) -> None:
    """Exit 0, an empty list, nothing on stderr; in words it says what it cannot know."""
    path = write("letter.txt", GOOD)

    as_json, for_reading = check(path, "--json"), check(path)

    assert (as_json.status, as_json.json, as_json.err) == (0, [], "")
    assert for_reading.status == 0
    assert "no problem found in what the ledger and the rules can tell" in for_reading.out
    assert "read as an appeal, as of 2026-11-20" in for_reading.out


def test_a_wrong_amount_is_answered_with_the_keys_of_the_contract(
    check: Check, write: Write
) -> None:
    """Exit 1; one document; names, kinds of values and the place, counted by hand."""
    ran = check(write("letter.txt", WRONG), "--json")

    finding = only(ran.json)
    assert (ran.status, ran.err) == (1, "")
    assert list(finding) == KEYS + MORE
    assert {k: finding[k] for k in ("line", "column", "rule", "text")} == {
        "line": 18, "column": 79, "rule": "amount-differs", "text": "$5,590.68"}  # fmt: skip
    assert (finding["end_line"], finding["end_column"], finding["page"]) == (18, 88, None)
    assert finding["suggestion"].startswith("$5,509.68 (2025-02-21, ")
    assert finding["facts"]
    assert all(fact.startswith("charge-") for fact in finding["facts"])


def test_what_the_letter_lacks_stands_at_its_start(check: Check, write: Write) -> None:
    """Line 1, no width, no words of the letter; in words it is the letter as a whole."""
    path = write("letter.txt", GOOD.replace("Re: Appeal of the denial dated September 14, 2026, "
                 "reference UM-2609-520276", "Re: Appeal"))  # fmt: skip

    ran, for_reading = check(path, "--json"), check(path)

    finding = only([f for f in ran.json if f["detail"] == "decision"])
    assert finding["rule"] == "missing-element"
    place = [finding[k] for k in ("line", "column", "end_line", "end_column")]
    assert place == [1, 1, 1, 1]
    assert "the letter as a whole: missing-element" in for_reading.out


def test_no_ledger_yet(run: Run, write: Write, ledger: Path) -> None:
    """Exit 2 with how to start one; none is made."""
    ran = run("check", write("letter.txt", GOOD))

    assert (ran.status, ran.out) == (2, "")
    assert "R002" in ran.err
    assert not ledger.exists()


def test_a_locked_ledger_is_the_machines_failure(check: Check, write: Write, bundled: Path) -> None:
    """Another program is writing: exit 3."""
    other = sqlite3.connect(bundled, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        ran = check(write("letter.txt", GOOD))
    finally:
        other.execute("ROLLBACK")
        other.close()

    assert (ran.status, ran.out) == (3, "")
    assert "R004" in ran.err


def test_neither_letter_nor_ledger_changes(check: Check, write: Write, bundled: Path) -> None:
    """Checking reads."""
    path = write("letter.txt", WRONG)
    before = path.read_bytes(), bundled.read_bytes()

    check(path)
    check(path, "--json")

    assert (path.read_bytes(), bundled.read_bytes()) == before


# -- how it is asked -----------------------------------------------------------------------


def test_the_order_of_day_and_month_can_be_given(check: Check, write: Write) -> None:
    """03/11/2025 is March 11 for a ledger in US dollars, November 3 where that is asked for."""
    path = write("letter.txt", "On 03/11/2025 my cortisol was 1.7 ug/dL.\n")

    assert check(path, "--json").json == []
    assert check(path, "--dates", "mdy", "--json").json == []
    finding = only(check(path, "--dates", "dmy", "--json").json)
    assert (finding["rule"], finding["text"]) == ("date-differs", "03/11/2025")


def test_dates_of_the_letter_that_leave_no_doubt_decide(check: Check, write: Write) -> None:
    """21/02/2025 is no date of a month-first writer; so 11/03/2025 is March 11."""
    path = write("letter.txt", "On 21/02/2025 I was treated in the emergency room.\n"
                 "On 11/03/2025 my cortisol was 1.7 ug/dL.\n")  # fmt: skip

    assert check(path, "--json").json == []


def test_the_kind_can_be_given(check: Check, write: Write) -> None:
    """A member's appeal lacks what a prescriber's letter needs: care plan and credentials."""
    ran = check(write("letter.txt", GOOD), "--kind", "necessity", "--json")

    lacks = {f["detail"] for f in ran.json}
    assert {f["rule"] for f in ran.json} == {"missing-element"}
    assert {"care-plan", "signature-credentials"} <= lacks


def test_the_window_is_the_one_that_was_asked_for(check: Check, write: Write) -> None:
    """Four stays in 365 days before the loan; one in 90, and one (2025-03-26) before 2025-06-01."""
    path = write("letter.txt", "In the year before the pump I was admitted 4 times.\n")

    assert check(path, "--phase", "loaner", "--json").json == []
    assert check(path, "--index", "2026-02-02", "--json").json == []
    for words in (["--before-days", "90"], ["--index", "2025-06-01"]):
        finding = only(check(path, *words, "--json").json)
        assert (finding["rule"], finding["text"]) == ("count-differs", "4 times")


def test_a_ledger_without_a_pump_is_held_to_what_it_has(run: Run, write: Write) -> None:
    """A letter from before any pump: its date is found, another is not, a phase is refused."""
    visit = bundle(encounter("1", "2025-03-04", "2025-03-04"))
    assert run("import", write("one.json", visit)).status == 0
    right = write("right.txt", "I was treated in the emergency room on March 4, 2025.\n")
    wrong = write("wrong.txt", "I was treated in the emergency room on April 9, 2025.\n")

    assert (run("check", right).status, run("check", right, "--json").json) == (0, [])
    assert only(run("check", wrong, "--json").json)["rule"] == "date-differs"
    refused = run("check", right, "--phase", "loaner")
    assert (refused.status, refused.err[:4]) == (2, "E001")


def test_an_empty_ledger_bears_out_nothing(run: Run, write: Write, ledger: Path) -> None:
    """Figures are unsupported; wording is judged all the same."""
    create_or_open(ledger).close()
    path = write("letter.txt", f"{SENTENCE}\nI am begging you to read this.\n")

    ran = run("check", path, "--json")

    rules = [(f["line"], f["rule"]) for f in ran.json]
    assert ran.status == 1
    assert (1, "unsupported-number") in rules
    assert (2, "emotional") in rules


# -- places in four formats ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("letter.txt", f"To the plan:\n\n{SENTENCE}\n", (3, 21, None)),
        ("letter.md", f"# To the plan\n\n{SENTENCE}\n", (3, 21, None)),
        ("letter.docx", word("To the plan:", SENTENCE), (2, 21, None)),
        ("letter.pdf", typst.compile(
            f"To the plan:\n\n#pagebreak()\n{SENTENCE.replace('$', chr(92) + '$')}".encode(),
            format="pdf"), (2, 21, 2)),
    ],
    ids=["txt", "md", "docx", "pdf"],
)  # fmt: skip
def test_the_same_sentence_is_found_in_every_format(
    check: Check, write: Write, name: str, content: Any, place: tuple[int, int, int | None]
) -> None:
    """Line and column as a person counts them; a page where the format has pages."""
    path = write(name, bytes(content) if not isinstance(content, str) else content)

    found, for_reading = check(path, "--json"), check(path)

    finding = only(found.json)
    assert finding["text"] == "$5,590.68"
    assert (finding["line"], finding["column"], finding["page"]) == place
    assert finding["end_column"] == 21 + len("$5,590.68")
    assert ("page 2, line 2, column 21" in for_reading.out) == (name == "letter.pdf")


# -- the Word copy -------------------------------------------------------------------------


def test_a_word_copy_carries_the_comments_and_the_letter_stays(
    check: Check, write: Write, tmp_path: Path
) -> None:
    """One comment per finding with its suggestion, at the words; the letter's bytes stay."""
    path, copy = write("letter.docx", word("To the plan:", SENTENCE)), tmp_path / "copy.docx"
    before = path.read_bytes()

    ran = check(path, "--json", "--comments", copy)

    made = Document(str(copy))
    comment = only(list(made.comments))
    marked = [r.text for p in made.paragraphs for r in p.runs if r.text == "$5,590.68"]
    assert (ran.status, len(ran.json)) == (1, 1)
    assert ran.err == f"wrote {copy}\n"
    assert path.read_bytes() == before
    assert "amount-differs" in comment.text
    assert "$5,509.68 (2025-02-21" in comment.text
    assert marked == ["$5,590.68"]
    assert [p.text for p in made.paragraphs] == ["To the plan:", SENTENCE]


def test_the_word_copy_replaces_nothing_unasked(check: Check, write: Write, tmp_path: Path) -> None:
    """An existing file, the letter itself, another ending: exit 2, nothing said, nothing changed."""
    path, copy = write("letter.docx", word(SENTENCE)), write("copy.docx", b"mine")
    before = path.read_bytes()

    for words in ([copy], [path], [path, "--replace"], [tmp_path / "copy.txt"],
                  [tmp_path / "none" / "copy.docx"]):  # fmt: skip
        ran = check(path, "--comments", *words)
        assert (ran.status, ran.out, ran.err[:4]) == (2, "", "W001"), words
    assert (path.read_bytes(), copy.read_bytes()) == (before, b"mine")

    assert check(path, "--comments", copy, "--replace").status == 1
    assert only(list(Document(str(copy)).comments))


# -- watching ------------------------------------------------------------------------------


@pytest.fixture
def watching(bundled: Path, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """A process that watches a letter."""
    path = tmp_path / "letter.txt"
    path.write_text(WRONG)
    words = [sys.executable, "-m", "cortipump", "check", "--watch", str(path)]
    environment = {**os.environ, "CORTIPUMP_LEDGER": str(bundled), "TZ": "UTC"}
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    yield process, path
    process.kill()
    process.communicate()


def last_line_of_a_result(process: "subprocess.Popen[str]") -> str:
    """Read on to the line that sums a result up."""
    assert process.stdout is not None
    for line in process.stdout:
        if "problem" in line and ": read as" not in line:
            return line.strip()
    return ""


def test_watching_checks_again_after_a_change_and_ends_with_ctrl_c(
    watching: tuple["subprocess.Popen[str]", Path],
) -> None:
    """Another result for another letter, patience while it is gone, rest, then exit 3 as anywhere."""
    process, path = watching
    assert last_line_of_a_result(process) == "1 problem: 1 amount-differs"

    path.unlink()
    time.sleep(0.7)
    path.write_text(GOOD)
    second = last_line_of_a_result(process)
    used = _processor_seconds(process.pid)
    time.sleep(1.5)
    used = _processor_seconds(process.pid) - used
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)

    assert second.startswith("no problem found")
    assert used < 0.3, "it waits without working"
    assert process.returncode == 3
    assert "interrupted" in err
    assert "Traceback" not in out + err


def _processor_seconds(pid: int) -> float:
    """Time that a process has spent on a processor, user and system (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_the_answer_is_the_same_every_time(check: Check, write: Write) -> None:
    """Same letter, same ledger, same bytes."""
    path = write("letter.txt", WRONG.replace("74 on", "47 on"))

    first, second = check(path, "--json"), check(path, "--json")

    assert first.out == second.out
    assert len(json.loads(first.out)) == 2
