"""Single days: whether the ledger holds anything of that kind for them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from cortipump.checker.binding.dates import has_year, holds
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.time.deadlines import is_last_day, judge_deadline
from cortipump.checker.judges.time.months import judge_month
from cortipump.checker.judges.time.nearby import nothing_there, wrong_date
from cortipump.checker.judges.time.topics import (
    MEANS,
    TELLING,
    of_clause,
    topics_of,
    topics_of_words,
)
from cortipump.checker.judges.values.readings import readings
from cortipump.checker.known.happenings import Happening
from cortipump.checker.mentions import (
    DayMention,
    ImpossibleDate,
    MeasureMention,
    MoneyMention,
    NumberMention,
)

_SIDE_WORDS: Final = 60
_START: Final = re.compile(
    r"\b(?:admitted|admission|went|taken|arriv\w+|presented|brought|came|rushed)\b", re.I
)
_END: Final = re.compile(
    r"\b(?:discharged?|released|sent home|went home|left the hospital|home)\b", re.I
)
_LAST_DAY: Final = re.compile(
    r"\bdeadline|last day|\bha(?:ve|s) until\b|expires?|\bends? on|no later than|\b180\b", re.I
)
_APPEAL: Final = re.compile(r"\bappeal|\bfile\b|filing|\breceipt\b", re.I)


_HEAD, _PLACE = 1200, 32


_DATED: Final = re.compile(r"\bdated\b|\bnotice of\b|\bletter of\b", re.I)
_RECEIVED: Final = re.compile(
    r"\b(?:reach\w*|receiv\w+|arriv\w+|got|in (?:our|my|her|his) hands|came)\b"
    r"|\brec.?d\b|\brcvd\b",
    re.I,
)
_BEGUN: Final = re.compile(
    r"\b(?:start\w*|began|begun|since|switch\w*|went on|put (?:me|her|him) on|trained|got)\b", re.I
)
# The day of leaving right behind these words; "home" alone says little.
_LEFT: Final = re.compile(
    r"\b(?:discharged?|released|sent home|went home|left (?:the )?hospital)"
    r"(?:\s+(?:from|the|hospital|again|me|her|him|on|home)\b)*\s*$",
    re.I,
)
_GOT: Final = re.compile(
    r"\b(?:it|that|which|this)\s+(?:only\s+)?(?:got (?:here|to (?:me|us|her|him))"
    r"|came(?: here| in(?: the mail)?)?"
    r"|arrived(?: (?:at (?:my|our|her|his) \w+|in the mail|by mail|here))?"
    r"|reached (?:me|us|her|him|the house)|was (?:received|delivered)|landed(?: here)?)"
    r"(?:\s+on)?\s*(?:the\s+)?$",
    re.I,
)
_OF_STUDY: Final = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|papers?|articles?|published|guidelines?|publications?)\b[^.;\d]{0,25}$",
    re.I,
)
_DEADLINE: Final = re.compile(
    r"\b(?:deadline|due|no later than|on or before|expires?|time limit|last day"
    r"|until|till?|by|ends?)\b",
    re.I,
)
# What is done with a letter on its own day, or some days beside it.
_WRITTEN: Final = re.compile(
    r"\b(?:(?:co-?)?signed|submitted|mailed|posted|faxed|filed|written|typed|prepared|"
    r"printed|notari[sz]ed|executed|"
    r"sent(?! (?:home|in\b|to (?:the |an? )?(?:hospital|emergency|er|ed|ward))))\b[^.;]{0,25}$",
    re.I,
)
_WRITING_DAYS: Final = timedelta(days=10)
_CITED: Final = re.compile(
    r"\b(?:version|revised|effective|edition|published|dated|updated|rev\.)\b", re.I
)
_OF_CRITERIA: Final = frozenset({"denial"})  # the criteria of a notice bear its date
_A_YEAR: Final = re.compile(r"in \d{4}$")
_SMALL: Final = 2  # such figures stand anywhere


def judge_day(frame: Frame, mention: DayMention, desk: Desk) -> Finding | None:
    """Hold one date against the ledger. None: something of that kind is recorded for it."""
    if _is_of_the_letter(frame, mention, desk):
        return None
    if mention.grain != "day":
        return judge_month(frame, mention, desk)
    here = _here(mention, desk)
    topics = topics_of(frame, mention)
    wanted = frozenset[str]().union(*(MEANS[t] for t in topics)) if topics else frozenset()
    fitting = [h for h in here if not wanted or h.topics & wanted]
    if mention.last > desk.dated and _is_appeal_deadline(frame, mention):
        return judge_deadline(frame, mention, desk)
    if mention.other is not None and mention.other == desk.known.born:
        return None
    if not fitting and _is_borne_out(frame, mention, desk):
        return None
    clause = {c.says for c in of_clause(frame, mention)} & TELLING
    if here and not fitting and not clause and not frame.is_row and topics & TELLING:
        return None  # the words beside the date do not say what it is of
    if topics_of_words(frame) & {"letter", "denial"} and _GOT.search(frame.before(mention.start)):
        return _judge_receipt(mention, desk)
    if fitting:
        return _side(frame, mention, fitting, desk)
    begun = _is_begun(frame, mention, topics)
    if (_is_window(mention, desk) and not begun) or _is_inside_a_stay(frame, mention, desk, wanted):
        return None
    only = not topics & (TELLING - {"denial"})
    received = (
        only and topics & {"letter", "denial"} and _RECEIVED.search(frame.before(mention.start, 45))
    )
    if here and received:
        return nothing_there(mention, frozenset({"denial", "letter"}), True, desk)
    if here and not topics & TELLING and not begun:
        return None
    return nothing_there(mention, wanted, bool(here), desk)


def _judge_receipt(mention: DayMention, desk: Desk) -> Finding | None:
    """``your letter of July 6 (it got here July 8)``: only a day of receipt will do."""
    got = [
        h for h in desk.known.happenings
        if h.topics & {"denial", "letter"} and (h.starts or h.ends)
    ]  # fmt: skip
    if not got or any(holds(mention, day) for h in got for day in h.ends or h.starts):
        return None
    return nothing_there(mention, frozenset({"denial", "letter"}), True, desk)


def _is_begun(frame: Frame, mention: DayMention, topics: frozenset[str]) -> bool:
    """Whether it is said to be the day on which the pump began."""
    before = frame.before(mention.start, 45)
    is_of_pump = "pump" in topics and not frame.kinds and "year" not in before
    return is_of_pump and _BEGUN.search(before) is not None


def judge_impossible(mention: ImpossibleDate, desk: Desk) -> Finding:
    """A day that no calendar has."""
    message = f"There is no day {mention.text}."
    return desk.find(mention, "date-differs", "impossible-date", message)


def _is_of_the_letter(frame: Frame, mention: DayMention, desk: Desk) -> bool:
    """The letter's own date, a deadline, a future plan, the date of a text that is cited."""
    if mention.first == desk.dated or _is_of_writing(frame, mention, desk):
        return True
    if mention.last > desk.dated:
        return not _is_birth(frame, mention) and not _is_appeal_deadline(frame, mention)
    alone = frame.text.strip(" .,:;|*_") == mention.text.strip()
    if alone and frame.start < _HEAD and not frame.is_row:
        return True
    whole = desk.known.spans.get("the whole record")
    told = any(cue.says in TELLING for cue in frame.topics)
    if frame.start < _HEAD and whole is not None and mention.first > whole.last and not told:
        return True  # later than anything recorded: the letter's own date
    words = frame.text.replace(mention.text, "").strip(" .,:;|*_")
    if frame.start < _HEAD and not frame.topics and not frame.is_row and len(words) < _PLACE:
        return True
    if not has_year(mention) and is_last_day(mention.first, desk):
        return True
    if not has_year(mention) and _DEADLINE.search(frame.before(mention.start, 40)):
        return not frame.says(*TELLING) or _comes_soon(mention, desk)
    before = frame.before(mention.start, 25)
    if mention.grain == "year" and _OF_STUDY.search(frame.before(mention.start, 50)):
        return True
    if frame.speaks_of("plan-text") and _CITED.search(before):
        return True
    return frame.speaks_of("study") and not frame.topics


def _is_of_writing(frame: Frame, mention: DayMention, desk: Desk) -> bool:
    """A day about the letter's own on which it was signed, submitted or mailed."""
    near = abs(mention.first - desk.dated) <= _WRITING_DAYS
    return near and _WRITTEN.search(frame.before(mention.start, 45)) is not None


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


def _is_borne_out(frame: Frame, mention: DayMention, desk: Desk) -> bool:
    """Whether an amount or a value of the sentence is recorded for just that date."""
    for other in frame.mentions:
        if isinstance(other, MoneyMention):
            found = desk.known.amounts.get(other.amount, ())
            if any(holds(mention, day) for one in found for day in one.days):
                return True
    values = {
        m.value for m in frame.mentions if isinstance(m, MeasureMention | NumberMention)
    }  # fmt: skip
    return any(
        r.value in values and r.value > _SMALL and r.day is not None and holds(mention, r.day)
        for r in readings(desk)
    )


def _is_window(mention: DayMention, desk: Desk) -> bool:
    """The first or last day of a window of the comparison, of a phase, or of the record."""
    for name, span in desk.known.spans.items():
        if _A_YEAR.match(name):
            continue
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
    if notices and all(h in notices or h.topics == _OF_CRITERIA for h in here):
        return _side_of_notice(frame, mention, notices, desk)
    stays = [h for h in here if "visit" in h.topics]
    if not stays or len(stays) < len(here) or len(frame.days) > 1:
        return None
    words = frame.before(mention.start, _SIDE_WORDS)
    starts, ends = _START.search(words), _END.search(words + frame.after(mention.end, 25))
    if starts and not ends and all(mention.first not in h.starts for h in stays):
        first = [h for h in stays if h.starts]
        message = f"{mention.text} is the day of discharge, not of admission."
        return wrong_date(mention, first, message, "end-called-start", desk)
    left = _LEFT.search(words)
    if left and not starts and all(mention.first in h.starts - _last(h) for h in stays):
        message = f"{mention.text} is the day of admission, not of discharge."
        return wrong_date(mention, stays, message, "start-called-end", desk)
    return None


def _last(stay: Happening) -> frozenset[date]:
    return frozenset({max(stay.ends)}) if stay.ends else frozenset()


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
