"""The kind of an amount, by the words beside it."""

import pytest

from cortipump.checker.binding.kinds import kinds_of
from tests.unit.checker.framed import frame_of, money


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The hospital billed $10.00.", "billed"),
        ("$10.00 was billed by the hospital.", "billed"),
        ("The plan allowed $10.00.", "allowed"),
        ("The plan paid $10.00.", "paid"),
        ("I paid $10.00.", "patient"),
        ("My share was $10.00.", "patient"),
        ("My copay: $10.00", "patient"),
        ("The hospital billed $90.00, and the plan allowed $10.00 of it.", "allowed"),
        ("The hospital billed $90.00 and the plan paid $10.00.", "paid"),
        ("The hospital billed $80.00, $90.00 and $10.00.", "billed"),
        ("Of the $90.00 billed, $10.00 was paid by the plan.", "paid"),
        ("The claim was not paid; the hospital billed $10.00.", "billed"),
        ("I went home with $10.00.", ""),
        ("| Date | Paid |\n|---|---|\n| May 12, 2024 | $10.00 |", "paid"),
        ("| Date | Bill | Me |\n|---|---|---|\n| May 12, 2024 | $90.00 | $10.00 |", "patient"),
        ("| Date | Bill | We owe |\n|---|---|---|\n| May 12, 2024 | $90.00 | $10.00 |", "patient"),
        ("| Date | Allowed |\n|---|---|\n| billed May 12, 2024 | $10.00 |", "allowed"),
    ],
)
def test_the_words_beside_an_amount_give_its_kind(sentence: str, kinds: str) -> None:
    """Before it or behind it, of a series, or of its column; a denied verb gives none."""
    frame = frame_of(sentence)

    assert kinds_of(frame, money(frame, "$10.00")) == frozenset(kinds.split())


def test_the_part_is_of_either_kind_and_the_whole_of_what_is_said_of_it() -> None:
    """``paid $10 of $90``: the whole is not what was paid, whatever stands before it."""
    frame = frame_of("The plan paid $10.00 of $90.00 billed.")

    assert kinds_of(frame, money(frame, "$10.00")) == {"paid", "billed"}
    assert kinds_of(frame, money(frame, "$90.00")) == {"billed"}
    bare = frame_of("The plan paid $10.00 of the $90.00.")
    assert kinds_of(bare, money(bare, "$90.00")) == frozenset()
