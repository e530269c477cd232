"""What an institutional claim says by the UB-04's codes: conditions, occurrences, values."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from wardround.capabilities.billing.model import Coded
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import beginning
from wardround.capabilities.billing.scrubbing.rule import Hit

FORM = re.compile(r"[0-9A-Z]{2}")
PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
SPAN = re.compile(r"[7-9][0-9]|M[0-9]|[N-Z][0-9]")
DRG = re.compile(r"[0-9]{3}")
WINDOW = timedelta(days=3)
UNSCHEDULED = {"1", "2", "5"}
EXEMPT = tuple("VWXYZ")
"""Chapters most of whose codes are exempt from reporting presence on admission."""


def codes(case: Case) -> Iterator[Hit]:
    """Condition, occurrence and value codes have their form, dates and amounts."""
    claim = case.claim
    for what, field, listed in (
        ("condition", "conditions", claim.conditions),
        ("occurrence", "occurrences", claim.occurrences),
        ("value", "values", claim.values),
    ):
        seen: set[tuple[object, ...]] = set()
        for place, one in enumerate(listed):
            where, words = f"/{field}/{place}", {"what": what, "code": one.code}
            if not FORM.fullmatch(one.code):
                yield Hit("qualified-form", f"{where}/code", words)
            elif (one.code, one.at) in seen:
                yield Hit("qualified-twice", f"{where}/code", words)
            seen.add((one.code, one.at))
            if what == "occurrence" and (not _dated(one) or max(_days(one)) > case.on):
                yield Hit("occurrence-date", f"{where}/at", words)
            if what == "value" and (one.amount is None or one.amount < 0):
                yield Hit("value-amount", f"{where}/amount", words)


def _days(one: Coded) -> list[date]:
    return [day for day in (one.at, one.until) if day is not None]


def _dated(one: Coded) -> bool:
    if one.at is None:
        return False
    if SPAN.fullmatch(one.code):
        return one.until is not None and one.until >= one.at
    return one.until is None or one.until >= one.at


def operations(case: Case) -> Iterator[Hit]:
    """ICD-10-PCS procedures are of an inpatient, have their form, and a day within the stay."""
    claim = case.claim
    for place, one in enumerate(claim.procedures):
        where, words = f"/procedures/{place}", {"code": one.code}
        if not PCS.fullmatch(one.code.replace(".", "")):
            yield Hit("operation-form", f"{where}/code", words)
        early = claim.begins is not None and one.at is not None and one.at < claim.begins - WINDOW
        if one.at is None or early or (claim.ends is not None and one.at > claim.ends):
            yield Hit("operation-date", f"{where}/at", words)
    if claim.procedures and case.outpatient:
        yield Hit("operation-outpatient", "/procedures")
    elif claim.procedures and claim.operating is None:
        yield Hit("operating-missing", "/operating")
    if claim.drg and not DRG.fullmatch(claim.drg):
        yield Hit("drg-form", "/drg")


def reasons(case: Case) -> Iterator[Hit]:
    """Look for the admitting diagnosis, the reason for the visit, what was there on admission."""
    claim = case.claim
    uses = {one.use for one in claim.diagnoses}
    if case.inpatient and "admitting" not in uses:
        yield Hit("admitting-missing", "/diagnoses")
    came = any(line.revenue in beginning("emergency") for line in claim.lines)
    if (
        case.facility_type in {"13", "85"}
        and came
        and claim.admission_type in UNSCHEDULED
        and "reason" not in uses
    ):
        yield Hit("reason-missing", "/diagnoses")
    for where, one, _ in case.diagnoses():
        words = {"code": one.code}
        if one.on_admission and one.on_admission not in {"Y", "N", "U", "W"}:
            yield Hit("poa-form", f"{where}/on_admission", words)
        elif (
            case.inpatient
            and case.facility_type == "11"
            and not one.on_admission
            and one.use in {"diagnosis", "external"}
            and not one.code.startswith(EXEMPT)
        ):
            yield Hit("poa-missing", f"{where}/on_admission", words)


CHECKS = (codes, operations, reasons)
