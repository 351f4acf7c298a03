"""One letter against one ledger: figures, wording, and what such a letter needs."""

from datetime import date

from msgspec import Struct

from cortipump.checker.elements import LetterKind, element_findings, kind_of
from cortipump.checker.figures import figure_findings
from cortipump.checker.finding import Finding
from cortipump.checker.known.known import Known
from cortipump.checker.letter import LetterText, Place
from cortipump.checker.mentions import Exempt
from cortipump.checker.scan.scan import Locale, letter_date, scan
from cortipump.checker.wording import wording_findings


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
    dated = letter_date(letter) or today
    locale = Locale(
        day_first=reader.day_first, currency=reader.currency, decimal_comma=reader.decimal_comma,
        dated=dated,
    )  # fmt: skip
    mentions = scan(letter, locale)
    quoted = [(m.start, m.end) for m in mentions if isinstance(m, Exempt) and m.why == "quotation"]
    is_a = kind or kind_of(letter)
    findings = [
        *figure_findings(letter, mentions, known, dated),
        *wording_findings(letter, quoted),
        *element_findings(letter, is_a),
    ]
    findings.sort(key=lambda f: (f.start, f.end, f.rule))
    unchecked = letter.place(letter.enclosed) if letter.enclosed is not None else None
    return Checked(letter, is_a, dated, tuple(findings), unchecked)
