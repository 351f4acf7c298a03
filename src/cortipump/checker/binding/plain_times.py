"""The time that a statement of none, or of only one, is about; stricter than that of other counts.

``after the injection`` is no time over which anything is counted; ``since May 25`` leaves out the
visit of that day.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

import msgspec

from cortipump.checker.binding.spans import spans_of
from cortipump.checker.frames import Frame, Header
from cortipump.checker.known.known import Known
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    DayMention,
    DurationMention,
    NumberMention,
    SpanMention,
    VagueDate,
)
from cortipump.quantities.span import DateSpan

_PUMP: Final = re.compile(r"\b(?:pump|loaner|infusion)\b", re.I)
_NAMED: Final = re.compile(
    r"\b(?:pumps?|loaner|infusion|index|pre-?pump|switch|start(?:ing|ed)?)\b"
    r"|^on (?:oral )?(?:tablets|pills)$",
    re.I,
)
# "since the pump site was changed", "with the pump off", "the start of the year".
_OF_ANOTHER: Final = re.compile(
    r"[- ]?(?:sites?|sets?|was (?:changed|off|denied|refused)|broke|failed|ran out|battery|alarms?"
    r"|stopp\w*|training|requests?|trial|denial|decision|off\b|of (?!the (?:pump|loaner))"
    r"|work|school|claims?)\b",
    re.I,
)
_BARE: Final = re.compile(
    r"\s*(?P<when>since|after(?:wards?)?|before)(?: (?:then|that|it))?"
    r"\s*(?:[.,;:)]|$|\b(?:and|but)\b)",
    re.I,
)
# "0 before, 2 after": of the comparison.
_SIDED: Final = re.compile(
    r"\s*(?P<side>before|after)\s*[,;]?\s*(?:and\s+)?(?:\d+|one|two|three|none)\s+(?:before|after)\b",
    re.I,
)
_OPENING: Final = re.compile(r"\b(?P<when>since|after) (?:then|that)\b", re.I)
_LEAD_YEAR: Final = re.compile(r"\bin (?:the year )?20\d\d|^\W*20\d\d\W*$", re.I)
_SIDES: Final = frozenset({"before", "after"})
_DAY: Final = timedelta(days=1)
_DAYS_OF: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_SHORTEST: Final = timedelta(days=14)
_LONGEST: Final = 36_500
_OF_SIDE: Final = {
    "before": ("before", "all before the pump"),
    "after": ("after", "all since the pump"),
}


def times_of(
    frame: Frame, mention: NumberMention, known: Known, dated: date
) -> tuple[DateSpan, ...]:
    """Every run of days that the statement may be about. Empty: no time is named.

    Parameters
    ----------
    dated
        Date of the letter, at which ``for eight months`` ends.
    """
    sided = _SIDED.match(frame.after(mention.end, 30))
    if sided is not None:
        return of_the_pump(sided["side"].lower(), known)
    bare = _BARE.match(frame.after(mention.end, 30)) or _OPENING.search(
        frame.before(mention.start, 200)
    )
    if bare is not None:
        return _of_a_bare_word(frame, mention, bare["when"].lower(), known)
    kept = _plain(frame)
    kept.earlier = tuple(_plain(earlier) for earlier in frame.earlier[:1])
    found = spans_of(kept, mention, known)
    if not found.named:
        return ()
    # Nobody counts over the weeks in which the pump is set up, or over a few days of tablets.
    spans = [s for s in found.spans if s.days > _SHORTEST.days and s != known.windows.get("run_in")]
    spans += _without_ends(kept, spans)
    return (*spans, *_shared(kept, mention, spans, known), *_as_long(frame, known, dated))


def _shared(
    frame: Frame, mention: NumberMention, spans: Iterable[DateSpan], known: Known
) -> Iterator[DateSpan]:
    """``on the pump until August``: what the time has in common with each other one named."""
    timed = [m for m in frame.mentions if isinstance(m, DayMention | SpanMention | VagueDate)]
    kept = list(spans)
    alone: list[Frame] = [
        *(msgspec.structs.replace(frame, mentions=(one,), whens=()) for one in timed),
        *(msgspec.structs.replace(frame, mentions=(), whens=(cue,)) for cue in frame.whens),
    ]
    for each in alone if len(alone) > 1 else ():
        found = spans_of(each, mention, known)
        for other in found.spans if found.named else ():
            for span in kept:
                first, until = max(span.from_, other.from_), min(span.until, other.until)
                if first < until:
                    yield DateSpan(first, until)


def _as_long(frame: Frame, known: Known, dated: date) -> Iterator[DateSpan]:
    """``for eight months``: the last ones, and the first ones with the pump."""
    starts = [span.from_ for span in of_the_pump("after", known)]
    for one in frame.mentions:
        if isinstance(one, VagueDate) and one.first is not None and one.last is not None:
            yield DateSpan(one.first, one.last + _DAY)
        if not isinstance(one, DurationMention) or one.period not in _DAYS_OF or one.adjective:
            continue
        length = timedelta(days=min(int(one.value * _DAYS_OF[one.period]), _LONGEST))
        if _SHORTEST <= length < dated - date.min:
            yield DateSpan(dated - length, dated + _DAY)
            for start in starts:
                yield DateSpan(start, start + length)


def of_the_pump(side: str, known: Known) -> tuple[DateSpan, ...]:
    """The time before or after the start of the pump."""
    return tuple(known.spans[name] for name in _OF_SIDE[side] if name in known.spans)


def _plain(frame: Frame) -> Frame:
    """The frame with only those words of time that name one."""
    pump = bool(_PUMP.search(frame.text) or any(_PUMP.search(f.text) for f in frame.earlier[:1]))
    whens = tuple(c for c in frame.whens if _names_a_time(frame, c, pump))
    lead = frame.lead
    if not _LEAD_YEAR.search(lead.text):
        kept = tuple(
            c for c in lead.whens if c.says in _SIDES and _NAMED.search(lead.text[c.start : c.end])
        )
        lead = Header("", whens=kept)
    return msgspec.structs.replace(frame, whens=whens, lead=lead)


def _names_a_time(frame: Frame, cue: Cue, pump: bool) -> bool:
    words = frame.text[cue.start - frame.start : cue.end - frame.start]
    if cue.says not in _SIDES or not _NAMED.search(words):
        return False
    if not pump and not re.search(r"tablets|pills", words, re.I):
        return False
    return not _OF_ANOTHER.match(frame.after(cue.end, 24))


def _without_ends(frame: Frame, spans: Iterable[DateSpan]) -> list[DateSpan]:
    """``since May 25``: also without that day; ``until August``: also without that month."""
    near = (frame, *frame.earlier[:1], *filter(None, [frame.above]))
    days = [m for each in near for m in each.mentions if isinstance(m, DayMention)]
    found = []
    for span in spans:
        for one in days:
            if one.first == span.from_ and one.last < span.last:
                found.append(DateSpan(one.last + _DAY, span.until))
            if span.from_ < one.first and span.until in {one.last, one.last + _DAY}:
                found.append(DateSpan(span.from_, one.first))
    return found


def _of_a_bare_word(
    frame: Frame, mention: NumberMention, when: str, known: Known
) -> tuple[DateSpan, ...]:
    """``none since``: since the date or the pump that was just named."""
    whole = known.spans.get("the whole record")
    near = [frame, *frame.earlier[:1]]
    days = [
        m
        for each in near
        for m in each.mentions
        if isinstance(m, DayMention) and m.end <= mention.start
    ]
    pump = any(_PUMP.search(each.text) for each in near)
    if whole is None or not (days or pump):
        return ()
    if when == "before":
        spans = [DateSpan(whole.from_, d.first) for d in days if d.first > whole.from_]
    else:
        spans = [DateSpan(d.last + _DAY, whole.until) for d in days if d.last < whole.last]
    if pump:
        spans += of_the_pump("before" if when == "before" else "after", known)
    return tuple(spans)
