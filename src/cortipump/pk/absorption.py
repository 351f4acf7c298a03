"""Ways in: each form of a dose becomes a chain of first-order steps, or one saturable step.

A chain holds two stages. A dose of a two-step form starts in the first, one of a one-step form in
the second; the second empties into the body. Rates per hour, amounts in nmol.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from msgspec import Struct

from cortipump.pk.course import IM, IV, SC, Course, Form
from cortipump.pk.parameters import FloatArray, People, PkParameters, people_of

FIRST, SECOND, SATURABLE = 1, 2, 3


class Source(Struct, frozen=True):
    """One form, as the kernel sees it.

    Attributes
    ----------
    starts_in
        `FIRST`, `SECOND`, or `SATURABLE` (the step with a maximal rate).
    k1, k2
        Names of its two rate constants; equal names for a form of one step.
    factors
        Names of the parameters whose product is the absorbed fraction.
    lag_h
        Hours from the dose to the start of absorption, the same for everybody.
    """

    form: Form
    starts_in: int
    k1: str
    k2: str
    factors: tuple[str, ...]
    lag_h: float = 0.0


_KA_OF_FOOD: Final = {
    "default": "oral_ka_per_h", "fasted": "fasted_ka_per_h", "fed": "fed_ka_per_h",
}  # fmt: skip


def _tablet(form: Form, person: PkParameters) -> Source:
    ka = _KA_OF_FOOD[form.food]
    saturable = person.absorption_max_nmol_per_h > 0 and form.food != "fed"
    return Source(form, SATURABLE if saturable else SECOND, ka, ka, ("oral_f_fraction",))


def _plenadren(form: Form, person: PkParameters) -> Source:
    ka, lag = "plenadren_ka_per_h", 0.0
    factors: tuple[str, ...] = ("oral_f_fraction", "plenadren_f_ratio")
    if form.food == "fed":
        factors, lag = (*factors, "plenadren_fed_f_ratio"), person.plenadren_fed_lag_h
    return Source(form, SECOND, ka, ka, factors, lag)


def source_of(form: Form, person: PkParameters) -> Source:
    """How a form is absorbed in a parameter set.

    Parameters
    ----------
    form
        Any but i.v., which has nothing to be absorbed.
    person
        Says which set it is; its lag is taken, its rates are not.
    """
    if form == SC:
        return Source(form, FIRST, "sc_k1_per_h", "sc_k2_per_h", ("sc_f_fraction",))
    if form == IM:
        return Source(form, FIRST, "im_k_per_h", "im_k_per_h", ("im_f_fraction",))
    if form.product == "plenadren":
        return _plenadren(form, person)
    if form.product == "chronocort":
        k, factors = "chronocort_k_per_h", ("oral_f_fraction", "chronocort_f_ratio")
        return Source(form, FIRST, k, k, factors)
    return _tablet(form, person)


def sources_of(courses: Iterable[Course], person: PkParameters) -> tuple[Source, ...]:
    """Every way in that the courses use; the one under the skin first, where it is used."""
    listed = list(courses)
    forms = {g.form for course in listed for g in course.given} - {IV}
    if any(stretch.sc_mg_per_h for course in listed for stretch in course.stretches):
        forms.add(SC)
    ordered = sorted(forms, key=lambda form: (form != SC, form))
    return tuple(source_of(form, person) for form in ordered)


def source_table(sources: tuple[Source, ...], people: People) -> FloatArray:
    """Rate constants and absorbed fraction, shape (n_sources, 3, n_people)."""
    table = np.empty((len(sources), 3, people.n))
    for row, source in enumerate(sources):
        table[row, 0] = people.column(source.k1)
        table[row, 1] = people.column(source.k2)
        table[row, 2] = np.prod([people.column(name) for name in source.factors], axis=0)
    if (table[:, 2] > 1).any():
        # A fed dual-release tablet of a complete absorber would exceed its own content.
        np.minimum(table[:, 2], 1.0, out=table[:, 2])
    return table


def fraction_absorbed(form: Form, person: PkParameters) -> float:
    """The share of a dose that reaches the body in the end, 0 to 1."""
    if form == IV:
        return 1.0
    return float(source_table((source_of(form, person),), people_of(person))[0, 2, 0])


def between_stages(k1: FloatArray, k2: FloatArray, hours: float) -> FloatArray:
    """Share of the first stage's amount that is in the second after some hours, elementwise.

    ``k1 (exp(-k1 t) - exp(-k2 t)) / (k2 - k1)``, in a form that holds for equal constants too.
    """
    z = (k2 - k1) * hours
    ratio = np.divide(np.expm1(z), z, out=np.ones_like(z), where=z != 0)
    return np.asarray(k1 * hours * np.exp(-k2 * hours) * ratio)
