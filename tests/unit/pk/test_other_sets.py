"""Sets P, R and M, and what D says of cases that set none of its numbers.

Expected figures come from the project's notes, computed there by another program: pk-primary D1, D3
and D4 (P with its own binding, R) and pk-validation 2 (M, D). P and R agree within 0.3 % rather than
to the last digit, for two reasons known: the notes let albumin saturate, here it is in proportion;
and R was printed with its fitted constants rounded. 1 % is what the notes allow. Clearances of M after i.v. are within 2 %, see there.
"""

import numpy as np
import pytest

from cortipump.pk.intake import BasalBlock, BasalProgram, Injection, IvBolus, OralDose
from cortipump.pk.metrics import hours_until_below, mean_level, peak
from cortipump.pk.parameters import nmol_per_mg, typical, with_value
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import from_nothing, repeating, solve_person
from tests.unit.pk.days import (
    KALAFATAKIS,
    PUMP_DAY,
    agrees,
    area_total,
    area_unbound,
    even_pump,
    levels,
    once,
)

NEAR = 0.01


def area_of(dose, person):
    """Area of total cortisol after one dose, to the end."""
    return area_total(once(dose, person, hours=100, every_min=1))


BY_MOUTH = {  # 5 mg peak and area, 10 mg peak and area, 20 mg area
    "P": (310, 1150, 489, 1944, 3094), "R": (377, 1179, 584, 1943, 3023),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_MOUTH)
def test_doses_by_mouth(name):
    """Peaks and areas after 5, 10 and 20 mg."""
    person = typical(name)
    five, ten = once(OralDose(0, 5), person), once(OralDose(0, 10), person)

    found = (
        five.total_nmol_per_l.max(), area_total(five), ten.total_nmol_per_l.max(),
        area_total(ten), area_of(OralDose(0, 20), person),
    )  # fmt: skip

    assert found == pytest.approx(BY_MOUTH[name], rel=NEAR)


CLEARANCES = {  # of total cortisol after 5, 20, 40 and 50 mg i.v., L/h
    "D": (11.0, 19.8, 26.1, 28.3), "P": (12.4, 19.0, 24.9, 27.1), "R": (11.7, 18.7, 24.6, 26.9),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEARANCES)
def test_clearance_after_injection_into_a_vein(name):
    """Total clearance rises with the dose."""
    person = typical(name)

    found = [mg * nmol_per_mg() / area_of(IvBolus(0, mg), person) for mg in (5, 20, 40, 50)]

    assert found == pytest.approx(CLEARANCES[name], rel=NEAR)


AFTER_FIFTY = {"P": (1236, 681, 231), "R": (1345, 662, 191)}


@pytest.mark.parametrize("name", AFTER_FIFTY)
def test_fifty_milligrams_into_a_vein(name):
    """Levels at 1, 3 and 6 h."""
    scenario = from_nothing(Regimen((IvBolus(0, 50),)))

    found = levels(scenario, typical(name), 1, 3, 6)

    assert found == pytest.approx(AFTER_FIFTY[name], rel=NEAR)


@pytest.mark.parametrize(("name", "highest"), [("P", 1838), ("R", 2094)])
def test_hundred_milligrams_under_the_skin(name, highest):
    """The peak of the study that the absorption came from."""
    curve = once(Injection(0, 100), typical(name), hours=12)

    assert curve.total_nmol_per_l.max() == pytest.approx(highest, rel=NEAR)


DUAL_RELEASE = {
    "D": (192, 1354, 433, 3455), "P": (155, 1046, 435, 3250), "R": (166, 1114, 465, 3405),
}  # fmt: skip


@pytest.mark.parametrize("name", DUAL_RELEASE)
def test_dual_release(name):
    """Peak and area of 5 and 20 mg of Plenadren, the approximation of the notes."""
    person = typical(name)
    few, many = (once(OralDose(0, mg, "plenadren"), person, hours=100) for mg in (5, 20))

    found = (
        few.total_nmol_per_l.max(), area_total(few), many.total_nmol_per_l.max(), area_total(many),
    )  # fmt: skip

    assert found == pytest.approx(DUAL_RELEASE[name], rel=NEAR)


@pytest.mark.parametrize(
    ("name", "clearance", "free"), [("D", 13.7, 5.0), ("P", 14.5, 6.4), ("R", 14.0, 6.8)]
)
def test_total_clearance_and_free_share_of_the_largest_study(name, clearance, free):
    """Geometric mean of 10/5/5 and 20/10/10 mg a day; published 12.85 L/h and 5.45 %."""
    person = typical(name)
    cleared, share = [], []
    for first, later in ((10, 5), (20, 10)):
        day = Regimen((OralDose(420, first), OralDose(720, later), OralDose(1020, later)))
        curve = solve_person(repeating(day), person, every_min=1)
        absorbed = day.daily_mg * nmol_per_mg() * person.oral_f_fraction
        cleared.append(absorbed / area_total(curve))
        share.append(100 * area_unbound(curve) / area_total(curve))

    assert np.sqrt(np.prod(cleared)) == pytest.approx(clearance, abs=0.06)
    assert np.sqrt(np.prod(share)) == pytest.approx(free, abs=0.05)


EVEN = {
    "D": (87, 151, 242, 307, 359), "P": (60, 113, 203, 277, 341), "R": (65, 122, 218, 297, 363),
}  # fmt: skip


@pytest.mark.parametrize("name", EVEN)
def test_even_programs(name):
    """5, 10, 20, 30 and 40 mg a day."""
    found = [levels(repeating(even_pump(mg)), typical(name), 5)[0] for mg in (5, 10, 20, 30, 40)]

    assert all(agrees(f, str(e)) for f, e in zip(found, EVEN[name], strict=True)), found


@pytest.mark.parametrize(
    ("name", "eight", "two", "mean"),
    [("D", 387, 53, 215), ("P", 370, 35, 187), ("R", 397, 38, 200)],
)
def test_the_kalafatakis_program(name, eight, two, mean):
    """At 08:00, at 02:00 and on average."""
    curve = solve_person(repeating(PUMP_DAY), typical(name), every_min=1)
    total = curve.total_nmol_per_l

    assert agrees(total[480], str(eight))
    assert agrees(total[120], str(two))
    assert agrees(float(mean_level(curve.times_h, total)), str(mean))


def times(factor):
    """The Kalafatakis program, every rate times a factor."""
    blocks = (BasalBlock(b.from_min, b.until_min, b.mg_per_h * factor) for b in KALAFATAKIS.blocks)
    return Regimen(basal=BasalProgram(tuple(blocks)))


@pytest.mark.parametrize(
    ("name", "double", "triple"), [("D", 1.49, 1.85), ("P", 1.64, 2.13), ("R", 1.63, 2.10)]
)
def test_doubling_the_program_does_not_double_total_cortisol(name, double, triple):
    """Mean total rises by half to two thirds, mean unbound doubles exactly."""
    curves = [solve_person(repeating(times(f)), typical(name), every_min=2) for f in (1, 2, 3)]
    total, unbound = (
        [float(mean_level(c.times_h, level(c))) for c in curves]
        for level in (lambda c: c.total_nmol_per_l, lambda c: c.unbound_nmol_per_l)
    )

    assert total[1] / total[0] == pytest.approx(double, rel=NEAR)
    assert total[2] / total[0] == pytest.approx(triple, rel=NEAR)
    assert unbound[1] / unbound[0] == pytest.approx(2, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "men", "women"), [("D", 261, 141), ("R", 240, 113)]
)  # Vierhapper 1998: 0.94 and 0.38 mg/h in the afternoon
def test_measured_production_gives_ordinary_afternoon_levels(name, men, women):
    """pk-primary D3."""
    found = [levels(repeating(even_pump(24 * rate)), typical(name), 5)[0] for rate in (0.94, 0.38)]

    assert agrees(found[0], str(men))
    assert agrees(found[1], str(women))


def test_two_compartments_by_mouth_to_the_printed_digits():
    """M: 5 mg 409 / 916 / 0.63 h, 10 mg 496 / 1456, 20 mg area 2376."""
    person = typical("M")
    five, ten = once(OralDose(0, 5), person), once(OralDose(0, 10), person)

    assert agrees(five.total_nmol_per_l.max(), "409")
    assert agrees(area_total(five), "916")
    assert agrees(peak(five.times_h, five.total_nmol_per_l).time_h, "0.63")
    assert agrees(ten.total_nmol_per_l.max(), "496")
    assert agrees(area_total(ten), "1456")
    assert agrees(area_of(OralDose(0, 20), person), "2376")


@pytest.mark.parametrize(("mg", "printed"), [(5, 18.8), (20, 33), (40, 41.8), (50, 44.9)])
def test_two_compartments_after_injection_into_a_vein(mg, printed):
    """M: total clearance, a known misfit.

    2 % below the printed figures, whose area must have missed part of the first minutes (levels at
    1, 3 and 6 h agree to the digit).
    """
    person = typical("M")
    curve = solve_person(
        from_nothing(Regimen((IvBolus(0, mg, day=0),)), 60), person,
        times_h=np.append(np.geomspace(1e-4, 60, 8000) - 1e-4, 60),
    )  # fmt: skip

    found = mg * nmol_per_mg() / area_total(curve)

    assert found == pytest.approx(printed, rel=0.02)


def test_two_compartments_fifty_milligrams():
    """M: 562, 247 and 58 at 1, 3 and 6 h."""
    found = levels(from_nothing(Regimen((IvBolus(0, 50),))), typical("M"), 1, 3, 6)

    assert all(agrees(f, e) for f, e in zip(found, ("562", "247", "58"), strict=True)), found


def test_two_compartments_on_the_pump_with_the_single_step_of_the_notes():
    """M: about 318 and 35 with one step of 1.4 /h; here the first of two is made instant."""
    person = with_value(typical("M"), sc_k1_per_h=2000.0, sc_k2_per_h=1.4)

    curve = solve_person(repeating(PUMP_DAY), person, every_min=4)

    assert curve.total_nmol_per_l.max() == pytest.approx(318, rel=NEAR)
    assert agrees(curve.total_nmol_per_l.min(), "35")


@pytest.mark.parametrize(
    ("food", "highest", "hour"), [("fed", "449", 1.25), ("fasted", "542", 0.68)]
)
def test_food_delays_and_flattens(food, highest, hour):
    """D, 10 mg: absorption half-lives of Mah 2004."""
    curve = once(OralDose(0, 10, food=food), typical("D"), hours=12, every_min=0.2)
    top = peak(curve.times_h, curve.total_nmol_per_l)

    assert agrees(top.nmol_per_l, highest)
    assert top.time_h == pytest.approx(hour, abs=0.01)


def test_fifteen_milligrams_by_mouth():
    """D: 625 at 52 min, below 100 after 6.2 h."""
    curve = once(OralDose(0, 15), typical("D"), hours=24)
    total = curve.total_nmol_per_l

    assert agrees(total.max(), "625")
    assert agrees(curve.times_h[total.argmax()] * 60, "52")
    assert agrees(float(hours_until_below(curve.times_h, total, 100, 0)), "6.2")


def test_thirty_milligrams_into_a_vein_misses_the_published_peak():
    """Case 37, an expected failure: published above 2500 at first and 1000 at 90 min."""
    found = levels(from_nothing(Regimen((IvBolus(0, 30),))), typical("D"), 0.5, 1.5)

    assert agrees(found[0], "1167")
    assert agrees(found[1], "755")


def test_muscle_lies_within_one_deviation_of_its_study():
    """Hahner 2013, 100 mg i.m.: 3035 (SD 800) at 66 (51) min, 993 nmol/L at 11 (5) min."""
    curve = once(Injection(0, 100, "im"), typical("D"), hours=12, every_min=0.25)
    total, minutes = curve.total_nmol_per_l, curve.times_h * 60

    assert abs(total.max() - 3035) <= 800
    assert abs(minutes[total.argmax()] - 66) <= 51
    assert abs(minutes[np.argmax(total > 993)] - 11) <= 5


def test_the_late_form_peaks_when_its_prototype_did():
    """Chronocort, an approximation: peak 4.5 h after the dose."""
    curve = once(OralDose(0, 20, "chronocort"), typical("D"), hours=48)

    assert peak(curve.times_h, curve.total_nmol_per_l).time_h == pytest.approx(4.5, abs=0.05)
