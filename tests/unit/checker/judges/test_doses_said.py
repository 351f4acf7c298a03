"""Doses held against all that a sentence says of them: drug, way, time, hour and unit."""

from decimal import Decimal

import pytest

from cortipump.checker.known.known import Known
from cortipump.record.facts import Note, Regimen, RescueInjection
from tests.unit.checker.judges.bills import moment
from tests.unit.checker.judges.ledger import Case, Wrong, found, hold, known_from, right, wrong

_FIRST = "10 mg 07:00, 5 mg 12:00, 5 mg 17:00"
_SECOND = "15 mg 07:00, 7.5 mg 12:00, 5 mg 17:00, 2.5 mg 22:00"


@pytest.fixture(scope="module")
def ledger() -> Known:
    """Two regimens of tablets, a pump, two injections, and a note that repeats a dose."""
    return known_from(
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="oral", mg_per_day=Decimal(20),
                start=moment("2023-07-23"), end=moment("2025-07-13"), schedule=_FIRST),
        # Its end is not recorded: the pump ends it.
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="oral", mg_per_day=Decimal(30),
                start=moment("2025-07-14"), schedule=_SECOND, status="completed"),
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="pump", device="a pump",
                start=moment("2026-02-02"), mg_per_day=Decimal(24)),
        Regimen(drug="fludrocortisone", role="mineralocorticoid", route="oral",
                start=moment("2023-07-23"), mg_per_day=Decimal("0.1")),
        RescueInjection(at=moment("2025-10-13 19:19"), mg=Decimal(100), route="i.m."),
        RescueInjection(at=moment("2025-12-22 21:03"), mg=Decimal(100), route="i.m."),
        Note(at=moment("2026-01-26"), text="Tablets now 30 mg per day. In crisis 100 mg i.m."),
    )  # fmt: skip


RIGHT = right(
    "On December 22, 2025 my sister gave me 100 mg hydrocortisone by injection.",
    "Even with two rescue injections 30 mg was not enough.",
    "With the pump I have given myself 100 mg twice.",
    "In the year before the pump she was given 100 mg twice.",
    "The pump now delivers 24 mg a day.",
    "Her daily dose by pump is 24 mg.",
    "Compared with 30 mg/day on tablets, the 24 mg/day of the pump are less.",
    "With the pump she needs 24 mg a day instead of 30 mg.",
    "By now I was on 30 mg a day and still had crises.",
    "I will stay on 24 mg a day until the pump is approved.",
    "The dose was cut by 6 mg, from 30 mg to 24 mg with the pump.",
    "She receives 1 mg of hydrocortisone an hour by pump, 24 mg a day.",
    "I take fludrocortisone 100 mcg a day.",
    "From July 14, 2025 I took 15 mg at 07:00, 7.5 mg at 12:00, 5 mg at 17:00 and 2.5 mg at 22:00.",
    "I took 10 mg at 7 am, 5 mg at noon and 5 mg at 5 pm from July 23, 2023.",
    "Started on 20 mg in July 2023, raised to 30 mg in July 2025 and put on 24 mg in February 2026.",
    "My tablets came to 30 mg a day until the pump.",
    "She took 15 mg, 7.5 mg, 5 mg and 2.5 mg, in all 30 mg a day.",
    "On February 2, 2026 I changed from tablets (30 mg a day) to a pump (24 mg a day).",
    "On tablets: hydrocortisone 20 and 30 mg/day, fludrocortisone 0.1 mg.",
)
WRONG = wrong(
    (
        "On December 22, 2025 my sister gave me 10 mg hydrocortisone by injection.",
        Wrong("10 mg", "amount-differs", "dose-not-found",
              "100 mg of hydrocortisone by injection on 2025-12-22"),
    ),
    (
        "On December 22, 2025 my sister gave me 10 mg hydrocortisone.",
        Wrong("10 mg", "amount-differs", "dose-not-found", "100 mg of hydrocortisone by injection"),
    ),
    (
        "Each rescue injection was 100 mcg.",
        Wrong("100 mcg", "amount-differs", "dose-not-found", "100 mg of hydrocortisone by inject"),
    ),
    (
        "The pump delivers 30 mg a day.",
        Wrong("30 mg a day", "amount-differs", "dose-differs",
              "24 mg per day of hydrocortisone by pump from 2026-02-02"),
    ),
    (
        "Her daily dose by pump is 20 mg.",
        Wrong("20 mg", "amount-differs", "dose-differs", "24 mg per day"),
    ),
    (
        "I now take 30 mg a day.",
        Wrong("30 mg a day", "amount-differs", "dose-differs", "24 mg per day"),
    ),
    (
        "The dose was cut by 10 mg, from 30 mg to 24 mg.",
        Wrong("10 mg", "amount-differs", "dose-not-found"),
    ),
    (
        "Cut from 30 mg to 20 mg with the pump.",
        Wrong("20 mg", "amount-differs", "dose-not-found", "24 mg per day"),
    ),
    (
        "The tablets were cut from 30 mg to 20 mg a day.",
        Wrong("20 mg a day", "amount-differs", "dose-differs"),
    ),
    (
        "She receives 24 mg of hydrocortisone an hour by pump.",
        Wrong("24 mg", "amount-differs", "dose-differs", "24 mg per day"),
    ),
    (
        "She receives 24 U of hydrocortisone a day.",
        Wrong("24 U", "unsupported-number", "dose-not-found"),
    ),
    (
        "I take fludrocortisone 0.1 mcg a day.",
        Wrong("0.1 mcg a day", "amount-differs", "dose-differs", "0.1 mg per day"),
    ),
    (
        "She took 7.5 mg of hydrocortisone at 22:00 from July 14, 2025.",
        Wrong("7.5 mg", "amount-differs", "dose-not-found",
              "2.5 mg of hydrocortisone by mouth at 22:00 from 2025-07-14"),
    ),
    (
        "She took 15 mg of hydrocortisone at 07:00 from July 23, 2023.",
        Wrong("15 mg", "amount-differs", "dose-not-found", "10 mg of hydrocortisone by mouth"),
    ),
    (
        "Started on 20 mg a day, raised to 20 mg in July 2025.",
        Wrong("20 mg", "amount-differs", "dose-not-found"),
    ),
    (
        "She took 15 mg, 7.5 mg and 5 mg, in all 20 mg a day.",
        Wrong("20 mg a day", "total-does-not-add-up", "parts-differ"),
    ),
    (
        "My tablets came to 20 mg a day until the pump.",
        Wrong("20 mg a day", "amount-differs", "dose-differs", "30 mg per day"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_doses_that_agree_in_all_that_is_said_pass(case: Case, ledger: Known) -> None:
    """Doubt is settled for the letter."""
    hold(case, ledger)


@pytest.mark.parametrize("case", WRONG)
def test_doses_that_differ_in_what_is_said_are_found(case: Case, ledger: Known) -> None:
    """With a recorded dose of that drug, way and time, or with none."""
    hold(case, ledger)


@pytest.mark.safety("S1")
@pytest.mark.parametrize(
    "sentence",
    [
        "Each rescue injection was 50 mg.",
        "The pump runs at 2 mg/h.",
        "She receives 240 mg of hydrocortisone by pump.",
        "On October 13, 2025 the paramedic injected 15 mg.",
        "I now take 17 mg a day.",
    ],
)
def test_what_is_shown_is_never_a_dose_of_another_way_or_the_day_of_a_note(
    sentence: str, ledger: Known
) -> None:
    """No oral dose for an injection, no tablets for the pump, no note's day as a start."""
    told = " ".join(f.suggestion for f in found(sentence, ledger))

    assert "by mouth" not in told
    assert "2026-01-26" not in told
    assert ("100 mg of hydrocortisone by injection" in told) != ("24 mg per day" in told)


def test_two_parts_of_a_schedule_that_changed_places_are_both_found(ledger: Known) -> None:
    """Each against the hour beside it."""
    wrong = "From July 14, 2025 I took 15 mg at 07:00, 5 mg at 12:00, 7.5 mg at 17:00."

    shown = [(f.text, f.suggestion.split(" of ")[0]) for f in found(wrong, ledger)]

    assert shown == [("5 mg", "7.5 mg"), ("7.5 mg", "5 mg")]
