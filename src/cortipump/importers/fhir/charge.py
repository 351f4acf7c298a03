"""Claim and ExplanationOfBenefit -> Charge, and the visit that only a facility's bill shows."""

import re
from datetime import timedelta
from functools import cache
from typing import Final

from cortipump.importers.fhir import models
from cortipump.importers.fhir.amounts import claim_amounts
from cortipump.importers.fhir.context import Built, Context, Part, Void, codes, words
from cortipump.importers.fhir.types import kind_of
from cortipump.knowledge.codes import (
    BillType,
    bill_type,
    claim_type,
    hcpcs_use,
    revenue_kind,
    system_name,
)
from cortipump.quantities.moment import Moment
from cortipump.record.facts import Charge, Code, Request, Visit, VisitKind

_IN_ERROR: Final = "entered in error, as its origin says"
STATEMENT_DATE: Final = "date/of-the-statement"
# Identifiers that many claims share; as a claim's own name they would merge strangers.
_SHARED_SYSTEMS: Final = ("claim-group", "source_data_id", "payer-id", "member")
# The same, unless the identifier is typed as the claim's own number (CARIN).
_PERSONAL: Final = ("account", "mrn", "patient", "subscriber")
_CLAIM_NUMBER: Final = "uc"
# Types of identifiers (HL7 v2 table 0203, CARIN) that name a person, an account or a policy.
_SHARED_TYPES: Final = frozenset(
    {"pat", "pt", "pi", "an", "anc", "mr", "mrt", "mb", "mc", "ma", "sn", "ss"}
)
_HOST: Final = re.compile(r"^\w+://[^/]*")
DRAFT: Final = "status/draft"
STAYS_ON: Final = "stay/goes-on"
_NO_VALUES: Final = frozenset(
    {"", "undefined", "unknown", "null", "none", "na", "n/a", "pending", "tbd", "test"}
)
_CORRECTS: Final = frozenset({"prior", "replaces", "replacement", "priorclaim", "corrected"})
_REVERSES: Final = frozenset({"reversal", "reverses", "void", "cancels"})
_BOUGHT: Final = frozenset({"hcpcs", "cpt", "ndc", "rxnorm"})
# In the order in which a mixed claim is named.
_PUMP_SYSTEMS: Final = frozenset({"hcpcs", "cpt"})
_PUMP_USES: Final = (
    "pump", "pump-other", "pod", "infusion-set", "reservoir", "supply", "drug", "training",
)  # fmt: skip


def claim(resource: models.ClaimLike, ctx: Context) -> Built:
    """A bill as it was sent. Only what no decision answers counts (`record.claims`)."""
    if resource.use in {"preauthorization", "predetermination"}:
        return _request(resource, ctx)
    charge = _charge(resource, ctx, form="claim")
    if charge.billed is None:
        return "a bill that states no amount"
    return _by_status(resource, charge)


def explanation_of_benefit(resource: models.ClaimLike, ctx: Context) -> Built:
    """A payer's decision on a claim, with the stay that only this bill shows."""
    if resource.use in {"preauthorization", "predetermination"}:
        return _request(resource, ctx)
    charge = _charge(resource, ctx, form="eob")
    visit = _visit(resource, charge, ctx)
    parts = (Part(charge, ""), Part(visit, "#visit")) if visit else (Part(charge, ""),)
    if resource.status == "draft" and not _is_complete(resource):
        return Void(parts, "a draft of a decision")
    return Void(parts, _IN_ERROR) if resource.status == "entered-in-error" else parts


def _is_complete(resource: models.ClaimLike) -> bool:
    """Whether the payer says that it has decided: Humana calls such decisions drafts too."""
    return resource.outcome == "complete"


def _by_status(resource: models.ClaimLike, charge: Charge) -> Built:
    if resource.status == "entered-in-error":
        return Void(charge, _IN_ERROR)
    return Void(charge, "a draft of a bill, not sent") if resource.status == "draft" else charge


def _request(resource: models.ClaimLike, ctx: Context) -> Request:
    found = [code for item in resource.item for code in codes(item.product_or_service)]
    return Request(
        at=ctx.past(resource.created),
        codes=tuple(found),
        payer=ctx.name(resource.insurer),
        status=resource.status or "",
    )


def _charge(resource: models.ClaimLike, ctx: Context, *, form: str) -> Charge:
    amounts = claim_amounts(resource, ctx)
    at, marks = _service_date(resource, ctx)
    kinds = amounts.by_kind
    bought = _bought(resource)
    replaces, reverses = _replaces(resource, ctx)
    bill = _bill(resource)
    voids = bill is not None and bill.voids
    return Charge(
        at=at,
        currency=amounts.currency,
        billed=kinds.get("billed"),
        allowed=kinds.get("allowed"),
        paid=kinds.get("paid"),
        patient=kinds.get("patient"),
        payer=ctx.name(resource.insurer),
        provider=ctx.name(resource.provider) or ctx.name(resource.facility),
        form=form,  # type: ignore[arg-type] # callers pass the two literals
        status="cancelled" if voids and form == "claim" else resource.status or "",
        issued=ctx.moment(resource.created),
        claim_ids=_claim_ids(resource, ctx),
        replaces=replaces,
        reverses=reverses or voids,
        visit_refs=_visit_refs(resource, ctx),
        claim_type=_type(resource),
        codes=bought,
        category=_category(resource) if any(c.system in _PUMP_SYSTEMS for c in bought) else "",
        printed=amounts.printed,
        marks=(*amounts.marks, *marks, *((DRAFT,) if resource.status == "draft" else ())),
    )


def _service_date(resource: models.ClaimLike, ctx: Context) -> tuple[Moment | None, list[str]]:
    """The billed period's start, else the earliest line, else the statement's own date, marked."""
    period = resource.billable_period
    if period and period.start:
        return ctx.past(period.start), []
    lines = [
        text
        for item in resource.item
        if (text := item.serviced_date or (item.serviced_period or models.Period()).start)
    ]
    if lines:
        return ctx.past(min(lines)), []
    return ctx.past(resource.created), [STATEMENT_DATE]


def _is_number(value: str) -> bool:
    """Whether it can be a claim's number: fillers, zeros and single signs are on many claims."""
    bare = value.strip().lower()
    return len(bare) > 1 and bare not in _NO_VALUES and bool(bare.strip(" 0-._"))


def _claim_ids(resource: models.ClaimLike, ctx: Context) -> tuple[str, ...]:
    """Every name by which this claim goes: its own, its identifiers, the claim it answers."""
    found = [*ctx.names(kind_of(resource), resource.id), ctx.ref(resource.claim, "Claim")]
    for identifier in resource.identifier:
        system, value = identifier.system or "", identifier.value or ""
        if _is_number(value) and _names_a_claim(identifier):
            found.append(f"{system}|{value}")
    return tuple(dict.fromkeys(name for name in found if name))


def _category(resource: models.ClaimLike) -> str:
    """What of the pump the claim is for: only where every line is. Empty: it is for care.

    A drug code alone says nothing (the same drug is given in emergency departments), unless the
    claim is a pharmacy's.
    """
    uses: set[str] = set()
    for item in resource.item:
        concept = item.product_or_service or item.service
        found = {
            use
            for coding in (concept.coding if concept else ())
            if (use := hcpcs_use(coding.code)) in _PUMP_USES
        }
        if not found:
            return ""
        uses |= {use for use in found if use}
    if uses <= {"drug", "training"} and _type(resource) != "pharmacy":
        uses.discard("drug")
    return next((use for use in _PUMP_USES if use in uses), "")


def _names_a_claim(identifier: models.Identifier) -> bool:
    """Whether an identifier is the claim's; an account or a member has many claims."""
    system = identifier.system or ""
    if _speaks_of(system, _SHARED_SYSTEMS):
        return False
    kind = identifier.type or models.Concept()
    named = {(coding.code or "").lower() for coding in kind.coding}
    if _CLAIM_NUMBER in named:
        return True
    if named & _SHARED_TYPES or _speaks_of(words(kind), (*_SHARED_SYSTEMS, *_PERSONAL)):
        return False
    return not _speaks_of(system, _PERSONAL)


@cache
def _speaks_of(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a system's path (not its host) or a type's words hold one of the parts."""
    told = _HOST.sub("", text.lower())
    return any(part in told for part in parts)


def _replaces(resource: models.ClaimLike, ctx: Context) -> tuple[tuple[str, ...], bool]:
    if not resource.related:
        return (), False
    found, reverses = [], False
    for related in resource.related:
        named = {(c.code or "").lower() for c in (related.relationship or models.Concept()).coding}
        named.add(words(related.relationship).lower())
        if not named & (_CORRECTS | _REVERSES):
            continue
        reverses = reverses or bool(named & _REVERSES)
        target = (related.claim.reference or "") if related.claim else ""
        kind = "ExplanationOfBenefit" if "ExplanationOfBenefit" in target else "Claim"
        found.append(ctx.ref(related.claim, kind))
        if target.startswith("urn:uuid:"):
            found.append(ctx.ref(related.claim, "ExplanationOfBenefit"))
        for identifier in (related.reference, related.claim and related.claim.identifier):
            if identifier and identifier.value:
                found.append(f"{identifier.system or ''}|{identifier.value}")
    return tuple(dict.fromkeys(name for name in found if name)), reverses


def _visit_refs(resource: models.ClaimLike, ctx: Context) -> tuple[str, ...]:
    refs = (ctx.ref(ref, "Encounter") for item in resource.item for ref in item.encounter)
    return tuple(dict.fromkeys(ref for ref in refs if ref))


def _bought(resource: models.ClaimLike) -> tuple[Code, ...]:
    found: dict[Code, None] = {}
    for item in resource.item:
        concept = item.product_or_service or item.service
        for coding in concept.coding if concept else ():
            system = system_name(coding.system)
            if system in _BOUGHT and coding.code:
                found[Code(system, coding.code, coding.display or "")] = None
    return tuple(found)


def _type(resource: models.ClaimLike) -> str:
    """facility, professional, pharmacy ...: the coarse type; what it was for is `_visit`'s."""
    for coding in (resource.type or models.Concept()).coding:
        known = claim_type(coding.system, coding.code)
        if known in {"facility", "professional", "pharmacy", "dental", "vision"}:
            return known
    return words(resource.type)


def _visit(resource: models.ClaimLike, charge: Charge, ctx: Context) -> Visit | None:
    """The emergency visit or stay that a facility's bill shows, where it names no visit record."""
    if (
        charge.visit_refs
        or resource.status not in {"active", "draft", "entered-in-error", None}
        or (charge.billed or 0) < 0
    ):
        return None
    bill = _bill(resource)
    kind = _visit_kind(resource, bill)
    if kind is None:
        return None
    admission, billed = _admission(resource), resource.billable_period or models.Period()
    start = ctx.past(admission.start or billed.start) or charge.at
    if start is None:
        return None
    end, goes_on = ctx.moment(admission.end or billed.end), False
    if bill and bill.goes_on and not admission.end and end and end.day:
        # The stay includes the midnight after the last day billed; the next bill begins there.
        end, goes_on = Moment(end.printed, end.day + timedelta(days=1), None, end.mark), True
    reasons, refs, others = _diagnoses(resource, ctx)
    return Visit(
        start=start,
        end=end,
        visit_kind=kind,
        acute=bill is None or bill.acute,
        class_printed=words(resource.sub_type) or words(resource.type),
        facility=charge.provider,
        reasons=reasons,
        reason_refs=refs,
        diagnoses=others,
        refs=charge.claim_ids,
        basis="bill",
        marks=(STAYS_ON,) if goes_on else (),
    )


def _bill(resource: models.ClaimLike) -> BillType | None:
    """What the facility's type of bill says. None: it states none that is known."""
    for info in resource.supporting_info:
        if _is_named(info, "typeofbill"):
            for coding in (info.code or models.Concept()).coding:
                known = bill_type(coding.code) if len(coding.code or "") >= 3 else None
                if known:
                    return known
    return None


def _visit_kind(resource: models.ClaimLike, bill: BillType | None) -> VisitKind | None:
    if _type(resource) in {"professional", "pharmacy", "dental", "vision"}:
        return None
    if bill and not bill.makes_visit:
        return None
    codings = [
        *(resource.type or models.Concept()).coding,
        *(resource.sub_type or models.Concept()).coding,
    ]
    inpatient = any(claim_type(c.system, c.code) == "inpatient" for c in codings)
    if inpatient or (bill and bill.kind == "inpatient"):
        return "inpatient"
    revenue = {
        revenue_kind(coding.code)
        for item in resource.item
        for coding in (item.revenue or models.Concept()).coding
    }
    if "emergency" in revenue:
        return "emergency"
    return "observation" if "observation" in revenue else None


def _is_named(info: models.SupportingInfo, name: str) -> bool:
    codings = info.category.coding if info.category else ()
    return any((coding.code or "").lower() == name for coding in codings)


def _admission(resource: models.ClaimLike) -> models.Period:
    """From admission to discharge, where the bill states it apart from the days billed."""
    for info in resource.supporting_info:
        if _is_named(info, "admissionperiod") and info.timing_period and info.timing_period.start:
            return info.timing_period
    return models.Period()


def _diagnoses(
    resource: models.ClaimLike, ctx: Context
) -> tuple[tuple[Code, ...], tuple[str, ...], tuple[Code, ...]]:
    """Principal codes, references to principal conditions, and the other codes."""
    principal: list[Code] = []
    refs: list[str] = []
    others: list[Code] = []
    for diagnosis in resource.diagnosis:
        named = {(c.code or "").lower() for concept in diagnosis.type for c in concept.coding}
        found = codes(diagnosis.diagnosis_codeable_concept)
        if "principal" in named or len(resource.diagnosis) == 1:
            principal += found
            ref = ctx.ref(diagnosis.diagnosis_reference, "Condition")
            refs += [ref] if ref else []
        else:
            others += found
    return tuple(principal), tuple(refs), tuple(others)
