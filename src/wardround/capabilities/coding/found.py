"""A code found in a text, with the words that say it."""

from collections import defaultdict
from collections.abc import Sequence
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


def likely(found: Sequence[Found], least: float) -> list[Found]:
    """Return the codes that are worth a coder's look, in the order given: best first.

    These are the codes whose score is ``least`` or more, and the best code of each category whose
    codes together are as likely: where a note leaves open which fracture of the wrist it was, each
    code is doubtful and the category is not.
    """
    none: dict[str, float] = defaultdict(lambda: 1.0)
    for one in found:
        none[one.code[:3]] *= 1.0 - one.score
    kept, begun = [], set()
    for one in found:
        category = one.code[:3]
        best = category not in begun and 1.0 - none[category] >= least
        if best or one.score >= least:
            kept.append(one)
        begun.add(category)
    return kept
