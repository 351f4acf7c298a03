"""Whether a figure as stated agrees with the one that is recorded, rounding and hedges included."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from cortipump.checker.mentions import Approx

_ABOUT: Final = Decimal("0.05")
# As far as "about" goes for a round number, half of whose last digit is more than 5 %.
_ROUNDED: Final = Decimal("0.1")
# "Over 100,000" may stand for 124,000, and "nearly 100,000" for 81,000; further off misleads.
_LEAST_SHARE: Final = Decimal("0.8")
_ONE_DIGIT_BELOW: Final = 10
# Beyond so many units a number has no last digit that anyone printed.
_LARGEST: Final = Decimal(10) ** 20


def unit_of(places: int) -> Decimal:
    """The last digit's worth: 0.01 for two places, 1000 for -3."""
    return Decimal(1).scaleb(-places)


def rounds_to(actual: Decimal, stated: Decimal, places: int) -> bool:
    """Whether the recorded figure, rounded half up to the printed places, is the stated one."""
    unit = unit_of(places)
    if abs(actual) > _LARGEST * unit:
        return False
    rounded = (actual / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return rounded == stated or rounded == stated.quantize(unit, ROUND_HALF_UP)


def _last_digit(stated: Decimal) -> Decimal:
    """Worth of the last digit that is not a zero: 100 for 5,500."""
    digits = stated.normalize()
    return Decimal(1).scaleb(int(digits.as_tuple().exponent))


def _one_digit(actual: Decimal, rounding: str) -> Decimal:
    """The recorded figure cut or raised to its first digit."""
    unit = Decimal(1).scaleb(actual.adjusted())
    return (actual / unit).quantize(Decimal(1), rounding) * unit


def agrees(stated: Decimal, actual: Decimal, approx: Approx = "", places: int = 0) -> bool:
    """Whether a careful reader would accept the stated figure for the recorded one.

    Parameters
    ----------
    stated, actual
        The figure in the letter and the one in the record, in one unit.
    approx
        The hedge before it. Without one, only rounding to the printed places is accepted.
    places
        Digits printed after the point; negative for thousands.
    """
    if stated == actual or rounds_to(actual, stated, places):
        return True
    if not approx or actual == 0 or (stated < 0) != (actual < 0):
        return False
    stated, actual = abs(stated), abs(actual)
    if approx == "about":
        near = max(actual * _ABOUT, min(_last_digit(stated) / 2, actual * _ROUNDED))
        return abs(stated - actual) <= near
    if approx == "over":
        floor = _one_digit(actual, ROUND_FLOOR) if actual >= _ONE_DIGIT_BELOW else actual
        return stated <= actual and (stated >= actual * _LEAST_SHARE or stated == floor)
    ceiling = _one_digit(actual, ROUND_CEILING) if actual >= _ONE_DIGIT_BELOW else actual
    return stated >= actual and (stated * _LEAST_SHARE <= actual or stated == ceiling)
