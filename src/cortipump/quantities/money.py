"""Amounts of money: exact decimals with a currency and a kind, never a float.

Billed, allowed, paid and patient share are different things (SAFETY S12): an `Amounts` keeps them
in fields of their own and `total` adds like to like only.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from cortipump.errors import QuantityError

MoneyKind = Literal["billed", "allowed", "paid", "patient"]
MONEY_KINDS: Final[tuple[MoneyKind, ...]] = ("billed", "allowed", "paid", "patient")

# ISO 4217 minor units other than 2, for the currencies without a hundredth part.
_NO_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG"})
_THREE_DIGITS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_LARGEST = Decimal(100_000_000)
_CENT = Decimal("0.01")
_MOST_DIGITS = 30


def minor_unit(currency: str) -> Decimal:
    """The smallest amount that the currency knows (ISO 4217)."""
    if currency in _NO_MINOR_UNIT:
        return Decimal(1)
    return Decimal("0.001") if currency in _THREE_DIGITS else _CENT


def check_currency(text: str) -> str:
    """Three capital letters of ISO 4217.

    Raises
    ------
    QuantityError
        Q001 if it is not of that form.
    """
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise QuantityError(
            f"{text[:20]!r} is not a currency", do="write the ISO 4217 code, such as USD"
        )
    return code


def settle(amount: Decimal, currency: str) -> Decimal:
    """Round once, half up, to the currency's minor unit, and refuse what cannot be an amount.

    Raises
    ------
    QuantityError
        Q001 if it is not finite or is 100 million or more.
    """
    if not amount.is_finite():
        raise QuantityError(f"{amount} is not an amount of money", do="give a finite number")
    if abs(amount) >= _LARGEST:
        raise QuantityError(
            f"the amount {amount:.6g} {currency} is absurd: 100 million or more",
            do="check the decimal point against the paper",
        )
    return amount.quantize(minor_unit(currency), ROUND_HALF_UP)


def parse_amount(text: str) -> Decimal:
    """Read an amount as a person types it: ``1,580.00``, ``$1580``, ``-12.50``.

    Raises
    ------
    QuantityError
        Q001 if it is not a number, or if a comma could be a decimal comma.
    """
    bare = text.strip().lstrip("$€£").strip()
    sign = ""
    if bare.startswith(("-", "+")):
        sign, bare = bare[0], bare[1:].lstrip("$€£").strip()
    whole, _, cents = bare.partition(".")
    groups = whole.split(",")
    grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    )
    digits = "".join(groups) + cents
    ambiguous = len(groups) > 1 and "," in cents
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    if not grouped or ambiguous or not plain:
        raise QuantityError(
            f"{text[:30]!r} is not an amount",
            do="write it like 1580.00, with a point before the cents",
        )
    return Decimal(sign + "".join(groups) + ("." + cents if cents else ""))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts of one kind in one currency; the caller keeps them apart (S12)."""
    return sum(amounts, Decimal(0))
