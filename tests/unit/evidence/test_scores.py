"""Questionnaires: every point, and a change only between like and like."""

from decimal import Decimal

import pytest


def test_the_change_is_last_after_minus_last_before(book):
    """72 on the last day before, 85 on the last after, the run-in passed over: 13."""
    for day, value in (
        ("2024-06-01", "78"), ("2025-02-01", "72"), ("2025-03-10", "95"), ("2025-09-01", "80"),
        ("2025-12-01", "85"),
    ):  # fmt: skip
        book.score(day, value)

    result = book.compare()

    (change,) = result.score_changes
    assert change.change == Decimal(13)
    assert (change.before.value, change.after.value) == (72, 85)
    assert (change.before.days_since_index, change.after.days_since_index) == (-28, 275)
    assert [point.window for point in result.scores] == [
        "before", "before", "run_in", "after", "after",
    ]  # fmt: skip


def test_the_run_in_serves_where_nothing_came_later(book):
    """The only score after lies in the run-in: it is used rather than none."""
    book.score("2025-02-01", "72")
    book.score("2025-03-10", "80")

    (change,) = book.compare().score_changes

    assert change.after.window == "run_in"


@pytest.mark.parametrize(
    "other",
    [{"version": "8"}, {"language": "de"}, {"part": "fatigue"}, {"instrument": "RAND-36"}],
)
def test_no_change_across_versions(book, caveat_ids, other):
    """Another version, language, part or questionnaire is never subtracted."""
    book.score("2025-02-01", "72")
    book.score("2025-09-01", "30", **other)

    result = book.compare()

    assert result.score_changes == ()
    assert ("scores-not-comparable" in caveat_ids(result)) is ("instrument" not in other)


def test_parts_and_languages_travel_with_the_change(book):
    """The result says what was compared."""
    for day, value in (("2025-02-01", "20"), ("2025-09-01", "25")):
        book.score(day, value, part="fatigue", language="de")

    (change,) = book.compare().score_changes

    assert (change.part, change.language, change.version) == ("fatigue", "de", "30")


def test_scores_outside_the_windows_are_shown_and_not_used(book):
    """A score of years ago is a point of the plot, not a baseline."""
    book.score("2020-02-01", "50")
    book.score("2025-09-01", "80")

    result = book.compare()

    assert result.score_changes == ()
    assert [point.window for point in result.scores] == ["outside", "after"]


def test_thin_series_carry_caveats(book, caveat_ids):
    """One baseline and one follow-up: both are said, and that nobody was blinded."""
    book.score("2025-02-01", "72")
    after = book.score("2025-09-01", "80")

    ids = caveat_ids(book.compare())

    assert ids["scores-few-baselines"] == (after,)
    assert ids["scores-few-follow-ups"] == (after,)
    assert "scores-unblinded" in ids


@pytest.mark.parametrize(("first", "enough"), [("2025-01-04", True), ("2025-01-05", False)])
def test_two_baselines_stand_four_weeks_apart(book, caveat_ids, first, enough):
    """28 days before 1 February is 4 January (coverage.md 5.1: at least four weeks)."""
    book.score(first, "70")
    book.score("2025-02-01", "72")
    book.score("2025-08-01", "79")
    book.score("2025-09-01", "80")

    ids = caveat_ids(book.compare())

    assert ("scores-few-baselines" in ids) is not enough
    assert "scores-few-follow-ups" not in ids


def test_an_unstated_version_is_said(book, caveat_ids):
    """Both without a version: compared, with a doubt."""
    before = book.score("2025-02-01", "72", version="")
    after = book.score("2025-09-01", "80", version="")

    assert caveat_ids(book.compare())["scores-version-unstated"] == (before, after)


def test_a_score_without_value_is_no_zero(book, caveat_ids):
    """It is listed and no point."""
    empty = book.score("2025-02-01", "")

    result = book.compare()

    assert result.scores == ()
    assert caveat_ids(result)["scores-without-value"] == (empty,)
