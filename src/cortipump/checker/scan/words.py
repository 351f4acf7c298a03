"""Numbers written in words, as they are read and said; no place in a text."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

UNITS: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES: Final = {"hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9}
DOZEN: Final = "dozen"
ORDINALS: Final = (
    {
        word: value
        for value, word in enumerate(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
            ],
            start=1,
        )
    }
    | {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
    | {
        "sixtieth": 60,
        "seventieth": 70,
        "eightieth": 80,
        "ninetieth": 90,
        "hundredth": 100,
    }
)
# Words that may begin a number; ``a`` and ``an`` may before a scale or a dozen.
STARTS: Final = frozenset([*UNITS, *TENS])
_TEN: Final = 10


class Spelled(Struct, frozen=True):
    """A number read from words.

    Attributes
    ----------
    n_words
        How many of the words belong to it.
    places
        0, or -3 for round thousands, -2 for round hundreds.
    ordinal
        ``twenty-third`` and not ``twenty-three``.
    """

    value: Decimal
    n_words: int
    places: int = 0
    ordinal: bool = False


def read_spelled(words: Sequence[str]) -> Spelled | None:
    """The longest number that the words begin with; None: they begin with none.

    Words are in lower case, as many as could belong; hyphens are taken apart.
    """
    article = words[0] in ("a", "an")
    if article and (len(words) < 2 or words[1] not in SCALES | {DOZEN: 0}):
        return None
    reader = _Reader()
    if article:
        reader.add_unit("one")
    position = int(article)
    while position < len(words):
        used = reader.accept(words, position)
        if not used:
            break
        position += used
        if reader.ordinal:
            break
    if position == int(article):
        return None
    decimals = () if reader.ordinal or reader.last == "scale" else _decimals(words[position:])
    if decimals:
        value = Decimal(f"{reader.value}.{''.join(decimals)}")
        return Spelled(value, position + 1 + len(decimals), len(decimals))
    return Spelled(Decimal(reader.value), position, reader.places, reader.ordinal)


def _decimals(words: Sequence[str]) -> Sequence[str]:
    """The digits of ``point two one``. Empty: no such words follow."""
    if not words or words[0] != "point":
        return ()
    digits: list[str] = []
    for word in words[1:]:
        value = UNITS.get("zero" if word == "oh" else word, _TEN)
        if value >= _TEN:
            break
        digits.append(str(value))
    return digits


class _Reader:
    """Adds word after word as long as they make one number."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.last = ""
        self.least_scale = 99
        self.places = 0
        self.ordinal = False

    @property
    def value(self) -> int:
        return self.total + self.group

    def accept(self, words: Sequence[str], position: int) -> int:
        """How many words were taken: one, two with ``and``, or none."""
        if words[position] == "and":
            small = position + 1 < len(words) and self._is_small(words[position + 1])
            if self.last != "scale" or not small:
                return 0
            return 2 if self.add(words[position + 1]) else 0
        return int(self.add(words[position]))

    def add(self, word: str) -> bool:
        return (
            self.add_unit(word)
            or self._add_tens(word)
            or self._add_scale(word)
            or self._add_ordinal(word)
        )

    def add_unit(self, word: str) -> bool:
        value = UNITS.get(word)
        if value is None or not self._takes(value):
            return False
        self.group += value
        self.last, self.places = "unit", 0
        return True

    def _takes(self, value: int) -> bool:
        """Whether a number below twenty can follow."""
        if self.last == "tens":
            return 0 < value < 10
        return self.last == "" or (self.last == "scale" and value > 0)

    def _add_tens(self, word: str) -> bool:
        if word not in TENS or self.last not in ("", "scale"):
            return False
        self.group += TENS[word]
        self.last, self.places = "tens", 0
        return True

    def _add_scale(self, word: str) -> bool:
        if word == DOZEN:
            return self._add_dozen()
        power = SCALES.get(word)
        if power is None or power >= self.least_scale:
            return False
        if power == 2:
            below = self.group % 100
            if self.last == "scale" or below != self.group:
                return False
            self.group = (below or 1) * 100
        else:
            self.total += (self.group or 1) * 10**power
            self.group, self.least_scale = 0, power
        self.last, self.places = "scale", -power
        return True

    def _add_dozen(self) -> bool:
        if self.last not in ("", "unit", "tens") or self.total:
            return False
        self.group = (self.group or 1) * 12
        self.last = "dozen"
        return True

    def _add_ordinal(self, word: str) -> bool:
        value = ORDINALS.get(word)
        if value is None or not self._takes(value):
            return False
        self.group += value
        self.last, self.ordinal, self.places = "unit", True, 0
        return True

    @staticmethod
    def _is_small(word: str) -> bool:
        return word in UNITS or word in TENS or word in ORDINALS
