"""A text as the finders read it: its words and figures, looked for once and shared by all of them.

What makes seventy patterns slow is that each walks over the whole text. So none does: a finder asks
where the words or figures stand that its patterns begin at, and tries them there alone.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from wardround.privacy.deid.text.casing import flat_lines, is_flat, recased
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.words import Word, bare, tokens

_FIGURES = re.compile(r"\d+")


class Words(dict[int, Word]):
    """The words of a text by their number, each made when somebody looks at it: few are."""

    def __init__(self, pieces: list[str], lows: list[str], starts: list[int]) -> None:
        self._pieces, self._lows, self._starts = pieces, lows, starts

    def __len__(self) -> int:
        return len(self._pieces)

    def __missing__(self, at: int) -> Word:
        word = self[at] = Word(self._pieces[at], self._lows[at], self._starts[at], at)
        return word

    def low(self, at: int) -> str:
        """Return a word in lower case, without its dot or possessive; beyond the text, nothing."""
        return bare(self._lows[at]) if 0 <= at < len(self._lows) else ""

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words ``start`` to ``end`` (exclusive), as far as there are any."""
        return [self[at] for at in range(start, min(end, len(self._pieces)))]


class Reading:
    """One text, and where the words and the figures in it stand."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lowered = _lowered(text)
        self.flat = is_flat(text)
        """Whether its case tells nothing."""
        self._flat_lines = [] if self.flat else flat_lines(text)
        self.has_flat_lines = bool(self._flat_lines)
        self.cased = recased(text, lexicon) if self.flat else self._mixed(lexicon)
        """The text with capitals where names could begin; offsets are the same."""
        self.pieces, self.starts = tokens(self.cased)
        self.lows = list(map(str.lower, self.pieces))
        self.words = Words(self.pieces, self.lows, self.starts)
        self.capitals = [at for at, piece in enumerate(self.pieces) if piece[0].isupper()]
        """The numbers of the words that begin with a capital."""
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for at, low in enumerate(self.lows):
            self._places[low].append(at)
        self._vocabulary = frozenset(self._places)
        self.figures: list[tuple[int, int]] = [found.span() for found in _FIGURES.finditer(text)]
        """Where runs of figures begin and end."""

    def _mixed(self, lexicon: Lexicon) -> str:
        """Return the text with capitals in those of its lines that have none."""
        pieces, passed = [], 0
        for start, end in self._flat_lines:
            pieces += [self.text[passed:start], recased(self.text[start:end], lexicon)]
            passed = end
        return "".join([*pieces, self.text[passed:]])

    def is_flat_at(self, at: int) -> bool:
        """Whether the case of a word tells nothing, be it that of the text or of its line."""
        if not self._flat_lines:
            return self.flat
        number = bisect_right(self._flat_lines, (self.starts[at], len(self.text)))
        return number > 0 and self.starts[at] < self._flat_lines[number - 1][1]

    def where(self, words: AbstractSet[str]) -> list[int]:
        """Return the numbers of the words that are among ``words``, in order."""
        hits = self._vocabulary & words
        return sorted(at for word in hits for at in self._places[word]) if hits else []

    def matches(
        self, pattern: re.Pattern[str], words: frozenset[str], *, as_written: bool = False
    ) -> Iterator[re.Match[str]]:
        """Yield what a pattern matches where one of ``words`` begins, none overlapping."""
        starts = self.starts
        text = self.text if as_written else self.cased
        return tried(pattern, text, (starts[at] for at in self.where(words)))

    def around(
        self, pattern: re.Pattern[str], words: frozenset[str], before: int, after: int
    ) -> Iterator[re.Match[str]]:
        """Yield what a pattern finds near ``words``, so many words before and characters after."""
        starts, passed = self.starts, 0
        for at in self.where(words):
            start, end = starts[max(0, at - before)], starts[at] + after
            while True:
                found = pattern.search(self.cased, max(passed, start), end)
                if found is None:
                    break
                yield found
                passed = max(found.end(), found.start() + 1)


def tried(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what a pattern matches at ``places``, which are in order; none overlapping."""
    match: Callable[[str, int], re.Match[str] | None] = pattern.match
    passed = 0
    for place in places:
        if place >= passed and (found := match(text, place)) is not None:
            passed = found.end()
            yield found


def near(
    pattern: re.Pattern[str],
    text: str,
    hints: Iterable[tuple[int, int]],
    before: int,
    after: int,
) -> Iterator[re.Match[str]]:
    """Yield what a slow pattern finds around what a quick one does, so many characters each way."""
    passed = 0
    for start, end in hints:
        if end <= passed:
            continue
        found = pattern.search(text, max(passed, start - before), end + after)
        while found is not None:
            found = pattern.match(text, found.start()) or found  # not cut off by what is around
            passed = found.end()
            yield found
            if passed >= end:
                break
            found = pattern.search(text, passed, end + after)


def spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a quick pattern begins and ends."""
    return (found.span() for found in pattern.finditer(text))


def with_dots(words: str) -> frozenset[str]:
    """Return words, each also as it ends a sentence or an abbreviation."""
    return frozenset(form for word in words.split() for form in (word, f"{word}."))


def _lowered(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # some letters have no lower case of the same length
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered
