"""A day of cortisol in signs of a terminal: the band, the median, the healthy reference."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

_WIDTH, _HEIGHT = 72, 14
_DAY_H: Final = 24.0
_REFERENCE, _BAND, _MEDIAN, _BOTH = "·", "▒", "●", "▓"


def drawn(day: Any, reference: Any) -> Iterator[str]:
    """Lines of a chart of 24 h; what the signs mean stands under it."""
    from cortipump.actions.curve_files import levels_of

    low, middle, high = levels_of(day)
    hours = np.linspace(0, min(_DAY_H, float(day.curve.times_h[-1])), _WIDTH)
    low, middle, high = (
        np.interp(hours, day.curve.times_h, level) for level in (low, middle, high)
    )
    top = float(high.max())
    healthy = None
    if reference is not None:
        healthy = [
            np.interp(hours, reference.hours, getattr(reference, n)) for n in ("low", "high")
        ]
        top = max(top, float(healthy[1].max()))
    step = _step(top)
    for row in range(_HEIGHT - 1, -1, -1):
        floor, ceiling = row * step, (row + 1) * step
        signs = "".join(
            _sign(floor, ceiling, (low[k], middle[k], high[k]),
                  None if healthy is None else (healthy[0][k], healthy[1][k]))
            for k in range(_WIDTH)
        )  # fmt: skip
        label = f"{floor:4.0f}" if row % 2 == 0 else " " * 4
        yield f"{label} |{signs.rstrip()}"
    yield "     +" + "-" * _WIDTH
    yield "      " + _clock_line(float(hours[-1]))
    meaning = f"total cortisol, nmol/L; {_MEDIAN} median, {_BAND} 5–95 % of people"
    yield meaning + ("" if healthy is None else f", {_REFERENCE} healthy reference ({_BOTH} both)")


def _step(top: float) -> float:
    """Height of a line: a round number of nmol/L."""
    least = top / _HEIGHT
    size = 10.0 ** np.floor(np.log10(max(least, 0.1)))
    return float(next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= least))


def _sign(
    floor: float, ceiling: float, levels: tuple[float, float, float],
    healthy: tuple[float, float] | None,
) -> str:  # fmt: skip
    low, middle, high = levels
    if floor <= middle < ceiling:
        return _MEDIAN
    inside = low < ceiling and high >= floor
    behind = healthy is not None and healthy[0] < ceiling and healthy[1] >= floor
    if inside and behind:
        return _BOTH
    return _BAND if inside else _REFERENCE if behind else " "


def _clock_line(hours: float) -> str:
    line = [" "] * (_WIDTH + 5)
    for hour in range(0, int(hours) + 1, 3):
        at = round(hour / hours * (_WIDTH - 1))
        line[at : at + 2] = f"{hour % 24:02d}"
    return "".join(line).rstrip()
