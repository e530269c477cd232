"""Lighting: which characters of a source each claim of a draft comes from, ready to be marked."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from wardround.kernel import Draft, Source, Statement, TextSpan


class Segment(NamedTuple):
    """A run of text that the same claims come from, by their numbers; none where unused."""

    text: str
    claims: tuple[int, ...]


class Lighting:
    """The evidence of a draft, by claim and by place; claims are numbered as their evidence is."""

    def __init__(self, draft: Draft) -> None:
        self._sources = {item.claim: item.sources for item in draft.evidence}
        self._number = {item.claim: number for number, item in enumerate(draft.evidence)}
        self._spans: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
        for item in draft.evidence:
            for source in item.sources:
                if isinstance(source, TextSpan):
                    place = self._spans.setdefault((source.input, source.part), [])
                    place.append((source.start, source.end, self._number[item.claim]))

    def number(self, claim: str) -> int | None:
        """Return the number of a claim, or nothing where it has no evidence."""
        return self._number.get(claim)

    def sources(self, claim: str) -> tuple[Source, ...]:
        """Return the sources of a claim."""
        return self._sources.get(claim, ())

    def parts(self, claim: str) -> list[int]:
        """Return the parts of its text that a claim comes from, such as turns, in order."""
        spans = (source for source in self.sources(claim) if isinstance(source, TextSpan))
        return sorted({source.part for source in spans})

    def statement(self, claim: str) -> Statement | None:
        """Return the word of the person who last wrote or changed a claim."""
        said = [source for source in self.sources(claim) if isinstance(source, Statement)]
        return said[-1] if said else None

    def claims(self, name: str, part: int) -> tuple[int, ...]:
        """Return the numbers of the claims that come from ``part`` of the input ``name``."""
        return tuple(sorted({number for _, _, number in self._spans.get((name, part), ())}))

    def segments(self, name: str, part: int, text: str, start: int = 0) -> Iterator[Segment]:
        """Cut ``text`` from ``start`` on where the claims change; joined, they are the text.

        ``text`` is the whole part that spans count in, ``start`` where its words begin.
        """
        spans = [
            (max(begin, start), min(end, len(text)), number)
            for begin, end, number in self._spans.get((name, part), ())
        ]
        cuts = {start, len(text)} | {
            at for begin, end, _ in spans if begin < end for at in (begin, end)
        }
        edges = sorted(cuts)
        for begin, end in pairwise(edges):
            here = {number for first, last, number in spans if first <= begin and end <= last}
            yield Segment(text[begin:end], tuple(sorted(here)))
