"""The rules of SAFETY.md that the checker keeps, tried on the bundled person's ledger.

What is right was read by hand in src/cortipump/demo/files: claims of payer-claims.json (emergency
visits of 2025-02-21 and 2025-03-11), windows, visits and cortisol of answers.json, addiqol.csv,
work-days.csv, rescue-injections.csv, calls.csv, regimens.csv, and the notice of 2026-09-14 in
denial-letter.pdf. Sums and shares were worked out on paper.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import pytest

from cortipump.actions.check import Request, check_text, known_for
from cortipump.actions.demo import Typed, record_files
from cortipump.actions.evidence import Asked
from cortipump.actions.ledger import read_record
from cortipump.actions.write import Written, build, default_ask, render
from cortipump.checker.finding import Finding
from cortipump.checker.known.known import Known
from cortipump.checker.reading.files import read_letter_bytes
from cortipump.demo.build import build as make_person
from cortipump.demo.shipped import shipped
from tests.conftest import ROOT, TODAY

ASKED = Asked(phase="loaner")
BUNDLED = 0  # the person that ships; other numbers are seeds of made-up people
PEOPLE = (BUNDLED, 2, 3)
FORMATS = (".txt", ".md", ".html", ".pdf")
APPEALS: tuple[dict[str, Any], ...] = (
    {"level": "1"},
    {"level": "2"},
    {"level": "external"},
    {"level": "1", "expedited": True},
    {"level": "external", "expedited": True},
    {"level": "1", "representative": "Jonas Winter", "phone": "(414) 555-0123"},
)
ASIDE = ("Marisol Testperson\n\nNovember 20, 2026\n\nPrairie Health Plan\n\n"
         "Re: Appeal of the denial of September 14, 2026, member number PHP319918254\n\n"
         "I have adrenal insufficiency. I appeal the denial of the external infusion pump and ask "
         "that it be overturned. The reason given, that it is experimental, is answered by the records enclosed.\n\n"
         "{}\n\nSincerely,\nMarisol Testperson\n")  # fmt: skip


class Person(NamedTuple):
    """What the checker knows of a made-up person, and every document of theirs."""

    known: Known
    documents: Mapping[tuple[str, str], Written]


@cache
def person(number: int) -> Person:
    """A person's ledger and documents, made once."""
    made = shipped() if number == BUNDLED else make_person(number)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CORTIPUMP_TODAY", TODAY)
        files = Path(folder) / "files"
        files.mkdir()
        for name, content in made.files.items():
            (files / name).write_bytes(content)
        ledger = Path(folder) / "person.cortipump"
        record_files(ledger, files, msgspec.convert(made.typed, list[Typed]), lambda _: None)
        known = known_for(read_record(ledger), ASKED)
        documents = {
            ("appeal", named(options)): build(ledger, "appeal", ASKED, default_ask(**options))
            for options in APPEALS
        }
        documents["packet", ""] = build(ledger, "packet", ASKED, default_ask())
        documents["evidence", ""] = build(ledger, "evidence", ASKED, default_ask())
    return Person(known, documents)


def written(number: int, kind: str, name: str, suffix: str) -> bytes:
    """A document of a person as a file."""
    return render(person(number).documents[kind, name], suffix)


def named(options: Mapping[str, Any]) -> str:
    """``level external expedited``."""
    return " ".join(k if v is True else f"{k} {v}" for k, v in options.items())


def found(text: str) -> Sequence[Finding]:
    """What the checker says of a text about the bundled person."""
    letter = read_letter_bytes(text.encode(), "letter.txt")
    return check_text(letter, person(BUNDLED).known, Request(ASKED)).findings


def rules(text: str) -> set[str]:
    """The rules that are broken."""
    return {finding.rule for finding in found(text)}


# -- S5: a wrong figure is found, a right one passes ---------------------------------------

_TOGETHER = (
    "The plan paid $1,071.35 on February 21, 2025 and $1,806.16 on March 11, 2025, together {}."
)
FIGURES = [
    ("amount-differs", "The hospital billed {} for February 21, 2025.", "$5,509.68", "$5,590.68"),
    ("amount-differs", "On March 11, 2025 my cortisol was {}.", "1.7 ug/dL", "7.1 ug/dL"),
    ("amount-differs", "My AddiQoL score was {} on December 31, 2025.", "74", "47"),
    ("amount-differs", "Since July 14, 2025 I took {} of hydrocortisone a day.", "30 mg", "40 mg"),
    ("amount-differs", "Since July 14, 2025 I took {} of hydrocortisone a day.", "30 mg", "25 mg"),
    ("amount-differs", "I take {} of hydrocortisone a day.", "24 mg", "100 mg"),
    ("amount-differs", "I am {}.", "42 years old", "45 years old"),
    ("date-differs", "I was treated in the emergency room on {}.", "March 11, 2025",
     "March 13, 2025"),
    ("date-differs", "I was treated in the emergency room on {}.", "February 21, 2025",
     "February 30, 2025"),
    ("date-differs", "I was in the hospital {}.", "on October 13, 2025", "recently"),
    ("date-differs", "I was in the hospital from March 26 to {}.", "March 29, 2025",
     "March 31, 2025"),
    ("date-differs", "On February 21, 2025 at {} my husband gave me the emergency injection.",
     "8:22 a.m.", "6:40 p.m."),
    ("date-differs", "The denial is dated {}.", "September 14, 2026", "September 15, 2026"),
    ("count-differs", "In the year before the pump I was admitted {}.", "4 times", "6 times"),
    ("count-differs", "On October 13, 2025 I was admitted for {}.", "four nights", "six nights"),
    ("count-differs", "I lost {} of work in the year before the pump.", "28 days", "35 days"),
    ("count-differs", "I needed {} emergency injections in the year before the pump.", "six",
     "nine"),
    ("total-does-not-add-up", _TOGETHER, "$2,877.51", "$2,977.51"),
    ("total-does-not-add-up", "My hospital stays fell from 4 to 1, a reduction of {}.",
     "75 percent", "90 percent"),
    ("unsupported-number", "On March 11, 2025 my TSH was {}.", "", "2.31 mIU/L"),
]  # fmt: skip


@pytest.mark.safety("S5")
@pytest.mark.parametrize(("rule", "sentence", "right", "wrong"), FIGURES,
                         ids=[f"{f[0]} {f[3]}" for f in FIGURES])  # fmt: skip
def test_a_wrong_figure_is_found_and_the_right_one_passes(
    rule: str, sentence: str, right: str, wrong: str
) -> None:
    """One of each kind: the finding is on the figure, and under the rule of its kind."""
    if right:
        assert found(sentence.format(right)) == ()

    findings = found(sentence.format(wrong))

    assert [f.rule for f in findings] == [rule]
    assert wrong in findings[0].text or findings[0].text in sentence.format(wrong)


def _documents() -> Iterator[Any]:
    """Every person, document and format; of the made-up two only some run every time."""
    kinds: list[tuple[str, dict[str, Any]]] = [("appeal", options) for options in APPEALS]
    kinds += [("packet", {}), ("evidence", {})]
    for number, (kind, options), suffix in product(PEOPLE, kinds, FORMATS):
        often = number == BUNDLED or (kind, suffix) in {("packet", ".md"), ("evidence", ".txt")}
        name = " ".join(filter(None, (str(number), kind, named(options), suffix)))
        marks = [] if often else [pytest.mark.slow]
        yield pytest.param(number, kind, options, suffix, id=name, marks=marks)


@pytest.mark.safety("S5")
@pytest.mark.parametrize(("number", "kind", "options", "suffix"), list(_documents()))
def test_what_we_write_ourselves_passes_our_own_check(
    number: int, kind: str, options: Mapping[str, Any], suffix: str
) -> None:
    """No finding in any document, level or format, for the bundled person and two others."""
    letter = read_letter_bytes(written(number, kind, named(options), suffix), f"letter{suffix}")

    checked = check_text(letter, person(number).known, Request(ASKED))

    assert [(f.rule, f.detail, f.text) for f in checked.findings] == []
    assert checked.kind == ("evidence" if kind == "evidence" else "appeal")


# -- S1: no dose is ever proposed ----------------------------------------------------------

# regimens.csv: milligrams a day and single doses; rescue-injections.csv: one dose.
DAILY_MG = {"20", "25", "30", "24", "0.1"}
SINGLE_MG = {"15", "10", "7.5", "5", "2.5", "0.1"}
RESCUE_MG = {"100"}
TELLING = re.compile(r"\b(?:take|inject|increase|reduce|raise|lower|switch|should|must)\b", re.I)


@pytest.mark.safety("S1")
@pytest.mark.parametrize(
    ("sentence", "recorded"),
    [
        ("Since July 14, 2025 I took 40 mg of hydrocortisone a day.", DAILY_MG),
        ("My morning dose is 17.5 mg of hydrocortisone.", DAILY_MG | SINGLE_MG),
        ("I gave myself 150 mg of hydrocortisone on February 21, 2025.", RESCUE_MG),
        ("My daily dose is 180 mg of hydrocortisone.", DAILY_MG),
        ("I take 7 mg of dexamethasone a day.", set()),
        ("My doctor wants me on 60 mg of prednisone a day.", set()),
    ],
)
def test_a_wrong_dose_is_answered_with_the_record_or_not_at_all(
    sentence: str, recorded: set[str]
) -> None:
    """Only a dose that the records hold for that drug and that use, with where it stands."""
    findings = found(sentence)

    assert findings
    for finding in findings:
        doses = re.findall(r"([\d.]+) ?mg", finding.suggestion)
        assert set(doses) <= recorded, finding.suggestion
        assert not TELLING.search(finding.suggestion), finding.suggestion
        assert not doses or re.search(r"\(.*(?:exhibit \d|\.\w{3,6}\b)", finding.suggestion)
        assert not re.search(r"[\d.]+ ?mg", finding.message.replace(finding.text, ""))


@pytest.mark.safety("S1")
def test_no_text_of_the_rules_names_a_dose() -> None:
    """Reasons and suggestions of wording and elements hold no number with a unit of a drug."""
    for name, least in (("wording.toml", 100), ("elements.toml", 30)):
        text = (ROOT / "src/cortipump/knowledge/data" / name).read_text(encoding="utf-8")
        said = list(_said(tomllib.loads(text)))
        assert len(said) > least
        for sentence in said:
            assert not re.search(r"\d\s*(?:mg|ug|mcg|units?|ml|U)\b", sentence), sentence


def _said(data: Any) -> Iterator[str]:
    """Every reason and suggestion in a data file."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from _said(value)
        elif re.search(r"(?:why|suggestion|reason|rewording)$", str(key)):
            yield value


# -- S6, S7, S8, S12 -----------------------------------------------------------------------


@pytest.mark.safety("S6")
def test_evidence_cited_on_one_side_is_found() -> None:
    """The favourable trial alone is flagged; with the blinded one that found nothing it passes."""
    one = "A randomized trial (Oksnes 2014) showed better quality of life with the pump."
    both = one + " The blinded trial (Gagliardi 2014) found no difference."
    off_label = " Hydrocortisone in a pump is off-label."

    assert [f.detail for f in found(ASIDE.format(one + off_label))] == ["evidence-one-sided"]
    assert found(ASIDE.format(both + off_label)) == ()


@pytest.mark.safety("S7")
@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The pump will prevent every crisis.", "prediction"),
        ("The pump will reduce my hospital admissions by 100 %.", "prediction"),
        ("The pump will reduce my hospital admissions by 100 %.", "absolute"),
        ("The pump cut my hospital stays by 100 percent.", "absolute"),
        ("With the pump I will not be admitted again.", "prediction"),
        ("The success rate of this pump is 95 percent.", "unsupported-number"),
        ("With the pump I have a 90 percent chance of no crisis.", "unsupported-number"),
    ],
)
def test_success_as_a_forecast_is_found(sentence: str, rule: str) -> None:
    """Promises, chances and a hundred percent; what was counted passes."""
    assert rule in rules(sentence)
    assert rules("My hospital stays fell from 4 to 1.") == set()


@pytest.mark.safety("S8")
def test_silence_about_off_label_use_is_found() -> None:
    """An appeal for the pump that does not say it; with one sentence it passes."""
    said = "Giving hydrocortisone under the skin and by an insulin pump are both off-label."

    assert rules(ASIDE.format("My doctor follows me.")) == {"off-label-not-disclosed"}
    assert rules(ASIDE.format(said)) == set()
    assert rules("The pump is FDA-approved for hydrocortisone.") == {"off-label-not-disclosed"}


@pytest.mark.safety("S8")
@pytest.mark.parametrize(
    "sentence",
    [
        "I need the pump for my diabetes.",
        "As a diabetic I need this pump.",
        "The pump controls my blood sugar.",
        "I use insulin every day.",
    ],
)
def test_whatever_implies_diabetes_is_found(sentence: str) -> None:
    """And saying that there is none passes."""
    assert rules(sentence) == {"implies-diabetes"}
    assert rules("I do not have diabetes.") == set()


@pytest.mark.safety("S12")
@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The plan paid $5,509.68 for February 21, 2025.", "amount-differs"),
        ("My share for February 21, 2025 was $2,284.79.", "amount-differs"),
        ("In 2025 $5,509.68 was billed and $1,071.35 paid, together $6,581.03.",
         "total-does-not-add-up"),
    ],
)  # fmt: skip
def test_one_kind_of_amount_called_another_is_found(sentence: str, rule: str) -> None:
    """Billed called paid, allowed called share, and a sum over two kinds."""
    assert rules(sentence) == {rule}
    assert rules("The plan paid $1,071.35 for February 21, 2025.") == set()
