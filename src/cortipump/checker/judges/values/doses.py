"""Doses: amounts of a drug, by day, by week, by hour or at once."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, combinations, pairwise
from typing import Final

from msgspec import Struct

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import tied
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.judges.values.dose_times import clock_of, is_at, is_given, time_of
from cortipump.checker.judges.values.dose_ways import way_of
from cortipump.checker.known.doses import StatedDose, Way, drug_near, drug_of, is_daily
from cortipump.checker.known.printed import words_of
from cortipump.checker.mentions import DayMention, MeasureMention
from cortipump.checker.scan.amounts.units import canonical_unit
from cortipump.quantities.show import clock_text

# In these a record's dose is stated too: how many mg one is, of a day's dose where it is a rate.
_IN_MG: Final = {
    "mg": Decimal(1), "mg/day": Decimal(1), "mg/h": Decimal(24), "mg/week": 1 / Decimal(7),
    "ug": Decimal("0.001"), "ug/day": Decimal("0.001"), "g": Decimal(1000), "g/day": Decimal(1000),
}  # fmt: skip
_PUMP_UNITS: Final = frozenset({"U", "U/h", "U/day"})
DOSE_UNITS: Final = frozenset({*_IN_MG, *_PUMP_UNITS, "mg/m2/day", "mg/mL", "mL"})
_IN_UNITS: Final = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*((?:i\.?)?u(?:nits?)?(?:/(?:h|day))?)\b", re.I
)
_HOURLY: Final = re.compile(
    r"\s*(?:of\s+)?(?:(?:hydrocortisone?|HC|on average|by pump)\s+){0,2}"
    r"(?:(?:an|per|each|every)\s+hour|hourly)\b",
    re.I,
)
# The guideline's emergency dose, cited everywhere (`knowledge.texts`).
_EMERGENCY_MG: Final = Decimal(100)
_CHANGE: Final = re.compile(
    r"\b(?:less|more|fewer|lower\w*|higher|difference|reduc\w*|cut|drop\w*|fell|rise|rose|raised"
    r"|decrease\w*|increase\w*|change\w*|sav\w+|minus|plus|saved|down|up)\b",
    re.I,
)
_FROM_TO: Final = re.compile(r"\s*(?:mg)?\s*(?:\w+ ){0,3}?(?:to|and)\s+(?:now\s+)?$", re.I)
_FROM: Final = re.compile(r"\bfrom\s+(?:\w+\s+)?$", re.I)
_TO: Final = re.compile(r"\s*(?:\w+ ){0,3}?to\s+(?:now\s+)?", re.I)
_BY: Final = re.compile(
    r"\b(?:cut|lowered|raised|reduced|increased|dropped|fell|rose|down|up|decreased|changed)\b"
    r"(?:\s+[\w-]+){0,4}\s+by\s+(?:\w+\s+)?$",
    re.I,
)
_SHARE: Final = r"[\d.]+\s*(?:%|per ?cent)"
_LESS: Final = re.compile(
    r"\s*(?:/\s?d(?:ay)?|an? day|per day|daily)?\s*"
    rf"(?:(?:\(\s*{_SHARE}\s*\)|,\s*or\s+{_SHARE}\s*,)\s*)?"
    r"(?:less|more|lower|higher|fewer"
    r"|(?:below|above|under|vs\.?|versus) (?:the|my|her|his|last))\b",
    re.I,
)
_IN_DAYS: Final = re.compile(r"\bin (\d{1,3}) days\b", re.I)
# "(15/12/5)" behind a daily dose: the parts of it.
_GRAMS: Final = 100
_ON: Final = re.compile(r"\bon $", re.I)
_PART: Final = re.compile(r"\([\d.,+/\s-]*$")
_IN_ALL: Final = re.compile(
    r"\b(?:in all|altogether|in total|totall?ing|a total of)\s+(?:of\s+|about\s+)?$", re.I
)
_TIMES: Final = re.compile(r"\s*(?:[\w-]+\s+){0,4}?(?:twice|times)\s+(?:a|per|each) day", re.I)
_LEAST_MG: Final = 1
_PARTS: Final = 3
_WAYS: Final[dict[Way, str]] = {
    "tablets": " by mouth", "pump": " by pump", "injection": " by injection", "": "",
}  # fmt: skip


class _Said(Struct, frozen=True):
    """What a sentence says of a dose; ``in_mg``: how many mg, of a day where it is a rate."""

    mention: MeasureMention
    in_mg: Decimal
    daily: bool
    drug: str

    @property
    def value(self) -> Decimal:
        """In mg, or mg per day."""
        return self.mention.value * self.in_mg

    def agrees_with(self, dose: StatedDose) -> bool:
        """Whether the amounts agree, rounded as the letter prints them."""
        m = self.mention
        return agrees(m.value, dose.amount / self.in_mg, m.approx, m.places)


def judge_dose(frame: Frame, mention: MeasureMention, desk: Desk) -> Finding | None:
    """A dose against those of the ledger that agree in all that the sentence says of it.

    Drug, use, way, time and hour. Sums and changes of doses are doses too. Never a dosing
    instruction (S1): what is shown is what a record states of that drug, way and time, with its
    day and place, or nothing.
    """
    if mention.canonical in _PUMP_UNITS:
        return None if _is_printed(mention, desk) else _not_found(mention, desk)
    if mention.canonical == "g" and mention.value >= _GRAMS:
        return None  # nobody takes so much: "780g" is a pump
    if mention.canonical not in _IN_MG:
        printed = desk.known.printed
        is_printed = printed.holds(mention.value, printed.by_kind)
        return None if is_printed else _not_found(mention, desk)
    said = _said(frame, mention)
    alike = [d for d in desk.known.doses if _is_alike(d, said)]
    meant = _meant(frame, said, alike, desk)
    wrong = _wrong_sum(frame, mention, desk)
    if wrong is not None:
        return wrong
    is_borne = any(said.agrees_with(d) for d in meant) and not _is_difference(frame, mention)
    if is_borne and not _is_reversed(frame, said, alike):
        return None
    if _is_emergency_dose(frame, said) or _is_sum(frame, mention):
        return None
    daily = [d for d in alike if d.use == "daily"]
    if _ON.search(frame.before(mention.start, 4)) and any(d.amount == said.value for d in daily):
        return None  # "on 30 mg": of a day
    if _is_change(frame, said, daily) or _is_of_days(frame, said, daily):
        return None
    if not alike:
        return _not_found(mention, desk)
    if _PART.search(frame.before(mention.start, 30)):
        meant = [d for d in meant if d.use == "once" and d.way == "tablets"]
    is_open = is_borne or _is_difference(frame, mention) or _TIMES.match(frame.after(mention.end))
    shown = None if is_open else _shown(said, meant)
    message = "The ledger holds no such daily dose." if said.daily else _message(mention)
    detail = "dose-differs" if said.daily else "dose-not-found"
    told = _told(shown, desk) if shown else ""
    facts = [shown.fact] if shown else []
    return desk.find(mention, "amount-differs", detail, message, told, facts)


def _not_found(mention: MeasureMention, desk: Desk) -> Finding:
    return desk.find(mention, "unsupported-number", "dose-not-found", _message(mention))


def _message(mention: MeasureMention) -> str:
    return f"{mention.text} is in no record of the ledger as a dose of that drug and use."


def _is_printed(mention: MeasureMention, desk: Desk) -> bool:
    """Whether the words of a record state the number with its unit."""
    unit = mention.canonical.split("/", maxsplit=1)[0]
    return any(
        Decimal(match[1]) == mention.value and canonical_unit(match[2]).startswith(unit)
        for fact in desk.known.timeline
        if not fact.superseded_by and not fact.body.void
        for text in words_of(fact)
        for match in _IN_UNITS.finditer(text)
    )


# -- what the sentence says ----------------------------------------------------------------


def _said(frame: Frame, mention: MeasureMention) -> _Said:
    at = mention.start - frame.start
    end = at + len(mention.text)
    factor = _IN_MG[mention.canonical]
    is_hourly = mention.canonical == "mg" and _HOURLY.match(frame.text, end)
    if is_hourly:
        factor = _IN_MG["mg/h"]
    is_rate = "/" in mention.canonical or bool(is_hourly)
    over = drug_of(frame.header(mention).text)
    drug = over or drug_near(frame.text, at, end)
    return _Said(mention, factor, is_rate or is_daily(frame.text, at, end), drug)


def _is_alike(dose: StatedDose, said: _Said) -> bool:
    """Whether a recorded dose can be what the letter speaks of."""
    same_drug = not said.drug or not dose.drug or said.drug == dose.drug
    return same_drug and (not said.daily or dose.use != "once")


def _meant(
    frame: Frame, said: _Said, alike: Sequence[StatedDose], desk: Desk
) -> Sequence[StatedDose]:
    """The recorded doses of the way, the time and the hour that the words give, where any are."""
    mention = said.mention
    way = way_of(frame, mention, daily=said.daily) or _given(frame, said, alike)
    meant = _narrowed(alike, lambda d: not way or d.way in (way, "")) if way else alike
    time = time_of(frame, mention, alike if way != "injection" else meant, desk.dated,
                   daily=said.daily)  # fmt: skip
    if time is not None:
        meant = _narrowed(meant, time.fits)
    clock = clock_of(frame, mention)
    return _narrowed(meant, lambda d: is_at(d, clock)) if clock else meant


def _narrowed(
    doses: Sequence[StatedDose], test: Callable[[StatedDose], bool]
) -> Sequence[StatedDose]:
    """Those that pass; all of them where no treatment on record does."""
    kept = [d for d in doses if test(d)]
    return kept if any(not d.noted for d in kept) else doses


def _given(frame: Frame, said: _Said, alike: Iterable[StatedDose]) -> Way:
    """An injection, where one is recorded of that day: ``On May 3 my sister gave me 10 mg``."""
    if said.daily or clock_of(frame, said.mention) or not is_given(frame, said.mention):
        return ""
    days = [d for d in tied(frame, said.mention) if isinstance(d, DayMention) and d.grain == "day"]
    recorded = any(
        dose.way == "injection" and dose.first == day.first for dose in alike for day in days
    )
    return "injection" if recorded else ""


# -- what is a dose otherwise --------------------------------------------------------------


def _is_emergency_dose(frame: Frame, said: _Said) -> bool:
    """Whether it is the guideline's emergency dose, where the words speak of an emergency."""
    is_amount = said.value == _EMERGENCY_MG and not said.daily
    said_so = frame.says("injection", "emergency", "crisis") or is_given(frame, said.mention)
    return is_amount and said_so


def _doses(frame: Frame) -> list[MeasureMention]:
    return [m for m in frame.mentions if isinstance(m, MeasureMention) and m.canonical in _IN_MG]


def _is_sum(frame: Frame, mention: MeasureMention) -> bool:
    """``10 + 5 + 5 mg, 20 mg in all``: whether all doses before it, or all behind it, add up."""
    doses = _doses(frame)
    before = [m.value for m in doses if m.end <= mention.start]
    after = [m.value for m in doses if m.start >= mention.end]
    return any(len(p) > 1 and sum(p, Decimal(0)) == mention.value for p in (before, after))


def _wrong_sum(frame: Frame, mention: MeasureMention, desk: Desk) -> Finding | None:
    """``15 mg, 5 mg and 5 mg, in all 20 mg a day``: parts that add up to another total."""
    parts = [m for m in _doses(frame) if m.end <= mention.start]
    alike = all(m.canonical == "mg" and not m.approx for m in parts)
    if len(parts) < _PARTS or not alike or not _IN_ALL.search(frame.before(mention.start, 20)):
        return None
    sums = list(accumulate(m.value for m in reversed(parts)))[1:]
    if any(agrees(mention.value, each, mention.approx, mention.places) for each in sums):
        return None
    message = f"The {len(parts)} doses before it add up to another total."
    return desk.find(mention, "total-does-not-add-up", "parts-differ", message)


def _is_difference(frame: Frame, mention: MeasureMention) -> bool:
    """Whether the words make it what a dose was changed by: ``cut by 6 mg``, ``6 mg less``."""
    by = _BY.search(frame.before(mention.start, 60))
    return bool(by or _LESS.match(frame.after(mention.end, 20)))


def _is_change(frame: Frame, said: _Said, daily: Iterable[StatedDose]) -> bool:
    """Whether it is what two daily doses differ by: of its own sentence, else of the ledger."""
    mention = said.mention
    own = [m for m in _doses(frame) if m is not mention]
    for one, other in pairwise(own):
        between = frame.text[one.end - frame.start : other.start - frame.start]
        if _FROM_TO.fullmatch(between):
            return abs(one.value - other.value) == mention.value
    near = frame.before(mention.start, 40) + " " + frame.after(mention.end, 40)
    is_less = _LESS.match(frame.after(mention.end))
    if not (frame.is_row or is_less or _CHANGE.search(near) or frame.has_role("difference")):
        return False
    amounts = {dose.amount for dose in daily}
    return any(abs(a - b) == said.value for a, b in combinations(amounts, 2))


def _is_of_days(frame: Frame, said: _Said, daily: Iterable[StatedDose]) -> bool:
    """``720 mg in 30 days``: a daily dose so many times."""
    days = _IN_DAYS.search(frame.after(said.mention.end, 60))
    return days is not None and any(dose.amount * int(days[1]) == said.value for dose in daily)


def _is_reversed(frame: Frame, said: _Said, alike: Iterable[StatedDose]) -> bool:
    """``from 30 mg to 25 mg`` where the 30 mg came later: no such step is recorded."""
    earlier = [m for m in _doses(frame) if m.end <= said.mention.start][-1:]
    for one in earlier:
        between = frame.text[one.end - frame.start : said.mention.start - frame.start]
        if not _TO.fullmatch(between) or not _FROM.search(frame.before(one.start, 12)):
            continue
        first = _Said(one, _IN_MG[one.canonical], said.daily, said.drug)
        daily = [d for d in alike if d.use == "daily" and d.first]
        starts = [d.first for d in daily if d.first and first.agrees_with(d)]
        ends = [d.first for d in daily if d.first and said.agrees_with(d)]
        return bool(starts and ends) and max(ends) <= min(starts)
    return False


# -- what is shown -------------------------------------------------------------------------


def _shown(said: _Said, meant: Iterable[StatedDose]) -> StatedDose | None:
    """The closest of the recorded doses of that drug, way and time. None: the use is open."""
    found = [
        d for d in meant
        if not d.noted and d.use and (not said.drug or d.drug == said.drug)
        and (said.drug or d.amount >= _LEAST_MG or said.value < _LEAST_MG)
    ]  # fmt: skip
    if len({(d.use, d.way == "injection") for d in found}) != 1:
        return None
    return min(found, key=lambda d: (abs(d.amount - said.value), d.in_care, d.first is None,
                                     d.fact, d.amount))  # fmt: skip


def _told(dose: StatedDose, desk: Desk) -> str:
    """``30 mg per day of hydrocortisone by mouth from 2025-07-14 (exhibit 5)``."""
    per = " per day" if dose.use == "daily" else ""
    of = f" of {dose.drug}" if dose.drug else ""
    at = f" at {clock_text(dose.clock)}" if dose.clock is not None else ""
    since = " on" if dose.way == "injection" and dose.first == dose.last else " from"
    day = f"{since} {dose.first}" if dose.first else ""
    way = _WAYS[dose.way]
    return f"{numeral(dose.amount)} mg{per}{of}{way}{at}{day} ({desk.known.origin(dose.fact)})"
