"""PHI: finding it, removing it, and keeping it from leaving."""

from wardround.privacy.kind import Kind
from wardround.privacy.span import Span

__all__ = ["Kind", "Span"]
