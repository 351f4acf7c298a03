"""Amounts of money."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.checker.letter import Cell
from cortipump.checker.mentions import MoneyMention
from cortipump.checker.scan.amounts.bare_money import bare_amounts
from cortipump.checker.scan.coded import Sheet
from cortipump.checker.scan.figures import (
    DASH,
    EDGE,
    FIG_COMMA,
    GAP,
    MAYBE,
    NUM_COMMA,
    SP,
    WORDS,
    Figure,
    amount_at,
    approx_at,
    at_figures,
)

_DOLLARS: Final = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD"])
_CODES: Final = "USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|JPY|SEK|NOK|DKK|INR|ZAR"
_PREFIXED: Final = {
    "us": "USD",
    "u.s.": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "nz": "NZD",
    "s": "SGD",
    "hk": "HKD",
    "r": "BRL",
}
_SIGNS: Final = {"\u00a3": "GBP", "\u20ac": "EUR", "\u00a5": "JPY"}
_SIGN: Final = (
    # In capitals: ``a $500 bill`` and ``cost us $500`` are nobody's dollars in particular.
    rf"(?P<sign>(?-i:(?:(?:US|U\.S\.|AU|CAN|CA|NZ|HK){SP}?|[ACSR])?\$)|[\u00a3\u20ac\u00a5]|"
    rf"\b(?:{_CODES}|Fr\.){SP}?[$\u20ac\u00a3]?)"
)
_SCALE: Final = r"(?:hundred|thousand|million|billion|grand|mio)"
_SHORT: Final = r"[kKmM](?!\w)|bn(?!\w)|mm(?!\w)"
_POWERS: Final = {
    "hundred": 2,
    "thousand": 3,
    "grand": 3,
    "k": 3,
    "million": 6,
    "mio": 6,
    "m": 6,
    "mm": 6,
    "billion": 9,
    "bn": 9,
}
_UNIT: Final = (
    rf"(?P<word>(?:US|U\.S\.|Canadian|Australian|American){GAP}dollars?|dollars?|bucks|"
    r"euros?|cents?|"
    rf"pence|pounds?{GAP}sterling|pounds?|quid|(?:Swiss{GAP})?francs?|{_CODES}|\u20ac|"
    rf"\u00a3|\$(?!{SP}?\d))(?!\w)"
)
_CENTS: Final = rf"(?:,?{GAP}(?:and{GAP})?(?P<cents>{NUM_COMMA}){MAYBE}cents?\b)?+"
_BEFORE: Final = re.compile(
    rf"(?<![\w])(?P<minus>-)?{_SIGN}{SP}?(?P<inner>-)?(?P<n>{FIG_COMMA}|"
    rf"(?:{WORDS}))(?:{SP}?(?P<s>{_SHORT})|{MAYBE}(?P<w>{_SCALE})\b)?",
    re.I,
)
# ``Dollars five hundred and cents eight``, as it is written in India.
_NAMED: Final = re.compile(
    rf"\bdollars{GAP}(?P<n>{WORDS})(?:{GAP}and{GAP}cents{GAP}(?P<cents>{WORDS}))?(?!\w)", re.I
)
# The second of ``$1,000–2,000``.
_SECOND: Final = re.compile(
    rf"{SP}?(?:-|\u2013|{GAP}to{GAP}|{GAP}or{GAP}){SP}?(?P<n>{FIG_COMMA})(?!\w)"
    rf"(?:{SP}?(?P<s>{_SHORT})|{MAYBE}(?P<w>{_SCALE})\b)?(?!{SP}?[-/:%\d])(?![.,]\d)"
    rf"(?!{GAP}(?:percent|per{GAP}cent|days?|nights?|weeks?|months|years?|hours?|times|visits|"
    r"admissions|people|patients|stays|mgs?|units|of|more|other)\b)",
    re.I,
)
_BEHIND: Final = re.compile(
    rf"{EDGE}(?P<n>{NUM_COMMA})(?:{SP}?(?P<s>{_SHORT})"
    rf"|{MAYBE}(?P<w>{_SCALE})\b)?(?:{MAYBE}|-){_UNIT}{_CENTS}",
    re.I,
)
# The first of ``1,000 to 2,000 dollars``.
_FIRST: Final = re.compile(
    rf"{EDGE}(?P<n>{NUM_COMMA}){MAYBE}(?:{DASH}|to\b|and\b|or\b){MAYBE}\Z", re.I
)
_WEIGHT: Final = re.compile(r"\b(?:weigh\w*|lost|gain\w*|lighter|heavier|body)\b", re.I)
_MONEY_HEADER: Final = re.compile(
    r"amount|billed|paid|charge|cost|allowed|price|owed|balance|responsib|co-?pay|deductible|"
    r"coinsurance|share|\$|\u00a3|\u20ac|usd|eur|gbp|dollars",
    re.I,
)
_CELL: Final = re.compile(r"\s*(?P<open>\()?-?(?P<n>\d[\d.,]*\d|\d)\)?\s*")


class _Part(Struct, frozen=True):
    start: int
    end: int
    figure: Figure
    power: int
    currency: str


def find_money(sheet: Sheet) -> Iterator[MoneyMention]:
    """Amounts with a sign, a code or a word for money, and bare ones in a column of money."""
    found: list[MoneyMention] = []
    until = 0
    for match in sorted(
        [*_BEFORE.finditer(sheet.code), *at_figures(_BEHIND, sheet.code, sheet.runs)],
        key=lambda each: (each.start(), -each.end()),
    ):
        if match.start() < until:
            continue
        mentions = list(_before(sheet, match) if match.re is _BEFORE else _behind(sheet, match))
        found += mentions
        until = mentions[-1].end if mentions else until
    yield from found
    sheet = sheet.without(found)
    found = [*_in_cells(sheet), *_named(sheet)]
    yield from found
    sheet = sheet.without(found)
    for start, end in bare_amounts(sheet):
        figure = amount_at(sheet, start, end)
        yield _mention(sheet, _Part(start, end, figure, 0, sheet.locale.currency))


def _named(sheet: Sheet) -> Iterator[MoneyMention]:
    for match in _NAMED.finditer(sheet.code):
        figure = amount_at(sheet, *match.span("n"))
        if match["cents"]:
            cents = amount_at(sheet, *match.span("cents"))
            figure = Figure(figure.value + cents.value / 100, 2, True)
        yield _mention(sheet, _Part(*match.span(), figure, 0, sheet.locale.currency))


def _power(match: re.Match[str]) -> int:
    word = (match["s"] or match["w"] or "").lower()
    return _POWERS.get(word, 0)


def _mention(sheet: Sheet, part: _Part, *, negative: bool = False) -> MoneyMention:
    places = part.figure.places - part.power
    amount = part.figure.value.scaleb(part.power)
    return MoneyMention(
        start=part.start,
        end=part.end,
        text=sheet.text[part.start : part.end],
        amount=-amount if negative else amount,
        currency=part.currency,
        places=places,
        approx=approx_at(sheet, part.start, part.end),
    )


def _before(sheet: Sheet, match: re.Match[str]) -> Iterator[MoneyMention]:
    currency = _currency_of_sign(match["sign"], sheet.locale.currency)
    is_minus = bool(match["inner"]) or (
        bool(match["minus"]) and not sheet.code[max(0, match.start() - 1)].isalnum()
    )
    start = match.start() if is_minus or not match["minus"] else match.end("minus")
    figure, power = amount_at(sheet, *match.span("n")), _power(match)
    second = _SECOND.match(sheet.code, match.end())
    if second is not None and not power and not (second["s"] or second["w"]):
        power_first = 0
    else:
        power_first = power or (_power(second) if second else 0)
    yield _mention(
        sheet, _Part(start, match.end(), figure, power_first, currency), negative=is_minus
    )
    if second is not None:
        figure = amount_at(sheet, *second.span("n"))
        yield _mention(
            sheet, _Part(second.start("n"), second.end(), figure, _power(second), currency)
        )


def _behind(sheet: Sheet, match: re.Match[str]) -> Iterator[MoneyMention]:
    word = match["word"].lower()
    currency = _currency_of_word(sheet, match, word)
    if currency is None:
        return
    figure, power = amount_at(sheet, *match.span("n")), _power(match)
    is_cents = word.startswith(("cent", "pence"))
    if is_cents:
        figure = Figure(figure.value / 100, 2, figure.spelled)
    elif match["cents"]:
        cents = amount_at(sheet, *match.span("cents")).value
        figure = Figure(figure.value + cents / 100, 2, figure.spelled)
    head = sheet.code[max(0, match.start() - 40) : match.start()]
    first = _FIRST.search(head)
    if first is not None:
        offset = match.start() - len(head)
        span = offset + first.start("n"), offset + first.end("n")
        yield _mention(sheet, _Part(*span, amount_at(sheet, *span), power, currency))
    yield _mention(sheet, _Part(match.start(), match.end(), figure, power, currency))


def _currency_of_sign(sign: str, own: str) -> str:
    sign = sign.replace(" ", "").replace("\u00a0", "")
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign == "$":
        return own if own in _DOLLARS else ""
    if sign.endswith("$") and sign[:-1].lower() in _PREFIXED:
        return _PREFIXED[sign[:-1].lower()]
    code = sign[:3].upper()
    return "CHF" if code == "FR." else code


def _currency_of_word(sheet: Sheet, match: re.Match[str], word: str) -> str | None:
    """ISO code of a word for money; None: the word means a weight here."""
    own = sheet.locale.currency
    if word.startswith("pound") and "sterling" not in word:
        if own != "GBP" or _WEIGHT.search(sheet.sentence(match.start(), match.end())):
            return None
        return "GBP"
    named = {"us": "USD", "u.": "USD", "am": "USD", "ca": "CAD", "au": "AUD", "eu": "EUR"}
    if word.upper() in _CODES.split("|"):
        return word.upper()
    if word[:2] in named and "cent" not in word:
        return named[word[:2]]
    if word in _SIGNS:
        return _SIGNS[word]
    if word.startswith(("pound", "pence", "quid")):
        return "GBP"
    if "franc" in word:
        return "CHF" if own == "CHF" or "swiss" in word else ""
    return own if own in _DOLLARS or (word.startswith("cent") and own == "EUR") else ""


def _in_cells(sheet: Sheet) -> Iterator[MoneyMention]:
    for block in sheet.blocks:
        for cell in block.cells:
            if _MONEY_HEADER.search(cell.header):
                yield from _in_cell(sheet, cell)


def _in_cell(sheet: Sheet, cell: Cell) -> Iterator[MoneyMention]:
    """``1,580.00`` alone in a cell of a column of money; in brackets it is negative."""
    match = _CELL.fullmatch(sheet.code, cell.start, cell.end)
    if match is None or not re.fullmatch(FIG_COMMA, match["n"]):
        return
    has_sign = re.search(r"[$\u00a3\u20ac]|amount|paid|billed|charge", cell.header, re.I)
    figure = amount_at(sheet, *match.span("n"))
    if not has_sign and figure.places != 2 and figure.value < Decimal(1000):
        return
    start, end = match.start(), match.end()
    words = sheet.code[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    negative = match["open"] is not None or "-" in words
    yield _mention(sheet, _Part(start, end, figure, 0, sheet.locale.currency), negative=negative)
