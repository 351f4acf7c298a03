"""Totals of questionnaires, their differences and their mean."""

import pytest

from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "On February 19, 2026 my AddiQoL score was 91 (in August it was 84).",
    "My AddiQoL scores were 84 (August 21) and 91 (February 19), the last in 2026.",
    "My AddiQoL score was sixty-eight on February 20, 2025. By August 21, 2025 it stood at 84.",
    "My AddiQoL score was 68 on February 20, 2025. On the pump it was 84 on August 21, 2025.",
    "My AddiQoL score was 84 on August 21, 2025 and 91 on February 19, 2026 (difference −7).",
    "My AddiQoL score was 68. Enclosed: score sheets for part 3.4 and form 7.",
    "My AddiQoL score was 84 on August 21, 2025.",
    "My AddiQoL score rose from 68 to 84 points.",
    "My AddiQoL score improved by 16 points, from 68 to 84.",
    "My AddiQoL score was 91 out of 120 on February 19, 2026.",
    "My AddiQoL score was 68 on February 20, 2025, 84 on August 21, 2025 and 91 on February 19, 2026.",
    "The mean of my AddiQoL scores on the pump was 87.5.",
    "My AddiQoL score gained 7 points between August 21, 2025 and February 19, 2026.",
    "In August 2025 my AddiQoL score was 84.",
)
WRONG = wrong(
    (
        "My AddiQoL score was 68 on February 20, 2025. On the pump it was 88 on August 21, 2025.",
        Wrong("88", "amount-differs", "score-differs", "84"),
    ),
    (
        "My AddiQoL score was 48 on August 21, 2025.",
        Wrong("48", "amount-differs", "score-differs", "84 (2025-08-21"),
    ),
    (
        "My AddiQoL score was 84 on February 20, 2025.",
        Wrong("84", "amount-differs", "score-differs", "68 (2025-02-20"),
    ),
    (
        "My AddiQoL score was 84 on December 1, 2025.",
        Wrong("December 1, 2025", "date-differs", "score-of-another-date", "2025-08-21"),
    ),
    ("My AddiQoL score was 105.", Wrong("105", "unsupported-number", "score-differs", "91")),
    ("My AddiQoL score was 19.", Wrong("19", "unsupported-number", "score-differs", "68")),
    ("My AddiQoL score was 86.", Wrong("86", "amount-differs", "score-differs", "84")),
    (
        "My AddiQoL score improved by 18 points, from 68 to 84.",
        Wrong("18", "total-does-not-add-up", "difference-differs", "16 (from 68 and 84)"),
    ),
    (
        "The mean of my AddiQoL scores on the pump was 78.5.",
        Wrong("78.5", "total-does-not-add-up", "mean-differs"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_scores_that_the_ledger_bears_pass(case: Case) -> None:
    """Of a day, of none, as a change, as a mean of scores that follow each other."""
    hold(case)


@pytest.mark.parametrize("case", WRONG)
def test_scores_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the score of the day, or the closest one."""
    hold(case)
