"""Patient, Condition, Procedure, Coverage, DocumentReference, QuestionnaireResponse -> facts."""

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from cortipump.errors import QuantityError
from cortipump.importers.fhir import models
from cortipump.importers.fhir.context import Built, Context, Part, Void, codes, human_name, words
from cortipump.quantities.moment import parse_day
from cortipump.record.facts import Condition, Note, Person, Plan, Procedure, Score

_IN_ERROR: Final = "entered in error, as its origin says"
_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)[^>]*>")
_TOTAL: Final = re.compile(r"(?i)(?:^|[^a-z])(?:total|score|sum)(?:[^a-z]|$)")


def patient(resource: models.Patient, ctx: Context) -> Built:
    """Who the record is about."""
    names = [n for n in resource.name if human_name(n)]
    names.sort(key=lambda name: (name.use or "") not in {"official", "usual"})
    home = next((a for a in resource.address if a.use != "old"), models.Address())
    person = Person(
        names=tuple(dict.fromkeys(human_name(name) for name in names)),
        family=(names[0].family or "") if names else "",
        given=next((g for g in names[0].given if g), "") if names else "",
        born=_birth_date(resource, ctx),
        sex=resource.gender or "",
        identifiers=tuple(f"{i.system or ''}|{i.value}" for i in resource.identifier if i.value),
        address=_address(home),
        country=home.country or "",
    )
    return person if person.names or person.born else "it states neither a name nor a birth date"


def _birth_date(resource: models.Patient, ctx: Context) -> date | None:
    if not resource.birth_date:
        return None
    try:
        return parse_day(resource.birth_date)
    except QuantityError as cause:
        ctx.remark(".birthDate", f"no full birth date: {cause.what}")
        return None


def _address(home: models.Address) -> tuple[str, ...]:
    last = ", ".join(part for part in (home.city, home.state) if part)
    lines = [*(line for line in home.line if line), f"{last} {home.postal_code or ''}".strip()]
    return tuple(line for line in lines if line) or ((home.text,) if home.text else ())


def condition(resource: models.Condition, ctx: Context) -> Built:
    """A diagnosis."""
    named, text = codes(resource.code), words(resource.code)
    if not text:
        return "it does not say which condition"
    onset = resource.onset_period or models.Period()
    body = Condition(
        codes=named,
        text=text,
        start=ctx.past(resource.onset_date_time or onset.start),
        end=ctx.moment(resource.abatement_date_time or onset.end),
        recorded=ctx.past(resource.recorded_date),
        status=_status(resource.clinical_status),
        refs=ctx.names("Condition", resource.id),
        note="\n".join(note.text for note in resource.note if note.text),
    )
    verified = _status(resource.verification_status)
    if verified == "entered-in-error":
        return Void(body, _IN_ERROR)
    return Void(body, "ruled out, as its origin says") if verified == "refuted" else body


def _status(value: models.Concept | str | None) -> str:
    if isinstance(value, str):
        return value
    return next((c.code for c in value.coding if c.code), words(value)) if value else ""


def procedure(resource: models.Procedure, ctx: Context) -> Built:
    """Something done."""
    text = words(resource.code)
    if not text:
        return "it does not say what was done"
    period = resource.performed_period or models.Period()
    body = Procedure(
        codes=codes(resource.code),
        text=text,
        start=ctx.past(resource.performed_date_time or period.start),
        end=ctx.moment(period.end),
        status=resource.status or "",
        visit_refs=tuple(ref for ref in [ctx.ref(resource.encounter, "Encounter")] if ref),
    )
    if resource.status == "not-done":
        return Void(body, "it was not done, as its origin says")
    return Void(body, _IN_ERROR) if resource.status == "entered-in-error" else body


def coverage(resource: models.Coverage, ctx: Context) -> Built:
    """A health plan."""
    by_type = {
        (c.code or ""): item
        for item in resource.class_
        for c in (item.type or models.Concept()).coding
    }
    plan = by_type.get("plan") or models.CoverageClass()
    group = by_type.get("group") or models.CoverageClass()
    member = resource.subscriber_id or next((i.value for i in resource.identifier if i.value), "")
    period = resource.period or models.Period()
    body = Plan(
        name=plan.name or plan.value or words(resource.type),
        payer=next((name for ref in resource.payor if (name := ctx.name(ref))), ""),
        member_number=member or "",
        group_number=group.value or "",
        start=ctx.moment(period.start),
        end=ctx.moment(period.end),
        status=resource.status or "",
    )
    if resource.status == "entered-in-error":
        return Void(body, _IN_ERROR)
    if not (body.name or body.payer or body.member_number):
        return "it names neither a plan, nor a payer, nor a member number"
    return body


def document(resource: models.DocumentReference, ctx: Context) -> Built:
    """A document: its words where they are in the file, its title where they are not."""
    attachments = [c.attachment for c in resource.content if c.attachment]
    texts, media = [], ""
    for attachment in attachments:
        media = media or attachment.content_type or ""
        texts.append(_attachment_text(attachment, ctx))
    titles = (a.title for a in attachments if a.title)
    context = resource.context
    period = context.period if isinstance(context, models.DocumentContext) else None
    created = next((a.creation for a in attachments if a.creation), None)
    title = words(resource.type) or resource.description or next(titles, "")
    body = Note(
        at=ctx.past(resource.date or (period.start if period else None) or created),
        title=title or "document",
        text="\n\n".join(text for text in texts if text),
        author=next((name for ref in resource.author if (name := ctx.name(ref))), ""),
        media=media,
    )
    return Void(body, _IN_ERROR) if resource.status == "entered-in-error" else body


def _attachment_text(attachment: models.Attachment, ctx: Context) -> str:
    kind = (attachment.content_type or "").split(";")[0].strip().lower()
    if not attachment.data:
        ctx.remark(".content", "its words are not in the file, only an address: title kept")
        return ""
    if not (kind.startswith("text/") or kind in {"application/xhtml+xml", ""}):
        ctx.remark(".content", f"its words are in a form that is not text ({kind}): title kept")
        return ""
    try:
        raw = base64.b64decode(attachment.data, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        ctx.remark(".content", "its words are damaged (no valid base64): title kept")
        return ""
    return plain(raw) if "html" in kind or raw.lstrip()[:1] == "<" else raw.strip()


def plain(markup: str) -> str:
    """The words of a piece of HTML."""
    text = _TAG.sub("", _BREAK.sub("\n", markup))
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", '"'),
                         ("&#39;", "'"), ("&amp;", "&")):  # fmt: skip
        text = text.replace(entity, sign)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def questionnaire(resource: models.QuestionnaireResponse, ctx: Context) -> Built:
    """The totals of a questionnaire. Items are never kept (SAFETY S9)."""
    at = ctx.past(resource.authored)
    instrument, version = _instrument(resource)
    parts = [
        Part(
            Score(at=at, instrument=instrument, version=version, value=value, part=_part(item)),
            place,
        )
        for place, item, value in _totals(resource.item)
    ]
    answered = sum(1 for _ in _answered(resource.item, ""))
    answers = Note(
        at=at,
        title=f"answers to {instrument or 'a questionnaire'}",
        text="",
        note=f"{answered} answers, no total; items are not kept",
        media="application/fhir+json",
    )
    if resource.status == "entered-in-error":
        return Void(parts or answers, _IN_ERROR)
    return parts or answers


def _part(item: models.QuestionItem) -> str:
    """Which part of the questionnaire a total is for. Empty: the whole."""
    named = f"{item.link_id or ''} {item.text or ''}".lower()
    if "total" in named or named.split() in (["score"], ["sum"]):
        return ""
    return item.text or item.link_id or ""


def _instrument(resource: models.QuestionnaireResponse) -> tuple[str, str]:
    """Name and version, from the questionnaire's address: ``.../addiqol-30`` is AddiQoL-30."""
    address, _, version = (resource.questionnaire or "").partition("|")
    name = address.rstrip("/").rsplit("/", 1)[-1]
    if name.lower().startswith("addiqol"):
        tail = name[len("addiqol") :]
        return "AddiQoL", f"AddiQoL{tail}" if tail else version
    return name, version


def _answered(
    items: list[models.QuestionItem], place: str
) -> Iterator[tuple[str, models.QuestionItem]]:
    """Every item that has an answer, with its place."""
    for number, item in enumerate(items):
        where = f"{place}.item[{number}]"
        if item.answer:
            yield where, item
        yield from _answered(item.item, where)
        for which, answer in enumerate(item.answer):
            yield from _answered(answer.item, f"{where}.answer[{which}]")


def _totals(items: list[models.QuestionItem]) -> list[tuple[str, models.QuestionItem, Decimal]]:
    """The items that name a total or a score and answer with a number."""
    found = []
    for place, item in _answered(items, ""):
        named = _TOTAL.search(f"{item.link_id or ''} {item.text or ''}")
        answer = item.answer[0]
        number = answer.value_decimal
        if number is None and answer.value_integer is not None:
            number = Decimal(answer.value_integer)
        if number is None and answer.value_quantity is not None:
            number = answer.value_quantity.value
        if named and number is not None:
            found.append((place, item, number))
    return found
