"""Billing: a signed encounter becomes a claim, scrubbed before it leaves; answers are read back."""

from wardround.capabilities.billing.acknowledgement import (
    Acknowledged,
    Acknowledgement,
    Answer,
    Fault,
)
from wardround.capabilities.billing.model import (
    Address,
    Adjudication,
    Adjustment,
    Claim,
    ClaimKind,
    Coded,
    Diagnosis,
    Money,
    Party,
    Patient,
    Payer,
    ServiceLine,
    Subscriber,
)
from wardround.capabilities.billing.remittance import (
    PaidClaim,
    PaidLine,
    ProviderAdjustment,
    Remittance,
)

__all__ = [
    "Acknowledged",
    "Acknowledgement",
    "Address",
    "Adjudication",
    "Adjustment",
    "Answer",
    "Claim",
    "ClaimKind",
    "Coded",
    "Diagnosis",
    "Fault",
    "Money",
    "PaidClaim",
    "PaidLine",
    "Party",
    "Patient",
    "Payer",
    "ProviderAdjustment",
    "Remittance",
    "ServiceLine",
    "Subscriber",
]
