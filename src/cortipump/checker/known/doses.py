"""Doses that the records of a ledger state: of which drug, for what use, from when."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from cortipump.checker.known.printed import words_of
from cortipump.record.facts import Fact, Regimen, RescueInjection
from cortipump.record.timeline import Timeline

Use = Literal["daily", "once", ""]

# Ingredient to the names that letters and records give it.
_DRUGS: Final = {
    "fludrocortisone": r"fludro\w*|florinef|fluorohydrocortisone",
    "methylprednisolone": r"methyl-?pred\w*|solu-?medrol|medrol",
    "prednisolone": r"prednisolone?",
    "prednisone": r"prednisone?|deltasone|rayos",
    "dexamethasone": r"dexa(?:methasone)?|decadron",
    "hydrocortisone": r"hydrocort\w*|(?:solu-?)?cortef|plenadren|chronocort|efmody|alkindi"
    r"|khindivi|(?-i:\bHC\b)",
    "cortisone": r"cortisone",
}
_DRUG: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{names})" for name, names in _DRUGS.items()) + r")\b", re.I
)
_MG: Final = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*mg\b(?!\s*/\s*d?l\b)", re.I)
_DAILY_AFTER: Final = re.compile(
    r"\s*(?:/\s*(?:d|day|24\s?h)\b|(?:of\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:(?:a|per|each|every)\s+day\b|daily\b|in 24 hours))",
    re.I,
)
_DAILY_BEFORE: Final = re.compile(
    r"\b(?:daily|per day|a day)(?:\s+[\w-]+){0,3}?\s*(?:dose|total|requirement|amount|sum)?"
    r"(?:\s+(?:of|is|was|at|to|from|now))*\s*:?\s*$",
    re.I,
)
_GIVEN: Final = re.compile(
    r"\b(?:i\.?\s?[vm]\b|intra(?:venous|muscular)\w*|inject\w*|bolus|stress|emergency|given)", re.I
)
_DIGIT: Final = re.compile(r"\d")
_REACH: Final = 60


class StatedDose(Struct, frozen=True):
    """A dose in mg that a record states.

    Attributes
    ----------
    use
        ``daily``, ``once``, or empty where the words say neither.
    drug
        Its ingredient. Empty: the words name none.
    first, last
        The days of a regimen or of an injection. None: open, or not said.
    """

    amount: Decimal
    use: Use
    drug: str
    first: date | None
    last: date | None
    fact: str


def stated_doses(timeline: Timeline) -> Iterator[StatedDose]:
    """Every dose in mg of every standing fact: as a number, and in its words."""
    for fact in timeline:
        if not fact.superseded_by and not fact.body.void:
            yield from _of_fact(fact)


def _of_fact(fact: Fact) -> Iterator[StatedDose]:
    body, drug, once = fact.body, "", ""
    when = body.when
    first, last = (when.first_day, when.last_day) if when else (None, None)
    match body:
        case Regimen():
            drug, once = drug_of(body.drug or body.printed), "once"
            last = body.end.last_day if body.end else None
            if body.mg_per_day is not None:
                yield StatedDose(body.mg_per_day, "daily", drug, first, last, fact.id)
        case RescueInjection():
            drug, once = drug_of(body.drug), "once"
            if body.mg is not None:
                yield StatedDose(body.mg, "once", drug, first, last, fact.id)
    for text in words_of(fact):
        for match in _MG.finditer(text):
            use: Use = _use(text, *match.span()) or ("once" if once else "")
            near = drug or drug_near(text, *match.span())
            yield StatedDose(Decimal(match[1]), use, near, first, last, fact.id)


def _use(text: str, start: int, end: int) -> Use:
    if is_daily(text, start, end):
        return "daily"
    around = text[max(start - _REACH, 0) : end + _REACH]
    return "once" if _GIVEN.search(around) else ""


def drug_of(words: str) -> str:
    """The first ingredient that words name. Empty: none."""
    found = _DRUG.search(words)
    return found.lastgroup or "" if found else ""


def drug_near(text: str, start: int, end: int) -> str:
    """The ingredient named nearest to an amount, with no other figure between. Empty: none."""
    named = []
    for match in _DRUG.finditer(text, max(start - _REACH, 0), end + _REACH):
        low, high = (match.end(), start) if match.end() <= start else (end, match.start())
        if not _DIGIT.search(text, low, high):
            named.append((high - low, match.lastgroup or ""))
    return min(named)[1] if named else ""


def is_daily(text: str, start: int, end: int) -> bool:
    """Whether the words around an amount say that it is a day's."""
    before = text[max(start - _REACH, 0) : start]
    return bool(_DAILY_AFTER.match(text, end) or _DAILY_BEFORE.search(before))
