"""Why a prediction may be trusted here: how often it was right for patients like this one."""

from wardround.governance.trust.trust import Asked, Case, Known, trust

__all__ = [
    "Asked",
    "Case",
    "Known",
    "trust",
]
