"""From cited facts to exhibits: one per source, holding only the records that are cited.

Records are printed by `places`; which facts a document cites is the document's business.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from cortipump.documents.blocks import Exhibit, ExhibitRecord, PrintedLine
from cortipump.documents.fhir_print import print_resource
from cortipump.documents.places import CSV, FHIR_JSON, FHIR_NDJSON, PDF, XLSX, Found, open_source
from cortipump.errors import DocumentError
from cortipump.record.facts import Fact

__all__ = ["SourceInfo", "anchor_of", "build_exhibits", "exhibit_numbers"]

_KIND_WORDS: Final = {
    "person": "person",
    "visit": "visits",
    "charge": "charges",
    "lab": "laboratory values",
    "measurement": "measurements",
    "score": "questionnaire scores",
    "regimen": "medication",
    "rescue-injection": "rescue injections",
    "work-loss": "days lost from work",
    "call": "telephone calls",
    "letter": "letters",
    "decision": "decisions of the plan",
    "condition": "diagnoses",
    "plan": "health plan",
    "procedure": "procedures",
    "request": "requests for authorization",
    "note": "notes",
    "criterion": "criteria of the plan",
}
_MEDIA_WORDS: Final = {
    FHIR_JSON: "health record export (FHIR)",
    FHIR_NDJSON: "health record export (FHIR)",
    CSV: "table (CSV)",
    XLSX: "workbook (Excel)",
    PDF: "document (PDF)",
}
_MOMENT_KEYS: Final = frozenset({"printed", "day", "clock", "mark"})


class SourceInfo(Struct, frozen=True):
    """What the ledger knows about one imported file.

    Attributes
    ----------
    media
        Media type, such as ``application/fhir+json``. Empty: not recognised.
    size
        Bytes.
    imported_at
        ISO 8601 in UTC.
    """

    sha256: str
    name: str
    media: str = ""
    size: int = 0
    imported_at: str = ""


def build_exhibits(
    cited: Sequence[Fact], sources: Mapping[str, SourceInfo], load: Callable[[str], bytes]
) -> tuple[tuple[Exhibit, ...], dict[str, str]]:
    """Group cited facts by their source, in the order of first citation.

    Parameters
    ----------
    cited
        The facts that a document cites, in order; repeats are allowed.
    sources
        sha256 to what is known about the source.
    load
        The original bytes of a source by its sha256.

    Returns
    -------
    exhibits, exhibit_of
        One exhibit per source (and one per person who typed facts without a source); fact id to
        the anchor of its record. Facts whose places lie in one record share that record.

    Raises
    ------
    DocumentError
        D001 if a source or a place in it cannot be found, or the bytes have changed (SAFETY S5).
    """
    groups = _by_source(cited)
    exhibits = tuple(
        _from_source(number, sources.get(source), facts, load)
        if source
        else _typed(number, by, facts)
        for number, ((source, by), facts) in enumerate(groups.items(), 1)
    )
    records = (record for exhibit in exhibits for record in exhibit.records)
    return exhibits, {fact: record.anchor for record in records for fact in record.facts}


def exhibit_numbers(cited: Iterable[Fact]) -> dict[str, int]:
    """Fact id to the number of its exhibit, as `build_exhibits` numbers them; no source is read."""
    groups = _by_source(cited).values()
    return {fact.id: number for number, facts in enumerate(groups, 1) for fact in facts}


def _by_source(cited: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    """Facts by source, those typed without one by who typed them; in order of first citation."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in {fact.id: fact for fact in cited}.values():
        source = fact.origin.source
        groups.setdefault((source, "" if source else fact.origin.by), []).append(fact)
    return groups


def anchor_of(exhibit: int, record: int) -> str:
    """The anchor of a record: both numbers from 1."""
    return f"exhibit-{exhibit}-record-{record}"


# -- imported ------------------------------------------------------------------------------------


def _from_source(
    number: int, info: SourceInfo | None, facts: Sequence[Fact], load: Callable[[str], bytes]
) -> Exhibit:
    origin = facts[0].origin
    if info is None:
        raise DocumentError(
            "the source of a cited fact is not in the ledger",
            where=f"{origin.name or origin.source[:12]}, {origin.place}",
            do="import the file again",
        )
    source = open_source(info.media, info.name, _checked(info, load), origin.place)
    found: dict[str, tuple[Found, list[str]]] = {}
    for fact in facts:
        record = source.find(fact.origin.place)
        found.setdefault(record.key, (record, []))[1].append(fact.id)
    ordered = [found[key] for key in sorted(found, key=_natural)]
    return Exhibit(
        number=number,
        source=info.sha256,
        title=_title(facts, info.media),
        file=info.name,
        media=info.media,
        records=tuple(
            ExhibitRecord(anchor_of(number, n), record.heading, record.lines, tuple(ids))
            for n, (record, ids) in enumerate(ordered, 1)
        ),
        pages=tuple(sorted({record.page for record, _ in ordered if record.page})),
        total=source.total,
        imported=info.imported_at,
    )


def _checked(info: SourceInfo, load: Callable[[str], bytes]) -> bytes:
    data = load(info.sha256)
    if hashlib.sha256(data).hexdigest() != info.sha256:
        raise DocumentError(
            "the kept bytes of a source are not the ones that were imported",
            where=f"{info.name}, sha256 {info.sha256}",
            do="import the original file again",
        )
    return data


def _natural(place: str) -> list[tuple[int, str]]:
    """Sort ``entry[9]`` before ``entry[12]``."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", place)]


def _title(facts: Iterable[Fact], media: str) -> str:
    kinds = dict.fromkeys(_KIND_WORDS.get(fact.kind, fact.kind) for fact in facts)
    *most, last = kinds
    words = f"{', '.join(most)} and {last}" if most else last
    return f"{words[0].upper()}{words[1:]}, from a {_MEDIA_WORDS.get(media, 'file')}"


# -- typed ---------------------------------------------------------------------------------------


def _typed(number: int, by: str, facts: Sequence[Fact]) -> Exhibit:
    return Exhibit(
        number=number,
        source="",
        title=f"Entries typed by {by or 'the person'}",
        file="",
        media="",
        records=tuple(
            ExhibitRecord(
                anchor_of(number, n),
                f"{_kind_words(fact)}, {fact.id}",
                _typed_lines(fact),
                (fact.id,),
            )
            for n, fact in enumerate(facts, 1)
        ),
    )


def _kind_words(fact: Fact) -> str:
    return fact.kind.replace("-", " ").capitalize()


def _typed_lines(fact: Fact) -> tuple[PrintedLine, ...]:
    origin = fact.origin
    entered = {"entered": origin.at[:10], "by": origin.by, "place": origin.place}
    correction = {"corrects": fact.supersedes, "why": fact.why}
    body = _worded(msgspec.to_builtins(fact.body))
    fields = {**body, **entered, **correction}
    return print_resource({key: value for key, value in fields.items() if value not in ("", None)})


def _worded(value: Any) -> Any:  # any JSON value
    """Field names as words, a moment as one text."""
    if isinstance(value, list | tuple):
        return [_worded(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "printed" in value and value.keys() <= _MOMENT_KEYS:
        return _moment(value)
    return {key.replace("_", " "): _worded(item) for key, item in value.items()}


def _moment(value: dict[str, Any]) -> str:
    printed, day = str(value["printed"]), value.get("day")
    said = [str(value[key]) for key in ("day", "clock", "mark") if value.get(key)]
    plain = day is None or printed == day
    return printed if plain else f"{printed} ({', '.join(said)})"
