"""The last day for an appeal: the notice's own clock, from its receipt where it says so."""

from datetime import date

import pytest

from cortipump.checker.known.known import Known
from cortipump.quantities.moment import Moment
from cortipump.record.facts import Decision
from tests.unit.checker.judges.ledger import Case, Wrong, hold, known_from, right, wrong


def _denied(day: date, stated: str, received: date | None = None) -> Known:
    at = Moment(day.isoformat(), day)
    return known_from(
        Decision(line="pump", outcome="denied", at=at, received=received, stated_deadline=stated)
    )


def _late(day: str, sentence: str, suggestion: str) -> tuple[str, Wrong]:
    return sentence.format(day), Wrong(day, "date-differs", "deadline-differs", suggestion)


LAST = "The last day for this appeal is {}."
EXTERNAL = "The deadline for the external appeal is {}."
# Received on February 14, 2026: 180 days later is August 13, a Thursday. Counted from the notice
# of February 10 it would be August 9. Four months, for an external review, end on June 14, a
# Sunday.
RECEIVED = [
    *right(
        LAST.format("August 13, 2026"),
        "My appeal must be filed no later than August 13, 2026.",
        EXTERNAL.format("June 14, 2026"),
        EXTERNAL.format("June 15, 2026"),
        "Three months from receipt end on May 14, 2026, the last day for the appeal.",
        "I have 180 days to appeal, til aug 13.",
        "The 180 days, counted from receipt on February 14, run to August 13, 2026.",
    ),
    *wrong(
        _late("August 9, 2026", LAST, "2026-08-13 (180 days"),
        _late(
            "August 12, 2026",
            "The 180 days, counted from receipt on February 14, run to {}.",
            "2026-08-13",
        ),
        _late("September 30, 2026", LAST, "counted from 2026-02-14"),
        _late("August 14, 2026", "My appeal must be filed no later than {}.", "2026-08-13"),
        _late("June 16, 2026", EXTERNAL, ""),
        _late("May 24, 2026", "Three months from receipt end on {}, the last day to appeal.", ""),
    ),
]
# Of March 12, 2026: thirty days later is April 11, a Saturday; the Monday after it is the 13th.
SATURDAY = [
    *right(LAST.format("April 11, 2026"), LAST.format("April 13, 2026")),
    *wrong(
        _late("April 12, 2026", LAST, "2026-04-11"),
        _late("April 14, 2026", LAST, "2026-04-11"),
        _late("April 10, 2026", LAST, "counted from 2026-03-12"),
    ),
]
# Of December 31, 2025: there is no April 31, so four months end on May 1, a Friday. 120 days end on
# April 30: 31 of January, 28 of February, 31 of March and 30 of April.
MONTH_END = [
    *right(LAST.format("April 30, 2026"), EXTERNAL.format("May 1, 2026")),
    *wrong(_late("May 4, 2026", EXTERNAL, "")),
]


@pytest.mark.parametrize("case", RECEIVED)
def test_days_from_receipt_are_counted_from_receipt(case: Case) -> None:
    """Not from the date of the notice."""
    hold(case, _denied(date(2026, 2, 10), "180 days from receipt", date(2026, 2, 14)))


@pytest.mark.parametrize("case", SATURDAY)
def test_a_clock_that_ends_on_a_weekend_may_end_on_the_monday(case: Case) -> None:
    """The plan's day and the Monday after it pass, no other."""
    hold(case, _denied(date(2026, 3, 12), "30 calendar days"))


@pytest.mark.parametrize("case", MONTH_END)
def test_months_end_on_the_first_where_there_is_no_such_day(case: Case) -> None:
    """The same day of the month, else the first of the next."""
    hold(case, _denied(date(2025, 12, 31), "120 days"))


@pytest.mark.parametrize("stated", ["", "see the enclosed sheet"])
def test_without_a_clock_no_deadline_is_judged(stated: str) -> None:
    """What the notice does not say is not held against the letter."""
    hold(Case(LAST.format("August 9, 2026")), _denied(date(2026, 2, 10), stated))
