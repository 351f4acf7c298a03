"""How a sentence is born: words, and values that each carry their derivation down to facts.

A `Statement` is a run of plain words and `Value`s. Plain words may hold no digit: a number that is
not a `Value` never reaches a page (SAFETY S5). Layout is not this module's business.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from cortipump.errors import UntracedNumber

How = Literal["quote", "count", "sum", "difference", "ratio", "date", "rule", "cited"]

_DIGIT = re.compile(r"\d")


class Value(Struct, frozen=True):
    """Text that states a fact, and where it comes from.

    Attributes
    ----------
    text
        As it will be read, such as ``$1,580.00`` or ``7``.
    how
        ``quote``: stands in the fact. ``count``, ``sum``, ``difference``, ``ratio``: computed from
        the facts. ``date``: a date of a fact. ``rule``: given by a method or by the person who
        asked (window length, confidence level). ``cited``: stands in a published source.
    facts
        Ids of every fact it rests on. Empty only for ``rule``, for ``cited``, and for a count of
        nothing: that is ``0``, and the note says where nothing was found.
    note
        What was done: the field quoted, the method, the citation.
    """

    text: str
    how: How
    facts: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        traced = bool(self.facts) or (self.how in {"rule", "cited"} and bool(self.note))
        empty_count = self.how == "count" and self.text == "0" and bool(self.note)
        if not traced and not empty_count:
            raise UntracedNumber(
                f"{self.text!r} has no derivation",
                do="this is a fault of cortipump: please report it with the command you gave",
            )


Part = str | Value


class Statement(Struct, frozen=True):
    """One sentence or table cell.

    Attributes
    ----------
    kind
        What it states, such as ``visit-row`` or ``denial-quote``: stable, for `claims.json`.
    parts
        Words and values in reading order.
    """

    kind: str
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        for part in self.parts:
            if isinstance(part, str) and _DIGIT.search(part):
                raise UntracedNumber(
                    f"a number stands in plain words: {part!r}",
                    do="this is a fault of cortipump: please report it with the command you gave",
                )

    @property
    def text(self) -> str:
        """The sentence as it will be read."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def values(self) -> Iterator[Value]:
        """Its values in order."""
        return (part for part in self.parts if isinstance(part, Value))

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Every fact it rests on, in order, each once."""
        return tuple(dict.fromkeys(fact for value in self.values for fact in value.facts))


def say(kind: str, *parts: Part) -> Statement:
    """A statement from its parts."""
    return Statement(kind, parts)
