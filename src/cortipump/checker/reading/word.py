"""Word documents: paragraphs and rows in the order of the body, as lines with their runs.

`word_lines` is also what a commented copy is made by: each character knows the element that holds
it. Headers and footers are read only where they hold the letterhead's address; nothing outside the
file is ever opened.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from cortipump.checker.letter import Block, BlockKind, LetterText
from cortipump.checker.reading.blocks import line_blocks
from cortipump.checker.reading.shapes import is_addressed, is_terminal
from cortipump.checker.reading.sheet import Sheet, seen
from cortipump.checker.reading.tables import is_header
from cortipump.checker.reading.zones import finished
from cortipump.errors import LetterUnreadable

LIMIT_UNPACKED: Final = 100 * 1024 * 1024
# Of one part that holds words or their layout.
_LIMIT_PART: Final = 20 * 1024 * 1024
_LIMIT_FILES: Final = 5000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _ALTERNATE, f"{_W}instrText"})
_DTD: Final = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_SIGNS: Final = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}noBreakHyphen": "-",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
}
_HEADING: Final = re.compile(r"heading|title|überschrift|titre", re.IGNORECASE)
_QUOTE: Final = re.compile(r"quot|zitat|block text", re.IGNORECASE)
_LIST: Final = re.compile(r"list|aufzählung", re.IGNORECASE)
_MOST_OF_HEADING: Final = 120
_WRAPPED_LEAST, _WRAPPED_MOST = 40, 100


_DAMAGES: Final = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, EOFError, OSError,
    RuntimeError,
)  # fmt: skip


class Run(Struct, frozen=True):
    """Characters of a line that one element holds.

    Attributes
    ----------
    start
        Column of the first character in the line, from 0.
    text
        As seen: no soft hyphens, blanks for no-break spaces.
    element
        The ``w:t`` (or tab, break, hyphen); its parent is the ``w:r``. None: put in by the reader.
    places
        Index of each character in the element's own text.
    """

    start: int
    text: str
    element: Any
    places: tuple[int, ...]


class WordLine(Struct, frozen=True):
    """One line of a Word letter."""

    runs: tuple[Run, ...]
    kind: BlockKind | None = None
    cells: tuple[tuple[int, int], ...] = ()
    table: int = 0
    headed: bool = False
    opens_page: bool = False
    ends: bool = True

    @property
    def text(self) -> str:
        """The characters of all runs."""
        return "".join(run.text for run in self.runs)


def opened(data: bytes) -> Any:
    """The document, after a look at what it would unpack to.

    Raises
    ------
    LetterUnreadable
        I003 if it is damaged, too large when unpacked, has a DTD, or is no Word document.
    """
    from docx import Document  # slow to load, and needed for Word alone

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive)
        return Document(BytesIO(data))
    except _DAMAGES as cause:
        raise LetterUnreadable(
            "the Word file is damaged or has another format inside",
            do="open it in Word and save it again as .docx",
        ) from cause


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, and what may hide words behind names of a DTD."""
    members = archive.infolist()
    texts = [m for m in members if m.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(members) > _LIMIT_FILES
        or sum(m.file_size for m in members) > LIMIT_UNPACKED
        or any(m.file_size > _LIMIT_PART for m in texts)
    ):
        raise LetterUnreadable(
            f"the Word file would unpack to more than {LIMIT_UNPACKED >> 20} MB, or its text to "
            f"more than {_LIMIT_PART >> 20} MB",
            do="save the letter alone as a new .docx, without its enclosures and pictures",
        )
    for member in texts:
        content = archive.read(member)
        if any(sign in content for sign in _DTD):
            raise LetterUnreadable(
                f"the Word file has a document type (DTD) in {member.filename}, which Word never "
                "writes and which can hide words",
                do="open it in Word or LibreOffice and save it again as .docx",
            )


def read_word(data: bytes) -> LetterText:
    """Read a letter from a Word document."""
    lines = word_lines(opened(data))
    texts = [line.text for line in lines]
    sheet = Sheet(
        texts,
        opens=[n for n, line in enumerate(lines) if line.opens_page],
        ends=[n for n, line in enumerate(lines) if line.ends and not _wraps(lines, n)],
    )
    blocks = _blocks(sheet, lines, texts)
    return finished(sheet, blocks)


def _wraps(lines: list[WordLine], n: int) -> bool:
    """Whether a sentence goes on in the next paragraph, as in text pasted from a mail."""
    if n + 1 >= len(lines) or lines[n].kind or lines[n + 1].kind:
        return False
    before, after = lines[n].text.strip(), lines[n + 1].text.strip()
    full = _WRAPPED_LEAST < len(before) < _WRAPPED_MOST
    return full and not is_terminal(before) and after[:1].islower()


def word_lines(document: Any) -> list[WordLine]:
    """The lines of the body, then those of its footnotes."""
    reader = _Reader(document)
    reader.letterhead()
    reader.body(document.element.body)
    reader.notes()
    return reader.lines or [WordLine(())]


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.lines: list[WordLine] = []
        self.tables = 0
        self.in_box = False
        self.styles = {
            style.style_id: style.name or "" for style in document.styles if style.style_id
        }

    def body(self, parent: Any) -> None:
        """Paragraphs and tables of a body or a text box, content controls included."""
        for child in parent:
            if child.tag == f"{_W}p":
                self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.table(child)
            elif child.tag == f"{_W}sdt":
                for content in child.findall(f"{_W}sdtContent"):
                    self.body(content)
            elif child.tag in {f"{_W}ins", f"{_W}smartTag", f"{_W}customXml", f"{_W}moveTo"}:
                self.body(child)

    def letterhead(self) -> None:
        """The first page's header, if an address stands in it."""
        if not self.document.sections:
            return
        section = self.document.sections[0]
        first = section.different_first_page_header_footer
        header = section.first_page_header if first else section.header
        if header.is_linked_to_previous:
            return
        split = [line for p in header.paragraphs for line in _split(list(_pieces(p._p)))]
        lines = [WordLine(tuple(replace(run, element=None) for run in line)) for line in split]
        if any(is_addressed(line.text) for line in lines):
            self.lines += [*lines, WordLine(())]

    def paragraph(self, element: Any) -> None:
        """A paragraph; line breaks inside it divide its lines."""
        pieces = list(_pieces(element))
        if self.in_box:
            # Word takes no comments in a text box.
            pieces = [replace(piece, element=None) for piece in pieces]
        kind = self._kind(element)
        opens = _opens_page(element)
        lines = list(_split(pieces))
        for n, runs in enumerate(lines):
            first, last = n == 0, n == len(lines) - 1
            self.lines.append(WordLine(tuple(runs), kind, opens_page=opens and first, ends=last))
        for box in element.iter(f"{_W}txbxContent"):
            if not any(parent.tag == _ALTERNATE for parent in box.iterancestors()):
                outer, self.in_box = self.in_box, True
                self.body(box)
                self.in_box = outer

    def _kind(self, element: Any) -> BlockKind | None:
        found = element.find(f"{_W}pPr/{_W}pStyle")
        style = self.styles.get(found.get(f"{_W}val"), "") if found is not None else ""
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        if element.find(f"{_W}pPr/{_W}numPr") is not None or _LIST.match(style):
            return "item"
        if _HEADING.search(style) or outline is not None:
            return "heading"
        return "quote" if _QUOTE.search(style) else None

    def table(self, element: Any) -> None:
        """Each row one line, its cells divided by tabs; a table within a cell joins the cell."""
        if _is_layout(element):
            for cell in element.iter(f"{_W}tc"):
                self.body(cell)
            return
        self.tables += 1
        table = self.tables
        for row in element.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not element:
                continue
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            runs, cells = self._row(row)
            headed = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            self.lines.append(WordLine(tuple(runs), "row", tuple(cells), table, headed))
        self.lines.append(WordLine(()))

    def _row(self, row: Any) -> tuple[list[Run], list[tuple[int, int]]]:
        runs: list[Run] = []
        cells = []
        column = 0
        for n, cell in enumerate(_cells(row)):
            if n:
                runs.append(Run(column, "\t", None, (0,)))
                column += 1
            start = column
            for k, paragraph in enumerate(cell.iter(f"{_W}p")):
                pieces = [_flat(piece) for piece in _pieces(paragraph)]
                if k and column > start and any(piece.text for piece in pieces):
                    runs.append(Run(column, " ", None, (0,)))
                    column += 1
                for piece in pieces:
                    runs.append(replace(piece, start=column))
                    column += len(piece.text)
            cells.append((start, column))
        return runs, cells

    def notes(self) -> None:
        """Footnotes and endnotes, each a line after the letter."""
        from docx.oxml import parse_xml

        for relation in self.document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type") in {None, "normal"}:
                    runs = [piece for p in note.iter(f"{_W}p") for piece in _pieces(p)]
                    lines = [[replace(r, element=None) for r in line] for line in _split(runs)]
                    if any(run.text.strip() for line in lines for run in line):
                        self.lines += [WordLine(()), *(WordLine(tuple(line)) for line in lines)]


def _cells(row: Any) -> Iterator[Any]:
    """Cells of a row, also inside content controls; continued merged cells are empty anyway."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag == f"{_W}sdt":
            for content in child.findall(f"{_W}sdtContent"):
                yield from _cells(content)


def _is_layout(table: Any) -> bool:
    """A table of one cell, or of one row of long texts, arranges a page and lists nothing."""
    rows = table.findall(f"{_W}tr")
    return len(rows) == 1 and (
        len(list(_cells(rows[0]))) == 1
        or any(len(cell.findall(f"{_W}p")) > 2 for cell in _cells(rows[0]))
    )


def _pieces(paragraph: Any) -> Iterator[Run]:
    """Every visible character of a paragraph, deletions and text boxes left out."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _DELETED or element.tag == f"{_W}txbxContent":
            continue
        if element.tag == f"{_W}t":
            words = element.text or ""
            kept = [(n, seen(char)) for n, char in enumerate(words) if seen(char)]
            shown = "".join(char for _, char in kept).replace("\n", " ").replace("\r", " ")
            yield Run(0, shown, element, tuple(n for n, _ in kept))
        elif element.tag in _SIGNS:
            if element.getparent().tag == f"{_W}r":
                yield Run(0, _SIGNS[element.tag], element, (0,))
        elif element.tag == f"{_W}rPr":
            continue
        else:
            stack.extend(reversed(element))


def _flat(piece: Run) -> Run:
    return replace(piece, text=piece.text.replace("\n", " ").replace("\t", " "))


def _split(pieces: list[Run]) -> Iterator[list[Run]]:
    """Lines of a paragraph, each with the columns of its runs."""
    lines: list[list[Run]] = [[]]
    for piece in pieces:
        if piece.text == "\n":
            lines.append([])
        else:
            lines[-1].append(piece)
    for line in lines:
        starts = [0, *accumulate(len(run.text) for run in line)]
        yield [replace(run, start=start) for run, start in zip(line, starts, strict=False)]


def _opens_page(paragraph: Any) -> bool:
    if paragraph.find(f"{_W}pPr/{_W}pageBreakBefore") is not None:
        return True
    before = paragraph.getprevious()
    breaks = [*paragraph.iter(f"{_W}br"), *(before.iter(f"{_W}br") if before is not None else ())]
    return any(one.get(f"{_W}type") == "page" for one in breaks)


def _blocks(sheet: Sheet, lines: list[WordLine], texts: list[str]) -> list[Block]:
    """Rows by the table's cells; the rest by style, and by shape where no style tells."""
    styled = {n: line.kind for n, line in enumerate(lines) if line.kind not in {None, "row"}}
    headings = {
        n
        for n, kind in styled.items()
        if kind == "heading" and len(texts[n].strip()) <= _MOST_OF_HEADING
    }
    shaped = line_blocks(sheet, headings=headings, rows=_rows(sheet, lines, texts))
    found = []
    for block in shaped:
        kind = styled.get(sheet.line_of(block.start))
        if kind in {"item", "quote"} and block.kind == "paragraph":
            block = replace(block, kind=kind)
        found.append(block)
    return found


def _rows(sheet: Sheet, lines: list[WordLine], texts: list[str]) -> dict[int, Block]:
    """The block of each line that is a row."""
    found: dict[int, Block] = {}
    for table in sorted({line.table for line in lines if line.table}):
        own = [n for n, line in enumerate(lines) if line.table == table]
        cut = [[texts[n][start:end].strip() for start, end in lines[n].cells] for n in own]
        headed = lines[own[0]].headed or is_header(cut[0], cut[1:])
        titles = cut[0] if headed else []
        for k, n in enumerate(own):
            if sheet.is_blank(n):
                continue
            cells = tuple(
                sheet.cell(n, start, end, titles[i] if k and i < len(titles) else "")
                for i, (start, end) in enumerate(lines[n].cells)
            )
            start, end = sheet.bounds(n, n + 1)
            filled = tuple(cell for cell in cells if cell.end > cell.start)
            found[n] = Block("row", start, end, filled, table=table)
    return found
