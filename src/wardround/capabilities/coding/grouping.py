"""The DRG of a stay as a worksheet: the group, what each code is to it, and what was assumed."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wardround.capabilities.coding.drg import Grouped, Stay, Weighed, group
from wardround.capabilities.coding.model import Code, Coded
from wardround.kernel import (
    Context,
    Draft,
    InvalidInput,
    NotFound,
    Resource,
    Unavailable,
    day_of,
)

PCS = frozenset({"http://www.cms.gov/Medicare/Coding/ICD10", "http://hl7.org/fhir/sid/icd-10-pcs"})
"""The systems by which ICD-10-PCS is known in FHIR."""

_HOME = 1
_DISPOSITIONS = {"home": 1, "alt-home": 1, "snf": 3, "aadvice": 7, "exp": 20}
_DISPOSITIONS |= {"rehab": 62, "long": 63, "psy": 65}
"""Patient status codes (UB-04, form locator 17) by FHIR's discharge dispositions.

A hospice may be at home or not, and another facility any: for these the code itself is needed.
"""


class Row(NamedTuple):
    """One diagnosis that stands, and what it is to the group; the principal has no weight."""

    code: Code
    weighed: Weighed | None


class Grouping(NamedTuple):
    """The worksheet; where there is no group, ``why_not`` says why, and how that is mended."""

    grouped: Grouped | None
    rows: tuple[Row, ...] = ()
    procedures: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    why_not: str = ""


def grouping(draft: Draft, coded: Coded, context: Context) -> Grouping | None:
    """Return the worksheet of a stay by the codes that stand; None of what is no stay."""
    if coded.setting != "inpatient":
        return None
    standing = [code for _, code in coded.standing]
    try:
        stay, assumed = _stay(draft, coded, context)
        grouped = group(stay)
    except (InvalidInput, NotFound, Unavailable) as error:
        return Grouping(None, why_not=" ".join(part for part in (error.what, error.mend) if part))
    weights = (None, *grouped.weighed)
    rows = tuple(Row(*pair) for pair in zip(standing, weights, strict=True))
    return Grouping(grouped, rows, tuple(stay.procedures), assumed)


def _stay(draft: Draft, coded: Coded, context: Context) -> tuple[Stay, tuple[str, ...]]:
    patient, visit = context.read(draft.subject), context.read(draft.encounter or "")
    admitted = day_of(visit.get("period", {}).get("start")) or coded.date
    born = day_of(patient.get("birthDate"))
    if born is None:
        raise InvalidInput("A stay is grouped by the patient's age.", mend="Enter the birth date.")
    status, assumed = _status(visit)
    stay = Stay(
        diagnoses=[(code.code, "") for _, code in coded.standing],
        procedures=list(_procedures(draft, context)),
        age=admitted.year - born.year - ((admitted.month, admitted.day) < (born.month, born.day)),
        sex=str(patient.get("gender", "")),
        discharge_status=status,
        discharged=coded.date,
    )
    present = "Each diagnosis is taken as present on admission."
    return stay, (present, *((assumed,) if assumed else ()))


def _status(visit: Resource) -> tuple[int, str]:
    """Return the patient status on discharge, and what was assumed where none is written."""
    disposition = visit.get("hospitalization", {}).get("dischargeDisposition", {})
    for coding in disposition.get("coding", []):
        code = str(coding.get("code", ""))
        if code in _DISPOSITIONS:
            return _DISPOSITIONS[code], ""
        if code.isdigit() and len(code) == 2:
            return int(code), ""
    return _HOME, "The record does not say where the patient went; home (01) is assumed."


def _procedures(draft: Draft, context: Context) -> Iterator[str]:
    """Yield the ICD-10-PCS codes of the stay's procedures that the chart holds."""
    for procedure in context.search("Procedure", encounter=draft.encounter or ""):
        codings: list[Mapping[str, Any]] = procedure.get("code", {}).get("coding", [])
        done = procedure.get("status") == "completed"
        yield from (str(c["code"]) for c in codings if done and c.get("system") in PCS)
