"""One ledger as a checker needs it."""

from datetime import date

from cortipump.quantities.span import DateSpan
from tests.unit.checker.judges.bills import costly
from tests.unit.checker.judges.ledger import known, known_from


def test_the_times_that_people_count_over_have_names() -> None:
    """The whole record, its years, its phases, its last year; the person's birth opens nothing."""
    assert dict(costly().spans) == {
        "the whole record": DateSpan(date(2024, 1, 10), date(2025, 10, 10)),
        "in 2024": DateSpan(date(2024, 1, 1), date(2025, 1, 1)),
        "in 2025": DateSpan(date(2025, 1, 1), date(2026, 1, 1)),
        "phase tablets from 2024-01-10": DateSpan(date(2024, 1, 10), date(2025, 5, 1)),
        "phase loaner from 2025-05-01": DateSpan(date(2025, 5, 1), date(2025, 10, 10)),
        "the last year of the record": DateSpan(date(2024, 10, 10), date(2025, 10, 10)),
    }
    assert dict(costly().windows) == {}


def test_an_empty_ledger_is_known_too() -> None:
    """It has no day, no sum and no time."""
    ledger = known_from()

    assert (ledger.days, ledger.sums, ledger.spans) == ({}, (), {})
    assert ledger.born is None


def test_what_is_known_of_the_person_and_the_records() -> None:
    """Names and birth; one score, dose or criterion is not lost among the others."""
    ledger = known()

    assert (ledger.names, ledger.born) == (("Ada Example",), date(1984, 5, 17))
    assert len(ledger.scores) == 3
    assert len(ledger.criteria) == 5
    assert ledger.origin("fact-03") == "records.json"


def test_amounts_lead_to_every_sum_of_that_size() -> None:
    """None is lost, none is invented."""
    ledger = costly()

    assert {s for listed in ledger.amounts.values() for s in listed} == set(ledger.sums)
    assert all(s.amount == amount for amount, listed in ledger.amounts.items() for s in listed)
