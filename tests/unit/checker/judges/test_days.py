"""Days, months, spans and vague dates: judges `days`, `months`, `periods`, `vague`, `nearby`.

The ledger of `bills`; `topics` decides what a date is of.
"""

import pytest

from tests.unit.checker.judges.bills import costly
from tests.unit.checker.judges.ledger import Case, Wrong, hold, known, right, wrong

_NOTHING, _OTHER = "nothing-that-day", "other-days"
RIGHT = right(
    "The plan was called last October (2nd).",
    "Two trials of 2014 are enclosed.",
    "I went to the emergency room on May 12, 2024 (discharged at 13:00).",
    "2024. 5. 12. I went to the emergency room.",
    "On May 12, 2024 I went to the emergency room.",
    "I was admitted on August 3, 2024.",
    "I was discharged on August 7, 2024.",
    "On August 5, 2024, still in hospital, I was given fluids.",
    "On May 12, 2024 I went to the emergency room, and on August 3, 2024 I was admitted.",
    "I called the plan on October 2, 2025.",
    "On May 1, 2025 the pump was started.",
    "I was born on May 17, 1984.",
    "I was in hospital from August 3 to August 7, 2024.",
    "I took tablets from January 10, 2024 to May 1, 2025.",
    "I was off work from August 8 to August 10, 2024.",
    "In August 2024 I was admitted.",
    "I was admitted on August third, twenty twenty-four.",
    "In 2024 I was admitted to hospital.",
    "I was admitted in the past year.",
    "My next appointment is on June 2, 2026.",
    "This letter was reviewed and co-signed on March 27, 2026.",
    "Submitted March 24, 2026 by my brother.",
    "On 12 MAY 24 after midnight I went to the emergency room.",
    "Attached are the MAR pages for my injections.",
    "On the first Sunday of the New Year I was at the hospital.",
    "I was admitted once this yr.",
    "I may be admitted to hospital next winter.",
)
WRONG = wrong(
    (
        "Sometime last winter I started on the loaner pump.",
        Wrong("Sometime last winter", "date-differs", "vague-date"),
    ),
    (
        "One day in the winter I fainted at home.",
        Wrong("in the winter", "date-differs", "vague-date"),
    ),
    (
        "2024. 5. 21. I went to the emergency room.",
        Wrong("2024. 5. 21.", "date-differs", "nothing-that-day", "2024-05-12"),
    ),
    (
        "On May 21, 2024 I went to the emergency room.",
        Wrong("May 21, 2024", "date-differs", _NOTHING, "2024-05-12 (emergency visit"),
    ),
    (
        "I was admitted on August 7, 2024.",
        Wrong("August 7, 2024", "date-differs", "end-called-start", "2024-08-03"),
    ),
    (
        "I was admitted on August third, twenty twenty-five.",
        Wrong("August third, twenty twenty-five", "date-differs", _NOTHING, "2024-08-03"),
    ),
    (
        "I was admitted on August 5, 2024.",
        Wrong("August 5, 2024", "date-differs", _NOTHING, "2024-08-03"),
    ),
    (
        "I was discharged on August 9, 2024.",
        Wrong("August 9, 2024", "date-differs", _NOTHING, "2024-08-03 (inpatient stay"),
    ),
    (
        "On May 12, 2024 I went to the emergency room, and on August 13, 2024 I was admitted.",
        Wrong("August 13, 2024", "date-differs", _NOTHING, "2024-08-03"),
    ),
    (
        "On 21 MAY 24 after midnight I went to the emergency room.",
        Wrong("21 MAY 24", "date-differs", _NOTHING, "2024-05-12 (emergency visit"),
    ),
    (
        "I was sent to the hospital on March 27, 2026.",
        Wrong("March 27, 2026", "unsupported-number", "date-not-found"),
    ),
    (
        "Around New Year I was admitted to hospital.",
        Wrong("Around New Year", "date-differs", "vague-date"),
    ),
    (
        "On February 30, 2025 I went to the emergency room.",
        Wrong("February 30, 2025", "date-differs", "impossible-date"),
    ),
    (
        "I called the plan on October 3, 2025.",
        Wrong("October 3, 2025", "date-differs", _NOTHING, "2025-10-02 (call with the plan"),
    ),
    (
        "On June 1, 2025 the pump was started.",
        Wrong("June 1, 2025", "date-differs", _NOTHING, "2025-05-01"),
    ),
    (
        "I was born on May 17, 1985.",
        Wrong("May 17, 1985", "date-differs", _NOTHING, "1984-05-17"),
    ),
    (
        "I was in hospital from August 3 to August 9, 2024.",
        Wrong("from August 3 to August 9, 2024", "date-differs", _OTHER, "2024-08-03, 2024-08-07"),
    ),
    (
        "I was in hospital from August 5 to August 7, 2024.",
        Wrong("from August 5 to August 7, 2024", "date-differs", _OTHER, "2024-08-03, 2024-08-07"),
    ),
    (
        "I took tablets from February 14, 2024 to May 1, 2025.",
        Wrong("from February 14, 2024 to May 1, 2025", "date-differs", _OTHER, "2024-01-10"),
    ),
    (
        "I was off work from August 8 to August 15, 2024.",
        Wrong("from August 8 to August 15, 2024", "date-differs", _OTHER, "2024-08-08, 2024-08-10"),
    ),
    (
        "In October 2024 I was admitted.",
        Wrong("October 2024", "unsupported-number", "date-not-found"),
    ),
    (
        "In 2021 I was admitted to hospital.",
        Wrong("2021", "unsupported-number", "date-not-found"),
    ),
    (
        "Last November I went to the emergency room.",
        Wrong("Last November", "date-differs", "vague-date"),
    ),
    (
        "I was admitted recently.",
        Wrong("recently", "date-differs", "vague-date"),
    ),
)
# The ledger of `ledger`: a denial of February 10, 2026, received on February 14.
NOTICE_RIGHT = right(
    "The denial dated February 10, 2026 is wrong.",
    "I received the denial on February 14, 2026.",
    "Your letter of February 10, 2026 (it got here February 14) denied the pump.",
)
NOTICE_WRONG = wrong(
    (
        "Your letter of February 10, 2026 (it got here February 12) denied the pump.",
        Wrong("February 12", "date-differs", "nothing-that-day", "2026-02-10"),
    ),
    (
        "The denial dated February 14, 2026 is wrong.",
        Wrong("February 14, 2026", "date-differs", "notice-or-receipt", "2026-02-10"),
    ),
    (
        "I received the denial on February 10, 2026.",
        Wrong("February 10, 2026", "date-differs", "notice-or-receipt", "2026-02-14"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_dates_that_the_ledger_bears_pass(case: Case) -> None:
    """Of a visit, a call, the pump, a birth; a month, a year, a day inside a stay, a plan."""
    hold(case, costly())


@pytest.mark.parametrize("case", WRONG)
def test_dates_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the day that is recorded close by, where there is one."""
    hold(case, costly())


@pytest.mark.parametrize("case", [*NOTICE_RIGHT, *NOTICE_WRONG])
def test_the_day_of_a_notice_is_not_that_of_its_receipt(case: Case) -> None:
    """Each of the two is told from the other by the word before it."""
    hold(case, known())
