"""Scores of questionnaires: a total, the mean of several, or the difference of two."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Final

from msgspec import Struct

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import Dated, holds, tied
from cortipump.checker.finding import Finding, Rule
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.judges.values.readings import is_slip
from cortipump.checker.mentions import NumberMention

_CHANGE: Final = re.compile(
    r"\b(?:gain|rise|increase|fall|drop|difference|change|improvement) (?:of\s*)?$"
    r"|\b(?:by|gained|lost|plus|minus|up|down|rose|fell)\s*$"
    r"|[+−]\s*$",
    re.I,
)
_GAIN: Final = re.compile(
    r"\b(?:gain|better|worse|higher|lower|more|less|up|down|improve\w*|rise|fall)\b", re.I
)
_POINTS: Final = re.compile(r"\s*[- ]?points?\b", re.I)
_LEAST: Final = 20
_NAME: Final = re.compile(
    r"addiqol|questionnaire|thermometer|eq-?5d|promis|[sr]f-?36|rand-?36|scores?\b|points?\b", re.I
)
_NAMED: Final = re.compile(
    r"(?:addiqol\S*|questionnaire|thermometer|eq-?5d\S*|promis\S*|[sr]f-?36|rand-?36)\b[^\d;.]{0,40}$"
    r"|\bscored?(?: was| is| of| at)?(?: only| just)?\W*$",
    re.I,
)
_MEAN: Final = re.compile(r"mean|averag", re.I)


class _Total(Struct, frozen=True):
    """A questionnaire's total; ``day`` None: the record names none."""

    value: Decimal
    day: date | None
    instrument: str
    fact: str


def judge_score(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """A questionnaire's total, or the difference of two."""
    totals = list(_totals(desk))
    days = tied(frame, mention)
    there = [t for t in totals if _is_on(t, days)]
    same = [t for t in totals if t.value == mention.value]
    if any(t in there for t in same):
        return None
    if _is_change(frame, mention):
        return _judge_change(frame, mention, totals, desk)
    if same and not days:
        return None
    if frame.has_role("average") and _MEAN.search(frame.before(mention.start)):
        return _judge_mean(mention, totals, desk)
    if not there and not same and not _is_named(frame, mention):
        return None
    if same and not there:
        return _other_day(mention, days[0], same, desk)
    return _no_such_score(mention, totals, there, desk)


def _totals(desk: Desk) -> Iterator[_Total]:
    for score in desk.known.scores:
        body = score.body
        if body.value is not None:
            day = body.at.day if body.at else None
            yield _Total(body.value, day, body.instrument, score.id)


def _is_on(total: _Total, days: Sequence[Dated]) -> bool:
    day = total.day
    return day is not None and any(holds(dated, day) for dated in days)


def _is_named(frame: Frame, mention: NumberMention) -> bool:
    """Whether a whole number can be a total, or an instrument or the word score names it."""
    if mention.places:
        return False
    return mention.value >= _LEAST or bool(
        _NAMED.search(frame.before(mention.start, 60)) or _NAME.search(frame.header(mention).text)
    )


def _is_change(frame: Frame, mention: NumberMention) -> bool:
    """Whether the number says by how much a score differs from another."""
    if _CHANGE.search(frame.before(mention.start, 15)):
        return True
    points = _POINTS.match(frame.after(mention.end, 10))
    return bool(points) and (frame.has_role("difference") or bool(_GAIN.search(frame.text)))


def _judge_change(
    frame: Frame, mention: NumberMention, totals: Sequence[_Total], desk: Desk
) -> Finding | None:
    """A difference: of the two scores beside it where they stand there, else of any two."""
    values = [t.value for t in totals]
    near = [
        m.value
        for one in (frame, *frame.earlier[:1])
        for m in one.mentions
        if isinstance(m, NumberMention) and m is not mention and m.value in values
    ]
    stated = len(near) > 1
    pairs = list(combinations(near if stated else values, 2))
    base = [t.value for t in totals if _is_on(t, frame.days)]  # "from December: +10"
    pairs += [(one, other) for one in near[-1:] + near[:1] for other in base]
    if any(agrees(abs(mention.value), abs(a - b), mention.approx) for a, b in pairs):
        return None
    message = f"The scores do not differ by {mention.text}."
    shown = ""
    if stated:
        one, other = near[:2]
        shown = f"{numeral(abs(one - other))} (from {numeral(one)} and {numeral(other)})"
    return desk.find(mention, "total-does-not-add-up", "difference-differs", message, shown)


def _judge_mean(mention: NumberMention, totals: Sequence[_Total], desk: Desk) -> Finding | None:
    """A mean: of any two or more scores that follow each other."""
    values = [t.value for t in totals]
    for start, end in combinations(range(len(values) + 1), 2):
        run = values[start:end]
        if len(run) > 1:
            mean = sum(run, Decimal(0)) / len(run)
            if agrees(mention.value, mean, mention.approx, mention.places):
                return None
    message = "The scores have another mean."
    return desk.find(mention, "total-does-not-add-up", "mean-differs", message)


def _other_day(mention: NumberMention, dated: Dated, same: Sequence[_Total], desk: Desk) -> Finding:
    shown = " or ".join(
        f"{t.day or 'undated'} ({t.instrument} {numeral(t.value)}, {desk.known.origin(t.fact)})"
        for t in same
    )
    message = f"A score of {mention.text} is recorded for another day than {dated.text}."
    return desk.find(
        dated, "date-differs", "score-of-another-date", message, shown, [t.fact for t in same]
    )


def _no_such_score(
    mention: NumberMention, totals: Sequence[_Total], there: Sequence[_Total], desk: Desk
) -> Finding:
    """The scores of the day, else the closest one of any day."""
    right = there or sorted(totals, key=lambda t: abs(t.value - mention.value))[:1]
    shown = " or ".join(
        f"{numeral(t.value)} ({t.day or 'undated'}, {t.instrument}, {desk.known.origin(t.fact)})"
        for t in right
    )
    slip = bool(right) and is_slip(right[0].value, mention.value)
    rule: Rule = "amount-differs" if there or slip else "unsupported-number"
    message = (
        "The ledger holds another score." if there else f"No score of {mention.text} is recorded."
    )
    return desk.find(mention, rule, "score-differs", message, shown, [t.fact for t in right])
