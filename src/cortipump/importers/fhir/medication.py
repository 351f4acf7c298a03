"""MedicationRequest, -Statement -> Regimen; MedicationAdministration -> RescueInjection."""

import re
from decimal import Decimal
from typing import Final

from cortipump.importers.fhir import models
from cortipump.importers.fhir.context import Built, Context, Void, codes, words
from cortipump.knowledge.codes import Drug, drug, ingredient_in
from cortipump.quantities.moment import Moment
from cortipump.record.facts import Code, Regimen, RescueInjection

_NOT_TAKEN: Final = {
    "cancelled": "an order that was cancelled before it began",
    "draft": "a draft of an order",
    "not-taken": "a drug that was not taken, as its origin says",
    "entered-in-error": "entered in error, as its origin says",
}
_GLUCOCORTICOIDS: Final = frozenset(
    {"hydrocortisone", "cortisone", "prednisolone", "prednisone", "methylprednisolone",
     "dexamethasone"}
)  # fmt: skip
# Whole words: a softgel is no gel, an antibiotic nothing for the ear.
_TOPICAL: Final = re.compile(
    r"(?i)\b(?:cream|ointment|lotion|topical|ophthalmic|otic|nasal|inhal\w*|rectal|gel|shampoo|spray)\b"
)
_HOURS: Final = {"h": Decimal(1), "d": Decimal(24), "wk": Decimal(168)}
_TABLETS: Final = ("tablet", "tab", "capsule", "cap", "pill", "each")
_PARENTERAL: Final = ("inj", "intraven", "intramusc", "subcut", " iv", "iv ", " im", "im ")


def order(resource: models.Medication, ctx: Context) -> Built:
    """A prescription or a statement that a drug is taken: a regimen."""
    concept = resource.medication_codeable_concept or ctx.coded(resource.medication_reference)
    printed = words(concept) or ctx.name(resource.medication_reference)
    if not printed:
        return "it does not name the drug"
    named = codes(concept)
    product = _product(named)
    ingredient = product.ingredient if product else ingredient_in(printed)
    topical = (product is not None and product.kind == "topical") or _is_topical(printed)
    dosages = _dosages(resource)
    start, end = _span(resource, dosages, ctx)
    role = "other" if topical else _role(ingredient)
    regimen = Regimen(
        start=start,
        end=end,
        drug=ingredient or printed,
        printed=printed,
        role=role,  # type: ignore[arg-type] # _role answers these three
        route=_route(dosages, product, printed),
        mg_per_day=_mg_per_day(dosages, product) if role != "other" else None,
        schedule="; ".join(dosage.text for dosage in dosages if dosage.text),
        status=resource.status or "",
        codes=named,
    )
    why = _NOT_TAKEN.get(resource.status or "")
    return Void(regimen, why) if why else regimen


def administration(resource: models.Medication, ctx: Context) -> Built:
    """One dose given: a glucocorticoid by injection is a rescue, other doses are no fact."""
    concept = resource.medication_codeable_concept or ctx.coded(resource.medication_reference)
    printed = words(concept) or ctx.name(resource.medication_reference)
    product = _product(codes(concept))
    ingredient = product.ingredient if product else ingredient_in(printed)
    dosages = _dosages(resource)
    if ingredient not in _GLUCOCORTICOIDS:
        return f"one dose of {printed or 'a drug that is not named'}: no glucocorticoid"
    route = _route(dosages, product, printed)
    if route != "injection":
        return f"one dose of {printed} that is not said to be an injection"
    dose = next((q for d in dosages if (q := _dose(d)) is not None), None)
    in_mg = dose is not None and (dose.unit or dose.code or "").lower() == "mg"
    period = resource.effective_period or models.Period()
    given = RescueInjection(
        at=ctx.past(resource.effective_date_time or period.start),
        drug=ingredient,
        mg=dose.value if dose is not None and in_mg else None,
        route=next((w for d in dosages if (w := words(d.route))), "injection"),
        given_by="staff, by the medication record",
        setting="care",
        reason=next((w for c in resource.reason_code if (w := words(c))), ""),
    )
    why = {"not-done": "a dose that was not given"}.get(
        resource.status or "", _NOT_TAKEN.get(resource.status or "")
    )
    return Void(given, why) if why else given


def _dosages(resource: models.Medication) -> list[models.Dosage]:
    stated = resource.dosage if isinstance(resource.dosage, list) else [resource.dosage]
    return [*resource.dosage_instruction, *stated]


def _product(named: tuple[Code, ...]) -> Drug | None:
    return next((known for code in named if (known := drug(code.system, code.code))), None)


def _role(ingredient: str | None) -> str:
    if ingredient in _GLUCOCORTICOIDS:
        return "glucocorticoid"
    return "mineralocorticoid" if ingredient == "fludrocortisone" else "other"


def _is_topical(printed: str) -> bool:
    return _TOPICAL.search(printed) is not None


def _route(dosages: list[models.Dosage], product: Drug | None, printed: str) -> str:
    stated = next((w for d in dosages if (w := words(d.route))), "")
    if product is not None and product.kind in {"injection", "topical"}:
        return product.kind
    low = f" {stated.lower()} "
    if any(word in low for word in _PARENTERAL):
        return "injection"
    if "oral" in low or "mouth" in low or "po" in low.split():
        return "oral"
    if stated:
        return stated
    if any(word in printed.lower() for word in ("injection", "injectable", "vial")):
        return "injection"
    oral = (product is not None and product.kind.startswith("oral")) or "oral" in printed.lower()
    return "oral" if oral else ""


def _span(
    resource: models.Medication, dosages: list[models.Dosage], ctx: Context
) -> tuple[Moment | None, Moment | None]:
    """From the dosage's bounds or the effective period, else from the day of writing, open."""
    bounds = next(
        (d.timing.repeat.bounds_period for d in dosages
         if d.timing and d.timing.repeat and d.timing.repeat.bounds_period),
        None,
    )  # fmt: skip
    period = bounds or resource.effective_period or models.Period()
    dispense = resource.dispense_request or models.DispenseRequest()
    begun = (
        period.start
        or resource.effective_date_time
        or resource.authored_on
        or (dispense.validity_period or models.Period()).start
        or resource.date_asserted
    )
    return ctx.past(begun), ctx.moment(period.end)


def _dose(dosage: models.Dosage) -> models.Quantity | None:
    rated = next((r.dose_quantity for r in dosage.dose_and_rate if r.dose_quantity), None)
    return rated or dosage.dose_quantity or dosage.dose


def _mg_per_day(dosages: list[models.Dosage], product: Drug | None) -> Decimal | None:
    """The daily dose where every instruction says it; None as soon as one does not."""
    total = Decimal(0)
    for dosage in dosages:
        one = _mg_of(dosage, product)
        if one is None:
            return None
        total += one
    return total.normalize() + 0 if dosages else None


def _mg_of(dosage: models.Dosage, product: Drug | None) -> Decimal | None:
    if dosage.as_needed_boolean or dosage.as_needed_codeable_concept:
        return None
    dose, per_day = _dose(dosage), _times_per_day(dosage)
    if dose is None or dose.value is None or per_day is None:
        return None
    unit = (dose.unit or dose.code or "").lower().strip("{}")
    if unit == "mg":
        return dose.value * per_day
    tablets = any(unit.startswith(word) for word in _TABLETS)
    if tablets and product is not None and product.strength_mg is not None:
        return dose.value * product.strength_mg * per_day
    return None


def _times_per_day(dosage: models.Dosage) -> Decimal | None:
    repeat = dosage.timing.repeat if dosage.timing else None
    if repeat is None:
        return None
    if repeat.time_of_day:
        return Decimal(len(repeat.time_of_day))
    hours = _HOURS.get(repeat.period_unit or "")
    if not hours or not repeat.period:
        return None
    return Decimal(repeat.frequency or 1) * 24 / (hours * repeat.period)
