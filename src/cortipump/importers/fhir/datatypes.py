"""FHIR's data types, as far as we use them; unknown fields are ignored.

Field names are FHIR's own. STU3 spellings that payers still use (`Money.code`) stand beside R4's.
"""

from decimal import Decimal

from msgspec import Raw, Struct


class Fhir(Struct, gc=False, rename="camel"):
    """Base of all: no garbage collection tracking, since nothing here can be cyclic."""


class Coding(Fhir):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Fhir):
    coding: list[Coding] = []
    text: str | None = None


class Identifier(Fhir):
    type: Concept | None = None
    system: str | None = None
    value: str | None = None


class Reference(Fhir):
    reference: str | None = None
    display: str | None = None
    identifier: Identifier | None = None


class Period(Fhir):
    start: str | None = None
    end: str | None = None


class Money(Fhir):
    value: Decimal | None = None
    currency: str | None = None
    code: str | None = None


class Quantity(Fhir):
    value: Decimal | None = None
    comparator: str | None = None
    unit: str | None = None
    code: str | None = None


class Range(Fhir):
    low: Quantity | None = None
    high: Quantity | None = None
    text: str | None = None


class Meta(Fhir):
    version_id: str | None = None
    last_updated: str | None = None
    source: str | None = None


class Annotation(Fhir):
    text: str | None = None


class Resource(Fhir, tag_field="resourceType"):
    id: str | None = None
    meta: Meta | None = None
    contained: list[Raw] = []


class HumanName(Fhir):
    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: list[str | None] = []


class Address(Fhir):
    use: str | None = None
    line: list[str | None] = []
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    text: str | None = None


class Named(Fhir):
    """Organization, Practitioner, Location, Medication: only what they are called."""

    id: str | None = None
    name: str | list[HumanName] | None = None
    code: Concept | None = None
