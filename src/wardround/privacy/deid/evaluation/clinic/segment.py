"""A stretch of text that is one identifier or none, and text put together from such stretches."""

from collections.abc import Iterable
from typing import NamedTuple

from wardround.privacy.deid.evaluation.score import Marked


class Segment(NamedTuple):
    """Text, and the kind of identifier that the whole of it is; no kind where it is none."""

    text: str
    kind: str = ""


def assembled(segments: Iterable[Segment]) -> tuple[str, tuple[Marked, ...]]:
    """Return the text and where its identifiers stand; offsets follow from the putting together."""
    parts: list[str] = []
    spans: list[Marked] = []
    at = 0
    for text, kind in segments:
        if kind and text:
            spans.append((at, at + len(text), kind))
        parts.append(text)
        at += len(text)
    return "".join(parts), tuple(spans)


def merged(segments: Iterable[Segment]) -> list[Segment]:
    """Return the same text with what is no identifier in stretches as long as can be."""
    made: list[Segment] = []
    for segment in segments:
        if made and not segment.kind and not made[-1].kind:
            made[-1] = Segment(made[-1].text + segment.text)
        else:
            made.append(segment)
    return made


def planted(segments: Iterable[Segment]) -> int:
    """Return how many identifiers there are."""
    return sum(bool(kind) for _, kind in segments)


def length(segments: Iterable[Segment]) -> int:
    """Return how many characters there are."""
    return sum(len(text) for text, _ in segments)
