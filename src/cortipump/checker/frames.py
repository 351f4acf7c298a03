"""A letter cut into frames: a sentence, a list item or a table row, with what it is about.

A figure is understood from its frame: the words around it, the heading of its column, the caption
and the lead-in above, and the sentences before it in the same block.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.lexicon import Cue, kind_cues, role_cues, topic_cues, when_cues
from cortipump.checker.mentions import (
    AnyMention,
    DayMention,
    Exempt,
    MoneyMention,
    NumberMention,
    SpanMention,
)
from cortipump.checker.sentences import sentences

# A list of what is enclosed counts pages and records of papers, nothing of the person's.
_ENCLOSED: Final = re.compile(
    r"\s*(?:exhibit index|index of exhibits|list of exhibits|enclosures?)\b", re.I
)
_GAPS: Final = re.compile(r"\s+")
_QUOTED: Final = re.compile(r"[“\"][^”\"]{12,}[”\"]")
# Two or more gaps of three blanks inside a line: columns, set by hand.
_COLUMNS: Final = re.compile(r"\S {3,}\S.*\S {3,}\S")
_FEW_LINES: Final = 2
_HEADLINE: Final = 100
_CENTS: Final = 2
_HOURS, _SIXTY = 24, Decimal("0.60")
_SKIPPED: Final = frozenset({"quote", "address"})


class Header(Struct, frozen=True):
    """Words that stand over a figure: a column's heading, a caption, a lead-in."""

    text: str = ""
    topics: tuple[Cue, ...] = ()
    kinds: tuple[Cue, ...] = ()
    whens: tuple[Cue, ...] = ()
    roles: tuple[Cue, ...] = ()


class Frame(Struct):
    """One unit of meaning.

    Attributes
    ----------
    start, end
        Offsets in the letter.
    mentions
        What it states, in order, without what is exempt.
    topics, kinds, whens, roles
        Cues of its own words, offsets in the letter.
    lead
        Words above it that speak of it: caption, heading, a sentence that ends in a colon.
    earlier
        Frames of the same block before it, the nearest first; for rows, of the same table.
    above
        The frame of that lead or heading. None: there is none.
    headers
        Start of a mention to the heading of its column.
    """

    start: int
    end: int
    text: str
    block: int
    is_row: bool
    is_item: bool
    mentions: tuple[AnyMention, ...]
    topics: tuple[Cue, ...]
    kinds: tuple[Cue, ...]
    whens: tuple[Cue, ...]
    roles: tuple[Cue, ...]
    lead: Header
    earlier: tuple["Frame", ...]
    headers: dict[int, Header]
    above: "Frame | None" = None

    def says(self, *topics: str) -> bool:
        """Whether its own words or those above it speak of one of the topics."""
        return any(cue.says in topics for cue in (*self.topics, *self.lead.topics))

    def speaks_of(self, *whens: str) -> bool:
        """Whether its own words give one of the contexts."""
        return any(cue.says in whens for cue in self.whens)

    def has_role(self, *roles: str) -> bool:
        """Whether its own words give a figure one of the roles."""
        return any(cue.says in roles for cue in self.roles)

    def header(self, mention: AnyMention) -> Header:
        """The heading of the column that a mention stands in; empty outside tables."""
        return self.headers.get(mention.start, _NOTHING)

    def before(self, offset: int, width: int = 60) -> str:
        """The words before an offset, in the frame."""
        return self._flat(self.text[max(0, offset - self.start - width) : offset - self.start])

    def after(self, offset: int, width: int = 80) -> str:
        """The words from an offset on, in the frame."""
        return self._flat(self.text[offset - self.start : offset - self.start + width])

    def _flat(self, words: str) -> str:
        """Words on one line; the gaps between the cells of a row stay."""
        return words if self.is_row else _GAPS.sub(" ", words)

    @property
    def days(self) -> tuple[DayMention | SpanMention, ...]:
        """Its dates and spans, in order."""
        return tuple(m for m in self.mentions if isinstance(m, DayMention | SpanMention))


_NOTHING: Final = Header()


def header_of(text: str) -> Header:
    """The cues of words that stand over something."""
    if not text.strip():
        return _NOTHING
    return Header(text, topic_cues(text), kind_cues(text), when_cues(text), role_cues(text))


def frames(letter: LetterText, mentions: Sequence[AnyMention]) -> list[Frame]:
    """Every frame of the letter in order; quotations and addresses make none."""
    stated = [m for m in mentions if not isinstance(m, Exempt)]
    headers = _Headers()
    made: list[Frame] = []
    lead_in, heading = "", ""
    above: Frame | None = None
    tables: dict[int, list[Frame]] = {}
    for number, block in enumerate(letter.blocks):
        if letter.enclosed is not None and block.start >= letter.enclosed:
            break
        text = letter.text[block.start : block.end]
        if block.kind == "heading":
            heading, lead_in = text, ""
        if block.kind in _SKIPPED or (block.kind == "row" and _ENCLOSED.match(block.caption)):
            continue
        over = block.caption or " ".join(filter(None, (heading, lead_in)))
        earlier = tables.setdefault(block.table, []) if block.table else []
        for start, end in _units(letter, block, stated):
            inside = _within(stated, start, end)
            frame = _frame(above, letter, block, number, (start, end), inside, headers(over),
                           tuple(reversed(earlier[-6:])), headers)  # fmt: skip
            made.append(frame)
            earlier.append(frame)
        if block.kind == "paragraph":
            follows = letter.blocks[number + 1].kind if number + 1 < len(letter.blocks) else ""
            lead_in = _lead_in(text, follows)
        if made and (block.kind == "heading" or lead_in) and block.kind in {"heading", "paragraph"}:
            above = made[-1]
    return made


def _units(letter: LetterText, block: Block, stated: Sequence[AnyMention]) -> list[tuple[int, int]]:
    """Sentences; typed columns line by line; a bare date with the sentence that it heads."""
    units: list[tuple[int, int]] = []
    for start, end in sentences(letter, block):
        units += _lines(letter.text, start, end) if block.kind != "row" else [(start, end)]
    joined: list[tuple[int, int]] = []
    for start, end in units:
        if joined and _is_bare_date(letter.text, *joined[-1], stated):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence, cut where lines are aligned in columns by runs of blanks."""
    lines = text[start:end].split("\n")
    if len(lines) < _FEW_LINES or not any(_COLUMNS.search(line) for line in lines):
        return [(start, end)]
    cut, at, run = [], start, start
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        stop = at + len(line)
        if _COLUMNS.search(line) or _COLUMNS.search(following) or number + 1 == len(lines):
            if text[run:stop].strip():
                cut.append((run, stop))
            run = stop + 1
        at = stop + 1
    return cut


def _is_bare_date(text: str, start: int, end: int, stated: Sequence[AnyMention]) -> bool:
    """Whether a unit is nothing but a date, as a list of events writes it."""
    words = text[start:end].strip(" -*•.:–")
    inside = _within(stated, start, end)
    return any(isinstance(m, DayMention) and m.text == words for m in inside)


class _Headers:
    """Headers by their words, each read once."""

    def __init__(self) -> None:
        self._made: dict[str, Header] = {}

    def __call__(self, text: str) -> Header:
        if text not in self._made:
            self._made[text] = header_of(text)
        return self._made[text]


def _lead_in(text: str, follows: str) -> str:
    """The last sentence of a paragraph that announces a list. Empty: it announces none."""
    stripped = text.rstrip()
    if follows in {"item", "row"} and len(stripped) < _HEADLINE:
        return stripped
    if not stripped.endswith(":"):
        return ""
    return stripped[max(stripped.rfind(". "), stripped.rfind("\n\n"), -1) + 1 :].strip()


def _within(stated: Sequence[AnyMention], start: int, end: int) -> tuple[AnyMention, ...]:
    first = bisect_left(stated, start, key=lambda m: m.start)
    last = bisect_left(stated, end, key=lambda m: m.start)
    return tuple(m for m in stated[first:last] if m.end <= end)


def _frame(
    above: Frame | None, letter: LetterText, block: Block, number: int, span: tuple[int, int],
    inside: tuple[AnyMention, ...], lead: Header, earlier: tuple[Frame, ...], headers: _Headers,
) -> Frame:  # fmt: skip
    start, end = span
    text = letter.text[start:end].replace("\n", " ")
    said = _QUOTED.sub(lambda m: " " * len(m[0]), text)  # what others say is not what it is about
    columns = {}
    for mention in inside:
        cell = next((c for c in block.cells if c.start <= mention.start < c.end), None)
        if cell is not None and cell.header:
            columns[mention.start] = headers(cell.header)
    kinds = _moved(kind_cues, said, start)
    if block.kind == "row" or kinds:
        inside = tuple(_as_money(m, columns.get(m.start), kinds, lead) for m in inside)
    return Frame(
        start=start, end=end, text=text, block=number, is_row=block.kind == "row",
        is_item=block.kind == "item",
        mentions=inside, lead=lead, earlier=earlier, headers=columns, above=above,
        topics=_moved(topic_cues, said, start), kinds=kinds,
        whens=_moved(when_cues, text, start), roles=_moved(role_cues, text, start),
    )  # fmt: skip


def _is_clock(mention: NumberMention) -> bool:
    """``6.35``: as likely a time of day as an amount."""
    return mention.value < _HOURS and "," not in mention.text and mention.value % 1 < _SIXTY


def _as_money(
    mention: AnyMention, column: Header | None, kinds: tuple[Cue, ...], lead: Header
) -> AnyMention:
    """A number with cents among words of bills and payments is an amount without its sign."""
    if not isinstance(mention, NumberMention) or mention.places != _CENTS or mention.spelled:
        return mention
    if (column is not None and not column.kinds) or _is_clock(mention):
        return mention
    if not (column or kinds or lead.kinds):
        return mention
    return MoneyMention(
        start=mention.start, end=mention.end, text=mention.text, amount=mention.value,
        currency="", places=_CENTS, approx=mention.approx,
    )  # fmt: skip


def _moved(find: Callable[[str], tuple[Cue, ...]], text: str, by: int) -> tuple[Cue, ...]:
    return tuple(Cue(c.start + by, c.end + by, c.says) for c in find(text))
