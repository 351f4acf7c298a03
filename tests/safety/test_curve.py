"""The rules of SAFETY.md that a simulated day keeps."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run

KALAFATAKIS = "00:00=0.1,02:00=2,08:00=1,12:00=0.4,20:00=0.1"
TABLETS = "10@07:00,5@12:00,5@17:00"
WAYS = (("--basal", KALAFATAKIS), ("--oral", TABLETS))


@pytest.mark.safety("S3")
@pytest.mark.parametrize("words", WAYS)
def test_no_level_is_shown_without_model_version_and_band(
    run: Run, tmp_path: Path, words: tuple[str, str]
) -> None:
    """On the terminal, in the picture, in the document; and nobody without people behind it."""
    shown = run("curve", *words)
    page = tmp_path / "day.html"
    run("curve", *words, "--out", page)
    picture = tmp_path / "day.svg"
    run("curve", *words, "--out", picture)

    for text in (shown.out, page.read_text(encoding="utf-8"), picture.read_text(encoding="utf-8")):
        assert "Model D version 1" in text
        assert re.search(r"5.95.?%", text)
    assert run("curve", *words, "--people", 0).status == 2
    assert run("curve", *words, "--people", 0, "--out", tmp_path / "alone.svg").status == 2


@pytest.mark.safety("S3")
def test_low_levels_are_of_the_worse_of_both_bindings(run: Run) -> None:
    """Every figure of a day, and of a stopped pump, with both of them beside it."""
    low = run("curve", "--basal", KALAFATAKIS, "--json").json["low"]
    stop = run("curve", "stopped", "--at", "22:00", "--basal", KALAFATAKIS, "--json").json

    for name in ("under_50_h", "under_100_h"):
        assert low[name] == max(values[name] for values in low["by_model"].values())
    night = "night_minimum_nmol_per_l"
    assert low[night] == min(values[night] for values in low["by_model"].values())
    for level in stop["to_level"]:
        assert {one["model"] for one in level["by_model"]} == {"D", "R"}
        assert level["typical_h"] == min(one["typical_h"] for one in level["by_model"])
        # Never milder than the named fast clearer.
        assert level["worst5_h"] <= min(one["fast_clearer_h"] for one in level["by_model"])


@pytest.mark.safety("S3")
def test_with_raised_cbg_nothing_is_judged_on_total_cortisol(run: Run, tmp_path: Path) -> None:
    """Total rises with CBG, unbound does not: the low levels stay those of unbound cortisol.

    Over a day unbound cortisol depends on the amount cleared alone, whatever CBG binds.
    """
    words = ("curve", "--basal", "00:00=0.8", "--people", 200, "--json")
    usual, raised = run(*words).json, run(*words, "--cbg-ratio", 2.2).json
    page = tmp_path / "day.html"
    run("curve", "--basal", "00:00=0.8", "--cbg-ratio", 2.2, "--out", page)

    assert raised["mean_total_nmol_per_l"] > 1.5 * usual["mean_total_nmol_per_l"]
    assert raised["mean_unbound_nmol_per_l"] == pytest.approx(usual["mean_unbound_nmol_per_l"])
    assert raised["low"]["judged_on"].startswith("unbound")
    for name in ("under_100_h", "night_minimum_nmol_per_l"):
        assert raised["low"][name] == pytest.approx(usual["low"][name], abs=0.01)
    assert "Debono" not in page.read_text(encoding="utf-8")


@pytest.mark.safety("S1")
@pytest.mark.parametrize("words", WAYS)
def test_a_day_says_that_it_is_no_instruction(
    run: Run, tmp_path: Path, words: tuple[str, str]
) -> None:
    """On the terminal and on every page of paper; and it names nothing to take."""
    shown = run("curve", *words)
    page = tmp_path / "day.html"
    run("curve", *words, "--out", page)

    assert "not a dosing instruction" in shown.out
    assert "not a dosing instruction" in page.read_text(encoding="utf-8")
    told = shown.out + shown.err
    assert not re.search(r"(?i)\b(?:take|increase|reduce|raise|lower|set) (?:your|the) dose", told)


@pytest.mark.safety("S4")
def test_a_pump_is_not_the_treatment_of_a_crisis(run: Run, tmp_path: Path) -> None:
    """Said beside every curve, of a stopped pump above all."""
    told = [
        run("curve", "--basal", KALAFATAKIS).out,
        run("curve", "stopped", "--at", "22:00", "--basal", KALAFATAKIS).out,
        run("curve", "missed", "--at", "12:00", "--oral", TABLETS).out,
    ]
    page = tmp_path / "day.html"
    run("curve", "--basal", KALAFATAKIS, "--out", page)

    for text in (*told, page.read_text(encoding="utf-8")):
        assert "never the sole treatment" in text
