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


@pytest.mark.parametrize(
    ("first", "second", "fewest"),
    [
        ("2024-06-01T03:00", "2024-06-01T03:00", 1),
        ("2024-06-01T03:00", "2024-06-01", 1),
        ("2024-06-01", "2024-06-01", 1),
        ("2024-06-01T03:00", "2024-06-01T09:00", 2),
        ("2024-06-01", "2024-06-02", 2),
        ("2024-06", "2024-06", 2),
    ],
)
def test_an_injection_noted_in_two_files_may_be_one(book, caveat_ids, first, second, fewest):
    """Im in one and IM in the other: one before at fewest, two at most, and a caveat."""
    ids = {book.injection(first), book.injection(second, source="b", route="IM")}

    result = book.compare()

    count = result.before.counts["rescue_injections"]
    assert (count.value, count.fewest, count.most) == (fewest, fewest, 2)
    assert set(caveat_ids(result).get("possible-duplicate-entries", ())) == (
        ids if fewest == 1 else set()
    )
    assert sum(month.counts["rescue_injections"] for month in result.months) == fewest


def test_after_the_larger_number_of_injections_counts(book):
    """The same note twice after: two; two of one file on one day are two in any case."""
    book.injection("2025-06-01T03:00")
    book.injection("2025-06-01T03:00", source="b")
    book.injection("2024-06-01")
    book.injection("2024-06-01")

    result = book.compare()

    assert result.after.counts["rescue_injections"].value == 2
    assert result.before.counts["rescue_injections"].fewest == 2


@pytest.mark.parametrize(
    ("second", "fewest", "most"),
    [
        (("2024-05-02", "2024-05-03", "2"), 3, 3),
        (("2024-05-03", "2024-05-05", "3"), 3, 5),
        (("2024-05-04", "2024-05-05", "2"), 5, 5),
        (("2024-05-01", "2024-05-03", "0.5"), 3, 3),
    ],
)
def test_days_of_work_in_two_files_never_exceed_the_days_they_cover(book, second, fewest, most):
    """1 to 3 May with all three days, and a second file: the union of days by hand."""
    book.work("2024-05-01", "2024-05-03", "3")
    book.work(*second, source="b")

    count = book.compare().before.counts["work_days_lost"]

    assert (count.value, count.fewest, count.most) == (fewest, fewest, most)


def test_half_days_of_one_day_add_up_to_that_day(book, caveat_ids):
    """Half and half is one; half, half and half is one too, and a caveat names all three."""
    two = [book.work("2025-05-01", "", "0.5") for _ in range(2)]
    three = [book.work("2025-06-01", "", "0.5") for _ in range(3)]

    result = book.compare()

    assert result.after.counts["work_days_lost"].value == 2
    assert caveat_ids(result)["work-days-capped"] == tuple(three)
    assert two[0] in result.after.counts["work_days_lost"].fact_ids
