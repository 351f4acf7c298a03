"""What the person wrote down herself: scores, lost work, rescue injections, calls, regimens."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.story.visits import PUMP_FAILURE, SHIFTED, Visit, at


@dataclass(frozen=True, slots=True)
class Score:
    """The total of one AddiQoL form; never its items.

    Attributes
    ----------
    in_clinic
        True when only the clinic's export holds it.
    """

    on: date
    total: int
    note: str = ""
    in_clinic: bool = False


@dataclass(frozen=True, slots=True)
class WorkLoss:
    """Days lost from work between two dates, both counted."""

    first: date
    last: date
    days: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Injection:
    """One rescue injection outside a hospital."""

    at: datetime
    given_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Call:
    """One telephone call."""

    on: date
    party: str
    person: str
    reference: str
    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Regimen:
    """A drug over a time. ``last`` None: still taken."""

    first: date
    last: date | None
    drug: str
    route: str
    mg_per_day: str
    schedule: str
    device: str = ""
    ownership: str = ""
    note: str = ""


BAD_TOTAL: Final = "abc"
"""What she typed once instead of a total."""


def bad_date(index: date) -> str:
    """What she typed once instead of a date: a day that does not exist, before the start."""
    return f"{index.year - 1}-06-31"


DEVICE: Final = "MiniMed 780G (manual mode)"


def scores(seed: int, index: date) -> tuple[Score, ...]:
    """Three scores before and four after the start, the last one from the clinic's own form."""
    dice = Dice(seed, "scores")
    plan = (
        (-298, 77, ""), (-119, 79, "a week of bad nights"), (-33, 76, ""),
        (56, 81, "eight weeks on the pump"), (119, 85, ""), (203, 83, ""), (245, 86, ""),
    )  # fmt: skip
    return tuple(
        Score(index + timedelta(days=day), total + dice.whole(-2, 2), note, in_clinic=day == 245)
        for day, total, note in plan
    )


def _work_days(first: date, last: date) -> int:
    span = range((last - first).days + 1)
    return sum((first + timedelta(days=step)).weekday() < 5 for step in span)


def _after_visit(visit: Visit, rest: int) -> WorkLoss | None:
    """Work lost to a visit and the days of rest after it. None when all fell on a weekend."""
    first = (visit.arrival or visit.start).date()
    while first.weekday() > 4:
        first += timedelta(days=1)
    last = visit.end.date() + timedelta(days=rest)
    days = _work_days(first, last)
    if last < first or not days:
        return None
    return WorkLoss(first, last, Decimal(days), visit.words)


_HALF_DAYS: Final = (
    (-500, "left at noon, exhausted"), (-355, "left at noon, exhausted"), (-288, "late start"),
    (-239, "left early, dizzy"), (-203, "blood draws at the clinic"), (-148, "left at noon"),
    (-101, "late start, nausea"), (-66, "left at noon, exhausted"), (-53, "late start"),
    (9, "learning the pump, late start"), (91, "blood draws at the clinic"),
    (170, "changed pump site at home"),
)  # fmt: skip


def work_lost(seed: int, index: date, visits: tuple[Visit, ...]) -> tuple[WorkLoss, ...]:
    """Whole days around hospital visits, and half days."""
    dice = Dice(seed, "work")
    found = []
    for visit in visits:
        hospital = visit.kind in {"emergency", "inpatient", "observation"}
        adrenal = visit.diagnoses[0].code in {"E27.1", "E27.2", "T85.624A"}
        if hospital and adrenal and visit.happened:
            rest = 2 if visit.kind == "inpatient" else dice.whole(0, 1)
            loss = _after_visit(visit, rest)
            found += [loss] if loss else []
    for day, reason in _HALF_DAYS:
        on = index + timedelta(days=day)
        on -= timedelta(days=max(on.weekday() - 4, 0))
        found.append(WorkLoss(on, on, Decimal("0.5"), reason))
    return tuple(sorted(found, key=lambda loss: loss.first))


WHO_INJECTED: Final = {
    "winter-bug": "husband",
    "spring-stay": "husband",
    "february-crisis": "husband",
    "stay-in-two-sources": "self",
    SHIFTED: "paramedic",
    "december-crisis": "sister",
    "january-stay": "husband",
    PUMP_FAILURE: "self",
    "short-stay": "husband",
}
"""Visits before which somebody injected hydrocortisone at home, and who."""


def injections(index: date, visits: tuple[Visit, ...]) -> tuple[Injection, ...]:
    """100 mg hydrocortisone i.m. before some hospital visits, and once at home without one."""
    found = [
        Injection((v.arrival or v.start) - timedelta(minutes=55), WHO_INJECTED[v.name], v.words)
        for v in visits
        if v.name in WHO_INJECTED
    ]
    found.append(Injection(at(index, -176, "05:45"), "husband", "Vomited twice, no visit needed"))
    return tuple(sorted(found, key=lambda shot: shot.at))


_CALLS: Final = (
    (-76, "plan", "Member services, Delphine R.", "PHP-CALL-",
     "Is an infusion pump for hydrocortisone a covered benefit, and which pumps are on the plan?",
     "Pumps are under equipment. E0784 needs authorization. Could not say for hydrocortisone."),
    (-69, "plan", "Member services, Otis K.", "PHP-CALL-",
     "Does the plan cover experimental or off-label treatment?",
     "Plan document section 8.4 excludes it unless the plan decides otherwise."),
    (-62, "manufacturer", "Order desk, Maren T.", "MFR-",
     "Can an order for use with hydrocortisone be opened?",
     "Only after they reach the prescriber and hold a letter of medical necessity."),
    (-40, "clinic", "Nurse Bettina Dummyworth", "",
     "Is there a pump to borrow while the plan decides?",
     "Yes, one of the clinic's loaners from February."),
    (-12, "supplier", "Intake, Tallgrass Home Equipment (made up)", "TG-",
     "Who bills infusion sets and reservoirs?", "They bill A4230 and A4232 every 60 days."),
    (199, "clinic", "Nurse Bettina Dummyworth", "",
     "Was the request for an own pump sent?", "Sent by fax with the letter of medical necessity."),
    (213, "plan", "Utilization management, Priya V.", "PHP-CALL-",
     "Status of the request?", "In clinical review, decision by letter."),
    (228, "plan", "Appeals unit, Conrad B.", "PHP-CALL-",
     "How is the denial appealed and who reviews it?",
     "In writing, by mail or fax. Asked for the claim file and the reviewer's specialty."),
    (233, "manufacturer", "Order desk, Maren T.", "MFR-",
     "Does the order stay open during the appeal?", "Yes, for 12 months."),
)  # fmt: skip


def calls(seed: int, index: date) -> tuple[Call, ...]:
    """Calls with the plan, the manufacturer, the clinic and the supplier."""
    dice = Dice(seed, "calls")
    return tuple(
        Call(
            index + timedelta(days=day),
            party,
            person,
            prefix + dice.digits(7) if prefix else "",
            asked,
            answer,
        )
        for day, party, person, prefix, asked, answer in _CALLS
    )


TABLETS_FROM: Final = -925


def regimens(index: date) -> tuple[Regimen, ...]:
    """Tablets in three strengths of day, fludrocortisone, then the loaned pump."""

    def day(number: int) -> date:
        return index + timedelta(days=number)

    tablets, oral = "hydrocortisone", "oral"
    return (
        Regimen(day(TABLETS_FROM), None, "fludrocortisone", oral, "0.1", "0.1 mg 07:00"),
        Regimen(day(TABLETS_FROM), day(-610), tablets, oral, "20",
                "10 mg 07:00, 5 mg 12:00, 5 mg 17:00", note="first regimen"),
        Regimen(day(-609), day(-204), tablets, oral, "25",
                "10 mg 07:00, 7.5 mg 12:00, 5 mg 17:00, 2.5 mg 22:00",
                note="raised after two hospital visits"),
        Regimen(day(-203), day(-1), tablets, oral, "30",
                "15 mg 07:00, 7.5 mg 12:00, 5 mg 17:00, 2.5 mg 22:00",
                note="raised after the day curve"),
        Regimen(index, None, tablets, "pump", "24", "basal program kept by the clinic",
                DEVICE, "loaner", "off-label; loaned by the clinic"),
    )  # fmt: skip
