"""What codes of real records mean for us: kinds of visits, amounts, drugs, analytes.

Look-ups only; the rows are in ``data/codes``. Every function answers None for a code that it does
not know: unknown stays unknown, it is never guessed.
"""

from decimal import Decimal
from functools import cache
from typing import Literal, cast

from msgspec import Struct

from cortipump.knowledge.tables import table

Bucket = Literal["billed", "allowed", "paid", "patient", "ignored"]
Role = Literal["whole", "part", "alternative", "none"]
BLUE_BUTTON = "https://bluebutton.cms.gov/resources/variables"


class Category(Struct, frozen=True):
    """What an adjudication category is: its bucket, whether whole or part, and its own name."""

    bucket: Bucket
    role: Role
    name: str


class Analyte(Struct, frozen=True):
    """What a LOINC code measures."""

    name: str
    specimen: str


class BillType(Struct, frozen=True):
    """What a facility's type of bill says.

    Attributes
    ----------
    kind
        Kind of visit, as the table has it.
    acute
        False for nursing facilities, swing beds and the like.
    makes_visit
        False where the bill belongs to a visit that another bill shows, or to none.
    goes_on
        Whether the patient stays on after the last day billed (first and middle interim bills).
    voids
        Whether it takes an earlier bill back.
    """

    kind: str
    acute: bool
    makes_visit: bool
    goes_on: bool
    voids: bool


class Drug(Struct, frozen=True):
    """A glucocorticoid or mineralocorticoid product.

    ``kind``: ingredient, oral, oral-modified, injection, topical or brand.
    """

    ingredient: str
    kind: str
    strength_mg: Decimal | None
    role: str


@cache
def _systems() -> dict[str, str]:
    return {row["alias"]: row["name"] for row in table("code_system")}


@cache
def system_name(system: str | None) -> str:
    """The short name of a code system (``icd-10-cm``), or the system as given."""
    return _systems().get(system, system) if system else ""


@cache
def _categories() -> dict[tuple[str, str], Category]:
    return {
        (row["system"], row["code"]): Category(
            cast("Bucket", row["maps_to"]), cast("Role", row["role"]), row["same_as"]
        )
        for row in table("adjudication")
    }


@cache
def adjudication(system: str | None, code: str | None) -> Category | None:
    """What an adjudication category means.

    A Blue Button variable is recognised by its address under any system. A code without a system
    is recognised when all systems that know it agree.
    """
    if not code:
        return None
    rows = _categories()
    if code.startswith(BLUE_BUTTON):
        return rows.get((BLUE_BUTTON, code))
    if system:
        return rows.get((system, code))
    found = {row for (_, known), row in rows.items() if known == code}
    return found.pop() if len(found) == 1 else None


@cache
def visit_class(system: str | None, code: str | None) -> tuple[str, bool] | None:
    """Kind of visit and whether acute, for an encounter class (v3 ActCode)."""
    for row in table("encounter_class"):
        if row["code"] == code and (system is None or system_name(system) == "act-code"):
            return row["maps_to"], row["acute"] == "true"
    return None


@cache
def visit_type(system: str | None, code: str | None) -> str | None:
    """Kind of visit for an encounter type."""
    for row in table("encounter_type"):
        if row["code"] == code and system_name(row["system"]) == system_name(system):
            return row["maps_to"]
    return None


@cache
def claim_type(system: str | None, code: str | None) -> str | None:
    """facility, professional, pharmacy, dental, vision, inpatient or other, for a claim's type."""
    for row in table("claim_type"):
        if row["code"] == code and row["system"] == system:
            return row["maps_to"]
    return None


@cache
def revenue_kind(code: str | None) -> str | None:
    """What a revenue code stands for; ``total`` is the line that repeats all others."""
    if not code or not code.isdigit():
        return None
    number = code.zfill(4)
    for row in table("revenue_code"):
        if row["first"] <= number <= row["last"]:
            return row["maps_to"]
    return None


# What the notes of the table say, by the first two digits and by the third (the frequency).
_NOT_ACUTE_BILLS = frozenset({"17", "18", "21", "41"})
_BILLS_WITHOUT_VISIT = frozenset({"12", "14"})
_LATE_CHARGES, _VOID, _INTERIM = "5", "8", frozenset({"2", "3"})


@cache
def bill_type(code: str | None) -> BillType | None:
    """What a type of bill says, with or without its leading zero."""
    digits = (code or "").lstrip("0")
    kind = next((r["maps_to"] for r in table("type_of_bill") if r["code"] == digits[:2]), None)
    if kind is None:
        return None
    frequency = digits[2:3]
    return BillType(
        kind,
        acute=digits[:2] not in _NOT_ACUTE_BILLS,
        makes_visit=digits[:2] not in _BILLS_WITHOUT_VISIT
        and frequency not in {_LATE_CHARGES, _VOID},
        goes_on=frequency in _INTERIM,
        voids=frequency == _VOID,
    )


@cache
def hcpcs_use(code: str | None) -> str | None:
    """pump, infusion-set, reservoir, pod, supply, drug, training ... for a HCPCS code."""
    wanted = (code or "").upper()
    return next((row["maps_to"] for row in table("hcpcs") if row["code"] == wanted), None)


@cache
def analyte(loinc: str | None) -> Analyte | None:
    """What a LOINC code measures."""
    for row in table("loinc"):
        if row["code"] == loinc:
            return Analyte(row["analyte"], row["specimen"])
    return None


_INGREDIENTS = (
    "fludrocortisone",
    "hydrocortisone",
    "methylprednisolone",
    "prednisolone",
    "prednisone",
    "dexamethasone",
    "cortisone",
)
_BRANDS = {
    "cortef": "hydrocortisone",
    "solu-cortef": "hydrocortisone",
    "alkindi": "hydrocortisone",
    "khindivi": "hydrocortisone",
    "plenadren": "hydrocortisone",
    "efmody": "hydrocortisone",
    "chronocort": "hydrocortisone",
    "florinef": "fludrocortisone",
}


def ingredient_in(words: str) -> str | None:
    """The corticosteroid that a drug's name speaks of."""
    low = words.lower()
    for name in _INGREDIENTS:
        if name in low:
            return name
    return next((name for brand, name in _BRANDS.items() if brand in low), None)


@cache
def drug(system: str | None, code: str | None) -> Drug | None:
    """A corticosteroid product by RxNorm or NDC code."""
    name = system_name(system)
    if not code or name not in {"rxnorm", "ndc"}:
        return None
    for row in table("drug"):
        codes = {row["rxcui"]} if name == "rxnorm" else {_ndc(n) for n in row["ndc"].split()}
        if (code if name == "rxnorm" else _ndc(code)) in codes - {""}:
            strength = Decimal(row["strength_mg"]) if row["strength_mg"] else None
            ingredient = ingredient_in(row["name"]) or row["name"]
            return Drug(ingredient, row["kind"], strength, row["role"])
    return None


def _ndc(code: str) -> str:
    """An NDC as eleven digits, 5-4-2."""
    parts = code.split("-")
    if len(parts) == 1:
        return code
    widths = (5, 4, 2)
    return "".join(part.zfill(width) for part, width in zip(parts, widths, strict=False))
