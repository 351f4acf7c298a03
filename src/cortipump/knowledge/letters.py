"""What a letter of each kind needs and how that is recognised: read once, compiled once.

Whether a letter has it is decided in `checker.elements`; only words and patterns are here.
"""

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import toml_of

LetterKind = Literal[
    "appeal",
    "necessity",
    "doctor",
    "employer",
    "manufacturer",
    "coverage-inquiry",
    "evidence",
    "other",
]
Where = Literal[
    "sentence", "pair", "body", "title", "addressee", "opening", "end", "letter", "quote"
]
_MACRO = re.compile(r"<([a-z][a-z-]*)>")
_FILE = "elements.toml"


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which something is recognised.

    Attributes
    ----------
    all, unless
        Patterns that are all found, and patterns of which none is.
    where
        Where they are looked for, see the head of the data file.
    own
        Only in words that are neither quoted nor said to be the plan's.
    """

    all: tuple[str, ...]
    unless: tuple[str, ...] = ()
    where: Where = "sentence"
    own: bool = False


class Sign(Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for a kind. Without a ``strong`` sign a letter is never of the kind."""

    kind: LetterKind
    weight: int
    ways: tuple[Way, ...]
    strong: bool = False


class Element(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Something without which a letter fails.

    Attributes
    ----------
    who
        Who can supply it.
    like
        Id of an element whose ways count too. Empty: none.
    finder
        ``name``: a signature counts as well. ``signature``: one is needed, and one of the ways
        where there are any.
    only_if
        It is needed only where one of these is found. Empty: always.
    placed
        It is said where ``only_if`` was found, not for the whole letter.
    """

    id: str
    kinds: tuple[LetterKind, ...]
    name: str
    why: str
    suggestion: str
    who: Literal["person", "doctor"]
    source: str
    ways: tuple[Way, ...] = ()
    like: str = ""
    finder: Literal["", "name", "signature"] = ""
    only_if: tuple[Way, ...] = ()
    placed: bool = False


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """How studies are cited, and how it is said that they are not all in favour (SAFETY S6)."""

    name: str
    why: str
    suggestion: str
    source: str
    cites: tuple[Way, ...]
    balance: tuple[Way, ...]


class OffLabel(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How a letter asks for the pump, says that it is off-label, or says that it is not (S8).

    Attributes
    ----------
    acknowledges
        What makes the plan's own "off-label" the letter's: agreeing to it, or answering it.
    claims, claims_unless
        Patterns of the claim that a pump is approved for hydrocortisone, and what before or in
        their words undoes it.
    """

    name: str
    why: str
    suggestion: str
    claims_why: str
    claims_suggestion: str
    source: str
    asks: tuple[Way, ...]
    disclosed: tuple[Way, ...]
    acknowledges: str
    claims: tuple[str, ...]
    claims_unless: str


class Letters(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The whole data file.

    Attributes
    ----------
    title_line
        What makes a short line above the letter its title.
    says, says_until
        Where the plan's words begin in a sentence, and where they end.
    """

    checked: str
    title_line: str
    says: str
    says_until: str
    macros: dict[str, str]
    sign: tuple[Sign, ...]
    element: tuple[Element, ...]
    evidence: Evidence
    off_label: OffLabel


@cache
def letters() -> Letters:
    """Signs of the kinds, the elements, and how evidence and off-label use are spoken of.

    Raises
    ------
    KnowledgeError
        K001 if the data file is damaged.
    """
    return toml_of(_FILE, Letters)


@cache
def pattern(written: str) -> re.Pattern[str]:
    """A pattern of the data file, ready to search: macros filled in, a blank for any white space.

    Raises
    ------
    KnowledgeError
        K001 if it is no regular expression or names an unknown macro.
    """
    try:
        return re.compile(_spaced(_filled(written)), re.IGNORECASE)
    except (re.error, KeyError) as cause:
        raise KnowledgeError(f"the data file {_FILE} has a damaged pattern: {cause}") from cause


def _filled(written: str) -> str:
    macros = letters().macros
    while _MACRO.search(written):
        written = _MACRO.sub(lambda match: macros[match[1]], written)
    return written


def _spaced(written: str) -> str:
    return written.replace(" ?", r"\s*").replace(" ", r"\s+")
