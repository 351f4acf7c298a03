"""Statements that something never was, and of a number that fell to none or to one.

``no hospital stay``, ``never been admitted``, ``0 emergency visits``, ``from six to one``.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from cortipump.knowledge.cues import Measure

Form = Literal["noun", "verb", "pronoun", "change", "single", "label"]

_EMERGENCY: Final = r"(?:emergency (?:rooms?|departments?|wards?)|(?-i:ERs?|EDs?|A&E))"
# What is counted, by nouns that name nothing else.
NOUNS: Final[dict[Measure, str]] = {
    "emergency": (
        rf"(?:emergency|{_EMERGENCY})[- ](?:visits?|trips?|attendances?|encounters?)"
        rf"|(?:visits?|trips?) to (?:the |an |any )?{_EMERGENCY}"
    ),
    "inpatient": (
        r"(?:(?:hospital|in-?patient|overnight) )?(?:admissions?(?! (?:of|that|by|fee|note))"
        r"|hospitali[sz]ations?)(?! to (?!hospital|the hospital|a hospital))"
        r"|(?:hospital|in-?patient) stays?|stays? in (?:the |a |any )?hospital"
    ),
    "injection": (
        r"(?:(?:emergency|rescue|self|hydrocortisone|stress[- ]dose|intramuscular|i\.?m\.?)"
        r"[- ]){0,2}"
        r"(?:injections?|shots?)(?! (?:kits?|training|pens?|sites?|supplies|forms?|technique))"
    ),
    "urgent-care": r"urgent[- ]care visits?|visits? to (?:an |the |any )?urgent[- ]care",
    "crisis": r"(?:(?:adrenal|addisonian) )?cris[ie]s(?! (?:team|plan|card|line|letter))",
    "nights": r"nights? in (?:the |a |any )?hospital|hospital nights?",
    "hospital": r"hospital visits?|visits? to (?:the |a |any )?hospital",
}  # fmt: skip
_NOUN: Final = "|".join(f"(?P<{m.replace('-', '_')}>{p})" for m, p in NOUNS.items())
_NOT: Final = r"(?:not|never|\w+n['’]t)"
_ADVERBS: Final = r"(?: (?:yet|once|ever|again|even|since))*"
_HAD: Final = (
    r"(?:had|have|been|needed|need|required|require|used|use|suffered|experienced|received"
    r"|spent|taken|made|had to (?:have|use|take)|given (?:myself|herself|himself))"
)
_NO_NOUN: Final = re.compile(
    r"(?<![\w$.,-])(?:no(?: single)?|zero|0|not (?:a single|even one|one|any)"
    r"|without (?:a single|any|one|an?)"
    rf"|{_NOT}{_ADVERBS} {_HAD}{_ADVERBS}(?: (?:an?|any|one|a single|even one))?)"
    rf" (?:{_NOUN})(?!\w)",
    re.I,
)
_SINGLE: Final = re.compile(
    r"(?<!not )(?<!without )(?<!even )(?<!than )\b"
    r"(?:(?:only|just) (?:an?|one) (?:single )?|a single )"
    rf"(?:{_NOUN})(?!\w)",
    re.I,
)
_OR_NOUN: Final = re.compile(rf"\s*,?\s+(?P<second>n?or (?:an? |any )?(?:{_NOUN})(?!\w))", re.I)
_NOUN_BEHIND: Final = re.compile(rf"\s*(?:single )?(?:{_NOUN})(?!\w)", re.I)
_LOST: Final = r"(?:miss(?:ed)?|los[te]|lose)"
_WORK: Final = r"(?:work|school|my job|teaching)"
_ABSENCES: Final = (
    rf"{_LOST} (?:no|zero|0) (?:(?:single )?(?:days?|shifts?|hours?|time)"
    rf" (?:of|at|from) {_WORK}|{_WORK}(?:[- ]?days?)?(?! (?:related|on))"
    r"|(?:working|sick)[- ]days?|shifts?)"
    rf"|{_NOT}{_ADVERBS} been (?:off|absent from|away from|out of) {_WORK}"
    rf"|{_NOT}{_ADVERBS} {_LOST}{_ADVERBS} (?:(?:an?|any|one|a single|even one) )?"
    rf"(?:(?:days?|shifts?|hours?)(?: (?:of|at|from) {_WORK}|(?= since| because|\.))|{_WORK})"
)
_VERBS: Final[dict[Measure, str]] = {
    "inpatient": (
        rf"{_NOT}{_ADVERBS}(?: been| be)?{_ADVERBS} (?:(?:re-?)?admitted|hospitali[sz]ed"
        r"|(?:an )?in-?patient|(?:stayed )?in (?:the |a )?hospital)"
        r"(?: (?:to|in|into) (?:the |a |any )?hospital)?"
        rf"|{_NOT} admit (?:me|her|him)"
    ),
    "emergency": (
        rf"{_NOT}{_ADVERBS} (?:(?:been|gone|go|went|had|have|needed|need|taken|be|to|visit"
        rf"|visited|in|into|see|seen|use|used) ){{0,5}}(?:the |an |any )?{_EMERGENCY}"
        r"(?! (?:doctors?|nurses?|staff|physicians?|records?|notes?|reports?|bills?|for))"
    ),
    "injection": (
        rf"{_NOT}{_ADVERBS} (?:(?:had|needed|have|need|to) ){{0,2}}inject(?:ed)?"
        r"(?: (?:myself|herself|himself|hydrocortisone))?(?! (?:insulin|it|the|into))"
    ),
    "work": _ABSENCES,
}  # fmt: skip
_BY_VERB: Final = {
    measure: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.I)
    for measure, pattern in _VERBS.items()
}
_PRONOUN: Final = re.compile(
    r"(?<![\w-])none(?: at all)?(?= (?:since|after|before|in (?:\w+ )?20\d\d|on the pump"
    r"|with the pump)|\s*[.;)]|\s*$)",
    re.I,
)
_FELL: Final = (
    r"(?:fell|fallen|dropped|went|gone|declined|decreased|came down|reduced|cut|down|shrank)"
)
_CHANGE: Final = re.compile(
    rf"(?<!\w)(?:{_NOUN})(?: (?:have|has|had|were|was|also|then|thus|a year|per year))*"
    rf" {_FELL}(?:,? by [\w%]+(?: percent)?,?)?"
    r"(?: from \w+(?: (?!to\b|and\b)[\w,]+){0,6})?"
    r" to (?P<to>none|nil|zero|0|one|1)\b"
    r"(?=\s*[.,;:()]|\s+(?:since|after|on the|with the|and|but)\b|\s*$)",
    re.I,
)
_LABEL: Final = re.compile(
    rf"(?<!\w)(?:{_NOUN})[\w ,]{{0,50}}?(?: ?[:=]| was| were| is| are| remained) "
    r"(?P<to>none|nil|zero|0)\b(?![.,]?\d)",
    re.I,
)


class Said(Struct, frozen=True):
    """A statement of none.

    Attributes
    ----------
    start, end
        Offsets in the sentence.
    measure
        What there was none of. None: what the words before it counted.
    """

    start: int
    end: int
    form: Form
    measure: Measure | None = None
    value: int = 0


def noun_behind(text: str) -> tuple[Measure, int] | None:
    """What the noun at the start counts, and where it ends. None: there is none."""
    found = _NOUN_BEHIND.match(text)
    return (_measure(found), found.end()) if found else None


def find_none(text: str) -> Iterator[Said]:
    """Every statement of none in a sentence; in those of one form, in order."""
    yield from _of_nouns(text)
    for measure, pattern in _BY_VERB.items():
        for match in pattern.finditer(text):
            yield Said(match.start(), match.end(), "verb", measure)
    for match in _PRONOUN.finditer(text):
        yield Said(match.start(), match.end(), "pronoun")
    for match in _CHANGE.finditer(text):
        value = int(match["to"].lower() in {"one", "1"})
        yield Said(*match.span("to"), "change", _measure(match), value)
    for match in _LABEL.finditer(text):
        yield Said(*match.span("to"), "label", _measure(match))


def _of_nouns(text: str) -> Iterator[Said]:
    for first in _NO_NOUN.finditer(text):
        yield Said(first.start(), first.end(), "noun", _measure(first))
        second = _OR_NOUN.match(text, first.end())
        if second is not None:
            yield Said(*second.span("second"), "noun", _measure(second))
    for match in _SINGLE.finditer(text):
        yield Said(match.start(), match.end(), "single", _measure(match), value=1)


def _measure(match: re.Match[str]) -> Measure:
    return next(m for m in NOUNS if match[m.replace("-", "_")])
