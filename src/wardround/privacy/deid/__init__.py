"""PHI in text: found, and taken out by the modes that the rules know."""

from wardround.privacy.deid.keyed import Secret
from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.removal.bulk import Deidentifier
from wardround.privacy.deid.removal.mode import (
    MODES,
    Mode,
    Operator,
    limited_data_set,
    read_mode,
    safe_harbor,
)
from wardround.privacy.deid.removal.remover import Cleaned, Finder, Remover
from wardround.privacy.deid.removal.zips import three_digits
from wardround.privacy.deid.span import Span
from wardround.privacy.deid.text.detector import Detector, find_phi, load_detector
from wardround.privacy.deid.writing import files_of, write_new

__all__ = [
    "MODES",
    "Cleaned",
    "Deidentifier",
    "Detector",
    "Finder",
    "Kind",
    "Mode",
    "Operator",
    "Remover",
    "Secret",
    "Span",
    "files_of",
    "find_phi",
    "limited_data_set",
    "load_detector",
    "read_mode",
    "safe_harbor",
    "three_digits",
    "write_new",
]
