"""The registry of models: versions, approvals, stages, and the gate before people see them."""

from wardround.governance.registry.model import (
    ON,
    Approval,
    Candidate,
    Cause,
    Enclosed,
    FileKind,
    Kept,
    Origin,
    Registered,
    Source,
    Turn,
)
from wardround.governance.registry.plan import Plan, read_plan
from wardround.governance.registry.reading import Models
from wardround.governance.registry.register import Registry
from wardround.governance.registry.switches import KeptSwitches

__all__ = [
    "ON",
    "Approval",
    "Candidate",
    "Cause",
    "Enclosed",
    "FileKind",
    "Kept",
    "KeptSwitches",
    "Models",
    "Origin",
    "Plan",
    "Registered",
    "Registry",
    "Source",
    "Turn",
    "read_plan",
]
