"""How much two records of a visit agree in time and place, and the reason in words.

Which pairs are compared, and what follows, is `record.duplicates`.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from msgspec import Struct

from cortipump.record.facts import Visit
from cortipump.record.spells import Spell

# How much two records agree in time, best last; zero is two visits. A better match is preferred.
APART, VAGUE, SAME_VAGUE, NEAR, DAY, OVERLAP, IDENTICAL = range(1, 8)

# Words that every second hospital's name holds: agreeing on them says nothing.
_COMMON_WORDS: Final = frozenset({
    "and", "at", "center", "centre", "clinic", "dept", "department", "emergency", "er", "ed",
    "for", "general", "health", "healthcare", "hospital", "inc", "llc", "ltd", "medical", "of",
    "regional", "saint", "st", "system", "the", "university",
})  # fmt: skip


class Row(Struct, gc=False, eq=False):
    """A visit as the comparison needs it.

    ``age`` is its place from oldest to newest, ``place`` that by its own content alone.
    """

    id: str
    visit: Visit
    spell: Spell
    kind: str
    source: str
    name: str
    at: str
    age: int
    bill: bool
    utc: bool
    place: int = 0


@lru_cache(maxsize=4096)
def _facility_words(name: str) -> frozenset[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    words = frozenset(plain.split())
    return words - _COMMON_WORDS or words


def facilities_agree(one: Row, other: Row) -> bool | None:
    """Whether the names share a telling word. None when either has no name."""
    left, right = _facility_words(one.visit.facility), _facility_words(other.visit.facility)
    return not left.isdisjoint(right) if left and right else None


def _follows(one: Spell, other: Spell) -> bool:
    """Whether one ends on the very day the other starts: a transfer, not a second record."""
    early, late = (one, other) if one.first < other.first else (other, one)
    return early.first < late.first == early.last < late.last


def _clocks_overlap(one: Spell, other: Spell) -> bool | None:
    """Whether the clock times overlap. None when either has no clock."""
    mine, theirs = one.clock, other.clock
    if mine is None or theirs is None:
        return None
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


def _off_by_one(one: Row, other: Row) -> bool:
    """Whether a day's difference can come from dating an instant in UTC."""
    gap = max(one.spell.first - other.spell.last, other.spell.first - one.spell.last)
    dated = (one.spell.begins is None and other.utc) or (other.spell.begins is None and one.utc)
    return gap == 1 and dated and one.spell.exact and other.spell.exact


def closeness(one: Row, other: Row) -> int:
    """How much two records of compatible kinds agree in time and place; 0: two visits."""
    mine, theirs = one.spell, other.spell
    # A bill and a visit record are never two visits of one source: they say different things.
    same_source = one.source == other.source and one.bill == other.bill
    if mine.first > theirs.last or theirs.first > mine.last:
        return NEAR if not same_source and _off_by_one(one, other) else 0
    if same_source and facilities_agree(one, other) is False:
        return 0
    if not (mine.exact and theirs.exact):
        return SAME_VAGUE if mine == theirs else 0 if same_source else VAGUE
    if mine == theirs:
        return IDENTICAL
    if _follows(mine, theirs):
        return 0
    # Clock times of bills are mostly made up (midnight): their days count.
    clocks = _clocks_overlap(mine, theirs) if one.bill == other.bill else None
    if same_source and (clocks is False or one.kind == other.kind == "inpatient"):
        return 0
    if clocks is False:
        return 0 if facilities_agree(one, other) is False else APART
    return OVERLAP if clocks else DAY


def _times(row: Row) -> str:
    start, end = row.visit.start, row.visit.end
    printed = [moment.printed for moment in (start, end) if moment is not None]
    return " to ".join(dict.fromkeys(printed))


def _days(row: Row) -> str:
    first, last = date.fromordinal(row.spell.first), date.fromordinal(row.spell.last)
    return str(first) if first == last else f"{first} to {last}"


def reason_for(older: Row, newer: Row) -> str:
    """What agrees and what differs between two records, in words."""
    agree: list[str] = []
    differ: list[str] = []

    def compare(what: str, left: str, right: str, *, same: bool) -> None:
        (agree if same else differ).append(
            f"{what} ({left})" if same else f"{what} ({left} / {right})"
        )

    compare("kind", older.kind, newer.kind, same=older.kind == newer.kind)
    mine, theirs = older.spell, newer.spell
    same_days = (mine.first, mine.last) == (theirs.first, theirs.last)
    compare("days", _days(older), _days(newer), same=same_days)
    if mine.begins is not None or theirs.begins is not None or not (mine.exact and theirs.exact):
        same_times = mine == theirs
        compare("times as printed", _times(older), _times(newer), same=same_times)
    place = facilities_agree(older, newer)
    if place is not None:
        compare("facility", older.visit.facility, newer.visit.facility, same=place)
    same_source = older.source == newer.source
    compare("source", older.name, newer.name, same=same_source)
    return "; ".join(
        f"{label}: {', '.join(items)}"
        for label, items in (("agree", agree), ("differ", differ))
        if items
    )
