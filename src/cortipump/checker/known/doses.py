"""Doses that the records of a ledger state: of which drug, for what use, from when."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from cortipump.checker.known.printed import words_of
from cortipump.record.facts import Fact, Regimen, RescueInjection
from cortipump.record.timeline import Timeline

Use = Literal["daily", "once", ""]
Way = Literal["tablets", "pump", "injection", ""]

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
# Behind these a drug is that of the next amount: "30 mg/day, fludrocortisone 0.1 mg".
_ENDED: Final = re.compile(r"[,;:]\s|\.\s|\b(?:and|with|plus)\s", re.I)
_REACH: Final = 60
# "10 mg 07:00", "10 mg by mouth at 07:00", "5 mg at 5 pm".
_CLOCK: Final = re.compile(
    r"[^\d,;]{0,25}?\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|\s?(?=[ap]\.?m\b))"
    r"\s?(?P<half>[ap]\.?m\b)?",
    re.I,
)
_NOON: Final = 12
_WAYS: Final[dict[str, Way]] = {
    "pump": "pump", "oral": "tablets", "injection": "injection", "injections": "injection",
    "intramuscular": "injection", "intravenous": "injection", "i.m.": "injection",
    "i.v.": "injection",
}  # fmt: skip


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
    way
        How it is given. Empty: not said.
    clock
        Its minute of the day in a schedule. None: it has none.
    noted
        Whether only the words of a note state it, whose day is not the dose's.
    in_care
        Whether a hospital gave it.
    """

    amount: Decimal
    use: Use
    drug: str
    first: date | None
    last: date | None
    fact: str
    way: Way = ""
    clock: int | None = None
    noted: bool = False
    in_care: bool = False


def stated_doses(timeline: Timeline) -> Iterator[StatedDose]:
    """Every dose in mg of every standing fact: as a number, and in its words.

    A note that repeats a dose of a regimen or of an injection adds nothing to it.
    """
    standing = [f for f in timeline if not f.superseded_by and not f.body.void]
    taken = list(_closed([dose for fact in standing for dose in _of_treatment(fact)], timeline))
    yield from taken
    for fact in standing:
        if not isinstance(fact.body, Regimen | RescueInjection):
            yield from (d for d in _noted(fact) if not any(_is_repeated(d, t) for t in taken))


def _is_repeated(noted: StatedDose, taken: StatedDose) -> bool:
    """Whether a treatment on record states what a note says."""
    same_use = not noted.use or not taken.use or noted.use == taken.use
    same_drug = not noted.drug or not taken.drug or noted.drug == taken.drug
    return noted.amount == taken.amount and same_use and same_drug


def _of_treatment(fact: Fact) -> Iterator[StatedDose]:
    """The doses of a regimen or of an injection."""
    body = fact.body
    when = body.when
    first, last = (when.first_day, when.last_day) if when else (None, None)
    match body:
        case Regimen():
            way: Way = "pump" if body.device else _WAYS.get(body.route.strip().lower(), "")
            last = body.end.last_day if body.end else None
            drug, amount = drug_of(body.drug or body.printed), body.mg_per_day
            if way == "injection":
                first, last = None, None  # a kit at hand is no dose of a day
            use: Use = "daily"
        case RescueInjection():
            drug, amount, way, use = drug_of(body.drug), body.mg, "injection", "once"
        case _:
            return
    in_care = isinstance(body, RescueInjection) and body.setting == "care"
    if amount is not None:
        yield StatedDose(amount, use, drug, first, last, fact.id, way, in_care=in_care)
    for text in words_of(fact):
        for match in _MG.finditer(text):
            yield StatedDose(
                Decimal(match[1]), _use(text, *match.span()) or "once",
                drug or drug_near(text, *match.span()), first, last, fact.id, way,
                clock_after(text, match.end()), in_care=in_care,
            )  # fmt: skip


def _noted(fact: Fact) -> Iterator[StatedDose]:
    """The doses in the words of any other fact."""
    for text in words_of(fact):
        for match in _MG.finditer(text):
            use, drug = _use(text, *match.span()), drug_near(text, *match.span())
            yield StatedDose(Decimal(match[1]), use, drug, None, None, fact.id, noted=True)


def _closed(doses: Sequence[StatedDose], timeline: Timeline) -> Iterator[StatedDose]:
    """Doses whose end nobody recorded end where the next regimen of the drug begins."""
    daily = [d for d in doses if d.use == "daily" and d.first is not None]
    for dose in doses:
        following = [
            d.first for d in daily
            if d.first and dose.first and d.drug == dose.drug and d.first > dose.first
        ]  # fmt: skip
        body = timeline[dose.fact].body
        is_open = isinstance(body, Regimen) and body.end is None and body.status != "active"
        if is_open and following:
            yield replace(dose, last=min(following) - timedelta(days=1))
        else:
            yield dose


def clock_after(text: str, end: int) -> int | None:
    """The minute of the day that a schedule gives right behind an amount. None: it gives none."""
    match = _CLOCK.match(text, end)
    if match is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    return hour * 60 + int(match["minute"] or 0)


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
        is_another = match.start() >= end and _ENDED.search(text, low, high)
        if not is_another and not _DIGIT.search(text, low, high):
            named.append((high - low, match.lastgroup or ""))
    return min(named)[1] if named else ""


def is_daily(text: str, start: int, end: int) -> bool:
    """Whether the words around an amount say that it is a day's."""
    before = text[max(start - _REACH, 0) : start]
    return bool(_DAILY_AFTER.match(text, end) or _DAILY_BEFORE.search(before))
