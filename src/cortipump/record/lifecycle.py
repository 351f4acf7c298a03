"""The statements of one claim: which belong together, and which of them is the last word.

Several records speak of one claim: the bill, its first decision, a cancellation, a reversal with
negative amounts, the corrected form, the same bill typed from paper. One of them for each payer, or
none, stands; the others are kept and say why they do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

import msgspec
from msgspec import Struct

from cortipump.quantities.money import MONEY_KINDS
from cortipump.record.facts import Charge
from cortipump.record.timeline import Of

ADJUSTED = "amount/adjusted-in-part"
SEVERAL_PAYERS = "amount/several-payers"
# What payers' names have in common; none of it tells two of them apart.
_COMMON: Final = frozenset(
    {"the", "of", "and", "inc", "llc", "plan", "plans", "health", "healthcare", "insurance",
     "company", "co", "corporation", "corp", "group", "care", "hmo", "ppo", "national",
     "american", "united", "state", "medical", "services", "made", "up"}
)  # fmt: skip


class SetAside(Struct, frozen=True, gc=False):
    """A charge that does not count, and why; ``of`` is the one that stands instead, if any."""

    fact_id: str
    why: str
    of: str = ""


def groups(charges: list[Of[Charge]]) -> Iterator[list[Of[Charge]]]:
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
    for one, other in _copied_numbers(charges):
        parent[root(one)] = root(other)
    groups: dict[int, list[Of[Charge]]] = defaultdict(list)
    for number, charge in enumerate(charges):
        groups[root(number)].append(charge)
    yield from groups.values()


def _copied_numbers(charges: list[Of[Charge]]) -> Iterator[tuple[int, int]]:
    """Places of statements typed with a bare number, and of the payer's with that number.

    A number without its system is trusted only on one day and where the amounts do not differ.
    """
    of_payer: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, charge in enumerate(charges):
        for name in charge.body.claim_ids:
            system, _, value = name.rpartition("|")
            if system and not is_address(name):
                of_payer[value, _day_of_name(name, charge.body)].append(number)
    for number, charge in enumerate(charges):
        for name in charge.body.claim_ids:
            if not name.startswith("|") or is_address(name):
                continue
            for other in of_payer.get((name[1:], _day_of_name(name, charge.body)), ()):
                if _amounts_agree(charge.body, charges[other].body):
                    yield number, other


def _amounts_agree(one: Charge, other: Charge) -> bool:
    both = _both_stated(one, other)
    return bool(both) and all(a == b for a, b in both)


def _both_stated(one: Charge, other: Charge) -> list[tuple[Decimal, Decimal]]:
    """The amounts of each kind that both state."""
    pairs = ((getattr(one, kind), getattr(other, kind)) for kind in MONEY_KINDS)
    return [(a, b) for a, b in pairs if a is not None and b is not None]


def is_address(name: str) -> bool:
    """Whether a name is a record's own address, not a number that a payer gave."""
    return "|Claim/" in name or "|ExplanationOfBenefit/" in name


def _day_of_name(name: str, charge: Charge) -> str:
    """A number that a payer gave joins claims of one day of service only.

    Some exports repeat one number on every claim; a record's own address is never shared so.
    """
    if is_address(name) or charge.at is None:
        return ""
    return charge.at.first_day.isoformat()


def _is_reversal(charge: Charge) -> bool:
    stated = [a for kind in MONEY_KINDS if (a := getattr(charge, kind)) is not None]
    return charge.reverses or (
        bool(stated) and all(a <= 0 for a in stated) and any(a < 0 for a in stated)
    )


def _in_order(statements: Iterable[Of[Charge]]) -> list[Of[Charge]]:
    """Statements of one claim from first to last: by when they were made, but one that replaces
    another always after it.
    """
    left = sorted(statements, key=_issued)
    found: list[Of[Charge]] = []
    while left:
        following = {c.id for c in left for o in left if o is not c and _replaces(c, o)}
        first = next((c for c in left if c.id not in following), left[0])
        left.remove(first)
        found.append(first)
    return found


def _issued(charge: Of[Charge]) -> tuple[str, str, str, str]:
    """When a statement was made: the local day and clock; then by version; the id settles it."""
    issued = charge.body.issued
    day = issued.first_day.isoformat() if issued else ""
    return day, (issued.clock or "") if issued else "", charge.fact.origin.version, charge.id


def decide(group: list[Of[Charge]]) -> tuple[list[Of[Charge]], list[SetAside]]:
    """The standing charges of one claim (one per payer), and the reasons of the others."""
    if len(group) == 1 and group[0].body.status != "cancelled" and not _is_reversal(group[0].body):
        return group, []
    aside: list[SetAside] = []
    decisions = _in_order(c for c in group if c.body.form != "claim")
    of_payers: list[list[Of[Charge]]] = []
    for of_payer in _by_payer(decisions):
        last, left = _last_word(of_payer)
        aside += left
        if last:
            of_payers.append(last)
    standing = _as_payers_in_turn(of_payers)
    bills = _in_order(c for c in group if c.body.form == "claim")
    standing_bills, bills_aside = _decide_bills(bills, decisions, standing)
    return standing + standing_bills, aside + bills_aside


def _by_payer(decisions: list[Of[Charge]]) -> list[list[Of[Charge]]]:
    """The decisions of each payer, in order; one that names no payer goes with the first.

    Names with the same telling words are one payer, and so are two of which one says that it
    replaces the other.
    """
    found: list[list[Of[Charge]]] = []
    for charge in sorted(decisions, key=lambda c: not c.body.payer):
        same = [said for said in found if any(_is_one_payer(charge, other) for other in said)]
        found = [said for said in found if said not in same[1:]]
        if same:
            same[0].extend(other for said in same[1:] for other in said)
            same[0].append(charge)
        else:
            found.append([charge])
    place = {charge.id: number for number, charge in enumerate(decisions)}
    ordered = [sorted(charges, key=lambda c: place[c.id]) for charges in found]
    return sorted(ordered, key=lambda charges: place[charges[0].id])


def _is_one_payer(one: Of[Charge], other: Of[Charge]) -> bool:
    left, right = telling_words(one.body.payer), telling_words(other.body.payer)
    return not left or not right or left == right or _replaces(one, other) or _replaces(other, one)


def _replaces(one: Of[Charge], other: Of[Charge]) -> bool:
    return not set(one.body.replaces).isdisjoint(other.body.claim_ids[:1])


def _last_word(statements: list[Of[Charge]]) -> tuple[list[Of[Charge]], list[SetAside]]:
    """What one payer said last of one claim, if it still holds, and the reasons of the others.

    The last statement that is no reversal stands, unless a reversal takes that very one back. Rows
    of one table under one number are the lines of one bill: they stand together.
    """
    aside = [
        SetAside(c.id, "cancelled by the payer") for c in statements if c.body.status == "cancelled"
    ]
    live = [c for c in statements if c.body.status != "cancelled"]
    said = [c for c in live if not _is_reversal(c.body)]
    taken: dict[str, str] = {}
    adjusted = False
    for reversal in (c for c in live if _is_reversal(c.body)):
        left = [c for c in said if c.id not in taken]
        target = _reversed_by(reversal, left)
        if target is not None:
            taken[target.id] = reversal.id
            aside.append(SetAside(reversal.id, "takes back an earlier statement", target.id))
        elif left:
            adjusted = True
            why = "takes a part back: not added, compare with the payer's statement"
            aside.append(SetAside(reversal.id, why, left[-1].id))
        else:
            aside.append(SetAside(reversal.id, "takes back an earlier statement"))
    lines = [c for c in said if c is said[-1] or _is_line_beside(c, said[-1])]
    for charge in said:
        if charge.id in taken:
            aside.append(SetAside(charge.id, "reversed by the payer", taken[charge.id]))
        elif charge not in lines:
            why = "replaced by a later form of the same claim"
            aside.append(SetAside(charge.id, why, said[-1].id))
    held = [c for c in lines if c.id not in taken]
    return [_marked(c, ADJUSTED) if adjusted else c for c in held], aside


def _is_line_beside(one: Of[Charge], last: Of[Charge]) -> bool:
    """Whether both are rows of one table."""
    typed = one.body.form == last.body.form == "typed"
    return typed and one.fact.origin.source == last.fact.origin.source != ""


def _marked(charge: Of[Charge], mark: str, **changes: None) -> Of[Charge]:
    body = msgspec.structs.replace(charge.body, marks=(*charge.body.marks, mark), **changes)
    return Of(charge.fact, body)


def _as_payers_in_turn(of_payers: list[list[Of[Charge]]]) -> list[Of[Charge]]:
    """One bill that several payers decided on: each paid its part, the bill itself counts once.

    What was billed and allowed is the first payer's; what is left to the person is the last one's
    that says so.
    """
    found = []
    for number, charges in enumerate(of_payers):
        dropped: dict[str, None] = {}
        if number:
            dropped = {"billed": None, "allowed": None}
        later = (charge for charges in of_payers[number + 1 :] for charge in charges)
        if any(charge.body.patient is not None for charge in later):
            dropped["patient"] = None
        found += [_marked(c, SEVERAL_PAYERS, **dropped) if dropped else c for c in charges]
    return found


def _reversed_by(reversal: Of[Charge], said: list[Of[Charge]]) -> Of[Charge] | None:
    """The statement that a reversal takes back: the one it names, else the one with its amounts
    mirrored. One that says that it is a reversal, and of none, takes back the last before it.
    """
    by_name = [c for c in said if _replaces(reversal, c)]
    mirrored = [c for c in said if _mirrors(reversal.body, c.body)]
    if by_name:
        sure = [c for c in by_name if c in mirrored or reversal.body.reverses]
        return next(iter(sure), None)
    if not mirrored and reversal.body.reverses:
        mirrored = [c for c in said if _issued(c) <= _issued(reversal)][::-1]
    return next(iter(mirrored), None)


def _mirrors(reversal: Charge, charge: Charge) -> bool:
    both = _both_stated(reversal, charge)
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
    void = max((n for n, c in enumerate(bills) if c.body.reverses), default=-1)
    sent = [c for c in bills[void + 1 :] if c.body.status != "cancelled"]
    aside = [SetAside(c.id, "a bill that was cancelled") for c in bills if c not in sent]
    if not sent:
        return [], aside
    *older, last = sent
    return [last], aside + [
        SetAside(c.id, "replaced by a later form of the same bill", last.id) for c in older
    ]


def telling_words(payer: str) -> frozenset[str]:
    """The words of a payer's name that tell it from others; every word where none does."""
    words = frozenset("".join(c if c.isalnum() else " " for c in payer.lower()).split())
    return (words - _COMMON) or words
