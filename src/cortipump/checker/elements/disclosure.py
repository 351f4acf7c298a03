"""Off-label use said or denied (SAFETY S8), and evidence cited on one side only (SAFETY S6)."""

from typing import Final

from cortipump.checker.elements.search import first_unit, is_found
from cortipump.checker.elements.words import Unit, Words
from cortipump.checker.finding import Finding
from cortipump.checker.letter import LetterText
from cortipump.knowledge.letters import LetterKind, letters, pattern

# Letters that ask for the pump, or whether it is covered.
_ASKING: Final = frozenset({"appeal", "necessity", "manufacturer", "coverage-inquiry"})
_BEFORE, _AFTER = 45, 15
_ABOUT_CRITERIA = r"criteri|requirement|\bpolicy\b"
_OFF_LABEL = r"\boff[- ]?label"


def off_label_findings(letter: LetterText, words: Words, kind: LetterKind) -> list[Finding]:
    """Where a pump is claimed to be approved, else the request that nowhere says off-label.

    The claim is wrong in a letter of any kind; silence is a fault of those that ask for the pump.
    """
    rule = letters().off_label
    claims = [unit for unit in words.units if _claims_approval(unit)]
    if claims:
        return [
            Finding(
                unit.start,
                unit.end,
                "off-label-not-disclosed",
                "claims-approval",
                letter.text[unit.start : unit.end],
                rule.claims_why,
                rule.claims_suggestion,
            )
            for unit in claims
        ]
    asked = _asked(words) if kind in _ASKING else None
    if asked is None or _is_disclosed(words):
        return []
    return [
        Finding(
            asked.start,
            asked.end,
            "off-label-not-disclosed",
            "not-said",
            letter.text[asked.start : asked.end],
            rule.why,
            rule.suggestion,
        )
    ]


def evidence_findings(letter: LetterText, words: Words) -> list[Finding]:
    """The first sentence that cites evidence, if nothing negative or uncertain is named."""
    rule = letters().evidence
    cited = first_unit(words, rule.cites)
    if cited is None or is_found(words, rule.balance):
        return []
    text = letter.text[cited.start : cited.end]
    return [
        Finding(
            cited.start,
            cited.end,
            "missing-element",
            "evidence-one-sided",
            text,
            rule.why,
            rule.suggestion,
        )
    ]


def _asked(words: Words) -> Unit | None:
    """The sentence that asks for the pump; the clearest way of asking counts first."""
    found = (first_unit(words, (way,)) for way in letters().off_label.asks)
    return next((unit for unit in found if unit is not None), None)


def _is_disclosed(words: Words) -> bool:
    return is_found(words, letters().off_label.disclosed) or any(
        _takes_up(words, place) for place in range(len(words.units))
    )


def _takes_up(words: Words, place: int) -> bool:
    """Whether the plan's "off-label" is agreed to or answered, there or in the next sentence."""
    unit = words.units[place]
    if not pattern(_OFF_LABEL).search(unit.text):
        return False
    near = words.units[place : place + 2]
    acknowledges = pattern(letters().off_label.acknowledges)
    return any(acknowledges.search(other.text) for other in near)


def _claims_approval(unit: Unit) -> bool:
    rule = letters().off_label
    if unit.part == "quote" or (unit.is_row and pattern(_ABOUT_CRITERIA).search(unit.text)):
        return False
    for written in rule.claims:
        for found in pattern(written).finditer(unit.own):
            around = unit.own[max(found.start() - _BEFORE, 0) : found.end() + _AFTER]
            if not pattern(rule.claims_unless).search(around):
                return True
    return False
