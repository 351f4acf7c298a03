"""Encounter -> Visit."""

from cortipump.errors import QuantityError
from cortipump.importers.fhir import models
from cortipump.importers.fhir.context import Built, Context, Void, codes, words
from cortipump.knowledge.codes import visit_class, visit_type
from cortipump.record.facts import Code, Visit, VisitKind

_NOT_HAPPENED = {
    "planned": "a visit that was planned, not made",
    "cancelled": "a visit that was cancelled",
    "entered-in-error": "entered in error, as its origin says",
}
_REASON_USES = frozenset({"ad", "cc", "principal", "admitting", "chief-complaint"})


def encounter(resource: models.Encounter, ctx: Context) -> Built:
    """One visit; a visit that did not happen is void.

    A part of a visit is the visit where the whole is in the file and is a stay, or of the part's
    own kind. Otherwise it is one of its own: the whole may be missing, or of a kind that does not
    count.
    """
    kind, acute = _kind(resource)
    whole = ctx.visit(resource.part_of)
    if whole is not None and _holds(whole, resource, kind, ctx):
        return f"a part of Encounter/{whole.id}, which is the visit"
    reasons, refs, other_refs = _diagnoses(resource, ctx)
    period = resource.period or models.Period()
    visit = Visit(
        start=ctx.moment(period.start) if resource.status == "planned" else ctx.past(period.start),
        end=ctx.moment(period.end),
        visit_kind=kind,
        acute=acute,
        class_printed=_printed(resource),
        facility=_facility(resource, ctx),
        reasons=reasons,
        reason_refs=refs,
        diagnosis_refs=other_refs,
        refs=ctx.names("Encounter", resource.id),
    )
    if visit.start and visit.end and visit.end.last_day < visit.start.first_day:
        return f"it ends ({period.end}) before it starts ({period.start})"
    why = _NOT_HAPPENED.get(resource.status or "")
    return Void(visit, why) if why else visit


def _holds(whole: models.Encounter, part: models.Encounter, kind: VisitKind, ctx: Context) -> bool:
    """Whether the whole is a visit that counts for its part: the same person's, in its days."""
    if whole.status in _NOT_HAPPENED or whole.part_of is not None:
        return False
    if _kind(whole)[0] not in {kind, "inpatient"}:
        return False
    whose = {e.subject.reference for e in (whole, part) if e.subject is not None}
    of_whole, of_part = whole.period or models.Period(), part.period or models.Period()
    if len(whose) > 1 or not of_whole.start or not of_part.start:
        return False
    try:
        begins, ends = ctx.past(of_whole.start), ctx.moment(of_whole.end)
    except QuantityError:
        return False  # the whole is no fact, and says why itself
    begun = ctx.past(of_part.start)
    if begins is None or begun is None:
        return False
    last = (ends or begins).last_day
    return begins.first_day <= begun.first_day <= last


def _kind(resource: models.Encounter) -> tuple[VisitKind, bool]:
    """By class; outpatient refined by type; without a usable class by type; else unknown."""
    cls = resource.class_ or models.Coding()
    by_class = visit_class(cls.system, cls.code) if cls.code else None
    by_type = _kind_by_type(resource)
    if by_class is None:
        return by_type or "unknown", True
    kind, acute = by_class
    if kind == "office" and by_type in {"emergency", "urgent-care"}:
        kind = by_type
    return kind, acute  # type: ignore[return-value] # a test holds the table to these kinds


def _kind_by_type(resource: models.Encounter) -> VisitKind | None:
    for concept in resource.type:
        for coding in concept.coding:
            kind = visit_type(coding.system, coding.code)
            if kind and kind != "unknown":
                return kind  # type: ignore[return-value] # as above
        if "urgent care" in words(concept).lower():
            return "urgent-care"
    return None


def _printed(resource: models.Encounter) -> str:
    cls = resource.class_ or models.Coding()
    of_class = cls.display or cls.code or ""
    of_type = next((w for c in resource.type if (w := words(c))), "") or words(
        resource.service_type
    )
    return ", ".join(part for part in (of_class, of_type) if part)


def _facility(resource: models.Encounter, ctx: Context) -> str:
    name = ctx.name(resource.service_provider)
    if name:
        return name
    return next((n for loc in resource.location if (n := ctx.name(loc.location))), "")


def _diagnoses(
    resource: models.Encounter, ctx: Context
) -> tuple[tuple[Code, ...], tuple[str, ...], tuple[str, ...]]:
    """Reason codes, and references to principal conditions and to others."""
    reasons = [code for c in (*resource.reason_code, *resource.reason) for code in codes(c)]
    refs = [ref for r in resource.reason_reference if (ref := ctx.ref(r, "Condition"))]
    others: list[str] = []
    for diagnosis in resource.diagnosis:
        ref = ctx.ref(diagnosis.condition, "Condition")
        if ref:
            principal = _is_principal(diagnosis, alone=len(resource.diagnosis) == 1)
            (refs if principal else others).append(ref)
    return tuple(reasons), tuple(dict.fromkeys(refs)), tuple(dict.fromkeys(others))


def _is_principal(diagnosis: models.EncounterDiagnosis, *, alone: bool) -> bool:
    used = {(c.code or "").lower() for c in (diagnosis.use or models.Concept()).coding}
    named = "admission" in words(diagnosis.use).lower() or bool(used & _REASON_USES)
    return alone or diagnosis.rank == 1 or named
