"""Whether a stated figure agrees with a recorded one: a table by hand, and laws."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortipump.checker.agree import agrees, rounds_to, unit_of
from cortipump.checker.mentions import Approx

HEDGES: tuple[Approx, ...] = get_args(Approx)
CENTS = st.decimals(0, 200_000, places=2)
some = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize(
    ("stated", "actual", "approx", "places", "agreed"),
    [
        ("4210", "4210.00", "", 0, True),
        ("4210", "4210.40", "", 0, True),
        ("4210", "4210.50", "", 0, False),  # half up: 4,211
        ("4211", "4210.50", "", 0, True),
        ("4210.40", "4210.44", "", 2, False),
        ("12000", "12118.40", "", -3, True),
        ("13000", "12118.40", "", -3, False),
        ("12100", "12118.40", "", 0, False),  # no hedge, and not rounded to whole dollars
        ("12100", "12118.40", "about", 0, True),
        ("12800", "12118.40", "about", 0, False),  # 5.6 % off
        ("30", "32", "about", 0, True),  # 6 % off: half of the last digit that is no zero
        ("30", "36", "about", 0, False),
        ("100000", "124000", "over", 0, True),  # at least 0.8 of it: 99,200
        ("90000", "124000", "over", 0, False),
        ("1000", "1900", "over", 0, True),  # its first digit
        ("130000", "124000", "over", 0, False),
        ("100000", "81000", "under", 0, True),  # 80,000 of 100,000
        ("100000", "79000", "under", 0, False),
        ("80000", "79000", "under", 0, True),
        ("70000", "79000", "under", 0, False),
        ("3", "5", "over", 0, False),  # below ten no first digit stands for the number
        ("5", "0", "about", 0, False),
        ("-5", "5", "about", 0, False),
    ],
)
def test_a_careful_reader_accepts_or_does_not(
    stated: str, actual: str, approx: Approx, places: int, *, agreed: bool
) -> None:
    """Rounding to the printed places always; more only behind a hedge."""
    assert agrees(Decimal(stated), Decimal(actual), approx, places) is agreed


def test_the_last_digit_is_worth_its_place() -> None:
    """Cents, units, thousands."""
    assert [unit_of(places) for places in (2, 0, -3)] == [Decimal("0.01"), 1, 1000]


def test_a_number_too_large_to_round_agrees_with_nothing() -> None:
    """No overflow where somebody typed a row of digits."""
    assert not rounds_to(Decimal(10) ** 40, Decimal(1), 2)


@some
@given(CENTS, CENTS)
def test_without_a_hedge_two_exact_figures_agree_both_ways_or_not_at_all(
    one: Decimal, other: Decimal
) -> None:
    """Both printed to the cent: then only equal ones agree."""
    assert agrees(one, other, "", 2) == agrees(other, one, "", 2) == (one == other)


@some
@given(CENTS, CENTS, st.sampled_from(HEDGES), st.integers(-3, 2))
def test_a_hedge_accepts_all_that_is_accepted_without_one(
    stated: Decimal, actual: Decimal, approx: Approx, places: int
) -> None:
    """Equal and rounded figures agree behind every hedge."""
    assert agrees(actual, actual, approx, places)
    if agrees(stated, actual, "", places):
        assert agrees(stated, actual, approx, places)


@some
@given(CENTS, CENTS, st.sampled_from(HEDGES), st.integers(-3, 2))
def test_the_sign_does_not_matter_where_both_have_it(
    stated: Decimal, actual: Decimal, approx: Approx, places: int
) -> None:
    """A loss of 30 is stated as a gain of 30 is."""
    both = agrees(-stated, -actual, approx, places)

    assert both == agrees(stated, actual, approx, places)


@some
@given(st.integers(10, 10**6), st.integers(10, 10**6))
def test_over_and_under_point_to_opposite_sides(stated: int, actual: int) -> None:
    """Nothing but the figure itself is both more than and less than what is recorded."""
    over = agrees(Decimal(stated), Decimal(actual), "over")
    under = agrees(Decimal(stated), Decimal(actual), "under")

    assert (over and under) == (stated == actual)
    assert not over or stated <= actual
    assert not under or stated >= actual


@some
@given(st.integers(100, 10**6), st.decimals("0.8", 1, places=3), st.decimals("0.8", 1, places=3))
def test_closer_figures_on_the_right_side_are_accepted(
    actual: int, far: Decimal, near: Decimal
) -> None:
    """From four fifths of it on, the closer one is never refused where the other is accepted."""
    low, high = sorted((far, near))
    recorded = Decimal(actual)

    assert agrees(recorded * low, recorded, "over", 6)
    assert agrees(recorded * high, recorded, "over", 6)
    assert agrees(recorded, recorded * low, "under", 6)


@some
@given(st.integers(10, 10**5), st.integers(10, 10**5), st.sampled_from(HEDGES))
def test_the_unit_does_not_matter(stated: int, actual: int, approx: Approx) -> None:
    """A thousand of a smaller unit is read like one of the larger."""
    one, other = Decimal(stated), Decimal(actual)

    assert agrees(one, other, approx) == agrees(one * 1000, other * 1000, approx, -3)
