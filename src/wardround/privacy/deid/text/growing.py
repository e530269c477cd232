"""Finds grown whole: whether the word beside a name or a place belongs to it.

"Horowitz" is found, and "Horowitz Dental" is the place; "Sanchez", and "Officer Sanchez" is the name. A
logistic regression says of the next word on each side whether it belongs, by the word, how it is written,
what stands between and what comes after; where it does, the one behind it is asked.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.arrays import read_weights
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.learned import Seen, seen
from wardround.privacy.deid.text.reading import Reading

MODEL = Path(__file__).with_name("growing.npz")
LEAST = 0.7
MOST = 6
"""Words that are taken in on one side."""
GROWN = frozenset((Kind.NAME, Kind.PLACE))
_SIGNS = frozenset(",.#-/'&();:")
_ABBREVIATED = 4
"""Letters of an abbreviation with its dot, at most: "Mt.", "Rev."."""
_SURE = 0.75
"""How sure a find is that grows."""
_FAR = 4
"""Characters between a find and the next word, at most."""


def next_word(reading: Reading, at: int, step: int) -> tuple[int, str] | None:
    """Return the word beside word ``at`` and what stands between; none where they are apart."""
    pieces, starts = reading.pieces, reading.starts
    between, now = "", at + step
    while 0 <= now < len(pieces) and pieces[now] in _SIGNS and len(between) < 2:
        between += pieces[now]
        now += step
    if not (0 <= now < len(pieces)):
        return None
    first, last = (at, now) if step > 0 else (now, at)
    gap = reading.text[starts[first] + len(pieces[first]) : starts[last]]
    if len(gap) > _FAR or not pieces[now][0].isalnum():
        return None
    if pieces[first][-1] == "." and len(pieces[first]) > _ABBREVIATED:
        return None  # the end of a sentence
    return now, between + ("⏎" if "\n" in gap else " "[: len(gap)])


def features(reading: Reading, kind: Kind, at: int, now: int, step: int, gap: str) -> list[str]:
    """Return what is seen of word ``now``, beside word ``at`` of a find of this kind."""
    pieces, flat = reading.pieces, reading.is_flat_at(at)
    last = len(pieces)

    def view(number: int) -> Seen:
        return seen(pieces[number] if 0 <= number < last else "\n", flat)

    own, inner, beyond = view(now), view(at), view(now + step)
    dotted = pieces[at].endswith(".") and step > 0
    side = f"{kind[0]}{'>' if step > 0 else '<'}{'.' if dotted else ''}"
    low = reading.lows[now].rstrip(".")
    return [
        f"{side}{gap}",
        f"{side}w{low}",
        f"{side}{gap}w{low}",
        f"{side}g{own.group}",
        f"{side}{gap}g{own.group}",
        f"{side}i{own.group}|{inner.group}",
        f"{side}b{own.group}|{beyond.word}",
        f"{side}v{own.word}|{beyond.group}",
        f"{side}z{gap}{own.word}|{beyond.word}",
        f"{side}s{low[-3:]}",
    ]


class Growing:
    """The weights: for each feature what it says for a word to belong."""

    def __init__(self, weights: Mapping[str, float], bias: float) -> None:
        self._weights = weights
        self._bias = bias

    def grown(self, reading: Reading, found: Sequence[Find]) -> Iterator[Find]:
        """Yield finds in order, which do not overlap, with the words beside them that belong."""
        starts = reading.starts
        for number, find in enumerate(found):
            if find.kind not in GROWN or find.score < _SURE:
                yield find
                continue
            after = found[number + 1].start if number + 1 < len(found) else len(reading.text)
            before = found[number - 1].end if number else 0
            first = max(0, bisect_right(starts, find.start) - 1)
            last = max(first, bisect_left(starts, find.end) - 1)
            start, end = find.start, find.end
            for at in self._beside(reading, find.kind, first, -1):
                if starts[at] < before:
                    break
                start = starts[at]
            for at in self._beside(reading, find.kind, last, 1):
                if starts[at] >= after:
                    break
                end = starts[at] + len(reading.pieces[at].rstrip("."))
            yield find._replace(start=start, end=end)

    def _beside(self, reading: Reading, kind: Kind, at: int, step: int) -> Iterator[int]:
        for _ in range(MOST):
            beside = next_word(reading, at, step)
            if beside is None:
                return
            now, gap = beside
            if self._chance(features(reading, kind, at, now, step, gap)) < LEAST:
                return
            yield now
            at = now

    def _chance(self, seen_of_it: Sequence[str]) -> float:
        weights = self._weights
        total = self._bias + sum([weights.get(feature, 0.0) for feature in seen_of_it])
        return 1 / (1 + math.exp(-total)) if total > -30 else 0.0


@cache
def load_growing(path: Path = MODEL) -> Growing:
    """Return the model as ``scripts/train_privacy_names.py`` trained it."""
    features, weights, bias = read_weights(path)
    return Growing(dict(zip(features, weights, strict=True)), bias[0])
