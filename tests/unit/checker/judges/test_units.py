"""Units: one spelling for each, and conversion by factors that were worked out by hand."""

from decimal import Decimal

import pytest

from cortipump.checker.judges.values.units import Unit, canonical, converted


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("mcg/dL", "ug/dL"),
        ("µg/dL", "ug/dL"),
        ("μg/dl", "ug/dL"),
        ("MEQ/L", "mEq/L"),
        (" nmol/l ", "nmol/L"),
        ("mm[Hg]", "mmHg"),
        ("[lb_av]", "lb"),
        ("Cel", "degC"),
        ("u[IU]/mL", "mU/L"),
        ("furlongs", "furlongs"),
    ],
)
def test_a_unit_has_one_spelling(printed: str, unit: str) -> None:
    """Micro signs, capitals and codes of records; an unknown unit stays as it is."""
    assert canonical(printed) == unit


# Molar masses in g/mol: cortisol 362.46, glucose 180.16, creatinine 113.12, aldosterone 360.44,
# ACTH 4541.
@pytest.mark.parametrize(
    ("analyte", "value", "unit", "to", "expected"),
    [
        ("cortisol", "14.2", "ug/dL", "nmol/L", "391.8"),
        ("cortisol", "392", "nmol/L", "mcg/dL", "14.2"),
        ("cortisol-saliva", "0.5", "ug/dL", "nmol/L", "13.8"),
        ("sodium", "128", "mmol/L", "mEq/L", "128.0"),
        ("glucose", "62", "mg/dL", "mmol/L", "3.4"),
        ("glucose", "3.4", "mmol/L", "mg/dL", "61.3"),
        ("creatinine", "0.9", "mg/dL", "umol/L", "79.6"),
        ("aldosterone", "10", "ng/dL", "pmol/L", "277.4"),
        ("acth", "412", "pg/mL", "pmol/L", "90.7"),
        ("weight", "61.2", "kg", "lb", "134.9"),
        ("weight", "150", "lb", "kg", "68.0"),
        ("body temperature", "38.5", "Cel", "degF", "101.3"),
        ("body temperature", "98.6", "[degF]", "degC", "37.0"),
        ("protein", "150", "mg/dL", "g/L", "1.5"),
        ("protein", "1.5", "g/L", "mg/dL", "150.0"),
        ("cortisol", "14.2", "ug/dL", "ug/dL", "14.2"),
    ],
)
def test_a_value_is_converted_by_its_analytes_factor(
    analyte: str, value: str, unit: str, to: str, expected: str
) -> None:
    """To one place after the point."""
    found = converted(Decimal(value), unit, Unit(to, to), analyte)

    assert found is not None
    assert round(found, 1) == Decimal(expected)


@pytest.mark.parametrize(
    ("analyte", "unit", "to"),
    [
        ("cortisol", "ug/dL", "pg/mL"),
        ("sodium", "mmol/L", "mg/dL"),
        ("renin-activity", "ng/mL/h", "mU/L"),
        ("", "ug/dL", "nmol/L"),
        ("weight", "kg", "cm"),
    ],
)
def test_without_an_exact_factor_nothing_is_converted(analyte: str, unit: str, to: str) -> None:
    """A guess could make a wrong value right."""
    assert converted(Decimal(10), unit, Unit(to, to), analyte) is None
