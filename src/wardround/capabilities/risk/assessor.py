"""What the route asks of whatever makes a number of inputs: a published score, a learned model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wardround.capabilities.risk.model import Contribution, Entry, Like, Outcome, Said
from wardround.capabilities.risk.score import Band, Input
from wardround.kernel import Model


@dataclass(frozen=True, slots=True)
class Judged:
    """What was made of the inputs; ``unfit`` says why there is no result to be signed.

    ``final``: nothing that a person could answer would mend that.
    """

    result: Outcome | None
    contributions: tuple[Contribution, ...] = ()
    reasons: tuple[Said, ...] = ()
    unfit: str | None = None
    final: bool = False
    warnings: tuple[str, ...] = ()
    like: tuple[Like, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a clinician reads of it beside the result."""

    purpose: str
    whom: str
    cautions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    bands: tuple[Band, ...] = field(default=())
    unit: str = ""
    decimals: int = 0


class Assessor(Protocol):
    """A score or a model: what it asks for, and what it makes of it."""

    @property
    def model(self) -> Model:
        """Its name, version and sha256."""
        ...

    @property
    def title(self) -> str:
        """Its name for clinicians."""
        ...

    @property
    def kind(self) -> str:
        """``score`` or ``probability``."""
        ...

    @property
    def device(self) -> bool:
        """Whether it is used to act at once."""
        ...

    @property
    def about(self) -> About:
        """What a clinician reads of it."""
        ...

    @property
    def asked(self) -> tuple[Input, ...]:
        """Its inputs, and then what excludes a patient."""
        ...

    def needs(self, asked: Input) -> bool:
        """Whether there is no result without this input."""
        ...

    def judge(self, entries: Sequence[Entry], setting: str) -> Judged:
        """Return what is made of the inputs; ``setting`` is the class of the encounter."""
        ...
