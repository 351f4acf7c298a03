"""Which statement of a claim stands: reversals, payers, amounts that do not add."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.records import amounts, bundle, eob, only

Write = Callable[[str, Any], Path]
NUMBER = {"identifier": [{"system": "https://plan.example/claim", "value": "77"}]}


def said(number: str, created: str, paid: str, **more: Any) -> dict[str, Any]:
    """What a payer said of the one claim on a day."""
    totals = amounts(submitted="-500" if paid.startswith("-") else "500", benefit=paid)
    return eob(number, "2025-03-04", total=totals, **NUMBER, **more) | {"created": created}


def paid(run: Run, write: Write, *resources: dict[str, Any]) -> dict[str, Any]:
    """The costs of the time before."""
    assert run("import", write("a.json", bundle(*resources)), "--zone", "UTC").status == 0
    found = run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json
    costs: dict[str, Any] = found["before"]["costs"]
    return costs


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_a_reversal_takes_back_the_amounts_that_it_mirrors(
    run: Run, write: Write, shift: int
) -> None:
    """Two decisions, the first taken back after the second: the second stands, in any order."""
    three = [
        said("1", "2025-04-01", "400"),
        said("2", "2025-04-20", "350"),
        said("3", "2025-05-01", "-400"),
    ]

    costs = paid(run, write, *three[shift:], *three[:shift])

    assert costs["paid"] == {"USD": "350.00"}


def test_a_reversal_of_the_last_word_leaves_nothing(run: Run, write: Write) -> None:
    """An older statement that was replaced does not come back."""
    costs = paid(
        run, write, said("1", "2025-04-01", "400"), said("2", "2025-04-20", "350"),
        said("3", "2025-05-01", "-350"),
    )  # fmt: skip

    assert costs.get("paid", {}) == {}


def test_one_payer_under_two_spellings_is_one(run: Run, write: Write) -> None:
    """The later decision replaces the earlier one whatever the spelling, or without a name."""
    costs = paid(
        run, write, said("1", "2025-04-01", "400", insurer={"display": "Bluestem Health Plan"}),
        said("2", "2025-04-20", "350", insurer={"display": "BLUESTEM"}),
        said("3", "2025-04-22", "360", insurer={}),
    )  # fmt: skip

    assert costs["paid"] == {"USD": "360.00"}


def test_a_second_payer_adds_what_it_paid_and_no_bill(run: Run, write: Write) -> None:
    """One bill, two payers: billed once, both payments, the share that is left at the end."""
    first = eob("1", "2025-03-04", **NUMBER, insurer={"display": "Bluestem"}, total=amounts(
        submitted="500", eligible="450", benefit="400", memberliability="50"))  # fmt: skip
    second = eob("2", "2025-03-04", **NUMBER, insurer={"display": "Cardinal"}, total=amounts(
        submitted="500", eligible="450", benefit="40", memberliability="10"))  # fmt: skip

    costs = paid(run, write, first, second | {"created": "2025-05-01"})

    assert costs["billed"] == {"USD": "500.00"}
    assert costs["allowed"] == {"USD": "450.00"}
    assert costs["paid"] == {"USD": "440.00"}
    assert costs["patient"] == {"USD": "10.00"}


def test_amounts_that_do_not_add_are_marked(run: Run, write: Write) -> None:
    """Lines that are not the total, and shares that are not what was allowed."""
    lines = [{"sequence": n, "adjudication": amounts(submitted="100")} for n in (1, 2)]
    odd = eob("1", "2025-03-04", item=lines, total=amounts(
        submitted="250", eligible="200", benefit="150", memberliability="20"))  # fmt: skip
    paid(run, write, odd)

    marks = only(run("facts", "--kind", "charge", "--json").json["facts"])["marks"]

    assert {"amount/lines-differ", "amount/shares-do-not-add"} <= set(marks)


@pytest.mark.parametrize("ids", ["abc", "cab", "bca", "zyx"])
def test_a_chain_of_replacements_ends_where_nothing_replaces(
    run: Run, write: Write, ids: str
) -> None:
    """All made on one day: what replaces comes after what it replaces, whatever the ids."""
    first, second, third = ids
    related = {"relationship": {"coding": [{"code": "prior"}]}}

    def after(number: str, other: str, money: str) -> dict[str, Any]:
        named = {"claim": {"reference": f"ExplanationOfBenefit/{other}"}, **related}
        return eob(number, "2025-03-04", total=amounts(benefit=money), related=[named])

    costs = paid(
        run, write, after(third, second, "300"), after(second, first, "200"),
        eob(first, "2025-03-04", total=amounts(benefit="100")),
    )  # fmt: skip

    assert costs["paid"] == {"USD": "300.00"}


def test_a_part_taken_back_is_listed_and_not_added(run: Run, write: Write) -> None:
    """A negative amount that mirrors nothing does not take the whole claim back."""
    adjustment = eob("2", "2025-03-04", total=amounts(benefit="-50"), **NUMBER)

    costs = paid(run, write, said("1", "2025-04-01", "400"), adjustment | {"created": "2025-05-01"})

    assert costs["paid"] == {"USD": "400.00"}
    marks = only(run("facts", "--kind", "charge", "--json").json["facts"])["marks"]
    assert "amount/adjusted-in-part" in marks


def test_a_number_copied_from_paper_is_the_payers(run: Run, write: Write) -> None:
    """The same bill typed into a table with its number counts once."""
    head = "date,payer,provider,currency,billed,paid,claim_number\n"
    table = write("charges.csv", head + "2025-03-04,Prairie,Lakeside,USD,500,400,77\n")
    run("import", table, "--zone", "UTC")

    assert paid(run, write, said("1", "2025-04-01", "400"))["paid"] == {"USD": "400.00"}


def test_a_corrected_claim_that_moved_its_date_may_be_the_same_cost(run: Run, write: Write) -> None:
    """One number, one amount billed, a day apart: marked, until a person decides."""
    number = {"identifier": [{"system": "https://plan.example/claim", "value": "77"}]}
    one = eob("1", "2025-03-04", total=amounts(submitted="500"), **number)
    two = eob("2", "2025-03-05", total=amounts(submitted="500", benefit="300"), **number)
    run("import", write("a.json", bundle(one, two)), "--zone", "UTC")
    listed = run("facts", "--kind", "charge", "--json").json["facts"]
    twin = only([fact for fact in listed if "possible_duplicate_of" in fact])
    assert twin["amounts"] == {"billed": "500.00"}

    named = f"same_as={twin['possible_duplicate_of']}"
    assert run("correct", twin["id"], named, "--why", "a corrected date").status == 0

    left = only([f for f in run("facts", "--kind", "charge", "--json").json["facts"]
                 if not f["superseded"]])  # fmt: skip
    assert left["amounts"] == {"billed": "500.00", "paid": "300.00"}


@pytest.mark.parametrize(
    ("first", "second"),
    [("Medicare", "Aetna Medicare Supplement"), ("Blue Cross of Texas", "Blue Shield")],
)
def test_payers_that_share_a_word_are_two(run: Run, write: Write, first: str, second: str) -> None:
    """What each of them paid counts: 600 and 150."""
    costs = paid(
        run, write, said("1", "2025-04-01", "600", insurer={"display": first}),
        said("2", "2025-05-01", "150", insurer={"display": second}),
    )  # fmt: skip

    assert (costs["paid"], costs["billed"]) == ({"USD": "750.00"}, {"USD": "500.00"})


def test_what_says_that_it_replaces_does_so_under_any_name(run: Run, write: Write) -> None:
    """The link between two statements is stronger than the spelling of the payer."""
    related = [{"claim": {"reference": "ExplanationOfBenefit/1"},
                "relationship": {"coding": [{"code": "prior"}]}}]  # fmt: skip
    costs = paid(
        run, write, said("1", "2025-04-01", "600", insurer={"display": "UnitedHealthcare"}),
        eob("2", "2025-03-04", total=amounts(benefit="700"), insurer={"display": "UHC"},
            related=related),
    )  # fmt: skip

    assert costs["paid"] == {"USD": "700.00"}


def test_one_number_of_two_payers_is_two_claims(run: Run, write: Write) -> None:
    """1001 of one plan and 1001 of another, on one day: both bills count, nothing is reversed."""

    def claim(number: str, system: str, payer: str, money: str) -> dict[str, Any]:
        return eob(number, "2025-03-04", total=amounts(submitted=money, benefit=money),
                   identifier=[{"system": system, "value": "1001"}],
                   insurer={"display": payer})  # fmt: skip

    costs = paid(
        run,
        write,
        claim("1", "urn:acme", "Acme", "1000"),
        claim("2", "urn:life", "Acme Life", "300"),
    )

    assert costs["billed"] == {"USD": "1300.00"}


@pytest.mark.parametrize("filler", ["0", "1", "-", "PENDING", "TBD", "000000000"])
def test_a_filler_is_no_claims_number(run: Run, write: Write, filler: str) -> None:
    """Bills of one day under a filler are two bills."""
    named = {"identifier": [{"system": "urn:acme", "value": filler}]}
    costs = paid(
        run, write, eob("1", "2025-03-04", total=amounts(benefit="500"), **named),
        eob("2", "2025-03-04", total=amounts(benefit="100"), **named),
    )  # fmt: skip

    assert costs["paid"] == {"USD": "600.00"}


def test_rows_of_one_bill_are_its_lines(run: Run, write: Write) -> None:
    """Two lines typed under one claim number: both count."""
    head = "date,payer,provider,description,currency,billed,paid,claim_number\n"
    rows = "2025-03-04,Acme,Dr X,ED,USD,500,400,C1\n2025-03-04,Acme,Dr X,CT,USD,300,200,C1\n"
    run("import", write("c.csv", head + rows), "--zone", "UTC")

    found = run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json

    assert found["before"]["costs"]["paid"] == {"USD": "600.00"}


def test_a_reversal_takes_back_the_one_that_it_names(run: Run, write: Write) -> None:
    """Also where another statement has its amounts."""
    related = [{"claim": {"reference": "ExplanationOfBenefit/2"},
                "relationship": {"coding": [{"code": "reversal"}]}}]  # fmt: skip
    costs = paid(
        run, write, said("1", "2025-04-01", "100"), said("2", "2025-04-20", "200"),
        eob("3", "2025-03-04", total=amounts(benefit="-100"), **NUMBER, related=related)
        | {"created": "2025-05-01"},
    )  # fmt: skip

    assert costs.get("paid", {}) == {}
