"""Times of day, ages and lengths of time."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "I arrived at the emergency room at 6:15 am on March 4, 2025.",
    "On March 4, 2025 I came to the emergency room at 06:15 and left at 14:50.",
    "I arrived at the emergency room at about 6 am on March 4, 2025.",
    "I arrived at the emergency room at a quarter past six in the morning on March 4, 2025.",
    "I was given the injection at 5:40 am.",
    "I take tablets at 07:00, 12:30 and 17:00.",
    "You can reach me on weekdays from 9:30 am.",
    "I am 41 years old.",
    "I am a 41-year-old woman.",
    "I was 35 years old when I was diagnosed.",
    "My son is 9 years old.",
    "I have had Addison's disease for six years.",
    "I have worn the pump for eleven months.",
    "I spent 8 hours and 35 minutes in the emergency room.",
    # Alone, a length of time may be of anything.
    "I have had Addison's disease for nine years.",
    "The price equals some 83 days of care.",
    "The visit of March 4, 2025 was 104 days before the blood draw of June 16, 2025.",
    # To the minute that of another day: it is the day that is wrong. Of two things: of either.
    "On June 16, 2025 my blood was drawn at 5:40 am.",
    "On March 4, 2025 I was given the injection at 9:17 am and was taken to the hospital for labs.",
)
WRONG = wrong(
    (
        "I arrived at the emergency room at 9:15 am on March 4, 2025.",
        Wrong("9:15 am", "date-differs", "clock-differs", "06:15"),
    ),
    (
        "I was given the injection at 3:20 am.",
        Wrong("3:20 am", "unsupported-number", "clock-not-found"),
    ),
    (
        "On September 9, 2025 my blood was drawn at 11:10 am.",
        Wrong("11:10 am", "unsupported-number", "clock-not-recorded"),
    ),
    (
        "I arrived at the emergency room at about 9 am on March 4, 2025.",
        Wrong("9 am", "date-differs", "clock-differs", "08:10"),
    ),
    (
        "I am 47 years old.",
        Wrong("47 years old", "amount-differs", "age-differs", "41 on 2026-03-31"),
    ),
    (
        "I am a 52-year-old woman.",
        Wrong("52-year-old", "amount-differs", "age-differs", "41 on 2026-03-31"),
    ),
    (
        "I was 31 years old when I was diagnosed.",
        Wrong("31 years old", "amount-differs", "age-differs", "born 1984-05-17"),
    ),
    (
        "Between March 4, 2025 and June 16, 2025, 200 days went by.",
        Wrong("200 days", "unsupported-number", "duration-not-found"),
    ),
    (
        "I spent 11 hours in the emergency room.",
        Wrong("11 hours", "unsupported-number", "duration-not-found"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_times_that_the_ledger_bears_pass(case: Case) -> None:
    """Exact, rounded, in words, of no event at all, or of somebody else."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_times_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with what is recorded, where something is."""
    hold(case)
