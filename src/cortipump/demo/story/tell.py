"""The whole story of one made-up person, before any export makes files of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.story import diary
from cortipump.demo.story.claims import ClaimFile, claim_file
from cortipump.demo.story.labs import Lab, labs
from cortipump.demo.story.people import Person, index_date, last_day, person
from cortipump.demo.story.visits import Visit, visits

NOTICE_DAY: Final = 224


@dataclass(frozen=True, slots=True)
class Denial:
    """The plan's refusal, as the letter dates and numbers it."""

    noticed: date
    received: date
    requested: date
    reference: str


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that happened, with nothing of how it is exported."""

    seed: int
    person: Person
    index: date
    last: date
    visits: tuple[Visit, ...]
    labs: tuple[Lab, ...]
    scores: tuple[diary.Score, ...]
    work: tuple[diary.WorkLoss, ...]
    injections: tuple[diary.Injection, ...]
    calls: tuple[diary.Call, ...]
    regimens: tuple[diary.Regimen, ...]
    claims: ClaimFile
    denial: Denial

    def visit(self, name: str) -> Visit:
        """The visit of that name."""
        return next(visit for visit in self.visits if visit.name == name)


def _denial(seed: int, index: date) -> Denial:
    dice = Dice(seed, "denial")
    noticed = index + timedelta(days=NOTICE_DAY)
    return Denial(
        noticed,
        noticed + timedelta(days=3),
        noticed - timedelta(days=21),
        f"UM-{noticed:%y%m}-{dice.digits(6)}",
    )


def tell(seed: int) -> Story:
    """The story of a seed."""
    index = index_date(seed)
    seen = visits(seed, index)
    drawn = labs(seed, index, seen)
    return Story(
        seed,
        person(seed),
        index,
        last_day(index),
        seen,
        drawn,
        diary.scores(seed, index),
        diary.work_lost(seed, index, seen),
        diary.injections(index, seen),
        diary.calls(seed, index),
        diary.regimens(index),
        claim_file(seed, index, seen, drawn),
        _denial(seed, index),
    )
