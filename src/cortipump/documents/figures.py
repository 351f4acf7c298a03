"""Charts of a before/after comparison, each with its words: caption with values, and a description.

What was counted, and how, is `evidence`' business; how a chart looks is `charts`'.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

from cortipump.documents.blocks import Figure
from cortipump.documents.charts import (
    AFTER_COLOUR,
    BEFORE_COLOUR,
    INK,
    PLOT_WIDTH,
    Spec,
    background,
    chart,
    panel,
    time_axis,
    utc,
)
from cortipump.documents.statements import Part, Value, say
from cortipump.documents.values import amount_value
from cortipump.evidence.result import Amount, Costs, EvidenceResult, Month, ScorePoint, Window
from cortipump.quantities.money import MONEY_KINDS
from cortipump.quantities.show import money_text

_EVENTS: Final = {
    "emergency_visits": "Emergency visits",
    "inpatient_stays": "Inpatient stays",
    "rescue_injections": "Rescue injections",
}
_BED_DAYS: Final = {"bed_days": "Bed-days"}
_MONEY_WORDS: Final = {
    "billed": "Billed",
    "allowed": "Allowed",
    "paid": "Paid by the plan",
    "patient": "Patient share",
}


def monthly_events(result: EvidenceResult) -> Figure:
    """Emergency visits, inpatient stays and rescue injections, month by month."""
    return _by_month(result, _EVENTS, "Events")


def bed_days_by_month(result: EvidenceResult) -> Figure:
    """Nights in hospital, month by month."""
    return _by_month(result, _BED_DAYS, "Bed-days (midnights in hospital)")


def scores(result: EvidenceResult) -> Figure:
    """Questionnaire totals at their dates, one panel per instrument, version and part."""
    groups: dict[str, list[ScorePoint]] = {}
    for point in sorted(result.scores, key=lambda point: point.when.first_day):
        groups.setdefault(_instrument(point), []).append(point)
    days = [point.when.first_day for point in result.scores]
    first = min([*days, result.before.span.from_]) - timedelta(days=10)
    last = max([*days, result.after.span.last]) + timedelta(days=10)
    panels = [
        panel(
            title,
            [*_start(result, label=number == 0), *_score_layers(points)],
            x=time_axis(first, last, shown=number == len(groups) - 1),
            height=110,
        )
        for number, (title, points) in enumerate(groups.items())
    ]
    parts: list[Part] = ["Questionnaire scores at the dates of the record. ", *_index_words(result)]
    for title, points in groups.items():
        parts += [Value(title, "rule", note="instrument, version and part as recorded"), ": "]
        for number, point in enumerate(points):
            parts += ["; " if number else "", *_score_words(point)]
        parts.append(". ")
    said = say("figure-scores", *_trimmed(parts))
    alt = "Dots over time, one panel per questionnaire; each dot is a score of the caption."
    return Figure(chart(panels), said, alt)


def costs(result: EvidenceResult) -> Figure:
    """Costs of care before and after, each kind by itself, one panel per currency."""
    windows = (("before", result.before), ("after", result.after))
    panels = [_cost_panel(code, windows) for code in currencies(result)]
    parts: list[Part] = [
        "Costs of care, all causes, each kind of amount by itself. ",
        *_window_words(result),
        "The pump and what belongs to it are not in this figure. ",
    ]
    for code in currencies(result):
        for kind in MONEY_KINDS:
            parts += _cost_words(kind, code, windows)
    said = say("figure-costs", *_trimmed(parts))
    alt = (
        "Bar chart with one panel per currency and, for each kind of amount, one bar before and one"
        " after; each bar is an amount of the caption."
    )
    return Figure(chart(panels), said, alt)


# -- months --------------------------------------------------------------------------------------


def _by_month(result: EvidenceResult, measures: dict[str, str], what: str) -> Figure:
    months = [month for month in result.months if month.window != "outside"]
    first, last = _month_days(months[0])[0], _month_days(months[-1])[1]
    highest = float(max(2, *(month.counts.get(name, 0) for month in months for name in measures)))
    panels = [
        panel(
            title,
            [*_start(result, label=number == 0), *_bar_layers(months, name, highest)],
            x=time_axis(first, last, shown=number == len(measures) - 1),
            height=64 if len(measures) > 1 else 96,
        )
        for number, (name, title) in enumerate(measures.items())
    ]
    words = _month_words(result, months, measures)
    said = say("figure-months", f"{what} per calendar month, all causes. ", *words)
    counts = " ".join(_month_list(months, name, title) for name, title in measures.items())
    alt = f"Bar chart by month from {months[0].month} to {months[-1].month}. {counts}"
    return Figure(chart(panels), said, alt)


def _month_list(months: Sequence[Month], measure: str, title: str) -> str:
    """The chart's numbers in words, for a reader who cannot see it."""
    held = [(month.counts[measure], month.month) for month in months if month.counts.get(measure)]
    if not held:
        return f"{title}: none in any month."
    listed = ", ".join(f"{count} in {month}" for count, month in held)
    return f"{title}: {listed}, none in the other months."


def _bar_layers(months: Sequence[Month], measure: str, highest: float) -> list[Spec]:
    values = []
    for month in months:
        if not month.counts.get(measure):
            continue
        first, following = _month_days(month)
        side = "before" if month.window == "before" else "after"
        values.append(
            {
                "from": str(first + timedelta(days=3)),
                "to": str(following - timedelta(days=3)),
                "count": float(month.counts.get(measure, 0)),
                "side": "part" if month.window == "both" else side,
                "part": month.part or month.window == "both",
            }
        )
    colours = {
        "domain": ["before", "after", "part"],
        "range": [BEFORE_COLOUR, AFTER_COLOUR, "#ffffff"],
    }
    step = max(1, round(highest / 4))
    ticks = list(range(0, ceil(highest) + 1, step))
    axis = {"values": ticks, "format": "d", "title": None}
    bars = {
        "data": {"values": values},
        "mark": {"type": "bar", "strokeWidth": 1.2},
        "encoding": {
            "x": utc("from"),
            "x2": {"field": "to"},
            "y": {
                "field": "count",
                "type": "quantitative",
                "axis": axis,
                "scale": {"domain": [0, highest], "nice": False},
            },
            "y2": {"datum": 0},
            "color": {"field": "side", "type": "nominal", "scale": colours, "legend": None},
            "fillOpacity": {"condition": {"test": "datum.part", "value": 0.35}, "value": 1},
            "stroke": {"condition": {"test": "datum.part", "value": INK}, "value": None},
            "strokeDash": {"condition": {"test": "datum.part", "value": [3, 2]}, "value": [1, 0]},
        },
    }
    return [bars]


def _month_words(
    result: EvidenceResult, months: Sequence[Month], measures: dict[str, str]
) -> Iterator[Part]:
    yield from _index_words(result)
    yield from _window_words(result)
    part = [month.month for month in months if month.part or month.window == "both"]
    if part:
        yield "Dashed outline: months of which only part is counted ("
        yield Value(", ".join(part), "rule", note="the windows do not hold the whole month")
        yield "). "
    for number, (name, title) in enumerate(measures.items()):
        yield f"{title}: "
        yield _count(result.before, name)
        yield " before, "
        yield _count(result.after, name)
        yield " after" + ("." if number == len(measures) - 1 else "; ")


def _count(window: Window, measure: str) -> Value:
    count = window.counts.get(measure)
    if count is None:
        return Value("not recorded", "rule", note=f"{measure} is not counted in this window")
    span = f"{window.span.from_} to {window.span.last}"
    # Possible duplicates: the number that speaks against the pump, and both readings beside it.
    range_ = f" ({count.fewest} to {count.most})" if count.fewest != count.most else ""
    note = f"{measure}, all causes, {span}"
    return Value(f"{count.value}{range_}", "count", count.fact_ids, note)


def _month_days(month: Month) -> tuple[date, date]:
    """First day, and first day of the next month."""
    first = date.fromisoformat(f"{month.month}-01")
    return first, (first + timedelta(days=32)).replace(day=1)


# -- scores --------------------------------------------------------------------------------------


def _instrument(point: ScorePoint) -> str:
    name = "" if point.version.startswith(point.instrument) else point.instrument
    return " ".join(part for part in (name, point.version, point.part) if part)


def _score_layers(points: Sequence[ScorePoint]) -> list[Spec]:
    values = [
        {
            "day": str(point.when.first_day),
            "score": float(point.value),
            "shown": f"{point.value}",
            "side": "before" if point.window == "before" else "after",
        }
        for point in points
    ]
    low, high = (pick(float(point.value) for point in points) for pick in (min, max))
    margin = max((high - low) * 0.3, 2.0)
    y = {
        "field": "score",
        "type": "quantitative",
        "axis": {"tickCount": 4, "title": None},
        "scale": {"domain": [low - margin, high + margin], "nice": False, "zero": False},
    }
    x = utc("day")
    sides = ["before", "after"]
    marks = {
        "color": {
            "field": "side",
            "scale": {"domain": sides, "range": [BEFORE_COLOUR, AFTER_COLOUR]},
            "legend": None,
        },
        "shape": {
            "field": "side",
            "scale": {"domain": sides, "range": ["circle", "square"]},
            "legend": None,
        },
    }
    data = {"values": values}
    label = {"type": "text", "dy": -11, "fontWeight": 600}
    return [
        {"data": data, "mark": {"type": "line", "color": "#9aa3ad"}, "encoding": {"x": x, "y": y}},
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "stroke": INK},
            "encoding": {"x": x, "y": y, **marks},
        },
        {"data": data, "mark": label, "encoding": {"x": x, "y": y, "text": {"field": "shown"}}},
    ]


def _score_words(point: ScorePoint) -> list[Part]:
    facts = (point.fact_id,)
    day = str(point.when.day or point.when.printed)
    return [
        Value(f"{point.value}", "quote", facts, "total of the questionnaire"),
        " on ",
        Value(day, "date", facts),
    ]


# -- costs ---------------------------------------------------------------------------------------


def currencies(result: EvidenceResult) -> list[str]:
    """The currencies in which an amount of care is stated, before or after."""
    return sorted(
        {
            code
            for window in (result.before, result.after)
            for by_currency in window.costs.values()
            for code, amount in by_currency.items()
            if amount.value is not None
        }
    )


def _amount(costs: Costs, kind: str, currency: str) -> Amount | None:
    return costs.get(kind, {}).get(currency)  # type: ignore[call-overload,no-any-return] # kinds are text


def _cost_panel(currency: str, windows: Sequence[tuple[str, Window]]) -> Spec:
    values: list[dict[str, Any]] = []
    for kind in MONEY_KINDS:
        for side, window in windows:
            amount = _amount(window.costs, kind, currency)
            value = amount.value if amount else None
            shown = "not recorded" if value is None else money_text(value, currency)
            values.append(
                {
                    "kind": _MONEY_WORDS[kind],
                    "side": side,
                    "amount": float(value or 0),
                    "shown": f"{side}: {shown}",
                }
            )
    sides = ["before", "after"]
    highest = max(1.0, *(value["amount"] for value in values))
    place = {
        "y": {
            "field": "kind",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "labelFontWeight": 600, "labelLimit": 200},
            "scale": {"paddingInner": 0.35},
        },
        "yOffset": {"field": "side", "sort": sides},
        "x": {
            "field": "amount",
            "type": "quantitative",
            "axis": {"title": None, "grid": True, "tickCount": 4, "format": ",.0f"},
            # Room to the right of the longest bar for its words.
            "scale": {"domain": [0, highest * 1.3], "nice": False},
        },
    }
    colour = {
        "field": "side",
        "scale": {"domain": sides, "range": [BEFORE_COLOUR, AFTER_COLOUR]},
        "legend": None,
    }
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 5}
    days = ", ".join(f"{window.span.days} days {side}" for side, window in windows)
    return {
        "title": f"{currency}: {days}",
        "width": PLOT_WIDTH - 75,
        "height": 170,
        "data": {"values": values},
        "encoding": place,
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"color": colour}},
            {"mark": text, "encoding": {"text": {"field": "shown"}}},
        ],
    }


def _cost_words(kind: str, currency: str, windows: Sequence[tuple[str, Window]]) -> Iterator[Part]:
    yield f"{_MONEY_WORDS[kind]}: "
    for number, (side, window) in enumerate(windows):
        amount = _amount(window.costs, kind, currency)
        if amount is None or amount.value is None:
            yield f"not recorded {side}"
        else:
            yield amount_value(amount, currency, f"{kind}, {side}")
            yield f" {side}"
        if amount is not None and amount.not_stated:
            missing = amount.not_stated
            yield " ("
            yield Value(f"{len(missing)}", "count", missing, f"charges without {kind}")
            yield " charge does not state it)" if len(missing) == 1 else " charges do not state it)"
        yield ", " if number == 0 else ". "


# -- words ---------------------------------------------------------------------------------------


def _start(result: EvidenceResult, *, label: bool) -> list[Spec]:
    run_in = result.run_in.span if result.run_in else None
    return background(result.index_date, run_in, label=label)


def _index_words(result: EvidenceResult) -> Iterator[Part]:
    yield "The line marks the index date, "
    yield Value(str(result.index_date), "rule", note=result.index_why or "index date as chosen")
    yield ". "
    if result.run_in:
        yield "Shaded: the run-in of "
        yield Value(str(result.run_in.span.days), "rule", note="length of the run-in")
        yield " days. "


def _window_words(result: EvidenceResult) -> Iterator[Part]:
    yield "Days counted: "
    yield Value(str(result.before.span.days), "rule", note="days in the window before")
    yield " before, "
    yield Value(str(result.after.span.days), "rule", note="days in the window after")
    yield " after. "


def _trimmed(parts: Sequence[Part]) -> Iterator[Part]:
    *most, last = parts
    yield from most
    yield last.rstrip() if isinstance(last, str) else last
