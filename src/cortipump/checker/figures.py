"""Every figure of a letter brought before the judge of its family."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from cortipump.checker.binding.dates import dates_of, tied
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame, frames
from cortipump.checker.judges.amounts.money import judge_money
from cortipump.checker.judges.amounts.unpaid import unpaid_findings
from cortipump.checker.judges.counts.absences import judge_absence
from cortipump.checker.judges.counts.counts import OF_A_SET
from cortipump.checker.judges.counts.measures import measure_of
from cortipump.checker.judges.counts.none import is_of_none, none_findings
from cortipump.checker.judges.counts.stays import is_part_of_stays, judge_stay
from cortipump.checker.judges.counts.sums import adds_up, judge_sum, says_sum
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.plain import judge_number
from cortipump.checker.judges.shares.shares import judge_percent, judge_ratio
from cortipump.checker.judges.time.days import judge_day, judge_impossible
from cortipump.checker.judges.time.periods import judge_span
from cortipump.checker.judges.time.times import (
    is_between_dates,
    is_window,
    judge_age,
    judge_clock,
    judge_duration,
)
from cortipump.checker.judges.time.vague import judge_vague
from cortipump.checker.judges.values.labs import judge_measure
from cortipump.checker.known.known import Known
from cortipump.checker.letter import LetterText
from cortipump.checker.mentions import (
    AgeMention,
    AnyMention,
    ClockMention,
    DayMention,
    DurationMention,
    ImpossibleDate,
    MeasureMention,
    MoneyMention,
    NumberMention,
    PercentMention,
    RatioMention,
    SpanMention,
    VagueDate,
)
from cortipump.checker.sources import is_cited, stands_in_a_source, study_numbers

_WORK: Final = re.compile(
    r"work|job|school|shift|class|absen|missed|lost|sick|off\b|out\b|teach|leave|\blogs?\b", re.I
)
_SCALED: Final = re.compile(r"\b(?:scaled|normali[sz]ed|per|every|each)\s*(?:to\s*)?$", re.I)
_IN_HOSPITAL: Final = re.compile(r"\s*(?:in|at|of) (?:the |a )?(?:hospital|bed|ward)\b", re.I)
_ON_THE_DOLLAR: Final = re.compile(r"\s*on the (?:\w+ )?dollar", re.I)
# Whoever says "I" or "my" speaks of the person, whatever studies the sentence names.
_OWN: Final = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Hh]er|[Hh]is)\b")
_OF_A_DATE: Final = frozenset({"amount-of-another-date", "length-of-stay", "clock-differs"})
_OFF_WORK: Final = re.compile(
    r"\s*(?:off|of|from|away from) (?:work|her job|my job|his job)\b", re.I
)
_STAYS: Final = frozenset({"inpatient", "observation", "nights", "hospital-days", "hospital"})


def figure_findings(
    letter: LetterText, mentions: Sequence[AnyMention], known: Known, dated: date
) -> list[Finding]:
    """What is wrong with the figures of a letter, in order; at most one finding for a place."""
    cut = frames(letter, mentions)
    desk = Desk(known, dated, cut)
    found: dict[tuple[int, int], Finding] = {}
    for frame in cut:
        if is_cited(frame.text):
            continue
        for mention in frame.mentions:
            finding = _judge(frame, mention, desk)
            if finding is None or is_of_none(frame, finding, desk):
                continue
            if _follows_from_date(frame, mention, finding, found, desk):
                continue
            if not _is_of_a_source(frame, mention):
                found.setdefault((finding.start, finding.end), finding)
        for none in (*none_findings(frame, desk), *unpaid_findings(frame, desk)):
            if not any(start < none.end and none.start < end for start, end in found):
                found[none.start, none.end] = none
    return sorted(found.values(), key=lambda f: (f.start, f.end))


def _follows_from_date(
    frame: Frame, mention: AnyMention, finding: Finding, found: Mapping[tuple[int, int], Finding],
    desk: Desk,
) -> bool:  # fmt: skip
    """Whether a recorded figure is wrong only as its date is, which is said at the date."""
    recorded = isinstance(mention, MoneyMention) and mention.amount in desk.known.amounts
    if finding.detail not in _OF_A_DATE and not (recorded and finding.detail == "amount-differs"):
        return False
    dates = dates_of(frame, mention)
    near = dates.own or dates.carried
    said = [found.get((d.start, d.end)) for d in near[:1]]
    return any(one is not None and one.rule == "date-differs" for one in said)


def _is_of_a_source(frame: Frame, mention: AnyMention) -> bool:
    """A figure of a study or a cited text; of what a sentence says of studies, any of theirs."""
    if stands_in_a_source(frame.text, mention.start - frame.start, mention.end - frame.start):
        return True
    value = getattr(mention, "value", getattr(mention, "years", None))
    is_own = _OWN.search(frame.text) is not None and frame.topics
    return frame.speaks_of("study") and not is_own and value in study_numbers()


def _judge(frame: Frame, mention: AnyMention, desk: Desk) -> Finding | None:
    match mention:
        case DayMention():
            return judge_day(frame, mention, desk)
        case SpanMention():
            return judge_span(frame, mention, desk)
        case VagueDate():
            return judge_vague(frame, mention, desk)
        case ImpossibleDate():
            return judge_impossible(mention, desk)
        case ClockMention():
            return judge_clock(frame, mention, desk)
        case AgeMention():
            return judge_age(frame, mention, desk)
    return _judge_amount(frame, mention, desk)


def _judge_amount(frame: Frame, mention: AnyMention, desk: Desk) -> Finding | None:
    match mention:
        case MoneyMention():
            return _money(frame, mention, desk)
        case PercentMention():
            return judge_percent(frame, mention, desk)
        case RatioMention():
            return judge_ratio(frame, mention, desk)
        case MeasureMention():
            return judge_measure(frame, mention, desk)
        case DurationMention():
            return _duration(frame, mention, desk)
        case NumberMention():
            return judge_number(frame, mention, desk)
    return None


def _money(frame: Frame, mention: MoneyMention, desk: Desk) -> Finding | None:
    """An amount; ``36 cents on the dollar`` is a share."""
    if not _ON_THE_DOLLAR.match(frame.after(mention.end, 40)):
        return judge_money(frame, mention, desk)
    share = PercentMention(
        start=mention.start, end=mention.end, text=mention.text, value=mention.amount * 100,
        approx=mention.approx,
    )  # fmt: skip
    return judge_percent(frame, share, desk)


def _duration(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """A sum of those above it, a stay, an absence from work, or a length of time."""
    if adds_up(frame, mention, desk):
        return None
    found = _stay_or_length(frame, mention, desk)
    if found is None and not says_sum(frame, mention):
        return None
    return judge_sum(frame, mention, desk) or found


def _stay_or_length(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    in_hospital = _IN_HOSPITAL.match(frame.after(mention.end, 30))
    if mention.period == "day" and is_window(mention, desk) and not in_hospital:
        return None
    if OF_A_SET.search(frame.before(mention.start, 20)):
        return None
    if _SCALED.search(frame.before(mention.start, 20)):
        return None  # "per 100 days", "scaled to 30 days": a unit of a rate
    if mention.period in {"day", "night"} and is_part_of_stays(frame, mention, desk):
        return None
    if mention.period == "night" and mention.value == 1 and not tied(frame, mention):
        return None  # "one night" without a date is any of them
    if mention.period in {"day", "night"}:
        measure = measure_of(frame, mention)
        half = mention.value != int(mention.value) and mention.period == "day"
        off_work = _OFF_WORK.match(frame.after(mention.end, 24))
        if half or off_work or "work" in mention.text.lower():
            return judge_absence(frame, mention, desk)
        if measure == "work" and _is_of_work(frame, mention):
            return judge_absence(frame, mention, desk)
        if measure in _STAYS and _is_of_a_stay(frame, mention):
            between = mention.period == "day" and not mention.adjective
            if between and is_between_dates(frame, mention, desk):
                return None
            return judge_stay(frame, mention, desk)
    return judge_duration(frame, mention, desk)


def _is_of_work(frame: Frame, mention: DurationMention) -> bool:
    """Whether the words beside it speak of work lost."""
    near = frame.before(mention.start, 75) + " " + frame.after(mention.end, 30)
    return frame.is_row or bool(_WORK.search(near))


def _is_of_a_stay(frame: Frame, mention: DurationMention) -> bool:
    """Nights are spent in hospital; days only where the words beside them say so."""
    if mention.period == "night" or mention.adjective:
        return True
    near = frame.before(mention.start, 40) + frame.after(mention.end, 40)
    hospital = any(
        word in near.lower() for word in ("hospital", "stay", "inpatient", "admi", "ward", "kept")
    )
    return hospital and bool(dates_of(frame, mention).all or frame.topics)
