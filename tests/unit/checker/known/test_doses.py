"""Doses that records state: of which drug, for what use, from when."""

from datetime import date
from decimal import Decimal

import pytest

from cortipump.checker.known.doses import drug_near, drug_of, is_daily
from cortipump.record.facts import Note, Regimen, RescueInjection
from tests.unit.checker.judges.bills import moment
from tests.unit.checker.judges.ledger import known_from


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        ("Cortef 10 mg", "hydrocortisone"),
        ("Solu-Cortef", "hydrocortisone"),
        ("Florinef", "fludrocortisone"),
        ("methylprednisolone", "methylprednisolone"),
        ("prednisolone", "prednisolone"),
        ("prednisone", "prednisone"),
        ("cortisone acetate", "cortisone"),
        ("HC", "hydrocortisone"),
        ("the hc of it", ""),  # only in capitals
        ("insulin", ""),
    ],
)
def test_a_drug_is_known_by_its_names(words: str, drug: str) -> None:
    """Ingredients and brands; never the other drug whose name holds it."""
    assert drug_of(words) == drug


def test_the_drug_of_an_amount_is_the_nearest_without_another_figure_between() -> None:
    """``20 mg hydrocortisone and 0.1 mg fludrocortisone``."""
    text = "20 mg hydrocortisone and 0.1 mg fludrocortisone"

    assert drug_near(text, 0, 5) == "hydrocortisone"
    assert drug_near(text, 25, 31) == "fludrocortisone"
    assert drug_near("I took 5 mg.", 7, 11) == ""


@pytest.mark.parametrize(
    ("text", "daily"),
    [
        ("24 mg/day", True),
        ("24 mg per day", True),
        ("24 mg of hydrocortisone a day", True),
        ("24 mg daily", True),
        ("a daily dose of 24 mg", True),
        ("24 mg at once", False),
        ("24 mg on that day", False),
    ],
)
def test_a_dose_is_of_a_day_where_the_words_say_so(text: str, *, daily: bool) -> None:
    """Right behind it or right before it."""
    start = text.index("24")
    assert is_daily(text, start, start + len("24 mg")) is daily


def test_doses_stand_in_numbers_and_in_words() -> None:
    """A regimen's day and parts, an injection, a note with and without a use."""
    ledger = known_from(
        Regimen(drug="hydrocortisone", route="oral", start=moment("2022-01-10"),
                end=moment("2025-05-01"), mg_per_day=Decimal(30), schedule="20 mg and 10 mg"),
        RescueInjection(at=moment("2025-03-04"), mg=Decimal(50)),
        Note(at=moment("2025-08-21"), text="28 mg per day. Given 75 mg i.v. Glucose 90 mg/dL."),
    )  # fmt: skip

    found = {(d.amount, d.use, d.drug, d.first, d.last) for d in ledger.doses}

    start, end, hurt = date(2022, 1, 10), date(2025, 5, 1), date(2025, 3, 4)
    drug = "hydrocortisone"
    assert found == {
        (Decimal(30), "daily", drug, start, end),
        (Decimal(20), "once", drug, start, end),
        (Decimal(10), "once", drug, start, end),
        (Decimal(50), "once", drug, hurt, hurt),
        (Decimal(28), "daily", "", None, None),  # a note's day is not the dose's
        (Decimal(75), "once", "", None, None),
    }
