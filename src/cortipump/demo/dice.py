"""Seeded variation: every made-up number comes from here, and the same seed gives the same ones.

Whole numbers only are drawn, so that the outcome does not hang on floating point.
"""

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """One stream of variation; each part of the story has its own, so parts vary independently.

    Parameters
    ----------
    seed
        The person.
    stream
        The part of the story.
    """

    def __init__(self, seed: int, stream: str) -> None:
        self._random = random.Random(f"{seed}/{stream}")  # noqa: S311 - made-up people, no secrets

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends possible."""
        return self._random.randint(low, high)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self._random.randint(1, 100) <= percent

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self._random.randint(0, len(items) - 1)]

    def number(self, low: str, high: str) -> Decimal:
        """A decimal between two, with as many digits after the point as the lower one shows."""
        exponent = Decimal(low).as_tuple().exponent
        digits = -exponent if isinstance(exponent, int) else 0
        ends = (int(Decimal(end).scaleb(digits)) for end in (low, high))
        return Decimal(self._random.randint(*ends)).scaleb(-digits)

    def about(self, amount: str, percent: int = 6) -> Decimal:
        """An amount of money near another, with cents."""
        cents = int(Decimal(amount) * 100)
        spread = cents * percent // 100
        return Decimal(self._random.randint(cents - spread, cents + spread)).scaleb(-2)

    def digits(self, length: int) -> str:
        """So many digits, the first not zero."""
        return str(self._random.randint(10 ** (length - 1), 10**length - 1))

    def uuid(self) -> str:
        """An identifier of the usual form."""
        text = f"{self._random.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
