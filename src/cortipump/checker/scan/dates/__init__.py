"""Days, months, years and spans, exact or vague."""
