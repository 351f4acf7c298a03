"""What a person takes: doses, pump programs, and what can go wrong with them.

Everything here is frozen and checked when it is made. Clock times are minutes since local midnight
(0 to 1439); windows of one day's events are hours since the midnight at which a simulation starts.
Amounts are milligrams of hydrocortisone, never of its ester. Nothing here knows an equation.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Final, Literal

from msgspec import Struct

from cortipump.errors import ModelError
from cortipump.quantities.show import clock_text

Product = Literal["ir", "plenadren", "chronocort"]
Food = Literal["default", "fasted", "fed"]

MINUTES_PER_DAY: Final = 1440
# Beyond these a number is a slip of the decimal point, not a dose.
_MOST_MG: Final = 1000.0
_MOST_MG_PER_H: Final = 100.0
_MOST_PERCENT: Final = 1000.0


def _check_dose(what: str, mg: float, at_min: int, day: int | None) -> None:
    if not (isfinite(mg) and 0 < mg <= _MOST_MG):
        raise ModelError(
            f"{what} of {mg:g} mg is not a dose: above 0 and at most {_MOST_MG:g} mg",
            do="give the milligrams of hydrocortisone, or leave the dose out",
        )
    if not 0 <= at_min < MINUTES_PER_DAY:
        raise ModelError(f"{what} at minute {at_min} is outside the day, 00:00 to 23:59")
    if day is not None and day < 0:
        raise ModelError(f"{what} on day {day}: days count from 0")


def _check_rate(what: str, mg_per_h: float) -> None:
    if not (isfinite(mg_per_h) and 0 <= mg_per_h <= _MOST_MG_PER_H):
        raise ModelError(
            f"{what} of {mg_per_h:g} mg/h is not a rate: 0 to {_MOST_MG_PER_H:g} mg/h",
            do="give milligrams of hydrocortisone per hour, not pump units",
        )


def _check_window(what: str, from_h: float, until_h: float | None) -> None:
    ends = float("inf") if until_h is None else until_h
    if not (isfinite(from_h) and 0 <= from_h < ends):
        raise ModelError(
            f"{what} from {from_h:g} h until {ends:g} h holds no time",
            do="let it start at 0 h or later and end after its start",
        )


class OralDose(Struct, frozen=True, tag="oral"):
    """A dose by mouth.

    Attributes
    ----------
    product
        ``ir`` immediate release; ``plenadren`` and ``chronocort`` are approximations and labelled.
    food
        ``default``: the parameter set's own absorption.
    day
        The one day on which it is taken, from 0; None: every day.
    """

    at_min: int
    mg: float
    product: Product = "ir"
    food: Food = "default"
    day: int | None = None

    def __post_init__(self) -> None:
        _check_dose("a dose by mouth", self.mg, self.at_min, self.day)
        if self.product == "chronocort" and self.food != "default":
            raise ModelError("nothing is known of food and Chronocort: leave food out")


class Injection(Struct, frozen=True, tag="injection"):
    """An injection under the skin (``sc``) or into the muscle (``im``)."""

    at_min: int
    mg: float
    route: Literal["sc", "im"] = "sc"
    day: int | None = None

    def __post_init__(self) -> None:
        _check_dose("an injection", self.mg, self.at_min, self.day)


class IvBolus(Struct, frozen=True, tag="iv"):
    """An injection into a vein, at once."""

    at_min: int
    mg: float
    day: int | None = None

    def __post_init__(self) -> None:
        _check_dose("an i.v. injection", self.mg, self.at_min, self.day)


class Bolus(Struct, frozen=True, tag="bolus"):
    """A bolus by the pump; lost while it is suspended or its site has failed."""

    at_min: int
    mg: float
    day: int | None = None

    def __post_init__(self) -> None:
        _check_dose("a bolus", self.mg, self.at_min, self.day)


class IvInfusion(Struct, frozen=True, tag="iv-infusion"):
    """An even infusion into a vein, every day over a part of the day."""

    mg_per_day: float
    from_min: int = 0
    until_min: int = MINUTES_PER_DAY

    def __post_init__(self) -> None:
        _check_dose("an i.v. infusion", self.mg_per_day, self.from_min, None)
        if not self.from_min < self.until_min <= MINUTES_PER_DAY:
            raise ModelError("an i.v. infusion ends after its start and by 24:00")

    @property
    def mg_per_h(self) -> float:
        """Its rate while it runs. [mg/h]."""
        return self.mg_per_day * 60 / (self.until_min - self.from_min)


class BasalBlock(Struct, frozen=True):
    """One rate over part of the day, half-open."""

    from_min: int
    until_min: int
    mg_per_h: float

    def __post_init__(self) -> None:
        _check_rate("a basal rate", self.mg_per_h)


class BasalProgram(Struct, frozen=True):
    """Blocks that cover the day exactly once, from midnight to midnight."""

    blocks: tuple[BasalBlock, ...]

    def __post_init__(self) -> None:
        at = 0
        for block in self.blocks:
            if block.until_min <= block.from_min:
                raise ModelError(f"a block at {clock_text(block.from_min)} holds no time")
            if block.from_min != at:
                what = "overlaps the one before" if block.from_min < at else "leaves a gap before"
                raise ModelError(
                    f"the block at {clock_text(block.from_min)} {what}",
                    do="let each block start where the one before ends, from 00:00 to 24:00",
                )
            at = block.until_min
        if at != MINUTES_PER_DAY:
            raise ModelError(
                f"the program ends at {clock_text(at)}, not at 24:00",
                do="let the blocks cover the whole day",
            )

    @classmethod
    def from_starts(cls, starts: Iterable[tuple[int, float]]) -> "BasalProgram":
        """A program as a pump holds it: each rate runs until the next one starts.

        Parameters
        ----------
        starts
            Minute and rate, in the order of the day; the first at 00:00. [min], [mg/h]

        Raises
        ------
        ModelError
            M001 if they are out of order, doubled, or do not begin at midnight.
        """
        listed = list(starts)
        edges = [minute for minute, _ in listed] + [MINUTES_PER_DAY]
        return cls(
            tuple(
                BasalBlock(start, end, rate)
                for (start, rate), end in zip(listed, edges[1:], strict=True)
            )
        )

    @property
    def daily_mg(self) -> float:
        """What it delivers in a day. [mg]."""
        return sum(b.mg_per_h * (b.until_min - b.from_min) / 60 for b in self.blocks)


class TemporaryRate(Struct, frozen=True, tag="temporary"):
    """Another basal rate for a while: either a percentage of the program or a rate of its own."""

    from_h: float
    until_h: float
    percent: float | None = None
    mg_per_h: float | None = None

    def __post_init__(self) -> None:
        _check_window("a temporary rate", self.from_h, self.until_h)
        if (self.percent is None) == (self.mg_per_h is None):
            raise ModelError("a temporary rate is either a percentage or a rate in mg/h")
        if self.percent is not None and not 0 <= self.percent <= _MOST_PERCENT:
            raise ModelError(f"a temporary rate of {self.percent:g} % is outside 0 to 1000 %")
        if self.mg_per_h is not None:
            _check_rate("a temporary rate", self.mg_per_h)


class Suspension(Struct, frozen=True, tag="suspension"):
    """The pump delivers nothing; ``until_h`` None: to the end."""

    from_h: float
    until_h: float | None = None

    def __post_init__(self) -> None:
        _check_window("a suspension", self.from_h, self.until_h)


class SiteLoss(Struct, frozen=True, tag="site-loss"):
    """The pump runs and nothing reaches the body; what is under the skin goes on."""

    from_h: float
    until_h: float | None = None

    def __post_init__(self) -> None:
        _check_window("a lost site", self.from_h, self.until_h)


class MissedDose(Struct, frozen=True, tag="missed"):
    """The dose at that clock time, by mouth or injected, is not taken on that one day."""

    at_min: int
    day: int = 0


class ClockChange(Struct, frozen=True, tag="clock-change"):
    """The clocks of person and pump are set on (+60) or back (-60) on one day.

    A dose within the hour that is skipped is taken at the change; one within the hour that comes
    twice is taken once, the first time. The pump follows its clock.
    """

    day: int
    at_min: int = 120
    shift_min: int = 60

    def __post_init__(self) -> None:
        last = self.at_min + max(self.shift_min, 0)
        if self.day < 0 or self.shift_min == 0 or abs(self.shift_min) > 180:
            raise ModelError("a clock change is on a day from 0 and shifts by up to three hours")
        if self.at_min + min(self.shift_min, 0) < 0 or last >= MINUTES_PER_DAY:
            raise ModelError("a clock change stays within its day")


Dose = OralDose | Injection | IvBolus | Bolus
Window = TemporaryRate | Suspension | SiteLoss
Once = MissedDose | ClockChange
Item = Dose | IvInfusion | Window | Once
