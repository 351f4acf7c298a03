"""The plan's whole file: every bill decided, with the plan's corrections, gaps and refusals."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.story.benefits import Desk, Statement
from cortipump.demo.story.bills import Bill, of_visits
from cortipump.demo.story.labs import Lab
from cortipump.demo.story.people import last_day
from cortipump.demo.story.purchases import of_laboratory, of_pharmacy, of_supplier
from cortipump.demo.story.visits import Visit

CANCELLED: Final = "summer-weakness/emergency-doctor"
TAKEN_BACK: Final = "february-crisis/hospital"
NO_ALLOWED: Final = "ankle/emergency-doctor"
ANSWERED_LATER: Final = "clinic+245/office"
UNANSWERED: Final = "video+256/office"
DENIED: Final = ("equipment/pump", "equipment/denied-supplies")
WITH_CLAIM: Final = ("clinic+91/office", "short-stay/hospital", ANSWERED_LATER)

DAYS_BEFORE_FIRST_DOWNLOAD: Final = 21


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What the plan holds.

    Attributes
    ----------
    statements
        Explanations of benefits in the order of issue.
    sent
        Numbers of the claims of which the plan also shows the bill itself.
    open_bill, open_number
        A bill that nobody has answered yet.
    first_download
        Day of the first of the two downloads; the second is on the record's last day.
    """

    statements: tuple[Statement, ...]
    sent: tuple[str, ...]
    open_bill: Bill
    open_number: str
    first_download: date

    @property
    def standing(self) -> tuple[Statement, ...]:
        """The statements that count in the end."""
        return tuple(s for s in self.statements if s.stands)


def _without_double(bill: Bill) -> tuple[Bill, Bill]:
    """The bill with one line charged twice, and as it should be."""
    return replace(bill, lines=(*bill.lines, bill.lines[2])), bill


def _lower_level(bill: Bill) -> tuple[Bill, Bill]:
    """The bill with too high a level of visit, and as it should be."""
    line = bill.lines[0]
    high = replace(line, code="99285", billed=line.billed + line.billed / 2)
    wrong = replace(high, billed=high.billed.quantize(line.billed))
    return replace(bill, lines=(wrong, *bill.lines[1:])), bill


def _decide(desk: Desk, bill: Bill) -> list[Statement]:
    if bill.name == CANCELLED:
        return desk.reissue(*_lower_level(bill))
    if bill.name == TAKEN_BACK:
        return desk.take_back(*_without_double(bill))
    if bill.name in DENIED:
        return [desk.deny(bill, bill.first + timedelta(days=18))]
    statement = desk.decide(bill)
    return [replace(statement, allowed_missing=bill.name == NO_ALLOWED)]


def _in_its_download(statement: Statement, newer: set[str], first_download: date) -> Statement:
    """Issued before the first download, or shown only by the second."""
    if statement.bill.name in newer:
        return replace(statement, newer=True, issued=first_download + timedelta(days=9))
    return replace(statement, issued=min(statement.issued, first_download - timedelta(days=2)))


def _bills(
    seed: int, index: date, visits: tuple[Visit, ...], labs: tuple[Lab, ...]
) -> tuple[list[Bill], Bill]:
    """The bills that get an answer in the order of service, and the one that waits."""
    until = index + timedelta(days=246)
    found = [
        *of_visits(seed, visits, until),
        *of_laboratory(seed, labs, until),
        *of_pharmacy(seed, index, until - timedelta(days=5)),
        *of_supplier(seed, index),
    ]
    waiting = next(
        bill for bill in of_visits(seed, visits, last_day(index)) if bill.name == UNANSWERED
    )
    return sorted(found, key=lambda bill: (bill.first, bill.name)), waiting


def claim_file(
    seed: int, index: date, visits: tuple[Visit, ...], labs: tuple[Lab, ...]
) -> ClaimFile:
    """Decide every bill of the story."""
    bills, waiting = _bills(seed, index, visits, labs)
    first_download = last_day(index) - timedelta(days=DAYS_BEFORE_FIRST_DOWNLOAD)
    desk = Desk(seed)
    decided = [s for bill in bills for s in _decide(desk, bill)]
    newer = {ANSWERED_LATER, f"laboratory/{index + timedelta(days=245)}"}
    statements = sorted(
        (_in_its_download(s, newer, first_download) for s in decided),
        key=lambda s: (s.issued, s.ident),
    )
    numbers = {s.bill.name: s.number for s in statements}
    return ClaimFile(
        tuple(statements),
        tuple(numbers[name] for name in WITH_CLAIM),
        waiting,
        f"C{waiting.first:%y%j}-{Dice(seed, 'waiting').digits(5)}",
        first_download,
    )
