"""Sentences end where a reader stops, not at every full stop."""

from time import perf_counter

import pytest

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.sentences import sentences
from tests.unit.checker.reading.seen import read


def split(words: str) -> list[str]:
    """The sentences of a letter of one paragraph."""
    letter = read(words)
    return [
        letter.text[start:end] for block in letter.blocks for start, end in sentences(letter, block)
    ]


@pytest.mark.parametrize(
    "first",
    [
        "I saw Dr. J. R. Miller of St. Mary's on Jan. 3, 2025",
        "The bill was $1,580.00",
        "I live approx. 20 miles away, i.e. too far",
        "It was in the U.S. Court of Appeals, see No. 12 of vol. 3",
        "She is treated by Mr. Smith vs. Ms. Jones, e.g. weekly",
        "I woke at 3 a.m. and again at 5 p.m",
        "They gave 100 mg i.v. and 100 mg i.m. at once",
        "My cortisol was 1.2 ug/dL",
        "He wrote: “We do not cover it.”",
        "I waited ... and waited",
        "Acme Inc. of Delaware made it",
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(first: str) -> None:
    """The second sentence is the only other one."""
    end = "" if first.endswith("”") else "."

    assert split(f"{first}{end} Then nothing happened.") == [
        f"{first}{end}",
        "Then nothing happened.",
    ]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("It was 3 a.m. The paramedics came.", 2),
        ("It was 6.0 at 5 p.m. Renin was 2.2.", 2),
        ("I called at 3 p.m. Monday. It rang.", 2),
        ("2025. 10. 12. Ms. Roe said so. I wrote it down.", 2),
        ("I am in the U.S. My plan is not.", 2),
        ("Why was it denied? I do not know! Please say.", 3),
        ("I went there.I was sent home. It hurt.", 3),
        ("Is it covered? “No.” That was all.", 3),
        ("So how is that saved... My doctor wrote twice.", 2),
        ("I was admitted in 2025. 3 visits followed.", 2),
        ("Was I asked? No. Nobody asked.", 3),
        ("I went to the ED. The nurse was kind.", 2),
        ("I take 10 mg. The dose is low.", 2),
        ("A pump (E0784). [Ex. 2] It is used.", 2),
    ],
)
def test_sentences_are_counted_as_read(words: str, count: int) -> None:
    """Counted by hand."""
    assert len(split(words)) == count


def test_a_sentence_goes_on_over_line_ends() -> None:
    """Lines are no sentences."""
    assert split("On March\n3, 2025 I fell. Then I\nslept.") == [
        "On March\n3, 2025 I fell.",
        "Then I\nslept.",
    ]


LOW = "i was seen in may. it hurt a lot. then they sent me home. no tests were done."


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("they bill every 60 days (ref TG-1046621). the sets were billed twice.", 2),
        ("did u get it? if not, say so! thanks.", 3),
        ("dr. amari saw me at approx. noon, e.g. for labs.", 1),
        ("so ... i waited.", 1),
    ],
)
def test_a_small_letter_starts_a_sentence_where_nobody_types_capitals(
    words: str, count: int
) -> None:
    """In such a letter only; abbreviations still end nothing."""
    assert len(split(f"{LOW}\n\n{words}")) == 4 + count
    assert len(split(f"I was there. {words}")) <= count


def test_a_row_is_one_sentence() -> None:
    """And each line of an address."""
    letter = read("| Day | Sum |\n|---|---|\n| Jan. 3. No | $5.00. Yes |\n", "a.md")

    assert [len(sentences(letter, block)) for block in letter.blocks] == [1, 1]


def test_one_giant_paragraph_takes_no_longer_than_its_length() -> None:
    """Ten times the text, about ten times the time: nothing looks back over the whole paragraph."""

    def seconds(times: int) -> float:
        text = "I was seen by Dr. Amari on May 3. It was denied. " * times
        letter = LetterText(text, (0,), (Block("paragraph", 0, len(text)),))
        start = perf_counter()
        found = sentences(letter, letter.blocks[0])
        assert len(found) == 2 * times
        return perf_counter() - start

    small = min(seconds(400) for _ in range(3))
    assert min(seconds(4000) for _ in range(2)) < 40 * small
