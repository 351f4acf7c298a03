"""Misreadings that letters of other writers brought up; expected values read by hand."""

from datetime import date

import pytest

from cortipump.checker.letter import Block, Cell
from cortipump.checker.scan.scan import Locale, scan
from tests.unit.checker.scan.reading import US, cases, letter, said, seen

DATES = """
Denial dated August 10, 2025; E0784, A4230, A4232 => August 10, 2025 = 2025-08-10 ;; E0784 = (code) ;; A4230 = (code) ;; A4232 = (code)
75 on 22 Oct 2025; 83, 84 => 75 = 75 ;; 22 Oct 2025 = 2025-10-22 ;; 83 = 83 ;; 84 = 84
from 22.07. to 24.07.2025 => from 22.07. to 24.07.2025 = 2025-07-22..2025-07-24
on 26.03. I was ill => 26.03. = 2026-03-26?
it rose to 12.4. Then => 12.4 = 12.4
7/21/2025, home 7/22 at 3:05 p.m. => 7/21/2025 = 2025-07-21 ;; 7/22 = 2025-07-22? ;; 3:05 p.m. = 15:05
9/8/2025, in hospital until 9/10 => 9/8/2025 = 2025-09-08 or 2025-08-09 ;; 9/10 = 2025-09-10? or 2025-10-09
from 4/5 to 4/6 => from 4/5 to 4/6 = 2025-04-05..2025-04-06
BP 85/51 on 3/3/2025 => 85 = 85 mmHg ;; 51 = 51 mmHg ;; 3/3/2025 = 2025-03-03
1/2 tablet since 3/3/2025 => 1/2 = 0.5 ;; 3/3/2025 = 2025-03-03
10/5/5 mg on 3/3/2025 => 10 = 10 mg ;; 5 = 5 mg ;; 5 mg = 5 mg ;; 3/3/2025 = 2025-03-03
24/7 since 3/3/2025 => 24/7 = (product) ;; 3/3/2025 = 2025-03-03
vision 20/20 on 3/3/2025 => 20/20 = (product) ;; 3/3/2025 = 2025-03-03
pain 8/10 on 3/3/2025 => 8 = 8 ;; 10 = 10 ;; 3/3/2025 = 2025-03-03
it came aug 20 and apr 22 => aug 20 = 2025-08-20? ;; apr 22 = 2025-04-22?
le 18 juillet 2025 et le 2 janvier 2026 => 18 juillet 2025 = 2025-07-18 ;; 2 janvier 2026 = 2026-01-02
the 18 août 2025 => the 18 août 2025 = 2025-08-18
29 Jan 25 09:31 => 29 Jan 25 = 2025-01-29 ;; 09:31 = 09:31
81 on March 2nd and 86 on May 4th => 81 = 81 ;; March 2nd = 2026-03-02? ;; 86 = 86 ;; May 4th = 2025-05-04?
July 13 of last year => July 13 = 2025-07-13?
due by the 22nd of June => the 22nd of June = 2026-06-22?
Since Dec 15, 2024 I am ill; billed on July 2. => Dec 15, 2024 = 2024-12-15 ;; July 2 = 2025-07-02?
2024-12-02: 31; to 04-25: 113 => 2024-12-02 = 2024-12-02 ;; 31 = 31 ;; 04-25 = 2025-04-25? ;; 113 = 113
I went home the next afternoon. =>
last 365 days (12/15/24 - 12/14/25) => 365 days = 365 day ;; 12/15/24 - 12/14/25 = 2024-12-15..2025-12-14
last day 5 January 2026 => 5 January 2026 = 2026-01-05
"""
CLOCKS = """
05/13/25, Cedar Bluff, 12:23: cortisol 42 nmol/L => 05/13/25 = 2025-05-13 ;; 12:23 = 12:23 ;; 42 nmol/L = 42 nmol/L
at 8.22 h from my husband => 8.22 h = 08:22
from 6.35 until 11.35 h => 6.35 = 06:35 ;; 11.35 h = 11:35
at 16.24 h => 16.24 h = 16:24
um 8.30 Uhr => 8.30 Uhr = 08:30
at 7.00, 12.00 and 22.00 => 7.00 = 07:00 ;; 12.00 = 12:00 ;; 22.00 = 22:00
in the hospital at 8.52 the pressure => 8.52 = 08:52
6.35 mmol/L => 6.35 mmol/L = 6.35 mmol/L
24.1 ug/dL at 9:00 => 24.1 ug/dL = 24.1 ug/dL ;; 9:00 = 09:00
renin was at 8.58 => 8.58 = 8.58
from 5.20 to 6.10 mmol/L => 5.20 = 5.20 mmol/L ;; 6.10 mmol/L = 6.10 mmol/L
TSH rose from 2.10 to 3.40 => 2.10 = 2.10 ;; 3.40 = 3.40
slept 8.5 h => 8.5 h = 8.5 hour
thirty-five minutes past four => thirty-five minutes past four = 04:35
quarter past nine => quarter past nine = 09:15
between 8 and 9 o'clock => 8 = 08:00 ;; 9 o'clock = 09:00
at 0538 on Sunday => 0538 = 05:38
0800 to 2000 hours => 0800 = 08:00 ;; 2000 hours = 20:00
At 7:16 p.m. they came. By 8:36 I slept. => 7:16 p.m. = 19:16 ;; 8:36 = 20:36
from 9:32 a.m. to 4:42 p.m.; the shot was at 5:37 => 9:32 a.m. = 09:32 ;; 4:42 p.m. = 16:42 ;; 5:37 = 05:37
That evening, at a quarter to nine, => a quarter to nine = 20:45
home at half past two in the night => half past two in the night = 02:30
"""
EXEMPT = """
since badge 20417 was new => 20417 = (identifier)
form 12-B => form 12-B = (form)
room 412 => 412 = (identifier)
license 36-1234567 => 36-1234567 = (identifier)
check no. 1187 => 1187 = (identifier)
DEA BR1234563 => BR1234563 = (identifier)
tax ID 36-1234567 => 36-1234567 = (identifier)
ticket 5512 => 5512 = (identifier)
serial 88123 => 88123 = (identifier)
lot 7741 => 7741 = (identifier)
unit 7 => 7 = (identifier)
per unit 7 dollars => 7 dollars = 7 USD p0
please check 412 claims => 412 = 412
Exhibits 3, 4 and 7-9 => Exhibits 3, 4 and 7-9 = (reference)
Ex. 3 at 2 => Ex. 3 at 2 = (reference)
Attachment B, p. 4 => p. 4 = (reference)
Exhibit A, 2 pages => 2 = 2
Exhibits 1-4, 22 pages => Exhibits 1-4 = (reference) ;; 22 = 22
exhibits 1 until 4 => exhibits 1 until 4 = (reference)
denied lines 1 (pump) and 2 (sets) => lines 1 (pump) and 2 = (reference)
fact 5 of facts 1 to 4 => fact 5 = (reference) ;; facts 1 to 4 = (reference)
78 points 12.11.2025, 88 points 17.08.2025 => 78 = 78 ;; 12.11.2025 = 2025-11-12 or 2025-12-11 ;; 88 = 88 ;; 17.08.2025 = 2025-08-17
Mon-Fri 8-4:30 => Mon-Fri 8-4:30 = (reference)
open 9 to 5 => open 9 to 5 = (reference)
40 syringes per 90 days => 40 = 40 ;; 90 days = (procedure)
a 30-day supply => 30-day = (procedure)
180 days from receipt => 180 days = (procedure)
my 180 days run to May 5, 2026 => 180 days = (procedure) ;; May 5, 2026 = 2026-05-05
your letter gives me four months for that => four months = (procedure)
Tier 3, Level 2 appeal, Part B => Tier 3 = (reference) ;; Level 2 = (reference)
(n = 33, p = 0.04, 95 % CI 1.2-3.4) => n = 33 = (study) ;; p = 0.04 = (study) ;; 95 % CI 1.2-3.4 = (study)
Oksnes 2014 (crossover, large) => 2014 = (citation)
vol. 99 (2014), p. 1665 => vol. 99 = (reference) ;; 2014 = (citation) ;; p. 1665 = (reference)
glucose 56 mg/dL.(1) She => 56 mg/dL = 56 mg/dL ;; (1) = (reference)
(MP-0417, 3.2) => MP-0417, 3.2 = (identifier)
day 148 of 180 => day 148 of 180 = (ordinal)
Attachments: 1 denial letter, 2 claims list => 1 = (list-number) ;; 2 = (list-number)
her fifth hospital stay in twelve months => fifth = (ordinal) ;; twelve months = 12 month
the one hundred and eightieth day => one hundred and eightieth = (ordinal)
"""
QUANTITIES = """
all five of them => five = 5 w
each of the four => four = 4 w
the other two => two = 2 w
given at one time or another => one = 1 w soft
27 and 3-1/2 => 27 = 27 ;; 3-1/2 = 3.5
half a day in May => half a day = 0.5 day ;; May = 2025-05?
a day and a half => a day and a half = 1.5 day
two-and-a-half hours => two-and-a-half hours = 2.5 hour
a two-and-a-half-day stay => two-and-a-half-day = 2.5 day adj
2 1/2 hours => 2 1/2 hours = 2.5 hour
one and a half years => one and a half years = 1.5 year
stays of 3, 2, 4 and 3 nights => 3 = 3 night ;; 2 = 2 night ;; 4 = 4 night ;; 3 nights = 3 night
two admissions and 3 nights => two = 2 w ;; 3 nights = 3 night
one overnight stay => one = 1 w soft
a woman of 44 years and ill => woman of 44 years = age 44
I have 41 years and an illness => I have 41 years = age 41
I have 5 years of records => 5 years = 5 year
My sister is forty-two. She => sister is forty-two = age 42
I was thirty-eight when it came => I was thirty-eight = age 38
my score is 62. It => 62 = 62
(42F) => 42F = age 42
a ratio of one to five => one to five = x 0.2
a ratio of 1:5 => 1:5 = x 0.2
a 5 to 1 ratio => 5 to 1 = x 5
a ratio of 1:15 => 1:15 = x 0.067
36 cents on the dollar => 36 cents on the dollar = share 0.36
a dose one fifth smaller => one fifth = share 0.2
more than twice the lowest => twice the lowest = x 2 ~over
the second half of the day => second = (ordinal)
on a scale of 30 to 120, 52 out of 120 => 30 to 120 = 30-120 ;; 52 = 52 ;; 120 = 120
1 (0.35)     -68% => 1 = 1 ;; 0.35 = 0.35 ;; 68% = 68%
"""
DOSES = """
20 mg (10 at 7, 5 at noon, 5 at 5) => 20 mg = 20 mg ;; 10 = 10 mg ;; 7 = 7 ;; 5 = 5 mg ;; noon = 12:00 ;; 5 = 5 mg ;; 5 = 5
25 mg (15 in the morning, 5 at noon and 5 in the evening) => 25 mg = 25 mg ;; 15 = 15 mg ;; 5 = 5 mg ;; noon = 12:00 ;; 5 = 5 mg
20 mg/d in 3 doses (10-5-5) => 20 mg/d = 20 mg/day ;; 3 = 3 ;; 10 = 10 mg ;; 5 = 5 mg ;; 5 = 5 mg
25 mg/d 5/6/24 (split: 10/7.5/5/2.5) => 25 mg/d = 25 mg/day ;; 5/6/24 = 2024-05-06 or 2024-06-05 ;; 10 = 10 mg ;; 7.5 = 7.5 mg ;; 5 = 5 mg ;; 2.5 = 2.5 mg
24 mg/day: cortisol 12.0 ug/dL at 07:00, 13.3 at 09:00, 6.5 at 17:00 => 24 mg/day = 24 mg/day ;; 12.0 ug/dL = 12.0 ug/dL ;; 07:00 = 07:00 ;; 13.3 = 13.3 ;; 09:00 = 09:00 ;; 6.5 = 6.5 ;; 17:00 = 17:00
my doses before (20, 25, 30 mg) => 20 = 20 mg ;; 25 = 25 mg ;; 30 mg = 30 mg
Oral: 20 -> 25 -> 30 mg/d => 20 = 20 mg/day ;; 25 = 25 mg/day ;; 30 mg/d = 30 mg/day
Tablets 20 > 25 > 30 mg/d => 20 = 20 mg/day ;; 25 = 25 mg/day ;; 30 mg/d = 30 mg/day
AddiQoL 75 -> 87 => 75 = 75 ;; 87 = 87
(1 pg) => 1 = 1
pressure of eighty-three over forty-seven => eighty-three = 83 mmHg ;; forty-seven = 47 mmHg
the pressure was 83 to 52 => 83 = 83 mmHg ;; 52 = 52 mmHg
her blood pressure was low. It was 83/47. => 83 = 83 mmHg ;; 47 = 47 mmHg
"""
MONEY = """
a $500 bill => $500 = 500 USD p0
it cost us $412.75 => $412.75 = 412.75 USD
paid 4,599.09 => 4,599.09 = 4599.09 USD
paid 412.37 for it => 412.37 = 412.37 USD
renin 412.37 => 412.37 = 412.37
12 981.91 => 12 981.91 = 12981.91 USD
billed 7 187,98 USD => 7 187,98 USD = 7187.98 USD
1,580 USD and USD1580 => 1,580 USD = 1580 USD p0 ;; USD1580 = 1580 USD p0
the plan paid 14,820 for it => 14,820 = 14820 USD p0
14,820 steps => 14,820 = 14820
580.60 + 529.00 = $1,109.60 => 580.60 = 580.60 USD ;; 529.00 = 529.00 USD ;; $1,109.60 = 1109.60 USD
totalled $1,14,507.58 => $1,14,507.58 = 114507.58 USD
Dollars one lakh five hundred and cents eight => Dollars one lakh five hundred and cents eight = 100500.08 USD
two thousand dollars and seventeen cents => two thousand dollars and seventeen cents = 2000.17 USD
"""


@pytest.mark.parametrize(
    ("text", "expected"), cases(DATES + CLOCKS + EXEMPT + QUANTITIES + DOSES + MONEY)
)
def test_what_other_writers_wrote_is_read_as_they_meant_it(text: str, expected: list[str]) -> None:
    """One line for each kind of expression that was once torn, merged or of a wrong type."""
    assert seen(text) == expected


def _rows(*lines: str, kind: str = "row", lead: str = "") -> list[str]:
    """What is found in the rows or points behind a line that leads in."""
    text = "\n".join([lead, *lines])
    blocks = [Block("paragraph", 0, len(lead))]
    at = len(lead) + 1
    for line in lines:
        blocks.append(Block("item" if kind == "item" else "row", at, at + len(line), table=1))
        at += len(line) + 1
    found = scan(letter(text, *blocks), Locale(dated=date(2026, 11, 20)))
    return [f"{each.text} = {said(each)}" for each in found]


def test_the_year_of_a_list_is_that_of_its_lead_in_or_of_the_row_above() -> None:
    """A log gives the year once."""
    assert _rows("12.02.   0.5", "26.03.   4", lead="2025")[1:] == [
        "12.02. = 2025-02-12?",
        "0.5 = 0.5",
        "26.03. = 2025-03-26?",
        "4 = 4",
    ]
    assert _rows(
        "* Feb 13th: ER", "* Dec 5th: ER", kind="item", lead="It began on May 1, 2024."
    ) == [
        "May 1, 2024 = 2024-05-01",
        "Feb 13th = 2024-02-13?",
        "Dec 5th = 2024-12-05?",
    ]
    assert _rows("04/26  Collapse", "12/02  Crisis", lead="2023")[1:] == [
        "04/26 = 2023-04-26?",
        "12/02 = 2023-12-02? or 2026-02-12",
    ]


def test_bare_cents_in_rows_are_money_where_the_lead_in_or_the_row_says_so() -> None:
    """No heading is needed for what two columns of cents are."""
    assert _rows("20.01.2026   557.60", lead="She billed for the sets:") == [
        "20.01.2026 = 2026-01-20",
        "557.60 = 557.60 USD",
    ]
    assert _rows("per day   277.76   98.13", lead="Care:") == [
        "277.76 = 277.76 USD",
        "98.13 = 98.13 USD",
    ]
    assert _rows("Stays   1.10   0.35", lead="Rates:") == ["1.10 = 1.10", "0.35 = 0.35"]


def test_a_column_of_numbers_of_rows_counts_nothing() -> None:
    """1, 2, 3 in front of the rows of a table."""
    assert _rows("1    Visit", "2    Stay of 4 nights", lead="No.  Fact") == [
        "1 = (list-number)",
        "2 = (list-number)",
        "4 nights = 4 night",
    ]


def test_a_column_of_blood_pressures_is_known_by_its_heading() -> None:
    """``82/44`` under ``BP``."""
    text = "82/44\t128"
    cells = Cell(0, 5, "BP"), Cell(6, 9, "Na")
    found = scan(letter(text, Block("row", 0, 9, cells, table=1)), US)
    assert [said(each) for each in found] == ["82 mmHg", "44 mmHg", "128"]


def test_points_within_a_sentence_are_numbered_whatever_the_first_one_begins() -> None:
    """``(1)`` at the head of the paragraph, ``(2)`` in its middle."""
    assert seen("(1) reversal; (2) a reviewer; (3) all 5 copies") == [
        "(1) = (list-number)",
        "(2) = (list-number)",
        "(3) = (list-number)",
        "5 = 5",
    ]
