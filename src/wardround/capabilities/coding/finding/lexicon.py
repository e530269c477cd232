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


class _Known(NamedTuple):
    """A word of the dictionary: its number, its bit, and the bits of the words it has terms with.

    The bits are a Bloom filter (Bloom, Commun ACM 1970;13:422): two words without a term in common
    are mostly seen to have none before any sum is looked up.
    """

    number: int
    bit: int
    company: int


_FOREIGN = _Known(0, 0, 0)


class Lexicon:
    """Terms by the sum of their words' numbers, so that a term is found in any order of words.

    ``vocabulary`` are the words' forms, ``sums`` the terms. ``company``: for each word the bits of
    the words that share a term with it. The codes that term ``key`` can mean are
    ``links[starts[key]:starts[key + 1]]``, places in ``codes``.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        vocabulary: Sequence[str] = content["vocabulary"]
        self.codes: list[str] = list(content["codes"])
        self.lengths: list[int] = content["lengths"].tolist()
        self.starts: list[int] = content["starts"].tolist()
        self.links: list[int] = content["links"].tolist()
        self._words = {
            form: _Known(number, bit_of(number), int.from_bytes(company.tobytes()))
            for form, number, company in zip(
                vocabulary, numbers_of(len(vocabulary)), content["company"], strict=True
            )
        }
        sums: NDArray[np.uint64] = content["sums"]
        self._keys = dict(zip(sums.tolist(), range(len(sums)), strict=True))

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Return the terms that ``words`` say; the work grows with their number and no faster."""
        known = [self._words.get(word.form, _FOREIGN) for word in words]
        begins = [place for place, word in enumerate(words) if word.begins]
        found: list[tuple[int, int, int, bool]] = []
        for begin, end in pairwise([*begins, len(words)]):
            for first in range(begin, end):
                if known[first].number:
                    self._from(known, first, min(first + LONGEST, end), found)
        return _nested(found)

    def _from(
        self,
        known: Sequence[_Known],
        first: int,
        limit: int,
        found: list[tuple[int, int, int, bool]],
    ) -> None:
        """Add the terms that begin with word ``first``; one word among a term's may be foreign."""
        key_of = self._keys.get
        total, _, company = known[first]
        whole = key_of(total)
        if whole is not None:
            found.append((first, first + 1, whole, False))
        added: list[int] = []
        foreign = False
        for last in range(first + 1, limit):
            number, bit, _ = known[last]
            if not company & bit:
                if foreign:
                    return
                foreign = True
                continue
            total = (total + number) & _ALL
            whole = key_of(total)
            if whole is not None:
                found.append((first, last + 1, whole, foreign))
            if foreign:
                continue
            for skipped in added:
                part = key_of((total - skipped) & _ALL)
                if part is not None:
                    found.append((first, last + 1, part, True))
            added.append(number)

    def key_of(self, forms: Iterable[str]) -> int | None:
        """Return the key of a term, where it is one of the dictionary."""
        total = 0
        for form in forms:
            known = self._words.get(form)
            if known is None:
                return None
            total = (total + known.number) & _ALL
        return self._keys.get(total)


def bit_of(number: int) -> int:
    """Return the bit of the word of this number: one of 256."""
    return 1 << (number >> 56)


def company_of(terms: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return for each word the bits of the words that share a term with it, all by their numbers.

    A word that stands twice in a term is in its own company.
    """
    found: dict[int, int] = {}
    for term in terms:
        for place, number in enumerate(term):
            for other in (*term[:place], *term[place + 1 :]):
                found[number] = found.get(number, 0) | bit_of(other)
    return found


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
        if not gap and last > covers.get(first, 0):
            covers[first] = last
    # How far the terms reach that begin before each place: one that reaches ``last`` is longer.
    before, reach = {}, 0
    for first in sorted({one[0] for one in found}):
        before[first] = reach
        reach = max(reach, covers.get(first, 0))
    return [
        Match(first, last, key, gap, before[first] >= last or covers.get(first, 0) > last)
        for first, last, key, gap in found
    ]
