"""Days of cortisol as files: picture, document, table, numbers."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
import numpy as np

from cortipump.actions.curve import DAY_H, LIMITS, Day, day_json, hour_text, names_of
from cortipump.documents.day import DayReport, Numbers, day_document, spec_of
from cortipump.documents.day_chart import Pictured
from cortipump.errors import UsageError
from cortipump.pk.healthy_day import healthy_day
from cortipump.pk.intake import OralDose
from cortipump.pk.metrics import At, peak, trough
from cortipump.pk.parameters import FloatArray

SUFFIXES: Final = (".svg", ".png", ".pdf", ".html", ".csv", ".json")
_PNG_SCALE: Final = 2
_UG_PER_DL: Final = 27.59
_HOUR: Final = 60
_WORSE: Final = ", worse of two bindings"


def levels_of(day: Day) -> FloatArray:
    """5th, 50th and 95th percentile of total cortisol, shape (3, n_times).

    Raises
    ------
    UsageError
        W001 where no people stand behind the day: no level is shown without its band (SAFETY S3).
    """
    if day.band is None or day.band.total_nmol_per_l is None:
        raise UsageError(
            "no level is shown without its band", where="--people", do="leave --people out"
        )
    return day.band.total_nmol_per_l


def report_of(days: Sequence[Day], today: date) -> DayReport:
    """The report of one day, or of two side by side.

    Raises
    ------
    UsageError
        W001 for a day without people behind its band (SAFETY S3), or one longer than 24 h.
    """
    for day in days:
        if not day.curve.repeats and day.asked.hours not in {None, DAY_H}:
            raise UsageError(
                "the picture is of one day: leave --hours out, or write .csv or .json",
                where="--hours",
            )
    names = names_of(days)
    pictured = tuple(_pictured(day, name) for day, name in zip(days, names, strict=True))
    remarks = tuple(dict.fromkeys(text for day in days for text in day.warnings))
    return DayReport(
        title="A day of cortisol" if len(days) == 1 else "Two days of cortisol side by side",
        method=method_of(days), days=pictured, reference=reference_of(days),
        columns=tuple(columns_of(days)), numbers=numbers_of(days), remarks=remarks, dated=today,
        every=max(1, round(_HOUR / days[0].asked.every_min)),
    )  # fmt: skip


def method_of(days: Sequence[Day]) -> str:
    """Model, version, weight and people, as they stand over every picture (SAFETY S3)."""
    day = days[0]
    asked = day.asked
    cbg = "" if asked.cbg_ratio == 1 else f", CBG ratio {asked.cbg_ratio:g}"
    start = "from nothing" if asked.single_day else "repeating day"
    if asked.hours not in {None, DAY_H}:
        start += f", {asked.hours:g} h"
    return (
        f"Model {day.curve.model} version {day.curve.version}, {asked.weight_kg:g} kg{cbg}, "
        f"{start}; median and 5–95 % of {asked.people:,} simulated people"
    )


def _is_comparable(days: Sequence[Day]) -> bool:
    """Whether total cortisol can be held against the healthy day: at a CBG ratio of 1 alone."""
    return all(day.asked.cbg_ratio == 1 for day in days)


def reference_of(days: Sequence[Day]) -> Pictured | None:
    """The healthy band; None where total cortisol cannot be compared with it (CBG ratio not 1)."""
    if not _is_comparable(days):
        return None
    healthy = healthy_day(every_min=10)
    hours = np.append(healthy.times_h, DAY_H)
    middle, low, high = (
        np.append(level, level[0])
        for level in (healthy.total_nmol_per_l, healthy.low_nmol_per_l, healthy.high_nmol_per_l)
    )
    return Pictured(
        "33 healthy people (Debono 2009); a reference, not a target", _floats(hours),
        _floats(middle), _floats(low), _floats(high),
    )  # fmt: skip


def _pictured(day: Day, name: str) -> Pictured:
    low, middle, high = levels_of(day)
    return Pictured(
        name, _floats(day.curve.times_h), _floats(middle), _floats(low), _floats(high), _doses(day)
    )


def _doses(day: Day) -> tuple[tuple[float, str], ...]:
    return tuple((dose.at_min / _HOUR, f"{dose.mg:g} mg{_how(dose)}") for dose in day.regimen.doses)


def _how(dose: object) -> str:
    if isinstance(dose, OralDose):
        return "" if dose.product == "ir" else f" {dose.product}"
    return " inj."


def _floats(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def columns_of(days: Sequence[Day]) -> list[str]:
    """Headings of `numbers_of`: the days and, where it can be compared, the healthy reference."""
    return [*names_of(days), *(["healthy reference"] if _is_comparable(days) else [])]


def numbers_of(days: Sequence[Day]) -> tuple[Numbers, ...]:
    """What matters of each day, in words and figures, nmol/L and µg/dL together."""
    below = days[0].asked.below
    limits = (*LIMITS, *([below] if below else []))
    texts = [_texts(day, limits) for day in days]
    if _is_comparable(days):
        texts.append(_healthy_texts(limits))
    return tuple(
        Numbers(label, row)
        for label, row in zip(_labels(limits), zip(*texts, strict=True), strict=True)
    )


def _labels(limits: Sequence[float]) -> list[str]:
    return [
        "Given per day, mg", "Mean total, nmol/L", "Mean unbound, nmol/L", "Unbound AUC, nmol·h/L",
        "Peak", "Trough", *(f"Hours under {limit:g} nmol/L{_WORSE}" for limit in limits),
        f"Lowest at night (22–06 h), nmol/L{_WORSE}",
    ]  # fmt: skip


def _texts(day: Day, limits: Sequence[float]) -> list[str]:
    summary = day.summary
    return [
        f"{day.curve.daily_mg:g}", _both(summary.mean_total_nmol_per_l),
        _known(summary.mean_unbound_nmol_per_l, ".1f"),
        _known(summary.auc_unbound_nmol_h_per_l, ".0f"),
        _at(summary.peak), _at(summary.trough), *(_under(day, limit) for limit in limits),
        _night(day),
    ]  # fmt: skip


def _healthy_texts(limits: Sequence[float]) -> list[str]:
    """The same of the healthy reference, to which nothing is given."""
    day = healthy_day(every_min=2)
    times, total, unbound = day.times_h, day.total_nmol_per_l, float(day.unbound_nmol_per_l.mean())
    return [
        "", _both(float(total.mean())), _known(unbound, ".1f"), _known(unbound * DAY_H, ".0f"),
        _at(peak(times, total)), _at(trough(times, total)),
        *(f"{(total < limit).mean() * DAY_H:.1f}" for limit in limits), f"{total.min():.0f}",
    ]  # fmt: skip


def _both(nmol_per_l: float) -> str:
    return f"{nmol_per_l:.0f} ({nmol_per_l / _UG_PER_DL:.1f} µg/dL)"


def _known(value: float | None, form: str) -> str:
    return "not known" if value is None else f"{value:{form}}"


def _at(at: At) -> str:
    return f"{_both(at.nmol_per_l)} at {hour_text(at.time_h)}"


def _under(day: Day, limit: float) -> str:
    if day.low is None:
        return "not judged"
    each = {name: hours[limit] for name, hours in day.low.under_h.items()}
    return f"{max(each.values()):.1f} ({_apart(each, '.1f')})"


def _night(day: Day) -> str:
    if day.low is None:
        return "not judged"
    each = day.low.night_nmol_per_l
    return f"{min(each.values()):.0f} ({_apart(each, '.0f')})"


def _apart(each: dict[str, float], form: str) -> str:
    return " / ".join(f"{name} {value:{form}}" for name, value in each.items())


# -- files ---------------------------------------------------------------------------------


def file_of(days: Sequence[Day], suffix: str, today: date) -> bytes:
    """The content of a file of that kind.

    Raises
    ------
    UsageError
        W001 for a kind that cannot be written.
    """
    if suffix == ".json":
        shown: Any = [day_json(day) for day in days]
        return (
            msgspec.json.format(msgspec.json.encode(shown[0] if len(days) == 1 else shown)) + b"\n"
        )
    if suffix == ".csv":
        return _csv(days)
    if suffix not in SUFFIXES:
        raise UsageError(
            f"a curve cannot be written as {suffix or 'a file without an ending'}",
            where="--out", do=f"use one of {', '.join(SUFFIXES)}",
        )  # fmt: skip
    return _drawn(report_of(days, today), suffix)


def _drawn(report: DayReport, suffix: str) -> bytes:
    from cortipump.documents import charts  # heavy: only where something is drawn

    if suffix == ".svg":
        return charts.svg(spec_of(report))
    if suffix == ".png":
        return charts.png(spec_of(report), scale=_PNG_SCALE)
    if suffix == ".html":
        from cortipump.documents.render.html import html

        return html(day_document(report)).encode()
    from cortipump.documents.render.pdf import pdf

    return pdf(day_document(report), {})


def _csv(days: Sequence[Day]) -> bytes:
    """One row for each level of each day: the table twin of the picture."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(
        ["regimen", "model", "version", "time_h", "clock", "typical_total_nmol_per_l",
         "typical_unbound_nmol_per_l", "p05_total_nmol_per_l", "p50_total_nmol_per_l",
         "p95_total_nmol_per_l"]
    )  # fmt: skip
    for day, name in zip(days, names_of(days), strict=True):
        for row in _rows(day):
            writer.writerow([name, day.curve.model, day.curve.version, *row])
    return lines.getvalue().encode()


def _rows(day: Day) -> list[list[str]]:
    curve, band = day.curve, day.band
    unbound, levels = curve.unbound_nmol_per_l, None if band is None else band.total_nmol_per_l
    return [
        [
            f"{hour:.4f}", hour_text(float(hour)), f"{curve.total_nmol_per_l[n]:.4f}",
            "" if unbound is None else f"{unbound[n]:.5f}",
            *(["", "", ""] if levels is None else [f"{levels[k][n]:.3f}" for k in range(3)]),
        ]
        for n, hour in enumerate(curve.times_h)
    ]  # fmt: skip
