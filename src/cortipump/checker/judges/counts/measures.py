"""What a number counts: by the noun behind it, the label before it, or the topic around it."""

import re
from collections.abc import Sequence
from typing import Final

from cortipump.checker.frames import Frame
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import DayMention, DurationMention, NumberMention
from cortipump.knowledge.cues import Measure, cue_patterns

_BREAK: Final = re.compile(r"\b(?:and|but|while|then)\b|[;:.]\s", re.I)
_BROKEN: Final = re.compile(r"[.;:!?]\s|,\s*(?:and|but|of which)\b")
# "Visits: 5", "number of admissions was 4".
_LABEL: Final = re.compile(
    r"\s*(?:visits?|stays?|in (?:the )?hospital|days?|lost|at home|rooms?|departments?"
    r"|without staying|overnight|of work|[a-z]+)?\s*"
    r"(?:[:=–]|-|\b(?:was|were|is|are|numbered|totall?ed)\b"
    r"|\b(?:went|fell|rose|dropped|declined|came down|changed)\s+from\b)\s*",
    re.I,
)
# What a topic word of a sentence counts where the number stands for times: "admitted twice".
_TIMES: Final[dict[str, Measure]] = {
    "emergency": "emergency", "inpatient": "inpatient", "observation": "observation",
    "urgent-care": "urgent-care", "hospital": "hospital", "crisis": "crisis",
    "injection": "injection", "call": "call", "denial": "denial", "visit": "visit",
    "nights": "nights", "work": "work", "office": "office", "score": "score", "lab": "lab",
    "hospital-days": "hospital-days",
}  # fmt: skip
# The column says when or how, and the row what is counted.
_COLUMNS: Final = frozenset({"pump", "regimen"})
_IN_THE: Final = len(" in the ")
_LAST: Final = frozenset({"nights", "hospital-days"})
_WIDE: Final = frozenset({"hospital", "visit"})
_SERIAL: Final[frozenset[Measure]] = frozenset(
    {"emergency", "inpatient", "observation", "nights", "injection", "crisis", "work"}
)
_SERIAL_BEFORE: Final = re.compile(
    r"(?:[,;(]|\b(?:and|but|versus|vs\.?|against|to|it|then|only|just|pump|afterwards?))\s*$", re.I
)
_SERIAL_AFTER: Final = re.compile(
    r"\s*(?:[.;)]|$|(?:on|before|after|since|during) (?:the (?:pump|loaner|year|start)|my pump"
    r"|that)|in (?:the (?:year|\d+ )|(?:19|20)\d\d)|afterwards?\b)",
    re.I,
)
_SERIES: Final = re.compile(r"\s*(?:[+/]\s*\d|,\s*\d)")
_CELL: Final = re.compile(r"(?:\s\s|\t|\||^)\s*$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CELL_END: Final = re.compile(r"\s*(?:\s\s|\t|\||$|\()")


def measure_of(frame: Frame, mention: NumberMention | DurationMention) -> Measure | None:
    """What a number counts. None: nothing that a ledger counts."""
    own = [c.says for c in frame.header(mention).topics if c.says not in _COLUMNS]
    if own:
        return _TIMES.get(own[-1])
    words = frame.after(mention.end)
    broken = _BROKEN.search(words)
    words = words[: broken.start()] if broken else words
    if isinstance(mention, NumberMention) and not mention.times:
        noun = _noun(words)
        if noun is not None and (mention.places == 0 or noun == "work"):
            return noun
        if mention.places:
            labelled = _labelled(frame, mention) if frame.is_row else None
            return labelled if labelled == "work" and mention.value * 2 % 1 == 0 else None
        return _labelled(frame, mention) or _inherited(frame, mention)
    return _by_topic(frame, mention)


def _noun(words: str) -> Measure | None:
    found = [
        (m.end(), order, measure)
        for order, (measure, p) in enumerate(cue_patterns().counted.items())
        if (m := p.match(words))
    ]
    return min(found)[2] if found else None


def _labelled(frame: Frame, mention: NumberMention) -> Measure | None:
    cues = [c for c in frame.topics if c.end <= mention.start]
    if not cues or _SERIES.match(frame.after(mention.end, 8)):
        return None
    if frame.is_row:
        return _of_row(frame, mention, cues)
    between = frame.text[cues[-1].end - frame.start : mention.start - frame.start]
    if _LABEL.fullmatch(between):
        if cues[-1].says in _WIDE and len(cues) > 1 and cues[-1].start - cues[-2].end <= _IN_THE:
            return _TIMES.get(cues[-2].says)  # "nights in hospital: 10"
        return _TIMES.get(cues[-1].says)
    if re.search(r"\bto\s*$", frame.before(mention.start, 6)):
        earlier = [
            m for m in frame.mentions if isinstance(m, NumberMention) and m.end <= mention.start
        ]
        return _labelled(frame, earlier[-1]) if earlier else None
    return None


def _of_row(frame: Frame, mention: NumberMention, cues: Sequence[Cue]) -> Measure | None:
    """A number in a cell of its own, in a row whose first cell says what is counted."""
    label = frame.text.lstrip(" -*•|").split("  ")[0].split("\t")[0].split("|")[0]
    start = frame.start + frame.text.find(label)
    own = [c for c in cues if start <= c.start and c.end <= start + len(label)]
    alone = _CELL.search(frame.before(mention.start, 3)) and _CELL_END.match(
        frame.after(mention.end, 3)
    )
    if not own or not alone or any(isinstance(m, DayMention) for m in frame.mentions):
        return None
    if _YEAR.fullmatch(mention.text):
        return None  # the heading of a column
    telling = [c for c in own if c.says not in _WIDE] or own
    if telling[-1].says in _LAST:
        return _TIMES.get(telling[-1].says)  # "inpatient nights"
    return _noun(f" {label.strip()}") or _TIMES.get(telling[-1].says)


def _inherited(frame: Frame, mention: NumberMention) -> Measure | None:
    """``six injections in the year before the pump, two on it``: what the first of them counts."""
    if frame.is_row or mention.places or not _SERIAL_AFTER.match(frame.after(mention.end, 24)):
        return None
    if not _SERIAL_BEFORE.search(frame.before(mention.start, 24)):
        return None
    earlier = [
        m for m in frame.mentions
        if isinstance(m, NumberMention) and m.end <= mention.start and not m.times
    ]  # fmt: skip
    counted = [_noun(frame.after(m.end)) or _labelled(frame, m) for m in earlier]
    if len(set(counted)) != 1:
        return None
    return counted[0] if counted[0] in _SERIAL else None


def _by_topic(frame: Frame, mention: NumberMention | DurationMention) -> Measure | None:
    """``admitted twice``, ``three times in the emergency room``: the nearest topic word."""
    cues = [c for c in frame.topics if c.says in _TIMES]
    if not cues and frame.is_row and isinstance(mention, DurationMention):
        return next((_TIMES[c.says] for c in frame.lead.topics if c.says in _TIMES), None)
    if not cues:
        return None
    cues = [c for c in cues if not _BREAK.search(_between(frame, mention, c))] or (
        [] if isinstance(mention, NumberMention) else cues
    )
    if not cues:
        return None
    nearest = min(cues, key=lambda c: min(abs(c.start - mention.end), abs(mention.start - c.end)))
    measure = _TIMES[nearest.says]
    if isinstance(mention, DurationMention) and mention.period == "night":
        return "nights"
    if isinstance(mention, NumberMention) and mention.times and measure == "nights":
        return "inpatient"  # "kept overnight three times"
    return measure


def _between(frame: Frame, mention: NumberMention | DurationMention, cue: Cue) -> str:
    """The words between a figure and a cue behind it; before it the sentence may be long."""
    return (
        frame.text[mention.end - frame.start : max(cue.start - frame.start, 0)]
        if cue.start >= mention.end
        else ""
    )
