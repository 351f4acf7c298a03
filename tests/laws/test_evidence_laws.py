"""Laws of the evidence: what must hold for every record, whoever's it is."""

import random
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cortipump.evidence.compare import compare
from cortipump.evidence.costs import ChargeView
from cortipump.evidence.rates import poisson_limits, rate_ratio, yearly_rate
from cortipump.evidence.windows import choose_windows
from cortipump.quantities.moment import FROM_UTC, Moment
from cortipump.record.duplicates import Matches, match_visits
from cortipump.record.facts import Code, Fact, Origin, RescueInjection, Visit, WorkLoss
from cortipump.record.timeline import Timeline

INDEX = date(2025, 3, 1)
WINDOWS = choose_windows(
    INDEX,
    index_why="law",
    before_days=30,
    after_days=30,
    run_in_days=7,
    record_ends=date(2026, 1, 1),
    today=date(2026, 1, 1),
)
KINDS = ("emergency", "inpatient", "observation", "urgent-care", "unknown", "office")
# The first ratio loads SciPy: no deadline.
unhurried = settings(deadline=None)
COUNTS = st.integers(0, 60)
DAYS = st.integers(1, 4000)


@st.composite
def moments(draw, first=-40, last=40):
    """A moment around the index date: by day, with a clock, or now and then only a month."""
    day = INDEX + timedelta(days=draw(st.integers(first, last)))
    shape = draw(st.sampled_from(["day", "day", "clock", "clock", "utc", "month"]))
    if shape == "month":
        return Moment(f"{day:%Y-%m}", mark="date/month-only")
    if shape == "day":
        return Moment(str(day), day)
    clock = f"{draw(st.integers(0, 23)):02d}:{draw(st.sampled_from(['00', '30']))}"
    return Moment(f"{day}T{clock}", day, clock, FROM_UTC if shape == "utc" else "")


@st.composite
def visits(draw):
    """A visit of any kind, long or short, from one of three sources."""
    start = draw(moments())
    end = None
    if start.day is not None and draw(st.booleans()):
        day = start.day + timedelta(days=draw(st.integers(0, 9)))
        end = Moment(str(day), day, draw(st.sampled_from([None, "10:00", "23:30"])))
    return Visit(
        start=start if draw(st.integers(0, 19)) else None,
        end=end,
        visit_kind=draw(st.sampled_from(KINDS)),
        facility=draw(st.sampled_from(["", "Mercy Hospital", "Northside"])),
        reasons=draw(st.sampled_from([(), (Code("icd-10-cm", "E27.2"),)])),
        basis=draw(st.sampled_from(["record", "record", "record", "bill"])),
        acute=draw(st.sampled_from([True, True, True, False])),
        marked=draw(st.sampled_from([None, True, False])),
    )


@st.composite
def bodies(draw):
    """A visit, or something of the diary."""
    shape = draw(st.sampled_from(["visit", "visit", "visit", "visit", "injection", "work"]))
    if shape == "visit":
        return draw(visits())
    if shape == "injection":
        return RescueInjection(at=draw(moments()))
    days = draw(st.sampled_from([None, Decimal("0.5"), Decimal(3)]))
    return WorkLoss(start=draw(moments()), days=days)


@st.composite
def records(draw, max_size=12):
    """The facts of one person."""
    facts = []
    for number, body in enumerate(draw(st.lists(bodies(), max_size=max_size))):
        source, at = draw(st.sampled_from("abc")), draw(st.sampled_from(["2026-01", "2026-02"]))
        facts.append(Fact(f"f{number:02d}", body, Origin(source=source, at=at)))
        if isinstance(body, Visit) and draw(st.integers(0, 3)) == 0:
            copy = msgspec.structs.replace(
                body, reasons=(), marked=draw(st.sampled_from([None, True]))
            )
            facts.append(Fact(f"g{number:02d}", copy, Origin(source="d", at="2026-03")))
    return facts


def result_of(facts, matches=None):
    """The comparison of the facts."""
    return compare(Timeline(facts), WINDOWS, (), matches=matches)


def counts_of(result):
    """Every count with the reading, window and measure it belongs to."""
    for reading, by_window in result.readings.items():
        for window, by_measure in by_window.items():
            for measure, count in by_measure.items():
                yield (reading, window, measure), count


def assert_no_better(doubtful, plain):
    """Nothing before is more, nothing after is less."""
    earlier = dict(counts_of(plain))
    for (reading, window, measure), count in counts_of(doubtful):
        old = earlier[reading, window, measure]
        if window == "before":
            assert count.value <= old.value, (reading, measure)
        else:
            assert count.value >= old.value, (reading, measure)


# -- rates ---------------------------------------------------------------------------------


@unhurried
@given(COUNTS, st.integers(1, 60), DAYS, DAYS)
def test_the_interval_contains_the_estimate(after, before, days_after, days_before):
    """Low <= ratio <= high, and p lies between 0 and 1."""
    found = rate_ratio(after, before, days_after, days_before)

    assert 0 <= found.low <= found.ratio <= found.high < float("inf")
    assert 0 <= found.p_central <= 1


@unhurried
@given(st.integers(1, 60), st.integers(1, 60), DAYS, DAYS)
def test_swapping_the_windows_inverts_the_ratio(after, before, days_after, days_before):
    """Ratio and limits become their reciprocals; p stays."""
    there = rate_ratio(after, before, days_after, days_before)
    back = rate_ratio(before, after, days_before, days_after)

    assert back.ratio == pytest.approx(1 / there.ratio)
    assert (back.low, back.high) == (pytest.approx(1 / there.high), pytest.approx(1 / there.low))
    assert back.p_central == pytest.approx(there.p_central, abs=1e-9)


@unhurried
@given(COUNTS, st.integers(1, 60), DAYS, DAYS)
def test_the_test_agrees_with_the_interval(after, before, days_after, days_before):
    """P below 0.05 exactly when the interval leaves out 1 (away from the knife's edge)."""
    found = rate_ratio(after, before, days_after, days_before)
    assume(abs(found.p_central - 0.05) > 1e-6)

    assert (found.p_central < 0.05) is not (found.low <= 1 <= found.high)


@unhurried
@given(st.integers(1, 60), DAYS)
def test_an_eventless_day_lowers_a_rate(events, days):
    """One more day without an event: rate and both limits fall."""
    short, long = yearly_rate(events, days), yearly_rate(events, days + 1)

    assert long.value < short.value
    assert long.low < short.low
    assert long.high < short.high


@unhurried
@given(COUNTS)
def test_poisson_limits_grow_with_the_count(events):
    """More events, higher limits; the count lies between them."""
    low, high = poisson_limits(events)
    next_low, next_high = poisson_limits(events + 1)

    assert low <= events <= high
    assert low < next_low
    assert high < next_high


# -- counts --------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_facts_never_matters(facts, rng: random.Random):
    """Shuffled facts give the same result, to the last id and caveat."""
    shuffled = list(facts)
    rng.shuffle(shuffled)

    assert result_of(shuffled) == result_of(facts)


@settings(max_examples=200, deadline=None)
@given(records())
def test_fewest_value_and_most_are_in_order(facts):
    """Before takes the fewest, the others the most; bed-days fit the window."""
    result = result_of(facts)

    for (_, window, measure), count in counts_of(result):
        assert 0 <= count.fewest <= count.value <= count.most
        assert count.value == (count.fewest if window == "before" else count.most)
        assert bool(count.fact_ids) or not count.most
        if measure == "bed_days":
            assert count.most <= getattr(result, window).span.days


@settings(max_examples=200, deadline=None)
@given(records())
def test_a_reading_is_part_of_all_causes(facts):
    """No reading counts more than all causes; the run-in is part of after."""
    readings = result_of(facts).readings

    for reading in ("adrenal_coded", "marked"):
        for window, by_measure in readings[reading].items():
            for measure, count in by_measure.items():
                everything = readings["all_causes"][window][measure]
                assert count.fewest <= everything.fewest
                assert count.most <= everything.most
    for measure, count in readings["all_causes"]["run_in"].items():
        assert count.most <= readings["all_causes"]["after"][measure].most


@settings(max_examples=200, deadline=None)
@given(records())
def test_marking_duplicates_never_speaks_for_the_pump(facts):
    """Against the same record with nothing marked: before no more, after no less."""
    matches = match_visits(Timeline(facts))

    unmarked = Matches({}, matches.attached)
    assert_no_better(result_of(facts, matches), result_of(facts, unmarked))


@settings(max_examples=200, deadline=None)
@given(records(), st.integers(0, 99))
def test_one_more_mark_never_speaks_for_the_pump(facts, which):
    """Take one mark away: with it before is no more and after no less."""
    matches = match_visits(Timeline(facts))
    marks = sorted(matches.duplicates)
    left_out = marks[which % len(marks)] if marks else ""
    fewer = {new: found for new, found in matches.duplicates.items() if new != left_out}

    plain = result_of(facts, Matches(fewer, matches.attached))
    assert_no_better(result_of(facts, matches), plain)


@settings(max_examples=200, deadline=None)
@given(records(), visits())
def test_a_second_record_of_a_visit_never_speaks_for_the_pump(facts, visit):
    """The same visit from a further source, imported later: before no more, after no less."""
    body = msgspec.structs.replace(visit, basis="record")
    first = Fact("y-first", body, Origin(source="y", at="2026-02"))
    again = Fact("z-again", body, Origin(source="z", at="2027-01"))

    assert_no_better(result_of([*facts, first, again]), result_of([*facts, first]))


@settings(max_examples=200, deadline=None)
@given(records(), visits())
def test_a_visit_that_a_person_joins_counts_once(facts, visit):
    """A further record decided to be the same visit changes no count."""
    body = msgspec.structs.replace(visit, basis="record")
    first = Fact("y-first", body, Origin(source="y", at="2026-02"))
    joined = msgspec.structs.replace(body, same_as=first.id)
    again = Fact("z-again", joined, Origin(source="z", at="2027-01"))

    plain = dict(counts_of(result_of([*facts, first])))
    for key, count in counts_of(result_of([*facts, first, again])):
        assert (count.fewest, count.most) == (plain[key].fewest, plain[key].most)


@settings(max_examples=200, deadline=None)
@given(records())
def test_matching_near_the_windows_is_matching_everything(facts):
    """The comparison's own matching gives what the whole ledger's matching gives."""
    assert result_of(facts) == result_of(facts, match_visits(Timeline(facts)))


@settings(max_examples=200, deadline=None)
@given(records())
def test_months_add_up_to_the_windows(facts):
    """Every counted event and midnight is in exactly one month."""
    result = result_of(facts)

    for measure in result.before.counts:
        if measure != "work_days_lost":  # rounded to hundredths month by month
            total = sum(month.counts[measure] for month in result.months)
            windows = result.before.counts[measure].value + result.after.counts[measure].value
            assert total == windows, measure


@settings(max_examples=200, deadline=None)
@given(records())
def test_nights_of_the_events_add_up_to_the_bed_days(facts):
    """Nothing possibly double, no end missing, all inside one window: each midnight stands once."""
    whole = [
        fact for fact in facts
        if not isinstance(fact.body, Visit) or fact.body.start is None or fact.body.start.day
    ]  # fmt: skip
    ended = [
        msgspec.structs.replace(fact, body=msgspec.structs.replace(fact.body, end=fact.body.start))
        if isinstance(fact.body, Visit) and fact.body.end is None else fact
        for fact in whole
    ]  # fmt: skip
    windows = choose_windows(
        INDEX - timedelta(days=60),
        index_why="law",
        before_days=1,
        after_days=150,
        record_ends=date(2026, 1, 1),
        today=date(2026, 1, 1),
    )
    matches = Matches({}, match_visits(Timeline(ended)).attached)

    result = compare(Timeline(ended), windows, (), matches=matches)

    nights = [event.nights for event in result.events if event.kind == "inpatient"]
    assert None not in nights
    assert sum(nights) == result.after.counts["bed_days"].value


@pytest.mark.safety("S16")
@settings(max_examples=200, deadline=None)
@given(records())
def test_no_visit_of_a_counted_kind_is_lost(facts):
    """Inside the windows every visit is behind a count or in a caveat (SAFETY S16).

    Office visits are no events. A bill is where the visit is that it belongs to. A visit inside a
    stay that began before the windows is part of that stay, and counted where it began.
    """
    result = result_of(facts)
    known = {fact_id for _, count in counts_of(result) for fact_id in count.fact_ids}
    known |= {fact_id for caveat in result.caveats for fact_id in caveat.fact_ids}
    whole, attached = WINDOWS.whole, match_visits(Timeline(facts)).attached

    for fact in facts:
        body = fact.body
        if isinstance(body, Visit) and body.visit_kind != "office" and fact.id not in attached:
            start = body.start
            inside = start is not None and start.day is not None and start.day in whole
            if start is None or (inside and not _in_an_earlier_stay(start.day, facts)):
                assert fact.id in known


def _in_an_earlier_stay(day, facts):
    """Whether a stay that began before the windows still lasted on the day."""
    stays = [
        f.body for f in facts if isinstance(f.body, Visit) and f.body.visit_kind == "inpatient"
    ]
    return any(
        s.start and s.end and s.start.day and s.end.day
        and s.start.day < WINDOWS.whole.from_ and s.start.day <= day <= s.end.day
        for s in stays
    )  # fmt: skip


@unhurried
@given(
    st.lists(
        st.tuples(
            st.dates(date(2025, 1, 15), date(2025, 4, 15)),
            st.sampled_from(["USD", "EUR"]),
            st.dictionaries(
                st.sampled_from(["billed", "allowed", "paid", "patient"]),
                st.decimals(-1000, 100_000, places=2),
            ),
            st.sampled_from(["", "pump", "drug"]),
        ),
        max_size=12,
    )
)
def test_sums_of_money_are_complete_and_apart(rows):
    """Over care and pump each kind and currency adds up to what the charges state."""
    charges = [ChargeView(f"c{n:02d}", *row) for n, row in enumerate(rows)]

    result = compare(Timeline([]), WINDOWS, charges)

    for window in (result.before, result.after):
        for kind in ("billed", "allowed", "paid", "patient"):
            for currency in ("USD", "EUR"):
                inside = [
                    charge.amounts[kind]
                    for charge in charges
                    if charge.day in window.span
                    and charge.currency == currency
                    and kind in charge.amounts
                ]
                sums = [
                    costs[kind][currency].value
                    for costs in (window.costs, *window.pump_costs.values())
                    if currency in costs[kind] and costs[kind][currency].value is not None
                ]
                assert sum(sums) == sum(inside)
                assert bool(sums) is bool(inside)
