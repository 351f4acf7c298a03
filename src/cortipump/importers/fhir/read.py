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
from cortipump.importers.fhir.context import Built, Context, Part, Void, as_named, base_of
from cortipump.importers.fhir.datatypes import Fhir, Named
from cortipump.importers.fhir.people import sort_out_people, subject_of, without_server
from cortipump.importers.fhir.types import NAMES, READ, AnyResource, kind_of
from cortipump.importers.importer import Reading, Request
from cortipump.record.draft import Draft
from cortipump.record.facts import AnyBody, Body

_KIND: Final = re.compile(rb'\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"')


class _Entry(Struct, gc=False, rename="camel"):
    full_url: str | None = None
    resource: Raw = Raw(b"")


class _TypedEntry(Struct, gc=False, rename="camel"):
    full_url: str | None = None
    resource: AnyResource = None


class _Link(Struct, gc=False):
    relation: str = ""
    url: str = ""


class _Bundle(Struct, gc=False, rename="camel"):
    resource_type: str = ""
    entry: list[_Entry] | None = None
    link: list[_Link] | None = None


class _TypedBundle(Struct, gc=False, rename="camel"):
    resource_type: str = ""
    entry: list[_TypedEntry] | None = None
    link: list[_Link] | None = None


class _Peek(Struct, gc=False, rename="camel"):
    resource_type: str = ""
    id: str | None = None


class _Located(Struct, gc=False):
    """One resource with its place and its server: decoded already, or still as it came."""

    place: str
    base: str
    kind: str
    full_url: str
    raw: Raw | None = None
    resource: Fhir | None = None


Builder = Callable[[Any, Context], Built]
_BUILD: Final[dict[str, Builder]] = {
    "Patient": others.patient,
    "Encounter": visit.encounter,
    "Condition": others.condition,
    "Observation": observation.observation,
    "MedicationRequest": medication.order,
    "MedicationStatement": medication.order,
    "MedicationAdministration": medication.administration,
    "Procedure": others.procedure,
    "Claim": charge.claim,
    "ExplanationOfBenefit": charge.explanation_of_benefit,
    "Coverage": others.coverage,
    "DocumentReference": others.document,
    "QuestionnaireResponse": others.questionnaire,
}
_DECODERS: Final = {name: msgspec.json.Decoder(type_, strict=False) for name, type_ in READ.items()}
_NAMES: Final = frozenset(NAMES)
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
    if any(_is_part(item) for item in located):
        _index_visits(located, ctx)
    for item in located:
        if item.kind in _NAMES:
            _index(item, ctx)
    reading = Reading(format_, media, [], [], [], [])
    subjects: list[str] = []
    for item in located:
        subject = _read_one(item, ctx, reading)
        subjects += [subject] * (len(reading.drafts) - len(subjects))
    reading.skipped += ctx.remarks
    sort_out_people(reading, [ctx.aliases.get(key, key) for key in subjects], request)
    return reading


def _index(item: _Located, ctx: Context) -> None:
    named = item.resource if isinstance(item.resource, Named) else None
    if named is None and item.raw is not None:
        named = as_named(item.raw)
    if named is None:
        return
    if item.full_url.startswith("urn:uuid:"):
        ctx.index(item.full_url, named)
    if named.id:
        ctx.index(f"{item.kind}/{named.id}", named)


def _is_part(item: _Located) -> bool:
    if item.kind != "Encounter":
        return False
    if isinstance(item.resource, models.Encounter):
        return item.resource.part_of is not None
    return item.raw is not None and b'"partOf"' in bytes(item.raw)


def _index_visits(located: list[_Located], ctx: Context) -> None:
    """What a part of a visit is asked about: the visit that it is a part of."""
    for item in located:
        if item.kind != "Encounter":
            continue
        try:
            visit = _resource(item)
        except _DAMAGE:
            continue  # reported where it is read
        if isinstance(visit, models.Encounter):
            _stand_at(item, visit, ctx)
            ctx.index_visit(visit)


_PEEK: Final = msgspec.json.Decoder(_Peek)
_BUNDLE: Final = msgspec.json.Decoder(_Bundle)
_TYPED_BUNDLE: Final = msgspec.json.Decoder(_TypedBundle, strict=False)
_ARRAY: Final = msgspec.json.Decoder(list[Raw])
_ANY: Final = msgspec.json.Decoder(Raw)


def _locate(request: Request) -> tuple[list[_Located], str, str]:
    """Every resource of the file, bundles opened."""
    content = request.content
    located = _in_one_pass(content)
    if located is not None:
        return located, "fhir-r4-bundle", _JSON
    try:
        if content[:1] == b"[":
            raws = [(f"$[{n}]", raw) for n, raw in enumerate(_ARRAY.decode(content))]
            return list(_open(raws)), "fhir-r4-array", _JSON
        raw = _ANY.decode(content)
        format_ = "fhir-r4-bundle" if _kind(raw) == "Bundle" else "fhir-r4-resource"
        return list(_open([("$", raw)])), format_, _JSON
    except _DAMAGE as cause:
        lines = _lines(content)
        if lines is not None:
            return list(_open(lines)), "fhir-r4-ndjson", _NDJSON
        raise _broken(request, cause) from cause


def _in_one_pass(content: bytes) -> list[_Located] | None:
    """The resources of a bundle, decoded at once; most of what comes is one.

    None if it is no bundle, or if anything in it is damaged, unknown or a bundle inside: then it
    is read record by record, so that one bad record costs no other.
    """
    if content[:1] != b"{":
        return None
    try:
        bundle = _TYPED_BUNDLE.decode(content)
    except _DAMAGE:
        return None
    if bundle.resource_type != "Bundle":
        return None
    of_bundle = _self_base(bundle.link, "")
    bases: dict[str, str] = {}
    found = []
    for number, entry in enumerate(bundle.entry or ()):
        resource, url = entry.resource, entry.full_url or ""
        own = _own_base(url, of_bundle, bases)
        kind = kind_of(resource) if resource is not None else ""
        where = f"$.entry[{number}].resource"
        found.append(_Located(where, own, kind, url, None, resource))
    return found


def _self_base(links: list[_Link] | None, base: str) -> str:
    return next((base_of(link.url) for link in links or () if link.relation == "self"), base)


def _own_base(url: str, of_bundle: str, bases: dict[str, str]) -> str:
    """The server of an entry: its own address's, else the bundle's; none for a bare uuid."""
    if not url:
        return of_bundle
    if url.startswith("urn:"):
        return ""
    stem = url.rsplit("/", 1)[0]
    found = bases.get(stem)
    if found is None:
        found = bases[stem] = base_of(url) or of_bundle
    return found


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
            yield _Located(place, base, kind, "", raw)


def _entries(prefix: str, bundle: _Bundle, base: str) -> Iterator[_Located]:
    """The resources of a bundle, inner bundles opened."""
    of_bundle = _self_base(bundle.link, base)
    bases: dict[str, str] = {}
    for number, entry in enumerate(bundle.entry or ()):
        where, url = f"{prefix}.entry[{number}].resource", entry.full_url or ""
        own = _own_base(url, of_bundle, bases)
        if not entry.resource:
            yield _Located(where, own, "", url)
            continue
        kind = _kind(entry.resource)
        if kind == "Bundle":
            yield from _open([(where, entry.resource)], own)
        else:
            yield _Located(where, own, kind, url, entry.resource)


def _read_one(item: _Located, ctx: Context, reading: Reading) -> str:
    """Add what a resource yields; the key of whom it is about, empty if it does not say."""
    build = _BUILD.get(item.kind)
    if build is None:
        reading.skipped.append(Problem(_label(item), _why_not(item.kind)))
        return ""
    ctx.place = item.place
    remarks = len(ctx.remarks)
    try:
        resource = _resource(item)
        subject = _stand_at(item, resource, ctx)
        ctx.contained = resource.contained
        built = build(resource, ctx)
    except _DAMAGE as cause:
        built = f"it cannot be read: {cause}"
    except QuantityError as cause:
        built = cause.what
    if isinstance(built, str):
        del ctx.remarks[remarks:]
        reading.skipped.append(Problem(_label(item), built))
        return ""
    _add_drafts(built, resource, item, ctx, reading.drafts)
    if item.kind == "Patient":
        key = ctx.key("Patient", resource.id)
        ctx.aliases.update(dict.fromkeys(ctx.names("Patient", resource.id), key))
        return key
    return ctx.ref(subject, "Patient") if subject is not None else ""


def _stand_at(item: _Located, resource: models.Resource, ctx: Context) -> models.Reference | None:
    """Make the resource the one at hand; whom it is about."""
    subject = subject_of(resource, item.kind)
    ctx.base = item.base or without_server(resource, item.kind, subject)
    ctx.uuid = _uuid(item.full_url)
    return subject


def _label(item: _Located) -> str:
    return f"{item.place} {item.kind}".rstrip()


def _why_not(kind: str) -> str:
    if not kind:
        return "no resource of a named type"
    return _WHY.get(kind, f"cortipump reads no {kind} records")


def _resource(item: _Located) -> models.Resource:
    """The resource; where an export writes null for what is absent, without the nulls."""
    if isinstance(item.resource, models.Resource):
        return item.resource
    raw = item.raw or Raw(b"{}")
    try:
        return _DECODERS[item.kind].decode(raw)
    except msgspec.ValidationError:
        cleaned = _without_nulls(json.loads(bytes(raw)))
        return msgspec.convert(cleaned, READ[item.kind], strict=False)


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
    version = " ".join(filter(None, (meta.last_updated, meta.version_id))) if meta else ""
    key = ctx.key(item.kind, resource.id)
    why = built.why if isinstance(built, Void) else ""
    inner = built.built if isinstance(built, Void) else built
    for part in (Part(inner, ""),) if isinstance(inner, Body) else inner:
        body, suffix, place = part.body, part.suffix, item.place
        if why:
            body = msgspec.structs.replace(body, void=why)
        if suffix.startswith("."):
            place += f" ${suffix}" if "$" not in place else suffix
        drafts.append(Draft(body, place, key + suffix if key else "", version))


def _uuid(full_url: str) -> str:
    return full_url[9:] if full_url.startswith("urn:uuid:") else ""
