"""Numbers that show by their shape what they are, with or without a check digit.

Social security numbers (SSA: areas 000 and 666 are not given out; a letter behind one was a Medicare
claim number), Medicare beneficiary identifiers (CMS, MBI format), payment cards, unique device
identifiers (21 CFR 830.20: GS1, HIBCC), DICOM and universally unique identifiers, figures in groups.
"""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.measured import is_time, names_a_code
from wardround.privacy.deid.text.reading import Reading, near, spans, tried

_SSN = re.compile(
    r"(?<![\w-])(?!000|666)(?:\d{3}|[xX*#•]{3})([- .–])(?:\d{2}|[xX*#•]{2})\1\d{4}"
    r"(?:-?[A-Za-z]\d?)?(?![\w-])"
)
_HIDDEN = re.compile(r"(?<![\w-])(?:[xX]{3}|[*#•]{3})(?=[- .–])")
_HIDING = ("XX", "xx", "**", "##", "••")
_IN_SSN = frozenset("-.–") | {" "}
_IN_CARDS = frozenset(" -")
_CARD = re.compile(
    r"(?<![\d-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{3,4}|3\d{3}([ -])\d{6}\2\d{5})(?![\d-])"
)
_UID = re.compile(r"(?<![\w.])[0-2](?:\.\d{1,20}){6,30}(?![\w])")
_IN_UID = re.compile(r"\.\d{1,10}\.\d{1,10}\.\d{1,10}\.")
_IN_UUID = re.compile(r"-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-")
_UUID = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE
)
_UDI = re.compile(
    r"(?:\(01\)\s?\d{8,16}|\b\d{10,14}(?=\((?:10|11|17|21)\)))(?:\s?\((?:10|11|17|21|240)\)\s?[\w-]{1,20}){0,4}"
    r"|\((?:21|10)\)\s?(?=\w*\d)[A-Za-z0-9-]{4,20}"
)
_UDI_MARKS = ("(01)", "(21)", "(10)", "(17)")
_HIBCC = re.compile(r"\+[A-Z]\d{3}[A-Z0-9]{2,18}/[$\w./+-]{3,40}")
_SPLIT = re.compile(r"(?<![\w-])[A-Z]{1,2}\d{3,6}(?: \d{2,6}){1,3}(?![\w/%]|[.,/-]\d)")
_GROUPS = re.compile(r"(?<![\w./-])(?<!\d,)\d{2,5}(?: \d{2,5}){2,4}(?![\w%]|[.,/-]\d)")
_PAIR = re.compile(r"(?<![\w./-])(?<!\d,)(\d{4}) (\d{4})(?![\w%]|[.,/-]\d| \d)")
_ASSIGNED = re.compile(
    r"\b(?:number|numbers?['’]s|no|id|says|reads|reading|band|wrist\s?band|bracelet|sticker|label|barcode|chart|charts|record|mrn|"
    r"file|account|patient|name|called|under|for (?:him|her|them)|not|and|as)\b",
    re.IGNORECASE,
)
_ON_WHAT = re.compile(
    r"[^.\n]{0,24}\b(?:band|wrist\s?band|bracelet|sticker|label|chart|card|record|file)s?\b",
    re.IGNORECASE,
)
_MBI = re.compile(
    r"(?<![\w-])[1-9][AC-HJ-KM-NP-RT-Y][AC-HJ-KM-NP-RT-Y0-9]\d-?[AC-HJ-KM-NP-RT-Y][AC-HJ-KM-NP-RT-Y0-9]\d"
    r"-?[AC-HJ-KM-NP-RT-Y]{2}\d{2}(?![\w-])",
    re.IGNORECASE,
)
_FEWEST = {_GROUPS: 9, _SPLIT: 7}
"""How many figures a pattern has at least."""

_Shape = tuple[re.Pattern[str], list[int], Kind, float, str]


def find_shapes(reading: Reading) -> Iterator[Find]:
    """Yield the numbers of a text whose shape says what they are."""
    text = reading.text
    for pattern, places, kind, score, reason in _shapes(reading):
        for found in tried(pattern, text, places):
            if sum(map(str.isdigit, found[0])) < _FEWEST.get(pattern, 0):
                continue
            if pattern is _MBI and found[0].isdigit():
                continue
            if pattern is _PAIR and not _is_assigned(text, found):
                continue
            if names_a_code(text, found.start()):
                continue
            yield Find(found.start(), found.end(), kind, score, reason)
    for found in near(_UID, text, spans(_IN_UID, text), 24, 60):
        yield Find(found.start(), found.end(), Kind.OTHER, 0.95, "a DICOM unique identifier")
    if any(mark in text for mark in _UDI_MARKS):
        for found in _UDI.finditer(text):
            yield Find(found.start(), found.end(), Kind.DEVICE, 0.97, "a unique device identifier")
    if "/" in text and "+" in text:
        for found in _HIBCC.finditer(text):
            yield Find(found.start(), found.end(), Kind.DEVICE, 0.95, "a unique device identifier")
    for found in near(_UUID, text, spans(_IN_UUID, text), 14, 20):
        yield Find(found.start(), found.end(), Kind.OTHER, 0.97, "a universally unique identifier")


def _shapes(reading: Reading) -> tuple[_Shape, ...]:
    """Return the patterns of figures, and where each could begin."""
    text = reading.text
    secure: list[int] = []
    cards: list[int] = []
    medicare: list[int] = []
    groups: list[int] = []
    split: list[int] = []
    for start, end in reading.figures:
        length, after = end - start, text[end : end + 1]
        if length == 3 and after in _IN_SSN:
            secure.append(start)
        elif length == 4 and after in _IN_CARDS:
            cards.append(start)
        elif length == 1 and after.isalpha():
            medicare.append(start)
        if after == " " and text[end + 1 : end + 2].isdigit():
            groups.append(start)
            if start and text[start - 1].isupper():
                split.extend((start - 2, start - 1) if start > 1 else (start - 1,))
    if any(mark in text for mark in _HIDING):
        secure = sorted({*secure, *(found.start() for found in _HIDDEN.finditer(text))})
    return (
        (_SSN, secure, Kind.SSN, 0.96, "the shape of a social security number"),
        (_CARD, cards, Kind.ACCOUNT, 0.95, "the shape of a payment card number"),
        (_MBI, medicare, Kind.HEALTH_PLAN, 0.97, "the shape of a Medicare number"),
        (_SPLIT, split, Kind.OTHER, 0.85, "a letter and figures in groups"),
        (_GROUPS, groups, Kind.OTHER, 0.85, "a long number in groups"),
        (_PAIR, groups, Kind.MRN, 0.85, "a number in two groups that somebody was given"),
    )


def _is_assigned(text: str, found: re.Match[str]) -> bool:
    """Whether two groups of four figures are one number: no times or years, and said to be one."""
    if all(is_time(group) for group in found.groups()):
        return False
    before = text[max(0, found.start() - 40) : found.start()]
    return bool(_ASSIGNED.search(before) or _ON_WHAT.match(text, found.end()))
