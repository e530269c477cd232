"""Numbers that are somebody's: by their label, by their shape and check digit, or by their length.

Shapes and check digits: social security numbers (SSA, areas 000, 666 and 9xx are not given out),
NPI (45 CFR 162.406: Luhn with the prefix 80840), DEA (21 CFR 1301: a letter pair and a checksum),
VIN (49 CFR 565.15), Medicare beneficiary identifiers (CMS, MBI format), payment cards (Luhn).
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.check_digits import is_dea, is_vin, luhn
from wardround.privacy.deid.text.find import Find

_VALUE = re.compile(
    r"(?<![\w@])(?:\#\s?)?[A-Za-z0-9*][A-Za-z0-9*]*(?:[-./_:][A-Za-z0-9*]+){0,9}(?![\w@])"
)
_SSN = re.compile(
    r"(?<![\w-])(?!000|666)(?:\d{3}|[xX*]{3})([- .–])(?:\d{2}|[xX*]{2})\1\d{4}(?![\w-])"
)
_CARD = re.compile(r"(?<![\d-])\d{4}([ -])\d{4}\1\d{4}\1\d{3,4}(?![\d-])")
_UDI = re.compile(r"\(01\)\s?\d{14}(?:\s?\((?:10|11|17|21)\)\s?[\w-]{1,20}){0,4}")
_UUID = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE
)
_GROUPS = re.compile(r"(?<![\w.,/-])\d{2,5}(?: \d{2,5}){2,4}(?![\w%]|[.,/-]\d)")
_MBI = re.compile(
    r"(?<![\w-])[1-9][AC-HJ-KM-NP-RT-Y][AC-HJ-KM-NP-RT-Y0-9]\d-?[AC-HJ-KM-NP-RT-Y][AC-HJ-KM-NP-RT-Y0-9]\d"
    r"-?[AC-HJ-KM-NP-RT-Y]{2}\d{2}(?![\w-])",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"\b(?i:plates?|tag|registration|reg|vin|vehicle|vehicle id(?:entification)?(?: number)?)"
    r"(?:\s(?i:number|no\.?|is|was|reads|of))*[\s:#]{1,3}((?:[A-Z]{2}\s)?[A-Z0-9]{1,4}[ -][A-Z0-9]{1,5})\b"
)
_USER = re.compile(
    r"\b(?:user\s?name|user\s?id|userid|login|log-in|portal id|screen name|handle|mychart(?: id)?|skype|instagram|twitter|facebook)"
    r"(?:\s(?:is|id|name|was))?\s?[:=]\s?([A-Za-z0-9][\w.@-]{2,40})|\b(?:user\s?name|login|handle) (?:is )?([a-z][\w.-]*[\d_.][\w.-]*)",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"user|log-?in|portal id|handle|screen name|mychart|skype|instagram|twitter|facebook"
)
_ICD = re.compile(r"[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?", re.IGNORECASE)
_PLAIN = re.compile(
    r"[<>~]?\d+(?:[.,]\d+)*(?:[-/:x]\d+(?:[.,]\d+)*){0,3}(?:s|th|st|nd|rd|x|%)?", re.IGNORECASE
)
_DOSED = re.compile(
    r"\d+(?:[.,/-]\d+)*(?:-?(?:mg|mcg|ug|g|kg|ml|l|dl|cc|mm|cm|m|hg|mmhg|meq|iu|units?|u|mmol|lbs?|kcal|cal|bpm|hz|khz|mhz|ma|kv|mv|hrs?|h|min|mins|sec|s|d|day|days|wk|wks|week|weeks|month|months|mo|yrs?|yo|y|year|years|old|fr|french|g|gauge|mgy|gy|cgy|kcal|x|pack|french|french|am|pm|a|p|k|f|c|french|in|inch|ft)(?:/\w+)*)+",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:covid-?19|sars-cov-?2|h\d+n\d+|hb?a1c|ca-?\d{2,3}(?:-\d)?|spo2|[a-z]{1,4}\d{1,2}|[ctls]\d{1,2}[-/][ctls]?\d{1,2}|"
    r"il-?\d+\w?|cd\d+|gpiib|fev-?1|hla-\w+|[a-z]+-\d{1,2}|\d{1,2}[a-z]{1,3}|g\dp\d\w*|t\d[nm]\w+|[a-z]\d+-[a-z]\d+|phq-?\d|gad-?\d|"
    r"omega-?\d|[pc]o2|fio2|b-?12|d-?[23]|q\d+h?|x\d+|[a-z]{2,}\d{1,2}[a-z]?|\d-\d|[a-z]{2,6}-?\d{2}/\d{2,3}|nyha|cha2ds2(?:-vasc)?|"
    r"hcc\d+|cyp\w{2,4}|mthfr\w*|c\d{3,4}t|a\d{3,4}[gct]|[gact]\d{2,5}[gact]|v600e|braf\w*|kras\w*|egfr\w*)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"covid-?19|sars-cov-?2|ca-?\d{2,3}(?:-\d)?|h\d+n\d+|hla-\w+|cha2ds2(?:-vasc)?|fev-?1",
    re.IGNORECASE,
)
_JOINING = frozenset(
    (
        "is was as of are the it's its his her their my your reads shows ending ends in under "
        "listed on file recorded documented for to at given verified confirmed stamped labeled "
        "labelled marked assigned with patient's pt's our this that and also number num nr no id "
        "new old current following entered noted matches matched which registered read from"
    ).split()
)
"""Words between a label and its number."""
_BETWEEN = " \t\n:#=.,([*|\"'>/–-"
_WORDS = re.compile(r"[a-z#][a-z'#/-]*|\n")
_LOOK = 72
_WEAK = frozenset(
    (
        "file unit model lead pump plan group order code key line call visit image picture photo "
        "file record case bin pcn ref reference block slide kit batch card cert license certificate "
        "permit passport monitor sensor retina iris dna scan subject sample barcode hash token text "
        "dial reach folder registry referral medicare medicaid coverage contact chart account claim "
        "policy insurance member vehicle device implant id acc fin har check receipt social ss mr "
        "icd pin ticket incident order encounter login handle template portrait snapshot selfie lot "
        "tag plate session transaction"
    ).split()
)
_NO_UNIT = re.compile(
    r"\s?(?:mg|mcg|ml|cc(?!:)|units?|iu|mmhg|%|percent|bpm|years?|yrs?|days?|weeks?|months?|hours?|minutes?|times|tablets?|pills?|lbs?|pounds|kg|cm|mm|degrees|calories|steps|meq|mmol|dollars|patients)\b",
    re.IGNORECASE,
)


def find_numbers(text: str, lowered: str) -> Iterator[Find]:
    """Yield the numbers of a text that are somebody's."""
    yield from _shaped(text)
    labels = _labels()
    for found in _VALUE.finditer(text):
        value = found[0]
        if len(value) < 3 or (len(value) == 3 and value.isdigit()):
            continue
        digits = sum(map(str.isdigit, value))
        if digits < 2:
            continue
        find = _labelled(text, lowered, found, value, digits, labels) or _by_shape(
            text, found, value, digits
        )
        if find is not None:
            yield find
    for found in _USER.finditer(text) if _LOGIN.search(lowered) else ():
        group = 1 if found[1] else 2
        yield Find(
            found.start(group), found.end(group), Kind.OTHER, 0.9, "a user name behind its label"
        )


def _shaped(text: str) -> Iterator[Find]:
    for found in _SSN.finditer(text):
        yield Find(
            found.start(), found.end(), Kind.SSN, 0.96, "the shape of a social security number"
        )
    for found in _CARD.finditer(text):
        yield Find(
            found.start(), found.end(), Kind.ACCOUNT, 0.95, "the shape of a payment card number"
        )
    for found in _UDI.finditer(text):
        yield Find(found.start(), found.end(), Kind.DEVICE, 0.97, "a unique device identifier")
    for found in _UUID.finditer(text):
        yield Find(found.start(), found.end(), Kind.OTHER, 0.97, "a universally unique identifier")
    for found in _MBI.finditer(text):
        if any(map(str.isalpha, found[0])):
            yield Find(
                found.start(), found.end(), Kind.HEALTH_PLAN, 0.97, "the shape of a Medicare number"
            )
    for found in _PLATE.finditer(text):
        if any(map(str.isdigit, found[1])):
            yield Find(
                found.start(1), found.end(1), Kind.VEHICLE, 0.9, "a licence plate behind its label"
            )
    for found in _GROUPS.finditer(text):
        digits = sum(map(str.isdigit, found[0]))
        if digits >= 9:
            yield Find(found.start(), found.end(), Kind.OTHER, 0.85, "a long number in groups")


def _labelled(
    text: str, lowered: str, found: re.Match[str], value: str, digits: int, labels: dict[str, Kind]
) -> Find | None:
    start, end = found.span()
    before = _before(lowered[max(0, start - _LOOK) : start])
    if not before or not (before[-1].isalpha() or before[-1] in "#'"):
        return None
    words = _WORDS.findall(before[-40:])
    # A cut word at the edge of what is looked at is no word.
    for number in range(min(4, len(words)), 0, -1):
        label = " ".join(words[-number:]).strip("#-/ ")
        kind = labels.get(label)
        if kind is None and label.endswith("s"):
            kind = labels.get(label[:-1])
        if kind is None:
            continue
        weak = label in _WEAK or kind in {Kind.PHONE, Kind.FAX, Kind.PHOTO}
        if not _looks_labelled(text, end, value, digits, weak=weak):
            return None
        if (
            kind in {Kind.PHONE, Kind.FAX}
            and digits < 7
            and label not in {"ext", "extension", "pager", "pager number", "beeper"}
        ):
            return None
        return Find(start, end, kind, 0.95, f"a number behind “{label}”")
    return None


def _before(text: str) -> str:
    """Return what stands before a number without what joins it to a label; at most one line up."""
    before = text.rstrip(_BETWEEN)
    if text.count("\n", len(before)) > 1:
        return ""
    while before:
        word = before[before.rfind(" ") + 1 :].rpartition("\n")[2]
        if word not in _JOINING:
            break
        before = before[: -len(word)].rstrip(_BETWEEN)
    return before


def _looks_labelled(text: str, end: int, value: str, digits: int, *, weak: bool) -> bool:
    alnum = sum(map(str.isalnum, value))
    if _KNOWN.fullmatch(value) or _NO_UNIT.match(text, end) or _DOSED.fullmatch(value):
        return False
    if value.isdigit():
        if len(value) == 4 and value[:2] in {"19", "20"} and weak:
            return False
        return len(value) >= (5 if weak else 4)
    if _PLAIN.fullmatch(value) and not (value.count("-") and digits >= 6):
        return digits >= 7 and "." not in value
    if weak:
        return alnum >= 5 and digits >= 3
    return alnum >= 4 and digits >= 2


def _by_shape(text: str, found: re.Match[str], value: str, digits: int) -> Find | None:
    start, end = found.span()
    value = value.lstrip("# ")
    if value.isdigit():
        return _figures(text, start, end, value)
    if (
        digits < 4
        or _PLAIN.fullmatch(value)
        or _DOSED.fullmatch(value)
        or _ICD.fullmatch(value)
        or _TERM.fullmatch(value)
    ):
        if (
            digits >= 8
            and _PLAIN.fullmatch(value)
            and "." not in value
            and "," not in value
            and "/" not in value
            and ":" not in value
        ):
            return Find(start, end, Kind.OTHER, 0.8, "a long number")
        return None
    if any(map(str.isalpha, value)):
        if len(value) == 17 and is_vin(value):
            return Find(start, end, Kind.VEHICLE, 0.98, "a vehicle number with its check digit")
        if len(value) == 9 and is_dea(value):
            return Find(start, end, Kind.LICENCE, 0.98, "a DEA number with its check digit")
        if _NO_UNIT.match(text, end) or re.fullmatch(
            r"(?:19|20)\d\d'?s|\d{1,2}:\d\d(?::\d\d)?\s?[ap]m", value, re.IGNORECASE
        ):
            return None
        return Find(start, end, Kind.OTHER, 0.85, "letters and figures as in a code")
    return None


def _figures(text: str, start: int, end: int, value: str) -> Find | None:
    if _NO_UNIT.match(text, end):
        return None
    if len(value) == 10 and luhn("80840" + value):
        return Find(start, end, Kind.LICENCE, 0.95, "an NPI with its check digit")
    if len(value) == 10:
        return Find(start, end, Kind.PHONE, 0.85, "ten figures, as a telephone number has")
    if len(value) == 9:
        return Find(start, end, Kind.SSN, 0.8, "nine figures, as a social security number has")
    if len(value) >= 13 and luhn(value):
        return Find(start, end, Kind.ACCOUNT, 0.9, "a card or device number with its check digit")
    if len(value) >= 7:
        return Find(start, end, Kind.OTHER, 0.85, "a long number")
    return None


@cache
def _labels() -> dict[str, Kind]:
    cues = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))["numbers"]
    labels: dict[str, Kind] = {}
    for kind, words in cues.items():
        for word in words.split("|"):
            # What joins a label to its value is passed over, so a label ends before it.
            short = re.sub(r"(?: (?:number|no|id|#))+$", "", word)
            for label in (word, short):
                labels.setdefault(label, Kind(kind))
    return labels
