"""Days without a year in figures: ``7/22``, ``26.03.``; whether they are days or something else."""

import re
from typing import Final

from msgspec import Struct

from cortipump.checker.scan.coded import WEEKDAY, Locale, Sheet
from cortipump.checker.scan.dates.calendar_days import Parts, is_possible
from cortipump.checker.scan.figures import GAP, MAYBE, SP


class ShortDate(Struct, frozen=True):
    """A day without a year.

    Attributes
    ----------
    swapped
        The same under the other order of day and month.
    sure
        Whether the words around say that it is a day.
    likely
        Whether it is one if other days near it are written with a stroke.
    """

    end: int
    parts: Parts
    swapped: Parts | None
    sure: bool
    likely: bool


_NOT_A_DAY: Final = (
    rf"(?!{MAYBE}(?:mg|mcg|ug|g|ml|units?|u|mm{SP}?hg|tablets?|tabs?|pills?|doses?|cups?|vials?|"
    rf"hours?|days?|full|strength|pain|of{GAP}(?:the|my|all|them|those|what|a)|a{GAP}tablet|inch)\b)"
)
_STROKE: Final = re.compile(
    rf"(?:{WEEKDAY}++\.?,?{GAP})?+(?P<a>\d\d?)/(?P<b>\d\d?)(?![\w%]|[/.:,]\d){_NOT_A_DAY}", re.I
)
# The full stop behind the month is the continental way; without it there are too many decimals.
_DOTS: Final = re.compile(rf"(?P<a>[0-3]?\d)\.{SP}?(?P<b>[01]?\d)\.(?!\d){_NOT_A_DAY}", re.I)
_DATE_HEADER: Final = re.compile(r"\b(?:date|dos|day|when|admitted|discharged)\b", re.I)
_ON: Final = re.compile(
    r"\b(?:on|dated|dos:?|seen|admit(?:ted)?|discharged|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r",?)\s+\Z",
    re.I,
)
_FROM: Final = re.compile(r"\b(?:since|from|through|thru|until|by|before|after|due|of)\s+\Z", re.I)
_EVENT: Final = re.compile(
    r"\b(?:home|released|sent|back|seen|visits?|ER|ED|denied|denial|called|faxed|mailed|filed|"
    r"received|reached us|started|stopped|admission|again|until|til|till|from|to|through|thru|"
    r"since|by|after|before|left|out|began|follow-ups?)[ ,:]*\(?\Z",
    re.I,
)
_SCORE: Final = re.compile(
    r"\b(?:pain|scores?|scored|rat(?:ed|ing|io)|scale|b\.?p|pressure|vision|strength|severity|"
    r"fatigue|energy|vitals|reading|readings)\b[^.;()]{0,24}\Z",
    re.I,
)
_AT_HEAD: Final = re.compile(r"(?:\A|[\n\x1e\t])[ >*\u2022-]*\Z")
_DOTTED_BEFORE: Final = re.compile(
    r"\b(?:on|the|at|am|vom|from|since|until|till|by|to|between|seen|bis|seit)\s+(?:the\s+)?\Z",
    re.I,
)


def short_date(sheet: Sheet, start: int) -> ShortDate | None:
    """The day at that place; None: the figures can be no day."""
    return _with_stroke(sheet, start) or _with_dots(sheet, start) or _with_hyphen(sheet, start)


def _with_stroke(sheet: Sheet, start: int) -> ShortDate | None:
    match = _STROKE.match(sheet.code, start)
    if match is None:
        return None
    a, b = int(match["a"]), int(match["b"])
    parts, swapped = ordered(a, b, None, sheet.locale, dots=False)
    before = sheet.before(start, 40)
    if not is_possible(parts) or _SCORE.search(before):
        return None
    # ``from 3/10 to 7/10`` is pain and ``by 2/3`` a share; after ``on`` they are days.
    padded = match["a"][0] == "0" or match["b"][0] == "0"
    like_share = not padded and (b in (5, 10) or a < b <= 8)
    sure = bool(
        sheet.code[start] == WEEKDAY
        or _ON.search(before)
        or (_FROM.search(before) and not like_share)
        or _is_under_date(sheet, start)
        or (len(match.group()) == 5 and padded and _AT_HEAD.search(sheet.plain[:start][-20:]))
        or _is_next_day(sheet, match)
    )
    likely = not like_share or _EVENT.search(before) is not None
    return ShortDate(match.end(), parts, swapped, sure, likely)


_SPAN: Final = re.compile(rf"{MAYBE}(?:to|-|\u2013){MAYBE}(?P<a>\d\d?)/(?P<b>\d\d?)(?![\w/%])")


def _is_next_day(sheet: Sheet, first: re.Match[str]) -> bool:
    """``4/5 to 4/6``: the same month; two scores share what stands below instead."""
    second = _SPAN.match(sheet.code, first.end())
    return (
        second is not None
        and int(first["a"]) == int(second["a"])
        and int(first["b"]) < int(second["b"])
    )


def _with_dots(sheet: Sheet, start: int) -> ShortDate | None:
    match = _DOTS.match(sheet.code, start)
    if match is None:
        return None
    parts = Parts(None, int(match["b"]), int(match["a"]))
    if not is_possible(parts):
        return None
    padded = len(match["a"]) == 2 and len(match["b"]) == 2
    before, after = sheet.before(start, 20), sheet.after(match.end(), 3)
    # At the end of a sentence the second full stop is that of the sentence.
    ends = re.match(r"\s+[a-z(]|\s?[-\u2013,;]|\s{2}|\t", after) is None
    sure = padded and (
        re.search(r"\bon\s+(?:the\s+)?\Z", before, re.I) is not None
        or (_DOTTED_BEFORE.search(before) is not None and not ends)
        or (_AT_HEAD.search(sheet.plain[:start][-20:]) is not None and not ends)
    )
    return ShortDate(match.end(), parts, None, sure, False)


_HYPHEN: Final = re.compile(
    rf"(?P<a>0[1-9]|1[0-2])-(?P<b>[0-2]\d|3[01])(?![\w%]|-\d|[/.,:]\d){_NOT_A_DAY}", re.I
)
_ISO: Final = re.compile(r"(?<!\d)20\d\d-[01]\d-[0-3]\d(?!\d)")


def _with_hyphen(sheet: Sheet, start: int) -> ShortDate | None:
    """``04-25`` in a letter that writes ``2025-04-25``."""
    match = _HYPHEN.match(sheet.code, start)
    if match is None or _ISO.search(sheet.plain) is None:
        return None
    parts = Parts(None, int(match["a"]), int(match["b"]))
    if not is_possible(parts):
        return None
    sure = match["a"][0] == "0" or re.match(r"[:;,.)]", sheet.after(match.end(), 1)) is not None
    return ShortDate(match.end(), parts, None, sure, False)


def _is_under_date(sheet: Sheet, start: int) -> bool:
    return _DATE_HEADER.search(sheet.header(start)) is not None


def ordered(
    a: int, b: int, year: int | None, locale: Locale, *, dots: bool
) -> tuple[Parts, Parts | None]:
    """Day and month in the letter's order, or in the only possible one."""
    day_first, month_first = Parts(year, b, a), Parts(year, a, b)
    # 03.11.2024 with full stops is the order of continental Europe wherever it is written.
    usual, other = (
        (day_first, month_first) if locale.day_first or dots else (month_first, day_first)
    )
    if not is_possible(usual):
        return (other, None) if is_possible(other) else (usual, None)
    return usual, (other if is_possible(other) and other != usual else None)
