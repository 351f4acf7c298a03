"""Totals, differences and averages: of parts in the letter, or in the ledger."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import holds, nearest
from cortipump.checker.binding.kinds import kinds_of
from cortipump.checker.binding.spans import spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.sums import Sum, leading
from cortipump.checker.mentions import DurationMention, MoneyMention
from cortipump.quantities.money import MONEY_KINDS, MoneyKind
from cortipump.quantities.show import money_text
from cortipump.quantities.span import DateSpan

_PER: Final = re.compile(r",?\s*(?:a|per|each|every|/)\s*(day|d|week|month|year)\b", re.I)
_RATE_BEFORE: Final = re.compile(r"\b(?:(?:per|a) day|daily)\b[^;]{0,50}$", re.I)
_DAYS: Final = {
    "d": Decimal(1),
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4375"),
    "year": Decimal("365"),
}
_VISITS: Final = frozenset({"emergency", "inpatient", "observation", "urgent-care"})
_DIFFERENCE: Final = re.compile(r"\bdifference\s+(?:of|is|was|comes to)\s+\S*$", re.I)
_EQUALS: Final = re.compile(r"=\s*$")
_MOST_DATES, _MOST_SUMS = 8, 5000
_FEW: Final = 2
_LIST, _CENTS = 3, 2
_FAR: Final = 60


def is_total(frame: Frame, mention: MoneyMention) -> bool:
    """Whether the words make the amount a total; what came to it on one day is none."""
    if len(frame.days) == 1 and frame.days[0].first == frame.days[0].last and not frame.is_row:
        others = [m for m in frame.mentions if isinstance(m, MoneyMention) and m is not mention]
        if not frame.whens and not others and not _EQUALS.search(frame.before(mention.start, 6)):
            return False
    header = frame.header(mention)
    if any(cue.says == "total" for cue in header.roles):
        return True
    if _EQUALS.search(frame.before(mention.start, 6)):
        return True
    cues = [cue for cue in frame.roles if cue.says == "total"]
    if not cues:
        return False
    if frame.is_row:
        return True
    closest = nearest(cues, mention)
    others = [m for m in frame.mentions if isinstance(m, MoneyMention)]
    if closest is None or _gap(mention, closest) > _FAR:
        return False
    return min(others, key=lambda m: _gap(m, closest)) is mention


def _gap(mention: MoneyMention, cue: object) -> int:
    start, end = getattr(cue, "start", 0), getattr(cue, "end", 0)
    return mention.start - end if end <= mention.start else max(start - mention.end, 0)


def span_sums(span: DateSpan, desk: Desk) -> tuple[Sum, ...]:
    """Every sum of one span that the letter names."""
    return desk.known.purse.sums_in(span)


# -- what the letter itself adds up --------------------------------------------------------


def parts_before(
    frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk
) -> list[list[MoneyMention]]:
    """Lists of amounts that the letter may be adding: the likeliest first."""
    column = _column(frame, mention, desk)
    if column:
        return [column]
    same = [m for m in frame.mentions if isinstance(m, MoneyMention) and m is not mention]
    before = [m for m in same if m.start < mention.start and _alike(frame, m, kinds)]
    after = [m for m in same if m.start > mention.start and _alike(frame, m, kinds)]
    listed = _listed_above(frame, kinds, desk)
    lists = [before, after, listed, [*listed, *before]]
    return [parts for parts in lists if len(parts) >= _FEW]


def _alike(frame: Frame, mention: MoneyMention, kinds: frozenset[str]) -> bool:
    own = kinds_of(frame, mention)
    return not kinds or not own or bool(own & kinds)


def _column(frame: Frame, mention: MoneyMention, desk: Desk) -> list[MoneyMention]:
    """The amounts above it in the same column of the same table."""
    if not frame.is_row:
        return []
    header = frame.header(mention).text
    position = [m for m in frame.mentions if isinstance(m, MoneyMention)].index(mention)
    found = []
    for row in reversed(frame.earlier):
        amounts = [m for m in row.mentions if isinstance(m, MoneyMention)]
        if header:
            found += [m for m in amounts if row.header(m).text == header]
        elif position < len(amounts):
            found.append(amounts[position])
    return found if len(found) >= _FEW else []


def _listed_above(frame: Frame, kinds: frozenset[str], desk: Desk) -> list[MoneyMention]:
    """Amounts of the sentences before it in its block, and of the list or block right above."""
    found: list[MoneyMention] = []
    for other in desk.above(frame):
        if other.block < frame.block - _FAR:
            continue
        found += [
            m for m in other.mentions if isinstance(m, MoneyMention) and _alike(other, m, kinds)
        ]
    return found


def in_letter(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """Whether amounts that stand before it in the letter yield it: a sum, difference, average."""
    if _per(frame, mention) and _is_rate(frame, mention, kinds, desk):
        return True
    if mention.places == _CENTS and _sums_a_list(frame, mention, kinds, desk):
        return True
    compared = re.search(r"\b(?:less|more) than\b", frame.after(mention.end, 20))
    if not (
        compared or is_total(frame, mention) or frame.has_role("difference", "average", "each")
    ):
        return False
    if frame.has_role("difference"):
        kinds = frozenset()
        pair = [
            m.amount for m in frame.mentions if isinstance(m, MoneyMention) and m is not mention
        ]
        if len(pair) == _FEW and _DIFFERENCE.search(frame.before(mention.start, 24)):
            return _agrees(mention, abs(pair[0] - pair[1]))
    for parts in parts_before(frame, mention, kinds, desk):
        if any(_agrees(mention, value) for value in _yields(frame, [p.amount for p in parts])):
            return True
    return any(_agrees(mention, value) for value in _of_ledger(frame, kinds, desk))


def _sums_a_list(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """Whether it is, to the cent, the sum of three amounts or more that end right before it."""
    for parts in parts_before(frame, mention, kinds, desk):
        running = Decimal(0)
        for number, part in enumerate(reversed(parts), 1):
            running += part.amount
            if number >= _LIST and running == mention.amount:
                return True
    return False


def sums_some(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """Whether several stays, visits or supplies come to it together, or to its multiple."""
    if frame.days or mention.places != 2:  # exact to the cent, and of no day of its own
        return False
    wanted: tuple[MoneyKind, ...] = tuple(k for k in MONEY_KINDS if not kinds or k in kinds)
    subsets = [desk.known.purse.subset_sums(kind) for kind in wanted]
    if any(mention.amount in found for found in subsets):
        return True
    averaged = frame.has_role("average", "each")
    return averaged and any(
        _agrees(mention, v / n) for f in subsets for v in f for n in range(2, 9)
    )


def sums_dates(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """Whether it is what the ledger holds for all dates of the sentence together."""
    days = [d for d in frame.days if d.first == d.last]
    if not _FEW <= len(days) <= _MOST_DATES:
        return False
    reached = {Decimal(0)}
    for dated in days:
        found = {
            s.amount
            for s in desk.known.sums
            if s.days and (not kinds or s.kind in kinds) and any(holds(dated, d) for d in s.days)
        }
        reached = {total + amount for total in reached for amount in found}
        if len(reached) > _MOST_SUMS:
            return False
    return any(_agrees(mention, total) for total in reached)


def _per(frame: Frame, mention: MoneyMention) -> str:
    """The time that an amount is divided by, from the words behind it or its column or row."""
    found = _PER.match(frame.after(mention.end, 16))
    if found is None and _RATE_BEFORE.search(frame.before(mention.start, 60)):
        return "day"
    if found is None and frame.is_row:
        head = frame.header(mention).text or frame.lead.text
        found = _PER.search(f" {head} {frame.text}")
    return found[1].lower() if found else ""


def _is_rate(frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk) -> bool:
    """``$330.50 a day``: an amount of the letter or the ledger by the days of its window."""
    days = _DAYS[_per(frame, mention)]
    lengths = {Decimal(span.days) for span in desk.known.spans.values()}
    lengths |= {
        m.value for m in frame.mentions if isinstance(m, DurationMention) and m.period == "day"
    }
    amounts = {
        m.amount
        for one in (frame, *frame.earlier[:2])
        for m in one.mentions
        if isinstance(m, MoneyMention)
    }
    if mention.places <= 0 and not mention.approx:
        # To the dollar, so many amounts by so many lengths give any by chance.
        lengths = {Decimal(span.days) for span in desk.known.windows.values()}
        amounts = set() if kinds else amounts
    for span in desk.known.windows.values() if kinds or mention.places > 0 else ():
        amounts |= {s.amount for s in span_sums(span, desk) if not kinds or s.kind in kinds}
    return any(
        _agrees(mention, amount / length * days)
        for amount in amounts for length in lengths if length
    )  # fmt: skip


def _agrees(mention: MoneyMention, value: Decimal) -> bool:
    return agrees(mention.amount, value, mention.approx, mention.places)


def _yields(frame: Frame, amounts: Sequence[Decimal]) -> Iterator[Decimal]:
    """Sums of every run that ends with the last amount, and what the sentence makes of two."""
    running = Decimal(0)
    for number, amount in enumerate(reversed(amounts), 1):
        running += amount
        if number >= _FEW:
            yield running
            if frame.has_role("average", "each"):
                yield running / number
    if frame.has_role("difference"):
        for one, other in combinations(amounts[-12:], 2):
            yield abs(one - other)


def _of_ledger(frame: Frame, kinds: frozenset[str], desk: Desk) -> Iterator[Decimal]:
    """Differences between before and after, and averages per event."""
    if frame.has_role("difference") or re.search(r"\b(?:less|more) than\b", frame.text):
        near = [
            m.amount
            for one in (frame, *frame.earlier[:2])
            for m in one.mentions
            if isinstance(m, MoneyMention)
        ]
        for one in desk.known.sums:
            if one.scope == "event":
                yield from (abs(one.amount - amount) for amount in near)
        by_what: dict[tuple[str, str, str], list[Decimal]] = {}
        for one in desk.known.sums:
            if one.scope == "window" and (not kinds or one.kind in kinds):
                about = one.what.split(",")[1] if "," in one.what else ""
                by_what.setdefault((one.kind, one.currency, about), []).append(one.amount)
        for amounts in by_what.values():
            for a, b in combinations(amounts, 2):
                yield abs(a - b)
    if frame.has_role("average"):
        yield from _averages(kinds, desk)


def _averages(kinds: frozenset[str], desk: Desk) -> Iterator[Decimal]:
    """Totals of one kind of visit by their number; of all care by every kind's number."""
    for one in desk.known.sums:
        if one.is_total and (not kinds or one.kind in kinds):
            for number in _numbers_of(one, desk):
                yield (one.amount / number).quantize(Decimal("0.01"))


def _numbers_of(one: Sum, desk: Desk) -> set[int]:
    """How many visits a total may be divided by."""
    facts = set(one.facts)
    days = {
        d for h in desk.known.sums if h.scope == "claim" and facts & set(h.facts) for d in h.days
    }
    visits = [h for h in desk.known.happenings if "visit" in h.topics and h.starts & days]
    by_kind = Counter(leading(h) for h in visits if not one.topics or h.topics & one.topics)
    counts = {*by_kind.values(), by_kind.total()}
    return {n for n in counts if n >= _FEW}


# -- a total that nothing bears ------------------------------------------------------------


def judge_total(
    frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk
) -> Finding | None:
    """A total that neither the ledger nor the letter's parts bear, with what they do bear."""
    lists = parts_before(frame, mention, kinds, desk)
    if lists and (frame.is_row or len(lists[0]) >= _FEW):
        parts = min(lists, key=lambda p: abs(sum(m.amount for m in p) - mention.amount))
        total = sum((m.amount for m in parts), Decimal(0))
        currency = mention.currency or "USD"
        words = " + ".join(m.text for m in parts[:8]) + (" + ..." if len(parts) > 8 else "")
        message = f"The {len(parts)} amounts before it add up to another total: {words}."
        return desk.find(mention, "total-does-not-add-up", "parts-differ", message,
                         f"{money_text(total, currency)} (the sum of these amounts)")  # fmt: skip
    right = _right_total(frame, mention, kinds, desk)
    if not kinds and not frame.says(
        "charge", "emergency", "inpatient", "hospital", "visit", "pump"
    ):
        message = f"{mention.text} is in no record of the ledger, and no sum of its records."
        return desk.find(mention, "unsupported-number", "not-found", message)
    message = "The records add up to another total."
    return desk.find(mention, "total-does-not-add-up", "records-differ", message,
                     desk.of_sums(right), [f for s in right for f in s.facts])  # fmt: skip


def _right_total(
    frame: Frame, mention: MoneyMention, kinds: frozenset[str], desk: Desk
) -> list[Sum]:
    spans = spans_of(frame, mention, desk.known)
    pool: Iterable[Sum] = (
        [s for span in spans.spans for s in span_sums(span, desk)]
        if spans.named
        else desk.known.sums
    )
    topics = {cue.says for cue in frame.topics}
    fitting = [s for s in pool if s.is_total and (not kinds or s.kind in kinds)]
    told = [s for s in fitting if not s.topics or s.topics & topics]
    exact = [s for s in told if s.topics and s.topics == topics & _VISITS]
    return sorted(exact or told or fitting, key=lambda s: abs(s.amount - mention.amount))[:1]
