"""Charges that may be the same cost twice, and charges whose source contradicts itself."""

from decimal import Decimal

import pytest
from tests.conftest import Run

from cortipump.actions.evidence import charge_views, evidence_json
from cortipump.actions.ledger import Record
from cortipump.cli.evidence import _print
from cortipump.record.claims import Claims, Standing
from cortipump.record.facts import Charge
from cortipump.record.timeline import Timeline


def _standing(charge):
    return Standing("c", charge, None, "", by_date=False, adjudicated=True)


def _text(result, caveat_id):
    return next(caveat.text for caveat in result.caveats if caveat.id == caveat_id)


@pytest.mark.safety("S5")
def test_a_cost_from_two_sources_counts_once_before_and_twice_after(book, caveat_ids):
    """1000 in two files on both sides: 1000 before, 2000 after, both readings in the result."""
    before = book.charge("2024-06-01", billed="1000.00")
    again = book.charge("2024-06-01", twin=before, billed="1000.00")
    after = book.charge("2025-06-01", billed="1000.00")
    third = book.charge("2025-06-01", twin=after, billed="1000.00")

    result = book.compare()

    shown = evidence_json(result)
    both = {"billed": {"USD": {"if_one": "1000.00", "if_each": "2000.00"}}}
    assert shown["before"]["costs"]["billed"] == {"USD": "1000.00"}
    assert shown["after"]["costs"]["billed"] == {"USD": "2000.00"}
    assert shown["before"]["possible_duplicates"] == {"costs": both}
    assert shown["after"]["possible_duplicates"] == {"costs": both}
    assert set(caveat_ids(result)["possible-duplicate-charges"]) == {before, again, after, third}
    text = _text(result, "possible-duplicate-charges")
    assert "another charge: 2." in text
    assert "Before: billed 1,000.00 to 2,000.00 USD." in text
    assert "After: billed 1,000.00 to 2,000.00 USD." in text


def test_both_readings_stand_on_the_screen(book, capsys):
    """The headline and, in brackets, both sums."""
    one = book.charge("2025-06-01", billed="1000.00")
    book.charge("2025-06-01", twin=one, billed="1000.00")

    _print(book.compare())

    assert "2,000.00 (1,000.00 to 2,000.00)" in capsys.readouterr().out


def test_a_kind_that_one_of_both_states_counts_whole(book):
    """Billed in both, paid in one: 100 and 80 if one, 200 and 80 if each; only billed is open."""
    one = book.charge("2024-06-01", billed="100.00", paid="80.00")
    book.charge("2024-06-01", twin=one, billed="100.00")

    costs = book.compare().before.costs

    assert costs["billed"]["USD"].readings == (Decimal("100.00"), Decimal("200.00"))
    assert (costs["paid"]["USD"].value, costs["paid"]["USD"].readings) == (Decimal("80.00"), None)


def test_a_cost_that_may_be_of_either_window_is_certain_in_neither(book):
    """The last day before and the index date, perhaps one bill: 0 to 50 before, 0 to 50 after."""
    one = book.charge("2025-02-28", billed="50.00")
    book.charge("2025-03-01", twin=one, billed="50.00")

    result = book.compare()

    early, late = result.before.costs["billed"]["USD"], result.after.costs["billed"]["USD"]
    assert (early.value, early.readings) == (0, (0, 50))
    assert (late.value, late.readings) == (50, (0, 50))


def test_the_pump_may_be_on_two_bills_too(book):
    """Its readings stand under its own line."""
    one = book.charge("2025-06-01", category="pump", paid="4000.00")
    book.charge("2025-06-01", category="pump", twin=one, paid="4000.00")

    result = book.compare()

    shown = evidence_json(result)["after"]["possible_duplicates"]
    both = {"paid": {"USD": {"if_one": "4000.00", "if_each": "8000.00"}}}
    assert shown == {"pump_costs": {"pump": both}}
    assert "After: pump, paid 4,000.00 to" in _text(result, "possible-duplicate-charges")


@pytest.mark.parametrize(
    "mark", ["amount/conflict", "amount/lines-differ", "amount/shares-do-not-add"]
)
def test_charges_that_contradict_themselves_are_named(book, caveat_ids, mark):
    """One inside the windows, one outside: one is named."""
    inside = book.charge("2024-06-01", billed="5.00", marks=(mark,))
    book.charge("2020-06-01", billed="5.00", marks=(mark,))
    book.charge("2024-06-01", billed="6.00", marks=("amount/rounded",))

    result = book.compare()

    assert caveat_ids(result)["amounts-contradict"] == (inside,)
    assert "contradicts itself: 1." in _text(result, "amounts-contradict")


def test_what_another_payer_states_for_the_bill_is_not_missing(book, caveat_ids):
    """The second payer's decision states what it paid; billed and allowed are on the first."""
    first = book.charge(
        "2024-06-01", billed="100.00", allowed="80.00", paid="60.00", elsewhere=("patient",)
    )
    book.charge("2024-06-01", paid="15.00", patient="5.00", elsewhere=("billed", "allowed"))

    result = book.compare()

    costs = result.before.costs
    assert all(not costs[kind]["USD"].not_stated for kind in costs)
    assert costs["billed"]["USD"].fact_ids == (first,)
    assert "amounts-not-stated" not in caveat_ids(result)


@pytest.mark.parametrize(
    ("charge", "kinds"),
    [
        (Charge(billed=Decimal(9)), set()),
        (Charge(billed=Decimal(9), marks=("amount/several-payers",)), {"patient"}),
        (Charge(marks=("amount/several-payers",)), {"billed", "allowed", "patient"}),
    ],
)
def test_what_several_payers_leave_to_each_other(charge, kinds):
    """The first states the bill, the last the member's share."""
    (view,) = charge_views(Record(Timeline([]), Claims((_standing(charge),), ()), None, {}))

    assert view.elsewhere == kinds


def test_one_bill_in_two_files_is_shown_as_a_range_in_the_document(run: Run, tmp_path) -> None:
    """Two tables with one bill of 1000 each: the document shows 1000 and both readings."""
    for name, other in (("Mercy", "7.00"), ("MERCY HOSPITAL", "8.00")):
        table = tmp_path / f"charges-{other}.csv"
        rows = (
            "date,currency,billed,provider",
            f"2025-06-01,USD,1000.00,{name}",
            f"2026-05-01,USD,{other},Laboratory",
        )
        table.write_text("\n".join(rows), encoding="utf-8")
        ran = run("import", str(table))
        assert ran.status == 0, ran.err

    shown = run("evidence", "--index", "2026-02-02", "--json").json["before"]

    assert shown["costs"]["billed"] == {"USD": "1000.00"}
    assert shown["possible_duplicates"]["costs"]["billed"]["USD"]["if_each"] == "2000.00"
    out = tmp_path / "evidence.txt"
    ran = run("write", "evidence", "--index", "2026-02-02", "--out", str(out))
    assert ran.status == 0, ran.err
    assert "$1,000.00 ($1,000.00 to $2,000.00)" in out.read_text(encoding="utf-8")
