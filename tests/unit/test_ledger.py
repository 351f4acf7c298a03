"""The ledger: corrections, typed facts, export and re-import, identity of table rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cortipump.record.store import open_ledger
from tests.conftest import Run
from tests.records import amounts, bundle, encounter, eob, only

Write = Callable[[str, Any], Path]


def listed(run: Run, *words: str) -> list[dict[str, Any]]:
    """Facts as the command line lists them."""
    found: list[dict[str, Any]] = run("facts", "--json", *words).json["facts"]
    return found


def test_a_typed_fact_is_there_with_who_typed_it(run: Run) -> None:
    """`add` prints the id; the fact carries date, fields and its origin."""
    ran = run("add", "score", "instrument=AddiQoL", "version=30", "value=71", "--on", "2026-03-02")

    found = only(listed(run))

    assert ran.status == 0
    assert found["id"] == ran.out.strip()
    assert (found["when"], found["value"], found["version"]) == ("2026-03-02", 71, "30")


def test_typing_the_same_fact_twice_adds_it_once(run: Run) -> None:
    """The second time says that it was there."""
    words = ("add", "call", "with=plan", "reference=R1", "--on", "2026-03-02")
    first = run(*words)

    second = run(*words)

    assert second.out == first.out
    assert "there already" in second.err
    assert len(listed(run)) == 1


@pytest.mark.safety("S11")
def test_a_correction_supersedes_and_both_stay_readable(run: Run) -> None:
    """SAFETY S11: the earlier form is listed as superseded, the new one names it."""
    old = run("add", "score", "instrument=AddiQoL", "value=71", "--on", "2026-03-02").out.strip()

    new = run("correct", old, "value=74", "--why", "misread").out.strip()

    by_id = {fact["id"]: fact for fact in listed(run)}
    assert (by_id[old]["superseded"], by_id[old]["value"]) == (True, 71)
    assert (by_id[new]["superseded"], by_id[new]["value"]) == (False, 74)
    assert by_id[new]["supersedes"] == old


def test_a_corrected_fact_is_corrected_no_further(run: Run) -> None:
    """The error names the fact that stands."""
    old = run("add", "score", "instrument=A", "value=1", "--on", "2026-03-02").out.strip()
    new = run("correct", old, "value=2", "--why", "misread").out.strip()

    ran = run("correct", old, "value=3", "--why", "again")

    assert ran.status == 2
    assert new in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["add", "nonsense", "--on", "2026-01-01"], "no kind of fact"),
        (["add", "score", "--on", "2026-13-01", "instrument=A"], "not a date"),
        (["add", "score", "--on", "2099-01-01", "instrument=A", "value=1"], "in the future"),
        (["add", "score", "instrument=A", "value=1"], "needs a date"),
        (["add", "score", "colour=red", "--on", "2026-01-01"], "no field"),
        (["add", "charge", "--on", "2026-01-01", "currency=USD"], "needs an amount"),
        (["add", "charge", "--on", "2026-01-01", "currency=dollars", "paid=1"], "not a currency"),
        (["add", "charge", "--on", "2026-01-01", "currency=USD", "paid=1e99"], "not an amount"),
        (["add", "decision", "--on", "2026-01-01", "line=car", "outcome=denied"], "no decision"),
        (["add", "visit", "--on", "2026-02-01", "--until", "2026-01-01"], "before it starts"),
        (["add", "score", "instrument", "--on", "2026-01-01"], "not field=value"),
    ],
)
def test_typed_nonsense_is_refused(run: Run, ledger: Path, words: list[str], says: str) -> None:
    """A clear error, status 2, and nothing is added."""
    ran = run(*words)

    assert ran.status == 2
    assert says in ran.err
    assert not ledger.exists() or listed(run) == []


def test_a_correction_without_a_reason_or_a_change_is_refused(run: Run) -> None:
    """Why is kept with every correction."""
    fact = run("add", "score", "instrument=A", "value=1", "--on", "2026-03-02").out.strip()

    assert run("correct", fact, "value=2").status == 2
    assert run("correct", fact, "value=1", "--why", "x").status == 2


def test_a_withdrawn_fact_counts_nowhere_and_stays_readable(run: Run) -> None:
    """`--withdraw`: no longer listed as standing, still there with --all."""
    fact = run("add", "rescue-injection", "mg=100", "--on", "2026-03-02").out.strip()

    assert run("correct", fact, "--withdraw", "--why", "another person's").status == 0

    assert [f["superseded"] for f in listed(run)] == [True]
    assert len(listed(run, "--all")) == 2


def test_the_paper_behind_a_typed_fact_is_kept_whole(run: Run, write: Write, ledger: Path) -> None:
    """`--source FILE --place TEXT`: the bytes are in the ledger, found by their hash."""
    paper = write("denial.pdf", b"%PDF-1.7 a letter")
    run("add", "letter", "direction=received", "about=denial", "--on", "2026-03-02",
        "--source", paper, "--place", "page 1")  # fmt: skip

    source = only(listed(run))["source"]

    assert (source["name"], source["place"]) == ("denial.pdf", "page 1")
    with open_ledger(ledger) as opened:
        assert opened.source_bytes(source["sha256"]) == b"%PDF-1.7 a letter"


def test_export_and_import_bring_everything_back(run: Run, write: Write, tmp_path: Path) -> None:
    """The export of the copy equals the export of the original, byte for byte."""
    run("import", write("r.json", bundle(encounter("1", "2025-03-04"), eob(
        "2", "2025-03-04", total=amounts(submitted="10")))), "--zone", "America/Chicago")  # fmt: skip
    fact = run("add", "score", "instrument=A", "value=1", "--on", "2026-03-02").out.strip()
    run("correct", fact, "value=2", "--why", "misread")
    first, copy, second = (tmp_path / n for n in ("a.json", "copy.cortipump", "b.json"))
    assert run("export", first).status == 0

    assert run("import", first, "--ledger", copy).status == 0
    assert run("export", second, "--ledger", copy).status == 0

    assert first.read_bytes() == second.read_bytes()
    assert run("import", first, "--ledger", copy, "--json").json["facts_added"] == 0


def test_a_tampered_export_is_refused(run: Run, write: Write, tmp_path: Path) -> None:
    """Bytes that do not have their hash are nobody's original."""
    run("import", write("r.json", bundle(encounter("1", "2025-03-04"))))
    run("export", tmp_path / "a.json")
    whole = json.loads((tmp_path / "a.json").read_bytes())
    whole["sources"][0]["content"] = "AAAA"

    ran = run("import", write("b.json", json.dumps(whole, indent=1)), "--ledger", tmp_path / "c")

    assert ran.status == 2
    assert "not those that were exported" in ran.err


def test_export_never_overwrites_unasked(run: Run, tmp_path: Path) -> None:
    """A file that exists stays until --replace."""
    run("add", "score", "instrument=A", "value=1", "--on", "2026-03-02")
    target = tmp_path / "a.json"
    target.write_text("mine")

    assert run("export", target).status == 2
    assert target.read_text() == "mine"
    assert run("export", target, "--replace").status == 0


SCORES = "date,instrument,version,language,total,part,note\n"


def test_a_longer_form_of_a_table_adds_only_its_new_rows(run: Run, write: Write) -> None:
    """People keep one diary and import it again and again."""
    run("import", write("s.csv", SCORES + "2026-01-02,AddiQoL,30,en,71,,\n"))

    again = run("import", write("s.csv", SCORES + "2026-01-02,AddiQoL,30,en,71,,\n"
                "2026-02-02,AddiQoL,30,en,75,,\n"), "--json").json  # fmt: skip

    assert (again["facts_added"], again["files"][0]["facts_known"]) == (1, 1)


def test_an_edited_row_replaces_its_earlier_form(run: Run, write: Write) -> None:
    """Same day and questionnaire, other total: a newer version of the row."""
    run("import", write("s.csv", SCORES + "2026-01-02,AddiQoL,30,en,71,,\n"))
    run("import", write("s.csv", SCORES + "2026-01-02,AddiQoL,30,en,74,,\n"))

    standing = [f["value"] for f in listed(run) if not f["superseded"]]

    assert standing == [74]
    assert len(listed(run)) == 2


def test_the_same_row_in_another_file_is_another_statement(run: Run, write: Write) -> None:
    """Two papers that differ are a conflict for the person to settle, not a silent replacement."""
    run("import", write("clinic.csv", SCORES + "2026-01-02,AddiQoL,30,en,71,,\n"))
    run("import", write("mine.csv", SCORES + "2026-01-02,AddiQoL,30,en,74,,\n"))

    assert [f["superseded"] for f in listed(run)] == [False, False]


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("scores", "03/04/2026,AddiQoL,,,71,,", "could be mistaken"),
        ("scores", "2026-01-02,AddiQoL,,,abc,,", "not a number"),
        ("scores", "2026-01-02,,,,71,,", "'instrument' is empty"),
        ("visits", "2026-01-02,,car,,,,,", "not a kind of visit"),
        ("charges", "2026-01-02,,,,USD,-,,,,,,", "not an amount"),
        ("charges", '2026-01-02,,,,USD,"1,58",,,,,,', "not an amount"),
        ("labs", "2026-01-02T08:00,,14.2,,,,,,", "'unit' is empty"),
        ("regimens", "2026-01-02,,hydrocortisone,nose,,,,,", "not a route"),
        ("rescue-injections", "2026-01-02,8am,,100,,,", "not a clock time"),
        ("work-loss", "2026-01-02,,-1,", "cannot be lost"),
    ],
)
def test_a_bad_row_is_listed_and_the_good_ones_come_in(
    run: Run, write: Write, table: str, row: str, says: str
) -> None:
    """Row 2 is bad; its place and its reason are in the report."""
    header = run("template", table).out

    ran = run("import", write("t.csv", header + row + "\n"), "--json")

    skipped = only(ran.json["files"][0]["skipped"])
    assert ran.status == 0
    assert skipped["where"] == "row 2"
    assert says in skipped["why"]


def test_the_minimal_lab_table_is_cortisol(run: Run, write: Write) -> None:
    """Contract of `fit`: datetime,value,unit is enough."""
    run("import", write("labs.csv", "datetime,value,unit\n2026-01-02T08:00,14.2,ug/dL\n"))

    lab = only(listed(run))

    assert (lab["analyte"], lab["when"], lab["value"]) == ("cortisol", "2026-01-02T08:00", 14.2)


def test_a_spreadsheet_is_read_sheet_by_sheet(run: Run, tmp_path: Path) -> None:
    """Dates and numbers of real cells; a sheet without a header of ours is listed."""
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Labs"
    book.active.append(["datetime", "analyte", "value", "unit"])
    book.active.append([datetime(2026, 1, 2, 8, 30), "sodium", 138, "mmol/L"])
    book.create_sheet("Notes").append(["hello"])
    book.save(tmp_path / "book.xlsx")

    ran = run("import", tmp_path / "book.xlsx", "--json")

    lab = only(listed(run))
    assert (lab["when"], lab["value"], lab["source"]["place"]) == (
        "2026-01-02T08:30", 138, "sheet Labs row 2")  # fmt: skip
    assert "not the header" in only(ran.json["files"][0]["skipped"])["why"]


def test_a_dry_run_writes_nothing(run: Run, write: Write, ledger: Path) -> None:
    """It says what would come."""
    ran = run(
        "import", write("r.json", bundle(encounter("1", "2025-03-04"))), "--dry-run", "--json"
    )

    assert ran.json["facts_added"] == 1
    assert not ledger.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("score", "instrument=A", "value=nan"), "not a number"),
        (("lab", "analyte=cortisol", "value=inf", "unit=ug/dL"), "not a number"),
        (("work-loss", "days=-3"), "cannot be"),
        (("rescue-injection", "mg=-5"), "cannot be"),
        (("regimen", "drug=hydrocortisone", "mg_per_day=Infinity"), "not a number"),
    ],
)
def test_what_is_no_number_is_never_typed_in(run: Run, words: tuple[str, ...], says: str) -> None:
    """A value that no calculation could read would make the whole ledger unreadable."""
    ran = run("add", *words, "--on", "2024-06-01")

    assert (ran.status, says in ran.err) == (2, True), ran.err
    assert run("facts", "--json").status in {0, 2}


def test_a_decision_must_name_a_record_that_is_there(run: Run) -> None:
    """`same_as` of nothing would look as if it had been decided."""
    fact = run("add", "visit", "visit_kind=emergency", "--on", "2025-03-02").out.strip()

    ran = run("correct", fact, "same_as=visit-nope", "--why", "the same")

    assert ran.status == 2
    assert "names no other visit" in ran.err


def test_a_record_cannot_steer_the_terminal(run: Run, write: Write) -> None:
    """Escape sequences and reversed writing are shown as signs."""
    name = "Lake\x1b[31mside \u202eabc"
    record = encounter("1", "2025-03-02") | {"serviceProvider": {"display": name}}
    run("import", write("a.json", bundle(record)), "--zone", "UTC")

    out = run("facts").out

    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "Lake\u241b[31mside" in out
