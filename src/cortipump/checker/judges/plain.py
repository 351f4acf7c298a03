"""Numbers without a unit: a count, a score, a laboratory value, or nothing that can be known."""

import re
from decimal import Decimal
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.counts.absences import judge_absence
from cortipump.checker.judges.counts.columns import is_dated, is_of_side, is_total
from cortipump.checker.judges.counts.counts import judge_count
from cortipump.checker.judges.counts.criteria import counts_criteria, judge_criteria
from cortipump.checker.judges.counts.listed import judge_listed
from cortipump.checker.judges.counts.measures import measure_of
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.time.times import judge_clock
from cortipump.checker.judges.values.doses import DOSE_UNITS
from cortipump.checker.judges.values.labs import judge_bare_lab, judge_measure
from cortipump.checker.judges.values.readings import (
    VITALS,
    analyte_of,
    is_pressure,
    names,
    readings,
)
from cortipump.checker.judges.values.scores import judge_score
from cortipump.checker.mentions import ClockMention, MeasureMention, NumberMention
from cortipump.checker.sources import study_numbers

_SCORE: Final = re.compile(
    r"addiqol\S*|questionnaires?|thermometer|eq-?5d\S*|scor(?:e[sd]?|ing)\b|points?\b|rand-?36"
    r"|sf-?36|promis\S*|quality[- ]of[- ]life",
    re.I,
)
_OUT_OF: Final = re.compile(
    r"(?:out of(?: a possible)?|maximum of|scale of|scale from|range[ds]? (?:from|of)"
    r"|of a possible|/)\s*$"
    r"|\bto\s*$|\bof\s*$",
    re.I,
)
_SCALE: Final = re.compile(r"out of|maximum|scale|range|possible|items?\b", re.I)
_REFERENCE: Final = re.compile(
    r"^(?:exhibit|ex\.?|no\.?|number|#|page|p\.|code|item|row|line|reference|ref\.?"
    r"|printed here)s?$",
    re.I,
)
_FORMS: Final = re.compile(r"\b(?:forms?|questionnaires?|sheets?|copies)\s*\($", re.I)
_CRITERIA: Final = re.compile(
    r"\bcriteri(?:a|on)\b"
    r"|\bof (?:\d+|\w+) (?:items |points )?(?:are |were |is |as )?\W?met\b",
    re.I,
)
_PAGES: Final = re.compile(r"\s*(?:pages?|pp?\.|copies|sheets?|photographs?)", re.I)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# "On the pump it has been 83": what the questionnaire is filled in under.
_TIMES_OF_SCORES: Final = frozenset({"pump", "regimen"})
_METHOD: Final = re.compile(r"\b(?:exact|interval|confidence|CI)\b", re.I)
_CONFIDENCE: Final = frozenset({Decimal(90), Decimal(95), Decimal(99)})
_DOSE_HEADER: Final = re.compile(
    r"(?<!\d)(?<!\d )\bmg\b(?!\s*/\s*[dm]l|\s+per\s+(?:d|deci|milli))", re.I
)
_LAB_HEADER: Final = re.compile(r"[mp]?mol\b|[mndµμu]g\s*/\s*[dm]?l|mm ?hg|meq", re.I)
# Between a daily dose and one of its parts: "30 mg/d in four doses (15/7.5/".
_SERIES: Final = re.compile(
    r"(?:[\s,:(=]|\b(?:of|an?|per|in|day|daily|as|HC|PO|hydrocortisone|divided|doses?|three|four|tid"
    r"|qid|\d)\b)*(?:\d+(?:\.\d+)?\s*/\s*)*",
    re.I,
)
_DAILY: Final = re.compile(r"day|/d\b", re.I)
_SLASH_AFTER: Final = re.compile(r"\s*/\s*(?!0\d)\d")
_SLASH_BEFORE: Final = re.compile(r"(?:^|[^\d.])(?!0\d)\d+(?:\.\d+)?\s*/\s*$")
_POINTS: Final = re.compile(r"\s*[- ]?points?\b", re.I)
_RESULT: Final = re.compile(r"total|value|result", re.I)
_HOW_MANY: Final = re.compile(
    r"\s*(?:questionnaires?|questions|items|scores?|times)\b"
    r"|\s*(?:of|out of)\s*\d+\s*(?:are |were )?met",
    re.I,
)
_MEASURED: Final = re.compile(r"value|(?<![A-Za-z])[uµμ]g\b|mg|nmol|/d?L\b|pressure")
_HOUR_SIGN: Final = re.compile(
    r"\s*(?:h\b|hrs?\b|uhr\b|(?:to|until|till|and|[-–])\s*\d{1,2}[.:]\d{2}\s*(?:h|uhr|o)\b)", re.I
)
_FROM_HOUR: Final = re.compile(
    r"\bat\s*$|\b(?:arrived?|from|between)\s+\d{1,2}[.:]\d{2}\s*(?:to|until|till|and|[-–])\s*$",
    re.I,
)
# A noun behind a number makes it a claim: "148 infusion sets", not "148)" or "148 and".
_COUNTED: Final = re.compile(
    r"\s+(?:more |other |different |of (?:my|the|her|his|our) )?"
    r"(?!(?:left|remain\w*|and|or|to|at|on|in|of|for|from|by|with|per|the|a|an|was|were|is|are"
    r"|which|that|then|while|when|before|after|until|since|as|but|if|so|both|only|not|also|than"
    r"|this|these|those|it|its|he|she|they|i|we|you|about|around|roughly|approximately|nearly|almost"
    r"|now|under|over|below|above|between|against|versus|vs|normal|higher|lower)\b)"
    r"[a-z]{3,}"
)
# "BP 75/53; gastro sx), ED x2": the name before it is of another value.
_OF_ELSE: Final = re.compile(r"\)?;\s|\)[,;]\s")
_TIMES_SIGN: Final = re.compile(r"\bx ?$", re.I)
_LEAST_PRESSURE: Final = 20
_CENTS, _HOURS, _MINUTES, _MANY = 2, 24, 60, 40
_SMALL: Final = Decimal(12)
_HOUSEHOLD: Final = re.compile(
    r"\s*(?:miles?|kilomet(?:er|re)s?|km|children|kids|people|persons|doctors?|physicians?|endocrinologists?|specialists?"
    r"|nurses?|of us|pages?|copies|reasons?|questions?|things?|ways?|parts?|points? (?:of|that|to)"
    r"|paragraphs?|options?|pumps?|studies|trials?|exhibits?|enclosures?|attachments?|family|sons?"
    r"|daughters?|hospitals?|facilities|plans?|criteria|criterion|sets?|vials?|syringes?|boxes"
    r"|pods?|cartridges?|reservoirs?|steps?|levels?|sides?|alarms?|parents?|brothers?|sisters?"
    r"|colleagues|readers|letters?|windows?|periods?|phases?|groups?|drugs?|medicines?"
    r"|medications?|formulations?|tablets?|pills?|doses?)\b",
    re.I,
)


def judge_number(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold a plain number against what its words say that it is."""
    if _CRITERIA.search(frame.text) and desk.known.criteria and counts_criteria(frame, mention):
        return judge_criteria(frame, mention, desk)
    listed = judge_listed(frame, mention, desk)
    if listed is not None:
        return listed
    header = frame.header(mention).text.strip()
    if _REFERENCE.match(header) or _is_scale(frame, mention):
        return None
    unit = _dose_unit(frame, mention, header)
    if unit:
        return judge_measure(frame, _with_unit(mention, unit), desk)
    clock = _european_clock(frame, mention)
    if clock is not None:
        return judge_clock(frame, clock, desk)
    if mention.value in _CONFIDENCE and _METHOD.search(frame.text):
        return None
    return _judge_by_words(frame, mention, desk)


def _judge_by_words(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """As a score, a count or a laboratory value: whichever the words around it speak of."""
    measure = measure_of(frame, mention)
    if frame.is_row and not _is_counted(frame, mention, measure) and _is_computed(mention, desk):
        return None
    if _is_score(frame, mention, measure):
        return judge_score(frame, mention, desk)
    if measure == "work":
        return judge_absence(frame, mention, desk)
    if measure is not None and not (measure == "lab" and _is_value(mention)):
        return judge_count(frame, mention, desk)
    name = analyte_of(frame, mention)
    measured = (name and _is_near(frame, mention, name)) or _is_among_measures(frame, mention)
    if (name == "pressure" and is_pressure(frame, mention)) or (not mention.spelled and measured):
        return judge_bare_lab(frame, mention, name, desk)
    return _judge_unknown(frame, mention, desk)


def _is_scale(frame: Frame, mention: NumberMention) -> bool:
    """``74 out of 120``, ``on a scale from 30 to 120``: the questionnaire's range, no claim."""
    if mention.high is not None and mention.high - mention.value > _MANY:
        return True  # "AddiQoL-30 (30 to 120)"
    before = frame.before(mention.start, 30)
    return bool(_OUT_OF.search(before) and _SCALE.search(before))


def _is_score(frame: Frame, mention: NumberMention, measure: str | None) -> bool:
    """Whether the number is a questionnaire's total."""
    if _FORMS.search(frame.before(mention.start, 20)):
        return False
    if mention.times or (mention.spelled and not mention.bare) or _YEAR.fullmatch(mention.text):
        return False
    header = frame.header(mention).text
    if header:
        of_scores = frame.says("score") and (
            _RESULT.search(header) or (measure == "score" and mention.value > _MANY)
        )
        return bool(_SCORE.search(header) or of_scores)
    if _POINTS.match(frame.after(mention.end, 12)):
        return frame.says("score") or any(f.says("score") for f in frame.earlier[:2])
    if measure not in {None, "score"} or (mention.spelled and mention.value <= _MANY):
        return False
    return _speaks_of_score(frame, mention)


def _speaks_of_score(frame: Frame, mention: NumberMention) -> bool:
    """Whether the words before a number name a score, or the sentence before went on about one."""
    if _HOW_MANY.match(frame.after(mention.end, 16)):
        return False
    if _SCORE.search(frame.before(mention.start, 90)) or (frame.is_row and frame.says("score")):
        return True
    other = {cue.says for cue in frame.topics} - _TIMES_OF_SCORES
    if _MEASURED.search(frame.text) or other or not frame.earlier:
        return False
    return frame.earlier[0].says("score") and mention.places == 0


def _dose_unit(frame: Frame, mention: NumberMention, header: str) -> str:
    """The unit that a dose takes from its column, or from the daily dose that it is a part of."""
    if _DOSE_HEADER.search(header) and not _LAB_HEADER.search(header):
        return "mg/day" if _DAILY.search(header) else "mg"
    return "mg" if _is_dose_series(frame, mention) else ""


def _with_unit(mention: NumberMention, unit: str) -> MeasureMention:
    return MeasureMention(
        start=mention.start, end=mention.end, text=mention.text, value=mention.value, unit=unit,
        canonical=unit, places=mention.places, approx=mention.approx,
    )  # fmt: skip


def _is_dose_series(frame: Frame, mention: NumberMention) -> bool:
    """``25 mg/d (10/7.5/5/2.5)``: the parts of a daily dose, in its unit."""
    joined = _SLASH_AFTER.match(frame.after(mention.end, 4)) or _SLASH_BEFORE.search(
        frame.before(mention.start, 5)
    )
    if not joined or mention.value > _MANY:
        return False
    doses = (m for m in frame.mentions if isinstance(m, MeasureMention) and m.end <= mention.start)
    return any(
        m.canonical in DOSE_UNITS
        and _SERIES.fullmatch(frame.text[m.end - frame.start : mention.start - frame.start])
        for m in doses
    )


def _is_near(frame: Frame, mention: NumberMention, name: str) -> bool:
    """Whether the analyte's name stands right before the number: "sodium was 128", "Na 124"."""
    header = frame.header(mention).text
    label = frame.text.split("  ")[0] if frame.is_row else ""
    before = _OF_ELSE.split(frame.before(mention.start, 40))[-1]
    if _TIMES_SIGN.search(before) or (name == "pressure" and mention.value < _LEAST_PRESSURE):
        return False
    before += label
    return names(before, name) or names(header, name)


def _is_among_measures(frame: Frame, mention: NumberMention) -> bool:
    """``12.0 ug/dL at 07:00, 13.3 at 09:00``: the unit is said once."""
    if mention.places == 0:
        return False
    return any(
        isinstance(m, MeasureMention) and m.canonical not in DOSE_UNITS | VITALS
        for m in frame.mentions
    )


def _is_value(mention: NumberMention) -> bool:
    """Whether a number beside a laboratory word is a value, not how many values there are."""
    return mention.places > 0 or mention.value > _MANY


def _european_clock(frame: Frame, mention: NumberMention) -> ClockMention | None:
    """``8.22 h``, ``11.35 to 16.24 h``: a time of day with a point."""
    if mention.places != _CENTS or mention.value >= _HOURS:
        return None
    opened = _FROM_HOUR.search(frame.before(mention.start, 30))
    if not opened and not _HOUR_SIGN.match(frame.after(mention.end, 20)):
        return None
    hour, minute = divmod(int(mention.value * 100), 100)
    if minute >= _MINUTES:
        return None
    return ClockMention(
        start=mention.start, end=mention.end, text=mention.text, minute=hour * _MINUTES + minute,
        approx=mention.approx,
    )  # fmt: skip


def _is_counted(frame: Frame, mention: NumberMention, measure: str | None) -> bool:
    """Whether its column or row makes a cell a count of a day or a time, no other result."""
    if measure is None or (mention.places and measure != "work"):
        return False
    return is_of_side(frame, mention) or is_dated(frame, mention) or is_total(frame)


def _is_computed(mention: NumberMention, desk: Desk) -> bool:
    return desk.known.printed.is_computed(mention.value, mention.places)


def _judge_unknown(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """A number that counts nothing the ledger holds: small ones in words are left alone."""
    if mention.spelled or mention.times or not mention.bare:
        return None
    after = frame.after(mention.end, 25)
    if frame.text.rstrip().endswith("?"):
        return None
    if _PAGES.match(after) or (_HOUSEHOLD.match(after) and mention.value <= _SMALL):
        return None
    if not _COUNTED.match(frame.after(mention.end, 30)):
        return None
    if _is_of_a_study(frame, mention) or _is_recorded(frame, mention, desk):
        return None
    message = f"{mention.text} is in no record of the ledger."
    return desk.find(mention, "unsupported-number", "not-found", message)


def _is_of_a_study(frame: Frame, mention: NumberMention) -> bool:
    near = (frame, *frame.earlier[:2])
    return any(f.speaks_of("study") for f in near) and mention.value in study_numbers()


def _is_recorded(frame: Frame, mention: NumberMention, desk: Desk) -> bool:
    """Whether the number stands anywhere in the ledger, or the comparison yields it."""
    known = desk.known
    if not frame.speaks_of("study") and mention.value in _values(desk):
        return True
    return known.printed.holds(mention.value, known.printed.by_kind) or _is_computed(mention, desk)


def _values(desk: Desk) -> set[Decimal]:
    """Every amount, value, dose and score of the ledger."""
    known = desk.known
    scores = (s.body.value for s in known.scores)
    stated = {*known.amounts, *(dose.amount for dose in known.doses)}
    return stated | {r.value for r in readings(desk)} | {s for s in scores if s is not None}
