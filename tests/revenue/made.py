"""What the tests of the ledger begin from: claims, people, and what payers decide."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing import (
    Address,
    Adjustment,
    Claim,
    Diagnosis,
    PaidClaim,
    PaidLine,
    Party,
    Patient,
    Payer,
    ProviderAdjustment,
    Remittance,
    ServiceLine,
    Subscriber,
)
from wardround.kernel import Actor, Role

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROSA = Actor(
    id="rosa", name="Rosa Delgado", role=Role.BILLER, reference="Practitioner/rosa-delgado"
)
SUBJECT = "Patient/vega"
HOME = Address(line="12 Elm St", city="Springfield", state="IL", zip="627010001")


def now() -> datetime:
    return NOW


def money(amount: str | int | Decimal) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def subscriber(**more: Any) -> Subscriber:
    fields: dict[str, Any] = {
        "member_id": "1EG4TE5MK73",
        "last": "Vega",
        "first": "Marisol",
        "birth_date": date(1958, 3, 2),
        "sex": "F",
        "address": HOME,
        "filing": "MB",
        "payer": Payer(name="Medicare", id="00831"),
    }
    return Subscriber(**(fields | more))


def claim(
    number: str = "WR-1", charges: tuple[str, ...] = ("150.00", "50.00"), **more: Any
) -> Claim:
    """A complete professional claim of as many lines as charges."""
    lines = tuple(
        ServiceLine(
            number=n,
            procedure=("99214", "93000", "81003", "36415")[(n - 1) % 4],
            charge=Decimal(one),
            place="11",
            pointers=(1,),
            begins=date(2026, 11, 2),
        )
        for n, one in enumerate(charges, 1)
    )
    clinic = Party(
        name="Wardround Clinic",
        npi="1234567893",
        taxonomy="207Q00000X",
        tax_id="123456789",
        address=Address(line="1 Main St", city="Springfield", state="IL", zip="627010001"),
        contact="Billing",
        phone="2175550100",
    )
    fields: dict[str, Any] = {
        "patient": Patient(
            last="Vega",
            first="Marisol",
            birth_date=date(1958, 3, 2),
            sex="F",
            address=HOME,
        ),
        "subscribers": (subscriber(),),
        "billing": clinic,
        "rendering": Party(name="Osei", first="Amara", npi="1245319599", taxonomy="207Q00000X"),
        "diagnoses": (Diagnosis(code="I10"),),
        "lines": lines,
        "place": "11",
        "encounter": "Encounter/1",
    }
    return Claim(id=number, **(fields | more))


def less(group: str, reason: str, amount: str | Decimal) -> Adjustment:
    return Adjustment(group=group, reason=reason, amount=money(amount))


def line(
    procedure: str, charge: str, *adjustments: Adjustment, control: str = "", **more: Any
) -> PaidLine:
    paid = Decimal(charge) - sum((one.amount for one in adjustments), Decimal())
    return PaidLine(
        procedure=procedure,
        charge=Decimal(charge),
        paid=paid,
        adjustments=adjustments,
        control=control,
        **more,
    )


def decided(number: str, *lines: PaidLine, status: str = "1", **more: Any) -> PaidClaim:
    """A claim as a payer decided it by its lines; it balances."""
    return PaidClaim(
        id=number,
        status=status,
        charge=sum((one.charge for one in lines), Decimal("0.00")),
        paid=sum((one.paid for one in lines), Decimal("0.00")),
        payer_control=f"ICN{number}",
        lines=lines,
        **more,
    )


def reversed_of(paid: PaidClaim) -> PaidClaim:
    """The same decision taken back: every amount with the other sign."""

    def back(one: Adjustment) -> Adjustment:
        return one.model_copy(update={"amount": -one.amount})

    lines = tuple(
        one.model_copy(
            update={
                "charge": -one.charge,
                "paid": -one.paid,
                "adjustments": tuple(back(each) for each in one.adjustments),
            }
        )
        for one in paid.lines
    )
    return paid.model_copy(
        update={
            "status": "22",
            "charge": -paid.charge,
            "paid": -paid.paid,
            "adjustments": tuple(back(each) for each in paid.adjustments),
            "lines": lines,
        }
    )


def remittance(
    trace: str, *claims: PaidClaim, plb: tuple[str, ...] = (), **more: Any
) -> Remittance:
    """A payment that balances."""
    provider = tuple(
        ProviderAdjustment(reason="WO", amount=Decimal(one), reference="X") for one in plb
    )
    paid = sum((one.paid for one in claims), Decimal("0.00"))
    fields: dict[str, Any] = {
        "control": "0001",
        "trace": trace,
        "payer_id": "1351840597",
        "payer": "Medicare",
        "payee": "Wardround Clinic",
        "amount": paid - sum((one.amount for one in provider), Decimal()),
        "method": "ACH",
        "paid_on": date(2026, 11, 18),
        "claims": claims,
        "adjustments": provider,
    }
    return Remittance(**(fields | more))
