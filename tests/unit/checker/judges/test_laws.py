"""Laws of verdicts, whatever the figures: held against the ledger of `bills`.

A case costs a reading of a whole letter, so each law tries only some dozens of them.
"""

import textwrap
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cortipump.knowledge.cues import Measure
from cortipump.quantities.money import MONEY_KINDS, MoneyKind
from cortipump.quantities.span import DateSpan
from tests.unit.checker.judges.bills import LINES, Line, costly
from tests.unit.checker.judges.ledger import found

some = settings(max_examples=60, deadline=None)
_BY_KIND: Final[dict[MoneyKind, str]] = {
    "billed": "the bill was {}",
    "allowed": "the plan allowed {}",
    "paid": "the plan paid {}",
    "patient": "my share was {}",
}
_COUNTED: Final[dict[Measure, str]] = {
    "emergency": "In {year} I had {n} emergency visits.",
    "inpatient": "In {year} I had {n} hospital stays.",
    "crisis": "In {year} I had {n} adrenal crises.",
    "injection": "In {year} I had {n} rescue injections.",
    "nights": "In {year} I spent {n} nights in hospital.",
    "hospital": "In {year} I had {n} visits to the hospital.",
}
# Each with a date or a time of its own, right and wrong ones; no amount stands in two of them.
_SENTENCES: Final = (
    "On May 12, 2024 the hospital billed $4,210.00.",
    "On November 19, 2024 the hospital billed $3,857.40.",
    "On May 21, 2024 I went to the emergency room.",
    "I was admitted on August 3, 2024.",
    "I was admitted on January 25, 2025.",
    "The plan paid $1,400.48 for the emergency visit of September 14, 2025.",
    "My share of the stay of January 22, 2025 was $6,583.50.",
    "In 2024 I had 5 emergency visits.",
    "In 2024 I spent 4 nights in hospital.",
    "On September 15, 2025 I lost half a day of work.",
    "I called the plan on October 3, 2025.",
    "I was in hospital from August 3 to August 9, 2024.",
)
_SPELLINGS: Final[tuple[Callable[[date], str], ...]] = (
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d:%B} {d.day:02d}, {d.year}",
    lambda d: f"{d:%B} {d.day}{_ordinal(d.day)}, {d.year}",
    lambda d: f"{d.day} {d:%B} {d.year}",
    lambda d: f"the {d.day}{_ordinal(d.day)} of {d:%B} {d.year}",
    lambda d: f"{d:%b} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%b} {d.year}",
    lambda d: f"{d:%A}, {d:%B} {d.day}, {d.year}",
    lambda d: f"{d:%B} {d.day} {d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{d:%m/%d/%Y}",
    lambda d: f"{d.month}/{d.day}/{d:%y}",
)
_DATED: Final = (
    "On {} I went to the emergency room.",
    "I was admitted on {}.",
    "On {} the hospital billed $4,210.00.",
)


def _ordinal(day: int) -> str:
    if day in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _verdicts(markdown: str) -> Counter[tuple[str, str, str, str]]:
    """Every finding of a letter, as text without its breaks of lines; the order does not count."""
    return Counter(
        (" ".join(f.text.split()), f.rule, f.detail, f.suggestion)
        for f in found(markdown, costly())
    )


@some
@given(st.sets(st.sampled_from(LINES), min_size=1), st.sampled_from(MONEY_KINDS))
def test_the_sum_of_any_bills_passes_with_its_kind_and_dates(
    chosen: set[Line], kind: MoneyKind
) -> None:
    """Whichever of them a letter adds up, as long as it says when they were and what is added."""
    lines = sorted(chosen, key=lambda line: line.day)
    total = sum((line.of(kind) for line in lines), Decimal(0))
    days = ", ".join(_day(line.day) for line in lines[:-1])
    dates = f"{days} and {_day(lines[-1].day)}" if days else _day(lines[-1].day)
    together = " in total" if days else ""

    said = _BY_KIND[kind].format(f"${total:,.2f}")

    assert found(f"For {dates}, {said}{together}.", costly()) == []


@some
@given(
    st.sampled_from(LINES),
    st.sampled_from(MONEY_KINDS),
    st.integers(0, 9),
    st.sampled_from("0123456789"),
)
def test_an_amount_with_one_wrong_digit_is_found_where_its_date_is_given(
    line: Line, kind: MoneyKind, place: int, digit: str
) -> None:
    """Unless the ledger holds that amount too."""
    digits = list(f"{line.of(kind):.2f}")
    assume(place < len(digits) and digits[place] not in {".", digit})
    assume(place > 0 or digit != "0")
    digits[place] = digit
    amount = Decimal("".join(digits))
    assume(amount not in costly().amounts)
    text = f"${amount:,.2f}"

    said = found(f"On {_day(line.day)} {_BY_KIND[kind].format(text)}.", costly())

    assert [f.text for f in said] == [text]


@some
@given(st.sampled_from(sorted(_COUNTED)), st.sampled_from((2024, 2025)), st.integers(0, 40))
def test_an_honest_count_passes_and_one_that_is_off_by_three_is_found(
    measure: Measure, year: int, number: int
) -> None:
    """Honest by any reading of the records; between the two a letter gets the benefit of doubt.

    None at all is a statement of its own: it is right only where the plain count is none.
    """
    span = DateSpan(date(year, 1, 1), date(year + 1, 1, 1))
    tallied = costly().counter.count(measure, span)
    honest = tallied.honest if number else {tallied.low}
    farthest = min(abs(number - n) for n in honest)
    assume(farthest == 0 or farthest >= 3)

    said = found(_COUNTED[measure].format(year=year, n=number), costly())

    assert [f.rule for f in said] == ([] if farthest == 0 else ["count-differs"])


@some
@given(st.lists(st.sampled_from(_SENTENCES), unique=True, min_size=2), st.randoms())
def test_the_order_of_sentences_with_dates_of_their_own_does_not_matter(
    sentences: list[str], random: Random
) -> None:
    """Each is judged by itself: what is found in all is what is found in each."""
    shuffled = random.sample(sentences, len(sentences))

    assert _verdicts("\n\n".join(sentences)) == _verdicts("\n\n".join(shuffled))
    assert _verdicts(" ".join(shuffled)) == sum(map(_verdicts, sentences), Counter())


@some
@given(st.lists(st.sampled_from(_SENTENCES), unique=True, min_size=2), st.integers(55, 100))
def test_where_a_paragraph_is_wrapped_does_not_matter(sentences: list[str], width: int) -> None:
    """Lines end where they are full."""
    paragraph = " ".join(sentences)

    assert _verdicts(textwrap.fill(paragraph, width)) == _verdicts(paragraph)


@some
@given(st.sampled_from(_SENTENCES), st.lists(st.booleans(), min_size=1))
def test_a_second_blank_does_not_matter(sentence: str, doubled: list[bool]) -> None:
    """Between any words; three blanks set columns, and so do two in the same place of each line."""
    words = sentence.split()
    gaps = ("  " if twice else " " for _ in words for twice in doubled)

    typed = words[0] + "".join(next(gaps) + word for word in words[1:])

    assert _verdicts(typed) == _verdicts(sentence)


@pytest.mark.parametrize("sentence", _DATED)
@settings(max_examples=50, deadline=None)
@given(
    day=st.dates(date(2024, 4, 1), date(2025, 10, 31))
    | st.sampled_from([line.day for line in LINES]),
    spell=st.sampled_from(_SPELLINGS),
)
def test_a_day_gives_the_same_verdict_however_it_is_written(
    sentence: str, day: date, spell: Callable[[date], str]
) -> None:
    """In words, in figures, with a weekday, abbreviated: compared with the plainest way."""
    plainly = found(sentence.format(_day(day)), costly())
    written = found(sentence.format(spell(day)), costly())

    assert [(f.rule, f.detail, f.suggestion) for f in written] == [
        (f.rule, f.detail, f.suggestion) for f in plainly
    ]
