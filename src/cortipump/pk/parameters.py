"""The numbers of one person, or of many, that the equations need; units stand in the names.

Nothing is simulated here and nothing is drawn at random (that is `pk.population`).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from cortipump.errors import ModelError
from cortipump.knowledge.models import Data, ModelSet, model_set, models

FloatArray = NDArray[np.float64]

_NMOL_PER_MOL: Final = 1e9
_MG_PER_G: Final = 1e3


class PkParameters(Struct, frozen=True, kw_only=True, gc=False):
    """One person, for one structure of model.

    Total cortisol from unbound ``u``: ``u (1 + nonspecific) + site1 u / (Kd1 + u) + site2 u /
    (Kd2 + u)``. Amount in the central space: ``vpl * total + vt * u``.

    Attributes
    ----------
    model, version
        The parameter set that it came from.
    knows_unbound
        False for a model of total cortisol alone: its ``u`` is then total cortisol.
    clu_l_per_h
        Clearance of unbound cortisol (of total cortisol where unbound is not known). [L/h]
    vt_l, vpl_l
        Volume that unbound cortisol fills, and the volume whose bound pool carries mass. [L]
    site1_capacity_nmol_per_l, site1_kd_nmol_per_l
        Capacity and dissociation constant of CBG. [nmol/L]
    site2_capacity_nmol_per_l, site2_kd_nmol_per_l
        The same of cleaved CBG; capacity 0 where the set has one site. [nmol/L]
    nonspecific_ratio
        Bound to albumin and the like, per unbound.
    q_l_per_h, vp_l
        Exchange with, and volume of, a second compartment; 0: none. [L/h], [L]
    absorption_max_nmol_per_h, absorption_km_nmol
        Saturable absorption of immediate-release tablets; 0: first order. [nmol/h], [nmol]
    plenadren_fed_lag_h
        Later start with food, the same for everybody. [h]
    chronocort_k_per_h, im_k_per_h
        Rate of each of two equal steps. [1/h]
    baseline_total_nmol_per_l
        Own cortisol, added to what is observed; 0 in primary insufficiency. [nmol/L]
    weight_kg, cbg_ratio
        What the numbers were scaled by. CBG ratio: CBG over the laboratory's mean.
    """

    model: str
    version: str
    knows_unbound: bool
    clu_l_per_h: float
    vt_l: float
    vpl_l: float
    site1_capacity_nmol_per_l: float = 0.0
    site1_kd_nmol_per_l: float = 1.0
    site2_capacity_nmol_per_l: float = 0.0
    site2_kd_nmol_per_l: float = 1.0
    nonspecific_ratio: float = 0.0
    q_l_per_h: float = 0.0
    vp_l: float = 0.0
    absorption_max_nmol_per_h: float = 0.0
    absorption_km_nmol: float = 1.0
    oral_f_fraction: float
    oral_ka_per_h: float
    fasted_ka_per_h: float
    fed_ka_per_h: float
    sc_k1_per_h: float
    sc_k2_per_h: float
    sc_f_fraction: float
    im_k_per_h: float
    im_f_fraction: float
    plenadren_ka_per_h: float
    plenadren_f_ratio: float
    plenadren_fed_lag_h: float
    plenadren_fed_f_ratio: float
    chronocort_k_per_h: float
    chronocort_f_ratio: float
    baseline_total_nmol_per_l: float = 0.0
    weight_kg: float
    cbg_ratio: float = 1.0


# The numbers of a person in the order of their rows in `People.table`.
FIELDS: Final = tuple(
    f.name
    for f in structs.fields(PkParameters)
    if f.name not in {"model", "version", "knows_unbound"}
)
_ROW: Final = {name: row for row, name in enumerate(FIELDS)}
_ABOVE_ZERO: Final = tuple(name for name in FIELDS if name.endswith(("ka_per_h", "k_per_h")))


def nmol_per_mg() -> float:
    """Hydrocortisone (as base), from its molar mass. [nmol/mg]."""
    molar_mass = models().constants["molar_mass_g_per_mol"].value
    return _NMOL_PER_MOL / _MG_PER_G / molar_mass


def check_weight(weight_kg: float) -> float:
    """The weight, when it lies inside the limits of the models. [kg].

    Raises
    ------
    ModelError
        M001 outside 2 to 300 kg.
    """
    least, most = (models().limits[f"weight_{end}_kg"].value for end in ("least", "most"))
    if not least <= weight_kg <= most:
        raise ModelError(
            f"a weight of {weight_kg:g} kg is outside {least:g} to {most:g} kg",
            do="give the weight in kilograms",
        )
    return weight_kg


def check_cbg_ratio(cbg_ratio: float) -> float:
    """CBG over the laboratory's mean, when it can be one.

    Raises
    ------
    ModelError
        M001 outside 0.1 to 10.
    """
    if not 0.1 <= cbg_ratio <= 10:
        raise ModelError(
            f"a CBG ratio of {cbg_ratio:g} is outside 0.1 to 10",
            do="divide the CBG by the mean of the same laboratory's reference interval",
        )
    return cbg_ratio


def _numbers(data: Data) -> dict[str, float]:
    return {name: datum.value for name, datum in data.items()}


def from_set(
    name: str, one: ModelSet, *, weight_kg: float = 70.0, cbg_ratio: float = 1.0
) -> PkParameters:
    """A set's typical person, scaled to a weight and a CBG ratio.

    Clearances grow with weight to the power 0.75, volumes with weight; the CBG ratio scales the
    capacity of the CBG sites and nothing else.

    Raises
    ------
    ModelError
        M001 for a weight or ratio out of range, or a CBG ratio on a model without binding.
    """
    check_weight(weight_kg)
    check_cbg_ratio(cbg_ratio)
    if one.kind == "total" and cbg_ratio != 1:
        raise ModelError(
            f"model {name} knows no binding: a CBG ratio of {cbg_ratio:g} cannot be expressed",
            do="choose a model of unbound cortisol, such as D",
        )
    limits = models().limits
    share = weight_kg / limits["reference_weight_kg"].value
    values = _numbers(models().absorption) | _numbers(one.values)
    for key in ("clu_l_per_h", "q_l_per_h"):
        values[key] = values.get(key, 0.0) * share ** limits["clearance_exponent"].value
    for key in ("vt_l", "vpl_l", "vp_l"):
        values[key] = values.get(key, 0.0) * share ** limits["volume_exponent"].value
    for key in ("site1_capacity_nmol_per_l", "site2_capacity_nmol_per_l"):
        values[key] = values.get(key, 0.0) * cbg_ratio
    return PkParameters(
        model=name, version=one.version, knows_unbound=one.kind == "unbound",
        weight_kg=weight_kg, cbg_ratio=cbg_ratio, **values,
    )  # fmt: skip


def typical(name: str = "D", *, weight_kg: float = 70.0, cbg_ratio: float = 1.0) -> PkParameters:
    """The typical person of a named parameter set.

    Parameters
    ----------
    name
        ``D`` (default), ``P``, ``R``, ``M`` or ``L``.
    weight_kg
        Body weight, 2 to 300. [kg]
    cbg_ratio
        CBG over the laboratory's mean; 2.0 to 2.3 on oral oestrogen (Qureshi 2007).

    Raises
    ------
    ModelError
        M001 for an unknown set, or a number out of range.

    Examples
    --------
    >>> typical("D").clu_l_per_h
    275.0
    """
    return from_set(name, model_set(name), weight_kg=weight_kg, cbg_ratio=cbg_ratio)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Many persons of one parameter set.

    Attributes
    ----------
    typical
        The person around whom they were drawn.
    table
        Their numbers, one row per name in `FIELDS`, shape (n_fields, n_people).
    seed
        Of the draw; None when they were not drawn.
    """

    typical: PkParameters
    table: FloatArray
    seed: int | None = None

    def __post_init__(self) -> None:
        if self.table.ndim != 2 or self.table.shape[0] != len(FIELDS) or not self.table.size:
            raise ModelError("a table of people has one row per parameter and at least one person")
        if not np.isfinite(self.table).all() or (self.table < 0).any():
            raise ModelError("a parameter of a person is below zero or not a number")
        if any((self.column(name) <= 0).any() for name in (*_ABOVE_ZERO, "clu_l_per_h")):
            raise ModelError("a clearance or rate constant of a person is zero")
        self.table.flags.writeable = False

    @property
    def n(self) -> int:
        """How many they are."""
        return int(self.table.shape[1])

    def column(self, name: str) -> FloatArray:
        """One parameter of everybody, shape (n_people,)."""
        row: FloatArray = self.table[_ROW[name]]
        return row

    def person(self, index: int) -> PkParameters:
        """One of them."""
        values = dict(zip(FIELDS, map(float, self.table[:, index]), strict=True))
        return structs.replace(self.typical, **values)

    def take(self, which: NDArray[np.intp]) -> "People":
        """Some of them, in the order named."""
        return People(self.typical, np.ascontiguousarray(self.table[:, which]), self.seed)


def people_of(*persons: PkParameters) -> People:
    """Persons of one parameter set as `People`, in their order.

    Raises
    ------
    ModelError
        M001 for nobody, or for persons of several sets.
    """
    if len({(p.model, p.version) for p in persons}) != 1:
        raise ModelError("people are simulated together only on one parameter set")
    table = np.array([[getattr(p, name) for p in persons] for name in FIELDS], dtype=np.float64)
    return People(persons[0], table)


def with_value(person: PkParameters, **values: float) -> PkParameters:
    """The same person with other numbers, such as ``clu_l_per_h=450``."""
    return structs.replace(person, **values)
