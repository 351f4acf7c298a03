"""Numbers with a unit: laboratory values, doses, weights, blood pressure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.checker.mentions import Approx, MeasureMention
from cortipump.checker.scan.amounts.units import UNIT, canonical_unit
from cortipump.checker.scan.coded import SPELLED, Sheet
from cortipump.checker.scan.figures import (
    EDGE,
    FIG_COMMA,
    GAP,
    MAYBE,
    NUM_COMMA,
    SP,
    approx_at,
    at_figures,
    figure_at,
    is_change,
)

_MEASURE: Final = re.compile(
    rf"(?:(?P<sign><=|>=|[<>\u2264\u2265]){SP}?|{EDGE})"
    rf"(?P<n>(?P<half>half{GAP}an?)|(?P<frac>(?:\d{SP})?[1-3]/[2-4])|{NUM_COMMA})"
    rf"(?:{SP}?(?:-|\u2013|{GAP}to{GAP}){SP}?(?P<high>{NUM_COMMA}))?(?:{MAYBE}|-)(?P<unit>{UNIT})",
    re.I,
)
# ``368 nmol/L, roughly 13 in ug/dL``.
_IN_UNIT: Final = re.compile(rf"{EDGE}(?P<n>{NUM_COMMA}){GAP}in{GAP}(?P<unit>{UNIT})", re.I)
# What stands before the last figure of ``10/5/5 mg``, ``10 + 5 + 5 mg``, ``10-5-5 mg``.
_DOSES: Final = re.compile(
    rf"{EDGE}(?P<all>{FIG_COMMA}(?P<s>{SP}?[/+]{SP}?|{SP}?-{SP}?|,{SP}|{SP}-{SP}|"
    rf"{SP}?\u2192{SP}{{1,2}})"
    rf"(?:{FIG_COMMA}(?P=s)){{0,12}}(?:{FIG_COMMA}{MAYBE}(?:,{SP}?)?(?:and|&){GAP})?{FIG_COMMA})"
    rf"(?:{MAYBE}|-)(?P<unit>{UNIT})",
    re.I,
)
_AND_DOSE: Final = re.compile(
    rf"{EDGE}(?P<all>{NUM_COMMA},?{GAP}(?:and|or){GAP}{NUM_COMMA})(?:{MAYBE}|-)(?P<unit>{UNIT})",
    re.I,
)
_ONE: Final = re.compile(NUM_COMMA)
_PRESSURE: Final = re.compile(
    rf"{EDGE}(?P<a>[4-9]\d|[12]\d\d|{SPELLED}++)(?:{SP}?/{SP}?|{GAP}(?:over|(?P<to>to)){GAP})"
    rf"(?P<b>[2-9]\d|1[0-6]\d|{SPELLED}++)(?![\w%]|[/.,:]\d)(?P<unit>{MAYBE}mm{SP}?Hg\b)?",
    re.I,
)
_PRESSURE_WORDS: Final = re.compile(
    r"\bb\.?p\b|pressure|\btension\b|systolic|hypotens|hypertens|mm ?hg|vitals", re.I
)
_BARE_DEGREES: Final = re.compile(
    rf"{EDGE}(?P<n>\d{{2,3}}(?:[.,]\d)?)(?:{SP}?\u00b0(?!{SP}?[cf]\b)"
    rf"|{GAP}degrees?\b(?!{GAP}[cf])|{SP}?(?P<letter>[CF])\b)"
)
_HEIGHT: Final = re.compile(
    r"(?<![\w.])(?P<ft>[3-7])(?:'|[ ]?(?:ft|feet|foot)\.?)[ ]?"
    r"(?P<in>\d\d?)(?:\"|''|[ ]?(?:in|inches)\b\.?)?(?!\w)"
)
_WORDS: Final = (
    ("<", re.compile(r"\b(?:less than|below|under|lower than|fewer than)\s+\Z", re.I)),
    (">=", re.compile(r"\b(?:at least|no less than|not less than|minimum of)\s+\Z", re.I)),
    ("<=", re.compile(r"\b(?:up to|at most|no more than|not more than|maximum of)\s+\Z", re.I)),
    (">", re.compile(r"\b(?:more than|above|over|greater than|higher than|exceeding)\s+\Z", re.I)),
)
_SIGNS: Final = {"\u2264": "<=", "\u2265": ">="}
_SIGN_APPROX: Final[dict[str, Approx]] = {"<": "under", "<=": "under", ">": "over", ">=": "over"}
_BETWEEN: Final = re.compile(r"\bbetween\s+\Z", re.I)
# Units of one letter also occur as initials: only in the spelling that laboratories use.
_ONE_LETTER: Final = frozenset(["g", "l", "u", "in"])


class _Value(Struct, frozen=True):
    start: int
    end: int
    value: Decimal
    places: int
    unit: str
    high: Decimal | None = None
    comparator: str = ""
    exact: bool = False


def find_measures(sheet: Sheet) -> Iterator[MeasureMention]:
    """Every number with a unit; of several figures before one unit each has its own place."""
    for family in (_heights, _pressures, _doses, _measures, _in_unit, _degrees):
        found = [_mention(sheet, value) for value in family(sheet)]
        yield from found
        sheet = sheet.without(found)


def _mention(sheet: Sheet, value: _Value) -> MeasureMention:
    comparator = value.comparator
    if not comparator and not value.exact:
        before = sheet.before(value.start, 24)
        comparator = next((sign for sign, words in _WORDS if words.search(before)), "")
    return MeasureMention(
        start=value.start,
        end=value.end,
        text=sheet.text[value.start : value.end],
        value=value.value,
        unit=value.unit,
        canonical=canonical_unit(value.unit),
        high=value.high,
        comparator=comparator,
        approx=_SIGN_APPROX.get(comparator)
        or ("" if value.exact else approx_at(sheet, value.start, value.end)),
        places=value.places,
    )


def _is_unit(match: re.Match[str]) -> bool:
    """``5 U``, ``5 L`` and ``2 g``, but not ``5 I`` or ``1 in``."""
    unit = match["unit"]
    if unit.lower() == "pg":
        # ``1 pg`` is a page; nobody weighs a picogram alone.
        return False
    return unit.lower() not in _ONE_LETTER or unit in ("g", "L", "U", "l")


def _unit(sheet: Sheet, match: re.Match[str]) -> str:
    """As printed, with its own micro sign."""
    return sheet.text[match.start("unit") : match.end("unit")]


_OPENS: Final = re.compile(r"[<>\u2264\u2265]|\bhalf\b", re.I)


def _starts(sheet: Sheet) -> tuple[int, ...]:
    """Where numbers begin, with their signs, and ``half a milligram``."""
    opens = {match.start() for match in _OPENS.finditer(sheet.code)}
    return tuple(sorted(opens.union(sheet.runs)))


def _measures(sheet: Sheet) -> Iterator[_Value]:
    for match in at_figures(_MEASURE, sheet.code, _starts(sheet)):
        if not _is_unit(match):
            continue
        unit = _unit(sheet, match)
        value, places = _value(sheet, match)
        sign = _SIGNS.get(match["sign"], match["sign"]) if match["sign"] else ""
        high = figure_at(sheet, *match.span("high")) if match["high"] else None
        if high is None:
            yield _Value(match.start(), match.end(), value, places, unit, None, sign)
        elif high.value <= value or is_change(sheet, match.start()):
            yield _Value(*match.span("n"), value, places, unit, None, sign)
            yield _Value(match.start("high"), match.end(), high.value, high.places, unit)
        else:
            places = max(places, high.places)
            yield _Value(match.start(), match.end(), value, places, unit, high.value, sign)


def _in_unit(sheet: Sheet) -> Iterator[_Value]:
    """Only units that are a ratio: ``6 in mg`` may be anything."""
    for match in at_figures(_IN_UNIT, sheet.code, sheet.runs):
        if "/" in match["unit"] or " per " in match["unit"]:
            figure = figure_at(sheet, *match.span("n"))
            yield _Value(*match.span(), figure.value, figure.places, _unit(sheet, match))


def _value(sheet: Sheet, match: re.Match[str]) -> tuple[Decimal, int]:
    if match["half"]:
        return Decimal("0.5"), 1
    if match["frac"]:
        whole, _, fraction = match["frac"].replace("\u00a0", " ").rpartition(" ")
        top, _, bottom = fraction.partition("/")
        return Decimal(whole or 0) + Decimal(top) / Decimal(bottom), 2
    figure = figure_at(sheet, *match.span("n"))
    return figure.value, figure.places


def _doses(sheet: Sheet) -> Iterator[_Value]:
    until = 0
    for match in sorted(
        [
            *at_figures(_DOSES, sheet.code, sheet.runs),
            *at_figures(_AND_DOSE, sheet.code, sheet.runs),
        ],
        key=lambda each: each.start(),
    ):
        start, end = match.span("all")
        numbers = list(_ONE.finditer(sheet.code, start, end))
        if start < until or not _is_unit(match) or not _is_list(sheet, match, numbers):
            continue
        until = match.end()
        if match.re is _AND_DOSE and _BETWEEN.search(sheet.before(start, 12)):
            low, high = (figure_at(sheet, *number.span()) for number in numbers)
            places = max(low.places, high.places)
            yield _Value(
                start, until, low.value, places, _unit(sheet, match), high.value, exact=True
            )
            continue
        for number in numbers:
            figure = figure_at(sheet, *number.span())
            last = number is numbers[-1]
            yield _Value(
                number.start(),
                match.end() if last else number.end(),
                figure.value,
                figure.places,
                _unit(sheet, match),
            )


def _is_list(sheet: Sheet, match: re.Match[str], numbers: list[re.Match[str]]) -> bool:
    """Several doses and not a range, a fraction or an unrelated figure before a comma."""
    separator = match.groupdict().get("s") or ""
    if "-" in separator:
        return len(numbers) > 2
    if "," in separator:
        return len(numbers) > 2 or bool(re.search(r"\b(?:and)\b|&", match["all"]))
    return not re.fullmatch(r"1/[2-4]|[23]/[34]", match["all"])


def _pressures(sheet: Sheet) -> Iterator[_Value]:
    for match in at_figures(_PRESSURE, sheet.code, sheet.runs):
        high, low = (figure_at(sheet, *match.span(name)).value for name in ("a", "b"))
        if not (40 <= low < high <= 260) or not _is_pressure(sheet, match):
            continue
        yield _Value(*match.span("a"), high, 0, "mmHg")
        yield _Value(match.start("b"), match.end(), low, 0, "mmHg", exact=True)


def _is_pressure(sheet: Sheet, match: re.Match[str]) -> bool:
    """By its unit, the heading of its column, or a word for it in the sentence or before it."""
    if match["unit"] is not None:
        return True
    start, end = match.span()
    if match["to"] is not None:
        before = sheet.before(start, 90)
        return not is_change(sheet, start) and re.search(
            r"\b(?:bp|pressure)\b(?:[^.;]|\.(?=\d))*\bwas (?:\w+ )?\Z", before, re.I
        ) is not None  # fmt: skip
    if _PRESSURE_WORDS.search(sheet.sentence(start, end)):
        return True
    return _PRESSURE_WORDS.search(sheet.header(start) + " " + sheet.before(start, 160)) is not None


def _degrees(sheet: Sheet) -> Iterator[_Value]:
    for match in at_figures(_BARE_DEGREES, sheet.code, sheet.runs):
        figure = figure_at(sheet, *match.span("n"))
        hot = figure.value >= 60
        if match["letter"]:
            low, high = (90, 112) if match["letter"] == "F" else (32, 44)
            if not low <= figure.value <= high or (not figure.places and match["letter"] == "C"):
                continue
            hot = match["letter"] == "F"
        unit = "\u00b0F" if hot else "\u00b0C"
        yield _Value(*match.span(), figure.value, figure.places, unit)


def _heights(sheet: Sheet) -> Iterator[_Value]:
    for match in at_figures(_HEIGHT, sheet.code, sheet.runs):
        inches = int(match["ft"]) * 12 + int(match["in"])
        yield _Value(*match.span(), Decimal(inches), 0, "inches")
