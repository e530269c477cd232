"""The shared words of the house: pure values and protocols, no I/O."""

from wardround.kernel.actor import Actor, Role
from wardround.kernel.base import Json, Noun, Pointer
from wardround.kernel.capability import Capability, Context, Guardrail, Order, Resource
from wardround.kernel.clock import Clock, system_clock
from wardround.kernel.draft import MOVES, Draft, Drafted, Input, Model, Status
from wardround.kernel.edit import Edit, apply, resolve
from wardround.kernel.errors import (
    Conflict,
    Deleted,
    Forbidden,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    StaleVersion,
    TooLarge,
    Unavailable,
    WardroundError,
)
from wardround.kernel.evidence import (
    ChartPath,
    Evidence,
    ImageRegion,
    Source,
    Statement,
    TextSpan,
    TimeSpan,
)
from wardround.kernel.finding import Finding, Severity

__all__ = [
    "MOVES",
    "Actor",
    "Capability",
    "ChartPath",
    "Clock",
    "Conflict",
    "Context",
    "Deleted",
    "Draft",
    "Drafted",
    "Edit",
    "Evidence",
    "Finding",
    "Forbidden",
    "Guardrail",
    "ImageRegion",
    "Input",
    "InvalidInput",
    "Json",
    "Model",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "Noun",
    "Order",
    "Pointer",
    "Resource",
    "Role",
    "Severity",
    "Source",
    "StaleVersion",
    "Statement",
    "Status",
    "TextSpan",
    "TimeSpan",
    "TooLarge",
    "Unavailable",
    "WardroundError",
    "apply",
    "resolve",
    "system_clock",
]
