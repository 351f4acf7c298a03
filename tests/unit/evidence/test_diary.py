"""Rescue injections and days lost from work."""

from decimal import Decimal

import pytest


def test_rescue_injections_are_counted_and_compared(book):
    """Three before, one after, exact: ratio a third."""
    for day in ("2024-05-01", "2024-06-01T03:00", "2024-07"):
        book.injection(day)
    given = book.injection("2025-05-01")

    result = book.compare()

    assert result.before.counts["rescue_injections"].value == 3
    assert result.after.counts["rescue_injections"].fact_ids == (given,)
    (row,) = [c for c in result.comparisons if c.measure == "rescue_injections"]
    assert row.reading == "all_causes"
    assert row.rate_ratio == pytest.approx(1 / 3)
    assert row.ci_high is not None


def test_an_undated_injection_is_listed(book, caveat_ids):
    """It lies in no window and is not forgotten."""
    given = book.injection("")

    assert caveat_ids(book.compare())["undated"] == (given,)


def test_days_of_work_are_shared_at_a_border(book):
    """26 February to 2 March: five days, three before and two after."""
    book.work("2025-02-26", "2025-03-02", "5")

    result = book.compare()

    assert result.before.counts["work_days_lost"].value == Decimal(3)
    assert result.after.counts["work_days_lost"].value == Decimal(2)


def test_half_days_and_uneven_shares_are_exact_to_hundredths(book):
    """1 of 3 calendar days before: 0.5 / 3 = 0.17, and 0.33 after (by hand)."""
    book.work("2025-02-28", "2025-03-02", "0.5")

    result = book.compare()

    assert result.before.counts["work_days_lost"].value == Decimal("0.17")
    assert result.after.counts["work_days_lost"].value == Decimal("0.33")


def test_days_without_an_end_run_on_from_their_first(book):
    """Four days from 27 February: two before, two after."""
    book.work("2025-02-27", "", "4")

    result = book.compare()

    assert result.before.counts["work_days_lost"].value == 2
    assert result.after.counts["work_days_lost"].value == 2


def test_an_unknown_number_of_days_is_no_zero(book, caveat_ids):
    """The entry stands in a caveat and in no count."""
    entry = book.work("2025-04-01", "2025-04-09")

    result = book.compare()

    assert result.after.counts["work_days_lost"].fact_ids == ()
    assert caveat_ids(result)["work-days-unknown"] == (entry,)


def test_a_vague_month_across_the_border_is_listed(book, caveat_ids):
    """A year that holds both windows belongs to neither."""
    entry = book.work("2025", "", "10")

    result = book.compare()

    assert result.before.counts["work_days_lost"].value == 0
    assert result.after.counts["work_days_lost"].value == 0
    assert caveat_ids(result)["vague-dates"] == (entry,)


def test_days_of_work_have_a_ratio_without_an_interval(book):
    """Days cluster: 10 before, 5 after, ratio one half, no limits."""
    book.work("2024-05-01", "2024-05-14", "10")
    book.work("2025-05-01", "2025-05-07", "5")

    (row,) = [c for c in book.compare().comparisons if c.measure == "work_days_lost"]

    assert row.rate_ratio == pytest.approx(0.5)
    assert (row.ci_low, row.ci_high, row.p_central) == (None, None, None)
    assert "no interval" in row.method


def test_an_undated_entry_without_days_is_listed_once(book, caveat_ids):
    """Neither when nor how much is known: it stands among the undated."""
    entry = book.work("")

    ids = caveat_ids(book.compare())

    assert ids["undated"] == (entry,)
    assert "work-days-unknown" not in ids
