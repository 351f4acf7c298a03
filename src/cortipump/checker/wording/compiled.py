"""The phrases of `knowledge.phrases` ready to search with."""

import re
from collections import Counter
from functools import cache
from typing import Final

from msgspec import Struct

from cortipump.checker.wording.needed import needed_by
from cortipump.knowledge.phrases import ContextName, Phrase, phrases

# Place of a phrase in the file, and of a pattern in it.
_Number = tuple[int, int]
_GRAM: Final = 3
# Up to three words further, in the same clause.
_NEAR: Final = r" (?:(?!(?:and|but|or|because|since|so) )[\w’/-]+ ){0,3}$"


class Edge(Struct, frozen=True):
    """A context ready to search with."""

    before: tuple[re.Pattern[str], ...]
    after: tuple[re.Pattern[str], ...]
    until: re.Pattern[str] | None


class Search(Struct, frozen=True):
    """A phrase ready to search with; all that must not hold is in ``unless...`` and ``edges``."""

    phrase: Phrase
    inside: re.Pattern[str] | None
    unless: tuple[re.Pattern[str], ...]
    unless_before: tuple[re.Pattern[str], ...]
    unless_after: tuple[re.Pattern[str], ...]
    edges: tuple[Edge, ...]


@cache
def search(place: int) -> Search:
    """The phrase of that place; compiled when first needed, since most letters need few."""
    phrase = phrases().phrase[place]
    return Search(
        phrase=phrase,
        inside=_whole(phrase.inside) if phrase.inside else None,
        unless=tuple(map(_whole, phrase.unless)),
        unless_before=tuple(_whole(one, r"\s*$") for one in phrase.unless_before),
        unless_after=tuple(re.compile(rf"\s*(?:{one})(?!\w)") for one in phrase.unless_after),
        edges=tuple(map(_edge, phrase.contexts)),
    )


@cache
def _pattern(place: int, number: int) -> re.Pattern[str]:
    return _whole(phrases().phrase[place].patterns[number])


class Candidates(Struct, frozen=True):
    """Which patterns can match at all in a sentence, by strings that they cannot do without.

    Attributes
    ----------
    by_gram
        By three characters of a needed string: the string, the place of its phrase, and that of
        the pattern in it.
    short
        As before, for strings shorter than that.
    always
        Patterns of which nothing is known.
    """

    by_gram: dict[str, list[tuple[str, _Number]]]
    short: tuple[tuple[str, _Number], ...]
    always: frozenset[_Number]

    def of(self, text: str) -> dict[int, list[re.Pattern[str]]]:
        """By place of the search, its patterns worth trying on a text in lower case."""
        numbers = set(self.always)
        numbers.update(number for string, number in self.short if string in text)
        grams = {text[place : place + _GRAM] for place in range(len(text) - _GRAM + 1)}
        for gram in grams & self.by_gram.keys():
            numbers.update(number for string, number in self.by_gram[gram] if string in text)
        found: dict[int, list[re.Pattern[str]]] = {}
        for place, number in sorted(numbers):
            found.setdefault(place, []).append(_pattern(place, number))
        return found


@cache
def candidates() -> Candidates:
    """Of every pattern the strings that it needs, once."""
    needed = {
        (place, number): needed_by(pattern)
        for place, phrase in enumerate(phrases().phrase)
        for number, pattern in enumerate(phrase.patterns)
    }
    strings = [(one, number) for number, held in needed.items() for one in held or ()]
    often = Counter(gram for one, _ in strings for gram in _grams(one))
    by_gram: dict[str, list[tuple[str, _Number]]] = {}
    for one, number in strings:
        if len(one) >= _GRAM:
            rarest = min(_grams(one), key=lambda gram: often[gram])
            by_gram.setdefault(rarest, []).append((one, number))
    return Candidates(
        by_gram,
        tuple(pair for pair in strings if len(pair[0]) < _GRAM),
        frozenset(number for number, held in needed.items() if held is None),
    )


def _grams(string: str) -> list[str]:
    return [string[place : place + _GRAM] for place in range(len(string) - _GRAM + 1)]


@cache
def plan_columns() -> re.Pattern[str]:
    """Headings of the columns of a table that hold the plan's words."""
    return re.compile(phrases().plan_columns, re.IGNORECASE)


@cache
def lists_of_sources() -> re.Pattern[str]:
    """Headings under which titles and papers are listed, not claims."""
    return re.compile(phrases().lists_of_sources, re.IGNORECASE)


def _whole(pattern: str, tail: str = "") -> re.Pattern[str]:
    """A pattern that starts and ends with its words; ``’ll`` starts inside one."""
    return re.compile(rf"(?:(?<!\w)|(?=’))(?:{pattern})(?!\w){tail}")


@cache
def _edge(name: ContextName) -> Edge:
    context = phrases().context[name]
    return Edge(
        before=tuple(_whole(one, _NEAR if context.near else "") for one in context.before),
        after=tuple(map(_whole, context.after)),
        until=re.compile(rf"\b(?:{context.until})\b|;") if context.until else None,
    )
