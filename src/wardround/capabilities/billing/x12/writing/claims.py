"""One claim (2300) with its providers (2310), other payers (2320, 2330) and lines."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from wardround.capabilities.billing.model import Claim, ClaimKind, Diagnosis
from wardround.capabilities.billing.x12.values import day, days, number, words
from wardround.capabilities.billing.x12.writing.others import other_coverages
from wardround.capabilities.billing.x12.writing.parties import (
    address,
    contact,
    provider,
    specialty,
)
from wardround.capabilities.billing.x12.writing.rows import Row, Rows, parts
from wardround.capabilities.billing.x12.writing.services import service_lines

_A_SEGMENT = 12
"""How many codes an HI holds."""


def claim_rows(claim: Claim) -> Rows:
    """Give the segments of one claim, from CLM to its last line."""
    if claim.kind is ClaimKind.PROFESSIONAL:
        yield from _professional(claim)
    else:
        yield from _institutional(claim)
    yield from other_coverages(claim)
    yield from service_lines(claim)


def frequency(claim: Claim) -> str:
    """Return CLM05-3: the claim's frequency, or that of its bill type where it says no other."""
    if claim.kind is ClaimKind.INSTITUTIONAL and claim.frequency == "1":
        return bill_type(claim)[2:] or "1"
    return claim.frequency


def bill_type(claim: Claim) -> str:
    """Return the bill type without its leading zero."""
    given = claim.bill_type
    return given[1:] if len(given) == 4 and given.startswith("0") else given


def _professional(claim: Claim) -> Rows:
    accident = parts(claim.accident, "", "", claim.accident_state) if claim.accident else ""
    yield (
        "CLM", claim.id, number(claim.total), "", "", parts(claim.place, "B", frequency(claim)),
        "Y" if claim.signature_on_file else "N", claim.accept_assignment, claim.benefits_assigned,
        claim.release, "", accident,
    )  # fmt: skip
    for kind, at in (("431", claim.onset), ("439", claim.accident_date), ("435", claim.admitted)):
        if at is not None:
            yield ("DTP", kind, "D8", day(at))
    if claim.patient_paid is not None:
        yield ("AMT", "F5", number(claim.patient_paid))
    yield from _references(claim)
    yield from _noted(claim)
    codes = [
        parts("ABF" if index else "ABK", plain(one.code))
        for index, one in enumerate(claim.diagnoses)
    ]
    yield from _coded(codes)
    yield from _coded([parts("BG", one.code) for one in claim.conditions])
    if claim.referring is not None:
        yield provider("DN", claim.referring, kind="1")
    if claim.rendering is not None:
        yield provider("82", claim.rendering)
        yield from specialty("PE", claim.rendering)
    yield from _facility(claim)
    if claim.supervising is not None:
        yield provider("DQ", claim.supervising, kind="1")


def _institutional(claim: Claim) -> Rows:
    yield (
        "CLM", claim.id, number(claim.total), "", "",
        parts(bill_type(claim)[:2], "A", frequency(claim)), "", claim.accept_assignment,
        claim.benefits_assigned, claim.release,
    )  # fmt: skip
    if claim.discharge_hour:
        yield ("DTP", "096", "TM", f"{claim.discharge_hour:0<4}")
    if claim.begins is not None and claim.ends is not None:
        yield ("DTP", "434", "RD8", days(claim.begins, claim.ends))
    if claim.admitted is not None:
        hour = f"{claim.admission_hour:0<4}" if claim.admission_hour else ""
        yield ("DTP", "435", "DT" if hour else "D8", day(claim.admitted) + hour)
    yield ("CL1", claim.admission_type, claim.admission_source, claim.discharge_status)
    yield from _references(claim)
    yield from _noted(claim)
    yield from _institutional_codes(claim)
    for role, party in (
        ("71", claim.attending), ("72", claim.operating), ("82", claim.rendering),
    ):  # fmt: skip
        if party is not None:
            yield provider(role, party, kind="1")
            if role == "71":
                yield from specialty("AT", party)
    yield from _facility(claim)
    if claim.referring is not None:
        yield provider("DN", claim.referring, kind="1")


def _institutional_codes(claim: Claim) -> Rows:
    used: dict[str, list[Diagnosis]] = {}
    for one in claim.diagnoses:
        used.setdefault(one.use, []).append(one)
    main = used.get("diagnosis", [])
    yield from _coded([_diagnosed("ABK", one) for one in main[:1]])
    yield from _coded([parts("ABJ", plain(one.code)) for one in used.get("admitting", [])])
    yield from _coded([parts("APR", plain(one.code)) for one in used.get("reason", [])])
    yield from _coded([_diagnosed("ABN", one) for one in used.get("external", [])])
    yield from _coded([parts("DR", claim.drg)] if claim.drg else [])
    yield from _coded([_diagnosed("ABF", one) for one in main[1:]])
    done = [(plain(each.code), "D8", day(each.at) if each.at else "") for each in claim.procedures]
    yield from _coded([parts("BBR", *each) for each in done[:1]])
    yield from _coded([parts("BBQ", *each) for each in done[1:]])
    yield from _coded(
        [
            parts("BI", each.code, "RD8", days(each.at, each.until))
            for each in claim.occurrences
            if each.at and each.until
        ]
    )
    yield from _coded(
        [
            parts("BH", each.code, "D8", day(each.at))
            for each in claim.occurrences
            if each.at and not each.until
        ]
    )
    yield from _coded(
        [parts("BE", each.code, "", "", number(each.amount or Decimal(0))) for each in claim.values]
    )
    yield from _coded([parts("BG", each.code) for each in claim.conditions])


def plain(code: str) -> str:
    """Return an ICD code as files have it: without its dot."""
    return code.replace(".", "").upper()


def _diagnosed(kind: str, one: Diagnosis) -> str:
    return parts(kind, plain(one.code), "", "", "", "", "", "", one.on_admission)


def _coded(codes: Sequence[str]) -> Iterable[Row]:
    for at in range(0, len(codes), _A_SEGMENT):
        yield ("HI", *codes[at : at + _A_SEGMENT])


def _references(claim: Claim) -> Rows:
    professional = claim.kind is ClaimKind.PROFESSIONAL
    for kind, value in (
        ("9F", claim.referral),
        ("G1", claim.authorization),
        ("F8", claim.original),
        ("X4", claim.clia if professional else ""),
        ("LU", "" if professional else claim.accident_state),
        ("EA", claim.record_number),
    ):
        if value:
            yield ("REF", kind, value)


def _noted(claim: Claim) -> Rows:
    if note := words(claim.note):
        yield ("NTE", "ADD", note)


def _facility(claim: Claim) -> Rows:
    if claim.facility is not None:
        yield provider("77", claim.facility, kind="2")
        yield from address(claim.facility.address)
        if claim.kind is ClaimKind.PROFESSIONAL:
            yield from contact(claim.facility.contact, claim.facility.phone, "")
