"""The runs of days that a count or a total is about."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from cortipump.checker.binding.dates import has_year
from cortipump.checker.frames import Frame, Header
from cortipump.checker.known.known import Known
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    AnyMention,
    DayMention,
    DurationMention,
    NumberMention,
    SpanMention,
    VagueDate,
)
from cortipump.quantities.span import DateSpan

_SIDES: Final = frozenset({"before", "after"})


_LEAD_YEAR: Final = re.compile(
    r"\d{1,2}[\s-]+[A-Za-z]{3,}\.?,?[\s-]+\d{2}$|[A-Za-z]{3,}\.?\s+\d{1,2},\s*\d{2}$|\b(20\d{2})\b"
)


_YEAR_LONG: Final = re.compile(
    r"(?:(?:one|a|1|that|the)\s+(?:whole\s+|single\s+)?year|365 days|(?:12|twelve) months"
    r"|three hundred (?:and )?sixty[- ]five days)",
    re.I,
)


_YEAR_SPAN: Final = re.compile(r"in \d{4}")


_INSIDE: Final = re.compile(
    r"\b(?:in|during|of|for|throughout|over|within|all|early|late|mid|year|calendar|whole|through)\s*$|^\W*$",
    re.I,
)


_OF_A_YEAR: Final = (
    r"\b(?:year|yr|12 months|twelve months|365 days|three hundred (?:and )?sixty[- ]five days)"
)
_A_YEAR: Final = re.compile(_OF_A_YEAR + r"\s*$", re.I)


_YEAR_TO: Final = re.compile(
    _OF_A_YEAR + r"\s+(?:(?:that|which)\s+)?"
    r"(?:ended|ending|ends|up|leading|leading up|prior|preceding)?\s*"
    r"(?:on|to|before|until|through|with)?(?:\s+and\s+including)?\s*(?:the\s+)?$",
    re.I,
)


_FROM: Final = re.compile(r"\b(?:since|from|after|beginning|starting|as of)\s+(?:the\s+)?$", re.I)


_UNTIL: Final = re.compile(
    r"\b(?:until|till|before|through|thru|to|up to|by|prior to|including|ending)\s+(?:the\s+)?$",
    re.I,
)


_SHORTEST: Final = timedelta(days=20)


_TIMES: Final = timedelta(days=40)


_LEADS: Final = 14


_NEAR_BEHIND: Final = 60


_BETWEEN: Final = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.I)
_AND_PUMP: Final = re.compile(
    r"\s*(?:and|to|until|up to)\s+(?:the\s+)?(?:(?:start|beginning) (?:of|on) )?"
    r"(?:the\s+|my\s+|her\s+|his\s+)?(?:pump|loaner)\b",
    re.I,
)
_ASIDE: Final = 20
_PARTED: Final = re.compile(r"[;,]|\b(?:and|but|then|while|whereas)\b", re.I)


_COLUMN_SIDES: Final = {
    "before": re.compile(r"(?:on )?(?:the |oral )?(?:tablets?|pills?|oral)", re.I),
    "after": re.compile(r"(?:on )?(?:the |loaner )?(?:pump|loaner)", re.I),
}


# Words of the first weeks: only then is a count one of these weeks.
_RUN_IN: Final = re.compile(r"\bfirst\b|\bweeks?\b|\bmonth\b|run-?in|training", re.I)


class Spans(Struct, frozen=True):
    """Runs of days that a count or a total can be about.

    Attributes
    ----------
    named
        Whether the letter names them.
    own
        Whether it does so in the figure's own sentence, column or row, and not only near it.
    """

    spans: tuple[DateSpan, ...]
    named: bool
    own: bool = False


def spans_of(frame: Frame, mention: AnyMention, known: Known) -> Spans:
    """The spans of a count: those the frame names nearest to it, else every natural one."""
    header = frame.header(mention)
    sides = sides_of(header)
    if sides:
        found = _of_cues(sides, known)
        if found and not _RUN_IN.search(header.text):
            found = [span for span in found if span != known.spans.get("run_in")]
        if found:
            return Spans(tuple(found), named=True, own=True)
    named = _anchored(frame, mention, known)
    if named:
        return Spans((*named, *_lead_spans(frame, known)), named=True, own=True)
    of_length = _of_length(frame, mention, known)
    if of_length:
        return Spans(of_length, named=True, own=True)
    lead = _lead_spans(frame, known)
    if lead and (frame.is_row or frame.is_item):
        return Spans((*lead, *_carried(frame, known)), named=True, own=True)
    just = _just_named(frame, known)
    if just and not frame.is_row:
        return Spans(tuple(just), named=True)
    carried = (*lead, *_carried(frame, known))
    return Spans((*carried, *known.spans.values()), named=False)


def _of_length(frame: Frame, mention: AnyMention, known: Known) -> tuple[DateSpan, ...]:
    """``seven injections in 365 days``: the year before the pump, and every calendar year."""
    window = known.windows.get("before")
    if frame.is_row or window is None or abs(window.days - 365) > 1:
        return ()
    if not any(
        isinstance(m, DurationMention) and m is not mention
        and 0 <= m.start - mention.end <= _NEAR_BEHIND and _YEAR_LONG.fullmatch(m.text.strip())
        for m in frame.mentions
    ):  # fmt: skip
        return ()
    years = [span for name, span in known.spans.items() if _YEAR_SPAN.fullmatch(name)]
    return (window, *years)


def sides_of(header: Header) -> tuple[Cue, ...]:
    """The times that a column is of; "Tablets" and "Pump" are before and after."""
    if header.whens:
        return header.whens
    for side, pattern in _COLUMN_SIDES.items():
        if pattern.fullmatch(header.text.strip(" *_|")):
            return (Cue(0, 0, side),)
    return ()


def _just_named(frame: Frame, known: Known) -> list[DateSpan]:
    """The time that the sentence right before names, from day to day or as before and after."""
    found: list[DateSpan] = []
    for earlier in frame.earlier[:1]:
        for one in earlier.mentions:
            if isinstance(one, SpanMention) and one.last - one.first > _TIMES:
                found += _span_of(earlier, one, known)
        found += _of_cues([c for c in earlier.whens if c.says in _SIDES], known, earlier)
    return found


def _lead_spans(frame: Frame, known: Known) -> list[DateSpan]:
    """Spans that the words above it name: a caption, a heading, a lead-in."""
    found = _of_cues([c for c in frame.lead.whens if c.says in _SIDES], known)
    if frame.above is not None:
        for one in frame.above.mentions:
            if isinstance(one, SpanMention | VagueDate | DayMention):
                found += _span_of(frame.above, one, known)
    for match in _LEAD_YEAR.finditer(frame.lead.text):
        if match[1]:  # the others are days, whose last digits look like years
            year = int(match[1])
            found.append(DateSpan(date(year, 1, 1), date(year + 1, 1, 1)))
    return found


def _anchored(frame: Frame, mention: AnyMention, known: Known) -> list[DateSpan]:
    """Spans of the nearest words of time on either side: dates, spans, before, since."""
    between = _up_to_the_pump(frame, mention, known)
    if between:
        return between
    timed: list[AnyMention | Cue] = [
        m
        for m in frame.mentions
        if isinstance(m, SpanMention | VagueDate | DayMention)
        and not _is_aside(frame, mention, m) and not _is_listed(frame, mention, m)
    ]  # fmt: skip
    dated = [t.start for t in timed if not isinstance(t, DayMention) or _span_of(frame, t, known)]
    timed += [
        c for c in frame.whens
        if c.says in _SIDES and not any(0 <= start - c.end <= _LEADS for start in dated)
    ]  # fmt: skip # "since May 3" is the date's, not a word of its own
    timed.sort(key=lambda t: t.start)
    before = [t for t in reversed(timed) if t.end <= mention.start]
    after = [t for t in timed if t.start >= mention.end]
    if after and _belongs_after(frame, mention, after[0], before[:1]):
        found = _first(after[:1], frame, known)
        if found:
            return found
    if before and after and _is_contrast(frame, mention, before[0], after[0]):
        return _first(before[:1], frame, known)
    if not before and after and _opens_another(frame, mention, after[0]):
        return []
    return [*_first(before, frame, known), *_first(after, frame, known)]


def _up_to_the_pump(frame: Frame, mention: AnyMention, known: Known) -> list[DateSpan]:
    """``nine crises between June 2023 and the start of the pump``."""
    before = known.windows.get("before")
    if before is None:
        return []
    return [
        DateSpan(m.first, before.until)
        for m in frame.mentions
        if isinstance(m, DayMention) and m.start > mention.end and m.first < before.until
        and _BETWEEN.search(frame.before(m.start, 16))
        and _AND_PUMP.match(frame.after(m.end, 40))
    ]  # fmt: skip


def _is_aside(frame: Frame, mention: AnyMention, timed: AnyMention) -> bool:
    """Whether a date stands in brackets behind a figure, which is not of the aside alone."""
    gap = frame.text[mention.end - frame.start : max(timed.start - frame.start, 0)]
    return timed.start > mention.end and gap.rfind("(") > gap.rfind(")") and len(gap) > _ASIDE


def _is_listed(frame: Frame, mention: AnyMention, timed: AnyMention) -> bool:
    """``four admissions: in March, in July, ...``: when each of them was.

    Also ``one stay, in the middle of the summer, and two injections``: of the one before it.
    """
    if isinstance(timed, VagueDate) and timed.end <= mention.start:
        set_off = frame.before(timed.start, 2).endswith(", ")
        return set_off and frame.after(timed.end, 5).startswith((", and", ","))
    gap = frame.text[mention.end - frame.start : max(timed.start - frame.start, 0)]
    return timed.start > mention.end and isinstance(timed, DayMention) and ":" in gap


def _opens_another(frame: Frame, mention: AnyMention, side: AnyMention | Cue) -> bool:
    """``I had 4 stays, and after it 1``: the time behind a conjunction is of the next count."""
    gap = frame.text[mention.end - frame.start : side.start - frame.start]
    counted = any(isinstance(m, NumberMention) and m.start >= side.end for m in frame.mentions)
    return isinstance(side, Cue) and counted and _PARTED.search(gap) is not None


def _is_contrast(
    frame: Frame, mention: AnyMention, one: AnyMention | Cue, other: AnyMention | Cue
) -> bool:
    """``Before the pump I had 5 visits, and after it 2``: each count has its own side."""
    if not isinstance(one, Cue) or not isinstance(other, Cue) or one.says == other.says:
        return False
    gap = frame.text[mention.end - frame.start : other.start - frame.start]
    return _PARTED.search(gap) is not None


def _belongs_after(
    frame: Frame, mention: AnyMention, after: AnyMention | Cue, before: Sequence[AnyMention | Cue]
) -> bool:
    """``5 stays between A and B``: the time right behind, parted from others by a conjunction."""
    gap = frame.text[mention.end - frame.start : after.start - frame.start]
    counted = any(
        mention.end <= m.start < after.start for m in frame.mentions if isinstance(m, NumberMention)
    )
    if len(gap) > _NEAR_BEHIND or counted or re.search(r"[;,]|\b(?:and|but|then)\b", gap):
        return False
    if not before:
        return True
    between = frame.text[before[0].end - frame.start : mention.start - frame.start]
    return bool(re.search(r"[;,]|\b(?:and|but|then|to)\b", between))


def _first(timed: Iterable[AnyMention | Cue], frame: Frame, known: Known) -> list[DateSpan]:
    """The spans of the first of them that gives any."""
    for one in timed:
        found: list[DateSpan] = []
        if isinstance(one, Cue):
            found = _of_cues([one], known, frame)
        elif isinstance(one, SpanMention | VagueDate | DayMention):
            found = _span_of(frame, one, known)
        if found:
            return found
    return []


def _of_cues(cues: Iterable[Cue], known: Known, frame: Frame | None = None) -> list[DateSpan]:
    found: list[DateSpan] = []
    names = {
        "before": ("before", "all before the pump"),
        "after": ("after", "all since the pump", "run_in"),
    }
    for cue in cues:
        of_a_year = frame is not None and _A_YEAR.search(frame.before(cue.start, 24))
        if cue.says == "before" and of_a_year and "before" in known.windows:
            found.append(known.windows["before"])
            continue
        for name in names.get(cue.says, ()):
            if name == "run_in" and frame is not None and not _RUN_IN.search(frame.text):
                continue
            if name in known.spans:
                found.append(known.spans[name])
        if cue.says == "after" and "all since the pump" in known.spans:
            since = known.spans["all since the pump"]
            if since.days > 1:  # "since the start" may leave out the day itself
                found.append(DateSpan(since.from_ + timedelta(days=1), since.until))
        if cue.says == "before":
            found += [s for n, s in known.spans.items() if n.startswith(("phase tablets",))]
    return found


def _span_of(
    frame: Frame, one: DayMention | SpanMention | VagueDate, known: Known
) -> list[DateSpan]:
    if one.first is None or one.last is None:
        return []
    day = timedelta(days=1)
    words = frame.before(one.start, 48)
    whole = known.spans.get("the whole record")
    if isinstance(one, DayMention):
        if _YEAR_TO.search(words):
            last = one.last
            return [DateSpan(last - 365 * day, last), DateSpan(last - 364 * day, last + day)]
        if whole is not None and _FROM.search(words) and one.first < whole.until:
            of_regimens = known.regimens if frame.says("regimen") else ()
            ends = {r.body.start.first_day for r in of_regimens if r.body.start is not None}
            later = [DateSpan(one.first, end) for end in sorted(ends) if end > one.first]
            return [DateSpan(one.first, max(whole.until, one.first + day)), *later]
        if whole is not None and _UNTIL.search(words) and whole.from_ < one.last:
            found = _up_to(one.last, whole, known)
            if not has_year(one) and (one.last.month, one.last.day) != (2, 29):
                found += _up_to(one.last.replace(year=one.last.year + 1), whole, known)
            return found
        if one.grain == "day":
            return []
        if not frame.is_row and not _INSIDE.search(words):
            return []
    if isinstance(one, SpanMention) and one.last - one.first < _SHORTEST:
        return []  # the days of one event, nothing to count over
    spans = [DateSpan(one.first, one.last + day)]
    if isinstance(one, SpanMention) and one.last - one.first > day:
        spans.append(DateSpan(one.first, one.last))
    return spans


def _up_to(last: date, whole: DateSpan, known: Known) -> list[DateSpan]:
    """From the start of the record or of a window up to a day, with and without it."""
    day = timedelta(days=1)
    starts = [whole.from_, *(s.from_ for s in known.windows.values() if s.from_ < last)]
    return [DateSpan(start, last + more) for start in starts for more in (0 * day, day)]


def _carried(frame: Frame, known: Known) -> list[DateSpan]:
    found: list[DateSpan] = []
    for earlier in frame.earlier[:2]:
        for one in earlier.mentions:
            if isinstance(one, SpanMention | VagueDate | DayMention):
                found += _span_of(earlier, one, known)
        found += _of_cues([c for c in earlier.whens if c.says in {"before", "after"}], known)
    return found
