"""Text search over terms: which codes a few words may mean, best first.

Each term is compared by its words, rare words weighing more (inverse document frequency). A term
counts by how much of what was asked it says, and by how little it says beyond; words that set it
apart from the plain condition (history, newborn, sequela), unasked for, count against it.
"""

import math
from collections.abc import Container, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.engines.terminology.near import Near
from wardround.engines.terminology.words import apart, idle, readings, tacit, words

_BEYOND = 0.35
"""How much what a term says beyond the asked counts, against what it says of it."""
_APART = 2.0
"""How much a word that sets a term apart counts against it, another word counting 1."""
_TACIT = 0.3
"""How much a word that nobody says counts against it."""
_OTHER = 0.95
"""What a term that begins with "Other" keeps of its score: it is for what has no term."""
_POOL = 400
"""Terms of which a rank is made."""
_NEXT = 0.35
"""The least share of what the fullest term says that another must say."""
_LEAST = 0.1
"""The least share of what was asked that a term must say."""


class Hit(NamedTuple):
    """A code that words may mean: ``term`` is the entry that matched, ``score`` 0 to 1."""

    code: str
    score: float
    term: str


class _Said(NamedTuple):
    """What a word weighs in the question, and in which terms it is said, how much of it."""

    weight: float
    places: NDArray[np.signedinteger[Any]]
    got: NDArray[np.float64]


class Index:
    """An index of terms. A code may have several; its best one counts."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self.codes: list[str] = []
        self.terms: list[str] = []
        numbers: dict[str, int] = {}
        postings: list[list[int]] = []
        for code, term in terms:
            place = len(self.codes)
            self.codes.append(code)
            self.terms.append(term)
            for word in dict.fromkeys(words(term)):
                number = numbers.get(word)
                if number is None:
                    number = numbers[word] = len(postings)
                    postings.append([])
                postings[number].append(place)
        self._numbers = numbers
        self._postings = [np.array(one, dtype=np.int32) for one in postings]
        total = max(len(self.codes), 1)
        self._weights = np.array([math.log(1 + total / len(one)) for one in postings])
        self._near = Near(list(numbers))
        self._apart = {word: numbers[word] for word in apart() if word in numbers}
        self._sizes = self._summed(range(len(postings)))
        unsaid = self._summed(numbers[word] for word in tacit() if word in numbers)
        self._sizes -= (1 - _TACIT) * unsaid
        self._extra = self._summed(self._apart.values()) * (_APART - 1)
        self._other = np.array([_OTHER if term.startswith("Other ") else 1 for term in self.terms])

    def search(self, text: str, limit: int = 20, among: Container[str] | None = None) -> list[Hit]:
        """Return the codes that the words may mean, best first; no words, no codes.

        ``among``: the codes from which they are taken.
        """
        within = None if among is None else np.array([code in among for code in self.codes])
        best: dict[str, Hit] = {}
        known: dict[str, _Said] = {}
        for rank, reading in enumerate(readings(text[:500])):
            for place, score in self._scored(reading, known, within):
                hit = Hit(self.codes[place], round(score * 0.995**rank, 4), self.terms[place])
                if hit.code not in best or best[hit.code].score < hit.score:
                    best[hit.code] = hit
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, len(hit.code), hit.code))
        return ranked[:limit]

    def _summed(self, numbers: Iterable[int]) -> NDArray[np.float64]:
        """Return the weight that these words have in each term."""
        summed = np.zeros(len(self.codes))
        for number in numbers:
            summed[self._postings[number]] += self._weights[number]
        return summed

    def _scored(
        self, reading: list[str], known: dict[str, _Said], within: NDArray[np.bool_] | None
    ) -> list[tuple[int, float]]:
        asked = 0.0
        said = np.zeros(len(self.codes))
        own = np.zeros(len(self.codes))
        for word in dict.fromkeys(reading):
            if word not in known:
                known[word] = self._said(word)
            weight, places, got = known[word]
            asked += weight
            said[places] += got
            if word in self._apart:
                own[places] += got * (_APART - 1)
        if not asked or not len(self.codes):
            return []
        if within is not None:
            said *= within
        at = np.flatnonzero(said > max(_NEXT * float(said.max()), _LEAST * asked))
        covered = said[at] / asked
        beyond = np.maximum(self._sizes[at] - said[at], 0) + self._extra[at] - own[at]
        score = self._other[at] * covered**1.5 / (1 + _BEYOND * beyond / said[at])
        top = np.argpartition(-score, _POOL)[:_POOL] if len(at) > _POOL else np.arange(len(at))
        return [(int(at[place]), float(score[place])) for place in top]

    def _said(self, word: str) -> _Said:
        known = self._numbers.get(word)
        if known is not None:
            weight, held = float(self._weights[known]), self._postings[known]
            return _Said(weight, held, np.full(len(held), weight))
        near = self._near.find(word)
        if not near:
            unknown = float(np.median(self._weights)) if len(self._weights) else 1.0
            return _Said(unknown / 2, np.empty(0, dtype=np.int32), np.empty(0))
        got = np.zeros(len(self.codes))
        for number, likeness in near:
            held = self._postings[number]
            got[held] = np.maximum(got[held], self._weights[number] * likeness)
        places = np.flatnonzero(got)
        return _Said(max(float(self._weights[one]) for one, _ in near), places, got[places])


def unfound(text: str) -> bool:
    """Tell whether a text has no word to search for."""
    unneeded = idle()
    return all(word in unneeded for reading in readings(text) for word in reading)
