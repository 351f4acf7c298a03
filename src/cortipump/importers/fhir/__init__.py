"""FHIR R4 in JSON, tolerant of what real exports do."""
