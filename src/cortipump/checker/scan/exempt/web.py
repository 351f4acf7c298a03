"""Electronic addresses, telephone numbers, postal addresses: figures that claim nothing."""

import re
from collections.abc import Iterator
from typing import Final

from cortipump.checker.mentions import Exempt
from cortipump.checker.scan.coded import Sheet
from cortipump.checker.scan.places import at_places, at_words, near_words

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_WEB: Final = re.compile(
    r"\bhttps?://[^\s<>\"]+|\bwww\.[^\s<>\"]+|(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|gov|net|"
    r"edu|co\.uk|io|nhs\.uk)"
    r"(?:/[^\s<>\"]*)?(?!\w)",
    re.I,
)
_DOI: Final = re.compile(r"\b(?:doi:?\s*)?10\.\d{4,}/[^\s<>\"]+", re.I)
_CALL_WORDS: Final = (
    r"tel(?:ephone)?|phone|ph|fax|cell|mobile|call|dial|text|voicemail|hotline|helpline|"
    r"toll[- ]free|"
    r"reach(?: me| us)?(?: at)?|T|F|P|M|O"
)
_LABELLED: Final = re.compile(
    rf"\b(?P<word>{_CALL_WORDS})\b[. ]{{0,2}}(?:number|no\.?|\#|me|us|line)?[ ]?(?:at|"
    rf"on)?[:. ]{{0,3}}"
    r"(?P<n>\+?\(?\d[\d ().\-\u2013]{5,22}\d)(?:[ ,]*(?:x|ext\.?|extension)[. ]*\d{1,6})?",
    re.I,
)
_CALLING: Final = frozenset(
    [
        "tel",
        "telephone",
        "phone",
        "ph",
        "fax",
        "cell",
        "mobile",
        "call",
        "dial",
        "text",
        "voicemail",
        "hotline",
        "helpline",
        "toll",
        "reach",
        "t",
        "f",
        "p",
        "m",
        "o",
    ]
)
_SHAPES: Final = re.compile(
    r"(?<![\w$\u00a3\u20ac#.,/-])(?:"
    r"(?:\+?1[-. ]?)?\(\d{3}\)[ -]?\d{3}[-. \u2013]\d{4}"
    r"|(?:\+?1[-. ])?\d{3}([-. \u2013])\d{3}\1\d{4}"
    r"|1-8\d\d-[\dA-Z][\dA-Z-]{5,9}"
    r"|\+\d{1,3}(?:[ .()\-]*\d){6,13}"
    r"|\(?0\d{2,5}\)?[ -]\d{3,4}[ -]?\d{3,4}"
    r"|\d{3}-\d{4}"
    r")(?![\w]|[-/.]\d)(?:[ ,]*(?:x|ext\.?|extension)[. ]*\d{1,6})?"
)
_EXTENSION: Final = re.compile(r"\b(?:ext|extension)[. ]{1,2}\d{2,6}(?!\w)", re.I)
_EMERGENCY: Final = re.compile(
    r"(?<![\w$\u00a3\u20ac#.,/-])911(?![\w%/]|[.,:-]\d)(?![ \n]+(?:dollars|days|mg|patients|usd))"
    r"|\b(?:call(?:ed|ing)?|dial(?:l?ed)?|rang|ring|phoned?|via|by)[ \n]+(?P<n>999|112|"
    r"000|111|988)(?!\w)",
    re.I,
)
_DATE_SHAPE: Final = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}-\d\d-\d\d")
_STREET: Final = re.compile(
    r"(?<![\w$.,/-])\d{1,6}[A-Z]?[ ](?:[NSEW]\.?[ ]|(?:North|South|East|West)[ ])?"
    r"(?:(?:[A-Z][\w'.]*|\d{1,3}(?:st|nd|rd|th))[ ]){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|"
    r"Pl|Terrace|"
    r"Parkway|Pkwy|Highway|Hwy|Circle|Cir|Square|Sq|Close|Crescent|Gardens|Plaza|Trail|"
    r"Row|Mews|Grove)"
    r"\b\.?(?=,|[ ]*[\n\x1e\t|]|\Z|[ ](?:Suite|Ste|Apt|Unit|Floor|Room|\#|in\b|and\b))"
)
_BOX: Final = re.compile(r"\bP\.?[ ]?O\.?[ ]Box[ ]\w*\d[\w-]*|\bBox[ ]\d{2,6}\b", re.I)
_SUITE: Final = re.compile(
    r"\b(?:Suite|Ste\.?|Apt\.?|Apartment|Unit|Floor|Fl\.|Room|Rm\.?|Bldg\.?|Building|"
    r"Mailstop|Mail Stop|MS|Flat)"
    r"[ ]?\#?(?:[A-Z]-?)?\d+[A-Z]?(?!\w|[.,]\d)"
)
_FLOOR: Final = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)[ ](?:Floor|Fl\b|Street|Avenue|Ave)", re.I)
_STATES: Final = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|"
    "NV|NH|NJ|NM|"
    "NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
_ZIP: Final = re.compile(
    rf"(?<=\w[, ])[ ]?(?:{_STATES})[.,]?[ ]+\d{{5}}(?:-\d{{4}})?(?!\w)|\b\d{{5}}-\d{{4}}\b"
    r"|\bZIP(?: code)?:?[ ]*\d{5}(?:-\d{4})?\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b"
)
_ROOM_WORDS: Final = frozenset(
    [
        "suite",
        "ste",
        "apt",
        "apartment",
        "unit",
        "floor",
        "fl",
        "room",
        "rm",
        "bldg",
        "building",
        "mailstop",
        "mail",
        "ms",
        "flat",
    ]
)


def find_web(sheet: Sheet) -> Iterator[Exempt]:
    """Electronic mail and web addresses, and identifiers of articles."""
    for why, pattern in (("email", _EMAIL), ("citation", _DOI), ("web", _WEB)):
        found = []
        for match in pattern.finditer(sheet.code):
            end = match.start() + len(match.group().rstrip(".,;:)]>'\""))
            if re.search(r"\d", sheet.code[match.start() : end]) or why == "email":
                found.append(exempt(sheet, match.start(), end, why))
        yield from found
        sheet = sheet.without(found)


def find_phones(sheet: Sheet) -> Iterator[Exempt]:
    """Numbers to call, by their label or by their shape."""
    found = []
    for match in at_words(_LABELLED, sheet.code, sheet.words, _CALLING):
        number = match["n"]
        n_digits = sum(character.isdigit() for character in number)
        if 7 <= n_digits <= 15 and not _DATE_SHAPE.search(number):
            if len(match["word"]) == 1 and not re.match(r"[:.]", sheet.code[match.start() + 1 :]):
                continue
            why = "fax" if match["word"].lower() in ("fax", "f") else "phone"
            found.append(exempt(sheet, match.start("n"), match.end(), why))
    yield from found
    sheet = sheet.without(found)
    found = [
        exempt(sheet, *match.span(), "phone")
        for match in [*_SHAPES.finditer(sheet.code), *_EXTENSION.finditer(sheet.code)]
        if not _DATE_SHAPE.fullmatch(match.group())
    ]
    yield from found
    sheet = sheet.without(found)
    for match in _EMERGENCY.finditer(sheet.code):
        yield exempt(sheet, *match.span("n" if match["n"] else 0), "phone")


def find_addresses(sheet: Sheet) -> Iterator[Exempt]:
    """Streets, boxes, suites, postal codes; of an address block every line without a date."""
    for pattern in (_STREET, _BOX, _SUITE, _FLOOR, _ZIP):
        found = [exempt(sheet, *_trimmed(match), "address") for match in _places(sheet, pattern)]
        yield from found
        sheet = sheet.without(found)


def _places(sheet: Sheet, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    if pattern in (_STREET, _FLOOR):
        return at_places(pattern, sheet.code, sheet.runs)
    if pattern in (_BOX, _SUITE):
        words = _ROOM_WORDS if pattern is _SUITE else frozenset(["box"])
        return near_words(pattern, sheet.code, sheet.words, words)
    return pattern.finditer(sheet.code)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    words = match.group()
    return match.start() + len(words) - len(words.lstrip()), match.end()


def exempt(sheet: Sheet, start: int, end: int, why: str) -> Exempt:
    """An exempt run of the letter's text."""
    return Exempt(start=start, end=end, text=sheet.text[start:end], why=why)
