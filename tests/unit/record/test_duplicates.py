"""Which visit facts may be one visit, and why."""

from zoneinfo import ZoneInfo

import msgspec
import pytest

from cortipump.quantities.moment import parse_moment
from cortipump.record.duplicates import Duplicate, match_visits
from cortipump.record.facts import Fact, Origin, Visit
from cortipump.record.timeline import Timeline


def mark_duplicates(timeline: Timeline) -> dict[str, Duplicate]:
    """What each visit fact may be another record of."""
    return match_visits(timeline).duplicates


HOME = ZoneInfo("America/New_York")


def visit(name, start, end="", kind="emergency", source="a", at="2026-01-01", **more):
    """A visit fact named for the test."""
    body = Visit(
        start=parse_moment(start, HOME) if start else None,
        end=parse_moment(end, HOME) if end else None,
        visit_kind=kind,
        **more,
    )
    return Fact(name, body, Origin(source=source, name=f"{source}.json", at=at))


def marked(*facts):
    """Newer id to older id, for every mark."""
    return {new: found.of for new, found in mark_duplicates(Timeline(facts)).items()}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        # without clocks: overlapping days
        (("2024-06-02", ""), ("2024-06-02", ""), True),
        (("2024-06-02", ""), ("2024-06-03", ""), False),
        (("2024-06-02", "2024-06-04"), ("2024-06-03", ""), True),
        # clocks that overlap, or differ on the same day
        (("2024-06-02T08:00", "2024-06-02T12:00"), ("2024-06-02T09:00", "2024-06-02T11:00"), True),
        (("2024-06-02T08:00", "2024-06-02T09:00"), ("2024-06-02T20:00", "2024-06-02T21:00"), True),
        # a day apart: only a date against an instant that was dated from UTC
        (("2024-06-02", ""), ("2024-06-03T14:00:00+00:00", ""), True),
        (("2024-06-02", ""), ("2024-06-03T14:00:00", ""), False),
        (("2024-06-02T14:00", ""), ("2024-06-03T14:00:00+00:00", ""), False),
        (("2024-06-02", ""), ("2024-06-04T14:00:00+00:00", ""), False),
        # a month that holds the day
        (("2024-06", ""), ("2024-06-03T14:00", ""), True),
        (("2024-06", ""), ("2024-07-01", ""), False),
    ],
)  # fmt: skip
def test_two_sources(first, second, same):
    """Records of one kind in two sources are one visit, perhaps, when their days overlap."""
    found = marked(visit("old", *first), visit("p-new", *second, source="b", at="2026-02-02"))

    assert found == ({"p-new": "old"} if same else {})


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("2024-06-02T08:00", "2024-06-02T12:00"), ("2024-06-02T08:00", "2024-06-02T12:00"), True),
        (("2024-06-02", ""), ("2024-06-02", ""), True),
        (("2024-06-02T08:00", "2024-06-02T12:00"), ("2024-06-02T18:00", "2024-06-02T21:00"), False),
        (("2024-06-02T08:00", ""), ("2024-06-02T09:00", ""), False),
        (("2024-06-02T08:00", "2024-06-02T12:00"), ("2024-06-02T11:00", "2024-06-02T13:00"), True),
    ],
)  # fmt: skip
def test_one_source(first, second, same):
    """Within one source only the same or overlapping times make one visit."""
    assert bool(marked(visit("one", *first), visit("two", *second))) is same


def test_one_source_with_two_hospitals_has_two_visits():
    """The same day and source, different facilities: not one visit."""
    assert not marked(
        visit("one", "2024-06-02", facility="Mercy Hospital"),
        visit("two", "2024-06-02", facility="Northside Hospital"),
    )


def test_an_export_that_splits_a_visit_by_diagnosis():
    """Same start, end and provider under different ids: all are copies of the first."""
    times = ("2024-06-02T08:00", "2024-06-02T12:00")

    found = marked(*(visit(f"v{n}", *times, facility="Mercy") for n in range(4)))

    assert found == {"v1": "v0", "v2": "v0", "v3": "v0"}


@pytest.mark.parametrize(
    ("kind", "other", "same"),
    [
        ("emergency", "emergency", True),
        ("emergency", "unknown", True),
        ("unknown", "unknown", True),
        ("emergency", "inpatient", False),
        ("observation", "inpatient", False),
        ("emergency", "urgent-care", False),
    ],
)
def test_kinds_must_agree_or_be_unknown(kind, other, same):
    """An emergency visit is never a record of a stay."""
    found = marked(
        visit("old", "2024-06-02", kind=kind),
        visit("p-new", "2024-06-02", kind=other, source="b"),
    )

    assert bool(found) is same


def test_a_stay_that_starts_where_another_ends_is_a_transfer():
    """Days that meet only at a border are two stays."""
    assert not marked(
        visit("old", "2024-06-02", "2024-06-05", "inpatient"),
        visit("p-new", "2024-06-05", "2024-06-09", "inpatient", source="b"),
    )


def test_the_reason_names_what_agrees_and_what_differs():
    """A person can decide from it."""
    found = mark_duplicates(
        Timeline(
            [
                visit("old", "2024-06-02T08:00", facility="Mercy Hospital"),
                visit("p-new", "2024-06-02", facility="MERCY MEDICAL CTR", source="b"),
            ]
        )
    )

    reason = found["p-new"].reason
    assert reason == (
        "agree: kind (emergency), days (2024-06-02), facility (Mercy Hospital); "
        "differ: times as printed (2024-06-02T08:00 / 2024-06-02), source (a.json / b.json)"
    )
    assert not found["p-new"].certain


def test_names_of_hospitals_that_share_only_common_words_differ():
    """General Hospital and Medical Center say nothing; the reason shows both names."""
    found = mark_duplicates(
        Timeline(
            [
                visit("old", "2024-06-02", facility="Mercy General Hospital"),
                visit("p-new", "2024-06-02", facility="Northside General Hospital", source="b"),
            ]
        )
    )

    assert "differ: facility (Mercy General Hospital / Northside" in found["p-new"].reason


def test_two_visits_of_one_source_never_share_one_record():
    """Morning and evening in source a, one record of the day in b: it repeats one of them."""
    found = marked(
        visit("morning", "2024-06-02T08:00", "2024-06-02T09:00"),
        visit("evening", "2024-06-02T20:00", "2024-06-02T21:00"),
        visit("day", "2024-06-02", source="b", at="2025-01-01"),
    )

    assert len(found) == 1


def test_the_best_match_is_preferred():
    """Two visits of a day in each source are matched by their times."""
    found = marked(
        visit("a1", "2024-06-02T08:00", "2024-06-02T09:00"),
        visit("a2", "2024-06-02T20:00", "2024-06-02T21:00"),
        visit("b1", "2024-06-02T20:00", "2024-06-02T21:00", source="b", at="2026-02-02"),
        visit("b2", "2024-06-02T08:00", "2024-06-02T09:00", source="b", at="2026-02-02"),
    )

    assert found == {"b1": "a2", "b2": "a1"}


def test_the_newer_fact_is_marked():
    """Older is what was entered earlier, not what happened earlier."""
    found = marked(
        visit("late", "2024-06-02", at="2026-05-05"),
        visit("early", "2024-06-02", source="b", at="2026-01-01"),
    )

    assert found == {"late": "early"}


def test_a_persons_decision_is_certain():
    """`same_as` marks whatever it names, as that fact stands after corrections."""
    old = visit("old", "2024-06-02")
    new = visit("corrected", "2024-06-02")
    facts = [
        msgspec.structs.replace(old, superseded_by="corrected"),
        new,
        visit("other", "2024-09-09", source="b", same_as="old"),
    ]

    found = mark_duplicates(Timeline(facts))

    assert (found["other"].of, found["other"].certain) == ("corrected", True)


def test_a_decision_that_names_nothing_marks_nothing():
    """An id that is not in the ledger, or is no visit, is no duplicate."""
    assert not marked(visit("one", "2024-06-02", same_as="gone"))


def test_distinct_is_never_a_duplicate():
    """Neither the one so marked nor, of what stood then, the other."""
    assert not marked(
        visit("one", "2024-06-02", distinct=True), visit("two", "2024-06-02", source="b")
    )
    assert not marked(
        visit("one", "2024-06-02"), visit("two", "2024-06-02", source="b", distinct=True)
    )


def test_a_record_imported_after_the_decision_is_compared_again():
    """A third record may repeat the visit that was decided to be one of its own."""
    found = marked(
        visit("one", "2024-06-02", at="2026-01-01"),
        visit("two", "2024-06-02", source="b", at="2026-01-02", distinct=True),
        visit("three", "2024-06-02", source="c", at="2026-03-03"),
    )

    assert set(found) == {"three"}


def test_bills_are_attached_not_marked():
    """A bill within the days of a record of its kind belongs to it."""
    facts = [
        visit("record", "2024-06-02T08:00", "2024-06-05T10:00", "inpatient"),
        visit("bill", "2024-06-02", "2024-06-05", "inpatient", source="b", basis="bill"),
        visit("bill-2", "2024-06-02", "2024-06-05", "inpatient", source="b", basis="bill"),
        visit("alone", "2024-08-02", "2024-08-05", "inpatient", source="b", basis="bill"),
        visit("own", "2024-06-02", "2024-06-05", "inpatient", basis="bill", distinct=True),
    ]

    matches = match_visits(Timeline(facts))

    assert matches.attached == {"bill": "record", "bill-2": "record"}
    assert not matches.duplicates


def test_undated_visits_are_not_compared():
    """Without a date nothing can be said."""
    assert not marked(visit("one", ""), visit("two", "", source="b"))


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_facts_does_not_matter(order):
    """The same marks, whichever was imported into the list first."""
    facts = [
        visit("a", "2024-06-02"),
        visit("b", "2024-06-02", source="b"),
        visit("c", "2024-06-02", "2024-06-03", source="c"),
    ]

    assert marked(*facts[::order]) == marked(*facts)


def test_a_circle_of_decisions_still_has_a_possible_copy():
    """Two visits that name each other are one; a third record of that day may be it too."""
    found = mark_duplicates(
        Timeline(
            [
                visit("one", "2024-06-02", same_as="two"),
                visit("two", "2024-06-02", source="b", same_as="one"),
                visit("old", "2024-06-02", source="c", at="2025-01-01"),
            ]
        )
    )

    assert found["one"].certain
    assert found["two"].certain
    assert (found["old"].of, found["old"].root) == ("one", "one")


@pytest.mark.parametrize(
    "order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (0, 2, 1), (1, 2, 0), (2, 0, 1)]
)
def test_three_stays_are_one_group_in_any_order_of_import(order):
    """One of them overlaps both others, which only share a border: the oldest leads all three."""
    stays = [
        ("x", "2025-06-11T22:00", "2025-06-13T23:30", "Mercy Hospital"),
        ("y", "2025-06-10", "2025-06-11", "County General"),
        ("z", "2025-06-10", "2025-06-12", "Mercy Hospital"),
    ]
    facts = [
        visit(n, start, end, "inpatient", source=n, at=f"2026-01-0{order[k] + 1}", facility=at)
        for k, (n, start, end, at) in enumerate(stays)
    ]

    found = mark_duplicates(Timeline(facts))

    oldest = "xyz"[order.index(0)]
    assert {new: twin.root for new, twin in found.items()} == dict.fromkeys(
        set("xyz") - {oldest}, oldest
    )


def test_ten_thousand_copies_take_no_time():
    """A visit given many times over by one source costs one comparison, not their square."""
    facts = [visit(f"v{n:05d}", "2024-06-02T08:00", "2024-06-02T12:00") for n in range(10_000)]

    assert len(marked(*facts)) == 9_999
