"""What a person takes is refused when it makes no sense, with the value and a way out."""

import pytest

from cortipump.errors import ModelError
from cortipump.pk.intake import (
    BasalBlock,
    BasalProgram,
    Bolus,
    ClockChange,
    Injection,
    IvBolus,
    IvInfusion,
    MissedDose,
    OralDose,
    SiteLoss,
    Suspension,
    TemporaryRate,
)
from cortipump.pk.parameters import typical
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import changing, even_times, repeating, solve_person, stopping
from tests.unit.pk.days import KALAFATAKIS, ORAL_DAY, PUMP_DAY

NONSENSE = {
    "negative dose": lambda: OralDose(420, -5),
    "absent dose": lambda: Injection(420, 0),
    "no number": lambda: IvBolus(420, float("nan")),
    "a slip of the point": lambda: OralDose(420, 20000),
    "minute outside the day": lambda: Bolus(1440, 1),
    "negative day": lambda: OralDose(420, 5, day=-1),
    "food and Chronocort": lambda: OralDose(420, 5, "chronocort", "fed"),
    "negative rate": lambda: BasalProgram.from_starts([(0, -0.1)]),
    "pump units for a rate": lambda: BasalProgram.from_starts([(0, 400)]),
    "gap at midnight": lambda: BasalProgram.from_starts([(60, 1.0)]),
    "out of order": lambda: BasalProgram.from_starts([(0, 1.0), (300, 1.0), (200, 1.0)]),
    "gap": lambda: BasalProgram((BasalBlock(0, 100, 1.0), BasalBlock(200, 1440, 1.0))),
    "overlap": lambda: BasalProgram((BasalBlock(0, 300, 1.0), BasalBlock(200, 1440, 1.0))),
    "day not covered": lambda: BasalProgram((BasalBlock(0, 300, 1.0),)),
    "empty program": lambda: BasalProgram(()),
    "infusion past midnight": lambda: IvInfusion(200, 600, 1500),
    "window without time": lambda: Suspension(5, 5),
    "window before the start": lambda: SiteLoss(-1, 5),
    "temporary rate of two kinds": lambda: TemporaryRate(1, 2, percent=150, mg_per_h=1),
    "temporary rate of none": lambda: TemporaryRate(1, 2),
    "temporary rate out of range": lambda: TemporaryRate(1, 2, percent=5000),
    "clock change over midnight": lambda: ClockChange(0, 30, -60),
    "nothing given": lambda: Regimen(),
    "the same dose twice": lambda: Regimen((OralDose(420, 5), OralDose(420, 10))),
    "two infusions at a time": lambda: Regimen((IvInfusion(10, 0, 600), IvInfusion(10, 500, 700))),
    "two suspensions at a time": lambda: PUMP_DAY.also(Suspension(1), Suspension(2, 3)),
    "suspension without a pump": lambda: ORAL_DAY.also(Suspension(1)),
    "missing what is not due": lambda: ORAL_DAY.also(MissedDose(421)),
    "two clock changes": lambda: PUMP_DAY.also(ClockChange(0), ClockChange(1)),
    "weight below": lambda: typical("D", weight_kg=1.9),
    "weight above": lambda: typical("D", weight_kg=301),
    "weight that is none": lambda: typical("D", weight_kg=float("nan")),
    "CBG ratio": lambda: typical("D", cbg_ratio=0),
    "CBG without binding": lambda: typical("L", cbg_ratio=2),
    "unknown model": lambda: typical("Z"),
    "a repeating day with something once": lambda: repeating(PUMP_DAY.also(Suspension(1, 2))),
    "stopping without a pump": lambda: stopping(ORAL_DAY, 8, 24),
    "a change after the end": lambda: changing(ORAL_DAY, PUMP_DAY, 30, 24),
    "levels too near": lambda: even_times(24, 0.01),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_refused(what):
    """One error of the house each."""
    with pytest.raises(ModelError) as caught:
        NONSENSE[what]()

    assert caught.value.code == "M001"


def test_the_message_holds_the_value_and_no_medical_number():
    """The text of one of them."""
    with pytest.raises(ModelError) as caught:
        OralDose(420, -5)

    assert str(caught.value) == (
        "a dose by mouth of -5 mg is not a dose: above 0 and at most 1000 mg"
    )
    assert caught.value.do == "give the milligrams of hydrocortisone, or leave the dose out"


@pytest.mark.parametrize("times", [[], [2, 1], [-1, 2], [float("nan")], [0, 25]])
def test_wanted_times_are_checked(times):
    """Increasing, from 0, within the scenario."""
    import numpy as np

    with pytest.raises(ModelError):
        solve_person(repeating(PUMP_DAY), typical("D"), times_h=np.array(times, dtype=float))


def test_a_day_in_milligrams():
    """Program, doses and infusions of every day are added; what happens once is not."""
    regimen = Regimen(
        (OralDose(420, 10), OralDose(500, 99, day=0), IvInfusion(24, 0, 720)), KALAFATAKIS
    )

    assert KALAFATAKIS.daily_mg == pytest.approx(19.8)
    assert regimen.daily_mg == pytest.approx(10 + 24 + 19.8)
    assert regimen.everyday().doses == (OralDose(420, 10),)
    assert not regimen.repeats


def test_two_forms_at_one_time_are_two_doses():
    """A tablet and a capsule at 07:00 are no slip."""
    regimen = Regimen((OralDose(420, 5), OralDose(420, 10, "plenadren")))

    assert regimen.daily_mg == 15


def test_what_lies_outside_the_model_is_said():
    """Stress doses, boluses by pump, approximations; no sentence names a dose to take."""
    regimen = Regimen(
        (Bolus(60, 60), Injection(120, 100, "im"), OralDose(420, 20, "plenadren")), KALAFATAKIS
    )

    said = " ".join(regimen.warnings())

    for words in ("never the sole treatment", "above 40 mg", "plenadren", "muscle", "skin"):
        assert words in said
    assert "children" in " ".join(
        solve_person(repeating(PUMP_DAY), typical("D", weight_kg=20)).warnings
    )
    assert "unbound" in " ".join(
        solve_person(repeating(PUMP_DAY), typical("D", cbg_ratio=2)).warnings
    )
