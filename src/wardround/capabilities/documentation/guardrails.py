"""The checks on a visit note, on every draft and after every edit.

Each has one clinical reason, the sentence that its class begins with. What the machine wrote
against the evidence blocks; what a person wrote is theirs to answer for, so there the same check
warns. docs/guardrails.md lists them for clinicians.
"""

from wardround.capabilities.documentation.checks.check import Check
from wardround.capabilities.documentation.checks.contradiction import (
    LateralityConflict,
    NegationConflict,
    TakenBack,
)
from wardround.capabilities.documentation.checks.medication import AllergyConflict, UnknownMedicine
from wardround.capabilities.documentation.checks.support import (
    LowGrounding,
    MissingEvidence,
    OwnWords,
    UnsupportedNumber,
)
from wardround.capabilities.documentation.checks.whole import (
    MissingPlan,
    PatientMismatch,
    SwappedSpeakers,
)

GUARDRAILS: tuple[Check, ...] = (
    MissingEvidence(),
    UnsupportedNumber(),
    NegationConflict(),
    LateralityConflict(),
    TakenBack(),
    UnknownMedicine(),
    AllergyConflict(),
    PatientMismatch(),
    SwappedSpeakers(),
    LowGrounding(),
    OwnWords(),
    MissingPlan(),
)
"""The checks, in the order they run and are listed."""
