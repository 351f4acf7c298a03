"""Published experiments that a model can be held against: what was given, what was measured.

Read once, checked, never calculated with here. Nothing known from memory alone is in the file
(SAFETY S14); what could not be run is listed with the reason.
"""

import tomllib
from functools import cache
from typing import Any, Final, Literal

from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import shaped, text_of

_FILE: Final = "validation.toml"
_WHERE: Final = f"knowledge/data/{_FILE}"
SETS: Final = ("D", "P", "R", "M", "L")

Trust = Literal["A", "B", "C"]
Route = Literal["oral", "iv", "sc", "im", "oral-day", "pump"]
Quantity = Literal[
    "cmax", "tmax_h", "auc", "mean", "level", "clearance", "half_life_h", "vss",
    "mono_clearance", "mono_volume", "hours_to", "unbound_auc", "unbound_share",
]  # fmt: skip

UNITS: Final[dict[Quantity, str]] = {
    "cmax": "nmol/L", "tmax_h": "h", "auc": "nmol·h/L", "mean": "nmol/L", "level": "nmol/L",
    "clearance": "L/h", "half_life_h": "h", "vss": "L", "mono_clearance": "L/h",
    "mono_volume": "L", "hours_to": "h", "unbound_auc": "nmol·h/L", "unbound_share": "1",
}  # fmt: skip


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """What was given, to whom.

    Attributes
    ----------
    route
        A single dose from nothing, or a repeating day (``oral-day``, ``pump``).
    mg
        Hydrocortisone of the single dose; 0 for a day. [mg]
    product
        Of a dose by mouth.
    weight_kg
        Of the person; 70 where the study does not say.
    times_min, amounts
        Of a day: clock times, and mg by mouth or mg/h by pump from then on. [min], [mg], [mg/h]
    hours
        How long a single dose is followed. [h]
    """

    route: Route
    mg: float = 0.0
    product: Literal["ir", "plenadren"] = "ir"
    weight_kg: float = 70.0
    times_min: tuple[int, ...] = ()
    amounts: tuple[float, ...] = ()
    hours: float = 36.0

    @property
    def is_day(self) -> bool:
        """Whether it is a repeating day."""
        return self.route in ("oral-day", "pump")


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """What is read off a curve.

    Attributes
    ----------
    quantity
        ``clearance`` is the dose over the area of total cortisol; ``mono_clearance`` and
        ``mono_volume`` come of the straight line through the logarithms that the study drew.
    at_h
        Of a ``level``. [h]
    from_h, until_h, every_h
        Samples through which the line of a half-life, or of ``mono_...``, is drawn. [h]
    above_nmol_per_l
        Of ``hours_to``: the level that is reached first. [nmol/L]
    """

    quantity: Quantity
    at_h: float = 0.0
    from_h: float = 0.0
    until_h: float = 0.0
    every_h: float = 0.5
    above_nmol_per_l: float = 0.0


class Figure(Struct, frozen=True, forbid_unknown_fields=True):
    """One published number and what counts as meeting it.

    Attributes
    ----------
    printed
        As the source prints it, spread included.
    published
        The number; None where only a bound is published.
    low, high
        What counts; None: open on that side. In the unit of the quantity.
    rule
        Where the two bounds come from.
    fails
        Parameter sets that are known to miss it: an expected failure, computed and shown.
    """

    measure: Measure
    printed: str
    rule: str
    published: float | None = None
    low: float | None = None
    high: float | None = None
    fails: tuple[str, ...] = ()

    def holds(self, value: float) -> bool:
        """Whether a simulated value counts as meeting it."""
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One published experiment.

    Attributes
    ----------
    n
        People in it; None: not seen.
    role
        Whether D version 1 was fitted to it or predicts it.
    other
        A second thing given: figures are then of both, by ``join``.
    join
        ``ratio`` of the first to the second, or the ``geometric mean`` of both.
    sets
        Which parameter sets can run it.
    """

    id: str
    what: str
    trust: Trust
    source: str
    role: Literal["fit", "prediction"]
    given: Given
    figure: tuple[Figure, ...]
    n: int | None = None
    other: Given | None = None
    join: Literal["ratio", "geometric mean"] = "ratio"
    sets: tuple[str, ...] = SETS
    note: str = ""


class NotRun(Struct, frozen=True, forbid_unknown_fields=True):
    """A case of the collection that no model can be held against, and why."""

    id: str
    what: str
    why: str


class Validation(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    source: dict[str, str]
    case: tuple[Case, ...]
    not_run: tuple[NotRun, ...]


def _refuse(what: str) -> KnowledgeError:
    return KnowledgeError(what, where=_WHERE)


def given_problem(given: Given) -> str:
    """What is wrong with a description of what was given; empty: nothing."""
    if given.is_day and not (given.times_min and len(given.times_min) == len(given.amounts)):
        return "a day needs as many times as amounts"
    if not given.is_day and not given.mg > 0:
        return "a single dose needs milligrams"
    return ""


def measure_problem(measure: Measure) -> str:
    """What is wrong with a description of what was measured; empty: nothing."""
    line = measure.quantity in ("half_life_h", "mono_clearance", "mono_volume")
    if line and not measure.from_h < measure.until_h:
        return f"{measure.quantity} needs the hours of its samples"
    if measure.quantity == "hours_to" and not measure.above_nmol_per_l > 0:
        return "hours_to needs a level"
    return ""


def _figure_problem(figure: Figure, sets: tuple[str, ...]) -> str:
    if figure.low is None and figure.high is None:
        return f"{figure.printed!r} has no bound that could be missed"
    if figure.published is not None and not figure.holds(figure.published):
        return f"{figure.printed!r} lies outside its own bounds"
    if not set(figure.fails) <= set(sets):
        return f"{figure.printed!r} is to fail under a set that does not run it"
    return measure_problem(figure.measure)


def _check(case: Case, sources: dict[str, str]) -> None:
    problems = [given_problem(g) for g in (case.given, case.other) if g is not None]
    problems += [_figure_problem(figure, case.sets) for figure in case.figure]
    if case.source not in sources:
        problems.append(f"the unknown source {case.source!r} is named")
    if not case.figure:
        problems.append("nothing is compared")
    found = next((p for p in problems if p), None)
    if found:
        raise _refuse(f"case {case.id}: {found}")


def decode(data: dict[str, Any]) -> Validation:
    """The content of such a file, checked.

    Raises
    ------
    KnowledgeError
        K001 for an unknown source, a figure without a bound, a published number outside its own
        bounds, or two cases of one number.
    """
    read = shaped(data, Validation, _WHERE)
    for case in read.case:
        _check(case, read.source)
    ids = [case.id for case in read.case] + [one.id for one in read.not_run]
    if len(set(ids)) != len(ids):
        raise _refuse("two cases carry the same number")
    return read


@cache
def validation() -> Validation:
    """Every published experiment of the package.

    Raises
    ------
    KnowledgeError
        K001 if the file contradicts itself.
    """
    return decode(tomllib.loads(text_of(_FILE)))
