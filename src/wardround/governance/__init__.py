"""What every model lives under: its validation, and the watch kept over it."""

from wardround.governance.validation import Measured, Predictions, Validation, validate

__all__ = ["Measured", "Predictions", "Validation", "validate"]
