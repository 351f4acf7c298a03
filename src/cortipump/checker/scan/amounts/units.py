"""Units of measurement: every usual spelling as one pattern, and its canonical form."""

import re
import unicodedata
from functools import cache
from typing import Final

from cortipump.checker.scan.figures import GAP, SP

# Canonical unit, and what people write for it. Micro signs are read as ``u`` beforehand.
_AMOUNTS: Final = (
    ("mg", r"mgs?|milligram(?:me)?s?"),
    ("ug", r"ugs?|mcgs?|microgram(?:me)?s?"),
    ("ng", r"ng|nanogram(?:me)?s?"),
    ("pg", r"pg|picogram(?:me)?s?"),
    ("kg", r"kgs?|kilos?|kilogram(?:me)?s?"),
    ("g", r"g|gms?|gram(?:me)?s?"),
    ("nmol", r"nmol|nanomoles?"),
    ("pmol", r"pmol|picomoles?"),
    ("umol", r"umol|micromoles?"),
    ("mmol", r"mmol|millimoles?"),
    ("mEq", r"meq|milliequivalents?"),
    ("mU", r"mi?u|milli-?units?"),
    ("uU", r"ui?u|micro-?units?"),
    ("U", r"i\.?u\.?|u(?:nits?)?|international units?"),
    ("mL", r"mls?|cc|millilit(?:er|re)s?"),
    ("dL", r"dl|decilit(?:er|re)s?"),
    ("L", r"lit(?:er|re)s?|l"),
    ("lb", r"lbs?|pounds?"),
    ("oz", r"oz|ounces?"),
    ("st", r"stone|st(?=\s\d)"),
    ("cm", r"cms?|centimet(?:er|re)s?"),
    ("mm", r"mms?|millimet(?:er|re)s?"),
    ("ft", r"ft|feet|foot"),
    ("in", r"inch(?:es)?"),
    ("km", r"kms?|kilomet(?:er|re)s?"),
    ("mi", r"miles?"),
    ("mmHg", rf"mm{SP}?hg|millimet(?:er|re)s? of mercury"),
    ("mOsm", r"mosm(?:ol)?"),
    ("kcal", r"kcal|calories"),
    ("bpm", r"bpm|beats?(?: per minute|/min)|beats? a minute"),
    ("degF", rf"\u00b0{SP}?f|deg(?:rees?)?\.?{SP}?f(?:ahrenheit)?"),
    ("degC", rf"\u00b0{SP}?c|deg(?:rees?)?\.?{SP}?c(?:elsius|entigrade)?"),
)
_PER: Final = (
    ("dL", r"dl|decilit(?:er|re)s?"),
    ("mL", r"mls?|millilit(?:er|re)s?"),
    ("L", r"l|lit(?:er|re)s?"),
    ("h", r"h|hrs?|hours?"),
    ("day", r"d|days?|24 ?h(?:ours?|rs?)?"),
    ("min", r"min(?:ute)?s?"),
    ("week", r"wk|weeks?"),
    ("m2", rf"1\.73{SP}?m(?:2|\u00b2|\^2)|m(?:2|\u00b2|\^2)|square met(?:er|re)s?"),
    ("kg", r"kgs?|kilos?|kilograms?"),
    ("mol", r"mol"),
    ("g", r"g|grams?"),
    ("dose", r"dose"),
    ("U", r"units?"),
)


def _any(table: tuple[tuple[str, str], ...]) -> str:
    return "|".join(words for _, words in table)


_BY: Final = (
    rf"(?:{SP}?/{SP}?|{GAP}per{GAP}|{GAP}(?:an?|each|every){GAP}(?=(?:day|hour|week|minute)\b))"
)
UNIT: Final = (
    rf"(?:(?:{_any(_AMOUNTS)})(?![A-Za-z])"
    rf"(?:{_BY}(?:{_any(_PER)})(?![A-Za-z\d]))*(?:{GAP}daily\b)?)"
)
_AMOUNT: Final = re.compile(rf"(?P<word>{_any(_AMOUNTS)})(?![A-Za-z])", re.I)
_NEXT: Final = re.compile(rf"{_BY}(?P<word>{_any(_PER)})(?![A-Za-z\d])", re.I)
_DAILY: Final = re.compile(rf"{GAP}daily\b", re.I)


@cache
def canonical_unit(words: str) -> str:
    """``micrograms per deciliter`` as ``ug/dL``; the words are those that `UNIT` matched."""
    words = words.replace("\u00b5", "u").replace("\u03bc", "u").replace("\u00ba", "\u00b0")
    words = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    match = _AMOUNT.match(words)
    assert match is not None
    unit = _name(_AMOUNTS, match["word"])
    at = match.end()
    while found := _NEXT.match(words, at):
        unit += "/" + _name(_PER, found["word"])
        at = found.end()
    if _DAILY.match(words, at):
        unit += "/day"
    return "bpm" if unit == "bpm/min" else unit


def _name(table: tuple[tuple[str, str], ...], word: str) -> str:
    return next(name for name, words in table if re.fullmatch(words, word, re.I))
