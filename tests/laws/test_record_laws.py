"""Laws of the record: identity of encoding, idempotence, order of imports, sums of money."""

import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortipump.errors import QuantityError
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.quantities.money import parse_amount, settle
from cortipump.quantities.span import DateSpan
from cortipump.record.admission import Admission, Known, admit
from cortipump.record.codec import decode, encode
from cortipump.record.draft import Draft, keyed
from cortipump.record.facts import AnyBody, Charge, Code, Lab, Regimen, Score, Visit
from tests.conftest import Run
from tests.records import amounts, bundle, encounter, eob

TEXT = st.text(max_size=20)
DAYS = st.dates(date(1950, 1, 1), date(2026, 11, 1))
MOMENTS = st.builds(lambda d: Moment(d.isoformat(), d), DAYS)
MONEY = st.decimals(-10_000, 10_000, places=2)
BODIES: st.SearchStrategy[AnyBody] = st.one_of(
    st.builds(Visit, start=MOMENTS, facility=TEXT, reasons=st.tuples(st.builds(Code, TEXT, TEXT))),
    st.builds(Charge, at=MOMENTS, billed=MONEY, paid=st.none() | MONEY, currency=st.just("USD")),
    st.builds(Lab, at=MOMENTS, analyte=TEXT, value=st.decimals(0, 999, places=1), unit=TEXT),
    st.builds(Score, at=MOMENTS, instrument=TEXT, value=st.decimals(0, 120, places=0)),
    st.builds(
        Regimen, start=MOMENTS, drug=TEXT, mg_per_day=st.none() | st.decimals(0, 99, places=1)
    ),
)


@given(BODIES)
def test_encoding_and_decoding_is_identity(body: AnyBody) -> None:
    """Nothing is lost between memory and ledger, decimals to the digit."""
    assert decode(encode(body)) == body
    assert encode(decode(encode(body))) == encode(body)


# An origin numbers the versions of all its records, or of none.
KEYS_AND_VERSIONS = st.sampled_from([("a", ""), *((k, v) for k in "bc" for v in "123")])


@given(st.lists(st.tuples(KEYS_AND_VERSIONS, BODIES), max_size=8))
def test_what_was_admitted_is_known_the_second_time(
    found: list[tuple[tuple[str, str], AnyBody]],
) -> None:
    """Importing the same drafts twice adds nothing."""
    drafts = keyed([Draft(body, "$", key, version) for (key, version), body in found], "s")
    second = admit(drafts, known_after(admit(drafts, {})))

    assert second.facts == ()
    assert second.known == len(found)


def known_after(admission: Admission) -> dict[str, list[Known]]:
    """What a ledger that wrote this knows."""
    heads = dict(admission.supersessions)
    known: dict[str, list[Known]] = {}
    for fact in admission.facts:
        head = fact.id
        while head in heads:
            head = heads[head]
        known.setdefault(fact.key, []).append(Known(fact.id, fact.version, fact.body, head))
    return known


@given(BODIES, BODIES, st.permutations(["1", "2", "3"]))
def test_the_newest_version_stands_in_whatever_order_they_come(
    one: AnyBody, other: AnyBody, order: list[str]
) -> None:
    """Also when the origin changed a record and changed it back."""
    bodies = {"1": one, "2": other, "3": one}
    known: list[Known] = []
    heads: dict[str, str] = {}
    for version in order:
        drafts = keyed([Draft(bodies[version], "$", "k", version)], "s")
        admission = admit(drafts, {"k": known} if known else {})
        heads.update(admission.supersessions)
        confirmed = dict(admission.confirmed)
        known += known_after(admission).get("k", [])
        known = [
            Known(k.id, confirmed.get(k.id, k.version), k.body, _head(heads, k.id)) for k in known
        ]

    assert [k.body for k in known if k.stands] == [encode(one)]


def _head(heads: dict[str, str], fact: str) -> str:
    while fact in heads:
        fact = heads[fact]
    return fact


@given(BODIES, BODIES)
def test_ids_depend_on_the_record_and_not_on_its_neighbours(one: AnyBody, other: AnyBody) -> None:
    """The same record has the same id whatever was imported with it."""
    alone = admit(keyed([Draft(one, "$", "k")], "s"), {})
    behind = admit(keyed([Draft(other, "$", "j"), Draft(one, "$", "k")], "s"), {})

    assert alone.facts[0].id == behind.facts[-1].id


@given(DAYS)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    """ISO dates come back unchanged."""
    moment = parse_moment(day.isoformat(), ZoneInfo("America/Chicago"))
    assert (moment.day, moment.printed, moment.mark) == (day, day.isoformat(), "")


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_clear_error(text: str) -> None:
    """No other exception than ours leaves the parser."""
    with suppress(QuantityError):
        parse_moment(text, ZoneInfo("UTC"))


@given(st.decimals(0, 99_999_999, places=2))
def test_amounts_are_read_with_and_without_thousands(amount: Decimal) -> None:
    """1,580.00 and 1580.00 are one amount."""
    assert parse_amount(f"{amount:,.2f}") == parse_amount(f"${amount:.2f}") == amount
    assert settle(amount, "USD") == amount


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_clear_error(text: str) -> None:
    """No other exception than ours leaves the parser."""
    with suppress(QuantityError):
        parse_amount(text)


@given(DAYS, st.integers(0, 30), st.integers(1, 400), st.integers(-50, 50))
def test_nights_are_split_without_loss(first: date, nights: int, days: int, shift: int) -> None:
    """The nights of a stay before and after a border add up to the nights of the stay."""
    last = first + timedelta(days=nights)
    border = first + timedelta(days=shift)
    before = DateSpan(border - timedelta(days=days + 500), border)
    after = DateSpan(border, border + timedelta(days=days + 500))

    assert before.nights(first, last) + after.nights(first, last) == nights


FILES = [
    bundle(
        encounter("ed", "2025-03-04T22:00:00-06:00", "2025-03-05T02:00:00-06:00"),
        encounter("stay", "2025-03-05T02:00:00-06:00", "2025-03-08T10:00:00-06:00", "IMP",
                  reasonReference=[{"reference": "Condition/c"}]),
        {"resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
         "billablePeriod": {"start": "2025-03-05"}, "total": {"value": 9000, "currency": "USD"}},
    ),
    bundle(
        {"resourceType": "Condition", "id": "c", "code": {"coding": [{
            "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E27.2"}]}},
        eob("e1", "2025-03-05", claim={"reference": "Claim/c1"}, total=amounts(submitted="9000"),
            status="cancelled"),
    ),
    bundle(eob("e2", "2025-03-05", claim={"reference": "Claim/c1"}, total=amounts(
        submitted="8000", benefit="7000"), created="2025-05-01")),
    bundle(encounter("x", "2025-03-05", "2025-03-08", "IMP"), base="https://two.example/fhir"),
]  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::3])
def test_the_order_of_imports_never_matters(
    order: tuple[int, ...], run: Run, write: Callable[[str, Any], Path]
) -> None:
    """Bill, cancelled decision, corrected decision, condition, second source: any order."""
    for number in order:
        assert (
            run(
                "import", write(f"{number}.json", FILES[number]), "--zone", "America/Chicago"
            ).status
            == 0
        )

    found = run("evidence", "--index", "2025-06-01", "--after-days", 30, "--json").json

    before = found["before"]
    assert (before["emergency_visits"], before["inpatient_stays"], before["bed_days"]) == (0, 1, 3)
    assert before["possible_duplicates"]["inpatient_stays"] == {"if_one": 1, "if_each": 2}
    assert before["costs"]["billed"] == {"USD": "8000.00"}
    assert before["costs"]["paid"] == {"USD": "7000.00"}
    assert found["readings"]["adrenal_coded"]["before"]["inpatient_stays"] == 1
    assert json.dumps(found)
