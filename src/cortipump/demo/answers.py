"""The answer key: what anyone who reads the files right must find, counted from the story alone.

Nothing here looks at the exported files: an importer that misreads them shows up as a difference.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from cortipump.demo.story.benefits import Statement
from cortipump.demo.story.diary import BAD_TOTAL, bad_date
from cortipump.demo.story.labs import Lab
from cortipump.demo.story.sickness import ADRENAL_CODED
from cortipump.demo.story.tell import Story
from cortipump.demo.story.visits import DUPLICATED, SHIFTED, Visit

Json = dict[str, object]

RUN_IN_DAYS: Final = 28
PUMP_CODES: Final = ("E0784", "A4230", "A4232")

RULES: Final[dict[str, str]] = {
    "windows": "Whole local days (home zone America/Chicago), first and last day included. before: "
    "the 365 days before the index date. after: from the index date to the last day of the record. "
    "run_in: the first 28 days of after, also part of after.",
    "visits": "A visit counts in the window that holds its first local day (for a stay through the "
    "emergency department: the day of arrival). Encounters entered in error or only planned do not "
    "count. The stay that hospital and exchange both report counts once.",
    "emergency_visits": "An emergency visit that becomes an admission on the same day or within 24 "
    "hours is one event and counts only as the inpatient stay.",
    "bed_days": "Midnights between admission and discharge of inpatient stays, by the local "
    "calendar. Observation and emergency visits give none.",
    "adrenal_coded": "The same counts for visits whose reason or principal diagnosis is E27.1 to "
    "E27.4x or E89.6.",
    "rescue_injections": "Rows of rescue-injections.csv in the window, by their date.",
    "injections_in_hospital": "MedicationAdministration of hydrocortisone 100 mg i.v. in the "
    "hospital file, by local date. These are other injections than those of the table, and the "
    "exchange reports none.",
    "work_days_lost": "Sum of the days column of work-days.csv by date_from; the row with the day "
    "that does not exist is left out.",
    "costs": "Claims that stand, by the first day of service, each kind added by itself. Left out: "
    "a cancelled claim, a claim taken back by a negative statement with that statement, the second "
    "download of the same statement, a Claim that an ExplanationOfBenefit answers. An amount that "
    "is not stated adds nothing. A Claim that nobody has answered adds its billed amount only.",
    "care": "All standing claims but those of the pump category: hospital, doctor, laboratory, "
    "pharmacy.",
    "pump": f"Standing claims whose lines carry HCPCS {', '.join(PUMP_CODES)}; a denied one is "
    "billed, with 0.00 allowed, paid and owed. Vials from the pharmacy are under care.",
    "by_kind": "The standing claims of care by the kind of bill; facility joins hospital inpatient "
    "and outpatient.",
    "scores": "Totals of AddiQoL-30: the readable rows of addiqol.csv and the clinic's "
    "QuestionnaireResponse.",
    "cortisol": "Serum cortisol as printed (LOINC 2143-6 in ug/dL, 14675-3 in nmol/L), local date "
    "and time of the draw. A comparator marks the assay's limit. as_text: printed as a string. The "
    "stimulation test (43215-3) is listed apart.",
    "charges": "standing: claims that stand at the end, the unanswered one included. statements: "
    "distinct ExplanationOfBenefit resources of both downloads.",
}
"""How each answer is counted, in words."""


def _spans(story: Story) -> dict[str, tuple[date, date]]:
    before = story.index - timedelta(days=365)
    return {
        "before": (before, story.index - timedelta(days=1)),
        "after": (story.index, story.last),
        "run_in": (story.index, story.index + timedelta(days=RUN_IN_DAYS - 1)),
        "all": (story.visits[0].day, story.last),
    }


def _first_day(visit: Visit) -> date:
    return (visit.arrival or visit.start).date()


def _is_adrenal(visit: Visit) -> bool:
    return visit.diagnoses[0].code in ADRENAL_CODED


def _counts(visits: Iterable[Visit]) -> Json:
    kept = list(visits)

    def number(kind: str) -> int:
        return sum(visit.kind == kind for visit in kept)

    return {
        "emergency_visits": number("emergency"),
        "inpatient_stays": number("inpatient"),
        "bed_days": sum(visit.nights for visit in kept if visit.kind == "inpatient"),
        "observation_stays": number("observation"),
        "urgent_care_visits": number("urgent-care"),
    }


def is_pump(statement: Statement) -> bool:
    """Whether the claim is for the pump or its supplies."""
    return any(line.code in PUMP_CODES for line in statement.bill.lines)


def _kind(statement: Statement) -> str:
    kind = statement.bill.kind
    return "facility" if kind in {"inpatient", "outpatient"} else kind


def _sums(statements: Iterable[Statement], also_billed: Decimal = Decimal("0.00")) -> Json:
    """The four kinds added, as text with cents."""
    kept = list(statements)

    def added(amount: Callable[[Statement], Decimal]) -> str:
        return str(sum((amount(s) for s in kept), Decimal("0.00")))

    return {
        "billed": str(Decimal(added(lambda s: s.whole.billed)) + also_billed),
        "allowed": added(lambda s: Decimal(0) if s.allowed_missing else s.whole.allowed),
        "paid": added(lambda s: s.whole.paid),
        "patient": added(lambda s: s.whole.patient),
    }


def _costs(story: Story, first: date, last: date) -> Json:
    kept = [s for s in story.claims.standing if first <= s.bill.first <= last]
    waits = story.claims.open_bill
    unanswered = waits.billed if first <= waits.first <= last else Decimal("0.00")
    care = [s for s in kept if not is_pump(s)]
    kinds = sorted({_kind(s) for s in care})
    extra = {"professional": unanswered}
    return {
        "care": _sums(care, unanswered),
        "pump": _sums(s for s in kept if is_pump(s)),
        "by_kind": {
            kind: _sums((s for s in care if _kind(s) == kind), extra.get(kind, Decimal("0.00")))
            for kind in kinds
        },
        "unanswered_billed": str(unanswered),
    }


def _window(story: Story, first: date, last: date) -> Json:
    """Every answer for one span of days."""

    def inside(day: date) -> bool:
        return first <= day <= last

    seen = [v for v in story.visits if v.happened and inside(_first_day(v))]
    in_hospital = sum(visit.had_steroid for visit in seen)
    lost = sum((w.days for w in story.work if inside(w.first)), Decimal(0))
    return {
        "from": str(first),
        "to": str(last),
        "days": (last - first).days + 1,
        **_counts(seen),
        "adrenal_coded": _counts(visit for visit in seen if _is_adrenal(visit)),
        "rescue_injections": sum(inside(i.at.date()) for i in story.injections),
        "injections_in_hospital": in_hospital,
        "work_days_lost": str(lost.quantize(Decimal("0.1"))),
        "costs": _costs(story, first, last),
    }


def _charges(story: Story) -> Json:
    statements = story.claims.statements
    gone = [s for s in statements if not s.stands]
    gap = next(s for s in statements if s.allowed_missing)
    return {
        "standing": len(story.claims.standing) + 1,
        "standing_pump": sum(is_pump(s) for s in story.claims.standing),
        "statements": len(statements),
        "statements_first_download": sum(not s.newer for s in statements),
        "claims_shown": len(story.claims.sent) + 1,
        "claims_unanswered": [story.claims.open_number],
        "not_standing": [
            {"id": s.ident, "claim": s.number, "why": _why(s), "billed": str(s.whole.billed)}
            for s in gone
        ],
        "corrected": [
            {"id": s.ident, "claim": s.number, "billed": str(s.whole.billed)}
            for s in story.claims.standing
            if s.prior or s.number in {g.number for g in gone}
        ],
        "denied": [
            {"id": s.ident, "claim": s.number, "billed": str(s.whole.billed)}
            for s in statements
            if s.fate == "denied"
        ],
        "allowed_not_stated": {"id": gap.ident, "claim": gap.number},
    }


def _why(statement: Statement) -> str:
    if statement.fate == "cancelled":
        return f"cancelled, replaced by claim {statement.replaced_by}"
    if statement.fate == "reversal":
        return "takes back the statement of the same claim number by negative amounts"
    return "taken back by a negative statement of the same claim number"


def _lab(lab: Lab) -> Json:
    found: Json = {
        "date": f"{lab.at:%Y-%m-%d}",
        "time": f"{lab.at:%H:%M}",
        "value": str(lab.value),
        "unit": lab.test.unit,
        "loinc": lab.test.loinc,
        "from": lab.source,
    }
    if lab.comparator:
        found["comparator"] = lab.comparator
    if lab.as_text:
        found["as_text"] = True
    return found


def _shifted(story: Story) -> Json:
    stay = story.visit(SHIFTED)
    arrival = stay.arrival
    assert arrival is not None  # the story sends this stay through the emergency department
    zone_free = stay.start.utctimetuple()
    in_utc = date(zone_free.tm_year, zone_free.tm_mon, zone_free.tm_mday)
    return {
        "arrived_local": f"{arrival:%Y-%m-%d %H:%M}",
        "admitted_local": f"{stay.start:%Y-%m-%d %H:%M}",
        "admitted_date_in_utc": str(in_utc),
        "discharged_local": f"{stay.end:%Y-%m-%d %H:%M}",
        "bed_days": stay.nights,
        "bed_days_if_dated_in_utc": (stay.end.date() - in_utc).days,
    }


def _visits(story: Story) -> list[Json]:
    return [
        {
            "kind": visit.kind,
            "from": str(_first_day(visit)),
            "until": str(visit.end.date()),
            "facility": visit.place.name,
            "principal": visit.diagnoses[0].code,
            "bed_days": visit.nights if visit.kind == "inpatient" else 0,
            "through_emergency": visit.arrival is not None,
            "sources": ["hospital", "exchange"] if visit.name == DUPLICATED else [_source(visit)],
        }
        for visit in story.visits
        if visit.happened
    ]


def _source(visit: Visit) -> str:
    return {"clinic": "clinic", "cedar": "exchange"}.get(visit.place.key, "hospital")


def answers(story: Story) -> Json:
    """The whole answer key, ready for JSON."""
    cortisol = [lab for lab in story.labs if lab.test.analyte == "cortisol"]
    series = [lab for lab in story.labs if lab.test.analyte == "cortisol-series"]
    return {
        "seed": story.seed,
        "made_up": "Nobody and nothing in these files is real.",
        "person": {"name": story.person.name, "born": str(story.person.born)},
        "home_zone": "America/Chicago",
        "index_date": str(story.index),
        "last_day": str(story.last),
        "rules": RULES,
        "windows": {name: _window(story, *span) for name, span in _spans(story).items()},
        "charges": _charges(story),
        "scores": [
            {
                "date": str(score.on),
                "value": score.total,
                "version": "AddiQoL-30",
                "from": "clinic" if score.in_clinic else "addiqol.csv",
            }
            for score in story.scores
        ],
        "cortisol": [_lab(lab) for lab in cortisol],
        "stimulation_test": [_lab(lab) for lab in series],
        "stay_shifted_by_utc": _shifted(story),
        "unreadable_rows": {
            "addiqol.csv": f"total {BAD_TOTAL!r}",
            "work-days.csv": f"date_from {bad_date(story.index)!r}",
        },
        "visits": _visits(story),
    }
