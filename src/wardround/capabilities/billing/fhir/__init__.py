"""Claims as FHIR R4, written whole and read from others' bundles."""

from wardround.capabilities.billing.fhir.reading import claim_from_fhir, claims_of_bundle
from wardround.capabilities.billing.fhir.writing import claim_to_fhir

__all__ = ["claim_from_fhir", "claim_to_fhir", "claims_of_bundle"]
