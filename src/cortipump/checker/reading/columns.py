"""Tables on pages: fragments of lines to cells, by where they stand under the headings."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from cortipump.checker.letter import Block, Cell
from cortipump.checker.reading.shapes import CAPTION
from cortipump.checker.reading.sheet import Sheet
from cortipump.checker.reading.tables import is_header

_NEAR: Final = 4.0
_CROSSES: Final = 6.0
_HEADER_MOST: Final = 45
_LOOK: Final = 6
# In parts of the size of the type.
_ROW_GAP: Final = 3.2
_FOLD_GAP: Final = 1.35
_SAME_BASE: Final = 0.5
_LARGER: Final = 1.12


class Fragment(Struct, frozen=True):
    """Words that no wide gap divides, and their extent on the page, in points."""

    text: str
    left: float
    right: float


class PageLine(Struct, frozen=True):
    """A line of a page: ``base`` is its height over the page's foot."""

    page: int
    fragments: tuple[Fragment, ...]
    base: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        """Its words; tabs between columns."""
        return "\t".join(fragment.text for fragment in self.fragments)


class _Column(Struct, frozen=True):
    title: str
    left: float
    right: float


class _Part(Struct, frozen=True):
    """A fragment in a table: its line, its offsets, its column (-1: left of every heading)."""

    line: int
    start: int
    end: int
    column: int
    single: bool


def rows_of(sheet: Sheet, lines: Sequence[PageLine]) -> dict[int, Block]:
    """Rows of tables under headings, by their first line."""
    found: dict[int, Block] = {}
    n, table = 0, 0
    titles: list[str] = []
    last = -1
    while n < len(lines):
        head = _header(lines, n)
        if head is None:
            n += 1
            continue
        columns, body = head
        made, end = _rows(sheet, lines, columns, body)
        if not made:
            n += 1
            continue
        own = [column.title for column in columns]
        table += not (own == titles and last == n)
        titles, last = own, end
        start, until = sheet.bounds(n, body)
        cells = tuple(
            Cell(sheet.starts[k] + at, sheet.starts[k] + at + len(fragment.text))
            for k in range(n, body)
            for at, fragment in _placed(lines[k])
        )
        found[n] = Block("row", start, until, cells, table=table)
        for parts in made:
            found[parts[0].line] = _block(sheet, parts, columns, table)
        n = end
    return found


def _placed(line: PageLine) -> Iterator[tuple[int, Fragment]]:
    """Fragments with their columns in the line's text."""
    at = 0
    for fragment in line.fragments:
        yield at, fragment
        at += len(fragment.text) + 1


def _header(lines: Sequence[PageLine], n: int) -> tuple[list[_Column], int] | None:
    """The columns that a line's fragments head, and the first line under them."""
    line = lines[n]
    texts = [fragment.text for fragment in line.fragments]
    if len(texts) < 2 or any(len(text) > _HEADER_MOST for text in texts) or n + 1 >= len(lines):
        return None
    below = [
        [fragment.text for fragment in other.fragments]
        for other in lines[n + 1 : n + 1 + _LOOK]
        if other.page == line.page and len(other.fragments) == len(texts)
    ]
    marked = line.bold and not lines[n + 1].bold and not any(map(_is_figure, texts))
    if not marked and not is_header(texts, below):
        return None
    columns = [_Column(one.text, one.left, one.right) for one in line.fragments]
    body = n + 1
    while body < len(lines) and line.bold and _continues(lines[body - 1], lines[body], columns):
        for fragment in lines[body].fragments:
            k = max(_column(columns, fragment)[0], 0)
            old = columns[k]
            columns[k] = _Column(
                f"{old.title} {fragment.text}",
                min(old.left, fragment.left),
                max(old.right, fragment.right),
            )
        body += 1
    return columns, body


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[\W\d]*\d[\W\d]*", text)) and not re.fullmatch(
        r"(?:19|20)\d\d", text
    )


def _continues(above: PageLine, below: PageLine, columns: Sequence[_Column]) -> bool:
    """Whether a bold line folds the headings above it."""
    return (
        below.bold
        and below.page == above.page
        and 0 < above.base - below.base < above.size * _FOLD_GAP
        and all(_column(columns, fragment)[1] for fragment in below.fragments)
    )


def _column(columns: Sequence[_Column], fragment: Fragment) -> tuple[int, bool]:
    """The column of a fragment, and whether it stays within it."""
    for k, column in enumerate(columns):
        follows = columns[k + 1].left if k + 1 < len(columns) else float("inf")
        if abs(fragment.left - column.left) <= _NEAR:
            return k, fragment.right <= follows + _CROSSES
        before = columns[k - 1].right if k else float("-inf")
        if abs(fragment.right - column.right) <= _NEAR:
            return k, fragment.left >= before - _CROSSES
    if fragment.left < columns[0].left - _NEAR:
        return -1, fragment.right <= columns[0].left + _CROSSES
    overlaps = [min(fragment.right, one.right) - max(fragment.left, one.left) for one in columns]
    best = max(range(len(columns)), key=lambda k: overlaps[k])
    if overlaps[best] <= 0:
        best = max(k for k, one in enumerate(columns) if one.left <= fragment.left + _NEAR)
    follows = columns[best + 1].left if best + 1 < len(columns) else float("inf")
    return best, fragment.right <= follows + _CROSSES


def _rows(
    sheet: Sheet, lines: Sequence[PageLine], columns: Sequence[_Column], body: int
) -> tuple[list[list[_Part]], int]:
    """The parts of each row, and the first line after the table."""
    rows: list[list[_Part]] = []
    lowest = top = lines[body - 1].base
    n = body
    while n < len(lines) and lines[n].page == lines[body - 1].page:
        line = lines[n]
        parts = list(_parts(sheet, line, n, columns))
        if _leaves(line, parts, lowest, lines[body - 1].size):
            break
        if rows and _joins(line, parts, rows[-1], lines[n - 1], top, lowest):
            rows[-1] += parts
            lowest = min(lowest, line.base)
        elif not rows or line.base < lowest - line.size * _SAME_BASE:
            rows.append(parts)
            top = lowest = line.base
        else:
            break
        n += 1
    while rows and len({part.column for part in rows[-1]}) < 2:
        n = rows.pop()[0].line
    return rows, n


def _parts(sheet: Sheet, line: PageLine, n: int, columns: Sequence[_Column]) -> Iterator[_Part]:
    for at, fragment in _placed(line):
        column, single = _column(columns, fragment)
        start = sheet.starts[n] + at
        yield _Part(n, start, start + len(fragment.text), column, single)


def _leaves(line: PageLine, parts: Sequence[_Part], lowest: float, size: float) -> bool:
    """Whether a line is no part of the table: too wide, too far below, a heading, a caption."""
    crossing = len(parts) == 1 and not parts[0].single
    far = lowest - line.base > max(line.size, size) * _ROW_GAP
    headed = line.bold and len(parts) == 1 and line.size > size * _LARGER
    return crossing or far or headed or bool(CAPTION.match(line.text))


def _joins(
    line: PageLine,
    parts: Sequence[_Part],
    row: Sequence[_Part],
    above: PageLine,
    top: float,
    lowest: float,
) -> bool:
    """Whether a line belongs to the row: its next cells, or a cell that goes on."""
    first, before = parts[0].column, row[-1].column
    level = line.size * _SAME_BASE
    if first > before and lowest - level < line.base < top + level:
        return True
    down = above.base - line.base
    folds = 0 < down < line.size * _FOLD_GAP
    if first == before and len(parts) == 1:
        return folds
    if first > before and folds and len(row) > 1:
        return True
    # Written line by line: a line without a first cell goes on with the row.
    start = min(part.column for part in row)
    return folds and first > start


def _block(sheet: Sheet, parts: Sequence[_Part], columns: Sequence[_Column], table: int) -> Block:
    cells: list[Cell] = []
    last: _Part | None = None
    for part in parts:
        title = columns[part.column].title if part.column >= 0 and part.single else ""
        if last is not None and last.column == part.column and part.line == last.line + 1:
            cells[-1] = Cell(cells[-1].start, part.end, cells[-1].header)
        else:
            cells.append(Cell(part.start, part.end, title))
        last = part
    start, end = sheet.bounds(parts[0].line, parts[-1].line + 1)
    return Block("row", start, end, tuple(cells), table=table)
