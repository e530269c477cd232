"""Coded entries: a code of a published scheme is kept, in that scheme's own words.

The meaning beside a code is free text that nobody checks, so it is written anew: from the concepts
that pydicom carries, or else as the code itself. A code of somebody's own scheme becomes a code
that follows from it and the key.
"""

import re
from functools import cache
from typing import Any

from pydicom.dataset import Dataset

from wardround.privacy.deid import Secret

SHAPES = {
    "DCM": r"\d{6}",
    "SCT": r"\d{6,18}",
    "SRT": r"[A-Z][A-Z0-9]?-[A-Z0-9]{3,6}",
    "SNM3": r"[A-Z][A-Z0-9]?-[A-Z0-9]{3,6}",
    "99SDM": r"[A-Z][A-Z0-9]?-[A-Z0-9]{3,6}",
    "LN": r"\d{1,7}-\d",
    "UCUM": r"[A-Za-z0-9%{}\[\]/.*'\"^+_-]{1,12}",
    "RADLEX": r"RID\d{1,6}",
    "FMA": r"\d{2,6}",
    "NCIt": r"C\d{3,7}",
    "UMLS": r"C\d{7}",
    "MDC": r"\d{1,7}",
    "BI": r"[A-Z0-9.]{1,6}",
    "I9C": r"[EV]?\d{1,3}(\.\d{1,2})?",
    "I10": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
    "C4": r"\d{4}[0-9A-Z]",
    "RXNORM": r"\d{2,8}",
    "ISO639_2": r"[a-z]{3}",
    "ISO3166_1": r"[A-Z]{2,3}",
    "RFC5646": r"[a-z]{2,3}(-[A-Z]{2})?",
}
"""The schemes of PS3.16 section 8 that are met in images, and the shape of their codes."""

_WRITTEN = ("CodeMeaning", "CodeValue", "CodingSchemeDesignator", "LongCodeValue", "URNCodeValue")


def is_code(dataset: Dataset) -> bool:
    """Return whether an item is a coded entry (PS3.3 section 8)."""
    return any(word in dataset for word in ("CodeValue", "LongCodeValue", "URNCodeValue"))


def clean_code(dataset: Dataset, secret: Secret) -> dict[str, str]:
    """Return the value, scheme and meaning that take the place of an item's."""
    value, scheme = _word(dataset, "CodeValue"), _word(dataset, "CodingSchemeDesignator")
    if re.fullmatch(SHAPES.get(scheme, "(?!)"), value):
        meaning = _meanings(scheme).get(value, value)
        return {"CodeValue": value, "CodingSchemeDesignator": scheme, "CodeMeaning": meaning[:64]}
    whole = "\0".join(_word(dataset, word) for word in _WRITTEN)
    return {
        "CodeValue": secret.code("code", whole),
        "CodingSchemeDesignator": "99ANON",
        "CodeMeaning": "A code of a scheme that is not published",
    }


def _word(dataset: Dataset, keyword: str) -> str:
    return str(dataset.get(keyword, "") or "").strip()


@cache
def _meanings(scheme: str) -> dict[str, str]:
    from pydicom.sr._concepts_dict import concepts  # no public way leads from a code to its words
    from pydicom.sr._snomed_dict import mapping

    if scheme in {"SRT", "SNM3", "99SDM"}:
        newer = _meanings("SCT")
        return {old: newer[code] for old, code in mapping["SRT"].items() if code in newer}
    named: dict[str, Any] = concepts.get(scheme, {})
    return {code: words for codes in named.values() for code, (words, _) in codes.items()}
