"""Sums of money by window, kind and currency, never mixed (SAFETY S12).

Which statement of a claim stands is decided before (`record.claims`); here it is only added.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.evidence.result import Amount, Costs, Side, Window
from cortipump.quantities.money import MONEY_KINDS, MoneyKind, total
from cortipump.quantities.span import DateSpan

# Marks of charges whose source contradicts itself (docs/marks.md).
_DOUBTFUL: Final = frozenset(
    f"amount/{what}"
    for what in ("conflict", "lines-differ", "shares-do-not-add", "adjusted-in-part")
)


class ChargeView(Struct, frozen=True):
    """A charge that counts, as the sums need it.

    Attributes
    ----------
    day
        Day of the service. None: not recorded.
    currency
        ISO 4217. Empty: not recorded; such a charge is in no sum.
    amounts
        What the charge states; a kind that it does not state has no key.
    category
        Empty for care; else what of the pump it is for: ``pump``, ``infusion-set``, ``drug``, ...
    maybe_same_as
        Id of the charge that may be the same cost (`record.claims`). Empty: none.
    elsewhere
        Kinds of amount that stand on another payer's decision about the same bill.
    marks
        How its amounts were read (docs/marks.md).
    """

    fact_id: str
    day: date | None
    currency: str
    amounts: dict[MoneyKind, Decimal]
    category: str = ""
    maybe_same_as: str = ""
    elsewhere: frozenset[MoneyKind] = frozenset()
    marks: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """Charges of one root may be one cost."""
        return self.maybe_same_as or self.fact_id

    def is_silent(self, kind: MoneyKind) -> bool:
        """Whether the kind is stated neither here nor elsewhere for the same bill."""
        return kind not in self.amounts and kind not in self.elsewhere


class ChargeGaps(Struct, frozen=True):
    """Charges that the sums cannot hold in full, by fact id.

    Attributes
    ----------
    undated
        No day: in no window.
    no_currency
        Inside the windows, and no currency: in no sum.
    not_stated
        Inside the windows, and not every kind of amount stated.
    doubtful
        Inside the windows, with amounts that contradict each other in their source.
    doubles
        Inside the windows, and possibly the same cost as another charge.
    pairs
        Those with the charges that they may repeat.
    currencies
        Currencies inside the windows.
    """

    undated: tuple[str, ...]
    no_currency: tuple[str, ...]
    not_stated: tuple[str, ...]
    doubtful: tuple[str, ...]
    doubles: tuple[str, ...]
    pairs: tuple[str, ...]
    currencies: tuple[str, ...]


class CostLine(Struct, frozen=True):
    """One kind of amount in one currency, before and after.

    Attributes
    ----------
    category
        As in `ChargeView`: empty for care.
    before, after
        None: no charge in this currency in the window.
    """

    category: str
    kind: MoneyKind
    currency: str
    before: Amount | None
    after: Amount | None


def _if_one(kind: MoneyKind, stated: Iterable[ChargeView], whole: frozenset[str]) -> Decimal:
    """The sum if what may be one cost is: of each the smallest, if it is all in this sum."""
    smallest: dict[str, Decimal] = {}
    for charge in stated:
        amount = charge.amounts[kind]
        if charge.root in whole:
            smallest[charge.root] = min(amount, smallest.get(charge.root, amount))
    return total(smallest.values())


def _amount(
    kind: MoneyKind, charges: Sequence[ChargeView], whole: frozenset[str], side: Side
) -> Amount:
    stated = [charge for charge in charges if kind in charge.amounts]
    value = total(charge.amounts[kind] for charge in stated) if stated else None
    readings = None
    if value is not None:
        if_one = _if_one(kind, stated, whole)
        if if_one != value:
            readings = (if_one, value)
            value = min(readings) if side == "fewest" else max(readings)
    return Amount(
        value=value,
        fact_ids=tuple(charge.fact_id for charge in stated),
        not_stated=tuple(charge.fact_id for charge in charges if charge.is_silent(kind)),
        readings=readings,
    )


def _sums(charges: Iterable[ChargeView], members: Counter[str], side: Side) -> Costs:
    by_currency: dict[str, list[ChargeView]] = defaultdict(list)
    for charge in charges:
        by_currency[charge.currency].append(charge)
    costs: Costs = {kind: {} for kind in MONEY_KINDS}
    for currency, group in sorted(by_currency.items()):
        here = Counter(charge.root for charge in group)
        whole = frozenset(root for root, number in here.items() if number == members[root])
        for kind in MONEY_KINDS:
            costs[kind][currency] = _amount(kind, group, whole, side)
    return costs


def add_up(
    charges: Iterable[ChargeView], span: DateSpan, side: Side = "most"
) -> tuple[Costs, dict[str, Costs]]:
    """Sums of one window: care, and the pump by category.

    Parameters
    ----------
    charges
        Standing charges in any order.
    span
        The window.
    side
        Which reading counts where charges may be the same cost twice.

    Returns
    -------
    tuple
        Costs of care; category to costs for the pump and what belongs to it. Every kind of amount
        has a key; under it every currency of the window's charges, with no value where none of
        them states the kind.
    """
    charges = tuple(charges)
    members = Counter(charge.root for charge in charges)
    by_category: dict[str, list[ChargeView]] = defaultdict(list)
    first, until = span.from_, span.until
    for charge in charges:
        if charge.day is not None and first <= charge.day < until and charge.currency:
            by_category[charge.category].append(charge)
    care = _sums(by_category.pop("", ()), members, side)
    pump = sorted(by_category.items())
    return care, {category: _sums(group, members, side) for category, group in pump}


def charge_gaps(charges: Iterable[ChargeView], span: DateSpan) -> ChargeGaps:
    """What the sums over the span leave out or rest on in doubt, for the caveats."""
    charges = tuple(charges)
    inside = [c for c in charges if c.day is not None and c.day in span]
    doubles = [c for c in inside if c.maybe_same_as]
    return ChargeGaps(
        undated=tuple(c.fact_id for c in charges if c.day is None),
        no_currency=tuple(c.fact_id for c in inside if not c.currency),
        not_stated=tuple(c.fact_id for c in inside if any(map(c.is_silent, MONEY_KINDS))),
        doubtful=tuple(c.fact_id for c in inside if not _DOUBTFUL.isdisjoint(c.marks)),
        doubles=tuple(c.fact_id for c in doubles),
        pairs=tuple(i for c in doubles for i in (c.maybe_same_as, c.fact_id)),
        currencies=tuple(sorted({c.currency for c in inside if c.currency})),
    )


def open_sums(window: Window) -> Iterator[tuple[str, MoneyKind, str, Amount]]:
    """Category (empty for care), kind, currency and amount of every sum with two readings."""
    for category, costs in (("", window.costs), *window.pump_costs.items()):
        for kind, by_currency in costs.items():
            for currency, amount in by_currency.items():
                if amount.readings is not None:
                    yield category, kind, currency, amount


def cost_lines(before: Window, after: Window) -> Iterator[CostLine]:
    """Care, then the pump by category: each kind and currency that a charge could have stated."""
    categories = sorted({*before.pump_costs, *after.pump_costs})
    sides = [("", before.costs, after.costs)]
    sides += [(c, before.pump_costs.get(c, {}), after.pump_costs.get(c, {})) for c in categories]
    for category, one, other in sides:
        for kind in MONEY_KINDS:
            earlier, later = one.get(kind, {}), other.get(kind, {})
            for currency in sorted({*earlier, *later}):
                yield CostLine(category, kind, currency, earlier.get(currency), later.get(currency))
