"""Days, months and years one by one, as they stand in the text; lists and spans come after."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cortipump.checker.scan.coded import MONTH_LETTER, ORDINAL, SPELLED, WEEKDAY, Sheet
from cortipump.checker.scan.dates.calendar_days import Parts, full_year, is_possible
from cortipump.checker.scan.dates.short_dates import ordered, short_date
from cortipump.checker.scan.figures import DASH, GAP, MAYBE, SP


class Atom(Struct, frozen=True):
    """A date as it stands, before its missing year is known.

    Attributes
    ----------
    parts
        Of the day, or of the first one of ``March 3–6``.
    last
        Of the last one of ``March 3–6``.
    swapped
        The same under the other order of day and month, for ``03/11/2025``.
    sure
        False: a month or a year only if the words around say so.
    likely
        ``7/22`` that is a day where other days are written with a stroke.
    """

    start: int
    end: int
    parts: Parts
    last: Parts | None = None
    swapped: Parts | None = None
    sure: bool = True
    likely: bool = False


def _day(name: str) -> str:
    return rf"(?:(?P<{name}>\d\d?(?!\d))(?:{SP}?(?:st|nd|rd|th)\b)?+|(?P<{name}o>{ORDINAL}++))"


# A full stop after a short name; after a long one it ends the sentence. May, June and July count
# as long.
_LONG: Final = (
    rf"(?<!{MONTH_LETTER}{{5}})(?<![\ua505\ua515\ua565]{{3}})(?<![\ua506\ua507\ua516\ua517]{{4}})"
)
_MONTH: Final = rf"(?P<m>{MONTH_LETTER}++)(?:{_LONG}\.)?+"
_YEAR: Final = r"(?P<y>(?:19|20)\d\d(?!\w)|'\d\d(?!\w))"
_TAIL_BREAK: Final = rf"{MAYBE}(?:{DASH}|,|&|\+|to\b|through\b|thru\b|until\b|and\b|or\b)"
_TAIL_DAY: Final = rf"{_TAIL_BREAK}(?:{MAYBE}(?:and|&|or)\b)?+{MAYBE}(?:the{GAP})?+"
_NTH: Final = rf"(?:{SP}?(?:st|nd|rd|th)\b)?+"
_TAIL: Final = rf"(?P<tail>(?:{_TAIL_DAY}(?:\d\d?(?![\d:/%]|\.\d){_NTH}|{ORDINAL}++)){{0,31}})"
# ``4. to 9. February``: a full stop makes an ordinal on the continent; only before a month.
_TAIL_DOTS: Final = (
    rf"\.?+(?P<tail>(?:{_TAIL_DAY}(?:\d\d?(?![\d:/%]|\.\d){_NTH}\.?+|{ORDINAL}++)){{0,31}})"
)
_HEAD: Final = rf"(?P<pre>(?:{WEEKDAY}++\.?,?{GAP})?+(?:the{GAP})?+)"
_TO_YEAR: Final = rf"(?:{MAYBE},{MAYBE}|{GAP}(?:(?:of|in){GAP})?+|[-/.])"
_NOT_A_DOSE: Final = rf"(?!{MAYBE}(?:mg|mcg|ug|g|ml|units?|u)\b)"

_MONTH_DAY_YEAR: Final = re.compile(
    rf"{_HEAD}{_MONTH}(?:{MAYBE}|[-/.])(?:the{GAP})?+{_day('d')}{_TAIL}{_TO_YEAR}{_YEAR}", re.I
)
_DAY_MONTH_YEAR: Final = re.compile(
    rf"{_HEAD}{_day('d')}{_TAIL_DOTS}(?:{MAYBE}(?:of{GAP})?+|"
    rf"[-/.]){_MONTH}(?:{_TO_YEAR}|{MAYBE}){_YEAR}",
    re.I,
)
_DAY_MONTH_SHORT_YEAR: Final = re.compile(
    rf"{_HEAD}{_day('d')}(?P<tail>)(?P<s>[-/. ]){_MONTH}(?P=s)(?P<y>\d\d)(?![\w])"
    rf"(?!{SP}?(?:[A-Za-z%]|\d(?!\d?:\d\d)))(?!,{SP}(?:19|20)\d\d)",  # "1 April 29, 2025": a row's
    re.I,
)
# ``18 NOV 25 at 2045``: a month in capitals, as in the services.
_DAY_CAPITALS_YEAR: Final = re.compile(
    rf"{_HEAD}{_day('d')}(?P<tail>)(?P<s>[- ]){_MONTH}(?P=s)(?P<y>\d\d)(?![\w])"
    rf"(?!{SP}?%)(?!{GAP}(?:days|nights|hours|weeks|months|visits|stays|mg|times|patients)\b)",
    re.I,
)
# ``Jan. 2, 25`` in a column of dates.
_MONTH_DAY_SHORT_YEAR: Final = re.compile(
    rf"{_HEAD}{_MONTH}{MAYBE}{_day('d')}(?P<tail>),?{SP}(?P<y>\d\d)(?={SP}{{2}}|[\t\n\x1e)]|\Z)",
    re.I,
)
_MONTH_YEAR: Final = re.compile(rf"{_MONTH}(?:{_TO_YEAR}|{MAYBE}){_YEAR}", re.I)
_MONTH_DAY: Final = re.compile(
    rf"{_HEAD}{_MONTH}(?:{MAYBE}|-)(?:the{GAP})?+{_day('d')}{_TAIL}(?![\w%$]|[.,:/]\d)", re.I
)
_DAY_MONTH: Final = re.compile(
    rf"{_HEAD}{_day('d')}{_TAIL}(?P<of>{MAYBE}of{GAP}|{MAYBE}|-){_MONTH}(?!\w)"
    rf"(?!{MAYBE}\d\d?(?:st|nd|rd|th)?\b)",
    re.I,
)
_ISO: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?![\d]|[-/.]\d)"
)
# ``2026. 2. 27.``: as in Korea and Hungary.
_ISO_POINTS: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)\. (?P<m>0?[1-9]|1[0-2])\. (?P<d>[12]\d|3[01]|0?[1-9])"
    r"(?:\.|(?=[ ,;)]|$))(?!\d)"
)
_NUMERIC: Final = re.compile(
    rf"(?:{WEEKDAY}++\.?,?{GAP})?+(?P<a>\d\d?)(?P<s>{SP}?[-/.]{SP}?)(?P<b>\d\d?)(?P=s)"
    rf"(?P<y>\d{{4}}|\d\d)(?!\d|[/.:,]\d|-\d(?!\d?[-/.]\d)|%){_NOT_A_DOSE}",
    re.I,
)
_NUMERIC_MONTH: Final = re.compile(r"(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w]|[-/.]\d)")
_ISO_MONTH: Final = re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\w]|[-/.]\d)")
_YEARS: Final = re.compile(
    rf"(?P<y>(?:19|20)\d\d)(?:{SP}?{DASH}{SP}?|/)(?P<z>(?:19|20)\d\d|\d\d)(?![\w]|[-/.,]\d)"
)
_YEAR_ALONE: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?![\w%]|[.,:/]\d|-\d)")
_YEAR_SHORT: Final = re.compile(r"'(?P<y>\d\d)(?!\w)")
_MONTH_ALONE: Final = re.compile(rf"{_MONTH}(?![\w])")

_ANCHOR: Final = re.compile(
    r"(?<!\w)(?<![A-Za-z_][-/.'])(?<!\d[/.',])(?:(?<!\d-)|(?<=(?:19|20)\d\d-)|(?<=/\d-)|"
    rf"(?<=/\d\d-)|(?={MONTH_LETTER}))"
    rf"(?<![$\u00a3\u20ac#@])(?=[\d{MONTH_LETTER[1:-1]}{ORDINAL}{WEEKDAY}])"
)
_AFTER_MID: Final = re.compile(
    rf"(?<=\bin )(?='\d\d(?!\w))|(?:(?<=mid-)|(?<=\b[CFP]Y))(?=[\d{MONTH_LETTER[1:-1]}])", re.I
)


_BY_DAY: Final = (_DAY_MONTH_YEAR, _DAY_MONTH_SHORT_YEAR)
_BY_MONTH: Final = (_MONTH_DAY_YEAR, _MONTH_DAY_SHORT_YEAR)


def atoms_of(sheet: Sheet) -> list[Atom]:
    """Every date by itself, in order; months and years that may be something else included."""
    starts = {found.start() for found in _ANCHOR.finditer(sheet.code)}
    starts |= {found.start() for found in _AFTER_MID.finditer(sheet.code)}
    atoms: list[Atom] = []
    end = 0
    for start in sorted(starts):
        if start < end:
            continue
        found = _atoms_at(sheet, start)
        if found:
            atoms += [*found[:-1], _with_spoken_year(sheet, found[-1])]
            end = atoms[-1].end
    return atoms


_SPOKEN_YEAR: Final = re.compile(
    rf"(?:{MAYBE},{MAYBE}|{GAP}(?:(?:of|in){GAP})?)(?P<c>{SPELLED}++){SP}(?P<y>{SPELLED}++)"
)
_CENTURIES: Final = (19, 20)


def _with_spoken_year(sheet: Sheet, atom: Atom) -> Atom:
    """``November sixteenth, twenty twenty-five``: a date that was dictated."""
    match = None
    if atom.parts.year is None and atom.parts.month is not None and atom.last is None:
        match = _SPOKEN_YEAR.match(sheet.code, atom.end)
    if match is None:
        return atom
    century, rest = (sheet.spelled[match.start(name)].value for name in ("c", "y"))
    if century not in _CENTURIES or not _LEAST_REST <= rest < _CENTURY:
        return atom
    parts = atom.parts.with_year(int(century) * _CENTURY + int(rest))
    return replace(atom, end=match.end(), parts=parts, sure=True)


_IS_MONTH: Final = re.compile(MONTH_LETTER)


def _atoms_at(sheet: Sheet, start: int) -> list[Atom]:
    code = sheet.code
    by_day, by_month = not _IS_MONTH.match(code, start), not code[start].isdigit()
    for pattern in (*(_BY_DAY if by_day else ()), *(_BY_MONTH if by_month else ())):
        match = pattern.match(code, start)
        if match and (atoms := list(_listed(sheet, match))):
            return atoms
    if by_day and (atom := _in_capitals(sheet, start)):
        return [atom]
    for numeric in (_iso, _numeric, _month_year, _years):
        if atom := numeric(sheet, start):
            return [atom]
    for pattern in (*((_MONTH_DAY,) if by_month else ()), *((_DAY_MONTH,) if by_day else ())):
        match = pattern.match(code, start)
        if match and (atoms := list(_without_year(sheet, match))):
            return atoms
    atom = _alone(sheet, start)
    return [atom] if atom else []


def _number(sheet: Sheet, match: re.Match[str], name: str) -> int:
    if match.group(name) is not None:
        return int(match.group(name))
    return int(sheet.spelled[match.start(name + "o")].value)


def _month(match: re.Match[str]) -> int:
    return ord(match.group("m")[0]) & 0xF


_TAIL_PART: Final = re.compile(
    rf"\.?(?P<sep>{_TAIL_DAY})(?:(?P<d>\d\d?){_NTH}|(?P<do>{ORDINAL}++))", re.I
)
_RANGE_WORD: Final = re.compile(rf"\s*(?:{DASH}|to|through|thru|until)", re.I)


def _listed(sheet: Sheet, match: re.Match[str]) -> Iterator[Atom]:
    """The days of ``March 3, 5 and 9, 2025`` and ``3–6 March 2025``, each with its own place."""
    year = full_year(match.group("y").lstrip("'"), sheet.locale.dated)
    yield from _days(sheet, match, year)


def _days(sheet: Sheet, match: re.Match[str], year: int | None) -> Iterator[Atom]:
    month = _month(match)
    first = Parts(year, month, _number(sheet, match, "d"))
    month_first = match.start("m") < max(match.start("d"), match.start("do"))
    end = match.start("tail") if match.end("tail") > match.start("tail") else match.end()
    atom = Atom(match.start(), end, first)
    for part in _TAIL_PART.finditer(sheet.code, match.start("tail"), match.end("tail")):
        day = Parts(year, month, _number(sheet, part, "d"))
        if _RANGE_WORD.match(part.group("sep")):
            atom = replace(atom, end=part.end(), last=day)
            continue
        yield atom
        start = max(part.start("d"), part.start("do"))
        atom = Atom(start, part.end(), day)
    yield replace(atom, end=match.end()) if not month_first or year else atom


def _in_capitals(sheet: Sheet, start: int) -> Atom | None:
    """``18 NOV 25``, whatever follows; the capitals and a near year tell it from a count."""
    match = _DAY_CAPITALS_YEAR.match(sheet.code, start)
    if match is None or not sheet.plain[match.start("m") : match.end("m")].isupper():
        return None
    year = full_year(match["y"], sheet.locale.dated)
    if abs(year - sheet.locale.dated.year) > _NEAR_YEARS:
        return None
    return Atom(start, match.end(), Parts(year, _month(match), _number(sheet, match, "d")))


def _iso(sheet: Sheet, start: int) -> Atom | None:
    match = _ISO.match(sheet.code, start) or _ISO_POINTS.match(sheet.code, start)
    if match is None:
        return None
    parts = Parts(int(match["y"]), int(match["m"]), int(match["d"]))
    return Atom(start, match.end(), parts)


def _numeric(sheet: Sheet, start: int) -> Atom | None:
    match = _NUMERIC.match(sheet.code, start)
    if match is None:
        return None
    year = full_year(match["y"], sheet.locale.dated)
    if not 1900 <= year <= 2099:
        return None
    a, b = int(match["a"]), int(match["b"])
    parts, swapped = ordered(a, b, year, sheet.locale, dots="." in match["s"])
    if len(match["y"]) == 2 and not is_possible(parts):
        return None
    return Atom(start, match.end(), parts, swapped=swapped)


def _month_year(sheet: Sheet, start: int) -> Atom | None:
    for pattern in (_NUMERIC_MONTH, _ISO_MONTH):
        if match := pattern.match(sheet.code, start):
            return Atom(start, match.end(), Parts(int(match["y"]), int(match["m"])))
    match = _MONTH_YEAR.match(sheet.code, start)
    if match is None:
        return None
    year = full_year(match["y"].lstrip("'"), sheet.locale.dated)
    return Atom(start, match.end(), Parts(year, _month(match)))


def _years(sheet: Sheet, start: int) -> Atom | None:
    """``2024-2025``, ``2024/25``."""
    match = _YEARS.match(sheet.code, start)
    if match is None:
        return None
    first = int(match["y"])
    last = int(match["z"]) if len(match["z"]) == 4 else first - first % 100 + int(match["z"])
    is_span = first < last <= sheet.locale.dated.year + 5
    if not is_span or (len(match["z"]) == 2 and last != first + 1):
        return None
    return Atom(start, match.end(), Parts(first), last=Parts(last), sure=len(match["z"]) == 4)


_NEAR_YEARS: Final = 10
_LEAST_REST, _CENTURY = 10, 100
_RECORD: Final = "MAR"  # of medication administration

_COUNTED: Final = (
    r"days|nights|hours|weeks|months|years|minutes|mgs?|mcg|units?|ml|admissions|stays|visits|"
    r"hospitali[sz]ations|times|more|other|additional|people|patients|episodes|crises|events|doses|"
    r"vials|trips|calls|ambulances|percent|am|pm|a\.m|p\.m|o'clock|dollars|injections|points"
)
_NOT_A_DAY: Final = re.compile(rf"(?:{GAP}|-)(?:{_COUNTED}|on|at)\b|{MAYBE}[%$]", re.I)
_NOT_A_DAY_IN: Final = re.compile(
    rf"(?:{GAP}|-)(?:{_COUNTED}|of|out|er|ed|emergency|hospital|inpatient|separate|different|new|"
    r"ambulance)\b",
    re.I,
)
_VERBS: Final = (3, 5)
_ON: Final = re.compile(r"\b(?:on|dated|since|until|by|before|after|from|through|the)\s+\Z", re.I)
_IN: Final = re.compile(r"\b(?:in|during)\s+\Z", re.I)


def _without_year(sheet: Sheet, match: re.Match[str]) -> Iterator[Atom]:
    """``Nov 3``, ``the 3rd of November``, ``March 3 and 5``; what only looks like it is left."""
    code, month = sheet.code, match.start("m")
    before = sheet.before(match.start(), 12)
    ordinal = match.start("do") >= 0 or code[match.end("d") :].lstrip(" ")[:1] in tuple("snrt")
    weak = ord(code[month]) & 0xF0 == 0x60 and _month(match) in _VERBS and len(match["m"]) <= 5
    if (weak and not ordinal and not _ON.search(before)) or not 1 <= _number(
        sheet, match, "d"
    ) <= 31:
        return
    days = list(_days(sheet, match, None))
    if month < max(match.start("d"), match.start("do")):
        days = _without_counts(sheet, match, days)
        if _IN.search(before) and len(days) == 1 and _NOT_A_DAY_IN.match(code, days[0].end):
            days = [Atom(month, match.end("m"), Parts(None, _month(match)), sure=False)]
    yield from days


def _without_counts(sheet: Sheet, match: re.Match[str], days: list[Atom]) -> list[Atom]:
    """``March 3 and 5 visits``, ``March 3, 12``: the last figure is no day."""
    while len(days) > 1:
        between = sheet.code[days[-2].end : days[-1].start].strip()
        if (
            between != ","
            and (days[-1].parts.day or 0) <= 31
            and not _NOT_A_DAY.match(sheet.code, days[-1].end)
        ):
            break
        days = days[:-1]
    return days


def _alone(sheet: Sheet, start: int) -> Atom | None:
    """A month or a year by itself; whether it is one depends on the words around."""
    if match := _MONTH_ALONE.match(sheet.code, start):
        if sheet.plain[match.start("m") : match.end("m")] == _RECORD:
            return None
        sure = ord(match["m"][0]) & 0xF0 == 0x00
        return Atom(start, match.end("m"), Parts(None, _month(match)), sure=sure)
    if atom := _day_and_month(sheet, start):
        return atom
    if match := _YEAR_SHORT.match(sheet.code, start):
        return Atom(start, match.end(), Parts(full_year(match["y"], sheet.locale.dated)))
    if match := _YEAR_ALONE.match(sheet.code, start):
        return Atom(start, match.end(), Parts(int(match["y"])), sure=False)
    return None


def _day_and_month(sheet: Sheet, start: int) -> Atom | None:
    """``3/11`` behind ``on`` or under ``Date``, or in a row with such; otherwise a score."""
    found = short_date(sheet, start)
    if found is None:
        return None
    return Atom(
        start,
        found.end,
        found.parts,
        swapped=found.swapped,
        sure=found.sure,
        likely=found.likely,
    )
