"""What every judge has before it: the ledger, the letter's date, and how a finding is written."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.checker.finding import Finding, Rule
from cortipump.checker.frames import Frame
from cortipump.checker.known.happenings import Happening
from cortipump.checker.known.known import Known
from cortipump.checker.known.printed import words_of
from cortipump.checker.known.sums import Sum
from cortipump.checker.mentions import AnyMention
from cortipump.quantities.show import money_text, plain

_SHOWN: Final = 4
_BESIDE: Final = 40
_REMEMBERED: Final = 2000


class Desk(Struct, frozen=True):
    """The ledger and the letter's own date.

    Attributes
    ----------
    dated
        Date that the letter carries; the day of the check where it carries none.
    frames
        Every frame of the letter, in order.
    """

    known: Known
    dated: date
    frames: Sequence[Frame]

    def above(self, frame: Frame) -> Sequence[Frame]:
        """The frames before one, in order; in a very long letter the last ones only."""
        at = bisect_left(self.frames, frame.start, key=lambda one: one.start)
        return self.frames[max(at - _REMEMBERED, 0) : at]

    def find(
        self, mention: AnyMention, rule: Rule, detail: str, message: str, suggestion: str = "",
        facts: Iterable[str] = (),
    ) -> Finding:  # fmt: skip
        """A finding at a mention."""
        return Finding(
            mention.start, mention.end, rule, detail, mention.text, message, suggestion,
            tuple(dict.fromkeys(facts)),
        )  # fmt: skip

    def is_printed(self, value: Decimal, kinds: Iterable[str], beside: re.Pattern[str]) -> bool:
        """Whether words of a record hold the number with other words close to it."""
        number = re.compile(rf"(?<![\d.,]){re.escape(plain(value))}(?:\.0+)?(?![\d%]|\.\d)")
        facts = (
            f for kind in kinds for f in self.known.printed.by_kind.get(kind, {}).get(value, ())
        )
        return any(
            beside.search(text, max(match.start() - _BESIDE, 0), match.end() + _BESIDE)
            for fact in facts
            for text in words_of(self.known.timeline[fact])
            for match in number.finditer(text)
        )

    def origin(self, facts: Sequence[str]) -> str:
        """Where facts stand, in words: the first exhibits or files."""
        places = list(dict.fromkeys(self.known.origin(fact) for fact in facts))
        return ", ".join(places[:_SHOWN]) + (" and others" if len(places) > _SHOWN else "")

    def of_happening(self, happening: Happening, days: Iterable[date] = ()) -> str:
        """``2025-02-21 (emergency visit, Lakeshore General Hospital, exhibit 3)``."""
        shown = ", ".join(day.isoformat() for day in sorted(set(days) or happening.starts))
        return f"{shown} ({happening.what}, {self.origin(happening.facts)})"

    def of_sum(self, one: Sum) -> str:
        """``$1,580.00 (2024-06-02, exhibit 5)``; what it is where it is no single day's."""
        amount = money_text(one.amount, one.currency)
        days = ", ".join(day.isoformat() for day in sorted(one.days)[:1])
        parts = [days, one.what, self.origin(one.facts)] if one.facts else [days, one.what]
        return f"{amount} ({', '.join(part for part in parts if part)})"

    def of_sums(self, found: Sequence[Sum]) -> str:
        """Several, the same one once."""
        texts = dict.fromkeys(self.of_sum(one) for one in found)
        return " or ".join(list(texts)[:_SHOWN])


def numeral(value: Decimal) -> str:
    """A number without a tail of zeros."""
    return plain(value)
