"""A regimen on the axis of hours: rates, windows, clock changes, what is lost."""

import numpy as np
import pytest

from cortipump.pk.course import SC, lay_out
from cortipump.pk.intake import (
    BasalProgram,
    Bolus,
    ClockChange,
    Injection,
    IvInfusion,
    MissedDose,
    OralDose,
    SiteLoss,
    Suspension,
    TemporaryRate,
)
from cortipump.pk.metrics import mean_level
from cortipump.pk.parameters import typical
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import (
    changing,
    continuing,
    from_nothing,
    missing,
    repeating,
    solve_person,
    stopping,
)
from tests.unit.pk.days import KALAFATAKIS, ORAL_DAY, PUMP_DAY

D = typical("D")


def rates(course):
    """Start and s.c. rate of each stretch."""
    return [(round(s.from_h, 6), s.sc_mg_per_h) for s in course.stretches]


def test_the_program_by_hours():
    """Five blocks, the first and the last of one rate over midnight."""
    assert rates(lay_out(PUMP_DAY, 30)) == [
        (0, 0.1), (2, 2.0), (8, 1.0), (12, 0.4), (20, 0.1), (26, 2.0),
    ]  # fmt: skip
    assert lay_out(PUMP_DAY, 24).delivered_mg == pytest.approx(19.8)


def test_temporary_rates_by_percent_and_by_rate():
    """Half as much again from 3 to 4, 0.2 mg/h from 10 to 11."""
    course = lay_out(
        PUMP_DAY.also(TemporaryRate(3, 4, percent=150), TemporaryRate(10, 11, mg_per_h=0.2)), 12
    )

    assert rates(course) == [
        (0, 0.1), (2, 2.0), (3, 3.0), (4, 2.0), (8, 1.0), (10, 0.2), (11, 1.0),
    ]  # fmt: skip


def test_a_suspension_delivers_nothing_and_a_lost_site_loses_what_is_sent():
    """Delivered and lost are told apart; boluses share the fate."""
    boluses = (Bolus(150, 1.0), Bolus(210, 1.0))
    stopped = lay_out(Regimen((*boluses, Suspension(2, 3)), KALAFATAKIS), 4)
    lost = lay_out(Regimen((*boluses, SiteLoss(2, 3)), KALAFATAKIS), 4)

    assert (stopped.delivered_mg, stopped.lost_mg) == pytest.approx((0.2 + 2 + 1, 0))
    assert (lost.delivered_mg, lost.lost_mg) == pytest.approx((0.2 + 2 + 1, 2 + 1))
    assert [g.at_h for g in lost.given] == [3.5]


def test_an_infusion_runs_over_its_part_of_the_day():
    """24 mg from 06:00 to 12:00: 4 mg/h."""
    course = lay_out(Regimen((IvInfusion(24, 360, 720),)), 24)

    assert [(s.from_h, s.iv_mg_per_h) for s in course.stretches] == [(0, 0), (6, 4.0), (12, 0)]


def test_a_missed_dose_is_missed_once():
    """07:00 on the second day."""
    course = lay_out(ORAL_DAY.also(MissedDose(420, day=1)), 72)

    assert [g.at_h for g in course.given if g.at_h % 24 == 7] == [7, 55]


def test_clocks_set_on():
    """The hour from 02 to 03 does not come: 23 h, a dose within it is taken at the change."""
    regimen = Regimen((OralDose(150, 5), OralDose(420, 10)), KALAFATAKIS).also(ClockChange(0))

    course = lay_out(regimen, 47)

    assert rates(course) == [
        (0, 0.1), (2, 2.0), (7, 1.0), (11, 0.4), (19, 0.1), (25, 2.0), (31, 1.0), (35, 0.4),
        (43, 0.1),
    ]  # fmt: skip
    assert [g.at_h for g in course.given] == pytest.approx([2, 6, 25.5, 30])
    assert course.delivered_mg == pytest.approx(2 * 19.8 - 2.0 + 30)


def test_clocks_set_back():
    """The hour from 02 to 03 comes twice: 25 h, a dose within it is taken once."""
    change = ClockChange(0, 180, -60)
    regimen = Regimen((OralDose(150, 5), OralDose(420, 10)), KALAFATAKIS).also(change)

    course = lay_out(regimen, 25)

    assert rates(course) == [(0, 0.1), (2, 2.0), (9, 1.0), (13, 0.4), (21, 0.1)]
    assert [g.at_h for g in course.given] == pytest.approx([2.5, 8])
    assert course.delivered_mg == pytest.approx(19.8 + 2.0 + 15)


def test_a_day_of_clock_change_is_not_a_repeating_day():
    """The level an hour after the change is that of the program an hour on."""
    usual = solve_person(repeating(PUMP_DAY), D, every_min=60)
    odd = solve_person(continuing(PUMP_DAY.also(ClockChange(0)), 23), D, every_min=60)

    assert odd.total_nmol_per_l[:3] == pytest.approx(usual.total_nmol_per_l[:3], rel=1e-7)
    assert odd.total_nmol_per_l[8] < usual.total_nmol_per_l[8]


def test_first_day_on_the_pump():
    """Tablets until 06:00, then the program; the program's own day comes back on the third day."""
    scenario = changing(ORAL_DAY, PUMP_DAY, 6, 96)
    curve = solve_person(scenario, D, every_min=60)
    oral, pump = (solve_person(repeating(r), D, every_min=60) for r in (ORAL_DAY, PUMP_DAY))

    assert curve.total_nmol_per_l[:7] == pytest.approx(oral.total_nmol_per_l[:7], rel=1e-6)
    assert curve.total_nmol_per_l[7] < oral.total_nmol_per_l[8]
    assert curve.total_nmol_per_l[72:96] == pytest.approx(pump.total_nmol_per_l[:24], rel=1e-3)
    given = [g for g in scenario.course.given if g.form != SC]
    assert given == []
    assert scenario.course.delivered_mg == pytest.approx(
        lay_out(PUMP_DAY, 96).delivered_mg - lay_out(PUMP_DAY, 6).delivered_mg
    )


def test_a_change_back_to_tablets_keeps_what_is_under_the_skin():
    """Just after the change the level goes on smoothly."""
    curve = solve_person(changing(PUMP_DAY, ORAL_DAY, 6, 8), D, times_h=np.array([5.99, 6.0, 6.01]))

    assert np.abs(np.diff(curve.total_nmol_per_l)).max() < 2


def test_a_missed_morning_dose():
    """As always until 07:00, then lower, and as always again two days later."""
    curve = solve_person(missing(ORAL_DAY, 420, 72), D, every_min=60)
    usual = solve_person(repeating(ORAL_DAY), D, every_min=60)

    assert curve.total_nmol_per_l[:8] == pytest.approx(usual.total_nmol_per_l[:8], rel=1e-6)
    assert curve.total_nmol_per_l[8] < 2
    assert curve.total_nmol_per_l[48:72] == pytest.approx(usual.total_nmol_per_l[:24], rel=1e-2)


def test_a_stopped_pump_falls_from_the_level_of_its_day():
    """Nothing more is delivered."""
    scenario = stopping(PUMP_DAY, 8, 32)
    curve = solve_person(scenario, D, every_min=60)

    assert curve.total_nmol_per_l[8] == pytest.approx(386.8, abs=0.1)
    assert curve.total_nmol_per_l[-1] < 0.01
    assert curve.delivered_mg == pytest.approx(lay_out(PUMP_DAY, 8).delivered_mg)


def test_a_fed_dual_release_dose_late_in_the_evening_reaches_the_next_day():
    """Its lag runs over midnight: the repeating day is still that of many days."""
    regimen = Regimen((OralDose(1430, 20, "plenadren", "fed"),))
    times = np.array([1.0, 2.0, 5.0, 12.0])

    direct = solve_person(repeating(regimen), D, times_h=times)
    lived = solve_person(from_nothing(regimen, 240), D, times_h=times + 216)

    assert direct.total_nmol_per_l == pytest.approx(lived.total_nmol_per_l, rel=1e-6)


def test_slower_delivery_gives_more_total_cortisol():
    """The same amount at once, through the skin at once, and over the day."""
    at_once = Regimen((Injection(0, 20),))
    slowly = Regimen(basal=BasalProgram.from_starts([(0, 20 / 24)]))

    quick, slow = (solve_person(repeating(r), D) for r in (at_once, slowly))

    assert mean_level(slow.times_h, slow.total_nmol_per_l) > mean_level(
        quick.times_h, quick.total_nmol_per_l
    )
