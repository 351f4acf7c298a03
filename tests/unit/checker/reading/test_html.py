"""Web pages: where their words stand in the file."""

from tests.unit.checker.reading.seen import assert_sound, read

PAGE = """<html>
<body><p>Dear plan</p>
<p>I had 3 visits
and 4 &amp; more <b>than
5</b> nights.</p>
<table>
<tr><td>Visits</td><td>6</td></tr>
<tr><td>Nights</td>
<td>7</td></tr>
</table>
"""


def test_lines_are_those_of_the_file() -> None:
    """Of a paragraph over several lines, of a row, of a cell on a line of its own."""
    letter = read(PAGE, "letter.html")

    found = {n: letter.place_in_file(letter.text.index(n)).line for n in "34567"}

    assert found == {"3": 3, "4": 4, "5": 5, "6": 7, "7": 9}
    assert_sound(letter)


def test_a_page_on_one_line_is_line_one() -> None:
    """The column counts the words of the paragraph as shown."""
    letter = read("<html><p>Dear plan</p><p>A &amp; 3 visits</p></html>", "letter.html")

    place = letter.place_in_file(letter.text.index("3"))

    assert (place.line, place.column) == (1, 5)


def test_of_other_formats_both_places_are_the_same() -> None:
    """Nothing is mapped."""
    letter = read("One.\n\nThree 3.\n")

    assert letter.place_in_file(12) == letter.place(12)
