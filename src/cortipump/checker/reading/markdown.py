"""Markdown: its marks become blanks of the same length, so that columns stay the file's."""

import re
from typing import Final

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.blocks import line_blocks
from cortipump.checker.reading.plain import lines_of
from cortipump.checker.reading.shapes import is_title
from cortipump.checker.reading.sheet import Sheet
from cortipump.checker.reading.zones import finished

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE: Final = re.compile(r"\s{0,3}(?:```|~~~)")
_FRONT: Final = re.compile(r"\A---\n(?:[\w-]+:.*\n|\s+.*\n)*?---(?=\n|\Z)")
_HEADING: Final = re.compile(r"\s{0,3}(?P<mark>#{1,6})(?=\s|$)")
_CLOSED: Final = re.compile(r"\s#+\s*$")
_BOLD_LINE: Final = re.compile(r"\s*(?:\*\*|__)(?P<words>[^*_]+)(?:\*\*|__):?\s*$")
_DEFINITION: Final = re.compile(r"\s{0,3}\[[^\]]+\]:\s+\S.*$")
_OWN_WORDS: Final = re.compile(r">\s*\*\*(?:Disclosure|Caution|Emergency): ")
_FIGURE: Final = re.compile(r"\*\*Figure \d+\.\*\*")

_ESCAPE: Final = re.compile(r"\\(?=[!-/:-@\[-`{}~])(?!\|)")
_LINK: Final = re.compile(r"(?<!\\)(!?\[)((?:[^\[\]\\]|\\.)*)(\]\([^()\s]*(?:\s+\"[^\"]*\")?\))")
_TAG: Final = re.compile(r"(?<!\\)</?[a-zA-Z][^<>]*>")
_EMPHASIS: Final = re.compile(
    r"(?<!\\)(?:\*{1,3}|~~|`+)|(?<![\w\\])_{1,3}(?=\w)|(?<=[\w.,!?)])_{1,3}(?!\w)"
)
_ENTITY: Final = {
    "&nbsp;": " ",
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
}
_LIST_STAR: Final = re.compile(r"\s*(?:>\s*)*\*(?=\s)")


def read_markdown(data: bytes) -> LetterText:
    """Read a letter from Markdown."""
    lines, opens = lines_of(data)
    text = "\n".join(lines)
    for pattern in (_FRONT, _COMMENT):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    lines = text.split("\n")
    _take_own_words(lines)
    headings = _take_headings(lines)
    ends = {n for n, line in enumerate(lines) if line.endswith("  ") and line.strip()}
    sheet = Sheet([_unmarked(line) for line in lines], opens=opens)
    shaped = line_blocks(sheet, headings=headings, ends=ends, quotes_are_marked=True)
    return finished(sheet, shaped)


def _take_headings(lines: list[str]) -> frozenset[int]:
    """Blank the signs of headings and fences; tell which lines are headings."""
    headings = set()
    fenced = False
    for n, line in enumerate(lines):
        if _FENCE.match(line) or _DEFINITION.match(line):
            fenced ^= bool(_FENCE.match(line))
            lines[n] = " " * len(line)
            continue
        found = None if fenced else _HEADING.match(line)
        bold = None if fenced else _BOLD_LINE.match(line)
        if found:
            rest = _CLOSED.sub(lambda mark: " " * len(mark[0]), line[found.end() :])
            lines[n] = " " * found.end() + rest
            headings.add(n)
        elif bold and is_title(bold["words"]):
            headings.add(n)
    return frozenset(headings)


def _take_own_words(lines: list[str]) -> None:
    """Our own remarks and descriptions of figures stand behind ``>`` and quote nobody."""
    own, above = False, ""
    for n, line in enumerate(lines):
        if line.startswith(">"):
            own = own or bool(_OWN_WORDS.match(line)) or bool(_FIGURE.match(above))
            lines[n] = " " + line[1:] if own else line
        else:
            own = False
        above = line if line.strip() else above


def _unmarked(line: str) -> str:
    """A line whose inline marks are blanks."""
    star = _LIST_STAR.match(line)
    head = line[: star.end()] if star else ""
    rest = line[len(head) :]
    rest = _LINK.sub(lambda found: " " * len(found[1]) + found[2] + " " * len(found[3]), rest)
    rest = _TAG.sub(lambda found: " " * len(found[0]), rest)
    if not re.fullmatch(r"\s*(?:[*_~]\s*){3,}", rest):
        rest = _EMPHASIS.sub(lambda found: " " * len(found[0]), rest)
    for entity, sign in _ENTITY.items():
        rest = rest.replace(entity, sign.ljust(len(entity)))
    return head + _ESCAPE.sub(" ", rest)
