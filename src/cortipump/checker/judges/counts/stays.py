"""Lengths of stay: of one, of several, or of all in a time."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import Dated, dates_of, has_year, holds
from cortipump.checker.binding.spans import Spans, spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.tally import counted, judge_tally
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.known.happenings import Happening
from cortipump.checker.mentions import DayMention, DurationMention, NumberMention, SpanMention
from cortipump.knowledge.cues import Measure

_JOINED: Final = re.compile(r"\s*(?:,|and|&|\+|/|,\s*and|nights?,?|nights?,?\s*and)\s*", re.I)
_MEAN: Final = re.compile(r"\b(?:averag\w+|mean)\b", re.I)
_IN_SUM: Final = re.compile(r"[:=]\s*$")
LONGEST_ABSENCE: Final = timedelta(days=31)


def in_series(frame: Frame, mention: NumberMention | DurationMention) -> bool:
    """Whether it is one of several like figures in a row: ``3, 2, 4 and 3 nights``."""
    for other in frame.mentions:
        if other is mention or not isinstance(other, NumberMention | DurationMention):
            continue
        low, high = min(other.end, mention.end), max(other.start, mention.start)
        between = frame.text[low - frame.start : high - frame.start]
        apart = other.end <= mention.start or other.start >= mention.end
        if apart and _JOINED.fullmatch(between):
            return True
    return False


def is_part_of_stays(frame: Frame, mention: NumberMention | DurationMention, desk: Desk) -> bool:
    """``4 admissions of 3, 2, 4 and 3 nights``: the lengths of single stays."""
    lengths = {
        Decimal((max(h.ends) - h.first).days)
        for h in desk.known.happenings
        if h.ends and h.first and h.topics & {"inpatient", "observation"}
    }
    return mention.value in lengths and in_series(frame, mention)


def judge_stay(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """``a four-day stay``, ``three nights``, ``ten days in hospital``."""
    dates = dates_of(frame, mention)
    own = [d for d in dates.all if isinstance(d, DayMention) and d.grain == "day"]
    stays = [h for h in desk.known.happenings if h.topics & {"inpatient", "observation"}]
    exact = [d for d in dates.all if d.last - d.first <= LONGEST_ABSENCE]
    bound = [h for h in stays if any(holds(d, day) for d in exact for day in h.starts | h.ends)]
    if mention.adjective and not bound:
        bound = stays
    if bound and any(mention.value in _lengths(h, mention) for h in bound):
        return None
    if len(bound) > 1 and mention.value == sum(
        (min(_lengths(h, mention), default=0) for h in bound), Decimal(0)
    ):
        return None
    if own and not bound and any(mention.value in _lengths(h, mention) for h in stays):
        return None  # the date is what is wrong, and said elsewhere
    if _sum_of_stays(frame, mention, stays):
        return None
    if _MEAN.search(frame.before(mention.start, 60)):
        return _judge_mean(frame, mention, desk)
    spans = spans_of(frame, mention, desk.known)
    measure: Measure = "nights" if mention.period == "night" else "hospital-days"
    if not bound:
        if not spans.named:
            spans = Spans((*spans.spans, *desk.known.spans.values()), named=False)
        if _is_single(frame, mention, spans) and any(
            mention.value in _lengths(h, mention) for h in stays
        ):
            return None
        return judge_tally(mention, mention.value, None, measure, spans, desk)
    if spans.named and judge_tally(mention, mention.value, None, measure, spans, desk) is None:
        return None
    return _wrong_length(mention, bound, desk)


def _judge_mean(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """``my stays averaged 2.5 nights``: the nights by the stays, over one of the times."""
    measure: Measure = "nights" if mention.period == "night" else "hospital-days"
    places = max(0, -int(mention.value.normalize().as_tuple().exponent))
    count, spans = desk.known.counter.count, spans_of(frame, mention, desk.known)
    shown = ""
    for span in spans.spans:
        whole, stays = count(measure, span), count("inpatient", span)
        for nights in {whole.low, whole.high}:
            for number in {stays.low, stays.high} - {Decimal(0)}:
                if agrees(mention.value, nights / number, mention.approx, places):
                    return None
                shown = shown or f"{numeral(round(nights / number, 1))} ({nights} / {number})"
    message = "The nights on record divided by the stays give another mean."
    return desk.find(mention, "total-does-not-add-up", "mean-differs", message, shown)


def _sum_of_stays(frame: Frame, mention: DurationMention, stays: Sequence[Happening]) -> bool:
    """``from the 1st to the 4th, and ...: that is ten nights``: stays that were just named."""
    near = (frame, *frame.earlier[:1])
    spans = [d for one in near for d in one.days if isinstance(d, SpanMention)]
    nights = sum((d.last - d.first).days for d in spans if d.last - d.first <= LONGEST_ABSENCE)
    if len(spans) > 1 and mention.value == nights:
        return True
    if _IN_SUM.search(frame.before(mention.start, 4)) and _sums_before(frame, mention):
        return True
    days = [d for one in (frame, *frame.earlier[:3]) for d in one.days]
    named = [h for h in stays if any(holds(first_day(d), day) for d in days for day in h.starts)]
    for number in range(2, len(named) + 1):
        for run in range(len(named) - number + 1):
            lengths = (
                min(_lengths(h, mention), default=Decimal(0)) for h in named[run : run + number]
            )
            if sum(lengths, Decimal(0)) == mention.value:
                return True
    return False


def _sums_before(frame: Frame, mention: DurationMention) -> bool:
    """``three nights, two, four, and one: ten nights``: the figures right before it, added up."""
    running = Decimal(0)
    for number, one in enumerate(reversed([m for m in frame.mentions if m.end <= mention.start])):
        if not isinstance(one, NumberMention | DurationMention):
            break
        running += one.value
        if number and running == mention.value:
            return True
    return False


def _is_single(frame: Frame, mention: DurationMention, spans: Spans) -> bool:
    """Whether the words may speak of one stay without its date, not of all in a time."""
    near = frame.before(mention.start, 40) + frame.after(mention.end, 40)
    plural = re.search(
        r"admissions|stays|times|total|altogether|in all\b|hospitali[sz]ations", near, re.I
    )
    return not plural and not (
        spans.named and any(s.days > LONGEST_ABSENCE.days for s in spans.spans) and frame.days
    )


def _lengths(stay: Happening, mention: DurationMention) -> Iterable[Decimal]:
    if stay.first is None or not stay.ends:
        return ()
    nights = {(max(stay.ends) - start).days for start in stay.starts}
    if mention.period == "night":
        return {Decimal(n) for n in nights}
    return {Decimal(n + extra) for n in nights for extra in (0, 1)}


def _wrong_length(mention: DurationMention, stays: Sequence[Happening], desk: Desk) -> Finding:
    shown = []
    for stay in stays[:2]:
        if stay.first and stay.ends:
            last = max(stay.ends)
            nights = (last - stay.first).days
            length = counted(Decimal(nights), "nights")
            shown.append(f"{stay.first} to {last}, {length} ({desk.origin(stay.facts)})")
    message = "The ledger holds another length of stay."
    return desk.find(mention, "count-differs", "length-of-stay", message, " or ".join(shown),
                     [f for h in stays[:2] for f in h.facts])  # fmt: skip


def first_day(dated: Dated) -> Dated:
    """The first day of a span, as a date of its own."""
    if not isinstance(dated, SpanMention):
        return dated
    return DayMention(
        start=dated.start, end=dated.end, text=dated.text, first=dated.first, last=dated.first,
        grain="day", year_given=has_year(dated),
    )  # fmt: skip
