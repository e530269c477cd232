"""X12 5010 written and read: 837P, 837I, 835, 999, 277CA."""

from wardround.capabilities.billing.x12.balance import Imbalance, Level, unbalanced
from wardround.capabilities.billing.x12.envelope import Envelope, Trader, check_envelopes
from wardround.capabilities.billing.x12.remittances import read_835, remittances
from wardround.capabilities.billing.x12.writing import unfinished, write_837, written

__all__ = [
    "Envelope",
    "Imbalance",
    "Level",
    "Trader",
    "check_envelopes",
    "read_835",
    "remittances",
    "unbalanced",
    "unfinished",
    "write_837",
    "written",
]
