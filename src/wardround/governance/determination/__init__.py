"""Whether a function is a device: the four criteria answered with evidence, and what follows."""

from wardround.governance.determination.criteria import Answered, Criteria, Reply, Result, decide
from wardround.governance.determination.determination import (
    Determination,
    Function,
    is_device,
    read_determination,
)
from wardround.governance.determination.imdrf import TABLE, Imdrf, Significance

__all__ = [
    "TABLE",
    "Answered",
    "Criteria",
    "Determination",
    "Function",
    "Imdrf",
    "Reply",
    "Result",
    "Significance",
    "decide",
    "is_device",
    "read_determination",
]
