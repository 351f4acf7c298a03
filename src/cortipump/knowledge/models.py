"""The pharmacokinetic parameter sets, read once: every number with unit, source and grade.

Nothing is calculated here; `pk.parameters` turns a set into the numbers of one person.
"""

import tomllib
from functools import cache
from typing import Any, Final, Literal

from msgspec import Struct, field

from cortipump.errors import KnowledgeError, ModelError
from cortipump.knowledge.tables import shaped, text_of

_FILE: Final = "models.toml"
_WHERE: Final = f"knowledge/data/{_FILE}"

# P primary, A abstract or label, S second-hand, C calculated here, X assumed. `[M]` cannot occur.
Grade = Literal["P", "A", "S", "C", "X"]
Unit = Literal["L/h", "L", "nmol/L", "nmol", "nmol/h", "1/h", "h", "kg", "g/mol", "1"]

# The unit that the end of a value's name promises; longest first.
_UNIT_OF_SUFFIX: Final[tuple[tuple[str, Unit], ...]] = (
    ("_nmol_per_l", "nmol/L"), ("_nmol_per_h", "nmol/h"), ("_g_per_mol", "g/mol"),
    ("_l_per_h", "L/h"), ("_per_h", "1/h"), ("_nmol", "nmol"), ("_kg", "kg"), ("_h", "h"),
    ("_l", "L"),
)  # fmt: skip


class Datum(Struct, frozen=True, forbid_unknown_fields=True):
    """One number from the world.

    Attributes
    ----------
    value
        The number, zero or more, in ``unit``.
    source
        Key of the file's own list of sources.
    grade
        How it was read: P, A, S, C or X.
    note
        What the reader should know: an approximation, an assumption, a choice.
    """

    value: float
    unit: Unit
    source: str
    grade: Grade
    note: str = ""


Data = dict[str, Datum]


class ModelSet(Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter set: its typical values, the spread between people, what it misfits.

    Attributes
    ----------
    kind
        ``unbound``: a model of unbound cortisol with binding. ``total``: total cortisol alone.
    misfits
        Published findings that the set is known to miss, each in a sentence.
    """

    title: str
    version: str
    kind: Literal["unbound", "total"]
    says: str
    misfits: tuple[str, ...]
    values: Data
    spread: Data


class Models(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file.

    Attributes
    ----------
    absorption
        Values that no set has of its own and every set borrows.
    spread
        Spread between people that is the same for every set.
    fast_clearer
        The person than whom a stopped pump is never shown milder.
    """

    constants: Data
    limits: Data
    fast_clearer: Data
    source: dict[str, str]
    absorption: Data
    spread: Data
    model: dict[str, ModelSet] = field(default_factory=dict)


def _refuse(what: str) -> KnowledgeError:
    return KnowledgeError(what, where=_WHERE)


def _promised_unit(name: str) -> Unit:
    return next((unit for end, unit in _UNIT_OF_SUFFIX if name.endswith(end)), "1")


def _check_data(data: Data, sources: dict[str, str], where: str) -> None:
    for name, datum in data.items():
        if datum.source not in sources:
            raise _refuse(f"{where}.{name} names the unknown source {datum.source!r}")
        if not 0 <= datum.value < float("inf"):
            raise _refuse(f"{where}.{name} is {datum.value}, not a number of zero or more")
        if datum.unit != _promised_unit(name):
            raise _refuse(f"{where}.{name} is in {datum.unit}, its name promises another unit")


_ALWAYS: Final = ("clu_l_per_h", "vt_l", "vpl_l", "oral_f_fraction", "oral_ka_per_h")


def _check_model(name: str, one: ModelSet, sources: dict[str, str]) -> None:
    _check_data(one.values, sources, f"model.{name}.values")
    _check_data(one.spread, sources, f"model.{name}.spread")
    lacking = [key for key in _ALWAYS if key not in one.values]
    lacking += [key for key in ("clu_cv", "vt_cv") if key not in one.spread]
    if lacking:
        raise _refuse(f"model.{name} lacks {', '.join(lacking)}")
    if not one.misfits:
        raise _refuse(f"model.{name} does not say what it misfits")
    if one.values["clu_l_per_h"].value <= 0:
        raise _refuse(f"model.{name} has no clearance")
    if one.values["vt_l"].value + one.values["vpl_l"].value <= 0:
        raise _refuse(f"model.{name} has no volume")


def decode(data: dict[str, Any]) -> Models:
    """The content of such a file, checked.

    Raises
    ------
    KnowledgeError
        K001 for an unknown unit, grade or source, a missing value or a number below zero.
    """
    read = shaped(data, Models, _WHERE)
    for name in ("constants", "limits", "fast_clearer", "absorption", "spread"):
        _check_data(getattr(read, name), read.source, name)
    for name, one in read.model.items():
        _check_model(name, one, read.source)
    return read


@cache
def models() -> Models:
    """Every parameter set of the package, with what they share.

    Raises
    ------
    KnowledgeError
        K001 if the file lacks or contradicts something.
    """
    return decode(tomllib.loads(text_of(_FILE)))


def model_set(name: str) -> ModelSet:
    """The parameter set of that name, such as ``D``.

    Raises
    ------
    ModelError
        M001 if there is none.
    """
    found = models().model.get(name)
    if found is None:
        raise ModelError(
            f"there is no model named {name!r}",
            do=f"name one of {', '.join(sorted(models().model))}",
        )
    return found
