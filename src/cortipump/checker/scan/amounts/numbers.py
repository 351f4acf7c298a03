"""What is left: other numbers in figures and in words, ordinals, and every last digit."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from cortipump.checker.mentions import Exempt, NumberMention
from cortipump.checker.scan.coded import BARRIER, ORDINAL, SPELLED, Sheet
from cortipump.checker.scan.figures import (
    DASH,
    EDGE,
    FIG,
    GAP,
    HALVED,
    SP,
    WORDS,
    Figure,
    approx_at,
    at_figures,
    figure_at,
    is_change,
)
from cortipump.checker.scan.places import near_words

_ORDINAL: Final = re.compile(
    rf"(?<!\w)(?:\d++(?:st|nd|rd|th)(?!\w)|{ORDINAL}++(?=(?:{GAP}|-)[A-Za-z]))", re.I
)
_MIXED: Final = re.compile(r"(?<!\w)(?=[\w./-]*\d)(?=[\d./-]*[A-Za-z])\w+(?:[./-]\w+)*")
_KEEPS_NUMBER: Final = re.compile(
    r"(?:[xX]\d+|(?:\d+(?:[.,]\d+)*)(?:[kK]|[xX]|-[a-z][a-z-]*|/[a-z]+|\+))"
)
_LONG: Final = re.compile(r"(?<![\w.,])\d{7,}(?![\w]|[.,]\d)")
_HYPHENED: Final = re.compile(r"(?<!\w)(?=[-/]*(?:\d[-/]*){7})\d+(?:[-/]\d+){2,}(?!\w)")
_TIMES: Final = re.compile(
    rf"{EDGE}(?P<n>{FIG}|{WORDS})(?:(?:{GAP}(?:separate|different|more|"
    rf"additional){GAP}|{GAP}|-)times?\b|{SP}?x\b(?!{SP}?\d))",
    re.I,
)
_OFTEN: Final = re.compile(r"\b(?P<w>twice|thrice|once)\b", re.I)
_COUPLE: Final = re.compile(rf"\b(?:a{GAP}couple(?:{GAP}of)?|both)\b", re.I)
_HALF_DOZEN: Final = re.compile(rf"\bhalf{GAP}(?P<n>{SPELLED}++)(?!\w)", re.I)
_FRACTION: Final = re.compile(
    rf"{EDGE}(?:(?P<whole>\d{{1,2}})[ \u00a0-])?(?P<a>[1-3])/(?P<b>[2-4])(?![\w]|[/.,]\d)"
)
# ``6,1``, ``186,50``: one or two figures behind a comma are decimals whatever the letter writes;
# not ``1,2 and 3``.
_COMMA: Final = re.compile(
    rf"{EDGE}\d{{1,3}}+,\d{{1,2}}+(?![\w%]|[,.]\d|,?{SP}?(?:and|or|&|,){SP}?\d(?![.,]?\d)|{SP}?[-/]\d)"
)
_HEADING: Final = re.compile(
    r"\b(?:exhibits?|enclos(?:ures?|ed)|attach(?:ments?|ed)|encl\.?|appendi(?:x|ces))"
    rf"(?:{SP}list)?{SP}?(?::|{BARRIER}+)",
    re.I,
)
_NUMBERED: Final = re.compile(
    rf"(?:(?<=[:;,\n{BARRIER}])|(?<=[:;,\n{BARRIER}] ))(?P<n>\d{{1,2}})(?={SP}[a-z])", re.I
)
_MANY: Final = 99
_LISTED: Final = re.compile(
    r"\b(?:criteri(?:a|on)|exhibits?|items?|enclosures?|attachments?|points?|pages?|numbers?|nos?\.?"
    r"|rows?|questions?|paragraphs?|sections?|lines?|levels?|codes?|parts?|boxes|steps?)[ ]*\Z",
    re.I,
)
_TO: Final = rf"(?:{SP}?(?:-|\u2013){SP}?|{GAP}(?:to|or){GAP}|(?P<and>{GAP}and{GAP}))"
_BETWEEN: Final = re.compile(r"\bbetween\s+\Z", re.I)
_FROM: Final = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}\Z", re.I)
_SIGNED: Final = re.compile(r"(?:(?<=[ (:\u00a0])|\A)-\Z")
_ONE_TIME: Final = re.compile(rf"[{SPELLED}]+\stime\s+(?:or\s+another|I|we|when)\b", re.I)
_ADVERBS: Final = {"once": 1, "twice": 2, "thrice": 3}
_LAST: Final = re.compile(r"\d+")


def find_ordinals(sheet: Sheet) -> Iterator[Exempt]:
    """``2nd``, ``my third admission``, ``first-level``, and the numbers of what is enclosed."""
    yield from _listed(sheet)
    for match in _ORDINAL.finditer(sheet.code):
        yield _exempt(sheet, match.span(), "ordinal")


def _listed(sheet: Sheet) -> Iterator[Exempt]:
    """``Exhibits: 1 authorization; 2 denial letter; 3 claims listing``: they rise by one."""
    for heading in _HEADING.finditer(sheet.code):
        end = sheet.code.find(BARRIER, heading.end())
        until = end if end >= 0 else len(sheet.code)
        found = list(_NUMBERED.finditer(sheet.code, heading.end() - 1, until))
        numbers = [int(each["n"]) for each in found]
        first = numbers[0] if numbers else _MANY
        if first <= 1 < len(numbers) and numbers == list(range(first, first + len(numbers))):
            for each in found:
                yield _exempt(sheet, each.span("n"), "listed")


def find_tokens(sheet: Sheet) -> Iterator[Exempt]:
    """Letters and digits in one token, and runs of digits too long to count anything."""
    for pattern in (_MIXED, _LONG, _HYPHENED):
        found = []
        for match in pattern.finditer(sheet.code):
            if pattern is not _MIXED or not _KEEPS_NUMBER.fullmatch(match.group()):
                found.append(_exempt(sheet, match.span(), "identifier"))
        yield from found
        sheet = sheet.without(found)


def _exempt(sheet: Sheet, span: tuple[int, int], why: str) -> Exempt:
    return Exempt(start=span[0], end=span[1], text=sheet.text[slice(*span)], why=why)


def find_numbers(sheet: Sheet) -> Iterator[NumberMention]:
    """Every other number; after this no digit is left."""
    for family in (_fractions, _commas, _times, _couples, _ranges, _rest):
        found = list(family(sheet))
        yield from found
        sheet = sheet.without(found)


@cache
def _figure_pattern(decimal_comma: bool) -> str:
    comma = r"\d++,\d{1,2}(?![\d,])|" if decimal_comma else ""
    return rf"(?:{HALVED}|{comma}{FIG}|{WORDS})"


@cache
def _range_pattern(decimal_comma: bool) -> re.Pattern[str]:
    number = _figure_pattern(decimal_comma)
    return re.compile(
        rf"{EDGE}(?P<a>{number}){_TO}(?P<b>{number})(?!{SP}?{DASH}?\d)(?![\w%])", re.I
    )


@cache
def _number_pattern(decimal_comma: bool) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<n>{_figure_pattern(decimal_comma)})(?:{SP}?(?P<k>k)\b|{GAP}(?P<s>thousand|"
        r"million)\b)?",
        re.I,
    )


def _mention(
    sheet: Sheet, start: int, end: int, figure: Figure, *, times: bool = False, bare: bool = True
) -> NumberMention:
    return NumberMention(
        start=start,
        end=end,
        text=sheet.text[start:end],
        value=figure.value,
        spelled=figure.spelled,
        times=times,
        approx=approx_at(sheet, start, end),
        bare=bare,
        places=figure.places,
    )


def _fractions(sheet: Sheet) -> Iterator[NumberMention]:
    for match in at_figures(_FRACTION, sheet.code, sheet.runs):
        a, b = int(match["a"]), int(match["b"])
        if a < b:
            value = Decimal(match["whole"] or 0) + Decimal(a) / Decimal(b)
            yield _mention(sheet, *match.span(), Figure(value, 2))


def _commas(sheet: Sheet) -> Iterator[NumberMention]:
    for match in at_figures(_COMMA, sheet.code, sheet.runs):
        if not _LISTED.search(sheet.before(match.start(), 20)):
            whole, _, decimal = match.group().partition(",")
            yield _mention(
                sheet, *match.span(), Figure(Decimal(f"{whole}.{decimal}"), len(decimal))
            )


def _times(sheet: Sheet) -> Iterator[NumberMention]:
    for match in at_figures(_TIMES, sheet.code, sheet.runs):
        if not _ONE_TIME.match(sheet.low, match.start()):
            figure = figure_at(sheet, *match.span("n"))
            yield _mention(sheet, *match.span(), figure, times=True)
    for match in near_words(_OFTEN, sheet.code, sheet.words, frozenset(_ADVERBS)):
        word = match["w"].lower()
        if word != "once" or not _is_conjunction(sheet, match):
            figure = Figure(Decimal(_ADVERBS[word]), 0, True)
            yield _mention(sheet, *match.span(), figure, times=True, bare=word != "once")


def _is_conjunction(sheet: Sheet, match: re.Match[str]) -> bool:
    """``once the pump is approved``, ``at once``, ``once again`` count nothing."""
    after = sheet.after(match.end(), 12)
    before = sheet.before(match.start(), 4)
    return bool(
        re.match(
            r"\s+(?:the|my|i|we|you|it|he|she|this|that|your|again|more|an?\s+(?!day|week|"
            r"mon|year)|they|"
            r"on|approved|started|stable|upon|and for)\b",
            after,
            re.I,
        )
        or re.search(r"\bat\s\Z", before, re.I)
    )


def _couples(sheet: Sheet) -> Iterator[NumberMention]:
    for match in near_words(_HALF_DOZEN, sheet.code, sheet.words, frozenset(["half"])):
        if sheet.spelled[match.start("n")].value == 12:
            yield _mention(sheet, *match.span(), Figure(Decimal(6), 0, True))
    for match in near_words(_COUPLE, sheet.code, sheet.words, frozenset(["couple", "both"])):
        yield _mention(sheet, *match.span(), Figure(Decimal(2), 0, True), bare=False)


def _ranges(sheet: Sheet) -> Iterator[NumberMention]:
    for match in at_figures(_range_pattern(sheet.locale.decimal_comma), sheet.code, sheet.runs):
        low, high = figure_at(sheet, *match.span("a")), figure_at(sheet, *match.span("b"))
        before = sheet.before(match.start(), 24)
        is_range = low.value < high.value and not (
            _FROM.search(before) or is_change(sheet, match.start())
        )
        if not is_range or (match["and"] and not _BETWEEN.search(before)):
            continue
        mention = _mention(sheet, *match.span(), low)
        yield NumberMention(
            start=mention.start,
            end=mention.end,
            text=mention.text,
            value=low.value,
            high=high.value,
            spelled=low.spelled,
            approx=mention.approx,
            places=max(low.places, high.places),
        )


def _rest(sheet: Sheet) -> Iterator[NumberMention]:
    for match in _number_pattern(sheet.locale.decimal_comma).finditer(sheet.code):
        figure = figure_at(sheet, *match.span("n"))
        scale = (
            3 if match["k"] or (match["s"] or "").lower() == "thousand" else 6 if match["s"] else 0
        )
        value = figure.value.scaleb(scale)
        start, end = match.span()
        if _SIGNED.search(sheet.code[max(0, start - 2) : start]) and match["n"][0] != SPELLED:
            start, value = start - 1, -value
        bare = not (figure.spelled and value == 1)
        yield _mention(
            sheet, start, end, Figure(value, figure.places - scale, figure.spelled), bare=bare
        )
