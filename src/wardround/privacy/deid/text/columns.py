"""Tables: what stands under a heading is what the heading says, bars or tabs between them."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

_HEADINGS = {
    Kind.NAME: "name|patient|patient name|provider|pcp|physician|attending|contact|nurse|doctor|surgeon|guarantor|subscriber|"
    "author|signed by|seen by|ordering|ordered by|relative|next of kin|emergency contact|first name|last name|caregiver",
    Kind.DATE: "dob|date|birth date|date of birth|dos|date of service|visit date|collected|admitted|discharged|drawn|when|birthdate",
    Kind.MRN: "mrn|mr#|mr #|med rec|record|record no|medical record|chart|chart no|patient id|pt id",
    Kind.PHONE: "phone|tel|telephone|cell|mobile|contact number|callback|home phone|work phone|phone number",
    Kind.FAX: "fax",
    Kind.EMAIL: "email|e-mail",
    Kind.PLACE: "address|city|street|zip|zip code|facility|hospital|clinic|site|location|county",
    Kind.SSN: "ssn|social security|ss#",
    Kind.HEALTH_PLAN: "member id|policy|policy no|insurance id|subscriber id|group|plan id|member|insurance no",
    Kind.ACCOUNT: "account|acct|account no|acct no|acct#|invoice|har",
    Kind.LICENCE: "npi|dea|license|licence|license no",
    Kind.DEVICE: "serial|serial no|serial number|device|udi|lot|device id|sn",
    Kind.VEHICLE: "vin|plate|license plate",
    Kind.OTHER: "id|accession|accession no|case|case no|specimen|order|order no|encounter|visit id|subject id|study id|badge",
}
_KINDS = {name: kind for kind, names in _HEADINGS.items() for name in names.split("|")}
_CELL = re.compile(r"[^|\t]+")
_NOTHING = re.compile(r"[\s\-_:=.n/a]*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def find_in_tables(text: str) -> Iterator[Find]:
    """Yield the cells under headings that announce PHI."""
    if "|" not in text and "\t" not in text:
        return
    headings: list[Kind | None] = []
    start = 0
    for line in text.split("\n"):
        cells = list(_CELL.finditer(line)) if "|" in line or "\t" in line else []
        if len(cells) < 2:
            headings = []
        else:
            names = [cell[0].strip().lower().rstrip(".:") for cell in cells]
            kinds = [_KINDS.get(name) for name in names]
            if sum(kind is not None for kind in kinds) >= max(2, len(cells) // 2):
                headings = kinds
            elif len(headings) == len(cells):
                yield from _row(start, cells, headings)
        start += len(line) + 1


def _row(start: int, cells: list[re.Match[str]], headings: list[Kind | None]) -> Iterator[Find]:
    for cell, kind in zip(cells, headings, strict=True):
        written = cell[0].strip()
        if kind is None or _NOTHING.fullmatch(written) or len(written) > 60:
            continue
        if kind is Kind.DATE and (
            sum(map(str.isdigit, written)) < 3 or re.fullmatch(r"(?:19|20)\d\d", written)
        ):
            continue
        if kind is Kind.NAME and not _LETTER.search(written):
            continue
        begin = start + cell.start() + cell[0].index(written)
        yield Find(begin, begin + len(written), kind, 0.92, "a cell under its heading")
