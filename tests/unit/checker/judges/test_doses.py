"""Doses against the regimens, the injections and the words of the records."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "The daily dose is 6 mg, or 20%, below the last oral dose.",
    "The daily dose is 24 mg, i.e. 6 mg (20%) below the last oral dose.",
    "The dose is 24 mg/d, i.e. 20% less than the 30 mg by mouth.",
    "She gave herself 100 mg at a quarter past five.",
    "I took fludrocortisone zero point one milligram each morning.",
    "I took 30 mg a day in three doses of 15/10/5.",
    "I took 30 mg of hydrocortisone per day.",
    "My tablets were 15 mg at 7 am, 10 mg at 12:30 and 5 mg at 5 pm.",
    "The pump gives 24 mg/day.",
    "The pump delivers 1 mg/h.",
    "The dose went from 30 mg to 24 mg per day, that is 6 mg less.",
    "I carry 100 mg of hydrocortisone for an emergency injection.",
    "The injection on March 4, 2025 was 50 mg.",
    "The pump gives about 25 mg a day.",
    "I take 10 mg, 5 mg and 5 mg, that is 20 mg in all.",
    "I took 0.1 mg of fludrocortisone per day.",
    "Since May 1, 2025 the pump has given 24 mg/day.",
    "On May 1, 2025 the dose was lowered from 30 mg to 24 mg per day.",
)
WRONG = wrong(
    (
        "The daily dose is 7 mg, or 20%, below the last oral dose.",
        Wrong("7 mg", "amount-differs", "dose-differs"),
    ),
    (
        "The daily dose is 24 mg, i.e. 8 mg (20%) below the last oral dose.",
        Wrong("8 mg", "amount-differs", "dose-not-found"),
    ),
    (
        "I took fludrocortisone zero point two milligrams each morning.",
        Wrong("zero point two milligrams", "amount-differs", "dose-not-found", "0.1 mg"),
    ),
    (
        "Since May 1, 2025 I have taken 30 mg per day.",
        Wrong("30 mg per day", "amount-differs", "dose-differs", "24 mg per day"),
    ),
    (
        "I took 36 mg per day.",
        Wrong("36 mg per day", "amount-differs", "dose-differs", "30 mg per day"),
    ),
    (
        "The pump gives 18 mg/day.",
        Wrong("18 mg/day", "amount-differs", "dose-differs", "24 mg per day"),
    ),
    (
        "The pump delivers 2 mg/h.",
        Wrong("2 mg/h", "amount-differs", "dose-differs", "24 mg per day"),
    ),
    (
        "The injection on March 4, 2025 was 75 mg.",
        Wrong("75 mg", "amount-differs", "dose-not-found", "50 mg"),
    ),
    (
        "My tablets were 15 mg at 7 am, 12 mg at 12:30 and 5 mg at 5 pm.",
        Wrong("12 mg", "amount-differs", "dose-not-found", "10 mg"),
    ),
    (
        "The dose went from 30 mg to 24 mg per day, that is 8 mg less.",
        Wrong("8 mg", "amount-differs", "dose-not-found"),
    ),
    (
        "I carry 200 mg of hydrocortisone for an emergency injection.",
        Wrong("200 mg", "amount-differs", "dose-not-found", "50 mg"),
    ),
    (
        "I take 10 mg, 5 mg and 5 mg, that is 22 mg in all.",
        Wrong("22 mg", "amount-differs", "dose-not-found"),
    ),
    (
        "I took 0.3 mg of fludrocortisone per day.",
        Wrong("0.3 mg", "amount-differs", "dose-differs", "0.1 mg per day"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_doses_that_the_ledger_bears_pass(case: Case) -> None:
    """By day, by hour, at once, as a sum, as a change, and the guideline's emergency dose."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_doses_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the closest dose that is recorded."""
    hold(case)
