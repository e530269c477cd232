"""What radiology asks of whatever reads an image: a finding with its probability, or why not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from wardround.capabilities.radiology.model import SNOMED, Resting
from wardround.capabilities.radiology.screening import Check
from wardround.engines.images import Region
from wardround.kernel import Model

if TYPE_CHECKING:
    from wardround.engines.images import Facts, Image, Need


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding as the model tells it: ``probability`` calibrated, 0 to 1.

    It is None where a model says where something is, and not how surely. ``area`` is in mm².
    """

    code: str
    display: str
    probability: float | None
    likely: bool
    sure: bool
    regions: tuple[Region, ...] = ()
    system: str = SNOMED
    area: float | None = None
    resting: Resting | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One image as it was read. ``abstained`` holds with at least one of ``reasons``.

    ``unlike`` is how unlike what was learned from the image is; above ``limit`` it abstains.
    """

    findings: tuple[Seen, ...] = ()
    checks: tuple[Check, ...] = ()
    unlike: float | None = None
    limit: float | None = None
    abstained: bool = False
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    covered: Region | None = None
    """The part of the image that the model was given; None where it was given none."""


class ReadsImages(Protocol):
    """A model that reads one image of a kind."""

    @property
    def model(self) -> Model:
        """Its name, version and the sha256 of its files."""
        ...

    @property
    def need(self) -> "Need":
        """What it asks of a study; where several images suit, one is chosen by it."""
        ...

    def suits(self, facts: "Facts") -> str | None:
        """Return why an image is none that it reads, by what its file says; None where it is."""
        ...

    def read(self, image: "Image") -> Reading:
        """Read one image, or abstain."""
        ...
