"""The four amounts of a claim, out of totals, header and line adjudications.

The rules are those of the adjudication table's research: for each kind the stated claim total;
else the sum of the lines' wholes; else the sum of parts; never a total with its lines, a whole
with its parts, or two alternatives. Missing is unknown, never zero.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from cortipump.errors import QuantityError
from cortipump.importers.fhir import models
from cortipump.importers.fhir.context import Context, words
from cortipump.knowledge.codes import BLUE_BUTTON, Category, adjudication, revenue_kind
from cortipump.quantities.money import MONEY_KINDS, MoneyKind, check_currency, settle
from cortipump.quantities.parse import check_number

CONFLICT = "amount/conflict"
LINES_DIFFER = "amount/lines-differ"
SHARES_DIFFER = "amount/shares-do-not-add"
NOT_OWED = "amount/patient-paid-not-owed"
ROUNDED = "amount/rounded"
UNKNOWN = "amount/category-not-understood"
NEGATIVE = "amount/negative"
_CENT = Decimal("0.01")


Level = dict[tuple[str, str], dict[str, Decimal]]
"""Amounts of one level (the claim, or a line) by bucket and role, then by name."""


class Amounts(Struct):
    """The amounts of one claim. A kind that is not stated is absent."""

    currency: str
    by_kind: dict[MoneyKind, Decimal]
    printed: dict[str, str]
    marks: list[str]

    def mark(self, mark: str) -> None:
        """Add a mark once."""
        if mark not in self.marks:
            self.marks.append(mark)


class _Reader:
    """Reads adjudications and remembers the currency and what disagreed."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.currencies: set[str] = set()
        self.unknown: dict[str, str] = {}
        self.conflicts: set[str] = set()

    def money(self, money: models.Money | None) -> Decimal | None:
        """The value, its currency noted. None when not stated."""
        if money is None or money.value is None:
            return None
        check_number(money.value)
        currency = money.currency or money.code
        if currency and currency not in self.currencies:
            self.currencies.add(check_currency(currency))
        return money.value

    def read(
        self,
        entries: Iterable[tuple[models.Concept | None, models.Money | None]],
        where: str,
        level: Level,
    ) -> None:
        """Add the entries whose category is known; the others are kept apart and reported."""
        for number, (category, money) in enumerate(entries):
            value = self.money(money)
            if value is None:
                continue
            known = _category(category)
            if known is not None:
                self.add(known, value, level)
            else:
                self._not_understood(category, money, f"{where}[{number}]")

    def add(self, known: Category, value: Decimal, level: Level) -> None:
        """Add one amount: the same name twice is the same amount said twice."""
        if known.bucket == "ignored":
            return
        names = level.setdefault((known.bucket, known.role), {})
        if names.setdefault(known.name, value) != value:
            self.conflicts.add(known.bucket)

    def _not_understood(
        self, category: models.Concept | None, money: models.Money | None, where: str
    ) -> None:
        assert money is not None  # read() passes stated amounts only
        name = words(category) or "no category"
        text = f"{money.value} {money.currency or money.code or ''}".strip()
        self.unknown[name] = text
        self.ctx.remark(
            where, f"an amount of a kind that is not understood ({name}: {text}): kept, not added"
        )


def _category(concept: models.Concept | None) -> Category | None:
    codings = concept.coding if concept else []
    for coding in codings:
        if (coding.code or "").startswith(BLUE_BUTTON):
            return adjudication(coding.system, coding.code)
    return next((c for coding in codings if (c := adjudication(coding.system, coding.code))), None)


def _pairs(
    entries: Iterable[models.Adjudication],
) -> Iterator[tuple[models.Concept | None, models.Money | None]]:
    return ((entry.category, entry.amount) for entry in entries)


def _is_total_line(item: models.Item) -> bool:
    codings = item.revenue.coding if item.revenue else ()
    return any(revenue_kind(coding.code) == "total" for coding in codings)


def claim_amounts(resource: models.ClaimLike, ctx: Context) -> Amounts:
    """The amounts of a Claim or an ExplanationOfBenefit.

    Raises
    ------
    QuantityError
        Q001 for an amount that cannot be one, or several currencies in one claim.
    """
    if type(resource.total) is models.Money and resource.payment is None:
        return _bill(resource.total)
    reader = _Reader(ctx)
    header, payment = _header(resource, reader)
    lines = _lines(resource, reader)
    if len(reader.currencies) > 1:
        raise QuantityError(
            f"one claim in several currencies ({', '.join(sorted(reader.currencies))})",
            do="enter its amounts by hand, one charge per currency",
        )
    amounts = Amounts(next(iter(reader.currencies), ""), {}, {}, [])
    for kind in MONEY_KINDS if lines or payment is not None or len(header) > 1 else _only(header):
        chosen = _choose(kind, header, payment if kind == "paid" else None, lines, amounts)
        if chosen is not None:
            _keep(kind, chosen, amounts)
            if kind in reader.conflicts:
                amounts.mark(CONFLICT)
    if _shares_differ(amounts.by_kind):
        amounts.mark(SHARES_DIFFER)
    if reader.unknown:
        amounts.mark(UNKNOWN)
        amounts.printed.update({f"other: {name}": text for name, text in reader.unknown.items()})
    return amounts


def _lines(resource: models.ClaimLike, reader: _Reader) -> list[Level]:
    """What is stated line by line, the lines that the payer added included."""
    lines: list[Level] = []
    for name, items in (("item", resource.item), ("addItem", resource.add_item)):
        for number, item in enumerate(items):
            if item.adjudication and not _is_total_line(item):
                line: Level = {}
                reader.read(_pairs(item.adjudication), f".{name}[{number}].adjudication", line)
                lines.append(line)
    return lines


def _bill(total: models.Money) -> Amounts:
    """A bill that was sent states one amount: what is billed."""
    currency = total.currency or total.code
    amounts = Amounts(check_currency(currency) if currency else "", {}, {}, [])
    if total.value is not None:
        _keep("billed", check_number(total.value), amounts)
    return amounts


def _only(header: Level) -> Iterable[MoneyKind]:
    """The kinds of a claim that states one amount: most bills."""
    return (kind for kind in MONEY_KINDS if any(bucket == kind for bucket, _ in header))


def _header(resource: models.ClaimLike, reader: _Reader) -> tuple[Level, Decimal | None]:
    """What is stated for the claim as a whole, and what was paid."""
    header: Level = {}
    if isinstance(resource.total, models.Money):
        value = reader.money(resource.total)
        if value is not None:
            header["billed", "whole"] = {"submitted": value}
    elif resource.total:
        reader.read(_pairs(resource.total), ".total", header)
    if resource.adjudication:
        reader.read(_pairs(resource.adjudication), ".adjudication", header)
    for number, balance in enumerate(resource.benefit_balance):
        entries = ((f.type, f.used_money) for f in balance.financial if _is_variable(f.type))
        reader.read(entries, f".benefitBalance[{number}].financial", header)
    for extension in resource.extension:
        known = adjudication(BLUE_BUTTON, extension.url)
        value = reader.money(extension.value_money) if known else None
        if known and value is not None:
            reader.add(known, value, header)
    if isinstance(resource, models.Claim) and ("billed", "whole") not in header:
        nets = [reader.money(item.net) for item in resource.item if not _is_total_line(item)]
        stated = [net for net in nets if net is not None]
        if stated and len(stated) == len(nets):
            header["billed", "whole"] = {"net": sum(stated, Decimal(0))}
    payment = reader.money(resource.payment.amount) if resource.payment else None
    return header, payment


def _is_variable(concept: models.Concept | None) -> bool:
    """Whether a benefit balance names an amount of this claim; others are yearly counters."""
    return any(
        (coding.code or "").startswith(BLUE_BUTTON)
        for coding in (concept.coding if concept else [])
    )


def _choose(
    kind: MoneyKind,
    header: Level,
    payment: Decimal | None,
    lines: list[Level],
    amounts: Amounts,
) -> Decimal | None:
    wholes = list(header.get((kind, "whole"), {}).values())
    if payment is not None:
        wholes.append(payment)
    if len(set(wholes)) > 1:
        amounts.mark(CONFLICT)
    parts = _parts(kind, header, lines)
    if wholes:
        if _lines_differ(kind, wholes[0], lines):
            amounts.mark(LINES_DIFFER)
        return _whole_or_parts(kind, wholes[0], parts, amounts)
    if any((kind, "whole") in line for line in lines):
        stated = [value for line in lines if (value := _line(kind, line, amounts)) is not None]
        return _whole_or_parts(kind, sum(stated, Decimal(0)), parts, amounts)
    if parts:
        return sum(parts.values(), Decimal(0))
    return _alternative(kind, header, lines, amounts)


def _parts(kind: MoneyKind, header: Level, lines: list[Level]) -> dict[str, Decimal]:
    """Each part once: what the claim states for it, else the sum over the lines.

    Blue Button's variables (``nch_bene_ptb_ddctbl_amt``) bear one name on the claim and another on
    its lines, so that names do not tell what is stated twice: there the claim's own stand alone.
    """
    own = header.get((kind, "part"), {})
    of_lines: dict[str, Decimal] = {}
    for line in lines:
        for name, value in line.get((kind, "part"), {}).items():
            of_lines[name] = of_lines.get(name, Decimal(0)) + value
    if own and any("_" in name for name in (*own, *of_lines)):
        return own
    return of_lines | own


def _lines_differ(kind: MoneyKind, whole: Decimal, lines: list[Level]) -> bool:
    """Whether every line states its whole, and together they are not the claim's."""
    stated = [next(iter(found.values())) for line in lines if (found := line.get((kind, "whole")))]
    if not stated or len(stated) < len(lines):
        return False
    return abs(sum(stated, Decimal(0)) - whole) > _CENT * len(stated)


def _shares_differ(by_kind: dict[MoneyKind, Decimal]) -> bool:
    """Whether what was paid and what is left to the person are not what was allowed."""
    allowed, paid, patient = (by_kind.get(kind) for kind in ("allowed", "paid", "patient"))
    if allowed is None or paid is None or patient is None:
        return False
    return abs(allowed - paid - patient) > _CENT


def _whole_or_parts(
    kind: MoneyKind, whole: Decimal, parts: dict[str, Decimal], amounts: Amounts
) -> Decimal:
    """A share that is smaller than its own parts is the conflict; the parts are what is owed."""
    if kind != "patient" or not parts:
        return whole
    together = sum(parts.values(), Decimal(0))
    if abs(whole) < abs(together):
        amounts.mark(CONFLICT)
        return together
    return whole


def _line(kind: MoneyKind, line: Level, amounts: Amounts) -> Decimal | None:
    wholes, parts = line.get((kind, "whole")), line.get((kind, "part"))
    if wholes:
        whole = next(iter(wholes.values()))
        return _whole_or_parts(kind, whole, parts or {}, amounts)
    return sum(parts.values(), Decimal(0)) if parts else None


def _alternative(
    kind: MoneyKind, header: Level, lines: list[Level], amounts: Amounts
) -> Decimal | None:
    """Something near the amount, used only when nothing else is stated, and marked."""
    found = list(header.get((kind, "alternative"), {}).values())
    if not found:
        stated = [
            next(iter(v.values())) for line in lines if (v := line.get((kind, "alternative")))
        ]
        found = [sum(stated, Decimal(0))] if stated else []
    if not found:
        return None
    amounts.mark(NOT_OWED if kind == "patient" else CONFLICT)
    return found[0]


def _keep(kind: MoneyKind, value: Decimal, amounts: Amounts) -> None:
    settled = settle(value, amounts.currency)
    if settled != value:
        amounts.mark(ROUNDED)
        amounts.printed[kind] = format(value, "f")
    if settled < 0:
        amounts.mark(NEGATIVE)
    amounts.by_kind[kind] = settled
