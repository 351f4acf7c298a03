"""Figures that claim nothing; what they are was read by hand."""

import pytest

from cortipump.checker.letter import Block
from cortipump.checker.scan.scan import scan
from tests.unit.checker.scan.reading import US, cases, letter, said, seen

EXEMPT = """
Phone: (555) 123-4567 => (555) 123-4567 = (phone)
Tel. +44 20 7946 0018 => +44 20 7946 0018 = (phone)
Fax 555-123-4567 => 555-123-4567 = (fax)
call 1-800-555-0199 => 1-800-555-0199 = (phone)
555.123.4567 => 555.123.4567 = (phone)
call HR at ext. 4410 => ext. 4410 = (phone)
Ref: HX/2291/26 => HX/2291/26 = (identifier)
Ex. C at 14–16; ¶ 7 => Ex. C at 14–16 = (reference) ;; ¶ 7 = (reference)
Mon-Fri 9-5 => Mon-Fri 9-5 = (reference)
call 911 => 911 = (phone)
My husband called 911 twice => 911 = (phone) ;; twice = 2 w times
jane.doe84@example.com => jane.doe84@example.com = (email)
see https://example.org/a/2024/33 => https://example.org/a/2024/33 = (web)
Member ID: W123456789 => W123456789 = (identifier)
Group #: 0071234 => 0071234 = (identifier)
Claim No. 20250311 => 20250311 = (identifier)
claim number 4471-B => 4471-B = (identifier)
Policy number: 88 12 345 => 88 12 345 = (identifier)
Reference #A-1234 => A-1234 = (identifier)
MRN 00482913 => 00482913 = (identifier)
NPI 1234567893 => 1234567893 = (identifier)
Case ID 5512 => 5512 = (identifier)
Claim: EB-2025-00417 => EB-2025-00417 = (identifier)
12 Elm Street, Springfield, IL 62704 => 12 Elm Street = (address) ;; IL 62704 = (address)
P.O. Box 1234 => P.O. Box 1234 = (address)
Suite 400 => Suite 400 = (address)
29 CFR 2560.503-1(h)(3) => 29 CFR 2560.503-1(h)(3) = (citation)
45 C.F.R. § 147.136 => 45 C.F.R. § 147.136 = (citation)
42 U.S.C. 300gg-19 => 42 U.S.C. 300gg-19 = (citation)
section 3.2 of the policy => section 3.2 = (reference)
ERISA § 502(a) => § 502(a) = (citation)
NG243 => NG243 = (identifier)
policy MP-0417 => MP-0417 = (identifier)
J Clin Endocrinol Metab 2014;99:4149 => 2014;99:4149 = (citation)
J Clin Endocrinol Metab. 2014;99(11):4149-4157 => 2014;99(11):4149-4157 = (citation)
doi:10.1210/jc.2014-1433 => doi:10.1210/jc.2014-1433 = (citation)
Oksnes et al. 2014 => 2014 = (citation)
Oksnes et al. (2014) found => 2014 = (citation)
(Oksnes, 2014) => 2014 = (citation)
PMID 24606093 => PMID 24606093 = (citation)
Exhibit 3 => Exhibit 3 = (reference)
[Ex. 2, 3] => Ex. 2, 3 = (reference)
(Ex. 2; p. 4) => Ex. 2; p. 4 = (reference)
see pages 3 and 4 => pages 3 and 4 = (reference)
p. 12 => p. 12 = (reference)
Criterion 2 => Criterion 2 = (reference)
Table 1 shows => Table 1 = (reference)
Page 3 of 12 => Page 3 of 12 = (reference)
Form CMS-20027 => Form CMS-20027 = (form)
E27.1 => E27.1 = (code)
(ICD-10 E27.40) => ICD-10 = (code) ;; E27.40 = (code)
HCPCS E0784 and A4230 => HCPCS E0784 and A4230 = (code)
CPT 99285 => CPT 99285 = (code)
MiniMed 780G => MiniMed 780G = (product)
t:slim X2 => t:slim X2 = (product)
Omnipod 5 => Omnipod 5 = (product)
Dexcom G6 => Dexcom G6 = (product)
U-100 syringes => U-100 = (product)
SF-36 score 45 => SF-36 = (product) ;; 45 = 45
AddiQoL-30 score of 62 => AddiQoL-30 = (product) ;; 62 = 62
17-OHP => 17-OHP = (product)
17-hydroxyprogesterone => 17-hydroxyprogesterone = (product)
21-hydroxylase deficiency => 21-hydroxylase = (product)
vitamin D3 => vitamin D3 = (product)
HbA1c => HbA1c = (product)
Covid-19 => Covid-19 = (product)
a 24-hour urine cortisol => 24-hour urine cortisol = (product)
24/7 => 24/7 = (product)
type 2 diabetes => type 2 = (product)
"""
NOT_EXEMPT = """
In Exhibit 3, 5 admissions are listed => Exhibit 3 = (reference) ;; 5 = 5
I filed claim after claim for 5 months => 5 months = 5 month
my case took 5 months => 5 months = 5 month
the plan paid $412 => $412 = 412 USD p0
Krankenkasse paid 80 % => 80 % = 80%
in hospital: from 4 to 6 => 4 = 4 ;; 6 = 6
the bill was 14820 => 14820 = 14820
a value 12.5 => 12.5 = 12.5
denial 3 of 5 => 3 = 3 ;; 5 = 5
rev. 11/2025 => 11/2025 = 2025-11
in bed 4 days => 4 days = 4 day
I called 3 times => 3 times = 3 times
he wrote "41" => 41 = 41
part of 5 stays => 5 = 5
cortisol level 2.1 ug/dL => 2.1 ug/dL = 2.1 ug/dL
the patient 41 years old => 41 years old = age 41
the claim dated 03/25/2025 => 03/25/2025 = 2025-03-25
Claim of 03/25/2025 => 03/25/2025 = 2025-03-25
"""


@pytest.mark.parametrize(("text", "expected"), cases(EXEMPT))
def test_what_names_something_claims_nothing(text: str, expected: list[str]) -> None:
    """Numbers to call, of claims, of pages, of codes and products."""
    assert seen(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(NOT_EXEMPT))
def test_a_claim_beside_such_words_stays_a_claim(text: str, expected: list[str]) -> None:
    """The same words in front of what counts or dates something."""
    assert seen(text) == expected


def test_points_of_a_list_are_numbered_and_wrapped_lines_are_not() -> None:
    """A figure that begins a line by chance is part of its sentence."""
    text = "1. I had five stays.\n2. I paid.\n3) On March 3, 2025 I saw\n12 doctors."
    assert seen(text) == [
        "1. = (list-number)",
        "five = 5 w",
        "2. = (list-number)",
        "3) = (list-number)",
        "March 3, 2025 = 2025-03-03",
        "12 = 12",
    ]


def test_what_others_said_is_exempt_and_a_quoted_figure_is_not() -> None:
    """More than three words in quotation marks are somebody else's."""
    assert seen("They wrote: \u201cwe received 5 pages on March 3, 2025\u201d but 4.") == [
        "5 = (quotation)",
        "March 3, 2025 = (quotation)",
        "4 = 4",
    ]
    assert seen('He said "you have 5 days left" and left.') == ["5 days = (quotation)"]
    assert seen("a score of \u201c41\u201d points") == ["41 = 41"]


def test_a_block_set_apart_as_quoted_is_exempt() -> None:
    """Whatever stands in it."""
    text = "It says:\nAt least 3 stays in 2024."
    blocks = Block("paragraph", 0, 8), Block("quote", 9, len(text))
    found = [f"{each.text} = {said(each)}" for each in scan(letter(text, *blocks), US)]
    assert found == ["3 = (quotation)", "2024 = (quotation)"]


def test_an_address_block_is_exempt_but_for_its_date() -> None:
    """A letterhead often ends with the date of the letter."""
    text = "Ann Poe\n4 Main St\nAustin TX 78701\nMarch 3, 2026"
    found = scan(letter(text, Block("address", 0, len(text))), US)
    assert [said(each) for each in found] == ["(address)", "(address)", "2026-03-03"]


def test_enclosed_records_are_not_read() -> None:
    """Nothing behind the offset at which the exhibits begin."""
    text = "Five stays.\n\nExhibit A\n7 stays"
    found = scan(letter(text, Block("paragraph", 0, 11), enclosed=13), US)
    assert [each.text for each in found] == ["Five"]
