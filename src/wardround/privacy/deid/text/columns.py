"""Tables: what stands under a heading is what it says, with bars, tabs or commas between cells.

Where blanks alone hold the columns apart, a cell is under the heading that begins where it does.

Lists exported as comma-separated values have their heading on top, or, with one field a line, in
front.
"""

import re
from collections.abc import Iterator, Sequence

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

_HEADINGS = {
    Kind.NAME: "name|patient|patient name|last|first|middle|full name|alias|provider|referring|spouse|mother|father|employer|pcp|physician|attending|contact|nurse|doctor|surgeon|guarantor|subscriber|"
    "by|given by|administered by|initials|init|staff|entered by|checked by|verified by|rn|author|signed by|seen by|ordering|ordered by|relative|next of kin|emergency contact|first name|last name|caregiver",
    Kind.DATE: "dob|date|birth date|date of birth|dos|date of service|visit date|collected|admitted|discharged|drawn|birthdate|born|admit|discharge|last visit|next visit|appointment",
    Kind.MRN: "mrn|mrn #|mrn#|hosp no|hospital no|unit no|mr#|mr #|med rec|record|record no|medical record|chart|chart no|patient id|pt id",
    Kind.PHONE: "phone|phones|cell phone|tel|telephone|cell|mobile|contact number|callback|home phone|work phone|phone number",
    Kind.FAX: "fax",
    Kind.EMAIL: "email|e-mail|mail|email address",
    Kind.PLACE: "address|city|town|street|zip|city/st/zip|city state zip|street address|home address|postcode|village|zip code|facility|hospital|clinic|site|location|county",
    Kind.SSN: "ssn|social security|ss#",
    Kind.HEALTH_PLAN: "member id|insurance|medicare|medicaid|policy|policy no|insurance id|subscriber id|group|plan id|member|insurance no",
    Kind.ACCOUNT: "account|acct|acct #|account number|account #|claim|claim no|account no|acct no|acct#|invoice|har",
    Kind.LICENCE: "npi|dea|npi number|license|licence|license no",
    Kind.DEVICE: "serial|serial #|s/n|serials|lot no|lot #|serial no|serial number|device|udi|lot|device id|sn",
    Kind.VEHICLE: "vin|plate|license plate|licence plate|tag|vehicle id|registration|plate no",
    Kind.IP: "ip|ip address|source ip|host",
    Kind.URL: "url|website|web|link",
    Kind.PHOTO: "photo|photo file|image file|file name|filename|picture",
    Kind.BIOMETRIC: "biometric|fingerprint|voiceprint|biometric id",
    Kind.OTHER: "id|badge no|employee id|accession|accession no|case|case no|specimen|order|order no|encounter|visit id|subject id|study id|badge",
}
_KINDS = {name: kind for kind, names in _HEADINGS.items() for name in names.split("|")}
_WORDED = frozenset((Kind.NAME, Kind.PLACE, Kind.EMAIL, Kind.URL, Kind.PHOTO))
"""Kinds that are found without a figure."""
_CELL = re.compile(r"[^|\t]+")
_VALUE = re.compile(r"\"[^\"\n]*\"|[^,\n\"]+")
"""A cell between commas, in quotes if it has one itself."""
_SEPARATED = re.compile(r",(?=[^\s,])")
_ALIGNED = re.compile(r"\S+(?: \S+)*")
"""A cell between two blanks or more."""
_GAP = re.compile(r"\S {2,}\S")
_FIELD = re.compile(r"(?m)^([A-Z][A-Za-z#/ ]{1,24}),(?=\S)")
_NOTHING = re.compile(r"[\s\-_:=.n/a]*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def find_in_tables(text: str) -> Iterator[Find]:
    """Yield the cells under headings that announce PHI."""
    yield from _find_aligned(text)
    barred = "|" in text or "\t" in text
    if not barred and _SEPARATED.search(text) is None:
        return
    headings: list[Kind | None] = []
    start = 0
    for line in text.split("\n"):
        cells = _cells(line)
        if len(cells) < 2:
            headings = []
        else:
            names = [_heading(cell[0]) for cell in cells]
            kinds = [_KINDS.get(name) for name in names]
            if sum(kind is not None for kind in kinds) >= max(2, len(cells) // 2):
                headings = kinds
            elif len(headings) == len(cells):
                yield from _row(start, cells, headings)
            elif _FIELD.match(line) and kinds[0] is not None:
                yield from _row(start, cells[1:2], kinds[:1])
        start += len(line) + 1


def _find_aligned(text: str) -> Iterator[Find]:
    """Yield the cells of tables whose columns are held apart by blanks."""
    if "  " not in text:
        return
    headings: dict[int, Kind] = {}
    start = 0
    for line in text.split("\n"):
        cells = list(_ALIGNED.finditer(line)) if _GAP.search(line) else []
        named = {cell.start(): kind for cell in cells if (kind := _KINDS.get(_heading(cell[0])))}
        if len(named) >= max(2, len(cells) // 2):
            headings = named
        elif not cells:
            headings = {}
        elif headings:
            under = [(cell, headings.get(cell.start())) for cell in cells]
            yield from _row(start, *zip(*under, strict=True))
        start += len(line) + 1


def _cells(line: str) -> list[re.Match[str]]:
    """Return the cells of a line: between bars or tabs, or else between commas without a space."""
    if "|" in line or "\t" in line:
        return list(_CELL.finditer(line))
    return list(_VALUE.finditer(line)) if _SEPARATED.search(line) else []


def _heading(cell: str) -> str:
    return cell.strip().strip('"').lower().replace("_", " ").rstrip(".:#").strip()


def _row(
    start: int, cells: Sequence[re.Match[str]], headings: Sequence[Kind | None]
) -> Iterator[Find]:
    for cell, kind in zip(cells, headings, strict=True):
        written = cell[0].strip().strip('"')
        if kind is None or _NOTHING.fullmatch(written) or len(written) > 60:
            continue
        if kind is Kind.DATE and (
            sum(map(str.isdigit, written)) < 3 or re.fullmatch(r"(?:19|20)\d\d", written)
        ):
            continue
        if kind not in _WORDED and not any(map(str.isdigit, written)):
            continue
        if kind is Kind.NAME and not _LETTER.search(written):
            continue
        begin = start + cell.start() + cell[0].index(written)
        yield Find(begin, begin + len(written), kind, 0.92, "a cell under its heading")
