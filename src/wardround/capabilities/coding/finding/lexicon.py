"""The dictionary of terms: which codes a handful of words can mean, whatever their order."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.coding.finding.words import Word

LONGEST = 7
"""Words of the longest term that is looked for."""
_ALL = (1 << 64) - 1


class Match(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a text say the term ``key``.

    ``gap`` is true where a word among them is not of the term; ``inside`` where a longer term
    covers the same words.
    """

    first: int
    last: int
    key: int
    gap: bool
    inside: bool


class Lexicon:
    """Terms by the sum of their words' numbers, so that a term is found in any order of words.

    ``vocabulary`` are the words' forms, ``sums`` the terms. The codes that term ``key`` can mean
    are ``links[starts[key]:starts[key + 1]]``, places in ``codes``.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        vocabulary: Sequence[str] = content["vocabulary"]
        self.codes: list[str] = list(content["codes"])
        self.lengths: list[int] = content["lengths"].tolist()
        self.starts: list[int] = content["starts"].tolist()
        self.links: list[int] = content["links"].tolist()
        self._numbers = dict(zip(vocabulary, numbers_of(len(vocabulary)), strict=True))
        sums: NDArray[np.uint64] = content["sums"]
        self._keys = dict(zip(sums.tolist(), range(len(sums)), strict=True))

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Return the terms that ``words`` say; the work grows with their number and no faster."""
        known = [self._numbers.get(word.form, 0) for word in words]
        begins = [place for place, word in enumerate(words) if word.begins]
        found: list[tuple[int, int, int, bool]] = []
        for begin, end in pairwise([*begins, len(words)]):
            for first in range(begin, end):
                if known[first]:
                    self._from(known, first, min(first + LONGEST, end), found)
        return _nested(found)

    def _from(
        self,
        known: Sequence[int],
        first: int,
        limit: int,
        found: list[tuple[int, int, int, bool]],
    ) -> None:
        """Add the terms that begin with word ``first``; one word among a term's may be foreign."""
        keys = self._keys
        total, foreign = 0, False
        for last in range(first, limit):
            number = known[last]
            if not number:
                if foreign:
                    return
                foreign = True
                continue
            total = (total + number) & _ALL
            whole = keys.get(total)
            if whole is not None:
                found.append((first, last + 1, whole, foreign))
            if foreign:
                continue
            for skipped in range(first + 1, last):
                part = keys.get((total - known[skipped]) & _ALL)
                if part is not None:
                    found.append((first, last + 1, part, True))

    def key_of(self, forms: Iterable[str]) -> int | None:
        """Return the key of a term, where it is one of the dictionary."""
        total = 0
        for form in forms:
            number = self._numbers.get(form)
            if number is None:
                return None
            total = (total + number) & _ALL
        return self._keys.get(total)


def numbers_of(count: int) -> list[int]:
    """Return a number of 64 bits for each of so many words: splitmix64 of its place.

    Sums of such numbers tell sets of words apart: among a million terms, two of the same sum are
    to be expected once in ten million dictionaries.
    """
    with np.errstate(over="ignore"):
        mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return [int(number) for number in mixed]


def _nested(found: Sequence[tuple[int, int, int, bool]]) -> list[Match]:
    """Return the matches, each told whether it lies within a longer one that has no gap."""
    covers: dict[int, int] = {}
    for first, last, _, gap in found:
        if not gap:
            covers[first] = max(covers.get(first, 0), last)
    matches = []
    for first, last, key, gap in found:
        earliest = max(0, last - LONGEST)
        inside = any(
            covers.get(begin, 0) >= last and covers[begin] - begin > last - first
            for begin in range(earliest, first + 1)
        )
        matches.append(Match(first, last, key, gap, inside))
    return matches
