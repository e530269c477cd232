"""Praat TextGrids, long and short, as text.

Praat reads its text files as a row of free-standing numbers, quoted strings and flags, and passes
over everything else (https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html); read so,
the long and the short format are one. praatio's readers end at the first line they do not
understand and return what came before it; here a file that is cut short is named as such.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from wardround.kernel import InvalidInput

_TOKEN = re.compile(
    r'"(?P<string>[^"]*(?:""[^"]*)*)"'
    r"|(?<!\S)(?P<number>[-+]?\d{1,20}(?:\.\d{0,30})?(?:[eE][-+]?\d{1,3})?)(?!\S)"
    r"|<(?P<flag>exists|absent)>"
)
_LARGEST = 100_000
_LONGEST = 1e6
_MEND = "Save it again in Praat: Save as text file."


@dataclass(frozen=True, slots=True)
class Interval:
    """What a tier holds from ``start`` to ``end`` seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of intervals, those without text left out."""

    name: str
    intervals: tuple[Interval, ...]


def read(text: str, name: str) -> list[Tier]:
    """Return the interval tiers of a TextGrid; ``name`` is the file's, for errors."""
    return list(_Reader(text, name).tiers())


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._tokens = _TOKEN.finditer(text)
        self._place = 0

    def tiers(self) -> Iterator[Tier]:
        if not self._string().startswith("ooTextFile") or self._string() != "TextGrid":
            self._fail("This is not a TextGrid saved as text.")
        self._span()
        if self._next("flag") == "absent":
            return
        for _ in range(self._count()):
            kind, name = self._string(), self._string()
            self._span()
            if kind == "IntervalTier":
                intervals = [self._interval() for _ in range(self._count())]
                yield Tier(name, tuple(i for i in intervals if i.text.strip()))
            elif kind == "TextTier":
                for _ in range(self._count()):
                    self._number()
                    self._string()
            else:
                self._fail("This tier is neither an IntervalTier nor a TextTier.")
        if self._text[self._place :].strip():
            self._fail("The file goes on after the intervals it announces.")

    def _interval(self) -> Interval:
        start, end = self._span()
        return Interval(start, end, self._string())

    def _span(self) -> tuple[float, float]:
        start, end = self._number(), self._number()
        if not -1e-6 < start <= end < _LONGEST:
            self._fail("These times run backwards or cannot be.")
        return max(0.0, start), max(0.0, end)

    def _count(self) -> int:
        number = self._number()
        if not (0 <= number <= _LARGEST and number == int(number)):
            self._fail("This count cannot be.")
        return int(number)

    def _number(self) -> float:
        return float(self._next("number"))

    def _string(self) -> str:
        return self._next("string").replace('""', '"')

    def _next(self, kind: str) -> str:
        token = next(self._tokens, None)
        if token is None:
            self._place = len(self._text)
            self._fail("The file ends early.")
        self._place = token.end()
        if token.lastgroup != kind:
            self._place = token.start()
            self._fail(f"Here should be a {kind}.")
        return token[kind]

    def _fail(self, what: str) -> NoReturn:
        line = self._text.count("\n", 0, self._place) + 1
        raise InvalidInput(what, where=f"{self._name}, line {line}", mend=_MEND)
