"""The picture of a day of cortisol: bands and lines over the clock, on paper and screen alike.

What the levels are, and of whom, is the caller's business; nothing here calculates any.
"""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from cortipump.documents.charts import AFTER_COLOUR, BEFORE_COLOUR, INK, PLOT_WIDTH, Spec, chart

_HEIGHT: Final = 300
_REFERENCE: Final = "#b9c0c9"
# Told apart without colour too: by the kind of line, by lightness, and by words at the line.
_HANDS: Final = (
    {"colour": AFTER_COLOUR, "dash": [1, 0], "opacity": 0.22},
    {"colour": BEFORE_COLOUR, "dash": [6, 3], "opacity": 0.38},
    {"colour": INK, "dash": [2, 3], "opacity": 0.15},
)
_TICKS: Final = list(range(0, 25, 3))
_CLOCK: Final = "(datum.value % 24 < 10 ? '0' : '') + (datum.value % 24) + ':00'"


class Pictured(Struct, frozen=True):
    """One day: of a regimen, or of the healthy reference.

    Attributes
    ----------
    name
        As the legend says it.
    hours, middle, low, high
        Clock hours and levels, equally many. [h], [nmol/L]
    doses
        Clock hour and words of each dose that is given at an instant. [h]
    """

    name: str
    hours: tuple[float, ...]
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    doses: tuple[tuple[float, str], ...] = ()


def day_chart(
    days: Sequence[Pictured], reference: Pictured | None, *, title: str, axis: str
) -> Spec:
    """The chart of one to three days, with the reference behind them.

    Parameters
    ----------
    title
        Over the panel: the model with its version belongs here (SAFETY S3).
    axis
        Of the level, with its unit.
    """
    layers: list[Spec] = []
    if reference is not None:
        layers += _reference(reference, axis)
    hands = [_HANDS[number % len(_HANDS)] for number in range(len(days))]
    layers += [_band(day, hand, axis) for day, hand in zip(days, hands, strict=True)]
    for place, (day, hand) in enumerate(zip(days, hands, strict=True)):
        layers += _line(day, hand, axis, place)
    return chart([{"title": title, "width": PLOT_WIDTH, "height": _HEIGHT, "layer": layers}])


def _encoding(axis: str) -> Spec:
    x: dict[str, Any] = {
        "field": "hour",
        "type": "quantitative",
        "scale": {"domain": [0, 24], "nice": False},
        "axis": {"title": "clock time", "values": _TICKS, "labelExpr": _CLOCK},
    }
    y = {"field": "level", "type": "quantitative", "title": axis, "scale": {"zero": True}}
    return {"x": x, "y": y}


def _rows(hours: Sequence[float], **levels: Sequence[float]) -> list[dict[str, float]]:
    return [
        {"hour": round(hour, 4), **{key: round(float(v[n]), 2) for key, v in levels.items()}}
        for n, hour in enumerate(hours)
    ]


def _reference(reference: Pictured, axis: str) -> list[Spec]:
    values = _rows(
        reference.hours, level=reference.low, high=reference.high, middle=reference.middle
    )
    both = _encoding(axis)
    data = {"values": values}
    area = {"type": "area", "color": _REFERENCE, "opacity": 0.45}
    line = {"type": "line", "color": "#7d8590", "strokeDash": [2, 2], "strokeWidth": 1.2}
    middle = both | {"y": both["y"] | {"field": "middle"}}
    label = {"type": "text", "align": "right", "x": PLOT_WIDTH, "y": 8, "color": "#5c6370"}
    return [
        {"data": data, "mark": area, "encoding": both | {"y2": {"field": "high"}}},
        {"data": data, "mark": line, "encoding": middle},
        {"data": {"values": [{}]}, "mark": label | {"text": f"grey: {reference.name}"}},
    ]


def _band(day: Pictured, hand: dict[str, Any], axis: str) -> Spec:
    data = {"values": _rows(day.hours, level=day.low, high=day.high)}
    mark = {"type": "area", "color": hand["colour"], "opacity": hand["opacity"]}
    return {"data": data, "mark": mark, "encoding": _encoding(axis) | {"y2": {"field": "high"}}}


def _line(day: Pictured, hand: dict[str, Any], axis: str, place: int) -> list[Spec]:
    """The line, its name with a sample of it, and the doses."""
    stroke = {"color": hand["colour"], "strokeDash": hand["dash"], "strokeWidth": 2.2}
    y = 8 + 15 * place
    at = {"x": {"value": 6}, "x2": {"value": 36}, "y": {"value": y}}
    words = {"type": "text", "align": "left", "x": 42, "y": y, "color": INK, "text": day.name}
    encoding = _encoding(axis)
    data = {"values": _rows(day.hours, level=day.middle)}
    layers: list[Spec] = [
        {"data": data, "mark": {"type": "line"} | stroke, "encoding": encoding},
        {"data": {"values": [{}]}, "mark": {"type": "rule"} | stroke, "encoding": at},
        {"data": {"values": [{}]}, "mark": words | {"fontWeight": 600}},
    ]
    return layers + (_doses(day, hand, encoding["x"], place) if day.doses else [])


def _doses(day: Pictured, hand: dict[str, Any], x: Spec, place: int) -> list[Spec]:
    data = {"values": [{"hour": hour, "words": words} for hour, words in day.doses]}
    y = {"value": _HEIGHT - 5 - 14 * place}
    mark = {"type": "point", "shape": "triangle-up", "filled": True, "size": 55}
    words = {"type": "text", "align": "left", "dx": 6, "fontSize": 10, "color": INK}
    return [
        {"data": data, "mark": mark | {"color": hand["colour"]}, "encoding": {"x": x, "y": y}},
        {"data": data, "mark": words, "encoding": {"x": x, "y": y, "text": {"field": "words"}}},
    ]
