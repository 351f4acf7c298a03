"""Plain text: bytes to lines, whatever machine they were typed on."""

import re
from typing import Final

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.blocks import line_blocks
from cortipump.checker.reading.sheet import Sheet, seen
from cortipump.checker.reading.zones import finished
from cortipump.errors import LetterUnreadable

_LINE_ENDS: Final = re.compile("\r\n|[\r\n\v\x85\u2028\u2029]")
_SAMPLE: Final = 4096
_ODD: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_ODD_SHARE: Final = 0.02


def decoded(data: bytes) -> str:
    """Text of a file by its byte order mark, else UTF-8, else Windows-1252.

    Raises
    ------
    LetterUnreadable
        I003 if the bytes are no text.
    """
    words = _words(data)
    sample = words[:_SAMPLE]
    if len(_ODD.findall(sample)) > _ODD_SHARE * max(len(sample), 1):
        raise LetterUnreadable(
            "these bytes are no text in any encoding that is read here",
            do="save the letter as .docx, .pdf or plain text (UTF-8)",
        )
    return words


def _words(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    pairs = data[:_SAMPLE]
    for encoding, empty in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[::2])):
        if len(empty) > 1 and empty.count(0) > len(empty) * 0.7:
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def lines_of(data: bytes) -> tuple[list[str], list[int]]:
    """Lines as seen, and those that start a page after a form feed."""
    raw = _LINE_ENDS.split(decoded(data))
    if len(raw) > 1 and not raw[-1]:
        raw.pop()
    opens = [
        n if line.lstrip(" \t").startswith("\f") else n + 1
        for n, line in enumerate(raw)
        if "\f" in line
    ]
    return [seen(line.replace("\f", " ")) for line in raw], opens


def read_plain(data: bytes) -> LetterText:
    """Read a letter from plain text."""
    lines, opens = lines_of(data)
    sheet = Sheet(lines, opens=opens)
    return finished(sheet, line_blocks(sheet))
