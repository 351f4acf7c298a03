"""Rates, ratios and shares against numbers from outside (rates.toml names the sources)."""

import tomllib
from pathlib import Path

import pytest

from cortipump.evidence.proportions import newcombe
from cortipump.evidence.rates import poisson_limits, rate_ratio

GOLDEN = tomllib.loads(Path(__file__).with_name("rates.toml").read_text("utf-8"))


@pytest.mark.parametrize("row", GOLDEN["rate_ratio"], ids=lambda row: str(row["expected"][0]))
def test_rate_ratio_is_exact(row):
    """Ratio, both limits and the central p agree to four decimals."""
    (after, days_after), (before, days_before) = row["after"], row["before"]

    found = rate_ratio(after, before, days_after, days_before)

    numbers = [found.ratio, found.low, found.high, found.p_central]
    assert [round(number, 4) for number in numbers] == row["expected"]


@pytest.mark.parametrize("row", GOLDEN["poisson"], ids=lambda row: str(row["events"]))
def test_poisson_limits_are_exact(row):
    """Limits of small counts agree to three decimals."""
    assert [round(limit, 3) for limit in poisson_limits(row["events"])] == row["expected"]


@pytest.mark.parametrize("row", GOLDEN["newcombe"], ids=lambda row: str(row["one"]))
def test_newcombe_method_10(row):
    """Difference of two shares and its limits agree to four decimals."""
    found = newcombe(*row["one"], *row["two"])

    assert [round(number, 4) for number in (found.value, found.low, found.high)] == row["expected"]
