"""Month by month, so that a bad run shows."""

from datetime import date
from decimal import Decimal

import pytest

from cortipump.evidence.months import calendar_months, worst_month
from cortipump.evidence.result import MEASURES
from cortipump.quantities.span import DateSpan


def test_every_month_is_there(book):
    """24 months from March 2024 to February 2026, each with every measure."""
    months = book.compare().months

    assert (months[0].month, months[-1].month, len(months)) == ("2024-03", "2026-02", 24)
    assert all(tuple(month.counts) == MEASURES for month in months)
    assert not any(month.part for month in months)
    assert {month.window for month in months} == {"before", "after"}


def test_partial_months_are_said(book):
    """Around 15 March: the first, the last and the shared month."""
    months = book.compare("2025-03-15").months

    assert [month.month for month in months if month.part] == ["2024-03", "2026-03"]
    assert [month.month for month in months if month.window == "both"] == ["2025-03"]


def test_months_add_up_to_the_windows(book):
    """Every count of the windows is found again in the months."""
    book.visit("emergency", "2024-05-05")
    book.visit("emergency", "2024-05-05", source="b")
    book.visit("emergency", "2025-05")
    book.visit("inpatient", "2025-02-25", "2025-03-05")
    book.injection("2024-07-01")
    book.work("2025-02-27", "2025-03-02", "4")

    result = book.compare()

    for measure in MEASURES:
        total = sum(month.counts[measure] for month in result.months)
        windows = result.before.counts[measure].value + result.after.counts[measure].value
        assert total == windows, measure


def test_the_months_of_a_stay_across_the_border(book):
    """25 February to 5 March: 4 midnights in February, 4 in March, by hand."""
    book.visit("inpatient", "2025-02-25", "2025-03-05")
    book.work("2025-02-27", "2025-03-02", "4")

    months = {month.month: month.counts for month in book.compare().months}

    assert (months["2025-02"]["bed_days"], months["2025-03"]["bed_days"]) == (4, 4)
    assert months["2025-02"]["inpatient_stays"] == 1
    assert months["2025-03"]["inpatient_stays"] == 0
    assert months["2025-02"]["work_days_lost"] == Decimal(2)


def test_a_year_is_in_its_window_and_in_no_month(book, caveat_ids):
    """Counted in before, missing from the months, and said so."""
    visit = book.visit("emergency", "2024")

    result = book.compare(before_days=500)

    assert result.before.counts["emergency_visits"].value == 1
    assert not any(month.counts["emergency_visits"] for month in result.months)
    assert caveat_ids(result)["vague-month"] == (visit,)


def test_calendar_months_across_a_year():
    """December is followed by January."""
    span = DateSpan(date(2024, 11, 20), date(2025, 2, 1))

    assert [month.from_ for month in calendar_months(span)] == [
        date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "flagged"),
    [
        (("2024-03-05", "2024-03-20", "2024-08-01"), True),
        (("2024-08-05", "2024-08-20", "2024-03-05"), False),
        (("2024-03-05", "2024-08-05"), False),
        (("2024-03-05", "2024-03-06", "2024-08-05", "2024-08-06"), False),
    ],
)
def test_a_start_at_the_worst_month_is_flagged(book, caveat_ids, days, flagged):
    """The window starts on 1 March: a lone worst month of two events or more, near the start."""
    for day in days:
        book.visit("emergency", day)

    result = book.compare()

    assert ("starts-at-worst-month" in caveat_ids(result)) is flagged
    assert (worst_month(result.months, result.before.span) is None) is (len(days) in {2, 4})
