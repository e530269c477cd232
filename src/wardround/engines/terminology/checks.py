"""Whether a code of a system can be one: its form, and its check digit where it has one.

LOINC: mod 10 (LOINC Users' Guide, "The LOINC check digit"). SNOMED CT: Verhoeff's dihedral check
(SNOMED CT Technical Implementation Guide, "Check-digit computation").
"""

import re

_LOINC = re.compile(r"([0-9]{1,7})-([0-9])")
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")
_FORMS = {
    "cpt": re.compile(r"[0-9]{4}[0-9AFMTU]"),
    "hcpcs": re.compile(r"[A-Z][0-9]{4}"),
    "rxnorm": re.compile(r"[1-9][0-9]{0,7}"),
    "icd10cm": re.compile(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?"),
    "modifier": re.compile(r"[0-9A-Z]{2}"),
}
_TIMES = (
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
_TURNS = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def fault_of(system: str, code: str) -> str | None:
    """Return what is wrong with the form of a code, or nothing.

    ``system``: cpt, hcpcs, icd10cm, modifier, rxnorm, loinc or snomed.
    """
    if system == "loinc":
        found = _LOINC.fullmatch(code)
        if found is None:
            return "a LOINC number is digits, a hyphen and a check digit"
        return None if int(found[2]) == _mod10(found[1]) else "its LOINC check digit is wrong"
    if system == "snomed":
        if not _SNOMED.fullmatch(code):
            return "a SNOMED CT number has 6 to 18 digits"
        return None if _verhoeff(code) else "its SNOMED CT check digit is wrong"
    form = _FORMS[system]
    return None if form.fullmatch(code.upper()) else f"it has not the form of a {system} code"


def _mod10(digits: str) -> int:
    """Return the check digit: every second digit from the right doubled, as Luhn does."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return -total % 10


def _verhoeff(digits: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_TIMES[check][int(_TURNS[place % 8][int(digit)])])
    return check == 0
