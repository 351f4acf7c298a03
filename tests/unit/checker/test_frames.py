"""A letter cut into frames: sentences, items and rows, each with what stands over it."""

from decimal import Decimal

import pytest

from cortipump.checker.mentions import MoneyMention
from tests.unit.checker.framed import frame_of, framed, stated

_TABLE = "| Visit | Billed |\n|---|---|\n| Emergency | 4210.00 |\n| Stay | 18450.00 |"


def test_every_sentence_and_item_is_a_frame() -> None:
    """In the order of the letter; an item knows that it is one."""
    found = framed("I was ill. I went to the hospital.\n\n- The first visit.\n- The second visit.")

    assert [(f.text.strip(), f.is_item) for f in found] == [
        ("I was ill.", False),
        ("I went to the hospital.", False),
        ("- The first visit.", True),
        ("- The second visit.", True),
    ]


def test_a_sentence_knows_those_before_it_the_nearest_first() -> None:
    """Of its own block."""
    found = framed("One day. Two days. Three days.\n\nAnother block.")

    assert [f.text.strip() for f in found[2].earlier] == ["Two days.", "One day."]
    assert found[3].earlier == ()


def test_a_list_stands_under_the_sentence_that_announces_it() -> None:
    """Its cues are those of the items too."""
    item = frame_of(
        "To whom it may concern,\n\nIn 2024 I went to the emergency room on these days:\n\n"
        "- May 12, 2024"
    )

    assert item.says("emergency")
    assert "2024" in item.lead.text


def test_a_number_stands_under_the_heading_of_its_column() -> None:
    """So a number with cents in a column of bills is an amount."""
    row = framed(_TABLE)[-1]
    (amount,) = stated(row, MoneyMention)

    assert row.is_row
    assert amount.amount == Decimal("18450.00")
    assert row.header(amount).text == "Billed"
    assert [cue.says for cue in row.header(amount).kinds] == ["billed"]


def test_rows_know_the_rows_above_them() -> None:
    """Of the same table only."""
    found = [f for f in framed(f"{_TABLE}\n\nText.\n\n{_TABLE}") if "Stay" in f.text]

    assert ["Emergency" in f.earlier[0].text for f in found] == [True, True]
    assert len(found[0].earlier) == len(found[1].earlier)


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("The bill was 4210.00 for the visit.", 1),
        ("The bill came at 6.35 for the visit.", 0),  # as likely a time of day
        ("The value was 4210.00 for the visit.", 0),
    ],
)
def test_a_number_with_cents_among_words_of_bills_is_an_amount(sentence: str, amounts: int) -> None:
    """Without its sign, where the words say what it is."""
    assert len(stated(frame_of(sentence), MoneyMention)) == amounts


def test_what_others_say_is_not_what_a_sentence_is_about() -> None:
    """Words in quotation marks give no topic."""
    frame = frame_of('The notice says "the emergency visits were not necessary" on page 2.')

    assert not frame.says("emergency")
    assert frame.says("denial")


def test_a_date_alone_belongs_to_the_sentence_behind_it() -> None:
    """As a list of events writes it."""
    found = framed("May 12, 2024. I went to the emergency room.")

    assert len(found) == 1
    assert len(found[0].days) == 1


def test_what_is_enclosed_makes_no_frames() -> None:
    """An index of exhibits counts papers; quotations are nobody's claims."""
    assert framed("> I lost 30 days of work.") == []
