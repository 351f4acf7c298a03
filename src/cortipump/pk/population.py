"""Virtual people: draws from a parameter set's spread, around a typical person.

The random numbers come from a seeded generator; the same seed gives the same people.
"""

from typing import Final

import numpy as np

from cortipump.errors import ModelError
from cortipump.knowledge.models import model_set, models
from cortipump.pk.parameters import FIELDS, FloatArray, People, PkParameters

_MOST_PEOPLE: Final = 1_000_000
# Of the cleaved share of CBG, which has no meaning beyond all of it.
_MOST_CLEAVED: Final = 0.9
_EVERY_FORM: Final = (
    "oral_ka_per_h", "fasted_ka_per_h", "fed_ka_per_h", "plenadren_ka_per_h", "chronocort_k_per_h",
    "absorption_max_nmol_per_h",
)  # fmt: skip
_UNDER_THE_SKIN: Final = ("sc_k1_per_h", "sc_k2_per_h", "im_k_per_h")


def log_sd(cv: float) -> float:
    """Standard deviation of the logarithm for a coefficient of variation."""
    return float(np.sqrt(np.log1p(cv * cv)))


def _triangular(
    uniform: FloatArray, least: float, typical: float, most: float
) -> FloatArray:  # fmt: skip
    """From a uniform number to a triangular one that peaks at the typical value."""
    typical = min(max(typical, least), most)
    share = (typical - least) / (most - least)
    rising = least + np.sqrt(uniform * (most - least) * (typical - least))
    falling = most - np.sqrt((1 - uniform) * (most - least) * (most - typical))
    return np.where(uniform < share, rising, falling)


def draw(person: PkParameters, n: int, seed: int) -> People:
    """People around a typical person, by the spread of the person's parameter set.

    Log-normal: clearance and volume (correlated), rate constants by mouth (one factor for every
    form), under the skin and from muscle (one factor), CBG. Triangular: the share absorbed.

    Parameters
    ----------
    person
        The centre; weight and CBG ratio are the same for everybody.
    n
        How many, 1 to a million.
    seed
        Of the generator, recorded in the result.

    Raises
    ------
    ModelError
        M001 for a number of people out of range or a negative seed.

    Sources
    -------
    ``knowledge/data/models.toml``, tables ``spread``.
    """
    if not 1 <= n <= _MOST_PEOPLE or seed < 0:
        raise ModelError(f"{n} people with seed {seed}: 1 to {_MOST_PEOPLE} people, seed from 0")
    own, shared = model_set(person.model).spread, models().spread
    generator = np.random.default_rng(seed)
    normal = generator.standard_normal((6, n))
    uniform = generator.random(n)
    table = np.repeat(
        np.array([[getattr(person, name)] for name in FIELDS], dtype=np.float64), n, axis=1
    )

    def scale(names: tuple[str, ...], factor: FloatArray) -> None:
        for name in names:
            table[FIELDS.index(name)] *= factor

    rho = shared["vt_clu_correlation"].value
    z_volume = rho * normal[0] + np.sqrt(1 - rho * rho) * normal[1]
    scale(("clu_l_per_h", "q_l_per_h"), np.exp(log_sd(own["clu_cv"].value) * normal[0]))
    volumes = ("vt_l", "vp_l") if person.vt_l > 0 else ("vpl_l", "vp_l")
    scale(volumes, np.exp(log_sd(own["vt_cv"].value) * z_volume))
    scale(_EVERY_FORM, np.exp(log_sd(shared["oral_ka_cv"].value) * normal[2]))
    scale(_UNDER_THE_SKIN, np.exp(log_sd(shared["sc_k_cv"].value) * normal[3]))
    if person.knows_unbound:
        cbg = np.exp(log_sd(shared["cbg_cv"].value) * normal[4])
        scale(("site1_capacity_nmol_per_l", "site2_capacity_nmol_per_l"), cbg)
        least, most = shared["oral_f_least"].value, shared["oral_f_most"].value
        row = FIELDS.index("oral_f_fraction")
        table[row] = _triangular(uniform, least, person.oral_f_fraction, most)
    if "cleaved_cv" in own:
        _cleave(table, np.exp(log_sd(own["cleaved_cv"].value) * normal[5]))
    return People(person, table, seed)


def _cleave(table: FloatArray, factor: FloatArray) -> None:
    """Another share of CBG is cleaved in each person; CBG as a whole stays."""
    intact = table[FIELDS.index("site1_capacity_nmol_per_l")]
    cleaved = table[FIELDS.index("site2_capacity_nmol_per_l")]
    whole = intact + cleaved
    share = np.minimum(cleaved / whole * factor, _MOST_CLEAVED)
    intact[:], cleaved[:] = whole * (1 - share), whole * share
