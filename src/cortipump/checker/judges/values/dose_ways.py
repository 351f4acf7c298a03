"""How a letter says that a dose is given: by tablets, by the pump, by injection."""

import re
from itertools import pairwise
from typing import Final

from cortipump.checker.frames import Frame
from cortipump.checker.known.doses import Way
from cortipump.checker.mentions import MeasureMention

_PUMP: Final = r"(?:insulin |infusion |loaner |loaned |cortisol )?(?:pump|loaner|MiniMed|780G)\b"
_OF_IT: Final = r"(?:the |an? |my |her |his |this |our |its )?(?:\w+ )?"
# Right behind an amount: "24 mg of hydrocortisone a day by pump".
_FILLING: Final = (
    r"(?:\s*/\s*(?:d|day|24 ?h)\b)?(?:[\s,]+(?:of|hydrocortisone?|HC|cortisol|prednis\w+|an?|per"
    r"|each|every|the|day|daily|hour|dose|in all|was|were|is|are|came))*[\s,]*\(?"
)
_BEHIND: Final[dict[Way, re.Pattern[str]]] = {
    "pump": re.compile(
        rf"{_FILLING}\b(?:by|via|on|with|through|from|of)\s+{_OF_IT}"
        rf"(?:{_PUMP}|subcutaneous infusion)"
        r"(?!\s+(?:site|training))",
        re.I,
    ),
    "tablets": re.compile(
        rf"{_FILLING}\b(?:(?:in|as|by|with|of|on|from)\s+{_OF_IT})?"
        r"(?:tablets?|pills?|mouth|oral(?:ly)?|(?-i:PO\b|p\.o\.))",
        re.I,
    ),
    "injection": re.compile(
        rf"{_FILLING}(?:(?:by|as|for|in|into)\s+{_OF_IT})?(?:\w+ )?"
        r"\b(?:inject\w*|shots?\b|i\.?m\.?(?![\w'])|i\.?v\.?(?![\w'])|intra(?:muscular|venous)\w*"
        r"|muscle|vein|thigh|(?:emergency|rescue|kit)\b)",
        re.I,
    ),
}
# Any word for a way; the nearest before an amount decides, where it also says it for certain.
_LOOSE: Final = re.compile(
    r"(?P<pump>\b(?:pump|loaner|infusion|780G)\b)"
    r"|(?P<tablets>\b(?:tablets?|pills?|by mouth|oral(?:ly)?)\b|\b(?-i:PO)\b)"
    r"|(?P<injection>\b(?:inject\w*|shots?|kit|intra(?:muscular|venous)\w*|rescue)\b"
    r"|\b(?-i:IM|IV)\b|\bi\.[mv]\.)",
    re.I,
)
_CERTAIN: Final[dict[str, re.Pattern[str]]] = {
    "pump": re.compile(
        rf"(?:\b(?:on|by|via|with|through|from)\s+{_OF_IT}{_PUMP}"
        r"(?!\s+(?:site|training|day|failure|stopped|off))"
        rf"|{_PUMP}[^.;:,()]{{0,30}}?\b(?:gives?|gave|given|deliver\w*|runs?|running|ran|set|puts?"
        rf"|infus\w+|dispens\w+|dos(?:e|es|age)|rate|program\w*|at)\b"
        r"|\bsubcutaneous(?:ly)? infusion|\binfused? subcutaneously)",
        re.I,
    ),
    "tablets": re.compile(
        r"(?<!from )(?<!instead of )(?<!off )(?<!than )(?<!the )(?<!left )(?<!stopped )"
        r"\b(?:tablets?|pills?|oral|by mouth|PO)\b(?!\s+(?:to|and the pump))",
        re.I,
    ),
    "injection": re.compile(r"\b(?:inject\w*|shots?|kit|intra\w+|rescue|IM|IV|i\.[mv]\.)", re.I),
}
# "Even with six rescue injections 30 mg was not enough."
_ASIDE: Final = re.compile(
    r"\b(?:with|despite|after|without|besides|before|spite of|addition to)\s+(?:\w+\s+){0,3}$", re.I
)
_COMMA: Final = re.compile(r",(?! \d{4})")
_NOT_YET: Final = re.compile(
    r"\b(?:before|prior to|until|till|up to)\s+(?:going on\s+)?"
    r"(?:(?:the|my|her|his|a)\s+)?(?:\w+\s+)?$",
    re.I,
)
# Behind these a dose is another one than the sentence is about.
CONTRAST: Final = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|instead of|rather than|not|replac\w+|below|under|above"
    r"|compared (?:with|to)|before|previous(?:ly)?|earlier|last|still|had been|was on|half of)\b"
    r"\s*(?:(?:the|my|her|his|a|an|old|oral|tablet|dose|of|about)\s+)*$",
    re.I,
)
_BROKEN: Final = re.compile(
    r"[;(]\s|\.\s|,?\s(?:and (?:I|she|he|we|my|her|his|the)|but|while|whereas|although|then"
    r"|having|had (?:taken|been))\s",
    re.I,
)
_GIVEN: Final = re.compile(r"\b(?:gave|given|got|needed|need|inject\w*|received|crisis)\b", re.I)
_SISTERS: Final = re.compile(
    r",?\s*(?:\(|=|or|that is|i\.e\.|then|and|on average|about|\s)*$", re.I
)
_AN_HOUR: Final = re.compile(
    r"\s*(?:of \w+)?\s*(?:an hour|per hour|a day|per day|daily|by pump|on average|on the pump)\b",
    re.I,
)
_REACH: Final = 90


def way_of(frame: Frame, mention: MeasureMention, *, daily: bool) -> Way:
    """How the words say that a dose is given. Empty: they leave it open."""
    if mention.canonical == "mg/h":
        return "pump"
    over = _of_heading(frame.header(mention).text)
    if over:
        return over
    behind = _behind(frame, mention)
    if behind:
        return "" if daily and behind == "injection" else behind
    before = _before(frame, mention)
    if before == "injection":
        return "" if daily else before
    unsure = not daily and before == "pump" and _GIVEN.search(frame.text)
    return "" if unsure else before


def _of_heading(words: str) -> Way:
    ways: set[Way] = {_named(match) for match in _LOOSE.finditer(words)}
    return ways.pop() if len(ways) == 1 else ""


def _named(match: re.Match[str]) -> Way:
    for way in _BEHIND:
        if match.lastgroup == way:
            return way
    return ""


def _behind(frame: Frame, mention: MeasureMention) -> Way:
    after = frame.after(mention.end, _REACH)
    return next((way for way, words in _BEHIND.items() if words.match(after)), "")


def _before(frame: Frame, mention: MeasureMention) -> Way:
    """What the nearest word for a way, in the same part of the sentence, says for certain."""
    start = max(_last_dose(frame, mention), mention.start - _REACH, frame.start)
    words = frame.before(mention.start, mention.start - start)
    found = list(_LOOSE.finditer(words))
    if not found or CONTRAST.search(words):
        return ""
    nearest = found[-1]
    way = _named(nearest)
    gap = words[nearest.end() :]
    if _BROKEN.search(gap) or _NOT_YET.search(words[: nearest.start()]):
        return ""
    if way == "injection" and (_COMMA.search(gap) or _ASIDE.search(words[: nearest.start()])):
        return ""
    if way == "tablets" and " and " in gap:
        return ""
    certain = _CERTAIN[nearest.lastgroup or ""].finditer(words)
    return way if any(m.start() <= nearest.start() < m.end() for m in certain) else ""


def _last_dose(frame: Frame, mention: MeasureMention) -> int:
    """Where the dose before it ends, or before that where the two are of one kind."""
    end = frame.start
    doses = [m for m in frame.mentions if isinstance(m, MeasureMention) and m.end <= mention.start]
    for one, following in pairwise([*doses, mention]):
        between = frame.text[one.end - frame.start : following.start - frame.start]
        if not _SISTERS.fullmatch(_AN_HOUR.sub("", between)):
            after = frame.after(one.end, _REACH)
            behind = next((m for words in _BEHIND.values() if (m := words.match(after))), None)
            end = one.end + (behind.end() if behind else 0)
    return min(end, mention.start)
