"""Percentages and ratios: whether they follow from figures of the letter or of the ledger."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.judges.shares.pairs import (
    CHANGE,
    Pair,
    dose_pairs,
    ledger_pairs,
    nearby_pairs,
    own_pairs,
    pairs_of,
    wide_pairs,
)
from cortipump.checker.judges.values.readings import analyte_of, readings
from cortipump.checker.mentions import AnyMention, MoneyMention, PercentMention, RatioMention

_HUNDRED: Final = Decimal(100)
_METHOD: Final = re.compile(
    r"\b(?:confidence|interval|CI|exact)\b|%\s*(?:CI|confidence|interval)", re.I
)
_DOSE: Final = re.compile(r"\bdos(?:e|es|age)\b|\bmg\b", re.I)
_ROUND: Final = frozenset({Decimal(2), Decimal("0.5"), Decimal(3)})
# "fell to 25 percent of", "25 percent of what it was": a share beside a word of change.
_REMAINS: Final = re.compile(
    r"\bto\s+(?:about |only |just )?[\w.]+ ?(?:%|percent)|(?:%|percent) of\b", re.I
)
_OF_KIND: Final = re.compile(
    r"\s*(?:of|against) (?:the |my |your |its |what was |what you )?(?:allowed|billed|charged?)\b",
    re.I,
)
_PAID: Final = re.compile(r"\bpaid\s+(?:about |only |roughly )?$", re.I)
_VERB: Final = re.compile(r"(?:doubl|tripl|trebl|quadrupl|halv)", re.I)
_REFERS: Final = re.compile(r"\W*(?:that|this|it|which) (?:is|was|means|makes|comes)\b", re.I)
# Words right beside a share that say which way it goes.
_FALL: Final = re.compile(
    r"\b(?:fell|fall(?:en|s)?|dropp?(?:ed|s)?|reduc\w+|decreas\w+|declin\w+|cut|down|lower)"
    r"(?: by| of| about| some| roughly| nearly)*\s*$",
    re.I,
)
_FALLEN: Final = re.compile(
    r"\s*(?:less|lower|fewer|below|smaller|reduction|decrease|drop|fall|cheaper)\b", re.I
)
# So many amounts make a pair; so many printed places of a ratio count.
_PAIR, _PLACES = 2, 2


def judge_percent(frame: Frame, mention: PercentMention, desk: Desk) -> Finding | None:
    """A percentage against pairs of figures near it, then against the ledger's own pairs."""
    if analyte_of(frame, mention) == "hba1c" and mention.value < _HUNDRED:
        return _judge_a1c(mention, desk)
    near = frame.before(mention.start, 20) + mention.text + frame.after(mention.end, 30)
    if _METHOD.search(near) or _is_measured(mention, desk):
        return None
    own = list(own_pairs(frame, mention))
    if not own and _REFERS.match(frame.text):
        own = [pair for one in _right_above(frame, desk) for pair in pairs_of(one)]
    strict = bool(own) and _is_change(frame, mention)
    pairs = own if strict else list(nearby_pairs(frame))
    follows = _changes if strict and not _REMAINS.search(near) else _percents
    if any(_percent_fits(mention, value) for a, b in pairs for value in follows(a, b)):
        return None
    of_kind = _OF_KIND.match(frame.after(mention.end, 40)) or _PAID.search(
        frame.before(mention.start, 24)
    )
    if of_kind or (not strict and not _is_beside_amounts(frame)):
        ledger = list(ledger_pairs(frame, desk))
        if _is_fall(frame, mention):
            ledger, follows = [(a, b) for a, b in ledger if b < a], _changes
        found = follows if follows is _changes else _percents
        if any(_percent_fits(mention, value) for a, b in ledger for value in found(a, b)):
            return None
    if not own and frame.text.rstrip().endswith("?"):
        return None  # asked, not said
    wide = wide_pairs(frame, mention, desk, exact=mention.places > 0)
    if (not own or mention.places > 0) and any(
        _percent_fits(mention, value) for a, b in wide for value in _percents(a, b)
    ):
        return None
    return _does_not_follow(mention, pairs, follows, desk)


def _judge_a1c(mention: PercentMention, desk: Desk) -> Finding | None:
    """A laboratory value in percent."""
    known = [r for r in readings(desk) if "a1c" in r.name.lower()]
    if any(agrees(mention.value, r.value, mention.approx, mention.places) for r in known):
        return None
    message = f"No HbA1c of {mention.text} is recorded."
    return desk.find(mention, "unsupported-number", "not-found", message)


def judge_ratio(frame: Frame, mention: RatioMention, desk: Desk) -> Finding | None:
    """``halved``, ``three times as many``, ``by a third``."""
    own = list(own_pairs(frame, mention))
    if not own and _DOSE.search(frame.text):
        own = list(dose_pairs(desk))
    if not own and mention.text.endswith("that"):
        return None  # "billed at more than double that": of what, the words leave open
    pairs = own or [*nearby_pairs(frame), *ledger_pairs(frame, desk)]
    if any(_ratio_fits(mention, a, b) for a, b in pairs):
        return None
    return _does_not_follow(mention, list(nearby_pairs(frame)), _factors, desk)


def _is_measured(mention: PercentMention, desk: Desk) -> bool:
    """Whether it is a measured value, or stands as a percentage in the words of a record."""
    if mention.value in desk.known.printed.percents:
        return True
    measured = (r.value for r in readings(desk) if r.unit == "%")
    return any(agrees(mention.value, value, mention.approx, mention.places) for value in measured)


def _is_change(frame: Frame, mention: AnyMention) -> bool:
    """Whether the words beside a share make it a change."""
    near = frame.before(mention.start, 70) + " " + frame.after(mention.end, 30)
    return bool(CHANGE.search(near))


def _is_fall(frame: Frame, mention: AnyMention) -> bool:
    """``25 percent less``, ``fell by 76 percent``: the later figure is the smaller one."""
    return bool(
        _FALLEN.match(frame.after(mention.end, 16)) or _FALL.search(frame.before(mention.start, 40))
    )


def _is_beside_amounts(frame: Frame) -> bool:
    """Whether the sentence itself holds two amounts that the share should follow from."""
    return sum(isinstance(m, MoneyMention) for m in frame.mentions) >= _PAIR


def _right_above(frame: Frame, desk: Desk) -> list[Frame]:
    """The sentence or the rows that "that is" speaks of."""
    if frame.earlier:
        return [frame.earlier[0]]
    above = desk.above(frame)
    rows = [one for one in above[-4:] if one.is_row]
    return rows or list(above[-1:])


def _percent_fits(mention: PercentMention, value: Decimal) -> bool:
    return agrees(mention.value, value, mention.approx, mention.places)


def _changes(a: Decimal, b: Decimal) -> Iterator[Decimal]:
    """The change from one to the other."""
    if a:
        yield abs(b - a) / a * _HUNDRED


def _percents(a: Decimal, b: Decimal) -> Iterator[Decimal]:
    """The change from one to the other, and the share of one in the other."""
    yield from _changes(a, b)
    if a and b <= a:
        yield b / a * _HUNDRED


def _factors(a: Decimal, b: Decimal) -> Iterator[Decimal]:
    """What the one is multiplied by to give the other."""
    if a:
        yield b / a


def _ratio_fits(mention: RatioMention, a: Decimal, b: Decimal) -> bool:
    """Whether a factor or a fraction follows from two figures: of a verb, in their order."""
    places = min(max(-int(mention.factor.as_tuple().exponent), 0), _PLACES)
    rough = mention.approx or ("about" if mention.is_share or mention.factor in _ROUND else "")
    orders = ((a, b),) if _VERB.match(mention.text) else ((a, b), (b, a))
    for one, other in orders:
        if not one:
            continue
        ratio = other / one
        values = {ratio, abs(1 - ratio)} if mention.is_share or mention.factor < 1 else {ratio}
        if any(agrees(mention.factor, value, rough, places) for value in values):
            return True
    return False


def _does_not_follow(
    mention: PercentMention | RatioMention,
    pairs: Sequence[Pair],
    follows: Callable[[Decimal, Decimal], Iterator[Decimal]],
    desk: Desk,
) -> Finding:
    """The closest share that figures beside it give, where there are figures."""
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
