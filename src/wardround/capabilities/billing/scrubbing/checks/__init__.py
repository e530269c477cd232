"""The checks, a module for each theme; each yields the rules that a claim breaks, and where."""

from wardround.capabilities.billing.scrubbing.checks import claim, coverage, lines, parties

CHECKS = (*claim.CHECKS, *parties.CHECKS, *coverage.CHECKS, *lines.CHECKS)
