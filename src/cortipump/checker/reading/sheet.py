"""The lines of a letter while they are read: lengths never change, marks turn into blanks."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from cortipump.checker.letter import Block, BlockKind, Cell, LetterText

# Blanks of every width become plain ones; what nobody sees is taken out.
_BLANKS: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufffe\x00-\x08\x0e-\x1f\x7f]")


def seen(words: str) -> str:
    """Text as a reader sees it: plain blanks, no soft hyphens, no marks of direction."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", words))


class Sheet:
    """Lines with their offsets.

    Parameters
    ----------
    lines
        Without line ends.
    pages
        Page of each line, from 1; empty if the format has none.
    opens
        Lines that start a page.
    ends
        Lines with which a paragraph ends though no blank line follows.
    """

    def __init__(
        self,
        lines: Sequence[str],
        pages: Sequence[int] = (),
        opens: Iterable[int] = (),
        ends: Iterable[int] = (),
    ) -> None:
        self.lines = list(lines) or [""]
        self.pages = tuple(pages)
        self.opens = frozenset(opens)
        self.ends = frozenset(ends)
        # The paragraph that was looked at last: long ones are looked at line by line.
        self._run = (0, 0)
        lengths = [len(line) + 1 for line in self.lines]
        self.starts = (0, *list(accumulate(lengths))[:-1])

    def is_blank(self, line: int) -> bool:
        """Whether nothing stands in a line; so does what is past the end."""
        return line >= len(self.lines) or not self.lines[line].strip()

    def blank(self, line: int, start: int = 0, end: int | None = None) -> None:
        """Put blanks where marks stand."""
        self._run = (0, 0)
        words = self.lines[line]
        until = len(words) if end is None else end
        self.lines[line] = words[:start] + " " * (until - start) + words[until:]

    def run_end(self, line: int) -> int:
        """Where the paragraph of a line ends: a blank line, a page, or what the format says."""
        if self._run[0] <= line < self._run[1]:
            return self._run[1]
        end = line + 1
        while not self.is_blank(end) and end not in self.opens and end - 1 not in self.ends:
            end += 1
        self._run = (line, end)
        return end

    def line_of(self, offset: int) -> int:
        """The line, from 0, that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def bounds(self, first: int, until: int) -> tuple[int, int]:
        """Offsets of lines without the blanks at either end."""
        head, tail = self.lines[first], self.lines[until - 1].rstrip()
        start = self.starts[first] + len(head) - len(head.lstrip())
        return start, self.starts[until - 1] + len(tail)

    def block(self, kind: BlockKind, first: int, until: int) -> Block:
        """A block of whole lines."""
        start, end = self.bounds(first, until)
        return Block(kind, start, end)

    def cell(self, line: int, start: int, end: int, header: str = "") -> Cell:
        """A cell of one line, by columns from 0, without the blanks at either end."""
        words = self.lines[line][start:end]
        left = start + len(words) - len(words.lstrip())
        right = max(start + len(words.rstrip()), left)
        return Cell(self.starts[line] + left, self.starts[line] + right, header)

    def text(self) -> str:
        """Everything."""
        return "\n".join(self.lines)

    def letter(self, blocks: Sequence[Block], enclosed: int | None) -> LetterText:
        """The letter as every rule sees it."""
        return LetterText(self.text(), self.starts, tuple(blocks), self.pages, enclosed)
