"""Observation -> Lab, Measurement or Score; one fact per value, components apart."""

import re
from decimal import Decimal
from typing import Final

from cortipump.importers.fhir import models
from cortipump.importers.fhir.context import Built, Context, Part, Void, words
from cortipump.knowledge.codes import Analyte, analyte, system_name
from cortipump.quantities.moment import Moment
from cortipump.quantities.parse import check_number
from cortipump.record.facts import AnyBody, Lab, Measurement, Score

_NOT_LAB: Final = frozenset(
    {"vital-signs", "social-history", "survey", "imaging", "exam", "activity", "therapy"}
)
_SCORE_UNITS: Final = frozenset({"{score}", "score", "{points}", "points"})

_LIMIT: Final = re.compile(r"(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*([^\s\d]\S*)")

_VOID: Final = {
    "cancelled": "a measurement that was cancelled",
    "entered-in-error": "entered in error, as its origin says",
}

HasValue = models.Observation | models.Component


def observation(resource: models.Observation, ctx: Context) -> Built:
    """Every value of the observation: its own and its components'."""
    at = _when(resource, ctx)
    categories = _categories(resource)
    parts: list[Part] = []
    own = _body(resource, resource.code, at, categories, resource)
    if own is not None:
        parts.append(Part(own, ""))
    why_void = _VOID.get(resource.status or "")
    for number, component in enumerate(resource.component):
        body = _body(component, component.code, at, categories, resource)
        if body is None and why_void:
            body = _nothing(component.code, at)
        if body is not None:
            parts.append(Part(body, f".component[{number}]"))
        else:
            ctx.remark(f".component[{number}]", f"no value: {_absence(component)}")
    if why_void:
        return Void(parts or (Part(_nothing(resource.code, at), ""),), why_void)
    if not parts:
        return _why_nothing(resource)
    return parts if len(parts) > 1 or parts[0].suffix else parts[0].body


def _nothing(code: models.Concept | None, at: Moment | None) -> Measurement:
    """A value that was taken back and is not stated any more."""
    return Measurement(at=at, name=words(code))


def _when(resource: models.Observation, ctx: Context) -> Moment | None:
    period = resource.effective_period or models.Period()
    text = resource.effective_date_time or resource.effective_instant or period.start
    if text:
        return ctx.past(text)
    return ctx.past(resource.issued)


def _categories(resource: models.Observation) -> set[str]:
    listed = resource.category if isinstance(resource.category, list) else [resource.category]
    return {coding.code or "" for concept in listed for coding in concept.coding}


def _absence(value: HasValue) -> str:
    return words(value.data_absent_reason) or "none is given"


def _why_nothing(resource: models.Observation) -> str:
    if resource.has_member:
        return "a panel: its members are observations of their own"
    if resource.component:
        return "a panel whose components carry no value"
    return f"no value: {_absence(resource)}"


def _quantity(value: HasValue) -> models.Quantity | None:
    if value.value_quantity is not None and value.value_quantity.value is not None:
        return value.value_quantity
    if value.value_integer is not None:
        return models.Quantity(value=Decimal(value.value_integer))
    return None


def _limit_in_words(text: str | None) -> models.Quantity | None:
    """``<1.0 ug/dL`` written as words is the same limit as in its proper form."""
    found = _LIMIT.fullmatch((text or "").strip())
    if not found:
        return None
    return models.Quantity(value=Decimal(found[2]), comparator=found[1], unit=found[3])


def _text(value: HasValue) -> str:
    """A result that is no number, in words, as printed."""
    if value.value_codeable_concept is not None:
        return words(value.value_codeable_concept)
    if value.value_boolean is not None:
        return "yes" if value.value_boolean else "no"
    if value.value_period is not None:
        return f"{value.value_period.start or '?'} to {value.value_period.end or '?'}"
    if value.value_range is not None:
        return _range(value.value_range)
    for raw in (value.value_ratio, value.value_sampled_data):
        if raw is not None:
            return bytes(raw).decode("utf-8", "replace")[:500]
    return value.value_string or value.value_date_time or value.value_time or ""


def _range(stated: models.Range) -> str:
    if stated.text:
        return stated.text
    low, high = stated.low or models.Quantity(), stated.high or models.Quantity()
    unit = low.unit or high.unit or ""
    shown = [str(q.value) for q in (low, high) if q.value is not None]
    mark = "" if len(shown) == 2 else (">= " if low.value is not None else "<= ")
    return f"{mark}{' to '.join(shown)} {unit}".strip()


def _body(
    value: HasValue,
    code: models.Concept | None,
    at: Moment | None,
    categories: set[str],
    resource: models.Observation,
) -> AnyBody | None:
    quantity = _quantity(value) or _limit_in_words(value.value_string)
    text = "" if quantity else _text(value)
    if quantity is None and not text:
        return None
    loinc = _loinc(code)
    known = analyte(loinc) if loinc else None
    unit = (quantity.unit or quantity.code or "") if quantity else ""
    number = quantity.value if quantity else None
    if number is not None:
        check_number(number)
    name = words(code)
    if known is None and _is_score(categories, unit, number):
        return Score(at=at, instrument=name, value=number)
    if known is None and categories & _NOT_LAB:
        return Measurement(at=at, name=name, value=number, unit=unit, text=text, loinc=loinc)
    return Lab(
        at=at,
        analyte=known.name if known else name,
        value=None if quantity and quantity.comparator else number,
        unit=unit,
        comparator=(quantity.comparator or "") if quantity else "",
        text=_limit(quantity) or text,
        loinc=loinc,
        specimen=_specimen(known, resource),
        reference_range="; ".join(r for r in map(_range, value.reference_range) if r),
        assay=words(resource.method),
    )


def _limit(quantity: models.Quantity | None) -> str:
    """A result beyond the assay's limit, as printed: a limit, never a value."""
    if quantity is None or not quantity.comparator:
        return ""
    return f"{quantity.comparator}{quantity.value} {quantity.unit or quantity.code or ''}".strip()


def _is_score(categories: set[str], unit: str, number: Decimal | None) -> bool:
    return number is not None and "survey" in categories and (not unit or unit in _SCORE_UNITS)


def _loinc(concept: models.Concept | None) -> str:
    for coding in concept.coding if concept else ():
        if coding.code and system_name(coding.system) == "loinc":
            return coding.code
    return ""


def _specimen(known: Analyte | None, resource: models.Observation) -> str:
    stated = resource.specimen.display if resource.specimen else None
    return stated or (known.specimen if known else "")
