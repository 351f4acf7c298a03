"""Exact rates and rate ratios of counted events: Poisson, for the small numbers of one person.

Formulas and golden values: facts/coverage.md sections 8.2 and 8.3. What is counted, and over which
days, is not this module's business.
"""

from typing import Final

from msgspec import Struct

from cortipump.errors import EvidenceError

CONFIDENCE: Final = 0.95
DAYS_PER_YEAR: Final = 365.25
_TAIL: Final = (1 - CONFIDENCE) / 2


class Interval(Struct, frozen=True):
    """An estimate with its exact 95 % limits."""

    value: float
    low: float
    high: float


class RateRatio(Struct, frozen=True):
    """Rate after divided by rate before.

    Attributes
    ----------
    ratio, low, high
        Estimate and exact 95 % limits.
    p_central
        Twice the smaller tail, at most 1: the test that agrees with the interval.
    """

    ratio: float
    low: float
    high: float
    p_central: float


def _check_count(events: int) -> None:
    if events < 0:
        raise EvidenceError(f"{events} is not a number of events", do="count events from 0 up")


def _check_days(days: float) -> None:
    if days <= 0:
        raise EvidenceError(
            f"there are {days} days at risk", do="choose windows with days outside hospital"
        )


def poisson_limits(events: int) -> tuple[float, float]:
    """Exact 95 % limits of a Poisson mean after one count.

    Parameters
    ----------
    events
        Events counted, zero or more.

    Notes
    -----
    chi2(0.025, 2x)/2 and chi2(0.975, 2x+2)/2, written with the inverse of the regularised gamma
    function, of which the chi-square quantile is a case.

    Sources
    -------
    epitools::pois.exact, https://rdocumentation.org/link/pois.exact?package=epitools

    Examples
    --------
    >>> [round(limit, 3) for limit in poisson_limits(1)]
    [0.025, 5.572]
    """
    from scipy.special import gammaincinv  # delayed: a fifth of a second that counts do not need

    _check_count(events)
    low = float(gammaincinv(events, _TAIL)) if events else 0.0
    return low, float(gammaincinv(events + 1, 1 - _TAIL))


def yearly_rate(events: int, days: float) -> Interval:
    """Events per year with exact limits.

    Parameters
    ----------
    events
        Events counted, zero or more.
    days
        Days at risk, above zero. [days]

    Returns
    -------
    Interval
        Rate and limits. [events per 365.25 days]

    Raises
    ------
    EvidenceError
        E001 for a negative count or no day at risk.

    Examples
    --------
    >>> yearly_rate(0, 365.25).low
    0.0
    """
    _check_days(days)
    low, high = poisson_limits(events)
    years = days / DAYS_PER_YEAR
    return Interval(events / years, low / years, high / years)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _p_central(after: int, total: int, share: float) -> float:
    from scipy.special import betainc  # delayed, as above

    at_least = float(betainc(after, total - after + 1, share)) if after else 1.0
    at_most = 1 - float(betainc(after + 1, total - after, share)) if after < total else 1.0
    return min(1.0, 2 * min(at_least, at_most))


def rate_ratio(after: int, before: int, days_after: float, days_before: float) -> RateRatio | None:
    """Rate after divided by rate before, with exact conditional limits.

    Parameters
    ----------
    after, before
        Events counted, zero or more.
    days_after, days_before
        Days at risk, above zero. [days]

    Returns
    -------
    RateRatio or None
        None when nothing happened before: the ratio is undefined, only counts can be reported.
        Nothing after gives a ratio of 0 with a finite upper limit.

    Raises
    ------
    EvidenceError
        E001 for negative counts or no day at risk.

    Notes
    -----
    Given the total, the count after is binomial with p = t_after / (t_after + t_before) if the
    rates are equal. Clopper-Pearson limits p of that binomial become limits of the ratio by
    p / (1 - p) * t_before / t_after.

    Sources
    -------
    rateratio.test vignette (CRAN); golden values in facts/coverage.md 8.3.

    Examples
    --------
    >>> found = rate_ratio(1, 7, 365, 365)
    >>> [round(number, 3) for number in (found.ratio, found.low, found.high)]
    [0.143, 0.003, 1.112]
    """
    from scipy.special import betaincinv  # delayed, as above

    _check_count(after)
    _check_count(before)
    _check_days(days_after)
    _check_days(days_before)
    if before == 0:
        return None
    total, scale = after + before, days_before / days_after
    low = float(betaincinv(after, before + 1, _TAIL)) if after else 0.0
    high = float(betaincinv(after + 1, before, 1 - _TAIL))
    return RateRatio(
        ratio=after / before * scale,
        low=_odds(low) * scale,
        high=_odds(high) * scale,
        p_central=_p_central(after, total, days_after / (days_after + days_before)),
    )
