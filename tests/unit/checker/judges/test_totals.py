"""Totals, differences and averages of amounts (the ledger of `bills`).

Billed in 2024: 4,210.00 + 18,450.00 + 1,260.50 + 3,875.40 = 27,795.90.
Emergency visits, billed: 4,210.00 + 3,875.40 + 4,033.00 = 12,118.40, on average 4,039.47.
Hospital stays, billed: 19,710.50 + 14,120.00 = 33,830.50. All care, billed: 45,948.90.
"""

import pytest

from tests.unit.checker.judges.bills import costly
from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

_ALLOWED = (
    "The plan allowed $1,890.00 on May 12, 2024, $1,702.15 on November 19, 2024 and $1,750.60 on"
    " September 14, 2025, a total of "
)
_TABLE = (
    "| Date | Billed | Paid |\n|---|---|---|\n"
    "| May 12, 2024 | $4,210.00 | $1,512.00 |\n| November 19, 2024 | $3,875.40 | $1,361.72 |\n"
)
RIGHT = right(
    "In 2024 the hospitals billed a total of $27,795.90.",
    "In total, the three emergency visits were billed at $12,118.40.",
    "In total, the three emergency visits were billed at about $12,000.",
    "The two hospital stays together were billed at $33,830.50.",
    "In total, $45,948.90 was billed for my care.",
    "On average each emergency visit was billed at $4,039.47.",
    _ALLOWED + "$5,342.75.",
    _TABLE + "| Total | $8,085.40 | $2,873.72 |",
    "The visits of May 12, 2024 and September 14, 2025 were billed at $8,243.00 together.",
)
WRONG = wrong(
    (
        "In 2024 the hospitals billed a total of $27,759.90.",
        Wrong("$27,759.90", "total-does-not-add-up", "records-differ", "$27,795.90"),
    ),
    (
        "In total, the three emergency visits were billed at $12,811.40.",
        Wrong("$12,811.40", "total-does-not-add-up", "records-differ", "$12,118.40"),
    ),
    (
        "In total, the three emergency visits were billed at about $13,000.",
        Wrong("$13,000", "total-does-not-add-up", "records-differ", "$12,118.40"),
    ),
    (
        "The two hospital stays together were billed at $38,330.50.",
        Wrong("$38,330.50", "total-does-not-add-up", "records-differ", "$33,830.50"),
    ),
    (
        "In total, $45,984.90 was billed for my care.",
        Wrong("$45,984.90", "total-does-not-add-up", "records-differ", "$45,948.90"),
    ),
    (
        _ALLOWED + "$5,432.75.",
        Wrong("$5,432.75", "total-does-not-add-up", "parts-differ", "$5,342.75"),
    ),
    (
        _TABLE + "| Total | $8,085.40 | $2,973.72 |",
        Wrong("$2,973.72", "total-does-not-add-up", "parts-differ", "$2,873.72"),
    ),
    (
        "The visits of May 12, 2024 and September 14, 2025 were billed at $8,423.00 together.",
        Wrong("$8,423.00", "total-does-not-add-up", "records-differ"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_totals_that_the_parts_or_the_ledger_bear_pass(case: Case) -> None:
    """Over a year, of a kind of visit, of the letter's own parts, as an average."""
    hold(case, costly())


@pytest.mark.parametrize("case", WRONG)
def test_totals_that_nothing_bears_are_found(case: Case) -> None:
    """Each with what the parts or the records add up to."""
    hold(case, costly())
