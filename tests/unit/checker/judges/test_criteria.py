"""How many of the plan's criteria are met: of the five, its notice marks two."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "The plan applied five criteria and found three of them not met.",
    "Two of the five criteria are met.",
    "The plan says that three of the five criteria are not met.",
    "I meet all five criteria.",
    "The notice marks 2 of its 5 criteria as met.",
    "Three criteria are marked as not met.",
    "The plan has five criteria.",
    "I meet the criteria, as four letters of my doctors say.",
)
WRONG = wrong(
    (
        "The plan applied five criteria and found two of them not met.",
        Wrong("two", "count-differs", "criteria-met", "3"),
    ),
    ("Four of the five criteria are met.", Wrong("Four", "count-differs", "criteria-met", "2")),
    (
        "The notice marks 3 of its 5 criteria as met.",
        Wrong("3", "count-differs", "criteria-met", "2"),
    ),
    ("Four criteria are marked as not met.", Wrong("Four", "count-differs", "criteria-met", "2")),
    ("I meet four of the five criteria.", Wrong("four", "count-differs", "criteria-met", "2")),
)


@pytest.mark.parametrize("case", RIGHT)
def test_criteria_that_the_ledger_bears_pass(case: Case) -> None:
    """Met, not met, all of them, or a number that counts something else."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_criteria_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """With how many the notice marks as met."""
    hold(case)
