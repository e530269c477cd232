"""What a finder has found, before it is settled which finds stand."""

from typing import NamedTuple

from wardround.privacy.deid.kind import Kind


class Find(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive), what they are, how surely, and why."""

    start: int
    end: int
    kind: Kind
    score: float
    reason: str
