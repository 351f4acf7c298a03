"""How wide the columns of a table become: the same rule on paper and in text."""

import re
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Final

from cortipump.documents.blocks import Align, Column
from cortipump.documents.statements import Part, Statement, Value

# No column that is to be "as narrow as fits" takes more than this part of the width.
_NARROW_LIMIT: Final = 0.3
_SHARE_KEPT: Final = 0.5

NO_BREAK: Final = "\u00a0"
_KEPT_TOGETHER: Final = 20
_FIGURE: Final = re.compile(r"\d.* | .*\d")

# Inside longer words: a date, an amount with what it counts.
_TOGETHER: Final = re.compile(
    r"\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}\b|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b|"
    r"\b[A-Z][a-z]{2,8} \d{4}\b|[$€£] ?\d[\d.,]*|\d[\d.,]* (?:mg|µg|mcg|mL|ml|%|nmol/L|ng/mL)"
)

# Classes of letters by width, read off Source Sans 3; bold headings are a little wider.
_NARROW: Final = frozenset(" .,:;'|!ijl")
_SLIM: Final = frozenset('frtI()[]-/"')
_WIDE: Final = frozenset("mwMW@%—")
_SAFETY: Final = 1.02
# A no-break space, unlike `str.split`, keeps a word together.
_WORDS: Final = re.compile(r"[^ \t\r\n\u200b]+")


def column_widths(
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    available: int,
    measure: Callable[[str], int] = len,
) -> list[int]:
    """Share the width of a table among its columns.

    Parameters
    ----------
    columns
        Those with a share divide what the others leave.
    cells
        Rows of cell texts, header included.
    available
        The width without the gaps between columns, in the unit of ``measure``.
    measure
        How wide a text is, in characters by default.

    Returns
    -------
    list of int
        Never more than ``available`` in sum, each at least 1. A column of numbers gets its widest
        number; a text column gets its longest word if that is possible at all.
    """
    texts = [[row[n] for row in cells] for n in range(len(columns))]
    natural = [max(map(measure, own), default=1) for own in texts]
    floors = [
        _floor(column.align, own, measure) for column, own in zip(columns, texts, strict=True)
    ]
    limit = max(int(available * _NARROW_LIMIT), 1)
    floors = [min(floor, limit) for floor in floors]
    if sum(floors) >= available:
        return _squeeze(floors, available)
    shared = [n for n, column in enumerate(columns) if column.share > 0]
    most = [limit] * len(columns)
    for n in shared:
        # Half of its share is a column's own before the narrow ones take what they want.
        part = columns[n].share / sum(columns[k].share for k in shared)
        most[n] = int(available * part * _SHARE_KEPT)
    wanted = [
        max(min(own, top), floor) for own, top, floor in zip(natural, most, floors, strict=True)
    ]
    widths = _fill(floors, wanted, available)
    if shared:
        return _share(widths, columns, available, {n: floors[n] for n in shared})
    return _stretch(widths, natural, available)


def whole_widths(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], available: int, tallest: int
) -> list[int] | None:
    """Widths in characters that break no word, or nothing if there are none.

    Parameters
    ----------
    columns
        Those of numbers keep each of their cells on one line.
    cells
        Rows of cell texts, header included; no-break spaces keep words together.
    available
        The width without the gaps between columns.
    tallest
        Over how many lines a cell may fold.

    Returns
    -------
    list of int or None
        The widths at which the tallest cell is lowest; what is left goes to the longest texts.
    """
    texts = [[row[n] for row in cells] for n in range(len(columns))]
    natural = [max([1, *map(len, own)]) for own in texts]
    if sum(natural) <= available:
        return natural
    floors = [_floor(column.align, own, len) for column, own in zip(columns, texts, strict=True)]
    lines = [[[len(word) for word in _WORDS.findall(text)] for text in own] for own in texts]
    for height in range(1, tallest + 1):
        widths = [
            next(width for width in range(floor, most + 1) if _lowest(own, width) <= height)
            if _lowest(own, most) <= height
            else most
            for own, floor, most in zip(lines, floors, natural, strict=True)
        ]
        if sum(widths) <= available:
            widths = _shortened(lines, widths, natural, available)
            return _stretch(widths, natural, available)
    return None


def _shortened(
    texts: Sequence[Sequence[Sequence[int]]],
    widths: Sequence[int],
    natural: Sequence[int],
    available: int,
) -> list[int]:
    """Widen, one after the other, the column that saves the table most lines for its width."""
    best = list(widths)
    while True:
        spare = available - sum(best)
        gains = [
            (saved / extra, n, extra)
            for n in range(len(best))
            for extra, saved in _gains(texts, best, n, min(spare, natural[n] - best[n]))
        ]
        if not gains:
            return best
        _, n, extra = max(gains)
        best[n] += extra


def _gains(
    texts: Sequence[Sequence[Sequence[int]]], widths: Sequence[int], n: int, spare: int
) -> list[tuple[int, int]]:
    """By how much wider one column must be to save how many lines of the table."""
    rows = range(len(texts[n]))
    own = [_height(words, widths[n]) for words in texts[n]]
    others = [
        max((_height(texts[k][row], widths[k]) for k in range(len(widths)) if k != n), default=1)
        for row in rows
    ]
    tall = [row for row in rows if own[row] > others[row]]
    found = []
    for extra in range(1, spare + 1 if tall else 1):
        wider = widths[n] + extra
        saved = sum(own[row] - max(_height(texts[n][row], wider), others[row]) for row in tall)
        if saved:
            found.append((extra, saved))
    return found


def _lowest(texts: Sequence[Sequence[int]], width: int) -> int:
    """Over how many lines the tallest of some texts folds, given the lengths of their words."""
    return max((_height(words, width) for words in texts), default=1)


def _height(words: Sequence[int], width: int) -> int:
    lines, used = 1, 0
    for word in words:
        if used and used + 1 + word > width:
            lines, used = lines + 1, word
        else:
            used += word + (1 if used else 0)
    return lines


def kept(statement: Statement) -> str:
    """The cell's text for measuring and folding: dates and amounts have no-break spaces."""
    return "".join(
        part.text.replace(" ", NO_BREAK)
        if isinstance(part, Value) and is_kept(part)
        else _TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK), _text(part))
        for part in statement.parts
    )


def is_kept(value: Value) -> bool:
    """Whether a value stays on one line: a date in words, an amount with its currency."""
    return len(value.text) <= _KEPT_TOGETHER and bool(_FIGURE.search(value.text))


def _text(part: Part) -> str:
    return part if isinstance(part, str) else part.text


def span_of(row: Sequence[str]) -> int:
    """Over how many columns the first words of a totals row run: the empty cells after them."""
    return next((n for n in range(1, len(row)) if row[n]), len(row))


def paper_width(text: str) -> int:
    """About how wide a text is in the type of tables, in hundredths of its size."""
    return ceil(sum(map(_glyph, text)) * _SAFETY)


def _glyph(char: str) -> int:
    if char in _NARROW:
        return 25
    if char in _SLIM:
        return 33
    if char in _WIDE:
        return 80
    return 60 if char.isupper() else 52


def _floor(align: Align, texts: Sequence[str], measure: Callable[[str], int]) -> int:
    """The longest word or, for a column of numbers, the longest cell; the header by words."""
    whole = texts[1:] if align == "right" else ()
    words = [word for text in texts for word in _WORDS.findall(text)]
    return max([1, *map(measure, (*whole, *words))])


def _squeeze(floors: Sequence[int], available: int) -> list[int]:
    """Even the longest words do not fit: the widest columns give way."""
    widths = [max(floor, 1) for floor in floors]
    while sum(widths) > available and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _fill(floors: Sequence[int], wanted: Sequence[int], available: int) -> list[int]:
    """Give every narrow column what it wants, or a fair part of it."""
    asked = sum(wanted) - sum(floors)
    room = available - sum(floors)
    part = 1.0 if asked <= room else room / asked
    return [floor + int((want - floor) * part) for floor, want in zip(floors, wanted, strict=True)]


def _share(
    widths: Sequence[int], columns: Sequence[Column], available: int, floors: Mapping[int, int]
) -> list[int]:
    """Divide what the narrow columns leave, in the given shares, longest words included."""
    pool = available - sum(width for n, width in enumerate(widths) if n not in floors)
    free = dict.fromkeys(floors, 0)
    # A column that needs more than its share gets that much, and the others share the rest.
    while free:
        total = sum(columns[n].share for n in free)
        free = {n: int(pool * columns[n].share / total) for n in free}
        short = {n for n, width in free.items() if width < floors[n]}
        if not short:
            break
        pool -= sum(floors[n] for n in short)
        free = {n: width for n, width in free.items() if n not in short}
    shared = [free.get(n, floors.get(n, width)) for n, width in enumerate(widths)]
    return _squeeze(shared, available)


def _stretch(widths: Sequence[int], natural: Sequence[int], available: int) -> list[int]:
    """Give what is left to the columns whose texts are still longer than they are wide."""
    spare = available - sum(widths)
    missing = [max(own - width, 0) for own, width in zip(natural, widths, strict=True)]
    total = sum(missing)
    if spare <= 0 or not total:
        return list(widths)
    part = min(spare / total, 1.0)
    return [width + int(own * part) for width, own in zip(widths, missing, strict=True)]
