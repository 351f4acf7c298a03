"""Sums of money by window, kind and currency, never mixed (SAFETY S12).

Which statement of a claim stands is decided before (`record.claims`); here it is only added.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from cortipump.evidence.result import Amount, Costs
from cortipump.quantities.money import MONEY_KINDS, MoneyKind, total
from cortipump.quantities.span import DateSpan


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
    """

    fact_id: str
    day: date | None
    currency: str
    amounts: dict[MoneyKind, Decimal]
    category: str = ""


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
    currencies
        Currencies inside the windows.
    """

    undated: tuple[str, ...]
    no_currency: tuple[str, ...]
    not_stated: tuple[str, ...]
    currencies: tuple[str, ...]


def _amount(kind: MoneyKind, charges: Sequence[ChargeView]) -> Amount | None:
    stated = [charge for charge in charges if kind in charge.amounts]
    if not stated:
        return None
    return Amount(
        value=total(charge.amounts[kind] for charge in stated),
        fact_ids=tuple(charge.fact_id for charge in stated),
        not_stated=tuple(charge.fact_id for charge in charges if kind not in charge.amounts),
    )


def _sums(charges: Iterable[ChargeView]) -> Costs:
    by_currency: dict[str, list[ChargeView]] = defaultdict(list)
    for charge in charges:
        by_currency[charge.currency].append(charge)
    costs: Costs = {}
    for kind in MONEY_KINDS:
        found = {currency: _amount(kind, group) for currency, group in sorted(by_currency.items())}
        costs[kind] = {currency: amount for currency, amount in found.items() if amount is not None}
    return costs


def add_up(charges: Iterable[ChargeView], span: DateSpan) -> tuple[Costs, dict[str, Costs]]:
    """Sums of one window: care, and the pump by category.

    Parameters
    ----------
    charges
        Standing charges in any order.
    span
        The window.

    Returns
    -------
    tuple
        Costs of care; category to costs for the pump and what belongs to it. Every kind of amount
        has a key; under it only the currencies in which something is stated.
    """
    by_category: dict[str, list[ChargeView]] = defaultdict(list)
    first, until = span.from_, span.until
    for charge in charges:
        if charge.day is not None and first <= charge.day < until and charge.currency:
            by_category[charge.category].append(charge)
    care = _sums(by_category.pop("", ()))
    return care, {category: _sums(group) for category, group in sorted(by_category.items())}


def charge_gaps(charges: Iterable[ChargeView], span: DateSpan) -> ChargeGaps:
    """What the sums over the span leave out, for the caveats."""
    undated, no_currency, not_stated = [], [], []
    currencies: set[str] = set()
    for charge in charges:
        if charge.day is None:
            undated.append(charge.fact_id)
        elif charge.day in span:
            if not charge.currency:
                no_currency.append(charge.fact_id)
            else:
                currencies.add(charge.currency)
            if len(charge.amounts) < len(MONEY_KINDS):
                not_stated.append(charge.fact_id)
    return ChargeGaps(
        tuple(undated), tuple(no_currency), tuple(not_stated), tuple(sorted(currencies))
    )
