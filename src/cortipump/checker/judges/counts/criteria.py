"""How many of the plan's criteria are met, as its own notice marks them."""

import re
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import NumberMention

_OF: Final = re.compile(r"\s*(?:out )?of ", re.I)
_CRITERIA: Final = re.compile(r"\s*(?:\w+ ){0,2}criteria\b", re.I)
_UNMET: Final = re.compile(r"\bunmet\b|\bnot (?:yet )?(?:\w+ )?(?:as )?\W?met\b|\bfail", re.I)
# "two of them not met", "found three unmet": the number is of those that are not met.
_ARE_UNMET: Final = re.compile(
    r"\s*(?:(?:out )?of (?:them|these|those|the (?:\w+ )?(?:criteria )?|its (?:\w+ )?(?:criteria )?"
    r"|your (?:\w+ )?(?:criteria )?|\w+(?: criteria)?)\s*|(?:of the )?criteria\s*)?"
    r"(?:(?:are|were|as|is|to be|was)\s*)?\W*(?:not (?:yet )?(?:\w+ )?(?:as )?\W?met|unmet)\b",
    re.I,
)
_MET: Final = re.compile(r"\bmet\b|\bmeets?\b|\bfulfil", re.I)


def judge_criteria(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold a number of criteria against those that the notice marks as met or not met.

    None: it agrees, or the words do not say what the number counts.
    """
    criteria = [c.body for c in desk.known.criteria]
    met = sum(c.finding.strip().lower() == "met" for c in criteria)
    if mention.times or not _MET.search(frame.text):
        return None
    # "five of the five" says how many are met; "the five criteria", how many there are.
    whole = mention.value == len(criteria) and not _OF.match(frame.after(mention.end, 12))
    if _ARE_UNMET.match(frame.after(mention.end, 90)) and not whole:
        return None if mention.value == len(criteria) - met else _wrong_unmet(mention, met, desk)
    if mention.value == met or whole:
        return None
    if mention.value == len(criteria) - met and _UNMET.search(frame.text):
        return None
    message = f"The notice marks {met} of its {len(criteria)} criteria as met."
    return desk.find(mention, "count-differs", "criteria-met", message, str(met),
                     [c.id for c in desk.known.criteria])  # fmt: skip


def _wrong_unmet(mention: NumberMention, met: int, desk: Desk) -> Finding:
    criteria = desk.known.criteria
    unmet = len(criteria) - met
    message = f"The notice marks {unmet} of its {len(criteria)} criteria as not met."
    facts = [c.id for c in criteria]
    return desk.find(mention, "count-differs", "criteria-met", message, str(unmet), facts)


def counts_criteria(frame: Frame, mention: NumberMention) -> bool:
    """Whether it is of criteria: ``three of the four``, ``three further criteria``."""
    after = frame.after(mention.end, 90)
    return bool(_OF.match(after) or _CRITERIA.match(after))
