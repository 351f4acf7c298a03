"""Whose letter it is: a patient's fear in a clinician's words is a finding, not a plea."""

import re
from functools import cache
from typing import Final

from cortipump.checker.letter import LetterText
from cortipump.checker.wording.normal import normal
from cortipump.knowledge.phrases import phrases

# Characters at either end of a letter in which a letterhead and a signature stand.
_EDGE: Final = 700


def is_by_clinician(letter: LetterText) -> bool:
    """Whether a clinician signs it, about a patient."""
    end = len(letter.text) if letter.enclosed is None else letter.enclosed
    words = normal(letter.text, 0, end).text
    edges = f"{words[:_EDGE]} {words[-_EDGE:]}"
    return (
        _word("by-clinician").search(edges) is not None
        and _word("of-patient").search(words) is not None
        and _word("own-doctor").search(words) is None
    )


def is_of_another(text: str, start: int, end: int) -> bool:
    """Whether the nearest person named before the words, or in their first word, is a third."""
    until = start + len(text[start:end].split(" ", 1)[0])
    return _last(_word("third-person"), text[:until]) > _last(_word("first-person"), text[:until])


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{phrases().words[name]})(?!\w)")
