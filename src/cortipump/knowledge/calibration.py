"""Published points from which the default parameter set is calibrated, with their weights.

Read once, checked. Only the weight of a point is worked out here, from what its file says; nothing
known from memory alone is in the file (SAFETY S14).
"""

import tomllib
from functools import cache
from math import log, sqrt
from typing import Any, Final, Literal

from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import shaped, text_of
from cortipump.knowledge.validation import Given, Measure, Trust, given_problem, measure_problem

_FILE: Final = "calibration.toml"
_WHERE: Final = f"knowledge/data/{_FILE}"
# Width of a 95 % interval of a normal distribution, in standard errors.
_WIDTH_95: Final = 2 * 1.959964


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """One published number and how far it can be trusted.

    Attributes
    ----------
    case
        Its number in the collection of cases.
    value
        As published, in the unit of the quantity.
    cv
        Between people, as a fraction: published, or borrowed as ``why`` says.
    statistic
        An arithmetic ``mean`` with a ``cv`` becomes a geometric one; others stay.
    low, high
        Published 95 % interval of the mean, instead of ``cv``.
    extra
        Further standard error of the logarithm, in quadrature: what was assumed to get here.
    why
        Where the weight comes from.
    """

    case: str
    given: Given
    measure: Measure
    value: float
    why: str
    statistic: Literal["mean", "geometric mean", "typical"] = "typical"
    cv: float = 0.0
    low: float | None = None
    high: float | None = None
    extra: float = 0.0

    @property
    def centre(self) -> float:
        """Geometric mean, or what stands for it."""
        return self.value / sqrt(1 + self.cv**2) if self.statistic == "mean" else self.value

    def log_se(self, n: int | None) -> float:
        """Standard error of the logarithm of the centre, for a study of ``n`` people."""
        own = log(1 + self.cv**2) / n if n else 0.0
        if self.low and self.high:
            own = (log(self.high / self.low) / _WIDTH_95) ** 2
        return sqrt(own + self.extra**2)


class Study(Struct, frozen=True, forbid_unknown_fields=True):
    """One group of people, who share a typical clearance and volume of their own.

    Attributes
    ----------
    n
        People; None: not seen, the weight is then assumed in ``extra``.
    """

    key: str
    title: str
    source: str
    trust: Trust
    point: tuple[Point, ...]
    n: int | None = None


class Prior(Struct, frozen=True, forbid_unknown_fields=True):
    """What was known before: normal on the logarithm, or half-normal on a spread.

    Attributes
    ----------
    centre
        Median; 0 for a spread.
    width
        Standard deviation of the logarithm, or scale of the half-normal.
    most
        Upper bound; None: none.
    """

    name: str
    kind: Literal["log-normal", "half-normal"]
    centre: float
    width: float
    why: str
    most: float | None = None


class Calibration(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file.

    Attributes
    ----------
    source
        Keys and texts, as in the file of validation cases.
    left_out
        Numbers of the first calibration that are not used, and why.
    """

    source: dict[str, str]
    prior: tuple[Prior, ...]
    study: tuple[Study, ...]
    left_out: tuple[str, ...]


def _refuse(what: str) -> KnowledgeError:
    return KnowledgeError(what, where=_WHERE)


def _point_problem(point: Point, n: int | None) -> str:
    if not point.value > 0:
        return f"a published value of {point.value:g}"
    if not point.log_se(n) > 0:
        return f"no weight can be worked out for {point.value:g}"
    if point.low and not point.low < point.value < (point.high or 0.0):
        return f"{point.value:g} lies outside its own interval"
    return given_problem(point.given) or measure_problem(point.measure)


def _check(study: Study, sources: dict[str, str]) -> None:
    problems = [_point_problem(point, study.n) for point in study.point]
    if study.source not in sources:
        problems.append(f"the unknown source {study.source!r} is named")
    if not study.point:
        problems.append("no point")
    found = next((p for p in problems if p), None)
    if found:
        raise _refuse(f"study {study.key}: {found}")


def decode(data: dict[str, Any]) -> Calibration:
    """The content of such a file, checked.

    Raises
    ------
    KnowledgeError
        K001 for an unknown source, a point without weight, or two studies or priors of one name.
    """
    read = shaped(data, Calibration, _WHERE)
    for study in read.study:
        _check(study, read.source)
    for names in ([s.key for s in read.study], [p.name for p in read.prior]):
        if len(set(names)) != len(names):
            raise _refuse("two studies or two priors carry the same name")
    return read


@cache
def calibration() -> Calibration:
    """The points, their weights and the priors.

    Raises
    ------
    KnowledgeError
        K001 if the file contradicts itself.
    """
    return decode(tomllib.loads(text_of(_FILE)))
