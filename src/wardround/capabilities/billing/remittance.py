"""What a payer answers with money: an 835 (005010X221A1), as posted to the ledger.

Every level balances, or it is not posted: a line's charge less its adjustments is what it is paid,
and so is a claim's; the claims' payments less the provider adjustments are the payment (835 TR3,
section 1.10.2).
"""

from datetime import date
from decimal import Decimal

from wardround.capabilities.billing.model import Adjustment, Money
from wardround.kernel import Noun


class PaidLine(Noun):
    """One service line as the payer decided it (SVC); ``remarks`` are RARCs."""

    procedure: str
    modifiers: tuple[str, ...] = ()
    revenue: str = ""
    charge: Money
    paid: Money
    units: Decimal = Decimal(1)
    begins: date | None = None
    control: str = ""
    allowed: Money | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()


class PaidClaim(Noun):
    """One claim as the payer decided it (CLP).

    ``id`` is the patient control number, ``status`` CLP02 (1 primary, 2 secondary, 4 denied, 22
    reversal …), ``payer_control`` the payer's own number, ``forwarded_to`` the payer to whom it was
    passed on (NM1*TT).
    """

    id: str
    status: str
    charge: Money
    paid: Money
    patient_owes: Money = Decimal("0.00")
    filing: str = ""
    payer_control: str = ""
    forwarded_to: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: tuple[PaidLine, ...] = ()


class ProviderAdjustment(Noun):
    """Money between payer and provider that is of no claim (PLB); positive: less is paid."""

    reason: str
    amount: Money
    reference: str = ""


class Remittance(Noun):
    """One 835 transaction: ``trace`` (TRN02) with ``payer_id`` (TRN03) names the payment."""

    control: str
    trace: str
    payer_id: str
    payer: str
    payee: str
    payee_npi: str = ""
    amount: Money
    method: str
    paid_on: date | None = None
    claims: tuple[PaidClaim, ...] = ()
    adjustments: tuple[ProviderAdjustment, ...] = ()
