"""The look of every chart, and its drawing: Vega-Lite specs as plain data, for paper and screen.

Dates are in UTC throughout, so that a spec is drawn alike in every time zone. What a chart shows is
not this module's business.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from cortipump.quantities.span import DateSpan

Spec = dict[str, Any]  # a Vega-Lite specification: JSON of many shapes

FONTS: Final = Path(__file__).with_name("fonts")
FONT: Final = "Source Sans 3"

# Blue is dark and ochre light: they stay apart in grey, and words always say the same.
AFTER_COLOUR: Final = "#1f4e79"
BEFORE_COLOUR: Final = "#dba757"
INK: Final = "#24292f"
_GREY, _HAIR, _SHADE = "#5c6370", "#dfe3e8", "#e9edf1"

PLOT_WIDTH: Final = 580
_VEGA_LITE: Final = "6.4"

_THEME: Final[Spec] = {
    "aria": False,
    "background": None,
    "font": f"'{FONT}', Helvetica, Arial, sans-serif",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domainColor": _GREY,
        "gridColor": _HAIR,
        "labelColor": INK,
        "labelFontSize": 11,
        "tickColor": _GREY,
        "tickSize": 4,
        "titleColor": _GREY,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
    "axisX": {"grid": False},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 12,
        "fontWeight": 600,
        "frame": "group",
        "offset": 6,
    },
    "text": {"color": INK, "fontSize": 11},
}


def svg(spec: Spec) -> bytes:
    """Draw a spec. The same spec is drawn once per process."""
    return _draw(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=64)
def _draw(spec: str) -> bytes:
    import vl_convert  # loaded only where a chart is drawn: it starts a JavaScript engine

    _register_fonts()
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, allowed_base_urls=[])
    return drawn.encode()


def png(spec: Spec, *, scale: float) -> bytes:
    """Draw a spec as a picture of points on white."""
    import vl_convert  # as above

    _register_fonts()
    on_white = spec | {"background": "white"}
    drawn: bytes = vl_convert.vegalite_to_png(
        json.dumps(on_white, sort_keys=True), vl_version=_VEGA_LITE, scale=scale,
        allowed_base_urls=[],
    )  # fmt: skip
    return drawn


@cache
def _register_fonts() -> None:
    import vl_convert  # as above

    vl_convert.register_font_directory(str(FONTS))


# -- what all panels share -----------------------------------------------------------------------


def utc(field: str) -> Spec:
    """The encoding of a day."""
    return {"field": field, "type": "temporal", "scale": {"type": "utc"}}


def utc_day(day: date) -> Spec:
    """A day as Vega-Lite writes it."""
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def time_axis(first: date, last: date, *, shown: bool) -> Spec:
    """An axis of whole months, labelled where ``shown``, with as many ticks as fit."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in (1, 2, 3, 6) if months / step <= 14), 12)
    start = first.replace(day=1)
    ticks = []
    for number in range(months + 1):
        year, month = divmod(start.month - 1 + number, 12)
        day = date(start.year + year, month + 1, 1)
        if month % step == 0 and first <= day <= last:
            ticks.append(utc_day(day))
    label = (
        "utcmonth(datum.value) == 0 || datum.index == 0"
        " ? [utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
        " : utcFormat(datum.value, '%b')"
    )
    return {
        "scale": {"type": "utc", "domain": [utc_day(first), utc_day(last)], "nice": False},
        "axis": {
            "title": None,
            "values": ticks,
            "labelOverlap": False,
            "labelExpr": label,
            "labels": shown,
            "ticks": shown,
        },
    }


def background(index_date: date, run_in: DateSpan | None, *, label: bool) -> list[Spec]:
    """The run-in shaded, a rule at the index date and, in the first panel, what they are."""
    layers: list[Spec] = []
    if run_in:
        span = {"from": str(run_in.from_), "to": str(run_in.until)}
        layers.append(
            {
                "data": {"values": [span]},
                "mark": {"type": "rect", "color": _SHADE, "opacity": 1},
                "encoding": {"x": utc("from"), "x2": {"field": "to"}},
            }
        )
    index = {"values": [{"day": str(index_date)}]}
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.2}
    layers.append({"data": index, "mark": rule, "encoding": {"x": utc("day")}})
    if label:
        for words, align, dx in (("before", "right", -6), ("after", "left", 6)):
            text = {"type": "text", "align": align, "dx": dx, "y": -8, "text": words}
            layers.append({"data": index, "mark": text, "encoding": {"x": utc("day")}})
    return layers


def panel(title: str, layers: list[Spec], *, x: Spec, height: int) -> Spec:
    """One panel over time; every layer shares the axis of the first."""
    placed = [
        layer | {"encoding": layer["encoding"] | {"x": layer["encoding"]["x"] | x}}
        for layer in layers
    ]
    return {"title": title, "width": PLOT_WIDTH, "height": height, "layer": placed}


def chart(panels: Sequence[Spec]) -> Spec:
    """Panels under each other, in the house's look."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": _THEME,
        "spacing": 14,
        "vconcat": list(panels),
    }
