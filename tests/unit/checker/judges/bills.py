"""A second made-up ledger: five visits to hospital with their bills, days of work lost, calls.

The amounts are such that no two of them, and no sum of a few of them, are alike.

| day                   | visit     | billed    | allowed  | paid     | share    |
|-----------------------|-----------|-----------|----------|----------|----------|
| 2024-05-12            | emergency | 4,210.00  | 1,890.00 | 1,512.00 | 378.00   |
| 2024-08-03 to 08-07   | inpatient | 18,450.00 | 9,230.00 | 8,307.00 | 923.00   |
| 2024-08-04, physician | (same)    | 1,260.50  | 640.25   | 512.20   | 128.05   |
| 2024-11-19            | emergency | 3,875.40  | 1,702.15 | 1,361.72 | 340.43   |
| 2025-01-22 to 01-25   | inpatient | 14,120.00 | 7,315.00 | 6,583.50 | 731.50   |
| 2025-09-14            | emergency | 4,033.00  | 1,750.60 | 1,400.48 | 350.12   |
| 2025-06-10, supplies  |           | 412.00    | 287.00   | 229.60   | 57.40    |
| 2025-09-10, supplies  |           | 436.00    | 305.20   | 244.16   | 61.04    |
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from cortipump.checker.known.known import Known, known_of
from cortipump.checker.known.sums import Bill
from cortipump.evidence.costs import ChargeView
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.quantities.money import MONEY_KINDS, MoneyKind
from cortipump.record.duplicates import match_visits
from cortipump.record.facts import (
    AnyBody,
    Call,
    Charge,
    Code,
    Fact,
    Origin,
    Person,
    Regimen,
    RescueInjection,
    Visit,
    VisitKind,
    WorkLoss,
)
from cortipump.record.timeline import Timeline

HOME = ZoneInfo("America/Chicago")
_CRISIS: Final = (Code("icd-10-cm", "E27.2", "Addisonian crisis"),)


class Line(NamedTuple):
    """A bill: its day, its amounts in the order of `MONEY_KINDS`, its visit, what it is for."""

    day: date
    amounts: tuple[Decimal, ...]
    visit: str
    provider: str
    category: str = ""

    def of(self, kind: MoneyKind) -> Decimal:
        """One of its amounts."""
        return self.amounts[MONEY_KINDS.index(kind)]


def _line(day: str, amounts: str, visit: str, provider: str, category: str = "") -> Line:
    each = tuple(Decimal(amount) for amount in amounts.split())
    return Line(date.fromisoformat(day), each, visit, provider, category)


LINES: Final = (
    _line("2024-05-12", "4210.00 1890.00 1512.00 378.00", "fact-02", "Lakeside"),
    _line("2024-08-03", "18450.00 9230.00 8307.00 923.00", "fact-03", "Lakeside"),
    _line("2024-08-04", "1260.50 640.25 512.20 128.05", "fact-03", "Physicians"),
    _line("2024-11-19", "3875.40 1702.15 1361.72 340.43", "fact-04", "Lakeside"),
    _line("2025-01-22", "14120.00 7315.00 6583.50 731.50", "fact-05", "Northgate"),
    _line("2025-09-14", "4033.00 1750.60 1400.48 350.12", "fact-06", "Northgate"),
    _line("2025-06-10", "412.00 287.00 229.60 57.40", "", "Supplier", "infusion-set"),
    _line("2025-09-10", "436.00 305.20 244.16 61.04", "", "Supplier", "infusion-set"),
)


def moment(text: str) -> Moment | None:
    """A moment as a record writes it."""
    return parse_moment(text, HOME)


def _visit(kind: VisitKind, start: str, end: str, facility: str) -> Visit:
    return Visit(
        visit_kind=kind, facility=facility, start=moment(start), end=moment(end), reasons=_CRISIS
    )


def _bodies() -> list[AnyBody]:
    return [
        Person(names=("Ada Example",), born=date(1984, 5, 17)),
        _visit("emergency", "2024-05-12 06:00", "2024-05-12 13:00", "Lakeside"),
        _visit("inpatient", "2024-08-03 20:10", "2024-08-07 11:00", "Lakeside"),
        _visit("emergency", "2024-11-19 02:30", "2024-11-19 09:45", "Lakeside"),
        _visit("inpatient", "2025-01-22 16:00", "2025-01-25 10:30", "Northgate"),
        _visit("emergency", "2025-09-14 12:00", "2025-09-14 18:20", "Northgate"),
        WorkLoss(start=moment("2024-08-08"), days=Decimal(3)),
        WorkLoss(start=moment("2025-01-27"), days=Decimal(2)),
        WorkLoss(start=moment("2025-09-15"), days=Decimal("0.5")),
        RescueInjection(at=moment("2024-05-12 05:20"), mg=Decimal(100), route="im"),
        RescueInjection(at=moment("2025-01-22 15:10"), mg=Decimal(100), route="im"),
        Call(at=moment("2025-10-02"), with_whom="plan", asked="status of the request"),
        Call(at=moment("2025-10-09"), with_whom="plan", asked="status of the request"),
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="oral",
                start=moment("2024-01-10"), end=moment("2025-05-01"), mg_per_day=Decimal(30)),
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="pump", device="loaner pump",
                ownership="loaner", start=moment("2025-05-01"), mg_per_day=Decimal(24)),
        *(_charge(line) for line in LINES),
    ]  # fmt: skip


def _charge(line: Line) -> Charge:
    billed, allowed, paid, patient = line.amounts
    return Charge(at=moment(line.day.isoformat()), currency="USD", provider=line.provider,
                  billed=billed, allowed=allowed, paid=paid, patient=patient)  # fmt: skip


@cache
def timeline() -> Timeline:
    """Its facts."""
    origin = Origin(source="a", name="records.json")
    return Timeline(
        [Fact(f"fact-{number:02d}", body, origin) for number, body in enumerate(_bodies(), 1)]
    )


@cache
def bills() -> tuple[Bill, ...]:
    """Its bills, each with its visit."""
    first = len(_bodies()) - len(LINES) + 1
    made = []
    for number, line in enumerate(LINES, first):
        amounts = dict(zip(MONEY_KINDS, line.amounts, strict=True))
        view = ChargeView(f"fact-{number:02d}", line.day, "USD", amounts, line.category)
        made.append(Bill(view, line.visit, line.provider))
    return tuple(made)


@cache
def costly() -> Known:
    """The ledger of this file."""
    return known_of(timeline(), match_visits(timeline()), bills())
