"""How much of what was planted is found, and how much else."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\w+")

Marked = tuple[int, int, str]
"""Characters ``start`` to ``end`` and the kind."""


@dataclass
class Score:
    """Counts over documents; tokens are runs of letters and figures, whatever their kind."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    whole: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    documents: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)

    def add(
        self, text: str, planted: Sequence[Marked], found: Iterable[tuple[int, int, str]]
    ) -> None:
        """Count one document."""
        tokens = [match.span() for match in _TOKEN.finditer(text)]
        gold, ours = _covered(planted, tokens), _covered(list(found), tokens)
        self.found += len(gold & ours)
        self.missed += len(gold - ours)
        self.wrong += len(ours - gold)
        leaks = 0
        for start, end, kind in planted:
            wanted = _covered([(start, end, kind)], tokens)
            self.entities[kind] += 1
            if wanted <= ours:
                self.whole[kind] += 1
            else:
                leaks += 1
                around = (
                    text[max(0, start - 30) : start]
                    + "⟦"
                    + text[start:end]
                    + "⟧"
                    + text[end : end + 15]
                )
                self.misses.append((kind, around.replace("\n", "⏎")))
        for at in sorted(ours - gold):
            start, end = tokens[at]
            around = (
                text[max(0, start - 25) : start]
                + "⟦"
                + text[start:end]
                + "⟧"
                + text[end : end + 20]
            )
            self.extras.append((str(at), around.replace("\n", "⏎")))
        self.documents += 1
        self.clean += not leaks

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


def _covered(spans: Sequence[Marked], tokens: Sequence[tuple[int, int]]) -> set[int]:
    covered, at = set(), 0
    for start, end, _ in sorted(spans):
        while at and tokens[at - 1][1] > start:
            at -= 1
        while at < len(tokens) and tokens[at][1] <= start:
            at += 1
        number = at
        while number < len(tokens) and tokens[number][0] < end:
            covered.add(number)
            number += 1
    return covered
