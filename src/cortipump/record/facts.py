"""The kinds of facts that a ledger holds: frozen, dated, each in the words of its source.

Every kind is one struct; its JSON form is the ledger's own format (`record.codec`). `None` always
means "not recorded". Where a fact came from, who entered it and what it replaces stands beside it
in `Fact`, never inside.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from cortipump.quantities.moment import Moment

Line = Literal[
    "pump", "infusion-sets", "reservoirs", "drug", "syringes", "training", "labs", "emergency-kit"
]
Outcome = Literal["denied", "approved", "partial", "upheld", "overturned"]
Level = Literal[
    "claim", "appeal-1", "appeal-2", "external", "hearing", "fair-hearing", "council", "court"
]
VisitKind = Literal[
    "emergency", "inpatient", "observation", "urgent-care", "office", "virtual", "other", "unknown"
]


class Code(Struct, frozen=True, omit_defaults=True):
    """A code as the source gives it: the system's short name (``icd-10-cm``), code and words."""

    system: str
    code: str
    text: str = ""


class Body(Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="kind"):
    """What every kind of fact shares: coded marks for whatever needed interpretation.

    Attributes
    ----------
    marks
        Coded remarks such as ``amount/rounded`` (listed in docs/marks.md).
    note
        Free words of the person or the source.
    void
        Why the origin took the record back; such a fact exists only to replace the earlier
        version that it takes back, and counts nowhere. Empty: it stands.
    """

    marks: tuple[str, ...] = ()
    note: str = ""
    void: str = ""

    @property
    def when(self) -> Moment | None:
        """The moment by which the fact is ordered. None: undated."""
        raise NotImplementedError


class _Dated(Body, frozen=True, omit_defaults=True, kw_only=True):
    at: Moment | None = None

    @property
    def when(self) -> Moment | None:
        return self.at


class _Lasting(Body, frozen=True, omit_defaults=True, kw_only=True):
    start: Moment | None = None
    end: Moment | None = None

    @property
    def when(self) -> Moment | None:
        return self.start


class Person(Body, frozen=True, omit_defaults=True, kw_only=True, tag="person"):
    """Who the ledger is about, as one source states it.

    Attributes
    ----------
    names
        Every name the source gives, ``Given Family``, the one in use first.
    born
        Birth date.
    identifiers
        Member or record numbers, ``system|value``.
    address
        Lines as printed.
    """

    names: tuple[str, ...] = ()
    family: str = ""
    given: str = ""
    born: date | None = None
    sex: str = ""
    died: date | None = None
    identifiers: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    country: str = ""

    @property
    def when(self) -> Moment | None:
        return None


class Visit(_Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="visit"):
    """One contact with a hospital, clinic or doctor.

    Attributes
    ----------
    visit_kind
        How it counts; ``unknown`` is never guessed away.
    class_printed
        Class or type as the source prints it.
    reasons, diagnoses
        Codes given as reason or principal diagnosis, and the other diagnoses.
    reason_refs, diagnosis_refs
        References to conditions, resolved by `record.links` whenever facts are read.
    refs
        Names by which other records of the same export refer to this visit.
    basis
        ``record``: a visit record. ``bill``: only a facility's bill shows it.
    acute
        False for rehabilitation and nursing stays.
    marked
        The person's word: was this adrenal? None: not said.
    same_as
        Fact id of the visit that this is another record of, decided by a person.
    distinct
        True when a person decided that this is a visit of its own.
    """

    visit_kind: VisitKind = "unknown"
    class_printed: str = ""
    facility: str = ""
    reasons: tuple[Code, ...] = ()
    diagnoses: tuple[Code, ...] = ()
    reason_refs: tuple[str, ...] = ()
    diagnosis_refs: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    basis: Literal["record", "bill"] = "record"
    acute: bool = True
    marked: bool | None = None
    same_as: str = ""
    distinct: bool = False


class Charge(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="charge"):
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
    printed: dict[str, str] = field(default_factory=dict)


class Lab(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="lab"):
    """One laboratory value, value and unit as printed.

    Attributes
    ----------
    analyte
        Standard name where the code or the words are known, else the source's own words.
    value
        As printed. None when the result is words or below a limit.
    comparator
        ``<``, ``<=``, ``>``, ``>=`` as printed: the assay's limit, never a value.
    text
        A result in words.
    """

    analyte: str = ""
    value: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    text: str = ""
    loinc: str = ""
    specimen: str = ""
    reference_range: str = ""
    assay: str = ""


class Measurement(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="measurement"):
    """A value that is no laboratory result: weight, blood pressure, an answer in a survey."""

    name: str = ""
    value: Decimal | None = None
    unit: str = ""
    text: str = ""
    loinc: str = ""


class Score(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="score"):
    """The total (or a named part) of a questionnaire; its items are never kept (SAFETY S9)."""

    instrument: str = ""
    version: str = ""
    language: str = ""
    value: Decimal | None = None
    part: str = ""


class Regimen(_Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="regimen"):
    """A drug taken over a time.

    Attributes
    ----------
    drug
        Name of the ingredient where known, else as printed.
    role
        ``glucocorticoid``, ``mineralocorticoid`` or ``other``.
    route
        ``oral``, ``injection``, ``pump`` or as printed.
    mg_per_day
        None when the source does not say it or says it in other units.
    schedule
        Dosage as printed.
    device, ownership
        For a pump: which, and ``loaner`` or ``own``.
    """

    drug: str = ""
    printed: str = ""
    role: Literal["glucocorticoid", "mineralocorticoid", "other"] = "other"
    route: str = ""
    mg_per_day: Decimal | None = None
    schedule: str = ""
    device: str = ""
    ownership: str = ""
    status: str = ""
    codes: tuple[Code, ...] = ()


class RescueInjection(
    _Dated, frozen=True, omit_defaults=True, kw_only=True, tag="rescue-injection"
):
    """Hydrocortisone (or another glucocorticoid) given by injection outside the regimen.

    ``setting`` is ``care`` where a hospital's or clinic's own medication record states the dose: it
    belongs to the visit there and is counted apart from injections at home.
    """

    drug: str = "hydrocortisone"
    setting: str = ""
    mg: Decimal | None = None
    route: str = ""
    given_by: str = ""
    reason: str = ""


class WorkLoss(_Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="work-loss"):
    """Days lost from work or school."""

    days: Decimal | None = None
    reason: str = ""


class Call(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="call"):
    """A telephone call about the case."""

    with_whom: str = field(default="", name="with")
    person_name: str = ""
    reference: str = ""
    asked: str = ""
    answer: str = ""


class Letter(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="letter"):
    """A letter received or sent.

    Attributes
    ----------
    direction
        ``received`` or ``sent``.
    about
        ``denial``, ``appeal``, ``necessity``, ``other``.
    reference
        Claim or case number that the letter carries.
    text
        The words of the letter where the source is text.
    """

    direction: Literal["received", "sent"] = "received"
    party: str = ""
    about: str = ""
    reference: str = ""
    subject: str = ""
    text: str = ""


class Decision(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="decision"):
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


class Condition(_Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="condition"):
    """A diagnosis of the person."""

    codes: tuple[Code, ...] = ()
    text: str = ""
    status: str = ""
    recorded: Moment | None = None
    refs: tuple[str, ...] = ()

    @property
    def when(self) -> Moment | None:
        return self.start or self.recorded


class Plan(_Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="plan"):
    """A health plan that covers the person, as one source states it."""

    name: str = ""
    payer: str = ""
    member_number: str = ""
    group_number: str = ""
    plan_kind: str = ""
    status: str = ""


class Procedure(_Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="procedure"):
    """Something done: an operation, a test, a teaching session."""

    codes: tuple[Code, ...] = ()
    text: str = ""
    status: str = ""
    visit_refs: tuple[str, ...] = ()


class Request(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="request"):
    """A request for authorization sent to a plan: what was asked, no money."""

    codes: tuple[Code, ...] = ()
    payer: str = ""
    status: str = ""


class Note(_Dated, frozen=True, omit_defaults=True, kw_only=True, tag="note"):
    """Words: a clinic's note, a document's text, a remark of the person's own."""

    title: str = ""
    text: str = ""
    author: str = ""
    media: str = ""


AnyBody = (
    Person
    | Visit
    | Charge
    | Lab
    | Measurement
    | Score
    | Regimen
    | RescueInjection
    | WorkLoss
    | Call
    | Letter
    | Decision
    | Condition
    | Plan
    | Procedure
    | Request
    | Note
)

KINDS: dict[str, type[Body]] = {
    body.__struct_config__.tag: body  # type: ignore[misc] # tags of all kinds are strings
    for body in AnyBody.__args__
}


def kind_of(body: Body) -> str:
    """The kind's name, as the command line and the JSON spell it."""
    return body.__struct_config__.tag  # type: ignore[return-value] # as above


class Origin(Struct, frozen=True, omit_defaults=True):
    """Where a fact came from.

    Attributes
    ----------
    source
        sha256 of the source's bytes, hexadecimal; empty for what was typed without a source.
    name
        File name of the source.
    place
        Place in it: a JSON path, ``row 5``, ``page 2``.
    key
        What identifies the record at its origin, such as ``server|Encounter/12``.
    version
        The record's version there. Empty: the origin keeps none.
    by
        Who entered it: ``import`` or a person's name.
    at
        When it was entered, ISO 8601 in UTC.
    """

    source: str = ""
    name: str = ""
    place: str = ""
    key: str = ""
    version: str = ""
    by: str = ""
    at: str = ""


class Fact(Struct, frozen=True):
    """A body with its id, its origin, and what it replaces.

    Attributes
    ----------
    id
        Readable prefix and hash, such as ``visit-3f9a2c81d07b44e1``.
    supersedes
        Id of the fact that this one corrects. Empty: none.
    superseded_by
        Id of the correction. Empty: the fact stands.
    why
        The reason given for a correction.
    """

    id: str
    body: AnyBody
    origin: Origin
    supersedes: str = ""
    superseded_by: str = ""
    why: str = ""

    @property
    def kind(self) -> str:
        """The kind's name."""
        return kind_of(self.body)

    @property
    def stands(self) -> bool:
        """Whether no correction replaced it."""
        return not self.superseded_by
