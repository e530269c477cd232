"""Legal holds: whose data may not be destroyed, for which matter, until somebody lifts it."""

from wardround.privacy.holds.register import LegalHold, LegalHolds, held

__all__ = ["LegalHold", "LegalHolds", "held"]
