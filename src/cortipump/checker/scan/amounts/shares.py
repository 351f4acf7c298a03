"""Percentages, ratios and shares."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cortipump.checker.mentions import PercentMention, RatioMention
from cortipump.checker.scan.coded import ORDINAL, SPELLED, Sheet
from cortipump.checker.scan.figures import (
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
from cortipump.checker.scan.words import ORDINALS

_PERCENT: Final = re.compile(
    rf"{EDGE}(?P<n>{NUM_COMMA})(?:{MAYBE}%|(?:{GAP}|-)(?:percent(?:age{GAP}points?)?|"
    rf"per{GAP}cent|pct)\b)"
)
_FIRST_PERCENT: Final = re.compile(
    rf"{EDGE}(?P<n>{NUM_COMMA})(?=(?:{DASH}|{SP}{DASH}{SP}|{GAP}(?:to|and|or){GAP}){NUM_COMMA}(?:{MAYBE}%|(?:{GAP}|-)(?:percent|per{GAP}cent)\b))"
)
_COMPARED: Final = (
    rf"(?:as{GAP}(?:many|much|high|often|long|likely|large|big|great|expensive|low|frequent\w*|bad)"
    r"|more|fewer|less|higher|lower|greater|larger|longer|that\b|what|normal|"
    rf"the{GAP}(?:normal|usual|"
    r"upper|number|rate|cost|amount|dose|price|national|average|risk|maximum|limit|same|"
    r"recommended|lowest|highest|previous|second|other|last)"
    rf"|my{GAP}(?:usual|normal|previous|baseline|old|prior)|(?:its|their|his|her){GAP})"
)
_TIMES: Final = re.compile(
    rf"{EDGE}(?:(?P<n>{NUM_COMMA})(?:{GAP}times|x)|(?P<w>twice|thrice|double|triple|"
    rf"quadruple)){GAP}{_COMPARED}"
)
_FOLD: Final = re.compile(
    rf"\b(?P<w>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred)fold\b"
    rf"|{EDGE}(?P<n>{NUM_COMMA})(?:-|{SP})?fold\b"
)
_FOLDS: Final = {
    word: value
    for value, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=2
    )
} | {"twelve": 12, "twenty": 20, "hundred": 100}
_VERBS: Final = re.compile(
    r"\b(?P<w>doubled|doubling|doubles|tripled|tripling|triples|trebled|quadrupled|quadrupling|"
    rf"halved|halving|halves|cut{GAP}in{GAP}half|cut{GAP}by{GAP}half|cut{GAP}in{GAP}two|"
    rf"in{GAP}half|"
    rf"(?:double|triple)(?={GAP}(?:my|his|her|the|our|their|its|your)\b))"
)
_FACTORS: Final = (
    ("tw", "2"),
    ("doubl", "2"),
    ("thr", "3"),
    ("tripl", "3"),
    ("trebl", "3"),
    ("quadr", "4"),
    ("halv", "0.5"),
    ("cut", "0.5"),
    ("in", "0.5"),
)
_PART: Final = (
    rf"(?:(?P<top>{SPELLED}++|an?)(?:{GAP}|-)(?P<bottom>half|halves|thirds?|quarters?|"
    r"fourths?|fifths?|"
    rf"sixths?|tenths?|{ORDINAL}++)|(?P<half>half))"
)
_BY_PART: Final = re.compile(rf"\bby{GAP}(?P<all>{_PART})(?!\w)")
_PART_OF: Final = re.compile(
    rf"(?<![\w-])(?<!{ORDINAL} )(?<!last )(?<!latter )(?<!other )(?<!better )(?P<all>{_PART})"
    rf"(?={GAP}(?:of|the|my|that|what|all|its|their|his|her|our|your|less|more|lower|higher|smaller|"
    r"larger|fewer|shorter|longer|greater|below|above)\b)"
)
_ONE_IN: Final = re.compile(
    rf"{EDGE}(?P<all>(?:1|{SPELLED}++)(?:{GAP}|-)in(?:{GAP}|-)(?P<n>{NUM_COMMA}))(?!\w|"
    rf"[/:.,]\d|{SP}?%|-)"
)
_HALF_AS: Final = re.compile(rf"(?<![\w-])half{GAP}as{GAP}(?:many|much|often|long|high|likely)\b")
_FIGURES_OF: Final = re.compile(
    rf"{EDGE}(?P<a>[1-3])/(?P<b>[2-5])(?={GAP}of{GAP}(?:the|my|all|that)\b)"
)
_BOTTOMS: Final = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "tenth": 10,
}


def find_percents(sheet: Sheet) -> Iterator[PercentMention]:
    """``80 %``, ``eighty per cent``, both ends of ``10–20%``."""
    for pattern in (_PERCENT, _FIRST_PERCENT):
        for match in at_figures(pattern, sheet.low, sheet.runs):
            start, end = match.span()
            figure = figure_at(sheet, *match.span("n"))
            yield PercentMention(
                start=start,
                end=end,
                text=sheet.text[start:end],
                value=figure.value,
                places=figure.places,
                approx=approx_at(sheet, start, end),
            )


# ``a ratio of one to five``, ``a ratio of 1:5``, ``a 5 to 1 ratio``: the first by the second.
_TO: Final = rf"(?:{SP}?:{SP}?|(?:{GAP}|-)to(?:{GAP}|-)|{SP}?/{SP}?)"
_RATIO_OF: Final = re.compile(
    rf"\bratios?(?:{GAP}(?:of|is|was|were|about|roughly|nearly)|{SP}?[:=])*{SP}?"
    rf"(?P<all>(?P<a>{NUM_COMMA}){_TO}(?P<b>{NUM_COMMA}))(?![\w%]|[.,:/]\d)"
)
_OF_RATIO: Final = re.compile(
    rf"{EDGE}(?P<all>(?P<a>{NUM_COMMA}){_TO}(?P<b>{NUM_COMMA}))(?={GAP}ratio\b)"
)


_ON_THE_DOLLAR: Final = re.compile(
    rf"{EDGE}(?P<n>{NUM_COMMA}){GAP}cents{GAP}(?:on|of|in){GAP}(?:the|every|each){GAP}dollar\b"
)


def find_proportions(sheet: Sheet) -> Iterator[RatioMention]:
    """Ratios that are called so; their figures look like times of day, ranges and money."""
    for match in at_figures(_ON_THE_DOLLAR, sheet.low, sheet.runs):
        start, end = match.span()
        yield RatioMention(
            start=start,
            end=end,
            text=sheet.text[start:end],
            factor=figure_at(sheet, *match.span("n")).value / 100,
            is_share=True,
            approx=approx_at(sheet, start, end),
        )
    for match in [*_ratio_of(sheet), *at_figures(_OF_RATIO, sheet.low, sheet.runs)]:
        first, second = (figure_at(sheet, *match.span(name)).value for name in ("a", "b"))
        if second:
            start, end = match.span("all")
            yield RatioMention(
                start=start,
                end=end,
                text=sheet.text[start:end],
                factor=first / second,
                approx=approx_at(sheet, start, end),
            )


def find_ratios(sheet: Sheet) -> Iterator[RatioMention]:
    """``three times as many``, ``doubled``, ``by a third``, ``one in four``."""
    until = -1
    for start, end, factor, is_share in sorted(_ratios(sheet)):
        if start < until:
            continue
        until = end
        yield RatioMention(
            start=start,
            end=end,
            text=sheet.text[start:end],
            factor=factor,
            is_share=is_share,
            approx=approx_at(sheet, start, end),
        )


def _ratio_of(sheet: Sheet) -> Iterator[re.Match[str]]:
    yield from near_words(_RATIO_OF, sheet.low, sheet.words, frozenset(["ratio", "ratios"]))


_BY_WORDS: Final = (
    (_TIMES, frozenset(["times", "x", "twice", "thrice", "double", "triple", "quadruple"])),
    (_FOLD, frozenset(["fold", *(f"{word}fold" for word in _FOLDS)])),
    (
        _VERBS,
        frozenset(
            [
                "doubled",
                "doubling",
                "doubles",
                "tripled",
                "tripling",
                "triples",
                "trebled",
                "quadrupled",
                "quadrupling",
                "halved",
                "halving",
                "halves",
                "cut",
                "half",
                "double",
                "triple",
            ]
        ),
    ),
)
_PART_WORDS: Final = frozenset(
    ["half", "halves", "quarter", "quarters", *ORDINALS, *(f"{word}s" for word in ORDINALS)]
)


def _ratios(sheet: Sheet) -> Iterator[tuple[int, int, Decimal, bool]]:
    code = sheet.low
    for pattern, words in _BY_WORDS:
        for match in near_words(pattern, code, sheet.words, words):
            yield match.start(), match.end(), _factor(sheet, match), False
    for pattern in (_BY_PART, _PART_OF):
        for match in near_words(pattern, code, sheet.words, _PART_WORDS):
            if (share := _share(sheet, match)) is not None:
                yield match.start(), match.end("all"), share, True
    for match in near_words(_HALF_AS, code, sheet.words, frozenset(["half"])):
        yield *match.span(), Decimal("0.5"), False
    for match in at_figures(_FIGURES_OF, code, sheet.runs):
        part = Decimal(match["a"]) / int(match["b"])
        if part < 1:
            yield *match.span(), part, True
    for match in at_figures(_ONE_IN, code, sheet.runs):
        below = figure_at(sheet, *match.span("n")).value
        top = sheet.spelled.get(match.start("all"))
        if below > 1 and not 1900 <= below <= 2099 and (top is None or top.value == 1):
            yield *match.span("all"), Decimal(1) / below, True


def _factor(sheet: Sheet, match: re.Match[str]) -> Decimal:
    groups = match.groupdict()
    if groups.get("n"):
        return figure_at(sheet, *match.span("n")).value
    word = match["w"].lower()
    if match.re is _FOLD:
        return Decimal(_FOLDS[word])
    return next(Decimal(factor) for stem, factor in _FACTORS if word.startswith(stem))


def _share(sheet: Sheet, match: re.Match[str]) -> Decimal | None:
    if match["half"]:
        return Decimal("0.5")
    top = sheet.spelled.get(match.start("top"))
    bottom = match["bottom"].lower()
    if bottom[0] == ORDINAL:
        below = sheet.spelled[match.start("bottom")].value
        if below < 3:
            return None
    else:
        below = Decimal(_BOTTOMS[bottom.removesuffix("s")])
    above = top.value if top is not None else Decimal(1)
    return above / below if above < below else None
