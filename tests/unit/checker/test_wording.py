"""Wording rules: what is flagged, and as much what is not; sentences were judged by hand."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cortipump.checker.finding import Finding
from cortipump.checker.letter import Block, LetterText
from cortipump.checker.wording import wording_findings
from cortipump.knowledge.phrases import phrases

HERE = Path(__file__).parent


def one_block(text: str) -> LetterText:
    """A letter of one paragraph."""
    return LetterText(text, (0,), (Block("paragraph", 0, len(text)),))


def found(text: str) -> list[Finding]:
    """What is found in a paragraph."""
    return wording_findings(one_block(text))


def tables(name: str) -> Iterator[tuple[str, list[str], str]]:
    """Table, rules and sentence of a file of sentences."""
    for table, read in tomllib.loads((HERE / name).read_text("utf-8")).items():
        for line in read["sentences"].strip().splitlines():
            yield table, read.get("rules", []), line


def unmarked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its brackets, and where they stood."""
    text, marks, start = "", [], 0
    for part in re.split(r"([\[\]])", line):
        if part == "[":
            start = len(text)
        elif part == "]":
            marks.append((start, len(text)))
        else:
            text += part
    return text, marks


FLAGGED = list(tables("wording_flagged.toml"))
FINE = list(tables("wording_fine.toml"))


@pytest.mark.safety("S7")
@pytest.mark.safety("S8")
@pytest.mark.parametrize(("rules", "line"), [pytest.param(r, s, id=s[:60]) for _, r, s in FLAGGED])
def test_words_that_weaken_a_letter_are_flagged_by_their_rule(rules: list[str], line: str) -> None:
    """Exactly the rules of the table, and every marked run of words carries a finding."""
    text, marks = unmarked(line)
    findings = found(text)
    assert {finding.rule for finding in findings} == set(rules)
    for start, end in marks:
        assert any(f.start < end and start < f.end for f in findings), text[start:end]


@pytest.mark.parametrize("line", [pytest.param(s, id=s[:60]) for _, _, s in FINE])
def test_plain_words_raise_nothing(line: str) -> None:
    """Symptoms, recorded fears, rights, polite words, plans, general medicine, quotations."""
    assert found(line) == []


def test_there_are_enough_sentences_of_both_kinds() -> None:
    """At least 250 each, so that no pattern can be tuned to a few."""
    assert len(FLAGGED) >= 250
    assert len(FINE) >= 250
    assert len({line for _, _, line in FLAGGED}) == len(FLAGGED)
    assert len({line for _, _, line in FINE}) == len(FINE)


@pytest.mark.parametrize(
    ("sentence", "rule", "detail", "words"),
    [
        ("We are desperate.", "emotional", "pleading", "desperate"),
        ("The nights are terrible.", "emotional", "suffering-adjective", "terrible"),
        (
            "How can anyone deny this?",
            "emotional",
            "rhetorical-question",
            "How can anyone deny this",
        ),
        ("That is outrageous.", "emotional", "accusation", "outrageous"),
        ("Thanks for nothing.", "emotional", "sarcasm", "Thanks for nothing"),
        ("The pump is a miracle.", "emotional", "hyperbole", "a miracle"),
        ("Shame on you.", "emotional", "guilt", "Shame on you"),
        ("The tablets never worked.", "absolute", "always-never", "never worked"),
        ("It is a proven therapy.", "absolute", "proven", "proven therapy"),
        ("It is the only option left.", "absolute", "only", "the only option left"),
        ("Success is guaranteed.", "absolute", "guaranteed", "guaranteed"),
        ("It is 100% effective.", "absolute", "hundred-percent", "100% effective"),
        ("Undoubtedly it is right.", "absolute", "no-doubt", "Undoubtedly"),
        ("The pump cured me.", "absolute", "success-claim", "cured me"),
        ("He would be fine at school.", "prediction", "own-course", "would be fine"),
        ("She will be hospitalized.", "prediction", "hospital", "will be hospitalized"),
        ("It will pay for itself.", "prediction", "saving", "pay for itself"),
        ("It could have been prevented.", "prediction", "would-have", "could have been prevented"),
        ("The pump will prevent crises.", "prediction", "pump-effect", "will prevent crises"),
        ("You will hear from my lawyer.", "argument-by-threat", "lawyer", "my lawyer"),
        ("I will sue.", "argument-by-threat", "legal-action", "sue"),
        ("I will go to the press.", "argument-by-threat", "publicity", "go to the press"),
        ("You will be liable.", "argument-by-threat", "liability", "liable"),
        ("I need it for my diabetes.", "implies-diabetes", "own-diabetes", "diabetes"),
        ("My insulin is in the pump.", "implies-diabetes", "own-insulin", "insulin"),
    ],
)
def test_a_finding_names_its_detail_and_the_very_words(
    sentence: str, rule: str, detail: str, words: str
) -> None:
    """One finding, on the words that a reader would strike out."""
    (finding,) = found(sentence)
    assert (finding.rule, finding.detail, finding.text) == (rule, detail, words)
    assert sentence[finding.start : finding.end] == finding.text
    assert finding.message.endswith(".")
    assert finding.suggestion


def test_every_phrase_is_held_by_a_sentence() -> None:
    """No pattern without a sentence that it flags: by rule and detail."""
    shown = {(f.rule, f.detail) for _, _, line in FLAGGED for f in found(unmarked(line)[0])}
    assert {(phrase.rule, phrase.detail) for phrase in phrases().phrase} <= shown


def test_places_are_those_of_the_letter_as_typed() -> None:
    """Line ends, several blanks, emphasis marks and typographic apostrophes shift nothing."""
    text = "The device is  really life-\nsaving, and I\ncan’t go   on. It is **proven** therapy."
    assert [text[f.start : f.end] for f in found(text)] == [
        "life-\nsaving",
        "can’t go   on",
        "proven** therapy",
    ]


def test_each_sentence_stands_alone() -> None:
    """A "but" or a "not" of the sentence before excuses nothing."""
    findings = found("I do not complain. You are lying. The plan says so. The pump is proven.")
    assert [f.text for f in findings] == ["You are lying", "proven"]


def test_a_report_of_the_plan_ends_with_but() -> None:
    """Whose words they are changes in mid-sentence."""
    (finding,) = found("Your letter says that tablets always suffice, but the pump is proven.")
    assert finding.text == "proven"


def test_longer_words_win_and_rules_do_not_shadow_each_other() -> None:
    """One finding per rule and run of words; two rules may both speak."""
    findings = found("There is absolutely no doubt that she will die.")
    assert [(f.rule, f.text) for f in findings] == [
        ("absolute", "There is absolutely no doubt that"),
        ("prediction", "die"),
        ("emotional", "die"),
    ]
    for finding in findings:
        same = [f for f in findings if f.rule == finding.rule and f is not finding]
        assert not any(f.start < finding.end and finding.start < f.end for f in same)
