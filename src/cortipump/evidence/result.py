"""What a before/after comparison yields: numbers, the facts behind each, and what to doubt.

Only types: how they are counted is in the other modules of this package, how they are shown is
not this package's business.
"""

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from cortipump.quantities.moment import Moment
from cortipump.quantities.money import MoneyKind
from cortipump.quantities.span import DateSpan

# Which of the two numbers counts where records may be duplicates.
Side = Literal["fewest", "most"]
Reading = Literal["all_causes", "adrenal_coded", "marked"]
READINGS: Final[tuple[Reading, ...]] = ("all_causes", "adrenal_coded", "marked")

VISIT_MEASURES: Final = (
    "emergency_visits",
    "inpatient_stays",
    "bed_days",
    "observation_stays",
    "urgent_care_visits",
)
OTHER_MEASURES: Final = ("rescue_injections", "work_days_lost")
MEASURES: Final = VISIT_MEASURES + OTHER_MEASURES


class Count(Struct, frozen=True, gc=False):
    """A number of events (or days) and the facts that it counts.

    Attributes
    ----------
    value
        The number that counts: where records may be duplicates, the one that speaks against the
        pump (smaller before, larger after). A Decimal only for days of work (half days).
    fact_ids
        Every fact behind it, possible duplicates included.
    fewest, most
        The number if every possible duplicate is one, and if none is.
    """

    value: int | Decimal = 0
    fact_ids: tuple[str, ...] = ()
    fewest: int | Decimal = 0
    most: int | Decimal = 0


class Amount(Struct, frozen=True):
    """A sum of money of one kind in one currency.

    Attributes
    ----------
    value
        The sum of what is stated; where charges may be the same cost twice, the smaller reading
        before and the larger after. None: no charge in the window states this kind of amount.
    fact_ids
        Ids of the charges that state it.
    not_stated
        Ids of the charges in the window that do not state this kind of amount: unknown, not zero.
    readings
        The sum if every possible duplicate is one cost, and if none is. None: there are none.
    """

    value: Decimal | None
    fact_ids: tuple[str, ...]
    not_stated: tuple[str, ...] = ()
    readings: tuple[Decimal, Decimal] | None = None


Costs = dict[MoneyKind, dict[str, Amount]]


class Window(Struct, frozen=True):
    """Counts and costs of one window, all causes.

    Attributes
    ----------
    span
        The days, half-open.
    counts
        Measure (`MEASURES`) to count, all causes.
    costs
        Care: everything but the pump and what belongs to it.
    pump_costs
        The pump, its supplies, its drug and training, on lines of their own: category to costs.
    """

    name: Literal["before", "run_in", "after"]
    span: DateSpan
    counts: dict[str, Count]
    costs: Costs
    pump_costs: dict[str, Costs]


class Occurrence(Struct, frozen=True):
    """One event that begins inside the windows, as it is counted.

    Attributes
    ----------
    kind
        emergency, inpatient, observation or urgent-care.
    ids
        Every visit record of it.
    group
        Occurrences of one group may be the same event, recorded twice.
    nights
        Midnights of its acute stays, none twice, as bed-days count them. None: the end of a stay
        is not recorded, or the event is no stay.
    """

    kind: str
    ids: tuple[str, ...]
    group: int
    nights: int | None = None


class Comparison(Struct, frozen=True):
    """After against before for one measure: exact, or None where the ratio is undefined.

    Attributes
    ----------
    days_before, days_after
        Days at risk: all days of the window, for inpatient stays less the bed-days in it.
    rate_ratio
        Rate after divided by rate before. None: nothing before, or no day at risk.
    ci_low, ci_high, p_central
        Exact conditional 95 % limits and the p that agrees with them. None also for days (in
        hospital, of work), which cluster.
    """

    measure: str
    reading: Reading
    before: int | Decimal
    after: int | Decimal
    days_before: int
    days_after: int
    rate_ratio: float | None
    ci_low: float | None
    ci_high: float | None
    p_central: float | None
    method: str


class ScorePoint(Struct, frozen=True, gc=False):
    """One questionnaire total with its place in time."""

    fact_id: str
    instrument: str
    version: str
    part: str
    when: Moment
    value: Decimal
    window: Literal["before", "run_in", "after", "outside"]
    days_since_index: int
    language: str = ""


class ScoreChange(Struct, frozen=True):
    """Last score before and last score after, same instrument, version, language and part."""

    instrument: str
    version: str
    before: ScorePoint
    after: ScorePoint
    change: Decimal
    part: str = ""
    language: str = ""


class LabPoint(Struct, frozen=True, gc=False):
    """One laboratory value, as printed."""

    fact_id: str
    analyte: str
    when: Moment
    value: Decimal | None
    comparator: str
    text: str
    unit: str
    loinc: str
    window: Literal["before", "run_in", "after", "outside"]


class DosePoint(Struct, frozen=True, gc=False):
    """A glucocorticoid regimen in force inside the windows."""

    fact_id: str
    drug: str
    route: str
    mg_per_day: Decimal | None
    first: date | None
    last: date | None
    windows: tuple[str, ...]


class Month(Struct, frozen=True):
    """Counts of one calendar month, all causes, for plotting: ``2024-03``.

    ``part`` is True when the windows hold only part of the month.
    """

    month: str
    counts: dict[str, int | Decimal]
    part: bool
    window: Literal["before", "after", "both", "outside"]


class Caveat(Struct, frozen=True):
    """Something a reader must know before believing a number.

    ``always`` marks the caveats that every comparison carries; the others say what is special
    about this record, with the facts concerned.
    """

    id: str
    text: str
    always: bool
    fact_ids: tuple[str, ...] = ()


class EvidenceResult(Struct, frozen=True):
    """One person, before and after an index date.

    Attributes
    ----------
    index_why
        How the date was chosen, in words.
    events
        What is counted inside the windows, in order of their first days; every one of them.
    definitions
        What is counted as what, one sentence each, fixed before counting.
    """

    index_date: date
    index_why: str
    before: Window
    run_in: Window | None
    after: Window
    readings: dict[str, dict[str, dict[str, Count]]]
    comparisons: tuple[Comparison, ...]
    scores: tuple[ScorePoint, ...]
    score_changes: tuple[ScoreChange, ...]
    labs: tuple[LabPoint, ...]
    doses: tuple[DosePoint, ...]
    months: tuple[Month, ...]
    events: tuple[Occurrence, ...]
    definitions: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    fact_ids: tuple[str, ...]
