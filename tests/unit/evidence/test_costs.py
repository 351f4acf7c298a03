"""Money: by window, kind and currency, never mixed."""

from decimal import Decimal

import pytest

from cortipump.evidence.costs import cost_lines
from cortipump.evidence.result import Amount


@pytest.mark.safety("S12")
def test_kinds_and_currencies_are_never_mixed(book, caveat_ids):
    """Each kind and each currency has a sum of its own."""
    one = book.charge("2024-06-01", billed="100.00", paid="80.00")
    two = book.charge("2024-06-02", billed="10.50")
    three = book.charge("2024-06-03", "EUR", billed="7.00")

    result = book.compare()

    billed = result.before.costs["billed"]
    assert {currency: amount.value for currency, amount in billed.items()} == {
        "EUR": Decimal("7.00"),
        "USD": Decimal("110.50"),
    }
    assert billed["USD"].fact_ids == (one, two)
    assert result.before.costs["paid"]["USD"].value == Decimal("80.00")
    assert result.before.costs["paid"]["USD"].not_stated == (two,)
    assert result.before.costs["paid"]["EUR"] == Amount(None, (), (three,))
    assert result.before.costs["patient"]["USD"] == Amount(None, (), (one, two))
    assert set(caveat_ids(result)["amounts-not-stated"]) == {one, two, three}
    assert "currencies-mixed" in caveat_ids(result)


def test_the_pump_stands_on_lines_of_its_own(book):
    """The pump and its supplies are not among the costs of care."""
    book.charge("2025-04-01", billed="50.00")
    book.charge("2025-04-01", category="pump", billed="4000.00")
    book.charge("2025-04-02", category="infusion-set", billed="120.00")

    after = book.compare().after

    assert after.costs["billed"]["USD"].value == Decimal("50.00")
    assert set(after.pump_costs) == {"infusion-set", "pump"}
    assert after.pump_costs["pump"]["billed"]["USD"].value == Decimal("4000.00")


def test_costs_fall_into_the_window_of_their_day(book):
    """The last day before and the index date lie in different windows; the run-in is in after."""
    book.charge("2025-02-28", billed="1.00")
    book.charge("2025-03-01", billed="2.00")
    book.charge("2025-03-29", billed="4.00")

    result = book.compare()

    assert result.before.costs["billed"]["USD"].value == 1
    assert result.run_in.costs["billed"]["USD"].value == 2
    assert result.after.costs["billed"]["USD"].value == 6


@pytest.mark.safety("S5")
def test_what_cannot_be_summed_is_listed(book, caveat_ids):
    """A charge without a day or without a currency is in no sum and in a caveat."""
    undated = book.charge("", billed="5.00")
    nameless = book.charge("2024-06-01", "", billed="5.00", allowed="1", paid="1", patient="0")

    result = book.compare()

    assert result.before.costs["billed"] == {}
    assert caveat_ids(result)["undated"] == (undated,)
    assert caveat_ids(result)["currency-not-stated"] == (nameless,)


def test_a_stated_zero_is_zero_and_no_statement_is_nothing(book):
    """Zero paid is a sum of zero; what nobody stated has no sum, and says of which charges."""
    charge = book.charge("2024-06-01", billed="5.00", paid="0.00")

    costs = book.compare().before.costs

    assert costs["paid"]["USD"].value == 0
    assert costs["allowed"]["USD"].value is None
    assert costs["allowed"]["USD"].not_stated == (charge,)


def test_every_charge_of_a_window_is_among_the_facts(book):
    """Those that do not state a kind included."""
    one = book.charge("2024-06-01", billed="5.00")
    two = book.charge("2024-06-02", paid="5.00")

    assert {one, two} <= set(book.compare().fact_ids)


def test_a_window_without_any_statement_of_a_kind_keeps_its_charges(book):
    """Two claims before that state no paid amount are two, not none (side by side with after)."""
    silent = (book.charge("2024-06-01", billed="5.00"), book.charge("2024-06-02", billed="6.00"))
    stated = book.charge("2025-06-01", paid="7.00")
    book.charge("2025-06-01", category="pump", billed="1.00")

    result = book.compare()

    lines = {(x.category, x.kind): x for x in cost_lines(result.before, result.after)}
    assert lines["", "paid"].before == Amount(None, (), silent)
    assert lines["", "paid"].after == Amount(Decimal("7.00"), (stated,), ())
    assert lines["pump", "billed"].before is None
    assert list(lines)[:5] == [
        ("", "billed"), ("", "allowed"), ("", "paid"), ("", "patient"), ("pump", "billed"),
    ]  # fmt: skip
