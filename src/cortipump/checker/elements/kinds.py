"""What kind of letter it is, by what it does: its subject, addressee, request and voice."""

from collections import Counter
from typing import Final

from cortipump.checker.elements.search import is_found
from cortipump.checker.elements.words import Words, words_of
from cortipump.checker.letter import LetterText
from cortipump.knowledge.letters import LetterKind, letters

_LEAST: Final = 5


def kind_of(letter: LetterText) -> LetterKind:
    """The kind of a letter; ``other`` where nothing says it clearly."""
    return kind_of_words(words_of(letter))


def kind_of_words(words: Words) -> LetterKind:
    """As `kind_of`, for a letter already taken apart."""
    weights: Counter[LetterKind] = Counter()
    strong: set[LetterKind] = set()
    for sign in letters().sign:
        if is_found(words, sign.ways):
            weights[sign.kind] += sign.weight
            if sign.strong:
                strong.add(sign.kind)
    sure = [kind for kind in weights if kind in strong and weights[kind] >= _LEAST]
    return max(sure, key=lambda kind: weights[kind], default="other")
