"""Text as people type it -> numbers, limits, yes and no. Strict: what is unclear is refused."""

import re
from decimal import Decimal
from typing import Final

from cortipump.errors import QuantityError

_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_LIMIT: Final = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\S+)")
_SIGNS: Final = {"≤": "<=", "≥": ">="}
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0"})


def parse_number(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Read a plain number.

    Raises
    ------
    QuantityError
        Q001 if it is not one, or a comma could mean two things.
    """
    bare = text.strip()
    if decimal_comma and bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    if len(bare) > 30 or not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise QuantityError(f"{text[:30]!r} is not a number", do="write it like 14.2")
    return Decimal(bare)


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
