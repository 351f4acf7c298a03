"""The dates that a figure belongs to."""

from datetime import date

import pytest

from cortipump.checker.binding.dates import beside, dates_of, has_year, holds, nearest, tied
from cortipump.checker.frames import Frame
from cortipump.checker.mentions import AnyMention, MoneyMention
from tests.unit.checker.framed import frame_of, framed, only, stated

_ROW = "| Date | Billed |\n|---|---|\n| May 12, 2024 | $10.00 |"


def _days(found: tuple[AnyMention, ...]) -> list[str]:
    return [mention.text for mention in found]


def _amount(frame: Frame) -> MoneyMention:
    return stated(frame, MoneyMention)[-1]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("On May 12, 2024 the hospital billed $10.00.", "May 12, 2024"),
        ("$10.00 was billed on May 12, 2024.", "May 12, 2024"),
        ("$90.00 was billed on May 3, 2024 and $10.00 on May 12, 2024.", "May 12, 2024"),
        ("On May 3, 2024 $90.00 was billed and on May 12, 2024 $10.00.", "May 12, 2024"),
        (_ROW, "May 12, 2024"),
    ],
)
def test_an_amount_belongs_to_its_date(sentence: str, day: str) -> None:
    """To the only one, or in pairs where there are as many."""
    frame = frame_of(sentence)

    assert _days(dates_of(frame, _amount(frame)).own)[:1] == [day]


@pytest.mark.parametrize(
    "sentence",
    [
        "Since May 12, 2024 the hospital billed $10.00.",
        "Until May 12, 2024 the hospital billed $10.00.",
        "In the year before May 12, 2024 the hospital billed $10.00.",
    ],
)
def test_a_date_that_borders_a_time_is_of_no_event(sentence: str) -> None:
    """It dates what is counted over the time, not the amount."""
    frame = frame_of(sentence)

    assert dates_of(frame, _amount(frame)).all == ()


def test_a_date_is_carried_from_the_sentence_before() -> None:
    """Where the sentence has none of its own; never into a row of a table."""
    sentence = framed("I was ill on May 12, 2024. The bill was $10.00.")[-1]
    row = framed(f"{_ROW}\n| the same | $20.00 |")[-1]

    dates = dates_of(sentence, _amount(sentence))
    assert (dates.own, _days(dates.all)) == ((), ["May 12, 2024"])
    assert dates_of(row, _amount(row)).all == ()


@pytest.mark.parametrize(
    ("sentence", "text", "days"),
    [
        ("On May 12, 2024 it was 84 points.", "84", ["May 12, 2024"]),
        ("It went from 74 points to 84 points on May 12, 2024.", "84", ["May 12, 2024"]),
        ("It went from 74 points to 84 points on May 12, 2024.", "74", []),
        ("It was 74 points on May 3, 2024 and 84 points on May 12, 2024.", "74", ["May 3, 2024"]),
        ("It was 74 points on May 3, 2024 and 84 points on May 12, 2024.", "84", ["May 12, 2024"]),
        ("It was 84 points (May 12, 2024) and then 74 points.", "74", []),
    ],
)
def test_a_value_is_tied_only_to_a_date_that_leaves_no_doubt(
    sentence: str, text: str, days: list[str]
) -> None:
    """Beside it or in pairs; a date at the other end of the sentence is of the other value."""
    frame = frame_of(sentence)

    assert _days(tied(frame, only(frame, text))) == days


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("$10.00 on May 12, 2024 was billed.", True),
        ("On May 12, 2024 I was ill, and then I was billed $10.00.", False),
        ("On May 12, 2024 the hospital, as I learnt much later, billed $10.00.", False),
    ],
)
def test_a_date_stands_beside_a_figure_or_not(sentence: str, *, expected: bool) -> None:
    """Within some letters of it, with no other part of the sentence between."""
    frame = frame_of(sentence)

    assert beside(frame, _amount(frame)) is expected


@pytest.mark.parametrize(
    ("written", "day", "held"),
    [
        ("May 12, 2024", date(2024, 5, 12), True),
        ("May 12, 2024", date(2024, 5, 13), False),
        ("May 2024", date(2024, 5, 31), True),
        ("May 2024", date(2024, 6, 1), False),
        ("May 12", date(2024, 5, 12), True),  # no year: that of any
        ("May 12", date(2021, 5, 12), True),
        ("May 12", date(2024, 5, 13), False),
        ("August 3 to August 7, 2024", date(2024, 8, 5), True),
        ("August 3 to August 7, 2024", date(2024, 8, 8), False),
    ],
)
def test_a_date_holds_the_days_that_it_can_mean(written: str, day: date, *, held: bool) -> None:
    """A day, a month, a span; without a year, that of any."""
    (dated,) = frame_of(f"I was ill {'from' if ' to ' in written else 'on'} {written}.").days

    assert holds(dated, day) is held
    assert has_year(dated) is ("20" in written)


def test_the_nearest_word_is_by_its_distance() -> None:
    """On either side."""
    frame = frame_of("The hospital billed much; $10.00 was paid by the plan in the end.")

    cue = nearest(frame.kinds, _amount(frame))

    assert cue is not None
    assert cue.says == "paid"
    assert nearest([], _amount(frame)) is None
