"""A document put together from pieces, so that the place of each identifier is known."""

from dataclasses import dataclass, field

from wardround.privacy.deid.kind import Kind

Piece = tuple[str, Kind | None]
"""Text, and what kind of identifier it is, if it is one."""


@dataclass(frozen=True)
class Document:
    """A text and its identifiers: characters ``start`` to ``end``, and the kind."""

    id: str
    form: str
    text: str
    spans: tuple[tuple[int, int, Kind], ...]


@dataclass
class Draft:
    """A document as it grows."""

    pieces: list[Piece] = field(default_factory=list)
    length: int = 0
    planted: int = 0

    def add(self, *pieces: Piece) -> None:
        """Put ``pieces`` at the end."""
        for text, kind in pieces:
            self.pieces.append((text, kind))
            self.length += len(text)
            self.planted += kind is not None

    def finish(self, name: str, form: str) -> Document:
        """Make the document, its spans in order and without a blank at either end."""
        text, spans = "", []
        for piece, kind in self.pieces:
            if kind is not None:
                start = len(text) + len(piece) - len(piece.lstrip())
                spans.append((start, len(text) + len(piece.rstrip()), kind))
            text += piece
        return Document(name, form, text, tuple(spans))
