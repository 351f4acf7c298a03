"""Tables in plain text: under a rule of dashes, between pipes, typed in columns."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from cortipump.checker.letter import Block, Cell
from cortipump.checker.reading.shapes import ITEM, is_label, is_rule, names_member
from cortipump.checker.reading.sheet import Sheet

Span = tuple[int, int]

_GRID_RULE: Final = re.compile(r"\s*[-=─━]+(?:(?: {1,4}|\t|\+)[-=─━]+)+\s*$")
_DASHES: Final = re.compile(r"[-=─━]+")
_PIPE_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_HEAD_LINES: Final = 5
# Two blanks after a full stop are a typist's habit, not a column.
_GAP: Final = re.compile(r"\t+ *| {3,}|(?<![.?!:;,\s]) {2,}|\s?(?:\.\s?){4,}\s*|\s?…{2,}\s*")
_DIGIT: Final = re.compile(r"\d")
# A figure that is no year: headings have years.
_FIGURE: Final = re.compile(r"(?!(?:19|20)\d\d$)[$€£]?\d[\d.,]*")
_YEAR: Final = re.compile(r"\s*(?:in|FY|CY)?\s*(?:19|20)\d\d\s*")
_HEADER_MOST: Final = 60


class Rows:
    """The rows of one table, put together cell by cell."""

    def __init__(self, sheet: Sheet, table: int) -> None:
        self.sheet, self.table = sheet, table
        self.blocks: list[Block] = []

    def add(self, cells: Sequence[Cell], first: int, until: int) -> None:
        """One row of whole lines."""
        start, end = self.sheet.bounds(first, until)
        filled = tuple(cell for cell in cells if cell.end > cell.start)
        self.blocks.append(Block("row", start, end, filled, table=self.table))


def starts_table(sheet: Sheet, line: int) -> bool:
    """Whether a table begins at a line; nothing in the sheet changes."""
    rule = _rule_below(sheet, line)
    if rule is not None:
        return _fits(sheet.lines[line], _columns(sheet.lines[rule]))
    return _has_pipes(sheet, line) or typed(sheet, line, 1) is not None


def grid(sheet: Sheet, line: int, table: int) -> tuple[list[Block], int] | None:
    """A table whose headings stand over a rule of dashes with gaps."""
    rule = _rule_below(sheet, line)
    if rule is None:
        return None
    columns = _columns(sheet.lines[rule])
    if not all(_fits(sheet.lines[n], columns) for n in range(line, rule)):
        return None
    heads = [_cut(sheet, n, columns) for n in range(line, rule)]
    titles = [
        " ".join(part for part in (_words(sheet, head[k]) for head in heads) if part)
        for k in range(len(columns))
    ]
    rows = Rows(sheet, table)
    rows.add([cell for head in heads for cell in head], line, rule)
    end, folded = _grid_end(sheet, rule, columns)
    n = rule
    while n < end:
        if sheet.is_blank(n) or _same_rule(sheet, n, rule):
            n += 1
            continue
        until = n + 1
        while until < end and not _same_rule(sheet, until, rule) and not sheet.is_blank(until):
            if not folded and sheet.lines[until][: columns[0][1]].strip():
                break
            until += 1
        cells = [
            replace(cell, header=titles[k] if single else "")
            for row in range(n, until)
            for k, (cell, single) in enumerate(_spanned(sheet, row, columns))
        ]
        rows.add(cells, n, until)
        n = until
    for n in [n for n in range(rule, end) if _same_rule(sheet, n, rule)]:
        sheet.blank(n)
    return rows.blocks, end


def _rule_below(sheet: Sheet, line: int) -> int | None:
    """The rule of dashes within the next lines, all of them filled."""
    for n in range(line + 1, min(line + 1 + _HEAD_LINES, len(sheet.lines))):
        if sheet.is_blank(n):
            return None
        if _GRID_RULE.match(sheet.lines[n]):
            return None if _is_sum_rule(sheet, line, n) else n
    return None


def _is_sum_rule(sheet: Sheet, line: int, rule: int) -> bool:
    """Whether a rule stands under figures, as above their total, and not under headings."""
    columns = _columns(sheet.lines[rule])
    above = sheet.lines[rule - 1]
    under_figures = any(_FIGURE.fullmatch(above[start:end].strip()) for start, end in columns)
    return under_figures and rule > line + 1


def _columns(rule: str) -> list[Span]:
    """Each column from its dashes to where the next column's dashes start."""
    spans = [match.span() for match in _DASHES.finditer(rule)]
    ends = [start for start, _ in spans[1:]] + [1 << 20]
    return [
        (0 if k == 0 else start, end)
        for k, ((start, _), end) in enumerate(zip(spans, ends, strict=True))
    ]


def _cut(sheet: Sheet, line: int, columns: Sequence[Span]) -> list[Cell]:
    return [sheet.cell(line, start, end) for start, end in columns]


def _words(sheet: Sheet, cell: Cell) -> str:
    line = sheet.line_of(cell.start)
    start = sheet.starts[line]
    return sheet.lines[line][cell.start - start : cell.end - start]


def _spanned(sheet: Sheet, line: int, columns: Sequence[Span]) -> list[tuple[Cell, bool]]:
    """Cells of a line; words that run over the gap between columns are one cell of no column."""
    words = sheet.lines[line]
    found: list[tuple[Cell, bool]] = []
    start, single = columns[0][0], True
    for k, (_, end) in enumerate(columns):
        last = k == len(columns) - 1
        if not last and words[end - 1 : end].strip() and words[end : end + 1].strip():
            found.append((Cell(0, 0), False))
            single = False
            continue
        found.append((sheet.cell(line, start, end), single))
        start, single = end, True
    return found


def _same_rule(sheet: Sheet, line: int, rule: int) -> bool:
    return sheet.lines[line].strip() == sheet.lines[rule].strip()


def _grid_end(sheet: Sheet, rule: int, columns: Sequence[Span]) -> tuple[int, bool]:
    """Where the table ends, and whether its rows fold over lines and stand apart by blank lines."""
    plain = rule + 1
    while not sheet.is_blank(plain):
        plain += 1
    last, n = 0, rule + 1
    while n < len(sheet.lines):
        if _same_rule(sheet, n, rule):
            last = n
        elif sheet.is_blank(n) == bool(last) and (last or not _fits(sheet.lines[n], columns)):
            break
        n += 1
    if last and sheet.is_blank(last + 1) and last != rule:
        return last + 1, True
    if last > plain:
        # Totals stand under the second rule, up to the third or a blank line.
        end = last + 1
        while not sheet.is_blank(end):
            end += 1
        return end, True
    return plain, False


def _fits(words: str, columns: Sequence[Span]) -> bool:
    """Whether nothing stands in the gaps between the columns."""
    return all(not words[start - 1 : start].strip() for start, _ in columns[1:])


def pipes(sheet: Sheet, line: int, table: int) -> tuple[list[Block], int] | None:
    """A table between pipes with a rule under its headings."""
    if not _has_pipes(sheet, line):
        return None
    heads = pipe_cells(sheet, line)
    titles = [_unmarked(_words(sheet, cell)) for cell in heads]
    rows = Rows(sheet, table)
    rows.add(heads, line, line + 1)
    sheet.blank(line + 1)
    n = line + 2
    while not sheet.is_blank(n) and "|" in sheet.lines[n]:
        cells = pipe_cells(sheet, n)
        named = [
            replace(cell, header=titles[k] if k < len(titles) else "")
            for k, cell in enumerate(cells)
        ]
        rows.add(named, n, n + 1)
        n += 1
    return rows.blocks, n


def _has_pipes(sheet: Sheet, line: int) -> bool:
    if line + 1 >= len(sheet.lines) or "|" not in sheet.lines[line]:
        return False
    mark = sheet.lines[line + 1]
    return "|" in mark and bool(_PIPE_RULE.match(mark))


def pipe_cells(sheet: Sheet, line: int) -> list[Cell]:
    """Cells between pipes; the pipe at either end of the line bounds none."""
    words = sheet.lines[line]
    cuts = [match.start() for match in _PIPE.finditer(words)]
    bounds = [-1, *cuts, len(words)]
    spans = [(left + 1, right) for left, right in pairwise(bounds)]
    if words.lstrip().startswith("|"):
        spans = spans[1:]
    if words.rstrip().endswith("|") and cuts:
        spans = spans[:-1]
    return [sheet.cell(line, start, end) for start, end in spans]


def _unmarked(words: str) -> str:
    return " ".join(re.sub(r"[*_`]{1,3}", "", words).split())


def spaced_cells(words: str) -> list[Span]:
    """Cells that tabs, runs of blanks or leaders divide."""
    plain = words.rstrip()
    begin = len(plain) - len(plain.lstrip())
    spans: list[Span] = []
    for gap in _GAP.finditer(plain, begin):
        if gap.start() > begin:
            spans.append((begin, gap.start()))
            begin = gap.end()
    return [*spans, (begin, len(plain))] if begin < len(plain) else spans


def typed(sheet: Sheet, line: int, table: int) -> tuple[list[Block], int] | None:
    """Two lines or more whose cells a typist aligned."""
    found: list[tuple[int, list[Span]]] = []
    n = line
    while n < len(sheet.lines) and not sheet.is_blank(n):
        words = sheet.lines[n]
        cells = spaced_cells(words)
        if is_rule(words):
            n += 1
            continue
        if len(cells) < 2 or ITEM.match(words) or not _in_line(sheet, found, words, cells):
            break
        found.append((n, cells))
        n += 1
        if len(found) == 1 and sheet.is_blank(n) and not _has_figures(words, cells):
            n += 1
    if len(found) < 2 or _is_labels(sheet, found):
        return None
    return _typed_rows(sheet, found, table), found[-1][0] + 1


def _in_line(
    sheet: Sheet, found: Sequence[tuple[int, list[Span]]], words: str, cells: list[Span]
) -> bool:
    """Whether a line's cells stand under those of the line before, or tabs divide both alike."""
    if not found:
        return True
    above_line, above = found[-1]
    if "\t" in words.strip() and "\t" in sheet.lines[above_line].strip():
        return abs(len(above) - len(cells)) <= 1
    starts = {start for start, _ in above[1:]}
    ends = {end for _, end in above[1:]}
    near = sum(
        1
        for start, end in cells[1:]
        if starts & {start - 1, start, start + 1} or ends & {end - 1, end, end + 1}
    )
    return near * 2 > len(cells) - 1 or (len(found) == 1 and _under(above, cells))


def _under(above: Sequence[Span], cells: Sequence[Span]) -> bool:
    """Whether each cell overlaps one heading of the same place in the row."""
    return len(above) == len(cells) and all(
        start < high and low < end for (start, end), (low, high) in zip(cells, above, strict=True)
    )


def _is_labels(sheet: Sheet, found: Sequence[tuple[int, list[Span]]]) -> bool:
    """``Member ID:   123``: labels with their values, no table."""
    firsts = [sheet.lines[n][: cells[0][1]] for n, cells in found if len(cells) == 2]
    return len(firsts) == len(found) and all(is_label(f) or names_member(f) for f in firsts)


def _has_figures(words: str, cells: Sequence[Span]) -> bool:
    return any(
        _DIGIT.search(words[start:end]) and not _YEAR.fullmatch(words[start:end])
        for start, end in cells
    )


def is_header(words: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a first row names columns: no figures in it, and figures under it."""
    named = [word for word in words if word]
    firsts = [row[0] for row in (words, *below) if row]
    if len(words) == 2 and sum(map(names_member, firsts)) * 2 > len(firsts):
        return False
    if not named or len(named) < 2 < len(words):
        return False
    if any(_DIGIT.search(word) and not _may_head(word) for word in named):
        return False
    return any(
        _DIGIT.search(row[k]) and not _DIGIT.search(_YEAR.sub("", words[k]))
        for row in below
        for k in range(1 if len(row) > 1 else 0, min(len(row), len(words)))
    ) and any(word for word in words[1:])


def _may_head(word: str) -> bool:
    """A year, ``12 months before``: figures that headings have."""
    return bool(_YEAR.fullmatch(word)) or (
        len(word) <= _HEADER_MOST
        and "$" not in word
        and bool(re.search(r"before|after|prior|months|days|year|pump|period", word, re.IGNORECASE))
    )


def _typed_rows(sheet: Sheet, found: Sequence[tuple[int, list[Span]]], table: int) -> list[Block]:
    texts = [[sheet.lines[n][start:end] for start, end in cells] for n, cells in found]
    heads = found[0][1] if is_header(texts[0], texts[1:]) else []
    rows = Rows(sheet, table)
    for k, (n, cells) in enumerate(found):
        named = heads if k else []
        rows.add(
            [
                sheet.cell(n, start, end, _over(texts[0], named, (start, end), i, len(cells)))
                for i, (start, end) in enumerate(cells)
            ],
            n,
            n + 1,
        )
    return rows.blocks


def _over(titles: Sequence[str], heads: Sequence[Span], cell: Span, index: int, count: int) -> str:
    """The heading over a cell: of the same place if there are as many, else the nearest."""
    if not heads:
        return ""
    if len(heads) == count:
        return titles[index].strip()
    middle = sum(cell) / 2
    nearest = min(range(len(heads)), key=lambda k: abs(sum(heads[k]) / 2 - middle))
    return titles[nearest].strip()
