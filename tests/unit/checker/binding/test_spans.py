"""The runs of days that a count is about (the ledger of `bills`: pump from May 1, 2025)."""

from datetime import date

import pytest

from cortipump.checker.binding.spans import spans_of
from cortipump.checker.mentions import NumberMention
from tests.unit.checker.framed import framed, stated
from tests.unit.checker.judges.bills import costly

# Of the record: from the first day of tablets to the last call.
_FIRST, _AFTER = date(2024, 1, 10), date(2025, 10, 10)


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("In 2024 I had 2 visits.", date(2024, 1, 1), date(2025, 1, 1)),
        ("I had 2 visits in 2024.", date(2024, 1, 1), date(2025, 1, 1)),
        ("In August 2024 I had 2 visits.", date(2024, 8, 1), date(2024, 9, 1)),
        ("I had 2 visits between May 12, 2024 and September 14, 2025.",
         date(2024, 5, 12), date(2025, 9, 15)),
        ("Since May 1, 2025 I had 2 visits.", date(2025, 5, 1), _AFTER),
        ("Until May 1, 2025 I had 2 visits.", _FIRST, date(2025, 5, 1)),
        ("In the year before May 1, 2025 I had 2 visits.", date(2024, 5, 1), date(2025, 5, 1)),
        ("Between May 1, 2024 and May 1, 2025 I was ill. I had 2 visits.",
         date(2024, 5, 1), date(2025, 5, 2)),
        ("Visits in 2024:\n\n- 2 visits", date(2024, 1, 1), date(2025, 1, 1)),
    ],
)  # fmt: skip
def test_a_time_that_the_letter_names_is_the_one(text: str, first: date, until: date) -> None:
    """A year, a month, from a day to a day, since, until, the year before, the list's heading."""
    frame = framed(text)[-1]
    number = next(m for m in stated(frame, NumberMention) if m.text == "2")

    spans = spans_of(frame, number, costly())

    assert spans.named
    assert (first, until) in {(s.from_, s.until) for s in spans.spans}
    assert (_FIRST, _AFTER) not in {(s.from_, s.until) for s in spans.spans}


@pytest.mark.parametrize(
    "text",
    ["I had 2 visits.", "On May 12, 2024 I had 2 visits.", "I had 2 visits from May 3 to 5, 2024."],
)
def test_without_a_time_every_natural_one_may_be_meant(text: str) -> None:
    """Years, phases, the whole record; a day or one event is nothing to count over."""
    frame = framed(text)[-1]
    number = next(m for m in stated(frame, NumberMention) if m.text == "2")

    spans = spans_of(frame, number, costly())

    assert not spans.named
    assert set(costly().spans.values()) <= set(spans.spans)


def test_each_count_takes_the_time_beside_it() -> None:
    """``2 in 2024 and 1 in 2025``."""
    frame = framed("I had 2 visits in 2024 and 1 visit in 2025.")[-1]
    two, one = stated(frame, NumberMention)

    first = {(s.from_.year, s.last.year) for s in spans_of(frame, two, costly()).spans}
    second = {(s.from_.year, s.last.year) for s in spans_of(frame, one, costly()).spans}

    assert first == {(2024, 2024)}
    assert (2025, 2025) in second
