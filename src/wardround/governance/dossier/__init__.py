"""The dossier of a capability: a folder that a regulatory person starts from."""

from wardround.governance.dossier.card import read_cards
from wardround.governance.dossier.declared import read_declared, read_requirements
from wardround.governance.dossier.facts import Exhibit, ExhibitKind, Facts
from wardround.governance.dossier.lock import read_lock, read_pages_lock
from wardround.governance.dossier.results import read_results
from wardround.governance.dossier.service import Dossier, write_dossier
from wardround.governance.dossier.threats import read_threats
from wardround.governance.dossier.trace import read_trace

__all__ = [
    "Dossier",
    "Exhibit",
    "ExhibitKind",
    "Facts",
    "read_cards",
    "read_declared",
    "read_lock",
    "read_pages_lock",
    "read_requirements",
    "read_results",
    "read_threats",
    "read_trace",
    "write_dossier",
]
