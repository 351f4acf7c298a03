"""Finds the phrases of a letter that weaken it, and says what could stand there instead.

Knows no words of its own: they are data (`knowledge/data/wording.toml`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.letter import Block, BlockKind, LetterText
from cortipump.checker.sentences import sentences
from cortipump.checker.wording.compiled import (
    Edge,
    Search,
    candidates,
    lists_of_sources,
    plan_columns,
    search,
)
from cortipump.checker.wording.normal import Normal, normal
from cortipump.checker.wording.quotations import quotations
from cortipump.checker.wording.voice import is_by_clinician, is_of_another
from cortipump.knowledge.letters import LetterKind
from cortipump.knowledge.phrases import Phrase

Span = tuple[int, int]
Pattern = re.Pattern[str]
Match = tuple[Search, int, int]
# A heading rules all below it, a line that reads "Enclosures:" only a list.
_UNDER_A_HEADING: Final[frozenset[BlockKind]] = frozenset({"paragraph", "item", "row"})
_UNDER_A_LINE: Final[frozenset[BlockKind]] = frozenset({"item"})
_LONGEST_SOURCE: Final = 400
# Longer ones, without a full stop, are cut: what a pattern may reach over grows with their square.
_LONGEST_SENTENCE: Final = 5_000
# Prose below a list of sources; what is listed starts with a name or a title.
_PROSE: Final = re.compile(r"(?:This|These|Those|Both|They|It|I|We|She|He|My|Her|His|Our)\b\D*$")
_OWN_FEAR: Final = "own-fear"
_NO_FIGURES: Final[Mapping[str, str]] = MappingProxyType({})
_FIGURE: Final = re.compile(r"\{([a-z_]+)\}")
_NEIGHBOUR: Final = re.compile(r"[A-Z][a-z]|Dr|Mr|Ms")


def wording_findings(
    letter: LetterText,
    exempt: Sequence[Span] = (),
    figures: Mapping[str, str] = _NO_FIGURES,
    kind: LetterKind | None = None,
) -> list[Finding]:
    """What the letter says that a reviewer will hold against it, in the order of the text.

    Parameters
    ----------
    letter
        Only what stands before ``letter.enclosed`` is looked at.
    exempt
        Offsets of words that are somebody else's, such as a quoted clause or a citation.
    figures
        The person's own figures by name, such as ``emergency_visits``; they fill suggestions.
    kind
        What the letter is; some words weaken only letters of some kinds. None: all words count.
    """
    found: list[Finding] = []
    is_reported = is_by_clinician(letter)
    for block in _own_blocks(letter):
        not_own = [*exempt, *quotations(letter.text, block.start, block.end)]
        for start, end in _stretches(letter, block):
            words = normal(letter.text, start, end)
            for one, left, right in _matches(words, exempt, not_own):
                if one.phrase.kinds and kind is not None and kind not in one.phrase.kinds:
                    continue
                is_fear = one.phrase.id == _OWN_FEAR
                if is_fear and is_reported and is_of_another(words.text, left, right):
                    continue
                found.append(_finding(letter, one.phrase, words.span(left, right), figures))
    return found


def _own_blocks(letter: LetterText) -> Iterator[Block]:
    """Blocks in the writer's words: no address, no quotation set apart, no list of sources."""
    until = len(letter.text) if letter.enclosed is None else letter.enclosed
    listed: frozenset[BlockKind] = frozenset()
    for block in letter.blocks:
        if block.start >= until:
            return
        if lists_of_sources().match(letter.text, block.start, block.end):
            listed = _UNDER_A_HEADING if block.kind == "heading" else _UNDER_A_LINE
            yield from _prose(letter, block)
            continue
        if block.kind == "heading" or block.end - block.start > _LONGEST_SOURCE:
            listed = frozenset()
        if block.kind not in listed and block.kind not in {"quote", "address"}:
            yield block


def _prose(letter: LetterText, block: Block) -> list[Block]:
    """The last sentences of a paragraph of sources, where they say something of them."""
    kept = []
    for start, end in reversed(sentences(letter, block) if block.kind == "paragraph" else []):
        if not _PROSE.match(letter.text[start:end]):
            break
        kept.append(Block("paragraph", start, end))
    return kept[::-1]


def _stretches(letter: LetterText, block: Block) -> Iterator[Span]:
    """Sentences, or the cells of a row that hold no words of the plan; long ones in pieces."""
    if block.cells:
        spans = [
            (cell.start, cell.end) for cell in block.cells if not plan_columns().search(cell.header)
        ]
    else:
        spans = sentences(letter, block)
    for start, end in spans:
        yield from _pieces(letter.text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A stretch, cut at white space where it is too long."""
    while end - start > _LONGEST_SENTENCE:
        latest = start + _LONGEST_SENTENCE
        blank = max(text.rfind(" ", start, latest), text.rfind("\n", start, latest))
        cut = blank if blank > start else latest
        yield start, cut
        start = cut
    yield start, end


def _matches(words: Normal, exempt: Sequence[Span], not_own: Sequence[Span]) -> list[Match]:
    """Findings of one sentence: of a rule, the longer of two that overlap."""
    hits = [
        hit
        for place, patterns in candidates().of(words.text).items()
        for hit in _hits(search(place), patterns, words)
        if not _within(words.span(hit[1], hit[2]), exempt if hit[0].phrase.quoted else not_own)
    ]
    hits.sort(key=lambda hit: (hit[0].phrase.once, hit[1] - hit[2], hit[1]))
    kept: list[Match] = []
    for hit in hits:
        same = [one for one in kept if one[0].phrase.rule == hit[0].phrase.rule]
        if hit[0].phrase.once and same:
            continue
        if not any(one[1] < hit[2] and hit[1] < one[2] for one in same):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[1:])


def _hits(searched: Search, patterns: Sequence[Pattern], words: Normal) -> Iterator[Match]:
    """Where the phrase stands and nothing around it makes it fine."""
    text = words.cased if searched.phrase.cased else words.text
    if searched.inside and not searched.inside.search(words.text):
        return
    spans = [span for pattern in patterns for span in _spans(pattern, text)]
    if not spans or any(pattern.search(words.text) for pattern in searched.unless):
        return
    for start, end in spans:
        if end > start and not _is_fine(searched, words, start, end):
            yield searched, start, end


def _spans(pattern: Pattern, text: str) -> Iterator[Span]:
    group = "at" if "at" in pattern.groupindex else 0
    return (match.span(group) for match in pattern.finditer(text))


def _is_fine(searched: Search, words: Normal, start: int, end: int) -> bool:
    text = words.text
    return (
        any(pattern.search(text, 0, start) for pattern in searched.unless_before)
        or any(pattern.match(text, end) for pattern in searched.unless_after)
        or any(_edged(edge, text, start, end) for edge in searched.edges)
        or _is_name(words.cased, start, end)
    )


def _edged(edge: Edge, text: str, start: int, end: int) -> bool:
    """Whether the context stands beside the words and reaches them."""
    for pattern in edge.before:
        for match in pattern.finditer(text, 0, start):
            if edge.until is None or not edge.until.search(text, match.end(), start):
                return True
    return any(pattern.search(text, end) for pattern in edge.after)


def _is_name(cased: str, start: int, end: int) -> bool:
    """Whether a single word is part of a name: capital letters in mid-sentence beside another."""
    word = cased[start:end]
    if " " in word or not word[:1].isupper() or word.isupper():
        return False
    before = cased[:start].split()[-1:]
    after = cased[end:].split()[:1]
    return any(_NEIGHBOUR.match(neighbour) for neighbour in [*before, *after])


def _within(span: Span, spans: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _finding(letter: LetterText, phrase: Phrase, span: Span, figures: Mapping[str, str]) -> Finding:
    start, end = span
    return Finding(
        start=start,
        end=end,
        rule=phrase.rule,
        detail=phrase.detail,
        text=letter.text[start:end],
        message=phrase.reason,
        suggestion=_suggestion(phrase, figures),
    )


def _suggestion(phrase: Phrase, figures: Mapping[str, str]) -> str:
    """The rewording with the person's figures where all are known, the plain one otherwise."""
    filled = phrase.rewording_with_figures
    names = _FIGURE.findall(filled)
    if names and all(figures.get(name) for name in names):
        return _FIGURE.sub(lambda match: figures[match[1]], filled)
    return phrase.rewording
