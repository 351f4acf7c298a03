"""A day of cortisol as a document: the picture, its numbers, its table, and what limits them."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from cortipump.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from cortipump.documents.day_chart import Pictured, day_chart
from cortipump.documents.statements import Statement, Value, say
from cortipump.quantities.show import clock_text, long_date

AXIS: Final = "serum total cortisol, nmol/L"
_MINUTES: Final = 60
_DRAFT: Final = "SIMULATION · not a dosing instruction"
_CAUTION: Final = (
    "These are levels that a model computes, not levels that were measured. They tell nobody what "
    "to take. A pump is never the sole treatment of vomiting, severe illness or a suspected "
    "adrenal crisis."
)


class Numbers(Struct, frozen=True):
    """One line of the comparison: what it is, and its text for each of the days."""

    label: str
    texts: tuple[str, ...]


class DayReport(Struct, frozen=True):
    """What the document holds; every text is ready to be read.

    Attributes
    ----------
    method
        The model with its version, and how many people behind the band.
    days
        One day, or two side by side.
    columns
        Headings over the texts of each of the numbers.
    every
        Distance of the rows of the table. [number of points of the days]
    """

    title: str
    method: str
    days: tuple[Pictured, ...]
    reference: Pictured | None
    columns: tuple[str, ...]
    numbers: tuple[Numbers, ...]
    remarks: tuple[str, ...]
    dated: date
    paper: Literal["us-letter", "a4"] = "a4"
    every: int = 1


def spec_of(report: DayReport) -> dict[str, object]:
    """The Vega-Lite chart of the report."""
    return day_chart(report.days, report.reference, title=report.method, axis=AXIS)


def day_document(report: DayReport) -> Document:
    """The document: chart, numbers, levels by the hour, remarks."""
    blocks: list[Block] = [
        Callout("caution", "A simulation", (say("caution", _CAUTION),)),
        Figure(spec_of(report), _caption(report), _described(report)),
        _numbers(report),
        Heading("Levels by the clock", 2),
        *(_levels(report, day) for day in report.days),
    ]
    if report.reference is not None:
        blocks.append(Paragraph((_said("reference", report, report.reference.name),), "small"))
    if report.remarks:
        blocks += [
            Heading("What limits these numbers", 2),
            Bullets(tuple(_said("remark", report, remark) for remark in report.remarks)),
        ]
    return Document(
        kind="curve", title=report.title, language="en", paper=report.paper,
        dated=say("dated", Value(long_date(report.dated), "rule", note="the day of the command")),
        sender=(), addressee=(), reference=(), blocks=tuple(blocks), exhibits=(), exhibit_of={},
        day=report.dated, banner=_DRAFT,
    )  # fmt: skip


def _said(kind: str, report: DayReport, text: str) -> Statement:
    return say(kind, Value(text, "rule", note=report.method))


def _caption(report: DayReport) -> Statement:
    names = " and ".join(day.name for day in report.days)
    return say(
        "figure-day", Value(report.method, "rule", note="method of the simulation"), ": line ",
        "median, band from the ", Value("5th to the 95th", "rule", note="percentiles"),
        " percentile; ", Value(names, "rule", note="regimens as given"), ".",
    )  # fmt: skip


def _described(report: DayReport) -> str:
    names = " and ".join(day.name for day in report.days)
    return f"Lines with bands over the 24 hours of a day: {names}; the table has the same levels."


def _numbers(report: DayReport) -> Table:
    columns = (
        Column("", share=2.0), *(Column(name, "right", 1.0) for name in report.columns),
    )  # fmt: skip
    rows = tuple(
        (
            _said("number-label", report, line.label),
            *(_said("number", report, t) for t in line.texts),
        )
        for line in report.numbers
    )
    return Table("What the day comes to, for the typical person", columns, rows)


def _levels(report: DayReport, day: Pictured) -> Table:
    columns = (
        Column("Time"), Column("Median", "right"), Column("5 %", "right"), Column("95 %", "right"),
    )  # fmt: skip
    rows = tuple(
        tuple(
            _said("level", report, text)
            for text in (clock_text(round(hour * _MINUTES)), *map(_level, levels))
        )
        for hour, *levels in _rows(day, report.every)
    )
    return Table(f"{day.name}: total cortisol, nmol/L", columns, rows)


def _rows(day: Pictured, every: int) -> Sequence[tuple[float, ...]]:
    return list(zip(day.hours, day.middle, day.low, day.high, strict=True))[::every]


def _level(value: float) -> str:
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"
