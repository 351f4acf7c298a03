"""Amounts that carry neither a sign nor a word for money: the words or figures around say it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cortipump.checker.scan.amounts.units import UNIT
from cortipump.checker.scan.coded import BARRIER, Sheet
from cortipump.checker.scan.figures import EDGE, GAP, MAYBE, SP, at_figures

_NOT_MONEY: Final = (
    rf"(?![\w%]|[.,/:-]\d|{SP}?%|(?:{MAYBE}|-)(?:{UNIT})|(?:{GAP}|-)(?:percent|per{GAP}cent|points?|days?|"
    r"nights?|hours?|hrs?|h|weeks?|months?|years?|minutes?|times|people|patients|visits|steps|miles)\b)"
)
# ``4,599.09`` can be nothing else; of ``557.60`` the words around must speak of money.
_GROUPED: Final = re.compile(
    rf"{EDGE}(?P<n>\d{{1,3}}(?:[,\u00a0' ]\d{{3}})+\.\d\d(?!\d)|"
    rf"\d{{1,3}}(?:[.\u00a0' ]\d{{3}})+,\d\d(?!\d))"
    rf"{_NOT_MONEY}",
    re.I,
)
_CENTS: Final = re.compile(rf"{EDGE}(?P<n>\d{{1,6}}[.,]\d\d(?![\d,])){_NOT_MONEY}", re.I)
_WHOLE: Final = re.compile(
    rf"{EDGE}(?P<n>\d{{1,3}}(?:,\d{{3}})+)(?=[,;)]|\.(?!\d)|{GAP}(?:for|of|to|toward|out|in|on|by|from|"
    r"while|but|and|the|my|our|as|after|before)\b)",
    re.I,
)
_SPEAKS: Final = re.compile(
    r"\b(?:paid|pays?|paying|bill(?:ed|s|ing)?|charg(?:ed?|es)|ow(?:e[ds]?|ing)|costs?|amounts?|balance|"
    r"allowed|copay\w*|co-pay\w*|deductible|coinsurance|sum|price|fees?|reimburs\w+|refund\w*|spent|"
    r"premium|invoiced?|dollars?|usd)\b|\$",
    re.I,
)
_JUST_PAID: Final = re.compile(
    r"\b(?:paid|billed|charged|owed?|owes|costs?|spent)(?: (?:us|me|her|him|only|about|over|"
    r"nearly|just|at|"
    r"another|almost|roughly|out))*\s+\Z",
    re.I,
)
_AMOUNT: Final = re.compile(r"(?<![\w.,/])\d[\d,]*\.\d\d(?![\w.,/])")
_ROW_LABEL: Final = re.compile(r"\b(?:total|sum|per day|plan paid|billed)\b", re.I)
_LINE_END: Final = re.compile(rf"[\n{BARRIER}]")
_IN_SUM: Final = re.compile(r"[+=] ?\Z")
_SUMMED: Final = re.compile(r" ?[+=] ?[$\d]")
_LEAST_IN_ROW: Final = Decimal(100)
_LEAD_IN: Final = 160


def bare_amounts(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Where such amounts stand, in order."""
    found = [match.span("n") for match in at_figures(_GROUPED, sheet.code, sheet.runs)]
    found += [
        match.span("n")
        for match in at_figures(_CENTS, sheet.code, sheet.runs)
        if _is_spoken_of(sheet, *match.span("n"))
    ]
    found += [
        match.span("n")
        for match in at_figures(_WHOLE, sheet.code, sheet.runs)
        if _JUST_PAID.search(sheet.before(match.start(), 30))
    ]
    until = 0
    for start, end in sorted(set(found)):
        if start >= until:
            until = end
            yield start, end


def _is_spoken_of(sheet: Sheet, start: int, end: int) -> bool:
    """By the clause in front of it, or in a row of such amounts."""
    if _IN_SUM.search(sheet.before(start, 3)) or _SUMMED.match(sheet.after(end, 6)):
        return True
    clause = re.split(r"[.;!?]\s|\n\n", sheet.before(start, 70))[-1]
    if _SPEAKS.search(clause):
        return True
    code = sheet.code
    opens = max(code.rfind("\n", 0, start), code.rfind(BARRIER, 0, start)) + 1
    stop = _LINE_END.search(code, end)
    line = code[opens : stop.start() if stop else len(code)]
    amounts = [Decimal(words.replace(",", "")) for words in _AMOUNT.findall(line)]
    if len(amounts) > 1 and max(amounts) >= _LEAST_IN_ROW:
        return re.search(r"[A-Za-z]{2,}", _ROW_LABEL.sub("", line)) is None
    lead = sheet.plain[max(0, opens - _LEAD_IN) : opens]
    is_alone = re.fullmatch(r"[\s\x1f\d.,/|-]*", line) is not None
    return is_alone and _SPEAKS.search(lead) is not None
