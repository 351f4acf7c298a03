"""Everything a ledger holds as one JSON file, and back, without loss."""

import base64
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from cortipump.errors import AnotherPerson, ImportFailed
from cortipump.importers.fhir.people import alike
from cortipump.record.codec import decode_many, encode
from cortipump.record.facts import Person
from cortipump.record.rows import Row, Source, Supersession
from cortipump.record.store import Ledger, open_ledger, pack

_FORMAT: Final = "cortipump-export"
_VERSION: Final = 1
_HEAD: Final = re.compile(rb'\s*\{\s*"format"\s*:\s*"cortipump-export"')


class _Source(Struct):
    sha256: str
    name: str
    media: str
    imported_at: str
    content: str


class _Fact(Struct):
    id: str
    body: msgspec.Raw
    source: str = ""
    place: str = ""
    key: str = ""
    version: str = ""
    by: str = ""
    at: str = ""


class _Export(Struct):
    format: str
    version: int
    settings: dict[str, str]
    sources: list[_Source]
    facts: list[_Fact]
    supersessions: list[Supersession]


def export(ledger_path: Path) -> bytes:
    """The whole ledger: settings, original bytes, facts, corrections. The same ledger, the same
    bytes.
    """
    with open_ledger(ledger_path) as ledger:
        sources = [
            _Source(
                s.sha256, s.name, s.media, s.imported_at,
                base64.b64encode(ledger.source_bytes(s.sha256)).decode(),
            )
            for s in ledger.sources()
        ]  # fmt: skip
        facts = [
            _Fact(r.id, msgspec.Raw(r.body), r.source, r.place, r.key, r.version, r.by, r.at)
            for r in ledger.rows()
        ]
        whole = _Export(
            _FORMAT, _VERSION, ledger.settings(), sources, facts, ledger.supersessions()
        )
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def is_export(content: bytes) -> bool:
    """Whether the content is such an export."""
    return _HEAD.match(content) is not None


def take_in(ledger: Ledger, content: bytes, name: str) -> tuple[int, int]:
    """Put an export into a ledger: facts added, facts known.

    Raises
    ------
    ImportFailed
        I001 if it is damaged, or a source does not have the bytes that it claims.
    AnotherPerson
        R005 if the ledger is about somebody else.
    """
    whole = _decode(content, name)
    contents = {s.sha256: _bytes(s, name) for s in whole.sources}
    bodies = decode_many([bytes(fact.body) for fact in whole.facts])
    _check_person(ledger, bodies, name)
    known = {row.id for row in ledger.rows()}
    with ledger.change():
        for setting, value in whole.settings.items():
            if not ledger.setting(setting):
                ledger.set(setting, value)
        for source in whole.sources:
            if not ledger.has_source(source.sha256):
                size = len(contents[source.sha256])
                kept = Source(source.sha256, source.name, source.media, size, source.imported_at)
                ledger.keep_source(kept, pack(contents[source.sha256]))
        # Bodies are written anew: in an export they are laid out for people to read.
        fresh = [
            Row(f.id, f.source, f.place, f.key, f.version, f.by, f.at, encode(body))
            for f, body in zip(whole.facts, bodies, strict=True)
            if f.id not in known
        ]
        ledger.restore(fresh, whole.supersessions)
    return len(fresh), len(whole.facts) - len(fresh)


def _decode(content: bytes, name: str) -> _Export:
    try:
        whole = msgspec.json.decode(content, type=_Export)
    except msgspec.DecodeError as cause:
        raise ImportFailed(
            f"this export is damaged: {cause}", where=name, do="export the ledger again"
        ) from cause
    if whole.version != _VERSION:
        raise ImportFailed(
            f"this export has format {whole.version}; this version of cortipump reads {_VERSION}",
            where=name,
        )
    return whole


def _bytes(source: _Source, name: str) -> bytes:
    try:
        content = base64.b64decode(source.content, validate=True)
    except ValueError as cause:
        raise ImportFailed(f"the bytes of {source.name} are damaged", where=name) from cause
    if sha256(content).hexdigest() != source.sha256:
        raise ImportFailed(
            f"the bytes of {source.name} are not those that were exported", where=name
        )
    return content


def _check_person(ledger: Ledger, bodies: Sequence[object], name: str) -> None:
    own = ledger.people()
    theirs = [body for body in bodies if isinstance(body, Person)]
    if own and theirs and not any(alike(one, other) for one in own for other in theirs):
        raise AnotherPerson(
            "this export is about another person than the ledger",
            where=name,
            do="name another ledger with --ledger",
        )
