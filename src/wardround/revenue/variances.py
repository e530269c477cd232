"""Where a payer's decision is not what was to be expected."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from wardround.capabilities.billing import Claim, PaidClaim, PaidLine
from wardround.kernel import Noun
from wardround.revenue.adjudged import REVERSAL, services_of
from wardround.revenue.fees import Fees
from wardround.revenue.model import Account, Listed
from wardround.revenue.money import CENT
from wardround.revenue.reasons import account_of


class VarianceKind(StrEnum):
    """What is not as expected."""

    CHARGE = "another charge"
    UNDERPAID = "underpaid"
    OVERPAID = "overpaid"
    REVERSAL = "reversal of nothing"
    WRITTEN_OFF = "written off before"


class Variance(Noun):
    """One thing that is not as expected, of a service where one is named."""

    kind: VarianceKind
    service: int | None = None
    procedure: str = ""
    expected: Decimal
    found: Decimal


def variances(paid: PaidClaim, claim: Listed, body: Claim | None, fees: Fees) -> Iterator[Variance]:
    """Give what a person should look at; nothing of it stops a posting."""
    if paid.status == REVERSAL:
        if claim.balance.paid + paid.paid < 0:
            yield Variance(
                kind=VarianceKind.REVERSAL, expected=claim.balance.paid, found=-paid.paid
            )
        return
    if paid.charge != claim.charge:
        yield Variance(kind=VarianceKind.CHARGE, expected=claim.charge, found=paid.charge)
    if claim.balance.written_off > 0 and paid.paid > 0:
        yield Variance(
            kind=VarianceKind.WRITTEN_OFF, expected=claim.balance.written_off, found=paid.paid
        )
    for line, service in zip(paid.lines, services_of(paid, body), strict=True):
        if any(account_of(one) is Account.DENIED for one in line.adjustments):
            continue  # it is worked as a denial
        expected = _expected(line, claim, body, service, fees)
        allowed = allowed_of(line)
        if expected is not None and expected != allowed:
            kind = VarianceKind.UNDERPAID if allowed < expected else VarianceKind.OVERPAID
            yield Variance(
                kind=kind,
                service=service,
                procedure=line.procedure,
                expected=expected,
                found=allowed,
            )


def allowed_of(line: PaidLine) -> Decimal:
    """Return what the payer allows: as it says (AMT*B6), or what is paid and the patient owes."""
    if line.allowed is not None:
        return line.allowed
    owed = (one.amount for one in line.adjustments if account_of(one) is Account.PATIENT)
    return line.paid + sum(owed, Decimal())


def _expected(
    line: PaidLine, claim: Listed, body: Claim | None, service: int | None, fees: Fees
) -> Decimal | None:
    ours = None if body is None else next((x for x in body.lines if x.number == service), None)
    day = line.begins or (ours.begins if ours else None) or claim.serviced
    if day is None:
        return None
    fee = fees(claim.payer, line.procedure, line.modifiers, day)
    if fee is None:
        return None
    units = line.units if line.units > 0 else Decimal(1)
    return min((fee * units).quantize(CENT), line.charge)
