"""A code found in a text, with the words that say it."""

from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive, Unicode code points from 0) of a text."""

    start: int
    end: int


class Found(NamedTuple):
    """One code that a text supports.

    ``code`` is as ICD-10-CM prints it (``E11.9``). ``score`` is how sure the engine is that a coder
    would assign it, from 0 to 1, calibrated. ``spans`` are the words that say it, the strongest
    first; there is always at least one. ``reasons`` are short sentences for a coder.
    """

    code: str
    score: float
    spans: tuple[Span, ...]
    reasons: tuple[str, ...] = ()
