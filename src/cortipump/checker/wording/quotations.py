"""Where a block speaks in somebody else's words: quotation marks of every kind."""

import re
from typing import Final

_QUOTED: Final = re.compile(
    r"“[^“”]*(?:”|$)|„[^„“”]*[“”]|«[^«»]*»"
    # Straight marks; one after a figure is an inch.
    r'|(?<![\d"])"(?=\S)[^"]*"'
    # Single marks open after a blank, and close before anything but a letter.
    r"|(?<!\w)‘\S[^‘]*?’(?!\w)"
    r"|(?<![\w'])'(?=\w)[^']*(?:(?<=\w)'\w[^']*)*'(?!\w)"
)


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of what stands in quotation marks between ``start`` and ``end``, marks included."""
    return [match.span() for match in _QUOTED.finditer(text, start, end)]
