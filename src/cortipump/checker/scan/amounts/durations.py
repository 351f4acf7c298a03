"""Ages and lengths of time."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cortipump.checker.mentions import AgeMention, DurationMention, Exempt, Period
from cortipump.checker.scan.amounts.procedure import is_procedure
from cortipump.checker.scan.coded import SPELLED, Sheet
from cortipump.checker.scan.figures import (
    AND_A_HALF,
    DASH,
    EDGE,
    GAP,
    MAYBE,
    NUM_COMMA,
    SP,
    approx_at,
    at_figures,
    figure_at,
)
from cortipump.checker.scan.places import near_words

_PERSON: Final = (
    r"woman|man|lady|girl|boy|patient|person|female|male|mother|father|wife|husband|spouse|sister|"
    r"brother|daughter|son|niece|nephew|partner|child|claimant|member"
)
_N: Final = rf"(?P<n>\d{{1,3}}(?![\d,.]\d)|{SPELLED}++)"
_OLD: Final = rf"(?:{MAYBE}-?|-)(?:years?|yrs?\.?)(?:{MAYBE}|-)(?:olds?|of{GAP}age)\b"
_SHORT_OLD: Final = rf"{SP}?-?(?:y/?o\b|y\.o\.|y\.o\b|yo\b)"
_AGES: Final = (
    (
        frozenset(["old", "olds", "age", "y", "yo"]),
        re.compile(rf"{EDGE}{_N}(?:{_OLD}|{_SHORT_OLD})", re.I),
    ),
    (
        frozenset(_PERSON.split("|")),
        re.compile(
            rf"\b(?:{_PERSON})(?:{GAP}(?:of|with|is|was|has|turned)(?:{GAP}now|{GAP}only)?|,){GAP}{_N}"
            rf"(?:{GAP}years(?=[,.;)]|{GAP}(?:and|having|with|who|suffering|diagnosed)\b)|(?=[,.;)](?!\d)))",
            re.I,
        ),
    ),
    (
        frozenset(["have", "count"]),
        re.compile(rf"\b(?:I{GAP}have|I{GAP}count){GAP}{_N}{GAP}years(?=[,.;]|{GAP}and\b)", re.I),
    ),
    (
        frozenset(["was"]),
        re.compile(rf"\b(?:I|she|he){GAP}was{GAP}(?:only{GAP})?{_N}(?={GAP}when\b)", re.I),
    ),
    (
        frozenset(["age", "aged", "ages", "turned", "turning"]),
        re.compile(
            rf"\b(?:aged?|ages|age{GAP}of|age:|turned|turning)(?:{GAP}|:{SP}?){_N}"
            rf"(?!\w|[-/]\w|[.,]\d|{SP}?%)(?!{GAP}(?:in|into|away|off|times|mg|days|hours|"
            r"weeks|months)\b)",
            re.I,
        ),
    ),
    (
        frozenset(["i", "who", "she", "he"]),
        re.compile(
            rf"\b(?:I'm|I{GAP}am|(?:who|she|he){GAP}is){GAP}(?:now{GAP}|only{GAP})?{_N}"
            rf"(?:(?={MAYBE}[,;)]|\.(?!\d)|{GAP}(?:and|with|now|but)\b)"
            rf"|{GAP}years(?!{GAP}(?:old|of|into|in|on)\b))",
            re.I,
        ),
    ),
    (
        frozenset(["was"]),
        re.compile(
            rf"\b(?:since|when|until|after|before){GAP}(?:I|she|he){GAP}was{GAP}(?:only{GAP}|"
            rf"about{GAP})?{_N}(?!\w|{GAP}(?:mg|days|weeks|hours|months)\b)",
            re.I,
        ),
    ),
    (
        frozenset(["m", "f"]),
        re.compile(
            rf"{EDGE}(?P<n>\d\d){SP}?[MF](?={GAP}(?:w/|with|who|pt|patient|here|presents|c/o)|[,)])"
        ),
    ),
    (
        None,
        re.compile(rf"(?<=\w,{SP})(?P<n>\d\d)(?=,{GAP}(?:is|was|has|a|an|lives|who|suffers)\b)"),
    ),
)
_NOBODY: Final = re.compile(
    rf"{GAP}(?:years{GAP}(?:of{GAP}age{GAP})?)?(?:and|or){GAP}(?:over|older|above|up|under|"
    r"younger)\b",
    re.I,
)
_DECADE: Final = re.compile(r"(?:(?<!\d)'?|\b)[2-9]0'?s\b", re.I)
_PERIODS: Final[tuple[tuple[Period, str], ...]] = (
    ("minute", r"minutes?|mins?"),
    ("hour", r"hours?|hrs?|hourly"),
    ("day", r"days?|workdays?|weekdays?"),
    ("night", r"nights?|overnights?"),
    ("week", r"weeks?|wks?"),
    ("month", r"months?|mos?"),
    ("year", r"years?|yrs?"),
)
_PERIOD: Final = "|".join(words for _, words in _PERIODS)
_BETWEEN: Final = (
    r"full|whole|more|additional|extra|consecutive|straight|long|entire|business|working|calendar|"
    r"solid|successive|further|continuous|further|short|complete|inpatient(?=\s+nights?)"
)
_MIXED: Final = rf"\d{{1,2}}(?:{AND_A_HALF}|[ \u00a0-][1-3]/[2-4](?![\w/]))"
_NUM: Final = rf"(?:{_MIXED}|{NUM_COMMA})"
_DURATION: Final = re.compile(
    rf"{EDGE}(?P<n>{_NUM})(?P<join>(?:{MAYBE}|-))(?P<kind>(?:(?:{_BETWEEN})(?:{GAP}|-))*)"
    rf"(?P<p>{_PERIOD})(?![\w])(?P<half>{GAP}and{GAP}a{GAP}half\b)?"
)
_ATTACHED: Final = re.compile(rf"{EDGE}(?P<n>\d{{1,3}})-?(?P<p>h|d|wk|w|y)(?!\w)")
_SPACED_HOURS: Final = re.compile(
    rf"{EDGE}(?P<n>\d{{1,3}}(?:\.\d\d?)?){SP}(?P<p>h|d|wk)(?![\w.']|/[^a-z])"
)
_STAY: Final = re.compile(rf"{GAP}(?:observation|stay|admission|visit)")
_WHOLE: Final = frozenset(["minute", "hour", "day", "night", "week", "month", "year"])
_LETTERS: Final[dict[str, Period]] = {
    "h": "hour",
    "d": "day",
    "wk": "week",
    "w": "week",
    "y": "year",
}
# The first of ``three to four days``; the second is found with its own period.
_FIRST: Final = re.compile(
    rf"{EDGE}(?P<n>{NUM_COMMA})(?=(?:,{SP}{NUM_COMMA})*"
    rf"{SP}?(?:{DASH}|,?{GAP}(?:to|or|(?P<and>and)){GAP}){SP}?{NUM_COMMA}(?:{MAYBE}|-)"
    rf"(?:(?:{_BETWEEN})(?:{GAP}|-))*(?P<p>{_PERIOD})(?!\w))"
)
_ONE_PERIOD: Final = r"minute|hour|day|night|week|fortnight|month|year|decade"
_PERIOD_WORDS: Final = frozenset(_ONE_PERIOD.split("|"))
_A: Final = re.compile(
    r"(?P<lead>\b(?:for|within|in|about|after|took|takes|lasted|lasting|lasts|spent|"
    r"stayed|than|least|"
    rf"almost|nearly|only|just|over|under|up{GAP}to|lost|missed|of|around|approximately|roughly|"
    rf"nearly|some|wait(?:ed)?|every|whole)){GAP}(?P<all>(?P<n>an?|one|half{GAP}an?|another)"
    rf"(?:{GAP}(?:full|whole|entire|good))?{GAP}(?P<p>{_ONE_PERIOD})"
    rf"\b(?P<half>{GAP}and{GAP}a{GAP}half\b)?)"
)
_HALVES: Final = re.compile(
    rf"(?<![\w-])(?P<all>(?:a{GAP})?(?P<n>half)(?:{GAP}an?{GAP}|-an?-|-|{SP})(?P<p>{_ONE_PERIOD})|"
    rf"(?P<n2>an?|one|the){GAP}(?P<p2>{_ONE_PERIOD})(?P<half>{AND_A_HALF}))(?![\w])(?!{GAP}of{GAP}20)"
)
_A_FOLLOWED: Final = re.compile(
    rf"\b(?P<all>(?P<n>an?|half{GAP}an?)(?:{GAP}|-)(?P<p>{_ONE_PERIOD})(?:-long|'s)?"
    rf"(?P<half>{GAP}and{GAP}a{GAP}half\b)?)(?={GAP}(?:later|off|"
    rf"in{GAP}(?:the{GAP})?(?:hospital|icu|bed)|"
    r"before|after|earlier|stay|long|without|of|prior|on|waiting)\b)"
)
_RATE: Final = re.compile(
    r"(?:\b(?:times?|once|twice|thrice|mg|doses?|pills?|tablets?|hours?|visits?|days|"
    r"nights|dollars|"
    r"units?|ml|per|(?:mg|dose) of [a-z]+)|[\d%x])\s+(?:or\s+\w+\s+)?\Z"
)
_FORTNIGHT: Final = re.compile(rf"\b(?:a|one|this|last){GAP}fortnight\b")
_SEVERAL: Final = {"fortnight": (2, "week"), "decade": (10, "year")}


def find_ages(sheet: Sheet) -> Iterator[AgeMention | Exempt]:
    """Ages of persons; ``adults aged 18 and over`` are nobody's."""
    taken = -1
    found = [match for words, pattern in _AGES for match in _aged(sheet, pattern, words)]
    for match in sorted(found, key=lambda each: each.start()):
        start, end = match.span()
        if start < taken:
            continue
        taken = end
        text = sheet.text[start:end]
        if _NOBODY.match(sheet.code, end) or _is_limit(sheet, start):
            yield Exempt(start=start, end=end, text=text, why="age")
            continue
        years = figure_at(sheet, *match.span("n")).value
        yield AgeMention(start=start, end=end, text=text, years=int(years))
    for match in _DECADE.finditer(sheet.code):
        start, end = match.span()
        if start >= 0 and not any(m.start() < end and start < m.end() for m in found):
            yield Exempt(start=start, end=end, text=sheet.text[start:end], why="age")


def _aged(
    sheet: Sheet, pattern: re.Pattern[str], words: frozenset[str] | None
) -> Iterator[re.Match[str]]:
    if words is None:
        return at_figures(pattern, sheet.code, sheet.runs)
    return near_words(pattern, sheet.code, sheet.words, words)


def _is_limit(sheet: Sheet, start: int) -> bool:
    return (
        sheet.before(start, 12).rstrip().endswith((">", "\u2265", "<", "\u2264", "over", "under"))
    )


def find_durations(sheet: Sheet) -> Iterator[DurationMention | Exempt]:
    """Lengths of time; those of procedures (``within 30 days of receipt``) claim nothing."""
    for family in (_in_numbers, _in_letters, _with_article):
        found = list(family(sheet))
        yield from found
        sheet = sheet.without(found)


def _period(word: str) -> Period:
    lower = word.lower()
    return next(name for name, words in _PERIODS if re.fullmatch(words, lower))


def _mention(
    sheet: Sheet, span: tuple[int, int], value: Decimal, period: Period, *, adjective: bool = False
) -> DurationMention | Exempt:
    start, end = span
    text = sheet.text[start:end]
    if is_procedure(sheet, start, end):
        return Exempt(start=start, end=end, text=text, why="procedure")
    return DurationMention(
        start=start,
        end=end,
        text=text,
        value=value,
        period=period,
        approx=approx_at(sheet, start, end),
        adjective=adjective,
    )


def _in_numbers(sheet: Sheet) -> Iterator[DurationMention | Exempt]:
    for match in at_figures(_DURATION, sheet.low, sheet.runs):
        if _is_idiom(sheet, match):
            continue
        value = _value(sheet, match) + (Decimal("0.5") if match["half"] else 0)
        word = match["p"].lower()
        if "\n" in match["join"] and sheet.text[match.start("p")].isupper():
            continue
        if word == "overnight" and _STAY.match(sheet.low, match.end()):
            continue
        adjective = "-" in match["join"] or (word in _WHOLE and value != 1)
        yield _mention(sheet, match.span(), value, _period(word), adjective=adjective)
    for match in at_figures(_FIRST, sheet.low, sheet.runs):
        value = figure_at(sheet, *match.span("n")).value
        if match["and"] and not (_is_listed(sheet, match) or match["p"][:5] == "night"):
            continue
        if not re.search(r"\bfrom\s\Z", sheet.before(match.start(), 6)):
            yield _mention(sheet, match.span("n"), value, _period(match["p"]))


def _value(sheet: Sheet, match: re.Match[str]) -> Decimal:
    words = match["n"]
    mixed = re.fullmatch(_MIXED, words)
    if mixed is None:
        return figure_at(sheet, *match.span("n")).value
    whole = Decimal(re.match(r"\d+", words).group())  # type: ignore[union-attr]
    top, _, bottom = words[-3:].partition("/")
    return whole + (Decimal(top) / Decimal(bottom) if bottom else Decimal("0.5"))


def _is_listed(sheet: Sheet, match: re.Match[str]) -> bool:
    """``3, 2, 4 and 3 nights``; of two figures with ``and`` the first may count something else."""
    before = sheet.code[max(0, match.start() - 12) : match.start()]
    is_first = re.match(rf",{SP}", sheet.code[match.end() : match.end() + 2])
    return is_first is not None or re.search(rf"[\d{SPELLED}],{SP}\Z", before) is not None


def _is_idiom(sheet: Sheet, match: re.Match[str]) -> bool:
    """``One day I woke up`` and a calendar year such as ``the 2025 year``."""
    if match["n"][0] != SPELLED:
        return re.fullmatch(r"(?:19|20)\d\d", match["n"]) is not None and "day" not in match["p"]
    word = sheet.plain[match.start("n") : match.end("n")].lower()
    return (
        word == "one"
        and re.match(r",|\s+(?:I|we|he|she|my)\b", sheet.after(match.end(), 6)) is not None
    )


def _in_letters(sheet: Sheet) -> Iterator[DurationMention | Exempt]:
    for pattern in (_ATTACHED, _SPACED_HOURS):
        for match in at_figures(pattern, sheet.code, sheet.runs):
            value = Decimal(match["n"])
            adjective = "-" in match.group()
            period = _LETTERS[match["p"]]
            yield _mention(sheet, match.span(), value, period, adjective=adjective)


def _with_article(sheet: Sheet) -> Iterator[DurationMention | Exempt]:
    taken = -1
    found = [
        match
        for pattern in (_A, _HALVES, _A_FOLLOWED, _FORTNIGHT)
        for match in near_words(pattern, sheet.low, sheet.words, _PERIOD_WORDS)
    ]
    for match in sorted(found, key=lambda each: each.start()):
        if match.start() < taken or _RATE.search(sheet.before(match.start(), 26).lower()):
            continue
        taken = match.end()
        if match.re is _FORTNIGHT:
            yield _mention(sheet, match.span(), Decimal(2), "week")
            continue
        groups = match.groupdict()
        word = groups["p"] or groups["p2"]
        n_periods, plain = _SEVERAL.get(word, (1, word))
        value = Decimal(n_periods)
        if (match["n"] or "").startswith("half"):
            value /= 2
        if match["half"]:
            value += Decimal("0.5")
        yield _mention(sheet, match.span("all"), value, _period(plain))
