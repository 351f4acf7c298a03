"""Long letters: what is compared with what grows with the letter, not with its square."""

from datetime import date
from itertools import pairwise

import pytest

from cortipump.checker.frames import frames
from cortipump.checker.mentions import Exempt
from cortipump.checker.scan.scan import Locale, scan
from cortipump.checker.sentences import LONGEST, sentences
from tests.unit.checker.reading.seen import read

LOCALE = Locale(dated=date(2026, 11, 20))


@pytest.mark.parametrize("unit", ["1 ", "one ", "$1, ", "A", "| a ", "word word\n"])
def test_no_frame_is_longer_than_a_sentence_can_be(unit: str) -> None:
    """Each figure is compared with those of its frame: their pairs are then in proportion."""
    pairs = []
    for times in (1, 2):
        letter = read("I had " + unit * (times * 6000 // len(unit)))
        cut = frames(letter, scan(letter, LOCALE))
        assert all(frame.end - frame.start <= LONGEST for frame in cut)
        pairs.append(sum(len(frame.mentions) ** 2 for frame in cut))

    assert pairs[1] <= 2.5 * max(pairs[0], 1)


def test_a_long_sentence_loses_no_word() -> None:
    """It is cut between words, and in the middle of what has no blank."""
    letter = read("word " * 900 + "x" * 2500)

    spans = [span for block in letter.blocks for span in sentences(letter, block)]

    assert " ".join(letter.text[a:b] for a, b in spans).replace(" ", "") == "".join(
        letter.text.split()
    )
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_hundreds_of_characters_without_a_blank_are_no_figure() -> None:
    """One token, looked at once."""
    letter = read("It is " + "$1,-" * 500 + " and 7 visits.")

    first, last = scan(letter, LOCALE)

    assert isinstance(first, Exempt)
    assert (first.start, first.end) == (6, 2006)
    assert last.text == "7"
