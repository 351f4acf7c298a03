"""Windows are fixed before looking."""

from datetime import date

import pytest

from cortipump.errors import EvidenceError
from cortipump.evidence.windows import choose_windows

INDEX = date(2025, 3, 1)
LATER = date(2027, 1, 1)


def choose(index=INDEX, **choices):
    """Windows on a day long after, for a record that reaches that far."""
    return choose_windows(
        index, **{"index_why": "test", "record_ends": LATER, "today": LATER, **choices}
    )


def test_defaults_are_a_year_on_either_side():
    """As in the contract: 2024-03-01 to 2025-02-28, then 365 days, 28 of them run-in."""
    windows = choose()

    assert (windows.before.from_, windows.before.last) == (date(2024, 3, 1), date(2025, 2, 28))
    assert (windows.before.days, windows.after.days) == (365, 365)
    assert (windows.run_in.from_, windows.run_in.days) == (INDEX, 28)
    assert windows.after.last == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("record_ends", "today", "last"),
    [
        (date(2025, 8, 31), LATER, date(2025, 8, 31)),
        (LATER, date(2025, 6, 15), date(2025, 6, 15)),
        (date(2025, 9, 1), date(2025, 8, 1), date(2025, 8, 1)),
    ],
)
def test_after_stops_where_the_record_or_the_day_stops(record_ends, today, last):
    """Neither a day without record nor tomorrow is counted as a day without events."""
    assert choose(record_ends=record_ends, today=today).after.last == last


def test_an_explicit_length_is_honoured_up_to_today():
    """Asked for, `after` may pass the end of the record (a caveat says so) but not today."""
    assert choose(after_days=100, record_ends=date(2025, 3, 5)).after.days == 100
    assert choose(after_days=100, today=date(2025, 3, 10)).after.days == 10


def test_the_first_day_of_all_counts():
    """On the index date itself there is one day after."""
    assert choose(today=INDEX).after.days == 1


@pytest.mark.parametrize(("days", "length"), [(0, None), (1, 1), (56, 56)])
def test_the_run_in_can_be_chosen(days, length):
    """0 to 56 days; none where 0 is asked for."""
    run_in = choose(run_in_days=days).run_in

    assert (run_in and run_in.days) == length


def test_a_short_after_is_all_run_in():
    """The run-in is a part of `after`, never longer."""
    windows = choose(today=date(2025, 3, 10))

    assert windows.run_in == windows.after


@pytest.mark.parametrize(
    "choices",
    [
        {"index": date(2027, 1, 2)},
        {"index": date(1900, 1, 1)},
        {"record_ends": date(2025, 2, 28)},
        {"before_days": 0},
        {"before_days": -3},
        {"before_days": 99_999},
        {"after_days": 0},
        {"after_days": 99_999},
        {"run_in_days": 57},
        {"run_in_days": -1},
    ],
)
def test_nonsense_is_refused_with_a_way_out(choices):
    """The message holds the value, the option and what to do."""
    with pytest.raises(EvidenceError) as caught:
        choose(**choices)

    assert caught.value.code == "E001"
    assert caught.value.where.startswith("--")
    assert caught.value.do


def test_the_message_of_a_future_index_date():
    """It names both dates."""
    with pytest.raises(EvidenceError, match="2027-01-02 lies in the future"):
        choose(date(2027, 1, 2))


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        (date(2024, 3, 1), date(2025, 2, 28), "before"),
        (date(2025, 2, 28), date(2025, 3, 1), "outside"),
        (date(2025, 3, 1), date(2025, 3, 28), "run_in"),
        (date(2025, 3, 28), date(2025, 3, 29), "after"),
        (date(2026, 3, 1), date(2026, 3, 1), "outside"),
    ],
)
def test_where_a_range_of_days_lies(first, last, place):
    """A range belongs to a window only as a whole."""
    assert choose().holding(first, last) == place
