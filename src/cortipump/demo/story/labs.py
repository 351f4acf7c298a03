"""Laboratory values: hospital visits, control days at the clinic, two cortisol day curves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

from cortipump.demo.dice import Dice
from cortipump.demo.story.diary import WHO_INJECTED
from cortipump.demo.story.visits import ELSEWHERE, WATCHED, Visit, at

Source = Literal["hospital", "clinic", "exchange"]

CURVE_ON_TABLETS, CURVE_ON_PUMP = -203, 91


@dataclass(frozen=True, slots=True)
class Test:
    """What a laboratory measures.

    Attributes
    ----------
    loinc
        LOINC number, with no words of that list. Empty: only the laboratory's own name.
    low, high
        Limits of the printed reference range. Empty: none on that side.
    """

    __test__ = False  # no test case for pytest

    analyte: str
    words: str
    loinc: str
    unit: str
    low: str = ""
    high: str = ""


SODIUM: Final = Test("sodium", "Sodium", "2951-2", "mmol/L", "136", "145")
POTASSIUM: Final = Test("potassium", "Potassium", "2823-3", "mmol/L", "3.5", "5.1")
GLUCOSE: Final = Test("glucose", "Glucose", "2345-7", "mg/dL", "70", "99")
CREATININE: Final = Test("creatinine", "Creatinine", "2160-0", "mg/dL", "0.50", "1.10")
CORTISOL: Final = Test("cortisol", "Cortisol, serum", "2143-6", "ug/dL", "4.0", "22.0")
CORTISOL_SI: Final = Test("cortisol", "Cortisol (serum)", "14675-3", "nmol/L", "110", "610")
STIMULATED: Final = Test(
    "cortisol-series", "Cortisol after 0.25 mg cosyntropin", "43215-3", "ug/dL", "18.0"
)
ACTH: Final = Test("acth", "ACTH, plasma", "2141-0", "pg/mL", "7.2", "63.3")
RENIN: Final = Test("renin-activity", "Renin activity, plasma", "2915-7", "ng/mL/h", "0.25", "5.82")
TSH: Final = Test("tsh", "TSH", "3016-3", "m[IU]/L", "0.40", "4.50")
ANTIBODIES: Final = Test("21-hydroxylase-antibodies", "21-hydroxylase antibodies", "", "")


@dataclass(frozen=True, slots=True)
class Lab:
    """One value.

    Attributes
    ----------
    value
        None when the result is words.
    comparator
        ``<`` when the value is only the assay's limit.
    as_text
        True when the source prints the limit as a string, such as ``<1.0 ug/dL``.
    no_zone
        True when the source prints local time without a zone.
    """

    at: datetime
    test: Test
    source: Source
    visit: str
    value: Decimal | None = None
    comparator: str = ""
    words: str = ""
    as_text: bool = False
    no_zone: bool = False


_IN_CRISIS: Final = (
    (SODIUM, "124", "130"),
    (POTASSIUM, "5.3", "6.1"),
    (GLUCOSE, "52", "66"),
    (CREATININE, "1.15", "1.52"),
    (CORTISOL, "1.2", "2.6"),
)
_UNWELL: Final = ((SODIUM, "131", "134"), (POTASSIUM, "4.8", "5.2"), (GLUCOSE, "70", "84"))
_WELL: Final = ((SODIUM, "136", "141"), (POTASSIUM, "3.8", "4.7"), (GLUCOSE, "78", "97"))


def _panel(
    rows: tuple[tuple[Test, str, str], ...], when: datetime, visit: Visit, dice: Dice
) -> Iterator[Lab]:
    for test, low, high in rows:
        yield Lab(when, test, "hospital", visit.name, dice.number(low, high))


def _mornings(visit: Visit, dice: Dice) -> Iterator[Lab]:
    """Control values of a stay, 06:40 each morning."""
    for night in range(1, visit.nights + 1):
        when = (visit.start + timedelta(days=night)).replace(hour=6, minute=40)
        last = night == visit.nights
        yield from _panel((_WELL if last else _UNWELL)[:2], when, visit, dice)


def _hospital(visit: Visit, dice: Dice) -> Iterator[Lab]:
    drawn = (visit.arrival or visit.start) + timedelta(minutes=25)
    if visit.name == WATCHED:
        yield from _panel(_UNWELL, drawn, visit, dice)
        when = (visit.start + timedelta(days=1)).replace(hour=6, minute=40)
        value = dice.number("134", "137")
        yield Lab(when, SODIUM, "hospital", visit.name, value, no_zone=True)
    elif visit.is_crisis:
        # After an injection at home a cortisol level says nothing, so nobody measured it.
        injected = visit.name in WHO_INJECTED
        yield from _panel(_IN_CRISIS[:-1] if injected else _IN_CRISIS, drawn, visit, dice)
        yield from _mornings(visit, dice)
    elif visit.kind == "emergency" and visit.diagnoses[0].code[0] in "ETI":
        yield from _panel(_UNWELL, drawn, visit, dice)


def _proof(visit: Visit, dice: Dice) -> Iterator[Lab]:
    """The tests by which the disease was found, on the second morning of the first stay."""
    morning = (visit.start + timedelta(days=1)).replace(hour=7, minute=30)
    yield Lab(morning, CORTISOL, "hospital", visit.name, Decimal("1.0"), "<")
    for minutes in (30, 60):
        when = morning + timedelta(minutes=minutes)
        yield Lab(when, STIMULATED, "hospital", visit.name, dice.number("1.0", "1.6"))
    yield Lab(morning, ACTH, "hospital", visit.name, dice.number("412", "890"))
    yield Lab(morning, RENIN, "hospital", visit.name, dice.number("28.4", "41.0"))
    yield Lab(morning, ANTIBODIES, "hospital", visit.name, words="Positive")


def _elsewhere(visit: Visit, dice: Dice) -> Iterator[Lab]:
    drawn = visit.start + timedelta(minutes=30)
    yield Lab(drawn, SODIUM, "exchange", visit.name, dice.number("125", "129"))
    yield Lab(drawn, POTASSIUM, "exchange", visit.name, dice.number("5.4", "5.9"))
    yield Lab(drawn, CORTISOL_SI, "exchange", visit.name, dice.number("31", "58"))


_TABLET_CURVE: Final = (
    ("08:05", "19.8"), ("09:00", "21.6"), ("10:30", "13.2"), ("12:25", "5.9"), ("13:30", "14.1"),
    ("15:30", "6.7"), ("17:00", "3.1"),
)  # fmt: skip
_PUMP_CURVE: Final = (
    ("07:00", "12.6"), ("09:00", "13.3"), ("11:00", "10.9"), ("13:00", "9.4"), ("15:00", "7.8"),
    ("17:00", "6.3"),
)  # fmt: skip


def _curve(day: int, index: date, visit: str, dice: Dice) -> Iterator[Lab]:
    points = _PUMP_CURVE if day == CURVE_ON_PUMP else _TABLET_CURVE
    if day == CURVE_ON_TABLETS:
        before_dose = at(index, day, "06:55")
        yield Lab(before_dose, CORTISOL, "clinic", visit, Decimal("1.0"), "<", as_text=True)
    for clock, value in points:
        drawn = dice.about(value, 5).quantize(Decimal("0.1"))
        yield Lab(at(index, day, clock), CORTISOL, "clinic", visit, drawn)


_NO_BLOOD_DRAWN: Final = {-875, -504, -377, -63, -7, 7, 28}


def _clinic(visit: Visit, day: int, index: date, dice: Dice) -> Iterator[Lab]:
    if day in _NO_BLOOD_DRAWN:
        return
    drawn = visit.start + timedelta(minutes=20)
    for test, low, high in _WELL:
        yield Lab(drawn, test, "clinic", visit.name, dice.number(low, high))
    if day in {-917, -609, -294, -28, 91, 245}:
        high = "3.9" if day > 0 else "9.8"
        yield Lab(drawn, RENIN, "clinic", visit.name, dice.number("1.80", high))
    if day in {-784, -203, 175}:
        yield Lab(drawn, ACTH, "clinic", visit.name, dice.number("96", "310"))
    if day in {-700, -98, 175}:
        yield Lab(drawn, TSH, "clinic", visit.name, dice.number("1.10", "3.60"))
    if day in {-427, 175}:
        low, high = ("240", "390") if day > 0 else ("90", "210")
        yield Lab(drawn, CORTISOL_SI, "clinic", visit.name, dice.number(low, high))
    if day in {CURVE_ON_TABLETS, CURVE_ON_PUMP}:
        yield from _curve(day, index, visit.name, dice)


def labs(seed: int, index: date, visits: tuple[Visit, ...]) -> tuple[Lab, ...]:
    """Every laboratory value of the story in the order of time."""
    dice = Dice(seed, "labs")
    found: list[Lab] = []
    for visit in visits:
        day = (visit.day - index).days
        if not visit.happened:
            continue
        if visit.name == ELSEWHERE:
            found += _elsewhere(visit, dice)
        elif visit.place.key == "clinic" and visit.kind == "office":
            found += _clinic(visit, day, index, dice)
        elif visit.place.key == "lakeshore":
            found += _hospital(visit, dice)
        if visit.name == "first-crisis":
            found += _proof(visit, dice)
    return tuple(sorted(found, key=lambda lab: lab.at))
