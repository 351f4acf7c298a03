"""After against before: the contract's example, days at risk, and what has no interval."""

import pytest


def rows(result, measure, reading="all_causes"):
    """The comparisons of one measure and reading."""
    return [c for c in result.comparisons if (c.measure, c.reading) == (measure, reading)]


def test_the_example_of_the_contract(book):
    """Seven emergency visits before, one after: 0.143 (0.003 to 1.11), coverage.md 8.3."""
    for month in range(4, 11):
        book.visit("emergency", f"2024-{month:02d}-05")
    book.visit("emergency", "2025-06-05")

    (row,) = rows(book.compare(), "emergency_visits")

    assert (row.before, row.after, row.days_before, row.days_after) == (7, 1, 365, 365)
    assert round(row.rate_ratio, 3) == 0.143
    assert (round(row.ci_low, 3), round(row.ci_high, 2)) == (0.003, 1.11)
    assert row.method == "exact conditional Poisson"


def test_days_in_hospital_are_no_days_at_risk_of_a_new_stay(book):
    """Ten midnights before and two after leave 355 and 363 days; emergency visits keep 365."""
    book.visit("inpatient", "2024-05-01", "2024-05-11")
    book.visit("inpatient", "2025-05-01", "2025-05-03")
    book.visit("emergency", "2024-08-01")

    result = book.compare()

    (stays,) = rows(result, "inpatient_stays")
    (visits,) = rows(result, "emergency_visits")
    assert (stays.days_before, stays.days_after) == (355, 363)
    assert stays.rate_ratio == pytest.approx(355 / 363)
    assert (visits.days_before, visits.days_after) == (365, 365)


def test_bed_days_have_a_ratio_without_an_interval(book):
    """Ten midnights before, two after: 0.2, and no limits because such days cluster."""
    book.visit("inpatient", "2024-05-01", "2024-05-11")
    book.visit("inpatient", "2025-05-01", "2025-05-03")

    (row,) = rows(book.compare(), "bed_days")

    assert row.rate_ratio == pytest.approx(0.2)
    assert (row.ci_low, row.ci_high, row.p_central) == (None, None, None)
    assert row.method == "ratio of rates; no interval: days in hospital cluster"


@pytest.mark.safety("S5")
def test_nothing_before_leaves_counts_only(book):
    """An undefined ratio is None, never zero or infinite."""
    book.visit("emergency", "2025-05-01")

    (row,) = rows(book.compare(), "emergency_visits")

    assert (row.before, row.after) == (0, 1)
    assert (row.rate_ratio, row.ci_low, row.ci_high, row.p_central) == (None,) * 4
    assert "no ratio" in row.method


def test_no_day_at_risk_leaves_counts_only(book):
    """A person in hospital for all of a window cannot be admitted in it."""
    book.visit("inpatient", "2024-02-01", "2025-03-05")

    (row,) = rows(book.compare(before_days=30), "inpatient_stays")

    assert row.days_before == 0
    assert row.rate_ratio is None


def test_every_reading_of_visits_is_compared_and_the_diary_once(book):
    """Three readings of emergency visits, stays and bed-days; two measures of the diary."""
    result = book.compare()

    pairs = [(c.measure, c.reading) for c in result.comparisons]
    assert len(pairs) == len(set(pairs)) == 11
    assert sum(measure == "rescue_injections" for measure, _ in pairs) == 1


def test_unequal_windows_are_compared_by_rate(book):
    """1 in 180 days against 6 in 365: 0.338 (0.0073 to 2.7856), coverage.md 8.3."""
    for month in range(4, 10):
        book.visit("emergency", f"2024-{month:02d}-05")
    book.visit("emergency", "2025-06-05")

    (row,) = rows(book.compare(after_days=180), "emergency_visits")

    assert round(row.rate_ratio, 4) == 0.338
    assert (round(row.ci_low, 4), round(row.ci_high, 4)) == (0.0073, 2.7856)
