"""Percentages and ratios: they follow from figures beside them, or from the ledger."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "The stays were billed at more than double that.",
    "On the pump the daily dose is 24 mg, which is 20 percent less than the last tablet dose.",
    "My AddiQoL score rose from 68 to 84, an increase of 24 percent.",
    "The dose fell from 30 mg to 24 mg per day, a reduction of 20 percent.",
    "My fatigue is down 40 percent.",
    "This was calculated with a 95 % confidence interval.",
    "The dose was halved from 10 mg to 5 mg.",
    "The dose was reduced by a fifth, from 30 mg to 24 mg per day.",
    "On September 9, 2025 my HbA1c was 5.4 %.",
    "My AddiQoL score was 24 percent higher on the pump.",
    "My dose is 80 percent of what it was.",
)
WRONG = wrong(
    (
        "On the pump my dose is 25 percent less than the last tablet dose.",
        Wrong("25 percent", "unsupported-number", "share-of-nothing"),
    ),
    (
        "My AddiQoL score rose from 68 to 84, an increase of 42 percent.",
        Wrong("42 percent", "total-does-not-add-up", "share-differs", "24 %"),
    ),
    (
        "The dose fell from 30 mg to 24 mg per day, a reduction of 12 percent.",
        Wrong("12 percent", "total-does-not-add-up", "share-differs", "20 %"),
    ),
    (
        "The dose was halved from 30 mg to 24 mg per day.",
        Wrong("halved", "total-does-not-add-up", "share-differs", "0.8 times"),
    ),
    (
        "The dose was reduced by a third, from 30 mg to 24 mg per day.",
        Wrong("by a third", "total-does-not-add-up", "share-differs"),
    ),
    (
        "My sleep is 63 percent better.",
        Wrong("63 percent", "unsupported-number", "share-of-nothing"),
    ),
    ("On September 9, 2025 my HbA1c was 4.5 %.", Wrong("4.5 %", "unsupported-number", "not-found")),
    (
        "My AddiQoL score doubled from 68 to 84.",
        Wrong("doubled", "total-does-not-add-up", "share-differs", "1.24 times"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_shares_that_the_ledger_bears_pass(case: Case) -> None:
    """A change, a part, a percentage that a record states, or a value in percent."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_shares_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the share that the figures give."""
    hold(case)
