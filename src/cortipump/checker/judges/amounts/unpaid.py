"""Statements that nothing was paid for a visit that was paid for."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from cortipump.checker.binding.dates import dates_of, holds, tied
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.none import NOT_STATED
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.sums import Sum, kind_words
from cortipump.checker.mentions import DayMention, MoneyMention
from cortipump.quantities.money import MoneyKind

_COIN: Final = r"(?:single )?(?:cent|dollar|penny)"
_NOTHING: Final = re.compile(
    r"\b(?:paid|pays?|covered|reimbursed|owed?|was charged)(?: me| us| back| out)?"
    rf" (?P<n>nothing|zero(?! (?:dollars|percent|%))|not (?:a|one|even a) {_COIN})\b"
    r"|\b(?:did not|didn['’]t|has not|hasn['’]t|have not|haven['’]t|never)"
    rf" (?:pay|paid|owe|covered|cover) (?P<not>anything|(?:a|one|even a) {_COIN})\b",
    re.I,
)
_WHO: Final = re.compile(
    r"\b(?:(?P<paid>plan|insur\w+|you|carrier|company|payer|fund)"
    r"|(?P<patient>I|we|patient|member|family|she|he))\b",
    re.I,
)
_PART: Final = re.compile(
    r"\b(?:claims?|bills?|invoices?|lines?|professional|physicians?|doctors?|fees?|charges?"
    r"|ambulance|laboratory|lab|radiology|part|portion|drugs?|pump|sets?|supplies|extra|more"
    r"|further|beyond|until|yet|at first)\b",
    re.I,
)
_VISITS: Final = frozenset(
    {"emergency", "inpatient", "observation", "urgent-care", "hospital", "visit", "office"}
)
_KINDS: Final[tuple[MoneyKind, ...]] = ("paid", "patient")


def unpaid_findings(frame: Frame, desk: Desk) -> Iterator[Finding]:
    """What is wrong with the statements of a frame that nothing was paid."""
    if frame.is_row or frame.text.rstrip().endswith("?"):
        return
    for match in _NOTHING.finditer(re.sub(r"\s", " ", frame.text)):
        head = frame.text[: match.start()]
        who = list(_WHO.finditer(head[-60:]))
        kind = next((k for k in _KINDS if who and who[-1][k]), None)
        start, end = match.span("n" if match["n"] else "not")
        mention = MoneyMention(
            start=frame.start + start, end=frame.start + end, text=frame.text[start:end],
            amount=Decimal(0), currency="", places=0,
        )  # fmt: skip
        finding = judge_unpaid(frame, mention, kind, desk)
        if finding is not None:
            yield finding


def judge_unpaid(
    frame: Frame, mention: MoneyMention, kind: str | None, desk: Desk
) -> Finding | None:
    """A finding where each amount of that kind, of the visit that the words name, is above zero."""
    before = frame.text[: mention.start - frame.start]
    if kind not in _KINDS or NOT_STATED.search(before) or _PART.search(frame.text):
        return None
    day = _day(frame, mention)
    if day is None or not any(cue.says in _VISITS for cue in frame.topics):
        return None
    found = [
        s for s in desk.known.sums
        if s.kind == kind and s.scope == "event" and any(holds(day, d) for d in s.days)
    ]  # fmt: skip
    if not found or any(s.amount == 0 for s in found):
        return None
    return _differs(mention, day, found, desk)


def _day(frame: Frame, mention: MoneyMention) -> DayMention | None:
    """The one day that the amount belongs to."""
    days = [d for d in dates_of(frame, mention).own if isinstance(d, DayMention)]
    beside = (
        [d for d in tied(frame, mention) if isinstance(d, DayMention)] if len(days) > 1 else days
    )
    return beside[0] if len(beside) == 1 and beside[0].grain == "day" else None


def _differs(mention: MoneyMention, day: DayMention, found: Sequence[Sum], desk: Desk) -> Finding:
    message = f"The ledger holds what was {kind_words(found[0].kind)} for {day.text}."
    facts = [fact for one in found for fact in one.facts]
    return desk.find(mention, "amount-differs", "amount-differs", message, desk.of_sums(found),
                     facts)  # fmt: skip
