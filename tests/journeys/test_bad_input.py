"""Bad input: a clear error in at most three lines, the right status, and the ledger unchanged."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest

from cortipump.record.store import open_ledger
from tests.conftest import Run
from tests.records import amounts, bundle, encounter, eob, only

Write = Callable[[str, Any], Path]


def digest(path: Path) -> bytes | None:
    """The bytes of a ledger, None when there is none."""
    return path.read_bytes() if path.exists() else None


@pytest.fixture
def filled(run: Run, write: Write, ledger: Path) -> Path:
    """A ledger with one visit of one person."""
    person = {
        "resourceType": "Patient", "id": "p", "birthDate": "1984-11-10",
        "name": [{"family": "Testperson", "given": ["Marisol"]}],
    }  # fmt: skip
    visit = encounter("1", "2025-03-04", subject={"reference": "Patient/p"})
    assert run("import", write("first.json", bundle(person, visit))).status == 0
    return ledger


def refused(run: Run, ledger: Path, path: Path, status: int = 2) -> str:
    """Import a file that must be refused; what stood on stderr."""
    before = digest(ledger)
    ran = run("import", path)
    assert ran.status == status, ran
    assert digest(ledger) == before, "the ledger changed"
    error = [line for line in ran.err.splitlines() if not line.startswith("days are dated")]
    assert 1 <= len(error) <= 3, ran.err
    return ran.err


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.json", json.dumps(bundle(encounter("1", "2025-03-04")))[:-40], "damaged or cut off"),
        ("cut.ndjson", '{"resourceType":"Patient","id":"1"}\n{"resourceType":"Pat', "cut off"),
        (
            "deep.json",
            '{"resourceType":"X","a":' + "[" * 100_000 + "]" * 100_000 + "}",
            "too deeply",
        ),
        ("empty.json", "", "empty"),
        ("other.json", '{"hello": 1}', "without any FHIR"),
        ("page.html", "<html></html>", "page or XML"),
        ("words.txt", "hello there", "neither FHIR"),
        ("paper.pdf", b"%PDF-1.7 ...", "a PDF"),
        ("noise.bin", bytes(range(256)) * 9, "not understood"),
        ("bad.zip", b"PK\x03\x04 no zip", "damaged or locked"),
    ],
)
def test_files_that_are_not_understood(
    run: Run, write: Write, filled: Path, name: str, content: Any, says: str
) -> None:
    """Each says what it is; nothing is added."""
    assert says in refused(run, filled, write(name, content))


def test_a_refused_file_makes_no_ledger(run: Run, write: Write, ledger: Path) -> None:
    """A failed first import leaves nothing behind."""
    refused(run, ledger, write("words.txt", "hello there"))

    assert not ledger.exists()


def test_a_file_of_two_gigabytes_is_refused_unread(run: Run, filled: Path, tmp_path: Path) -> None:
    """A sparse file: its size alone decides."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)

    assert "2,147 MB" in refused(run, filled, path)


def test_a_zip_bomb_is_refused(run: Run, filled: Path, tmp_path: Path) -> None:
    """600 MB of zeros in a small archive."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b"\x00" * (600 * 1024 * 1024))

    assert "I002" in refused(run, filled, path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_json_in_other_unicode_encodings_is_read(run: Run, write: Write, encoding: str) -> None:
    """JSON says its encoding by its first bytes (RFC 4627)."""
    content = json.dumps(bundle(encounter("1", "2025-03-04"))).encode(encoding)

    assert run("import", write("records.json", content)).status == 0


def test_json_in_latin_1_loses_only_the_damaged_row(run: Run, write: Write) -> None:
    """A byte that is no UTF-8 makes its own resource unreadable, not the file."""
    text = json.dumps(
        bundle(encounter("1", "2025-03-04", serviceProvider={"display": "Hôpital"}),
               encounter("2", "2025-03-05")), ensure_ascii=False)  # fmt: skip

    ran = run("import", write("records.json", text.encode("latin-1")), "--json")

    assert ran.json["facts_added"] == 1
    assert "utf-8" in only(ran.json["files"][0]["skipped"])["why"].lower()


@pytest.mark.parametrize(
    ("day", "says"),
    [("1899-12-31", "outside the years"), ("2199-01-01", "outside the years"),
     ("2027-03-04", "after the day of the import"), ("2025-02-30", "not a date"),
     ("yesterday", "not a date")],
)  # fmt: skip
def test_impossible_dates_are_listed_row_by_row(
    run: Run, write: Write, day: str, says: str
) -> None:
    """The row yields no fact and says why; the good row does."""
    ran = run(
        "import",
        write("r.json", bundle(encounter("1", day), encounter("2", "2025-03-04"))),
        "--json",
    )

    assert ran.json["facts_added"] == 1
    assert says in only(ran.json["files"][0]["skipped"])["why"]


@pytest.mark.parametrize("value", [1e9, -1e12])
def test_absurd_amounts_are_listed(run: Run, write: Write, value: float) -> None:
    """A hundred million and more is a lost decimal point."""
    total = amounts(submitted="1")
    total[0]["amount"]["value"] = value

    ran = run("import", write("r.json", bundle(eob("1", "2025-03-04", total=total))), "--json")

    assert ran.json["facts_added"] == 0
    assert "absurd" in only(ran.json["files"][0]["skipped"])["why"]


def test_one_claim_in_two_currencies_is_listed(run: Run, write: Write) -> None:
    """SAFETY S12: currencies are never mixed."""
    total = amounts(submitted="1", eligible="2")
    total[1]["amount"]["currency"] = "EUR"

    ran = run("import", write("r.json", bundle(eob("1", "2025-03-04", total=total))), "--json")

    assert "several currencies" in only(ran.json["files"][0]["skipped"])["why"]


@pytest.mark.parametrize(
    ("family", "given", "born", "ok"),
    [
        ("Testperson", "Marisol", "1984-11-10", True),
        ("TESTPERSON", "marisol", "1984-11-10", True),
        ("Testperson", "Marisol", None, True),
        ("Testperson", "Marisol", "1985-11-10", False),
        ("Other", "Marisol", "1984-11-10", False),
    ],
)
def test_another_persons_bundle_is_refused_unless_confirmed(
    run: Run, write: Write, filled: Path, family: str, given: str, born: str | None, ok: bool
) -> None:
    """A different name or birth date: R005, and --same-person confirms."""
    person: dict[str, Any] = {
        "resourceType": "Patient", "id": "q", "name": [{"family": family, "given": [given]}]}  # fmt: skip
    if born:
        person["birthDate"] = born
    path = write(
        "second.json", bundle(person, encounter("9", "2025-06-01"), base="https://two.example")
    )
    if ok:
        assert run("import", path).status == 0
        return

    assert "R005" in refused(run, filled, path)
    assert run("import", path, "--same-person").status == 0


def test_a_stranger_inside_a_file_is_set_aside(run: Run, write: Write) -> None:
    """Cigna's sandbox mixes people in one bundle: only the file's own person is taken."""

    def person(number: str, family: str) -> dict[str, Any]:
        return {
            "resourceType": "Patient",
            "id": number,
            "name": [{"family": family, "given": ["A"]}],
        }

    def visit(number: str, whose: str) -> dict[str, Any]:
        return encounter(number, "2025-03-04", subject={"reference": f"Patient/{whose}"})

    ran = run("import", write("r.json", bundle(
        person("1", "Own"), person("2", "Other"), visit("a", "1"), visit("b", "1"), visit("c", "2"),
    )), "--json")  # fmt: skip

    assert len(run("facts", "--kind", "visit", "--json").json["facts"]) == 2
    assert [s["why"] for s in ran.json["files"][0]["skipped"]] == [
        "about another person than the file's own (--same-person)"] * 2  # fmt: skip


def test_a_locked_ledger_is_the_machines_failure(run: Run, write: Write, filled: Path) -> None:
    """Another program is writing: exit 3, unchanged."""
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        ran = run("import", write("r.json", bundle(encounter("2", "2025-03-05"))))
    finally:
        other.execute("ROLLBACK")
        other.close()

    assert ran.status == 3
    assert "R004" in ran.err
    assert len(run("facts", "--kind", "visit", "--json").json["facts"]) == 1


@pytest.fixture
def as_nobody(filled: Path) -> Iterator[None]:
    """Act as a user whom permissions bind: root is nobody for the while."""
    mine = os.geteuid()
    if mine != 0:
        yield
        return
    for folder in filled.parents:
        if folder.is_relative_to(Path(gettempdir())) and folder != Path(gettempdir()):
            folder.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


def test_a_read_only_ledger_can_be_read_and_not_written(
    run: Run, write: Write, filled: Path, request: pytest.FixtureRequest
) -> None:
    """Neither file nor folder may be written to: exit 3, and the same bytes as before."""
    record = write("r.json", bundle(encounter("2", "2025-03-05")))
    record.chmod(0o444)
    filled.chmod(0o444)
    before = digest(filled)
    request.getfixturevalue("as_nobody")
    filled_folder = filled.parent
    if os.geteuid() == filled_folder.stat().st_uid:
        filled_folder.chmod(0o555)
    try:
        read, written = run("facts", "--json"), run("import", record)
    finally:
        if os.geteuid() == filled_folder.stat().st_uid:
            filled_folder.chmod(0o755)

    assert read.status == 0, read.err
    assert (written.status, "R004" in written.err) == (3, True), written.err
    assert digest(filled) == before


def test_a_full_disk_leaves_the_ledger_as_it_was(write: Write, filled: Path) -> None:
    """A limit on file size stands for the full disk: exit 3 and the same facts as before."""
    visits = [encounter(str(n), f"2025-03-0{1 + n % 9}", note="x" * 400) for n in range(3000)]
    path = write("large.json", bundle(*visits))
    before = digest(filled)
    limit = len(before or b"") + 100_000

    def small_disk() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ran = subprocess.run(
        [sys.executable, "-m", "cortipump", "import", "--ledger", str(filled), str(path)],
        capture_output=True, text=True, preexec_fn=small_disk, check=False,
    )  # fmt: skip

    assert ran.returncode == 3, ran.stderr
    assert len(ran.stderr.splitlines()) <= 3
    assert digest(filled) == before


def test_something_else_is_no_ledger(run: Run, ledger: Path) -> None:
    """A text file under the ledger's name: R003."""
    ledger.write_text("not a database, but long enough to be looked at by SQLite " * 20)

    ran = run("facts")

    assert ran.status == 2
    assert "R003" in ran.err


def test_no_ledger_yet(run: Run) -> None:
    """The error says how to start one."""
    ran = run("facts")

    assert ran.status == 2
    assert "cortipump import" in ran.err


def test_wrong_usage_is_two_and_short(run: Run) -> None:
    """The parser's own errors keep to the contract's three lines."""
    for words in (["nonsense"], ["facts", "--nonsense"], ["evidence", "--index", "soon"], ["show"]):
        ran = run(*words)
        assert ran.status == 2, words
        assert 1 <= len(ran.err.splitlines()) <= 3, ran.err
        assert ran.out == ""


def test_a_folder_takes_what_it_can_and_lists_the_rest(
    run: Run, write: Write, tmp_path: Path
) -> None:
    """A note beside the records is no failure; it is named."""
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(bundle(encounter("1", "2025-03-04"))))
    (folder / "README.txt").write_text("hello")

    ran = run("import", folder, "--json")

    assert ran.status == 0
    errors = [f["error"]["code"] for f in ran.json["files"] if "error" in f]
    assert errors == ["I001"]


@pytest.mark.parametrize("wait", [0.15, 0.3, 0.45, 0.6])
def test_ctrl_c_at_any_moment_writes_a_file_whole_or_not_at_all(
    write: Write, filled: Path, wait: float
) -> None:
    """A real interrupt of a real process: exit 3 or done, no traceback, no half of a file."""
    visits = [encounter(str(n), f"2025-03-0{1 + n % 9}", note="x" * 200) for n in range(20_000)]
    path = write("large.json", bundle(*visits))
    words = [sys.executable, "-m", "cortipump", "import", str(path), "--ledger", str(filled)]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()

    with open_ledger(filled) as ledger:
        brought = [ledger.facts_of_source(s.sha256) for s in ledger.sources()]
    # An interrupt before the program's first line is Python's own to report.
    assert process.returncode in {0, 3, 1, -signal.SIGINT}
    if process.returncode == 3:
        assert "interrupted" in err
        assert "Traceback" not in err
    assert brought in ([2], [2, 20_000])
    assert process.returncode != 0 or brought == [2, 20_000]
