"""Lines to blocks: what a reader of plain text sees as a heading, a point, a row, a paragraph."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count, pairwise
from typing import Final

from cortipump.checker.letter import Block
from cortipump.checker.reading.shapes import (
    CAPTION,
    CLOSING,
    ITEM,
    SALUTATION,
    is_capitals,
    is_known_label,
    is_label,
    is_rule,
    is_short,
    is_subject,
    is_terminal,
    is_title,
    runs_on,
    width_of,
)
from cortipump.checker.reading.sheet import Sheet
from cortipump.checker.reading.stacked import stacked
from cortipump.checker.reading.tables import grid, pipes, spaced_cells, starts_table, typed

Made = tuple[list[Block], int]

_UNDERLINE: Final = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|_{3,})\s*$")
_QUOTED: Final = re.compile(r"\s{0,3}(?:>\s?)+")
_WROTE: Final = re.compile(r"\b(?:wrote|writes|said|says|states?d?|schrieb)\b[^.]{0,40}:\s*$", re.I)
_FRAMED: Final = re.compile(r"\|(?= |$)")
_OPENS: Final = re.compile(r"\s*(?:[“„«\"]|``)")
_CLOSES: Final = re.compile(r"(?:[”“»\"]|'')[.,]?\s*$")
_QUOTES: Final = re.compile(r"[“”„«»\"]|``|''")
_QUOTE_LEAST: Final = 40
_MANY_LABELS: Final = 0.6
_HEADING_LINES: Final = 3
_STACK_MOST: Final = 40
_LABELS_MOST: Final = 100
_FIGURE_LAST: Final = re.compile(r"\d\)?$")
_WRAPPED_LEAST: Final = 45
_SENTENCE_INSIDE: Final = re.compile(r"[a-z]{3}[.!?] +[A-Z][a-z]*\b(?!\.)")
_INDENT, _COLUMNS = 3, 3
_BULLETS: Final = "-*\u2022\u2013\u00b7"


def line_blocks(
    sheet: Sheet,
    *,
    headings: Container[int] = (),
    ends: Container[int] = (),
    rows: Mapping[int, Block] | None = None,
    quotes_are_marked: bool = False,
) -> list[Block]:
    """Blocks of lines, in order; marks of decoration in the sheet become blanks.

    Parameters
    ----------
    headings
        Lines that the format marks as headings.
    ends
        Lines after which the format asks for a new line.
    rows
        Lines that are rows of the format's own tables.
    quotes_are_marked
        Whether ``>`` always makes a quotation. Else it does as in a mail: before several lines,
        or below ``... wrote:``.
    """
    quoted = _take_marks(sheet)
    if not quotes_are_marked:
        quoted = frozenset(_mailed(sheet, quoted))
    return _Lines(sheet, headings, ends, rows or {}, quoted).read()


class _Lines:
    def __init__(
        self,
        sheet: Sheet,
        headings: Container[int],
        ends: Container[int],
        rows: Mapping[int, Block],
        quoted: frozenset[int],
    ) -> None:
        self.sheet = sheet
        self.headings, self.ends, self.rows = headings, ends, rows
        self.width = width_of(sheet)
        self.tables = max((row.table for row in rows.values()), default=0)
        self.quoted = quoted
        # Of the last numbered point: the next one needs no sign that a list is meant.
        self.number = 0
        # After the closing short lines are names and notes, whatever they start with.
        self.closed = False

    def read(self) -> list[Block]:
        """From the first line to the last."""
        blocks: list[Block] = []
        line = 0
        while line < len(self.sheet.lines):
            if self.sheet.is_blank(line):
                line += 1
                continue
            made, line = self._next(line)
            blocks += made
        return blocks

    def _next(self, line: int) -> Made:
        if line in self.rows:
            row = self.rows[line]
            return [row], self.sheet.line_of(row.end - 1) + 1
        if line in self.headings:
            return [self.sheet.block("heading", line, line + 1)], line + 1
        for table in (grid, pipes, stacked):
            rows = table(self.sheet, line, self.tables + 1)
            if rows is not None:
                self.tables += 1
                return rows
        for shape in (self._rule, self._underlined, self._labels, self._typed, self._item):
            made = shape(line)
            if made is not None:
                return made
        return self._quote(line) or self._capitals(line) or self._paragraph(line)

    def _rule(self, line: int) -> Made | None:
        if not is_rule(self.sheet.lines[line]):
            return None
        self.sheet.blank(line)
        return [], line + 1

    def _underlined(self, line: int) -> Made | None:
        under = self._underline(line)
        if under is None:
            return None
        self.sheet.blank(under)
        return [self.sheet.block("heading", line, under)], under + 1

    def _underline(self, line: int) -> int | None:
        """The line of signs under one to three lines, about as long as the longest of them."""
        lines = self.sheet.lines
        end = self.sheet.run_end(line)
        for under in range(line + 1, min(line + 1 + _HEADING_LINES, end)):
            if _UNDERLINE.match(lines[under]):
                longest = max(len(words.strip()) for words in lines[line:under])
                short = len(lines[under].strip()) * 2 < longest
                return None if short or lines[under - 1].rstrip()[-1] in ",;" else under
        return None

    def _typed(self, line: int) -> Made | None:
        rows = typed(self.sheet, line, self.tables + 1)
        if rows is None:
            return None
        self.tables += 1
        for n in range(line, rows[1]):
            if is_rule(self.sheet.lines[n]):
                self.sheet.blank(n)
        return rows

    def _labels(self, line: int) -> Made | None:
        """``Re:`` and ``Member number:`` lines, each a block with the lines that continue it."""
        lines = self.sheet.lines
        end = self.sheet.run_end(line)
        own = lines[line : min(end, line + _LABELS_MOST)]
        if end - line < 2 or not (is_subject(own[0]) or is_label(own[0])):
            return None
        if is_subject(own[0]) and max(map(len, own)) <= max(self.width, 80) and len(own) <= 12:
            ratio = 1.0
        else:
            ratio = sum(map(is_label, own)) / len(own)
            known = sum(map(is_known_label, own))
            ratio = ratio if known or ratio == 1.0 else 0.0
        if ratio < _MANY_LABELS:
            return None
        blocks, first = [], line
        for n in range(line + 1, end + 1):
            if n < end and not is_label(lines[n]) and self._continues(n):
                continue
            blocks.append(self.sheet.block("paragraph", first, n))
            first = n
        return blocks, end

    def _continues(self, line: int) -> bool:
        """Whether a line of a label's value runs on from a line that was full."""
        before, after = self.sheet.lines[line - 1], self.sheet.lines[line]
        first = after.split(maxsplit=1)[0]
        return len(before.rstrip()) + 1 + len(first) > self.width * 0.85

    def _item(self, line: int) -> Made | None:
        """A point of a list with the lines under it."""
        found = ITEM.match(self.sheet.lines[line])
        if not found:
            return None
        end = self.sheet.run_end(line)
        self.number = int(found["number"] or 0)
        n = line + 1
        while (
            n < end
            and n not in self.headings
            and not self._starts_item(n)
            and not self._leaves_item(n, found.end())
            and not self._stands_out(line, n)
        ):
            n += 1
        return [self.sheet.block("quote" if line in self.quoted else "item", line, n)], n

    def _starts_item(self, line: int) -> bool:
        found = ITEM.match(self.sheet.lines[line])
        if not found or is_rule(self.sheet.lines[line]):
            return bool(found)
        before = self.sheet.lines[line - 1]
        number = int(found["number"] or 0)
        if number and number == self.number + 1:
            return True
        if number > 1 and len(found["gap"]) < 2:
            # ``... on page`` / ``3. The plan``: a number that ends a sentence is no point.
            return is_terminal(before) or before.rstrip().endswith((";", ",", "and", "or"))
        if found["mark"] in "-–—·":
            return is_terminal(before) or bool(ITEM.match(before)) or _indent(before) > 0
        return True

    def _leaves_item(self, line: int, text_column: int) -> bool:
        """Whether an unindented line after a point is no part of it."""
        before, after = self.sheet.lines[line - 1], self.sheet.lines[line]
        if len(spaced_cells(after)) >= _COLUMNS and typed(self.sheet, line, 0) is not None:
            return True  # a table right under its heading
        if _indent(after) >= min(text_column, 2) and _indent(after) > 0:
            return False
        return not runs_on(before, after, self.width)

    def _stands_out(self, first: int, line: int) -> bool:
        """Whether a line is indented less than the mark of the point, whose lines hang below it.

        A numbered point may be a paragraph whose first line alone is indented.
        """
        item, before, after = (self.sheet.lines[n] for n in (first, line - 1, line))
        if _indent(after) >= _indent(item):
            return False
        if line - 1 > first:
            return _indent(before) >= _indent(item)
        return item.lstrip()[0] in _BULLETS and after.lstrip()[:1].isupper()

    def _quote(self, line: int) -> Made | None:
        """Lines after ``>``, or indented lines in quotation marks; their source is no quote."""
        lines = self.sheet.lines
        end = self.sheet.run_end(line)
        if line in self.quoted:
            end = next((n for n in range(line, end) if n not in self.quoted), end)
            if self._is_source(line):
                return [self.sheet.block("paragraph", line, end)], end
        elif not _OPENS.match(lines[line]):
            return None
        elif min(map(_indent, lines[line:end])) < _INDENT:
            whole = " ".join(lines[line:end])
            signs = _QUOTES.findall(whole)
            alone = len(whole) > _QUOTE_LEAST and len(signs) == 2 and _CLOSES.search(whole)
            return ([self.sheet.block("quote", line, end)], end) if alone else None
        last = end
        if _OPENS.match(lines[line]):
            last = next((n + 1 for n in range(line, end) if _CLOSES.search(lines[n])), end)
        return [self.sheet.block("quote", line, last)], last

    def _is_source(self, line: int) -> bool:
        """Whether a quoted line names where the quotation before it is from."""
        above = line - 1
        while above in self.quoted and self.sheet.is_blank(above):
            above -= 1
        if above not in self.quoted or _OPENS.match(self.sheet.lines[line]):
            return False
        return bool(_CLOSES.search(self.sheet.lines[above]))

    def _capitals(self, line: int) -> Made | None:
        """A heading in capitals, or a short line alone between two blank ones."""
        words = self.sheet.lines[line]
        alone = self.sheet.run_end(line) == line + 1
        if SALUTATION.match(words) or CLOSING.match(words) or CAPTION.match(words):
            return None
        if is_capitals(words) and (alone or not runs_on_capitals(self.sheet, line)):
            return [self.sheet.block("heading", line, line + 1)], line + 1
        if alone and is_title(words) and not is_label(words.rstrip(": ")) and self._opens(line):
            return [self.sheet.block("heading", line, line + 1)], line + 1
        return None

    def _opens(self, line: int) -> bool:
        """Whether a longer text follows, as under a heading, and not another short line."""
        n = line + 1
        while n < len(self.sheet.lines) and self.sheet.is_blank(n):
            n += 1
        if n >= len(self.sheet.lines):
            return False
        end = self.sheet.run_end(n)
        follows = self.sheet.lines[n:end]
        return bool(ITEM.match(follows[0])) or sum(map(len, follows)) > 80 or len(follows) > 3

    def _paragraph(self, line: int) -> Made:
        """Lines that run on; in a stack of short lines each is a paragraph of its own."""
        self.number = 0
        lines = self.sheet.lines
        end = self.sheet.run_end(line)
        near = range(line + 1, min(end, line + _STACK_MOST)) if is_short(lines[line]) else ()
        end = next((n for n in near if starts_table(self.sheet, n)), end)
        self.closed = self.closed or bool(CLOSING.match(lines[line]))
        if SALUTATION.match(lines[line]) or CLOSING.match(lines[line]):
            return [self.sheet.block("paragraph", line, line + 1)], line + 1
        if 1 < end - line <= _STACK_MOST and self._is_stack(line, end):
            return [self.sheet.block("paragraph", n, n + 1) for n in range(line, end)], end
        n = line + 1
        while n < end and not self._breaks(line, n):
            n += 1
        return [self.sheet.block("paragraph", line, n)], n

    def _is_stack(self, line: int, end: int) -> bool:
        """Names, addresses, signatures: every line short, none a sentence that runs on."""
        own = self.sheet.lines[line:end]
        if not all(map(is_short, own)) or any(ITEM.match(words) for words in own):
            return False
        if any(map(_SENTENCE_INSIDE.search, own)) or _is_wrapped(own):
            return False
        if self.closed or all(_FIGURE_LAST.search(words.rstrip()) for words in own):
            return True
        return all(words.strip()[:1].isupper() or not words.strip()[:1].isalpha() for words in own)

    def _breaks(self, first: int, line: int) -> bool:
        """Whether a new block starts at a line of the same run."""
        sheet = self.sheet
        words, before = sheet.lines[line], sheet.lines[line - 1]
        if is_rule(words) or self._starts_item(line) or starts_table(sheet, line):
            return True
        if (line in self.quoted) != (first in self.quoted) or self._underline(line) is not None:
            return True
        if line - 1 in self.ends or line in self.headings:
            return True
        if CLOSING.match(words) and is_terminal(before):
            return True
        if is_terminal(before) and _indent(words) >= _indent(sheet.lines[first + 1]) + 2:
            return line > first + 1 or _indent(words) > _indent(sheet.lines[first])
        if is_known_label(words) and is_terminal(before):
            return True
        return not runs_on(before, words, self.width)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether every line was full: the next one's first word had no room in it."""
    most = max(len(words.rstrip()) for words in lines)
    full = all(
        len(above.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > most
        for above, below in pairwise(lines)
    )
    return full and most > _WRAPPED_LEAST


def runs_on_capitals(sheet: Sheet, line: int) -> bool:
    """Whether a line in capitals is one of several, as a letter typed in capitals has."""
    if line + 1 >= len(sheet.lines):
        return False
    below = sheet.lines[line + 1]
    return below == below.upper() and any(map(str.isalpha, below))


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def _mailed(sheet: Sheet, quoted: frozenset[int]) -> Iterator[int]:
    """Of the lines after ``>`` those of a quotation as mails have it."""
    for first in sorted(n for n in quoted if n - 1 not in quoted):
        until = next(n for n in count(first) if n not in quoted)
        above = next((n for n in range(first - 1, -1, -1) if not sheet.is_blank(n)), None)
        told = above is not None and _WROTE.search(sheet.lines[above])
        if told or sum(not sheet.is_blank(n) for n in range(first, until)) > 1:
            yield from range(first, until)


def _take_marks(sheet: Sheet) -> frozenset[int]:
    """Blank out the signs of quotes and frames; tell which lines are quoted."""
    quoted = set()
    for n, words in enumerate(sheet.lines):
        found = _QUOTED.match(words)
        if found and not re.match(r"\s*>\s*\d", words):
            sheet.blank(n, 0, found.end())
            quoted.add(n)
        elif _FRAMED.match(words) and words.count("|") == 1:
            sheet.blank(n, 0, 1)
    return frozenset(quoted)
