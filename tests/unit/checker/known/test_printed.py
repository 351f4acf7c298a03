"""Numbers that stand in the words of the records."""

from decimal import Decimal

from cortipump.checker.known.printed import printed_numbers, words_of
from cortipump.record.facts import Fact, Note, Origin
from tests.unit.checker.judges.bills import timeline
from tests.unit.checker.judges.ledger import known, known_from


def test_numbers_are_known_by_the_kind_of_their_record() -> None:
    """The note says 7 hours and 40 %; the schedule of tablets says 15, 10 and 5 mg."""
    printed = known().printed

    assert printed.holds(Decimal(7), ["note"])
    assert printed.holds(Decimal(15), ["regimen"])
    assert not printed.holds(Decimal(15), ["note"])
    assert printed.holds(Decimal(15), ["note", "regimen"])
    assert printed.holds(Decimal(180), ["decision"])
    assert printed.percents == {Decimal(40)}


def test_a_number_is_read_with_its_commas_and_its_point() -> None:
    """``1,580.50`` is one number."""
    printed = known_from(Note(text="It cost 1,580.50 in 3 parts.")).printed

    assert set(printed.by_kind["note"]) == {Decimal("1580.50"), Decimal(3)}


def test_a_record_that_was_replaced_says_nothing() -> None:
    """Only standing facts have words."""
    fact = Fact("one", Note(text="12 and 13"), Origin(source="a", name="records.json"))

    assert list(words_of(fact)) == ["", "12 and 13", ""]
    assert printed_numbers(timeline(), None).percents == frozenset()


def test_without_a_comparison_nothing_is_computed() -> None:
    """No number is borne out by one."""
    assert not known().printed.is_computed(Decimal(1), 0)
