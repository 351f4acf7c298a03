"""The file of phrases: its shape, its words, and what happens when it is damaged."""

import re
from collections.abc import Iterator

import pytest

from cortipump.errors import KnowledgeError
from cortipump.knowledge import tables
from cortipump.knowledge.phrases import phrases

GOOD = """
checked = "2026-11-24"
plan_columns = "policy"
lists_of_sources = "references"
[words]
pump = "pump|device"
[context.denied]
reason = "Denied."
before = ["not"]
[[phrase]]
id = "a"
rule = "absolute"
detail = "proven"
patterns = ['''the <pump>|
  it''']
contexts = ["denied"]
reason = "Why."
"""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    phrases.cache_clear()
    yield
    phrases.cache_clear()


def test_each_phrase_says_why_in_one_plain_sentence() -> None:
    """A tired person reads the reason; no jargon, no second sentence."""
    for phrase in phrases().phrase:
        assert re.fullmatch(r"[^.!?]+\.", phrase.reason.replace('"', "")), phrase.id
        assert len(phrase.reason) <= 120, phrase.id


def test_each_phrase_offers_something_to_write_instead() -> None:
    """With the person's figures only where the plain version stands too."""
    for phrase in phrases().phrase:
        assert phrase.rewording, phrase.id
        assert "{" not in phrase.rewording, phrase.id
        if phrase.rewording_with_figures:
            assert re.search(r"\{[a-z_]+\}", phrase.rewording_with_figures), phrase.id


def test_details_are_stable_names() -> None:
    """Programs read them: small letters and hyphens."""
    for phrase in phrases().phrase:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", phrase.detail), phrase.id


def test_the_rewordings_would_pass_the_checker() -> None:
    """Advice must not itself threaten, promise or plead."""
    for phrase in phrases().phrase:
        words = phrase.rewording + phrase.rewording_with_figures
        assert not re.search(r"guarante|proven|!|lawyer|never|always", words), phrase.id


def test_no_list_of_words_is_left_unnamed() -> None:
    """Every <name> is written out before anybody searches."""
    for phrase in phrases().phrase:
        for pattern in (*phrase.patterns, *phrase.unless, *phrase.unless_before):
            assert not re.search(r"(?<!\?P)(?<!\?)<[a-z]", pattern), phrase.id
            assert "\n" not in pattern, phrase.id
            re.compile(pattern)


def test_line_breaks_and_names_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long pattern may be wrapped; a list of words stands for its alternatives."""
    monkeypatch.setattr(tables, "text_of", lambda _: GOOD)
    assert phrases().phrase[0].patterns == ("the (?:pump|device)|it",)


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("<pump>", "<tablet>", "<tablet>"),
        ('rule = "absolute"', 'rule = "rude"', "rude"),
        ('contexts = ["denied"]', 'contexts = ["plan"]', "plan"),
        ('id = "a"', 'id = ""\nid = "a"', "damaged"),
        ('reason = "Why."', 'colour = "red"', "damaged"),
    ],
)
def test_a_damaged_file_is_named(
    monkeypatch: pytest.MonkeyPatch, good: str, bad: str, said: str
) -> None:
    """Never a guess about what a pattern may have meant."""
    monkeypatch.setattr(tables, "text_of", lambda _: GOOD.replace(good, bad))
    with pytest.raises(KnowledgeError, match=re.escape(said)) as caught:
        phrases()
    assert "wording.toml" in caught.value.what


def test_an_id_given_twice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two phrases under one name could not be told apart."""
    twice = GOOD + GOOD[GOOD.index("[[phrase]]") :]
    monkeypatch.setattr(tables, "text_of", lambda _: twice)
    with pytest.raises(KnowledgeError, match="ids given twice"):
        phrases()
