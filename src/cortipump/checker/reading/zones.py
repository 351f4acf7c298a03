"""What only the whole letter tells: its addresses, the captions of its tables, where it ends."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.reading.shapes import (
    ADDRESS_LABEL,
    CAPTION,
    CLOSING,
    DATE,
    EXHIBIT,
    SALUTATION,
    ends_sentence,
    has_zip,
    is_addressed,
    is_label,
    is_short,
    is_subject,
    names_member,
)
from cortipump.checker.reading.sheet import Sheet

_HEAD_LINES: Final = 60
_PROSE: Final = 120
_CAPTION_MOST: Final = 240
_HASH: Final = re.compile(r"SHA-256:?\s+[0-9a-f]{16}")
_OWN_EXHIBIT: Final = re.compile(r"\s*Exhibit \d+\. \S")
_POSTED_MOST: Final = 9
_NEAR: Final = 500
_LAST_SENTENCE: Final = re.compile(r"(?:^|[.!?]\s+)([^.!?]*:)\s*$", re.DOTALL)


def finished(sheet: Sheet, blocks: Sequence[Block]) -> LetterText:
    """The letter, its addresses and captions told apart."""
    captioned = with_captions(sheet.text(), blocks)
    addressed = with_addresses(sheet, captioned)
    enclosed = enclosed_from(sheet, captioned)
    _take_tabs(sheet, addressed)
    return sheet.letter(addressed, enclosed)


def _take_tabs(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Tabs divide cells and nothing else."""
    rows = {
        line
        for block in blocks
        if block.kind == "row"
        for line in range(sheet.line_of(block.start), sheet.line_of(block.end - 1) + 1)
    }
    for n, words in enumerate(sheet.lines):
        if n not in rows and "\t" in words:
            sheet.lines[n] = words.replace("\t", " ")


def with_captions(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Give every row the caption of its table and the heading above it."""
    found: list[Block] = []
    heading, caption, table = "", "", 0
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            heading = _flat(text, block)
        if block.kind == "row" and block.table != table:
            table = block.table
            above = blocks[n - 1] if n else None
            words = _caption(text, above) if above and above.kind != "row" else ""
            caption = "; ".join(dict.fromkeys(part for part in (words, heading) if part))
        found.append(replace(block, caption=caption) if block.kind == "row" else block)
    return found


def _flat(text: str, block: Block) -> str:
    return " ".join(re.sub(r"[*_`]{2,}", " ", text[block.start : block.end]).split())


def _caption(text: str, above: Block) -> str:
    """The words over a table: a caption, or the sentence that leads to it with a colon."""
    if above.kind == "heading" or SALUTATION.match(text[above.start : above.end]):
        return ""
    words = _flat(text, above)
    if CAPTION.match(words) and len(words) <= _CAPTION_MOST:
        return words
    lead = _LAST_SENTENCE.search(words)
    if lead:
        return lead[1].strip()
    short = len(words) <= _PROSE and not words.endswith((".", "!", "?", ","))
    return words if short and above.kind in {"paragraph", "item"} else ""


def with_addresses(sheet: Sheet, blocks: Sequence[Block]) -> list[Block]:
    """Mark letterhead, addressee and the lines of contact under a signature."""
    text = sheet.text()
    words = [text[block.start : block.end] for block in blocks]
    head = _head_end(sheet, blocks, words)
    closing = _closing(blocks, words)
    after = len(blocks) if closing is None else closing
    found = list(blocks)
    for first, until in _groups(sheet, blocks, words):
        own = range(first, until)
        hinted = any(map(_is_contact, (words[n] for n in own)))
        n_lines = sum(words[n].count("\n") + 1 for n in own)
        posted = 1 < n_lines <= _POSTED_MOST and any(has_zip(words[n]) for n in own)
        for n in own:
            signed = n > after
            whole = (n < head and hinted) or posted
            if (whole or signed) and _is_part(blocks[n], words[n], whole and not signed):
                found[n] = replace(blocks[n], kind="address", cells=(), table=0, caption="")
    return found


def _is_contact(words: str) -> bool:
    return any(is_addressed(line) for line in words.split("\n"))


def _is_part(block: Block, words: str, whole: bool) -> bool:
    """Whether a short block is a line of an address; ``whole``: all of its group is one."""
    if DATE.search(words) or is_subject(words) or SALUTATION.match(words) or CLOSING.match(words):
        return False
    label, tab, _ = words.partition("\t")
    if (is_label(words) or (tab and names_member(label))) and not ADDRESS_LABEL.match(words):
        return False
    return (whole and block.kind != "heading") or _is_contact(words)


def _head_end(sheet: Sheet, blocks: Sequence[Block], words: Sequence[str]) -> int:
    """The first block after the head of the letter: its salutation, or its first prose."""
    for n, block in enumerate(blocks):
        if sheet.line_of(block.start) > _HEAD_LINES:
            return n
        if SALUTATION.match(words[n]):
            return n
        prose = len(words[n]) > _PROSE or ends_sentence(words[n])
        if prose and block.kind in {"paragraph", "quote", "item"} and not is_subject(words[n]):
            return n
    return len(blocks)


def _closing(blocks: Sequence[Block], words: Sequence[str]) -> int | None:
    """The block of the last closing formula."""
    last = None
    for n, block in enumerate(blocks):
        if block.kind in {"paragraph", "heading"} and CLOSING.match(words[n]):
            last = n
    return last


def _groups(
    sheet: Sheet, blocks: Sequence[Block], words: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Runs of short blocks with no blank line between them."""
    first = 0
    for n in range(len(blocks) + 1):
        if n < len(blocks) and _is_brief(blocks[n], words[n]):
            if n == first or sheet.line_of(blocks[n].start) == 1 + sheet.line_of(
                blocks[n - 1].end - 1
            ):
                continue
            yield first, n
            first = n
            continue
        if n > first:
            yield first, n
        first = n + 1


def _is_brief(block: Block, words: str) -> bool:
    kinds = {"paragraph", "heading", "row", "address"}
    return block.kind in kinds and (
        all(map(is_short, words.split("\n"))) or (len(words) <= _PROSE and _is_contact(words))
    )


def enclosed_from(sheet: Sheet, blocks: Sequence[Block]) -> int | None:
    """Where reprinted records begin: our own exhibits, or exhibits after the closing."""
    text = sheet.text()
    for block in blocks:
        words = text[block.start : block.end]
        if _OWN_EXHIBIT.match(words) and _HASH.search(text[block.start : block.start + _NEAR]):
            return block.start
    return _foreign_exhibit(sheet, blocks, text)


def _foreign_exhibit(sheet: Sheet, blocks: Sequence[Block], text: str) -> int | None:
    words = [text[block.start : block.end] for block in blocks]
    closing = _closing(blocks, words)
    if closing is None:
        return None
    for n in range(closing + 1, len(blocks)):
        if not EXHIBIT.match(words[n]) or len(words[n]) > _PROSE:
            continue
        line = sheet.line_of(blocks[n].start)
        opens = line in sheet.opens or blocks[n].kind == "heading"
        follows = n + 1 < len(blocks) and not EXHIBIT.match(words[n + 1])
        if opens and follows:
            return blocks[n].start
    return None
