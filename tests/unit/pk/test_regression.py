"""Set D, version 1: the numbers that every implementation of it must reproduce.

The expected figures are those of the project's validation notes (pk-validation 1.3), computed there
by another program. Every one of them is reproduced to its printed digits; the 1 % that the notes
allow is not needed.
"""

import numpy as np
import pytest

from cortipump.pk.intake import Injection, IvBolus, OralDose
from cortipump.pk.metrics import mean_level
from cortipump.pk.parameters import typical
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import from_nothing, repeating, solve_person
from tests.unit.pk.days import (
    ORAL_DAY,
    PUMP_DAY,
    agrees,
    area_total,
    area_unbound,
    even_pump,
    once,
)

D = typical("D")


def at(scenario, *hours):
    """Total and unbound cortisol at some hours."""
    curve = solve_person(scenario, D, times_h=np.array(hours))
    return curve.total_nmol_per_l, curve.unbound_nmol_per_l


ORAL_10 = {
    0.25: ("385.8", "19.27"), 0.5: ("475.4", "29.40"), 1: ("504.9", "33.25"),
    2: ("414.4", "22.22"), 4: ("206.2", "6.49"), 6: ("82.5", "1.96"), 8: ("30.0", "0.64"),
    12: ("3.7", "0.07"),
}  # fmt: skip


@pytest.mark.parametrize("hour", ORAL_10)
def test_ten_milligrams_by_mouth(hour):
    """Total and unbound cortisol after 10 mg, to the printed digits."""
    scenario = from_nothing(Regimen((OralDose(0, 10),)))

    total, unbound = at(scenario, hour)

    assert agrees(total[0], ORAL_10[hour][0])
    assert agrees(unbound[0], ORAL_10[hour][1])


def test_area_of_ten_milligrams_by_mouth():
    """1934 nmol h/L over a day."""
    curve = once(OralDose(0, 10), D, hours=24)

    assert agrees(area_total(curve), "1934")


FIVE = {0.25: "256.5", 0.5: "328.1", 1: "352.5", 2: "285.9", 4: "130.1", 6: "49.2", 8: "17.5"}


@pytest.mark.parametrize("hour", FIVE)
def test_five_milligrams_by_mouth(hour):
    """Total cortisol after 5 mg."""
    total, _ = at(from_nothing(Regimen((OralDose(0, 5),))), hour)

    assert agrees(total[0], FIVE[hour])


VEIN = {0.5: "1693", 1: "1303", 2: "826", 3: "566", 4: "402", 6: "186"}


@pytest.mark.parametrize("hour", VEIN)
def test_fifty_milligrams_into_a_vein(hour):
    """Total cortisol after 50 mg i.v."""
    total, _ = at(from_nothing(Regimen((IvBolus(0, 50),))), hour)

    assert agrees(total[0], VEIN[hour])


def test_hundred_milligrams_under_the_skin():
    """Peak 2250 at 79 min, 993 nmol/L passed at 21 min."""
    curve = once(Injection(0, 100), D, hours=6)
    total, minutes = curve.total_nmol_per_l, curve.times_h * 60

    assert agrees(total.max(), "2250")
    assert agrees(minutes[total.argmax()], "79")
    passed = int(np.argmax(total > 993))
    share = (993 - total[passed - 1]) / (total[passed] - total[passed - 1])
    assert agrees(minutes[passed - 1] + share, "21")


EVEN = {10: ("151", "4.2"), 20: ("242", "8.4"), 30: ("307", "12.5"), 40: ("359", "16.7")}


@pytest.mark.parametrize("mg", EVEN)
def test_an_even_pump_program(mg):
    """Steady total and unbound cortisol of an even program."""
    total, unbound = at(repeating(even_pump(mg)), 5)

    assert agrees(total[0], EVEN[mg][0])
    assert agrees(unbound[0], EVEN[mg][1])


PUMP = {
    2: "53", 4: "272", 6: "365", 8: "387", 10: "337", 12: "291", 16: "173", 20: "149", 22: "106",
}  # fmt: skip


@pytest.mark.parametrize("hour", PUMP)
def test_the_kalafatakis_program_by_hour(hour):
    """The repeating day of the published pump program."""
    total, _ = at(repeating(PUMP_DAY), hour)

    assert agrees(total[0], PUMP[hour])


def test_the_kalafatakis_program_on_average():
    """Mean total 215 and mean unbound 8.3."""
    curve = solve_person(repeating(PUMP_DAY), D, every_min=1)

    assert agrees(float(mean_level(curve.times_h, curve.total_nmol_per_l)), "215")
    assert agrees(float(mean_level(curve.times_h, curve.unbound_nmol_per_l)), "8.3")


MOUTH = {
    2: "11", 6.9: "1", 8: "505", 9: "414", 12: "133", 17: "86", 18: "367", 20: "207", 22: "84",
}  # fmt: skip


@pytest.mark.parametrize("hour", MOUTH)
def test_three_doses_by_mouth_on_the_third_day(hour):
    """10, 5 and 5 mg at 07, 12 and 17 h: the third day from nothing."""
    total, _ = at(from_nothing(ORAL_DAY, 72), 48 + hour)

    assert agrees(total[0], MOUTH[hour])


def test_unbound_cortisol_is_exact():
    """Steady unbound = rate over clearance; area of unbound = F dose over clearance."""
    _, unbound = at(repeating(even_pump(24)), 7)
    curve = once(OralDose(0, 10), D, every_min=0.25)
    nmol = 1e6 / 362.46

    assert unbound[0] == pytest.approx(nmol / D.clu_l_per_h, rel=1e-9)
    assert area_unbound(curve) == pytest.approx(0.9 * 10 * nmol / D.clu_l_per_h, rel=2e-6)
