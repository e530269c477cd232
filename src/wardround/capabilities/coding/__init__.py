"""Clinical coding: codes for a signed note, each with the words that say it; a coder signs."""

from wardround.capabilities.coding import deciding
from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.model import NOTE, REQUEST, Code, Coded, State
from wardround.capabilities.coding.ports import FindsCodes, Thresholds
from wardround.capabilities.coding.service import Coding

__all__ = [
    "NOTE",
    "REQUEST",
    "Code",
    "Coded",
    "Coding",
    "FindsCodes",
    "Found",
    "Span",
    "State",
    "Thresholds",
    "deciding",
]
