"""Numbers that are somebody's: by their label, by their check digit, or by their length.

Check digits: NPI (45 CFR 162.406: Luhn with the prefix 80840), DEA (21 CFR 1301: a letter pair and a
checksum), VIN (49 CFR 565.15), payment cards and device numbers (Luhn).
"""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.check_digits import is_dea, is_vin, luhn
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.labelled import find_labelled
from wardround.privacy.deid.text.measured import (
    are_values,
    has_unit,
    is_measured,
    is_plain,
    is_range,
    is_term,
    names_a_code,
)
from wardround.privacy.deid.text.plates import find_plates
from wardround.privacy.deid.text.reading import Reading, with_dots
from wardround.privacy.deid.text.shapes import find_shapes

_VALUE = re.compile(
    r"(?<![\w@])(?:\#\s?)?(?:[^\W_]++|\*)+(?:[-./_:](?:[^\W_]++|\*)+){0,9}(?![\w@])"
)
_JOINS = frozenset("-./_:")
_VALUED = _JOINS | {"*"}
_LONGEST = 64
"""Characters of a value before its first figure."""
_JOINED = re.compile(r"\d{2,4}-\d{2,4}-\d{2,4}")
_CHECKED = re.compile(r"\d{6,9}-\d")
"""Figures with a check digit behind a dash; LOINC's have five before it."""
_ASSIGNED = re.compile(
    r"[A-Z]{1,4}-\d{2,4}[A-Z]|\d{2,5}-[A-Z]{1,3}-\d{2,5}|\d{3,5}-[A-Z]{2,4}-?\d*"
)
"""Letters and few figures, as numbers of jobs and transcripts have them."""
_USER = re.compile(
    r"\b(?:user\s?name|user\s?id|userid|login|log-in|portal id|screen name|handle|mychart(?: id)?|skype|instagram|insta|ig|twitter|facebook|tiktok|"
    r"snapchat|venmo|paypal|telegram|signal|discord|gamertag)"
    r"(?:\s(?:is|id|name|was))?\s?[:=]\s?([A-Za-z0-9][\w.@-]{2,40})|"
    r"\b(?:user\s?name|login|handle) (?:is )?([a-z][\w.-]*[\d_.][\w.-]*)",
    re.IGNORECASE,
)
_LOGINS = with_dots(
    "user username userid login log-in portal screen handle mychart skype instagram insta ig twitter facebook tiktok snapchat venmo paypal telegram "
    "signal discord gamertag"
)
_COUNTED = re.compile(
    r"(?:platelets?|plts?|counts?|wbcs?|rbcs?|copies|load|cfu|dose|steps|calories|units|\$|cpt|icd|code)\W[^\n\d]{0,14}$",
    re.IGNORECASE,
)
"""Before a number of six figures that counts something."""


def find_numbers(reading: Reading) -> Iterator[Find]:
    """Yield the numbers of a text that are somebody's."""
    text, lowered = reading.text, reading.lowered
    yield from find_shapes(reading)
    yield from find_plates(reading)
    for found in _values(reading):
        value = found[0].lstrip("# ")
        digits = sum(map(str.isdigit, value))
        if len(value) < 3 or digits < 2:
            continue
        find = find_labelled(text, lowered, found, value, digits)
        if find is None and len(value) > 3:
            find = _by_shape(text, found, value, digits)
        if find is not None:
            yield find
    for found in reading.matches(_USER, _LOGINS, as_written=True):
        group = 1 if found[1] else 2
        yield Find(
            found.start(group), found.end(group), Kind.OTHER, 0.9, "a user name behind its label"
        )


def _values(reading: Reading) -> Iterator[re.Match[str]]:
    """Yield the words that hold figures, with what joins their parts."""
    text, passed = reading.text, 0
    for start, end in reading.figures:
        if start < passed:
            continue
        begin, least = start, max(passed, start - _LONGEST)
        while begin > least and (text[begin - 1].isalnum() or text[begin - 1] in _VALUED):
            begin -= 1
        while text[begin] in _JOINS:
            begin += 1
        sign = text.rfind("#", max(least, begin - 2), begin)
        if sign >= 0 and not text[sign + 1 : begin].strip() and not _is_word(text[sign - 1 : sign]):
            begin = sign
        found = _VALUE.match(text, begin)
        passed = end
        if found is not None:
            passed = max(end, found.end())
            yield found


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _by_shape(text: str, found: re.Match[str], value: str, digits: int) -> Find | None:
    start, end = found.span()
    if has_unit(text, end) or names_a_code(text, start):
        return None
    if value.isdigit():
        return _figures(text, start, end, value)
    if _JOINED.fullmatch(value) and digits > 5:
        return Find(start, end, Kind.OTHER, 0.85, "figures in groups, as a record number has")
    if _CHECKED.fullmatch(value):
        return Find(start, end, Kind.MRN, 0.85, "figures and a check digit behind a dash")
    if _ASSIGNED.fullmatch(value) and not is_measured(value):
        return Find(start, end, Kind.OTHER, 0.8, "letters and figures as in a code")
    if is_plain(value):
        if digits >= 7 and value.replace("-", "").isdigit() and not is_range(value):
            return Find(start, end, Kind.OTHER, 0.8, "a long number")
        return None
    if digits < 4 or is_measured(value) or is_term(value) or are_values(value):
        return None
    if any(map(str.isalpha, value)):
        if len(value) == 17 and is_vin(value):
            return Find(start, end, Kind.VEHICLE, 0.98, "a vehicle number with its check digit")
        if len(value) == 9 and is_dea(value):
            return Find(start, end, Kind.LICENCE, 0.98, "a DEA number with its check digit")
        return Find(start, end, Kind.OTHER, 0.85, "letters and figures as in a code")
    return None


def _figures(text: str, start: int, end: int, value: str) -> Find | None:
    if len(value) == 10 and luhn("80840" + value):
        return Find(start, end, Kind.LICENCE, 0.95, "an NPI with its check digit")
    if len(value) == 10:
        return Find(start, end, Kind.PHONE, 0.85, "ten figures, as a telephone number has")
    if len(value) == 9:
        return Find(start, end, Kind.SSN, 0.8, "nine figures, as a social security number has")
    if len(value) >= 13 and luhn(value):
        return Find(start, end, Kind.ACCOUNT, 0.9, "a card or device number with its check digit")
    if len(value) >= 7 or (
        len(value) == 6
        and not _COUNTED.search(text, max(0, start - 30), start)
        and not value.endswith("000")
    ):
        return Find(start, end, Kind.OTHER, 0.85, "a long number")
    return None
