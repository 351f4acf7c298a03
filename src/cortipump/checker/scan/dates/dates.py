"""Calendar days, months, years and spans: atoms in lists and spans, missing years found."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cortipump.checker.mentions import DayMention, Grain, ImpossibleDate, SpanMention
from cortipump.checker.scan.coded import BARRIER, MONTH_LETTER, ORDINAL, WEEKDAY, Sheet
from cortipump.checker.scan.dates.atoms import Atom, atoms_of
from cortipump.checker.scan.dates.calendar_days import (
    Parts,
    is_possible,
    latest_year,
    span_of,
    step,
)
from cortipump.checker.scan.dates.years import is_month, is_year, opening
from cortipump.checker.scan.figures import DASH, GAP, MAYBE, SP

_TO: Final = re.compile(
    rf"{SP}*(?:{DASH}|,?{GAP}(?:up{GAP})?(?:to|through|thru|until|till)(?:{GAP}(?:and{GAP}including"
    rf"|the{GAP}(?:end|beginning|middle){GAP}of))?\b){MAYBE}(?:the{GAP})?(?:(?:early|mid|"
    r"late)[ -])?",
    re.IGNORECASE,
)
_AND: Final = re.compile(rf"{GAP}(?:and|&){GAP}(?:the{GAP})?", re.IGNORECASE)
_LIST: Final = re.compile(
    rf"{MAYBE}(?:,|;|/|&|{DASH})?{MAYBE}(?:(?:and|or|to|then|as{GAP}well{GAP}as)\b)?{MAYBE}"
    rf"(?:(?:in|on|again{GAP}in|again{GAP}on|since|of){GAP})?",
    re.IGNORECASE,
)
# Between days such as ``3/11`` no words: ``pain 8/10 on 3/11/2025`` is one day.
_PLAIN_LIST: Final = re.compile(
    rf"{MAYBE}[,;&]?{MAYBE}(?:(?:and|or|then|ED|ER){GAP})?(?:on{GAP})?", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+)?\Z", re.IGNORECASE)
_LEAD: Final = re.compile(r"\b(?:from|between)\s+(?:the\s+)?\Z", re.IGNORECASE)
_PART_OF: Final = re.compile(
    r"\b(?:early|mid|middle|late|(?:the\s+)?(?:very\s+)?(?:beginning|start|middle|end)\s+of)"
    r"(?:\s+|-)(?:in\s+)?\Z",
    re.IGNORECASE,
)
_THE: Final = re.compile(r"\bthe\s\Z", re.IGNORECASE)
_OF_MONTH: Final = re.compile(rf"(?:\d\d?(?:st|nd|rd|th)?|{ORDINAL}+)\s+(?:of\s+)?{MONTH_LETTER}")
_SENTENCE_END: Final = re.compile(r"[.!?]\s+[A-Z]")


class _Given(Struct, frozen=True):
    """A date whose year is printed, and where the period begins that ends with it, if one does."""

    start: int
    parts: Parts
    period_from: date | None = None


_ENDING: Final = re.compile(
    r"\b(?:ending|ended|year to|days to|up to|preceding)\s+\Z", re.IGNORECASE
)
_LONG_DAYS: Final = 100
_BACK_DAYS: Final = 120


def find_dates(sheet: Sheet) -> Iterator[DayMention | SpanMention | ImpossibleDate]:
    """Every date with a day, a month or a year; vague ones are found elsewhere."""
    atoms = _meant(sheet, atoms_of(sheet))
    atoms = _dated_backwards(sheet, atoms)
    joined = list(_joined(sheet, atoms))
    given = [_given(sheet, each) for each in joined if each.parts.year is not None]
    for atom in joined:
        yield _mention(sheet, atom, given)


def _given(sheet: Sheet, atom: Atom) -> _Given:
    first = span_of(atom.parts)
    if atom.last is None:
        is_end = first is not None and _ENDING.search(sheet.before(atom.start, 16)) is not None
        return _Given(
            atom.start, atom.parts, step(first[0], "year", -1) if is_end and first else None
        )
    last = span_of(atom.last) if atom.last.year else None
    is_long = first and last and (last[1] - first[0]).days > _LONG_DAYS
    parts = atom.last if atom.last.year else atom.parts
    return _Given(atom.start, parts, first[0] if is_long and first else None)


def _meant(sheet: Sheet, atoms: list[Atom]) -> list[Atom]:
    """Without the months and years that the words around do not call for."""
    stroked = [each.start for each in atoms if _is_stroked(sheet, each)]
    sure = [each.sure or _is_meant(sheet, each, stroked) for each in atoms]
    for order in (range(1, len(atoms)), range(len(atoms) - 2, -1, -1)):
        for index in order:
            neighbour = index - 1 if order.step > 0 else index + 1
            low, high = min(index, neighbour), max(index, neighbour)
            if not sure[index] and sure[neighbour] and _are_linked(sheet, atoms[low], atoms[high]):
                sure[index] = True
    return [each for each, is_sure in zip(atoms, sure, strict=True) if is_sure]


def _is_stroked(sheet: Sheet, atom: Atom) -> bool:
    """``7/21/2026``, and ``7/21`` that is a day for sure."""
    words = sheet.code[atom.start : atom.end]
    return atom.sure and atom.parts.day is not None and "/" in words


def _is_meant(sheet: Sheet, atom: Atom, stroked: list[int]) -> bool:
    if atom.parts.day is not None:
        return atom.likely and any(_in_one_paragraph(sheet, atom.start, at) for at in stroked)
    if atom.parts.month is not None:
        return is_month(sheet, atom.start)
    return is_year(sheet, atom.start, atom.end)


def _in_one_paragraph(sheet: Sheet, one: int, other: int) -> bool:
    return BARRIER not in sheet.plain[min(one, other) : max(one, other)]


def _are_linked(sheet: Sheet, first: Atom, second: Atom) -> bool:
    """``June and July``, ``2023, 2024``: of one kind, with a comma or an ``and`` between."""
    between = sheet.code[first.end : second.start]
    if len(between) > 16 or not between.strip() or not _LIST.fullmatch(between):
        return _is_to(sheet, first, second)
    if "/" in sheet.code[first.start : first.end] and not _PLAIN_LIST.fullmatch(between):
        return _is_to(sheet, first, second)
    is_year_first = first.parts.month is None
    return is_year_first == (second.parts.month is None)


def _is_to(sheet: Sheet, first: Atom, second: Atom) -> bool:
    between = sheet.code[first.end : second.start]
    if len(between) > 30:
        return False
    if _TO.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between) and _BETWEEN.search(sheet.before(first.start, 16)))


def _dated_backwards(sheet: Sheet, atoms: list[Atom]) -> list[Atom]:
    """Gives ``June`` of ``June and July 2025`` the year that follows."""
    found = list(atoms)
    for index in range(len(found) - 2, -1, -1):
        atom, after = found[index], found[index + 1]
        if atom.parts.year is not None or after.parts.year is None or after.parts.month is None:
            continue
        if _is_to(sheet, atom, after) or _are_linked(sheet, atom, after):
            found[index] = _before(atom, after.parts)
    return found


def _order(parts: Parts) -> tuple[int, int]:
    return parts.month or 1, parts.day or 1


def _before(atom: Atom, after: Parts) -> Atom:
    assert after.year is not None
    year = after.year - (_order(atom.parts) > _order(after))
    return _in_year(atom, year)


def _in_year(atom: Atom, year: int) -> Atom:
    last = atom.last
    if last is not None and last.year is None:
        last = last.with_year(year + (_order(last) < _order(atom.parts)))
    return replace(atom, parts=atom.parts.with_year(year), last=last)


def _joined(sheet: Sheet, atoms: list[Atom]) -> Iterator[Atom]:
    """Two dates with ``to`` between them as one span."""
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        after = atoms[index + 1] if index + 1 < len(atoms) else None
        if after and not atom.last and not after.last and _is_to(sheet, atom, after):
            yield _span(atom, after)
            index += 2
        else:
            yield atom
            index += 1


def _span(first: Atom, second: Atom) -> Atom:
    last = second.parts
    if last.year is None and first.parts.year is not None:
        last = last.with_year(first.parts.year + (_order(last) < _order(first.parts)))
    return Atom(first.start, second.end, first.parts, last)


def _mention(
    sheet: Sheet, atom: Atom, given: list[_Given]
) -> DayMention | SpanMention | ImpossibleDate:
    year_given = atom.parts.year is not None
    if not is_possible(atom.parts) or (atom.last is not None and not is_possible(atom.last)):
        start, end = _place(sheet, atom)
        return ImpossibleDate(start=start, end=end, text=sheet.text[start:end])
    if not year_given:
        atom = _in_year(atom, _with_weekday(sheet, atom, _year_around(sheet, atom, given)))
        if span_of(atom.parts) is None:
            atom = replace(atom, parts=replace(atom.parts, day=28))
        if atom.last is not None and span_of(atom.last) is None:
            atom = replace(atom, last=replace(atom.last, day=28))
    start, end = _place(sheet, atom)
    text, grain = sheet.text[start:end], _grain(atom.parts)
    first = span_of(atom.parts)
    last = span_of(atom.last) if atom.last is not None else first
    assert first is not None
    assert last is not None
    if atom.last is not None:
        days = sorted([first[0], last[1]])
        return SpanMention(
            start=start, end=end, text=text, first=days[0], last=days[1], grain=grain
        )
    other = None
    if atom.swapped is not None:
        year = atom.swapped.year or latest_year(atom.swapped, sheet.locale.dated)
        other = span_of(atom.swapped.with_year(year))
    return DayMention(
        start=start,
        end=end,
        text=text,
        first=first[0],
        last=first[1],
        grain=grain,
        other=None if other is None else other[0],
        year_given=year_given,
    )


def _grain(parts: Parts) -> Grain:
    if parts.day is not None:
        return "day"
    return "year" if parts.month is None else "month"


def _place(sheet: Sheet, atom: Atom) -> tuple[int, int]:
    """With ``early``, and with the ``from`` or ``between`` of a span."""
    start = atom.start
    article = _THE.search(sheet.before(start, 5))
    if article and atom.last is None and _OF_MONTH.match(sheet.code, start):
        start -= len(article.group())
    if atom.parts.day is None and (part := _PART_OF.search(sheet.before(start, 24))):
        start -= len(part.group())
    if atom.last is not None and (lead := _LEAD.search(sheet.before(start, 16))):
        start -= len(lead.group())
    return start, atom.end


def _year_around(sheet: Sheet, atom: Atom, given: list[_Given]) -> int:
    """The nearest year before in the paragraph, else behind in the sentence, else the latest."""
    dated = sheet.locale.dated
    if near := _NEAR_YEAR.match(sheet.after(atom.end, 24)):
        return dated.year - near["which"].lower().startswith("last")
    given = [each for each in given if _is_of_the_case(each, dated)]
    opens = opening(sheet, atom.start)
    before = [each for each in given if opens < each.start < atom.start]
    if before:
        named = any(each.parts == Parts(before[-1].parts.year) for each in before)
        return _following(atom.parts, before[-1], dated, stays=named)
    rest = sheet.plain[atom.end : atom.end + 300]
    stop = _SENTENCE_END.search(rest.partition(BARRIER)[0] + BARRIER)
    closes = atom.end + (stop.start() if stop else rest.find(BARRIER) if BARRIER in rest else 300)
    behind = [each for each in given if atom.end <= each.start < closes]
    year = behind[0].parts.year if behind else _caption_year(sheet, atom)
    if year is None:
        return _latest(sheet, atom)
    span = span_of(atom.parts.with_year(year))
    return year - 1 if behind and span and span[0] > dated and year > dated.year else year


def _is_of_the_case(each: _Given, dated: date) -> bool:
    """A year by itself of long ago is a study's: it dates nothing else."""
    year = each.parts.year
    alone = each.parts.month is None
    return year is None or not alone or dated.year - year <= _OF_STUDIES


_OF_STUDIES: Final = 8
_AHEAD: Final = re.compile(
    r"\b(?:ends?|due|deadline|expires?|will|would|shall|intend|last day|runs? (?:to|through|until)|"
    r"come before|scheduled)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_NEAR_DAYS: Final = 200


def _latest(sheet: Sheet, atom: Atom) -> int:
    """The last year in which that day had come, or the next one where a deadline is meant."""
    dated = sheet.locale.dated
    year = latest_year(atom.parts, dated)
    if _AHEAD.search(sheet.before(atom.start, 60)):
        span = span_of(atom.parts.with_year(year + 1))
        if span is not None and (span[0] - dated).days <= _NEAR_DAYS:
            return year + 1
    return year


_NEAR_YEAR: Final = re.compile(r",?\s+(?:of\s+)?(?P<which>this|last)\s+y(?:ea)?r\b", re.IGNORECASE)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _with_weekday(sheet: Sheet, atom: Atom, year: int) -> int:
    """The year, or one beside it if only then the day is the weekday that is printed."""
    if sheet.code[atom.start] != WEEKDAY:
        return year
    printed = sheet.plain[atom.start : atom.start + 3].lower()
    for candidate in (year, year + 1, year - 1):
        span = span_of(atom.parts.with_year(candidate))
        if span is not None and _WEEKDAYS[span[0].weekday()] == printed:
            return candidate
    return year


def _caption_year(sheet: Sheet, atom: Atom) -> int | None:
    block = next((each for each in sheet.blocks if each.start <= atom.start < each.end), None)
    years = re.findall(r"\b(?:19|20)\d\d\b", block.caption) if block else []
    return int(years[-1]) if len(set(years)) == 1 else None


def _following(parts: Parts, context: _Given, dated: date, *, stays: bool) -> int:
    """The year of the context, or the one beside it where the turn of a year lies between.

    ``stays``: the letter names that year by itself, as what it speaks of.
    """
    year = context.parts.year
    assert year is not None
    this = span_of(parts.with_year(year))
    known = span_of(context.parts)
    if this is None or known is None:
        return year
    if known[0] > dated:
        # A deadline beside what has happened: the year that lies nearer.
        return min((year, year - 1), key=lambda each: _days_apart(parts, each, known[0]))
    if context.period_from is not None:
        # What is told of a period lies in it, else after it.
        within = latest_year(parts, known[1])
        span = span_of(parts.with_year(within))
        if span is not None and span[1] >= context.period_from:
            return within
    if this[0] > dated and year == dated.year:
        return year - 1
    following = span_of(parts.with_year(year + 1))
    # What is told goes on in time: July after December is the next one.
    n_days = -300 if stays else -_BACK_DAYS
    if following and (this[1] - known[0]).days < n_days and following[0] <= dated:
        return year + 1
    return year


def _days_apart(parts: Parts, year: int, day: date) -> int:
    span = span_of(parts.with_year(year))
    return 999 if span is None else abs((span[0] - day).days)
