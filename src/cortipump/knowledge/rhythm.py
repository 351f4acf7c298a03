"""What is published of the healthy day of cortisol, read once: every number with its source."""

import tomllib
from functools import cache
from typing import Any, Final

from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.models import Grade
from cortipump.knowledge.tables import shaped, text_of

_FILE: Final = "rhythm.toml"
_WHERE: Final = f"knowledge/data/{_FILE}"
_HOURS: Final = 24


class Anchor(Struct, frozen=True, forbid_unknown_fields=True):
    """One published number, in the unit of its name."""

    value: float
    source: str
    grade: Grade
    note: str = ""


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """Free cortisol of each clock hour, relative to the person's own mean of the day."""

    source: str
    grade: Grade
    n_people: int
    relative_free: tuple[float, ...]


class Secretion(Struct, frozen=True, forbid_unknown_fields=True):
    """Shares of the day's secretion between clock hours, by deconvolution.

    Attributes
    ----------
    starts_h, shares
        Each share is of the time from its hour to the next in the list, around midnight.
    """

    source: str
    grade: Grade
    n_people: int
    half_life_min: float
    mg_per_m2: float
    mg_per_m2_low: float
    mg_per_m2_high: float
    starts_h: tuple[int, ...]
    shares: tuple[float, ...]


class Rhythm(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    source: dict[str, str]
    anchors: dict[str, Anchor]
    shape: Shape
    secretion: Secretion


def decode(data: dict[str, Any]) -> Rhythm:
    """The content of such a file, checked.

    Raises
    ------
    KnowledgeError
        K001 for an unknown source, a missing hour or shares that do not make a day.
    """
    read = shaped(data, Rhythm, _WHERE)
    named = {a.source for a in read.anchors.values()} | {read.shape.source, read.secretion.source}
    unknown = sorted(named - set(read.source))
    if unknown:
        raise _refuse(f"the unknown source {unknown[0]!r} is named")
    if len(read.shape.relative_free) != _HOURS or min(read.shape.relative_free) <= 0:
        raise _refuse("shape.relative_free needs 24 positive numbers, hours 00 to 23")
    if abs(sum(read.secretion.shares) - 1) > 1e-9:
        raise _refuse("the shares of secretion do not add up to the day")
    return read


def _refuse(what: str) -> KnowledgeError:
    return KnowledgeError(what, where=_WHERE)


@cache
def rhythm() -> Rhythm:
    """The healthy day as published.

    Raises
    ------
    KnowledgeError
        K001 if the file lacks or contradicts something.
    """
    return decode(tomllib.loads(text_of(_FILE)))
