"""Which importer reads a file: by its content, never by its name; no discovery magic."""

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Struct

from cortipump.errors import ImportFailed
from cortipump.importers import tables
from cortipump.importers.fhir import read as fhir
from cortipump.importers.importer import Reading, Request
from cortipump.record.originals import json_as_utf8


class Importer(Struct, frozen=True):
    """A format: its name, how it is recognised, and its reader."""

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[Request], Reading]


IMPORTERS: Final = (
    Importer("FHIR R4", fhir.recognises, fhir.read),
    Importer("spreadsheet (XLSX)", tables.recognises_xlsx, tables.read_xlsx),
    Importer("table (CSV)", tables.recognises_csv, tables.read_csv),
)

_WHY_NOT: Final = (
    (b"%PDF-", "a PDF: keep it as the source of what you enter from it",
     "cortipump add letter ... --on DATE --source FILE --place 'page 1'"),
    (b"PK\x03\x04", "a packed file that holds no spreadsheet", "unpack it, or import the folder"),
    (b"<?xml", "an XML document; this version reads FHIR in JSON and tables",
     "ask for the export in JSON, or type the facts into a table: cortipump template visits"),
    (b"<", "a page or XML document; this version reads FHIR in JSON and tables",
     "ask for the export in JSON, or type the facts into a table: cortipump template visits"),
)  # fmt: skip


def read(request: Request) -> Reading:
    """Read a file with the importer that recognises its content.

    Raises
    ------
    ImportFailed
        I001 if none does; the message says what the file looks like.
    """
    content = json_as_utf8(request.content, request.name)
    request = msgspec.structs.replace(request, content=content)
    if not content or content.isspace():
        raise ImportFailed("the file is empty", where=request.name)
    for importer in IMPORTERS:
        if importer.recognises(request.content):
            return importer.read(request)
    what, do = _looks_like(request.content)
    raise ImportFailed(f"not understood: {what}", where=request.name, do=do)


def _looks_like(content: bytes) -> tuple[str, str]:
    for head, what, do in _WHY_NOT:
        if content.startswith(head):
            return what, do
    if content[:1] in {b"{", b"["}:
        return (
            "JSON without any FHIR resource in it",
            "export health records as FHIR (R4), or type them into a table",
        )
    return (
        "neither FHIR in JSON nor a table with one of our headers",
        "see the headers with: cortipump template labs",
    )
