"""The words by which letters say what a figure is about: read once, as compiled patterns."""

import re
import tomllib
from functools import cache
from typing import Final, Literal

import msgspec
from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import text_of

# What a letter counts.
Measure = Literal[
    "emergency", "inpatient", "observation", "urgent-care", "hospital", "visit", "crisis", "nights",
    "hospital-days", "injection", "work", "office", "call", "score", "lab", "denial", "claim",
    "letter", "regimen", "diagnosis", "procedure",
]  # fmt: skip

# Between a number and its noun; and a word there, which must not lead to another phrase.
_BEHIND: Final = r"(?:\s|-|–|\)\s|)(?!\s)"
_WORD: Final = (
    r"(?!(?:for|of|in|on|to|from|at|the|and|or|with|by|after|before|since|until|without|no|per)\b)"
    r"\w+[- ]"
)


class _Cues(Struct, frozen=True, forbid_unknown_fields=True):
    topic: dict[str, list[str]]
    kind: dict[str, list[str]]
    when: dict[str, list[str]]
    role: dict[str, list[str]]
    counted: dict[Measure, str]
    analyte: dict[str, list[str]]


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
    counted
        What a number counts, by the words right behind it.
    analyte
        What a laboratory value or a measurement is of, such as ``sodium``; the first one counts
        where two are named at one place.
    """

    topic: dict[str, re.Pattern[str]]
    kind: dict[str, re.Pattern[str]]
    when: dict[str, re.Pattern[str]]
    role: dict[str, re.Pattern[str]]
    counted: dict[Measure, re.Pattern[str]]
    analyte: dict[str, re.Pattern[str]]


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
        return CuePatterns(
            topic=_compiled(cues.topic), kind=_compiled(cues.kind), when=_compiled(cues.when),
            role=_compiled(cues.role), counted=_of_nouns(cues.counted),
            analyte=_compiled(cues.analyte),
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as cause:
        raise KnowledgeError(f"the data file cues.toml is damaged: {cause}") from cause


def _compiled(family: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{_spaced(p)})" for p in patterns), re.IGNORECASE)
        for name, patterns in family.items()
    }


def _of_nouns(counted: dict[Measure, str]) -> dict[Measure, re.Pattern[str]]:
    return {
        name: re.compile(_BEHIND + pattern.replace("{W}", _WORD), re.IGNORECASE)
        for name, pattern in counted.items()
    }


def _spaced(pattern: str) -> str:
    """A blank of a pattern stands for any white space: letters break their lines anywhere."""
    outside = re.split(r"(\[[^\]]*\])", pattern)
    return "".join(p if p.startswith("[") else p.replace(" ", r"\s+") for p in outside)
