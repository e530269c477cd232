"""What is written back beside an image: who says it, by which model, and what of which place."""

from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID, uuid5

from wardround.engines.images.region import Region

_NAMESPACE = UUID("8d3b9c1e-5c0b-5d0e-9f63-0d5b7b9a2b10")


@dataclass(frozen=True, slots=True)
class Marked:
    """One finding that a person decided. ``code`` is of SNOMED CT; without one it is named only."""

    name: str
    present: bool
    code: str = ""
    probability: float | None = None
    words: str = ""
    regions: tuple[Region, ...] = ()

    @property
    def coded(self) -> tuple[str, str, str]:
        """Value, scheme and meaning; what has no number gets one of ours, always the same."""
        if self.code:
            return self.code, "SCT", self.name[:64]
        made = sha256(self.name.casefold().encode()).hexdigest()[:12]
        return f"F{made}", "99WARDROUND", self.name[:64]


@dataclass(frozen=True, slots=True)
class Statement:
    """A signed report, as objects are made of it.

    ``key`` is what their UIDs follow from: the same report sent twice is the same objects.
    """

    key: str
    findings: tuple[Marked, ...]
    conclusion: str
    signer: str = field(repr=False)
    organization: str
    model: str
    version: str
    digest: str

    def uid(self, part: str) -> str:
        """Return the UID of one object or series of this report (PS3.5 B.2)."""
        return f"2.25.{uuid5(_NAMESPACE, f'{self.key}:{part}').int}"

    @property
    def serial(self) -> str:
        """The device's serial number: the sha256 of the model, in short."""
        return self.digest[:16]
