"""Numbers by what is around them: whether one that no rule has taken is somebody's, and what it is.

The rules know labels, shapes and ways to tell an age. A number that is told in words nobody foresaw is
judged by a logistic regression over how it is written and the words beside it: an age over 89, part of a
date or of an address, another number of somebody's, or a value that is nobody's.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.ages import is_long_ago, is_vital
from wardround.privacy.deid.text.arrays import read_weights
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.labelled import kind_nearby
from wardround.privacy.deid.text.lexicon import load_lexicon
from wardround.privacy.deid.text.measured import has_unit, is_range, names_a_code
from wardround.privacy.deid.text.reading import Reading, with_dots
from wardround.privacy.deid.text.said import FIGURES
from wardround.privacy.deid.text.words import bare

MODEL = Path(__file__).with_name("figures.npz")
CLASSES = (Kind.AGE, Kind.DATE, Kind.PLACE, Kind.OTHER)
"""What a number is told to be, ``OTHER`` for every further kind."""
LEAST, LEAST_SHORT = 0.6, 0.9
"""How likely a number is to be somebody's to be taken; one of two figures that is no age."""
_JOINS = "-–./_#+*:@"
"""Signs within a number."""
_RARE = 6
"""Letters of a word that no list has, from which it is no abbreviation such as labels are."""
_JOINED = (
    f"{tens}-{unit}"
    for tens in "twenty thirty forty fifty sixty seventy eighty ninety".split()
    for unit in "one two three four five six seven eight nine".split()
)
_SPOKEN = with_dots(" ".join((*FIGURES - {"o"}, *_JOINED)))
_BEFORE, _AFTER = 6, 4
"""Words that are looked at on each side."""
_HOPELESS = -6.0
"""What single words say, below which no pair of them makes a number somebody's."""
_SURE = 0.95
"""How likely an age is to be taken where something measured stands before it, too."""
_SHORT = 3
"""Characters of a number that is no longer short."""
_VALUES = re.compile(r"(\d{1,3})/(\d{1,3})")
_DAYS = 31
_COMPARED = tuple("+<>≤≥~±$€£")
"""Signs before a number that is measured, or paid."""
_LEADING = re.compile(r"\d+")
_REASON = "a number, by what is around it"


def candidates(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where numbers begin and end: figures with what is written into them, and spoken ones."""
    yield from _written(reading.text, reading.figures)
    yield from _said(reading)


def _written(text: str, figures: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    passed = 0
    for first, last in figures:
        if first < passed:
            continue
        start, passed = first, last
        while start and _is_within(text[start - 1]):
            start -= 1
        while passed < len(text) and _is_within(text[passed]):
            passed += 1
        number = text[start:passed]
        ahead = number.lstrip(_JOINS)
        yield passed - len(ahead), start + len(number.rstrip(_JOINS))


def _is_within(character: str) -> bool:
    return character.isalnum() or character in _JOINS


def _said(reading: Reading) -> Iterator[tuple[int, int]]:
    starts, pieces = reading.starts, reading.pieces
    run: list[int] = []
    for at in reading.where(_SPOKEN):
        if run and (pieces[run[-1]][-1] == "." or not _follows(pieces, run[-1], at)):
            yield starts[run[0]], starts[run[-1]] + len(pieces[run[-1]].rstrip("."))
            run = []
        run.append(at)
    if run:
        yield starts[run[0]], starts[run[-1]] + len(pieces[run[-1]].rstrip("."))


def _follows(pieces: Sequence[str], last: int, at: int) -> bool:
    return at == last + 1 or (at == last + 2 and pieces[last + 1] in "-,")


@lru_cache(maxsize=20_000)
def _word(piece: str) -> str:
    """Return a word as it is seen: a rare one, as names are, not by itself; of a number its length."""
    if piece[0].isdigit():
        return "9" * min(sum(map(str.isdigit, piece)), 6)
    if not piece[0].isalpha():
        return "⏎" if piece[0] == "\n" else piece[0]
    low, lexicon = bare(piece.lower()), load_lexicon()
    if low in lexicon.known or low in lexicon.common:
        return low
    plain = (low in lexicon.frequent or len(low) < _RARE) and not lexicon.is_name(low)
    return low if plain else "RARE"


@lru_cache(maxsize=20_000)
def _itself(written: str) -> tuple[tuple[str, ...], str]:
    """Return what is seen of a number itself, and its outline."""
    low = written.lower()
    if not any(map(str.isdigit, low)):
        words = low.replace("-", " ").replace(",", " ").split()
        outline = f"said{min(len(words), 5)}"
        tens = next((word for word in words if word in {"ninety", "hundred"}), "")
        return (
            outline,
            f"={low}" if len(words) < 3 else outline,
            f"{outline}{tens}",
        ), outline + tens
    shape = "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in low)
    runs = [(sign, len(list(run))) for sign, run in groupby(shape)]
    outline = "".join(sign for sign, _ in runs)
    size = ""
    if low.isdecimal():
        number = int(low)
        size = next((f"<{top}" for top in (13, 32, 60, 90, 130, 1000) if number < top), "long")
        if 1900 <= number < 2050:
            size = "year"
        outline = f"{len(low)}" if size == "long" else size
    exact = "".join(f"{sign}{min(n, 9)}" for sign, n in runs[:8])
    letters = "".join(c for c in low if c.isalpha())
    digits = sum(map(str.isdigit, low))
    return (
        f"s{exact}", f"o{outline}", f"d{min(digits, 12)}", f"l{min(len(letters), 6)}",
        f"p{low[: len(low) - len(low.lstrip('abcdefghijklmnopqrstuvwxyz'))][:4]}",
        f"e{letters[-4:]}" if low[-1].isalpha() else "e", f"z{size}", f"0{low[0] == '0'}",
    ), outline  # fmt: skip


def _sign(character: str) -> str:
    return "a" if character.isalnum() else "⏎" if character == "\n" else character


class Seen(NamedTuple):
    """What is seen of a number: by itself and word by word, and what it takes to see more at once."""

    singles: list[str]
    outline: str
    before: list[str]
    behind: list[str]

    @property
    def pairs(self) -> list[str]:
        """The features of more than one word."""
        own, (one, two, three), (next_, beyond) = self.outline, self.before[:3], self.behind[:2]
        return [
            f"2{two} {one}", f"3{three} {two} {one}", f"4{next_} {beyond}", f"5{one}|{next_}", f"6{one}|{own}",
            f"7{own}|{next_}", f"8{two} {one}|{own}", f"9{one}|{own}|{next_}",
        ]  # fmt: skip


def look(reading: Reading, start: int, end: int) -> Seen:
    """Look at a number and the words beside it."""
    text, starts, pieces = reading.text, reading.starts, reading.pieces
    first, after = bisect_right(starts, start) - 1, bisect_left(starts, end)
    own, outline = _itself(text[start:end])
    before = [_word(pieces[at]) for at in range(first - 1, max(-1, first - 1 - _BEFORE), -1)]
    behind = [_word(piece) for piece in pieces[after : after + _AFTER]]
    before += ["⏎"] * (3 - len(before))
    behind += ["⏎"] * (2 - len(behind))
    singles = [
        *own,
        f"({_sign(text[start - 1 : start])}",
        f"){_sign(text[end : end + 1])}",
        *(f"-{at}{word}" for at, word in enumerate(before[:4])),
        *(f"+{at}{word}" for at, word in enumerate(behind[:3])),
        *(f"B{word}" for word in set(before)),
        *(f"A{word}" for word in set(behind)),
    ]
    return Seen(singles, outline, before, behind)


def features(reading: Reading, start: int, end: int) -> list[str]:
    """Return all that is seen of a number and of the words beside it."""
    seen = look(reading, start, end)
    return [*seen.singles, *seen.pairs]


def _is_nobodys(text: str, start: int, end: int) -> bool:
    """Whether a number has a unit, is a published code, or two values with a slash that are no date."""
    values = _VALUES.fullmatch(text, start, end)
    if values is not None and max(map(int, values.groups())) > _DAYS:
        return True
    return (
        text[start - 1 : start] in _COMPARED
        or is_range(text[start:end])
        or has_unit(text, end, steady=True)
        or names_a_code(text, start)
    )


def _is_over_89(low: str) -> bool:
    figures = _LEADING.match(low)
    if figures is None:
        return "ninety" in low or "hundred" in low or low.startswith("one o")
    number = int(figures[0])
    return 89 < number < 130 or is_long_ago(number)


class Figures:
    """The weights: for each feature what it says for each of ``CLASSES``."""

    def __init__(self, weights: Mapping[str, Sequence[float]], bias: Sequence[float]) -> None:
        self._weights = weights
        self._bias = bias

    def chances(self, reading: Reading, start: int, end: int) -> list[float]:
        """Return how likely a number is each of ``CLASSES``; what is left is that it is nobody's."""
        seen = look(reading, start, end)
        sums = self._added(self._bias, seen.singles)
        if max(sums) < _HOPELESS:
            return [0.0] * len(sums)
        sums = self._added(sums, seen.pairs)
        top = max(0.0, *sums)
        parts = [math.exp(one - top) for one in sums]
        total = math.exp(-top) + sum(parts)
        return [part / total for part in parts]

    def _added(self, sums: Sequence[float], seen: Iterable[str]) -> list[float]:
        weights = self._weights
        rows = [weights[feature] for feature in seen if feature in weights]
        return [sum(column) for column in zip(sums, *rows, strict=True)]

    def find(self, reading: Reading, kept: Sequence[Find]) -> Iterator[Find]:
        """Yield the numbers that are likely somebody's, of those that ``kept`` leaves."""
        begins = [find.start for find in kept]
        for start, end in candidates(reading):
            number = bisect_left(begins, end)
            if number and kept[number - 1].end > start:
                continue
            if _is_nobodys(reading.text, start, end):
                continue
            chances = self.chances(reading, start, end)
            if not _is_over_89(reading.lowered[start:end]) or (
                chances[0] < _SURE and is_vital(reading.lowered, start, end)
            ):
                chances[0] = 0.0
            kind = CLASSES[max(range(len(CLASSES)), key=chances.__getitem__)]
            if kind is not Kind.AGE and reading.text[start:end].isalpha():
                continue  # one that is spoken in a word
            short = kind is not Kind.AGE and end - start < _SHORT
            if sum(chances) >= (LEAST_SHORT if short else LEAST):
                if kind is Kind.OTHER:
                    kind = kind_nearby(reading.lowered, start) or kind
                yield Find(start, end, kind, round(sum(chances), 3), _REASON)


@cache
def load_figures(path: Path = MODEL) -> Figures:
    """Return the model as ``scripts/train_privacy_names.py`` trained it."""
    seen, weights, bias = read_weights(path)
    size = len(CLASSES)
    rows = (weights[at : at + size] for at in range(0, len(weights), size))
    return Figures(dict(zip(seen, rows, strict=True)), bias)
