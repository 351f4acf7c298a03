"""Who and where: the made-up person and the made-up organisations around her.

Every organisation says "(made up)" in its name; every address on the net ends in ``.example``.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cortipump.demo.dice import Dice


@dataclass(frozen=True, slots=True)
class Person:
    """The made-up person, as every source knows her."""

    given: str
    family: str
    born: date
    street: str
    city: str
    state: str
    postcode: str
    phone: str
    member_number: str
    group_number: str
    record_number: str

    @property
    def name(self) -> str:
        """``Given Family``."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Place:
    """A made-up organisation.

    Attributes
    ----------
    payer_name, exchange_name
        How the plan and the state exchange spell it.
    npi
        Provider number. Real ones begin with 1 or 2; these begin with 9.
    """

    key: str
    name: str
    npi: str
    city: str
    payer_name: str = ""
    exchange_name: str = ""
    state: str = "IL"
    zone: str = "America/Chicago"
    phone: str = "+1 312 555 0100"

    @property
    def billed_as(self) -> str:
        """The name on the plan's papers."""
        return self.payer_name or self.name


LAKESHORE: Final = Place(
    "lakeshore",
    "Lakeshore General Hospital (made up)",
    "9999900101",
    "Fallowfield",
    payer_name="Lakeshore Gen Hospital (made up)",
    exchange_name="LAKESHORE GENERAL HOSP MAIN CAMPUS (made up)",
)
PRIMARY_CARE: Final = Place(
    "primary", "Lakeshore Primary Care Fallowfield (made up)", "9999900102", "Fallowfield"
)
WALK_IN: Final = Place(
    "walk-in", "Lakeshore Walk-In Urgent Care (made up)", "9999900103", "Fallowfield"
)
CLINIC: Final = Place(
    "clinic", "Northbend Adrenal and Endocrine Clinic (made up)", "9999900201", "Northbend"
)
CEDAR: Final = Place(
    "cedar",
    "Cedar Bluff Medical Center (made up)",
    "9999900301",
    "Cedar Bluff",
    exchange_name="CEDAR BLUFF MED CTR (made up)",
    state="MI",
    zone="America/Detroit",
)
LABORATORY: Final = Place(
    "laboratory", "Wheatland Reference Laboratory (made up)", "9999900401", "Wheatland"
)
PHARMACY: Final = Place("pharmacy", "Corner Street Pharmacy (made up)", "9999900501", "Fallowfield")
SUPPLIER: Final = Place("supplier", "Tallgrass Home Equipment (made up)", "9999900601", "Wheatland")
PLAN: Final = Place("plan", "Prairie Health Plan (made up)", "9999900701", "Grassland")
EMPLOYER: Final = "Harborline Freight Cooperative (made up)"
PROVIDERS: Final = (
    LAKESHORE,
    PRIMARY_CARE,
    WALK_IN,
    CLINIC,
    CEDAR,
    LABORATORY,
    PHARMACY,
    SUPPLIER,
)

ENDOCRINOLOGIST: Final = ("Imogen", "Samplewright")
EMERGENCY_DOCTOR: Final = ("Quentin", "Mockford")
HOSPITALIST: Final = ("Tabitha", "Fictionelli")
FAMILY_DOCTOR: Final = ("Anselm", "Placeholder")
PUMP_NURSE: Final = ("Bettina", "Dummyworth")

_GIVEN: Final = ("Marisol", "Odalys", "Perpetua", "Linnea", "Zenobia", "Thomasina", "Ottoline")
_FAMILY: Final = ("Testperson", "Samplesworth", "Madeupson", "Exemplar")


def person(seed: int) -> Person:
    """The person of a seed: Marisol Testperson for seed 1."""
    dice = Dice(seed, "person")
    return Person(
        given=_GIVEN[(seed - 1) % len(_GIVEN)],
        family=_FAMILY[(seed - 1) % len(_FAMILY)],
        born=date(1984, 1, 10) + timedelta(days=dice.whole(0, 700)),
        street=f"{dice.whole(100, 989)} Nowhere Lane",
        city="Fallowfield",
        state="IL",
        postcode="00000",
        phone=f"+1 312 555 01{dice.whole(10, 99)}",
        member_number=f"PHP{dice.digits(9)}",
        group_number=f"HFC-{dice.digits(4)}",
        record_number=f"LG{dice.digits(7)}",
    )


def index_date(seed: int) -> date:
    """The day of the pump's start: a Monday, 2026-02-02 for seed 1, at most 12 weeks earlier."""
    return date(2026, 2, 2) - timedelta(weeks=(seed - 1) * 5 % 13)


DAYS_AFTER: Final = 281
"""Days from the index date to the last day of the record."""


def last_day(index: date) -> date:
    """The last day that the records speak of: 2026-11-10 for seed 1."""
    return index + timedelta(days=DAYS_AFTER)
