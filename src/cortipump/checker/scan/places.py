"""Where figures and words stand, found once for a letter: patterns are tried only there.

A pattern that is tried at every character of a long letter costs more than all that it finds.
"""

import re
from collections.abc import Iterator
from typing import Final

RUN_LETTERS: Final = ".\\d\u00bd\u00bc\u00be"
_WORD: Final = re.compile(r"[a-z]+")


def run_starts(code: str, spelled: str) -> tuple[int, ...]:
    """Every place at which a number can begin: the run of figures, and behind its full stops."""
    return tuple(
        at for run in re.finditer(rf"[{RUN_LETTERS}{spelled}]+", code) for at in starts_of(run)
    )


def starts_of(run: re.Match[str]) -> tuple[int, ...]:
    """Of one run."""
    behind = len(run.group().lstrip("."))
    if not behind:
        return ()
    start = run.end() - behind
    return (start,) if start == run.start() else (run.start(), start)


def word_places(plain: str) -> dict[str, list[int]]:
    """The places of every word, in small letters."""
    places: dict[str, list[int]] = {}
    for word in _WORD.finditer(plain.lower()):
        places.setdefault(word.group(), []).append(word.start())
    return places


def at_places(
    pattern: re.Pattern[str], text: str, starts: tuple[int, ...]
) -> Iterator[re.Match[str]]:
    """What ``finditer`` gives for a pattern that can begin at these places only."""
    end = 0
    match_at = pattern.match
    for start in starts:
        if start >= end and (match := match_at(text, start)) is not None:
            end = match.end()
            yield match


def at_words(
    pattern: re.Pattern[str], text: str, places: dict[str, list[int]], words: frozenset[str]
) -> Iterator[re.Match[str]]:
    """What ``finditer`` gives for a pattern that begins with one of these words."""
    starts = sorted(at for word in words for at in places.get(word, ()))
    return at_places(pattern, text, tuple(starts))


def near_words(
    pattern: re.Pattern[str], text: str, places: dict[str, list[int]], words: frozenset[str]
) -> Iterator[re.Match[str]]:
    """What ``finditer`` gives for a pattern of which every match holds one of these words.

    And is no longer than `_REACH` to either side of it.
    """
    for from_, until in _windows(places, words):
        yield from pattern.finditer(text, from_, until)


def first_words(alternatives: str) -> frozenset[str]:
    r"""The first word of each of several patterns that are words: ``exh?\\.`` is ex and exh."""
    found: set[str] = set()
    for each in alternatives.lower().split("|"):
        forms = [""]
        for letter in re.finditer(r"(?:([a-z])|\[([a-z]+)\])(\?)?|[^a-z\[]", each.strip()):
            if letter.group(1) is None and letter.group(2) is None:
                break
            longer = [form + one for form in forms for one in letter.group(1) or letter.group(2)]
            forms = longer + (forms if letter.group(3) else [])
        found.update(form for form in forms if form)
    return frozenset(found)


_REACH: Final = 100


def _windows(places: dict[str, list[int]], words: frozenset[str]) -> Iterator[tuple[int, int]]:
    from_ = until = 0
    for at in sorted(at for word in words for at in places.get(word, ())):
        if at - _REACH > until:
            if until:
                yield from_, until
            from_ = at - _REACH
        until = at + _REACH
    if until:
        yield max(0, from_), until
