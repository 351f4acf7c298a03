"""Words of the world that a letter may repeat: cited sentences, and the table of studies."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

import msgspec

from cortipump.knowledge.texts import studies, texts
from cortipump.knowledge.wordings import caveat_wordings, definition_wordings

_BLANKS: Final = re.compile(r"[\s|*_>“”\"-]+")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SHORTEST: Final = 12
_WORDS, _FEWEST = 4, 2


def is_cited(words: str) -> bool:
    """Whether a sentence is, word for word, one that the package cites from a source."""
    plain = _plain(words)
    return len(plain) >= _SHORTEST and plain in _corpus()


def stands_in_a_source(text: str, start: int, end: int) -> bool:
    """Whether a figure stands between words that a cited source has around it too.

    Parameters
    ----------
    text
        The sentence or the row; offsets are in it.
    """
    before, figure, after = text[:start].split(), text[start:end], text[end:].split()
    around: tuple[tuple[list[str], list[str]], ...] = (
        (before[-_WORDS:], after[:_WORDS]),
        *((before[-n:], []) for n in (_WORDS, _WORDS - 1)),
        *(([], after[:n]) for n in (_WORDS, _WORDS - 1)),
    )
    for left, right in around:
        if len(left) + len(right) >= _FEWEST:
            words = " ".join([*left, figure, *right])
            if _plain(words) in _corpus():
                return True
    return False


@cache
def study_numbers() -> frozenset[Decimal]:
    """Every number in the table of studies and positions."""
    strings = _strings(msgspec.to_builtins(list(studies())))
    found = (match[0] for text in strings for match in _NUMBER.finditer(text))
    return frozenset(Decimal(number) for number in found)


def _plain(words: str) -> str:
    return _BLANKS.sub(" ", words).strip().lower()


@cache
def _corpus() -> str:
    """Every cited sentence, in one text."""
    return " \n ".join(_plain(text) for text in _sentences())


def _sentences() -> Iterator[str]:
    yield from _strings(msgspec.to_builtins(texts()))
    for study in studies():
        yield from _strings(msgspec.to_builtins(study))
    yield from (wording.text for wording in caveat_wordings().values())
    yield from (definition.text for definition in definition_wordings())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
