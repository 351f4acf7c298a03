"""Pairs of figures that a share or a ratio may follow from, of the letter and of the ledger."""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import combinations, permutations
from typing import Final, TypeGuard

from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.sums import Sum
from cortipump.checker.mentions import (
    AnyMention,
    DurationMention,
    MeasureMention,
    MoneyMention,
    NumberMention,
)

# The earlier or whole figure first, where that is known.
Pair = tuple[Decimal, Decimal]
CHANGE: Final = re.compile(
    r"\b(?:fall|fell|drop\w*|rise|rose|reduc\w+|increas\w+|decreas\w+|less|more|fewer|lower|higher"
    r"|down|up|cut|smaller|larger|bigger|minus|plus|gain\w*|improve\w*|decline\w*|chang\w+)\b",
    re.I,
)
_FAMILIES: Final = (MoneyMention, NumberMention, MeasureMention, DurationMention)
# Letters between a share and the figures that it may follow from; the most figures looked at; the
# sentences before it that are; the most kinds of one amount.
_CLOSE, _MOST, _BEFORE, _KINDS = 60, 14, 2, 4
_FROM_TO: Final = re.compile(r"\bfrom\s[^.;]{0,40}\sto\s", re.I)
_FEWEST_PARTS: Final = 3
_OF_ALL: Final = frozenset({"everything", "care", "the pump and its supplies"})
_WIDEST, _CENTS = 40, 2
# Words by which the later figure may stand before the earlier one.
_COMPARED: Final = re.compile(
    r"\b(?:was|were|had been|against|instead|than|compared|versus|vs|before|previous\w*|below|of)"
    r"\b",
    re.I,
)
# What the comparison counts, and the topics under which letters speak of it.
_MEASURES: Final[dict[str, frozenset[str]]] = {
    "emergency_visits": frozenset({"emergency", "hospital", "visit", "crisis"}),
    "inpatient_stays": frozenset({"inpatient", "hospital", "crisis", "visit"}),
    "bed_days": frozenset({"nights", "hospital-days", "inpatient"}),
    "observation_stays": frozenset({"observation"}),
    "urgent_care_visits": frozenset({"urgent-care"}),
    "rescue_injections": frozenset({"injection"}),
    "work_days_lost": frozenset({"work"}),
}


def own_pairs(frame: Frame, mention: AnyMention) -> Iterator[Pair]:
    """Like figures near a share, earlier before later: "from 10 to 1, a fall of 75 percent"."""
    ordered = _FROM_TO.search(frame.text)
    both = _COMPARED.search(frame.text) is not None and not ordered
    for family in _FAMILIES:
        alike = [m for m in frame.mentions if isinstance(m, family)]
        if not any(_gap(m, mention) < _CLOSE for m in alike):
            continue
        for one, other in combinations(alike[-_MOST:], 2):
            if getattr(one, "canonical", "") == getattr(other, "canonical", ""):
                yield _value(one), _value(other)
                if both:
                    yield _value(other), _value(one)


def _gap(one: AnyMention, other: AnyMention) -> int:
    """Letters between two figures."""
    return min(abs(one.end - other.start), abs(one.start - other.end))


def _value(mention: MoneyMention | NumberMention | MeasureMention | DurationMention) -> Decimal:
    return mention.amount if isinstance(mention, MoneyMention) else mention.value


def pairs_of(frame: Frame) -> Iterator[Pair]:
    """Pairs of like figures of one sentence."""
    for family in _FAMILIES:
        yield from permutations([_value(m) for m in frame.mentions if isinstance(m, family)], 2)
    counted = [_value(m) for m in frame.mentions if isinstance(m, NumberMention | DurationMention)]
    yield from permutations(counted, 2)


def nearby_pairs(frame: Frame) -> Iterator[Pair]:
    """Ordered pairs of like figures in the sentence and the ones before it."""
    near = [frame, *frame.earlier[:_BEFORE]]
    for family in _FAMILIES:
        values: list[Decimal] = []
        for one in reversed(near):
            values += [_value(m) for m in one.mentions if isinstance(m, family)]
        yield from permutations(values[-_MOST:], 2)
        yield from _with_sums(values[-_MOST:])


def wide_pairs(frame: Frame, mention: AnyMention, desk: Desk, *, exact: bool) -> Iterator[Pair]:
    """Pairs of any figures of the sentence; ``exact``: also of all amounts above it.

    So many amounts give nearly every whole percentage by chance, but few with a decimal.
    """
    alike = [m for m in frame.mentions if isinstance(m, _FAMILIES) and m is not mention]
    yield from permutations([_value(m) for m in alike[-_MOST:]], 2)
    near = desk.above(frame) if exact else frame.earlier[: _BEFORE * 2]
    stated = [*(m for one in near for m in one.mentions), *alike]
    amounts = [_value(m) for m in stated if _is_amount(m)]
    yield from permutations(list(dict.fromkeys(amounts))[-_WIDEST:], 2)


def _is_amount(mention: AnyMention) -> TypeGuard[MoneyMention | NumberMention]:
    """An amount, or a number with cents, as tables print amounts."""
    if isinstance(mention, NumberMention):
        return mention.places == _CENTS
    return isinstance(mention, MoneyMention)


def _with_sums(values: Sequence[Decimal]) -> Iterator[Pair]:
    """Each figure as a part of the sum of all."""
    if len(values) >= _FEWEST_PARTS:
        total = sum(values, Decimal(0))
        for value in values:
            yield total, value


def ledger_pairs(frame: Frame, desk: Desk) -> Iterator[Pair]:
    """Pairs of what the sentence speaks of: before and after, one kind of amount and another."""
    near = (frame, *frame.earlier[:1])
    topics = {cue.says for one in near for cue in (*one.topics, *one.lead.topics)}
    yield from _count_pairs(topics, desk)
    if "score" in topics:
        yield from _score_pairs(desk)
    if "regimen" in topics:
        yield from dose_pairs(desk)
    if "charge" in topics or any(isinstance(m, MoneyMention) for one in near for m in one.mentions):
        yield from _money_pairs(frame, desk)


def dose_pairs(desk: Desk) -> Iterator[Pair]:
    """Daily doses of a glucocorticoid, each against those that followed it."""
    dated = sorted(
        (r.body.start.first_day, r.body.mg_per_day)
        for r in desk.known.regimens
        if r.body.start is not None and r.body.mg_per_day is not None
        and r.body.role == "glucocorticoid"
    )  # fmt: skip
    doses = list(dict.fromkeys(dose for _, dose in dated))
    yield from combinations(doses, 2)


def _score_pairs(desk: Desk) -> Iterator[Pair]:
    values = [s.body.value for s in desk.known.scores if s.body.value is not None]
    yield from permutations(values, 2)


def _count_pairs(topics: Set[str], desk: Desk) -> Iterator[Pair]:
    """Before and after of what the comparison counts, whole and by day."""
    result = desk.known.result
    for c in result.comparisons if result is not None else ():
        if _MEASURES.get(c.measure, frozenset()) & topics:
            before, after = Decimal(c.before), Decimal(c.after)
            yield before, after
            yield before / max(c.days_before, 1), after / max(c.days_after, 1)


def _money_pairs(frame: Frame, desk: Desk) -> Iterator[Pair]:
    """Before and after of like amounts, shares of amounts, and the sentence's own in the sums."""
    kinds = {cue.says for cue in frame.kinds}
    yield from _sum_pairs(frame, kinds, desk)
    if not CHANGE.search(frame.text):
        yield from _shares(desk)
    own = [m.amount for m in frame.mentions if isinstance(m, MoneyMention)]
    for one in desk.known.sums:
        if one.scope in {"event", "kind", "average"} and (not kinds or one.kind in kinds):
            yield from ((one.amount, amount) for amount in own)


def _sum_pairs(frame: Frame, kinds: Set[str], desk: Desk) -> Iterator[Pair]:
    """The same sum before and after, whole and by day."""
    windows = desk.known.windows
    if "before" not in windows or "after" not in windows:
        return
    spans = windows["before"], windows["after"]
    before, after = (
        {
            (s.kind, s.what.rsplit(",", 1)[0]): s.amount
            for s in desk.known.purse.sums_in(span)
            if (not kinds or s.kind in kinds) and _is_spoken_of(s, frame)
        }
        for span in spans
    )
    for key, a in before.items():
        if key in after:
            b = after[key]
            yield a, b
            yield a / spans[0].days, b / spans[1].days


def _is_spoken_of(one: Sum, frame: Frame) -> bool:
    """Whether a sum is of all care, or of a kind of visit or a biller that the words name."""
    words = " ".join(each.text + " " + each.lead.text for each in (frame, *frame.earlier[:1]))
    about = one.what.split(", ")[1] if ", " in one.what else ""
    if one.topics:
        said = {cue.says for each in (frame, *frame.earlier[:1]) for cue in each.topics}
        said |= {cue.says for cue in frame.lead.topics}
        return bool(said & (one.topics | {"hospital", "visit", "crisis"}))
    if one.category != "*" or about in _OF_ALL:
        return True
    return about.split(" ")[0].lower() in words.lower()


def _shares(desk: Desk) -> Iterator[Pair]:
    """What share of an amount another kind of it is: paid of billed."""
    by_what: dict[tuple[str, ...], list[Decimal]] = {}
    for one in desk.known.sums:
        if one.is_total or one.scope in {"event", "claim"}:
            what = (one.scope, *one.what.split(", ")[1:], *map(str, sorted(one.days)))
            by_what.setdefault(what, []).append(one.amount)
    for amounts in by_what.values():
        if len(amounts) <= _KINDS:
            yield from permutations(amounts, 2)
