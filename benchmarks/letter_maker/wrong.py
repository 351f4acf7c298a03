"""False values that are provably false: each is checked against everything it could honestly be."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Final

from benchmarks.letter_maker.spelling import MoneyStyle, say_money

_TRIES: Final = 60
_SEASONS: Final = ("winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer",
                   "fall", "fall", "fall", "winter")  # fmt: skip


def day(
    rng: Random, true: date, style: str, clear: Callable[[date], bool], latest: date,
    more: Sequence[date] = (),
) -> date | None:  # fmt: skip
    """A day on which nothing of the kind is recorded, under either order of day and month."""
    for _ in range(_TRIES):
        found = _other_day(rng, true, style, more)
        if found is None or found == true or found > latest or not clear(found):
            continue
        turned = _swapped(found)
        if "slash" in style and turned is not None and (turned == true or not clear(turned)):
            continue
        return found
    return None


def _other_day(rng: Random, true: date, style: str, more: Sequence[date]) -> date | None:
    match rng.randint(0, 6):
        case 0 | 1:
            return true + timedelta(days=rng.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7, 10)))
        case 2:
            return _month(true, rng.choice((-2, -1, 1, 2)))
        case 3:
            return _month(true, rng.choice((-12, 12)))
        case 4:
            return None if "slash" in style else _swapped(true)
        case 5:
            return rng.choice(more) if more else None
        case _:
            turned = int(f"{true.day:02d}"[::-1])
            most = monthrange(true.year, true.month)[1]
            return true.replace(day=turned) if 1 <= turned <= most else None


def _month(true: date, months: int) -> date:
    number = true.year * 12 + true.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(true.day, monthrange(year, month)[1]))


def _swapped(true: date) -> date | None:
    return date(true.year, true.day, true.month) if true.day <= 12 else None


def vague(rng: Random, true: date, dated: date) -> str:
    """Words for the day that nobody could check, and that are no lie."""
    away = (dated - true).days
    if away > 700:
        return rng.choice(("some years ago", "a couple of years ago", "quite a while ago"))
    words = ["some time ago", "a while ago", "a while back"]
    if 20 < away < 330:
        words += [f"last {true:%B}", f"last {true:%B}", f"last {_SEASONS[true.month - 1]}"]
    if away < 60:
        words += ["recently", "the other week", "not long ago"]
    elif away < 300:
        words += ["a few months ago", "some months ago", "several months back"]
    else:
        words += ["about a year ago", "more than a few months ago", "around this time last year"]
    if true.year == dated.year:
        words.append("earlier this year")
    return rng.choice(words)


def amount(
    rng: Random, true: Decimal, can_be: frozenset[Decimal], tempting: Sequence[Decimal],
    known: frozenset[Decimal], style: MoneyStyle,
) -> Decimal | None:  # fmt: skip
    """Another amount: one that is true elsewhere, or a slip of the keyboard that is nowhere."""
    for _ in range(_TRIES):
        slip = rng.random() < 0.6 or not tempting
        found = _slip(rng, true) if slip else rng.choice(list(tempting))
        if found <= 0 or (slip and found in known) or _near(found, true, can_be, style):
            continue
        return found
    return None


def _near(found: Decimal, true: Decimal, can_be: frozenset[Decimal], style: MoneyStyle) -> bool:
    """Whether it would be true, or a gentle rounding of what is."""
    if say_money(style, found) == say_money(style, true):
        return True
    exact = style.least == style.most == 1
    for honest in (true, *can_be):
        if honest <= 0:
            continue
        ratio = found / honest
        if found == honest or (not exact and style.least <= ratio <= style.most):
            return True
    return False


def _slip(rng: Random, true: Decimal) -> Decimal:
    """Two neighbouring digits exchanged, or one digit changed."""
    digits = list(f"{true:.2f}")
    places = [n for n, sign in enumerate(digits) if sign.isdigit()]
    if rng.random() < 0.5:
        pairs = [(a, b) for a, b in pairwise(places)
                 if b == a + 1 and digits[a] != digits[b] and not (a == 0 and digits[b] == "0")]  # fmt: skip
        if pairs:
            a, b = rng.choice(pairs)
            digits[a], digits[b] = digits[b], digits[a]
            return Decimal("".join(digits))
    at = rng.choice(places)
    digits[at] = rng.choice([s for s in "123456789" if s != digits[at]])
    return Decimal("".join(digits))


def count(rng: Random, true: Decimal, honest: frozenset[Decimal], least: int) -> Decimal | None:
    """One to four more or fewer, and no other number that could be meant."""
    steps = [Decimal(n) for n in (-4, -3, -2, -1, 1, 2, 3, 4)]
    found = [true + s for s in steps if true + s >= least and true + s not in honest]
    return rng.choice(found) if found else None


def digits(rng: Random, true: Decimal, taken: Callable[[Decimal], bool]) -> Iterator[Decimal]:
    """The value with digits exchanged or one changed, as many digits as before."""
    text = str(true)
    places = [n for n, sign in enumerate(text) if sign.isdigit()]
    for _ in range(_TRIES):
        signs = list(text)
        if rng.random() < 0.4 and len(places) > 1:
            a, b = rng.sample(places, 2)
            signs[a], signs[b] = signs[b], signs[a]
        else:
            at = rng.choice(places)
            signs[at] = rng.choice("123456789")
        found = Decimal("".join(signs))
        if signs[0] != "0" and found != true and not taken(found):
            yield found
