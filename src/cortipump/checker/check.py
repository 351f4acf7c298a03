"""One letter against one ledger: figures, wording, and what such a letter needs."""

import re
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from cortipump.checker.elements import LetterKind, element_findings, kind_of
from cortipump.checker.figures import figure_findings
from cortipump.checker.finding import Finding
from cortipump.checker.known.known import Known
from cortipump.checker.letter import LetterText, Place
from cortipump.checker.mentions import Exempt
from cortipump.checker.scan.scan import Locale, letter_date, scan
from cortipump.checker.wording import wording_findings

_MONTHS: Final = 12
_SLASHED: Final = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b")
# Amounts with cents behind a comma, or behind a point.
_COMMA: Final = re.compile(r"\d,\d{1,2}(?![\d,])\b")
_POINT: Final = re.compile(r"\d\.\d{2}(?!\d)\b")


class Checked(Struct, frozen=True):
    """What was found in a letter.

    Attributes
    ----------
    kind
        What the letter is: an appeal, a letter of medical necessity, ...
    dated
        The date by which it was read: its own, else the day of the check.
    findings
        In order of their places.
    unchecked
        Where reprinted records begin, which are nobody's claims. None: nowhere.
    """

    letter: LetterText
    kind: LetterKind
    dated: date
    findings: tuple[Finding, ...]
    unchecked: Place | None = None


class Reader(Struct, frozen=True):
    """How dates and amounts are read.

    Attributes
    ----------
    day_first
        Whether 03/11/2024 is the third of November.
    currency
        ISO 4217, for a bare sign that several currencies share.
    decimal_comma
        Whether 1.580,00 is one thousand five hundred and eighty.
    """

    day_first: bool = False
    currency: str = "USD"
    decimal_comma: bool = False


def check(
    letter: LetterText, known: Known, today: date, reader: Reader | None = None,
    kind: LetterKind | None = None,
) -> Checked:  # fmt: skip
    """Check a letter.

    Parameters
    ----------
    today
        By which a letter without a date is read.
    kind
        What the letter is. None: as its words say.

    Returns
    -------
    Checked
        Findings in order of their places, those of the whole letter first.
    """
    reader = reader or Reader()
    reader = _as_written(letter, reader)
    dated = letter_date(letter, day_first=reader.day_first) or today
    locale = Locale(
        day_first=reader.day_first, currency=reader.currency, decimal_comma=reader.decimal_comma,
        dated=dated,
    )  # fmt: skip
    mentions = scan(letter, locale)
    quoted = [(m.start, m.end) for m in mentions if isinstance(m, Exempt) and m.why == "quotation"]
    is_a = kind or kind_of(letter)
    findings = [
        *figure_findings(letter, mentions, known, dated),
        *wording_findings(letter, quoted, kind=is_a),
        *element_findings(letter, is_a),
    ]
    findings.sort(key=lambda f: (f.start, f.end, f.rule))
    unchecked = letter.place_in_file(letter.enclosed) if letter.enclosed is not None else None
    return Checked(letter, is_a, dated, tuple(findings), unchecked)


def _as_written(letter: LetterText, reader: Reader) -> Reader:
    """The reader's habits, unless the letter's own dates and amounts leave no doubt of others."""
    head = letter.text[: letter.enclosed]
    pairs = [(int(a), int(b)) for a, b in _SLASHED.findall(head)]
    day_first = any(a > _MONTHS for a, _ in pairs)
    month_first = any(b > _MONTHS for _, b in pairs)
    if day_first != month_first:
        reader = msgspec.structs.replace(reader, day_first=day_first)
    commas, points = len(_COMMA.findall(head)), len(_POINT.findall(head))
    if commas > points:
        reader = msgspec.structs.replace(reader, decimal_comma=True)
    return reader
