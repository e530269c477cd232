"""A piece of text, and whether it is PHI: documents are made of pieces, so that offsets follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardround.privacy.deid.evaluation.score import Marked


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters; ``kind`` is empty where they tell of nobody."""

    text: str
    kind: str = ""


def marked(text: str, kind: str) -> list[Piece]:
    """Return PHI as pieces, its article outside: the article tells of nobody."""
    if text[:4].casefold() == "the ":
        return [Piece(text[:4]), Piece(text[4:], kind)]
    return [Piece(text, kind)]


def joined(pieces: Sequence[Piece]) -> tuple[str, list[Marked]]:
    """Return the whole text, and where its marked pieces stand in it."""
    at, spans = 0, []
    for piece in pieces:
        end = at + len(piece.text)
        if piece.kind:
            spans.append((at, end, piece.kind))
        at = end
    return "".join(piece.text for piece in pieces), spans
