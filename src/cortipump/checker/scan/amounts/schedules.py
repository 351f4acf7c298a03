"""Doses of a day that share one unit: ``20 mg (10 at 7, 5 at noon, 5 at 5)``, ``25 mg, 15-5-5``."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cortipump.checker.mentions import MeasureMention
from cortipump.checker.scan.coded import BARRIER, TAKEN, Sheet
from cortipump.checker.scan.figures import EDGE, FIG, GAP, MAYBE, SP, at_figures, figure_at

_LEADS: Final = re.compile(rf"{EDGE}{FIG}(?:{MAYBE}|-)(?:mg|milligrams?)(?![A-Za-z]|/[dm]l)", re.I)
_OTHER: Final = re.compile(
    rf"{TAKEN}|\b(?:ug|mcg|ng|pg|nmol|pmol|mmol|ml|units?|points?|cortisol|sodium|potassium)\b",
    re.I,
)
_DOSE: Final = r"\d{1,2}(?:\.\d{1,2})?|[½]"
# ``10-5-5``, ``10/7.5/5/2.5``, ``10 + 5 + 5``: three or more, and no date.
_CHAIN: Final = re.compile(
    rf"{EDGE}(?:{_DOSE})(?P<s>{SP}?[-/+]{SP}?)(?:{_DOSE})(?:(?P=s)(?:{_DOSE}))+(?![\w%]|[.,:/-]\d)"
)
_ONE: Final = re.compile(_DOSE)
_FIGURE: Final = re.compile(FIG)
_TIME: Final = (
    rf"(?:at|in{GAP}the|on{GAP}(?:waking|rising|awakening)|upon|when|with|before|after|around|every|each|"
    r"mid\w*|a\.?m\b|p\.?m\b|morning|noon|midday|evening|night|bedtime|breakfast|lunch|dinner)"
)
_ITEM: Final = re.compile(
    rf"(?P<sep>[(,;:+\u2013]{SP}?|,?{GAP}(?:and|then|plus|&){GAP})(?:(?:and|then|plus){GAP})?"
    rf"(?P<n>{_DOSE})(?={GAP}{_TIME})(?!{GAP}(?:a\.?m|p\.?m)\b)"
)
_CLOCK_BEFORE: Final = re.compile(r"\bat\s+[\d:]+(?:,\s+[\d:]+)*\Z", re.I)
_END: Final = re.compile(rf"[{BARRIER};]|[.!?]\s+[A-Z]|\n\n")
_REACH: Final = 140


def find_schedules(sheet: Sheet) -> Iterator[MeasureMention]:
    """The bare figures of a dose schedule behind a figure in milligrams."""
    taken = -1
    for lead in at_figures(_LEADS, sheet.code, sheet.runs):
        stop = _END.search(sheet.code, lead.end(), lead.end() + _REACH)
        end = stop.start() if stop else min(lead.end() + _REACH, len(sheet.code))
        whole = _FIGURE.match(sheet.code, lead.start())
        assert whole is not None
        total = figure_at(sheet, *whole.span()).value
        doses = [*_chained(sheet, lead.end(), end, total), *_timed(sheet, lead.end(), end)]
        for start, until in doses:
            if start > taken and figure_at(sheet, start, until).value <= total:
                taken = start
                yield _mention(sheet, start, until)


def _chained(sheet: Sheet, start: int, end: int, total: Decimal) -> Iterator[tuple[int, int]]:
    """With something else between, only those that add up."""
    for match in _CHAIN.finditer(sheet.code, start, end):
        spans = [number.span() for number in _ONE.finditer(sheet.code, *match.span())]
        added = sum(figure_at(sheet, *span).value for span in spans)
        is_apart = _OTHER.search(sheet.code, start, match.start()) is not None
        if not _is_unit_next(sheet, match.end()) and (added == total or not is_apart):
            yield from spans


def _is_unit_next(sheet: Sheet, end: int) -> bool:
    return (
        re.match(rf"(?:{MAYBE}|-)(?:mg|mcg|ug|ml|units?)\b", sheet.code[end : end + 12]) is not None
    )


def _timed(sheet: Sheet, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Two or more figures, each with its time of day; a lone one may count anything."""
    other = _OTHER.search(sheet.code, start, end)
    end = other.start() if other else end
    found = []
    for match in _ITEM.finditer(sheet.code, start, end):
        in_the = re.match(r"\s+(?:in|at\s+night)", sheet.code[match.end() :][:12]) is not None
        if in_the and _CLOCK_BEFORE.search(sheet.code[start : match.start()]):
            continue
        found.append(match.span("n"))
    if len(found) > 1 or (found and "mg" in sheet.low[start - 4 : start] and _splits(sheet, start)):
        yield from found


def _splits(sheet: Sheet, end: int) -> bool:
    """``10 mg at 7, 5 at noon``: the first dose has its own time."""
    return re.match(rf"{GAP}{_TIME}", sheet.code[end : end + 16]) is not None


def _mention(sheet: Sheet, start: int, end: int) -> MeasureMention:
    figure = figure_at(sheet, start, end)
    return MeasureMention(
        start=start,
        end=end,
        text=sheet.text[start:end],
        value=figure.value,
        unit="mg",
        canonical="mg",
        places=figure.places,
    )
