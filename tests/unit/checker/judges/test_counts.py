"""How often something happened (the ledger of `bills`): judges `counts`, `tally`, `measures`.

Emergency visits 3 (two in 2024), hospital stays 2 (one in 2024), each of the five for a crisis;
before the pump of May 1, 2025 four of the five. Injections 2, calls 2, nights 4 + 3.
"""

import pytest

from tests.unit.checker.judges.bills import costly
from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

_COUNTED = "count-differs"
_YEARS = "| Visits | 2024 | 2025 |\n|---|---|---|\n"
RIGHT = right(
    "3.1 I ask for the pump.\n\n3.2 I enclose the papers.\n\n3.3 I had 3 emergency visits.",
    "Tabs: 1 Authorization. 2 Denial. 3 Records.",
    "I had three emergency visits: May 12, 2024, November 19, 2024 and September 14, 2025.",
    "I had rescue injections, two times: May 12, 2024 and January 22, 2025.",
    "I had two rescue injections and never more.",
    "The stay of August 3, 2024 is on file twice.",
    "I needed the rescue injection on May 12, 2024. In all I was admitted twice: in August 2024 and at the turn of January 2025.",
    "The crises were on:\n\n- May 12, 2024\n- August 3, 2024\n- November 19, 2024\n\nThat is three crises.",
    "I had 3 emergency visits. Enclosed are the papers of the three emergency visits.",
    "On the pump all went well. I had 4 visits to the hospital.",
    "In 2024 I had 2 emergency visits.",
    "In 2024 I was admitted once.",
    "I had 3 emergency visits and 2 hospital stays from May 12, 2024 to September 14, 2025.",
    "I had 5 adrenal crises.",
    "I had 2 rescue injections.",
    "I called the plan 2 times.",
    "I had 5 visits to the hospital.",
    "Before the pump I had 4 visits to the hospital.",
    "Emergency visits: 3",
    "I had three emergency visits (May 12, 2024, November 19, 2024 and September 14, 2025).",
    "I had 2-3 emergency visits.",
    "I had 3 emergency visits and 2 hospital stays, 5 visits in all.",
    "I take tablets three times a day.",
    _YEARS + "| Emergency visits | 2 | 1 |",
)
WRONG = wrong(
    (
        "I went there five times: May 12, 2024, November 19, 2024 and September 14, 2025.",
        Wrong("five times", "count-differs", "list-differs", "3"),
    ),
    (
        "I needed the rescue injection only once before the pump.",
        Wrong("once", "count-differs", "count-differs", "2 rescue injections"),
    ),
    (
        "In 2024 I had 2 emergency visits. The papers of the five emergency visits are enclosed.",
        Wrong("five", _COUNTED, _COUNTED, "3 emergency visits"),
    ),
    (
        "In 2024 I had 5 emergency visits.",
        Wrong("5", _COUNTED, _COUNTED, "2 emergency visits from 2024-01-01 to 2024-12-31"),
    ),
    (
        "In 2024 I was admitted four times.",
        Wrong("four times", _COUNTED, _COUNTED, "1 hospital stay from 2024-01-01 to 2024-12-31"),
    ),
    (
        "I had 6 emergency visits and 2 hospital stays from May 12, 2024 to September 14, 2025.",
        Wrong("6", _COUNTED, _COUNTED, "3 emergency visits from 2024-05-12 to 2025-09-14"),
    ),
    (
        "I had 9 adrenal crises.",
        Wrong("9", _COUNTED, _COUNTED, "5 adrenal crises"),
    ),
    (
        "I had 7 rescue injections.",
        Wrong("7", _COUNTED, _COUNTED, "2 rescue injections"),
    ),
    (
        "I called the plan 6 times.",
        Wrong("6 times", _COUNTED, "count-of-one-party", "2 calls with the plan"),
    ),
    (
        "I had 9 visits to the hospital.",
        Wrong("9", _COUNTED, _COUNTED, "5 visits"),
    ),
    (
        "Before the pump I had 8 visits to the hospital.",
        Wrong("8", _COUNTED, _COUNTED, "visits"),
    ),
    (
        "Emergency visits: 8",
        Wrong("8", _COUNTED, _COUNTED, "3 emergency visits"),
    ),
    (
        "I had 7-9 emergency visits.",
        Wrong("7-9", _COUNTED, _COUNTED, "3 emergency visits"),
    ),
    (
        _YEARS + "| Emergency visits | 2 | 5 |",
        Wrong("5", _COUNTED, _COUNTED, "3 emergency visits"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_counts_that_the_ledger_bears_pass(case: Case) -> None:
    """Over a time or the whole record, as a sum, a list or a range; years are no counts."""
    hold(case, costly())


@pytest.mark.parametrize("case", WRONG)
def test_counts_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the ledger's own count over that time."""
    hold(case, costly())
