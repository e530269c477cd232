"""X12 5010 written and read: 837P, 837I, 835, 999, 277CA."""

from wardround.capabilities.billing.x12.acknowledgements import (
    acknowledgements,
    read_acknowledgements,
    unknown_claims,
)
from wardround.capabilities.billing.x12.balance import Imbalance, Level, unbalanced
from wardround.capabilities.billing.x12.checking import check
from wardround.capabilities.billing.x12.envelope import (
    Envelope,
    Trader,
    check_envelopes,
    kinds_of,
)
from wardround.capabilities.billing.x12.exporting import export_837
from wardround.capabilities.billing.x12.reading import ReadClaim, Unheld, claims_read, read_837
from wardround.capabilities.billing.x12.remittances import read_835, remittances
from wardround.capabilities.billing.x12.writing import (
    Refuses,
    unfinished,
    write_837,
    written,
)

__all__ = [
    "Envelope",
    "Imbalance",
    "Level",
    "ReadClaim",
    "Refuses",
    "Trader",
    "Unheld",
    "acknowledgements",
    "check",
    "check_envelopes",
    "claims_read",
    "export_837",
    "kinds_of",
    "read_835",
    "read_837",
    "read_acknowledgements",
    "remittances",
    "unbalanced",
    "unfinished",
    "unknown_claims",
    "write_837",
    "written",
]
