"""All charges of a ledger: which count, the visit of each, and those that may be the same cost.

Which statement of one claim stands is `record.lifecycle`'s.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from cortipump.quantities.money import MONEY_KINDS
from cortipump.record.facts import Charge, Visit
from cortipump.record.lifecycle import SetAside, decide, groups, is_address
from cortipump.record.timeline import Of, Timeline

BY_DATE = "visit/by-date-and-provider"
_MONTH = 31


class Standing(Struct, frozen=True, gc=False):
    """A charge that counts.

    Attributes
    ----------
    day
        First day of the visit that it names, else the day of service. None: undated.
    visit
        Fact id of its visit. Empty: none is known.
    by_date
        True when the visit was found by date and provider, not named by the claim.
    adjudicated
        False for a bill that no decision answers.
    maybe_same_as
        Id of a charge that states no other amounts, on the same day in another source or under
        the same number of the payer within a month: possibly the same cost twice. Empty: none.
    """

    fact_id: str
    charge: Charge
    day: date | None
    visit: str
    by_date: bool
    adjudicated: bool
    maybe_same_as: str = ""


class Claims(Struct, frozen=True):
    """All charges of a ledger, sorted into those that count and those that do not."""

    standing: tuple[Standing, ...]
    aside: tuple[SetAside, ...]


def sort_claims(timeline: Timeline) -> Claims:
    """Decide about every charge of the timeline."""
    charges = timeline.of(Charge)
    order = {charge.id: number for number, charge in enumerate(charges)}
    standing: list[Of[Charge]] = []
    aside = _decided(timeline, charges)
    decided = {left.fact_id for left in aside}
    for group in groups([charge for charge in charges if charge.id not in decided]):
        kept, left = decide(group)
        standing += kept
        aside += left
    standing.sort(key=lambda charge: order[charge.id])
    attached = _attach(standing, timeline.of(Visit))
    twins = _twins(standing)
    return Claims(
        tuple(
            Standing(c.id, c.body, *attached[c.id], c.body.form != "claim", twins.get(c.id, ""))
            for c in standing
        ),
        tuple(sorted(aside, key=lambda left: order[left.fact_id])),
    )


def _decided(timeline: Timeline, charges: Iterable[Of[Charge]]) -> list[SetAside]:
    """What persons decided: the charge that `Charge.same_as` names is the same cost."""
    found = []
    for charge in charges:
        target = charge.body.same_as
        if target in timeline and isinstance(timeline[target].body, Charge) and target != charge.id:
            why = "a person decided that it is the same cost"
            found.append(SetAside(charge.id, why, target))
    return found


# -- the visit that a charge belongs to ----------------------------------------------------


def _attach(
    standing: list[Of[Charge]], visits: list[Of[Visit]]
) -> dict[str, tuple[date | None, str, bool]]:
    """Day, visit and whether found by date, for every standing charge."""
    by_ref = {ref: visit for visit in visits for ref in visit.body.refs}
    by_day: dict[date, list[Of[Visit]]] = defaultdict(list)
    for visit in visits:
        start = visit.body.start
        if start is not None and start.day is not None:
            by_day[start.day].append(visit)
    found = {}
    for charge in standing:
        own = charge.body.at.first_day if charge.body.at else None
        named = _named(charge.body, by_ref)
        if named is not None:
            start = named.body.start
            day = start.day if start and charge.body.visit_refs else own
            found[charge.id] = (day or own, named.id, False)
        else:
            near = _near(charge.body, own, by_day)
            found[charge.id] = (own, near.id if near else "", near is not None)
    return found


def _named(charge: Charge, by_ref: dict[str, Of[Visit]]) -> Of[Visit] | None:
    names = (*charge.visit_refs, *charge.claim_ids)
    return next((visit for name in names if (visit := by_ref.get(name))), None)


def _near(
    charge: Charge, day: date | None, by_day: dict[date, list[Of[Visit]]]
) -> Of[Visit] | None:
    """The one visit of that day at that provider. None as soon as two could be meant."""
    if day is None or charge.claim_type in {"pharmacy", "dental", "vision"} or charge.category:
        return None
    wanted = loose(charge.provider)
    fitting = [v for v in by_day.get(day, ()) if wanted and loose(v.body.facility) == wanted]
    return fitting[0] if len(fitting) == 1 else None


def loose(name: str) -> str:
    """A provider's name without case, punctuation and the words that spellings differ in."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return " ".join(w for w in words if w not in {"the", "of", "inc", "llc", "hospital", "clinic"})


# -- the same cost from two sources --------------------------------------------------------


def _twins(standing: Iterable[Of[Charge]]) -> dict[str, str]:
    """Charges that may be the same cost as another: the poorer statement's id to the fuller one's.

    From different sources: the same day and no amount that differs. Under one number of a payer:
    the same amount billed within a month, as when a corrected claim moved the date.
    """
    seen: dict[tuple[object, ...], list[Of[Charge]]] = defaultdict(list)
    twins: dict[str, str] = {}
    for charge in sorted(standing, key=lambda c: (-_stated(c.body), c.id)):
        if charge.body.distinct or charge.body.at is None:
            continue
        keys = list(_twin_keys(charge.body))
        other = next((o for key in keys for o in seen[key] if _may_be_one(charge, o)), None)
        if other is not None:
            twins[charge.id] = other.id
            continue
        for key in keys:
            seen[key].append(charge)
    return twins


def _stated(charge: Charge) -> int:
    return sum(getattr(charge, kind) is not None for kind in MONEY_KINDS)


def _twin_keys(charge: Charge) -> Iterator[tuple[object, ...]]:
    """What two statements of one cost share: day and an amount, or number and what was billed."""
    assert charge.at is not None  # _twins() passes dated charges only
    for kind in ("billed", "paid"):
        if amount := getattr(charge, kind):
            yield charge.at.first_day, charge.currency, kind, amount
    if charge.billed:
        for name in charge.claim_ids:
            if not is_address(name):
                yield name, charge.currency, charge.billed


def _may_be_one(one: Of[Charge], other: Of[Charge]) -> bool:
    if not all(_agree(getattr(one.body, k), getattr(other.body, k)) for k in MONEY_KINDS):
        return False
    if one.body.at is None or other.body.at is None:
        return False
    days = abs((one.body.at.first_day - other.body.at.first_day).days)
    numbers = {n for n in one.body.claim_ids if not is_address(n)} & set(other.body.claim_ids)
    return (days == 0 and _from_elsewhere(one, other)) or (0 < days <= _MONTH and bool(numbers))


def _from_elsewhere(one: Of[Charge], other: Of[Charge]) -> bool:
    server = one.fact.origin.key.split("|")[0], other.fact.origin.key.split("|")[0]
    return one.fact.origin.source != other.fact.origin.source and (
        server[0] != server[1] or "table" in server
    )


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other
