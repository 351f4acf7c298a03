"""What a document consists of, before any layout: headings, paragraphs, tables, figures.

A renderer (`documents.render`) turns these into a PDF, a text or a page. Nothing here knows how.
"""

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from cortipump.documents.statements import Statement

Align = Literal["left", "right"]


class Heading(Struct, frozen=True, tag=True):
    """A heading; ``level`` one is the document's own parts."""

    text: str
    level: int = 1
    anchor: str = ""


class Paragraph(Struct, frozen=True, tag=True):
    """Sentences that run on. ``style``: ``body``, ``lead``, ``small`` or ``address``."""

    statements: tuple[Statement, ...]
    style: Literal["body", "lead", "small", "address"] = "body"


class Quote(Struct, frozen=True, tag=True):
    """Words of someone else, word for word."""

    statement: Statement
    source: Statement


class Bullets(Struct, frozen=True, tag=True):
    """A list; ``numbered`` where the order matters."""

    items: tuple[Statement, ...]
    numbered: bool = False


class Column(Struct, frozen=True):
    """A column: its heading, how it is set, and its share of the width (0: as narrow as fits)."""

    title: str
    align: Align = "left"
    share: float = 0.0


class Table(Struct, frozen=True, tag=True):
    """Rows of statements under headed columns. ``totals`` rows are set apart at the foot."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Statement, ...], ...]
    totals: tuple[tuple[Statement, ...], ...] = ()
    notes: tuple[Statement, ...] = ()


class Figure(Struct, frozen=True, tag=True):
    """A Vega-Lite chart with its words; ``alt`` describes it for a reader who cannot see it."""

    spec: dict[str, Any]
    caption: Statement
    alt: str


class Callout(Struct, frozen=True, tag=True):
    """A framed remark: ``disclosure``, ``caution`` or ``emergency``."""

    tone: Literal["disclosure", "caution", "emergency"]
    title: str
    statements: tuple[Statement, ...]


class Signature(Struct, frozen=True, tag=True):
    """A line to sign on, with the name under it. The name may be empty."""

    name: str
    role: str


class PageBreak(Struct, frozen=True, tag=True):
    """What follows starts a page."""


Block = Heading | Paragraph | Quote | Bullets | Table | Figure | Callout | Signature | PageBreak


class Exhibit(Struct, frozen=True):
    """One source, reduced to the records that a document cites.

    Attributes
    ----------
    number
        Its number in the packet, from 1.
    source
        sha256 of the source's bytes.
    title
        What it is, in words; the file's name stands in ``file``.
    records
        The cited records in order.
    pages
        For a PDF source: original page numbers (from 1) that are reprinted. Empty: not a PDF.
    total
        How many records (rows, lines, pages) the source holds in all; 0: not counted.
    imported
        When the source was imported, ISO 8601. Empty: not known.
    """

    number: int
    source: str
    title: str
    file: str
    media: str
    records: tuple["ExhibitRecord", ...]
    pages: tuple[int, ...] = ()
    total: int = 0
    imported: str = ""


class ExhibitRecord(Struct, frozen=True):
    """A faithful print of one record of a source.

    Attributes
    ----------
    anchor
        Where links from the letter lead.
    heading
        Place and name of the record.
    lines
        Label and text, every leaf of the record, in the source's order. Indented by ``depth``.
    facts
        Ids of the facts that were read from it.
    """

    anchor: str
    heading: str
    lines: tuple["PrintedLine", ...]
    facts: tuple[str, ...]


class PrintedLine(Struct, frozen=True):
    """One line of a printed record."""

    label: str
    text: str
    depth: int = 0


class Omission(Struct, frozen=True):
    """A sentence that was not written, and who could supply what it needs."""

    paragraph: str
    fact: str
    state: Literal["missing", "conflicting"]
    who_can_supply: Literal["person", "doctor", "hospital", "plan", "manufacturer", "lab"]
    how: str


class Document(Struct, frozen=True):
    """A whole document: head, blocks, exhibits, and what is missing.

    Attributes
    ----------
    kind
        Its name on the command line, such as ``appeal``.
    sender, addressee
        Address lines, as recorded; empty where not recorded.
    reference
        Label and value pairs under the addressee (member number, claim number).
    dated
        The date on the document, in words.
    exhibit_of
        Fact id to the anchor of its exhibit record; a renderer links every value through it.
    day
        The date on the document as a day: the file's own date, so that the same document always
        gives the same bytes. None: the file carries no date.
    banner
        Words that stand on every page, such as ``DRAFT`` (SAFETY S1). Empty: none.
    """

    kind: str
    title: str
    language: str
    paper: Literal["us-letter", "a4"]
    dated: Statement
    sender: tuple[Statement, ...]
    addressee: tuple[Statement, ...]
    reference: tuple[tuple[str, Statement], ...]
    blocks: tuple[Block, ...]
    exhibits: tuple[Exhibit, ...]
    exhibit_of: dict[str, str]
    omissions: tuple[Omission, ...] = ()
    day: date | None = None
    banner: str = ""
