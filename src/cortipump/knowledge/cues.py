"""The words by which letters say what a figure is about: read once, as compiled patterns."""

import re
import tomllib
from functools import cache

import msgspec
from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import text_of


class _Cues(Struct, frozen=True, forbid_unknown_fields=True):
    topic: dict[str, list[str]]
    kind: dict[str, list[str]]
    when: dict[str, list[str]]
    role: dict[str, list[str]]


class CuePatterns(Struct, frozen=True):
    """Name to pattern, for each family of words.

    Attributes
    ----------
    topic
        Kinds of events and records, such as ``emergency``.
    kind
        Kinds of amounts: billed, allowed, paid, patient.
    when
        Times and contexts, such as ``before`` or ``study``.
    role
        What a figure is in its sentence, such as ``total``.
    """

    topic: dict[str, re.Pattern[str]]
    kind: dict[str, re.Pattern[str]]
    when: dict[str, re.Pattern[str]]
    role: dict[str, re.Pattern[str]]


@cache
def cue_patterns() -> CuePatterns:
    """Every pattern of ``data/cues.toml``.

    Raises
    ------
    KnowledgeError
        K001 if the file is damaged.
    """
    try:
        cues = msgspec.convert(tomllib.loads(text_of("cues.toml")), _Cues)
        return CuePatterns(*map(_compiled, (cues.topic, cues.kind, cues.when, cues.role)))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as cause:
        raise KnowledgeError(f"the data file cues.toml is damaged: {cause}") from cause


def _compiled(family: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{_spaced(p)})" for p in patterns), re.IGNORECASE)
        for name, patterns in family.items()
    }


def _spaced(pattern: str) -> str:
    """A blank of a pattern stands for any white space: letters break their lines anywhere."""
    outside = re.split(r"(\[[^\]]*\])", pattern)
    return "".join(p if p.startswith("[") else p.replace(" ", r"\s+") for p in outside)
