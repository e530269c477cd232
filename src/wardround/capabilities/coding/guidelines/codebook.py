"""The Tabular List as the guidelines use it: notes read as sets of codes, those from above as well."""

import re
from functools import lru_cache

from wardround.capabilities.coding.guidelines.codeset import CodeSet
from wardround.capabilities.coding.guidelines.model import Listed, Tabular

_MOST = 200_000
"""Pairs of codes that are remembered."""

_CATEGORY = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?")


class Codebook:
    """Reads of a Tabular List, each code once."""

    def __init__(self, tabular: Tabular) -> None:
        self._tabular = tabular
        self._listed: dict[str, Listed | None] = {}
        self._notes: dict[tuple[str, str], CodeSet] = {}
        self._named: dict[tuple[str, str, str], bool] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    def find(self, code: str) -> Listed | None:
        """Return what stands at ``code``, or None where the list has no such code."""
        if code not in self._listed:
            self._listed[code] = self._tabular.find(code)
        return self._listed[code]

    def display(self, code: str) -> str:
        """Return its title; the code itself where the list does not have it."""
        listed = self.find(code)
        return listed.display if listed else code

    def billable(self, code: str) -> bool:
        """Whether it can stand on a claim: it has all its characters."""
        listed = self.find(code)
        return listed is not None and listed.billable

    def children(self, code: str) -> tuple[Listed, ...]:
        """Return the codes directly below."""
        listed = self.find(code)
        below = (self.find(child) for child in (listed.children if listed else ()))
        return tuple(child for child in below if child is not None)

    def above(self, code: str) -> tuple[str, ...]:
        """Return the codes it stands below, the nearest first; blocks and chapters at the end."""
        if code not in self._above:
            found: list[str] = []
            listed = self.find(code)
            while listed is not None and listed.parent and listed.parent not in {code, *found}:
                found.append(listed.parent)
                listed = self.find(listed.parent)
            self._above[code] = tuple(found)
        return self._above[code]

    def excludes1(self, code: str, other: str) -> bool:
        """Whether ``other`` is not coded beside ``code`` (I.A.12.a)."""
        return self._names("excludes1", code, other)

    def excludes2(self, code: str, other: str) -> bool:
        """Whether ``other`` is told to be no part of ``code`` (I.A.12.b), at its own category."""
        return self._names("excludes2", code, other)

    def code_first(self, code: str, other: str) -> bool:
        """Whether ``other`` is sequenced before ``code`` (I.A.13, I.A.17)."""
        return self._names("code_first", code, other)

    def use_additional(self, code: str, other: str) -> bool:
        """Whether ``other`` is sequenced after ``code`` (I.A.13, I.A.17)."""
        return self._names("use_additional", code, other)

    def _names(self, note: str, code: str, other: str) -> bool:
        key = (note, code, other)
        known = self._named.get(key)
        if known is None:
            if len(self._named) >= _MOST:
                self._named.clear()
            known = self._named[key] = other in self._noted(code, note)
        return known

    def _noted(self, code: str, note: str) -> CodeSet:
        key = (code, note)
        if key not in self._notes:
            found: list[tuple[str, str]] = []
            for at in (code, *self.above(code)):
                listed = self.find(at)
                if listed is None or (note == "excludes2" and not _CATEGORY.fullmatch(at)):
                    continue
                found += CodeSet.of(getattr(listed, note)).ranges
            self._notes[key] = CodeSet(tuple(dict.fromkeys(found)))
        return self._notes[key]


@lru_cache(maxsize=4)
def codebook(tabular: Tabular) -> Codebook:
    """Return the reads of ``tabular``, kept between documents."""
    return Codebook(tabular)
