"""Regimens as people type them."""

import pytest

from cortipump.actions.regimen_text import Typed, clock_of, program_of, regimen_of, typed_of
from cortipump.errors import CortipumpError, ModelError, UsageError
from cortipump.pk.intake import Injection, IvBolus, IvInfusion, OralDose


def test_every_way_of_giving_is_read() -> None:
    """The options of the contract, one by one."""
    regimen = regimen_of(
        Typed(
            oral="10@07:00, 5@12:00/fed,20@06:00/plenadren/fasted", injection="100@08:00",
            im="50@8:30", iv=".5@23:59", iv_infusion=200, basal="00:00=0.1,02:00=2",
        )
    )  # fmt: skip

    assert regimen.items == (
        OralDose(420, 10), OralDose(720, 5, "ir", "fed"), OralDose(360, 20, "plenadren", "fasted"),
        Injection(480, 100), Injection(510, 50, "im"), IvBolus(1439, 0.5), IvInfusion(200),
    )  # fmt: skip
    assert regimen.basal is not None
    # 2 h of 0.1 and 22 h of 2 mg/h, by hand.
    assert regimen.basal.daily_mg == pytest.approx(44.2)


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        ("--oral", Typed(oral="10 at 7")),
        ("--oral", Typed(oral="10@07:00,,5@12:00")),
        ("--oral", Typed(oral="10@24:00")),
        ("--oral", Typed(oral="10@07:60")),
        ("--oral", Typed(oral="-5@07:00")),
        ("--oral", Typed(oral="10@07:00/grapefruit")),
        ("--injection", Typed(injection="100@08:00/fed")),
        ("--basal", Typed(basal="02:00-1")),
        ("--basal", Typed(basal="00:00=1u")),
    ],
)
def test_words_that_are_no_dose_name_their_option(option: str, typed: Typed) -> None:
    """What, where, and what to write instead."""
    with pytest.raises(UsageError) as caught:
        regimen_of(typed)

    assert caught.value.where == option
    assert caught.value.do


@pytest.mark.parametrize(
    "typed",
    [
        Typed(),
        Typed(oral="0@07:00"),
        Typed(oral="10@07:00,5@07:00"),
        Typed(basal="01:00=1"),
        Typed(basal="00:00=1,08:00=2,08:00=3"),
        Typed(basal="00:00=1,12:00=2,08:00=3"),
        Typed(iv_infusion=-1),
    ],
)
def test_doses_and_programs_without_sense_are_refused(typed: Typed) -> None:
    """Nothing given, nothing in a dose, two at once, a day that is not covered."""
    with pytest.raises(ModelError):
        regimen_of(typed)


def test_one_text_can_hold_every_way() -> None:
    """As the comparison of two regimens takes them."""
    typed = typed_of("oral: 10@07:00,5@12:00; iv-infusion 20 ; basal 00:00=0.1")

    assert typed == Typed(oral="10@07:00,5@12:00", iv_infusion=20.0, basal="00:00=0.1")


@pytest.mark.parametrize("text", ["", "10@07:00", "tablets 10@07:00", "oral 1@07:00; oral 2@08:00"])
def test_a_text_without_a_way_is_refused(text: str) -> None:
    """And one that names a way twice: which of them was meant cannot be known."""
    with pytest.raises(UsageError):
        typed_of(text)


def test_clock_and_program_are_read_alone_too() -> None:
    """Commands take them by themselves."""
    assert clock_of("--at", "7:05") == 425
    assert [b.mg_per_h for b in program_of("00:00=1,12:00=0").blocks] == [1.0, 0.0]
    with pytest.raises(CortipumpError):
        clock_of("--at", "noon")
