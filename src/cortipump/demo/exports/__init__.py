"""The story in the formats of real exports: FHIR bundles, NDJSON, CSV, a PDF letter."""
