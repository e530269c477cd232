"""What becomes of words on their way to the page: recognised, typed in a hurry, in capitals."""

import random
import re
from dataclasses import dataclass

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.voices.people import misspell

_POINTS = re.compile(r"[()\"]|[.,?!;:](?=\s|$)")
"""What a recogniser leaves out; what stands within a figure or an address is said."""


@dataclass(frozen=True)
class Style:
    """A way of writing; ``spoken`` and ``typos`` are shares of values and of words."""

    name: str
    case: str = ""
    points: bool = True
    spoken: float = 0.0
    typos: float = 0.0
    accents: bool = True


STYLES = {
    style.name: style
    for style in (
        Style("written"),
        Style("plain", accents=False),
        Style("typed", typos=0.02, accents=False),
        Style("small", case="lower", typos=0.02, accents=False),
        Style("capitals", case="upper", accents=False),
        Style("recognised", spoken=0.5, accents=False),
        Style("raw", case="lower", points=False, spoken=1.0, accents=False),
        Style("unpointed", points=False, spoken=0.7, accents=False),
    )
}


def dress(rng: random.Random, style: Style, pieces: list[Piece]) -> list[Piece]:
    """``pieces`` in a style; a piece stays one piece, so its place stays known."""
    return [Piece(_dress(rng, style, text, not kind), kind) for text, kind in pieces]


def _dress(rng: random.Random, style: Style, text: str, carrier: bool) -> str:
    if carrier and style.typos:
        parts = re.split(r"(\W+)", text)
        text = "".join(
            misspell(rng, part) if part.islower() and rng.random() < style.typos else part
            for part in parts
        )
    if not style.points:
        text = re.sub(r"  +", " ", _POINTS.sub("", text))
    if style.case == "lower":
        return text.lower()
    return text.upper() if style.case == "upper" else text
