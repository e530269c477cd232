"""A place in a text where PHI stands."""

from pydantic import Field

from wardround.kernel import Noun
from wardround.privacy.deid.kind import Kind


class Span(Noun):
    """Characters ``start`` to ``end`` (exclusive) of a text; ``reason`` says what gave it away."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    kind: Kind
    score: float = Field(ge=0, le=1)
    reason: str
