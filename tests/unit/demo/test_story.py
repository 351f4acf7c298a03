"""The story behind the files: believable, and true to its own rules for every seed."""

import itertools
from datetime import timedelta

import pytest

from cortipump.demo.story.tell import Story, tell
from cortipump.demo.story.visits import DUPLICATED, ELSEWHERE, PUMP_FAILURE, Visit


@pytest.fixture(params=range(1, 21), ids=lambda seed: f"seed{seed}")
def story(request: pytest.FixtureRequest) -> Story:
    """One story after another."""
    return tell(request.param)


def happened(story: Story) -> list[Visit]:
    """The visits that took place."""
    return [visit for visit in story.visits if visit.happened]


def test_visits_never_overlap(story: Story) -> None:
    """Nobody is in two places."""
    ordered = sorted(happened(story), key=lambda visit: visit.arrival or visit.start)
    for one, two in itertools.pairwise(ordered):
        assert one.end < (two.arrival or two.start)


def test_stays_and_emergency_visits_are_days_apart(story: Story) -> None:
    """So that nothing else counts as one event by the 24-hour rule."""
    acute = [v for v in happened(story) if v.kind in {"emergency", "inpatient", "observation"}]
    for one, two in itertools.pairwise(acute):
        assert (two.arrival or two.start) - one.end > timedelta(days=2)


def test_no_stay_straddles_a_window(story: Story) -> None:
    """So that bed-days need no splitting."""
    edges = (story.index - timedelta(days=365), story.index)
    for visit in happened(story):
        assert not any(visit.day < edge <= visit.end.date() for edge in edges)


def test_arrival_and_admission_share_a_day(story: Story) -> None:
    """So that a merged event has one first day."""
    for visit in happened(story):
        if visit.arrival:
            assert visit.arrival.date() == visit.start.date()


def test_fewer_but_not_no_visits_afterwards(story: Story) -> None:
    """One of them in the run-in, after a pump failure."""
    acute = [v for v in happened(story) if v.kind in {"emergency", "inpatient"}]
    before = [v for v in acute if story.index - timedelta(days=365) <= v.day < story.index]
    after = [v for v in acute if v.day >= story.index]

    assert len(before) > len(after) > 0
    assert story.visit(PUMP_FAILURE).day < story.index + timedelta(days=28)
    assert story.visit(DUPLICATED).nights == 3
    assert story.visit(ELSEWHERE).place.zone == "America/Detroit"


def test_appointments_fall_on_weekdays(story: Story) -> None:
    """The start is a Monday, and so all offsets hold."""
    assert story.index.weekday() == 0
    for visit in story.visits:
        if visit.kind in {"office", "virtual", "other"}:
            assert visit.day.weekday() < 5


def test_everything_lies_inside_the_record(story: Story) -> None:
    """It ends with a visit on its last day; only the planned one comes later."""
    planned = [visit for visit in story.visits if visit.status == "planned"]

    assert [visit.day > story.last for visit in planned] == [True]
    assert max(visit.end.date() for visit in happened(story)) == story.last
    assert all(lab.at.date() <= story.last for lab in story.labs)
    assert all(s.issued <= story.last for s in story.claims.statements)


def test_labs_are_drawn_during_their_visits(story: Story) -> None:
    """A value belongs to the visit that it names."""
    for lab in story.labs:
        visit = story.visit(lab.visit)
        day = (visit.arrival or visit.start).date()
        assert day <= lab.at.date() <= visit.end.date()


def test_crises_show_low_sodium_and_high_potassium(story: Story) -> None:
    """As the disease has it."""
    lows = [lab for lab in story.labs if lab.test.analyte == "sodium" and (lab.value or 0) < 131]
    highs = [lab for lab in story.labs if lab.test.analyte == "potassium" and (lab.value or 0) > 5]

    assert len(lows) >= 6
    assert len(highs) >= 6


def test_no_cortisol_after_an_injection_at_home(story: Story) -> None:
    """The level would say nothing."""
    injected = {shot.at.date() for shot in story.injections}
    for lab in story.labs:
        if lab.test.analyte == "cortisol":
            assert lab.at.date() not in injected


def test_scores_are_totals_with_two_baselines(story: Story) -> None:
    """At least four weeks apart, and three follow-ups."""
    before = [score.on for score in story.scores if score.on < story.index]

    assert all(30 <= score.total <= 120 for score in story.scores)
    assert before[-1] - before[0] >= timedelta(weeks=4)
    assert len(story.scores) - len(before) >= 3


def test_work_lost_is_never_more_than_the_days_between(story: Story) -> None:
    """Half days are halves of one day."""
    for loss in story.work:
        assert loss.first <= loss.last
        assert 0 < loss.days <= (loss.last - loss.first).days + 1


def test_regimens_follow_each_other(story: Story) -> None:
    """No day with two regimens of hydrocortisone, none without."""
    tablets = [r for r in story.regimens if r.drug == "hydrocortisone"]
    for one, two in itertools.pairwise(tablets):
        assert one.last == two.first - timedelta(days=1)


def test_members_share_stays_below_the_yearly_limit(story: Story) -> None:
    """The plan keeps its own rule."""
    for year in {s.bill.first.year for s in story.claims.standing}:
        shares = [s.whole.patient for s in story.claims.standing if s.bill.first.year == year]
        assert sum(shares) <= 7200
