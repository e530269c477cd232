"""Sentences and layouts with their places filled.

``{pt.last}`` is a place to fill, ``[seen|examined]`` a choice of words. A place yields text and the kind
of identifier that the text is, so that what is planted is known by construction and never searched for.
"""

import re

from wardround.privacy.deid.evaluation.clinic.rules import value
from wardround.privacy.deid.evaluation.clinic.scene import Scene
from wardround.privacy.deid.evaluation.document import Piece, marked

_SLOT = re.compile(r"\{([A-Za-z0-9.]+)\}")
_CHOICE = re.compile(r"\[([^][]*\|[^][]*)\]")


def fill(pattern: str, scene: Scene) -> list[Piece]:
    """Return a pattern's text with its places filled."""
    rng = scene.rng
    while (found := _CHOICE.search(pattern)) is not None:
        pattern = (
            pattern[: found.start()] + rng.choice(found[1].split("|")) + pattern[found.end() :]
        )
    pieces: list[Piece] = []
    at = 0
    for place in _SLOT.finditer(pattern):
        pieces += [Piece(pattern[at : place.start()]), *marked(*value(place[1], scene))]
        at = place.end()
    return [piece for piece in [*pieces, Piece(pattern[at:])] if piece.text]
