"""Amounts of single bills and visits: the right kind, on the right day (the ledger of `bills`)."""

import pytest

from tests.unit.checker.judges.bills import costly
from tests.unit.checker.judges.ledger import Case, Wrong, hold, right, wrong

RIGHT = right(
    "The plan paid $229.60 in June '25, then $244.16.",
    "The bill of May 12, 2024 was $4,210.00, that of November 19 $3,875.40. That is $334.60 less.",
    "The hospital billed $4,210.00 for 365 days. That is $11.53 a day.",
    "The visit of May 12, 2024:   billed $4,210.00   allowed $1,890.00   paid $1,512.00",
    "On May 12, 2024 the hospital billed $4,210.00.",
    "On May 12, 2024 the hospital billed $4,210.",
    "The stay of August 3, 2024 was billed at $19,710.50.",
    "The stay of August 3, 2024 was billed at $18,450.00 and $1,260.50.",
    "The plan paid $8,819.20 for the stay of August 3, 2024.",
    "My share of the stay of January 22, 2025 was $731.50.",
    "The emergency visit of September 14, 2025 cost about $4,000.",
    "The emergency visit of September 14, 2025 was billed at over $4,000.",
    "The emergency visit of September 14, 2025 was billed at nearly $5,000.",
    "On May 12, 2024 the hospital billed $4,210.00, the plan allowed $1,890.00 and paid $1,512.00.",
    "| Date | Billed | My share |\n|---|---|---|\n| May 12, 2024 | $4,210.00 | $378.00 |",
    "The infusion sets of June 10, 2025 were billed at $412.00.",
)
WRONG = wrong(
    (
        "The loaner would have rented at $307 a month.",
        Wrong("$307", "unsupported-number", "not-found"),
    ),
    (
        "The bill of May 12, 2024 was $4,210.00, that of November 19 $3,875.40. It was $344.60 less.",
        Wrong("$344.60", "amount-differs", "amount-differs"),
    ),
    (
        "The hospital billed $4,210.00 for 365 days. That is $11.63 a day.",
        Wrong("$11.63", "unsupported-number", "not-found"),
    ),
    (
        "The visit of May 12, 2024:   billed $4,210.00   allowed $1,512.00   paid $1,512.00",
        Wrong("$1,512.00", "amount-differs", "kind-differs", "$1,890.00"),
    ),
    (  # of a wrong date only the date is said, not what goes with it
        "On May 13, 2024 I was in the emergency room. They billed $4,210.00.",
        Wrong("May 13, 2024", "date-differs", "nothing-that-day", "2024-05-12"),
    ),
    (
        "The stay of August 3, 2024 lasted four nights. The bills for that stay came to $19,170.50.",
        Wrong("$19,170.50", "amount-differs", "amount-differs", "$19,710.50"),
    ),
    (
        "On May 12, 2024 the hospital billed $4,310.00.",
        Wrong("$4,310.00", "amount-differs", "amount-differs", "$4,210.00"),
    ),
    (
        "On May 12, 2024 the hospital billed $4,310.",
        Wrong("$4,310", "amount-differs", "amount-differs", "$4,210.00"),
    ),
    (
        "On May 12, 2024 the hospital billed $1,512.00.",
        Wrong("$1,512.00", "amount-differs", "kind-differs", "$4,210.00"),
    ),
    (
        "On May 13, 2024 the hospital billed $4,210.00.",
        Wrong("May 13, 2024", "date-differs", "nothing-that-day", "2024-05-12"),
    ),
    (
        "The emergency room billed $4,210.00 on November 19, 2024.",
        Wrong("$4,210.00", "amount-differs", "amount-differs", "$3,875.40"),
    ),
    (
        "The stay of August 3, 2024 was billed at $19,170.50.",
        Wrong("$19,170.50", "amount-differs", "amount-differs", "$19,710.50"),
    ),
    (
        "The stay of August 3, 2024 was billed at $18,450.00 and $1,360.50.",
        Wrong("$1,360.50", "amount-differs", "amount-differs", "$19,710.50"),
    ),
    (
        "The plan paid $8,891.20 for the stay of August 3, 2024.",
        Wrong("$8,891.20", "amount-differs", "amount-differs", "$8,819.20"),
    ),
    (
        "My share of the stay of January 22, 2025 was $6,583.50.",
        Wrong("$6,583.50", "amount-differs", "kind-differs", "$731.50"),
    ),
    (
        "The emergency visit of September 14, 2025 was billed at over $5,000.",
        Wrong("$5,000", "amount-differs", "amount-differs", "$4,033.00"),
    ),
    (
        "The emergency visit of September 14, 2025 was billed at about $4,600.",
        Wrong("$4,600", "amount-differs", "amount-differs", "$4,033.00"),
    ),
    (
        "The emergency visit of September 14, 2025 was billed at nearly $4,000.",
        Wrong("$4,000", "amount-differs", "amount-differs", "$4,033.00"),
    ),
    (
        "On May 12, 2024 the hospital billed $4,210.00 and the plan allowed $1,980.00.",
        Wrong("$1,980.00", "amount-differs", "amount-differs", "$1,890.00"),
    ),
    (
        "| Date | Billed | My share |\n|---|---|---|\n| May 12, 2024 | $4,210.00 | $387.00 |",
        Wrong("$387.00", "amount-differs", "amount-differs", "$378.00"),
    ),
    (
        "The infusion sets of June 10, 2025 were billed at $421.00.",
        Wrong("$421.00", "amount-differs", "amount-differs", "$412.00"),
    ),
    (
        "The bill was $777.77.",
        Wrong("$777.77", "unsupported-number", "not-found"),
    ),
    (
        "The bill was $4,201.00.",
        Wrong("$4,201.00", "amount-differs", "close-amount", "$4,210.00"),
    ),
)


@pytest.mark.parametrize("case", RIGHT)
def test_amounts_that_the_ledger_bears_pass(case: Case) -> None:
    """Of a claim, of a visit with all its claims, rounded, hedged, in a table."""
    hold(case, costly())


@pytest.mark.parametrize("case", WRONG)
def test_amounts_that_the_ledger_does_not_bear_are_found(case: Case) -> None:
    """Each with the amount that is recorded of that kind and day, where there is one."""
    hold(case, costly())
