"""Numbers without a unit: a count, a score, a laboratory value, or nothing that can be known."""

import re
from decimal import Decimal
from typing import Final

from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.absences import judge_absence
from cortipump.checker.judges.counts import judge_count
from cortipump.checker.judges.criteria import judge_criteria
from cortipump.checker.judges.desk import Desk
from cortipump.checker.judges.measures import measure_of
from cortipump.checker.judges.times import judge_clock
from cortipump.checker.judges.values import (
    DOSE_UNITS,
    analyte_of,
    judge_bare_lab,
    judge_measure,
    judge_score,
    names,
    readings,
)
from cortipump.checker.mentions import ClockMention, MeasureMention, NumberMention
from cortipump.checker.sources import study_numbers

_SCORE: Final = re.compile(
    r"addiqol\S*|questionnaires?|thermometer|eq-?5d\S*|scor(?:e[sd]?|ing)\b|points?\b|rand-?36|sf-?36|promis\S*|quality[- ]of[- ]life",
    re.I,
)
_OUT_OF: Final = re.compile(
    r"(?:out of(?: a possible)?|maximum of|scale of|scale from|range[ds]? (?:from|of)|of a possible|/)\s*$"
    r"|\bto\s*$|\bof\s*$", re.I)  # fmt: skip
_SCALE: Final = re.compile(r"out of|maximum|scale|range|possible|items?\b", re.I)
_REFERENCE: Final = re.compile(
    r"^(?:exhibit|ex\.?|no\.?|number|#|page|p\.|code|item|row|line|reference|ref\.?)s?$", re.I
)
_FORMS: Final = re.compile(r"\b(?:forms?|questionnaires?|sheets?|copies)\s*\($", re.I)
_CRITERIA: Final = re.compile(r"\bcriteri(?:a|on)\b", re.I)
_PAGES: Final = re.compile(r"\s*(?:pages?|pp?\.|copies|sheets?|photographs?)", re.I)
_METHOD: Final = re.compile(r"\b(?:exact|interval|confidence|CI)\b", re.I)
_CONFIDENCE: Final = frozenset({Decimal(90), Decimal(95), Decimal(99)})
_DOSE_HEADER: Final = re.compile(r"\bmg\b(?: per day|/day|/d)?", re.I)
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
    r"(?!(?:left|remain\w*|and|or|to|at|on|in|of|for|from|by|with|per|the|a|an|was|were|is|are|which|that|then|while|when|before"
    r"|after|until|since|as|but|if|so|both|only|not|also|than|this|these|those|it|its|he|she|they|i|we|you)\b)"
    r"[a-z]{3,}"
)
_CENTS, _HOURS, _MINUTES, _MANY = 2, 24, 60, 40
_SMALL: Final = Decimal(12)
_HOUSEHOLD: Final = re.compile(
    r"\s*(?:children|kids|people|persons|doctors?|physicians?|endocrinologists?|specialists?|nurses?|of us|pages?|"
    r"copies|reasons?|questions?|things?|ways?|parts?|points? (?:of|that|to)|paragraphs?|options?|pumps?|studies|"
    r"trials?|exhibits?|enclosures?|attachments?|family|sons?|daughters?|hospitals?|facilities|plans?|criteria|"
    r"criterion|sets?|vials?|syringes?|boxes|pods?|cartridges?|reservoirs?|steps?|levels?|sides?|alarms?|parents?|"
    r"brothers?|sisters?|colleagues|readers|letters?|windows?|periods?|phases?|groups?|drugs?|medicines?|medications?|"
    r"formulations?|tablets?|pills?|doses?)\b", re.I)  # fmt: skip


def judge_number(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold a plain number against what its words say that it is."""
    if _CRITERIA.search(frame.text) and desk.known.criteria:
        return judge_criteria(frame, mention, desk)
    header = frame.header(mention).text.strip()
    if _REFERENCE.match(header) or _is_scale(frame, mention):
        return None
    if _DOSE_HEADER.search(header):
        return _under_a_unit(frame, mention, header, desk)
    if _is_dose_series(frame, mention):
        return _under_a_unit(frame, mention, "mg", desk)
    clock = _european_clock(frame, mention)
    if clock is not None:
        return judge_clock(frame, clock, desk)
    if frame.is_row and _is_computed(mention, desk):
        return None
    if mention.value in _CONFIDENCE and _METHOD.search(frame.text):
        return None
    measure = measure_of(frame, mention)
    if _is_score(frame, mention, measure):
        return judge_score(frame, mention, desk)
    if measure == "work":
        return judge_absence(frame, mention, desk)
    if measure is not None and not (measure == "lab" and _is_value(mention)):
        return judge_count(frame, mention, desk)
    name = analyte_of(frame, mention)
    measured = (name and _is_near(frame, mention, name)) or _among_measures(frame, mention)
    if name == "pressure" or (not mention.spelled and measured):
        return judge_bare_lab(frame, mention, name, desk)
    return _unknown(frame, mention, desk)


def _is_scale(frame: Frame, mention: NumberMention) -> bool:
    """``74 out of 120``, ``on a scale from 30 to 120``: the questionnaire's range, no claim."""
    if mention.high is not None and mention.high - mention.value > _MANY:
        return True  # "AddiQoL-30 (30 to 120)"
    before = frame.before(mention.start, 30)
    return bool(_OUT_OF.search(before) and _SCALE.search(before))


def _is_score(frame: Frame, mention: NumberMention, measure: str | None) -> bool:
    if _FORMS.search(frame.before(mention.start, 20)):
        return False
    if mention.times or (mention.spelled and not mention.bare):
        return False
    header = frame.header(mention).text
    if header:
        return bool(
            _SCORE.search(header)
            or (frame.says("score") and re.search(r"total|value|result", header, re.I))
        )
    if re.match(r"\s*[- ]?points?\b", frame.after(mention.end, 12), re.I):
        return frame.says("score") or any(f.says("score") for f in frame.earlier[:2])
    if measure not in {None, "score"}:
        return False
    if mention.spelled or re.match(
        r"\s*(?:questionnaires?|scores?|times)\b", frame.after(mention.end, 16), re.I
    ):
        return False
    near = frame.before(mention.start, 90)
    if _SCORE.search(near) or (frame.is_row and frame.says("score")):
        return True
    went_on = frame.earlier and frame.earlier[0].says("score") and not frame.topics
    if re.search(r"value|[uµμ]g|mg|nmol|/d?L\b|pressure", frame.text):
        return False
    return bool(went_on) and mention.places == 0


def _is_dose_series(frame: Frame, mention: NumberMention) -> bool:
    """``25 mg/d (10/7.5/5/2.5)``: the parts of a daily dose, in its unit."""
    joined = re.match(r"\s*/\s*\d", frame.after(mention.end, 4)) or re.search(
        r"\d\s*/\s*$", frame.before(mention.start, 5)
    )
    return (
        bool(joined)
        and mention.value <= _MANY
        and any(isinstance(m, MeasureMention) and m.canonical in DOSE_UNITS for m in frame.mentions)
    )


def _is_near(frame: Frame, mention: NumberMention, name: str) -> bool:
    """Whether the analyte's name stands right before the number: "sodium was 128", "Na 124"."""
    header = frame.header(mention).text
    label = frame.text.split("  ")[0] if frame.is_row else ""
    before = frame.before(mention.start, 40) + label
    return names(before, name) or bool(header and names(header, name))


def _among_measures(frame: Frame, mention: NumberMention) -> bool:
    """``12.0 ug/dL at 07:00, 13.3 at 09:00``: the unit is said once."""
    if mention.places == 0:
        return False
    return any(
        isinstance(m, MeasureMention) and m.canonical not in DOSE_UNITS for m in frame.mentions
    )


def _is_value(mention: NumberMention) -> bool:
    """Whether a number beside a laboratory word is a value, not how many values there are."""
    return mention.places > 0 or mention.value > _MANY


def _european_clock(frame: Frame, mention: NumberMention) -> ClockMention | None:
    """``8.22 h``, ``11.35 to 16.24 h``: a time of day with a point."""
    after = frame.after(mention.end, 20)
    before = frame.before(mention.start, 30)
    if _FROM_HOUR.search(before):
        after = " h"
    if mention.places != _CENTS or mention.value >= _HOURS or not _HOUR_SIGN.match(after):
        return None
    hour, minute = divmod(int(mention.value * 100), 100)
    if minute >= _MINUTES:
        return None
    return ClockMention(
        start=mention.start, end=mention.end, text=mention.text, minute=hour * _MINUTES + minute,
        approx=mention.approx,
    )  # fmt: skip


def _under_a_unit(frame: Frame, mention: NumberMention, header: str, desk: Desk) -> Finding | None:
    unit = "mg/day" if re.search(r"day|/d\b", header, re.I) else "mg"
    measured = MeasureMention(
        start=mention.start, end=mention.end, text=mention.text, value=mention.value, unit=unit,
        canonical=unit, places=mention.places, approx=mention.approx,
    )  # fmt: skip
    return judge_measure(frame, measured, desk)


def _is_anywhere(mention: NumberMention, desk: Desk) -> bool:
    """Whether some amount, value or score of the ledger is this number."""
    if mention.value in desk.known.amounts:
        return True
    values = {r.value for r in readings(desk)}
    values |= set(desk.known.printed.doses)
    values |= {r.body.mg_per_day for r in desk.known.regimens if r.body.mg_per_day is not None}
    values |= {s.body.value for s in desk.known.scores if s.body.value is not None}
    return mention.value in values


def _is_computed(mention: NumberMention, desk: Desk) -> bool:
    return desk.known.printed.is_computed(mention.value, mention.places)


def _unknown(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """A number that counts nothing the ledger holds: small ones in words are left alone."""
    if mention.spelled or mention.times or not mention.bare:
        return None
    after = frame.after(mention.end, 25)
    if _PAGES.match(after) or (_HOUSEHOLD.match(after) and mention.value <= _SMALL):
        return None
    if not _COUNTED.match(frame.after(mention.end, 30)):
        return None
    of_studies = any(f.speaks_of("study") for f in (frame, *frame.earlier[:2]))
    if of_studies and mention.value in study_numbers():
        return None
    if not frame.speaks_of("study") and _is_anywhere(mention, desk):
        return None
    kinds = tuple(desk.known.printed.by_kind)
    if desk.known.printed.holds(mention.value, kinds) or _is_computed(mention, desk):
        return None
    message = f"{mention.text} is in no record of the ledger."
    return desk.find(mention, "unsupported-number", "not-found", message)
