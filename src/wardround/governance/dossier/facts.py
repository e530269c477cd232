"""All that a dossier is made of, gathered by whoever puts the parts of the house together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from wardround.governance.dossier.card import Card
from wardround.governance.dossier.declared import Declared
from wardround.governance.dossier.lock import Locked
from wardround.governance.dossier.results import Results
from wardround.governance.dossier.threats import Threat
from wardround.governance.dossier.trace import Traced
from wardround.governance.validation.section import Section


class Kind(StrEnum):
    """What a file is that another part of the house made; its folder in the dossier is named so."""

    CARD = "cards"
    REPORT = "validation"
    PLAN = "change-control"
    DETERMINATION = "determination"


class Placed(NamedTuple):
    """A function's place in the table of IMDRF N12: its category, what it is for, and why."""

    function: str
    category: str
    says: str
    """Such as "to inform clinical management, in a situation that is serious"."""
    why: str


@dataclass(frozen=True)
class Enclosed:
    """A file laid into the dossier as it is; ``shown`` is what its chapter says of it.

    ``placed`` is the category of each function, where the file determines it.
    """

    kind: Kind
    name: str
    says: str
    data: bytes
    shown: list[Section] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The file's path within the dossier."""
        return f"{self.kind}/{self.name}"


class Encloses(Protocol):
    """A part of the house that has files for the dossier of a capability."""

    def __call__(self, capability: str) -> Sequence[Enclosed]:
        """Return them; none where there is nothing to enclose."""
        ...


@dataclass(frozen=True)
class Facts:
    """What is known of a capability; ``None`` where what tells of it was not at hand."""

    capability: str
    version: str
    made: datetime
    declared: Declared
    cards: list[Card]
    commit: str | None = None
    trace: list[Traced] | None = None
    packages: list[Locked] | None = None
    threats: list[Threat] | None = None
    results: Results | None = None
    """How the tests came out in a run that was handed in."""
    evidence: frozenset[str] | None = None
    """The files of the source tree, by name; ``None`` where there is no source tree."""
    enclosed: list[Enclosed] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the capability is called."""
        return self.declared.written.title or self.capability

    def of_kind(self, kind: Kind) -> list[Enclosed]:
        """Return what was enclosed of one kind."""
        return [one for one in self.enclosed if one.kind is kind]
