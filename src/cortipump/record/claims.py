"""Which statement of a claim stands: reversed, cancelled and replaced ones never count twice.

Several records speak of one claim: the bill, its first decision, a cancellation, a reversal with
negative amounts, the corrected form, the same bill typed from paper. One of them, or none, stands;
the others are kept and say why they do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from cortipump.quantities.money import MONEY_KINDS
from cortipump.record.facts import Charge, Visit
from cortipump.record.timeline import Of, Timeline

BY_DATE = "visit/by-date-and-provider"


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
        Id of a charge from another source that states the same amounts on the same day: possibly
        the same cost twice. Empty: none.
    """

    fact_id: str
    charge: Charge
    day: date | None
    visit: str
    by_date: bool
    adjudicated: bool
    maybe_same_as: str = ""


class SetAside(Struct, frozen=True, gc=False):
    """A charge that does not count, and why; ``of`` is the one that stands instead, if any."""

    fact_id: str
    why: str
    of: str = ""


class Claims(Struct, frozen=True):
    """All charges of a ledger, sorted into those that count and those that do not."""

    standing: tuple[Standing, ...]
    aside: tuple[SetAside, ...]


def sort_claims(timeline: Timeline) -> Claims:
    """Decide about every charge of the timeline."""
    charges = timeline.of(Charge)
    order = {charge.id: number for number, charge in enumerate(charges)}
    standing: list[Of[Charge]] = []
    aside: list[SetAside] = []
    for group in _groups(charges):
        kept, left = _decide(group)
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


# -- which records speak of one claim ------------------------------------------------------


def _groups(charges: list[Of[Charge]]) -> Iterator[list[Of[Charge]]]:
    """Charges joined by a shared name of their claim, or by one naming the other."""
    parent = list(range(len(charges)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    by_name: dict[str, list[int]] = defaultdict(list)
    first: dict[tuple[str, str], int] = {}
    for number, charge in enumerate(charges):
        for name in charge.body.claim_ids:
            by_name[name].append(number)
            other = first.setdefault((name, _day_of_name(name, charge.body)), number)
            parent[root(number)] = root(other)
    for number, charge in enumerate(charges):
        for name in charge.body.replaces:
            for other in by_name.get(name, ()):
                parent[root(number)] = root(other)
    groups: dict[int, list[Of[Charge]]] = defaultdict(list)
    for number, charge in enumerate(charges):
        groups[root(number)].append(charge)
    yield from groups.values()


def _day_of_name(name: str, charge: Charge) -> str:
    """A number that a payer gave joins claims of one day of service only.

    Some exports repeat one number on every claim; a record's own address is never shared so.
    """
    if "|Claim/" in name or "|ExplanationOfBenefit/" in name or charge.at is None:
        return ""
    return charge.at.first_day.isoformat()


def _is_reversal(charge: Charge) -> bool:
    stated = [a for kind in MONEY_KINDS if (a := getattr(charge, kind)) is not None]
    return charge.reverses or (
        bool(stated) and all(a <= 0 for a in stated) and any(a < 0 for a in stated)
    )


def _issued(charge: Of[Charge]) -> tuple[str, str, str]:
    issued = charge.body.issued
    return (issued.printed if issued else "", charge.fact.origin.version, charge.id)


def _decide(group: list[Of[Charge]]) -> tuple[list[Of[Charge]], list[SetAside]]:
    """The standing charges of one claim (one per payer), and the reasons of the others."""
    if len(group) == 1 and group[0].body.status != "cancelled" and not _is_reversal(group[0].body):
        return group, []
    aside: list[SetAside] = []
    decisions = [c for c in group if c.body.form != "claim"]
    live: dict[str, list[Of[Charge]]] = defaultdict(list)
    reversals: dict[str, list[Of[Charge]]] = defaultdict(list)
    for charge in sorted(decisions, key=_issued):
        if charge.body.status == "cancelled":
            aside.append(SetAside(charge.id, "cancelled by the payer"))
        elif _is_reversal(charge.body):
            reversals[charge.body.payer].append(charge)
        else:
            live[charge.body.payer].append(charge)
    for payer, taking_back in reversals.items():
        aside += _take_back(taking_back, live[payer])
    standing = []
    for statements in live.values():
        if statements:
            *older, last = statements
            standing.append(last)
            aside += (SetAside(c.id, "replaced by a later form of the same claim", last.id)
                      for c in older)  # fmt: skip
    bills = sorted((c for c in group if c.body.form == "claim"), key=_issued)
    standing_bills, bills_aside = _decide_bills(bills, decisions, standing)
    return standing + standing_bills, aside + bills_aside


def _take_back(taking_back: list[Of[Charge]], live: list[Of[Charge]]) -> list[SetAside]:
    """Pair each reversal with what it reverses: the claim it names, else equal amounts."""
    aside = []
    for reversal in taking_back:
        target = _reversed_by(reversal, live)
        aside.append(
            SetAside(reversal.id, "takes back an earlier statement", target.id if target else "")
        )
        if target is not None:
            live.remove(target)
            aside.append(SetAside(target.id, "reversed by the payer", reversal.id))
    return aside


def _reversed_by(reversal: Of[Charge], live: list[Of[Charge]]) -> Of[Charge] | None:
    named = set(reversal.body.replaces)
    by_name = [c for c in live if named & set(c.body.claim_ids[:1])]
    mirrored = [c for c in live if _mirrors(reversal.body, c.body)]
    earlier = [c for c in live if _issued(c) <= _issued(reversal)]
    return next(iter([*by_name, *mirrored, *earlier]), None)


def _mirrors(reversal: Charge, charge: Charge) -> bool:
    pairs = [(getattr(reversal, kind), getattr(charge, kind)) for kind in MONEY_KINDS]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    return bool(both) and all(a == -b for a, b in both)


def _decide_bills(
    bills: list[Of[Charge]], decisions: list[Of[Charge]], standing: list[Of[Charge]]
) -> tuple[list[Of[Charge]], list[SetAside]]:
    """A bill counts only while no decision answers it; of several forms the latest."""
    if not bills:
        return [], []
    if decisions:
        of = standing[-1].id if standing else ""
        return [], [SetAside(c.id, "answered by the payer's decision", of) for c in bills]
    sent = [c for c in bills if c.body.status != "cancelled"]
    aside = [SetAside(c.id, "a bill that was cancelled") for c in bills if c not in sent]
    if not sent:
        return [], aside
    *older, last = sent
    return [last], aside + [
        SetAside(c.id, "replaced by a later form of the same bill", last.id) for c in older
    ]


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
    """Charges of different sources with the same day and the same amounts, later id to earlier."""
    seen: dict[tuple[object, ...], Of[Charge]] = {}
    twins: dict[str, str] = {}
    for charge in standing:
        body = charge.body
        day = body.at.first_day if body.at else None
        amount = body.billed if body.billed is not None else body.paid
        if day is None or not amount:
            continue
        key = (day, body.currency, body.billed is not None, amount)
        other = seen.setdefault(key, charge)
        if other is charge or not _from_elsewhere(charge, other):
            continue
        if all(_agree(getattr(body, k), getattr(other.body, k)) for k in MONEY_KINDS):
            twins[charge.id] = other.id
    return twins


def _from_elsewhere(one: Of[Charge], other: Of[Charge]) -> bool:
    server = one.fact.origin.key.split("|")[0], other.fact.origin.key.split("|")[0]
    return one.fact.origin.source != other.fact.origin.source and (
        server[0] != server[1] or "table" in server
    )


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other
