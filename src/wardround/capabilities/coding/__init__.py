"""Clinical coding: codes for a signed note, each with the words that say it; a coder signs."""

from wardround.capabilities.coding.coder import Coder, load_coder
from wardround.capabilities.coding.found import Found, Span

__all__ = ["Coder", "Found", "Span", "load_coder"]
