"""A stretch of a letter as patterns read it: single blanks, plain marks, and the way back."""

import re
from typing import Final

from msgspec import Struct

_MARKS: Final = str.maketrans(
    {
        # The typographic apostrophe, so that patterns can stand in TOML's straight quotation marks.
        **dict.fromkeys("'’‘‛ʼ`´", "’"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "…": "...",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "％": "%",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff*#", ""),
    }
)
# Emphasis of Markdown stands at the edge of a word; a word broken at a line's end keeps its hyphen.
_DROPPED: Final = re.compile(r"(?<!\w)_|_(?!\w)|(?<=\w-)\n\s*(?=\w)")


class Normal(Struct, frozen=True):
    """Normalised words.

    Attributes
    ----------
    text, cased
        In lower case, and as written; both as long as ``offsets``.
    offsets
        For every character its offset in the letter.
    """

    text: str
    cased: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the letter of a run of the normalised text."""
        return self.offsets[start], self.offsets[end - 1] + 1


def normal(text: str, start: int, end: int) -> Normal:
    """The stretch of ``text`` from ``start`` to ``end``."""
    words = text[start:end]
    dropped = {place for match in _DROPPED.finditer(words) for place in range(*match.span())}
    made: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(words):
        if place in dropped:
            continue
        if character.isspace():
            written = "" if made and made[-1] == " " else " "
        else:
            written = character.translate(_MARKS)
        made.extend(written)
        offsets.extend([start + place] * len(written))
    cased = "".join(made)
    lower = "".join(low if len(low := one.lower()) == 1 else one for one in made)
    return Normal(lower, cased, tuple(offsets))
