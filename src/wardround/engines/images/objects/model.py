"""What is written back beside an image: who says it, by which model, and what of which place."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from wardround.engines.images.objects.codes import NUCLEUS
from wardround.engines.images.region import Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Coded = tuple[str, str, str]
"""Value, scheme and meaning of a code."""
_NAMESPACE = UUID("8d3b9c1e-5c0b-5d0e-9f63-0d5b7b9a2b10")


def coded(name: str, code: str = "") -> Coded:
    """Return a concept of SNOMED CT; what has no number gets one of ours, always the same."""
    if code:
        return code, "SCT", name[:64]
    made = sha256(name.casefold().encode()).hexdigest()[:12]
    return f"F{made}", "99WARDROUND", name[:64]


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
    def coded(self) -> Coded:
        """Value, scheme and meaning."""
        return coded(self.name, self.code)


@dataclass(frozen=True, slots=True)
class Measured:
    """One number that a person decided; ``unit`` is UCUM's, ``code`` one of ours."""

    code: str
    name: str
    value: float
    unit: str
    regions: tuple[Region, ...] = ()
    """Where it was taken from; nothing for the whole slide."""
    own: bool = False
    """Whether a person counted or measured it, and no model."""
    by: tuple[str, str] | None = None
    """Name and version of the model, where it is another than the statement's."""
    about: Coded = NUCLEUS
    """What was measured."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Nuclei of a slide, as a model drew them, an entry each.

    Places are column and row of the base level; 0, 0 is the upper left corner of its first pixel,
    and 0.5, 0.5 that pixel's middle (PS3.3 C.10.5.1.2).
    """

    middles: "NDArray[np.float32]" = field(repr=False)
    """(n, 2)."""
    corners: "NDArray[np.float32] | None" = field(default=None, repr=False)
    """(n, k, 2), or None where there are too many to be drawn."""
    areas: "NDArray[np.float32] | None" = field(default=None, repr=False)
    """(n,) in µm², or None where the size of a pixel is not known."""

    def __len__(self) -> int:
        return len(self.middles)


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
    measures: tuple[Measured, ...] = ()

    def uid(self, part: str) -> str:
        """Return the UID of one object or series of this report (PS3.5 B.2)."""
        return f"2.25.{uuid5(_NAMESPACE, f'{self.key}:{part}').int}"

    @property
    def serial(self) -> str:
        """The device's serial number: the sha256 of the model, in short."""
        return self.digest[:16]
