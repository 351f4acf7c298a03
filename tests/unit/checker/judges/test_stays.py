"""Lengths of stay and days lost: judges `stays`, `absences`, `sums` (the ledger of `bills`).

Stays of 4 nights (August 3 to 7, 2024) and 3 nights (January 22 to 25, 2025): 7 nights, 5 + 4 = 9
calendar days. Days lost: 3 from August 8, 2024, 2 from January 27, 2025, half of
September 15, 2025.
"""

import pytest

from tests.unit.checker.judges.bills import costly
from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

_COUNTED = "count-differs"
_BOTH = "I was admitted on August 3, 2024 for 4 nights and on January 22, 2025 for "
_ADDED = (
    "I lost 3 days of work in August 2024, 2 days in January 2025 and half a day in September 2025,"
    " that is "
)
RIGHT = right(
    "I spent 7 nights in hospital.",
    "I spent 9 days in hospital.",
    "I was in the hospital for four nights from August 3, 2024.",
    "From August 3, 2024 I had a five-day stay.",
    "I had two stays of 4 and 3 nights.",
    _BOTH + "3 nights, 7 nights in all.",
    "I lost 3 days of work from August 8, 2024.",
    "I lost half a day of work on September 15, 2025.",
    "I lost 5.5 days of work.",
    "In 2024 I lost 3 days of work.",
    _ADDED + "5.5 days.",
)
WRONG = wrong(
    (
        "I spent 12 nights in hospital.",
        Wrong("12 nights", _COUNTED, _COUNTED, "7 nights in hospital"),
    ),
    (
        "I spent 15 days in hospital.",
        Wrong("15 days", _COUNTED, _COUNTED, "9 days in hospital"),
    ),
    (
        "I was in the hospital for six nights from August 3, 2024.",
        Wrong("six nights", _COUNTED, "length-of-stay", "2024-08-03 to 2024-08-07, 4 nights"),
    ),
    (
        "From August 3, 2024 I had a eleven-day stay.",
        Wrong("eleven-day", _COUNTED, "length-of-stay", "2024-08-03 to 2024-08-07, 4 nights"),
    ),
    (
        _BOTH + "6 nights.",
        Wrong("6 nights", _COUNTED, "length-of-stay", "2025-01-22 to 2025-01-25, 3 nights"),
    ),
    (
        _BOTH + "3 nights, 9 nights in all.",
        Wrong("9 nights", "total-does-not-add-up", "parts-differ", "7"),
    ),
    (
        "I lost 6 days of work from August 8, 2024.",
        Wrong("6 days", _COUNTED, "days-lost", "3 days from 2024-08-08"),
    ),
    (
        "I lost 8.5 days of work.",
        Wrong("8.5 days", _COUNTED, _COUNTED, "5.5 days of work lost"),
    ),
    (
        "In 2024 I lost 5 days of work.",
        Wrong("5 days", _COUNTED, _COUNTED, "3 days of work lost from 2024-01-01 to 2024-12-31"),
    ),
    (
        _ADDED + "7.5 days.",
        Wrong("7.5 days", "total-does-not-add-up", "parts-differ", "5.5"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_lengths_that_the_ledger_bears_pass(case: Case) -> None:
    """Of one stay or absence, of all, in nights and in calendar days, added up."""
    hold(case, costly())


@pytest.mark.parametrize("case", WRONG)
def test_lengths_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the days that are recorded."""
    hold(case, costly())
