"""How often something happened, under every honest way of counting it (the table of `bills`)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortipump.checker.known.counts import Tallied
from cortipump.knowledge.cues import Measure
from cortipump.quantities.span import DateSpan
from tests.unit.checker.judges.bills import costly

YEARS = DateSpan(date(2024, 1, 1), date(2026, 1, 1))
IN_2024 = DateSpan(date(2024, 1, 1), date(2025, 1, 1))
MEASURES: tuple[Measure, ...] = (
    "emergency",
    "inpatient",
    "hospital",
    "visit",
    "crisis",
    "nights",
    "hospital-days",
    "injection",
    "work",
    "call",
)


@pytest.mark.parametrize(
    ("measure", "span", "number"),
    [
        ("emergency", YEARS, "3"),
        ("emergency", IN_2024, "2"),
        ("inpatient", YEARS, "2"),
        ("hospital", YEARS, "5"),
        ("visit", YEARS, "5"),
        ("crisis", YEARS, "5"),
        ("nights", YEARS, "7"),
        ("nights", IN_2024, "4"),
        ("hospital-days", YEARS, "9"),
        ("injection", YEARS, "2"),
        ("work", YEARS, "5.5"),
        ("work", IN_2024, "3"),
        ("call", YEARS, "2"),
        ("call", IN_2024, "0"),
        ("urgent-care", YEARS, "0"),
    ],
)
def test_each_measure_has_its_number(measure: Measure, span: DateSpan, number: str) -> None:
    """No record is a possible duplicate of another: the fewest is the most."""
    tallied = costly().counter.count(measure, span)

    assert tallied.low == tallied.high == Decimal(number)
    assert Decimal(number) in tallied.honest
    assert tallied.text == number


def test_visits_of_one_hospital_are_an_honest_number() -> None:
    """Two of the three emergency visits were at Lakeside, one at Northgate."""
    assert {1, 2, 3} <= costly().counter.count("emergency", YEARS).honest


def test_a_range_is_shown_as_one() -> None:
    """Where possible duplicates leave it open."""
    honest = frozenset({Decimal(4), Decimal(5)})
    assert Tallied("visits", Decimal(4), Decimal("5.0"), honest).text == "4 to 5"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(MEASURES),
    st.dates(date(2024, 1, 1), date(2025, 10, 1)),
    st.integers(1, 400),
    st.integers(1, 400),
)
def test_what_is_counted_in_two_halves_is_what_is_counted_in_the_whole(
    measure: Measure, first: date, left: int, right: int
) -> None:
    """Nothing twice and nothing lost at the border, except days of a stay that is cut by it."""
    middle = date.fromordinal(first.toordinal() + left)
    last = date.fromordinal(middle.toordinal() + right)
    parts = [DateSpan(first, middle), DateSpan(middle, last)]

    whole = costly().counter.count(measure, DateSpan(first, last))
    halves = [costly().counter.count(measure, part) for part in parts]

    assert sum(half.high for half in halves) == whole.high
    assert all(half.low <= half.high for half in halves)
    assert whole.high in whole.honest
