"""Which English words say what a coder marked in the Spanish original.

CodiEsp marks the words of each code in Spanish case reports; of the translation only the text is
there. A lexicon of Spanish words (and codes) against English words is learned by expectation
maximisation (IBM model 1; Brown et al., Computational Linguistics 19(2), 1993) over words near the
place where the mark should stand, begun from how alike words of one Greek or Latin root look. Then
each mark gets the run of English words that it explains best.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scripts.coding_terms import Term

from wardround.capabilities.coding.finding.words import Word, words_of

_SMALL = frozenset(
    "de del la el los las en y o u a al con por para un una unos unas que se su sus lo e".split()
)
_NEAR = (400.0, 300.0, 200.0, 150.0, 120.0, 120.0)
"""Characters by which a place may be off, round by round."""
_WIDE = 350
"""Characters to either side in which a mark's words are sought at the end."""
LONGEST = 6
SURE = 0.75
"""The score from which an alignment is believed."""


class Mark(NamedTuple):
    """A coder's mark: the code, the Spanish words, and the middle of their place."""

    code: str
    words: str
    place: float


class Aligned(NamedTuple):
    """A mark with its English words.

    ``rooted``: one of them looks like a word of the mark, or is a word of the code's titles.
    """

    document: str
    code: str
    term: Term
    score: float
    rooted: bool


class _Document:
    def __init__(self, name: str, text: str, marks: Sequence[Mark], end: float) -> None:
        self.name = name
        self.words: list[Word] = words_of(text)
        self.places = np.array([word.start for word in self.words], dtype=float)
        self.marks = [(mark, _sources(mark)) for mark in marks]
        self.shift, self.slope = 0.0, len(text) / max(end * 1.03, 1.0)

    def expected(self, mark: Mark) -> float:
        return self.shift + self.slope * mark.place

    def near(self, place: float, reach: float) -> range:
        low, high = np.searchsorted(self.places, [place - reach, place + reach])
        return range(int(low), int(high))

    def fit(self, points: Sequence[tuple[float, float]]) -> None:
        """Fit where Spanish places stand in English, by points that are sure; strays count less."""
        spanish, english = np.array(points).T
        stiff = 100_000.0
        for _ in range(5):
            off = english - (self.shift + self.slope * spanish)
            weight = 1.0 / (1.0 + (off / 150.0) ** 2)
            x, y = np.average(spanish, weights=weight), np.average(english, weights=weight)
            spread = (weight * (spanish - x) ** 2).sum() + stiff
            joint = (weight * (spanish - x) * (english - y)).sum() + stiff * self.slope
            self.slope = float(joint / spread)
            self.shift = float(y - self.slope * x)


def read_marks(path: Path) -> dict[str, list[tuple[str, Mark, float]]]:
    """Return the marks of each document: kind, mark and end, from an ``X.tsv`` of CodiEsp."""
    found: dict[str, list[tuple[str, Mark, float]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        name, kind, code, words, places = line.split("\t")
        spans = [tuple(map(int, span.split())) for span in places.split(";")]
        middle = sum(begin for begin, _ in spans) / len(spans)
        end = float(max(last for _, last in spans))
        found[name].append((kind, Mark(code.upper(), words, middle), end))
    return found


def align(
    texts: Mapping[str, str],
    marks: Mapping[str, Sequence[tuple[str, Mark, float]]],
    titles: Mapping[str, Sequence[str]],
) -> list[Aligned]:
    """Return the English words of each mark of a diagnosis, with how sure that is.

    Marks of procedures help to learn which words belong together, and are then left.
    """
    documents = []
    for name, text in texts.items():
        own = [
            mark if kind.startswith("D") else mark._replace(code="")
            for kind, mark, _ in marks.get(name, ())
        ]
        if own:
            end = max(last for _, _, last in marks[name])
            documents.append(_Document(name, text, own, end))
    lexicon = _Lexicon({code: frozenset(words) for code, words in titles.items()})
    for reach in _NEAR:
        lexicon.learn(documents, reach)
    return [found for document in documents for found in _found(document, lexicon)]


class _Lexicon:
    """How likely an English word is said by a Spanish one, or by a code."""

    def __init__(self, titles: Mapping[str, frozenset[str]]) -> None:
        self._titles = titles
        self._of: dict[str, dict[str, float]] = {}

    def titled(self, source: str, word: str) -> bool:
        """Tell whether ``source`` is a code and ``word`` one of its titles'."""
        return source.startswith("#") and word in self._titles.get(source[1:], ())

    def row(self, source: str, words: Sequence[str]) -> NDArray[np.float64]:
        own = self._of.get(source)
        if own is None:
            return np.array([self._first(source, word) for word in words])
        return np.array([own.get(word, 1e-6) for word in words])

    def _first(self, source: str, word: str) -> float:
        if source.startswith("#"):
            return 1.0 if word in self._titles.get(source[1:], ()) else 0.02
        return float(0.02 + 3.0 * alike(word, source) ** 4)

    def learn(self, documents: Sequence[_Document], reach: float) -> None:
        """Count who says what as it is believed now, fit places, and believe the counts."""
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        totals: dict[str, float] = defaultdict(float)
        for document in documents:
            points = []
            for mark, sources in document.marks:
                place = document.expected(mark)
                window = document.near(place, 3 * reach)
                if not window:
                    continue
                words = [document.words[at].form for at in window]
                here = document.places[window.start : window.stop]
                weight = np.exp(-np.abs(here - place) / reach)
                for source in sources:
                    share = weight * self.row(source, words)
                    share /= share.sum() + 0.005
                    for word, part in zip(words, share.tolist(), strict=True):
                        if part > 0.005:
                            counts[source][word] += part
                            totals[word] += part
                    likely = int(share.argmax())
                    if share[likely] > 0.7:
                        points.append((mark.place, float(here[likely])))
            if len(points) >= 4:
                document.fit(points)
        self._of = {
            source: {
                word: (count + 0.2 * self._first(source, word)) / (totals[word] + 1.0)
                for word, count in own.items()
            }
            for source, own in counts.items()
        }


def _found(document: _Document, lexicon: _Lexicon) -> list[Aligned]:
    found = []
    for mark, sources in document.marks:
        if not mark.code:
            continue
        place = document.expected(mark)
        window = document.near(place, _WIDE)
        if not window:
            continue
        words = [document.words[at].form for at in window]
        gains = np.array([_gain(source, words, lexicon) for source in sources])
        score, first, last = _best(document, window, gains, place)
        if last > first:
            term = tuple(sorted(document.words[at].form for at in range(first, last)))
            sure = score / (4.0 * (len(sources) - 1) + 2.0)
            rooted = _rooted(term, sources, lexicon)
            found.append(Aligned(document.name, mark.code, term, sure, rooted))
    return found


def _rooted(term: Term, sources: Sequence[str], lexicon: _Lexicon) -> bool:
    if any(lexicon.titled(source, word) for source in sources for word in term):
        return True
    return any(alike(word, source) > 0 for source in sources for word in term)


def _gain(source: str, words: Sequence[str], lexicon: _Lexicon) -> NDArray[np.float64]:
    row = lexicon.row(source, words)
    if not source.startswith("#"):
        row = np.maximum(row, 0.5 * np.array([alike(word, source) for word in words]) ** 6)
    gain = np.log(np.maximum(row, 1e-3) / 1e-3)
    return gain * (0.6 if source.startswith("#") else 1.0)


def _best(
    document: _Document, window: range, gains: NDArray[np.float64], place: float
) -> tuple[float, int, int]:
    """Return the score and the words of the run that a mark explains best."""
    best = (-9.0, 0, 0)
    each = gains.max(axis=0)
    for offset in np.nonzero(each > 0.5)[0].tolist():
        said, idle = np.zeros(len(gains)), 0.0
        for at in range(offset, min(offset + LONGEST, len(window))):
            word = window.start + at
            if at > offset and document.words[word].begins:
                break
            said = np.maximum(said, gains[:, at])
            idle += 1.6 * (each[at] <= 1.0)
            if each[at] <= 0.5:
                continue
            far = abs(document.places[word] - place) / 150.0
            score = float(said.sum() - idle - 0.35 * (at - offset + 1) - far)
            best = max(best, (score, window.start + offset, word + 1))
    return best


def _sources(mark: Mark) -> list[str]:
    words = re.findall(r"[^\W_]+", _folded(mark.words))
    kept = [_singular(word) for word in words if word not in _SMALL]
    return [*kept, f"#{mark.code}"] if mark.code else kept


def _singular(word: str) -> str:
    if len(word) <= 4:
        return word
    return re.sub(r"(?<=[lrndz])es$", "", re.sub(r"(?<=[aeiou])s$", "", word))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def alike(english: str, spanish: str) -> float:
    """Return how alike two words look, 0 to 1, once spelling habits are taken off."""
    (one, first), (two, second) = _bare(english, False), _bare(spanish, True)
    if one == two:
        return 1.0 if len(one) > 2 or english == spanish else 0.5
    if min(len(one), len(two)) < 4:
        return 0.0
    dice = 2 * (first & second).total() / (first.total() + second.total())
    return dice if dice > 0.55 else 0.0


@cache
def _bare(word: str, spanish: bool) -> tuple[str, Counter[str]]:
    if spanish:
        word = word.replace("cion", "tion").replace("idad", "ity").replace("ll", "l")
        word = re.sub(r"^es(?=[ptc])", "s", word)
    for said, put in _SAME:
        word = word.replace(said, put)
    word = re.sub(r"(.)\1", r"\1", word).replace("ae", "e").replace("oe", "e")
    if len(word) > 5:
        word = _ENDING.sub("", word)
    edged = f"^{word}"
    return word, Counter(edged[at : at + 2] for at in range(len(edged) - 1))


_SAME = tuple(
    pair.split(">") for pair in "ph>f th>t rh>r ch>c qu>c k>c y>i h> j>i z>s x>cs w>v".split(" ")
)
_ENDING = re.compile(r"(ical|ica|ico|icos|icas|ic|al|ia|io|ea|ia|ous|oso|osa|a|o|e|i|ed|ado|ada)$")
