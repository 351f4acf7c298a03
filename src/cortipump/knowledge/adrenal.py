"""Which diagnosis codes make a visit an adrenal one: one table, read once.

The table is ``data/codes/adrenal.csv``. Nothing here looks at visits or counts anything.

Sources
-------
The names in the column ``source`` are explained in ``data/codes/sources.csv``. Rows of SNOMED CT
are those of the Global Patient Set (SNOMED International, CC BY 4.0). Meanings are in our own
words. Which code counts is our own choice; rows of WHO follow the ICD-10-CM code they lead to.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, Protocol, get_args

from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.tables import table

When = Literal["always", "if-own-cause", "never"]
_WHENS: Final = frozenset(get_args(When))


class Coded(Protocol):
    """Anything with a coding system and a code, such as `record.facts.Code`."""

    @property
    def system(self) -> str:
        """Short name of the system, such as ``icd-10-cm``."""

    @property
    def code(self) -> str:
        """The code as printed."""


class AdrenalCode(Struct, frozen=True):
    """One row of the table.

    Attributes
    ----------
    system
        ``icd-10-cm``, ``icd-10`` (WHO) or ``snomed``.
    code
        As the system's owner writes it, with the dot.
    adrenal_when
        ``always``: counts alone. ``if-own-cause``: counts when the person's own documented
        disease is the same. ``never``: looked at and rejected, so that nobody adds it unasked.
    disease
        The family under which one's own disease is matched; empty where nothing is matched.
    role
        crisis, insufficiency, cause, excess, other-adrenal, heading.
    as_of
        The edition that the source speaks for.
    """

    system: str
    code: str
    adrenal_when: When
    disease: str
    role: str
    meaning: str
    source: str
    as_of: str


def _plain(code: str) -> str:
    """The code without dot and blanks: payers send E271 for E27.1."""
    return code.replace(".", "").strip().upper()


def _checked(row: dict[str, str]) -> AdrenalCode:
    if row["adrenal_when"] not in _WHENS:
        raise KnowledgeError(
            f"{row['code']} says {row['adrenal_when']!r}, which is none of {sorted(_WHENS)}",
            where="knowledge/data/codes/adrenal.csv",
        )
    return AdrenalCode(**row)  # type: ignore[arg-type] # adrenal_when was checked above


@cache
def adrenal_codes() -> tuple[AdrenalCode, ...]:
    """Every row of the table, in its order.

    Raises
    ------
    KnowledgeError
        K001 if the table says something that this module does not know.
    """
    return tuple(_checked(row) for row in table("adrenal"))


@cache
def _by_code() -> dict[tuple[str, str], AdrenalCode]:
    return {(row.system, _plain(row.code)): row for row in adrenal_codes()}


def find_adrenal_code(code: Coded) -> AdrenalCode | None:
    """The row for a code, with or without its dot. None: the table does not speak of it.

    The system is never guessed from the shape of the code.
    """
    return _by_code().get((code.system, _plain(code.code)))


def own_causes(codes: Iterable[Coded]) -> frozenset[str]:
    """The adrenal diseases among the codes of a person's own documented conditions.

    Parameters
    ----------
    codes
        Codes of the standing conditions of the person.

    Returns
    -------
    frozenset of str
        Disease families, for `is_adrenal`.
    """
    rows = (find_adrenal_code(code) for code in codes)
    return frozenset(row.disease for row in rows if row is not None and row.disease)


def is_adrenal(code: Coded, own: frozenset[str]) -> bool:
    """Whether a reason or principal diagnosis makes the visit an adrenal one.

    Parameters
    ----------
    code
        The reason or principal diagnosis.
    own
        The person's own diseases, from `own_causes`.
    """
    row = find_adrenal_code(code)
    if row is None or row.adrenal_when == "never":
        return False
    return row.adrenal_when == "always" or row.disease in own
