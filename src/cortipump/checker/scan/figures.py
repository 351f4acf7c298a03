"""The parts that patterns are built from: blanks, figures, numbers in words, words of degree."""

import re
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.checker.mentions import Approx
from cortipump.checker.scan.coded import SPELLED, Sheet
from cortipump.checker.scan.places import at_places

SP: Final = "[ \u00a0]"
# A blank within a line, or one line end.
GAP: Final = rf"(?:{SP}++(?:\n{SP}*+)?+|\n{SP}*+)"
MAYBE: Final = rf"(?:{GAP})?+"
DASH: Final = "[-\u2013\u2014]"
# A figure in one of the spellings that say by themselves what they mean.
FIG: Final = (
    r"(?:\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+|\d{1,2}(?:,\d\d(?!\d))++,\d{3}(?!\d)(?:\.\d++)?+"
    r"|\d{1,3}(?:\.\d{3})++,\d++"
    r"|\d{1,3}(?:\.\d{3}){2,}+(?!\d)"
    "|\\d{1,3}(?:[\u00a0']\\d{3})++(?!\\d)(?:[.,]\\d++)?+"
    r"|\d++\.\d++|\d*+[½¼¾]|\d++|(?<![\w.])\.\d++)"
)
# ``12 981.91``: thousands apart by a blank only where cents say that it is one amount.
_SPACED: Final = r"\d{1,3}(?: \d{3})++[.,]\d\d(?!\d)"
# The same where a unit or a currency follows: ``1,5 mg`` can mean one thing only.
FIG_COMMA: Final = rf"(?:{_SPACED}|\d++,\d{{1,2}}+(?![\d,])|{FIG})"
AND_A_HALF: Final = rf"(?:{GAP}|-)and(?:{GAP}|-)a(?:{GAP}|-)half\b"
WORDS: Final = rf"{SPELLED}++(?:{AND_A_HALF})?+"
# ``3 and a half``.
HALVED: Final = rf"\d{{1,3}}+{AND_A_HALF}"
NUM: Final = rf"(?:{HALVED}|{FIG}|{WORDS})"
NUM_COMMA: Final = rf"(?:{HALVED}|{FIG_COMMA}|{WORDS})"
# Where a figure may begin: not inside a word, a longer figure or a token such as ``MP-0417``.
EDGE: Final = r"(?:(?<!\w)|(?<=\bx))(?<!\d[.,/:])(?<![\s(]\.)(?<![A-Za-z][-/])(?<!\w_)"
# Where a figure may end.
STOP: Final = r"(?![\w])(?![.,/:]\d)"
_WHOLE: Final = re.compile(r"\D")
_VULGAR: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


at_figures: Final = at_places


class Figure(Struct, frozen=True):
    """A number as read: value, digits after the point (-3: round thousands), in words or not."""

    value: Decimal
    places: int = 0
    spelled: bool = False


def figure_at(sheet: Sheet, start: int, end: int) -> Figure:
    """The number that a pattern of this module matched."""
    words = sheet.code[start:end]
    if words[0].isdigit() and words[-1].isalpha():
        return Figure(Decimal(_WHOLE.split(words)[0]) + Decimal("0.5"), 1)
    if words[0] != SPELLED:
        return read_figure(words, decimal_comma=sheet.locale.decimal_comma)
    found = sheet.spelled[start]
    if words[-1] == SPELLED:
        return Figure(found.value, found.places, True)
    return Figure(found.value + Decimal("0.5"), 1, True)


def amount_at(sheet: Sheet, start: int, end: int) -> Figure:
    """The same for money: nobody prints a thousandth, so that ``3.850`` is a thousand and more."""
    words = sheet.code[start:end]
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", words):
        return Figure(Decimal(words.replace(".", "")))
    return figure_at(sheet, start, end)


def read_figure(words: str, *, decimal_comma: bool) -> Figure:
    """``1,580.00``, ``1.580,00``, ``1 580``, ``2½`` as a number."""
    if words[-1] in _VULGAR:
        return Figure(Decimal(words[:-1] or 0) + _VULGAR[words[-1]], 2)
    words = re.sub(r"[ \u00a0']", "", words)
    point = _decimal_sign(words, decimal_comma=decimal_comma)
    other = "," if point == "." else "."
    plain = words.replace(other, "").replace(point, ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    _, _, decimals = plain.partition(".")
    return Figure(Decimal(plain), len(decimals))


def _decimal_sign(words: str, *, decimal_comma: bool) -> str:
    if "," in words and "." in words:
        return "," if words.rindex(",") > words.rindex(".") else "."
    if "," in words:
        grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}", words) is not None
        return "," if (decimal_comma and words.count(",") == 1) or not grouped else "."
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", words) is not None
    return "," if grouped and (decimal_comma or words.count(".") > 1) else "."


_ABOUT: Final = (
    r"about|approximately|approx\.?|around|roughly|some|close to|circa|ca\.|c\.|an estimated|"
    r"estimated at|maybe|perhaps|probably|more or less|in the region of|on the order of|or so|"
    r"somewhere around|somewhere near|~|\u2248"
)
_OVER: Final = (
    r"(?<!all )over|more than|at least|well over|just over|upwards of|no less than|no fewer than|"
    r"not less than|in excess of|greater than|above|exceeding|a minimum of|minimum of|beyond|"
    r">=?|\u2265"
)
_UNDER: Final = (
    r"nearly|almost|less than|fewer than|under|just under|"
    r"(?<!add )(?<!adds )(?<!added )(?<!adding )up to|no more than|not more than|at most|"
    r"as many as|as much as|close on|just short of|below|a maximum of|maximum of|not quite|"
    r"<=?|\u2264"
)
_BEFORE: Final = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})[ \n\u00a0]*(?:an?[ \n]+)?\Z", re.IGNORECASE))
    for kind, words in (("about", _ABOUT), ("under", _UNDER), ("over", _OVER))
)
_BEHIND: Final = (
    (
        "over",
        re.compile(r"[ \n]+(?:or more|and more|and counting|or higher)\b|\+(?![ \d])|\+ ", re.I),
    ),
    ("under", re.compile(r"[ \n]+(?:or less|or fewer|at most|or lower)\b", re.I)),
    ("about", re.compile(r"[ \n]+(?:or so|or thereabouts|give or take|-?ish\b)", re.I)),
)


def approx_at(sheet: Sheet, start: int, end: int) -> Approx:
    """What a word in front of a number, or behind it, says about its exactness."""
    before = sheet.before(start, 26)
    found: Approx = ""
    for kind, pattern in _BEFORE:
        if pattern.search(before):
            found = kind  # type: ignore[assignment]
    if found:
        return found
    after = sheet.after(end, 16)
    for kind, pattern in _BEHIND:
        if pattern.match(after):
            return kind  # type: ignore[return-value]
    return ""


_CHANGED: Final = re.compile(
    r"\b(?:from|(?:rose|rises?|fell|falls?|dropped|dropp?ing|increased?|increasing|"
    r"decreased?|improved?|went|gone|"
    r"declined?|climbed|raised|lowered|reduced?|changed?|moved|up|"
    r"down)\b[^.;:\t\n]{0,30}(?:from|\())\s*\Z",
    re.IGNORECASE,
)


def is_change(sheet: Sheet, start: int) -> bool:
    """Two figures with ``to`` between them are then a before and an after, not a range."""
    return _CHANGED.search(sheet.before(start, 60)) is not None
