"""A regimen as people type it: ``10@07:00,5@12:00`` and ``00:00=0.1,02:00=2``."""

import re
from collections.abc import Callable, Iterator
from typing import Final, get_args

from msgspec import Struct

from cortipump.errors import UsageError
from cortipump.pk.intake import (
    BasalProgram,
    Dose,
    Food,
    Injection,
    IvBolus,
    IvInfusion,
    OralDose,
    Product,
)
from cortipump.pk.regimen import Regimen

_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DOSE: Final = re.compile(
    rf"\s*({_NUMBER})\s*(?:mg)?\s*@\s*([0-9]{{1,2}}:[0-9]{{2}})\s*(?:/\s*([\w/]+))?\s*"
)
_RATE: Final = re.compile(rf"\s*([0-9]{{1,2}}:[0-9]{{2}})\s*=\s*({_NUMBER})\s*(?:mg/h)?\s*")
_HOURS, _MINUTES = 24, 60
_FOODS: Final = frozenset(get_args(Food)) - {"default"}
_PRODUCTS: Final = frozenset(get_args(Product))


class Typed(Struct, frozen=True):
    """A regimen in words, one text per way of giving; empty: not given that way.

    Attributes
    ----------
    oral
        ``MG@HH:MM`` with commas; ``/fed``, ``/fasted``, ``/plenadren`` or ``/chronocort`` behind
        a dose say how it is taken.
    injection, im, iv
        The same under the skin, into the muscle, into a vein.
    iv_infusion
        Evenly over the day. [mg/day]
    basal
        ``HH:MM=MG_PER_H`` with commas, from 00:00 on; each rate runs until the next.
    """

    oral: str = ""
    injection: str = ""
    im: str = ""
    iv: str = ""
    iv_infusion: float | None = None
    basal: str = ""


def regimen_of(typed: Typed) -> Regimen:
    """The regimen that the words describe.

    Raises
    ------
    UsageError
        W001 for words that are no dose, rate or time, naming the option and the word.
    ModelError
        M001 for doses and programs that make no sense.
    """
    items: list[Dose | IvInfusion] = [
        *_doses("--oral", typed.oral, _oral),
        *_doses("--injection", typed.injection, lambda mg, at, how: Injection(at, mg)),
        *_doses("--im", typed.im, lambda mg, at, how: Injection(at, mg, "im")),
        *_doses("--iv", typed.iv, lambda mg, at, how: IvBolus(at, mg)),
    ]
    if typed.iv_infusion is not None:
        items.append(IvInfusion(typed.iv_infusion))
    program = program_of(typed.basal) if typed.basal.strip() else None
    return Regimen(tuple(items), program)


def typed_of(text: str) -> Typed:
    """The ways of giving of one text: ``oral 10@07:00,5@12:00; basal 00:00=0.1``.

    Raises
    ------
    UsageError
        W001 for a way that does not exist or stands twice.
    """
    found: dict[str, str] = {}
    for part in filter(str.strip, text.split(";")):
        way, _, rest = part.strip().partition(" ")
        name = way.rstrip(":").replace("-", "_")
        if name not in Typed.__struct_fields__ or name in found or not rest.strip():
            known = ", ".join(field.replace("_", "-") for field in Typed.__struct_fields__)
            raise _unclear("the regimen", part, f"one way of giving and its doses; ways: {known}")
        found[name] = rest.strip()
    if not found:
        raise _unclear("the regimen", text, "such as 'oral 10@07:00,5@12:00'")
    infusion = found.pop("iv_infusion", None)
    if infusion is not None and not re.fullmatch(_NUMBER, infusion):
        raise _unclear("iv-infusion", infusion, "a number of mg per day")
    return Typed(**found, iv_infusion=float(infusion) if infusion else None)


def program_of(text: str) -> BasalProgram:
    """A basal program from ``00:00=0.1,02:00=2``, rates in mg/h."""
    starts = []
    for part in _parts("--basal", text):
        found = _RATE.fullmatch(part)
        if found is None:
            raise _unclear("--basal", part, "HH:MM=MG_PER_H, such as 02:00=1.2")
        starts.append((clock_of("--basal", found[1]), float(found[2])))
    return BasalProgram.from_starts(starts)


def clock_of(option: str, text: str) -> int:
    """The minute of the day of ``HH:MM``.

    Raises
    ------
    UsageError
        W001 if it is none.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) >= _HOURS or int(found[2]) >= _MINUTES:
        raise _unclear(option, text, "a time from 00:00 to 23:59")
    return int(found[1]) * _MINUTES + int(found[2])


def _doses(
    option: str, text: str, make: Callable[[float, int, tuple[str, ...]], Dose]
) -> Iterator[Dose]:
    for part in _parts(option, text) if text.strip() else ():
        found = _DOSE.fullmatch(part)
        if found is None or (found[3] and option != "--oral"):
            raise _unclear(option, part, "MG@HH:MM, such as 10@07:00")
        how = tuple(found[3].lower().split("/")) if found[3] else ()
        yield make(float(found[1]), clock_of(option, found[2]), how)


def _oral(mg: float, at_min: int, how: tuple[str, ...]) -> OralDose:
    product: Product = "ir"
    food: Food = "default"
    if len(how) - len(_PRODUCTS & set(how)) > 1 or len(_PRODUCTS & set(how)) > 1:
        raise _unclear("--oral", "/".join(how), "one way of taking it and one product")
    for word in how:
        if word in _PRODUCTS:
            product = word  # type: ignore[assignment] # one of the type's own words
        elif word in _FOODS:
            food = word  # type: ignore[assignment] # likewise
        else:
            known = ", ".join(sorted(_PRODUCTS | _FOODS))
            raise _unclear("--oral", f"/{word}", f"one of {known}")
    return OralDose(at_min, mg, product, food)


def _parts(option: str, text: str) -> list[str]:
    parts = text.split(",")
    if not all(part.strip() for part in parts):
        raise _unclear(option, text, "entries with one comma between them")
    return parts


def _unclear(option: str, text: str, wanted: str) -> UsageError:
    return UsageError(f"{text.strip()!r} is not {wanted}", where=option, do=f"write {wanted}")
