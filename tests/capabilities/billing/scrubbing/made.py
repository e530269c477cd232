"""A plain claim without a fault, and the scrubber over what the package ships."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from wardround.capabilities.billing import (
    Address,
    Claim,
    ClaimKind,
    Coded,
    Diagnosis,
    Party,
    Patient,
    Payer,
    ServiceLine,
    Subscriber,
)
from wardround.capabilities.billing.scrubbing import Edit, Known, Loaded, Scrubber, load_tables
from wardround.kernel import Severity

ON = date(2026, 6, 30)
DAY = date(2026, 6, 2)
STREET = Address(line="14 Elm St", city="Albany", state="NY", zip="122071234")
GROUP = Party(
    name="Lakeside Medical Group", npi="1234567893", taxonomy="193200000X", tax_id="123456789",
    address=STREET,
)  # fmt: skip
DOCTOR = Party(name="Okafor", first="Chidi", npi="1497758544", taxonomy="207Q00000X")
LINE = ServiceLine(number=1, procedure="99213", charge=Decimal("120.00"), pointers=(1,), begins=DAY)
PLAIN = Claim(
    id="C000001",
    patient=Patient(
        last="Marsh", first="Ana", birth_date=date(1980, 2, 3), sex="F", address=STREET
    ),
    subscribers=(
        Subscriber(member_id="W123456789", filing="CI", payer=Payer(name="Mutual", id="60054")),
    ),
    billing=GROUP,
    rendering=DOCTOR,
    diagnoses=(Diagnosis(code="I10"),),
    lines=(LINE,),
    place="11",
)
STAY = PLAIN.model_copy(
    update={
        "kind": ClaimKind.INSTITUTIONAL, "place": "", "rendering": None, "attending": DOCTOR,
        "bill_type": "0111", "begins": DAY, "ends": date(2026, 6, 5), "admitted": DAY,
        "admission_hour": "07", "admission_type": "1", "admission_source": "1",
        "discharge_hour": "12", "discharge_status": "01",
        "diagnoses": (
            Diagnosis(code="J18.9", on_admission="Y"),
            Diagnosis(code="R06.02", use="admitting"),
        ),
        "lines": (
            ServiceLine(number=1, revenue="0120", charge=Decimal("3000.00"), units=Decimal(3)),
        ),
        "values": (Coded(code="80", amount=Decimal(3)),),
    }
)  # fmt: skip


@cache
def loaded() -> Loaded:
    return load_tables(None)


def edits(claim: Claim, known: Known | None = None, on: date = ON) -> list[Edit]:
    return Scrubber(loaded()).scrub(claim, known, on)


def found(claim: Claim, known: Known | None = None, on: date = ON) -> set[str]:
    """Return the rules that stop the claim or warn of it."""
    return {one.rule for one in edits(claim, known, on) if one.severity is not Severity.NOTE}


def changed(claim: Claim, **fields: object) -> Claim:
    return Claim.model_validate(claim.model_dump() | fields)


def lined(claim: Claim, *lines: Mapping[str, object]) -> Claim:
    """Return the claim with these lines, each like its first."""
    first = claim.lines[0].model_dump()
    made = [first | {"number": place} | dict(one) for place, one in enumerate(lines, 1)]
    return changed(claim, lines=made)


def diagnosed(claim: Claim, *codes: str) -> Claim:
    return changed(claim, diagnoses=[{"code": code} for code in codes])
