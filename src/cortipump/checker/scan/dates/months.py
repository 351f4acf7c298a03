"""Names of months and weekdays, as people write and misspell them."""

from functools import cache
from typing import Final, Literal

NAMES: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORT: Final = {
    "jan": 1,
    "feb": 2,
    "febr": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
# Of writers with another mother tongue; without accents. Mayo is a clinic.
FOREIGN: Final = {
    word: number
    for number, words in enumerate(
        (
            "janvier januar enero gennaio janeiro",
            "fevrier februar febrero febbraio",
            "mars marz maerz marzo",
            "avril aprile abril",
            "mai maggio maio",
            "juin juni junio giugno junho",
            "juillet juli julio luglio julho",
            "aout agosto",
            "septembre septiembre settembre setembro",
            "octobre oktober octubre ottobre outubro",
            "novembre noviembre novembro",
            "decembre dezember diciembre dicembre dezembro",
        ),
        start=1,
    )
    for word in words.split()
}
WEEKDAYS: Final = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)
WEEKDAYS_SHORT: Final = frozenset(
    ["Mon", "Tue", "Tues", "Wed", "Weds", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun"]
)

# How much a name says by itself. ``sure``: a month wherever it stands. ``named``: also a verb, a
# first name or a short form: a month by itself only after a preposition. ``weak``: a month only
# with a day or a year beside it.
Strength = Literal["sure", "named", "weak"]
_ALSO_A_WORD: Final = frozenset(["march", "april", "may", "june", "august"])
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def month_of(word: str) -> tuple[int, Strength] | None:
    """Number and strength of a month's name; None: no month."""
    lower = word.lower()
    if lower in NAMES:
        number = NAMES.index(lower) + 1
        if lower not in _ALSO_A_WORD:
            return number, "sure"
        return number, "named" if word[0].isupper() else "weak"
    if lower in SHORT:
        return SHORT[lower], "named" if word[0].isupper() else "weak"
    misspelt = FOREIGN.get(lower) or _misspelt().get(lower)
    return None if misspelt is None else (misspelt, "weak")


@cache
def _misspelt() -> dict[str, int]:
    """Every word one slip away from a long name: Febuary, Septmber, Ocotber."""
    found: dict[str, int] = {}
    for number, name in enumerate(NAMES, start=1):
        if len(name) >= 5 and name != "march":
            for wrong in _one_slip(name):
                found.setdefault(wrong, number)
    return found


def _one_slip(name: str) -> set[str]:
    splits = [(name[:cut], name[cut:]) for cut in range(len(name) + 1)]
    left_out = {a + b[1:] for a, b in splits if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in splits if b for letter in _LETTERS}
    added = {a + letter + b for a, b in splits for letter in _LETTERS}
    return (left_out | swapped | replaced | added) - {name, name + "s"}
