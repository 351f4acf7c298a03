"""Web pages, ours first of all: words, headings, points and tables; nothing is run or fetched."""

import re
from html.parser import HTMLParser
from typing import Final

from msgspec.structs import replace

from cortipump.checker.letter import Block, BlockKind, LetterText
from cortipump.checker.reading.blocks import line_blocks
from cortipump.checker.reading.plain import decoded
from cortipump.checker.reading.sheet import Sheet, seen
from cortipump.checker.reading.zones import finished

_SILENT: Final = frozenset({"script", "style", "head", "template", "svg", "title"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OPEN: Final = frozenset(
    {"p", "div", "li", "address", "dt", "tr", "blockquote", "footer", "caption", "figcaption",
     "section", "article", "header", "main", "aside", "ul", "ol", "dl", "table", "hr", "pre"}
) | _HEADINGS  # fmt: skip
_APART: Final = frozenset({"p", "ul", "ol", "table", "address", "dl", "div", "section"})


class _Page(HTMLParser):
    """Lines as a browser would show them, with what each of them is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.kinds: dict[int, BlockKind] = {}
        # Line and column here, and the line of the file whose words begin there.
        self.marks: list[tuple[int, int, int]] = []
        self.rows: dict[int, tuple[int, list[tuple[int, int]], bool]] = {}
        self.silent = self.tables = 0
        self.quoted = self.in_row = 0
        self.headed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag == "br":
            self._line()
        if tag in _OPEN and not self.in_row:
            self._line()
            if tag in _APART:
                self.lines.append("")
        self.quoted += tag == "blockquote"
        if tag == "footer":
            # The source of a quotation is the letter's own word.
            self.quoted = 0
        self.tables += tag == "table"
        if tag == "tr":
            self.in_row, self.headed = 1, True
            self.rows[len(self.lines) - 1] = (self.tables, [], True)
        elif tag in {"td", "th"} and self.in_row:
            self._cell(tag == "th")
        elif tag == "li":
            self.kinds[len(self.lines) - 1] = "item"
        elif tag in _HEADINGS:
            self.kinds[len(self.lines) - 1] = "heading"
        elif tag == "address":
            self.kinds[len(self.lines) - 1] = "address"

    def _cell(self, is_head: bool) -> None:
        line = len(self.lines) - 1
        table, cells, headed = self.rows[line]
        if cells:
            self.lines[line] = self.lines[line].rstrip() + "\t"
        at = len(self.lines[line])
        self.rows[line] = (table, [*cells, (at, at)], headed and is_head)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        if tag == "dt":
            self.lines[-1] = self.lines[-1].rstrip() + ": "
            return
        if tag == "tr":
            self.in_row = 0
            self._line()
        if tag == "table":
            self.lines.append("")
        elif (tag in _OPEN or tag == "dd") and not self.in_row:
            self._line()
        if tag == "blockquote" and self.quoted:
            self.quoted -= 1

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        line = len(self.lines) - 1
        before = self.lines[line]
        words = self._marked(before, data)
        self.lines[line] = before + words
        if self.in_row and line in self.rows and self.rows[line][1]:
            cells = self.rows[line][1]
            cells[-1] = (cells[-1][0], len(self.lines[line]))
        elif self.quoted and words.strip():
            self.kinds.setdefault(line, "quote")

    def _marked(self, before: str, data: str) -> str:
        """The words with single blanks; where each line of the file begins in them is noted."""
        words = ""
        for n, part in enumerate(data.split("\n")):
            shown = re.sub(r"\s+", " ", seen(f" {part}" if n else part))
            if not before + words or (before + words)[-1] in " \t":
                shown = shown.lstrip()
            at = len(before + words) + len(shown) - len(shown.lstrip())
            if shown.strip():
                self.marks.append((len(self.lines) - 1, at, self.getpos()[0] + n))
            words += shown
        return words

    def _line(self) -> None:
        if self.lines[-1].strip():
            self.lines[-1] = self.lines[-1].rstrip()
            self.lines.append("")
            before = self.kinds.get(len(self.lines) - 2)
            if before == "address":
                self.kinds[len(self.lines) - 1] = before


def read_page(data: bytes) -> LetterText:
    """Read a letter from a web page."""
    page = _Page()
    page.feed(decoded(data))
    page.close()
    sheet = Sheet(page.lines, ends=range(len(page.lines)))
    headings = {n for n, kind in page.kinds.items() if kind == "heading"}
    shaped = line_blocks(sheet, headings=headings, rows=_rows(sheet, page))
    blocks = []
    for block in shaped:
        kind = page.kinds.get(sheet.line_of(block.start))
        apart = kind in {"item", "quote", "address"} and block.kind in {"paragraph", "heading"}
        blocks.append(replace(block, kind=kind) if kind and apart else block)
    marks = tuple((sheet.starts[line] + column, of_file) for line, column, of_file in page.marks)
    return replace(finished(sheet, blocks), file_lines=marks)


def _rows(sheet: Sheet, page: _Page) -> dict[int, Block]:
    found: dict[int, Block] = {}
    titles: list[str] = []
    current = 0
    for n, (table, spans, headed) in sorted(page.rows.items()):
        if sheet.is_blank(n):
            continue
        if table != current:
            titles, current = [], table
        own = titles
        cells = tuple(
            sheet.cell(n, start, end, own[i] if i < len(own) else "")
            for i, (start, end) in enumerate(spans)
        )
        if headed and not titles:
            titles = [sheet.lines[n][start:end].strip() for start, end in spans]
        start, end = sheet.bounds(n, n + 1)
        filled = tuple(cell for cell in cells if cell.end > cell.start)
        found[n] = Block("row", start, end, filled, table=table)
    return found
