"""HL7 version 2 messages: each field is what its place in its segment says (HL7 2.5.1, chapter 3 ff.)."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

_SEGMENT = re.compile(r"(?m)^(?:MSH|PID|PD1|NK1|PV1|GT1|IN1|ORC|OBR|OBX|DG1|EVN|ZPI|ZPD)\|[^\n\r]*")
_PEOPLE, _SITES = Kind.NAME, Kind.PLACE
_FIELDS: dict[str, dict[int, Kind]] = {
    "PID": {
        2: Kind.MRN, 3: Kind.MRN, 4: Kind.MRN, 5: _PEOPLE, 6: _PEOPLE, 7: Kind.DATE, 9: _PEOPLE, 11: _SITES,
        12: _SITES, 13: Kind.PHONE, 14: Kind.PHONE, 18: Kind.ACCOUNT, 19: Kind.SSN, 20: Kind.LICENCE,
        21: Kind.MRN, 23: _SITES, 29: Kind.DATE,
    },
    "PD1": {3: _SITES, 4: _PEOPLE},
    "NK1": {2: _PEOPLE, 4: _SITES, 5: Kind.PHONE, 6: Kind.PHONE, 16: Kind.DATE, 30: _PEOPLE, 31: Kind.PHONE, 32: _SITES},
    "PV1": {7: _PEOPLE, 8: _PEOPLE, 9: _PEOPLE, 17: _PEOPLE, 19: Kind.OTHER, 44: Kind.DATE, 45: Kind.DATE, 50: Kind.OTHER},
    "GT1": {2: Kind.ACCOUNT, 3: _PEOPLE, 4: _PEOPLE, 5: _SITES, 6: Kind.PHONE, 7: Kind.PHONE, 8: Kind.DATE, 12: Kind.SSN, 16: _PEOPLE},
    "IN1": {8: Kind.HEALTH_PLAN, 16: _PEOPLE, 18: Kind.DATE, 19: _SITES, 36: Kind.HEALTH_PLAN, 49: Kind.HEALTH_PLAN},
    "ORC": {2: Kind.OTHER, 3: Kind.OTHER, 9: Kind.DATE, 10: _PEOPLE, 11: _PEOPLE, 12: _PEOPLE, 14: Kind.PHONE},
    "OBR": {
        2: Kind.OTHER, 3: Kind.OTHER, 6: Kind.DATE, 7: Kind.DATE, 8: Kind.DATE, 10: _PEOPLE, 14: Kind.DATE,
        16: _PEOPLE, 17: Kind.PHONE, 22: Kind.DATE, 28: _PEOPLE, 32: _PEOPLE, 34: _PEOPLE, 36: Kind.DATE,
    },
    "OBX": {14: Kind.DATE, 16: _PEOPLE, 19: Kind.DATE},
    "EVN": {2: Kind.DATE, 5: _PEOPLE, 6: Kind.DATE},
}  # fmt: skip
_CARETS = re.compile(
    r"(?<![\w^|-])[^\W\d_][\w'’ -]{1,40}\^[^\W\d_][\w'’-]{1,30}(?:\^[^\W\d_]*)?(?![\w^|])"
)
_PART = re.compile(r"[^~^&]+")
_STATE = re.compile(r"[A-Z]{2}|USA?")
_DEGREE = re.compile(r"MD|DO|RN|NP|PA|PhD|DR|JR|SR|II|III|IV|L|M|H|W|C|P", re.IGNORECASE)


def find_in_messages(text: str) -> Iterator[Find]:
    """Yield what the segments of HL7 messages say of people."""
    if "^" in text:
        for found in _CARETS.finditer(text):
            yield Find(found.start(), found.end(), Kind.NAME, 0.9, "a name in parts, as HL7 has it")
    if "|" not in text:
        return
    for segment in _SEGMENT.finditer(text):
        name, start = segment[0][:3], segment.start()
        kinds = _FIELDS.get(name, {})
        # The first field of MSH is the separator itself.
        for number, field in enumerate(segment[0].split("|")):
            kind = kinds.get(number)
            if kind is not None and number:
                yield from _parts(start, field, kind)
            start += len(field) + 1


def _parts(start: int, field: str, kind: Kind) -> Iterator[Find]:
    """Yield the components of a field that are PHI: of an address all but the state."""
    for part in _PART.finditer(field):
        written, figures = part[0], any(map(str.isdigit, part[0]))
        if kind is Kind.PLACE and _STATE.fullmatch(written):
            continue
        if kind is Kind.NAME and part.start() and _DEGREE.fullmatch(written) and len(written) > 1:
            continue
        if not figures and kind not in {Kind.NAME, Kind.PLACE}:
            continue
        shown = Kind.LICENCE if kind is Kind.NAME and figures else kind
        yield Find(
            start + part.start(), start + part.end(), shown, 0.96, "a field of an HL7 message"
        )
