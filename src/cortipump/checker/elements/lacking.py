"""What a letter of a kind needs and lacks."""

from cortipump.checker.elements.disclosure import evidence_findings, off_label_findings
from cortipump.checker.elements.kinds import kind_of_words
from cortipump.checker.elements.search import first_unit, is_found
from cortipump.checker.elements.signing import is_signed
from cortipump.checker.elements.words import Words, words_of
from cortipump.checker.finding import Finding
from cortipump.checker.letter import LetterText
from cortipump.knowledge.letters import Element, LetterKind, Way, letters


def element_findings(letter: LetterText, kind: LetterKind | None = None) -> list[Finding]:
    """What a letter lacks, and whether it says that the use is off-label.

    Parameters
    ----------
    kind
        What it is. None: found from its words.

    Returns
    -------
    list of Finding
        Those of the whole letter first, at 0. A few sentences without the form of a letter are
        held to no element.
    """
    words = words_of(letter)
    kind = kind or kind_of_words(words)
    found = _lacking(letter, words, kind) if words.has_form else []
    if kind in {"appeal", "necessity"}:
        found += evidence_findings(letter, words)
    return found + off_label_findings(letter, words, kind)


def _lacking(letter: LetterText, words: Words, kind: LetterKind) -> list[Finding]:
    found: list[Finding] = []
    for element in letters().element:
        if kind in element.kinds and not _is_there(words, element):
            found.append(_finding(letter, words, element))
    # Nobody's name anywhere is one fault, not two.
    if any(finding.detail == "member-name" for finding in found):
        found = [finding for finding in found if finding.detail != "signature"]
    return found


def _is_there(words: Words, element: Element) -> bool:
    if element.only_if and not is_found(words, element.only_if):
        return True
    if element.finder == "signature":
        return is_signed(words) and (not element.ways or is_found(words, element.ways))
    if element.finder == "name" and is_signed(words):
        return True
    return is_found(words, element.ways + _like(element))


def _like(element: Element) -> tuple[Way, ...]:
    return next((other.ways for other in letters().element if other.id == element.like), ())


def _finding(letter: LetterText, words: Words, element: Element) -> Finding:
    unit = first_unit(words, element.only_if) if element.placed else None
    start, end = (unit.start, unit.end) if unit else (0, 0)
    text = letter.text[start:end] if unit else element.name
    message = f"{element.name[0].upper()}{element.name[1:]} is missing: {_lower(element.why)}"
    return Finding(start, end, "missing-element", element.id, text, message, element.suggestion)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
