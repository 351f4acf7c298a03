"""The phrases of `knowledge.phrases` ready to search with."""

import re
from functools import cache
from typing import Final

from msgspec import Struct

from cortipump.knowledge.phrases import Context, Phrase, phrases

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
    patterns: tuple[re.Pattern[str], ...]
    inside: re.Pattern[str] | None
    unless: tuple[re.Pattern[str], ...]
    unless_before: tuple[re.Pattern[str], ...]
    unless_after: tuple[re.Pattern[str], ...]
    edges: tuple[Edge, ...]


@cache
def searches() -> tuple[Search, ...]:
    """Every phrase, compiled once."""
    read = phrases()
    edges = {name: _edge(context) for name, context in read.context.items()}
    return tuple(
        Search(
            phrase=phrase,
            patterns=tuple(map(_whole, phrase.patterns)),
            inside=_whole(phrase.inside) if phrase.inside else None,
            unless=tuple(map(_whole, phrase.unless)),
            unless_before=tuple(_whole(one, r"\s*$") for one in phrase.unless_before),
            unless_after=tuple(re.compile(rf"\s*(?:{one})(?!\w)") for one in phrase.unless_after),
            edges=tuple(edges[name] for name in phrase.contexts),
        )
        for phrase in read.phrase
    )


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


def _edge(context: Context) -> Edge:
    return Edge(
        before=tuple(_whole(one, _NEAR if context.near else "") for one in context.before),
        after=tuple(map(_whole, context.after)),
        until=re.compile(rf"\b(?:{context.until})\b|;") if context.until else None,
    )
