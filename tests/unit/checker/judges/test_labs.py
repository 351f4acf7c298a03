"""Laboratory values, weight and blood pressure against the records of their day."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
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
