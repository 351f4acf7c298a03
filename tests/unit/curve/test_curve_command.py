"""`cortipump curve`: the contract's JSON, the numbers of the facts, files, refusals."""

import csv
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cortipump.errors import ModelError
from tests.conftest import Run

# Kalafatakis 2016, Trials, doi 10.1186/s13063-016-1159-x, figure 5: 19.8 mg in four blocks.
KALAFATAKIS = "00:00=0.1,02:00=2,08:00=1,12:00=0.4,20:00=0.1"
TABLETS = "10@07:00,5@12:00,5@17:00"


def test_the_json_is_the_contracts(run: Run) -> None:
    """Its fields, and the figures of pk-validation.md case 28 (another implementation)."""
    day = run("curve", "--basal", KALAFATAKIS, "--json").json

    assert {"model", "times_h", "total_nmol_per_l", "unbound_nmol_per_l", "band", "peak", "trough",
            "mean_total_nmol_per_l", "mean_unbound_nmol_per_l", "auc_total_nmol_h_per_l",
            "daily_mg", "low", "warnings"} <= set(day)  # fmt: skip
    assert day["model"]["name"] == "D"
    assert day["model"]["version"] == "1"
    assert day["peak"]["total_nmol_per_l"] == pytest.approx(387, abs=1)
    assert day["peak"]["time"] in {"08:10", "08:12", "08:14"}
    assert day["trough"]["total_nmol_per_l"] == pytest.approx(53, abs=0.5)
    assert day["mean_total_nmol_per_l"] == pytest.approx(215, abs=0.6)
    assert day["mean_unbound_nmol_per_l"] == pytest.approx(8.3, abs=0.05)
    assert day["daily_mg"] == pytest.approx(19.8)
    assert len(day["times_h"]) == len(day["total_nmol_per_l"]) == len(day["band"]["p05"])


def test_low_levels_are_those_of_the_worse_binding(run: Run) -> None:
    """D has 53 nmol/L at its lowest, R 38 (pk-primary.md D1): the day is judged by R."""
    low = run("curve", "--basal", KALAFATAKIS, "--json", "--people", 0).json["low"]

    assert low["night_minimum_nmol_per_l"] == pytest.approx(38, abs=0.5)
    assert low["by_model"]["D"]["night_minimum_nmol_per_l"] == pytest.approx(53, abs=0.5)


def test_nobody_behind_it_gives_no_band_and_says_so(run: Run) -> None:
    """Allowed for a program that reads it, never for a reader."""
    alone = run("curve", "--oral", TABLETS, "--people", 0, "--json")

    assert alone.json["band"] is None
    assert any("typical person alone" in text for text in alone.json["warnings"])


def test_a_day_is_drawn_with_the_reference_and_its_numbers(run: Run) -> None:
    """On a terminal: model and version over it, the band, the healthy day, what it is not."""
    shown = run("curve", "--oral", TABLETS)

    assert shown.status == 0
    assert "Model D version 1, 70 kg, repeating day" in shown.out
    assert "healthy reference" in shown.out
    assert "●" in shown.out
    assert "not a dosing instruction" in shown.out


def test_every_kind_of_file_is_written(run: Run, tmp_path: Path) -> None:
    """Each begins as its kind does; a second time it is refused without --replace."""
    starts = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF", ".html": b"<!", ".json": b"{",
              ".csv": b"regimen,"}  # fmt: skip
    for suffix, start in starts.items():
        path = tmp_path / f"day{suffix}"
        assert run("curve", "--oral", TABLETS, "--out", path).status == 0
        assert path.read_bytes().startswith(start), suffix
        assert run("curve", "--oral", TABLETS, "--out", path).status == 2
    assert run("curve", "--oral", TABLETS, "--out", tmp_path / "day.docx").status == 2


def test_the_same_command_writes_the_same_bytes(run: Run, tmp_path: Path) -> None:
    """Picture, page and paper."""
    for suffix in (".svg", ".html", ".pdf"):
        first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        run("curve", "--basal", KALAFATAKIS, "--out", first)
        run("curve", "--basal", KALAFATAKIS, "--out", second)
        assert first.read_bytes() == second.read_bytes()


def test_the_table_is_the_pictures_twin(run: Run, tmp_path: Path) -> None:
    """A row for every level, with the edges of the band around the middle."""
    path = tmp_path / "day.csv"
    run("curve", "--oral", TABLETS, "--every", 30, "--out", path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))

    assert [row["clock"] for row in rows[:3]] == ["00:00", "00:30", "01:00"]
    assert len(rows) == 49
    for row in rows:
        edges = [float(row[f"p{k}_total_nmol_per_l"]) for k in ("05", "50", "95")]
        assert edges == sorted(edges)


def test_two_regimens_stand_side_by_side(run: Run) -> None:
    """On the same people; the pump's lowest level of the night is the higher one."""
    words = ("curve", "compare", f"oral {TABLETS}", f"basal {KALAFATAKIS}")
    both = run(*words, "--json").json["days"]

    nights = [day["low"]["night_minimum_nmol_per_l"] for day in both]
    assert nights[0] < 2 < nights[1]
    assert run(*words).out.count("mg/day") >= 4


def test_a_missed_dose_is_two_days_beside_two_days(run: Run) -> None:
    """Longer under 100 nmol/L than as usual, for the typical person and the worst 5 %."""
    shown = run("curve", "missed", "--at", "12:00", "--oral", TABLETS)
    rows = [line.split() for line in shown.out.splitlines() if line.startswith("hours under")]

    assert len(rows) == 4
    for row in rows:
        assert float(row[-2]) < float(row[-1])
    assert run("curve", "missed", "--at", "13:00", "--oral", TABLETS).status == 2


def test_a_stopped_pump_shows_the_shorter_binding_and_the_worst_people(run: Run) -> None:
    """Stop at 22:00: typical 0 / 1.4 / 3.2 h of R, below D's 0.2 / 2.0 / 3.8 (pk-primary.md D4).

    The worst 5 % are never milder than the fast clearer on R: 0 / 0 / 1.2 h.
    """
    found = run("curve", "stopped", "--at", "22:00", "--basal", KALAFATAKIS, "--json").json

    typical = [level["typical_h"] for level in found["to_level"]]
    worst = [level["worst5_h"] for level in found["to_level"]]
    assert typical == pytest.approx([0, 1.4, 3.2], abs=0.06)
    assert all(w <= f + 0.06 for w, f in zip(worst, (0, 0, 1.2), strict=True))
    assert all(a <= b for a, b in pairwise(worst))
    assert run("curve", "stopped", "--at", "22:00").status == 2


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--oral", "-10@07:00"),
        ("--oral", "10@07:00,5@07:00"),
        ("--basal", "01:00=1"),
        ("--oral", "10@07:00", "--weight", 1),
        ("--oral", "10@07:00", "--weight", 301),
        ("--oral", "10@07:00", "--model", "Z"),
        ("--oral", "10@07:00", "--people", -1),
        ("--oral", "10@07:00", "--every", 0),
        ("--oral", "10@07:00", "--hours", 0),
        ("--oral", "10 ug@07:00"),
    ],
)
def test_what_makes_no_day_is_refused(run: Run, words: tuple[object, ...]) -> None:
    """Wrong usage, with what to do; never a traceback, never a number."""
    refused = run("curve", *words, "--json")

    assert refused.status == 2
    assert refused.out == ""
    assert "do:" in refused.err or refused.err.count("\n") <= 3


def test_numbers_without_a_model_of_the_dose_warn(run: Run) -> None:
    """A crisis dose, a child, another form of tablet: computed, and the misfit named."""
    crisis = run("curve", "--im", "100@08:00", "--single-day", "--json", "--people", 0).json
    child = run("curve", "--oral", "5@07:00", "--weight", 20, "--json", "--people", 0).json

    assert any("not reliable" in text for text in crisis["warnings"])
    assert any("child" in text for text in child["warnings"])


def test_json_is_one_document_whatever_else_is_asked(run: Run, tmp_path: Path) -> None:
    """Notes go to the other stream."""
    ran = run("curve", "--oral", TABLETS, "--json", "--out", tmp_path / "day.csv")

    assert json.loads(ran.out)["daily_mg"] == 20
    assert "wrote" in ran.err


def test_a_pump_can_stop_at_any_minute(run: Run) -> None:
    """Whatever the hour is as a number of hours: a sample of all 1440."""
    for minute in range(5, 1440, 161):
        at = f"{minute // 60:02d}:{minute % 60:02d}"
        assert run("curve", "stopped", "--at", at, "--basal", "00:00=0.8").status == 0, at


def test_options_before_a_subcommand_are_not_lost(run: Run) -> None:
    """They would be another person's numbers: refused, and where they belong is said."""
    early = run("curve", "--weight", 15, "stopped", "--at", "22:00", "--basal", "00:00=0.8")

    assert early.status == 2
    assert "behind" in early.err


def test_nobody_writes_a_file_without_a_band(run: Run, tmp_path: Path) -> None:
    """Of no people, or of so few that they have no 5th percentile."""
    for people in (0, 5):
        path = tmp_path / f"{people}.csv"
        assert run("curve", "--oral", TABLETS, "--people", people, "--out", path).status == 2
        assert not path.exists()


def test_a_stop_is_of_the_pump_alone() -> None:
    """A tablet beside it would make the stop look harmless."""
    import cortipump

    program = cortipump.BasalProgram.from_starts([(0, 1.0)])
    both = cortipump.Regimen((cortipump.OralDose(420, 5),), program)

    with pytest.raises(ModelError, match="hide"):
        cortipump.stopped_pump(both, 2.0)


def test_a_day_that_starts_empty_and_fills_at_once_is_exact() -> None:
    """2 kg and 20 mg at midnight: against SciPy after twelve days, within 1e-6.

    Steps measured at an even level were too long for the first minutes (1.6e-4).
    """
    import cortipump
    from cortipump.pk.course import lay_out
    from cortipump.pk.reference import solve_reference

    regimen = cortipump.Regimen((cortipump.OralDose(0, 20, "plenadren", "fasted"),))
    child = cortipump.typical("D", weight_kg=2)
    times = np.arange(0, 24 * 12 + 1e-9, 1 / 6)
    _, total, _ = solve_reference(lay_out(regimen, 24.0 * 12), child, times)
    expected = total[-144:]

    for every_min, stride in ((10, 1), (1, 10)):
        curve = cortipump.solve_person(cortipump.repeating(regimen), child, every_min=every_min)
        found = curve.total_nmol_per_l[::stride][1:]
        assert np.abs(found / expected - 1).max() < 1e-6
