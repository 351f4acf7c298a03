"""What the shape of a letter exempts: numbers of list points, address blocks, quotations."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from cortipump.checker.letter import Block
from cortipump.checker.mentions import AnyMention, Exempt
from cortipump.checker.scan.coded import BARRIER, MONTH_LETTER, Sheet
from cortipump.checker.scan.dates.atoms import atoms_of
from cortipump.checker.scan.exempt.web import exempt

_POINT: Final = re.compile(
    r"(?:(?<=[\n\x1e\t])|\A)[ \u00a0>]*(?P<n>"
    r"(?!(?:[0-2]\d|3[01])\.(?:0[1-9]|1[0-2])\.)(?P<k>\d{1,2})(?:\.\d{1,2}){0,3}[.):]|"
    r"\((?P<i>\d{1,2})\)|\[\d{1,2}\])(?=[ \u00a0\t])"
)
_LABEL: Final = re.compile(
    r"^[ ]*(?:re|date|dob|d\.o\.b\.|date of birth|patient|member|subject|diagnosis)\b[^:\n]{0,30}:",
    re.I,
)
_INLINE: Final = re.compile(
    r"(?<=[ \n])\((?P<k>[1-9])\)(?=[ ][A-Za-z])|(?<=[:;,][ \n])(?P<j>[1-9])\)(?=[ ][A-Za-z])"
)
_UNBROKEN: Final = re.compile(r"[^\s\x1e]{400,}+")
_MIN_QUOTED_WORDS: Final = 4
_LONGEST_QUOTE: Final = 1500
_QUOTED: Final = (
    re.compile(r"\u201c(?P<in>[^\u201c\u201d\x1e]{8,1500}?)\u201d"),
    re.compile(r"\u2018(?P<in>[^\u2018\x1e]{12,1500}?)\u2019(?!\w)"),
    re.compile(r"(?<![\w\d\"])\"(?P<in>(?=\S)[^\"\x1e]{8,1500}?(?<=\S))\"(?!\w)"),
)


def find_unbroken(sheet: Sheet) -> Iterator[Exempt]:
    """Hundreds of characters without a blank: no figure, and patterns would go over it for long."""
    for match in _UNBROKEN.finditer(sheet.code):
        yield exempt(sheet, *match.span(), "identifier")


def find_list_numbers(sheet: Sheet) -> Iterator[Exempt]:
    """The numbers in front of list points and numbered paragraphs."""
    starts = {block.start for block in sheet.blocks}
    last = 0
    matches = [*_POINT.finditer(sheet.code), *_INLINE.finditer(sheet.code)]
    taken = -1
    for match in sorted(matches, key=lambda each: each.start()):
        groups = match.groupdict()
        digits = groups["k"] or groups.get("j") or groups.get("i")
        number = int(digits) if digits else None
        follows = number is not None and number == last + 1
        if match.re is _POINT:
            is_point = _is_at_edge(sheet, match.start(), starts) or (follows and last > 0)
            span = match.span("n")
        else:
            is_point, span = follows or number == 1, match.span()
        if is_point and span[0] >= taken:
            yield exempt(sheet, *span, "list-number")
            taken = span[1]
            last = number if number is not None else last


_ENCLOSED: Final = re.compile(
    r"(?:(?<=[\n\x1e])|\A)[ ]*(?:attachments?|enclosures?|encl?s?\.?|annexe?s?|tabs?|"
    r"appendices|p\.j\.)[ ]*(?:[:.][ ]+)?(?=1\b)"
    r"[^\x1e]*",
    re.I,
)
_ENCLOSED_POINT: Final = re.compile(
    r"(?:(?<=[:;,.] )|(?<=[:.;,]\n))(?P<k>\d{1,2})[.)]?(?=[ ][A-Za-z])"
)
# ``3.2  Disclosure``: a paragraph numbered within its part.
_OUTLINE: Final = re.compile(
    r"(?:(?<=[\n\x1e])|\A)[ ]*(?P<n>(?P<part>\d{1,2})\.(?P<k>\d{1,2}))(?=[ ]+[A-Z(\"])"
)
_FEWEST: Final = 3
_COLUMN: Final = re.compile(r"(?:(?<=[\n\x1e])|\A)[ ]*(?P<n>\d{1,2})(?=[ ]{2,}[A-Z]|\t)")


def find_numbering(sheet: Sheet) -> Iterator[Exempt]:
    """``Attachments: 1 letter, 2 claims`` and the first column of a numbered table."""
    for line in _ENCLOSED.finditer(sheet.code):
        points = list(_ENCLOSED_POINT.finditer(sheet.code, line.start(), line.end()))
        yield from _in_sequence(sheet, points, "k")
    yield from _in_sequence(sheet, list(_COLUMN.finditer(sheet.code)), "n")
    outline = list(_OUTLINE.finditer(sheet.code))
    if len(outline) >= _FEWEST and _counts_on(outline):
        for match in outline:
            yield exempt(sheet, *match.span("n"), "list-number")


def _counts_on(points: list[re.Match[str]]) -> bool:
    """Whether each is the next of its part, or the first of a later one."""
    places = [(int(match["part"]), int(match["k"])) for match in points]
    return all(
        later == (one[0], one[1] + 1) or (later[0] > one[0] and later[1] == 1)
        for one, later in pairwise(places)
    )


def _in_sequence(sheet: Sheet, points: list[re.Match[str]], name: str) -> Iterator[Exempt]:
    """Those that count on from 1, where there are two at least."""
    run: list[re.Match[str]] = []
    for match in points:
        if int(match[name]) == len(run) + 1:
            run.append(match)
        elif int(match[name]) == 1:
            run = [match]
    if len(run) > 1:
        for match in run:
            yield exempt(sheet, *match.span(name), "list-number")


def _is_at_edge(sheet: Sheet, start: int, starts: set[int]) -> bool:
    """At the start of a block, or behind a finished sentence on the line before."""
    if start == 0 or start in starts or sheet.code[start - 1] in (BARRIER, "\t"):
        return True
    before = sheet.code[max(0, start - 6) : start - 1].rstrip()
    if re.search(rf"{MONTH_LETTER}\.\Z", before):
        return False
    return before.endswith((".", ":", ";", "!", "?"))


def find_address_blocks(sheet: Sheet) -> Iterator[Exempt]:
    """Every line with figures of a letterhead or addressee, but for dates and labelled lines."""
    if not any(block.kind == "address" for block in sheet.blocks):
        return
    dated = {atom.start for atom in atoms_of(sheet) if atom.parts.day and atom.parts.year}
    for block in sheet.blocks:
        if block.kind == "address":
            yield from _lines(sheet, block, dated)


def _lines(sheet: Sheet, block: Block, dated: set[int]) -> Iterator[Exempt]:
    for line in re.finditer(r"[^\n\x1e\t]+", sheet.code[block.start : block.end]):
        start, end = block.start + line.start(), block.start + line.end()
        words = line.group()
        start += len(words) - len(words.lstrip())
        is_dated = any(start <= day < end for day in dated)
        if not is_dated and not _LABEL.match(words) and re.search(r"\d", words):
            yield exempt(sheet, start, start + len(words.strip()), "address")


def without_quoted(sheet: Sheet, mentions: Iterable[AnyMention]) -> Iterator[AnyMention]:
    """The same mentions; those in somebody else's words become exempt."""
    spans = list(_quoted(sheet))
    for mention in mentions:
        inside = any(start <= mention.start and mention.end <= end for start, end in spans)
        if inside and not isinstance(mention, Exempt):
            yield exempt(sheet, mention.start, mention.end, "quotation")
        else:
            yield mention


def _quoted(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Quoted blocks, and quoted words where they are more than a name or a figure."""
    for block in sheet.blocks:
        if block.kind == "quote":
            yield block.start, block.end
    # Blanks and barriers as in the plain text, quotation marks as in the letter.
    characters = list(sheet.text)
    for barrier in re.finditer(BARRIER, sheet.plain):
        characters[barrier.start()] = BARRIER
    text = "".join(characters)
    for pattern in _QUOTED:
        for match in pattern.finditer(text):
            if len(match["in"].split()) >= _MIN_QUOTED_WORDS:
                yield match.span()
