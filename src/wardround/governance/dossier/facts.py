"""All that a dossier is made of, gathered by whoever puts the parts of the house together."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from wardround.governance.determination import Determination
from wardround.governance.dossier.card import Carded
from wardround.governance.dossier.declared import Declared
from wardround.governance.dossier.lock import Locked
from wardround.governance.dossier.results import Results
from wardround.governance.dossier.threats import Threat
from wardround.governance.dossier.trace import Traced


class ExhibitKind(StrEnum):
    """What a file is that another part of the house made; its folder in the dossier is named so."""

    CARD = "cards"
    REPORT = "validation"
    PLAN = "change-control"
    DETERMINATION = "determination"


@dataclass(frozen=True)
class Exhibit:
    """A file laid into the dossier as it is."""

    kind: ExhibitKind
    name: str
    says: str
    data: bytes

    @property
    def place(self) -> str:
        """The file's path within the dossier."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True)
class Facts:
    """What is known of a capability; ``None`` where what tells of it was not at hand."""

    capability: str
    version: str
    made: datetime
    declared: Declared
    cards: list[Carded]
    determination: Determination | None = None
    commit: str | None = None
    trace: list[Traced] | None = None
    packages: list[Locked] | None = None
    threats: list[Threat] | None = None
    results: Results | None = None
    """How the tests came out in a run that was handed in."""
    evidence: frozenset[str] | None = None
    """The files of the source tree, by name; ``None`` where there is no source tree."""
    enclosed: list[Exhibit] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the capability is called."""
        return self.declared.written.title or self.capability

    def of_kind(self, kind: ExhibitKind) -> list[Exhibit]:
        """Return what was enclosed of one kind."""
        return [one for one in self.enclosed if one.kind is kind]
