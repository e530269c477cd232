"""What a finder has found, before it is settled which finds stand."""

from typing import NamedTuple

from wardround.privacy.deid.kind import Kind

BORNE, WITHIN = "names that people bear", "a name within a sentence"
SPEAKS, SEEN_AT = "who speaks", "where somebody was seen"
ACTS, LETTERS_AFTER = "a name before a verb", "before a credential"
"""Reasons of rules that are not always right."""


class Find(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive), what they are, how surely, and why."""

    start: int
    end: int
    kind: Kind
    score: float
    reason: str
