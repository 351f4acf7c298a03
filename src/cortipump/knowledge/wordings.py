"""The words of what evidence always says: its caveats and its definitions, read once.

When a caveat applies is decided in `evidence.caveats`; only its words are here.
"""

import tomllib
from functools import cache

import msgspec
from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import text_of


class CaveatWording(Struct, frozen=True, forbid_unknown_fields=True):
    """One caveat in words.

    Attributes
    ----------
    text
        Plain words; ``{name}`` marks what the record fills in.
    source
        Where the reason for it can be read.
    always
        True for those that every before/after table carries (SAFETY S7).
    """

    id: str
    text: str
    source: str
    always: bool = False


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """What is counted as what, in one sentence.

    Attributes
    ----------
    only
        ``run-in``: stands only where the comparison has a run-in. Empty: always.
    """

    id: str
    text: str
    only: str = ""


class _Caveats(Struct, frozen=True, forbid_unknown_fields=True):
    caveat: tuple[CaveatWording, ...]


class _Definitions(Struct, frozen=True, forbid_unknown_fields=True):
    definition: tuple[Definition, ...]


@cache
def caveat_wordings() -> dict[str, CaveatWording]:
    """Every caveat by its id, in the order of the file."""
    file = msgspec.convert(tomllib.loads(text_of("caveats.toml")), _Caveats)
    return {wording.id: wording for wording in file.caveat}


@cache
def definition_wordings() -> tuple[Definition, ...]:
    """Every definition in its order."""
    return msgspec.convert(tomllib.loads(text_of("definitions.toml")), _Definitions).definition


def caveat_wording(caveat_id: str) -> CaveatWording:
    """The words of one caveat.

    Raises
    ------
    KnowledgeError
        K001 if there is none of that id.
    """
    found = caveat_wordings().get(caveat_id)
    if found is None:
        raise KnowledgeError(
            f"there is no caveat named {caveat_id!r}", where="knowledge/data/caveats.toml"
        )
    return found
