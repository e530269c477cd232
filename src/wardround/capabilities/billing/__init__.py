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
from wardround.capabilities.billing.scrubbing import Edit, Known, Scrubber, blocks
from wardround.capabilities.billing.service import Billing, claims_model, load_billing
from wardround.capabilities.billing.x12 import (
    Envelope,
    Imbalance,
    Trader,
    kinds_of,
    read_835,
    read_acknowledgements,
    unbalanced,
    write_837,
)

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
    "Edit",
    "Envelope",
    "Fault",
    "Imbalance",
    "Known",
    "Money",
    "PaidClaim",
    "PaidLine",
    "Party",
    "Patient",
    "Payer",
    "ProviderAdjustment",
    "Remittance",
    "Scrubber",
    "ServiceLine",
    "Subscriber",
    "Trader",
    "blocks",
    "claims_model",
    "kinds_of",
    "load_billing",
    "read_835",
    "read_acknowledgements",
    "unbalanced",
    "write_837",
]
