"""Dates as people write them; the expected days were read by hand from the words."""

from datetime import date

import pytest

from cortipump.checker.letter import Block, Cell
from cortipump.checker.scan.scan import Locale, scan
from tests.unit.checker.scan.reading import DATED, US, cases, letter, said, seen

DAYS = """
seen on 3 Nov 2024 there => 3 Nov 2024 = 2024-11-03
on Nov. 3rd, 2024, I => Nov. 3rd, 2024 = 2024-11-03
November 3, 2024 => November 3, 2024 = 2024-11-03
November 3 2024 => November 3 2024 = 2024-11-03
on the 3rd of November 2024 => the 3rd of November 2024 = 2024-11-03
3rd November, 2024 => 3rd November, 2024 = 2024-11-03
(11/03/2024) => 11/03/2024 = 2024-11-03 or 2024-03-11
on 11/3/24. => 11/3/24 = 2024-11-03 or 2024-03-11
11-03-2024 => 11-03-2024 = 2024-11-03 or 2024-03-11
03.11.2024 => 03.11.2024 = 2024-11-03 or 2024-03-11
11/25/2024 => 11/25/2024 = 2024-11-25
25/11/2024 => 25/11/2024 = 2024-11-25
12/12/2024 => 12/12/2024 = 2024-12-12
2024-11-03 => 2024-11-03 = 2024-11-03
2024/11/03 => 2024/11/03 = 2024-11-03
Tuesday, March 3, 2026 => Tuesday, March 3, 2026 = 2026-03-03
on Tue. 3 March 2026 => Tue. 3 March 2026 = 2026-03-03
denied February 30, 2025 => February 30, 2025 = impossible
on 11/31/2024 => 11/31/2024 = impossible
on 2025-02-29 => 2025-02-29 = impossible
Febuary 3, 2025 => Febuary 3, 2025 = 2025-02-03
on Septmber 9 2025 => Septmber 9 2025 = 2025-09-09
3 Ocotber 2025 => 3 Ocotber 2025 = 2025-10-03
the third of November 2024 => the third of November 2024 = 2024-11-03
November third, twenty twenty-four => November third, twenty twenty-four = 2024-11-03
November third, 2024 => November third, 2024 = 2024-11-03
the twenty-third of May 2025 => the twenty-third of May 2025 = 2025-05-23
NOVEMBER 3, 2024 => NOVEMBER 3, 2024 = 2024-11-03
november 3, 2024 => november 3, 2024 = 2024-11-03
on march 3 2025 i was => march 3 2025 = 2025-03-03
I was admitted on March\\n3, 2025 => March\\n3, 2025 = 2025-03-03
on March 3,\\n2025 => March 3,\\n2025 = 2025-03-03
on 3~_March~_2025 => 3~_March~_2025 = 2025-03-03
DOB: 03/11/1984 => 03/11/1984 = 1984-03-11 or 1984-11-03
3-Nov-2024 => 3-Nov-2024 = 2024-11-03
03-NOV-24 => 03-NOV-24 = 2024-11-03
was 18 NOV 25 at the ED => 18 NOV 25 = 2025-11-18
started 5 JAN 26 after training => 5 JAN 26 = 2026-01-05
Nov.3,2024 => Nov.3,2024 = 2024-11-03
on May 5, 2025 => May 5, 2025 = 2025-05-05
may 5, 2025 => may 5, 2025 = 2025-05-05
Sept. 9, 2025 => Sept. 9, 2025 = 2025-09-09
the March 3, 2025 denial => March 3, 2025 = 2025-03-03
(DOS 03/03/2025-03/06/2025) => 03/03/2025-03/06/2025 = 2025-03-03..2025-03-06
"""
MONTHS = """
since March 2025 => March 2025 = 2025-03
03/2025 => 03/2025 = 2025-03
Mar '25 => Mar '25 = 2025-03
in Sept. 2025 => Sept. 2025 = 2025-09
November of 2024 => November of 2024 = 2024-11
march, 2025 => march, 2025 = 2025-03
in 2025 => 2025 = 2025
since 2019 I => 2019 = 2019
during 2024, => 2024 = 2024
In early March 2025 => early March 2025 = 2025-03
mid-March 2025 => mid-March 2025 = 2025-03
late 2024 => late 2024 = 2024
the end of March 2025 => the end of March 2025 = 2025-03
March, April and May 2025 => March = 2025-03 ;; April = 2025-04 ;; May 2025 = 2025-05
in '23 I => '23 = 2023
than 2019's total => 2019 = 2019
CY2024 => 2024 = 2024
my 2024 admissions => 2024 = 2024
2024 was the worst => 2024 = 2024
back in March I => March = 2026-03?
in November => November = 2025-11?
since nov 17 last yr, => nov 17 = 2025-11-17?
in may I was => may = 2025-05?
May I add that you may call =>
the MAR pages for =>
in June of twenty twenty-three => June of twenty twenty-three = 2023-06
the march of time and an august body =>
Dr. April May and June Smith =>
"""
YEARLESS = """
On Nov 3 I => Nov 3 = 2025-11-03?
on November 3rd => November 3rd = 2025-11-03?
the 3rd of March => the 3rd of March = 2026-03-03?
on 3 March => 3 March = 2026-03-03?
on April 2 => April 2 = 2025-04-02?
I fell on February 29. => February 29 = 2024-02-29?
On January 5, 2024 I fell. On March 3 I rose. => January 5, 2024 = 2024-01-05 ;; March 3 = 2024-03-03?
On March 3 I fell and on June 5, 2024 I rose. => March 3 = 2024-03-03? ;; June 5, 2024 = 2024-06-05
admitted December 30, 2024 and home January 2 => December 30, 2024 = 2024-12-30 ;; January 2 = 2025-01-02?
In March 5 admissions followed => March = 2026-03? ;; 5 = 5
In May 3 mg => May = 2025-05? ;; 3 mg = 3 mg
On March 3 and 5 days later => March 3 = 2026-03-03? ;; 5 days = 5 day
Wed 2/18 to Fri 2/20 => Wed 2/18 to Fri 2/20 = 2026-02-18..2026-02-20
by Friday 13 March => Friday 13 March = 2026-03-13?
Seen 1/9, 1/23 and 2/6. => 1/9 = 2026-01-09? or 2025-09-01 ;; 1/23 = 2026-01-23? ;; 2/6 = 2026-02-06? or 2025-06-02
seen on 3/11 by => 3/11 = 2026-03-11? or 2025-11-03
"""
SPANS = """
March 3–6, 2025 => March 3–6, 2025 = 2025-03-03..2025-03-06
March 3-6, 2025 => March 3-6, 2025 = 2025-03-03..2025-03-06
March 3 to March 6, 2025 => March 3 to March 6, 2025 = 2025-03-03..2025-03-06
March 3 through 6, 2025 => March 3 through 6, 2025 = 2025-03-03..2025-03-06
from 3 March to 6 April 2025 => from 3 March to 6 April 2025 = 2025-03-03..2025-04-06
3-6 March 2025 => 3-6 March 2025 = 2025-03-03..2025-03-06
3rd to 6th of March 2025 => 3rd to 6th of March 2025 = 2025-03-03..2025-03-06
between June and August 2025 => between June and August 2025 = 2025-06-01..2025-08-31
June–August 2025 => June–August 2025 = 2025-06-01..2025-08-31
from 2024-2025 => from 2024-2025 = 2024-01-01..2025-12-31
03/03/2025 - 03/06/2025 => 03/03/2025 - 03/06/2025 = 2025-03-03..2025-03-06
2025-03-03 to 2025-03-06 => 2025-03-03 to 2025-03-06 = 2025-03-03..2025-03-06
from November 2024 through January 2025 => from November 2024 through January 2025 = 2024-11-01..2025-01-31
3/2-3/6/2025 => 3/2-3/6/2025 = 2025-03-02..2025-03-06
10/30/25–11/2/25 => 10/30/25–11/2/25 = 2025-10-30..2025-11-02
from the 24th to the 29th of August 2025 => from the 24th to the 29th of August 2025 = 2025-08-24..2025-08-29
from 4. to 9. February 2025 => from 4. to 9. February 2025 = 2025-02-04..2025-02-09
from 3/10 to 7/10 => 3 = 3 ;; 10 = 10 ;; 7 = 7 ;; 10 = 10
from December 30 to January 2, 2025 => from December 30 to January 2, 2025 = 2024-12-30..2025-01-02
December 30, 2024 to January 2 => December 30, 2024 to January 2 = 2024-12-30..2025-01-02
between 2019 and 2023 => between 2019 and 2023 = 2019-01-01..2023-12-31
from 2019 to 2023 => from 2019 to 2023 = 2019-01-01..2023-12-31
from Nov 3, 2024 until Nov 6, 2024 => from Nov 3, 2024 until Nov 6, 2024 = 2024-11-03..2024-11-06
March 3—6, 2025 => March 3—6, 2025 = 2025-03-03..2025-03-06
"""
LISTS = """
on March 3, 5 and 9, 2025 => March 3 = 2025-03-03 ;; 5 = 2025-03-05 ;; 9, 2025 = 2025-03-09
March 3 and 9, 2025 => March 3 = 2025-03-03 ;; 9, 2025 = 2025-03-09
March 3 and April 9, 2025 => March 3 = 2025-03-03 ;; April 9, 2025 = 2025-04-09
in 2023, 2024 and 2025 => 2023 = 2023 ;; 2024 = 2024 ;; 2025 = 2025
3, 5 and 9 March 2025 => 3 = 2025-03-03 ;; 5 = 2025-03-05 ;; 9 March 2025 = 2025-03-09
in March and in June 2025 => March = 2025-03 ;; June 2025 = 2025-06
March 3-6 and 9-12, 2025 => March 3-6 = 2025-03-03..2025-03-06 ;; 9-12, 2025 = 2025-03-09..2025-03-12
in November, December and January 2025 => November = 2024-11 ;; December = 2024-12 ;; January 2025 = 2025-01
"""
VAGUE = """
last November => last November = vague 2025-11-01..2025-11-30
last November 3rd, 2024 => November 3rd, 2024 = 2024-11-03
last year => last year = vague 2025-01-01..2025-12-31
last week I => last week = vague 2026-03-23..2026-03-29
I recently fell => recently = vague
a few months ago => a few months ago = vague
in recent months => in recent months = vague
several weeks ago => several weeks ago = vague
the other day => the other day = vague
some time ago => some time ago = vague
this spring => this spring = vague 2026-03-01..2026-05-31
around Christmas => around Christmas = vague 2025-12-15..2026-01-04
over the past year => over the past year = vague 2025-03-31..2026-03-31
in the past 12 months => in the past 12 months = vague 2025-03-31..2026-03-31
the last six months => the last six months = vague 2025-09-30..2026-03-31
two days ago => two days ago = vague 2026-03-29..2026-03-29
yesterday => yesterday = vague 2026-03-30..2026-03-30
today => today = vague 2026-03-31..2026-03-31
Q1 2025 => Q1 2025 = vague 2025-01-01..2025-03-31
the first quarter of 2025 => the first quarter of 2025 = vague 2025-01-01..2025-03-31
the second half of 2025 => the second half of 2025 = vague 2025-07-01..2025-12-31
in spring of 2025 => spring of 2025 = vague 2025-03-01..2025-05-31
summer 2025 => summer 2025 = vague 2025-06-01..2025-08-31
for years I =>
in the fall I fell => in the fall = vague 2025-09-01..2025-11-30
after the fall she broke =>
in the 1990s => in the 1990s = vague 1990-01-01..1999-12-31
the 12 months before the pump => 12 months = 12 month
the last two weeks of March 2025 => two weeks = 2 week ;; March 2025 = 2025-03
three weeks later => three weeks = 3 week
over the last several years => over the last several years = vague
earlier this month => earlier this month = vague 2026-03-01..2026-03-31
the first quarter of this year => the first quarter of this year = vague 2026-01-01..2026-03-31
Easter Sunday 2025 => Easter Sunday 2025 = vague 2025-03-01..2025-04-30
2 yrs ago => 2 yrs ago = vague 2023-09-30..2024-09-30
My last day out =>
Thanksgiving 2024 => Thanksgiving 2024 = vague 2024-11-01..2024-11-30
"""


@pytest.mark.parametrize(
    ("text", "expected"), cases(DAYS + MONTHS + YEARLESS + SPANS + LISTS + VAGUE)
)
def test_a_date_is_read_as_a_person_reads_it(text: str, expected: list[str]) -> None:
    """One mention a date, with the days that it can mean."""
    assert seen(text) == expected


BRITISH = """
11/03/2024 => 11/03/2024 = 2024-03-11 or 2024-11-03
03/25/2025 => 03/25/2025 = 2025-03-25
on 3/3/25 => 3/3/25 = 2025-03-03
03/03/2025 – 06/03/2025 => 03/03/2025 – 06/03/2025 = 2025-03-03..2025-03-06
"""


@pytest.mark.parametrize(("text", "expected"), cases(BRITISH))
def test_the_order_of_day_and_month_is_the_letters_own(text: str, expected: list[str]) -> None:
    """Where the day comes first, it is read first, unless only the other order is possible."""
    assert seen(text, Locale(dated=DATED, day_first=True)) == expected


def test_a_year_is_taken_from_the_same_paragraph_only() -> None:
    """The year of another paragraph says nothing about this one."""
    text = "I fell on May 5, 2023.\n\nOn March 3 I rose."
    assert seen(text) == ["May 5, 2023 = 2023-05-05", "March 3 = 2026-03-03?"]


def test_a_day_without_a_year_in_a_column_of_dates_is_a_date() -> None:
    """The heading says that ``3/4`` is no fraction; the caption gives its year."""
    text = "3/4\t3/4 tablet"
    cells = Cell(0, 3, "Admitted"), Cell(4, len(text), "Dose")
    block = Block("row", 0, len(text), cells, caption="Stays of 2025", table=1)
    found = [f"{each.text} = {said(each)}" for each in scan(letter(text, block), US)]
    assert found == ["3/4 = 2025-03-04? or 2025-04-03", "3/4 = 0.75"]


def test_a_vague_date_follows_the_letters_date() -> None:
    """``last March`` in a letter of May 2024 is March of 2024."""
    locale = Locale(dated=date(2024, 5, 1))
    assert seen("last March", locale) == ["last March = vague 2024-03-01..2024-03-31"]
