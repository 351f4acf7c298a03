"""Laboratory values, weight and blood pressure against the records of their day."""

from decimal import Decimal

import pytest

from cortipump.quantities.moment import parse_moment
from cortipump.record.facts import Lab
from tests.unit.checker.judges.ledger import (
    HOME,
    Case,
    Wrong,
    found,
    hold,
    known_from,
    right,
    wrong,
)

RIGHT = right(
    "On March 4, 2025 my cortisol was 2.1 ug/dL and the split was 80/20.",
    "On June 16, 2025 my cortisol was 392 nmol/L, roughly 14 in ug/dL.",
    "On March 4, 2025 potassium was 5,4, sodium 128.",
    "| Date | Na | glucose (mg/dL) |\n|---|---|---|\n| March 4, 2025 | 128 | 62 |",
    "| Date | mg/dL (mmol/L) |\n|---|---|\n| March 4, 2025 | 62 (3.4) |",
    "BP 88/52 on March 4, 2025 (gastro sx), ED x2 (one for a site), 2 IM.",
    "On January 14, 2026 cortisol 11.0 / 13.0 / 9.6 while the pump gave 24 mg/d.",
    "Glucose was 62 mg/dL, blood pressure 88/52 On June 16, 2025 cortisol was 14.2 ug/dL.",
    "On March 4, 2025 my sodium was 128 mmol/L.",
    "My sodium was 128 mEq/L on March 4, 2025.",
    "On June 16, 2025 my morning cortisol was 14.2 ug/dL.",
    "On June 16, 2025 her cortisol was 392 nmol/L.",
    "The cortisol of June 16, 2025 was 14 ug/dL.",
    "My ACTH was 412 pg/mL on June 16, 2025.",
    "Her ACTH was 90.7 pmol/L on June 16, 2025.",
    "My blood pressure was 88/52 on March 4, 2025.",
    "My blood pressure was 88 over 52 on March 4, 2025.",
    "I weighed 61.2 kg on June 16, 2025.",
    "I weighed 135 lb on June 16, 2025.",
    "My glucose had fallen to 62 mg/dL on March 4, 2025.",
    "My glucose had fallen to 3.4 mmol/L on March 4, 2025.",
    "The reference range for sodium is 135 to 145 mmol/L.",
    "On January 14, 2026 the average cortisol was 11.2 ug/dL.",
    "The difference between the two sodium values was 11 mmol/L.",
    "My temperature was 38.5 °C on March 4, 2025.",
    "My temperature was 101.3 °F on March 4, 2025.",
    "The cannula is 9 mm long.",
    "On March 4, 2025 sodium was 128 and potassium 5.4.",
    "My cortisol on June 16, 2025 was 14.2 ug/dL (392 nmol/L).",
    "On January 14, 2026 cortisol was 11.0 ug/dL at 07:00, 13.0 at 10:00 and 9.6 at 14:00.",
    "My ACTH was below 5 pg/mL on January 14, 2026.",
    "My sodium was below the lower limit of 135 mmol/L.",
    "I am 168 cm tall.",
    "| Date | Sodium | Normal range |\n|---|---|---|\n| March 4, 2025 | 128 | 135 - 145 |",
    "On March 4, 2025 I was very ill. Sodium was 128, potassium 5.4 and cortisol 2.1 ug/dL.",
)
WRONG = wrong(
    (
        "On June 16, 2025 my cortisol was 392 nmol/L, roughly 24 in ug/dL.",
        Wrong("24 in ug/dL", "total-does-not-add-up", "conversion-differs", "14.2"),
    ),
    (
        "On June 16, 2025 my cortisol was 392 nmol/L, which I am told is about 24 ug/dL.",
        Wrong("24 ug/dL", "total-does-not-add-up", "conversion-differs", "14.2"),
    ),
    (
        "On March 4, 2025 potassium was 5,9, sodium 128.",
        Wrong("5,9", "amount-differs", "value-differs", "5.4 mmol/L"),
    ),
    (
        "| Date | Na | glucose (mg/dL) |\n|---|---|---|\n| March 4, 2025 | 128 | 64.5 |",
        Wrong("64.5", "amount-differs", "value-differs", "62 mg/dL"),
    ),
    (
        "On January 14, 2026 cortisol 11.0 / 14.9 / 9.6 while the pump gave 24 mg/d.",
        Wrong("14.9", "amount-differs", "value-differs", "13"),
    ),
    (
        "On March 4, 2025 I was very ill. Sodium was 128, potassium 5.4 and cortisol 14.2 ug/dL.",
        Wrong("14.2 ug/dL", "amount-differs", "value-differs", "2.1 ug/dL"),
    ),
    (
        "| Date | Sodium | Cortisol |\n|---|---|---|\n| June 16, 2025 | 139 | 12.4 |",
        Wrong("12.4", "amount-differs", "value-differs", "14.2 ug/dL"),
    ),
    (
        "The difference between the two sodium values was 12 mmol/L.",
        Wrong("12 mmol/L", "unsupported-number", "not-found"),
    ),
    (
        "I am 186 cm tall.",
        Wrong("186 cm", "amount-differs", "close-value", "168 cm"),
    ),
    (
        "On March 4, 2025 my sodium was 182 mmol/L.",
        Wrong("182 mmol/L", "amount-differs", "value-differs", "128 mmol/L"),
    ),
    (
        "On June 16, 2025 my cortisol was 2.1 ug/dL.",
        Wrong("2.1 ug/dL", "amount-differs", "value-differs", "14.2 ug/dL (2025-06-16"),
    ),
    (
        "On September 9, 2025 my sodium was 139 mmol/L.",
        Wrong(
            "September 9, 2025", "date-differs", "value-of-another-date", "2025-06-16 (sodium 139"
        ),
    ),
    (
        "On June 16, 2025 my cortisol was 14.2 nmol/L.",
        Wrong("14.2 nmol/L", "amount-differs", "unit-differs", "14.2 ug/dL"),
    ),
    (
        "On June 16, 2025 my cortisol was 293 nmol/L.",
        Wrong("293 nmol/L", "amount-differs", "value-differs", "14.2 ug/dL"),
    ),
    (
        "My cortisol was once 12.4 ug/dL.",
        Wrong("12.4 ug/dL", "amount-differs", "close-value", "14.2 ug/dL"),
    ),
    ("My aldosterone was 55 ng/dL.", Wrong("55 ng/dL", "unsupported-number", "not-found")),
    (
        "My cortisol was 14.2 ug/dL, that is 293 nmol/L.",
        Wrong("293 nmol/L", "total-does-not-add-up", "conversion-differs", "391.8 nmol/L"),
    ),
    (
        "My blood pressure was 98/52 on March 4, 2025.",
        Wrong("98", "amount-differs", "close-value", "88 mm[Hg]"),
    ),
    (
        "I weighed 62.1 kg on June 16, 2025.",
        Wrong("62.1 kg", "amount-differs", "value-differs", "61.2 kg"),
    ),
    (
        "On March 4, 2025 my sodium was 128 mmol/L, my potassium 5.4 mmol/L and my glucose 26 mg/dL.",
        Wrong("26 mg/dL", "amount-differs", "value-differs", "62 mg/dL"),
    ),
    (
        "On January 14, 2026 the average cortisol was 12.2 ug/dL.",
        Wrong("12.2 ug/dL", "amount-differs", "value-differs"),
    ),
    (
        "On January 14, 2026 cortisol was 11.0 ug/dL at 07:00, 31.0 at 10:00 and 9.6 at 14:00.",
        Wrong("31.0", "amount-differs", "value-differs", "13 ug/dL"),
    ),
    (
        "My temperature was 39.5 °C on March 4, 2025.",
        Wrong("39.5 °C", "amount-differs", "value-differs", "38.5 Cel"),
    ),
    (
        "On March 4, 2025 sodium was 121 and potassium 5.4.",
        Wrong("121", "amount-differs", "value-differs", "128 mmol/L"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_labs_that_the_ledger_bears_pass(case: Case) -> None:
    """Rounded, in another unit of the analyte, as a mean, a difference or a reference range."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_labs_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with what is recorded for the day, or the closest value."""
    hold(case)


@pytest.mark.parametrize(("said", "wrong_ones"), [("4.5", []), ("4.9", ["4.9"])])
def test_a_value_of_a_later_day_of_the_stay_passes(said: str, wrong_ones: list[str]) -> None:
    """Of two days, and of no other value."""
    days = {"2025-03-04": ("127", "5.7"), "2025-03-05": ("141", "4.5")}
    ledger = known_from(
        *(
            Lab(at=parse_moment(day, HOME), analyte=analyte, value=Decimal(value), unit="mmol/L")
            for day, values in days.items()
            for analyte, value in zip(("sodium", "potassium"), values, strict=True)
        )
    )
    letter = (
        "On March 4, 2025 I was very ill. Sodium was 127 and potassium 5.7 mmol/L on arrival; "
        f"next morning they were 141 and {said}."
    )

    assert [f.text for f in found(letter, ledger)] == wrong_ones


def test_a_value_of_the_day_before_or_behind_makes_the_date_wrong() -> None:
    """The day has another value of its own; the stated one is of its neighbour."""
    ledger = known_from(
        *(
            Lab(
                at=parse_moment(day, HOME), analyte="potassium", value=Decimal(value), unit="mmol/L"
            )
            for day, value in (("2025-03-04", "5.7"), ("2025-03-05", "4.5"))
        )
    )

    (finding,) = found("On March 5, 2025 my potassium was 5.7 mmol/L.", ledger)

    assert (finding.rule, finding.text) == ("date-differs", "March 5, 2025")
    assert "2025-03-04" in finding.suggestion
