"""The shared words of the house: pure values and protocols, no I/O."""

from wardround.kernel.actor import Actor, Role
from wardround.kernel.base import Json, Noun, Pointer, first_fault
from wardround.kernel.capability import (
    Batch,
    Blocks,
    Capability,
    Context,
    Guardrail,
    NamesModel,
    Order,
    Resource,
)
from wardround.kernel.clock import Clock, day_of, system_clock
from wardround.kernel.draft import MOVES, Draft, Drafted, Input, Model, Part, Status, resource_id
from wardround.kernel.edit import Edit, apply, as_edited, resolve
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
    TooManyAttempts,
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
from wardround.kernel.once import NOBODY, InMemory, draft_once
from wardround.kernel.resources import whose, withdrawn
from wardround.kernel.stage import Stage, Switched
from wardround.kernel.words import worded
from wardround.kernel.work import OfWork, Work, work_of

__all__ = [
    "MOVES",
    "NOBODY",
    "Actor",
    "Batch",
    "Blocks",
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
    "InMemory",
    "Input",
    "InvalidInput",
    "Json",
    "Model",
    "NamesModel",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "Noun",
    "OfWork",
    "Order",
    "Part",
    "Pointer",
    "Resource",
    "Role",
    "Severity",
    "Source",
    "Stage",
    "StaleVersion",
    "Statement",
    "Status",
    "Switched",
    "TextSpan",
    "TimeSpan",
    "TooLarge",
    "TooManyAttempts",
    "Unavailable",
    "WardroundError",
    "Work",
    "apply",
    "as_edited",
    "day_of",
    "draft_once",
    "first_fault",
    "resolve",
    "resource_id",
    "system_clock",
    "whose",
    "withdrawn",
    "worded",
    "work_of",
]
