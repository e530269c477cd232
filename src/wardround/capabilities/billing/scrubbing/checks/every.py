"""Every check, by the kind of claim that it is asked of."""

from wardround.capabilities.billing.model import ClaimKind
from wardround.capabilities.billing.scrubbing.checks import (
    bundling,
    claim,
    conflicts,
    coverage,
    diagnoses,
    fitness,
    history,
    institutional,
    lines,
    modifiers,
    parties,
    procedures,
    qualified,
    quantities,
)

COMMON = (
    *claim.CHECKS,
    *parties.CHECKS,
    *coverage.CHECKS,
    *lines.CHECKS,
    *quantities.CHECKS,
    *procedures.CHECKS,
    *fitness.CHECKS,
    *modifiers.CHECKS,
    *diagnoses.CHECKS,
    *conflicts.CHECKS,
    *bundling.CHECKS,
    *history.CHECKS,
)

CHECKS = {
    ClaimKind.PROFESSIONAL: (*COMMON, *lines.PROFESSIONAL, *procedures.PROFESSIONAL),
    ClaimKind.INSTITUTIONAL: (*COMMON, *institutional.CHECKS, *qualified.CHECKS),
}
"""The checks of each kind of claim, in the order in which they are asked."""
