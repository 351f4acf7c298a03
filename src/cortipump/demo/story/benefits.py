"""What the plan makes of each bill: the year's deductible, copays, coinsurance, and its mistakes.

A `Statement` is one explanation of benefits. Most bills have one; a bill that was decided anew has
several, of which one stands.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from cortipump.demo.dice import Dice
from cortipump.demo.story.bills import Bill, BillKind

_CENT: Final = Decimal("0.01")
_DEDUCTIBLE, _MOST_A_YEAR = Decimal("1500.00"), Decimal("7200.00")

_ALLOWED_PERCENT: Final[dict[BillKind, tuple[int, int]]] = {
    "inpatient": (38, 46),
    "outpatient": (34, 44),
    "professional": (52, 66),
    "laboratory": (24, 38),
    "pharmacy": (55, 72),
    "equipment": (62, 74),
}
_COINSURANCE_PERCENT: Final[dict[BillKind, int]] = {
    "inpatient": 20,
    "outpatient": 20,
    "professional": 20,
    "laboratory": 10,
    "pharmacy": 0,
    "equipment": 20,
}
_COPAY_BY_PLACE: Final = {"11": "40.00", "10": "25.00", "20": "60.00", "01": "15.00"}


@dataclass(frozen=True, slots=True)
class Share:
    """How one line was decided. ``allowed`` = ``paid`` + what the member owes."""

    billed: Decimal
    allowed: Decimal
    copay: Decimal = Decimal("0.00")
    deductible: Decimal = Decimal("0.00")
    coinsurance: Decimal = Decimal("0.00")

    @property
    def patient(self) -> Decimal:
        """What the member owes."""
        return self.copay + self.deductible + self.coinsurance

    @property
    def paid(self) -> Decimal:
        """What the plan pays."""
        return self.allowed - self.patient

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.billed + other.billed,
            self.allowed + other.allowed,
            self.copay + other.copay,
            self.deductible + other.deductible,
            self.coinsurance + other.coinsurance,
        )

    def __neg__(self) -> "Share":
        return Share(-self.billed, -self.allowed, -self.copay, -self.deductible, -self.coinsurance)


Fate = Literal["paid", "denied", "cancelled", "reversal"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One explanation of benefits.

    Attributes
    ----------
    number
        The claim's number; a claim decided anew may keep it.
    stands
        Whether it counts in the end.
    prior, replaced_by
        Numbers of the claim that this one corrects, or that corrects this one.
    allowed_missing
        True when the plan leaves the allowed amount out.
    newer
        True when only the later download holds it.
    """

    ident: str
    number: str
    bill: Bill
    shares: tuple[Share, ...]
    issued: date
    fate: Fate = "paid"
    stands: bool = True
    prior: str = ""
    replaced_by: str = ""
    allowed_missing: bool = False
    newer: bool = False

    @property
    def whole(self) -> Share:
        """All lines together."""
        return sum(self.shares[1:], self.shares[0])


@dataclass
class Account:
    """What the member has paid toward deductible and yearly limit, by calendar year."""

    deductible: dict[int, Decimal] = field(default_factory=dict)
    total: dict[int, Decimal] = field(default_factory=dict)

    def copy(self) -> "Account":
        """A copy, for a decision that will not stand."""
        return Account(dict(self.deductible), dict(self.total))

    def decide(self, bill: Bill, allowed: tuple[Decimal, ...]) -> tuple[Share, ...]:
        """Split the allowed amounts of a bill between plan and member, line by line."""
        copay = Decimal(_COPAY_BY_PLACE.get(bill.place_of_service, "0.00"))
        shares = []
        for line, amount in zip(bill.lines, allowed, strict=True):
            share = self._line(bill, line.billed, amount, copay)
            copay -= share.copay
            shares.append(share)
        return tuple(shares)

    def _line(self, bill: Bill, billed: Decimal, allowed: Decimal, copay: Decimal) -> Share:
        year = bill.first.year
        room = _MOST_A_YEAR - self.total.get(year, Decimal(0))
        if bill.place_of_service in _COPAY_BY_PLACE:
            share = Share(billed, allowed, copay=min(copay, allowed, room))
        else:
            left = _DEDUCTIBLE - self.deductible.get(year, Decimal(0))
            first = min(allowed, left, room)
            rate = Decimal(_COINSURANCE_PERCENT[bill.kind]) / 100
            rest = ((allowed - first) * rate).quantize(_CENT, ROUND_HALF_UP)
            share = Share(billed, allowed, Decimal("0.00"), first, min(rest, room - first))
        self.deductible[year] = self.deductible.get(year, Decimal(0)) + share.deductible
        self.total[year] = self.total.get(year, Decimal(0)) + share.patient
        return share


def allowed_amounts(bill: Bill, dice: Dice) -> tuple[Decimal, ...]:
    """What the plan accepts of each line."""
    low, high = _ALLOWED_PERCENT[bill.kind]
    return tuple(
        (line.billed * dice.whole(low * 10, high * 10) / 1000).quantize(_CENT, ROUND_HALF_UP)
        for line in bill.lines
    )


class Desk:
    """The plan's claims desk: numbers the claims and decides them in the order of service."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice(seed, "benefits")
        self._account = Account()
        self._count = self._dice.whole(1200, 5200)

    def _name(self, bill: Bill) -> tuple[str, str]:
        """Id of a statement and number of a claim, rising with time."""
        self._count += self._dice.whole(1, 9)
        return f"php-eob-{self._count:06d}", f"C{bill.first:%y%j}-{self._count:05d}"

    def _decided(self, bill: Bill, account: Account) -> Statement:
        ident, number = self._name(bill)
        shares = account.decide(bill, allowed_amounts(bill, self._dice))
        issued = bill.last + timedelta(days=self._dice.whole(9, 18))
        return Statement(ident, number, bill, shares, issued)

    def _later(self, statement: Statement) -> date:
        return statement.issued + timedelta(days=self._dice.whole(20, 40))

    def decide(self, bill: Bill) -> Statement:
        """An ordinary decision."""
        return self._decided(bill, self._account)

    def deny(self, bill: Bill, issued: date) -> Statement:
        """A refusal: nothing allowed, nothing owed."""
        ident, number = self._name(bill)
        shares = tuple(Share(line.billed, Decimal("0.00")) for line in bill.lines)
        return Statement(ident, number, bill, shares, issued, "denied")

    def reissue(self, wrong: Bill, right: Bill) -> list[Statement]:
        """A claim cancelled, and the corrected one under a number of its own."""
        first = self._decided(wrong, self._account.copy())
        second = self.decide(right)
        return [
            replace(first, fate="cancelled", stands=False, replaced_by=second.number),
            replace(second, issued=self._later(first), prior=first.number),
        ]

    def take_back(self, wrong: Bill, right: Bill) -> list[Statement]:
        """A claim taken back by negative amounts, and the corrected one: one number for all."""
        first = replace(self._decided(wrong, self._account.copy()), stands=False)
        second = replace(
            first,
            ident=self._name(wrong)[0],
            shares=tuple(-share for share in first.shares),
            issued=self._later(first),
            fate="reversal",
        )
        third = replace(self.decide(right), number=first.number, issued=second.issued)
        return [first, second, third]
