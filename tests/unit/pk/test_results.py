"""Numbers of a curve, bands of many people, hours after a stop, the data of the sets."""

import tomllib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cortipump.errors import KnowledgeError, ModelError, SolverFailed
from cortipump.knowledge.models import decode, models
from cortipump.knowledge.tables import text_of
from cortipump.pk import compiled, kernel, steps
from cortipump.pk.course import lay_out
from cortipump.pk.curve import percentiles
from cortipump.pk.linear import closed_form
from cortipump.pk.metrics import (
    hours_until_below,
    night_minimum,
    summarise,
    time_below,
)
from cortipump.pk.parameters import FIELDS, People, people_of, typical, with_value
from cortipump.pk.population import draw
from cortipump.pk.simulate import from_nothing, repeating, solve_people, solve_person
from cortipump.pk.solve import is_compiled
from cortipump.pk.steps import Accuracy
from cortipump.pk.washout import fast_clearer, stopped_pump
from tests.unit.pk.days import ORAL_DAY, PUMP_DAY, agrees, levels

D = typical("D")
HOURS = np.array([0.0, 1.0, 2.0, 3.0])


def test_time_below_counts_crossings_between_levels():
    """100 to 0 in an hour and back up: below 50 for an hour."""
    assert time_below(HOURS, np.array([100.0, 0.0, 100.0, 100.0]), 50.0) == pytest.approx(1.0)
    assert time_below(HOURS, np.full(4, 10.0), 50.0) == pytest.approx(3.0)
    assert time_below(HOURS, np.full((2, 4), 90.0), 50.0) == pytest.approx([0, 0])


def test_hours_until_below_is_exact_for_an_exponential():
    """Halving every hour from 100: 20 is passed after log2(5) hours."""
    falling = 100 * 0.5**HOURS

    assert hours_until_below(HOURS, falling, 20.0, 0.0) == pytest.approx(np.log2(5))
    assert hours_until_below(HOURS, falling, 20.0, 1.0) == pytest.approx(np.log2(5) - 1)
    assert hours_until_below(HOURS, falling, 200.0, 0.0) == 0
    assert np.isinf(hours_until_below(HOURS, falling, 1.0, 0.0))
    again = np.array([10.0, 60.0, 40.0, 30.0])
    assert hours_until_below(HOURS, again, 50.0, 0.0) > 1


def test_the_night_runs_over_midnight():
    """22:00 to 06:00, unless asked otherwise."""
    times = np.arange(0, 24.0)
    level = np.where(times == 3, 5.0, 50.0) - (times == 12) * 49

    assert night_minimum(times, level).nmol_per_l == 5
    assert night_minimum(times, level, 10, 14).time_h == 12
    with pytest.raises(ModelError):
        night_minimum(np.array([12.0]), np.array([1.0]))


def test_a_day_in_numbers():
    """The pump day of the regression table, summed up."""
    found = summarise(solve_person(repeating(PUMP_DAY), D))

    assert agrees(found.mean_total_nmol_per_l, "215")
    assert found.night_minimum == found.trough
    assert found.under_50_h == 0
    assert 4 < found.under_100_h < 5
    assert found.auc_unbound_nmol_h_per_l == pytest.approx(24 * found.mean_unbound_nmol_per_l)


def test_a_model_of_total_cortisol_says_nothing_of_unbound():
    """L: None, never zero."""
    curve = solve_person(repeating(PUMP_DAY), typical("L"))

    assert curve.unbound_nmol_per_l is None
    assert summarise(curve).mean_unbound_nmol_per_l is None
    crowd = solve_people(repeating(PUMP_DAY), draw(typical("L"), 40, 1))
    assert crowd.band().unbound_nmol_per_l is None
    assert crowd.curve(3).unbound_nmol_per_l is None


def test_percentiles_are_those_of_numpy():
    """Linear between neighbours."""
    values = np.random.default_rng(3).random((5, 101))

    found = percentiles(values, (0.05, 0.5, 0.95))

    assert found == pytest.approx(np.quantile(values, (0.05, 0.5, 0.95), axis=1))
    with pytest.raises(ModelError):
        percentiles(values, (1.5,))


def test_a_band_holds_nine_tenths_of_people_and_says_how_many_they_are():
    """Median near the typical person, edges apart."""
    crowd = solve_people(repeating(PUMP_DAY), draw(D, 500, 7), every_min=60)
    band = crowd.band()
    inside = (crowd.total_nmol_per_l >= band.total_nmol_per_l[0]) & (
        crowd.total_nmol_per_l <= band.total_nmol_per_l[2]
    )

    assert (band.n_people, band.seed) == (500, 7)
    assert inside.mean() == pytest.approx(0.9, abs=0.01)
    typical_day = solve_person(repeating(PUMP_DAY), D, every_min=60)
    assert band.total_nmol_per_l[1] == pytest.approx(typical_day.total_nmol_per_l, rel=0.15)


def test_the_same_seed_gives_the_same_people_and_another_one_others():
    """Draws are reproducible, and threads change nothing."""
    one, same, other = draw(D, 300, 5), draw(D, 300, 5), draw(D, 300, 6)
    scenario = from_nothing(ORAL_DAY)

    alone = solve_people(scenario, one, want="unbound")
    with ThreadPoolExecutor(2) as pool:
        together = solve_people(scenario, same, want="unbound", executor=pool)

    assert (alone.unbound_nmol_per_l == together.unbound_nmol_per_l).all()
    assert not (one.table == other.table).all()
    with pytest.raises(ModelError):
        alone.curve(0)


@pytest.mark.parametrize("name", ["D", "P", "R", "M", "L"])
def test_people_spread_as_the_set_says(name):
    """Medians at the typical person, coefficients of variation and correlation as in the data."""
    person, people = typical(name), draw(typical(name), 20_000, 1)
    logs = np.log(people.column("clu_l_per_h"))
    volume = np.log(people.column("vt_l" if name not in "M" else "vpl_l"))
    own = models().model[name].spread

    assert np.median(people.column("clu_l_per_h")) == pytest.approx(person.clu_l_per_h, rel=0.02)
    assert logs.std() == pytest.approx(np.sqrt(np.log1p(own["clu_cv"].value ** 2)), rel=0.02)
    assert np.corrcoef(logs, volume)[0, 1] == pytest.approx(0.5, abs=0.02)
    whole = people.column("oral_f_fraction")
    assert ((whole >= 0.75) & (whole <= 1)).all()
    cbg = people.column("site1_capacity_nmol_per_l") + people.column("site2_capacity_nmol_per_l")
    if name != "L":
        assert cbg.std() / cbg.mean() == pytest.approx(0.119, rel=0.03)


def test_numbers_of_people_are_checked():
    """None, too many, a table that is none."""
    for n, seed in ((0, 1), (2_000_000, 1), (5, -1)):
        with pytest.raises(ModelError):
            draw(D, n, seed)
    with pytest.raises(ModelError):
        people_of(D, typical("R"))
    for bad in (np.ones((3, 2)), np.full((len(FIELDS), 1), np.nan), np.zeros((len(FIELDS), 1))):
        with pytest.raises(ModelError):
            People(D, bad)
    some = draw(D, 10, 1)
    assert some.take(np.array([3, 1])).person(0) == some.person(3)


WASHOUT = {  # pk.md section 5 (D) and pk-primary D4 (R): hours to 100, 50 and 20
    ("D", 4): ("3.9", "5.3", "7.1"), ("D", 8): ("4.4", "5.8", "7.5"), ("D", 12): ("3.5", "4.9", "6.7"),
    ("D", 18): ("1.8", "3.3", "5.1"), ("D", 22): ("0.2", "2.0", "3.8"), ("R", 8): ("4.0", "5.4", "7.1"),
    ("R", 22): ("0", "1.4", "3.2"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "hour"), WASHOUT)
def test_hours_to_low_levels_after_a_stop(name, hour):
    """The Kalafatakis program stops: within 0.1 h of the printed hours."""
    stopped = stopped_pump(PUMP_DAY, hour, n_people=64)

    for printed, one in zip(WASHOUT[name, hour], stopped, strict=True):
        found = next(low for low in one.by_model if low.model == name)
        assert found.typical_h == pytest.approx(float(printed), abs=0.1)


def test_the_fast_clearer_after_a_stop_in_the_evening():
    """D: level 56, to 50 in 0.3 h and to 20 in 1.7; R scaled alike: 41 and 1.2."""
    stopped = stopped_pump(PUMP_DAY, 22, n_people=64)

    assert agrees(levels(repeating(PUMP_DAY), fast_clearer("D"), 22)[0], "56")
    assert agrees(levels(repeating(PUMP_DAY), fast_clearer("R"), 22)[0], "41")
    found = [{low.model: low.fast_clearer_h for low in one.by_model} for one in stopped]
    assert [agrees(f["D"], p) for f, p in zip(found, ("0", "0.3", "1.7"), strict=True)] == [
        True
    ] * 3
    assert agrees(found[2]["R"], "1.2")


def test_the_worst_of_people_is_never_milder_than_the_fast_clearer_nor_than_either_binding():
    """SAFETY S3: the shorter of everything is shown."""
    for one in stopped_pump(PUMP_DAY, 8, n_people=300):
        assert one.typical_h == min(low.typical_h for low in one.by_model)
        for low in one.by_model:
            assert one.worst5_h <= low.fraction_worst_h
            assert one.worst5_h <= low.fast_clearer_h
        assert one.worst5_h < one.typical_h


def test_with_another_cbg_a_stop_is_judged_on_unbound():
    """SAFETY S3: the limit is the unbound level that goes with it at a ratio of 1."""
    usual, raised = (
        stopped_pump(PUMP_DAY, 8, (100.0,), cbg_ratio=r, n_people=64)[0] for r in (1, 2.2)
    )

    assert raised.typical_h == pytest.approx(usual.typical_h, rel=0.3)
    with pytest.raises(ModelError):
        stopped_pump(PUMP_DAY, 25)


def test_what_has_no_closed_form_is_refused():
    """D is not linear."""
    with pytest.raises(ModelError):
        closed_form(lay_out(ORAL_DAY, 24), D, np.array([1.0]))


def test_an_accuracy_that_cannot_be_reached_is_an_error():
    """Nothing is shown rather than a wrong curve."""
    from cortipump.pk.absorption import sources_of
    from cortipump.pk.plan import make_plan
    from cortipump.pk.solve import prepare

    course = lay_out(ORAL_DAY, 24)
    sources = sources_of([course], D)
    prepared = prepare(people_of(D), sources)
    plan = make_plan(course, sources, np.array([24.0]))

    with pytest.raises(SolverFailed) as caught:
        steps.measured_density(prepared, plan, prepared.empty_state(), Accuracy(1e-18, 1e-12))

    assert caught.value.code == "M002"


def test_without_a_place_for_a_cache_the_kernel_still_compiles(monkeypatch):
    """A read-only home: compiled in this process."""
    real = compiled.njit

    def stubborn(**options):
        if options.pop("cache", False):
            raise RuntimeError("cannot cache function")
        return real(**options)

    monkeypatch.setattr(compiled, "njit", stubborn)
    half = compiled.compiled(lambda x: x / 2)

    assert half(3.0) == 1.5
    assert compiled.has_compiled(half)


def test_whether_the_first_call_must_compile_can_be_asked():
    """After one curve the kernel is ready, and its place on disk has a name."""
    for name in ("D", "M"):
        solve_person(from_nothing(ORAL_DAY), typical(name))
        assert is_compiled(typical(name))
    assert compiled.cache_folder(kernel.walk)


def content():
    """The data file as a dictionary that may be spoilt."""
    return tomllib.loads(text_of("models.toml"))


def spoil_source(data):
    """A source that is not listed."""
    data["model"]["D"]["values"]["vt_l"]["source"] = "nobody"


def spoil_unit(data):
    """A unit that the name does not promise."""
    data["model"]["D"]["values"]["vt_l"]["unit"] = "L/h"


def spoil_grade(data):
    """From memory."""
    data["model"]["D"]["values"]["vt_l"]["grade"] = "M"


def spoil_sign(data):
    """Below zero."""
    data["model"]["D"]["values"]["vt_l"]["value"] = -1.0


def spoil_misfits(data):
    """A set that claims to fit everything."""
    data["model"]["D"]["misfits"] = []


def spoil_clearance(data):
    """No clearance."""
    data["model"]["D"]["values"]["clu_l_per_h"]["value"] = 0.0


def spoil_volume(data):
    """No volume."""
    for name in ("vt_l", "vpl_l"):
        data["model"]["D"]["values"][name]["value"] = 0.0


def spoil_value(data):
    """A value is missing."""
    del data["model"]["D"]["values"]["oral_ka_per_h"]


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_source, spoil_unit, spoil_grade, spoil_sign, spoil_misfits, spoil_clearance,
        spoil_volume, spoil_value,
    ],
)  # fmt: skip
def test_a_spoilt_data_file_is_refused(spoil):
    """Unknown source, unit, grade; nothing known from memory (SAFETY S14)."""
    data = content()
    spoil(data)

    with pytest.raises(KnowledgeError):
        decode(data)


def test_every_set_says_what_it_misfits_and_every_value_where_it_is_from():
    """The data file as it is shipped."""
    for one in models().model.values():
        assert one.misfits
        assert all(d.source in models().source for d in one.values.values())
    assert with_value(D, clu_l_per_h=450.0).clu_l_per_h == 450
