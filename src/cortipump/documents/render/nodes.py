"""A `Document` as plain data for the Typst template: what to print, resolved; not how it looks.

Keys are short because a packet has tens of thousands of printed lines.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from cortipump.documents.blocks import (
    Bullets,
    Callout,
    Column,
    Document,
    Exhibit,
    Figure,
    Heading,
    Paragraph,
    PrintedLine,
    Quote,
    Signature,
    Table,
)
from cortipump.documents.charts import svg
from cortipump.documents.places import PDF
from cortipump.documents.render.columns import column_widths, is_kept, kept, paper_width, span_of
from cortipump.documents.render.refs import Ref, References, collapse
from cortipump.documents.render.walk import (
    INDEX_COLUMNS,
    INDEX_LEAD,
    INDEX_TITLE,
    REFERENCE_COLUMN,
    TONES,
    exhibit_anchor,
    exhibit_title,
    index_row,
    is_listed,
    origin_line,
    trimmed,
)
from cortipump.documents.statements import Statement, Value

Node = dict[str, Any]  # JSON of many shapes, read by typst/document.typ

# The width of the text and of a gap between columns, in hundredths of the size of table type.
_TABLE_WIDTHS: Final = {"us-letter": 5230, "a4": 5020}
_GAP: Final = 92
# A row of more lines, a frame of more characters, a table of more lines may break over pages.
_TALL_ROW, _TALL_FRAME, _LONG_TABLE = 40, 1200, 24
# Words from a length on get places where they may break: after signs that part a word, else after
# so many letters as every column holds (where the parts would not fit, Typst prefers one line
# that runs over to several). A column of records is wide and has lines by the thousand: few marks.
_SIGNS: Final = r"/?&=_|:.,;\-"

_CELL_WORD, _CELL_PART = (
    re.compile(r"\S{24,}"),
    re.compile(rf"([^{_SIGNS}]{{0,7}}[{_SIGNS}]+|[^{_SIGNS}]{{8}})(?=.)"),
)
_RECORD_WORD, _RECORD_PART = (
    re.compile(r"\S{44,}"),
    re.compile(rf"([^{_SIGNS}]{{0,23}}[{_SIGNS}]+|[^{_SIGNS}]{{24}})(?=.)"),
)
# After so many printed lines (some fifteen pages) the next exhibit starts a page: Typst sets such
# runs of pages side by side on the cores of the machine.
_LONG_RUN: Final = 2000
_ZWSP: Final = "\u200b"
# The width of the text in pixels of a chart, which are three quarters of a point.
_TEXT_WIDTH_PX: Final = 614
_SVG_WIDTH = re.compile(rb'width="([\d.]+)"')
_PAGE = re.compile(r"page (\d+)", re.IGNORECASE)


def breakable(text: str) -> str:
    """Mark, with zero-width spaces, where long words may break; the template keeps them unseen."""
    return _CELL_WORD.sub(lambda word: _CELL_PART.sub(rf"\1{_ZWSP}", word[0]), text)


def _printed(line: PrintedLine) -> tuple[int, str, str]:
    """A line of a record."""
    text = _RECORD_WORD.sub(lambda word: _RECORD_PART.sub(rf"\1{_ZWSP}", word[0]), line.text)
    return line.depth, breakable(line.label), text


class NodeWriter:
    """Writes each part of a document as a `Node`.

    Attributes
    ----------
    figures
        The figures in order of appearance; the template looks for ``figure-1.svg`` and so on.
    """

    def __init__(self, document: Document) -> None:
        self._refs = References(document)
        self._table_width = _TABLE_WIDTHS[document.paper]
        self._anchors: dict[str, None] = {}
        self.figures: list[Figure] = []

    # -- words -----------------------------------------------------------------------------------

    def line(self, statement: Statement, *, cite: bool = True) -> Node:
        """Runs of words and values, and the exhibits behind them."""
        node: Node = {"r": [self._run(part) for part in trimmed(statement) if part]}
        if cite and (refs := self._refs.of([statement])):
            node["x"] = self._cited(refs)
        return node

    def _run(self, part: str | Value) -> Any:  # a string or [text, anchor, together]
        if isinstance(part, str):
            return breakable(part)
        together = is_kept(part)
        anchor = self._refs.anchor(part)
        self._lead(anchor)
        return (
            [breakable(part.text), anchor, together] if anchor or together else breakable(part.text)
        )

    def _cited(self, refs: Sequence[Ref]) -> list[tuple[str, str]]:
        pairs = collapse(refs)
        for _, anchor in pairs:
            self._lead(anchor)
        return pairs

    def _lead(self, anchor: str) -> None:
        if anchor:
            self._anchors[anchor] = None

    def _piece(self, kind: str, **fields: Any) -> Node:
        """A part with the anchors that its links lead to: the template finds them all at once."""
        anchors, self._anchors = list(self._anchors), {}
        return {"k": kind, "anchors": anchors, **fields}

    # -- parts -----------------------------------------------------------------------------------

    def head(self, document: Document) -> Node:
        """Sender, addressee, reference, date and title."""
        return self._piece(
            "head",
            title=document.title,
            dated=self.line(document.dated, cite=False),
            sender=[self.line(line, cite=False) for line in document.sender],
            addressee=[self.line(line, cite=False) for line in document.addressee],
            reference=[[label, self.line(line, cite=False)] for label, line in document.reference],
        )

    def heading(self, block: Heading) -> Node:
        """A heading."""
        return self._piece("heading", t=block.text, level=block.level, a=block.anchor)

    def paragraph(self, block: Paragraph) -> Node:
        """Sentences that run on."""
        lines = [self.line(statement) for statement in block.statements]
        return self._piece("paragraph", style=block.style, lines=lines, sticky=False)

    def quote(self, block: Quote) -> Node:
        """Words of someone else."""
        return self._piece(
            "quote",
            t=self.line(block.statement, cite=False),
            by=self.line(block.source, cite=False),
            x=self._cited(self._refs.of([block.statement, block.source])),
        )

    def bullets(self, block: Bullets) -> Node:
        """A list."""
        return self._piece(
            "bullets",
            numbered=block.numbered,
            items=[self.line(item) for item in block.items],
        )

    def table(self, block: Table, label: str) -> Node:
        """A table, with a column of exhibits where a row has any."""
        shown = [self._cited(own) for own in self._refs.of_rows(block)]
        cites = bool(shown)
        columns = (*block.columns, Column(REFERENCE_COLUMN)) if cites else block.columns
        texts = _texts(block, columns, cites)
        room = self._table_width - _GAP * (len(columns) - 1)
        widths = column_widths(columns, texts, room, paper_width)
        heights = [_lines(row, widths) for row in block.rows]
        return self._piece(
            "table",
            label=label,
            caption=block.caption,
            titles=[breakable(column.title) for column in columns],
            align=[column.align for column in columns],
            # The first and the last column have a gap on one side only.
            widths=[
                width + _GAP // (2 if n in {0, len(columns) - 1} else 1)
                for n, width in enumerate(widths)
            ],
            rows=[self._cells(row) for row in block.rows],
            x=shown,
            whole=sum(heights) + len(block.totals) <= _LONG_TABLE,
            tall=[n for n, height in enumerate(heights) if height > _TALL_ROW],
            totals=[self._cells(row) for row in block.totals],
            spans=[span_of([cell.text for cell in row]) for row in block.totals],
            notes=[self.line(note) for note in block.notes],
        )

    def _cells(self, row: Sequence[Statement]) -> list[Node]:
        return [self.line(cell, cite=False) for cell in row]

    def figure(self, block: Figure, label: str) -> Node:
        """A chart by its file."""
        self.figures.append(block)
        return self._piece(
            "figure",
            label=label,
            file=f"figure-{len(self.figures)}.svg",
            caption=self.line(block.caption),
            width=_figure_percent(block),
            alt=block.alt,
        )

    def callout(self, block: Callout) -> Node:
        """A framed remark."""
        return self._piece(
            "callout",
            tone=block.tone,
            word=TONES[block.tone],
            title=block.title,
            listed=is_listed(block),
            tall=sum(len(statement.text) for statement in block.statements) > _TALL_FRAME,
            lines=[self.line(statement) for statement in block.statements],
        )

    def signature(self, block: Signature) -> Node:
        """A line to sign on."""
        return self._piece("signature", name=block.name, role=block.role)

    def page_break(self) -> Node:
        """What follows starts a page."""
        return self._piece("break")

    def exhibit_index(self, exhibits: tuple[Exhibit, ...]) -> Node:
        """The list of exhibits; pages are found by the template."""
        for exhibit in exhibits:
            self._lead(exhibit_anchor(exhibit))
        return self._piece(
            "index",
            title=INDEX_TITLE,
            lead=INDEX_LEAD,
            titles=[*(column.title for column in INDEX_COLUMNS), "Page"],
            rows=[
                {"c": list(map(breakable, index_row(exhibit))), "a": exhibit_anchor(exhibit)}
                for exhibit in exhibits
            ],
        )

    def exhibit(self, exhibit: Exhibit) -> Node:
        """One exhibit: printed records, or the pages of a PDF."""
        node: Node = {
            "k": "exhibit",
            "n": exhibit.number,
            "title": exhibit_title(exhibit),
            "a": exhibit_anchor(exhibit),
            "origin": [[label, breakable(text)] for label, text in origin_line(exhibit)],
        }
        if exhibit.media == PDF and exhibit.pages:
            return node | {"pages": _pages(exhibit)}
        return node | {
            "records": [
                {
                    "h": breakable(record.heading),
                    "a": record.anchor,
                    "l": list(map(_printed, record.lines)),
                }
                for record in exhibit.records
            ]
        }


def _figure_percent(block: Figure) -> float:
    """A chart's own width as a part of the text's width: type stays the same size in all charts."""
    found = _SVG_WIDTH.search(svg(block.spec)[:400])
    return round(100 * float(found[1]) / _TEXT_WIDTH_PX, 2) if found else 100.0


def _lines(row: Sequence[Statement], widths: Sequence[int]) -> int:
    """About how many lines a row takes."""
    cells = zip(row, widths, strict=False)  # the column of exhibits has no cell of its own
    return max([1, *(1 + paper_width(cell.text) // width for cell, width in cells)])


def _texts(block: Table, columns: Sequence[Column], cites: bool) -> list[list[str]]:
    """Cell texts for measuring; a reference is at most as wide as this stand-in."""
    extra = ["10, p. 100"] if cites else []
    header = [column.title for column in columns]
    rows = [[*map(kept, row), *extra] for row in block.rows]
    # The first words of a totals row run on over empty cells: they ask for no room of their own.
    totals = [["", *map(kept, row[1:]), *extra] for row in block.totals]
    return [header, *rows, *totals]


def grouped(pieces: Sequence[Node]) -> list[Node]:
    """Tie together what stands together on paper.

    Neighbouring exhibits of printed records flow on in the same columns; a signature never stands
    on a page without words above it.
    """
    groups: list[Node] = []
    for piece in pieces:
        if piece["k"] == "signature" and groups and groups[-1]["k"] == "paragraph":
            groups[-1]["sticky"] = True
        if piece["k"] != "exhibit" or "records" not in piece:
            groups.append(piece)
        elif groups and groups[-1]["k"] == "exhibits" and groups[-1]["lines"] < _LONG_RUN:
            groups[-1]["items"].append(piece)
            groups[-1]["lines"] += _printed_lines(piece)
        else:
            groups.append({"k": "exhibits", "items": [piece], "lines": _printed_lines(piece)})
    return groups


def _printed_lines(piece: Node) -> int:
    return sum(len(record["l"]) for record in piece["records"])


def _pages(exhibit: Exhibit) -> list[Node]:
    """Each reprinted page with the records that stand on it."""
    pages: dict[int, Node] = {
        number: {"page": number, "anchors": [], "mark": "", "alt": ""} for number in exhibit.pages
    }
    for record in exhibit.records:
        found = _PAGE.search(record.heading)
        page = pages.get(int(found[1]) if found else 0, pages[exhibit.pages[0]])
        page["anchors"].append(record.anchor)
        page["alt"] = " ".join([page["alt"], *(line.text for line in record.lines)]).strip()
    for number, page in pages.items():
        of = f" of {exhibit.total}" if exhibit.total else ""
        page["mark"] = f"{exhibit.file}, page {number}{of} of the original"
    return list(pages.values())
