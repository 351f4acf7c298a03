"""Days lost: of one absence or of all in a time."""

import re
from collections.abc import Sequence
from typing import Final

from cortipump.checker.binding.dates import dates_of, holds, tied
from cortipump.checker.binding.spans import spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.stays import LONGEST_ABSENCE, first_day
from cortipump.checker.judges.counts.tally import counted, judge_tally
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.happenings import Happening
from cortipump.checker.mentions import DurationMention, NumberMention

# "Up to two days a month": what may come, at a rate.
_RATE: Final = re.compile(
    r"\s*(?:of work |off work |off |of absence )?(?:a|per|each|every|/)\s*"
    r"(?:week|month|year|episode|flare(?:-?up)?|time)\b",
    re.I,
)

# "4.5 days: half a day to learn it, ...".
_IN_PARTS: Final = re.compile(r"[^.;,]{0,20}:")
_ONE_OF: Final = re.compile(
    r"\b(?:because|due to|for (?:the|this|that) (?:stay|crisis|one|time))\b", re.I
)


def judge_absence(
    frame: Frame, mention: DurationMention | NumberMention, desk: Desk
) -> Finding | None:
    """``28 days of work``, ``missed two shifts``."""
    if _RATE.match(frame.after(mention.end, 40)):
        return None
    dates = dates_of(frame, mention)
    lost = [h for h in desk.known.happenings if "work" in h.topics]
    short = [d for d in dates.own if d.last - d.first <= LONGEST_ABSENCE and d.grain == "day"]
    bound = [h for h in lost if any(holds(first_day(d), day) for d in short for day in h.starts)]
    for happening in bound:
        body = desk.known.timeline[happening.facts[0]].body
        if getattr(body, "days", None) == mention.value:
            return None
    spans = spans_of(frame, mention, desk.known)
    if bound and (tied(frame, mention) or not spans.named):
        halved = mention.value % 1 != 0
        in_all = halved or _IN_PARTS.match(frame.after(mention.end, 30))
        if in_all and judge_tally(mention, mention.value, None, "work", spans, desk) is None:
            return None
        return _wrong_absence(mention, bound, desk)
    single = {getattr(desk.known.timeline[h.facts[0]].body, "days", None) for h in lost}
    if mention.value in single and (
        mention.value <= 1 or not spans.named or _ONE_OF.search(frame.text)
    ):
        return None
    return judge_tally(mention, mention.value, None, "work", spans, desk)


def _wrong_absence(
    mention: DurationMention | NumberMention, bound: Sequence[Happening], desk: Desk
) -> Finding:
    shown = []
    for happening in bound[:2]:
        days = getattr(desk.known.timeline[happening.facts[0]].body, "days", None)
        if days is not None and happening.first is not None:
            origin = desk.origin(happening.facts)
            shown.append(f"{counted(days, 'days')} from {happening.first} ({origin})")
    message = "The ledger holds another number of days lost."
    return desk.find(mention, "count-differs", "days-lost", message, " or ".join(shown),
                     [f for h in bound[:2] for f in h.facts])  # fmt: skip
