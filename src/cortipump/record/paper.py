"""Facts of the case with the plan: charges, plans, letters, decisions, criteria, calls."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import field

from cortipump.quantities.moment import Moment
from cortipump.record.body import Code, Dated, Lasting

Line = Literal[
    "pump", "infusion-sets", "reservoirs", "drug", "syringes", "training", "labs", "emergency-kit"
]
Outcome = Literal["denied", "approved", "partial", "upheld", "overturned"]
Level = Literal[
    "claim", "appeal-1", "appeal-2", "external", "hearing", "fair-hearing", "council", "court"
]


class Charge(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="charge"):
    """What one claim cost, as one statement of it says.

    Several statements can be about one claim (the claim itself, its first decision, a reversal, the
    corrected form); `record.claims` decides which one stands.

    Attributes
    ----------
    at
        Date of the service (not of the statement).
    billed, allowed, paid, patient
        Amounts of the whole claim, positive; a reversal is negative. None: not stated.
    form
        ``eob``: a payer's decision. ``claim``: a bill sent. ``typed``: entered by hand.
    status
        As printed: active, cancelled, draft, entered-in-error.
    claim_ids
        Every identifier of the claim, ``system|value`` or a reference, by which its other forms
        are recognised.
    replaces
        Identifiers of the claims that this one corrects or reverses.
    reverses
        True when it takes back the claims in ``replaces``.
    visit_refs
        References to visits, as printed.
    lines
        What was bought: equipment, supplies, drug (`knowledge.codes`), empty for care.
    same_as
        Fact id of the charge that is the same cost, decided by a person.
    distinct
        True when a person decided that this is a cost of its own.
    printed
        Amounts as printed where rounding or choosing changed them, kind to text.
    """

    currency: str = ""
    billed: Decimal | None = None
    allowed: Decimal | None = None
    paid: Decimal | None = None
    patient: Decimal | None = None
    payer: str = ""
    provider: str = ""
    form: Literal["eob", "claim", "typed"] = "typed"
    status: str = "active"
    issued: Moment | None = None
    claim_ids: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    reverses: bool = False
    visit_refs: tuple[str, ...] = ()
    claim_type: str = ""
    codes: tuple[Code, ...] = ()
    category: str = ""
    same_as: str = ""
    distinct: bool = False
    printed: dict[str, str] = field(default_factory=dict)


class Plan(Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="plan"):
    """A health plan that covers the person, as one source states it."""

    name: str = ""
    payer: str = ""
    member_number: str = ""
    group_number: str = ""
    plan_kind: str = ""
    status: str = ""


class Request(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="request"):
    """A request for authorization sent to a plan: what was asked, no money."""

    codes: tuple[Code, ...] = ()
    payer: str = ""
    status: str = ""


class Call(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="call"):
    """A telephone call about the case."""

    with_whom: str = field(default="", name="with")
    person_name: str = ""
    reference: str = ""
    asked: str = ""
    answer: str = ""


class Letter(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="letter"):
    """A letter received or sent.

    Attributes
    ----------
    direction
        ``received`` or ``sent``.
    about
        ``denial``, ``appeal``, ``necessity``, ``other``.
    reference
        Claim or case number that the letter carries.
    address
        Where an answer goes, line by line, as the letter prints it.
    text
        The words of the letter where the source is text.
    """

    direction: Literal["received", "sent"] = "received"
    party: str = ""
    about: str = ""
    reference: str = ""
    subject: str = ""
    address: tuple[str, ...] = ()
    text: str = ""


class Decision(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="decision"):
    """What a plan decided about one line of the request, in its own words.

    Attributes
    ----------
    line
        pump, infusion-sets, reservoirs, drug, syringes, training, labs, emergency-kit.
    outcome
        denied, approved, partial, upheld, overturned.
    level
        claim, appeal-1, appeal-2, external, hearing, fair-hearing, council, court.
    quote
        The reason, word for word, from the letter.
    codes
        Codes that the letter prints.
    """

    line: Line
    outcome: Outcome
    level: Level = "claim"
    quote: str = ""
    policy: str = ""
    reference: str = ""
    codes: tuple[Code, ...] = ()
    received: date | None = None
    stated_deadline: str = ""


class Criterion(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="criterion"):
    """A condition that the plan sets, word for word, and the records that a person holds to it.

    Attributes
    ----------
    number
        Its number in the plan's list.
    text
        The plan's words.
    finding
        What the plan found, as printed, such as ``Not met``.
    answers
        Ids of the facts that speak to it, chosen by a person.
    """

    line: str = ""
    number: str = ""
    text: str = ""
    finding: str = ""
    answers: tuple[str, ...] = ()
