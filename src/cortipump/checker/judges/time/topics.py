"""What the words around a date say that it is the date of."""

import re
from typing import Final

from cortipump.checker.frames import Frame
from cortipump.checker.judges.values.doses import DOSE_UNITS
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    DayMention,
    MeasureMention,
    MoneyMention,
    SpanMention,
)

# What a topic word of a letter can stand for in the ledger.
MEANS: Final[dict[str, frozenset[str]]] = {
    "emergency": frozenset({"emergency"}),
    "inpatient": frozenset({"inpatient", "observation"}),
    "observation": frozenset({"observation"}),
    "urgent-care": frozenset({"urgent-care"}),
    "hospital": frozenset({"emergency", "inpatient", "observation"}),
    "nights": frozenset({"inpatient", "observation"}),
    "hospital-days": frozenset({"inpatient", "observation"}),
    "crisis": frozenset({"crisis", "emergency", "inpatient"}),
    "visit": frozenset({"visit"}),
    "office": frozenset({"office", "procedure", "note", "lab", "score"}),
    "injection": frozenset({"injection"}),
    "work": frozenset({"work"}),
    "score": frozenset({"score"}),
    "lab": frozenset({"lab", "measurement"}),
    "measurement": frozenset({"measurement", "lab"}),
    "regimen": frozenset({"regimen"}),
    "pump": frozenset({"pump", "procedure"}),
    "denial": frozenset({"denial"}),
    "letter": frozenset({"letter", "denial"}),
    "call": frozenset({"call"}),
    "diagnosis": frozenset({"diagnosis"}),
    "procedure": frozenset({"procedure"}),
    "birth": frozenset({"birth"}),
    "charge": frozenset({"charge"}),
    "plan": frozenset({"plan"}),
    "note": frozenset({"note"}),
    "request": frozenset({"request", "denial"}),
    "approval": frozenset({"approval"}),
}
# Topics that say what happened; the others only colour a sentence.
TELLING: Final = frozenset(
    {
        "emergency", "inpatient", "observation", "urgent-care", "hospital", "crisis", "injection",
        "score", "lab", "measurement", "denial", "call", "diagnosis", "procedure", "birth",
        "office", "hospital-days", "work",
    }
)  # fmt: skip
_CLAUSE: Final = re.compile(
    r"[,;:(]\s|\b(?:and|but|then|which|while|where|after (?:an?|the|my|her|his))\b", re.I
)
_LEAVES: Final = re.compile(r"discharg|release", re.I)
_HOME: Final = re.compile(
    r"\b(?:discharged|released|sent home|went home|got home|left the hospital)\b", re.I
)


def topics_of(frame: Frame, mention: DayMention | SpanMention) -> frozenset[str]:
    """What the words around a date say that it is the date of."""
    header = frame.header(mention)
    cues = [*frame.topics, *header.topics]
    if len(frame.days) > 1 and not frame.is_row:
        cues = [*of_clause(frame, mention), *header.topics]
    if not frame.topics or frame.is_row:
        cues += frame.lead.topics
    topics = frozenset(cue.says for cue in cues)
    if "inpatient" in topics and any(c.says == "emergency" for c in frame.topics):
        left = [c for c in cues if c.says == "inpatient"]
        if all(_LEAVES.match(frame.text, c.start - frame.start) for c in left):
            topics |= {"emergency"}  # people are discharged from there too
    if not topics & TELLING and _HOME.search(frame.before(mention.start, 30)):
        topics |= {"hospital"}
    measured = any(
        isinstance(m, MeasureMention) and m.canonical not in DOSE_UNITS for m in frame.mentions
    )
    if measured and not topics & TELLING and not any(c.says in TELLING for c in frame.topics):
        topics |= {"lab"}
    if any(isinstance(m, MoneyMention) for m in frame.mentions) and not topics & TELLING:
        topics |= {"charge", "visit"}
    return topics & MEANS.keys()


def of_clause(frame: Frame, mention: DayMention | SpanMention) -> list[Cue]:
    """Cues of the part of the sentence that a date stands in, where it holds several dates."""
    start, end = frame.start, frame.end
    for match in _CLAUSE.finditer(frame.text):
        at = match.start() + frame.start
        if at <= mention.start:
            start = at
        elif at >= mention.end:
            end = at
            break
    inside = [c for c in frame.topics if start <= c.start < end]
    return inside if any(c.says in TELLING for c in inside) else []


def topics_of_words(frame: Frame) -> frozenset[str]:
    """What the words of a sentence or row speak of."""
    return frozenset(cue.says for cue in frame.topics) & MEANS.keys()
