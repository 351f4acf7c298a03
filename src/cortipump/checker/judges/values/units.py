"""Units of laboratory values: one spelling, and conversion where it is exact for the analyte."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final

from msgspec import Struct

from cortipump.knowledge.tables import table

_SPELLED: Final[dict[str, str]] = {
    "ug/dl": "ug/dL", "mcg/dl": "ug/dL", "µg/dl": "ug/dL", "μg/dl": "ug/dL", "nmol/l": "nmol/L",
    "mmol/l": "mmol/L", "meq/l": "mEq/L", "mg/dl": "mg/dL", "pg/ml": "pg/mL", "pmol/l": "pmol/L",
    "ng/ml": "ng/mL", "ng/dl": "ng/dL", "ng/ml/h": "ng/mL/h", "ng/ml/hr": "ng/mL/h", "kg": "kg",
    "lb": "lb", "[lb_av]": "lb", "lbs": "lb", "mm[hg]": "mmHg", "mmhg": "mmHg", "cm": "cm",
    "/min": "bpm", "{beats}/min": "bpm", "cel": "degC", "[degf]": "degF", "%": "%",
    "mu/l": "mU/L", "miu/l": "mU/L", "m[iu]/l": "mU/L", "u[iu]/ml": "mU/L", "uiu/ml": "mU/L",
    "µiu/ml": "mU/L", "ug/l": "ug/L", "g/dl": "g/dL", "g/l": "g/L",
}  # fmt: skip
_MOLAR: Final = frozenset({"mmol/L", "mEq/L"})
# Ions of one charge: one millimole is one milliequivalent.
_MONOVALENT: Final = re.compile(r"sodium|potassium|chloride|bicarbonate|co2|carbon dioxide", re.I)
_WORDS: Final = re.compile(r"[^\s,/()]+")
_KG_PER_LB: Final = Decimal("0.45359237")
# Unit and other unit to the conversion, whatever is measured.
_EXACT: Final[dict[tuple[str, str], Callable[[Decimal], Decimal]]] = {
    ("kg", "lb"): lambda kg: kg / _KG_PER_LB,
    ("lb", "kg"): lambda lb: lb * _KG_PER_LB,
    ("degC", "degF"): lambda celsius: celsius * 9 / 5 + 32,
    ("degF", "degC"): lambda fahrenheit: (fahrenheit - 32) * 5 / 9,
    ("mg/dL", "g/L"): lambda mg_per_dl: mg_per_dl / 100,
    ("g/L", "mg/dL"): lambda g_per_l: g_per_l * 100,
}


class Unit(Struct, frozen=True):
    """A unit as printed, and its one spelling."""

    printed: str
    canonical: str


def canonical(unit: str) -> str:
    """The one spelling of a unit; unknown ones as they are."""
    return _SPELLED.get(unit.strip().lower(), unit.strip())


def converted(value: Decimal, unit: str, to: Unit, analyte: str) -> Decimal | None:
    """The value in another unit. None: no exact conversion is known for the analyte."""
    own, wanted = canonical(unit), canonical(to.canonical)
    is_same = {own, wanted} <= _MOLAR and _MONOVALENT.search(analyte) is not None
    if own == wanted or is_same:
        return value
    if (own, wanted) in _EXACT:
        return _EXACT[own, wanted](value)
    for (name, one, other), factor in _factors().items():
        if name not in _WORDS.findall(analyte.lower()):
            continue
        if (one, other) == (own, wanted):
            return value * factor
        if (other, one) == (own, wanted):
            return value / factor
    return None


@cache
def _factors() -> dict[tuple[str, str, str], Decimal]:
    """Analyte, unit and other unit to the factor (`knowledge/data/codes/conversion.csv`)."""
    return {
        (row["analyte"], canonical(row["from_unit"]), canonical(row["to_unit"])): Decimal(
            row["factor"]
        )
        for row in table("conversion")
    }
