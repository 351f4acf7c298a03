"""Records that may be one visit: the count that speaks against the pump, and both shown."""

import pytest


@pytest.mark.safety("S5")
def test_a_possible_duplicate_counts_once_before_and_twice_after(book, caveat_ids):
    """The same day in two sources, on both sides of the index date."""
    before = (
        book.visit("emergency", "2024-06-02"),
        book.visit("emergency", "2024-06-02", source="b"),
    )
    after = (
        book.visit("emergency", "2025-06-02"),
        book.visit("emergency", "2025-06-02", source="b"),
    )

    result = book.compare()

    early = result.before.counts["emergency_visits"]
    late = result.after.counts["emergency_visits"]
    assert (early.fewest, early.value, early.most) == (1, 1, 2)
    assert (late.fewest, late.value, late.most) == (1, 2, 2)
    assert early.fact_ids == before
    assert late.fact_ids == after
    assert set(caveat_ids(result)["possible-duplicates"]) == {*before, *after}
    (text,) = [c.text for c in result.caveats if c.id == "possible-duplicates"]
    assert "Before: 1 to 2 emergency visits." in text
    assert "After: 1 to 2 emergency visits." in text


def test_the_same_stay_in_two_sources_is_marked_and_its_nights_are_not_doubled(book):
    """Two records of one stay after: two stays at most, three bed-days in any case."""
    book.visit("inpatient", "2025-06-02", "2025-06-05")
    book.visit("inpatient", "2025-06-02", "2025-06-05", source="b")

    counts = book.compare().after.counts

    stays, nights = counts["inpatient_stays"], counts["bed_days"]
    assert (stays.fewest, stays.value, stays.most) == (1, 2, 2)
    assert (nights.fewest, nights.value, nights.most) == (3, 3, 3)


def test_two_lengths_of_one_stay_give_fewest_and_most_bed_days(book):
    """3 or 5 midnights by hand: before takes 3, and shows 5."""
    book.visit("inpatient", "2024-06-02", "2024-06-05")
    book.visit("inpatient", "2024-06-02", "2024-06-07", source="b")

    nights = book.compare().before.counts["bed_days"]

    assert (nights.fewest, nights.value, nights.most) == (3, 3, 5)


def test_a_duplicate_across_the_index_date_is_certain_in_neither_window(book):
    """Dated a day apart by UTC: before counts none, after counts one."""
    book.visit("emergency", "2025-02-28")
    book.visit("emergency", "2025-03-01T14:00:00+00:00", source="b")

    result = book.compare()

    assert result.before.counts["emergency_visits"].value == 0
    assert result.before.counts["emergency_visits"].most == 1
    assert result.after.counts["emergency_visits"].value == 1
    assert result.after.counts["emergency_visits"].fewest == 0


def test_a_duplicate_of_an_emergency_visit_that_was_admitted_is_no_visit_at_fewest(book):
    """Seen in two sources, admitted in one: before counts the stay only."""
    book.visit("emergency", "2024-06-02T08:00", "2024-06-02T12:00")
    book.visit("inpatient", "2024-06-02T12:00", "2024-06-05T12:00")
    book.visit("emergency", "2024-06-02T07:30", "2024-06-02T11:00", source="b")

    counts = book.compare().before.counts

    assert counts["inpatient_stays"].value == 1
    assert counts["emergency_visits"].value == 0


def test_visits_decided_to_be_distinct_are_two(book):
    """`distinct` settles the matter: two before as well."""
    book.visit("emergency", "2024-06-02")
    book.visit("emergency", "2024-06-02", source="b", distinct=True)

    count = book.compare().before.counts["emergency_visits"]

    assert (count.fewest, count.value, count.most) == (2, 2, 2)


def test_two_visits_of_one_day_in_two_sources_are_two_not_one(book):
    """Each source shows both: at fewest two visits, at most four."""
    for source in ("a", "b"):
        book.visit("emergency", "2024-06-02T06:00", "2024-06-02T09:00", source=source)
        book.visit("emergency", "2024-06-02T18:00", "2024-06-02T21:00", source=source)

    count = book.compare().before.counts["emergency_visits"]

    assert (count.fewest, count.most) == (2, 4)


def test_a_visit_of_unknown_kind_is_no_bridge(book):
    """It may be either of two visits on different days, which stay two."""
    book.visit("emergency", "2024-06-02", source="a")
    book.visit("unknown", "2024-06-02", "2024-06-03", source="b")
    book.visit("emergency", "2024-06-03", source="c")

    count = book.compare().before.counts["emergency_visits"]

    assert (count.fewest, count.most) == (2, 2)
