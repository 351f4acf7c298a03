"""Laboratory values and glucocorticoid doses inside the windows, as recorded.

Nothing is converted, judged or added up here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from cortipump.evidence.result import DosePoint, LabPoint
from cortipump.evidence.windows import Windows
from cortipump.quantities.moment import Moment
from cortipump.record.facts import Lab, Regimen
from cortipump.record.timeline import Of

# A regimen with such a status and no end ended on a day that nobody wrote down.
_OVER: Final = frozenset({"stopped", "completed"})


def lab_points(labs: Iterable[Of[Lab]], windows: Windows) -> tuple[LabPoint, ...]:
    """Every laboratory value that certainly lies in a window, in order of time."""
    points = []
    for lab in labs:
        body, when = lab.body, lab.body.at
        window = "outside" if when is None else windows.holding(when.first_day, when.last_day)
        if when is None or window == "outside":
            continue
        points.append(
            LabPoint(
                fact_id=lab.id,
                analyte=body.analyte,
                when=when,
                value=body.value,
                comparator=body.comparator,
                text=body.text,
                unit=body.unit,
                loinc=body.loinc,
                window=window,
            )
        )
    return tuple(points)


def _exact(moment: Moment | None) -> date | None:
    return None if moment is None else moment.day


def _runs(regimen: Regimen) -> tuple[date, date]:
    """First and last day that the regimen can have been in force."""
    start, end = regimen.start, regimen.end
    first = date.min if start is None else start.first_day
    if end is not None:
        return first, end.last_day
    if start is not None and regimen.status in _OVER:
        return first, start.last_day
    return first, date.max


def dose_points(regimens: Iterable[Of[Regimen]], windows: Windows) -> tuple[DosePoint, ...]:
    """The glucocorticoid regimens in force on any day of a window.

    A regimen without a start counts from the beginning where its end is known, and is left out
    where nothing is known.
    """
    spans = {"before": windows.before, "run_in": windows.run_in, "after": windows.after}
    points = []
    for regimen in regimens:
        body = regimen.body
        if body.role != "glucocorticoid" or (body.start is None and body.end is None):
            continue
        first, last = _runs(body)
        names = tuple(
            name
            for name, span in spans.items()
            if span is not None and first <= span.last and last >= span.from_
        )
        if names:
            days = (_exact(body.start), _exact(body.end))
            points.append(
                DosePoint(regimen.id, body.drug, body.route, body.mg_per_day, *days, names)
            )
    return tuple(points)
