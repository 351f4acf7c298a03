"""Bills: what hospitals, doctors, the laboratory, the pharmacy and the supplier charge.

Procedure codes are numbers only (CPT texts belong to the AMA). What the plan makes of a bill is in
`benefits`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from cortipump.demo.dice import Dice
from cortipump.demo.story.people import Place
from cortipump.demo.story.sickness import Diagnosis
from cortipump.demo.story.visits import Visit

BillKind = Literal["inpatient", "outpatient", "professional", "laboratory", "pharmacy", "equipment"]
CodeSystem = Literal["cpt", "hcpcs", "ndc", ""]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill.

    Attributes
    ----------
    code
        Procedure, supply or drug; empty where only the revenue code says what it is.
    rxnorm
        RxNorm number of a drug.
    """

    billed: Decimal
    system: CodeSystem = ""
    code: str = ""
    revenue: str = ""
    units: int = 1
    rxnorm: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill as its sender wrote it.

    Attributes
    ----------
    name
        Slug, such as ``ankle/doctor``.
    visit
        Name of the visit it is for. Empty: none.
    place_of_service
        CMS number; empty on hospital bills.
    """

    name: str
    kind: BillKind
    provider: Place
    first: date
    last: date
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[Line, ...]
    place_of_service: str = ""
    visit: str = ""

    @property
    def billed(self) -> Decimal:
        """Sum of the lines."""
        return sum((line.billed for line in self.lines), Decimal(0))


_Row = tuple[str, CodeSystem, str, str]
"""Price in USD, code system, code, revenue code."""

_EMERGENCY: Final[tuple[_Row, ...]] = (
    ("2150.00", "cpt", "99284", "0450"),
    ("612.40", "cpt", "80053", "0301"),
)
_CRISIS_CARE: Final[tuple[_Row, ...]] = (
    ("3420.00", "cpt", "99285", "0450"),
    ("684.50", "cpt", "96360", "0260"),
    ("431.75", "cpt", "96374", "0260"),
    ("58.20", "hcpcs", "J1720", "0636"),
    ("612.40", "cpt", "80053", "0301"),
    ("243.10", "cpt", "82533", "0301"),
)
_UNRELATED: Final[dict[str, _Row]] = {
    "ankle": ("396.25", "cpt", "73610", "0320"),
    "migraine": ("1288.00", "cpt", "70450", "0351"),
    "finger": ("512.30", "cpt", "12001", "0450"),
}
_STAY: Final[tuple[_Row, ...]] = (
    ("3420.00", "", "", "0450"),
    ("2184.35", "", "", "0301"),
    ("905.60", "", "", "0258"),
    ("611.15", "", "", "0250"),
)


def _lines(rows: tuple[_Row, ...], dice: Dice) -> tuple[Line, ...]:
    return tuple(Line(dice.about(price), *rest) for price, *rest in rows)  # type: ignore[arg-type] # rows are typed


def _facility(visit: Visit, dice: Dice) -> Bill:
    stay = visit.kind == "inpatient"
    if stay:
        beds = Line(dice.about("4260.00") * visit.nights, revenue="0120", units=visit.nights)
        lines = (beds, *_lines(_STAY, dice))
    elif visit.kind == "observation":
        hours = int((visit.end - visit.start).total_seconds() // 3600)
        lines = (
            Line(dice.about("121.30") * hours, "hcpcs", "G0378", "0762", hours),
            *_lines(
                (("388.00", "hcpcs", "G0379", "0762"), ("612.40", "cpt", "80053", "0301")), dice
            ),
        )
    elif visit.kind == "other":
        lines = _lines((("3150.00", "cpt", "43239", "0360"), ("288.90", "", "", "0250")), dice)
    elif visit.is_crisis:
        lines = _lines(_CRISIS_CARE, dice)
    else:
        extra = _UNRELATED.get(visit.name)
        lines = _lines((_EMERGENCY[0], extra) if extra else _EMERGENCY, dice)
    first = (visit.arrival or visit.start).date()
    return Bill(
        f"{visit.name}/hospital",
        "inpatient" if stay else "outpatient",
        visit.place,
        first,
        visit.end.date(),
        visit.diagnoses,
        lines,
        visit=visit.name,
    )


def _doctor(visit: Visit, role: str, rows: tuple[_Row, ...], place: str, dice: Dice) -> Bill:
    first = (visit.arrival or visit.start).date()
    last = visit.end.date() if place == "21" else first
    return Bill(
        f"{visit.name}/{role}",
        "professional",
        visit.place,
        first,
        last,
        visit.diagnoses[:2],
        _lines(rows, dice),
        place,
        visit.name,
    )


def _doctors(visit: Visit, dice: Dice) -> list[Bill]:
    found = []
    if visit.kind == "emergency" or visit.arrival:
        number = "99285" if visit.is_crisis else "99284"
        price = "905.00" if visit.is_crisis else "612.00"
        found.append(_doctor(visit, "emergency-doctor", ((price, "cpt", number, ""),), "23", dice))
    if visit.kind == "inpatient":
        days: list[_Row] = [("262.40", "cpt", "99232", "")] * (visit.nights - 1)
        rows: tuple[_Row, ...] = (
            ("641.80", "cpt", "99223", ""),
            *days,
            ("388.60", "cpt", "99239", ""),
        )
        found.append(_doctor(visit, "ward-doctor", rows, "21", dice))
    return found


_OFFICE: Final[dict[str, _Row]] = {
    "clinic": ("268.00", "cpt", "99214", ""),
    "primary": ("184.00", "cpt", "99213", ""),
    "walk-in": ("236.00", "hcpcs", "S9083", ""),
}


def _office(visit: Visit, dice: Dice) -> Bill:
    row = _OFFICE[visit.place.key]
    place = {"virtual": "10", "urgent-care": "20"}.get(visit.kind, "11")
    if visit.kind == "virtual":
        row = ("142.00", "cpt", "99213", "")
    return _doctor(visit, "office", (row,), place, dice)


def of_visit(visit: Visit, dice: Dice) -> list[Bill]:
    """The bills for one visit: the hospital's and the doctors', or the office's."""
    if visit.kind in {"office", "virtual", "urgent-care"}:
        return [_office(visit, dice)]
    return [_facility(visit, dice), *_doctors(visit, dice)]


def of_visits(seed: int, visits: tuple[Visit, ...], until: date) -> list[Bill]:
    """The bills for all visits that happened before a day."""
    dice = Dice(seed, "bills")
    return [
        bill
        for visit in visits
        if visit.happened and visit.day < until
        for bill in of_visit(visit, dice)
    ]
