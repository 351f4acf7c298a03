"""A letter as sentences with their part in it: title, address, body, quotation."""

import re
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.sentences import sentences
from cortipump.knowledge.letters import letters, pattern

Part = Literal["title", "head", "body", "quote"]

# One character for one, so that offsets stay: printers' quotes, dashes, blanks, marks of emphasis.
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\t", " "),
        "*": " ",
        "|": " ",
    }
)
# Blanks that a template leaves to be filled in.
_PLACEHOLDER: Final = re.compile(
    r"[\[<{]+(?!Ex\.)[^\]>}\n]{0,60}?\b(?:names?|numbers?|no\.|#|dates?|insert|your|id|reason|item"
    r"|patient|member|doctor|plan|signature|address|phone)\b[^\]>}\n]{0,60}[\]>}]+|\b[Xx]{3,}\b",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"\s*[A-Z][\w' /#.()-]{1,34}:(?:\s|$)")
_NEXT_LABEL: Final = re.compile(r"\n(?=\s*[A-Z][\w' /#.()-]{1,34}:\s)")
_SUBJECT: Final = re.compile(
    r"\s*(?:re|ref|subject|regarding|concerning|betreff|in re|rf|matter)\b\s*[:.\-]", re.IGNORECASE
)
_GREETING: Final = re.compile(
    r"\s*(?:dear\b|hi\b|hello\b|good (?:morning|afternoon|day)\b|to whom\b|to the\b.{0,50}[:,]\s*$"
    r"|attention\b|attn\b|to:|greetings\b|gentlemen\b|ladies and\b|esteemed\b)",
    re.IGNORECASE,
)
_DEAR: Final = re.compile(
    r"\s*(?:dear|to (?:the|whom)|honou?red|ladies|gentlemen)\b", re.IGNORECASE
)
_LINE: Final = re.compile(r"\n")
_QUOTED: Final = re.compile(r'"[^"]{2,900}"')
_LONG, _FEW = 60, 5
_TITLE_MOST, _TITLE_LINES, _END_LINES, _OPENING_LINES = 110, 45, 14, 8


class Unit(Struct, frozen=True):
    """One sentence, row, heading or line of an address.

    Attributes
    ----------
    text
        Its words with plain signs; of a row also the headings of its cells and its caption.
    own
        As before, without quotations and without what is said to be the plan's view.
    """

    start: int
    end: int
    part: Part
    text: str
    own: str
    is_row: bool = False


class Words(Struct, frozen=True):
    """A letter ready to be searched, without its reprinted records."""

    text: str
    units: tuple[Unit, ...]
    lines: tuple[str, ...]
    end: str
    has_form: bool

    def body(self) -> list[Unit]:
        """The sentences of the letter proper."""
        return [unit for unit in self.units if unit.part == "body"]


def words_of(letter: LetterText) -> Words:
    """Take a letter apart."""
    until = len(letter.text) if letter.enclosed is None else letter.enclosed
    plain = letter.text[:until].translate(_PLAIN)
    plain = _PLACEHOLDER.sub(lambda match: " " * len(match[0]), plain)
    greeting = _greeting(letter, plain)
    spans = [
        (block, span)
        for block in letter.blocks
        if block.start < until
        for span in _spans(letter, block, plain, by_line=block.start < greeting)
    ]
    first = _first_of_body(plain, spans)
    texts = (plain, _own_quotes(plain, letter))
    units = tuple(
        _unit(letter, texts, block, span, is_body=place >= first)
        for place, (block, span) in enumerate(spans)
    )
    lines = tuple(line.strip() for line in plain.split("\n") if line.strip())
    return Words(plain, units, lines, "\n".join(lines[-_END_LINES:]), _has_form(plain, units))


def opening(words: Words) -> tuple[str, ...]:
    """The first lines, each for itself."""
    return words.lines[:_OPENING_LINES]


def _greeting(letter: LetterText, plain: str) -> int:
    """Offset of the greeting that ends the head. 0: there is none."""
    for line in plain.split("\n")[:_TITLE_LINES]:
        if _DEAR.match(line):
            return plain.index(line)
    return 0


def _spans(letter: LetterText, block: Block, plain: str, *, by_line: bool) -> list[tuple[int, int]]:
    """Sentences of a block; a line of the head, or one that starts with a label, is one."""
    found = []
    between = _LINE if by_line and block.kind != "row" else _NEXT_LABEL
    for start, end in sentences(letter, block):
        cuts = [start + match.start() for match in between.finditer(plain[start:end])]
        edges = [start, *cuts, end]
        found += list(pairwise(edges))
    return [_trimmed(plain, *span) for span in found if plain[slice(*span)].strip()]


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    words = plain[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _first_of_body(plain: str, spans: list[tuple[Block, tuple[int, int]]]) -> int:
    """Place of the first sentence that is neither address nor title, greeting nor label."""
    for place, (block, (start, end)) in enumerate(spans):
        text = plain[start:end].strip()
        if block.kind in {"address", "heading"} or _SUBJECT.match(text) or _GREETING.match(text):
            continue
        if block.kind == "item":
            return place
        if block.kind == "row" or _LABEL.match(text):
            continue
        ends = text[-1] in ".?!;:" and len(text.split()) >= _FEW
        if len(text) >= _LONG or ends:
            return place
    return len(spans)


def _unit(
    letter: LetterText,
    texts: tuple[str, str],
    block: Block,
    span: tuple[int, int],
    *,
    is_body: bool,
) -> Unit:
    start, end = span
    # A blank for a line's end, so that patterns reach over it.
    text, own = (whole[start:end].replace("\n", " ") for whole in texts)
    if block.kind == "row":
        heads = [cell.header for cell in block.cells if cell.header]
        beside = " ; ".join(["", *heads, block.caption]).translate(_PLAIN)
        text, own = text + beside, own + beside
    part = _part(letter, block, start, text, is_body=is_body)
    own = "" if part == "quote" else _without_plan(own)
    return Unit(start, end, part, text, own, block.kind == "row")


def _part(letter: LetterText, block: Block, start: int, text: str, *, is_body: bool) -> Part:
    if block.kind == "quote":
        return "quote"
    if _SUBJECT.match(text) and letter.place(start).line <= _TITLE_LINES:
        return "title"
    if is_body:
        return "body" if block.kind not in {"heading", "address"} else "head"
    is_short = len(text) <= _TITLE_MOST and not _GREETING.match(text)
    if is_short and (block.kind == "heading" or pattern(letters().title_line).search(text)):
        return "title"
    return "head"


def _own_quotes(plain: str, letter: LetterText) -> str:
    """The letter without quotations of several words, which never run over a paragraph's end."""
    found = list(plain)
    for block in letter.blocks:
        for quoted in _QUOTED.finditer(plain, block.start, min(block.end, len(plain))):
            if len(quoted[0].split()) >= _FEW - 1:
                found[quoted.start() : quoted.end()] = " " * len(quoted[0])
    return "".join(found)


def _without_plan(text: str) -> str:
    """The words without what is said to be the plan's view."""
    said = pattern(letters().says).search(text)
    while said:
        until = pattern(letters().says_until).search(text, said.end())
        stop = until.start() if until else len(text)
        text = text[: said.start()] + " " * (stop - said.start()) + text[stop:]
        said = pattern(letters().says).search(text, stop)
    return text


def _has_form(plain: str, units: tuple[Unit, ...]) -> bool:
    """Whether it is a letter, not a few sentences out of one."""
    greets = any(_GREETING.match(line) for line in plain.split("\n"))
    return greets or any(unit.part in {"title", "head"} for unit in units) or len(plain) > 6 * _LONG
