"""The quick look before the patterns: it may let too much through, never too little."""

import re
import tomllib
from pathlib import Path

import pytest

from cortipump.checker.wording.compiled import candidates
from cortipump.checker.wording.needed import needed_by
from cortipump.checker.wording.normal import normal
from cortipump.knowledge.phrases import phrases

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("beg", {"beg"}),
        ("begs?", {"beg", "begs"}),
        ("(?:beg|plead) you", {"beg you", "plead you"}),
        ("(?P<at>sue) (?:you|them)", {"sue you", "sue them"}),
        (r"will \w+ die", {"will "}),
        (r"(?:no |my )*hopeless", {"hopeless"}),
        (r"a (?!dog)cat", {"a cat"}),
        (r"organi[sz]e", {"organise", "organize"}),
        (r"[a-z]+ness", {"ness"}),
        (r"(?:or){2,3}gan", {"gan"}),
        (r"(?i:NOW)", None),
        (r"\w+", None),
        ("(?:beg)?", None),
        ("beg|.*", None),
        ("PLEASE", {"please"}),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, needed: set[str] | None) -> None:
    """By hand: one of these stands in whatever the pattern matches."""
    assert needed_by(pattern) == needed


def _sentences() -> list[str]:
    lines = []
    for name in ("wording_flagged.toml", "wording_fine.toml"):
        for table in tomllib.loads((HERE / name).read_text("utf-8")).values():
            lines += table["sentences"].strip().splitlines()
    return [line.replace("[", "").replace("]", "") for line in lines]


def test_the_quick_look_loses_nothing() -> None:
    """Whatever matches in any sentence of the tests is among the candidates."""
    compiled = [
        (place, re.compile(rf"(?:(?<!\w)|(?=’))(?:{pattern})(?!\w)"), phrase.cased)
        for place, phrase in enumerate(phrases().phrase)
        for pattern in phrase.patterns
    ]
    for sentence in _sentences()[::6]:
        words = normal(sentence, 0, len(sentence))
        found = candidates().of(words.text)
        tried = {(place, pattern.pattern) for place in found for pattern in found[place]}
        for place, pattern, is_cased in compiled:
            if pattern.search(words.cased if is_cased else words.text):
                assert (place, pattern.pattern) in tried, sentence


def test_the_quick_look_leaves_little_to_try() -> None:
    """A plain sentence is held against a few of the hundreds of patterns, not all."""
    text = "the supplier will ship the sets when the authorization arrives."
    assert sum(map(len, candidates().of(text).values())) <= 40
    assert candidates().always == frozenset()
