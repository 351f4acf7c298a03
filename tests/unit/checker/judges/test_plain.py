"""Numbers without a unit: what they are is in the words, the column or the series around them."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "Is about 540 normal?",
    "Exhibits: 1 authorization; 2 denial letter; 3 hospital stays; 4 emergency visits.",
    "| | oral | pump |\n|---|---|---|\n| per 30 days | about 2.1 | about 0.6 |",
    "I saw 4 doctors.",
    "On March 4, 2025 I came to the emergency room at 6.15 h.",
    "I took 30 mg/d (15/10/5).",
    "| Time | mg |\n|---|---|\n| 07:00 | 15 |\n| 12:30 | 10 |",
    "The questionnaire is scored on a scale from 30 to 120.",
    "| Exhibit | Value |\n|---|---|\n| 77 | AddiQoL 84 |",
)
WRONG = wrong(
    (
        "I have used 148 infusion sets.",
        Wrong("148", "unsupported-number", "not-found"),
    ),
    (
        "On March 4, 2025 I came to the emergency room at 9.25 h.",
        Wrong("9.25 h", "date-differs", "clock-differs", "06:15"),
    ),
    (
        "I took 30 mg/d (15/12/5).",
        Wrong("12", "amount-differs", "dose-not-found", "10 mg"),
    ),
    (
        "| Time | mg |\n|---|---|\n| 07:00 | 15 |\n| 12:30 | 12 |",
        Wrong("12", "amount-differs", "dose-not-found", "10 mg"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_numbers_that_the_ledger_bears_or_does_not_speak_of_pass(case: Case) -> None:
    """Doses of a series or a column, a time with a point, a scale, the number of an exhibit."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_numbers_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with what is recorded, where something is."""
    hold(case)
