"""Billing: a signed encounter becomes a claim, scrubbed before it leaves; answers are read back."""

from wardround.capabilities.billing.acknowledgement import (
    Acknowledged,
    Acknowledgement,
    Answer,
    Fault,
)
from wardround.capabilities.billing.billed import Billed
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
from wardround.capabilities.billing.service import Billing, claims_model, load_billing

__all__ = [
    "Acknowledged",
    "Acknowledgement",
    "Address",
    "Adjudication",
    "Adjustment",
    "Answer",
    "Billed",
    "Billing",
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
    "claims_model",
    "load_billing",
]
