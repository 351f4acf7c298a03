"""Laws of the model: what must hold for every regimen and every person."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cortipump.pk.absorption import fraction_absorbed
from cortipump.pk.binding import binding_of, slope, total_from_unbound, unbound_from_total
from cortipump.pk.course import IV, Form, form_of, lay_out
from cortipump.pk.intake import (
    BasalBlock,
    BasalProgram,
    Bolus,
    Injection,
    IvBolus,
    IvInfusion,
    OralDose,
    SiteLoss,
    Suspension,
    TemporaryRate,
)
from cortipump.pk.linear import closed_form
from cortipump.pk.metrics import area
from cortipump.pk.parameters import nmol_per_mg, typical, with_value
from cortipump.pk.population import draw
from cortipump.pk.reference import solve_reference
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import even_times, from_nothing, repeating, solve_people, solve_person

SETS = ("D", "P", "R", "M", "L")
# The first call compiles: no deadline. SciPy takes a tenth of a second for a person.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(unhurried, max_examples=30)
fewer = settings(unhurried, max_examples=12)
RATES = st.floats(0, 4).map(lambda rate: round(rate, 2))
MINUTES = st.integers(0, 1439)


@st.composite
def programs(draw_):
    """One to seven blocks on any minutes."""
    starts = sorted({0, *draw_(st.lists(MINUTES, max_size=6))})
    return BasalProgram.from_starts([(start, draw_(RATES)) for start in starts])


def _dose():
    mg = st.floats(0.5, 50).map(lambda x: round(x, 1))
    return st.one_of(
        st.builds(
            OralDose, MINUTES, mg, st.sampled_from(["ir", "plenadren"]),
            st.sampled_from(["default", "fasted", "fed"]),
        ),
        st.builds(OralDose, MINUTES, mg, st.just("chronocort")),
        st.builds(Injection, MINUTES, mg, st.sampled_from(["sc", "im"])),
        st.builds(IvBolus, MINUTES, mg),
        st.builds(Bolus, MINUTES, mg),
    )  # fmt: skip


@st.composite
def regimens(draw_, *, once=True):
    """A program, doses of every kind, and now and then something that happens once."""
    doses = draw_(st.lists(_dose(), max_size=4, unique_by=lambda d: d.at_min))
    items = list(doses)
    if draw_(st.booleans()):
        items.append(IvInfusion(draw_(st.floats(1, 100)), 120, draw_(st.integers(121, 1440))))
    if once and draw_(st.booleans()):
        start = draw_(st.floats(0, 20))
        window = draw_(st.sampled_from([TemporaryRate, Suspension, SiteLoss]))
        rate = {"percent": 150.0} if window is TemporaryRate else {}
        items.append(window(start, start + draw_(st.floats(0.1, 6)), **rate))
    return Regimen(tuple(items), draw_(programs()))


@st.composite
def persons(draw_, names=SETS):
    """Anybody within the spread: weight, CBG, clearance, volume and absorption."""
    name = draw_(st.sampled_from(names))
    cbg = draw_(st.floats(0.5, 3)) if name != "L" else 1.0
    person = typical(name, weight_kg=draw_(st.floats(15, 150)), cbg_ratio=cbg)
    times = st.floats(0.4, 2.5)
    return with_value(
        person, clu_l_per_h=person.clu_l_per_h * draw_(times), vt_l=person.vt_l * draw_(times),
        sc_k1_per_h=person.sc_k1_per_h * draw_(times),
        sc_k2_per_h=person.sc_k2_per_h * draw_(times),
    )  # fmt: skip


def error(found, expected, floor=1e-4):
    """Largest difference over the larger of level and floor."""
    return float(np.max(np.abs(found - expected) / np.maximum(np.abs(expected), floor)))


@few
@given(regimens(), persons())
def test_two_independent_solvers_agree(regimen, person):
    """The fast solver and SciPy on amounts: within 1e-6 relative, floor 1e-4 nmol/L."""
    times = even_times(30, 20)
    unbound, total, _ = solve_reference(lay_out(regimen, 30), person, times)

    curve = solve_person(from_nothing(regimen, 30), person, times_h=times)

    assert error(curve.total_nmol_per_l, total) < 1e-6
    if person.knows_unbound:
        assert error(curve.unbound_nmol_per_l, unbound) < 1e-6


@fewer
@given(regimens(), persons(("L", "P")))
def test_the_linear_sets_follow_their_closed_form(regimen, person):
    """Total cortisol of L and unbound cortisol of P, which no step size touches."""
    times = even_times(30, 20)
    expected = closed_form(lay_out(regimen, 30), person, times)

    curve = solve_person(from_nothing(regimen, 30), person, times_h=times)

    found = curve.total_nmol_per_l if person.model == "L" else curve.unbound_nmol_per_l
    assert error(found, expected) < 1e-6


@few
@given(regimens(), persons())
def test_mass_is_neither_made_nor_lost(regimen, person):
    """Absorbed = eliminated + what is left in the body and in the ways in."""
    course = lay_out(regimen, 24)
    given_at = [g.at_h for g in course.given]
    times = np.unique(np.round([*even_times(24, 0.5), *(max(h - 1e-8, 0.0) for h in given_at)], 9))
    _, _, left = solve_reference(course, person, np.array([0.0, 24.0]))
    curve = solve_person(from_nothing(regimen, 24), person, times_h=times)
    level = curve.unbound_nmol_per_l if person.knows_unbound else curve.total_nmol_per_l

    doses = sum(g.mg * fraction_absorbed(g.form, person) for g in course.given)
    ends = [*(s.from_h for s in course.stretches[1:]), 24.0]
    rates = sum(
        (s.sc_mg_per_h * person.sc_f_fraction + s.iv_mg_per_h) * (end - s.from_h)
        for s, end in zip(course.stretches, ends, strict=True)
    )
    late = [g for g in course.given if g.form.food == "fed" and g.at_h > 24 - 0.5]
    assume(not late)
    eliminated = person.clu_l_per_h * float(area(times, level))

    assert eliminated + left.sum() == pytest.approx((doses + rates) * nmol_per_mg(), rel=2e-3)


@fewer
@given(st.floats(0.5, 100), persons(("D", "P", "R", "M")), st.sampled_from(["oral", "sc", "im"]))
def test_free_area_is_absorbed_dose_over_clearance(mg, person, way):
    """Whatever the binding: area of unbound cortisol = F dose / CLu."""
    dose = OralDose(0, mg, day=0) if way == "oral" else Injection(0, mg, way, day=0)
    times = np.concatenate([np.linspace(0, 12, 6001), np.linspace(12, 400, 4000)[1:]])

    curve = solve_person(from_nothing(Regimen((dose,)), 400), person, times_h=times)

    expected = fraction_absorbed(form_of(dose), person) * mg * nmol_per_mg() / person.clu_l_per_h
    assert float(area(curve.times_h, curve.unbound_nmol_per_l)) == pytest.approx(expected, rel=1e-3)


@few
@given(regimens(), persons())
def test_no_level_is_below_zero_and_more_drug_never_lowers_one(regimen, person):
    """Adding a dose leaves no level lower, apart from what rounding leaves."""
    more = regimen.also(IvBolus(301, 3.0, day=0))

    less, much = (solve_person(from_nothing(r, 24), person) for r in (regimen, more))

    assert less.total_nmol_per_l.min() >= 0
    assert (
        much.total_nmol_per_l - less.total_nmol_per_l
    ).min() > -1e-8 * much.total_nmol_per_l.max()


def test_nothing_given_nothing_gained():
    """A program of zero leaves nothing."""
    nothing = Regimen(basal=BasalProgram.from_starts([(0, 0.0)]))

    for scenario in (from_nothing(nothing), repeating(nothing)):
        assert not solve_person(scenario, typical("D")).total_nmol_per_l.any()


@few
@given(st.integers(0, 600), st.floats(1, 30), persons(), st.integers(1, 700))
def test_what_is_shifted_in_time_shifts_the_curve(minute, mg, person, shift):
    """The same dose later: the same levels, later."""
    after = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 5.0])
    early, late = (
        solve_person(
            from_nothing(Regimen((OralDose(m, mg, day=0),)), 48), person,
            times_h=m / 60 + after,
        )
        for m in (minute, minute + shift)
    )  # fmt: skip

    assert error(early.total_nmol_per_l, late.total_nmol_per_l) < 1e-6


@few
@given(programs(), MINUTES, persons())
def test_a_split_block_is_the_same_block(program, minute, person):
    """Cutting a block in two equal ones changes nothing."""
    inside = next(b for b in program.blocks if b.from_min <= minute < b.until_min)
    assume(minute > inside.from_min)
    cut = []
    for b in program.blocks:
        parts = (b,)
        if b is inside:
            parts = (
                BasalBlock(b.from_min, minute, b.mg_per_h),
                BasalBlock(minute, b.until_min, b.mg_per_h),
            )
        cut.extend(parts)

    whole, split = (
        solve_person(repeating(Regimen(basal=p)), person, every_min=30)
        for p in (program, BasalProgram(tuple(cut)))
    )

    assert error(whole.total_nmol_per_l, split.total_nmol_per_l) < 1e-6


@few
@given(st.floats(3, 60), st.sampled_from(["D", "P", "R", "M"]), st.floats(1.1, 3))
def test_more_binding_raises_total_and_leaves_steady_unbound(mg, name, ratio):
    """CBG ratio: a steady pump."""
    even = Regimen(basal=BasalProgram.from_starts([(0, mg / 24)]))

    usual, raised = (
        solve_person(repeating(even), typical(name, cbg_ratio=r), every_min=360)
        for r in (1.0, ratio)
    )

    assert (raised.total_nmol_per_l > usual.total_nmol_per_l).all()
    assert raised.unbound_nmol_per_l == pytest.approx(usual.unbound_nmol_per_l, rel=1e-7)


@fewer
@given(regimens(once=False), persons())
def test_the_repeating_day_is_the_limit_of_many_days(regimen, person):
    """Solved directly, and by living through twelve days, for those who forget that fast."""
    stays = person.vt_l + person.vpl_l * 60 + person.vp_l
    assume(person.clu_l_per_h / stays > 0.1)
    assume(not any(isinstance(d, OralDose) and d.food == "fed" for d in regimen.doses))
    times = even_times(24, 30)

    direct = solve_person(repeating(regimen), person, times_h=times)
    lived = solve_person(from_nothing(regimen, 12 * 24), person, times_h=times[:-1] + 11 * 24)

    assert error(direct.total_nmol_per_l[:-1], lived.total_nmol_per_l) < 1e-6


@few
@given(regimens(once=False), persons())
def test_the_repeating_day_ends_where_it_began(regimen, person):
    """Unless midnight itself brings something into the blood at once."""
    assume(not any(isinstance(d, IvBolus) and d.at_min == 0 for d in regimen.doses))

    curve = solve_person(repeating(regimen), person)

    assert error(curve.total_nmol_per_l[-1], curve.total_nmol_per_l[0]) < 1e-7


@fewer
@given(regimens(), st.integers(0, 1000), st.sampled_from(SETS))
def test_many_people_are_each_as_alone(regimen, seed, name):
    """A population's levels are those of its persons, within 1e-5 (floor 1 nmol/L)."""
    people = draw(typical(name), 70, seed)
    scenario = from_nothing(regimen, 30)

    crowd = solve_people(scenario, people, every_min=30)

    for i in (0, 35, 69):
        alone = solve_person(scenario, people.person(i), every_min=30)
        assert error(crowd.curve(i).total_nmol_per_l, alone.total_nmol_per_l, 1.0) < 1e-5


@unhurried
@given(st.floats(0, 5000), persons(("D", "P", "R", "M")))
def test_binding_turns_back_to_where_it_came_from(unbound, person):
    """Total from unbound and back, and the slope between neighbours."""
    binding = binding_of(person)
    level = np.array([unbound, unbound + 1e-6])

    total = total_from_unbound(level, binding)

    assert unbound_from_total(total, binding) == pytest.approx(level, rel=1e-11, abs=1e-12)
    assert np.diff(total)[0] / 1e-6 == pytest.approx(slope(level[:1], binding)[0], rel=1e-2)


def test_what_goes_into_a_vein_is_absorbed_whole():
    """No factor for i.v."""
    assert fraction_absorbed(IV, typical("D")) == 1
    assert fraction_absorbed(Form("oral"), typical("D")) == pytest.approx(0.9)
