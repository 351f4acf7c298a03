"""Laws of the order of import: whichever file came first, the evidence counts the same."""

import itertools
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cortipump.quantities.moment import Moment
from cortipump.record.facts import Fact, Origin, Visit
from tests.laws.test_evidence_laws import INDEX, counts_of, result_of


@st.composite
def crowded(draw):
    """Up to five stays and emergency visits of a few days, in at most four sources."""
    found = []
    for number in range(draw(st.integers(2, 5))):
        first = INDEX + timedelta(days=draw(st.integers(-6, 3)))
        last = first + timedelta(days=draw(st.integers(0, 3)))
        clocks = st.sampled_from([None, "01:00", "10:00", "22:00"])
        body = Visit(
            start=Moment(str(first), first, draw(clocks)),
            end=Moment(str(last), last, draw(clocks)) if draw(st.integers(0, 4)) else None,
            visit_kind=draw(st.sampled_from(["inpatient", "inpatient", "emergency", "unknown"])),
            facility=draw(st.sampled_from(["", "Mercy Hospital", "County General"])),
            basis=draw(st.sampled_from(["record", "record", "record", "bill"])),
        )
        found.append((f"{number}", body, draw(st.sampled_from("abcd"))))
    return found


def imported(rows):
    """The rows as facts, imported in this order: their times and ids tell it."""
    return [
        Fact(f"{at}-{name}", body, Origin(source=source, at=f"2026-01-0{at + 1}"))
        for at, (name, body, source) in enumerate(rows)
    ]


def numbers_of(result):
    """Every number of a result, without the ids."""
    return {key: (count.value, count.fewest, count.most) for key, count in counts_of(result)}


@settings(max_examples=150, deadline=None)
@given(crowded())
def test_the_order_of_import_never_matters(rows):
    """Every order of importing the same records gives the same counts, nights and ranges."""
    expected = numbers_of(result_of(imported(rows)))

    for order in itertools.permutations(rows):
        assert numbers_of(result_of(imported(order))) == expected
