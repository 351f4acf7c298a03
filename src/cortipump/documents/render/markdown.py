"""A `Document` as Markdown: CommonMark with tables, every sign of the text kept as text."""

import re
from collections.abc import Iterable, Sequence

from cortipump.documents.blocks import (
    Bullets,
    Callout,
    Column,
    Document,
    Exhibit,
    ExhibitRecord,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Signature,
    Table,
)
from cortipump.documents.render.refs import PREFIX, Ref, References, collapse
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
    walk,
)
from cortipump.documents.statements import Statement

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(\s*)([#+\-]|\d+(?=[.)]))", re.MULTILINE)


def markdown(document: Document) -> str:
    """Write the document as Markdown; lines end in a line feed."""
    banner = [f"**{escape(document.banner)}**"] if document.banner else []
    pieces = [*banner, *walk(document, _MarkdownWriter(document))]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def escape(words: str) -> str:
    """Text as Markdown that reads the same; line breaks become spaces."""
    flat = " ".join(words.split())
    safe = _SPECIAL.sub(r"\\\1", flat)
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] in "#+-" else m[0], safe)


def _links(refs: Sequence[Ref], prefix: str = "") -> str:
    return ", ".join(
        f"[{prefix if n == 0 else ''}{shown}](#{anchor})"
        for n, (shown, anchor) in enumerate(collapse(refs))
    )


def _anchor(name: str) -> str:
    return f'<a id="{name}"></a>' if name else ""


class _MarkdownWriter:
    def __init__(self, document: Document) -> None:
        self._refs = References(document)

    def _line(self, statement: Statement) -> str:
        refs = self._refs.of([statement])
        words = escape(statement.text)
        return f"{words} ({_links(refs, PREFIX)})" if refs else words

    def _run_on(self, statements: Iterable[Statement]) -> str:
        return " ".join(self._line(statement) for statement in statements)

    def head(self, document: Document) -> str:
        blocks = [
            _lines(line.text for line in document.sender),
            escape(document.dated.text),
            _lines(line.text for line in document.addressee),
            _lines(f"{label}: {line.text}" for label, line in document.reference),
            f"# {escape(document.title)}",
        ]
        return "\n\n".join(block for block in blocks if block)

    def heading(self, block: Heading) -> str:
        anchor = _anchor(block.anchor)
        return f"{'#' * (block.level + 1)} {anchor}{escape(block.text)}"

    def paragraph(self, block: Paragraph) -> str:
        if block.style == "address":
            return "  \n".join(self._line(statement) for statement in block.statements)
        return self._run_on(block.statements)

    def quote(self, block: Quote) -> str:
        refs = self._refs.of([block.statement, block.source])
        cited = f" ({_links(refs, PREFIX)})" if refs else ""
        source = escape(block.source.text)
        return f"> “{escape(block.statement.text)}”\n>\n> {source}{cited}"

    def bullets(self, block: Bullets) -> str:
        return "\n".join(
            f"{f'{n}.' if block.numbered else '-'} {self._line(item)}"
            for n, item in enumerate(block.items, 1)
        )

    def table(self, block: Table, label: str) -> str:
        refs = [_links(own) for own in self._refs.of_rows(block)]
        columns = (*block.columns, Column(REFERENCE_COLUMN)) if refs else block.columns
        rows = [
            [escape(cell.text) for cell in row] + ([refs[n]] if refs else [])
            for n, row in enumerate(block.rows)
        ]
        for row in block.totals:
            bold = [f"**{escape(cell.text)}**" if cell.text else "" for cell in row]
            rows.append(bold + ([""] if refs else []))
        parts = [f"**{label}.** {escape(block.caption)}", _grid(columns, rows)]
        if block.notes:
            parts.append(self._run_on(block.notes))
        return "\n\n".join(parts)

    def figure(self, block: Figure, label: str) -> str:
        return f"**{label}.** {self._line(block.caption)}\n\n> {escape(block.alt)}"

    def callout(self, block: Callout) -> str:
        title = f"> **{TONES[block.tone]}: {escape(block.title)}**"
        points = [f"> - {self._line(point)}" for point in block.statements]
        words = points if is_listed(block) else [f"> {self._run_on(block.statements)}"]
        return "\n".join([title, ">", *words])

    def signature(self, block: Signature) -> str:
        named = f"{block.name}, {block.role}" if block.name else block.role
        return f"Signature: ______________________ Date: ____________  \n{escape(named)}"

    def page_break(self) -> str:
        return "---"

    def exhibit_index(self, exhibits: tuple[Exhibit, ...]) -> str:
        rows = []
        for exhibit in exhibits:
            number, *others = index_row(exhibit)
            link = f"[{number}](#{exhibit_anchor(exhibit)})"
            rows.append([link, *map(escape, others)])
        return "\n\n".join([f"## {INDEX_TITLE}", escape(INDEX_LEAD), _grid(INDEX_COLUMNS, rows)])

    def exhibit(self, exhibit: Exhibit) -> str:
        title = f"### {_anchor(exhibit_anchor(exhibit))}{escape(exhibit_title(exhibit))}"
        origin = _lines(f"{label}: {words}" for label, words in origin_line(exhibit))
        return "\n\n".join([title, origin, *map(_record, exhibit.records)])


def _record(record: ExhibitRecord) -> str:
    lines = [f"#### {_anchor(record.anchor)}{escape(record.heading)}", ""]
    for line in record.lines:
        label = f"{escape(line.label)}: " if line.label else ""
        lines.append(f"{'  ' * line.depth}- {label}{escape(line.text)}".rstrip())
    return "\n".join(lines)


def _lines(texts: Iterable[str]) -> str:
    return "  \n".join(escape(words) for words in texts)


def _grid(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    header = " | ".join(escape(column.title) for column in columns)
    marks = " | ".join("---:" if column.align == "right" else "---" for column in columns)
    body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {header} |", f"| {marks} |", *body])
