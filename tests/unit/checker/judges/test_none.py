"""Statements of none and of only one, held against the bundled person.

Read by hand in src/cortipump/demo/files: since the pump of 2026-02-02 a stay (2026-08-09), emergency
visits 2026-02-15 and 2026-05-25, injections 2026-02-15 and 2026-08-09, 4.5 days of work lost; in the
year before it 4 stays, 5 emergency visits, 6 injections, 28 days. The plan paid $3,636.06 for the
stay of 2026-01-13; the urgent care visit of 2024-11-20 cost the member $60.00, that of 2025-11-20
nothing.
"""

import pytest

from tests.safety.test_checker import found
from tests.unit.checker.judges.ledger import FIGURES

# The sentence, the words that the finding stands at, and a part of what it suggests.
NONE = (
    ("I have had no hospital stay since the pump.", "no hospital stay", "2026-08-09"),
    ("I have had no rescue injection since the pump.", "no rescue injection", "2026-02-15"),
    ("There was no adrenal crisis since the pump began.", "no adrenal crisis", "2026-08-09"),
    ("Since the pump I had 0 emergency visits.", "0 emergency visits", "2026-05-25"),
    ("Since the pump there were zero hospital stays.", "zero hospital stays", "2026-08-09"),
    ("I have not needed a single injection since the pump.",
     "not needed a single injection", "2026-08-09"),
    ("I have never been admitted.", "never been admitted", "7 to 8 hospital stays"),
    ("I had no emergency visits in 2026.", "no emergency visits", "2026-05-25"),
    ("I lost no work before the pump.", "lost no work", "28 days of work lost"),
    ("I was not in hospital in March 2025.", "not in hospital", "2025-03-26"),
    ("Since the pump I have lived without a single hospital stay.",
     "without a single hospital stay", "2026-08-09"),
    ("Before the pump I had five emergency visits; none since.", "none", "2026-02-15"),
    ("I have not been off work since the pump.", "not been off work", "4.5 days"),
    ("Hospital stays since the pump: none", "none", "2026-08-09"),
    ("Hospital stays fell from four to none.", "none", "2026-08-09"),
    ("Since February 2, 2026 I have not been admitted at all.", "not been admitted", "2026-08-09"),
    ("I have had no hospital stay or rescue injection since the pump.",
     "no hospital stay", "2026-08-09"),
)  # fmt: skip
ONE = (
    ("Since the pump I had one emergency visit.", "one", "2026-05-25"),
    ("I had only one hospital stay before the pump.", "one", "4 to 5 hospital stays"),
    ("Rescue injections fell from six to one.", "one", "2026-08-09"),
    ("Emergency visits fell from five to one.", "one", "2026-05-25"),
    ("I had only a single emergency visit since the pump.", "only a single emergency visit",
     "2026-02-15"),
)  # fmt: skip
NOTHING = (
    ("The plan paid nothing for the stay of January 13, 2026.", "nothing", "$3,636.06"),
    ("The plan paid $0 for the stay of January 13, 2026.", "$0", "$3,636.06"),
    ("The plan did not pay a cent for the stay of January 13, 2026.", "a cent", "$3,636.06"),
    ("I paid nothing for the urgent care visit of November 20, 2024.", "nothing", "$60.00"),
    ("I paid zero for the urgent care visit of November 20, 2024.", "zero", "$60.00"),
)
RIGHT = (
    # True.
    "I have had no hospital stay since August 10, 2026.",
    "I have had no emergency visit since May 25, 2026.",
    "I had no urgent care visit since the pump.",
    "I was not in hospital in March 2026.",
    "I was not admitted on February 15, 2026.",
    "From March 1 to July 31, 2026 I had no rescue injection and no hospital stay.",
    "In the first six months on the pump I had no hospital stay.",
    "Until August 2026 I had no hospital stay on the pump.",
    "For three months I have had no hospital stay on the pump.",
    "I paid nothing for the urgent care visit of November 20, 2025.",
    "Since the pump I had one hospital stay.",
    "In May 2026 I had one emergency visit.",
    "Hospital stays fell from four to one.",
    "Rescue injections fell from six to two.",
    # No claim about the record.
    "I no longer have an emergency kit.",
    "No emergency kit was given to me in 2026.",
    "There is no insulin in it.",
    "No hospital should see this.",
    "I had no choice since the pump but to learn it.",
    "No one has called me since the pump started.",
    "No visit to the clinic was needed to see that.",
    "Your notice says that I had no hospital stay since the pump.",
    "Your notice says: “The member had no hospital stay since the pump was started.”",
    "I want the pump so that no admission is needed in 2027.",
    "After the injection no admission was needed.",
    "After the injection I felt better. I had no admission.",
    "Is it true that I had no hospital stay since the pump?",
    "My husband has lost no work since the pump.",
    "After the emergency visit my pain fell from six to one.",
    # Only some of them.
    "On May 25, 2026 I was seen in the emergency room and not admitted.",
    "On May 25, 2026 I was seen and not admitted.",
    "I had no emergency visit for an adrenal crisis since the pump.",
    "No emergency visit in 2026 led to an admission.",
    "Since the pump I had two emergency visits but no admission from them.",
    "None of the visits since the pump was for a crisis.",
    "One emergency visit, on May 25, 2026, was for a cut finger.",
    "On one occasion since the pump I went to the emergency room.",
    "One of the visits since the pump was for a pump site.",
    "I spent one night in hospital since the pump.",
    "Since the pump I had one emergency visit for a cut finger.",
    "In 2024 I had one emergency visit, on August 31, that did not lead to an admission.",
    "I remember one emergency visit in 2025 very well.",
    "The claim for the pump of August 20, 2026 was billed at $7,067.28 and nothing was paid.",
    "If the plan paid nothing for the stay of January 13, 2026, I would owe more.",
)  # fmt: skip


def _figures(sentence: str) -> list[tuple[str, str, str]]:
    text = f"November 20, 2026\n\nTo whom it may concern,\n\n{sentence}\n"
    return [(f.text, f.rule, f.suggestion) for f in found(text) if f.rule in FIGURES]


@pytest.mark.parametrize(("sentence", "words", "suggestion"), NONE + ONE)
def test_fewer_events_than_the_ledger_holds_are_found(
    sentence: str, words: str, suggestion: str
) -> None:
    """None, or only one, over a time in which there were more; the events are shown."""
    stated, rule, shown = _figures(sentence)[0]
    assert (stated, rule) == (words, "count-differs")
    assert suggestion in shown


@pytest.mark.parametrize(("sentence", "words", "suggestion"), NOTHING)
def test_nothing_paid_for_a_visit_that_was_paid_for_is_found(
    sentence: str, words: str, suggestion: str
) -> None:
    """With the amount of the whole visit, whatever a single claim of that day was paid."""
    ((stated, rule, shown),) = _figures(sentence)
    assert (stated, rule) == (words, "amount-differs")
    assert suggestion in shown


@pytest.mark.parametrize("sentence", RIGHT)
def test_other_negations_pass(sentence: str) -> None:
    """True ones, those of part of the events, and those that claim nothing about the record."""
    assert _figures(sentence) == []
