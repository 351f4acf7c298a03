"""Money, percentages, ratios and times of day; expected values read by hand."""

import pytest

from cortipump.checker.letter import Block, Cell
from cortipump.checker.scan.scan import Locale, scan
from tests.unit.checker.scan.reading import DATED, US, cases, letter, said, seen

MONEY = """
cost $1,580.00. => $1,580.00 = 1580.00 USD
$ 1580 => $ 1580 = 1580 USD p0
US$1,580 => US$1,580 = 1580 USD p0
USD 1,580.00 => USD 1,580.00 = 1580.00 USD
1,580 dollars => 1,580 dollars = 1580 USD p0
1580.00 USD => 1580.00 USD = 1580.00 USD
about $1.5k => $1.5k = 1500 USD p-2 ~about
$12k => $12k = 12000 USD p-3
$12 thousand => $12 thousand = 12000 USD p-3
$1.2 million => $1.2 million = 1200000 USD p-5
£6,000 => £6,000 = 6000 GBP p0
€250 => €250 = 250 EUR p0
250 euros => 250 euros = 250 EUR p0
A$99.50 => A$99.50 = 99.50 AUD
CA$99.50 => CA$99.50 = 99.50 CAD
CHF 1'580.00 => CHF 1'580.00 = 1580.00 CHF
one thousand five hundred and eighty dollars => one thousand five hundred and eighty dollars = 1580 USD p0
fifteen hundred dollars => fifteen hundred dollars = 1500 USD p-2
twelve dollars and fifty cents => twelve dollars and fifty cents = 12.5 USD
a hundred dollars => a hundred dollars = 100 USD p-2
twelve thousand dollars => twelve thousand dollars = 12000 USD p-3
50 cents => 50 cents = 0.5 USD
$1,000 to $2,000 => $1,000 = 1000 USD p0 ;; $2,000 = 2000 USD p0
$1,000–$2,000 => $1,000 = 1000 USD p0 ;; $2,000 = 2000 USD p0
$1,000–2,000 => $1,000 = 1000 USD p0 ;; 2,000 = 2000 USD p0
1,000 to 2,000 dollars => 1,000 = 1000 USD p0 ;; 2,000 dollars = 2000 USD p0
$7,200 - $7,900 => $7,200 = 7200 USD p0 ;; $7,900 = 7900 USD p0
3.850 € => 3.850 € = 3850 EUR p0
we owe $9,529.88 or 6.4 percent => $9,529.88 = 9529.88 USD ;; 6.4 percent = 6.4%
nearly $5,000 => $5,000 = 5000 USD p0 ~under
more than $5,000 => $5,000 = 5000 USD p0 ~over
well over $5,000 => $5,000 = 5000 USD p0 ~over
just under $5,000 => $5,000 = 5000 USD p0 ~under
~$5,000 => $5,000 = 5000 USD p0 ~about
up to $5,000 => $5,000 = 5000 USD p0 ~under
approximately\\n$5,000 => $5,000 = 5000 USD p0 ~about
an $80 copay => $80 = 80 USD p0
$1580,00 => $1580,00 = 1580.00 USD
paid $412.37 on 3/3/2025 => $412.37 = 412.37 USD ;; 3/3/2025 = 2025-03-03
$1,580.00/month => $1,580.00 = 1580.00 USD
a credit of -$50.00 => -$50.00 = -50.00 USD
Lost $3,000 in wages => $3,000 = 3000 USD p0
billed at $18,204.00, allowed $9,102 => $18,204.00 = 18204.00 USD ;; $9,102 = 9102 USD p0
over 40 thousand dollars => 40 thousand dollars = 40000 USD p-3 ~over
2,5 million dollars => 2,5 million dollars = 2500000 USD p-5
"""
SHARES = """
80 % => 80 % = 80%
80% => 80% = 80%
80 percent => 80 percent = 80%
eighty per cent => eighty per cent = 80%
10–20% => 10 = 10% ;; 20% = 20%
10% to 20% => 10% = 10% ;; 20% = 20%
nearly 60% => 60% = 60% ~under
12.5% => 12.5% = 12.5%
twice as many => twice as many = x 2
three times as many => three times as many = x 3
threefold => threefold = x 3
5-fold => 5-fold = x 5
doubled => doubled = x 2
tripled => tripled = x 3
halved => halved = x 0.5
cut in half => cut in half = x 0.5
by half => by half = share 0.5
fell by two thirds => by two thirds = share 0.667
a quarter of => a quarter = share 0.25
half of the nights => half = share 0.5
one in four => one in four = share 0.25
half as many => half as many = x 0.5
1/3 of my days => 1/3 = share 0.333
a 1-in-10,000 disease => 1-in-10,000 = share 0
1 in 4 => 1 in 4 = share 0.25
more than doubled => doubled = x 2 ~over
twice a day => twice = 2 w times
"""
CLOCKS = """
0946 injection, 0955 call, 1041 arrived, 1250 miles => 0946 = 09:46 ;; 0955 = 09:55 ;; 1041 = 10:41 ;; 1250 miles = 1250 mi
1041 arrived => 1041 = 1041
2025-01-10T05:38 gave it => 2025-01-10 = 2025-01-10 ;; 05:38 = 05:38
at 3:40 am => 3:40 am = 03:40
3.40 a.m. => 3.40 a.m. = 03:40
at 15:40 => 15:40 = 15:40
15h40 => 15h40 = 15:40
at 8 am => 8 am = 08:00
8am. => 8am = 08:00
8 AM cortisol => 8 AM = 08:00
8 o'clock => 8 o'clock = 08:00
at noon => noon = 12:00
midnight => midnight = 00:00
half past three => half past three = 03:30
0740 hrs => 0740 hrs = 07:40
around 4 a.m. => 4 a.m. = 04:00 ~about
at 12:05 am => 12:05 am = 00:05
at 12:05 p.m. => 12:05 p.m. = 12:05
between 2 and 3 a.m. => 2 = 02:00 ;; 3 a.m. = 03:00
8-10 am => 8 = 08:00 ;; 10 am = 10:00
three in the morning => three in the morning = 03:00
quarter to four => quarter to four = 03:45
in the afternoon =>
ran at 14.00. => 14.00 = 14:00
at 12.50 mg => 12.50 mg = 12.50 mg
2 or 3 in the morning => 2 = 02:00 ;; 3 in the morning = 03:00
ten past three => ten past three = 03:10
from 11 to 1 pm => 11 = 11:00 ;; 1 pm = 13:00
"""


@pytest.mark.parametrize(("text", "expected"), cases(MONEY + SHARES + CLOCKS))
def test_an_amount_is_read_as_a_person_reads_it(text: str, expected: list[str]) -> None:
    """Amount, currency and how exact it is; shares and clock times beside it."""
    assert seen(text) == expected


COMMA = """
EUR 1.580,00 => EUR 1.580,00 = 1580.00 EUR
1.580,50 € => 1.580,50 € = 1580.50 EUR
€ 1.580 => € 1.580 = 1580 EUR p0
2,1 ug/dL => 2,1 ug/dL = 2.1 ug/dL
1 580,00 EUR => 1 580,00 EUR = 1580.00 EUR
1~_580,00 EUR => 1~_580,00 EUR = 1580.00 EUR
einen Wert von 3,5 => 3,5 = 3.5
"""


@pytest.mark.parametrize(("text", "expected"), cases(COMMA))
def test_a_decimal_comma_is_read_where_it_is_used(text: str, expected: list[str]) -> None:
    """Full stops group thousands there."""
    assert seen(text, Locale(dated=DATED, currency="EUR", decimal_comma=True)) == expected


def test_pounds_are_money_in_britain_and_a_weight_elsewhere() -> None:
    """Unless the sentence speaks of weight."""
    british = Locale(dated=DATED, currency="GBP", day_first=True)
    assert seen("it cost 200 pounds", british) == ["200 pounds = 200 GBP p0"]
    assert seen("I lost 20 pounds", british) == ["20 pounds = 20 lb"]
    assert seen("it was 200 pounds") == ["200 pounds = 200 lb"]


def test_a_bare_figure_in_a_column_of_money_is_money() -> None:
    """The heading says what the cell does not; a column of days stays a number."""
    text = "5\t1,580.00\t(20.00)"
    cells = (Cell(0, 1, "Days"), Cell(2, 10, "Billed"), Cell(11, 18, "Paid ($)"))
    block = Block("row", 0, len(text), cells, table=1)
    found = [f"{each.text} = {said(each)}" for each in scan(letter(text, block), US)]
    assert found == ["5 = 5", "1,580.00 = 1580.00 USD", "(20.00) = -20.00 USD"]
