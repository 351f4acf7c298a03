"""Phases of treatment from the regimens."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from cortipump.errors import EvidenceError
from cortipump.quantities.moment import parse_moment
from cortipump.record.facts import Fact, Origin, Regimen
from cortipump.record.phases import phases, start_of
from cortipump.record.timeline import Timeline

HOME = ZoneInfo("America/New_York")


def regimen(name, start, end="", route="oral", role="glucocorticoid", **more):
    """A regimen fact named for the test."""
    body = Regimen(
        start=parse_moment(start, HOME) if start else None,
        end=parse_moment(end, HOME) if end else None,
        route=route,
        role=role,
        **more,
    )
    return Fact(name, body, Origin())


def found(*facts):
    """Name, first day and end of every phase."""
    return [(p.name, str(p.from_), p.until and str(p.until)) for p in phases(Timeline(facts))]


def test_the_whole_road():
    """Tablets, injections, a loaner, then the own pump, with the days in between."""
    assert found(
        regimen("t", "2023-01-01", "2024-01-31"),
        regimen("i", "2024-02-01", "2024-05-31", "injection"),
        regimen("l", "2024-06-10", "2024-08-31", "pump", ownership="loaner"),
        regimen("p", "2024-09-01", "", "pump", ownership="own"),
    ) == [
        ("tablets", "2023-01-01", "2024-02-01"),
        ("injections", "2024-02-01", "2024-06-01"),
        ("loaner", "2024-06-10", "2024-09-01"),
        ("own-pump", "2024-09-01", None),
    ]


def test_a_pump_wins_while_it_runs():
    """Tablets that were never closed resume when the loaner is returned."""
    assert found(
        regimen("t", "2024-01-01"),
        regimen("l", "2024-03-01", "2024-04-30", "pump", ownership="loaner"),
    ) == [
        ("tablets", "2024-01-01", "2024-03-01"),
        ("loaner", "2024-03-01", "2024-05-01"),
        ("tablets", "2024-05-01", None),
    ]


def test_the_regimen_started_last_prevails():
    """Injections begun while the tablets still stand open."""
    assert found(regimen("t", "2024-01-01"), regimen("i", "2024-03-01", "", "subcutaneous")) == [
        ("tablets", "2024-01-01", "2024-03-01"),
        ("injections", "2024-03-01", None),
    ]


def test_changes_of_dose_are_one_phase():
    """Three regimens of tablets in a row, with the facts of all."""
    (phase,) = phases(
        Timeline(
            [
                regimen("t1", "2024-01-01", "2024-01-31"),
                regimen("t2", "2024-02-01", "2024-02-29"),
                regimen("t3", "2024-02-15"),
            ]
        )
    )

    assert (phase.name, phase.from_, phase.until) == ("tablets", date(2024, 1, 1), None)
    assert phase.fact_ids == ("t1", "t2", "t3")


def test_a_pump_of_unknown_ownership():
    """Whose pump it is stays open; a named device is a pump whatever the route says."""
    assert found(regimen("p", "2024-01-01", route="", device="Omnipod DASH")) == [
        ("pump", "2024-01-01", None)
    ]


@pytest.mark.parametrize(
    "fact",
    [
        regimen("f", "2024-01-01", role="mineralocorticoid"),
        regimen("c", "2024-01-01", status="cancelled"),
        regimen("n", ""),
        regimen("x", "2024-01-01", route="inhaled"),
        regimen("z", "2024-05-01", "2024-01-01"),
    ],
    ids=lambda fact: fact.id,
)
def test_what_makes_no_phase(fact):
    """Other drugs, orders never taken, undated, other routes, ends before starts."""
    assert found(fact) == []


def test_the_start_of_a_phase():
    """The first day of the first phase of the name."""
    timeline = Timeline(
        [
            regimen("t", "2024-01-01"),
            regimen("p", "2025-03-01", "2025-04-01", "pump", ownership="own"),
        ]
    )

    assert start_of(phases(timeline), "own-pump") == date(2025, 3, 1)
    assert start_of(phases(timeline), "tablets") == date(2024, 1, 1)


def test_an_unknown_phase_lists_those_that_exist():
    """The message is the way out."""
    timeline = Timeline([regimen("t", "2024-01-01"), regimen("l", "2025-01-01", route="pump")])

    with pytest.raises(EvidenceError, match="the record has: tablets, pump") as caught:
        start_of(phases(timeline), "own-pump")
    assert "--index" in caught.value.do


def test_no_regimen_no_phase():
    """An empty record says that there is none."""
    with pytest.raises(EvidenceError, match="the record has: none"):
        start_of(phases(Timeline([])), "own-pump")


def test_a_start_known_by_month_is_no_index_date():
    """The phase is shown; its start is refused rather than guessed."""
    timeline = Timeline([regimen("p", "2025-03", route="pump", ownership="own")])

    assert not phases(timeline)[0].exact
    with pytest.raises(EvidenceError, match="only its month or year"):
        start_of(phases(timeline), "own-pump")
