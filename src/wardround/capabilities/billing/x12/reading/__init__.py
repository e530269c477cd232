"""Claim files read back to claims."""

from wardround.capabilities.billing.x12.reading.files import ReadClaim, claims_read, read_837
from wardround.capabilities.billing.x12.reading.keeping import Unheld

__all__ = ["ReadClaim", "Unheld", "claims_read", "read_837"]
