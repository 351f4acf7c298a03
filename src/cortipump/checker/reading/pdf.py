"""PDF: the words of each page line by line, with gaps between columns and between paragraphs.

Running heads and page numbers are left out. A page that is a picture has no words for us.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.blocks import line_blocks
from cortipump.checker.reading.columns import Fragment, PageLine, rows_of
from cortipump.checker.reading.shapes import CAPTION, ITEM, is_terminal, is_title
from cortipump.checker.reading.sheet import Sheet, seen
from cortipump.checker.reading.tags import Tags
from cortipump.checker.reading.zones import finished
from cortipump.errors import LetterUnreadable

_LIMIT_PAGES: Final = 2000
_LEAST_WORDS: Final = 3
# In parts of the size of the type: wider than any blank between words, narrower than a column's.
_CELL_GAP: Final = 0.7
_STRETCHED: Final = 2.0
_SAME_LINE: Final = 0.45
_PARAGRAPH_GAP: Final = 1.22
_LARGER: Final = 1.12
_PAGE: Final = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_EDGE_LINES: Final = 2
_HYPHENS: Final = frozenset("\x02\ufffe")


class Glyph(Struct, frozen=True):
    """A character, where it stands, and how large it is."""

    char: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def read_pdf(data: bytes) -> LetterText:
    """Read a letter from a PDF.

    Raises
    ------
    LetterUnreadable
        I003 if it is damaged, locked, or a scan without words.
    """
    with _opened(data) as file:
        if len(file) > _LIMIT_PAGES:
            raise LetterUnreadable(
                f"the PDF has {len(file)} pages; at most {_LIMIT_PAGES} are read",
                do="save the letter without its enclosures",
            )
        pages = [_page_lines(file[n], n + 1) for n in range(len(file))]
    lines = _without_heads(pages)
    if sum(len(line.text.split()) for line in lines) < _LEAST_WORDS:
        raise LetterUnreadable(
            "the PDF is a picture, such as a scan: it holds no words",
            do="save it as .docx or .pdf where it was written, or have it read by OCR first",
        )
    gap = _usual_gaps(lines)
    ends = [n for n in range(len(lines)) if _ends(lines, n, gap)]
    opens = [n + 1 for n in ends[:-1] if lines[n].page != lines[n + 1].page]
    sheet = Sheet([line.text for line in lines], [line.page for line in lines], opens, ends)
    rows = rows_of(sheet, lines)
    headings = _headings(lines, ends)
    return finished(sheet, line_blocks(sheet, headings=headings, rows=rows))


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as cause:
        if "password" in str(cause).lower():
            raise LetterUnreadable(
                "the PDF is locked with a password", do="save a copy without a password"
            ) from cause
        raise LetterUnreadable(
            "the PDF is damaged or no PDF", do="open it where it was made and save it again"
        ) from cause


def _page_lines(page: Any, number: int) -> list[PageLine]:
    text = page.get_textpage()
    lines = []
    for glyphs in _divided(_glyphs(text, Tags(page))):
        fragments = _fragments(glyphs)
        if not fragments:
            continue
        sizes = Counter(round(glyph.size, 1) for glyph in glyphs if glyph.char.strip())
        bold = sum(glyph.bold for glyph in glyphs if glyph.char.strip())
        lines.append(
            PageLine(
                number,
                tuple(fragments),
                glyphs[0].base,
                max(size for size, n in sizes.items() if n * 5 >= sizes.total()),
                bold * 2 > sizes.total(),
            )
        )
    text.close()
    page.close()
    return lines


def _glyphs(text: Any, tags: Tags) -> Iterator[Glyph]:
    """Every character of a page in its order; made-up line ends have no place."""
    box = pdfium.FS_RECTF()
    x, base = ctypes.c_double(), ctypes.c_double()
    bold: dict[tuple[float, bytes], bool] = {}
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    high = 0
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        char = chr(code)
        if char in "\r\n":
            yield Glyph("\n", 0, 0, 0, 0, False)
            continue
        if tags.is_apart(text, n):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, n, box)
        pdfium.FPDFText_GetCharOrigin(text, n, x, base)
        size = pdfium.FPDFText_GetFontSize(text, n)
        pdfium.FPDFText_GetFontInfo(text, n, name, 128, flags)
        key = (size, name.value)
        if key not in bold:
            bold[key] = bool(re.search(rb"bold|black|heavy|demi", name.value, re.IGNORECASE))
        yield Glyph(char, box.left, box.right, base.value, size, bold[key])


def _divided(glyphs: Iterator[Glyph]) -> Iterator[list[Glyph]]:
    """The characters of each line; a jump up or down starts one as well as a line end."""
    line: list[Glyph] = []
    for glyph in glyphs:
        last = next((one for one in reversed(line) if one.char.strip()), None)
        jumps = (
            last is not None
            and glyph.char.strip()
            and abs(glyph.base - last.base) > max(glyph.size, last.size) * _SAME_LINE
        )
        if glyph.char == "\n" or jumps:
            if any(one.char.strip() for one in line):
                yield line
            line = []
        if glyph.char != "\n":
            line.append(glyph)
    if any(one.char.strip() for one in line):
        yield line


def _fragments(glyphs: Sequence[Glyph]) -> list[Fragment]:
    """Words that no wide gap divides, with their extent."""
    words = _line_words(glyphs)
    gaps = [after.left - before.right for before, after in pairwise(words)]
    size = max((glyph.size for glyph in glyphs), default=1.0)
    found: list[Fragment] = []
    for n, word in enumerate(words):
        apart = n == 0 or (gaps[n - 1] > size * _CELL_GAP and not _is_justified(gaps, size))
        if apart:
            found.append(word)
        else:
            last = found[-1]
            found[-1] = Fragment(f"{last.text} {word.text}", last.left, word.right)
    return found


def _is_justified(gaps: Sequence[float], size: float) -> bool:
    """Whether wide blanks are those of a line stretched to the margin: all alike."""
    alike = max(gaps) < min(gaps) * 1.15 + 0.5
    return len(gaps) > 3 and alike and max(gaps) < size * _STRETCHED


def _line_words(glyphs: Sequence[Glyph]) -> list[Fragment]:
    """The words of a line with their extents; a gap without a blank divides words as well."""
    found: list[Fragment] = []
    word, left, right = "", 0.0, 0.0
    for glyph in glyphs:
        char = "-" if glyph.char in _HYPHENS else seen(glyph.char)
        if word and (not char.strip() or glyph.left - right > glyph.size * _CELL_GAP):
            found.append(Fragment(word, left, right))
            word = ""
        if char.strip():
            left = left if word else glyph.left
            word += char
            right = glyph.right
    return [*found, Fragment(word, left, right)] if word else found


def _without_heads(pages: Sequence[Sequence[PageLine]]) -> list[PageLine]:
    """Leave out page numbers, and what stands at the edge of most pages alike."""
    edges: Counter[str] = Counter()
    for page in pages:
        own = {_plain(line) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])}
        edges.update(own)
    often = max(2, len(pages) // 2)
    kept = []
    for page in pages:
        for n, line in enumerate(page):
            at_edge = n < _EDGE_LINES or n >= len(page) - _EDGE_LINES
            repeated = len(pages) > 2 and edges[_plain(line)] > often
            if at_edge and (_PAGE.fullmatch(line.text) or repeated):
                continue
            kept.append(line)
    return kept


def _plain(line: PageLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def _usual_gaps(lines: Sequence[PageLine]) -> dict[float, float]:
    """The distance of lines of one paragraph, by size of type: the most frequent one."""
    gaps: dict[float, Counter[float]] = {}
    for above, below in pairwise(lines):
        if above.page == below.page and abs(above.size - below.size) < 0.2:
            gap = round((above.base - below.base) * 2) / 2
            if 0 < gap < above.size * 3:
                gaps.setdefault(below.size, Counter())[gap] += 1
    return {size: _densest(counted, size) for size, counted in gaps.items()}


def _densest(counted: Counter[float], size: float) -> float:
    """The most frequent gap; a smaller one that is frequent too is that inside paragraphs."""
    _, most = counted.most_common(1)[0]
    frequent = [gap for gap, n in counted.items() if n * 4 >= most and gap >= size * 0.9]
    return min(frequent, default=size * 1.3)


def _ends(lines: Sequence[PageLine], n: int, gaps: dict[float, float]) -> bool:
    """Whether a paragraph ends with a line."""
    if n + 1 >= len(lines):
        return True
    above, below = lines[n], lines[n + 1]
    if above.page != below.page:
        return is_terminal(above.text) or not below.text[:1].islower()
    if abs(above.size - below.size) > above.size * 0.08 or above.bold != below.bold:
        return True
    indented = below.fragments[0].left > above.fragments[0].left + above.size * 0.7
    if indented and is_terminal(above.text) and not ITEM.match(above.text):
        return True
    gap = above.base - below.base
    return gap <= 0 or gap > gaps.get(below.size, below.size * 1.3) * _PARAGRAPH_GAP


def _headings(lines: Sequence[PageLine], ends: Sequence[int]) -> set[int]:
    """Short lines alone that are larger or bolder than most."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    mostly_bold = sum(line.bold for line in lines) * 2 > len(lines)
    last = {-1, *ends}
    return {
        n
        for n, line in enumerate(lines)
        if n in last
        and n - 1 in last
        and len(line.fragments) == 1
        and is_title(line.text)
        and not CAPTION.match(line.text)
        and (line.size > usual * _LARGER or (line.bold and not mostly_bold))
    }
