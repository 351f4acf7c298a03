"""Whether a month or four figures by themselves are meant as a date, by the words around."""

import re
from typing import Final

from cortipump.checker.scan.coded import BARRIER, Sheet
from cortipump.checker.scan.figures import GAP, MAYBE

_BEFORE_MONTH: Final = re.compile(
    r"\b(?:in|since|during|until|till|by|from|of|through|thru|between|before|after|early|mid|late|"
    r"every|to|around|about|this|next|throughout|for|last|and in|or in|mid-|as of|beginning|"
    r"starting|ending)(?:\s+|(?<=mid-))\Z",
    re.IGNORECASE,
)
_BEFORE_YEAR: Final = re.compile(
    r"(?:\b(?:in|of|since|during|for|year|years|by|until|till|before|after|from|through|thru|"
    r"throughout|between|early|mid|late|calendar|plan|benefit|tax|fiscal|policy|summer|spring|fall|"
    r"autumn|winter|around|circa|versus|vs\.?|compared (?:with|to)|to|both|either|all of|most of|"
    r"end of|christmas|thanksgiving|easter|ending|began|begun)\s+|(?<=\bmid-)|(?<=\bpre-)"
    r"|(?<=\bpost-)|(?<=\b[CFP]Y))\Z",
    re.IGNORECASE,
)
_POSSESSED: Final = re.compile(
    r"\b(?:the|my|our|your|its|their|his|her|a|this)\s+\Z", re.IGNORECASE
)
_UNIT_AFTER: Final = re.compile(
    rf"{MAYBE}(?:mgs?|mcg|ug|ng|pg|g|ml|units?|dollars?|usd|patients?|people|persons|participants|"
    r"subjects|steps|calories|kcal|hours?|hrs?|days?|nights?|weeks?|months?|years?|miles|km|words|"
    r"times|percent|per cent|pounds|lbs?|euros?|cents|times|members|hospitals|cases|women|"
    r"men|adults|"
    r"nmol|pmol|mmol|cpt|records)\b"
    rf"|{MAYBE}(?:%|\$|\u00a3|\u20ac)",
    re.IGNORECASE,
)
_VERB_AFTER: Final = re.compile(
    rf"{GAP}(?:was|were|is|has|had|calendar|plan|benefit|admissions?|hospitali[sz]ations?|er|ed|"
    r"emergency|visits?|claims?|benefits?|deductible|premium|coverage|records?|total|totals|there|"
    r"i|we|alone|brought|saw|through|and|to date|year-to-date)\b",
    re.IGNORECASE,
)
_HEADINGS: Final = re.compile(r"year|period|date|when", re.IGNORECASE)


def is_month(sheet: Sheet, start: int) -> bool:
    """``May`` in ``in May`` and not in ``May I ask``."""
    return _BEFORE_MONTH.search(sheet.before(start, 14)) is not None


def is_year(sheet: Sheet, start: int, end: int) -> bool:
    """Whether four figures are a year that the letter speaks of."""
    year = int(sheet.code[start : start + 4])
    dated = sheet.locale.dated.year
    if not 1940 <= year <= dated + 5 or _UNIT_AFTER.match(sheet.code, end):
        return False
    before = sheet.before(start, 18)
    if _BEFORE_YEAR.search(before):
        return True
    if not 1990 <= year <= dated + 2:
        return False
    if _POSSESSED.search(before):
        return re.match(rf"{GAP}[A-Za-z]", sheet.code[end:]) is not None
    return _stands_as_year(sheet, start, end, before)


def _stands_as_year(sheet: Sheet, start: int, end: int, before: str) -> bool:
    """At the head of a sentence or a line, in brackets, in a heading or a cell of its own."""
    at_head = re.search(r"(?:\A|[.!?:]\s+|\n[ >*#-]*|\t|\| *)\**\Z", before) is not None
    if at_head and (
        _VERB_AFTER.match(sheet.code, end)
        or re.match(r"\**:|\s*\Z| [\u2013-] |[ ]*\n", sheet.after(end, 4))
    ):
        return True
    after = sheet.after(end, 2)
    if after == "'s":
        return True
    if before.endswith("(") and after.startswith(")"):
        return True
    block = next((each for each in sheet.blocks if each.start <= start < each.end), None)
    if block is None:
        return False
    if block.kind == "heading":
        return True
    return any(
        cell.start <= start < cell.end
        and sheet.plain[cell.start : cell.end].strip() == sheet.plain[start:end]
        and (_HEADINGS.search(cell.header) or cell == block.cells[0])
        for cell in block.cells
    )


_MOST_BACK: Final = 1500


def opening(sheet: Sheet, offset: int) -> int:
    """Where the words begin by which a date without a year is understood.

    The paragraph; for a row or a point of a list also the ones before it and what leads in.
    """
    index = last = sum(block.start <= offset for block in sheet.blocks) - 1
    while index > 0 and offset - sheet.blocks[index].start < _MOST_BACK:
        if not _goes_on(sheet, index):
            break
        index -= 1
    if index < last:
        return sheet.blocks[index].start - 1
    return sheet.plain.rfind(BARRIER, 0, offset)


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Whether a block is a row or a point, or a line without an empty one before it."""
    block, before = sheet.blocks[index], sheet.blocks[index - 1]
    return block.kind in ("row", "item") or "\n\n" not in sheet.text[before.end : block.start]
