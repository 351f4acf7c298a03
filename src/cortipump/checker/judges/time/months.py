"""Months and years that something is dated with."""

from cortipump.checker.binding.dates import holds
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.time.nearby import nothing_there
from cortipump.checker.judges.time.topics import MEANS, TELLING, topics_of
from cortipump.checker.mentions import (
    DayMention,
    NumberMention,
)


def judge_month(frame: Frame, mention: DayMention, desk: Desk) -> Finding | None:
    """Hold a month or a year against what is recorded in it; counts over it are judged apart."""
    topics = topics_of(frame, mention) & TELLING
    if not topics or any(isinstance(m, NumberMention) for m in frame.mentions):
        return None
    wanted = frozenset[str]().union(*(MEANS[t] for t in topics))
    touching = [
        h
        for h in desk.known.happenings
        if h.topics & wanted and any(holds(mention, d) for d in h.starts | h.ends | h.months)
    ]
    if touching or _anything(mention, desk):
        return None
    return nothing_there(mention, wanted, known=False, desk=desk)


def _anything(mention: DayMention, desk: Desk) -> bool:
    """Whether a regimen or a stay runs through the month; then it dates a state, not an event."""
    return mention.grain == "year" and any(
        h.first and h.last and h.first <= mention.last and h.last >= mention.first
        for h in desk.known.happenings
    )
