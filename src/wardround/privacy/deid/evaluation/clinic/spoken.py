"""Dates, figures and addresses as dictation software writes what was said."""

import re
from datetime import date

from wardround.privacy.deid.evaluation.clinic.dates import MONTHS

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
SIGNS = {
    ".": " dot ",
    "@": " at ",
    "-": " dash ",
    "/": " slash ",
    "_": " underscore ",
    ":": " colon ",
}


def number(value: int) -> str:
    """Return a number below a hundred in words."""
    if value < 20:
        return UNITS[value]
    return TENS[value // 10 - 2] + (f" {UNITS[value % 10]}" if value % 10 else "")


def ordinal(value: int) -> str:
    """Return the place of a day in its month in words."""
    if value <= 20:
        return ORDINALS[value - 1]
    return "thirtieth" if value == 30 else f"{TENS[value // 10 - 2]} {ORDINALS[value % 10 - 1]}"


def year(value: int) -> str:
    """Return a year in words."""
    if 2000 <= value < 2010:
        return "two thousand" + (f" {number(value - 2000)}" if value > 2000 else "")
    tail = value % 100
    return f"{number(value // 100)} {f'oh {number(tail)}' if 0 < tail < 10 else number(tail)}"


def day(value: date, with_year: bool) -> str:
    """Return a date in words."""
    said = f"{MONTHS[value.month - 1].lower()} {ordinal(value.day)}"
    return f"{said} {year(value.year)}" if with_year else said


def figures(text: str) -> str:
    """Return figures and letters one by one, as numbers are read out."""
    said = (UNITS[int(sign)] if sign.isdigit() else sign.lower() for sign in text if sign.isalnum())
    return " ".join(said)


def address(text: str) -> str:
    """Return an electronic address as it is read out."""
    said = "".join(
        SIGNS.get(sign, f" {UNITS[int(sign)]} " if sign.isdigit() else sign) for sign in text
    )
    return re.sub(r" +", " ", said).strip().lower()
