"""What holds for every text: nothing is left out, nothing overlaps, a date reads back as itself."""

import time
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from cortipump.checker.mentions import DayMention, MoneyMention
from cortipump.checker.scan.scan import Locale, letter_date, scan
from tests.unit.checker.scan.reading import DATED, US, letter, seen

NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
PIECES = st.sampled_from(
    [
        *"0123456789", " ", " ", "\n", "\t", ".", ",", "-", "/", ":", "$", "%", "(", ")", "a", "one",
        "March", "2025", "five", "mg", " of ", "to", "and", "12", "3", "h", "am", "\u2013", "£", "'",
        "\"", "#", "hundred", "Ex.", "page ", "last ", "days", "x", "half", "\u0663", "\uff15", "½", "²",
        "within", "first", "once", "between ", "from ", "@", "www.", "claim ", "U", "L", "°", "<", "\ua520",
    ]
)  # fmt: skip
DATES = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@given(st.lists(PIECES, max_size=40).map("".join), st.booleans(), st.booleans())
@example("12 34-56/78.90", False, False)
@example("1,2,3 mg 4/5 mg", True, False)
def test_every_digit_belongs_to_one_mention(text: str, day_first: bool, comma: bool) -> None:
    """Mentions are in order, do not overlap, quote the text, and cover every digit."""
    locale = Locale(dated=DATED, day_first=day_first, decimal_comma=comma)

    found = scan(letter(text), locale)

    covered: set[int] = set()
    end = 0
    for mention in found:
        assert mention.start >= end
        assert mention.end > mention.start
        assert mention.text == text[mention.start : mention.end]
        end = mention.end
        covered.update(range(mention.start, mention.end))
    assert [at for at, sign in enumerate(text) if sign.isdecimal() and at not in covered] == []


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever the characters, and nothing but digits and words is reported."""
    for mention in scan(letter(text), US):
        assert mention.text == text[mention.start : mention.end]


def _spellings(day: date) -> list[str]:
    name, number, year = NAMES[day.month - 1], day.day, day.year
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    short = name if len(name) < 5 else name[:3]
    weekday = day.strftime("%A")
    return [
        f"{number} {short} {year}",
        f"{short}. {number}{ending}, {year}" if short != name else f"{name} {number}, {year}",
        f"{name} {number}, {year}",
        f"{name} {number} {year}",
        f"{name.upper()} {number}, {year}",
        f"{name.lower()} {number}, {year}",
        f"the {number}{ending} of {name} {year}",
        f"{number}{ending} {name}, {year}",
        f"{year}-{day.month:02}-{number:02}",
        f"{year}/{day.month:02}/{number:02}",
        f"{weekday}, {name} {number}, {year}",
        f"{weekday[:3]} {number} {name} {year}",
        f"the {ORDINALS[number - 1]} of {name} {year}",
        f"{name} {ORDINALS[number - 1]}, {year}",
        f"{number}-{short}-{year}",
        f"{name}\n{number}, {year}",
        f"{name}\u00a0{number},\u00a0{year}",
        f"{number:02}.{day.month:02}.{year}",
    ]


@given(DATES, st.integers(0, 17), st.booleans())
def test_a_date_reads_back_as_itself_in_every_spelling(
    day: date, spelling: int, day_first: bool
) -> None:
    """A spelling that says day and month by itself does not depend on the letter's order."""
    text = f"It was on {_spellings(day)[spelling]} that I fell."

    found = scan(letter(text), Locale(dated=DATED, day_first=day_first))

    [mention] = [each for each in found if isinstance(each, DayMention)]
    # 30.11.2024 and 11.30.2024 are both read; the first is what full stops mean.
    assert (mention.first, mention.grain) == (day, "day")
    assert len(found) == 1


@given(DATES, st.sampled_from("/-"), st.booleans(), st.booleans(), st.booleans())
def test_a_date_in_figures_reads_back_in_the_letters_order(
    day: date, sign: str, day_first: bool, padded: bool, short: bool
) -> None:
    """And says whether the other order would be a day as well."""
    form = "02" if padded else ""
    parts = [format(day.day, form), format(day.month, form)]
    if not day_first:
        parts.reverse()
    if short and 1937 <= day.year <= 2036:
        parts.append(f"{day.year % 100:02}")
    else:
        parts.append(str(day.year))

    found = scan(letter(f"seen {sign.join(parts)} there"), Locale(dated=DATED, day_first=day_first))

    [mention] = found
    assert isinstance(mention, DayMention)
    assert mention.first == day
    is_open = day.day <= 12 and day.day != day.month
    assert mention.other == (date(day.year, day.day, day.month) if is_open else None)


@given(st.decimals(0, 9_999_999, places=2), st.sampled_from(["${}", "USD {}", "{} dollars"]))
def test_an_amount_reads_back_as_itself(amount: object, form: str) -> None:
    """With thousands apart, in every place of the sign."""
    [mention] = scan(letter(f"It was {form.format(f'{amount:,.2f}')} in all."), US)
    assert isinstance(mention, MoneyMention)
    assert (mention.amount, mention.currency) == (amount, "USD")


def test_a_long_text_is_read_in_a_second() -> None:
    """200 KB of an ordinary letter, and of what trips careless patterns."""
    sentence = (
        "On March 3, 2025 I was admitted for three nights to Mercy Hospital; the bill was "
        "$18,204.00 and the plan paid about 60% of it. My cortisol was 2.1 ug/dL at 8 am. "
    )
    paragraph = sentence * 5 + "\n\n"
    for text in (
        paragraph * (200_000 // len(paragraph)),
        "1 " * 20_000,
        "a" * 200_000,
        "and " * 50_000,
    ):
        begun = time.perf_counter()
        scan(letter(text), US)
        assert time.perf_counter() - begun < 5, text[:20]


HEADS = {
    "March 3, 2026\n\nDear Dr. Poe,\nOn May 5, 2025 I fell.": date(2026, 3, 3),
    "Ann Poe\n4 Main St\nAustin, TX 78701\n\n3 March 2026\n\nTo whom it may concern": date(
        2026, 3, 3
    ),
    "Date: 03/25/2026\nRe: Appeal\n\nDear Sir": date(2026, 3, 25),
    "Springfield, March 3, 2026\n\nDear Sir": date(2026, 3, 3),
    "**Date:** March 3, 2026\n\nDear Sir": date(2026, 3, 3),
    "DOB: March 3, 1984\n\nDear Sir,\n": None,
    "Date of birth: March 3, 1984\nDate: March 9, 2026\nDear Sir,\n": date(2026, 3, 9),
    "Dear Sir,\n\nMarch 3, 2026\n": None,
    "Re: denial of March 3, 2026\nDear Sir,\n": None,
    "Your denial dated March 3, 2026\n\nDear Sir,\n": None,
}


def test_a_letter_carries_its_date_at_its_head() -> None:
    """On a line of its own, before the salutation and the subject."""
    assert {text: letter_date(letter(text)) for text in HEADS} == HEADS


def test_a_place_of_a_mention_is_the_letters_own() -> None:
    """Typographic marks and no-break blanks stay as they are in the quoted text."""
    assert seen("It\u2019s 2.1\u00a0\u00b5g/dL") == ["2.1\u00a0\u00b5g/dL = 2.1 ug/dL"]
