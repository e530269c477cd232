"""The ICD-10-CM Official Guidelines applied to found codes: detail, combination, order, queries."""

from wardround.capabilities.coding.guidelines.applying import apply
from wardround.capabilities.coding.guidelines.model import (
    EVERY_STEP,
    Assertions,
    Guided,
    Query,
    Remark,
    Setting,
    Step,
)

__all__ = ["EVERY_STEP", "Assertions", "Guided", "Query", "Remark", "Setting", "Step", "apply"]
