"""FHIR R4 as it is exported: bundles, arrays, single resources, NDJSON -> a `Reading`.

Every resource ends as facts, as a version of a fact that is known, or in the list of what was
skipped with the reason. One bad resource never stops the others.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from cortipump.errors import ImportFailed, Problem, QuantityError
from cortipump.importers.fhir import charge, medication, models, observation, others, visit
from cortipump.importers.fhir.context import Built, Context, Part, Void, base_of
from cortipump.importers.fhir.people import sort_out_people
from cortipump.importers.importer import Reading, Request
from cortipump.record.draft import Draft
from cortipump.record.facts import AnyBody, Body

_KIND: Final = re.compile(rb'\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"')


class _Entry(Struct, gc=False):
    fullUrl: str | None = None  # noqa: N815 - FHIR's own name
    resource: Raw = Raw(b"")


class _Link(Struct, gc=False):
    relation: str = ""
    url: str = ""


class _Bundle(Struct, gc=False):
    resourceType: str = ""  # noqa: N815 - FHIR's own name
    entry: list[_Entry] | None = None
    link: list[_Link] | None = None


class _Peek(Struct, gc=False, rename="camel"):
    resource_type: str = ""
    id: str | None = None


class _Located(Struct, gc=False):
    """One resource with its place and its server."""

    place: str
    base: str
    kind: str
    raw: Raw
    full_url: str


class _Way(Struct):
    """How one type of resource is read."""

    type: type[models.Resource]
    build: Callable[[Any, Context], Built]
    decoder: msgspec.json.Decoder[Any]


def _way(type_: type[models.Resource], build: Callable[[Any, Context], Built]) -> _Way:
    return _Way(type_, build, msgspec.json.Decoder(type_, strict=False))


_WAYS: Final = {
    "Patient": _way(models.Patient, others.patient),
    "Encounter": _way(models.Encounter, visit.encounter),
    "Condition": _way(models.Condition, others.condition),
    "Observation": _way(models.Observation, observation.observation),
    "MedicationRequest": _way(models.Medication, medication.order),
    "MedicationStatement": _way(models.Medication, medication.order),
    "MedicationAdministration": _way(models.Medication, medication.administration),
    "Procedure": _way(models.Procedure, others.procedure),
    "Claim": _way(models.ClaimLike, charge.claim),
    "ExplanationOfBenefit": _way(models.ClaimLike, charge.explanation_of_benefit),
    "Coverage": _way(models.Coverage, others.coverage),
    "DocumentReference": _way(models.DocumentReference, others.document),
    "QuestionnaireResponse": _way(models.QuestionnaireResponse, others.questionnaire),
}
_NAMES: Final = frozenset(
    {"Organization", "Practitioner", "PractitionerRole", "Location", "Medication"}
)
_WHY: Final = {
    **dict.fromkeys(_NAMES, "not a fact of its own: it names places, people and drugs"),
    "DiagnosticReport": "a report: its results are observations of their own",
    "OperationOutcome": "a message of the server, not a record",
}
# What decoding raises on damaged, wrongly encoded or absurdly nested JSON.
_DAMAGE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_NDJSON: Final = "application/fhir+ndjson"
_JSON: Final = "application/fhir+json"


def recognises(content: bytes) -> bool:
    """Whether the content looks like FHIR JSON: it opens as JSON and names a resource type."""
    head = content[:1]
    return head in b"{[" and b'"resourceType"' in content


def read(request: Request) -> Reading:
    """Read one file of FHIR.

    Raises
    ------
    ImportFailed
        I001 if it is not whole, valid JSON.
    """
    located, format_, media = _locate(request)
    ctx = Context(request.zone, request.today)
    for item in located:
        if item.kind in _NAMES:
            _index(item, ctx)
    reading = Reading(format_, media, [], [], [], [])
    subjects: list[tuple[str, int]] = []
    for item in located:
        _read_one(item, ctx, reading, subjects)
    reading.skipped += ctx.remarks
    sort_out_people(reading, subjects)
    return reading


def _index(item: _Located, ctx: Context) -> None:
    if item.full_url.startswith("urn:uuid:"):
        ctx.index(item.full_url, item.raw)
    resource_id = _PEEK.decode(item.raw).id
    if resource_id:
        ctx.index(f"{item.kind}/{resource_id}", item.raw)


_SUBJECT: Final = {
    "Claim": "patient",
    "ExplanationOfBenefit": "patient",
    "Coverage": "beneficiary",
}
_PEEK: Final = msgspec.json.Decoder(_Peek)
_BUNDLE: Final = msgspec.json.Decoder(_Bundle)
_ARRAY: Final = msgspec.json.Decoder(list[Raw])
_ANY: Final = msgspec.json.Decoder(Raw)


def _locate(request: Request) -> tuple[list[_Located], str, str]:
    """Every resource of the file, bundles opened."""
    content = request.content
    try:
        if content[:1] == b"[":
            raws = [(f"$[{n}]", raw) for n, raw in enumerate(_ARRAY.decode(content))]
            return list(_open(raws)), "fhir-r4-array", _JSON
        # One pass for a bundle, which is most of what comes; a single resource is small.
        whole = _BUNDLE.decode(content)
        if whole.resourceType == "Bundle":
            return list(_entries("$", whole, "")), "fhir-r4-bundle", _JSON
        return list(_open([("$", _ANY.decode(content))])), "fhir-r4-resource", _JSON
    except _DAMAGE as cause:
        lines = _lines(content)
        if lines is not None:
            return list(_open(lines)), "fhir-r4-ndjson", _NDJSON
        raise _broken(request, cause) from cause


def _broken(request: Request, cause: Exception) -> ImportFailed:
    if isinstance(cause, RecursionError):
        what = "this JSON is nested too deeply to be a health record"
    else:
        what = f"this JSON is damaged or cut off: {cause}"
    return ImportFailed(what, where=request.name, do="download the file again")


def _lines(content: bytes) -> list[tuple[str, Raw]] | None:
    """The resources of NDJSON. None if it is not one JSON object a line."""
    found = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append((f"line {number}", _ANY.decode(line)))
        except _DAMAGE:
            # The first line decides: a broken first object is not NDJSON; a broken later one is
            # NDJSON cut off, and then nothing of it may be taken.
            return None
    return found if len(found) > 1 else None


def _kind(raw: Raw | bytes) -> str:
    found = _KIND.match(raw)
    if found:
        return found[1].decode()
    try:
        return _PEEK.decode(raw).resource_type
    except _DAMAGE:
        return ""


def _open(raws: list[tuple[str, Raw]], base: str = "") -> Iterator[_Located]:
    for place, raw in raws:
        kind = _kind(raw)
        if kind == "Bundle":
            prefix = f"{place} $" if place.startswith("line") else place
            yield from _entries(prefix, _BUNDLE.decode(raw), base)
        else:
            yield _Located(place, base, kind, raw, "")


def _entries(prefix: str, bundle: _Bundle, base: str) -> Iterator[_Located]:
    """The resources of a bundle, inner bundles opened."""
    of_bundle = next(
        (base_of(link.url) for link in bundle.link or () if link.relation == "self"), base
    )
    bases: dict[str, str] = {}
    for number, entry in enumerate(bundle.entry or ()):
        where = f"{prefix}.entry[{number}].resource"
        if not entry.resource:
            yield _Located(where, of_bundle, "", Raw(b"{}"), "")
            continue
        url = entry.fullUrl or ""
        kind = _kind(entry.resource)
        own = of_bundle
        if url.startswith("urn:"):
            own = ""
        elif url:
            stem = url.rsplit("/", 1)[0]
            own = bases.get(stem) or bases.setdefault(stem, base_of(url)) or of_bundle
        if kind == "Bundle":
            yield from _open([(where, entry.resource)], own)
        else:
            yield _Located(where, own, kind, entry.resource, url)


def _read_one(
    item: _Located, ctx: Context, reading: Reading, subjects: list[tuple[str, int]]
) -> None:
    way = _WAYS.get(item.kind)
    if way is None:
        reading.skipped.append(Problem(_label(item), _why_not(item.kind)))
        return
    ctx.base, ctx.place = item.base, item.place
    remarks = len(ctx.remarks)
    resource = None
    try:
        resource = _decode(way, item.raw)
        ctx.contained = resource.contained
        built = way.build(resource, ctx)
    except _DAMAGE as cause:
        built = f"it cannot be read: {cause}"
    except QuantityError as cause:
        built = cause.what
    if resource is None or isinstance(built, str):
        del ctx.remarks[remarks:]
        why = built if isinstance(built, str) else "it cannot be read"
        reading.skipped.append(Problem(_label(item), why))
        return
    drafts = reading.drafts
    first = len(drafts)
    _add_drafts(built, resource, item, ctx, drafts)
    subject = _subject(resource, item, ctx)
    for number in range(first, len(drafts)):
        subjects.append((subject, number))


def _label(item: _Located) -> str:
    return f"{item.place} {item.kind}".rstrip()


def _why_not(kind: str) -> str:
    if not kind:
        return "no resource of a named type"
    return _WHY.get(kind, f"cortipump reads no {kind} records")


def _decode(way: _Way, raw: Raw) -> models.Resource:
    """The resource; where an export writes null for what is absent, without the nulls."""
    try:
        return way.decoder.decode(raw)  # type: ignore[no-any-return] # decoder of way.type
    except msgspec.ValidationError:
        cleaned = _without_nulls(json.loads(bytes(raw)))
        return msgspec.convert(cleaned, way.type, strict=False)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value if v is not None]
    return value


def _add_drafts(
    built: AnyBody | Void | Sequence[Part],
    resource: models.Resource,
    item: _Located,
    ctx: Context,
    drafts: list[Draft],
) -> None:
    meta = resource.meta
    version = (meta.last_updated or meta.version_id or "") if meta else ""
    key = ctx.key(item.kind, resource.id)
    if isinstance(built, Body):
        drafts.append(Draft(built, item.place, key, version))
    elif isinstance(built, Void):
        body = msgspec.structs.replace(built.body, void=built.why)
        drafts.append(Draft(body, item.place, key, version))
    else:
        for part in built:
            suffix, place = part.suffix, item.place
            if suffix.startswith("."):
                place += f" ${suffix}" if "$" not in place else suffix
            drafts.append(Draft(part.body, place, key + suffix if key else "", version))


def _subject(resource: models.Resource, item: _Located, ctx: Context) -> str:
    """Which person the resource is about, as a key. Empty: it does not say."""
    if item.kind == "Patient":
        return ctx.key("Patient", resource.id)
    reference = getattr(resource, _SUBJECT.get(item.kind, "subject"), None)
    return ctx.ref(reference, "Patient") if reference is not None else ""
