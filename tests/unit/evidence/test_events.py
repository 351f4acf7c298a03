"""Visits to events: what is one, what is two, and in which window."""

import msgspec
import pytest


def _after(book, measure):
    return book.compare().after.counts[measure]


def test_an_emergency_visit_counts_once(book):
    """A plain emergency visit is one emergency visit and nothing else."""
    visit = book.visit("emergency", "2025-04-02T08:00", "2025-04-02T12:00")

    counts = book.compare().after.counts

    assert (counts["emergency_visits"].value, counts["inpatient_stays"].value) == (1, 0)
    assert counts["emergency_visits"].fact_ids == (visit,)


@pytest.mark.parametrize("kind", ["office", "virtual", "other"])
def test_other_kinds_are_not_counted(book, kind):
    """Office, virtual and other visits are no events."""
    book.visit(kind, "2025-04-02")

    assert all(not count.value for count in book.compare().after.counts.values())


def test_urgent_care_is_counted_apart(book):
    """An urgent-care visit is not an emergency visit."""
    book.visit("urgent-care", "2025-04-02")

    counts = book.compare().after.counts

    assert (counts["urgent_care_visits"].value, counts["emergency_visits"].value) == (1, 0)


@pytest.mark.parametrize(
    ("emergency", "stay", "one_event"),
    [
        (("2025-04-02", "2025-04-02"), ("2025-04-02", "2025-04-05"), True),
        (("2025-04-02", "2025-04-03"), ("2025-04-03", "2025-04-05"), True),
        (("2025-04-02", "2025-04-02"), ("2025-04-03", "2025-04-05"), False),
        (("2025-04-02T20:00", "2025-04-02T23:30"), ("2025-04-03T01:00", "2025-04-05T10:00"), True),
        (("2025-04-02T20:00", "2025-04-02T23:30"), ("2025-04-03T23:29", "2025-04-05T10:00"), True),
        (("2025-04-02T20:00", "2025-04-02T23:30"), ("2025-04-03T23:30", "2025-04-05T10:00"), False),
        (("2025-04-02T23:30", ""), ("2025-04-03T00:00", "2025-04-05T10:00"), True),
        (("2025-04-05T20:00", "2025-04-05T23:00"), ("2025-04-02T08:00", "2025-04-05T10:00"), False),
        (("2025-04-02T20:00", "2025-04-02T22:00"), ("2025-04-02T08:00", "2025-04-02T15:00"), False),
    ],
)  # fmt: skip
def test_an_emergency_visit_that_becomes_an_admission_is_the_stay(book, emergency, stay, one_event):
    """Same day as its start or end, or less than 24 hours after its end; never after the stay."""
    first = book.visit("emergency", *emergency)
    second = book.visit("inpatient", *stay)

    counts = book.compare().after.counts

    assert counts["inpatient_stays"].value == 1
    assert counts["emergency_visits"].value == (0 if one_event else 1)
    assert counts["inpatient_stays"].fact_ids == ((first, second) if one_event else (second,))


@pytest.mark.parametrize(
    ("emergency", "stay", "emergencies"),
    [
        # boarded in the emergency department for two days, admitted on paper in between
        (("2025-04-01T23:00", "2025-04-03T02:00"), ("2025-04-02T10:00", "2025-04-06T10:00"), 0),
        (("2025-04-01T23:00", "2025-04-03T02:00"), ("2025-04-02T10:00", ""), 0),
        # admitted before midnight, the emergency record starts after it
        (("2025-04-02T00:10", "2025-04-02T03:00"), ("2025-04-01T23:50", "2025-04-05T10:00"), 0),
        (("2025-04-02T00:10", "2025-04-02T03:00"), ("2025-04-01T23:50", "2025-04-02T10:00"), 0),
        # inside the stay, with and without clocks: the person is in hospital
        (("2025-04-04T10:00", "2025-04-04T12:00"), ("2025-04-01T08:00", "2025-04-09T10:00"), 0),
        (("2025-04-04", ""), ("2025-04-01", "2025-04-09"), 0),
        (("2025-04-01", "2025-04-03"), ("2025-04-02", "2025-04-09"), 0),
        # on the last day the person may have been sent home before
        (("2025-04-09", ""), ("2025-04-01", "2025-04-09"), 1),
        (("2025-04-09T10:00", "2025-04-09T12:00"), ("2025-04-01T08:00", "2025-04-09T10:00"), 1),
        # a stay without an end holds no later day
        (("2025-04-04", ""), ("2025-04-01", ""), 1),
    ],
)  # fmt: skip
def test_an_emergency_visit_that_overlaps_a_stay_is_part_of_it(book, emergency, stay, emergencies):
    """Nobody is in two places: one stay, and no emergency visit beside it."""
    book.visit("emergency", *emergency)
    book.visit("inpatient", *stay)

    counts = book.compare().after.counts

    assert counts["inpatient_stays"].value == 1
    assert counts["emergency_visits"].value == emergencies


def test_emergency_visits_find_their_stays_in_one_pass(book):
    """A long stay with a short one beside it: both visits belong, a third is its own."""
    book.visit("inpatient", "2025-04-01", "2025-04-20")
    book.visit("inpatient", "2025-05-02", "2025-05-03")
    for day in ("2025-04-15", "2025-05-02", "2025-05-10"):
        book.visit("emergency", day)

    assert _after(book, "emergency_visits").value == 1


def test_a_bill_that_tells_the_kind_does_not_move_the_visit(book):
    """The visit's own record starts inside, the bill of its last day after the window."""
    book.visit("unknown", "2026-02-20", "2026-03-02")
    book.visit("emergency", "2026-03-02", basis="bill", source="b")

    assert _after(book, "emergency_visits").value == 1


def test_an_observation_that_becomes_an_admission_is_the_stay(book):
    """Emergency, observation and admission in a row are one event: the stay."""
    book.visit("emergency", "2025-04-02T08:00", "2025-04-02T11:00")
    book.visit("observation", "2025-04-02T11:00", "2025-04-03T22:00")
    book.visit("inpatient", "2025-04-04T06:00", "2025-04-06T10:00")

    counts = book.compare().after.counts

    assert counts["inpatient_stays"].value == 1
    assert counts["observation_stays"].value == 0
    assert counts["emergency_visits"].value == 0


def test_an_observation_without_admission_leaves_the_emergency_visit(book):
    """Emergency then observation is one of each; only an admission takes both up."""
    book.visit("emergency", "2025-04-02T08:00", "2025-04-02T11:00")
    book.visit("observation", "2025-04-02T11:00", "2025-04-03T09:00")

    counts = book.compare().after.counts

    assert (counts["emergency_visits"].value, counts["observation_stays"].value) == (1, 1)


@pytest.mark.parametrize(
    ("first", "second", "stays", "bed_days"),
    [
        # transfer on the same day, without clocks; 2 + 3 midnights by hand
        (("2025-04-02", "2025-04-04"), ("2025-04-04", "2025-04-07"), 1, 5),
        # re-admission after 10 hours; the night between was not in hospital
        (("2025-04-02T08:00", "2025-04-04T20:00"), ("2025-04-05T06:00", "2025-04-07T09:00"), 1, 4),
        # 24 hours to the minute is a new stay
        (("2025-04-02T08:00", "2025-04-04T20:00"), ("2025-04-05T20:00", "2025-04-07T09:00"), 2, 4),
        # next calendar day without clocks is a new stay
        (("2025-04-02", "2025-04-04"), ("2025-04-05", "2025-04-07"), 2, 4),
        # a ward inside a stay is the stay; the union is 8 midnights
        (("2025-04-02", "2025-04-10"), ("2025-04-04", "2025-04-06"), 1, 8),
    ],
)
def test_transfers_and_quick_readmissions_are_one_stay(book, first, second, stays, bed_days):
    """Stays less than 24 hours apart are one event; bed-days are the union of midnights."""
    book.visit("inpatient", *first)
    book.visit("inpatient", *second)

    counts = book.compare().after.counts

    assert counts["inpatient_stays"].value == stays
    assert counts["bed_days"].value == bed_days


def test_a_stay_that_began_before_the_window_gives_midnights_and_no_stay(book):
    """26 February to 4 March around 1 March: 3 midnights before, 3 after, one stay, before."""
    book.visit("inpatient", "2025-02-26", "2025-03-04")

    result = book.compare()

    assert result.before.counts["inpatient_stays"].value == 1
    assert result.after.counts["inpatient_stays"].value == 0
    assert result.before.counts["bed_days"].value == 3
    assert result.after.counts["bed_days"].value == 3
    assert result.run_in.counts["bed_days"].value == 3


def test_the_event_belongs_to_the_day_it_began_in_the_emergency_department(book):
    """An emergency visit on the last evening before makes the admission an event of before."""
    book.visit("emergency", "2025-02-28T22:00", "2025-02-28T23:50")
    book.visit("inpatient", "2025-03-01T00:10", "2025-03-03T10:00")

    result = book.compare()

    assert result.before.counts["inpatient_stays"].value == 1
    assert result.after.counts["inpatient_stays"].value == 0
    assert result.after.counts["bed_days"].value == 2


def test_a_stay_without_midnight_has_no_bed_day(book):
    """Admitted and discharged on one day: one stay, no bed-day."""
    book.visit("inpatient", "2025-04-02T06:00", "2025-04-02T20:00")

    counts = book.compare().after.counts

    assert (counts["inpatient_stays"].value, counts["bed_days"].value) == (1, 0)


def test_rehabilitation_is_no_inpatient_stay(book, caveat_ids):
    """A non-acute stay is listed in a caveat and counted nowhere."""
    stay = book.visit("inpatient", "2025-04-02", "2025-04-20", acute=False)

    result = book.compare()

    assert result.after.counts["inpatient_stays"].value == 0
    assert result.after.counts["bed_days"].value == 0
    assert caveat_ids(result)["non-acute-stays"] == (stay,)


@pytest.mark.parametrize(
    ("end", "note"), [("", "no end"), ("2025-04", "month only"), ("2025-04-01", "before start")]
)
def test_a_stay_without_a_usable_end_has_unknown_days(book, caveat_ids, end, note):
    """No end, a month instead of a day, or an end before the start: a stay of unknown length."""
    stay = book.visit("inpatient", "2025-04-02", end)

    result = book.compare()

    assert result.after.counts["inpatient_stays"].value == 1
    assert result.after.counts["bed_days"].value == 0
    assert caveat_ids(result)["stays-without-end"] == (stay,), note


@pytest.mark.parametrize(
    ("start", "window", "counted"),
    [
        ("2024-06", "before", 1),
        ("2025-06", "after", 1),
        ("2024-03", "before", 1),
        ("2025", "after", 0),
        ("2024", "before", 0),
    ],
)
def test_a_month_counts_only_if_all_of_it_lies_in_one_window(
    book, caveat_ids, start, window, counted
):
    """2024-03-01 to 2026-02-28 are the windows: whole months fit, the years do not."""
    visit = book.visit("emergency", start)

    result = book.compare()

    assert getattr(result, window).counts["emergency_visits"].value == counted
    assert ("vague-dates" in caveat_ids(result)) is not bool(counted)
    if not counted:
        assert caveat_ids(result)["vague-dates"] == (visit,)


def test_a_month_across_the_run_in_counts_after_and_says_so(book, caveat_ids):
    """March lies in after and only in part in the run-in of 28 days."""
    visit = book.visit("emergency", "2025-03")

    result = book.compare()

    assert result.after.counts["emergency_visits"].value == 1
    assert result.run_in.counts["emergency_visits"].value == 0
    assert caveat_ids(result)["vague-in-run-in"] == (visit,)


def test_undated_and_unknown_visits_are_listed_never_dropped(book, caveat_ids):
    """A visit without a date and one without a kind stand in caveats with their ids."""
    undated = book.visit("emergency")
    unknown = book.visit("unknown", "2025-04-02")
    undated_unknown = book.visit("unknown")

    ids = caveat_ids(book.compare())

    assert set(ids["undated"]) == {undated, undated_unknown}
    assert ids["kind-unknown"] == (unknown,)


def test_a_bill_belongs_to_the_visit_record_of_its_days(book):
    """A facility's bill of the same kind and days adds no visit, and is shown behind it."""
    record = book.visit("emergency", "2025-04-02T08:00", "2025-04-02T12:00", facility="Mercy")
    bill = book.visit("emergency", "2025-04-02", basis="bill", facility="MHS Billing", source="b")

    result = book.compare()

    count = result.after.counts["emergency_visits"]
    assert (count.fewest, count.value, count.most) == (1, 1, 1)
    assert set(count.fact_ids) == {record, bill}
    assert "possible-duplicates" not in {caveat.id for caveat in result.caveats}


def test_a_bill_of_the_same_export_belongs_to_its_stay(book):
    """A bill and a record of one source are one visit, although their times are not the same."""
    book.visit("inpatient", "2025-04-02T08:00", "2025-04-05T12:00")
    book.visit("inpatient", "2025-04-02", "2025-04-05", basis="bill")

    count = _after(book, "inpatient_stays")

    assert (count.fewest, count.value, count.most) == (1, 1, 1)


def test_a_bill_without_a_record_counts(book):
    """A visit that only a bill shows is a visit."""
    book.visit("emergency", "2025-04-02", basis="bill")

    assert _after(book, "emergency_visits").value == 1


def test_a_bill_supplies_the_end_that_the_record_lacks(book, caveat_ids):
    """The record knows the admission, the bill the discharge: three midnights."""
    book.visit("inpatient", "2025-04-02T08:00")
    book.visit("inpatient", "2025-04-02", "2025-04-05", basis="bill", source="b")

    result = book.compare()

    assert result.after.counts["bed_days"].value == 3
    assert "stays-without-end" not in caveat_ids(result)


def test_visits_that_a_person_joined_are_one(book):
    """`same_as` merges for certain, however different the records look."""
    first = book.visit("emergency", "2025-04-02", name="first")
    book.visit("emergency", "2025-04-09", source="b", same_as=first)

    count = _after(book, "emergency_visits")

    assert (count.fewest, count.value, count.most) == (1, 1, 1)


def test_two_visits_that_name_each_other_are_one(book):
    """A circle of decisions ends in one visit, not in a loop."""
    book.visit("emergency", "2025-04-02", name="one", same_as="two")
    book.visit("emergency", "2025-04-02", name="two", same_as="one")

    assert _after(book, "emergency_visits").value == 1


def test_the_superseded_visit_does_not_count(book):
    """A correction replaces the fact that it corrects."""
    old = book.visit("emergency", "2025-04-02")
    new = book.visit("office", "2025-04-02")
    book.facts[0] = msgspec.structs.replace(book.facts[0], superseded_by=new)

    assert _after(book, "emergency_visits").value == 0
    assert old not in book.compare().fact_ids


@pytest.mark.parametrize(
    ("stays", "nights"),
    [
        ([("2025-06-01", "2025-06-03")], [2]),
        ([("2025-06-01T08:00", "2025-06-03T20:00"), ("2025-06-04T10:00", "2025-06-06")], [4]),
        ([("2025-06-01", "2025-06-04"), ("2025-06-03", "2025-06-06")], [5]),
        ([("2025-06-01", "2025-06-03"), ("2025-06-03", "")], [None]),
        ([("2025-06-01", "")], [None]),
        ([("2025-06-01", "2025-06-01")], [0]),
        ([("2025-06", "")], [None]),
    ],
)
def test_nights_of_an_event_are_the_midnights_of_its_stays(book, stays, nights):
    """No midnight between two stays, none twice; unknown where an end is not recorded."""
    for start, end in stays:
        book.visit("inpatient", start, end)

    assert [event.nights for event in book.compare().events] == nights


def test_only_stays_have_nights(book):
    """An observation over midnight is none, as in the bed-days."""
    book.visit("emergency", "2025-05-01")
    book.visit("observation", "2025-06-01", "2025-06-02")

    assert [event.nights for event in book.compare().events] == [None, None]
