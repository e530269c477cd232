"""How much of what was planted is found, and how much else."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

_TOKEN = re.compile(r"\w+")

Marked = tuple[int, int, str]
"""Characters ``start`` to ``end`` and the kind."""


@dataclass
class Score:
    """Counts over documents; tokens are runs of letters and figures, whatever their kind.

    Examples of what was missed are kept only where they may be looked at.
    """

    examples: bool = False
    found: int = 0
    missed: int = 0
    wrong: int = 0
    whole: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    untouched: int = 0
    documents: int = 0
    misses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)

    def add(self, text: str, planted: Sequence[Marked], found: Iterable[Marked]) -> None:
        """Count one document."""
        places = tokens(text)
        gold, ours = _covered(planted, places), _covered(list(found), places)
        self.found += len(gold & ours)
        self.missed += len(gold - ours)
        self.wrong += len(ours - gold)
        leaks = 0
        for start, end, kind in planted:
            self.entities[kind] += 1
            if _covered([(start, end, kind)], places) <= ours:
                self.whole[kind] += 1
            else:
                leaks += 1
                if self.examples:
                    self.misses.append(f"{kind}: {_around(text, start, end)}")
        if self.examples:
            self.extras += [_around(text, *places[at]) for at in sorted(ours - gold)]
        self.documents += 1
        self.clean += not leaks
        self.untouched += not ours

    @property
    def recall(self) -> float:
        """The share of planted tokens that were found."""
        return self.found / ((self.found + self.missed) or 1)

    @property
    def precision(self) -> float:
        """The share of found tokens that were planted."""
        return self.found / ((self.found + self.wrong) or 1)

    @property
    def entity_recall(self) -> float:
        """The share of planted identifiers whose every token was found."""
        return self.whole.total() / (self.entities.total() or 1)


def total(scores: Iterable[Score]) -> Score:
    """Return the scores of several lots of documents as one."""
    whole = Score()
    for score in scores:
        for one in fields(Score):
            if one.name != "examples":
                setattr(whole, one.name, getattr(whole, one.name) + getattr(score, one.name))
    return whole


def tokens(text: str) -> list[tuple[int, int]]:
    """Return where the runs of letters and figures of a text stand."""
    return [match.span() for match in _TOKEN.finditer(text)]


def _around(text: str, start: int, end: int) -> str:
    shown = f"{text[max(0, start - 30) : start]}⟦{text[start:end]}⟧{text[end : end + 20]}"
    return shown.replace("\n", "⏎")


def _covered(spans: Sequence[Marked], places: Sequence[tuple[int, int]]) -> set[int]:
    covered, at = set(), 0
    for start, end, _ in sorted(spans):
        while at and places[at - 1][1] > start:
            at -= 1
        while at < len(places) and places[at][1] <= start:
            at += 1
        number = at
        while number < len(places) and places[number][0] < end:
            covered.add(number)
            number += 1
    return covered
