"""Why a prediction may be trusted here: how often it was right for patients like this one."""

from wardround.governance.trust.trust import FEWEST, Asked, Case, Known, trust

__all__ = [
    "FEWEST",
    "Asked",
    "Case",
    "Known",
    "trust",
]
