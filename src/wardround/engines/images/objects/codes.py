"""Codes that several objects name: value, scheme and meaning."""

NUCLEUS = ("84640000", "SCT", "Nucleus")
STRUCTURE = ("91723000", "SCT", "Anatomical Structure")
INTELLIGENCE = ("123109", "DCM", "Artificial Intelligence")
AREA = ("42798000", "SCT", "Area")
SQUARE_MICRONS = ("um2", "UCUM", "Square Micrometer")
