"""Every amount of money that the ledger bears: of a claim, an event, a day, a window, a year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Final, Literal

from msgspec import Struct

from cortipump.checker.known.happenings import Happening, Topic
from cortipump.evidence.costs import ChargeView, add_up
from cortipump.quantities.money import MONEY_KINDS, MoneyKind
from cortipump.quantities.span import DateSpan

Scope = Literal["claim", "event", "day", "window", "kind", "difference", "average"]

_FEW_VISITS, _MOST_PARTS = 3, 12
_VISITS: Final[tuple[Topic, ...]] = ("emergency", "inpatient", "observation", "urgent-care")
_WORDS: Final[dict[MoneyKind, str]] = {
    "billed": "billed",
    "allowed": "allowed",
    "paid": "paid by the plan",
    "patient": "the member's share",
}


class Sum(Struct, frozen=True):
    """An amount, what it is, and when.

    Attributes
    ----------
    kinds
        The kinds of amount that it is, one nearly always; two where the sources say both alike.
    days
        Days that a letter may give it: of service, and of the event's start and end. Empty for
        sums over windows.
    topics
        Kinds of visit that it is for. Empty: not for a visit, or for all.
    category
        ``pump``, ``infusion-set``, ...; empty: care.
    what
        In words, as a suggestion says it.
    """

    amount: Decimal
    currency: str
    kind: MoneyKind
    scope: Scope
    what: str
    facts: tuple[str, ...]
    days: frozenset[date] = frozenset()
    topics: frozenset[Topic] = frozenset()
    category: str = ""

    @property
    def is_total(self) -> bool:
        """Whether it adds up several events."""
        return self.scope in {"window", "kind"}


class Bill(Struct, frozen=True):
    """A standing charge and the visit that it belongs to (empty: none is known)."""

    view: ChargeView
    visit: str
    provider: str
    line: str = ""


def kind_words(kind: MoneyKind) -> str:
    """How a kind of amount is called in a sentence."""
    return _WORDS[kind]


def sums(
    bills: Sequence[Bill], found: Iterable[Happening], spans: Sequence[tuple[str, DateSpan]]
) -> tuple[Sum, ...]:
    """Every sum that a letter can state.

    Parameters
    ----------
    bills
        All standing charges.
    found
        Happenings; those that are visits get the sums of their charges.
    spans
        Named runs of days over which totals are made: windows, years, the whole record.
    """
    visits = [h for h in found if "visit" in h.topics]
    of_visit: dict[str, list[Bill]] = defaultdict(list)
    for bill in bills:
        if bill.visit:
            of_visit[bill.visit].append(bill)
    events = [(h, [b for i in h.facts for b in of_visit.get(i, ())]) for h in visits]
    made = [
        *_claims(bills, {i: h for h in visits for i in h.facts}),
        *_events(events),
        *_days(bills),
    ]
    for name, span in spans:
        made += _totals(name, span, bills, events)
    return tuple(dict.fromkeys(made))


def _claims(bills: Iterable[Bill], visits: dict[str, Happening]) -> Iterator[Sum]:
    for bill in bills:
        view, visit = bill.view, visits.get(bill.visit)
        days = frozenset({view.day} if view.day else ())
        if visit is not None:
            days |= visit.starts | visit.ends
        for kind, amount in view.amounts.items():
            yield Sum(
                amount, view.currency, kind, "claim",
                f"{kind_words(kind)}, {bill.provider or view.category or 'claim'}",
                (view.fact_id,), days, visit.topics if visit else frozenset(), view.category,
            )  # fmt: skip


def _added(bills: Iterable[Bill]) -> Iterator[tuple[MoneyKind, str, Decimal, tuple[str, ...]]]:
    """Kind, currency, sum and facts of what is stated."""
    amounts: dict[tuple[MoneyKind, str], list[tuple[Decimal, str]]] = defaultdict(list)
    for bill in bills:
        for kind, amount in bill.view.amounts.items():
            amounts[kind, bill.view.currency].append((amount, bill.view.fact_id))
    for (kind, currency), stated in amounts.items():
        total = sum((amount for amount, _ in stated), Decimal(0))
        yield kind, currency, total, tuple(fact for _, fact in stated)


def _events(events: Iterable[tuple[Happening, list[Bill]]]) -> Iterator[Sum]:
    for visit, bills in events:
        for kind, currency, amount, facts in _added(bills):
            yield Sum(
                amount, currency, kind, "event", f"{kind_words(kind)}, {visit.what}",
                facts, visit.starts | visit.ends, visit.topics,
            )  # fmt: skip


def _days(bills: Iterable[Bill]) -> Iterator[Sum]:
    by_day: dict[date, list[Bill]] = defaultdict(list)
    for bill in bills:
        if bill.view.day is not None:
            by_day[bill.view.day].append(bill)
    for day, listed in by_day.items():
        if len(listed) > 1:
            for kind, currency, amount, facts in _added(listed):
                what = f"{kind_words(kind)}, all claims of the day"
                yield Sum(amount, currency, kind, "day", what, facts, frozenset({day}))


def _totals(
    name: str, span: DateSpan, bills: Sequence[Bill], events: Sequence[tuple[Happening, list[Bill]]]
) -> Iterator[Sum]:
    views = [bill.view for bill in bills]
    care, pump = add_up(views, span)
    for category, costs in (("", care), *pump.items()):
        for kind in MONEY_KINDS:
            for currency, amount in costs.get(kind, {}).items():
                for value in {amount.value, *(amount.readings or ())} - {None}:
                    assert value is not None  # the set above leaves it out
                    about = category or "care"
                    yield Sum(value, currency, kind, "window",
                              f"{kind_words(kind)}, {about}, {name}", amount.fact_ids,
                              category=category)  # fmt: skip
    yield from _all_together(name, span, bills)
    yield from _of_kinds(name, span, events)


def _all_together(name: str, span: DateSpan, bills: Sequence[Bill]) -> Iterator[Sum]:
    """Care and pump together, and the categories of the pump together."""
    inside = [b for b in bills if b.view.day is not None and b.view.day in span]
    equipment = [b for b in inside if b.view.category]
    groups = [("everything", inside)]
    supplies = [b for b in inside if b.view.category != "pump"]
    groups += [("the pump and its supplies", equipment)] if equipment else []
    groups += [("care and supplies", supplies)] if equipment else []
    for provider in sorted({b.provider for b in inside if b.provider}):
        groups.append((provider, [b for b in inside if b.provider == provider]))
    for line in sorted({b.line for b in inside if b.line}):
        groups.append((f"{line} claims", [b for b in inside if b.line == line]))
    for about, listed in groups:
        for kind, currency, amount, facts in _added(listed):
            what = f"{kind_words(kind)}, {about}, {name}"
            yield Sum(amount, currency, kind, "window", what, facts, category="*")


def _of_kinds(
    name: str, span: DateSpan, events: Sequence[tuple[Happening, list[Bill]]]
) -> Iterator[Sum]:
    """All emergency visits together, all hospital stays, and so on, and every union of these."""
    inside = [(h, b) for h, b in events if h.first is not None and h.first in span]
    for size in range(1, len(_VISITS) + 1):
        for chosen in combinations(_VISITS, size):
            yield from _of_kind(name, frozenset(chosen), inside)


def leading(visit: Happening) -> Topic | None:
    """What a visit counts as: a stay before the emergency visit that led to it."""
    order: tuple[Topic, ...] = ("inpatient", "observation", "emergency", "urgent-care")
    return next((topic for topic in order if topic in visit.topics), None)


def _of_kind(
    name: str, chosen: frozenset[Topic], inside: Sequence[tuple[Happening, list[Bill]]]
) -> Iterator[Sum]:
    picked = [(h, b) for h, b in inside if leading(h) in chosen]
    if len(picked) < 2:  # one event has its own sum
        return
    bills = [bill for _, listed in picked for bill in listed]
    words = " and ".join(sorted(t.replace("-", " ") for t in chosen))
    for kind, currency, amount, facts in _added(bills):
        what = f"{kind_words(kind)}, all {words} visits, {name}"
        yield Sum(amount, currency, kind, "kind", what, facts, topics=chosen)


class Purse:
    """The bills of a ledger, added up over any span that a letter names, each span once."""

    def __init__(self, bills: Sequence[Bill], found: Sequence[Happening]) -> None:
        self._bills = bills
        self._found = found
        self._made: dict[tuple[date, date], tuple[Sum, ...]] = {}
        self._subsets: dict[str, frozenset[Decimal]] = {}

    def subset_sums(self, kind: MoneyKind) -> frozenset[Decimal]:
        """Sums of any stays, of any few visits, and of any claims of one thing of the pump's."""
        if kind not in self._subsets:
            self._subsets[kind] = frozenset(_subsets(kind, self._bills, self._found))
        return self._subsets[kind]

    def sums_in(self, span: DateSpan) -> tuple[Sum, ...]:
        """Totals of one span: of all claims, by category, by kind of visit."""
        key = (span.from_, span.until)
        if key not in self._made:
            name = f"{span.from_} to {span.last}"
            made = sums(self._bills, self._found, [(name, span)])
            self._made[key] = tuple(one for one in made if one.is_total)
        return self._made[key]


def _subsets(
    kind: MoneyKind, bills: Sequence[Bill], found: Sequence[Happening]
) -> Iterator[Decimal]:
    """What several of the same sort come to together, whichever of them a letter picks."""
    of_visit: dict[str, Decimal] = defaultdict(Decimal)
    of_category: dict[str, list[Decimal]] = defaultdict(list)
    for bill in bills:
        amount = bill.view.amounts.get(kind)
        if amount is not None:
            of_visit[bill.visit] += amount
            of_category[bill.view.category].append(amount)
    visits = [h for h in found if leading(h) is not None]
    costs = [(h, sum((of_visit.get(i, Decimal(0)) for i in h.facts), Decimal(0))) for h in visits]
    stays = [cost for h, cost in costs if leading(h) == "inpatient" and cost]
    yield from _combined(stays, len(stays))
    yield from _combined([cost for _, cost in costs if cost], _FEW_VISITS)
    for category, amounts in of_category.items():
        if category:
            yield from _combined(amounts, len(amounts))


def _combined(amounts: Sequence[Decimal], most: int) -> Iterator[Decimal]:
    listed = amounts[:_MOST_PARTS]
    for size in range(2, min(most, len(listed)) + 1):
        for chosen in combinations(listed, size):
            yield sum(chosen, Decimal(0))
