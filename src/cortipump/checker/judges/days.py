"""Dates: is there anything of that kind in the ledger on that day?"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from cortipump.checker.binding.dates import has_year, holds
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.deadlines import judge_deadline
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.values import DOSE_UNITS, readings
from cortipump.checker.known.happenings import Happening
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    DayMention,
    ImpossibleDate,
    MeasureMention,
    MoneyMention,
    NumberMention,
    SpanMention,
    VagueDate,
)

# What a topic word of a letter can stand for in the ledger.
_MEANS: Final[dict[str, frozenset[str]]] = {
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
_TELLING: Final = frozenset(
    {
        "emergency", "inpatient", "observation", "urgent-care", "hospital", "crisis", "injection",
        "score", "lab", "measurement", "denial", "call", "diagnosis", "procedure", "birth",
        "office", "hospital-days", "work",
    }
)  # fmt: skip
_NEAR: Final = timedelta(days=45)
_MONTHISH: Final = timedelta(days=45)
_SIDE_WORDS: Final = 60
_START: Final = re.compile(
    r"\b(?:admitted|admission|went|taken|arriv\w+|presented|brought|came|rushed)\b", re.I
)
_END: Final = re.compile(
    r"\b(?:discharged?|released|sent home|went home|left the hospital|home)\b", re.I
)
_LAST_DAY: Final = re.compile(
    r"\bdeadline|last day|expires?|\bends? on|no later than|\b180\b", re.I
)
_APPEAL: Final = re.compile(r"\bappeal|\bfile\b|filing", re.I)
_HEAD, _PLACE = 1200, 32
_DATED: Final = re.compile(r"\bdated\b|\bnotice of\b|\bletter of\b", re.I)
_RECEIVED: Final = re.compile(
    r"\b(?:reach\w*|receiv\w+|arriv\w+|got|in (?:our|my|her|his) hands|came)\b", re.I
)
_BEGUN: Final = re.compile(
    r"\b(?:start\w*|began|begun|since|switch\w*|went on|put (?:me|her|him) on|trained|got)\b", re.I
)
_CLAUSE: Final = re.compile(r"[,;:(]\s|\b(?:and|but|then|which|while|where)\b", re.I)
_HOME: Final = re.compile(
    r"\b(?:discharged|released|sent home|went home|got home|left the hospital)\b", re.I
)
_SOMETIME: Final = re.compile(
    r"\b(?:some\s?time|somewhere|at some point|one (?:\w+ )?(?:day|night|morning|evening|afternoon|weekend|week))\b",
    re.I,
)
_SEASON: Final = re.compile(r"in\s+(?:the\s+)?(?:spring|summer|autumn|fall|winter)", re.I)
_DEADLINE: Final = re.compile(
    r"\b(?:deadline|due|no later than|on or before|expires?|time limit|last day|until|by|ends?)\b",
    re.I,
)
_CITED: Final = re.compile(
    r"\b(?:version|revised|effective|edition|published|dated|updated|rev\.)\b", re.I
)
_BOUND: Final = re.compile(r"\b(?:until|till|since|from|through|to)\s*$", re.I)
_FEAST: Final = re.compile(r"christmas|easter|new year|thanksgiving|holiday", re.I)
_VAGUE: Final = re.compile(r"\b(?:ago|earlier|some ?time|recently|lately)\b", re.I)
_VAGUE_FINE: Final = re.compile(
    r"\b(?:past|last|previous|preceding|first|next|following|prior)\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?)\b"
    r"|\btoday|yesterday|to date|this (?:year|month|week|letter)|tomorrow\b", re.I)  # fmt: skip


def judge_day(frame: Frame, mention: DayMention, desk: Desk) -> Finding | None:
    """Hold one date against the ledger. None: something of that kind is recorded for it."""
    if _is_of_the_letter(frame, mention, desk):
        return None
    if mention.grain != "day":
        return _judge_month(frame, mention, desk)
    here = _here(mention, desk)
    topics = _topics(frame, mention)
    wanted = frozenset[str]().union(*(_MEANS[t] for t in topics)) if topics else frozenset()
    fitting = [h for h in here if not wanted or h.topics & wanted]
    if mention.last > desk.dated and _is_appeal_deadline(frame, mention):
        return judge_deadline(mention, desk)
    if mention.other is not None and mention.other == desk.known.born:
        return None
    if not fitting and _is_borne_out(frame, mention, desk):
        return None
    clause = {c.says for c in _of_clause(frame, mention)} & _TELLING
    if here and not fitting and not clause and not frame.is_row and topics & _TELLING:
        return None  # the words beside the date do not say what it is of
    if fitting:
        return _side(frame, mention, fitting, desk)
    if _is_window(mention, desk) or _is_inside_a_stay(frame, mention, desk, wanted):
        return None
    only = not topics & (_TELLING - {"denial"})
    received = (
        only and topics & {"letter", "denial"} and _RECEIVED.search(frame.before(mention.start, 45))
    )
    if here and received:
        return _nothing_there(mention, frozenset({"denial", "letter"}), True, desk)
    begun = (
        topics >= {"pump"} and _BEGUN.search(frame.before(mention.start, 45)) and not frame.kinds
    )
    if here and not topics & _TELLING and not begun:
        return None
    return _nothing_there(mention, wanted, bool(here), desk)


def judge_impossible(mention: ImpossibleDate, desk: Desk) -> Finding:
    """A day that no calendar has."""
    message = f"There is no day {mention.text}."
    return desk.find(mention, "date-differs", "impossible-date", message)


def _is_of_the_letter(frame: Frame, mention: DayMention, desk: Desk) -> bool:
    """The letter's own date, a deadline, a future plan, the date of a text that is cited."""
    if mention.first == desk.dated:
        return True
    if mention.last > desk.dated:
        return not _is_birth(frame, mention) and not _is_appeal_deadline(frame, mention)
    alone = frame.text.strip(" .,:;|*_") == mention.text.strip()
    if alone and frame.start < _HEAD and not frame.is_row:
        return True
    whole = desk.known.spans.get("the whole record")
    told = any(cue.says in _TELLING for cue in frame.topics)
    if frame.start < _HEAD and whole is not None and mention.first > whole.last and not told:
        return True  # later than anything recorded: the letter's own date
    words = frame.text.replace(mention.text, "").strip(" .,:;|*_")
    if frame.start < _HEAD and not frame.topics and not frame.is_row and len(words) < _PLACE:
        return True
    if not has_year(mention) and _DEADLINE.search(frame.before(mention.start, 40)):
        return not frame.says(*_TELLING) or _comes_soon(mention, desk)
    before = frame.before(mention.start, 25)
    if frame.speaks_of("plan-text") and _CITED.search(before):
        return True
    return frame.speaks_of("study") and not frame.topics


def _comes_soon(mention: DayMention, desk: Desk) -> bool:
    """Whether the next such day after the letter lies within half a year."""
    day = mention.first
    try:
        ahead = [day.replace(year=desk.dated.year + more) for more in (0, 1)]
    except ValueError:
        return False
    return any(timedelta(0) < one - desk.dated <= timedelta(days=183) for one in ahead)


def _is_appeal_deadline(frame: Frame, mention: DayMention) -> bool:
    """Whether a future day is said to be the last one for an appeal."""
    words = frame.before(mention.start, 160) + frame.after(mention.end, 60)
    exact = mention.grain == "day" and has_year(mention)
    return exact and bool(_LAST_DAY.search(words)) and bool(_APPEAL.search(words))


def _is_birth(frame: Frame, mention: DayMention) -> bool:
    return any(cue.says == "birth" for cue in frame.topics)


def _here(mention: DayMention, desk: Desk) -> tuple[Happening, ...]:
    if not has_year(mention):
        return tuple(
            h for h in desk.known.happenings if any(holds(mention, d) for d in h.starts | h.ends)
        )
    here = desk.known.days.get(mention.first, ())
    month = mention.first.replace(day=1)
    return here + tuple(h for h in desk.known.happenings if month in h.months and not h.starts)


def _topics(frame: Frame, mention: DayMention | SpanMention) -> frozenset[str]:
    """What the words around a date say that it is the date of."""
    header = frame.header(mention)
    cues = [*frame.topics, *header.topics]
    if len(frame.days) > 1 and not frame.is_row:
        cues = [*_of_clause(frame, mention), *header.topics]
    if not frame.topics or frame.is_row:
        cues += frame.lead.topics
    topics = frozenset(cue.says for cue in cues)
    if not topics & _TELLING and _HOME.search(frame.before(mention.start, 30)):
        topics |= {"hospital"}
    measured = any(
        isinstance(m, MeasureMention) and m.canonical not in DOSE_UNITS for m in frame.mentions
    )
    if measured and not topics & _TELLING and not any(c.says in _TELLING for c in frame.topics):
        topics |= {"lab"}
    if any(isinstance(m, MoneyMention) for m in frame.mentions) and not topics & _TELLING:
        topics |= {"charge", "visit"}
    return topics & _MEANS.keys()


def _of_clause(frame: Frame, mention: DayMention | SpanMention) -> list[Cue]:
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
    return inside if any(c.says in _TELLING for c in inside) else []


def _is_borne_out(frame: Frame, mention: DayMention, desk: Desk) -> bool:
    """Whether an amount or a value of the sentence is recorded for just that date."""
    for other in frame.mentions:
        if isinstance(other, MoneyMention):
            found = desk.known.amounts.get(other.amount, ())
            if any(holds(mention, day) for one in found for day in one.days):
                return True
        elif isinstance(other, MeasureMention | NumberMention) and other.value > 2:
            if any(
                r.value == other.value and r.day and holds(mention, r.day) for r in readings(desk)
            ):
                return True
    return False


def _is_window(mention: DayMention, desk: Desk) -> bool:
    """The first or last day of a window of the comparison, or of the record."""
    for span in desk.known.spans.values():
        if mention.first in {span.from_, span.last, span.until}:
            return True
    return False


def _is_inside_a_stay(
    frame: Frame, mention: DayMention, desk: Desk, wanted: frozenset[str]
) -> bool:
    """A day between admission and discharge, unless the sentence says that it is one of the two."""
    words = frame.before(mention.start) + frame.after(mention.end, 25)
    if _START.search(words) or _END.search(words):
        return False
    stays = frozenset({"inpatient", "observation"}) & wanted
    return any(h.spans(mention.first) and h.topics & stays for h in desk.known.happenings)


def _side(
    frame: Frame, mention: DayMention, here: Sequence[Happening], desk: Desk
) -> Finding | None:
    """A discharge that is called an admission, or the other way round."""
    notices = [h for h in here if "denial" in h.topics and h.ends]
    if notices and len(notices) == len(here):
        return _side_of_notice(frame, mention, notices, desk)
    stays = [h for h in here if "visit" in h.topics]
    if not stays or len(stays) < len(here) or len(frame.days) > 1:
        return None
    words = frame.before(mention.start, _SIDE_WORDS)
    starts, ends = _START.search(words), _END.search(words + frame.after(mention.end, 25))
    if starts and not ends and all(mention.first not in h.starts for h in stays):
        first = [h for h in stays if h.starts]
        message = f"{mention.text} is the day of discharge, not of admission."
        return _wrong(mention, first, message, "end-called-start", desk)
    return None


def _side_of_notice(
    frame: Frame, mention: DayMention, notices: Sequence[Happening], desk: Desk
) -> Finding | None:
    """The day of receipt that is called the date of the notice, or the other way round."""
    words = frame.before(mention.start, 40)
    told, got = list(_DATED.finditer(words)), list(_RECEIVED.finditer(words))
    last = max([*told, *got], key=lambda m: m.end(), default=None)
    if last is None:
        return None
    is_told = last in told
    days = {day for h in notices for day in (h.starts if is_told else h.ends)}
    if not days or any(holds(mention, day) for day in days):
        return None
    name = "of receipt, not of the notice" if is_told else "of the notice, not of receipt"
    message = f"{mention.text} is the day {name}."
    shown = f"{min(days)} ({desk.origin(notices[0].facts)})"
    return desk.find(mention, "date-differs", "notice-or-receipt", message, shown, notices[0].facts)


# -- months and years ----------------------------------------------------------------------


def _judge_month(frame: Frame, mention: DayMention, desk: Desk) -> Finding | None:
    topics = _topics(frame, mention) & _TELLING
    if not topics or any(isinstance(m, NumberMention) for m in frame.mentions):
        return None
    wanted = frozenset[str]().union(*(_MEANS[t] for t in topics))
    touching = [
        h
        for h in desk.known.happenings
        if h.topics & wanted and any(holds(mention, d) for d in h.starts | h.ends | h.months)
    ]
    if touching or _anything(mention, desk):
        return None
    return _nothing_there(mention, wanted, known=False, desk=desk)


def _anything(mention: DayMention, desk: Desk) -> bool:
    """Whether a regimen or a stay runs through the month; then it dates a state, not an event."""
    return mention.grain == "year" and any(
        h.first and h.last and h.first <= mention.last and h.last >= mention.first
        for h in desk.known.happenings
    )


# -- spans ---------------------------------------------------------------------------------


def judge_span(frame: Frame, mention: SpanMention, desk: Desk) -> Finding | None:
    """Hold a span against stays and regimens; a span that something is counted over is free."""
    topics = _topics(frame, mention)
    if "regimen" in topics and not topics & _TELLING and mention.grain == "day":
        return _judge_regimen(mention, desk)
    topics &= _TELLING if topics & {"work"} else _TELLING | {"nights"}
    wanted = frozenset[str]().union(*(_MEANS[t] for t in topics)) & {
        "inpatient", "observation", "emergency", "work",
    }  # fmt: skip
    if mention.grain != "day" or not wanted or mention.last - mention.first > _MONTHISH:
        return None
    if mention.last > desk.dated:
        return None
    first, last = _ends(mention)
    everything = desk.known.happenings
    length = mention.last - mention.first
    lasting = [h for h in everything if h.ends or h.topics & wanted]
    begun = {d for h in lasting for d in h.starts if holds(first, d)}
    if any(d + length in h.ends | h.starts for d in begun for h in lasting):
        return None
    starting = [
        h for h in everything if h.topics & wanted and any(holds(first, d) for d in h.starts)
    ]
    ending = [h for h in everything if h.topics & wanted and any(holds(last, d) for d in h.ends)]
    found = starting or ending
    if found:
        days = sorted(found[0].starts | found[0].ends)
        message = "The ledger holds other days for this."
        return desk.find(mention, "date-differs", "other-days", message,
                         desk.of_happening(found[0], (days[0], days[-1])), found[0].facts)  # fmt: skip
    inside = [
        h for h in desk.known.happenings if h.first and mention.first <= h.first <= mention.last
    ]
    if any(h.topics & wanted for h in inside):
        return None
    near = _nearest(mention.first, wanted, desk)
    if not near:
        return None
    return _wrong(
        mention, near, "Nothing of this kind is recorded for these days.", "other-days", desk
    )


def _judge_regimen(mention: SpanMention, desk: Desk) -> Finding | None:
    """The time of a regimen: its first day must be one on which some regimen began."""
    regimens = [h for h in desk.known.happenings if "regimen" in h.topics]
    windows = {day for s in desk.known.spans.values() for day in (s.from_, s.last, s.until)}
    first, last = _ends(mention)
    begun = any(holds(first, d) for h in regimens for d in h.starts) or mention.first in windows
    ended = any(holds(last, d) for h in regimens for d in h.ends) or mention.last in windows
    if begun or mention.last > desk.dated or not ended:
        return None
    found = [h for h in regimens if any(holds(last, d) for d in h.ends)]
    return _wrong(
        mention, found[:1], "The ledger holds other days for this regimen.", "other-days", desk
    )


def _ends(mention: SpanMention) -> tuple[DayMention, DayMention]:
    """Its first and last day as dates of their own, with or without a year as the span is."""
    given = has_year(mention)
    first, last = (
        DayMention(start=mention.start, end=mention.end, text=mention.text, first=day, last=day,
                   grain="day", year_given=given)
        for day in (mention.first, mention.last)
    )  # fmt: skip
    return first, last


def judge_vague(frame: Frame, mention: VagueDate, desk: Desk) -> Finding | None:
    """A date that nobody can check, where an event is dated with it."""
    if _VAGUE_FINE.search(mention.text) and not _VAGUE.search(mention.text):
        return None
    topics = _topics_of_words(frame) & (_TELLING | {"letter"})
    exact = mention.first is not None and any(
        isinstance(m, DayMention) and m.grain == "day" and mention.last is not None
        and mention.first is not None and mention.first <= m.first <= mention.last
        for m in frame.mentions
    )  # fmt: skip
    if mention.first is not None and mention.first > desk.dated:
        return None
    if _SEASON.fullmatch(mention.text.strip()) and not _SOMETIME.search(
        frame.before(mention.start, 40)
    ):
        return None
    if _BOUND.search(frame.before(mention.start, 12)) or (
        _FEAST.search(mention.text) and frame.days
    ):
        return None
    if not topics or exact:
        return None
    wanted = frozenset[str]().union(*(_MEANS[t] for t in topics))
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


def _topics_of_words(frame: Frame) -> frozenset[str]:
    return frozenset(cue.says for cue in frame.topics) & _MEANS.keys()


# -- what is wrong -------------------------------------------------------------------------


def _nothing_there(
    mention: DayMention, wanted: frozenset[str], known: bool, desk: Desk
) -> Finding | None:
    near = _nearest(mention.first, wanted, desk)
    if near:
        message = f"Nothing of this kind is recorded for {mention.text}."
        return _wrong(mention, near, message, "nothing-that-day", desk)
    if known:
        return None
    message = f"No record of the ledger is of {mention.text}."
    return desk.find(mention, "unsupported-number", "date-not-found", message)


def _nearest(day: date, wanted: frozenset[str], desk: Desk) -> list[Happening]:
    """What is recorded close by, or on a day that a slip of the hand turns into this one."""
    found = []
    for happening in desk.known.happenings:
        if wanted and not happening.topics & wanted:
            continue
        off = min((_off(day, known) for known in happening.starts | happening.ends), default=None)
        if off is not None:
            found.append((off, happening))
    found.sort(key=lambda pair: pair[0])
    best = [h for off, h in found if off <= _NEAR][:2]
    return best if len(best) < 2 or found[0][0] == found[1][0] else best[:1]


def _off(day: date, known: date) -> timedelta:
    """Distance; a year that is off, or day and month exchanged, is a small slip."""
    if (day.month, day.day) == (known.month, known.day):
        return timedelta(days=min(abs(day.year - known.year), 20))
    if (day.month, day.day) == (known.day, known.month) and day.year == known.year:
        return timedelta(days=1)
    if day.day == known.day and day.year == known.year:
        return min(abs(day - known), timedelta(days=20))
    return abs(day - known)


def _wrong(
    mention: DayMention | SpanMention, found: Iterable[Happening], message: str, detail: str,
    desk: Desk,
) -> Finding:  # fmt: skip
    listed = list(found)
    shown = " or ".join(desk.of_happening(h) for h in listed)
    facts = [fact for h in listed for fact in h.facts]
    return desk.find(mention, "date-differs", detail, message, shown, facts)
