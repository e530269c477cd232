"""The checks, a module for each theme; each yields the rules that a claim breaks, and where."""

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

CHECKS = (
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
    *institutional.CHECKS,
    *qualified.CHECKS,
)
