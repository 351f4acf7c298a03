"""Counts of events and days: over a named span, or of one event."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from cortipump.checker.agree import agrees
from cortipump.checker.binding.dates import Dated, dates_of, has_year, holds, tied
from cortipump.checker.binding.spans import Spans, spans_of
from cortipump.checker.finding import Finding
from cortipump.checker.frames import Frame
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.known.counts import Measure, Tallied
from cortipump.checker.known.happenings import Happening
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import DayMention, DurationMention, NumberMention, SpanMention
from cortipump.quantities.span import DateSpan

# The noun that a number counts -> the measure; tried in order on the words right behind it.
_NOUNS: Final[tuple[tuple[Measure, str], ...]] = (
    ("injection", r"(?:{W}){0,4}?(?:injections?|shots?)\b"),
    ("urgent-care", r"(?:{W}){0,2}?(?:urgent[- ]cares?|walk[- ]ins?)(?: \w+)?"),
    ("emergency", r"(?:{W}){0,3}?(?:emergency|emergencies|ERs?|EDs?|A&E)(?:[- ](?:room|department|dept|ward))?"
                  r"(?:[- ](?:visits?|trips?|admissions?|stays?|presentations?|attendances?|encounters?|events?))?\b(?! (?:injection|kit|shot))"),
    ("observation", r"(?:{W}){0,2}?observation(?: stays?| visits?| admissions?)?"),
    ("hospital-days", r"(?:{W}){0,2}?days? (?:in|at|of) (?:the |a )?(?:hospital|inpatient)|(?:hospital|inpatient) days?"),
    ("nights", r"(?:{W}){0,2}?(?:nights?|bed[- ]?days?|midnights?)\b"),
    ("inpatient", r"(?:{W}){0,3}?(?:admissions?|hospitali[sz]ations?|in-?patient stays?|hospital stays?|stays?|inpatient)\b"),
    ("crisis", r"(?:{W}){0,3}?cris[ie]s\b"),
    ("work", r"(?:{W}){0,3}?(?:work[- ]?days?|working days|sick days|days? (?:of|off|from|at) (?:work|school|my job|teaching))\b"),
    ("office", r"(?:{W}){0,3}?(?:appointments?|office visits?|clinic visits?|consultations?|video visits?|check-?ups?)\b"),
    ("call", r"(?:{W}){0,3}?(?:calls?|phone calls?|telephone calls?|conversations?)\b"),
    ("denial", r"(?:{W}){0,2}?(?:denials?|refusals?|rejections?|lines?(?! of the (?:table|letter|page))|items?|requests?)\b"),
    ("claim", r"(?:{W}){0,2}?(?:claims?|bills?|invoices?|charges?)\b"),
    ("score", r"(?:{W}){0,2}?(?:questionnaires?|scores?|AddiQoLs?)\b"),
    ("lab", r"(?:{W}){0,2}?(?:samples?|draws?|lab(?:oratory)? (?:values?|results?|tests?)|blood (?:tests?|draws?)|values?|measurements?|levels?)\b"),
    ("hospital", r"(?:{W}){0,3}?(?:hospital (?:visits?|trips?|encounters?|episodes?|events?|contacts?)|(?:visits?|trips?|times?) (?:to|in|at) (?:the |a )?hospital)\b"),
    ("visit", r"(?:{W}){0,3}?(?:visits?|events?|episodes?|encounters?|trips?|occasions?)\b"),
)  # fmt: skip
# A word between a number and its noun: "five long hospital stays", not "five for the stay".
_WORD: Final = r"(?!(?:for|of|in|on|to|from|at|the|and|or|with|by|after|before|since|until|without|no|per)\b)\w+[- ]"
_COMPILED: Final = tuple(
    (measure, re.compile(r"(?:\s|-|–|\)\s|)(?!\s)" + p.replace("{W}", _WORD), re.I))
    for measure, p in _NOUNS
)
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
}  # fmt: skip
_JOINED: Final = re.compile(r"\s*(?:,|and|&|\+|/|,\s*and|nights?,?|nights?,?\s*and)\s*", re.I)
_OF_STAYS: Final = frozenset({"nights", "hospital-days"})
_SERIES: Final = re.compile(r"\s*(?:[+/]\s*\d|,\s*\d)")
_CELL: Final = re.compile(r"(?:\s\s|\t|\||^)\s*$")
_CELL_END: Final = re.compile(r"\s*(?:\s\s|\t|\||$|\()")
_PER_DAY: Final = re.compile(
    r"\s*(?:times? )?(?:a|per|every|each|/)\s*(?:day|night|week|morning)|\s*times daily|\s*daily",
    re.I,
)
_BY_WHOM: Final = re.compile(
    r"\s*by (?:my|me|a|an|one|her|his|him|the|myself|herself|himself|staff)\b", re.I
)
_OF_PAPERS: Final = re.compile(
    r"\b(?:appears?|recorded|listed|counted|printed|mentioned|written|said|told|asked|paid|billed|allowed|covered|charged)\b"
    r"[^.;]{0,25}$",
    re.I,
)
# Some of those that were named before: no count of its own.
OF_A_SET: Final = re.compile(r"\b(?:first|last|next|these|those|other|another|only)\s*$", re.I)
_SUM: Final = re.compile(r"\b(?:in all|total|altogether|together|combined)\b", re.I)
_SHOWN: Final = 8
_ABOVE: Final = 14
_ABSENCE: Final = timedelta(days=31)
_THAT_IS: Final = re.compile(
    r"\b(?:that is|that makes|makes|comes? to|adds? up to|sum of|total of|=)\s*$", re.I
)
# Counted over the whole case whatever the sentence says of other times.
_OF_A_DAY: Final = frozenset({"lab", "score", "office", "claim"})
_OF_THE_CASE: Final = frozenset({"denial", "call", "letter", "regimen", "diagnosis", "procedure"})


def measure_of(frame: Frame, mention: NumberMention | DurationMention) -> Measure | None:
    """What a number counts. None: nothing that a ledger counts."""
    header = frame.header(mention)
    if header.topics:
        return _TIMES.get(header.topics[-1].says)
    words = frame.after(mention.end)
    broken = _BROKEN.search(words)
    words = words[: broken.start()] if broken else words
    if isinstance(mention, NumberMention) and not mention.times:
        noun = _noun(words)
        if noun is not None and (mention.places == 0 or noun == "work"):
            return noun
        if mention.places:
            return None
        return _labelled(frame, mention)
    return _by_topic(frame, mention)


def _noun(words: str) -> Measure | None:
    found = [
        (m.end(), order, measure)
        for order, (measure, p) in enumerate(_COMPILED)
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
    return _TIMES.get(own[-1].says)


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
    if isinstance(mention, NumberMention) and mention.times and measure == "nights":
        return "inpatient"  # "kept overnight three times"
    return measure


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


def _between(frame: Frame, mention: NumberMention | DurationMention, cue: Cue) -> str:
    """The words between a figure and a cue behind it; before it the sentence may be long."""
    return (
        frame.text[mention.end - frame.start : max(cue.start - frame.start, 0)]
        if cue.start >= mention.end
        else ""
    )


def judge_count(frame: Frame, mention: NumberMention, desk: Desk) -> Finding | None:
    """Hold a count against the ledger; the caller knows that it counts something."""
    measure = measure_of(frame, mention)
    assert measure is not None  # see above
    after = frame.after(mention.end)
    before = frame.before(mention.start, 30)
    if _PER_DAY.match(after) or (
        mention.times and (_BY_WHOM.match(after) or _OF_PAPERS.search(before))
    ):
        return None
    if OF_A_SET.search(before):
        return None
    if _adds_up(frame, mention) or _lists(frame, mention):
        return None
    spans = spans_of(frame, mention, desk.known)
    if measure in _OF_THE_CASE and "the whole record" in desk.known.spans:
        spans = Spans((*spans.spans, desk.known.spans["the whole record"]), spans.named)
    if measure in _OF_A_DAY:
        day = timedelta(days=1)
        own = [DateSpan(d.first, d.first + day) for d in _near_years(frame, mention)]
        spans = Spans((*spans.spans, *own, *desk.known.spans.values()), spans.named)
    if not mention.bare:
        return None  # "one" and "a couple" are grammar more often than counts
    found = _judge(mention, mention.value, mention.high, measure, spans, desk)
    if found is not None and measure in _OF_STAYS and is_part_of_stays(frame, mention, desk):
        return None
    return found


def in_series(frame: Frame, mention: NumberMention | DurationMention) -> bool:
    """Whether it is one of several like figures in a row: ``3, 2, 4 and 3 nights``."""
    for other in frame.mentions:
        if other is mention or not isinstance(other, NumberMention | DurationMention):
            continue
        low, high = min(other.end, mention.end), max(other.start, mention.start)
        between = frame.text[low - frame.start : high - frame.start]
        if other.end <= mention.start or other.start >= mention.end:
            if _JOINED.fullmatch(between):
                return True
    return False


def is_part_of_stays(frame: Frame, mention: NumberMention | DurationMention, desk: Desk) -> bool:
    """``4 admissions of 3, 2, 4 and 3 nights``: the lengths of single stays."""
    lengths = {
        Decimal((max(h.ends) - h.first).days)
        for h in desk.known.happenings
        if h.ends and h.first and h.topics & {"inpatient", "observation"}
    }
    return mention.value in lengths and in_series(frame, mention)


def _judge(
    mention: NumberMention | DurationMention, value: Decimal, high: Decimal | None,
    measure: Measure, spans: Spans, desk: Desk,
) -> Finding | None:  # fmt: skip
    tallied = [desk.known.counter.count(measure, span) for span in spans.spans]
    if any(_bears(t, value, high, mention) for t in tallied):
        return None
    if not tallied:
        return None
    # The span that the letter names, else the one whose count comes nearest.
    best = tallied[0] if spans.named else min(tallied, key=lambda t: abs(t.high - value))
    span = spans.spans[tallied.index(best)]
    message = (
        f"The ledger does not bear {numeral(value)} {best.what} from {span.from_} to {span.last}."
    )
    return desk.find(mention, "count-differs", "count-differs", message,
                     _counted(best, span.from_.isoformat(), span.last.isoformat(), desk), best.facts)  # fmt: skip


def _bears(
    tallied: Tallied, value: Decimal, high: Decimal | None, mention: NumberMention | DurationMention
) -> bool:
    approx = mention.approx
    if high is not None:
        return any(value <= n <= high for n in tallied.honest)
    return any(agrees(value, n, approx) for n in tallied.honest)


def _counted(tallied: Tallied, first: str, last: str, desk: Desk) -> str:
    days = sorted(
        {
            min(h.starts).isoformat()
            for h in desk.known.happenings
            if h.starts and set(h.facts) & set(tallied.facts)
        }
    )
    listed = ", ".join(days[:_SHOWN]) + (", ..." if len(days) > _SHOWN else "")
    where = desk.origin(tallied.facts)
    details = "; ".join(part for part in (listed, where) if part)
    return f"{tallied.text} {tallied.what} from {first} to {last}" + (
        f" ({details})" if details else ""
    )


def judge_sum(frame: Frame, mention: DurationMention | NumberMention, desk: Desk) -> Finding | None:
    """``That is eight and a half days``, ``eleven nights in all``: the sum of what stands above.

    None also where it is no such sum.
    """
    near = frame.before(mention.start, 25) + frame.after(mention.end, 25)
    if not (_SUM.search(near) or says_sum(frame, mention)):
        return None
    parts = _parts(frame, mention, desk)
    total = sum((part.value for part in parts), Decimal(0))
    if len(parts) < 2 or total == mention.value:  # nothing to add
        return None
    words = " + ".join(part.text for part in parts[:_SHOWN])
    message = f"The figures above it add up to another sum: {words}."
    return desk.find(mention, "total-does-not-add-up", "parts-differ", message, numeral(total))


def says_sum(frame: Frame, mention: DurationMention | NumberMention) -> bool:
    """Whether the words right before it add up: "that makes", "comes to"."""
    return bool(_THAT_IS.search(frame.before(mention.start, 25)))


def _parts(
    frame: Frame, mention: DurationMention | NumberMention, desk: Desk
) -> list[DurationMention | NumberMention]:
    """Like figures of the items or sentences right above."""
    period = getattr(mention, "period", None)
    found: list[DurationMention | NumberMention] = []
    for one in desk.frames:
        if frame.block - _ABOVE <= one.block <= frame.block and one.start < mention.start:
            found += [
                m for m in one.mentions
                if isinstance(m, DurationMention | NumberMention) and m.end <= mention.start
                and getattr(m, "period", None) == period
            ]  # fmt: skip
    return found


def adds_up(frame: Frame, mention: DurationMention | NumberMention, desk: Desk) -> bool:
    """Whether the figures above it, or a run that ends with the last of them, add up to it."""
    running = Decimal(0)
    rows = [m for f in desk.frames if frame.block - _ABOVE <= f.block < frame.block and f.is_row
            for m in f.mentions if isinstance(m, NumberMention)]  # fmt: skip
    for number, part in enumerate(reversed([*rows, *_parts(frame, mention, desk)]), 1):
        running += part.value
        if number > 1 and running == mention.value:
            return True
    return False


def _adds_up(frame: Frame, mention: NumberMention) -> bool:
    """``five visits and four stays, nine in all``."""
    near = frame.after(mention.end, 25) + frame.before(mention.start, 25)
    if not _SUM.search(near):
        return False
    others = [
        m.value for m in frame.mentions
        if isinstance(m, NumberMention | DurationMention) and m is not mention
    ]  # fmt: skip
    running = Decimal(0)
    for number, value in enumerate(others, 1):
        running += value
        if number > 1 and running == mention.value:
            return True
    return False


def _lists(frame: Frame, mention: NumberMention) -> bool:
    """``three visits (March 3, April 5 and May 9, 2025)``: it counts the dates that follow."""
    after = [m for m in frame.mentions if isinstance(m, DayMention) and m.start > mention.end]
    return len(after) > 1 and Decimal(len(after)) == mention.value


# -- lengths of stay and of absence --------------------------------------------------------


def judge_stay(frame: Frame, mention: DurationMention, desk: Desk) -> Finding | None:
    """``a four-day stay``, ``three nights``, ``ten days in hospital``."""
    dates = dates_of(frame, mention)
    own = [d for d in dates.all if isinstance(d, DayMention) and d.grain == "day"]
    stays = [h for h in desk.known.happenings if h.topics & {"inpatient", "observation"}]
    exact = [d for d in dates.all if d.last - d.first <= _ABSENCE]
    bound = [h for h in stays if any(holds(d, day) for d in exact for day in h.starts | h.ends)]
    if mention.adjective and not bound:
        bound = stays
    if bound and any(mention.value in _lengths(h, mention) for h in bound):
        return None
    if len(bound) > 1 and mention.value == sum(
        (min(_lengths(h, mention), default=0) for h in bound), Decimal(0)
    ):
        return None
    if own and not bound and any(mention.value in _lengths(h, mention) for h in stays):
        return None  # the date is what is wrong, and said elsewhere
    if _sum_of_stays(frame, mention, stays):
        return None
    spans = spans_of(frame, mention, desk.known)
    measure: Measure = "nights" if mention.period == "night" else "hospital-days"
    if not bound:
        if not spans.named:
            spans = Spans((*spans.spans, *desk.known.spans.values()), named=False)
        if _is_single(frame, mention, spans) and any(
            mention.value in _lengths(h, mention) for h in stays
        ):
            return None
        return _judge(mention, mention.value, None, measure, spans, desk)
    if spans.named and _judge(mention, mention.value, None, measure, spans, desk) is None:
        return None
    return _wrong_length(mention, bound, desk)


def _sum_of_stays(frame: Frame, mention: DurationMention, stays: Sequence[Happening]) -> bool:
    """``from the 1st to the 4th, and ...: that is ten nights``: stays that were just named."""
    days = [d for one in (frame, *frame.earlier[:3]) for d in one.days]
    named = [h for h in stays if any(holds(_start(d), day) for d in days for day in h.starts)]
    for number in range(2, len(named) + 1):
        for run in range(len(named) - number + 1):
            lengths = (
                min(_lengths(h, mention), default=Decimal(0)) for h in named[run : run + number]
            )
            if sum(lengths, Decimal(0)) == mention.value:
                return True
    return False


def _is_single(frame: Frame, mention: DurationMention, spans: Spans) -> bool:
    """Whether the words may speak of one stay without its date, not of all in a time."""
    near = frame.before(mention.start, 40) + frame.after(mention.end, 40)
    plural = re.search(
        r"admissions|stays|times|total|altogether|in all\b|hospitali[sz]ations", near, re.I
    )
    return not plural and not (
        spans.named and any(s.days > _ABSENCE.days for s in spans.spans) and frame.days
    )


def _lengths(stay: Happening, mention: DurationMention) -> Iterable[Decimal]:
    if stay.first is None or not stay.ends:
        return ()
    nights = {(max(stay.ends) - start).days for start in stay.starts}
    if mention.period == "night":
        return {Decimal(n) for n in nights}
    return {Decimal(n + extra) for n in nights for extra in (0, 1)}


def _wrong_length(mention: DurationMention, stays: Sequence[Happening], desk: Desk) -> Finding:
    shown = []
    for stay in stays[:2]:
        if stay.first and stay.ends:
            last = max(stay.ends)
            nights = (last - stay.first).days
            shown.append(f"{stay.first} to {last}, {nights} nights ({desk.origin(stay.facts)})")
    message = "The ledger holds another length of stay."
    return desk.find(mention, "count-differs", "length-of-stay", message, " or ".join(shown),
                     [f for h in stays[:2] for f in h.facts])  # fmt: skip


def judge_absence(
    frame: Frame, mention: DurationMention | NumberMention, desk: Desk
) -> Finding | None:
    """``28 days of work``, ``missed two shifts``."""
    dates = dates_of(frame, mention)
    lost = [h for h in desk.known.happenings if "work" in h.topics]
    short = [d for d in dates.own if d.last - d.first <= _ABSENCE and d.grain == "day"]
    bound = [h for h in lost if any(holds(_start(d), day) for d in short for day in h.starts)]
    for happening in bound:
        body = desk.known.timeline[happening.facts[0]].body
        if getattr(body, "days", None) == mention.value:
            return None
    if bound and (tied(frame, mention) or not spans_of(frame, mention, desk.known).named):
        return _wrong_absence(mention, bound, desk)
    spans = spans_of(frame, mention, desk.known)
    single = {getattr(desk.known.timeline[h.facts[0]].body, "days", None) for h in lost}
    if mention.value <= 1 and mention.value in single:
        return None
    return _judge(mention, mention.value, None, "work", spans, desk)


def _start(dated: Dated) -> Dated:
    """The first day of a span, as a date of its own."""
    if not isinstance(dated, SpanMention):
        return dated
    return DayMention(
        start=dated.start, end=dated.end, text=dated.text, first=dated.first, last=dated.first,
        grain="day", year_given=has_year(dated),
    )  # fmt: skip


def _wrong_absence(
    mention: DurationMention | NumberMention, bound: Sequence[Happening], desk: Desk
) -> Finding:
    shown = []
    for happening in bound[:2]:
        days = getattr(desk.known.timeline[happening.facts[0]].body, "days", None)
        if days is not None and happening.first is not None:
            origin = desk.origin(happening.facts)
            shown.append(f"{numeral(days)} days from {happening.first} ({origin})")
    message = "The ledger holds another number of days lost."
    return desk.find(mention, "count-differs", "days-lost", message, " or ".join(shown),
                     [f for h in bound[:2] for f in h.facts])  # fmt: skip
