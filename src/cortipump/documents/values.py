"""Values with their derivations: the only makers of numbers that a document may print."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from cortipump.documents.statements import Value
from cortipump.evidence.result import Amount, Count
from cortipump.quantities.moment import Moment
from cortipump.quantities.show import moment_text, money_text, plain

NOT_RECORDED: Final = "not recorded"


def quote(fact_id: str, text: str, field: str) -> Value:
    """Text that stands in a fact."""
    return Value(text, "quote", (fact_id,), field)


def date_value(fact_id: str, moment: Moment, field: str = "date") -> Value:
    """A fact's date."""
    mark = f" ({moment.mark})" if moment.mark else ""
    return Value(
        moment_text(moment), "date", (fact_id,), f"{field}, printed {moment.printed}{mark}"
    )


def clock_value(fact_id: str, moment: Moment) -> Value:
    """A fact's day and clock time."""
    text = moment_text(moment) + (f", {moment.clock}" if moment.clock else "")
    return Value(text, "date", (fact_id,), f"time, printed {moment.printed}")


def money_quote(fact_id: str, amount: Decimal, currency: str, field: str) -> Value:
    """An amount that stands in a fact."""
    return Value(money_text(amount, currency), "quote", (fact_id,), field)


def money_sum(amounts: Sequence[tuple[str, Decimal]], currency: str, note: str) -> Value:
    """The sum of amounts of one kind, with the charges that state them."""
    total = sum((amount for _, amount in amounts), Decimal(0))
    if len(amounts) == 1:
        return money_quote(amounts[0][0], total, currency, note)
    return Value(money_text(total, currency), "sum", tuple(f for f, _ in amounts), note)


def amount_value(amount: Amount, currency: str, note: str) -> Value:
    """A stated sum; where charges may be the same cost twice, both readings are shown."""
    text = money_text(amount.value or Decimal(0), currency)
    if amount.readings is not None:
        if_one, if_each = (money_text(reading, currency) for reading in amount.readings)
        text = f"{text} ({if_one} to {if_each})"
    return Value(text, "sum", amount.fact_ids, note)


def count_value(count: Count, note: str) -> Value:
    """A count that evidence computed; where records may be one visit, both numbers are shown."""
    text = plain(count.value)
    if count.fewest != count.most:
        text = f"{text} ({plain(count.fewest)} to {plain(count.most)})"
    return Value(text, "count", count.fact_ids, note)


def number_value(facts: Iterable[str], text: str, note: str) -> Value:
    """A number computed from facts."""
    return Value(text, "count", tuple(facts), note)


def ruled(text: str, note: str) -> Value:
    """A number that a method or the person who asked gave."""
    return Value(text, "rule", (), note)


def cited(text: str, source: str) -> Value:
    """Words or numbers of a published source."""
    return Value(text, "cited", (), source)
