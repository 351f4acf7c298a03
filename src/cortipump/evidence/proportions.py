"""Shares of days, such as days able to work: Wilson's interval and Newcombe's difference.

Days follow one another and are alike, so that these are descriptions, never tests
(facts/coverage.md 8.2).
"""

from math import sqrt
from typing import Final

from cortipump.errors import EvidenceError
from cortipump.evidence.rates import Interval

_Z: Final = 1.959963984540054  # normal quantile at 0.975


def _check(hits: int, total: int) -> None:
    if total < 1 or not 0 <= hits <= total:
        raise EvidenceError(f"{hits} of {total} is not a share", do="count hits among at least one")


def wilson(hits: int, total: int) -> Interval:
    """A share with Wilson's 95 % score interval.

    Parameters
    ----------
    hits, total
        How many of how many; at least one in all.

    Returns
    -------
    Interval
        Fractions from 0 to 1.

    Raises
    ------
    EvidenceError
        E001 if it is not a share.

    Examples
    --------
    >>> wilson(0, 10).low
    0.0
    """
    _check(hits, total)
    share, square = hits / total, _Z * _Z
    centre = 2 * hits + square
    reach = _Z * sqrt(square + 4 * hits * (1 - share))
    below = (centre - reach) / (2 * (total + square)) if hits else 0.0
    above = (centre + reach) / (2 * (total + square)) if hits < total else 1.0
    return Interval(share, below, above)


def newcombe(hits: int, total: int, other_hits: int, other_total: int) -> Interval:
    """The first share minus the second, with Newcombe's hybrid score interval (method 10).

    Parameters
    ----------
    hits, total, other_hits, other_total
        How many of how many, in two independent groups.

    Raises
    ------
    EvidenceError
        E001 if either is not a share.

    Sources
    -------
    Newcombe, Stat Med 1998;17:873, by https://rdrr.io/rforge/Epi/man/ci.pd.html
    """
    one, two = wilson(hits, total), wilson(other_hits, other_total)
    difference = one.value - two.value
    low = difference - sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    high = difference + sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Interval(difference, low, high)
