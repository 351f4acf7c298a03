"""The dates that a figure belongs to: beside it, in pairs, or carried from the sentence before."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from msgspec import Struct

from cortipump.checker.frames import Frame
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    AnyMention,
    DayMention,
    MeasureMention,
    MoneyMention,
    NumberMention,
    SpanMention,
)

Dated = DayMention | SpanMention


# A date that closes or opens a time, and so is not the date of an event or an amount.
_BORDER: Final = re.compile(
    r"\b(?:since|until|till|through|thru|between|ended|ending|ends|up to|prior to)\b[^.;,]{0,30}$"
    r"|\bpump\b[^.;,]{0,25}\b(?:started|began) on\s*$"
    r"|\b(?:year|months|days)\s+(?:before|after|to|from)\s*$",
    re.I,
)


_YEAR: Final = re.compile(
    r"\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}\b|[’']\d{2}\b|\d[\s-]?[A-Za-z]{3,9}\.?[\s-]\d{2}$"
    r"|(?i:\b(?:nineteen|twenty)\s+(?:ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|nine)ty))"
)


# "On May 3 it was 84, up from 74": the second value is of another day.
_EARLIER: Final = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)"
    r"|before|previous(?:ly)?|earlier|was)\s*$",
    re.I,
)


# "84 (May 3)", "84 on May 3", "84 points in May": not "84), May 3" or "84, May 3".
_AFTER: Final = re.compile(r"[^,;.)]*|[^,;.)]*,\s*(?:on|in|dated|at)\b[^,;.)]*", re.I)


# "$370 in December, then $294": what comes then has another date.
_THEN: Final = re.compile(r"[,;]\s*(?:and\s+)?(?:then|next|after that|later|the next)\b", re.I)
_TOUCHING: Final = 2


_PAIRED: Final = 45


_BESIDE: Final = 26


_FAR: Final = 10_000


def has_year(dated: Dated) -> bool:
    """Whether the letter names the year; else the scanner took it from the words around."""
    return _says_year(dated.text) and getattr(dated, "year_given", True)


@lru_cache(maxsize=4096)
def _says_year(text: str) -> bool:
    return _YEAR.search(text) is not None


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
    days = _of_clause(frame, mention) or _of_events(frame)
    if len(days) == 1 and _moves_on(frame, mention, days[0]):
        return Dates()
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


def _moves_on(frame: Frame, mention: AnyMention, dated: Dated) -> bool:
    """Whether an amount follows another one of that date, and a word for what came later."""
    if frame.is_row or not isinstance(mention, MoneyMention) or dated.end > mention.start:
        return False
    then = _THEN.search(frame.text, dated.end - frame.start, mention.start - frame.start)
    return then is not None and any(
        isinstance(m, MoneyMention) and m.end <= then.start() + frame.start for m in frame.mentions
    )


def tied(frame: Frame, mention: AnyMention) -> tuple[Dated, ...]:
    """The dates that certainly belong to a value: beside it, or in pairs, or all of a table's row.

    Unlike an amount, a value does not belong to a date at the other end of its sentence: "from 74
    to 84 on May 3" dates only the second.
    """
    own = _of_clause(frame, mention)
    if own and own[0].end <= mention.start and ";" not in _between(frame, own[0], mention):
        return own  # "on tablets (May 3) from 1.0 to 21.4; on the pump (June 4) ..."
    days = _of_events(frame)
    if frame.is_row and len(days) == 1:
        return days
    values = (NumberMention, MeasureMention)
    family = values if isinstance(mention, values) else (type(mention),)
    alike = [m for m in frame.mentions if isinstance(m, family)]
    if days and len(alike) == len(days):
        paired = days[alike.index(mention)]
        low, high = min(paired.end, mention.end), max(paired.start, mention.start)
        if high - low < _PAIRED and not re.search(
            r"[;.]\s", frame.text[low - frame.start : high - frame.start]
        ):
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


def _between(frame: Frame, one: AnyMention, other: AnyMention) -> str:
    low, high = min(one.end, other.end), max(one.start, other.start)
    return frame.text[low - frame.start : high - frame.start]


def _of_clause(frame: Frame, mention: AnyMention) -> tuple[Dated, ...]:
    """The one date of its part between semicolons. Empty: it has several, or none."""
    if frame.is_row or ";" not in frame.text:
        return ()
    at = mention.start - frame.start
    low = frame.text.rfind(";", 0, at) + 1 + frame.start
    high = frame.text.find(";", at) + frame.start
    high = high if high >= frame.start else frame.end
    inside = tuple(d for d in _of_events(frame) if low <= d.start < high)
    return inside if len(inside) == 1 else ()


def _of_events(frame: Frame) -> tuple[Dated, ...]:
    """The dates of a sentence without those that open or close a time."""
    return tuple(
        d
        for d in frame.days
        if not (isinstance(d, DayMention) and _BORDER.search(frame.before(d.start, 40)))
    )


def _is_beside(
    frame: Frame, dated: Dated, mention: AnyMention, alike: Sequence[AnyMention]
) -> bool:
    low, high = min(dated.end, mention.end), max(dated.start, mention.start)
    between = frame.text[low - frame.start : high - frame.start]
    if dated.start >= mention.end and not _AFTER.fullmatch(between):
        return False
    if dated.start >= mention.end and "(" in between and _has_own(frame, dated, alike):
        return False  # "86 (in December it was 76)"
    if dated.start >= mention.end and between.strip() == "On":
        return False  # the date opens the next sentence, whose full stop is lacking
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


def _has_own(frame: Frame, dated: Dated, alike: Sequence[AnyMention]) -> bool:
    """Whether a date in brackets has a figure of its own there, or is one of several."""
    closed = frame.text.find(")", dated.end - frame.start) + frame.start
    return any(dated.end <= other.start < closed for other in (*alike, *frame.days))


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
