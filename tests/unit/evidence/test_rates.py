"""Edges of the exact methods."""

import subprocess
import sys

import pytest

from cortipump.errors import EvidenceError
from cortipump.evidence.proportions import wilson
from cortipump.evidence.rates import poisson_limits, rate_ratio, yearly_rate


def test_nothing_before_has_no_ratio():
    """With no event before the ratio is undefined, whatever came after."""
    assert rate_ratio(3, 0, 365, 365) is None
    assert rate_ratio(0, 0, 365, 365) is None


@pytest.mark.safety("S7")
def test_nothing_after_has_a_finite_upper_limit():
    """Zero after is a ratio of 0 with room above it, never certainty."""
    found = rate_ratio(0, 7, 365, 365)

    assert (found.ratio, found.low) == (0, 0)
    # by hand: 1 - 0.025 ** (1 / 7) = 0.40962; 0.40962 / 0.59038 = 0.69382
    assert found.high == pytest.approx(0.69382, abs=5e-5)


def test_a_rate_is_per_year():
    """Five events in half a year of 365.25 days are ten a year; limits by coverage.md 8.3."""
    found = yearly_rate(5, 182.625)

    assert found.value == pytest.approx(10)
    assert (found.low, found.high) == (
        pytest.approx(2 * 1.623, abs=2e-3),
        pytest.approx(2 * 11.668, abs=2e-3),
    )


def test_wilson_by_hand():
    """1 of 10: centre (2 + 3.8415) / 27.683 = 0.2110, reach 0.1931 by the formula."""
    found = wilson(1, 10)

    assert (round(found.low, 4), round(found.high, 4)) == (0.0179, 0.4042)


@pytest.mark.parametrize(
    "call",
    [
        lambda: poisson_limits(-1),
        lambda: yearly_rate(1, 0),
        lambda: rate_ratio(-1, 3, 365, 365),
        lambda: rate_ratio(1, 3, 0, 365),
        lambda: rate_ratio(1, 3, 365, -5),
        lambda: wilson(3, 2),
        lambda: wilson(0, 0),
    ],
)
def test_nonsense_is_refused(call):
    """A negative count, no day, or more hits than tries is an error that says what to do."""
    with pytest.raises(EvidenceError) as caught:
        call()
    assert caught.value.do


def test_counting_does_not_load_scipy():
    """Importing the comparison is quick: SciPy comes only with the first ratio."""
    code = (
        "import sys; import cortipump.evidence.compare; "
        "assert not any(name.startswith('scipy') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_ratios_never_load_scipy_stats():
    """The exact methods need scipy.special alone; scipy.stats would cost a second."""
    code = (
        "import sys; from cortipump.evidence.rates import rate_ratio; rate_ratio(1, 7, 365, 365); "
        "assert 'scipy.special' in sys.modules and 'scipy.stats' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
