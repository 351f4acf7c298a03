"""Every amount of money that a ledger bears (the table of `bills`)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortipump.checker.known.sums import kind_words, leading
from cortipump.quantities.money import MONEY_KINDS, MoneyKind
from cortipump.quantities.span import DateSpan
from tests.unit.checker.judges.bills import LINES, costly

IN_2024 = DateSpan(date(2024, 1, 1), date(2025, 1, 1))


def _whats(amount: str) -> set[tuple[str, str, str]]:
    return {(one.kind, one.scope, one.category) for one in costly().amounts[Decimal(amount)]}


@pytest.mark.parametrize(
    ("amount", "what"),
    [
        ("4210.00", ("billed", "claim", "")),
        ("4210.00", ("billed", "event", "")),
        ("19710.50", ("billed", "event", "")),  # the stay with its physicians
        ("12118.40", ("billed", "kind", "")),  # all emergency visits
        ("33830.50", ("billed", "kind", "")),  # all stays
        ("45948.90", ("billed", "window", "")),  # all care
        ("848.00", ("billed", "window", "infusion-set")),
        ("46796.90", ("billed", "window", "*")),  # care and supplies
        ("27795.90", ("billed", "window", "")),  # of 2024
        ("118.44", ("patient", "window", "infusion-set")),
    ],
)
def test_what_a_letter_can_state_is_known(amount: str, what: tuple[str, str, str]) -> None:
    """A claim, a visit with all its claims, a kind of visit, a category, all together."""
    assert what in _whats(amount)


def test_the_sum_of_a_visit_has_the_days_of_the_visit() -> None:
    """Those of admission and discharge."""
    (stay,) = (s for s in costly().amounts[Decimal("19710.50")] if s.scope == "event")

    assert stay.days == {date(2024, 8, 3), date(2024, 8, 7)}
    assert "inpatient" in stay.topics
    assert not stay.is_total
    assert stay.what == "billed, inpatient stay, Lakeside"


def test_totals_have_no_day() -> None:
    """They are of a time."""
    assert all(not s.days for s in costly().sums if s.is_total)
    assert all(s.days for s in costly().sums if s.scope in {"claim", "event", "day"})


def test_a_span_that_a_letter_names_is_added_up_once() -> None:
    """The sums of 2024: all care 27,795.90, the two emergency visits 8,085.40."""
    made = costly().purse.sums_in(IN_2024)

    assert costly().purse.sums_in(IN_2024) is made
    assert {s.amount for s in made if s.kind == "billed" and s.scope == "kind"} == {
        Decimal("8085.40"),  # emergency
        Decimal("27795.90"),  # emergency and inpatient
    }


@pytest.mark.parametrize(
    ("kind", "amount", "reached"),
    [
        ("billed", "8243.00", True),  # the first and the last emergency visit
        ("billed", "848.00", True),  # both boxes of infusion sets
        ("billed", "4210.00", False),  # one alone is no sum of several
        ("paid", "8243.00", False),
    ],
)
def test_any_few_of_a_sort_have_a_sum(kind: MoneyKind, amount: str, *, reached: bool) -> None:
    """Of visits any two or three, of supplies any."""
    assert (Decimal(amount) in costly().purse.subset_sums(kind)) is reached


@settings(max_examples=50, deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2025, 12, 30)),
    st.integers(1, 700),
    st.sampled_from(MONEY_KINDS),
)
def test_the_total_of_any_span_is_the_sum_of_its_bills(
    first: date, length: int, kind: MoneyKind
) -> None:
    """Care, supplies, and both together, to the cent."""
    span = DateSpan(first, date.fromordinal(first.toordinal() + length))
    inside = [line for line in LINES if line.day in span]
    care = [line.of(kind) for line in inside if not line.category]
    supplies = [line.of(kind) for line in inside if line.category]

    made = costly().purse.sums_in(span)

    for parts, category in ((care, ""), (supplies, "infusion-set"), (care + supplies, "*")):
        if parts:
            assert sum(parts) in {s.amount for s in made if s.category == category}
    if not inside:
        assert made == ()


def test_a_stay_leads_the_emergency_visit_before_it() -> None:
    """A visit counts as one thing."""
    visits = [h for h in costly().happenings if "visit" in h.topics]

    assert [leading(h) for h in sorted(visits, key=lambda h: min(h.starts))] == [
        "emergency",
        "inpatient",
        "emergency",
        "inpatient",
        "emergency",
    ]
    assert kind_words("patient") == "the member's share"
