"""Calls with one party and injections by one hand: fewer than all of them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from cortipump.checker.binding.spans import spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.tally import counted
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import NumberMention
from cortipump.knowledge.cues import Measure
from cortipump.quantities.span import DateSpan
from cortipump.record.facts import Call, RescueInjection

# Party of a call, as the ledger names it, to the words of letters.
_PARTIES: Final[Mapping[str, str]] = {
    "plan": r"(?:health |insurance )?plan|insurer|insurance|member services",
    "manufacturer": r"manufacturer|maker",
    "supplier": r"supplier",
    "clinic": r"clinic",
}
_CALLED: Final = r"(?:called|phoned|telephoned|rang|calls? (?:to|with))\s+(?:the |my |your )?{}"
_HANDS: Final[Mapping[str, str]] = {
    "husband": "husband", "wife": "wife", "sister": "sister", "brother": "brother",
    "mother": "mother", "father": "father", "daughter": "daughter", "son": "son",
    "partner": "partner", "paramedic": "paramedics?",
}  # fmt: skip
_GAVE: Final = (
    r"(?:(?:given|injected) by|by|from) (?:a |the |my |her |his )?{0}\b|\b{0} (?:gave|injected)\b"
)
# "Four of the eight": eight are everybody's.
_OF_ALL: Final = re.compile(r"\bof (?:all |the |my |her |his |these )*$", re.I)
# Calls of others are in no record of the person's.
_BY_OTHERS: Final = re.compile(
    r"\b(?:doctor|clinic|office|nurse|endocrinologist|they|husband|wife|sister)(?:'s)?\b"
    r"[\w ']{0,20}\b(?:called|phoned|rang)\b",
    re.I,
)
_APART: Final = re.compile(r"[;.:(]\s?|,|\b(?:and|but)\b", re.I)


def judge_party(
    frame: Frame, mention: NumberMention, measure: Measure, desk: Desk
) -> tuple[bool, Finding | None]:
    """Whether a party decides the count, and what is wrong with it.

    More than all of the party's is wrong; as many are right; of fewer nothing is known here.
    """
    name = _party(frame, mention, measure)
    if not name or mention.high is not None or mention.approx or frame.is_row:
        return False, None
    found = _days_of(name, measure, desk)
    if not found:
        return False, None
    spans = spans_of(frame, mention, desk.known).spans or tuple(desk.known.spans.values())
    numbers = {Decimal(_inside(found.values(), span)) for span in spans}
    if mention.value in numbers:
        return True, None
    if mention.value < max(numbers):
        return False, None
    what = f"calls with the {name}" if measure == "call" else f"injections by the {name}"
    best = max(numbers)
    days = ", ".join(sorted(day.isoformat() for day in found.values())[:8])
    shown = f"{counted(best, what)} ({days}; {desk.origin(tuple(found))})"
    message = f"The ledger does not bear {counted(mention.value, what)}."
    return True, desk.find(mention, "count-differs", "count-of-one-party", message, shown, found)


def _inside(days: Iterable[date], span: DateSpan) -> int:
    return len([day for day in days if day in span])


def _party(frame: Frame, mention: NumberMention, measure: Measure) -> str:
    """The party that the words beside a count name. Empty: none, or several."""
    words = {"call": _PARTIES, "injection": _HANDS}.get(measure, {})
    shape = _CALLED if measure == "call" else _GAVE
    before, after = frame.before(mention.start, 45), frame.after(mention.end, 60)
    if _OF_ALL.search(before) or (measure == "call" and _BY_OTHERS.search(before)):
        return ""
    named = {
        name
        for name, pattern in words.items()
        if _beside(re.compile(shape.format(f"(?:{pattern})"), re.I), before, after)
    }
    return named.pop() if len(named) == 1 else ""


def _beside(pattern: re.Pattern[str], before: str, after: str) -> bool:
    """Whether it stands in the same clause, on either side."""
    last = list(pattern.finditer(before))[-1:]
    if last and not _APART.search(before[last[0].end() :]):
        return True
    ahead = pattern.search(after)
    return ahead is not None and not _APART.search(after[: ahead.start()])


def _days_of(name: str, measure: Measure, desk: Desk) -> dict[str, date]:
    """The facts of one party with their days, those of one day once."""
    found: dict[str, date] = {}
    for fact in desk.known.timeline:
        body = fact.body
        if fact.superseded_by or body.void:
            continue
        at = body.at if isinstance(body, Call | RescueInjection) else None
        day = at.day if at is not None else None
        if day is None:
            continue
        is_call = isinstance(body, Call) and measure == "call" and body.with_whom == name
        by_hand = (
            isinstance(body, RescueInjection) and measure == "injection"
            and name in body.given_by.lower()
        )  # fmt: skip
        if is_call or (by_hand and day not in found.values()):
            found[fact.id] = day
    return found
