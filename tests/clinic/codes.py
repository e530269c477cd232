"""Check digits of the code systems, by their own algorithms."""

import re

# Verhoeff (1969), as SNOMED CT's Technical Implementation Guide gives it.
_MULTIPLY = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_PERMUTE = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def snomed_is_well_formed(code: str) -> bool:
    """Whether ``code`` is a concept identifier (partition 00 or 10) with a right check digit."""
    if not re.fullmatch(r"[1-9]\d{5,17}", code) or code[-3:-1] not in {"00", "10"}:
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = int(_MULTIPLY[check][int(_PERMUTE[place % 8][int(digit)])])
    return check == 0


def loinc_is_well_formed(code: str) -> bool:
    """Whether ``code`` is a LOINC number with a right check digit (modulus 10, Luhn)."""
    if not re.fullmatch(r"\d{1,7}-\d", code):
        return False
    number, check = code.split("-")
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return (10 - total % 10) % 10 == int(check)
