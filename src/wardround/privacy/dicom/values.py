"""Single values: dummies for what an IOD demands, dates moved, text judged."""

import re
from datetime import date, timedelta
from typing import Final

NOBODY: Final = "ANONYMIZED"

DUMMIES: dict[str, object] = {
    "AE": NOBODY,
    "AS": "000Y",
    "AT": 0,
    "CS": NOBODY,
    "DA": "19000101",
    "DS": "0",
    "DT": "19000101000000",
    "FD": 0.0,
    "FL": 0.0,
    "IS": "0",
    "LO": NOBODY,
    "LT": NOBODY,
    "OB": b"\0\0",
    "OD": b"\0" * 8,
    "OF": b"\0" * 4,
    "OL": b"\0" * 4,
    "OV": b"\0" * 8,
    "OW": b"\0\0",
    "PN": NOBODY,
    "SH": NOBODY,
    "SL": 0,
    "SS": 0,
    "ST": NOBODY,
    "SV": 0,
    "TM": "000000",
    "UC": NOBODY,
    "UL": 0,
    "UN": b"\0\0",
    "UR": "urn:anonymized",
    "US": 0,
    "UT": NOBODY,
    "UV": 0,
}
"""A value of each VR that says nothing about anybody."""

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(.*)", re.DOTALL)
_REST = re.compile(r"[0-9.+\-: ]{0,24}")
_TIME = re.compile(r"[0-9]{2}[0-9.:]{0,14}")
_CODE_STRING = re.compile(r"[A-Z0-9_ ]{0,16}")
_NUMBER = re.compile(r"\s*[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?\s*")
_TELLING = re.compile(
    r"\d{5}|\d{3}[-. ]\d{2}[-. ]\d{4}|\d{3}[-. ]\d{3,4}|\d{1,4}[-/]\d{1,2}[-/]\d{1,4}"
    r"|[@^]|://|\b(?:dr|mrs|prof)\b\.?\s",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{4,}")
_PLAIN = re.compile(r"[A-Za-z0-9 _.,:;/()\[\]+*%#&='-]{0,64}")


def move(value: str, days: int) -> str:
    """Return a DA or DT value moved by whole days; what is no date becomes nothing."""
    found = _DAY.fullmatch(value.strip())
    if found is None or not _REST.fullmatch(found[4]):
        return ""
    try:
        moved = date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=days)
    except (ValueError, OverflowError):
        return ""
    return f"{moved:%Y%m%d}{found[4]}" if moved.year >= 1000 else ""


def is_time(value: str) -> bool:
    """Return whether a TM value is a time and nothing more."""
    return bool(_TIME.fullmatch(value.strip()))


def is_coded(value: str) -> bool:
    """Return whether a CS value may be a defined term: its characters, and no number of anybody."""
    return bool(_CODE_STRING.fullmatch(value)) and not re.search(r"\d{5}", value)


def is_number(value: str) -> bool:
    """Return whether an IS or DS value is a number and nothing more."""
    return bool(_NUMBER.fullmatch(value))


def words_of(value: str) -> list[str]:
    """Return the words of a text in small letters: three letters or fewer are an abbreviation."""
    return [word.lower() for word in _WORDS.findall(value)]


def is_plain(value: str) -> bool:
    """Return whether a short text has nothing of a name, a date, a number or an address in it."""
    return bool(_PLAIN.fullmatch(value)) and not _TELLING.search(value)


def age(value: str) -> str:
    """Return an age (AS) of 90 or more as 90 (164.514(b)(2)(i)(C)); what is no age as nothing."""
    found = re.fullmatch(r"(\d{3})([DWMY])", value.strip())
    if found is None:
        return ""
    return "090Y" if found[2] == "Y" and int(found[1]) > 89 else value.strip()
