"""Facts about health: the person, visits, diagnoses, values, replacement, days lost."""

from datetime import date
from decimal import Decimal
from typing import Literal

from cortipump.quantities.moment import Moment
from cortipump.record.body import Body, Code, Dated, Lasting

VisitKind = Literal[
    "emergency", "inpatient", "observation", "urgent-care", "office", "virtual", "other", "unknown"
]


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


class Visit(Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="visit"):
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


class Condition(Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="condition"):
    """A diagnosis of the person."""

    codes: tuple[Code, ...] = ()
    text: str = ""
    status: str = ""
    recorded: Moment | None = None
    refs: tuple[str, ...] = ()

    @property
    def when(self) -> Moment | None:
        """The moment by which it is ordered."""
        return self.start or self.recorded


class Procedure(Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="procedure"):
    """Something done: an operation, a test, a teaching session."""

    codes: tuple[Code, ...] = ()
    text: str = ""
    status: str = ""
    visit_refs: tuple[str, ...] = ()


class Lab(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="lab"):
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


class Measurement(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="measurement"):
    """A value that is no laboratory result: weight, blood pressure, an answer in a survey."""

    name: str = ""
    value: Decimal | None = None
    unit: str = ""
    text: str = ""
    loinc: str = ""


class Score(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="score"):
    """The total (or a named part) of a questionnaire; its items are never kept (SAFETY S9)."""

    instrument: str = ""
    version: str = ""
    language: str = ""
    value: Decimal | None = None
    part: str = ""


class Regimen(Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="regimen"):
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


class RescueInjection(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="rescue-injection"):
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


class WorkLoss(Lasting, frozen=True, omit_defaults=True, kw_only=True, tag="work-loss"):
    """Days lost from work or school."""

    days: Decimal | None = None
    reason: str = ""


class Note(Dated, frozen=True, omit_defaults=True, kw_only=True, tag="note"):
    """Words: a clinic's note, a document's text, a remark of the person's own."""

    title: str = ""
    text: str = ""
    author: str = ""
    media: str = ""
