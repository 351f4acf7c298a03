"""The rules of SAFETY.md that documents keep, tried on the bundled person's appeal and packet."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from cortipump.documents.statements import Value, say
from cortipump.errors import UntracedNumber
from cortipump.knowledge.texts import studies
from tests.conftest import ROOT, Run


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo makes."""
    from cortipump.actions.demo import demo

    folder = tmp_path_factory.mktemp("demo")
    demo(folder, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def claims(out: Path) -> Any:
    """claims.json of the packet."""
    return json.loads((out / "claims.json").read_bytes())


@pytest.fixture(scope="module")
def letter(out: Path) -> str:
    """The appeal as text."""
    return (out / "appeal.md").read_text(encoding="utf-8")


@pytest.mark.safety("S5")
def test_plain_words_hold_no_digit() -> None:
    """A number that is no traced value never reaches a page."""
    with pytest.raises(UntracedNumber):
        say("x", "seven and 3")


@pytest.mark.safety("S5")
def test_a_value_without_a_derivation_cannot_exist() -> None:
    """Neither facts nor a cited source nor a rule: refused when it is made."""
    for how in ("quote", "date", "difference", "ratio", "count", "sum"):
        for note in ("", "a note is no derivation"):
            with pytest.raises(UntracedNumber):
                Value("3", how, (), note)
    for how in ("cited", "rule"):
        with pytest.raises(UntracedNumber):
            Value("3", how)
    for text, how in (("7", "count"), ("$500.00", "sum"), ("0", "sum"), ("$0.00", "sum")):
        with pytest.raises(UntracedNumber):
            Value(text, how, (), "visits in the window")


@pytest.mark.safety("S5")
def test_a_count_of_nothing_says_where_nothing_was_found() -> None:
    """Zero rests on no fact; without the words for where it was looked for it is refused too."""
    assert Value("0", "count", (), "visits in the window").text == "0"
    with pytest.raises(UntracedNumber):
        Value("0", "count")


@pytest.mark.safety("S5")
def test_every_digit_of_every_sentence_stands_in_a_traced_value(claims: Any) -> None:
    """Taking the values out of the sentences leaves no digit."""
    assert len(claims["statements"]) > 300
    for statement in claims["statements"]:
        rest = statement["text"]
        for value in statement["values"]:
            assert value["text"] in rest
            rest = rest.replace(value["text"], "", 1)
        assert not re.search(r"\d", rest), statement


@pytest.mark.safety("S5")
def test_every_fact_of_every_value_leads_to_a_source_and_a_place(claims: Any) -> None:
    """Down to the hash of the file and the place in it, and to an exhibit of the packet."""
    facts, sources = claims["facts"], {s["sha256"] for s in claims["sources"]}
    for statement in claims["statements"]:
        for value in statement["values"]:
            for fact in value["facts"]:
                origin = facts[fact]["source"]
                assert origin["sha256"] in sources or not origin["sha256"]
                assert facts[fact]["anchor"], fact


@pytest.mark.safety("S5")
def test_missing_is_said_and_never_zero(run: Run) -> None:
    """An amount that no claim states reads `not recorded`; what is missing is listed."""
    run("add", "visit", "visit_kind=emergency", "--on", "2025-06-01")
    run("add", "regimen", "drug=hydrocortisone", "route=pump", "role=glucocorticoid",
        "ownership=loaner", "--on", "2026-02-02")  # fmt: skip

    found = run("write", "appeal", "--json").json

    rows = [s["text"] for s in found["statements"] if s["kind"] == "event"]
    assert rows.count("not recorded") >= 3
    assert "$0.00" not in "".join(rows)
    missing = {o["fact"] for o in found["omitted"]}
    assert {"the denial letter", "a score from before the pump", "the member number",
            "a diagnosis of adrenal insufficiency with its code"} <= missing  # fmt: skip


@pytest.mark.safety("S6")
def test_the_table_of_studies_is_whole(letter: str) -> None:
    """Negative, inconclusive and the guideline's position stand with the positive."""
    assert {s.direction for s in studies()} == {"for", "none", "mixed", "against"}
    for study in studies():
        assert study.cite.split(",")[0] in letter
    assert "Do not offer hydrocortisone by subcutaneous pump" in letter


@pytest.mark.safety("S7")
def test_no_forecast_and_the_regression_caveat_under_every_comparison(
    letter: str, run: Run, out: Path
) -> None:
    """Letter, command line and JSON carry the caveat; nobody promises."""
    words = "after a bad run fewer events follow"
    ran = run("evidence", "--phase", "loaner", "--ledger", out / "demo.cortipump")
    as_json = run("evidence", "--phase", "loaner", "--json", "--ledger", out / "demo.cortipump")

    assert words in " ".join(letter.split())
    assert words in " ".join(ran.out.split())
    assert any(words in c["text"] for c in as_json.json["caveats"])
    for phrase in ("100 %", "100%", "will succeed", "chance of", "success rate", "guarantee"):
        assert phrase not in letter


@pytest.mark.safety("S8")
def test_off_label_status_is_disclosed_and_diabetes_never_implied(letter: str, claims: Any) -> None:
    """Drug, route, device and the makers' warnings; the word diabetes does not occur."""
    for text in (letter, " ".join(s["text"] for s in claims["statements"])):
        flat = " ".join(text.split())
        assert "both off-label" in flat
        assert "Makers of insulin pumps label them for insulin" in flat
    # Names of journals aside ("Endocrinol Diabetes Metab Case Rep").
    own = " ".join(s["text"] for s in claims["statements"] if s["kind"] != "study")
    assert "diabet" not in own.lower()


@pytest.mark.safety("S4")
def test_every_packet_carries_the_emergency_words(claims: Any) -> None:
    """A pump is never the sole treatment; the adults' dose is quoted with its source."""
    found = [s for s in claims["statements"] if s["kind"] == "emergency"]
    text = " ".join(s["text"] for s in found)
    assert "never the sole treatment" in text
    assert "hydrocortisone 100 mg" in text
    assert all(v["note"] for s in found for v in s["values"])


@pytest.mark.safety("S4")
def test_emergency_words_need_no_ledger(run: Run, ledger: Path) -> None:
    """`cortipump emergency` works before anything was imported."""
    ran = run("emergency")

    assert ran.status == 0
    assert "never the sole treatment" in ran.out
    assert not ledger.exists()


@pytest.mark.safety("S1")
def test_only_the_emergency_text_names_a_dose_that_is_not_a_fact(claims: Any) -> None:
    """Every `mg` in a letter is a fact's, a study's or the emergency text's."""
    for statement in claims["statements"]:
        for value in statement["values"]:
            if re.search(r"\d\s*mg", value["text"]) and statement["kind"] != "emergency":
                assert value["facts"] or statement["kind"] in {"study", "evidence-summary"}


@pytest.mark.safety("S12")
def test_kinds_of_money_are_never_added(claims: Any) -> None:
    """Every sum adds one field of its charges, exactly."""
    from decimal import Decimal

    sums = [
        (v, s) for s in claims["statements"] for v in s["values"]
        if v["how"] == "sum" and "$" in v["text"]
    ]  # fmt: skip
    assert len(sums) > 10
    for value, statement in sums:
        kind = value["note"].split(",")[0].split(" ")[0]
        bodies = [claims["facts"][fact]["body"] for fact in value["facts"]]
        total = sum((Decimal(body[kind]) for body in bodies), Decimal(0))
        assert value["text"] == f"${total:,.2f}", (statement, kind)


@pytest.mark.safety("S14")
def test_nothing_unverified_ships() -> None:
    """Every row of the code tables names a source that the package explains, and none is memory."""
    data = ROOT / "src/cortipump/knowledge/data"
    with (data / "codes/sources.csv").open(encoding="utf-8", newline="") as file:
        explained = {row["name"] for row in csv.DictReader(file)}
    named = set()
    for path in sorted((data / "codes").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                if path.name == "sources.csv":
                    continue
                assert row.get("verified") != "false", f"{path.name}:{number}"
                sources = set((row["source"] or "").replace(";", " ").split())
                assert sources, f"{path.name}:{number} names no source"
                named |= sources
    assert named <= explained, named - explained
    assert explained <= named, f"explained and never named: {explained - named}"
    for path in data.rglob("*.toml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("#"))
        for word in ("[M]", "verified = false", "from memory", "unverified"):
            assert word not in text, f"{path.name}: {word}"


@pytest.mark.safety("S16")
def test_the_packet_holds_only_the_records_that_it_cites(claims: Any) -> None:
    """Records shown are those with cited facts, fewer than the source has."""
    shown = {s["name"]: s["records_shown"] for s in claims["sources"]}
    anchors: dict[str, set[str]] = {}
    for fact in claims["facts"].values():
        anchors.setdefault(fact["source"]["name"], set()).add(fact["anchor"])
    assert {name: len(found) for name, found in anchors.items()} == shown


@pytest.mark.safety("S16")
def test_what_would_leave_is_listed_before_anything_is_written(
    run: Run, out: Path, tmp_path: Path
) -> None:
    """Without --out nothing is written; every exhibit and record is named."""
    before = set(tmp_path.iterdir())

    ran = run("write", "packet", "--phase", "loaner", "--ledger", out / "demo.cortipump")

    assert set(tmp_path.iterdir()) == before
    assert "these records would leave the machine, and no others" in ran.out
    assert ran.out.count("exhibit ") >= 9


@pytest.mark.safety("S16")
def test_no_event_inside_a_window_is_left_out(claims: Any, run: Run, out: Path) -> None:
    """Every counted visit stands in the table of events."""
    evidence = run("evidence", "--phase", "loaner", "--json", "--ledger", out / "demo.cortipump")
    counted = {
        fact
        for window in ("before", "after")
        for measure in ("emergency_visits", "inpatient_stays", "observation_stays")
        for fact in evidence.json[window]["fact_ids"][measure]
    }
    listed = {
        fact for s in claims["statements"] if s["kind"] == "event"
        for v in s["values"] for fact in v["facts"]
    }  # fmt: skip
    assert counted <= listed
