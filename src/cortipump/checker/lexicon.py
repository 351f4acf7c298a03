"""Finds the words by which a sentence says what it is about (`knowledge.cues`)."""

from collections.abc import Iterable, Iterator, Mapping
from re import Pattern

from msgspec import Struct

from cortipump.knowledge.cues import cue_patterns


class Cue(Struct, frozen=True):
    """A word that says something, and where; offsets in the text that was looked at."""

    start: int
    end: int
    says: str


def _found(patterns: Mapping[str, Pattern[str]], text: str) -> Iterator[Cue]:
    for says, pattern in patterns.items():
        for match in pattern.finditer(text):
            yield Cue(match.start(), match.end(), says)


def _longest(cues: Iterable[Cue], *, alone: bool = False) -> tuple[Cue, ...]:
    """Cues in order, without those that lie inside a longer one; ``alone``: one at a place."""
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.start, c.start - c.end)):
        if not kept or cue.end > kept[-1].end or (cue.start == kept[-1].start and not alone):
            kept.append(cue)
    return tuple(kept)


def topic_cues(text: str) -> tuple[Cue, ...]:
    """What the words are about, in order: kinds of events and records."""
    return _longest(_found(cue_patterns().topic, text))


def kind_cues(text: str) -> tuple[Cue, ...]:
    """Kinds of amounts, in order; ``I paid`` is the member's share, ``the plan paid`` is not."""
    return _longest(_found(cue_patterns().kind, text), alone=True)


def when_cues(text: str) -> tuple[Cue, ...]:
    """Times and contexts, in order: before, after, a deadline, a study, the plan's own text."""
    return tuple(sorted(_found(cue_patterns().when, text), key=lambda c: c.start))


def role_cues(text: str) -> tuple[Cue, ...]:
    """What a figure is in its sentence, in order: a total, a difference, an average."""
    return tuple(sorted(_found(cue_patterns().role, text), key=lambda c: c.start))
