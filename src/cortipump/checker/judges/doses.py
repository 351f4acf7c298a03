"""Doses: amounts of a drug, by day, by week, by hour or at once."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import holds, tied
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.known.doses import StatedDose, drug_near, drug_of, is_daily
from cortipump.checker.mentions import DayMention, MeasureMention

DOSE_UNITS: Final = frozenset(
    {"mg", "mg/day", "mg/h", "U/h", "ug", "mg/m2/day", "U", "mg/mL", "mL", "g", "mg/week"}
)
# In these a record's dose is stated too: a bare "mg" may be a day's, or an hour's rate of it.
_IN_MG: Final = frozenset({"mg", "mg/day", "mg/h", "mg/week"})
_DAYS_PER_WEEK, _HOURS_PER_DAY = 7, 24
# The guideline's emergency dose, cited everywhere (`knowledge.texts`).
_EMERGENCY_MG: Final = Decimal(100)
_SINCE: Final = re.compile(
    r"\b(?:since|from|starting|beginning|began|started|raised|lowered|increased|changed)\b", re.I
)
_APART: Final = re.compile(r"[,;:.(]\s")
# "raised from 20 to 25 mg on March 3": the first is what was before.
_CHANGED_FROM: Final = re.compile(r"\bfrom\s+(?:\w+\s+)?$", re.I)


def judge_dose(frame: Frame, mention: MeasureMention, desk: Desk) -> Finding | None:
    """A dose against those of the ledger: of the same drug and use, and from the same day.

    Sums and changes of doses are doses too. Never a dosing instruction (S1): what is shown is
    what a record states of that drug and use, with its day and place, or nothing.
    """
    if mention.canonical not in _IN_MG:
        printed = desk.known.printed
        is_printed = printed.holds(mention.value, printed.by_kind)
        return None if is_printed else _not_found(mention, desk)
    value, daily, drug = _per_day(mention), _is_daily(frame, mention), _drug(frame, mention)
    alike = [d for d in desk.known.doses if _is_alike(d, drug, daily=daily)]
    fitting = [d for d in alike if agrees(value, d.amount, mention.approx, mention.places)]
    begun = _begun(frame, mention, alike) if daily else []
    if fitting and (not begun or any(d in begun for d in fitting)):
        return None
    if _is_emergency_dose(frame, mention, daily=daily) or _is_sum(frame, mention):
        return None
    if not fitting and _is_change(value, (d for d in alike if d.use == "daily")):
        return None
    use = "daily" if daily else "once"
    shown = begun or [d for d in alike if d.use == use and (not drug or d.drug == drug)]
    if not shown:
        return _not_found(mention, desk)
    right = min(shown, key=lambda d: (abs(d.amount - value), d.fact, d.amount))
    message = "The ledger holds no such daily dose." if daily else _message(mention)
    detail = "dose-differs" if daily else "dose-not-found"
    return desk.find(mention, "amount-differs", detail, message, _told(right, desk), [right.fact])


def _not_found(mention: MeasureMention, desk: Desk) -> Finding:
    return desk.find(mention, "unsupported-number", "dose-not-found", _message(mention))


def _message(mention: MeasureMention) -> str:
    return f"{mention.text} is in no record of the ledger as a dose of that drug and use."


def _told(dose: StatedDose, desk: Desk) -> str:
    """``30 mg per day of hydrocortisone from 2025-07-14 (exhibit 5)``."""
    per = " per day" if dose.use == "daily" else ""
    of = f" of {dose.drug}" if dose.drug else ""
    day = f" {'from' if dose.use == 'daily' else 'on'} {dose.first}" if dose.first else ""
    return f"{numeral(dose.amount)} mg{per}{of}{day} ({desk.known.origin(dose.fact)})"


def _is_alike(dose: StatedDose, drug: str, *, daily: bool) -> bool:
    """Whether a recorded dose can be what the letter speaks of."""
    same_drug = not drug or not dose.drug or drug == dose.drug
    return same_drug and (not daily or dose.use != "once")


def _is_daily(frame: Frame, mention: MeasureMention) -> bool:
    at = mention.start - frame.start
    return mention.canonical != "mg" or is_daily(frame.text, at, at + len(mention.text))


def _drug(frame: Frame, mention: MeasureMention) -> str:
    """The drug that the words give the dose. Empty: they name none."""
    over = drug_of(frame.header(mention).text)
    if over:
        return over
    at = mention.start - frame.start
    return drug_near(frame.text, at, at + len(mention.text))


def _begun(frame: Frame, mention: MeasureMention, doses: Sequence[StatedDose]) -> list[StatedDose]:
    """The daily doses that began on the very day from which the letter states one."""
    beside = tied(frame, mention) or (frame.days if len(frame.days) == 1 else ())
    days = [
        d for d in beside
        if isinstance(d, DayMention) and d.grain == "day" and _is_joined(frame, d, mention)
    ]  # fmt: skip
    earlier = _CHANGED_FROM.search(frame.before(mention.start, 10))
    if not days or earlier or not _SINCE.search(frame.text):
        return []
    return [
        dose
        for dose in doses
        if dose.use == "daily" and dose.first and any(holds(day, dose.first) for day in days)
    ]


def _is_joined(frame: Frame, day: DayMention, mention: MeasureMention) -> bool:
    """Whether a day and a dose stand in one part of the sentence."""
    low, high = min(day.end, mention.end), max(day.start, mention.start)
    return not _APART.search(frame.text[low - frame.start : high - frame.start])


def _per_day(mention: MeasureMention) -> Decimal:
    """A dose per week or per hour, as a day's."""
    if "week" in mention.unit.lower():
        return mention.value / _DAYS_PER_WEEK
    return mention.value * _HOURS_PER_DAY if mention.canonical == "mg/h" else mention.value


def _is_emergency_dose(frame: Frame, mention: MeasureMention, *, daily: bool) -> bool:
    """Whether it is the guideline's emergency dose, where the words speak of an emergency."""
    is_amount = mention.canonical == "mg" and mention.value == _EMERGENCY_MG and not daily
    return is_amount and frame.says("injection", "emergency", "crisis")


def _is_sum(frame: Frame, mention: MeasureMention) -> bool:
    """``10 + 5 + 5 mg, 20 mg in all``: whether all doses before it, or all behind it, add up."""
    doses = [m for m in frame.mentions if isinstance(m, MeasureMention) and m.canonical in _IN_MG]
    before = [m.value for m in doses if m.end <= mention.start]
    after = [m.value for m in doses if m.start >= mention.end]
    return any(len(p) > 1 and sum(p, Decimal(0)) == mention.value for p in (before, after))


def _is_change(value: Decimal, daily: Iterable[StatedDose]) -> bool:
    """Whether two daily doses differ by it."""
    amounts = {dose.amount for dose in daily}
    return any(abs(a - b) == value for a, b in combinations(amounts, 2))
