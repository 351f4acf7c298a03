"""Facts that a person types, and corrections: nothing is overwritten, both forms stay readable."""

import itertools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Final, get_args, get_type_hints

import msgspec

from cortipump.actions import clock
from cortipump.actions.import_files import ZONE
from cortipump.errors import QuantityError, RecordError, UsageError
from cortipump.quantities.moment import Moment, home_zone, parse_moment
from cortipump.quantities.money import MONEY_KINDS, check_currency, parse_amount, settle
from cortipump.quantities.parse import parse_number, parse_truth
from cortipump.record.codec import encode
from cortipump.record.draft import CORRECTION, Draft, keyed
from cortipump.record.facts import KINDS, AnyBody, Body, Charge, Code
from cortipump.record.rows import Source
from cortipump.record.store import Ledger, create_or_open, pack
from cortipump.record.timeline import Timeline

_OWN: Final = frozenset({"marks", "void", "at", "start", "end", "printed", "refs"})
_NEVER_NEGATIVE: Final = ("mg", "mg_per_day", "days")
_WHEN: Final = (("at", None), ("start", "end"))
_MEDIA: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
)


def fields_of(kind: str) -> list[str]:
    """The names of the fields that can be typed for a kind of fact.

    Raises
    ------
    UsageError
        W001 if there is no such kind.
    """
    return [name for name in _hints(_kind(kind)) if name not in _OWN]


def _kind(kind: str) -> type[Body]:
    body = KINDS.get(kind)
    if body is None:
        raise UsageError(f"there is no kind of fact {kind!r}", do=f"kinds: {', '.join(KINDS)}")
    return body


def _hints(body: type[Body]) -> dict[str, object]:
    """Field name as typed to its type."""
    hints = get_type_hints(body)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(body)}


def build(
    kind: str, values: Mapping[str, str], *, on: str, until: str = "", zone: str = "UTC"
) -> AnyBody:
    """A body from what was typed.

    Parameters
    ----------
    values
        Field to text, named as in `fields_of`.
    on, until
        Date or date with a time; ``until`` only for what lasts.

    Raises
    ------
    UsageError
        W001 for a field or a value that this kind does not have.
    QuantityError
        Q001 for a date or an amount that cannot be.
    """
    body = _kind(kind)
    raw: dict[str, object] = {"kind": kind, **_values(body, kind, values)}
    raw.update(_when(body, kind, on, until, zone))
    return _checked(_convert(raw, body, kind))


def _values(body: type[Body], kind: str, values: Mapping[str, str]) -> dict[str, object]:
    hints = _hints(body)
    found: dict[str, object] = {}
    for name, text in values.items():
        if name not in hints or name in _OWN:
            raise UsageError(
                f"a {kind} has no field {name!r}", do=f"fields: {', '.join(fields_of(kind))}"
            )
        found[name] = _value(hints[name], name, text.strip())
    return found


def _value(hint: object, name: str, text: str) -> object:
    if not text and type(None) in get_args(hint):
        return None
    if hint == tuple[Code, ...]:
        return [_code(part) for part in text.replace(",", " ").split()]
    if hint == tuple[str, ...]:
        return [part.strip() for part in text.split(";") if part.strip()]
    if hint in {bool, bool | None}:
        return parse_truth(text)
    if hint == Decimal | None:
        return parse_amount(text) if name in MONEY_KINDS else parse_number(text)
    return text


def _code(text: str) -> dict[str, str]:
    system, _, code = text.rpartition(":")
    return {"system": system or "icd-10-cm", "code": code}


def _when(body: type[Body], kind: str, on: str, until: str, zone: str) -> dict[str, object]:
    names = {field.name for field in msgspec.structs.fields(body)}
    start, end = next(((s, e) for s, e in _WHEN if s in names), (None, None))
    if until and end is None:
        raise UsageError(f"a {kind} has no end", do="leave --until out")
    found: dict[str, object] = {}
    for name, text in ((start, on), (end, until)):
        if name and text:
            found[name] = msgspec.to_builtins(moment_of(text, zone))
    if start and not on:
        raise UsageError(f"a {kind} needs a date", do="add --on YYYY-MM-DD")
    return found


def moment_of(text: str, zone: str) -> Moment:
    """A typed date, or date with a local time."""
    return parse_moment(text.strip().replace(" ", "T", 1), home_zone(zone))


def _convert(raw: dict[str, object], body: type[Body], kind: str) -> AnyBody:
    try:
        return msgspec.convert(raw, body, strict=False)  # type: ignore[return-value] # a KINDS type
    except msgspec.ValidationError as cause:
        raise UsageError(
            f"this is no {kind}: {cause}", do=f"fields: {', '.join(fields_of(kind))}"
        ) from cause


def _checked(body: AnyBody) -> AnyBody:
    when, end = body.when, getattr(body, "end", None)
    if when is not None and when.first_day > clock.today():
        raise QuantityError(f"the date {when.printed} lies in the future", do="check the year")
    if when is not None and end is not None and end.last_day < when.first_day:
        raise QuantityError(f"it ends ({end.printed}) before it starts ({when.printed})")
    for name in _NEVER_NEGATIVE:
        value = getattr(body, name, None)
        if value is not None and value < 0:
            raise QuantityError(f"{name}={value} cannot be", do="give what is recorded")
    if not isinstance(body, Charge):
        return body
    amounts = {kind: a for kind in MONEY_KINDS if (a := getattr(body, kind)) is not None}
    if not amounts:
        raise UsageError("a charge needs an amount", do="give billed, allowed, paid or patient")
    currency = check_currency(body.currency)
    settled = {kind: settle(amount, currency) for kind, amount in amounts.items()}
    return msgspec.structs.replace(body, currency=currency, **settled)


def add(
    path: Path,
    kind: str,
    values: Mapping[str, str],
    *,
    on: str,
    until: str = "",
    source: Path | None = None,
    place: str = "",
    by: str = "",
) -> tuple[str, bool]:
    """Add one typed fact: its id, and whether it is new (False: it was there already).

    Raises
    ------
    UsageError, QuantityError
        For what cannot be a fact; the ledger is unchanged.
    """
    content, file = _read(source)
    _kind(kind)
    with create_or_open(path) as ledger:
        zone = ledger.setting(ZONE) or clock.machine_zone()
        body = build(kind, values, on=on, until=until, zone=zone)
        with ledger.change():
            if not ledger.setting(ZONE):
                ledger.set(ZONE, zone)
            digest = _keep(ledger, content, file)
            if getattr(body, "same_as", ""):
                _check_twin(ledger.timeline(), kind, "", getattr(body, "same_as", ""))
            draft, known = _as_draft(ledger, body, place)
            if known:
                return known, False
            added = ledger.admit([draft], source=digest, by=by or "person", at=clock.now())
            return added.facts[0].id, True


def _as_draft(ledger: Ledger, body: AnyBody, place: str) -> tuple[Draft, str]:
    """The draft of a typed fact, and the id of the fact that says the same already, if one does.

    What was corrected or withdrawn since may be typed anew: it is another fact then.
    """
    digest = sha256(encode(body)).hexdigest()[:32]
    for count in itertools.count():
        draft = Draft(body, place, f"typed|{digest}" + (f"|{count}" if count else ""))
        known = ledger.known(keyed([draft], "")).get(draft.key)
        if not known:
            return draft, ""
        if known[0].stands:
            return draft, known[0].id
    raise AssertionError  # pragma: no cover -- count() does not end


def _read(source: Path | None) -> tuple[bytes, str]:
    if source is None:
        return b"", ""
    try:
        return source.read_bytes(), source.name
    except OSError as cause:
        raise UsageError(
            f"the source cannot be read: {cause.strerror}", where=str(source), do="check the path"
        ) from cause


def _keep(ledger: Ledger, content: bytes, name: str) -> str:
    """Keep a typed fact's source. Call inside a change."""
    if not name:
        return ""
    digest = sha256(content).hexdigest()
    if not ledger.has_source(digest):
        media = next((m for head, m in _MEDIA if content.startswith(head)), "text/plain")
        ledger.keep_source(Source(digest, name, media, len(content), clock.now()), pack(content))
    return digest


def correct(
    path: Path,
    fact_id: str,
    values: Mapping[str, str],
    *,
    why: str,
    on: str = "",
    until: str = "",
    withdraw: bool = False,
    by: str = "",
) -> str:
    """Replace a fact by a corrected form; the id of the new one.

    Raises
    ------
    RecordError
        R001 if there is no such fact, or a correction replaced it already.
    UsageError
        W001 without a reason, or when nothing changes.
    """
    if not why.strip():
        raise UsageError("a correction needs its reason", do="add --why 'the reason'")
    with create_or_open(path) as ledger:
        timeline = ledger.timeline()
        fact = timeline[fact_id]
        if fact.superseded_by:
            raise RecordError(
                f"{fact_id} was replaced already", do=f"correct {fact.superseded_by} instead"
            )
        body = _corrected(fact.body, fact.kind, values, on, until, timeline.zone)
        _check_twin(timeline, fact.kind, fact.id, getattr(body, "same_as", ""))
        if withdraw:
            body = msgspec.structs.replace(body, void=why)
        if body == fact.body:
            raise UsageError("this correction changes nothing", do="give field=value pairs")
        with ledger.change():
            draft = Draft(body, fact.origin.place, CORRECTION + fact_id)
            new = ledger.correct(
                fact_id,
                draft,
                source=fact.origin.source,
                why=why,
                by=by or "person",
                at=clock.now(),
            )
    return new


def _check_twin(timeline: Timeline, kind: str, own: str, same_as: str) -> None:
    """Refuse a decision that names nothing: it would look as if it had been taken."""
    if not same_as:
        return
    if same_as not in timeline or same_as == own or timeline[same_as].kind != kind:
        raise UsageError(
            f"same_as={same_as} names no other {kind} of this ledger",
            do=f"take an id from: cortipump facts --kind {kind}",
        )


def _corrected(
    body: AnyBody, kind: str, values: Mapping[str, str], on: str, until: str, zone: str
) -> AnyBody:
    raw = msgspec.to_builtins(body)
    raw.update(_values(type(body), kind, values))
    if on or until:
        dates = _when(type(body), kind, on or _printed(body.when), until, zone)
        raw.update(dates)
    return _checked(_convert(raw, type(body), kind))


def _printed(when: Moment | None) -> str:
    return when.printed if when else ""


def parse_pairs(pairs: Sequence[str]) -> dict[str, str]:
    """``field=value`` words to a mapping.

    Raises
    ------
    UsageError
        W001 for a word without an equals sign.
    """
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError(f"{pair!r} is not field=value", do="write it like instrument=AddiQoL")
        found[name.strip().replace("-", "_")] = value
    return found
