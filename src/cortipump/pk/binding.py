"""Total cortisol from unbound and back: CBG with one or two sites, the rest in proportion.

``total = u (1 + NS) + B1 u / (Kd1 + u) + B2 u / (Kd2 + u)``; levels in nmol/L, arrays of any shape.
"""

from typing import Final

import numpy as np
from msgspec import Struct

from cortipump.pk.parameters import FloatArray, People, PkParameters

_MOST_STEPS: Final = 60
_CLOSE: Final = 1e-14


class Binding(Struct, frozen=True, gc=False):
    """Binding constants of one person, or of many as arrays that broadcast with the levels.

    Attributes
    ----------
    capacity_1, kd_1, capacity_2, kd_2
        Of the two sites. [nmol/L]
    nonspecific
        Bound in proportion, per unbound.
    """

    capacity_1: FloatArray
    kd_1: FloatArray
    capacity_2: FloatArray
    kd_2: FloatArray
    nonspecific: FloatArray


def binding_of(who: PkParameters | People) -> Binding:
    """The binding of a person (scalars) or of people, shape (n_people,)."""

    def get(name: str) -> FloatArray:
        return who.column(name) if isinstance(who, People) else np.asarray(getattr(who, name))

    return Binding(
        get("site1_capacity_nmol_per_l"), get("site1_kd_nmol_per_l"),
        get("site2_capacity_nmol_per_l"), get("site2_kd_nmol_per_l"), get("nonspecific_ratio"),
    )  # fmt: skip


def total_from_unbound(unbound: FloatArray, b: Binding) -> FloatArray:
    """Total cortisol at an unbound level of zero or more. [nmol/L], shape of ``unbound``."""
    bound = b.capacity_1 * unbound / (b.kd_1 + unbound) + b.capacity_2 * unbound / (
        b.kd_2 + unbound
    )
    return np.asarray(unbound * (1 + b.nonspecific) + bound)


def slope(unbound: FloatArray, b: Binding) -> FloatArray:
    """Derivative of total with respect to unbound cortisol, at least 1."""
    sites = b.capacity_1 * b.kd_1 / (b.kd_1 + unbound) ** 2
    sites = sites + b.capacity_2 * b.kd_2 / (b.kd_2 + unbound) ** 2
    return np.asarray(1 + b.nonspecific + sites)


def unbound_from_total(total: FloatArray, b: Binding) -> FloatArray:
    """Unbound cortisol at a total level of zero or more. [nmol/L], shape of ``total``.

    Notes
    -----
    Total is increasing and concave in unbound: Newton's method from below the root climbs to it
    without passing it. The start is what would be unbound were every site full, or, where that is
    nothing, what would be were every site empty.
    """
    total = np.asarray(total, dtype=np.float64)
    free = (total - b.capacity_1 - b.capacity_2) / (1 + b.nonspecific)
    u = np.maximum(free, total / slope(np.zeros_like(total), b))
    for _ in range(_MOST_STEPS):
        step = (total - total_from_unbound(u, b)) / slope(u, b)
        u = u + step
        if np.all(np.abs(step) <= _CLOSE * np.abs(u)):
            break
    return np.maximum(u, 0.0)
