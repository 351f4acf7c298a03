"""A letter held against a ledger, and its Word copy with comments."""

from pathlib import Path
from typing import Any, Final, get_args

from msgspec import Struct

from cortipump.actions import clock
from cortipump.actions.evidence import Asked, charge_views, evidence_of
from cortipump.actions.files import write_whole
from cortipump.actions.ledger import Record, read_record
from cortipump.actions.write import case_of, default_ask
from cortipump.checker.check import Checked, Reader, check
from cortipump.checker.comments import commented_docx
from cortipump.checker.elements import LetterKind
from cortipump.checker.finding import Finding
from cortipump.checker.known.known import Known, known_of
from cortipump.checker.known.sums import Bill
from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import read_letter
from cortipump.documents.appeal import draft
from cortipump.documents.cited import cited_facts
from cortipump.documents.exhibits import exhibit_numbers
from cortipump.errors import EvidenceError, UsageError
from cortipump.record.facts import Person

KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)
_ORDERS: Final = ("mdy", "dmy")
_AMERICAN: Final = frozenset({"US", "USA", "UNITED STATES"})


class Request(Struct, frozen=True):
    """How a letter is checked.

    Attributes
    ----------
    asked
        The comparison that the letter speaks of.
    dates
        How ``03/11/2025`` is read: ``mdy`` or ``dmy``. Empty: as the ledger's country writes.
    kind
        What the letter is. Empty: as its words say.

    Raises
    ------
    UsageError
        W001 if there is no such order or kind.
    """

    asked: Asked = Asked()
    dates: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.dates and self.dates not in _ORDERS:
            raise UsageError(
                f"there is no order of dates {self.dates!r}",
                where="--dates",
                do=f"use {' or '.join(_ORDERS)}",
            )
        if self.kind and self.kind not in KINDS:
            raise UsageError(
                f"there is no kind of letter {self.kind!r}",
                where="--kind",
                do=f"kinds: {', '.join(KINDS)}",
            )


def check_letter(ledger: Path, letter: Path, request: Request | None = None) -> Checked:
    """Check a letter file; neither the letter nor the ledger is changed.

    Raises
    ------
    LetterUnreadable
        I003 if there is no such file, or it cannot be read as a letter.
    LedgerMissing
        R002 if there is no ledger.
    EvidenceError
        E001 if a comparison is asked for that cannot be made.
    """
    request = request or Request()
    text = read_letter(letter)
    return check_text(text, known_for(read_record(ledger), request.asked), request)


def check_text(letter: LetterText, known: Known, request: Request) -> Checked:
    """Check a letter that was read, against a ledger that was arranged."""
    kind = next((k for k in KINDS if k == request.kind), None)
    return check(letter, known, clock.today(), _reader(known, request), kind)


def _reader(known: Known, request: Request) -> Reader:
    """The reader of the letter: the order of dates that was asked for, else the country's."""
    countries = {p.body.country.upper() for p in known.timeline.of(Person) if p.body.country}
    currencies = {one.currency for one in known.sums if one.currency}
    american = bool(countries & _AMERICAN) if countries else currencies <= {"USD"}
    currency = min(currencies) if len(currencies) == 1 else "USD" if american else ""
    day_first = request.dates == "dmy" if request.dates else not american
    return Reader(day_first=day_first, currency=currency)


def known_for(record: Record, asked: Asked) -> Known:
    """The ledger as the checker needs it, with the numbers of the packet's exhibits."""
    bills = [
        Bill(view, standing.visit, standing.charge.provider, standing.charge.claim_type)
        for view, standing in zip(charge_views(record), record.claims.standing, strict=True)
    ]
    try:
        result = evidence_of(record, asked)
    except EvidenceError:
        if asked != Asked():
            raise
        # No pump phase and no date given: a letter written before the pump compares nothing.
        return known_of(record.timeline, record.matches, bills)
    case = case_of(record, result, default_ask())
    cited = [record.timeline[fact_id] for fact_id in cited_facts(draft("packet", case))]
    return known_of(record.timeline, record.matches, bills, result, exhibit_numbers(cited))


def write_comments(checked: Checked, letter: Path, out: Path, *, replace: bool = False) -> None:
    """Write a Word copy of the letter with a comment at every finding; the letter stays as it is.

    Raises
    ------
    UsageError
        W001 if ``out`` is the letter itself, is no .docx, or exists and is not to be replaced.
    """
    if out.suffix.lower() != ".docx":
        raise UsageError(
            "comments are written into a Word copy, and this name does not end in .docx",
            where=str(out),
            do="choose a name that ends in .docx",
        )
    if out.exists() and out.samefile(letter):
        raise UsageError(
            "the copy would replace the letter itself", where=str(out), do="choose another name"
        )
    content = commented_docx(
        letter.read_bytes(), letter.name, checked.letter, checked.findings, clock.today()
    )
    write_whole(out, content, replace=replace)


def findings_json(checked: Checked) -> list[dict[str, Any]]:
    """The findings under the contract's names, and more.

    Columns count characters from 1; the end is the first one behind the words. What the letter
    lacks has no words: it stands at the first line, and both columns are 1.
    """
    return [_finding(checked.letter, finding) for finding in checked.findings]


def _finding(letter: LetterText, finding: Finding) -> dict[str, Any]:
    has_words = finding.end > finding.start
    place = letter.place_in_file(finding.start) if has_words else letter.place(finding.start)
    last = letter.place_in_file(finding.end - 1) if has_words else None
    return {
        "line": place.line,
        "column": place.column,
        "rule": finding.rule,
        "text": finding.text,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "detail": finding.detail,
        "page": place.page or None,
        "end_line": last.line if last else place.line,
        "end_column": last.column + 1 if last else place.column,
        "facts": list(finding.facts),
    }
