"""Dates that nobody could check: ``last November``, ``a few months ago``, ``the past year``.

A bare length of time (``for years``) dates no event and is left alone.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from cortipump.checker.mentions import VagueDate
from cortipump.checker.scan.coded import MONTH_LETTER, ORDINAL, SPELLED, WEEKDAY, Sheet
from cortipump.checker.scan.dates.calendar_days import Parts, add_months, latest_year, span_of, step
from cortipump.checker.scan.dates.holidays import HOLIDAY, HOLIDAY_WORDS, holiday_days
from cortipump.checker.scan.figures import GAP, MAYBE, figure_at
from cortipump.checker.scan.places import near_words

_Days = tuple[date, date] | None
_Reading = Callable[[Sheet, re.Match[str]], _Days]

_SEASONS: Final = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_SEASON: Final = r"spring|summer|fall|autumn|winter"
_PERIOD: Final = r"day|night|week|weekend|month|year|decade|fortnight|hour|minute|yr|wk|hr"
_FEW: Final = rf"(?:a{GAP})?(?:few|couple(?:{GAP}of)?|several|some|many|number{GAP}of)"
_COUNT: Final = rf"(?P<n>\d{{1,3}}|{SPELLED}++|an?|{_FEW}|a{GAP}number{GAP}of)"
_YEAR: Final = r"(?P<y>(?:19|20)\d\d(?!\w))"
_MONTH: Final = rf"(?P<m>{MONTH_LETTER}++)"
_NOT_EXACT: Final = rf"(?!{MAYBE},?{MAYBE}(?:\d|{ORDINAL}|'\d))"
_ANCHORED: Final = (
    rf"(?!{GAP}(?:before|prior|preceding|of|without|on|leading|until|up{GAP}to|after|following)\b)"
)

_AGO: Final = re.compile(
    rf"\b(?:(?:just|only|about|around|over|more{GAP}than|almost|nearly){GAP})?(?:{_COUNT}{GAP})?"
    rf"(?P<p>{_PERIOD})s?(?P<half>{GAP}and{GAP}a{GAP}half)?{GAP}(?:ago|back(?={MAYBE}[.,;]))\b"
)
_PAST: Final = re.compile(
    rf"(?:\b(?:over|in|during|for|within|throughout|across|through|of){GAP})?(?:\b(?:the|"
    rf"these|this|my){GAP})?"
    rf"\b(?:past|last|previous){GAP}(?:(?P<n>\d{{1,3}}|{SPELLED}++|few|couple(?:{GAP}of)?|"
    rf"several|many){GAP})"
    rf"(?P<p>{_PERIOD})s?(?!\w){_ANCHORED}"
)
_PAST_ONE: Final = re.compile(
    rf"(?:\b(?:over|in|during|for|within|throughout|across){GAP})(?:the|this|"
    rf"these){GAP}(?:past|last|previous){GAP}"
    rf"(?P<p>{_PERIOD}s?)\b{_ANCHORED}|\b(?:the|this){GAP}past{GAP}(?P<q>{_PERIOD}s?)\b{_ANCHORED}"
)
_PART: Final = rf"(?:(?:early|mid|late|the{GAP}(?:beginning|start|middle|end){GAP}of)(?:{GAP}|-))?"
_NEAR: Final = re.compile(
    rf"\b(?:(?:earlier|later|back|early|late|mid|sometime){GAP}|(?:the{GAP})?(?:beginning|"
    r"start|middle|end|"
    rf"rest){GAP}of{GAP})?(?P<which>last|this|this{GAP}past|this{GAP}coming|next|"
    rf"this{GAP}last){GAP}"
    rf"(?:(?P<p>night|week|weekend|month|year|yr|morning|afternoon|evening|quarter)"
    rf"|(?P<s>{_SEASON})|{_MONTH}|{WEEKDAY}++)(?!\w|'s{GAP}(?:resort|"
    rf"name)){_NOT_EXACT}(?!{GAP}of\b)"
)
_WORDS: Final = re.compile(
    rf"\b(?:recently|lately|not{GAP}(?:so{GAP}|too{GAP})?long{GAP}ago|long{GAP}ago|"
    rf"a{GAP}(?:short{GAP}|little{GAP}|long{GAP})?while{GAP}"
    rf"(?:ago|back)|some{GAP}time{GAP}(?:ago|back|last{GAP}year)|the{GAP}other{GAP}(?:day|"
    r"week|night|month)|"
    rf"in{GAP}recent{GAP}(?:days|weeks|months|years|times)|recent{GAP}(?:days|weeks|months|years)|"
    rf"earlier{GAP}on|at{GAP}some{GAP}point|in{GAP}the{GAP}(?:recent|distant){GAP}past|"
    rf"once{GAP}upon{GAP}a{GAP}time|"
    rf"in{GAP}the{GAP}near{GAP}future)\b"
)
_DAYS: Final = re.compile(
    rf"\b(?:the{GAP}day{GAP}before{GAP})?(?P<w>yesterday|today|tonight|tomorrow)\b(?!'s)"
)
_QUARTER: Final = re.compile(
    rf"\b(?:(?:the{GAP})?q(?P<q>[1-4])(?:{GAP}(?:of{GAP})?|[-/,]{MAYBE}|'(?=\d))"
    rf"|(?:the{GAP})?(?P<o>{ORDINAL}++|last|\d(?:st|nd|rd|th)){GAP}(?P<w>quarter|"
    rf"half){GAP}of{GAP}(?:the{GAP}year{GAP})?)(?:{_YEAR}|(?P<near>(?:this|last){GAP}year))"
    rf"|(?<!\w){_YEAR.replace('<y>', '<y2>')}{GAP}q(?P<q2>[1-4])\b"
)
_SEASON_YEAR: Final = re.compile(
    rf"\b(?:(?:early|mid|late|the)(?:{GAP}|-))*(?P<s>{_SEASON})(?:{GAP}|"
    rf",{GAP}|{GAP}of{GAP}){_YEAR}(?:[-/\u2013]\d\d(?!\d))?"
)
_SEASON_ALONE: Final = re.compile(
    rf"\b(?:in|during|over|since|by|until|through|throughout|early|late|mid|some{MAYBE}time)"
    rf"{GAP}(?:the{GAP}(?:beginning|start|middle|end){GAP}of{GAP})?"
    rf"(?:(?:the|early|late|mid|(?<=time )that){GAP}|)"
    r"(?P<s>spring|summer|autumn|winter|(?<=in the )fall|(?<=early )fall|"
    rf"(?<=late )fall)\b(?!{GAP}(?:of{GAP})?\d)(?!-)"
)
_HOLIDAY: Final = re.compile(
    rf"(?:\b(?:around|about|at|over|since|before|after|near|by|during|just{GAP}before|"
    rf"shortly{GAP}after|between){GAP})?"
    rf"\b(?P<h>{HOLIDAY})(?!\w)(?:{GAP}{WEEKDAY}++)?(?:{GAP}(?:of{GAP})?{_YEAR})?"
)
_DECADE: Final = re.compile(
    rf"\b(?:(?:in|since|during){GAP})?(?:the{GAP})?(?P<y>(?:19|20)\d0)'?s\b"
)
_NEW_YEAR: Final = re.compile(
    rf"\b(?:at{GAP}|since{GAP}|by{GAP})?the{GAP}(?:very{GAP})?(?P<w>beginning|start|end|"
    rf"turn|middle){GAP}of{GAP}the{GAP}(?P<p>year|month|week)\b"
)


def find_vague(sheet: Sheet) -> Iterator[VagueDate]:
    """Every date without a day, month or year that could be looked up."""
    for pattern, words, reading in _FAMILIES:
        found = []
        for match in near_words(pattern, sheet.low, sheet.words, words):
            if _is_exact(sheet, match):
                continue
            days = reading(sheet, match)
            start, end = match.span()
            first, last = days if days else (None, None)
            text = sheet.text[start:end]
            found.append(VagueDate(start=start, end=end, text=text, first=first, last=last))
        yield from found
        sheet = sheet.without(found)


_WEEKDAY_OF: Final = re.compile(
    r"\b(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s+"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:of|in|after)\s+(?:the\s+)?\Z",
    re.I,
)
_DAY_OF: Final = re.compile(rf"(?:{MONTH_LETTER}|\d|\b(?:st|nd|rd|th)),?\s+(?:of\s+)?\Z")


def _is_exact(sheet: Sheet, match: re.Match[str]) -> bool:
    """``July 13 of this year``, ``the next morning``, ``last 365 days (12/15/24 - 12/14/25)``,
    ``the first Sunday of the New Year``.
    """
    words = match.group()
    if match.re is _HOLIDAY:
        return (
            _WEEKDAY_OF.search(sheet.plain[max(0, match.start() - 40) : match.start()]) is not None
        )
    if words in ("this year", "last year", "this yr", "last yr"):
        return _DAY_OF.search(sheet.code[max(0, match.start() - 8) : match.start()]) is not None
    if match.re is _PAST:
        return re.match(r"\s*\(\d", sheet.after(match.end(), 6)) is not None
    return words.startswith("next ") and sheet.before(match.start(), 4).lower() == "the "


def _count(sheet: Sheet, match: re.Match[str]) -> int | None:
    words = match["n"]
    if words is None:
        return None
    if words[0].isdigit() or words[0] == SPELLED:
        return int(figure_at(sheet, *match.span("n")).value)
    return 1 if words.lower() in ("a", "an") else None


_PLAIN: Final = {
    "weekend": "week",
    "decade": "year",
    "fortnight": "week",
    "yr": "year",
    "wk": "week",
    "hr": "hour",
}


def _plain_period(word: str) -> str:
    period = word.lower().removesuffix("s")
    return _PLAIN.get(period, period)


def _ago(sheet: Sheet, match: re.Match[str]) -> _Days:
    dated, n_periods = sheet.locale.dated, _count(sheet, match)
    period = _plain_period(match["p"])
    if n_periods is None:
        return None
    if match["p"].lower() in ("decade", "fortnight"):
        n_periods *= 10 if period == "year" else 2
    day = step(dated, period, -n_periods)
    if period in ("day", "night", "hour", "minute"):
        return day, day
    # Nobody means the day: half a period to either side.
    slack = {"week": 4, "month": 16, "year": 183}[period]
    return day - timedelta(days=slack), min(dated, day + timedelta(days=slack))


def _past(sheet: Sheet, match: re.Match[str]) -> _Days:
    dated, n_periods = sheet.locale.dated, _count(sheet, match)
    if n_periods is None:
        return None
    return step(dated, _plain_period(match["p"]), -n_periods), dated


def _past_one(sheet: Sheet, match: re.Match[str]) -> _Days:
    period = (match["p"] or match["q"]).lower()
    if period.endswith("s"):
        return None
    factor = {"decade": 10, "fortnight": 2}.get(period, 1)
    return step(sheet.locale.dated, _plain_period(period), -factor), sheet.locale.dated


def _near(sheet: Sheet, match: re.Match[str]) -> _Days:
    dated, which = sheet.locale.dated, " ".join(match["which"].lower().split())
    is_next = which in ("next", "this coming")
    if match["m"]:
        month = ord(match["m"][0]) & 0xF
        year = latest_year(Parts(None, month), dated) + is_next
        return span_of(Parts(year, month))
    if match["s"]:
        first, last = _season(match["s"], None, dated)
        return step(first, "year", int(is_next)), step(last, "year", int(is_next))
    if not match["p"]:
        return dated - timedelta(days=7), dated + timedelta(days=7 * is_next)
    return _calendar_period(
        _plain_period(match["p"]), -1 if which == "last" else int(is_next), dated
    )


def _calendar_period(period: str, shift: int, dated: date) -> _Days:
    """``last year`` as the calendar year before the letter's, ``this month`` as its own."""
    if period == "year":
        return date(dated.year + shift, 1, 1), date(dated.year + shift, 12, 31)
    if period == "month":
        day = add_months(dated.replace(day=1), shift)
        return day, day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if period == "quarter":
        day = add_months(date(dated.year, (dated.month - 1) // 3 * 3 + 1, 1), 3 * shift)
        return day, add_months(day, 3) - timedelta(days=1)
    if period == "week":
        monday = dated - timedelta(days=dated.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    day = dated + timedelta(days=shift)
    return day, day


def _season(word: str, year: int | None, dated: date) -> tuple[date, date]:
    """Whole months; the winter of a year may be the one that it ends or begins with."""
    month = _SEASONS[word.lower()]
    if year is None:
        year = dated.year if (dated.year, dated.month) >= (dated.year, month) else dated.year - 1
        first = date(year, month, 1)
        return first, add_months(first, 3) - timedelta(days=1)
    first = date(year, month, 1)
    last = add_months(first, 3) - timedelta(days=1)
    return (date(year - 1, 12, 1), last) if month == 12 else (first, last)


def _season_year(sheet: Sheet, match: re.Match[str]) -> _Days:
    year = int(match["y"]) if match.groupdict().get("y") else None
    return _season(match["s"], year, sheet.locale.dated)


def _quarter(sheet: Sheet, match: re.Match[str]) -> _Days:
    dated, near = sheet.locale.dated.year, match["near"]
    year = dated - near.startswith("last") if near else int(match["y"] or match["y2"])
    quarter = match["q"] or match["q2"]
    if quarter is not None:
        return _months(year, int(quarter) * 3 - 2, 3)
    words = match["o"]
    n_months = 3 if match["w"].lower() == "quarter" else 6
    if words.lower() == "last":
        number = 12 // n_months
    elif words[0].isdigit():
        number = int(words[0])
    else:
        number = int(sheet.spelled[match.start("o")].value)
    return (
        _months(year, (number - 1) * n_months + 1, n_months) if number <= 12 // n_months else None
    )


def _months(year: int, month: int, n_months: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, add_months(first, n_months) - timedelta(days=1)


def _holiday(sheet: Sheet, match: re.Match[str]) -> _Days:
    return holiday_days(match["h"], int(match["y"]) if match["y"] else None, sheet.locale.dated)


def _decade(_: Sheet, match: re.Match[str]) -> _Days:
    year = int(match["y"])
    return date(year, 1, 1), date(year + 9, 12, 31)


def _word(_sheet: Sheet, _match: re.Match[str]) -> _Days:
    return None


def _day_word(sheet: Sheet, match: re.Match[str]) -> _Days:
    shift = {"yesterday": -1, "tomorrow": 1}.get(match["w"].lower(), 0)
    day = sheet.locale.dated + timedelta(days=shift - match.group().lower().startswith("the day"))
    return day, day


def _new_year(sheet: Sheet, match: re.Match[str]) -> _Days:
    return _calendar_period(match["p"].lower(), 0, sheet.locale.dated)


_SEASON_WORDS: Final = frozenset(_SEASONS)
_FAMILIES: Final[tuple[tuple[re.Pattern[str], frozenset[str], _Reading], ...]] = (
    (_QUARTER, frozenset(["quarter", "half", "q"]), _quarter),
    (_SEASON_YEAR, _SEASON_WORDS, _season_year),
    (_DECADE, frozenset(["s"]), _decade),
    (_HOLIDAY, HOLIDAY_WORDS, _holiday),
    (_AGO, frozenset(["ago", "back"]), _ago),
    (_NEAR, frozenset(["last", "this", "next"]), _near),
    (_PAST, frozenset(["past", "last", "previous"]), _past),
    (_PAST_ONE, frozenset(["past", "last", "previous"]), _past_one),
    (_SEASON_ALONE, _SEASON_WORDS, _season_year),
    (
        _WORDS,
        frozenset(
            [
                "recently",
                "lately",
                "long",
                "while",
                "time",
                "other",
                "recent",
                "earlier",
                "some",
                "distant",
                "once",
                "near",
            ]
        ),
        _word,
    ),
    (_DAYS, frozenset(["yesterday", "today", "tonight", "tomorrow"]), _day_word),
    (_NEW_YEAR, frozenset(["beginning", "start", "end", "turn", "middle"]), _new_year),
)
