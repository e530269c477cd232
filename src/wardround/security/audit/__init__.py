"""The audit trail: events by FHIR and IHE BALP, chained, checked and kept for six years."""
