"""What counts as asking, as taking up the reason, as signing: in whatever words people use."""

import pytest

from cortipump.checker.elements import element_findings
from cortipump.checker.reading.plain import read_plain
from cortipump.knowledge.letters import pattern

LETTER = """Jordan Whitfield
412 Linden Ave
Springfield, IL 62704

November 12, 2026

Prairie Health Plan
Appeals Unit

Re: Member PHP-220184-01, decision UM-2609-520276 of September 14, 2026

Dear Sir or Madam:

This is about your denial of an infusion pump (E0784) and its supplies. {reason}

I have primary adrenal insufficiency (E27.1). I was admitted on March 3, 2025 and on July 9, 2025.
The pump is made for insulin; hydrocortisone in it is off-label. {evidence}

{asking}

Sincerely,

{name}

Enclosures: two discharge summaries
"""
REASON = 'You write that the use is "experimental or investigational."'
ASKING = "I ask that you reverse the denial."


def lacks(
    *,
    asking: str = ASKING,
    reason: str = REASON,
    evidence: str = "",
    name: str = "Jordan Whitfield",
) -> list[str]:
    """What is missing in an appeal with these words in it."""
    text = LETTER.format(asking=asking, reason=reason, evidence=evidence, name=name)
    return [finding.detail for finding in element_findings(read_plain(text.encode()), "appeal")]


@pytest.mark.parametrize(
    "asking",
    [
        "I ask that you overturn it.",
        "Please pay for the pump and the sets.",
        "We request reversal of the decision.",
        "Approve the three lines.",
        "My request: that the pump be covered.",
        "What I want: a different answer on the pump, the sets and the reservoirs.",
        "Kindly overturn.",
        "The relief sought is coverage of all three items.",
        "I would like the decision changed.",
        "Request\n\nCoverage of the pump, the sets and the reservoirs.",
        "Relief\n\n(i) Reversal as to E0784.\n(ii) Payment of the claims.",
        "Please reconsider.",
        "Cover the pump.",
        "The pump should be covered.",
        "The member asks the plan to set the decision aside.",
        "I ask:\n1. to change the decision and cover the pump\n2. that a specialist reads this",
        "I ask you to look again at criterion 3 (41\npages), and to approve all three items.",
        "I ask you to examine again the three others, by a physician of the same specialty.",
        "Kindly do the needful by reconsidering the matter and sanctioning all three items.",
        "Could you take another look and say yes?",
        "I hope you will change your mind and let me keep the pump.",
        "It is time to put this right and pay what you owe.",
        "Section 8.4 lets the plan decide otherwise; I ask that it does, and that it pays.",
        "My wish is that the plan allows the pump.",
        "For all these reasons the denial must be withdrawn.",
        "I'm asking for the pump, the sets and the reservoirs to be approved.",
        "Reverse it.",
        "Now please fix it and cover her supplies.",
        "I want that you pay the three things.",
        "We respectfully submit that the determination should be set aside.",
        "Send this to a real endocrinologist and have it decided again.",
        "What we ask: reversal, and payment of the five claims for sets.",
        "What is asked: approval of the pump, the infusion sets and the reservoirs.",
        "What she requests is that the plan approve all three.",
        "What I ask\n\nThat you turn the no into a yes: the pump, the sets, the reservoirs.",
    ],
)
def test_an_appeal_asks_in_very_many_ways(asking: str) -> None:
    """None of these people forgot to ask."""
    assert lacks(asking=asking) == []


@pytest.mark.parametrize(
    "asking",
    [
        "Please send me a copy of my claim file.",
        "Please tell me who decided.",
        "I have the right to an outside review if you uphold this, and I plan to use it.",
        "I feel better on the pump.",
        "I know that nobody can promise me anything.",
        "You may reach me at the number above.",
        "Please accept this letter as a first-level appeal.",
        "Please accept this appeal as filed in time.",
    ],
)
def test_a_letter_that_only_tells_or_wants_papers_asks_for_no_decision(asking: str) -> None:
    """A wish for the file, or a story, is no request to reverse."""
    assert lacks(asking=asking) == ["request"]


@pytest.mark.parametrize(
    "reason",
    [
        "You say not enough is published.",
        "The plan marks criteria 1, 2 and 3 of MP-0417 as not met.",
        "Your goodself's own criteria 4 and 5 are shown as met.",
        'The ground. "Published evidence is not sufficient."',
        "The reviewer thinks that tablets are enough.",
        "The question is whether the use is investigational.",
        "According to your letter there is too little evidence.",
        "The reason given was lack of proof.",
        "I contest criterion 3.",
        "You told me that I should first try other tablets.",
        "I know that this is off-label and that you hold it against me.",
        "The clinic's letter says where the studies disagree.",
        "In the 365 days before the pump I had four stays, on the loaner pump one.",
        "In the year on tablets: 4 hospital stays. On the pump: one night.",
    ],
)
def test_the_plans_reason_is_taken_up_in_any_words(reason: str) -> None:
    """Naming the criterion, the policy or the plan's view is enough."""
    assert lacks(reason=reason) == []


@pytest.mark.parametrize(
    "reason",
    [
        "It came on a Monday.",
        "I was surprised by it.",
        "On the pump my score rose to 87.",
        "The year before the pump was a hard one.",
        "",
    ],
)
def test_a_reason_that_is_nowhere_named_is_missed(reason: str) -> None:
    """The denial alone says nothing of why."""
    assert lacks(reason=reason) == ["reason-answered"]


@pytest.mark.parametrize(
    "evidence",
    [
        "I ask that it be weighed with two published trials, one of 33\npeople, that differ.",
        "There are not many of us to study.",
        "Two small trials have been published and they disagree.",
        "Oksnes 2014 found better scores; Gagliardi 2014 did not.",
        "Both trials are enclosed, although one of them does not help me.",
        'Your letter says: "Studies show that pumps do not help."',
        "A trial found improvement.  Another was blinded, and it found\nno difference.",
    ],
)
def test_evidence_that_is_weighed_or_quoted_is_not_one_sided(evidence: str) -> None:
    """Whoever names both, or only repeats the plan, hides nothing; line ends change nothing."""
    assert lacks(evidence=evidence) == []


@pytest.mark.parametrize(
    "name",
    ["(Mrs. O. Madeupson)", "(Mrs.) Odalys Madeupson", "J. Whitfield", "/s/ Jordan Whitfield"],
)
def test_a_name_in_brackets_or_with_initials_signs(name: str) -> None:
    """As clerks in many countries type it."""
    assert lacks(name=name) == []


DATED = "decision UM-2609-520276 of September 14, 2026"


@pytest.mark.parametrize(
    ("dated", "missed"),
    [
        ("your letter of September 14, 2026", []),
        ("your letter of September 14, received on September 17, 2026", []),
        ("your letter of September 14th last, which reached me three days later", []),
        ("your letter, which landed on September 17", ["decision"]),
        ("the denial that I got on September 17, 2026 (I got it late)", ["decision"]),
        ("the claim with date of service August 6, 2026, denied", ["decision"]),
        ("decision UM-2609-520276", []),
    ],
)
def test_the_day_a_letter_came_does_not_tell_which_decision_it_was(
    dated: str, missed: list[str]
) -> None:
    """A plan files by the date on its letter, or by its reference."""
    text = LETTER.format(asking=ASKING, reason=REASON, evidence="", name="Jordan Whitfield")
    letter = read_plain(text.replace(DATED, dated).encode())
    assert [finding.detail for finding in element_findings(letter, "appeal")] == missed


@pytest.mark.parametrize(
    "said",
    [
        "My body does not make cortisol.",
        "Her adrenal glands cannot make enough cortisol.",
        "There is no risk in using the pump this way.",
    ],
)
def test_an_illness_or_a_boast_discloses_nothing_of_the_use(said: str) -> None:
    """That glands make no cortisol says nothing about what a pump is made for."""
    disclosed = "The pump is made for insulin; hydrocortisone in it is off-label."
    text = LETTER.format(asking=ASKING, reason=REASON, evidence="", name="Jordan Whitfield")
    letter = read_plain(text.replace(disclosed, said).encode())
    assert [finding.detail for finding in element_findings(letter, "appeal")] == ["not-said"]


@pytest.mark.parametrize("label", ["Paciente", "Nombre", "Mitglied"])
def test_a_label_in_the_writers_language_names_the_member(label: str) -> None:
    """Letters of relatives keep the words of home."""
    text = LETTER.format(asking=ASKING, reason=REASON, evidence="", name="Con respeto")
    named = text.replace("Jordan Whitfield\n412", f"{label}: Linnea Madeupson\n412")
    found = element_findings(read_plain(named.encode()), "appeal")
    assert "member-name" not in [finding.detail for finding in found]


@pytest.mark.parametrize(
    ("words", "is_date"),
    [
        ("November sixteenth, twenty twenty-five", True),
        ("the fourth of May", True),
        ("May twenty-first", True),
        ("I may first ask", False),
        ("the sixteenth injection", False),
    ],
)
def test_a_date_may_be_written_in_words(words: str, *, is_date: bool) -> None:
    """As letters that are dictated have it."""
    assert bool(pattern("<date>").search(words)) is is_date
