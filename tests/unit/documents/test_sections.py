"""Sections of the letters, from typed records to what `--explain` says of every sentence."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.conftest import Run

from cortipump.documents.render.markdown import escape
from cortipump.knowledge.texts import studies, texts

AROUND = ("--index", "2026-02-02", "--after-days", "200")
KINDS = ("employer-self-funded", "employer-insured", "marketplace")


def explained(run: Run, document: str = "appeal", *words: str) -> Any:
    """`write DOCUMENT --explain --json`."""
    ran = run("write", document, *AROUND, *words, "--explain", "--json")
    assert ran.status == 0, ran.err
    return ran.json


def said(found: Any, kind: str) -> list[str]:
    """The sentences of a kind."""
    return [s["text"].strip() for s in found["statements"] if s["kind"] == kind]


def rows(found: Any, kind: str, width: int) -> list[list[Any]]:
    """The cells of a table, row by row."""
    cells = [s for s in found["statements"] if s["kind"] == kind]
    return [cells[n : n + width] for n in range(0, len(cells), width)]


@pytest.fixture
def denied(run: Run) -> Run:
    """A person with a plan of a kind, a refusal and the letter with the plan's address."""
    run("add", "visit", "visit_kind=emergency", "facility=Mercy", "--on", "2025-06-01")
    run("add", "decision", "line=pump", "outcome=denied", "quote=Not needed.", "--on", "2026-03-01")
    run("add", "letter", "direction=received", "about=denial", "address=Plan Appeals",
        "--on", "2026-03-01")  # fmt: skip
    return run


# -- nights --------------------------------------------------------------------------------


def test_the_table_prints_the_nights_that_evidence_counts(run: Run) -> None:
    """Joined stays leave out the midnight between them; no end is not recorded, never left out."""
    for start, end in (
        ("2025-06-01T08:00", "2025-06-03T20:00"),
        ("2025-06-04T10:00", "2025-06-06T09:00"),
        ("2025-08-01", ""),
    ):
        ended = (
            (
                "--until",
                end,
            )
            if end
            else ()
        )
        ran = run("add", "visit", "visit_kind=inpatient", *ended, "--on", start)
        assert ran.status == 0, ran.err
    run("add", "visit", "visit_kind=observation", "--until", "2025-09-02", "--on", "2025-09-01")
    run("add", "visit", "visit_kind=emergency", "--on", "2025-10-01")

    found = explained(run, "evidence")

    nights = [row[5] for row in rows(found, "event", 8)]
    assert [cell["text"] for cell in nights] == ["4", "not recorded", "–", "–"]
    assert len(nights[0]["values"][0]["facts"]) == 2
    counted = run("evidence", *AROUND, "--json").json
    assert counted["before"]["bed_days"] == 4


# -- costs ---------------------------------------------------------------------------------


def test_claims_without_an_amount_are_counted_and_named(run: Run) -> None:
    """Two claims state no paid amount before, one states it after: 2 and 0, each traced."""
    silent = []
    for day in ("2025-06-01", "2025-06-02"):
        ran = run("add", "charge", "billed=5.00", "currency=USD", "--on", day)
        assert ran.status == 0, ran.err
        silent.append(day)
    run("add", "charge", "paid=7.00", "currency=USD", "--on", "2026-06-01")

    found = explained(run, "evidence")
    counted = run("evidence", *AROUND, "--json").json

    paid = {row[1]["text"]: row for row in rows(found, "cost", 5)}["Paid by the plan"]
    assert [cell["text"] for cell in paid[2:]] == ["no claim states it", "$7.00", "2, 0"]
    before, after = paid[4]["values"]
    assert (before["how"], after["how"]) == ("count", "count")
    assert {found["facts"][fact]["body"]["billed"] for fact in before["facts"]} == {"5.00"}
    assert len(before["facts"]) == 2
    assert counted["before"]["costs"]["paid"] == {}
    assert counted["before"]["not_stated"] == {"allowed": 2, "paid": 2, "patient": 2}
    assert counted["after"]["not_stated"] == {"billed": 1, "allowed": 1, "patient": 1}
    shown = run("evidence", *AROUND).out
    assert re.search(r"care +paid +USD +not recorded +7\.00", shown)


# -- rights --------------------------------------------------------------------------------


def test_every_right_names_a_rule_for_each_kind_of_plan_that_it_binds() -> None:
    """Individual policies are bound through the regulation that applies the rule to them."""
    for right in texts().right:
        assert set(right.authority) == (set() if right.external else set(KINDS)), right.id
        if not right.external:
            assert "through 45 CFR 147.136(b)(3)(i)" in right.authority["marketplace"]


@pytest.mark.parametrize(
    ("kind", "request_rule", "next_rule"),
    [
        ("employer-self-funded", "29 CFR 2560.503-1(h)(2)(iii) and (m)(8))",
         "29 CFR 2590.715-2719(d)"),
        ("employer-insured", "29 CFR 2560.503-1(h)(2)(iii) and (m)(8))",
         "where it meets 45 CFR 147.136(c)(2), else the federal process of 45 CFR 147.136(d)"),
        ("marketplace", "which bind individual policies through 45 CFR 147.136(b)(3)(i)",
         "the state's external review process"),
    ],
)  # fmt: skip
def test_rules_are_named_by_the_kind_of_plan(
    denied: Run, kind: str, request_rule: str, next_rule: str
) -> None:
    """Each request and the next level with the rule that binds this plan."""
    denied("add", "plan", f"plan_kind={kind}", "--on", "2025-01-01")

    found = explained(denied)

    assert request_rule in said(found, "right")[0]
    assert next_rule in " ".join(said(found, "next-level"))


@pytest.mark.parametrize("kind", ["grandfathered", "medicare-advantage", "other", ""])
def test_no_rule_is_named_where_none_is_known_to_bind(denied: Run, kind: str) -> None:
    """A grandfathered plan may be an individual policy under state law only."""
    if kind:
        denied("add", "plan", f"plan_kind={kind}", "--on", "2025-01-01")

    found = explained(denied, "appeal", "--expedited")

    assert len(said(found, "right")) == 5
    assert "CFR" not in " ".join(said(found, "right") + said(found, "level"))
    assert said(found, "next-level") == []


def test_our_wish_stands_apart_from_the_words_of_the_rule(denied: Run) -> None:
    """The rule speaks of the field of medicine involved; adrenal disease is what we ask for."""
    denied("add", "plan", "plan_kind=employer-insured", "--on", "2025-01-01")

    ask = next(text for text in said(explained(denied), "right") if "adrenal" in text)

    rule, wish = ask.split("(29 CFR 2560.503-1(h)(3)(ii) to (v)).")
    assert "appropriate training and experience in the field of medicine involved" in rule
    assert "adrenal" not in rule
    assert "wish" in wish


@pytest.mark.safety("S8")
def test_the_disclosure_names_the_indication_and_prints_its_sources(denied: Run) -> None:
    """On-label only when oral therapy is not feasible; nothing is said of who knows what."""
    text = " ".join(said(explained(denied), "disclosure"))

    assert "when oral therapy is not feasible" in text
    assert "DailyMed, setid" in text
    assert "know this" not in text


@pytest.mark.safety("S6")
def test_positions_and_studies_keep_the_words_of_their_sources() -> None:
    """The guideline names all three routes; the extension's null comparison and the one case."""
    table = {study.id: study for study in studies()}

    assert "by subcutaneous pump, or i.m. or i.v., for routine" in table["nice-ng243"].outcome
    assert "tablets" not in table["nice-ng243"].limit
    assert "6 and 18 months did not differ" in table["mallappa-2018"].outcome
    assert table["broussard-2015"].people.startswith("1 person")


# -- levels and voices ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "asked"),
    [
        ("1", "the plan to reverse its decision and to cover:"),
        ("2", "the plan to reverse its decisions, the one on the first appeal included,"),
        (
            "external",
            "the independent reviewer to reverse the plan's decision, so that the plan covers:",
        ),
    ],
)
@pytest.mark.parametrize("representative", ["", "Pat Helper"])
def test_each_level_asks_whom_it_concerns(
    denied: Run, level: str, asked: str, representative: str
) -> None:
    """The plan, or the reviewer; in the member's own voice or on the member's behalf."""
    found = explained(denied, "appeal", "--level", level, "--representative", representative)

    who = "On the member's behalf I ask" if representative else "I ask"
    assert said(found, "request")[0].startswith(f"{who} {asked}")
    reserving = "On the member's behalf I reserve" if representative else "I reserve"
    assert said(found, "reservation")[0].startswith(reserving)


def test_a_further_level_needs_the_decision_on_the_one_before(denied: Run) -> None:
    """An upheld decision; where none is recorded the plan has it."""
    wanted = "the plan's decision on the appeal before this one"

    first = explained(denied, "appeal", "--level", "1")
    second = explained(denied, "appeal", "--level", "2")
    denied("add", "decision", "line=pump", "outcome=upheld", "quote=No.", "--on", "2026-05-01")
    then = explained(denied, "appeal", "--level", "2")

    noted = [any(o["fact"] == wanted for o in found["omitted"]) for found in (first, second, then)]
    assert noted == [False, True, False]


def test_an_external_review_goes_to_the_reviewer_not_to_the_plan(denied: Run) -> None:
    """The plan's address for appeals is not used; the reviewer's is missing, the plan has it."""
    found = explained(denied, "appeal", "--level", "external")

    assert found["title"] == "Request for external review"
    assert said(found, "addressee") == ["To the independent reviewer"]
    assert ("the address of the independent reviewer", "plan") in {
        (o["fact"], o["who_can_supply"]) for o in found["omitted"]
    }
    asked = " ".join(said(found, "right"))
    assert "claim file" not in asked
    assert "all enclosed documents" in asked
    assert said(found, "next-level") == []


def test_an_individual_policy_has_no_second_level(denied: Run) -> None:
    """Asked for one all the same, the letter says what speaks against it."""
    denied("add", "plan", "plan_kind=marketplace", "--on", "2025-01-01")

    found = explained(denied, "appeal", "--level", "2")

    assert any(o["paragraph"] == "level" and o["state"] == "conflicting" for o in found["omitted"])


# -- data are never markup -----------------------------------------------------------------

WEIRD = r"#strong[St.] *Mary* $x^2$ <script>alert(1)</script> @ref `code` [x](y) \\ _u_ ~ | &amp;"


@pytest.fixture
def files(run: Run, tmp_path: Path) -> dict[str, Path]:
    """The evidence in all four kinds of file, on a facility with a weird name."""
    run("add", "visit", "visit_kind=emergency", f"facility={WEIRD}", "--on", "2025-06-01")
    made = {}
    for suffix in ("pdf", "txt", "md", "html"):
        out = tmp_path / suffix / f"evidence.{suffix}"
        out.parent.mkdir()
        ran = run("write", "evidence", *AROUND, "--out", out, "--yes")
        assert ran.status == 0, ran.err
        made[suffix] = out
    return made


def squeezed(text: str) -> str:
    """Without white space: cells break where they must; and with one kind of quotation mark."""
    return re.sub(r"\s|\u200b|\u2060|\ufffe", "", text)


@pytest.mark.safety("S5")
def test_weird_names_stand_literally_in_all_four_outputs(files: dict[str, Path]) -> None:
    """Typst, markdown and HTML marks in a facility's name are words like any others."""
    words = squeezed(WEIRD)
    html = files["html"].read_text(encoding="utf-8")
    markdown = files["md"].read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(files["pdf"]) as document:
        pdf = "".join(page.get_textpage().get_text_range() for page in document)

    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert "<script>alert" not in html
    assert words in squeezed(unescape(re.sub(r"<[^>]*>", "", body)))
    assert squeezed(escape(WEIRD)) in squeezed(markdown)
    assert words in squeezed(pdf)
    kept = files["txt"].read_text(encoding="utf-8")
    for piece in WEIRD.split():
        assert piece in kept or squeezed(piece) in squeezed(kept), piece
    claims = json.loads((files["txt"].with_name("evidence.claims.json")).read_bytes())
    assert any(v["text"] == WEIRD for s in claims["statements"] for v in s["values"])
