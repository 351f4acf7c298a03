"""Statements of none, and of only one: whether the ledger holds events where there were none."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cortipump.checker.binding.plain_times import of_the_pump, times_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.measures import measure_of
from cortipump.checker.judges.counts.tally import counted
from cortipump.checker.judges.desk import Desk
from cortipump.checker.known.counts import Tallied
from cortipump.checker.known.happenings import Happening, Topic
from cortipump.checker.known.sums import leading
from cortipump.checker.mentions import DayMention, NumberMention, SpanMention, VagueDate
from cortipump.checker.scan.none import NOUNS, Said, find_none, noun_behind
from cortipump.knowledge.cues import Measure
from cortipump.quantities.span import DateSpan

_SHOWN: Final = 4
_NEAR: Final = 16
_QUOTED: Final = re.compile(r"[“\"][^”\"]{12,}[”\"]")
# What somebody else says, what would be, what is asked for, and who else it is about.
NOT_STATED: Final = re.compile(
    r"\b(?:if|unless|whether|so that|in order|to (?:ensure|avoid|prevent|show that)|would|could"
    r"|should|might|(?-i:may)|will|hope[sd]?|aims?|goal|wants?|expect\w*|promised?|except"
    r"|sa(?:ys?|id)|wr(?:ote|ites?)|claims?|claimed|argue[sd]?|assum\w+|suggest\w*|told|asks?"
    r"|asked|according to|think|thought|believe[sd]?|wish\w*|requires?|suppose[sd]?|assert\w*"
    r"|alleg\w*|contend\w*|conclu\w*|as though|as if|husband|wife|partner|mother|father|sister"
    r"|brother|friend|neighbou?r|colleague|employer|patients|people|participants|nobody|anyone"
    r"|no longer|not true|wrong(?:ly)?|incorrect\w*|false(?:ly)?|instead of|rather than"
    r"|apart from|aside from|other than|besides|not counting|noted|reported"
    r"|(?:plan|reviewer|insurer|notice|letter|denial|company|you)\b[^.;]{0,60}"
    r"\b(?:finds?|found|sees?|saw|lists?|note[sd]?|states?|shows?|holds?|held|counts?|counted))\b"
    r"|n['’]t true\b",
    re.I,
)
# Only some of what the noun names: "no stay for a crisis", "no visit that led to a stay".
_NARROWED: Final = re.compile(
    r"\b(?:because of|due to|caused by|related to|attributable|resulting"
    r"|that (?!time|day|year|date)|which|where|while|when(?:ever)?|whose|longer|as long|except"
    r"|other than|apart from|besides|alone|more than|often|every|each|planned"
    r"|until|only|but (?:one|two|for|the|that)|led|leads?|on (?:weekends|weekdays|holidays)"
    r"|(?:is|are) (?:needed|required|necessary|covered)|billed|paid|approved|authori[sz]ed"
    r"|(?:since|after|before) (?:the|my|her|his) (?:first|last|one|visit|stay)"
    r"|requested|denied|without|of (?!\w+ 20|the (?:past|last|year|pump|loaner|record|same)|20))\b"
    r"|\bfrom (?:an?|adrenal|my|this|low|them|these|those|either|it)\b"
    r"|\bfor (?!(?:the )?(?:past|last|whole|entire|first|more|over|about|at least|almost|nearly"
    r"|\w+ (?:and a half )?(?:weeks|months|years)|a year|all of))",
    re.I,
)
_NARROWED_AT_ONCE: Final = re.compile(
    r"\s*(?:at(?! all)|by|with(?! the (?:pump|loaner))|to"
    r"|in (?!20|the (?:past|last|whole|year|\w+ months|\w+ years|time|same"
    r"|\w+ (?:before|since|after))"
    r"|all|that|\w+ 20|\w+ months|any|this|\w+(?:[.,;]|$))"
    r"|as|like|worse|such|comparable|similar|time|immediately|right away|because)\b",
    re.I,
)
_HAVING: Final = re.compile(
    r"(?:\b(?:had|have|has|having|been|was|were|is|are|with|needed|required|needing|shows?|lists?"
    r"|suffered|experienced|spent|recorded|counted|records|and|or|but|be|caused|brought|meant"
    r"|received|used|saw|seen|followed by|then|there|still|again|I)|[,:;])\s*$",
    re.I,
)
# "By June I had had no stay": it speaks of a time that is over.
_BY_THEN: Final = re.compile(r"\bhad (?:had|been|still|also|not|never)\b|\bhadn['’]t\b", re.I)
_OWN_VERB: Final = re.compile(r"(?:not|never|\w+n['’]t)\b")
_VERB: Final = re.compile(
    r"\b(?:was|were|is|are|led|has|had|have|did|does|ended|came|caused|lasted|took|went|cost|can"
    r"|made|could|counts?|means?|became|followed|turned|showed|got|gave)\b",
    re.I,
)
_EXISTS: Final = re.compile(
    r"(?:(?:was|were|has been|have been) (?:needed|necessary|required|recorded|seen|used|given)"
    r"|(?:has|have) (?:occurred|happened|taken place)"
    r"|happened|occurred|took place)\b"
    r"|\b(?:since|after|before) (?:the |my |her |his )?(?:pump|loaner)? ?"
    r"(?:was (?:started|fitted)|I (?:started|began|went on|got) |I have had|I had|I was on)",
    re.I,
)
_TIME_AFTER: Final = re.compile(
    r"\s*(?:at all )?(?:since|before|on the|with the|in (?:\w+ )?20)", re.I
)
_SEEN: Final = re.compile(
    r"\b(?:emergency|(?-i:ERs?|EDs?)|seen|treated|visits?|sent home|released|observ\w+"
    r"|ambulance)\b",
    re.I,
)
_ALWAYS: Final = re.compile(
    r"\b(?:(?:have|has|['’]ve|['’]s) never\b|(?<!had )never (?:been|had|needed)\b)", re.I
)
_EARLIER: Final = re.compile(r"\b(?:before|previously|until|prior|as a child|earlier)\b", re.I)
_STOP: Final = re.compile(r"[;:.]\s|,\s*(?:but|and (?:I|we|she|he|the|my)|so|I|we|she|he)\b")
_TIMED: Final = (DayMention, SpanMention, VagueDate)
_SIDES: Final = frozenset({"before", "after"})
_TOPICS: Final[dict[Measure, Topic]] = {
    "emergency": "emergency", "inpatient": "inpatient", "observation": "observation",
    "urgent-care": "urgent-care", "injection": "injection", "work": "work", "crisis": "crisis",
}  # fmt: skip
_HAD: Final = re.compile(
    r"(?:\b(?:had|have|has|having|been|was|were|is|needed|required|spent|with|but|and|suffered"
    r"|recorded|received|shows?)|[:,])(?: (?:only|just|exactly))?\s*$|\b(?:only|just)\s*$",
    re.I,
)
_ONE_COUNTS: Final = re.compile(
    r"\s*(?:$|[.;:)]|,? (?:and|but|compared|instead|against|versus)\b"
    r"|,? (?:since|before|after|during|between|on (?:the )?(?:pump|loaner|tablets)|within|over"
    r"|with the (?:pump|loaner)"
    r"|in (?:20\d\d|all|total|the (?:past|last|year|whole|\w+ (?:months|weeks|years)))"
    r"|in \w+ 20\d\d)\b)",
    re.I,
)
_LISTED: Final = re.compile(r"[,(]\s*(?:on|in|at|that|which|when)\b", re.I)
_NOT_RECORDED: Final = frozenset({"nothing-that-day", "date-not-found"})
_OF_NO_DAY: Final = frozenset({"pump", "regimen", "note"})
_ADRENAL: Final = re.compile(r"\b(?:adrenal|crisis|crises|addisonian|cortisol)\b", re.I)


def none_findings(frame: Frame, desk: Desk) -> Iterator[Finding]:
    """What is wrong with the statements of none in a frame."""
    if frame.is_row or frame.text.rstrip().endswith("?") or frame.speaks_of("study", "plan-text"):
        return
    text = _QUOTED.sub(lambda m: " " * len(m[0]), frame.text)
    for said in find_none(re.sub(r"\s", " ", text)):
        finding = _judge(frame, text, said, desk)
        if finding is not None:
            yield finding


def is_of_none(frame: Frame, finding: Finding, desk: Desk) -> bool:
    """Whether a date is told not to be in the ledger where the sentence itself says so."""
    if finding.detail not in _NOT_RECORDED:
        return False
    said = [s for s in find_none(re.sub(r"\s", " ", frame.text)) if s.form in {"noun", "verb"}]
    if not said:
        return False
    day = next((d.first for d in frame.days if d.start == finding.start), None)
    if day is not None and any(s.measure == "inpatient" and s.form == "verb" for s in said):
        here = desk.known.days.get(day, ())
        if any(h.topics & {"emergency", "urgent-care", "observation"} for h in here):
            return True
    return all(
        any(s.start <= c.start - frame.start and c.end - frame.start <= s.end for s in said)
        for c in frame.topics
        if c.says not in _OF_NO_DAY
    )


def judge_one(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold ``one`` against the ledger where it plainly counts: with a noun, over a named time."""
    noun = noun_behind(frame.after(mention.end))
    if mention.text.lower() != "one" or noun is None:
        return None
    measure, end = noun
    before, tail = frame.before(mention.start, 200), frame.after(mention.end, 400)[end:]
    if NOT_STATED.search(before) or not _HAD.search(before):
        return None
    return _hold_one(frame, mention, measure, tail, desk)


def _hold_one(
    frame: Frame, mention: NumberMention, measure: Measure, tail: str, desk: Desk
) -> Finding | None:
    if not _ONE_COUNTS.match(tail) or _is_narrowed(tail) or _LISTED.search(tail[:40]):
        return None
    if _ADRENAL.search(frame.text) or frame.speaks_of("study", "plan-text"):
        return None
    return _hold(mention, measure, times_of(frame, mention, desk.known, desk.dated), desk)


def _judge(frame: Frame, text: str, said: Said, desk: Desk) -> Finding | None:
    head, tail = text[: said.start], _clause(text[said.end :])
    until = head[-_NEAR:] + text[said.start : said.end]
    if NOT_STATED.search(head) or _BY_THEN.search(until) or _is_narrowed(tail):
        return None
    mention = NumberMention(
        start=frame.start + said.start, end=frame.start + said.end,
        text=frame.text[said.start : said.end], value=Decimal(said.value), spelled=True,
    )  # fmt: skip
    if said.form == "single" and said.measure is not None:
        return _hold_one(frame, mention, said.measure, text[said.end :], desk)
    if said.form == "change" and said.measure is not None:
        return _judge_change(frame, mention, said.measure, desk)
    measure = said.measure or _counted_before(frame, mention)
    if measure is None or not _is_claim(frame, said, head, tail):
        return None
    spans = times_of(frame, mention, desk.known, desk.dated)
    whole = desk.known.spans.get("the whole record")
    if not spans and whole is not None and _is_always(head + mention.text, tail):
        spans = (whole,)
    return _hold(mention, measure, spans, desk)


def _is_claim(frame: Frame, said: Said, head: str, tail: str) -> bool:
    """Whether the words say that there was none, not what the few of them were or did."""
    if said.form == "noun" and "admission" in _words(frame, said) and _SEEN.search(head):
        return bool(_TIME_AFTER.match(tail))  # "two emergency visits but no admission"
    if said.form == "noun":
        if _words(frame, said).startswith("without"):
            return bool(head.strip()) and not _SEEN.search(head)
        if _HAVING.search(head) or _OWN_VERB.match(_words(frame, said)):
            return True
        return not _VERB.search(_EXISTS.sub("", tail))
    if said.form == "verb" and said.measure == "inpatient":
        never = "never" in _words(frame, said)
        own = any(isinstance(m, _TIMED) for m in frame.mentions) or frame.speaks_of(*_SIDES)
        return never or (own and not _SEEN.search(head))
    return True


def _words(frame: Frame, said: Said) -> str:
    return frame.text[said.start : said.end].lower()


def _is_always(words: str, tail: str) -> bool:
    return bool(_ALWAYS.search(words)) and not _EARLIER.search(tail)


def _clause(rest: str) -> str:
    stop = _STOP.search(rest)
    return rest[: stop.start()] if stop else rest


def _is_narrowed(tail: str) -> bool:
    return bool(_NARROWED_AT_ONCE.match(tail) or _NARROWED.search(tail))


def _counted_before(frame: Frame, mention: NumberMention) -> Measure | None:
    """What the last number before it counts, in its own sentence or the one before."""
    for each in (frame, *frame.earlier[:1]):
        for one in reversed(each.mentions):
            if isinstance(one, NumberMention) and one.end <= mention.start:
                measure = measure_of(each, one)
                return measure if measure in NOUNS or measure == "work" else None
    return None


def _judge_change(
    frame: Frame, mention: NumberMention, measure: Measure, desk: Desk
) -> Finding | None:
    """``Injections fell from six to one``: the later number, of the time since the pump."""
    if any(isinstance(m, _TIMED) for m in frame.mentions) or _ADRENAL.search(frame.text):
        return None
    return _hold(mention, measure, of_the_pump("after", desk.known), desk)


def _hold(
    mention: NumberMention, measure: Measure, spans: tuple[DateSpan, ...], desk: Desk
) -> Finding | None:
    """A finding where no plain reading of any of the times bears the number."""
    tallied = [desk.known.counter.count(measure, span) for span in spans]
    for one, span in zip(tallied, spans, strict=True):
        if mention.value in _plain_counts(one, measure, span, desk):
            return None
    if not tallied:
        return None
    best, span = tallied[0], spans[0]
    time = f"from {span.from_} to {span.last}"
    message = f"The ledger does not bear {counted(mention.value, best.what)} {time}."
    return desk.find(mention, "count-differs", "count-differs", message,
                     _events(best, span, time, desk), best.facts)  # fmt: skip


def _plain_counts(one: Tallied, measure: Measure, span: DateSpan, desk: Desk) -> set[Decimal]:
    """What a count without further words can mean: of whatever cause, in whatever hospital."""
    low, high = int(one.low), int(one.high)
    counts = {one.low, one.high, *(Decimal(n) for n in range(low, high + 1))}
    topic = _TOPICS.get(measure)
    inside = [h for h in desk.known.happenings if topic in h.topics and _is_in(h, span)]
    if topic in {"emergency", "observation", "inpatient"}:
        counts |= {Decimal(len(inside)), Decimal(len([h for h in inside if leading(h) == topic]))}
    if topic == "injection":
        counts.add(Decimal(len(inside)))
    return counts


def _is_in(happening: Happening, span: DateSpan) -> bool:
    return happening.first is not None and happening.first in span


def _events(one: Tallied, span: DateSpan, time: str, desk: Desk) -> str:
    """``2 rescue injections from ... to ...: 2026-02-15 (...), 2026-08-09 (...)``."""
    facts = set(one.facts)
    events = [h for h in desk.known.happenings if facts & set(h.facts) and _is_in(h, span)]
    shown = "; ".join(desk.of_happening(h) for h in events[:_SHOWN])
    more = "; and others" if len(events) > _SHOWN else ""
    number = counted(one.low, one.what) if one.low == one.high else f"{one.text} {one.what}"
    return f"{number} {time}" + (f": {shown}{more}" if shown else "")
