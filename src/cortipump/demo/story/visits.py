"""Every contact with a hospital, clinic or doctor, dated from the pump's start.

A stay that began in the emergency department is one `Visit` here, whatever an export makes of it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cortipump.demo.dice import Dice
from cortipump.demo.story.people import CEDAR, CLINIC, LAKESHORE, PRIMARY_CARE, WALK_IN, Place
from cortipump.demo.story.sickness import (
    ADDISON,
    ANKLE,
    BRONCHITIS,
    CHECK_UP,
    CRISIS,
    DEHYDRATION,
    FAINTING,
    FINGER,
    GASTROENTERITIS,
    HIGH_POTASSIUM,
    LOW_PRESSURE,
    LOW_SODIUM,
    MIGRAINE,
    PUMP_PRESENT,
    PUMP_SLIPPED,
    SINUSITIS,
    STEROIDS,
    STOMACH,
    VOMITING,
    Diagnosis,
)

Kind = Literal["emergency", "inpatient", "observation", "urgent-care", "office", "virtual", "other"]

DUPLICATED: Final = "stay-in-two-sources"
SHIFTED: Final = "stay-shifted-by-utc"
ELSEWHERE: Final = "stay-elsewhere"
WATCHED: Final = "observation"
PUMP_FAILURE: Final = "pump-site-failure"
PUMP_START: Final = "pump-training"


@dataclass(frozen=True, slots=True)
class Visit:
    """One contact.

    Attributes
    ----------
    start, end
        Local time of the place. For a stay: admission and discharge.
    diagnoses
        The first is the principal one.
    arrival
        When a stay began in the emergency department: the arrival there.
    status
        As an export prints it: ``finished``, ``planned``, ``entered-in-error``.
    """

    name: str
    kind: Kind
    place: Place
    start: datetime
    end: datetime
    words: str
    diagnoses: tuple[Diagnosis, ...]
    arrival: datetime | None = None
    status: str = "finished"

    @property
    def day(self) -> date:
        """Local day on which it began."""
        return self.start.date()

    @property
    def nights(self) -> int:
        """Midnights between admission and discharge."""
        return (self.end.date() - self.start.date()).days

    @property
    def is_crisis(self) -> bool:
        """Whether an adrenal crisis was the principal diagnosis."""
        return self.diagnoses[0] == CRISIS

    @property
    def had_steroid(self) -> bool:
        """Whether Lakeshore gave hydrocortisone 100 mg into a vein."""
        return self.happened and self.place == LAKESHORE and self.is_crisis

    @property
    def happened(self) -> bool:
        """Whether it took place."""
        return self.status == "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One visit before its dates are drawn: ``day`` counts from the pump's start."""

    name: str
    kind: Kind
    day: int
    clock: str
    minutes: int
    words: str
    sick: tuple[Diagnosis, ...]
    nights: int = 0
    spread: int = 0  # nights more or fewer
    leaves: str = "13:20"
    through_emergency: bool = False
    jitter: int = 4
    percent: int = 100
    place: Place = LAKESHORE
    status: str = "finished"


_SEVERE: Final = (CRISIS, LOW_SODIUM, HIGH_POTASSIUM, LOW_PRESSURE, ADDISON)
_STOMACH_BUG: Final = (CRISIS, GASTROENTERITIS, DEHYDRATION, ADDISON)

_ACUTE: Final = (
    _Plan(name="first-crisis", kind="inpatient", day=-929, clock="07:45", minutes=250, nights=4,
          words="Collapse, weight loss, darkening skin", sick=_SEVERE, through_emergency=True,
          jitter=0),
    _Plan(name="winter-bug", kind="emergency", day=-766, clock="10:20", minutes=350,
          words="Vomiting since the night", sick=_STOMACH_BUG),
    _Plan(name="spring-stay", kind="inpatient", day=-632, clock="05:15", minutes=320, nights=2,
          words="Vomiting, cannot keep tablets down", sick=_STOMACH_BUG, through_emergency=True),
    _Plan(name="dizzy", kind="emergency", day=-517, clock="15:05", minutes=245,
          words="Dizziness on standing", sick=(ADDISON, LOW_PRESSURE)),
    _Plan(name="bronchitis", kind="urgent-care", day=-443, clock="17:30", minutes=50,
          words="Cough for a week", sick=(BRONCHITIS, STEROIDS), place=WALK_IN),
    _Plan(name="february-crisis", kind="emergency", day=-343, clock="09:10", minutes=430,
          words="Vomiting and diarrhoea", sick=_STOMACH_BUG),
    _Plan(name="extra-crisis", kind="emergency", day=-327, clock="13:25", minutes=330,
          words="Weakness, nausea", sick=(CRISIS, LOW_SODIUM, ADDISON), jitter=2, percent=40),
    _Plan(name=DUPLICATED, kind="inpatient", day=-310, clock="06:10", minutes=265, nights=3,
          words="Vomiting, drowsy", sick=_STOMACH_BUG, through_emergency=True),
    _Plan(name=WATCHED, kind="observation", day=-275, clock="19:30", minutes=0, nights=1,
          leaves="14:45", words="Nausea, sent in by the doctor on call", sick=(ADDISON, VOMITING),
          jitter=0),
    _Plan(name="summer-weakness", kind="emergency", day=-230, clock="16:40", minutes=290,
          words="Weakness, vomiting", sick=(ADDISON, VOMITING, DEHYDRATION)),
    _Plan(name=ELSEWHERE, kind="inpatient", day=-195, clock="11:30", minutes=0, nights=2,
          leaves="11:10", words="Vomiting while travelling", sick=_STOMACH_BUG, place=CEDAR),
    _Plan(name="ankle", kind="emergency", day=-156, clock="14:15", minutes=140,
          words="Twisted right ankle on a step", sick=(ANKLE, ADDISON, STEROIDS)),
    _Plan(name="migraine", kind="emergency", day=-135, clock="11:00", minutes=200,
          words="Headache", sick=(MIGRAINE, ADDISON), jitter=3, percent=40),
    _Plan(name=SHIFTED, kind="inpatient", day=-114, clock="20:05", minutes=165, nights=3, spread=1,
          leaves="12:40", words="Fever, vomiting, confused", sick=_STOMACH_BUG,
          through_emergency=True),
    _Plan(name="sinusitis", kind="urgent-care", day=-74, clock="18:05", minutes=45,
          words="Pain over the cheeks, fever", sick=(SINUSITIS, ADDISON), place=WALK_IN),
    _Plan(name="december-crisis", kind="emergency", day=-45, clock="21:40", minutes=275,
          words="Vomiting, low blood pressure", sick=(CRISIS, VOMITING, LOW_PRESSURE, ADDISON)),
    _Plan(name="january-stay", kind="inpatient", day=-19, clock="08:25", minutes=240, nights=2,
          words="Fainted at home", sick=(CRISIS, FAINTING, LOW_SODIUM, ADDISON), spread=1,
          through_emergency=True),
    _Plan(name=PUMP_FAILURE, kind="emergency", day=15, clock="06:35", minutes=300,
          words="Pump site came off in the night, nausea",
          sick=(PUMP_SLIPPED, ADDISON, PUMP_PRESENT, VOMITING)),
    _Plan(name="finger", kind="emergency", day=110, clock="12:50", minutes=110,
          words="Cut finger in the kitchen", sick=(FINGER, ADDISON, PUMP_PRESENT)),
    _Plan(name="short-stay", kind="inpatient", day=187, clock="04:30", minutes=280, nights=1,
          leaves="15:05", words="Vomiting and diarrhoea",
          sick=(CRISIS, GASTROENTERITIS, ADDISON, PUMP_PRESENT), through_emergency=True),
    _Plan(name="autumn-cough", kind="urgent-care", day=219, clock="17:10", minutes=40,
          words="Cough", sick=(BRONCHITIS, PUMP_PRESENT), place=WALK_IN, percent=40),
    _Plan(name="wrong-chart", kind="emergency", day=-146, clock="08:00", minutes=60,
          words="Chest pain", sick=(MIGRAINE,), jitter=0, status="entered-in-error"),
)  # fmt: skip

_CLINIC_DAYS: Final = (-917, -875, -784, -700, -609, -504, -427, -377, -294, -203, -98, -63, -28,
                       -7, 0, 7, 28, 91, 175, 245)  # fmt: skip
_CLINIC_VIDEO: Final = (-258, -150, 3, 52, 150, 256, 281)
_FAMILY_DOCTOR: Final = (-588, -217, 119)


def _planned() -> list[_Plan]:
    """The visits that are appointments: all on weekdays, since the start is a Monday."""
    plans = []
    for day in _CLINIC_DAYS:
        sick = (ADDISON, PUMP_PRESENT) if day >= 0 else (ADDISON, STEROIDS)
        name = PUMP_START if day == 0 else f"clinic{day:+d}"
        words = "Start of the loaned pump, training" if day == 0 else "Follow-up of treatment"
        plans.append(_Plan(name=name, kind="office", day=day, clock="09:00", minutes=50,
                           words=words, sick=sick, place=CLINIC, jitter=0))  # fmt: skip
    plans += [
        _Plan(name=f"video{day:+d}", kind="virtual", day=day, clock="16:20", minutes=20,
              words="Questions between visits", sick=(ADDISON,), place=CLINIC, jitter=0)
        for day in _CLINIC_VIDEO
    ]  # fmt: skip
    plans += [
        _Plan(name=f"family{day:+d}", kind="office", day=day, clock="10:40", minutes=30,
              words="Yearly check", sick=(CHECK_UP, ADDISON), place=PRIMARY_CARE, jitter=0)
        for day in _FAMILY_DOCTOR
    ]  # fmt: skip
    return [*plans, *_odd_ones()]


def _odd_ones() -> list[_Plan]:
    return [
        _Plan(name="endoscopy", kind="other", day=-251, clock="08:15", minutes=150, jitter=0,
              words="Pain in the upper belly", sick=(STOMACH, ADDISON)),
        _Plan(name="family-video", kind="virtual", day=-84, clock="13:00", minutes=15, jitter=0,
              words="Refill and cold", sick=(ADDISON,), place=PRIMARY_CARE),
        _Plan(name="next-check", kind="office", day=308, clock="10:40", minutes=30, jitter=0,
              words="Yearly check", sick=(CHECK_UP,), place=PRIMARY_CARE, status="planned"),
    ]  # fmt: skip


def at(index: date, day: int, clock: str, zone: str = "America/Chicago") -> datetime:
    """Local time so many days from the pump's start."""
    hour, minute = clock.split(":")
    return datetime.combine(
        index + timedelta(days=day), time(int(hour), int(minute)), ZoneInfo(zone)
    )


def _later(moment: datetime, minutes: int) -> datetime:
    """So many minutes later by the wall clock (no visit spans a clock change)."""
    return moment + timedelta(minutes=minutes)


def _dated(plan: _Plan, index: date, dice: Dice) -> Visit:
    day = plan.day + (dice.whole(-plan.jitter, plan.jitter) if plan.jitter else 0)
    came = _later(at(index, day, plan.clock, plan.place.zone), dice.whole(0, 25))
    visit = Visit(
        name=plan.name,
        kind=plan.kind,
        place=plan.place,
        start=came,
        end=_later(came, plan.minutes),
        words=plan.words,
        diagnoses=plan.sick,
        status=plan.status,
    )
    if not plan.nights:
        return visit
    nights = plan.nights + (dice.whole(-plan.spread, plan.spread) if plan.spread else 0)
    admitted = _later(came, plan.minutes)
    left = at(index, day + nights, plan.leaves, plan.place.zone)
    return replace(
        visit,
        start=admitted,
        end=left,
        arrival=came if plan.through_emergency else None,
    )


def visits(seed: int, index: date) -> tuple[Visit, ...]:
    """All visits of a person in the order of time.

    Parameters
    ----------
    seed
        The person.
    index
        The day of the pump's start, a Monday.
    """
    dice = Dice(seed, "visits")
    kept = [plan for plan in (*_ACUTE, *_planned()) if dice.chance(plan.percent)]
    return tuple(sorted((_dated(plan, index, dice) for plan in kept), key=lambda v: v.start))
