"""Which words of its frame belong to a figure: dates, kinds of amount, spans, topics."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from cortipump.checker.frames import Frame
from cortipump.checker.known.known import Known
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    AnyMention,
    DayMention,
    MeasureMention,
    MoneyMention,
    NumberMention,
    SpanMention,
    VagueDate,
)
from cortipump.quantities.span import DateSpan

Dated = DayMention | SpanMention

_SIDES: Final = frozenset({"before", "after"})
_LEAD_YEAR: Final = re.compile(r"\d{1,2}[\s-]+[A-Za-z]{3,}\.?,?[\s-]+\d{2}$|[A-Za-z]{3,}\.?\s+\d{1,2},\s*\d{2}$|\b(20\d{2})\b")
_INSIDE: Final = re.compile(
    r"\b(?:in|during|of|for|throughout|over|within|all|early|late|mid|year|calendar|whole|through)\s*$|^\W*$", re.I
)
_A_YEAR: Final = re.compile(r"\b(?:year|12 months|twelve months|365 days)\s*$", re.I)
_YEAR_TO: Final = re.compile(
    r"\b(?:year|yr|12 months|twelve months|365 days)\s+(?:(?:that|which)\s+)?"
    r"(?:ended|ending|ends|up|leading|leading up|prior|preceding)?\s*"
    r"(?:on|to|before|until|through|with)?(?:\s+and\s+including)?\s*(?:the\s+)?$", re.I
)
# A date that closes or opens a time, and so is not the date of an event or an amount.
_BORDER: Final = re.compile(
    r"\b(?:since|until|till|through|thru|between|ended|ending|ends|up to|prior to)\b[^.;,]{0,30}$"
    r"|\bpump\b[^.;,]{0,25}\b(?:started|began) on\s*$"
    r"|\b(?:year|months|days)\s+(?:before|after|to|from)\s*$", re.I
)
_FROM: Final = re.compile(r"\b(?:since|from|after|beginning|starting|as of)\s+(?:the\s+)?$", re.I)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|before|through|thru|to|up to|by|prior to|including|ending)\s+(?:the\s+)?$", re.I
)
_YEAR: Final = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}\b|[’']\d{2}\b")
# "On May 3 it was 84, up from 74": the second value is of another day.
_EARLIER: Final = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)|before|previous(?:ly)?|earlier|was)\s*$",
    re.I,
)
_NEAR: Final = 30
_SHORTEST: Final = timedelta(days=20)
_NOTHING: Final = re.compile(r"\s*:?\s*(?:with\s+|at\s+|out\s+)?(?:zero|nothing|nil|none)\b", re.I)
_NOT: Final = re.compile(r"\b(?:not|never|nothing|un)\s*(?:been\s+|be\s+|yet\s+)?$", re.I)
_OF_MONEY: Final = re.compile(r"\s*(?:out )?of (?:the )?(?:USD|US\$|\$|€|£)?\s?\d", re.I)
_MONEY_OF: Final = re.compile(r"\d (?:out )?of (?:the )?$", re.I)
# "84 (May 3)", "84 on May 3", "84 points in May": not "84), May 3" or "84, May 3".
_AFTER: Final = re.compile(r"[^,;.)]*|[^,;.)]*,\s*(?:on|in|dated|at)\b[^,;.)]*", re.I)
_TOUCHING: Final = 2
_VERB: Final = re.compile(
    r"\s*\(?(?:(?:was|were|is|are|has been|had been|in|as|to be|being|which was|that was)\s+)?(?:the\s+|her\s+|his\s+|my\s+)?", re.I
)
_PAIRED: Final = 45
_LEADS: Final = 14
_NEAR_BEHIND: Final = 60
_BESIDE: Final = 26
_FAR: Final = 10_000


def has_year(dated: Dated) -> bool:
    """Whether the letter names the year; else the scanner took it from the words around."""
    return bool(_YEAR.search(dated.text)) and getattr(dated, "year_given", True)


def _in_any_year(dated: Dated, day: date) -> bool:
    """Whether month and day agree; what year the letter means is for its reader to guess."""
    for year in (dated.first.year, dated.last.year):
        try:
            if dated.first <= day.replace(year=year) <= dated.last:
                return True
        except ValueError:  # February 29 in a year without one
            continue
    return False


class Dates(Struct, frozen=True):
    """The dates that a figure may belong to.

    Attributes
    ----------
    own
        Of its own frame, the likeliest first. Empty: none.
    carried
        Of the sentences before it, where its own frame has none.
    """

    own: tuple[Dated, ...] = ()
    carried: tuple[Dated, ...] = ()

    @property
    def all(self) -> tuple[Dated, ...]:
        """Its own dates, else the carried ones."""
        return self.own or self.carried


def holds(dated: Dated, day: date) -> bool:
    """Whether a date or span in the letter holds the day; without a year, that of any near year."""
    if not has_year(dated):
        return _in_any_year(dated, day)
    return dated.first <= day <= dated.last


def dates_of(frame: Frame, mention: AnyMention) -> Dates:
    """The dates of a figure: paired in order where there are as many, else the nearest ones."""
    days = _of_events(frame)
    if not days:
        carried = next((earlier.days for earlier in frame.earlier if earlier.days), ())
        return Dates(carried=() if frame.is_row else carried)
    if len(days) == 1 or frame.is_row:
        return Dates(days)
    alike = [m for m in frame.mentions if type(m) is type(mention)]
    if len(alike) == len(days):
        paired = days[alike.index(mention)]
        return Dates((paired, *(d for d in _around(days, mention) if d is not paired)))
    return Dates(tuple(_around(days, mention)))


def tied(frame: Frame, mention: AnyMention) -> tuple[Dated, ...]:
    """The dates that certainly belong to a value: beside it, or in pairs, or all of a table's row.

    Unlike an amount, a value does not belong to a date at the other end of its sentence: "from 74
    to 84 on May 3" dates only the second.
    """
    days = _of_events(frame)
    if frame.is_row and len(days) == 1:
        return days
    values = (NumberMention, MeasureMention)
    family = values if isinstance(mention, values) else (type(mention),)
    alike = [m for m in frame.mentions if isinstance(m, family)]
    if days and len(alike) == len(days):
        paired = days[alike.index(mention)]
        low, high = min(paired.end, mention.end), max(paired.start, mention.start)
        if high - low < _PAIRED and not re.search(r"[;.]\s", frame.text[low - frame.start : high - frame.start]):
            return (paired,)
    if len(days) == 1 and len(alike) == 1:
        return days
    beside = [d for d in days if _is_beside(frame, d, mention, alike)]
    if beside or not days:
        return tuple(beside)
    first = days[0]
    heads = len(days) == 1 and all(first.end <= other.start for other in alike)
    earlier = _EARLIER.search(frame.before(mention.start, 24))
    return (first,) if heads and not earlier else ()


def beside(frame: Frame, mention: AnyMention) -> bool:
    """Whether a date stands right beside a figure."""
    alike = [m for m in frame.mentions if type(m) is type(mention)]
    return any(_is_beside(frame, dated, mention, alike) for dated in frame.days)


def _of_events(frame: Frame) -> tuple[Dated, ...]:
    """The dates of a sentence without those that open or close a time."""
    return tuple(
        d for d in frame.days if not (isinstance(d, DayMention) and _BORDER.search(frame.before(d.start, 40)))
    )


def _is_beside(
    frame: Frame, dated: Dated, mention: AnyMention, alike: Sequence[AnyMention]
) -> bool:
    low, high = min(dated.end, mention.end), max(dated.start, mention.start)
    between = frame.text[low - frame.start : high - frame.start]
    if dated.start >= mention.end and not _AFTER.fullmatch(between):
        return False
    if dated.end <= mention.start and ")" in between:
        return False  # "4.72 (May 3) to 1.90": the date is of the first
    listed = any(other.end <= dated.start <= other.end + _TOUCHING * 4 for other in frame.days)
    if listed and isinstance(mention, MoneyMention):
        return False  # the last of several dates, before several amounts
    if re.search(r",\s*(?:and|but|then|I|we|she|he|they|my|her|his)\b", between):
        return False
    if dated.end <= mention.start:
        prior = [a for a in alike if a.end <= dated.start]
        if prior and dated.start - prior[-1].end <= _BESIDE:
            return False  # "292 on June 16 and 116": the date is of the value before it
    crossed = any(low <= other.start < high and other is not mention for other in alike)
    return high - low <= _BESIDE and not crossed and not re.search(r"[;.]\s", between)


def _around(days: Sequence[Dated], mention: AnyMention) -> list[Dated]:
    """The nearest date before and the nearest after, the nearer first."""
    before = [d for d in days if d.end <= mention.start]
    after = [d for d in days if d.start >= mention.end]
    found: list[Dated] = [*before[-1:], *after[:1]]
    return sorted(found, key=lambda d: _distance(d, mention))


def _distance(one: Cue | AnyMention, mention: AnyMention) -> int:
    if one.end <= mention.start:
        return mention.start - one.end
    return one.start - mention.end if one.start >= mention.end else 0


def nearest(cues: Iterable[Cue], mention: AnyMention) -> Cue | None:
    """The cue closest to a mention."""
    return min(cues, key=lambda cue: _distance(cue, mention), default=None)


def kinds_of(frame: Frame, mention: MoneyMention) -> frozenset[str]:
    """Kinds of amount that the words give it. Empty: they give none."""
    header = frame.header(mention)
    if header.kinds:
        return frozenset(cue.says for cue in header.kinds)
    if _OF_MONEY.match(frame.after(mention.end, 16)) or _MONEY_OF.search(frame.before(mention.start, 24)):
        return frozenset(cue.says for cue in frame.kinds)  # "$A of $B": two kinds, in either order
    cues = [cue for cue in frame.kinds if not _is_denied(frame, cue)]
    others = [m for m in frame.mentions if isinstance(m, MoneyMention)]
    before = max((m.end for m in others if m.end <= mention.start), default=frame.start)
    after = min((m.start for m in others if m.start >= mention.end), default=frame.end)
    preceding = [c for c in cues if before <= c.start and c.end <= mention.start]
    following = [c for c in cues if mention.end <= c.start and c.end <= after]
    close = [c for c in following if _follows(frame, mention, c)]
    joined = preceding and _joins(frame, preceding[-1], mention)
    if close and (not joined or _touches(frame, mention, close[0])):
        return frozenset({close[0].says})
    if preceding:
        return frozenset({preceding[-1].says})
    if following and _leads_to(frame, mention, following[0]):
        return frozenset({following[0].says})
    if frame.is_row or not frame.kinds:
        return frozenset(cue.says for cue in frame.lead.kinds)
    # A series after one word: "billed $10, $20 and $30".
    earlier = [c for c in cues if c.end <= mention.start]
    return frozenset({earlier[-1].says}) if earlier else frozenset()


def _is_denied(frame: Frame, cue: Cue) -> bool:
    """``was not paid``, ``paid with zero``: the word speaks of nothing, not of the amount beside it."""
    after = frame.after(cue.end, 24)
    before = frame.before(cue.start, 16)
    return bool(_NOTHING.match(after) or _NOT.search(before))


def _leads_to(frame: Frame, mention: MoneyMention, cue: Cue) -> bool:
    """Whether a word some way behind an amount may still speak of it."""
    between = frame.text[mention.end - frame.start : cue.start - frame.start]
    return len(between) < _NEAR and not re.search(r"[;:.,\d]|\b(?:and|but|while)\b|\s{2}", between)


def _touches(frame: Frame, mention: MoneyMention, cue: Cue) -> bool:
    """``$10 was billed``, ``$10 in bills``, ``$10 (paid)``, ``$10 as the member's share``."""
    between = frame.text[mention.end - frame.start : cue.start - frame.start]
    labels_next = frame.text[cue.end - frame.start : cue.end - frame.start + 1] == ":"
    return bool(_VERB.fullmatch(between)) and not labels_next and not (frame.is_row and "  " in between)


def _joins(frame: Frame, cue: Cue, mention: MoneyMention) -> bool:
    """Whether a word before the amount speaks of it, with no other part of the sentence between."""
    between = frame.text[cue.end - frame.start : mention.start - frame.start]
    return len(between) < _NEAR and not re.search(r"[;,(]|\bof which\b", between)


def _follows(frame: Frame, mention: MoneyMention, cue: Cue) -> bool:
    """Whether the word stands right behind the amount: "$10 was billed", "$10 (paid)"."""
    between = frame.text[mention.end - frame.start : cue.start - frame.start]
    return len(between) < _NEAR and not re.search(r"[;:.,]", between)


# -- spans to count over -------------------------------------------------------------------


class Spans(Struct, frozen=True):
    """Runs of days that a count or a total can be about, and whether the letter names them."""

    spans: tuple[DateSpan, ...]
    named: bool


def spans_of(frame: Frame, mention: AnyMention, known: Known) -> Spans:
    """The spans of a count: those the frame names nearest to it, else every natural one."""
    header = frame.header(mention)
    if header.whens:
        found = _of_cues(header.whens, known)
        if found:
            return Spans(tuple(found), named=True)
    named = _anchored(frame, mention, known)
    if named:
        return Spans((*named, *_lead_spans(frame, known)), named=True)
    lead = _lead_spans(frame, known)
    if lead and (frame.is_row or frame.is_item):
        return Spans((*lead, *_carried(frame, known)), named=True)
    carried = (*lead, *_carried(frame, known))
    if carried and not frame.is_row:
        return Spans(carried, named=True)
    return Spans((*carried, *known.spans.values()), named=False)


def _lead_spans(frame: Frame, known: Known) -> list[DateSpan]:
    """Spans that the words above it name: a caption, a heading, a lead-in."""
    found = _of_cues([c for c in frame.lead.whens if c.says in _SIDES], known)
    if frame.above is not None:
        for one in frame.above.mentions:
            if isinstance(one, SpanMention | VagueDate | DayMention):
                found += _span_of(frame.above, one, known)
    for year in _LEAD_YEAR.findall(frame.lead.text):
        found.append(DateSpan(date(int(year), 1, 1), date(int(year) + 1, 1, 1)))
    return found


def _anchored(frame: Frame, mention: AnyMention, known: Known) -> list[DateSpan]:
    """Spans of the nearest words of time on either side: dates, spans, before, since."""
    timed: list[AnyMention | Cue] = [
        m for m in frame.mentions if isinstance(m, SpanMention | VagueDate | DayMention)
    ]
    dated = [t.start for t in timed]
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
    return [*_first(before, frame, known), *_first(after, frame, known)]


def _belongs_after(
    frame: Frame, mention: AnyMention, after: AnyMention | Cue, before: Sequence[AnyMention | Cue]
) -> bool:
    """``5 stays between A and B``: the time right behind, where a conjunction parts it from others."""
    gap = frame.text[mention.end - frame.start : after.start - frame.start]
    counted = any(mention.end <= m.start < after.start for m in frame.mentions if isinstance(m, NumberMention))
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
            return [
                DateSpan(one.last - 365 * day, one.last), DateSpan(one.last - 364 * day, one.last + day)
            ]  # fmt: skip
        if whole is not None and _FROM.search(words) and one.first < whole.until:
            return [DateSpan(one.first, max(whole.until, one.first + day))]
        if whole is not None and _UNTIL.search(words) and whole.from_ < one.last:
            starts = [whole.from_, *(s.from_ for s in known.windows.values() if s.from_ < one.last)]
            return [DateSpan(start, one.last + more) for start in starts for more in (0 * day, day)]
        if one.grain == "day":
            return []
        if not frame.is_row and not _INSIDE.search(words):
            return []
    if isinstance(one, SpanMention) and one.last - one.first < _SHORTEST:
        return []  # the days of one event, nothing to count over
    spans = [DateSpan(one.first, one.last + day)]
    if one.last - one.first > day:
        spans.append(DateSpan(one.first, one.last))
    return spans


def _carried(frame: Frame, known: Known) -> list[DateSpan]:
    found: list[DateSpan] = []
    for earlier in frame.earlier[:2]:
        for one in earlier.mentions:
            if isinstance(one, SpanMention | VagueDate | DayMention):
                found += _span_of(earlier, one, known)
        found += _of_cues([c for c in earlier.whens if c.says in {"before", "after"}], known)
    return found
