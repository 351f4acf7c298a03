"""Percentages and ratios: do they follow from figures of the letter, or from the ledger?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.judges.values import analyte_of, readings
from cortipump.checker.mentions import (
    AnyMention,
    DurationMention,
    MeasureMention,
    MoneyMention,
    NumberMention,
    PercentMention,
    RatioMention,
)
from cortipump.quantities.span import DateSpan

_HUNDRED: Final = Decimal(100)
_METHOD: Final = re.compile(
    r"\b(?:confidence|interval|CI|exact)\b|%\s*(?:CI|confidence|interval)", re.I
)
_DOSE: Final = re.compile(r"\bdos(?:e|es|age)\b|\bmg\b", re.I)
_CHANGE: Final = re.compile(
    r"\b(?:fall|fell|drop\w*|rise|rose|reduc\w+|increas\w+|decreas\w+|less|more|fewer|lower|higher|down|up|cut"
    r"|smaller|larger|bigger|minus|plus|gain\w*|improve\w*|decline\w*|chang\w+)\b",
    re.I,
)
_ROUND: Final = frozenset({Decimal(2), Decimal("0.5"), Decimal(3)})
_REFERS: Final = re.compile(r"\W*(?:that|this|it|which) (?:is|was|means|makes|comes)\b", re.I)
_RECENT: Final = 2
_CLOSE: Final = 60
# Words by which the later figure may stand before the earlier one.
_COMPARED: Final = re.compile(
    r"\b(?:was|were|had been|against|instead|than|compared|versus|vs|before|previous\w*|below|of)\b",
    re.I,
)
_MOST: Final = 14


def judge_percent(frame: Frame, mention: PercentMention, desk: Desk) -> Finding | None:
    """A percentage against pairs of figures near it, then against the ledger's own pairs."""
    if analyte_of(frame, mention) == "hba1c" and mention.value < _HUNDRED:
        return _judge_a1c(mention, desk)
    near = frame.before(mention.start, 20) + mention.text + frame.after(mention.end, 30)
    if _METHOD.search(near) or _is_measured(mention, desk):
        return None
    own = list(_own_pairs(frame, mention))
    if not own and _REFERS.match(frame.text):
        own = [pair for one in _right_above(frame, desk) for pair in _pairs_of(one)]
    strict = bool(own) and _changes(frame, mention)
    pairs = own if strict else list(_pairs(frame))
    wanted = mention.value
    if any(_percent_fits(wanted, mention, a, b) for a, b in pairs):
        return None
    if (
        not _beside_money(frame)
        and not strict
        and any(_percent_fits(wanted, mention, a, b) for a, b in _ledger_pairs(frame, desk))
    ):
        return None
    return _does_not_follow(mention, pairs, _percents, desk)


def _judge_a1c(mention: PercentMention, desk: Desk) -> Finding | None:
    """A laboratory value in percent."""
    known = [r for r in readings(desk) if "a1c" in r.name.lower()]
    if any(agrees(mention.value, r.value, mention.approx, mention.places) for r in known):
        return None
    message = f"No HbA1c of {mention.text} is recorded."
    return desk.find(mention, "unsupported-number", "not-found", message)


def judge_ratio(frame: Frame, mention: RatioMention, desk: Desk) -> Finding | None:
    """``halved``, ``three times as many``, ``by a third``."""
    own = list(_own_pairs(frame, mention))
    if not own and _DOSE.search(frame.text):
        own = list(_dose_pairs(desk))
    pairs = own or [*_pairs(frame), *_ledger_pairs(frame, desk)]
    if any(_ratio_fits(mention, a, b) for a, b in pairs):
        return None
    return _does_not_follow(mention, list(_pairs(frame)), _factors, desk)


def _is_measured(mention: PercentMention, desk: Desk) -> bool:
    """A value in percent, such as HbA1c, or a number that stands in the words of a record."""
    measured = any(r.unit == "%" and agrees(mention.value, r.value, mention.approx, mention.places)
                   for r in readings(desk))  # fmt: skip
    return measured or mention.value in desk.known.printed.percents


def _percent_fits(wanted: Decimal, mention: PercentMention, a: Decimal, b: Decimal) -> bool:
    return any(agrees(wanted, value, mention.approx, mention.places) for value in _percents(a, b))


def _percents(a: Decimal, b: Decimal) -> Iterator[Decimal]:
    """The change from one to the other, and the share of one in the other."""
    if a:
        yield abs(b - a) / a * _HUNDRED
        if b <= a:
            yield b / a * _HUNDRED


def _factors(a: Decimal, b: Decimal) -> Iterator[Decimal]:
    if a:
        yield b / a


def _ratio_fits(mention: RatioMention, a: Decimal, b: Decimal) -> bool:
    """Whether a factor or a fraction follows from two figures, in either order."""
    places = min(max(-int(mention.factor.as_tuple().exponent), 0), _RECENT)
    rough = mention.approx or ("about" if mention.is_share or mention.factor in _ROUND else "")
    for one, other in ((a, b), (b, a)):
        if not one:
            continue
        ratio = other / one
        values = {ratio, abs(1 - ratio)} if mention.is_share or mention.factor < 1 else {ratio}
        if any(agrees(mention.factor, value, rough, places) for value in values):
            return True
    return False


def _own_pairs(frame: Frame, mention: AnyMention) -> Iterator[tuple[Decimal, Decimal]]:
    """Like figures near a share, earlier before later: "from 10 to 1, a fall of 75 percent"."""
    both = _COMPARED.search(frame.text) is not None
    for family in (MoneyMention, NumberMention, MeasureMention, DurationMention):
        alike = [m for m in frame.mentions if isinstance(m, family)]
        near = [
            m for m in alike if min(abs(m.end - mention.start), abs(m.start - mention.end)) < _CLOSE
        ]
        if len(alike) < _RECENT or not near:
            continue
        for one, other in combinations(alike[-_MOST:], 2):
            if getattr(one, "canonical", "") == getattr(other, "canonical", ""):
                yield _value(one), _value(other)
                if both:
                    yield _value(other), _value(one)


def _right_above(frame: Frame, desk: Desk) -> list[Frame]:
    """The sentence or the rows that "that is" speaks of."""
    if frame.earlier:
        return [frame.earlier[0]]
    above = [one for one in desk.frames if one.start < frame.start]
    rows = [one for one in above[-4:] if one.is_row]
    return rows or above[-1:]


def _pairs_of(frame: Frame) -> Iterator[tuple[Decimal, Decimal]]:
    """Pairs of like figures of one sentence."""
    for family in (MoneyMention, NumberMention, MeasureMention, DurationMention):
        yield from permutations([_value(m) for m in frame.mentions if isinstance(m, family)], 2)
    counted = [_value(m) for m in frame.mentions if isinstance(m, NumberMention | DurationMention)]
    yield from permutations(counted, 2)


def _changes(frame: Frame, mention: AnyMention) -> bool:
    """Whether the words beside a share make it a change."""
    near = frame.before(mention.start, 70) + " " + frame.after(mention.end, 30)
    return bool(_CHANGE.search(near))


def _dose_pairs(desk: Desk) -> Iterator[tuple[Decimal, Decimal]]:
    """Daily doses of a glucocorticoid, each against the one that followed it."""
    dated = sorted(
        (r.body.start.first_day, r.body.mg_per_day)
        for r in desk.known.regimens
        if r.body.start is not None and r.body.mg_per_day is not None
        and r.body.role == "glucocorticoid"
    )  # fmt: skip
    doses = list(dict.fromkeys(dose for _, dose in dated))
    yield from pairwise(doses)


def _beside_money(frame: Frame) -> bool:
    """Whether the sentence itself holds two amounts that the share should follow from."""
    return sum(isinstance(m, MoneyMention) for m in frame.mentions) >= _RECENT


# -- pairs of figures ----------------------------------------------------------------------


def _pairs(frame: Frame) -> Iterator[tuple[Decimal, Decimal]]:
    """Ordered pairs of like figures in the sentence and the ones before it."""
    near = [frame, *frame.earlier[:_RECENT]]
    for family in (MoneyMention, NumberMention, MeasureMention, DurationMention):
        values: list[Decimal] = []
        for one in reversed(near):
            values += [_value(m) for m in one.mentions if isinstance(m, family)]
        yield from permutations(values[-_MOST:], 2)
        yield from _with_sums(values[-_MOST:])


def _with_sums(values: Sequence[Decimal]) -> Iterator[tuple[Decimal, Decimal]]:
    """A part of the sum of all, and one run against the other."""
    if len(values) > _RECENT:
        total = sum(values, Decimal(0))
        for value in values:
            yield total, value


def _value(mention: AnyMention) -> Decimal:
    return (
        mention.amount
        if isinstance(mention, MoneyMention)
        else getattr(mention, "value", Decimal(0))
    )


_MEASURES: Final[dict[str, frozenset[str]]] = {
    "emergency_visits": frozenset({"emergency", "hospital", "visit", "crisis"}),
    "inpatient_stays": frozenset({"inpatient", "hospital", "crisis", "visit"}),
    "bed_days": frozenset({"nights", "hospital-days", "inpatient"}),
    "observation_stays": frozenset({"observation"}),
    "urgent_care_visits": frozenset({"urgent-care"}),
    "rescue_injections": frozenset({"injection"}),
    "work_days_lost": frozenset({"work"}),
}


def _ledger_pairs(frame: Frame, desk: Desk) -> Iterator[tuple[Decimal, Decimal]]:
    """Pairs of what the sentence speaks of: before and after, one kind of amount and another."""
    near = (frame, *frame.earlier[:1])
    topics = {cue.says for one in near for cue in (*one.topics, *one.lead.topics)}
    result = desk.known.result
    if result is not None:
        for c in result.comparisons:
            if _MEASURES.get(c.measure, frozenset()) & topics:
                before, after = Decimal(c.before), Decimal(c.after)
                yield before, after
                yield before / max(c.days_before, 1), after / max(c.days_after, 1)
    if "score" in topics:
        yield from _score_pairs(desk)
    if "regimen" in topics:
        yield from _dose_pairs(desk)
    if "charge" in topics or any(isinstance(m, MoneyMention) for one in near for m in one.mentions):
        kinds = {cue.says for cue in frame.kinds}
        yield from _money_pairs(kinds, _CHANGE.search(frame.text) is not None, desk)
        own = [m.amount for m in frame.mentions if isinstance(m, MoneyMention)]
        for one in desk.known.sums:
            if one.scope in {"event", "kind", "average"} and (not kinds or one.kind in kinds):
                yield from ((one.amount, amount) for amount in own)


def _money_pairs(kinds: set[str], changes: bool, desk: Desk) -> Iterator[tuple[Decimal, Decimal]]:
    """Before and after of like amounts where the words tell of a change, else shares of amounts."""
    windows = [desk.known.windows[n] for n in ("before", "after") if n in desk.known.windows]
    if len(windows) == _RECENT:
        yield from _sum_pairs(windows, kinds, desk)
    if not changes:
        yield from _shares(desk)


def _score_pairs(desk: Desk) -> Iterator[tuple[Decimal, Decimal]]:
    values = [s.body.value for s in desk.known.scores if s.body.value is not None]
    yield from permutations(values, 2)


def _sum_pairs(
    windows: Sequence[DateSpan], kinds: set[str], desk: Desk
) -> Iterator[tuple[Decimal, Decimal]]:
    """The same sum of both windows, whole and by day."""
    result = desk.known.result
    assert result is not None  # there are windows
    sides = [
        {
            (s.kind, s.what.rsplit(",", 1)[0]): s.amount
            for s in desk.known.purse.sums_in(span)
            if not kinds or s.kind in kinds
        }
        for span in windows
    ]
    for key in sides[0].keys() & sides[1].keys():
        a, b = sides[0][key], sides[1][key]
        yield a, b
        yield a / result.before.span.days, b / result.after.span.days


def _shares(desk: Desk) -> Iterator[tuple[Decimal, Decimal]]:
    """What share of an amount another kind of it is: paid of billed."""
    by_what: dict[tuple[str, ...], list[Decimal]] = {}
    for one in desk.known.sums:
        if one.is_total or one.scope in {"event", "claim"}:
            by_what.setdefault(
                (one.scope, *one.what.split(", ")[1:], *map(str, sorted(one.days))), []
            ).append(one.amount)
    for amounts in by_what.values():
        if len(amounts) <= 4:
            yield from permutations(amounts, 2)


# -- what is wrong -------------------------------------------------------------------------


def _does_not_follow(
    mention: PercentMention | RatioMention, pairs: Sequence[tuple[Decimal, Decimal]],
    follows: object, desk: Desk,
) -> Finding:  # fmt: skip
    assert callable(follows)
    stated = mention.value if isinstance(mention, PercentMention) else mention.factor
    found = [(abs(v - stated), v, a, b) for a, b in pairs for v in follows(a, b)]
    if not found:
        message = f"No figures of the letter or the ledger give {mention.text}."
        return desk.find(mention, "unsupported-number", "share-of-nothing", message)
    _, value, a, b = min(found, key=lambda f: f[0])
    places = Decimal(1) if isinstance(mention, PercentMention) else Decimal("0.01")
    sign = " %" if isinstance(mention, PercentMention) else " times"
    message = f"{mention.text} does not follow from the figures beside it."
    shown = f"{numeral(value.quantize(places))}{sign} (from {numeral(a)} and {numeral(b)})"
    return desk.find(mention, "total-does-not-add-up", "share-differs", message, shown)


def percents_of(pairs: Iterable[tuple[Decimal, Decimal]]) -> Iterator[Decimal]:
    """Every percentage that pairs of figures give."""
    for a, b in pairs:
        yield from _percents(a, b)
