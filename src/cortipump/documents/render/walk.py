"""The one walk through a document that every renderer takes: order, numbering, labels.

A `Writer` turns each part into its own kind of piece (text, markup, data). It decides how a part
looks, never which parts there are: so all faces print the same figures.
"""

import re
from typing import Final, Protocol, TypeVar, assert_never

from cortipump.documents.blocks import (
    Bullets,
    Callout,
    Column,
    Document,
    Exhibit,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Signature,
    Table,
)
from cortipump.documents.places import PDF
from cortipump.documents.statements import Part, Statement

Piece = TypeVar("Piece", covariant=True)
Unheaded = Paragraph | Quote | Bullets | Table | Figure | Callout | Signature | PageBreak

TONES: Final = {"disclosure": "Disclosure", "caution": "Caution", "emergency": "Emergency"}
REFERENCE_COLUMN: Final = "Exhibit"
_DIGIT: Final = re.compile(r"\d")
_RUN_ON: Final = 2
INDEX_TITLE: Final = "Exhibits"
INDEX_COLUMNS: Final = (
    Column("No.", "right"),
    Column("What it is", share=5),
    Column("File", share=4),
    Column("Printed here"),
)
INDEX_LEAD: Final = (
    "Each exhibit holds, of the original's records, only those cited. "
    "The hash identifies the file that was imported."
)


class Writer(Protocol[Piece]):
    """How one kind of output writes each part."""

    def head(self, document: Document) -> Piece:
        """Sender, addressee, reference, date and title."""

    def heading(self, block: Heading) -> Piece:
        """A heading."""

    def paragraph(self, block: Paragraph) -> Piece:
        """Sentences that run on."""

    def quote(self, block: Quote) -> Piece:
        """Words of someone else."""

    def bullets(self, block: Bullets) -> Piece:
        """A list."""

    def table(self, block: Table, label: str) -> Piece:
        """A table; ``label`` is its number, such as ``Table 2``."""

    def figure(self, block: Figure, label: str) -> Piece:
        """A chart; ``label`` is its number, such as ``Figure 2``."""

    def callout(self, block: Callout) -> Piece:
        """A framed remark."""

    def signature(self, block: Signature) -> Piece:
        """A line to sign on."""

    def page_break(self) -> Piece:
        """What follows starts a page."""

    def exhibit_index(self, exhibits: tuple[Exhibit, ...]) -> Piece:
        """The list of exhibits."""

    def exhibit(self, exhibit: Exhibit) -> Piece:
        """One exhibit with its records."""


def walk(document: Document, writer: Writer[Piece]) -> list[Piece]:
    """Write every part of the document in order."""
    pieces = [writer.head(document)]
    tables = figures = level = 0
    for block in document.blocks:
        tables += isinstance(block, Table)
        figures += isinstance(block, Figure)
        if isinstance(block, Heading):
            # A level is never skipped: readers that jump from heading to heading would get lost.
            level = min(max(block.level, 1), level + 1)
            pieces.append(writer.heading(Heading(block.text, level, block.anchor)))
        else:
            pieces.append(_write(block, writer, tables, figures))
    if document.exhibits:
        pieces.append(writer.exhibit_index(document.exhibits))
        pieces.extend(writer.exhibit(exhibit) for exhibit in document.exhibits)
    return pieces


def _write(block: Unheaded, writer: Writer[Piece], tables: int, figures: int) -> Piece:
    match block:
        case Paragraph():
            return writer.paragraph(block)
        case Quote():
            return writer.quote(block)
        case Bullets():
            return writer.bullets(block)
        case Table():
            return writer.table(block, f"Table {tables}")
        case Figure():
            return writer.figure(block, f"Figure {figures}")
        case Callout():
            return writer.callout(block)
        case Signature():
            return writer.signature(block)
        case PageBreak():
            return writer.page_break()
        case _:  # pragma: no cover - the type checker proves that no kind is left
            assert_never(block)


def trimmed(statement: Statement) -> list[Part]:
    """Its parts without space at either end: sentences are joined by one space each."""
    parts = list(statement.parts)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return parts


def is_listed(callout: Callout) -> bool:
    """Whether its sentences are points of a list; one or two run on."""
    return len(callout.statements) > _RUN_ON


def held(exhibit: Exhibit) -> str:
    """How many of the source's records are printed: ``3 of 214 records``."""
    shown = len(exhibit.pages) or len(exhibit.records)
    noun = "page" if exhibit.media == PDF else "record"
    many = noun if (exhibit.total or shown) == 1 else f"{noun}s"
    return f"{shown} of {exhibit.total} {many}" if exhibit.total else f"{shown} {many}"


def exhibit_anchor(exhibit: Exhibit) -> str:
    """Where links to the whole exhibit lead."""
    return f"exhibit-{exhibit.number}"


def exhibit_title(exhibit: Exhibit) -> str:
    """Number and title."""
    return f"Exhibit {exhibit.number}. {exhibit.title}"


def index_row(exhibit: Exhibit) -> tuple[str, str, str, str]:
    """The exhibit's line in the index, by `INDEX_COLUMNS`."""
    return str(exhibit.number), exhibit.title, exhibit.file, held(exhibit)


def origin_line(exhibit: Exhibit) -> list[tuple[str, str]]:
    """What a reader needs to find the source again: label and text."""
    pairs = [
        ("File", exhibit.file),
        ("SHA-256", _short_hash(exhibit.source)),
        ("Imported", exhibit.imported[:10]),
        ("Printed here", held(exhibit)),
    ]
    return [(label, text) for label, text in pairs if text]


def _short_hash(sha256: str) -> str:
    return f"{sha256[:16]}…" if len(sha256) > 16 else sha256


def running_reference(document: Document) -> str:
    """The pair that stands at the head of every page: the member number, else the first one."""
    pairs = [(label, line.text) for label, line in document.reference]
    numbers = (pair for pair in pairs if "member" in pair[0].lower() and _DIGIT.search(pair[1]))
    return " ".join(next(numbers, pairs[0] if pairs else ()))
