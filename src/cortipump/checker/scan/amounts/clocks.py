"""Times of day."""

import re
from collections.abc import Iterator
from typing import Final

from cortipump.checker.mentions import ClockMention
from cortipump.checker.scan.amounts.units import UNIT
from cortipump.checker.scan.coded import SPELLED, TAKEN, Sheet
from cortipump.checker.scan.figures import EDGE, GAP, MAYBE, SP, approx_at, at_figures

_HALF: Final = (
    rf"(?P<half>[ap](?:\.m\.|\.?m\b)|in{GAP}the{GAP}(?:morning|afternoon|evening|"
    rf"night)|at{GAP}night)"
)
_HOUR: Final = rf"(?:(?P<h>[01]?\d|2[0-4])|(?P<hw>{SPELLED}++))"
_PLAIN_HOUR: Final = rf"(?:[01]?\d|{SPELLED}++)"
_WITH_HALF: Final = re.compile(
    rf"{EDGE}{_HOUR}(?:{SP}?[:.](?P<min>[0-5]\d)(?::[0-5]\d)?)?{MAYBE}(?:o'clock{MAYBE})?{_HALF}"
)
_FIRST_OF_TWO: Final = re.compile(
    rf"{EDGE}(?P<first>(?:[01]?\d)(?:[:.][0-5]\d)?|{SPELLED}++)(?={MAYBE}(?:-|\u2013|to\b|"
    rf"and\b|or\b|until\b){MAYBE}"
    rf"(?:[01]?\d(?:[:.][0-5]\d)?|{SPELLED}++){MAYBE}(?P<what>[ap]\.?m\b|o'clock\b|"
    rf"in{GAP}the{GAP}(?:morning|afternoon|evening)))"
)
_DIGITAL: Final = re.compile(
    r"(?<![\w.,/])(?<!\d:)(?P<h>[01]?\d|2[0-3])(?::|h)(?P<min>[0-5]\d)(?::[0-5]\d)?"
    r"(?![\w/%]|:\d|[.,]\d)"
    rf"(?:{SP}?(?:hrs?|h|hours|uhr)\b)?"
)
_MILITARY: Final = re.compile(
    rf"(?<![\w:.,/$])(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d){SP}?(?:hrs?|hours|h)\b"
)
# British and continental clocks have a full stop, doses a unit and levels a name.
_POINTED: Final = rf"(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|{SP}?%)"
_NOT_A_LEVEL: Final = (
    rf"(?!{MAYBE}(?:(?:to|and|or|until|-|\u2013){MAYBE}\d[\d.,]*+{MAYBE})?"
    rf"(?:(?!h\b){UNIT}|pounds|points|percent|[$\u00a3\u20ac]))"
)
_WITH_H: Final = rf"(?={SP}?(?:h|hrs|uhr|o'clock)\b(?!{SP}?/))"
_STOPPED: Final = re.compile(
    rf"(?<![\w.,/:-])(?P<h>[01]?\d|2[0-3])\.(?P<min>[0-5]\d)(?!\d|[.,]\d|{SP}?%)"
    rf"(?:(?P<sign>{SP}?(?:h|hrs|uhr|o'clock)\b(?!{SP}?/))"
    rf"|(?=(?:{MAYBE},{MAYBE}{_POINTED})*{MAYBE}(?:and|to|until|till|-|\u2013|bis|und){MAYBE}{_POINTED}"
    rf"{_NOT_A_LEVEL}(?P<next>{SP}?(?:h|hrs|uhr)\b)?)|{_NOT_A_LEVEL})"
)
_AT: Final = re.compile(
    r"(?:\b(?:at|around|about|by|from|between|until|till|since|before|after|um|ab|von|gegen)|"
    r"\d\.[0-5]\d(?:,| and| to| until| till| bis| und| ?[-\u2013]))\s+\Z"
)
_LASTED: Final = re.compile(r"\b(?:for|over|lasted|took|slept|within|during|total|of)\s+\Z")
_LEVELS: Final = re.compile(
    r"\b(?:renin|cortisol|sodium|potassium|tsh|acth|glucose|levels?|values?|scores?|mean|average\w*|"
    r"stood|stayed|was at|is at|were at|rates?|ratio|doses?|index|bmi|price\w*|costs?|paid|billed|"
    r"rose|fell|grew|dropped|went|measured|result\w*|na|k|share|charge\w*)\b(?:[^.;]|\.(?=\d)){0,40}\Z"
)
# ``0745`` counts nothing.
_BARE_MILITARY: Final = re.compile(
    rf"(?<![\w:.,/$#-])(?P<h>0\d)(?P<min>[0-5]\d)(?![\w%]|[.,:/-]\d)"
    rf"|(?<![\w:.,/$#-])(?<=\bat )(?P<h2>1\d|2[0-3])(?P<m2>[0-5]\d)(?=,| on\b|\.{SP})"
)
# ``1631 released``: in a letter that writes several of its times so, and nothing is counted.
_IN_FOUR: Final = re.compile(
    r"(?<![\w:.,/$#-])(?<!no\. )(?<!room )(?<!box )(?P<h>1\d|2[0-3])(?P<min>[0-5]\d)"
    rf"(?![\w%]|[.,:/-]\d)(?!{MAYBE}(?:{UNIT}|pounds|points|percent|dollars|days|miles|steps|pages"
    r"|times|members|people|patients|[$\u00a3\u20ac]))"
)
_SEVERAL: Final = 2
# "1.05 (0.10 to 7.33)": an estimate and its interval.
_INTERVAL: Final = re.compile(r"\d\.\d+\s*\(\s*\d+\.\d+(?: to|,|;| ?[-\u2013])\s*\Z")
_OCLOCK: Final = re.compile(rf"{EDGE}{_HOUR}{MAYBE}o'clock\b")
_PAST: Final = re.compile(
    rf"\b(?P<lead>half|(?:a{GAP})?quarter|(?:[a-z]*{SPELLED}+|"
    rf"\d\d?))(?:{GAP}minutes)?{GAP}(?P<way>past|to|after)"
    rf"{GAP}{_HOUR}(?:{MAYBE}{_HALF})?(?!\w)"
)
_NAMED: Final = re.compile(rf"(?:\b12{SP}|\btwelve{SP})?\b(?P<name>noon|midday|midnight)\b")
_RATIO: Final = re.compile(r"\b(?:ratio|dilut\w+|titer|titre|concentration)\b[^.;]*\Z")


_SECOND_HALF: Final = re.compile(r"\b(?:afternoon|evening|tonight|dusk)\b[^.;]{0,40}\Z")


def find_clocks(sheet: Sheet) -> Iterator[ClockMention]:
    """``3:40 am``, ``15h40``, ``noon``, ``half past three``, ``0740 hrs``."""
    for start, end, minute in _in_second_half(sheet, _apart(sheet)):
        yield ClockMention(
            start=start,
            end=end,
            text=sheet.text[start:end],
            minute=minute,
            approx=approx_at(sheet, start, end),
        )


def _apart(sheet: Sheet) -> list[tuple[int, int, int]]:
    """In order; of two readings of one place the first."""
    kept: dict[int, tuple[int, int, int]] = {}
    for start, end, minute in _all(sheet):
        if not any(start < until and from_ < end for from_, until, _ in kept.values()):
            kept[start] = (start, end, minute)
    return [kept[start] for start in sorted(kept)]


_HALVED: Final = re.compile(r"[ap]\.?m\b|morning|afternoon|evening|noon|night")
_RANGE: Final = re.compile(rf"{MAYBE}(?:-|\u2013|to|until|till|and){MAYBE}")
_SOON_MINUTES: Final = 120
_BARE: Final = re.compile(r"(?:1[0-2]|[1-9])[:.]\d\d|[^\d]+")


def _in_second_half(
    sheet: Sheet, clocks: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """``8:36`` soon after ``7:16 p.m.``, and ``in the evening, at a quarter to nine``."""
    closed, latest = 0, -1
    for start, end, minute in clocks:
        words = sheet.low[start:end]
        before = sheet.before(start, min(400, start - closed))
        between = sheet.code[closed:start]
        if _HALVED.search(words):
            is_range = _RANGE.fullmatch(between) is not None
            latest = -1 if is_range else minute
        elif minute < 720 and _BARE.fullmatch(words):
            goes_on = (
                720 <= latest <= minute + 720 < latest + _SOON_MINUTES
                and TAKEN not in between
                and len(before) == len(between)
            )
            if goes_on or (_SECOND_HALF.search(before.lower()) and minute >= 60):
                minute += 720
        else:
            latest = -1
        closed = end
        yield start, end, minute


def _all(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    code = sheet.low
    for match in [*_PAST.finditer(code), *_NAMED.finditer(code)]:
        minute = _past(sheet, match) if match.re is _PAST else _named(match)
        if minute is not None:
            yield *match.span(), minute
    for pattern, reading in (
        (_WITH_HALF, _with_half),
        (_FIRST_OF_TWO, _first_of_two),
        (_DIGITAL, _digital),
        (_MILITARY, _digital),
        (_STOPPED, _stopped),
        (_BARE_MILITARY, _military),
        (_IN_FOUR, _in_four),
        (_OCLOCK, _on_the_hour),
    ):
        for match in at_figures(pattern, code, sheet.runs):
            minute = reading(sheet, match)
            if minute is not None:
                yield *match.span(), minute


def _named(match: re.Match[str]) -> int:
    return 0 if match["name"] == "midnight" else 720


def _digital(sheet: Sheet, match: re.Match[str]) -> int | None:
    if _RATIO.search(sheet.before(match.start(), 24)):
        return None
    return int(match["h"]) * 60 + int(match["min"])


def _military(_: Sheet, match: re.Match[str]) -> int | None:
    return int(match["h"] or match["h2"]) * 60 + int(match["min"] or match["m2"])


def _in_four(sheet: Sheet, match: re.Match[str]) -> int | None:
    """A year was taken as a date before; what is left of four figures is a time."""
    written_so = sum(1 for _ in _BARE_MILITARY.finditer(sheet.low))
    return _digital(sheet, match) if written_so >= _SEVERAL else None


def _stopped(sheet: Sheet, match: re.Match[str]) -> int | None:
    """``8.22 h``, ``from 6.35 until 11.35``, ``at 7.45``; not ``for 6.25 h`` nor a level."""
    before = sheet.before(match.start(), 60).lower()
    marked = match["sign"] or match["next"]
    if marked and not _LASTED.search(before):
        return _digital(sheet, match)
    if _AT.search(before) and not _LEVELS.search(before) and not _INTERVAL.search(before):
        return _digital(sheet, match)
    return None


def _on_the_hour(sheet: Sheet, match: re.Match[str]) -> int | None:
    hour = _hour(sheet, match)
    return hour % 24 * 60 if 0 <= hour <= 24 else None


def _hour(sheet: Sheet, match: re.Match[str]) -> int:
    if match["h"] is not None:
        return int(match["h"])
    return int(sheet.spelled[match.start("hw")].value)


def _is_second_half(words: str, hour: int) -> bool:
    lower = words.lower()
    return (
        lower.startswith("p")
        or "noon" in lower
        or "evening" in lower
        or ("night" in lower and 6 <= hour < 12)
    )


def _in_half(hour: int, minute: int, words: str) -> int | None:
    """Minutes since midnight; None: no hour of a clock with two halves."""
    if not 1 <= hour <= 12:
        return hour * 60 + minute if hour <= 23 and not words.lower().startswith("a") else None
    return (hour % 12 + 12 * _is_second_half(words, hour)) * 60 + minute


def _with_half(sheet: Sheet, match: re.Match[str]) -> int | None:
    return _in_half(_hour(sheet, match), int(match["min"] or 0), match["half"])


def _first_of_two(sheet: Sheet, match: re.Match[str]) -> int | None:
    """``8`` of ``8 to 10 am``: in the half of the day that makes it the earlier one."""
    hour, _, minute = match["first"].replace(".", ":").partition(":")
    number = int(hour) if hour[0] != SPELLED else int(sheet.spelled[match.start()].value)
    if match["what"].startswith("o"):
        return number % 24 * 60 + int(minute or 0) if number <= 24 else None
    second = _WITH_HALF.search(sheet.low, match.end())
    if second is None:
        return None
    until = _with_half(sheet, second)
    at = _in_half(number, int(minute or 0), second["half"])
    if at is None or until is None:
        return None
    return at if at < until else (at + 720) % 1440


def _past(sheet: Sheet, match: re.Match[str]) -> int | None:
    lead, hour = match["lead"], _hour(sheet, match)
    if not 1 <= hour <= 12:
        return None
    minutes = {"half": 30, "quarter": 15}.get(lead.lower().split()[-1])
    if minutes is None:
        at = match.start("lead")
        if at not in sheet.spelled or match["way"].lower() != "past":
            return None
        minutes = int(sheet.spelled[at].value)
    elif match["way"].lower() == "to" and lead.lower() == "half":
        return None
    total = hour * 60 + (-minutes if match["way"].lower() == "to" else minutes)
    half = match["half"]
    return (total + 720 * bool(half and _is_second_half(half, hour) and hour != 12)) % 1440
