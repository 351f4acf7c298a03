"""Amounts of money: the right kind, on the right day, as the ledger's claims state them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from cortipump.checker.agree import agrees, unit_of
from cortipump.checker.binding.dates import Dated, Dates, beside, dates_of, holds, tied
from cortipump.checker.binding.kinds import kinds_of, possible_kinds
from cortipump.checker.binding.spans import spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.amounts.derived import follows_from_letter, stands_above
from cortipump.checker.judges.amounts.totals import (
    in_letter,
    is_total,
    judge_total,
    span_sums,
    sums_dates,
    sums_some,
)
from cortipump.checker.judges.amounts.unpaid import judge_unpaid
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.sums import Sum, kind_words
from cortipump.checker.mentions import DayMention, MoneyMention, SpanMention

_VISITS: Final = frozenset({"emergency", "inpatient", "observation", "urgent-care"})
_SINGLE: Final = frozenset({"claim", "event", "day"})
_LONG: Final = timedelta(days=40)
_NEAR_SHARE: Final = Decimal("0.03")
_NEAR_DAYS: Final = timedelta(days=3)
# No hedge makes an amount stand for one more than three times or less than a third as large.
_HEDGE: Final = 3
_CACHED: Final = 10_000


def judge_money(frame: Frame, mention: MoneyMention, desk: Desk) -> Finding | None:
    """Hold one amount against the ledger. None: the ledger, or the letter's own sum, bears it."""
    kinds = kinds_of(frame, mention)
    dates = dates_of(frame, mention)
    alike = list(_alike(mention, desk))
    if mention.places <= 0 and not (kinds or dates.all or frame.topics or frame.is_row):
        alike = [s for s in alike if s.amount == mention.amount]
    alike = _of_named_span(frame, mention, alike, desk)
    of_kind = [s for s in alike if _is_of(s, kinds)]
    if any(_is_dated(s, dates, frame, desk, mention) for s in of_kind):
        if mention.amount == 0 and len(kinds) == 1 and not frame.is_row:
            return judge_unpaid(frame, mention, min(kinds), desk)
        return None
    if _is_repeat(frame, mention, kinds, desk):
        return None
    if (
        in_letter(frame, mention, kinds, desk)
        or sums_dates(frame, mention, kinds, desk)
        or sums_some(frame, mention, kinds, desk)
        or (not alike and stands_above(frame, mention, desk))
        or follows_from_letter(frame, mention, desk)
    ):
        return None
    if is_total(frame, mention):
        slips = _close(mention, kinds, desk)
        if any(holds(d, day) for d in dates.all for one in slips for day in one.days):
            return _no_such_amount(mention, kinds, dates, desk)
        return judge_total(frame, mention, kinds, desk)
    if _in_named_span(frame, mention, kinds, desk):
        return None
    wrong_kind = [
        s for s in alike if not _is_of(s, kinds) and _is_dated(s, dates, frame, desk, mention)
    ]
    if wrong_kind:
        possible = possible_kinds(frame, mention)
        if any(s.kind in possible for s in wrong_kind) or (mention.amount == 0 and not possible):
            return None
        return _wrong_kind(mention, kinds, wrong_kind, desk)
    if of_kind and dates.all:
        return _wrong_date(frame, mention, kinds, dates, of_kind, desk)
    return _no_such_amount(mention, kinds, dates, desk)


def _is_repeat(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """An amount that stands above and is only spoken of again: judged where it was stated."""
    if tied(frame, mention) or is_total(frame, mention):
        return False
    return any(
        isinstance(m, MoneyMention) and m.amount == mention.amount
        and (not kinds or kinds & kinds_of(one, m))
        for one in desk.above(frame)
        for m in one.mentions
    )  # fmt: skip


def _of_named_span(frame: Frame, mention: MoneyMention, alike: list[Sum], desk: Desk) -> list[Sum]:
    """Where the sentence names a time from day to day, totals of other times do not count."""
    long = [m for m in frame.mentions if isinstance(m, SpanMention) and m.last - m.first > _LONG]
    since = frame.whens and not frame.is_row
    if not long and not since:
        return alike
    spans = spans_of(frame, mention, desk.known)
    if not spans.named:
        return alike
    within = {s.amount for span in spans.spans for s in span_sums(span, desk)}
    return [s for s in alike if not s.is_total or s.amount in within]


def _alike(mention: MoneyMention, desk: Desk) -> Iterator[Sum]:
    """Sums of that size, hedges and rounding allowed for."""
    exact = desk.known.amounts.get(mention.amount, ())
    wide = bool(mention.approx) or mention.places <= 0
    pool: Iterable[Sum] = desk.known.sums if wide else exact
    stated, unit = abs(mention.amount), unit_of(mention.places)
    low, high = stated - unit, stated + unit
    if mention.approx:
        low, high = low / _HEDGE, high * _HEDGE
    for one in pool:
        if not low <= abs(one.amount) <= high:
            continue
        currency = not mention.currency or not one.currency or one.currency == mention.currency
        if currency and agrees(mention.amount, one.amount, mention.approx, mention.places):
            yield one


def _is_of(one: Sum, kinds: frozenset[str]) -> bool:
    return not kinds or one.kind in kinds


def _is_dated(one: Sum, dates: Dates, frame: Frame, desk: Desk, mention: MoneyMention) -> bool:
    """Whether the sum can be the one of the dates around the amount."""
    if not dates.all:
        return True
    if one.days:
        near = dates.own or dates.carried
        if any(holds(dated, day) for dated in near for day in one.days):
            return True
        if dates.own and (_any_other(frame, one) or _is_of_some_date(frame, mention, one)):
            return True
        # A sentence that has no date of its own may have moved on to another event.
        return not dates.own and not any(_speaks_of_one(d, desk) for d in dates.carried)
    if any(isinstance(d, DayMention) and d.grain == "day" for d in dates.own):
        if len(frame.days) == 1 and _speaks_of_one(frame.days[0], desk):
            return bool(frame.whens) or frame.is_row  # "the stay of May 3 came to ..."
        if not beside(frame, mention):
            return True
        return is_total(frame, mention) or bool(frame.whens) or frame.is_row
    return True


def _is_of_some_date(frame: Frame, mention: MoneyMention, one: Sum) -> bool:
    """Where words leave open which of several dates an amount belongs to: whether one fits."""
    if len(frame.days) == 1 or tied(frame, mention):
        return False
    near = (frame, *frame.earlier[:1])
    return any(holds(d, day) for each in near for d in each.days for day in one.days)


def _any_other(frame: Frame, one: Sum) -> bool:
    """In a row of a table every date of the row may be meant."""
    return frame.is_row and any(holds(d, day) for d in frame.days for day in one.days)


def _speaks_of_one(dated: Dated, desk: Desk) -> bool:
    """Whether a date is that of a visit whose costs are known."""
    if dated.grain != "day" or dated.last - dated.first > _LONG:
        return False
    here = desk.known.days.get(dated.first, ())
    visits = [h for h in here if "visit" in h.topics and not h.topics & {"office"}]
    return any(dated.first in s.days and s.scope == "event" for s in desk.known.sums) and bool(
        visits
    )


def _in_named_span(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """Whether it is what was stated for a span that the sentence names."""
    spans = spans_of(frame, mention, desk.known)
    if not spans.named:
        return False
    return any(
        agrees(mention.amount, one.amount, mention.approx, mention.places) and _is_of(one, kinds)
        for span in spans.spans
        for one in span_sums(span, desk)
    )


def _wrong_kind(
    mention: MoneyMention, kinds: frozenset[str], found: Sequence[Sum], desk: Desk
) -> Finding:
    stated = " or ".join(kind_words(k) for k in sorted(kinds))  # type: ignore[arg-type] # of cues
    one = min(found, key=lambda s: (s.scope != "event", s.scope != "claim"))
    right = [
        s for s in desk.known.sums
        if s.kind in kinds and s.scope == one.scope and s.facts and set(s.facts) & set(one.facts)
        and s.days == one.days and s.category == one.category
    ]  # fmt: skip
    message = f"{mention.text} is what was {_verb(one)}, not what was {stated}."
    suggestion = desk.of_sums(right) or f"not recorded what was {stated}"
    return desk.find(mention, "amount-differs", "kind-differs", message, suggestion,
                     [f for s in (right or [one]) for f in s.facts])  # fmt: skip


def _verb(one: Sum) -> str:
    return {"patient": "left as the member's share"}.get(one.kind, kind_words(one.kind))


def _wrong_date(
    frame: Frame, mention: MoneyMention, kinds: frozenset[str], dates: Dates,
    found: Sequence[Sum], desk: Desk,
) -> Finding:  # fmt: skip
    single = [s for s in found if s.scope in _SINGLE] or list(found)
    best = sorted(single, key=lambda s: (s.scope != "event", s.scope != "claim", sorted(s.days)))[
        :2
    ]
    if kinds and _is_an_event(frame, dates, desk):
        there = _of_dates(dates.own, kinds, desk)
        if there:
            return _no_such_amount(mention, kinds, dates, desk)
    where = dates.own[0] if dates.own else mention
    if not best[0].days:
        message = f"{mention.text} is {best[0].what}, not an amount of one day."
        return desk.find(mention, "amount-differs", "not-of-this-date", message,
                         desk.of_sums(best), best[0].facts)  # fmt: skip
    if not dates.own:
        right = _of_dates(dates.carried, frozenset({best[0].kind}), desk)
        message = f"{mention.text} belongs to {min(best[0].days)}, not to the date before it."
        return desk.find(mention, "amount-differs", "amount-of-another-date", message,
                         desk.of_sums(right or best), best[0].facts)  # fmt: skip
    message = f"{mention.text} is recorded for another date than {where.text}."
    return desk.find(where, "date-differs", "amount-of-another-date", message,
                     desk.of_sums(best), best[0].facts)  # fmt: skip


def _is_an_event(frame: Frame, dates: Dates, desk: Desk) -> bool:
    """Whether the ledger holds what the sentence says of its date: then the date is right."""
    told = {cue.says for cue in frame.topics} & _VISITS
    return bool(told) and any(
        h.topics & told
        for h in desk.known.happenings
        for d in dates.own[:1]
        if any(holds(d, day) for day in h.starts)
    )


def _of_dates(dates: Iterable[Dated], kinds: frozenset[str], desk: Desk) -> list[Sum]:
    """What is recorded for the dates: of the whole event first."""
    listed = list(dates)
    found = [
        s for s in desk.known.sums
        if s.days and _is_of(s, kinds) and any(holds(d, day) for d in listed for day in s.days)
    ]  # fmt: skip
    return sorted(found, key=lambda s: ("event", "claim", "day").index(s.scope))


def _no_such_amount(
    mention: MoneyMention, kinds: frozenset[str], dates: Dates, desk: Desk
) -> Finding:
    exact = [d for d in dates.all if d.last - d.first < timedelta(days=32)]
    there = _of_dates(exact, kinds, desk)
    if there:
        closest = sorted(there, key=lambda s: abs(s.amount - mention.amount))
        best = [s for s in closest if s.scope == "event"][:1] or closest[:2]
        if abs(closest[0].amount - mention.amount) <= closest[0].amount * _NEAR_SHARE:
            best = closest[:1]
        message = f"The ledger holds another amount for {exact[0].text}."
        return desk.find(mention, "amount-differs", "amount-differs", message, desk.of_sums(best),
                         [f for s in best for f in s.facts])  # fmt: skip
    close = _close(mention, kinds, desk)
    if close:
        message = f"The ledger holds no {mention.text}; it holds an amount close to it."
        return desk.find(mention, "amount-differs", "close-amount", message, desk.of_sums(close),
                         [f for s in close for f in s.facts])  # fmt: skip
    message = f"{mention.text} is in no record of the ledger, and no sum of its records."
    return desk.find(mention, "unsupported-number", "not-found", message)


def _close(mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> list[Sum]:
    """Amounts that a slip of the keyboard turns into the stated one."""
    digits = _sorted_digits(mention.amount)
    found = []
    for one in desk.known.sums:
        if not _is_of(one, kinds) or one.amount == 0:
            continue
        swapped = _sorted_digits(one.amount) == digits
        off = abs(one.amount - mention.amount)
        if off and (swapped or _one_digit_off(one.amount, mention.amount)):
            found.append((off, one))
    found.sort(key=lambda pair: (pair[0], pair[1].scope != "event"))
    return [one for _, one in found[:1]]


@lru_cache(maxsize=_CACHED)
def _digits(amount: Decimal) -> str:
    return f"{abs(amount):.2f}".replace(".", "")


@lru_cache(maxsize=_CACHED)
def _sorted_digits(amount: Decimal) -> str:
    return "".join(sorted(_digits(amount)))


def _one_digit_off(one: Decimal, other: Decimal) -> bool:
    a, b = _digits(one), _digits(other)
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
