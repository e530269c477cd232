"""Institutional claims: type of bill, statement, admission and discharge, revenue."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.checks.procedures import HIPPS
from wardround.capabilities.billing.scrubbing.lists.listing import beginning, listed
from wardround.capabilities.billing.scrubbing.rule import Hit

BILL_TYPE = re.compile(r"0?([0-9][0-9])([0-9A-Z])")
REVENUE = re.compile(r"002[2-4]|0[1-9][0-9]{2}|100[0-9]|[23]10[0-9]")
"""The NUBC's families: 0022 to 0024, 010x to 099x, 100x, 210x and 310x."""
STILL_THERE = "30"
LAST = {"1", "4"}
INTERIM = {"2", "3"}
WINDOW = timedelta(days=3)


def bill(case: Case) -> Iterator[Hit]:
    """See that the type of bill is one, and its last digit the claim's frequency."""
    found = BILL_TYPE.fullmatch(case.claim.bill_type)
    if found is None or found[1] not in listed("bill_types"):
        yield Hit("bill-type", "/bill_type")
    elif found[2] != case.frequency:
        words = {"digit": found[2], "frequency": case.frequency}
        yield Hit("bill-frequency", "/bill_type", words)


def statement(case: Case) -> Iterator[Hit]:
    """See that the statement covers past days of the patient's life, and all the lines."""
    claim, patient = case.claim, case.claim.patient
    begins, ends = claim.begins, claim.ends
    if begins is None or ends is None:
        yield Hit("statement-missing", "/begins" if begins is None else "/ends")
        return
    if ends < begins:
        yield Hit("statement-order", "/ends")
        return
    if ends > case.on:
        yield Hit("statement-future", "/ends")
    born, died = patient.birth_date, patient.death_date
    if (born is not None and begins < born) or (died is not None and begins > died):
        yield Hit("statement-life", "/begins")
    for where, line in case.lines():
        days = [day for day in (line.begins, line.ends) if day is not None]
        if any(not begins <= day <= ends for day in days):
            yield Hit("statement-line", f"{where}/begins", {"line": line.number})


def admission(case: Case) -> Iterator[Hit]:
    """See that an inpatient's claim says when, how and from where the patient came."""
    claim = case.claim
    said = case.inpatient or claim.admission_type
    if said and claim.admission_type not in listed("admission_types"):
        yield Hit("admission-type", "/admission_type")
    newborn = claim.admission_type == "4"
    sources = listed("newborn_sources") if newborn else listed("admission_sources")
    if (case.inpatient or claim.admission_source) and claim.admission_source not in sources:
        yield Hit("admission-source", "/admission_source")
    if not case.inpatient:
        return
    if claim.admission_hour[:2] not in listed("hours"):
        yield Hit("admission-hour", "/admission_hour")
    if claim.admitted is None:
        yield Hit("admission-date", "/admitted")
    elif claim.admitted > case.on or (claim.ends is not None and claim.admitted > claim.ends):
        yield Hit("admission-late", "/admitted")
    elif claim.begins is not None and claim.begins < claim.admitted - WINDOW:
        yield Hit("admission-window", "/begins")


def discharge(case: Case) -> Iterator[Hit]:
    """See that the patient's status goes with the frequency and the dates."""
    claim, words = case.claim, {"frequency": case.frequency}
    status, last = claim.discharge_status, case.frequency in LAST
    if status not in listed("discharge_statuses"):
        yield Hit("discharge-status", "/discharge_status")
    if not case.inpatient:
        return
    if status == STILL_THERE and last:
        yield Hit("discharge-interim", "/discharge_status", words)
    if status and status != STILL_THERE and case.frequency in INTERIM:
        yield Hit("discharge-final", "/discharge_status", words)
    died, begins, ends = claim.patient.death_date, claim.begins, claim.ends
    within = died is not None and begins is not None and ends is not None and begins <= died <= ends
    if within and status not in listed("died"):
        yield Hit("discharge-died", "/discharge_status")
    hour = claim.discharge_hour[:2]
    if (last and status != STILL_THERE and hour not in listed("hours")) or (
        hour and hour not in listed("hours")
    ):
        yield Hit("discharge-hour", "/discharge_hour")


def revenue(case: Case) -> Iterator[Hit]:
    """Each line has a revenue code, and a HCPCS code where an outpatient's needs one."""
    claim = case.claim
    rooms = Decimal(0)
    for where, line in case.lines():
        words = {"line": line.number, "revenue": line.revenue}
        if not line.revenue:
            yield Hit("revenue-missing", f"{where}/revenue", words)
        elif not REVENUE.fullmatch(line.revenue):
            yield Hit("revenue-form", f"{where}/revenue", words)
        elif (
            case.outpatient
            and not line.procedure
            and line.revenue in beginning("revenue_with_code")
            and line.revenue not in HIPPS
        ):
            yield Hit("revenue-code", f"{where}/procedure", words)
        if line.revenue in beginning("room_and_board"):
            rooms += line.units
            if case.outpatient:
                yield Hit("room-outpatient", f"{where}/revenue", words)
    if not case.inpatient or claim.begins is None or claim.ends is None or not claim.lines:
        return
    stay = (claim.ends - claim.begins).days + (claim.discharge_status == STILL_THERE)
    if rooms > max(stay, 1):
        words = {"days": f"{rooms.normalize():f}", "stay": max(stay, 1)}
        yield Hit("revenue-room", "/lines", words)
    elif not rooms and case.facility_type == "11":
        yield Hit("room-missing", "/lines")


CHECKS = (bill, statement, admission, discharge, revenue)
