"""Text as people type it -> numbers, limits, yes and no. Strict: what is unclear is refused."""

import re
from decimal import Decimal
from typing import Final

from cortipump.errors import QuantityError

_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_WITH_COMMA: Final = re.compile(r"\d+(?:,\d+)?|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_WITH_POINT: Final = re.compile(r"\d+\.\d+")
# 1.580 and 1,580 are one and a half to some people and fifteen hundred to others; 0,125 is clear.
_TWO_MEANINGS: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_MOST_DIGITS: Final = 30
_FARTHEST_DIGIT: Final = 15
_LIMIT: Final = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\S+)")
_SIGNS: Final = {"≤": "<=", "≥": ">="}
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0"})


def check_number(value: Decimal) -> Decimal:
    """The number itself, unless nothing that is measured or paid can be it.

    ``1e9999999`` is short to write, and ten million digits long wherever it is shown.

    Raises
    ------
    QuantityError
        Q001 if it is not finite, absurdly large or small, or has more than 30 digits.
    """
    if not value.is_finite():
        raise QuantityError(f"{value} is not a number")
    if abs(value.adjusted()) > _FARTHEST_DIGIT or len(value.as_tuple().digits) > _MOST_DIGITS:
        raise QuantityError(
            f"the number {str(value)[:30]} is absurd: too large, too small or too long",
            do="check it against the paper",
        )
    return value


def comma_to_point(text: str) -> str:
    """A number of a table with decimal commas, as others write it: ``1.580,00`` is 1580.00.

    Raises
    ------
    QuantityError
        Q001 if it is not such a number, or its separator could stand for thousands as well.
    """
    bare = text.strip()
    digits = bare.lstrip("+-$€£ ")
    before = bare[: len(bare) - len(digits)]
    if _TWO_MEANINGS.fullmatch(digits):
        raise QuantityError(
            f"{text[:30]!r} could be thousands or a fraction",
            do="write it without marks of thousands, like 1580,00",
        )
    if _WITH_COMMA.fullmatch(digits):
        return before + digits.replace(".", "").replace(",", ".")
    if _WITH_POINT.fullmatch(digits):
        return bare
    raise QuantityError(
        f"{text[:30]!r} is not a number of a table with decimal commas",
        do="write it like 1580,00",
    )


def parse_number(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Read a plain number.

    Raises
    ------
    QuantityError
        Q001 if it is not one, or a comma could mean two things.
    """
    bare = comma_to_point(text) if decimal_comma else text.strip()
    if len(bare) > _MOST_DIGITS or not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise QuantityError(f"{text[:30]!r} is not a number", do="write it like 14.2")
    return check_number(Decimal(bare))


def parse_limit(text: str, *, decimal_comma: bool = False) -> tuple[str, Decimal | None, str]:
    """Read a laboratory value: comparator, number, and the words of a limit or of a result.

    ``14.2`` is a number; ``<1.0`` a limit of the assay, kept in words too; anything else that
    holds no digit is a result in words.

    Raises
    ------
    QuantityError
        Q001 for digits that are no number.
    """
    bare = text.strip()
    limit = _LIMIT.fullmatch(bare)
    if limit:
        sign = _SIGNS.get(limit[1], limit[1])
        return sign, parse_number(limit[2], decimal_comma=decimal_comma), bare
    if any(c.isdigit() for c in bare):
        return "", parse_number(bare, decimal_comma=decimal_comma), ""
    return "", None, bare


def parse_truth(text: str) -> bool | None:
    """Read yes or no. None for an empty cell.

    Raises
    ------
    QuantityError
        Q001 for anything else.
    """
    word = text.strip().lower()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise QuantityError(f"{text[:20]!r} is neither yes nor no")
