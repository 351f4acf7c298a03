"""Laboratory values and doses, as recorded."""

from datetime import date
from decimal import Decimal

import pytest

from cortipump.quantities.moment import Moment
from cortipump.record.facts import Lab, Regimen


def moment_of(day):
    """A moment by day."""
    return Moment(day, date.fromisoformat(day))


def test_laboratory_values_keep_what_was_printed(book):
    """A value below a limit stays a limit; nothing is converted."""
    printed = Moment("2025-04-02T08:10", date(2025, 4, 2), "08:10")
    lab = book.add(Lab(at=printed, analyte="acth", comparator="<", value=Decimal(5), unit="pg/mL"))

    (point,) = book.compare().labs

    assert (point.fact_id, point.comparator, point.value, point.unit) == (lab, "<", 5, "pg/mL")
    assert (point.when, point.window) == (printed, "after")


@pytest.mark.parametrize(
    ("at", "windows"),
    [
        ("2024-02-29", []),
        ("2024-03-01", ["before"]),
        ("2025-02-28T23:59", ["before"]),
        ("2025-03-01T00:00", ["run_in"]),
        ("2026-02-28", ["after"]),
        ("2026-03-01", []),
        ("2024-05", ["before"]),
        ("2024", []),
        ("2025", []),
        ("", []),
    ],
)
def test_only_values_inside_the_windows(book, at, windows):
    """By local day; a month if all of it is inside."""
    book.lab(at)

    assert [point.window for point in book.compare().labs] == windows


def test_doses_in_force_inside_the_windows(book):
    """Tablets until the pump, the pump since: each with the windows it touches."""
    tablets = book.regimen("2020-01-01", "2025-02-28", mg_per_day=Decimal(30))
    pump = book.regimen("2025-03-01", route="pump", mg_per_day=Decimal(24))
    book.regimen("2019-01-01", "2019-12-31")
    book.add(Regimen(start=moment_of("2025-01-01"), role="mineralocorticoid", route="oral"))
    book.regimen("")

    doses = book.compare().doses

    assert [(d.fact_id, d.windows) for d in doses] == [
        (tablets, ("before",)),
        (pump, ("run_in", "after")),
    ]
    assert doses[1].last is None
    assert doses[1].mg_per_day == 24


def test_a_regimen_that_was_stopped_on_an_unknown_day_does_not_run_on(book):
    """Stopped, no end: it is shown where it began, not as going on."""
    book.regimen("2024-06-01", status="stopped")

    (dose,) = book.compare().doses

    assert dose.windows == ("before",)


def test_a_vague_start_is_not_made_a_day(book):
    """Since 2019: in force, with no first day."""
    book.regimen("2019")

    (dose,) = book.compare().doses

    assert dose.first is None
    assert dose.windows == ("before", "run_in", "after")
