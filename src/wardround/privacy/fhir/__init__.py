"""FHIR R4 without PHI: element by element, by their types and a short list of rules."""

from wardround.privacy.fhir.cleaning import FhirCleaner
from wardround.privacy.fhir.files import clean_fhir_files, fhir_files, learn_people
from wardround.privacy.fhir.people import People

__all__ = ["FhirCleaner", "People", "clean_fhir_files", "fhir_files", "learn_people"]
