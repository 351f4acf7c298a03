"""The fields of FHIR R4 resources that we use, and nothing else; unknown fields are ignored.

Field names are FHIR's own, so that they read like the specification. STU3 spellings that occur in
payers' exports (`service`) stand beside the R4 ones. Data types are in `datatypes`, and named here
too, so that a builder needs one name.
"""

from decimal import Decimal

from msgspec import Raw, field

from cortipump.importers.fhir.datatypes import (
    Address,
    Annotation,
    Coding,
    Concept,
    Fhir,
    HumanName,
    Identifier,
    Meta,
    Money,
    Named,
    Period,
    Quantity,
    Range,
    Reference,
    Resource,
)

__all__ = [
    "Address", "Adjudication", "Annotation", "Answer", "Attachment", "BenefitBalance", "Claim",
    "ClaimDiagnosis", "ClaimLike", "Coding", "Component", "Concept", "Condition", "Coverage",
    "CoverageClass", "DispenseRequest", "DocumentContent", "DocumentContext",
    "DocumentReference", "Dosage", "DoseAndRate", "Encounter", "EncounterDiagnosis",
    "EncounterLocation", "ExplanationOfBenefit", "Fhir", "Financial", "Hospitalization",
    "HumanName", "Identifier", "InsuranceItem", "Item", "Medication",
    "MedicationAdministration", "MedicationRequest", "MedicationStatement", "Meta", "Money",
    "MoneyExtension", "Named", "Observation", "Patient", "Payment", "Period", "Procedure",
    "Quantity", "QuestionItem", "QuestionnaireResponse", "Range", "Reference", "Related",
    "Repeat", "Resource", "SupportingInfo", "Timing",
]  # fmt: skip


class Patient(Resource, tag="Patient"):
    identifier: list[Identifier] = []
    name: list[HumanName] = []
    gender: str | None = None
    birth_date: str | None = None
    deceased_date_time: str | None = None
    address: list[Address] = []


class EncounterDiagnosis(Fhir):
    condition: Reference | None = None
    use: Concept | None = None
    rank: int | None = None


class EncounterLocation(Fhir):
    location: Reference | None = None


class Hospitalization(Fhir):
    admit_source: Concept | None = None


class Encounter(Resource, tag="Encounter"):
    status: str | None = None
    class_: Coding | None = field(default=None, name="class")
    type: list[Concept] = []
    service_type: Concept | None = None
    subject: Reference | None = None
    period: Period | None = None
    reason_code: list[Concept] = []
    reason: list[Concept] = []
    reason_reference: list[Reference] = []
    diagnosis: list[EncounterDiagnosis] = []
    location: list[EncounterLocation] = []
    service_provider: Reference | None = None
    part_of: Reference | None = None


class Condition(Resource, tag="Condition"):
    code: Concept | None = None
    clinical_status: Concept | str | None = None
    verification_status: Concept | str | None = None
    subject: Reference | None = None
    onset_date_time: str | None = None
    onset_period: Period | None = None
    abatement_date_time: str | None = None
    recorded_date: str | None = None
    note: list[Annotation] = []


class Component(Fhir):
    code: Concept | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: Concept | None = None
    value_string: str | None = None
    value_integer: int | None = None
    value_boolean: bool | None = None
    value_date_time: str | None = None
    value_time: str | None = None
    value_period: Period | None = None
    value_range: Range | None = None
    value_ratio: Raw | None = None
    value_sampled_data: Raw | None = None
    data_absent_reason: Concept | None = None
    reference_range: list[Range] = []


class Observation(Resource, kw_only=True, tag="Observation"):
    status: str | None = None
    category: list[Concept] | Concept = []
    code: Concept | None = None
    subject: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    effective_instant: str | None = None
    issued: str | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: Concept | None = None
    value_string: str | None = None
    value_integer: int | None = None
    value_boolean: bool | None = None
    value_date_time: str | None = None
    value_time: str | None = None
    value_period: Period | None = None
    value_range: Range | None = None
    value_ratio: Raw | None = None
    value_sampled_data: Raw | None = None
    data_absent_reason: Concept | None = None
    reference_range: list[Range] = []
    component: list[Component] = []
    has_member: list[Reference] = []
    method: Concept | None = None
    specimen: Reference | None = None


class Repeat(Fhir):
    bounds_period: Period | None = None
    frequency: int | None = None
    period: Decimal | None = None
    period_unit: str | None = None
    time_of_day: list[str] = []


class Timing(Fhir):
    repeat: Repeat | None = None
    code: Concept | None = None


class DoseAndRate(Fhir):
    dose_quantity: Quantity | None = None


class Dosage(Fhir):
    text: str | None = None
    timing: Timing | None = None
    as_needed_boolean: bool | None = None
    as_needed_codeable_concept: Concept | None = None
    route: Concept | None = None
    dose_and_rate: list[DoseAndRate] = []
    dose_quantity: Quantity | None = None
    dose: Quantity | None = None


class DispenseRequest(Fhir):
    validity_period: Period | None = None


class Medication(Resource):
    """What MedicationRequest, MedicationStatement and MedicationAdministration share."""

    status: str | None = None
    medication_codeable_concept: Concept | None = None
    medication_reference: Reference | None = None
    subject: Reference | None = None
    authored_on: str | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    date_asserted: str | None = None
    dosage_instruction: list[Dosage] = []
    dosage: list[Dosage] | Dosage = []
    dispense_request: DispenseRequest | None = None
    reason_code: list[Concept] = []


class MedicationRequest(Medication, tag="MedicationRequest"):
    """A prescription."""


class MedicationStatement(Medication, tag="MedicationStatement"):
    """A statement that a drug is taken."""


class MedicationAdministration(Medication, tag="MedicationAdministration"):
    """One dose given."""


class Procedure(Resource, tag="Procedure"):
    status: str | None = None
    code: Concept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    performed_date_time: str | None = None
    performed_period: Period | None = None
    performed_string: str | None = None


class Adjudication(Fhir):
    category: Concept | None = None
    reason: Concept | None = None
    amount: Money | None = None


class Item(Fhir):
    sequence: int | None = None
    revenue: Concept | None = None
    product_or_service: Concept | None = None
    service: Concept | None = None
    serviced_date: str | None = None
    serviced_period: Period | None = None
    adjudication: list[Adjudication] = []
    encounter: list[Reference] = []
    net: Money | None = None


class Financial(Fhir):
    type: Concept | None = None
    used_money: Money | None = None


class BenefitBalance(Fhir):
    financial: list[Financial] = []


class Payment(Fhir):
    type: Concept | None = None
    date: str | None = None
    amount: Money | None = None


class Related(Fhir):
    claim: Reference | None = None
    relationship: Concept | None = None
    reference: Identifier | None = None


class ClaimDiagnosis(Fhir):
    sequence: int | None = None
    diagnosis_codeable_concept: Concept | None = None
    diagnosis_reference: Reference | None = None
    type: list[Concept] = []


class SupportingInfo(Fhir):
    category: Concept | None = None
    code: Concept | None = None
    timing_date: str | None = None
    timing_period: Period | None = None


class MoneyExtension(Fhir):
    url: str = ""
    value_money: Money | None = None


class InsuranceItem(Fhir):
    coverage: Reference | None = None


class ClaimLike(Resource, kw_only=True):
    """Claim and ExplanationOfBenefit."""

    identifier: list[Identifier] = []
    status: str | None = None
    use: str | None = None
    type: Concept | None = None
    sub_type: Concept | None = None
    patient: Reference | None = None
    billable_period: Period | None = None
    created: str | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    facility: Reference | None = None
    claim: Reference | None = None
    related: list[Related] = []
    outcome: str | None = None
    diagnosis: list[ClaimDiagnosis] = []
    insurance: list[InsuranceItem] | InsuranceItem = []
    supporting_info: list[SupportingInfo] = []
    item: list[Item] = []
    add_item: list[Item] = []
    adjudication: list[Adjudication] = []
    total: list[Adjudication] | Money | None = None
    payment: Payment | None = None
    benefit_balance: list[BenefitBalance] = []
    extension: list[MoneyExtension] = []


class Claim(ClaimLike, kw_only=True, tag="Claim"):
    """A bill as it was sent."""


class ExplanationOfBenefit(ClaimLike, kw_only=True, tag="ExplanationOfBenefit"):
    """A payer's decision on a claim."""


class CoverageClass(Fhir):
    type: Concept | None = None
    value: str | None = None
    name: str | None = None


class Coverage(Resource, tag="Coverage"):
    identifier: list[Identifier] = []
    status: str | None = None
    type: Concept | None = None
    subscriber_id: str | None = None
    beneficiary: Reference | None = None
    period: Period | None = None
    payor: list[Reference] = []
    class_: list[CoverageClass] = field(default_factory=list, name="class")


class Attachment(Fhir):
    content_type: str | None = None
    data: str | None = None
    url: str | None = None
    title: str | None = None
    creation: str | None = None


class DocumentContent(Fhir):
    attachment: Attachment | None = None


class DocumentContext(Fhir):
    period: Period | None = None


class DocumentReference(Resource, tag="DocumentReference"):
    status: str | None = None
    type: Concept | None = None
    subject: Reference | None = None
    date: str | None = None
    description: str | None = None
    author: list[Reference] = []
    content: list[DocumentContent] = []
    context: DocumentContext | list[Raw] | None = None


class Answer(Fhir):
    value_decimal: Decimal | None = None
    value_integer: int | None = None
    value_quantity: Quantity | None = None
    item: list["QuestionItem"] = []


class QuestionItem(Fhir):
    link_id: str | None = None
    text: str | None = None
    answer: list[Answer] = []
    item: list["QuestionItem"] = []


class QuestionnaireResponse(Resource, tag="QuestionnaireResponse"):
    questionnaire: str | None = None
    status: str | None = None
    subject: Reference | None = None
    authored: str | None = None
    item: list[QuestionItem] = []
