"""Dates that nobody can check."""

import re
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.time.topics import MEANS, TELLING, topics_of_words
from cortipump.checker.mentions import (
    DayMention,
    NumberMention,
    VagueDate,
)

_SOMETIME: Final = re.compile(
    r"\b(?:some\s?time|somewhere|at some point"
    r"|one (?:\w+ )?(?:day|night|morning|evening|afternoon|weekend|week))\b",
    re.I,
)
_SEASON: Final = re.compile(r"in\s+(?:the\s+)?(?:spring|summer|autumn|fall|winter)", re.I)
_IN_SEASON: Final = re.compile(r"\b(?:spring|summer|autumn|fall|winter) (?:of )?\d{4}", re.I)
_SINCE_WHEN: Final = re.compile(r"some ?time ago|recently|a while", re.I)
_BEGUN: Final = re.compile(r"\b(?:start|began|begun|chang|switch|went on|put on)", re.I)
_BOUND: Final = re.compile(r"\b(?:until|till|since|from|through|to)\s*$", re.I)
# "last December (17th)"
_DAY_BEHIND: Final = re.compile(r"\s*[,(]?\s*(?:on\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\b", re.I)
_FEAST: Final = re.compile(r"christmas|easter|new year|thanksgiving|holiday", re.I)
# These are days, where something is recorded for them.
_FEAST_DAY: Final = re.compile(r"(?:new year|christmas)[’']?s? (?:day|eve)", re.I)
_NEXT: Final = 2
_HAPPENED: Final = re.compile(
    r"\b(?:faint\w*|collaps\w*|passed out|threw up|throwing up|vomit\w*|needle|shot|lent|loaned"
    r"|borrow\w*|came off|confused|weak|ambulance)\b",
    re.I,
)
_VAGUE: Final = re.compile(r"\b(?:ago|earlier|some ?time|recently|lately)\b", re.I)
_VAGUE_FINE: Final = re.compile(
    r"\b(?:past|last|previous|preceding|first|next|following|prior)\s+(?:\w+\s+)?"
    r"(?:days?|weeks?|months?|years?|wks?|yrs?)\b"
    r"|\btoday|yesterday|to date|this (?:year|yr|month|week|wk|letter)|tomorrow\b",
    re.I,
)


def _of_what_follows(frame: Frame, desk: Desk) -> frozenset[str]:
    """``In the spring some time. Cedar Bluff. Two nights.``: topics of the next short sentences."""
    behind = [one for one in desk.frames if one.block == frame.block and one.start >= frame.end]
    found = frozenset[str]().union(*(topics_of_words(one) for one in behind[:_NEXT]))
    return found & (TELLING | {"nights"})


def judge_vague(frame: Frame, mention: VagueDate, desk: Desk) -> Finding | None:
    """A date that nobody can check, where an event is dated with it."""
    if _VAGUE_FINE.search(mention.text) and not _VAGUE.search(mention.text):
        return None
    if _DAY_BEHIND.match(frame.after(mention.end, 16)):
        return None
    topics = topics_of_words(frame) & (TELLING | {"letter"})
    if _SOMETIME.search(frame.before(mention.start, 12) + mention.text):
        topics |= topics_of_words(frame) & {"nights"}
    sometime = _SOMETIME.search(mention.text + frame.after(mention.end, 12))
    if (sometime or _SINCE_WHEN.search(mention.text)) and _BEGUN.search(frame.text):
        topics |= topics_of_words(frame) & {"pump"}
    exact = mention.first is not None and any(
        isinstance(m, DayMention) and m.grain == "day" and mention.last is not None
        and mention.first is not None and mention.first <= m.first <= mention.last
        for m in frame.mentions
    )  # fmt: skip
    if mention.first is not None and mention.first > desk.dated:
        return None
    if _SEASON.fullmatch(mention.text.strip()) and not (
        sometime or _SOMETIME.search(frame.before(mention.start, 40))
    ):
        return None
    sometime = sometime or _SOMETIME.search(frame.before(mention.start, 16))
    if sometime and not topics:
        topics = _of_what_follows(frame, desk)
        if not topics and _HAPPENED.search(frame.text):
            topics = frozenset({"visit"})
    if _BOUND.search(frame.before(mention.start, 12)) or (
        _FEAST.search(mention.text) and frame.days
    ):
        return None
    counted = any(isinstance(m, NumberMention) and m.times for m in frame.mentions)
    if _FEAST_DAY.search(mention.text) and any(
        (h.first.month, h.first.day) in {(1, 1), (12, 24), (12, 25), (12, 31)}
        for h in desk.known.happenings if h.first is not None and h.topics & topics
    ):  # fmt: skip
        return None
    if not topics or exact or (counted and _IN_SEASON.search(mention.text)):
        return None
    wanted = frozenset[str]().union(*(MEANS[t] for t in topics))
    found = [
        h
        for h in desk.known.happenings
        if h.topics & wanted and h.first and mention.first and mention.last
        and mention.first <= h.first <= mention.last
    ]  # fmt: skip
    shown = " or ".join(desk.of_happening(h) for h in found[:3])
    message = f"“{mention.text}” is no date that a reader can check; give the day."
    facts = [fact for h in found[:3] for fact in h.facts]
    return desk.find(mention, "date-differs", "vague-date", message, shown, facts)
