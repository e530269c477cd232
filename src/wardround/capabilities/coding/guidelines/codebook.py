"""The Tabular List as the guidelines use it: its notes, those from above as well, read as codes."""

from functools import lru_cache

from wardround.engines.terminology import Concept, Edition, Exclusion, Reference, plain, references

_MOST = 200_000
"""Pairs of codes that are remembered."""


class Codebook:
    """Reads of one edition, each code and each pair once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._concepts: dict[str, Concept | None] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        self._notes: dict[tuple[str, str], tuple[Reference, ...]] = {}
        self._named: dict[tuple[str, str, str], bool] = {}
        self._excluded: dict[tuple[int, str, str], Exclusion | None] = {}

    def find(self, code: str) -> Concept | None:
        """Return what stands at ``code``, or None where the edition has no such code."""
        if code not in self._concepts:
            self._concepts[code] = self._edition.find(code)
        return self._concepts[code]

    def display(self, code: str) -> str:
        """Return its title; the code itself where the edition does not have it."""
        concept = self.find(code)
        return concept.display if concept else code

    def billable(self, code: str) -> bool:
        """Whether it can stand on a claim: it has all its characters."""
        concept = self.find(code)
        return concept is not None and concept.billable

    def complete(self, code: str) -> str | None:
        """Return a code that can stand on a claim: itself, or its "9" (other, unspecified).

        Codes grow characters from one edition to the next: Z84.1 became Z84.19.
        """
        return next((one for one in (code, f"{code}9") if self.billable(one)), None)

    def children(self, code: str) -> tuple[Concept, ...]:
        """Return the codes directly below."""
        concept = self.find(code)
        below = (self.find(child) for child in (concept.children if concept else ()))
        return tuple(child for child in below if child is not None)

    def above(self, code: str) -> tuple[str, ...]:
        """Return the codes it stands below, the nearest first, sections and chapter at the end."""
        if code not in self._above:
            self._above[code] = self._edition.ancestors(code)
        return self._above[code]

    def excludes1(self, code: str, other: str) -> Exclusion | None:
        """Return the note by which two codes are never together (I.A.12.a), either way round."""
        return self._excludes(1, code, other)

    def excludes2(self, code: str, other: str) -> Exclusion | None:
        """Return the note of a category or code that one is no part of the other (I.A.12.b)."""
        said = self._excludes(2, code, other)
        return None if said is None or "-" in said.at or said.at.isdigit() else said

    def code_first(self, code: str, other: str) -> bool:
        """Whether ``other`` is sequenced before ``code`` (I.A.13, I.B.7)."""
        return self._names("code_first", code, other)

    def use_additional(self, code: str, other: str) -> bool:
        """Whether ``other`` is sequenced after ``code`` (I.A.13, I.B.7)."""
        return self._names("use_additional", code, other)

    def _excludes(self, kind: int, code: str, other: str) -> Exclusion | None:
        key = (kind, min(code, other), max(code, other))
        if key not in self._excluded:
            if len(self._excluded) >= _MOST:
                self._excluded.clear()
            self._excluded[key] = self._edition.excludes(code, other, kind)
        return self._excluded[key]

    def noted(self, code: str) -> tuple[bool, bool]:
        """Whether there are notes of what comes before it, and of what comes after it."""
        first, after = self._noted(code, "code_first"), self._noted(code, "use_additional")
        return bool(first), bool(after)

    def _names(self, kind: str, code: str, other: str) -> bool:
        key = (kind, code, other)
        if key not in self._named:
            if len(self._named) >= _MOST:
                self._named.clear()
            bare = plain(other)
            self._named[key] = any(one.covers(bare) for one in self._noted(code, kind))
        return self._named[key]

    def _noted(self, code: str, kind: str) -> tuple[Reference, ...]:
        key = (code, kind)
        if key not in self._notes:
            said = self._edition.notes(code, kind)
            self._notes[key] = tuple(named for note in said for named in references(note.text))
        return self._notes[key]


@lru_cache(maxsize=8)
def codebook(edition: Edition) -> Codebook:
    """Return the reads of an edition, kept between documents."""
    return Codebook(edition)
