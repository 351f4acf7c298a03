"""What a reader must doubt: always the same five, and what is special about the record."""

import re
from datetime import date

import pytest

from cortipump.errors import KnowledgeError
from cortipump.knowledge.wordings import caveat_wording, caveat_wordings, definition_wordings

ALWAYS = (
    "regression-to-the-mean",
    "no-comparison-group",
    "events-cluster",
    "recording-changes",
    "supporting-record-only",
)


@pytest.mark.safety("S7")
def test_the_five_caveats_always_stand_first(book):
    """Even over an empty record (coverage.md 8.4)."""
    caveats = book.compare().caveats

    assert tuple(caveat.id for caveat in caveats[:5]) == ALWAYS
    assert [caveat.always for caveat in caveats[:5]] == [True] * 5
    assert not any(caveat.always for caveat in caveats[5:])


@pytest.mark.safety("S7")
def test_no_wording_promises_anything():
    """No percentage, no forecast, no absolute in any caveat or definition."""
    texts = [w.text for w in caveat_wordings().values()] + [d.text for d in definition_wordings()]

    for text in texts:
        assert not re.search(r"\d|%|percent reduction|prove|guarantee|cure", text), text
        assert not re.search(r"\bwill (fall|improve|reduce|prevent|be fewer)\b", text), text


def test_every_wording_has_a_source_and_fills_in():
    """Ids are unique by construction; each names a source."""
    assert all(wording.source for wording in caveat_wordings().values())
    assert sum(wording.always for wording in caveat_wordings().values()) == 5


def test_the_record_starts_inside_the_window(book, caveat_ids):
    """The earliest fact is of June, the window of March: events may be missing."""
    book.lab("2024-06-01")

    result = book.compare()

    assert "record-starts-inside" in caveat_ids(result)
    assert "2024-06-01" in next(c.text for c in result.caveats if c.id == "record-starts-inside")


@pytest.mark.parametrize("day", ["2024-03-01", "2020-01-01"])
def test_a_record_that_reaches_back_is_not_doubted(book, caveat_ids, day):
    """A charge on the first day of the window, or earlier, shows that the record was kept."""
    book.charge(day, billed="1.00")
    book.lab("2024-06-01")

    assert "record-starts-inside" not in caveat_ids(book.compare())


def test_windows_are_questioned(book, caveat_ids):
    """A record that ends early, unequal windows, and a short time after."""
    ids = caveat_ids(book.compare(after_days=100, record_ends=date(2025, 5, 1)))

    assert {"record-ends-early", "unequal-windows", "short-follow-up"} <= set(ids)


def test_windows_that_fit_are_not_questioned(book, caveat_ids):
    """A year on either side of a record that covers both."""
    ids = caveat_ids(book.compare())

    assert not {"record-ends-early", "unequal-windows", "short-follow-up"} & set(ids)


@pytest.mark.parametrize(("days", "short"), [(183, True), (184, False)])
def test_six_months_are_calendar_months(book, caveat_ids, days, short):
    """1 March to 1 September are 184 days."""
    assert ("short-follow-up" in caveat_ids(book.compare(after_days=days))) is short


def test_six_months_after_a_day_that_the_month_lacks(book, caveat_ids):
    """Six months after 31 August: 1 March, 182 days on, because February has no 31st."""
    assert "short-follow-up" not in caveat_ids(book.compare("2025-08-31", after_days=182))
    assert "short-follow-up" in caveat_ids(book.compare("2025-08-31", after_days=181))


def test_an_unknown_caveat_is_a_fault_of_the_package():
    """The words are data: asking for what is not there says which file lacks it."""
    with pytest.raises(KnowledgeError, match="no caveat named"):
        caveat_wording("no-such-caveat")


def test_events_of_the_run_in_are_named(book, caveat_ids):
    """An event on day 28 lies in the run-in, one on day 29 does not."""
    inside = book.visit("emergency", "2025-03-28")
    book.visit("emergency", "2025-03-29")

    result = book.compare()

    assert caveat_ids(result)["run-in-events"] == (inside,)
    assert result.run_in.counts["emergency_visits"].value == 1
    assert result.after.counts["emergency_visits"].value == 2


@pytest.mark.safety("S7")
def test_nothing_after_is_not_called_the_end(book, caveat_ids):
    """Events before and none after: a caveat says that none so far is not none for good."""
    book.visit("emergency", "2024-06-01")

    result = book.compare()

    assert "zero-after" in caveat_ids(result)
    assert "emergency visits" in next(c.text for c in result.caveats if c.id == "zero-after")


def test_pump_days_on_the_wrong_side_are_named(book, caveat_ids):
    """A loaner in December, returned; the own pump from March until June only."""
    loaner = book.regimen("2024-12-01", "2024-12-31", route="pump", ownership="loaner")
    own = book.regimen("2025-03-01", "2025-06-01", route="pump", ownership="own")

    ids = caveat_ids(book.compare())

    assert ids["pump-before-index"] == (loaner,)
    assert ids["pump-not-throughout"] == (own,)


def test_a_pump_worn_throughout_is_not_questioned(book, caveat_ids):
    """From the index date on, without an end."""
    book.regimen("2025-03-01", route="pump", ownership="own")

    assert not {"pump-before-index", "pump-not-throughout"} & set(caveat_ids(book.compare()))


def test_an_empty_record_yields_zeros_nobody_doubts_silently(book):
    """Nothing recorded: counts of zero, no ratio, no cost, all definitions present."""
    result = book.compare()

    assert all(not count.value for count in result.before.counts.values())
    assert all(row.rate_ratio is None for row in result.comparisons)
    assert result.fact_ids == ()
    assert len(result.definitions) == len(definition_wordings())


def test_without_a_run_in_nothing_is_said_of_it(book):
    """No run-in asked for: no window, no definition."""
    result = book.compare(run_in_days=0)

    assert result.run_in is None
    assert not any("run-in is" in sentence for sentence in result.definitions)
    assert set(result.readings["all_causes"]) == {"before", "after"}
