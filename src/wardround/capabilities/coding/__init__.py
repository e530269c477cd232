"""Clinical coding: codes for a signed note, each with the words that say it; a coder signs."""

from wardround.capabilities.coding.found import Found, Span

__all__ = ["Found", "Span"]
