"""Counts of events: over a named time or the whole record."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from cortipump.checker.binding.dates import has_year, tied
from cortipump.checker.binding.spans import Spans, spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.columns import is_dated, is_of_side, judge_column, judge_nights
from cortipump.checker.judges.counts.measures import measure_of
from cortipump.checker.judges.counts.none import judge_one
from cortipump.checker.judges.counts.parties import judge_party
from cortipump.checker.judges.counts.stays import is_part_of_stays
from cortipump.checker.judges.counts.sums import sums_its_sentence
from cortipump.checker.judges.counts.tally import judge_tally
from cortipump.checker.judges.desk import Desk
from cortipump.checker.mentions import DayMention, NumberMention
from cortipump.quantities.span import DateSpan

_OF_STAYS: Final = frozenset({"nights", "hospital-days"})
_PER_DAY: Final = re.compile(
    r"\s*(?:times? )?(?:a|per|every|each|/)\s*(?:day|night|week|morning)|\s*times daily|\s*daily",
    re.I,
)
_BY_WHOM: Final = re.compile(
    r"\s*by (?:my|me|a|an|one|her|his|him|the|myself|herself|himself|staff)\b", re.I
)
_OF_PAPERS: Final = re.compile(
    r"\b(?:appears?|recorded|listed|counted|printed|mentioned|written|said|told|asked|paid|billed"
    r"|allowed|covered|charged|(?:on|in) (?:the |your |her |my )?(?:file|records?|list))\b"
    r"[^.;]{0,40}$",
    re.I,
)
# Of one cause, code or place: fewer than all.
_RESTRICTED: Final = re.compile(
    r"\b(?:adrenal|cris[ei]s|coded?|codes|E27\S*|diagnos\w+|because|due to|caused?|at|marked"
    r"|of (?:them|these|those|which|the)|only|alone|with|without"
    r"|for (?:an?|the|vomiting|low|adrenal))\b",
    re.I,
)
# Some of those that were named before: no count of its own.
OF_A_SET: Final = re.compile(r"\b(?:first|last|next|these|those|other|another|only)\s*$", re.I)
_KNOWN_SET: Final = re.compile(
    r"\b(?:the|all|both|each of (?:the|my|her|his)|of (?:my|her|his|our)|those|these)\s*$", re.I
)
_SUMS_UP: Final = re.compile(
    r"(?:^|[).;]\s)\W*(?:that|this|those|these|it|so|in all|all in all|together|altogether|which)\b"
    r"[^.]{0,20}?\b(?:is|are|was|were|makes?|made|comes? to|came to|total)\b",
    re.I,
)
# "needed the injection only once": of whatever cause.
_ONLY: Final = re.compile(r"\b(?:only|just|no more than)\s*$", re.I)
# Where injections are counted that hospitals gave too.
_GIVEN_THERE: Final = re.compile(
    r"\b(?:(?:in|at) (?:the )?(?:hospital|ER|ED|emergency)|IV|intravenous\w*|drips?|infusions? of"
    r"|all (?:told|in all)|altogether|both|also|again|including|and (?:at|in))\b",
    re.I,
)
# "four more home injections", "three times from my husband": some of them.
_SOME_OF_THEM: Final = re.compile(
    r"\s*(?:more|other|further|additional|of)\b"
    r"|[^.;,:]{0,60}\b(?:by|from|given to|myself|herself|himself|mine|at (?:night|work|school))\b",
    re.I,
)
_NO_MORE: Final = frozenset({"injection", "inpatient", "emergency"})
_LISTED: Final = 12
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# Counted over the whole case whatever the sentence says of other times.
_OF_A_DAY: Final = frozenset({"lab", "score", "office", "claim"})
_OF_THE_CASE: Final = frozenset({"denial", "call", "letter", "regimen", "diagnosis", "procedure"})


def _near_years(frame: Frame, mention: NumberMention) -> list[DayMention]:
    """The days that stand beside it, in every near year where no year is given."""
    found = []
    for dated in tied(frame, mention):
        if isinstance(dated, DayMention) and dated.grain == "day":
            found.append(dated)
            if not has_year(dated) and (dated.first.month, dated.first.day) != (2, 29):
                found += [
                    msgspec.structs.replace(
                        dated, first=dated.first.replace(year=dated.first.year + n)
                    )
                    for n in (-1, 1)
                ]
    return found


def judge_count(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold a count against the ledger; the caller knows that it counts something."""
    measure = measure_of(frame, mention)
    assert measure is not None  # see above
    before = frame.before(mention.start, 30)
    if _counts_nothing(frame, mention):
        return None
    only = measure in _NO_MORE and mention.times and _ONLY.search(before)
    if not mention.bare and not only:
        return judge_one(frame, mention, desk)  # "a couple" and most "one" are grammar
    if (OF_A_SET.search(before) and not only) or _is_repeat(frame, mention, measure, desk):
        return None
    decided, wrong = judge_party(frame, mention, measure, desk)
    if decided:
        return wrong
    if frame.is_row and (found := judge_column(frame, mention, desk)):
        return found
    if is_dated(frame, mention):
        return judge_nights(frame, mention, desk) if measure == "nights" else None
    if _is_of_the_letter(frame, mention, desk):
        return None
    spans = spans_of(frame, mention, desk.known)
    if measure in _OF_THE_CASE and "the whole record" in desk.known.spans:
        spans = Spans((*spans.spans, desk.known.spans["the whole record"]), spans.named, spans.own)
    if measure in _OF_A_DAY:
        day = timedelta(days=1)
        own = [DateSpan(d.first, d.first + day) for d in _near_years(frame, mention)]
        spans = Spans((*spans.spans, *own, *desk.known.spans.values()), spans.named, spans.own)
    exactly = measure == "injection" and not (
        _GIVEN_THERE.search(frame.text) or _SOME_OF_THEM.match(frame.after(mention.end))
    )
    found = judge_tally(
        mention, mention.value, mention.high, measure, spans, desk,
        plainly=_is_plain(frame, mention, only=bool(only)), exactly=exactly,
    )  # fmt: skip
    if found is not None and measure in _OF_STAYS and is_part_of_stays(frame, mention, desk):
        return None
    return found


def _is_of_the_letter(frame: Frame, mention: NumberMention, desk: Desk) -> bool:
    """Whether it counts what the letter itself lists or adds up."""
    return (
        sums_its_sentence(frame, mention)
        or _lists(frame, mention)
        or _sums_up(frame, mention, desk)
    )


def _is_plain(frame: Frame, mention: NumberMention, *, only: bool) -> bool:
    """Whether it counts all there were: in a column of a time, or with "only" before it."""
    if not only:
        return is_of_side(frame, mention) and not _RESTRICTED.search(frame.text)
    words = _ONLY.sub("", frame.text[: mention.start - frame.start]) + frame.after(mention.end)
    return not _RESTRICTED.search(words)


def _counts_nothing(frame: Frame, mention: NumberMention) -> bool:
    """``twice a day``, ``said twice by the clinic``, ``the six 2025 crises``."""
    after = frame.after(mention.end)
    papers = _OF_PAPERS.search(frame.before(mention.start, 60))
    of_papers = mention.times and (_BY_WHOM.match(after) or papers)
    return bool(_PER_DAY.match(after) or of_papers or _YEAR.fullmatch(mention.text))


def _is_repeat(frame: Frame, mention: NumberMention, measure: str, desk: Desk) -> bool:
    """``the four stays``: so many as were counted above, and judged there."""
    if not _KNOWN_SET.search(frame.before(mention.start, 20)):
        return False
    return any(
        isinstance(m, NumberMention) and m.value == mention.value
        and measure_of(one, m) == measure
        for one in desk.above(frame)
        for m in one.mentions
    )  # fmt: skip


def _sums_up(frame: Frame, mention: NumberMention, desk: Desk) -> bool:
    """``That is four crises``: the dated lines or dates right above it, counted."""
    listed = sum(d.end <= mention.start for d in frame.days)
    if mention.value == listed and _SUMS_UP.search(frame.before(mention.start, 20) + " "):
        return True
    if not _SUMS_UP.match(frame.text):
        return False
    above = list(desk.above(frame))[-_LISTED:]
    lines = 0
    for one in reversed(above):
        if not one.days:
            break
        lines += 1
    dates = {len(one.days) for one in above[-1:]}
    return mention.value == lines or mention.value in dates


def _lists(frame: Frame, mention: NumberMention) -> bool:
    """``three visits (March 3, April 5 and May 9, 2025)``: it counts the dates that follow."""
    after = [d for d in frame.days if d.start > mention.end]
    return len(after) > 1 and Decimal(len(after)) == mention.value
