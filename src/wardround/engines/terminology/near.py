"""The words of the lists that a mistyped word may be: by a few letters changed, or unfinished."""

from collections.abc import Sequence

import numpy as np

_ONE, _TWO = 4, 8
"""Letters from which one change, or two, are forgiven."""


class Near:
    """Finds words of a list near to another, quick enough for every keystroke."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self._letters = np.array([_letters(word) for word in known], dtype=np.uint64)
        self._lengths = np.array([len(word) for word in known])
        self._sorted = sorted(range(len(known)), key=known.__getitem__)
        self._words = [known[place] for place in self._sorted]

    def find(self, word: str) -> list[tuple[int, float]]:
        """Return places and likenesses (0 to 1) of the words that ``word`` may be."""
        begun = self._begun(word)
        changes = 2 if len(word) >= _TWO else 1 if len(word) >= _ONE else 0
        if not changes or word.isdigit():
            return begun
        close = np.abs(self._lengths - len(word)) <= changes
        differ = np.bitwise_count(self._letters ^ np.uint64(_letters(word)))
        found = []
        for place in np.flatnonzero(close & (differ <= 2 * changes)):
            distance = _distance(word, self.known[int(place)], changes)
            if distance <= changes:
                found.append((int(place), 0.85 - 0.15 * distance))
        return found + begun

    def _begun(self, word: str) -> list[tuple[int, float]]:
        """Return the words that begin with an unfinished one."""
        if len(word) < 3:
            return []
        from bisect import bisect_left

        low = bisect_left(self._words, word)
        high = bisect_left(self._words, word + "\uffff")
        return [(self._sorted[at], 0.6) for at in range(low, min(high, low + 40))]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _distance(a: str, b: str, most: int) -> int:
    """Return how many letters differ (added, lost, changed, or two swapped), up to ``most`` + 1."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
