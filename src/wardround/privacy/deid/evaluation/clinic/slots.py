"""Sentences and layouts with their places filled.

``{pt.last}`` is a place to fill, ``[seen|examined]`` a choice of words. A place yields text and the kind
of identifier that the text is, so that what is planted is known by construction and never searched for.
"""

import re

from wardround.privacy.deid.evaluation.clinic.rules import value
from wardround.privacy.deid.evaluation.clinic.scene import Scene
from wardround.privacy.deid.evaluation.clinic.segment import Segment

_SLOT = re.compile(r"\{([A-Za-z0-9.]+)\}")
_CHOICE = re.compile(r"\[([^][]*\|[^][]*)\]")


def fill(pattern: str, scene: Scene) -> list[Segment]:
    """Return a pattern's text with its places filled."""
    rng = scene.rng
    while (found := _CHOICE.search(pattern)) is not None:
        pattern = (
            pattern[: found.start()] + rng.choice(found[1].split("|")) + pattern[found.end() :]
        )
    segments, at = [], 0
    for place in _SLOT.finditer(pattern):
        segments += [Segment(pattern[at : place.start()]), *_bare(value(place[1], scene))]
        at = place.end()
    return [segment for segment in [*segments, Segment(pattern[at:])] if segment.text]


def _bare(segment: Segment) -> list[Segment]:
    """Return a segment without the article before it, which identifies nobody."""
    if segment.kind and segment.text.startswith("the "):
        return [Segment("the "), Segment(segment.text[4:], segment.kind)]
    return [segment]
