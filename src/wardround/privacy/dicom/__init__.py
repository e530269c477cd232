"""DICOM without PHI: PS3.15 Annex E, as tables and as few verbs as they need."""
