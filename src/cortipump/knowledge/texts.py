"""Cited sentences, studies and rights for documents: read once, never altered, always whole."""

from functools import cache
from typing import TypeVar

from msgspec import Struct

from cortipump.knowledge.tables import toml_of

T = TypeVar("T")


class Cited(Struct, frozen=True):
    """A sentence and its source."""

    text: str
    source: str


class Study(Struct, frozen=True):
    """A study, review or guideline position on pumps for hydrocortisone.

    ``direction``: which way it points, ``for``, ``none``, ``mixed`` or ``against``.
    """

    id: str
    cite: str
    source: str
    design: str
    people: str
    length: str
    outcome: str
    limit: str
    direction: str


class Rule(Struct, frozen=True):
    """A rule by kind of plan: how it is cited for each kind that it binds, and in which copy."""

    authority: dict[str, str]
    read: str


class Right(Struct, frozen=True):
    """A request of procedure.

    Attributes
    ----------
    authority
        Kind of plan to the rule that backs the request. A kind without an entry: none named.
    wish
        What is asked beyond the rule's words. Empty: nothing.
    external
        Whether it is made of an independent reviewer, not of the plan.
    """

    id: str
    ask: str
    read: str
    authority: dict[str, str] = {}
    wish: str = ""
    external: bool = False


class NextLevel(Struct, frozen=True):
    """What follows when an appeal of one of the levels is lost, by kind of plan."""

    levels: tuple[str, ...]
    text: str
    authority: dict[str, str]
    read: str


class _Section(Struct, frozen=True):
    sentence: tuple[Cited, ...]
    title: str = ""


class _Texts(Struct, frozen=True):
    checked: str
    disclosure: _Section
    emergency: _Section
    evidence_summary: _Section
    right: tuple[Right, ...]
    urgent: Rule
    next_level: tuple[NextLevel, ...]
    one_level: Rule


class _Studies(Struct, frozen=True):
    checked: str
    study: tuple[Study, ...]


@cache
def texts() -> _Texts:
    """Every sentence that documents quote."""
    return toml_of("texts.toml", _Texts)


@cache
def studies() -> tuple[Study, ...]:
    """The whole table of studies and positions (SAFETY S6: nothing can be left out of it)."""
    return toml_of("studies.toml", _Studies).study
