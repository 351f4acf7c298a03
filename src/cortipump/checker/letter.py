"""A letter as text with places: what every reader makes and every rule looks at.

Offsets count characters of `LetterText.text`, from 0. Lines are those that a person sees: of the
file for text and Markdown, of a paragraph or table row for Word, of the page for PDF.
"""

from bisect import bisect_right
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

BlockKind = Literal["paragraph", "heading", "item", "row", "quote", "address"]


class Place(Struct, frozen=True):
    """Where something stands; line and column from 1. ``page`` 0: the format has no pages."""

    line: int
    column: int
    page: int = 0


class Cell(Struct, frozen=True):
    """One cell of a table row, and the heading of its column (empty: none is printed)."""

    start: int
    end: int
    header: str = ""


class Block(Struct, frozen=True):
    """A run of text that belongs together.

    Attributes
    ----------
    kind
        ``row``: of a table, with its cells. ``quote``: words that the letter sets apart as someone
        else's. ``item``: one point of a list. ``address``: a letterhead or an addressee.
    start, end
        Offsets, half-open. Blocks are in order and do not overlap.
    caption
        Of the table that a row belongs to, and the heading above it.
    table
        Number of the table, from 1. 0: not a row.
    """

    kind: BlockKind
    start: int
    end: int
    cells: tuple[Cell, ...] = ()
    caption: str = ""
    table: int = 0


class LetterText(Struct, frozen=True):
    """A letter.

    Attributes
    ----------
    text
        Every line, joined by line feeds; no other line ends and no tabs but between cells.
    starts
        Offset of the first character of each line.
    pages
        Page of each line, from 1. Empty: the format has no pages.
    blocks
        In order; text outside every block is blank.
    enclosed
        Offset from which on the text is no letter but reprinted records (exhibits). None: none.
    file_lines
        Of a format whose lines are not those that a reader sees: offset, and the line of the file
        from there on. Empty: the lines are the file's.
    """

    text: str
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    enclosed: int | None = None
    file_lines: tuple[tuple[int, int], ...] = ()

    def place_in_file(self, offset: int) -> Place:
        """The place of an offset, with the line of the file where that is another one."""
        place = self.place(offset)
        if not self.file_lines:
            return place
        at = bisect_right(self.file_lines, offset, key=lambda pair: pair[0])
        return replace(place, line=self.file_lines[max(at - 1, 0)][1])

    def place(self, offset: int) -> Place:
        """Line, column and page of an offset."""
        line = bisect_right(self.starts, offset)
        page = self.pages[line - 1] if self.pages else 0
        return Place(line, offset - self.starts[line - 1] + 1, page)

    def line_text(self, line: int) -> str:
        """The words of a line, from 1."""
        until = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : until]
