"""The port of the text engine: what a sentence of a visit is about, and where sentences end."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

LABELS = ("cc", "hpi", "ros", "exam", "results", "plan")
"""What a sentence may be needed for: the sections of a visit note."""

ROLES = ("problem", "reasoning", "testing", "treatment", "referral", "education", "followup")
"""What a sentence of the plan may say."""


class Said(NamedTuple):
    """One sentence of a visit: its words in lower case, and what stood around it.

    ``question`` is the other side's question that it follows (empty if none), ``before`` and
    ``after`` are the neighbouring sentences, ``position`` runs from 0 to 1 through the visit.
    """

    speaker: str
    words: Sequence[str]
    question: Sequence[str] = ()
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    position: float = 0.0


class SectionTagger(Protocol):
    """Tells what each sentence of a visit is needed for in its note."""

    @property
    def name(self) -> str:
        """Its name in drafts, such as ``wardround-sections``."""
        ...

    @property
    def version(self) -> str:
        """The version of its model."""
        ...

    @property
    def digest(self) -> str:
        """The sha256 of its model file, in hex."""
        ...

    @property
    def casing(self) -> Mapping[str, str]:
        """How words are written that are never written in lower case (``mri``: ``MRI``)."""
        ...

    def sections(self, said: Sequence[Said]) -> NDArray[np.float64]:
        """Return for each sentence the probability of each of ``LABELS``: (sentences, 6)."""
        ...

    def roles(self, said: Sequence[Said]) -> NDArray[np.float64]:
        """Return for each sentence of a plan the probability of each of ``ROLES``."""
        ...

    def ends(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return for each word the probability that a sentence ends after it."""
        ...
