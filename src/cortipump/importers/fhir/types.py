"""Every resource type as one tagged union, so that a bundle is decoded in a single pass.

Types that are not read become empty structures: their fields are skipped, not built. A file with a
type that FHIR R4 does not know, or with one damaged resource, is read record by record instead
(`importers.fhir.read`).
"""

from typing import Any, Final, Union, cast

import msgspec

from cortipump.importers.fhir import models
from cortipump.importers.fhir.datatypes import Fhir, Named

READ: Final[dict[str, type[models.Resource]]] = {
    "Patient": models.Patient,
    "Encounter": models.Encounter,
    "Condition": models.Condition,
    "Observation": models.Observation,
    "MedicationRequest": models.MedicationRequest,
    "MedicationStatement": models.MedicationStatement,
    "MedicationAdministration": models.MedicationAdministration,
    "Procedure": models.Procedure,
    "Claim": models.Claim,
    "ExplanationOfBenefit": models.ExplanationOfBenefit,
    "Coverage": models.Coverage,
    "DocumentReference": models.DocumentReference,
    "QuestionnaireResponse": models.QuestionnaireResponse,
}
NAMES: Final = ("Organization", "Practitioner", "PractitionerRole", "Location", "Medication")
_UNREAD: Final = (
    "Account", "ActivityDefinition", "AdverseEvent", "AllergyIntolerance", "Appointment",
    "AppointmentResponse", "AuditEvent", "Basic", "Binary", "BiologicallyDerivedProduct",
    "BodyStructure", "CapabilityStatement", "CarePlan", "CareTeam", "CatalogEntry",
    "ChargeItem", "ChargeItemDefinition", "ClaimResponse", "ClinicalImpression", "CodeSystem",
    "Communication", "CommunicationRequest", "CompartmentDefinition", "Composition",
    "ConceptMap", "Consent", "Contract", "CoverageEligibilityRequest",
    "CoverageEligibilityResponse", "DetectedIssue", "Device", "DeviceDefinition",
    "DeviceMetric", "DeviceRequest", "DeviceUseStatement", "DiagnosticReport",
    "DocumentManifest", "EffectEvidenceSynthesis", "Endpoint", "EnrollmentRequest",
    "EnrollmentResponse", "EpisodeOfCare", "EventDefinition", "Evidence", "EvidenceVariable",
    "ExampleScenario", "FamilyMemberHistory", "Flag", "Goal", "GraphDefinition", "Group",
    "GuidanceResponse", "HealthcareService", "ImagingStudy", "Immunization",
    "ImmunizationEvaluation", "ImmunizationRecommendation", "ImplementationGuide",
    "InsurancePlan", "Invoice", "Library", "Linkage", "List", "Measure", "MeasureReport",
    "Media", "MedicationDispense", "MedicationKnowledge", "MedicinalProduct",
    "MessageDefinition", "MessageHeader", "MolecularSequence", "NamingSystem", "NutritionOrder",
    "ObservationDefinition", "OperationDefinition", "OperationOutcome",
    "OrganizationAffiliation", "Parameters", "PaymentNotice", "PaymentReconciliation", "Person",
    "PlanDefinition", "Provenance", "Questionnaire", "RelatedPerson", "RequestGroup",
    "ResearchDefinition", "ResearchElementDefinition", "ResearchStudy", "ResearchSubject",
    "RiskAssessment", "RiskEvidenceSynthesis", "Schedule", "SearchParameter", "ServiceRequest",
    "Slot", "Specimen", "SpecimenDefinition", "StructureDefinition", "StructureMap",
    "Subscription", "Substance", "SupplyDelivery", "SupplyRequest", "Task",
    "TerminologyCapabilities", "TestReport", "TestScript", "ValueSet", "VerificationResult",
    "VisionPrescription",
)  # fmt: skip


def _tagged(name: str, base: type[Fhir]) -> type[Fhir]:
    made = msgspec.defstruct(name, [], bases=(base,), tag_field="resourceType", tag=name, gc=False)
    return cast("type[Fhir]", made)  # a subclass of ``base`` by construction


_ALL: Final = (
    *READ.values(),
    *(_tagged(name, Named) for name in NAMES),
    *(_tagged(name, Fhir) for name in _UNREAD),
)
# A union of what was made at run time: the type checker sees only that it is a resource.
AnyResource: Any = Union[_ALL]  # noqa: UP007 - a tuple of types has no other spelling


def kind_of(resource: Fhir) -> str:
    """The type's name, as FHIR spells it: classes are named after their types."""
    return type(resource).__name__
