"""Words near a term that change what it says: negation, doubt, history, family."""

from bisect import bisect_left
from collections.abc import Sequence

from wardround.capabilities.coding.finding.words import Word, forms_of

FAR = 12.0
"""The distance told where no such word stands in the sentence."""

_CUES = tuple(
    frozenset(forms_of(words))
    for words in (
        "no not without deny denied denies negative absence absent nor ruled rule free never",
        "possible probable suspected suspicion suspect likely versus vs question compatible"
        " differential rule",
        "history previous past antecedents prior background former",
        "family mother father brother sister parents son daughter maternal paternal",
    )
)
KINDS = len(_CUES)
_ANY = frozenset().union(*_CUES)
NOWHERE = [FAR] * KINDS
"""The distances where a sentence has no cue, as most have not."""


class Cues:
    """Where the words of each kind stand in a text."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._places: list[list[int]] = [[] for _ in _CUES]
        self._all: list[int] = []
        for place, word in enumerate(words):
            if word.form in _ANY:
                self._all.append(place)
                for kind, forms in enumerate(_CUES):
                    if word.form in forms:
                        self._places[kind].append(place)

    def distances(self, first: int, last: int, begin: int, end: int) -> list[float]:
        """Return how far the next cue of each kind is from words ``first`` to ``last``.

        Only cues of the sentence ``begin`` to ``end`` count; one behind the term has half a word
        more than one before it, so that a ranker can tell them apart.
        """
        here = bisect_left(self._all, begin)
        if here == len(self._all) or self._all[here] >= end:
            return NOWHERE
        found = []
        for places in self._places:
            nearest = FAR
            for place in places[bisect_left(places, begin) : bisect_left(places, end)]:
                distance = first - place if place < first else place - last + 1.5
                nearest = min(nearest, distance)
            found.append(nearest)
        return found
