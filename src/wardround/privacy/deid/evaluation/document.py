"""A document put together from pieces, so that where its identifiers stand follows and is never searched."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from wardround.privacy.deid.evaluation.score import Marked


class Piece(NamedTuple):
    """Some text; ``kind`` says what identifier the whole of it is, and is empty where it is none."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text, what form of document it is, and where its identifiers stand."""

    id: str
    form: str
    text: str
    spans: tuple[Marked, ...]


def document(name: str, form: str, pieces: Iterable[Piece]) -> Document:
    """Return the document that pieces make."""
    text, spans = joined(pieces)
    return Document(name, form, text, spans)


def joined(pieces: Iterable[Piece]) -> tuple[str, tuple[Marked, ...]]:
    """Return the whole text, and its identifiers in order, without a blank at either end."""
    texts: list[str] = []
    spans: list[Marked] = []
    at = 0
    for text, kind in pieces:
        if kind and text.strip():
            start = at + len(text) - len(text.lstrip())
            spans.append((start, at + len(text.rstrip()), kind))
        texts.append(text)
        at += len(text)
    return "".join(texts), tuple(spans)


def marked(text: str, kind: str) -> list[Piece]:
    """Return an identifier as pieces, its article outside: the article tells of nobody."""
    if text[:4].casefold() == "the ":
        return [Piece(text[:4]), Piece(text[4:], kind)]
    return [Piece(text, kind)]


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the same text with what is no identifier in pieces as long as can be."""
    made: list[Piece] = []
    for piece in pieces:
        if made and not piece.kind and not made[-1].kind:
            made[-1] = Piece(made[-1].text + piece.text)
        else:
            made.append(piece)
    return made


def planted(pieces: Iterable[Piece]) -> int:
    """Return how many identifiers there are."""
    return sum(bool(kind) for _, kind in pieces)


def length(pieces: Iterable[Piece]) -> int:
    """Return how many characters there are."""
    return sum(len(text) for text, _ in pieces)
