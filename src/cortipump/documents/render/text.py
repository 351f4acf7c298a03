"""A `Document` as plain text of eighty columns."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Final

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
from cortipump.documents.render.columns import NO_BREAK, kept, span_of, whole_widths
from cortipump.documents.render.refs import References, numbers, short
from cortipump.documents.render.walk import (
    INDEX_COLUMNS,
    INDEX_LEAD,
    INDEX_TITLE,
    REFERENCE_COLUMN,
    TONES,
    exhibit_title,
    index_row,
    is_listed,
    origin_line,
    walk,
)
from cortipump.documents.statements import Statement

WIDTH: Final = 80
_GAP: Final = "  "
_INDENT: Final = "    "
_RECORD: Final = "  "
# Taller cells are hard to read beside each other: such a table is written as records.
_TALLEST: Final = 5
_UNDERLINES: Final = {1: "=", 2: "-"}


def text(document: Document) -> str:
    """Write the document as plain text; lines end in a line feed."""
    banner = [document.banner] if document.banner else []
    pieces = [*banner, *walk(document, _TextWriter(document))]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _fold(words: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Wrap; words longer than a line break, hyphens never do."""
    lines = wrap(
        words,
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
    )
    return "\n".join(lines) or first


class _TextWriter:
    def __init__(self, document: Document) -> None:
        self._refs = References(document)

    def _line(self, statement: Statement) -> str:
        refs = short(self._refs.of([statement]))
        words = statement.text.strip()
        return f"{words} [{refs}]" if refs else words

    def _run_on(self, statements: Iterable[Statement]) -> str:
        return " ".join(self._line(statement) for statement in statements)

    def head(self, document: Document) -> str:
        blocks = [
            "\n".join(line.text for line in document.sender),
            document.dated.text,
            "\n".join(line.text for line in document.addressee),
            "\n".join(f"{label}: {line.text}" for label, line in document.reference),
            _fold(document.title.upper()),
        ]
        return "\n\n".join(block for block in blocks if block)

    def heading(self, block: Heading) -> str:
        mark = _UNDERLINES.get(block.level)
        words = _fold(block.text)
        longest = max(map(len, words.splitlines()), default=0)
        return f"{words}\n{mark * longest}" if mark else words

    def paragraph(self, block: Paragraph) -> str:
        if block.style == "address":
            return "\n".join(self._line(statement) for statement in block.statements)
        return _fold(self._run_on(block.statements))

    def quote(self, block: Quote) -> str:
        refs = short(self._refs.of([block.statement, block.source]))
        source = f"{block.source.text} [{refs}]" if refs else block.source.text
        quoted = _fold(f"“{block.statement.text}”", _INDENT)
        return quoted + "\n" + _fold(f"({source})", _INDENT)

    def bullets(self, block: Bullets) -> str:
        marks = [f"{n}." if block.numbered else "-" for n in range(1, len(block.items) + 1)]
        wide = max(map(len, marks), default=1) + 1
        return "\n".join(
            _fold(self._line(item), mark.ljust(wide), " " * wide)
            for mark, item in zip(marks, block.items, strict=True)
        )

    def table(self, block: Table, label: str) -> str:
        refs = [numbers(own) for own in self._refs.of_rows(block)]
        columns = (*block.columns, Column(REFERENCE_COLUMN)) if refs else block.columns
        rows = [[*map(kept, row), *([refs[n]] if refs else [])] for n, row in enumerate(block.rows)]
        totals = [[*map(kept, row), *([""] if refs else [])] for row in block.totals]
        lines = [_fold(f"{label}. {block.caption}"), "", *_grid(columns, rows, totals)]
        if block.notes:
            lines += ["", _fold(self._run_on(block.notes))]
        return "\n".join(lines)

    def figure(self, block: Figure, label: str) -> str:
        return _fold(f"{label}. {self._line(block.caption)}") + "\n\n" + _fold(block.alt, _INDENT)

    def callout(self, block: Callout) -> str:
        title = _fold(f"{TONES[block.tone].upper()}: {block.title}", "| ")
        if not is_listed(block):
            return title + "\n" + _fold(self._run_on(block.statements), "| ")
        points = (_fold(self._line(point), "| - ", "|   ") for point in block.statements)
        return "\n".join([title, *points])

    def signature(self, block: Signature) -> str:
        named = f"{block.name}, {block.role}" if block.name else block.role
        return f"\n{'_' * 36}{_GAP}{'_' * 16}\n{named.ljust(36)}{_GAP}Date"

    def page_break(self) -> str:
        return "-" * WIDTH

    def exhibit_index(self, exhibits: tuple[Exhibit, ...]) -> str:
        rows = [list(index_row(exhibit)) for exhibit in exhibits]
        title = f"{INDEX_TITLE}\n{'=' * len(INDEX_TITLE)}"
        return "\n".join([title, "", _fold(INDEX_LEAD), "", *_grid(INDEX_COLUMNS, rows, [])])

    def exhibit(self, exhibit: Exhibit) -> str:
        title = _fold(exhibit_title(exhibit))
        origin = "\n".join(f"{label}: {words}" for label, words in origin_line(exhibit))
        rule = "-" * max(map(len, title.splitlines()))
        return "\n\n".join([f"{title}\n{rule}\n{origin}", *map(_record, exhibit.records)])


def _record(record: ExhibitRecord) -> str:
    lines = [_fold(record.heading)]
    for line in record.lines:
        indent = "  " * (line.depth + 1)
        words = ": ".join(part for part in (line.label, line.text) if part)
        words = words if line.text else f"{words}:"
        lines.append(_fold(words, indent, f"{indent}    "))
    return "\n".join(lines)


def _grid(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], totals: Sequence[Sequence[str]]
) -> list[str]:
    """A table: aligned columns where no word must break for them, else records under each other."""
    header = [column.title for column in columns]
    room = WIDTH - len(_GAP) * (len(columns) - 1)
    measured = [header, *rows, *(["", *row[1:]] for row in totals)]
    widths = whole_widths(columns, measured, room, _TALLEST)
    if widths is None or not all(_totals_fit(widths, row) for row in totals):
        return _stacked(header, rows, totals)
    return _aligned(columns, widths, rows, totals)


def _totals_fit(widths: Sequence[int], row: Sequence[str]) -> bool:
    """Whether no word of a total's label is longer than the columns that it runs over."""
    return max(map(len, row[0].split(" ")), default=0) <= _wide(widths, span_of(row))


def _wide(widths: Sequence[int], span: int) -> int:
    return sum(widths[:span]) + len(_GAP) * (span - 1)


def _aligned(
    columns: Sequence[Column],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    totals: Sequence[Sequence[str]],
) -> list[str]:
    """Columns under headings; if a row folds, blank lines divide the rows and a rule ends all."""
    body = [_row(columns, widths, row) for row in rows]
    foot = [_total(columns, widths, row) for row in totals]
    rule = _GAP.join("-" * width for width in widths)
    folded = any(len(lines) > 1 for lines in [*body, *foot])
    lines = [*_row(columns, widths, [column.title for column in columns]), rule]
    for part in (body, foot):
        for n, row in enumerate(part):
            lines += ["", *row] if n and folded else row
        if part and (folded or (part is body and totals)):
            lines.append(rule)
    return lines


def _total(columns: Sequence[Column], widths: Sequence[int], row: Sequence[str]) -> list[str]:
    """Words of a total run on over the empty cells after them."""
    span = span_of(row)
    cut = (columns[0], *columns[span:])
    return _row(cut, [_wide(widths, span), *widths[span:]], [row[0], *row[span:]])


def _stacked(
    header: Sequence[str], rows: Sequence[Sequence[str]], totals: Sequence[Sequence[str]]
) -> list[str]:
    """One record per row: the first cell leads, the others follow under their labels."""
    lines: list[str] = []
    for n, row in enumerate([*rows, *totals]):
        title = header[0] if n < len(rows) else ""
        mark = "" if not title or title.endswith(".") else ":"
        lines += [""] if lines else []
        lines.append(_unbroken(f"{title}{mark} {row[0]}".strip(), ""))
        for label, words in zip(header[1:], row[1:], strict=True):
            if words:
                lines.append(_unbroken(f"{label}: {words}" if label else words, _RECORD))
    return lines


def _unbroken(words: str, indent: str) -> str:
    """Wrap between words; what must stay together does."""
    return _fold(words, indent, f"{indent}{_INDENT}").replace(NO_BREAK, " ")


def _row(columns: Sequence[Column], widths: Sequence[int], row: Sequence[str]) -> list[str]:
    cells = [
        wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(row, widths, strict=True)
    ]
    lines = []
    for n in range(max(map(len, cells))):
        parts = []
        for column, width, cell in zip(columns, widths, cells, strict=True):
            words = cell[n] if n < len(cell) else ""
            parts.append(words.rjust(width) if column.align == "right" else words.ljust(width))
        lines.append(_GAP.join(parts).rstrip().replace(NO_BREAK, " "))
    return lines
