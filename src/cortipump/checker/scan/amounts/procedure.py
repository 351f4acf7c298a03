"""Lengths of time that belong to a procedure and say nothing about the person's record."""

import re
from typing import Final

from cortipump.checker.scan.coded import Sheet

_NAMED: Final = re.compile(
    r"(?:business|calendar|working)[ \n-]+days?\b|-day[ \n]+(?:period|limit|deadline|"
    r"window|notice|time ?"
    r"frame|appeal|response|review|filing|grace|waiting|requirement|rule|clock)",
    re.I,
)
# Of a supply or a rate: ``20 sets per 90 days``, ``a 30-day supply``.
_PER: Final = re.compile(r"(?:\bper[ \n]+|/)\Z", re.I)
_LOST: Final = re.compile(r"\b(?:lost|missed|hospital\w*|absent|admitted)\b", re.I)
_SUPPLY: Final = re.compile(r"[ \n]+(?:supply|supplies|refills?|prescription)\b", re.I)
# Who has so long: the letter of the plan gives it, the law does.
_GIVEN: Final = re.compile(
    r"\b(?:letter|notice|paper|plan|law|erisa|you|regulations?)\b[^.;]{0,20}\b(?:gives?|permits?|allows?"
    r"|grants?|lets?|leaves?)\b|\b(?:appeal|filing|review|response)[ -](?:period|window|"
    r"deadline|time)\b"
    r"|\bexternal review\b|\boutside review\b|\bhave\s+\S+(?:\s\S+)?\s+(?:months|days|"
    r"weeks) (?:for|to do)"
    r" (?:it|that|this|so)\b",
    re.I,
)
_FROM_RECEIPT: Final = re.compile(
    r"\s+(?:of|from|after|to|following|prior to|before)\s+(?:receipt|receiving|"
    r"the (?:receipt|date (?:of|on|that|you|this|we)|"
    r"denial|notice|hearing|decision|request|determination)|this (?:letter|request|appeal|notice)|"
    r"your (?:receipt|decision|denial|letter|notice|determination)|(?:my|our) (?:request|"
    r"appeal)|appeal|respond|file|"
    r"decide|submit|request|provide|reply|answer|denial|notice|issue|notify|review|"
    r"complete|make)\b",
    re.I,
)
_BINDS: Final = re.compile(
    r"\b(?:within|must|shall|should|please|requires?|required|allow(?:s|ed)?|entitled|"
    r"deadline|no later than|"
    r"not later than|you have|has|have|i request|we request|i ask|we ask|expect|look forward|due|"
    r"may (?:file|request|appeal)|right to|timely|under (?:erisa|the|federal|state)|"
    r"regulations?|cfr|time limit)\b",
    re.I,
)
_ACTS: Final = re.compile(
    r"\b(?:appeals?|decisions?|decide|respond|response|reply|replies|determinations?|"
    r"notice|notify|file|filing|"
    r"submit|review(?:ed)?|answer|acknowledge|hear from you|hear back|receipt|grievance|"
    r"external review|"
    r"records? request|contact me|contact us|reconsider\w*|adjudicat\w*|written)\b",
    re.I,
)
_HAPPENED: Final = re.compile(
    r"\b(?:took|waited|lasted|hospitali[sz]\w*|admitted|admissions?|stay(?:ed|s)?|"
    r"recover\w*|spent|was in|were in|"
    r"icu|discharged?|missed|pump (?:trial|therapy)|symptoms?|since|ago|later|inpatient|"
    r"delay(?:ed)?|past|steroids?|hydrocortisone|emergency)\b",
    re.I,
)


def is_procedure(sheet: Sheet, start: int, end: int) -> bool:
    """``within 30 days of receipt``, ``a decision is due in 72 hours``; not what has happened."""
    words = sheet.plain[start : end + 24]
    if _PER.search(sheet.before(start, 6)) or _SUPPLY.match(sheet.after(end, 14)):
        return True
    sentence = sheet.sentence(start, end)
    if re.match(r"180.days?\b", words, re.I) and not _LOST.search(sentence):
        return True
    if _NAMED.search(words):
        return not re.search(r"\b(?:missed|lost|off work|absent|took|waited)\b", sentence, re.I)
    if _HAPPENED.search(sentence):
        within = re.search(r"\bwithin\s+\Z", sheet.before(start, 10), re.I)
        return bool(within and _FROM_RECEIPT.match(sheet.plain, end))
    if _GIVEN.search(sentence):
        return True
    if re.match(r"\s+(?:from|of|after) (?:receipt|receiving)\b", sheet.after(end, 20), re.I):
        return True
    if _FROM_RECEIPT.match(sheet.plain, end) and _BINDS.search(sentence):
        return True
    return bool(_BINDS.search(sentence) and _ACTS.search(sentence))
