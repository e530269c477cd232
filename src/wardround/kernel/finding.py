"""Findings: what a guardrail saw in a draft, and whether it stands in the way of signing."""

from datetime import datetime
from enum import StrEnum

from wardround.kernel.base import Noun, Pointer


class Severity(StrEnum):
    """How a finding bears on signing."""

    NOTE = "note"
    """Said for information."""
    WARN = "warn"
    """Must be acknowledged by the person who signs."""
    BLOCK = "block"
    """Cannot be signed until the draft is edited."""


class Finding(Noun):
    """What a guardrail saw: one short sentence for the clinician, and how to mend it."""

    rule: str
    severity: Severity
    message: str
    claim: Pointer | None = None
    mend: str | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None

    @property
    def key(self) -> str:
        """What tells this finding from the others of its draft."""
        return f"{self.rule}@{self.claim or ''}"

    @property
    def open(self) -> bool:
        """Whether the finding still stands in the way of signing."""
        if self.severity is Severity.BLOCK:
            return True
        return self.severity is Severity.WARN and self.acknowledged_by is None
