"""Measures, ages, lengths of time, other numbers; expected values read by hand."""

import pytest

from tests.unit.checker.scan.reading import cases, seen

UNITS = """
2.1 ug/dL => 2.1 ug/dL = 2.1 ug/dL
2.1 µg/dL => 2.1 µg/dL = 2.1 ug/dL
2.1 μg/dl => 2.1 μg/dl = 2.1 ug/dL
2.1 mcg/dL => 2.1 mcg/dL = 2.1 ug/dL
2.1 micrograms per deciliter => 2.1 micrograms per deciliter = 2.1 ug/dL
58 nmol/L => 58 nmol/L = 58 nmol/L
58 nmol/l => 58 nmol/l = 58 nmol/L
58 nanomoles per litre => 58 nanomoles per litre = 58 nmol/L
128 mmol/L => 128 mmol/L = 128 mmol/L
128 mEq/L => 128 mEq/L = 128 mEq/L
48 mg/dL => 48 mg/dL = 48 mg/dL
7 pg/mL => 7 pg/mL = 7 pg/mL
renin 12.4 ng/mL/hr => 12.4 ng/mL/hr = 12.4 ng/mL/h
100 mg => 100 mg = 100 mg
100mg => 100mg = 100 mg
100-mg vial => 100-mg = 100 mg
20 mgs => 20 mgs = 20 mg
20 milligrams => 20 milligrams = 20 mg
20 mg/day => 20 mg/day = 20 mg/day
20 mg a day => 20 mg a day = 20 mg/day
20 mg per day => 20 mg per day = 20 mg/day
20 mg daily => 20 mg daily = 20 mg/day
20 mg/d => 20 mg/d = 20 mg/day
1.25 mg/h => 1.25 mg/h = 1.25 mg/h
1.25 mg per hour => 1.25 mg per hour = 1.25 mg/h
0.9 U/h => 0.9 U/h = 0.9 U/h
0.9 units per hour => 0.9 units per hour = 0.9 U/h
0.9 units/hr => 0.9 units/hr = 0.9 U/h
3 mL => 3 mL = 3 mL
5 ml => 5 ml = 5 mL
50 mg/mL => 50 mg/mL = 50 mg/mL
62 kg => 62 kg = 62 kg
140 lbs => 140 lbs = 140 lb
80/45 mmHg => 80 = 80 mmHg ;; 45 mmHg = 45 mmHg
blood pressure 80/45 => 80 = 80 mmHg ;; 45 = 45 mmHg
BP of 70 over 40 => 70 = 70 mmHg ;; 40 = 40 mmHg
101.2 °F => 101.2 °F = 101.2 degF
38.5°C => 38.5°C = 38.5 degC
130 bpm => 130 bpm = 130 bpm
5 ft 4 in => 5 ft 4 in = 64 in
170 cm => 170 cm = 170 cm
12 mg/m²/day => 12 mg/m²/day = 12 mg/m2/day
<1.0 ug/dL => <1.0 ug/dL = <1.0 ug/dL ~under
< 1.0 ug/dL => < 1.0 ug/dL = <1.0 ug/dL ~under
less than 1.0 ug/dL => 1.0 ug/dL = <1.0 ug/dL ~under
10-20 mg => 10-20 mg = 10-20 mg
10 to 20 mg => 10 to 20 mg = 10-20 mg
between 10 and 20 mg => 10 and 20 mg = 10-20 mg
zero point one milligram => zero point one milligram = 0.1 mg
fourteen point two micrograms per deciliter => fourteen point two micrograms per deciliter = 14.2 ug/dL
368 nmol/L, roughly 13 in ug/dL => 368 nmol/L = 368 nmol/L ;; 13 in ug/dL = 13 ug/dL ~about
raised from 10 to 20 mg => 10 = 10 mg ;; 20 mg = 20 mg
from 10 mg to 20 mg => 10 mg = 10 mg ;; 20 mg = 20 mg
6 to 25 ug/dL => 6 to 25 ug/dL = 6-25 ug/dL
10/5/5 mg => 10 = 10 mg ;; 5 = 5 mg ;; 5 mg = 5 mg
10 + 5 + 5 mg => 10 = 10 mg ;; 5 = 5 mg ;; 5 mg = 5 mg
10-5-5 mg => 10 = 10 mg ;; 5 = 5 mg ;; 5 mg = 5 mg
10, 5 and 5 mg => 10 = 10 mg ;; 5 = 5 mg ;; 5 mg = 5 mg
20/10/10 mg => 20 = 20 mg ;; 10 = 10 mg ;; 10 mg = 10 mg
twenty milligrams => twenty milligrams = 20 mg
a hundred milligrams => a hundred milligrams = 100 mg
half a milligram => half a milligram = 0.5 mg
2.5\\nmg => 2.5\\nmg = 2.5 mg
2,5 mg => 2,5 mg = 2.5 mg
about 30 mg => 30 mg = 30 mg ~about
5 mg three times a day => 5 mg = 5 mg ;; three times = 3 w times
on March 3, 2025, 100 mg was given => March 3, 2025 = 2025-03-03 ;; 100 mg = 100 mg
fever of 102.4 F => 102.4 F = 102.4 degF
Na 121, K 6.1 => 121 = 121 ;; 6.1 = 6.1
"""
AGES = """
I am 41 years old => 41 years old = age 41
aged 41 => aged 41 = age 41
a 41-year-old woman => 41-year-old = age 41
a 41 year old woman => 41 year old = age 41
41 y/o female => 41 y/o = age 41
41yo => 41yo = age 41
I turned 40 => turned 40 = age 40
forty-one years old => forty-one years old = age 41
I'm 41 and tired => I'm 41 = age 41
since I was 19 => since I was 19 = age 19
41F with PAI => 41F = age 41
in my forties =>
in my 40s => 40s = (age)
adults aged 18 and over => aged 18 = (age)
"""
DURATIONS = """
a four-day stay => four-day = 4 day adj
a 4 day stay => 4 day = 4 day adj
three nights => three nights = 3 night
18 months => 18 months = 18 month
for a week => a week = 1 week
two and a half years => two and a half years = 2.5 year
for a year and a half => a year and a half = 1.5 year
for half a day => half a day = 0.5 day
48 hours => 48 hours = 48 hour
48-hour => 48-hour = 48 hour adj
two weeks' notice => two weeks = 2 week
for a fortnight => a fortnight = 2 week
nearly three weeks => three weeks = 3 week ~under
3-4 days => 3 = 3 day ;; 4 days = 4 day
two or three weeks => two = 2 week ;; three weeks = 3 week
three times a week => three times = 3 w times
two full weeks => two full weeks = 2 week
You have 180 days to appeal. => 180 days = (procedure)
Please respond within 30 days. => 30 days = (procedure)
within 60 days of receipt of this letter => 60 days = (procedure)
I was in the hospital for 4 days. => 4 days = 4 day
the plan must decide within 72 hours => 72 hours = (procedure)
the decision took 45 days => 45 days = 45 day
missed 5 or 6 working days => 5 = 5 day ;; 6 working days = 6 day
ICU x2 nights => 2 nights = 2 night
24-h infusion => 24-h = 24 hour adj
60 hrs => 60 hrs = 60 hour
5 h/night => 5 h = 5 hour
45 min => 45 min = 45 minute
One day, I will sleep =>
over 6 months => 6 months = 6 month ~over
"""
NUMBERS = """
from 26 to 3 and a half => 26 = 26 ;; 3 and a half = 3.5
seven point two one => seven point two one = 7.21 w
two point oh five => two point oh five = 2.05 w
at one point two doctors left => two = 2 w
Potassium 6,1, sodium 124 => 6,1 = 6.1 ;; 124 = 124
we calculate with 186,50 => 186,50 = 186.50
see 1,2 and 3 => 1 = 1 ;; 2 = 2 ;; 3 = 3
Exhibits: 1 notice; 2 bills; 3 notes => 1 = (listed) ;; 2 = (listed) ;; 3 = (listed)
Attachments\\n\\n0 form, 1 notice, 2 notes => 0 = (listed) ;; 1 = (listed) ;; 2 = (listed)
Attached: 4 bills; 7 notes => 4 = 4 ;; 7 = 7
five admissions => five = 5 w
twenty-one visits => twenty-one = 21 w
a dozen => a dozen = 12 w
half a dozen => half a dozen = 6 w
one hundred and four => one hundred and four = 104 w
zero admissions => zero = 0 w
no admissions =>
both stays => both = 2 w soft
a couple of stays => a couple of = 2 w soft
several stays =>
one admission => one = 1 w soft
twice => twice = 2 w times
three times => three times = 3 w times
once in May 2025 => once = 1 w times soft ;; May 2025 = 2025-05
once the pump is approved =>
3-4 admissions => 3-4 = 3-4
two or three admissions => two or three = 2-3 w
between three and five stays => three and five = 3-5 w
from 62 to 41 => 62 = 62 ;; 41 = 41
no one asked; one of them; this one; one cannot; one another =>
wait a second =>
my third admission => third = (ordinal)
the 2nd stay => 2nd = (ordinal)
first-level appeal => first = (ordinal)
more than 5 stays => 5 = 5 ~over
at least five stays => five = 5 w ~over
5 or more stays => 5 = 5 ~over
fewer than ten => ten = 10 w ~under
as many as 12 => 12 = 12 ~under
roughly a dozen visits => a dozen = 12 w ~about
12,400 people => 12,400 = 12400
scored 62 of 100 => 62 = 62 ;; 100 = 100
T-score of -2.7 => -2.7 = -2.7
Enclosures: 5 => 5 = 5
three ER visits and two three-day stays => three = 3 w ;; two = 2 w ;; three-day = 3 day adj
5 of my 7 admissions => 5 = 5 ;; 7 = 7
10-5-5 => 10 = 10 ;; 5 = 5 ;; 5 = 5
a value <28 => 28 = 28 ~under
rose 23 points (58 to 81) => 23 = 23 ;; 58 = 58 ;; 81 = 81
fell from 12 to 40 => 12 = 12 ;; 40 = 40
pain 8/10 => 8 = 8 ;; 10 = 10
1/2 tablet => 1/2 = 0.5
"""


@pytest.mark.parametrize(("text", "expected"), cases(UNITS + AGES + DURATIONS + NUMBERS))
def test_a_quantity_is_read_as_a_person_reads_it(text: str, expected: list[str]) -> None:
    """Value, unit, period and how it was written."""
    assert seen(text) == expected
