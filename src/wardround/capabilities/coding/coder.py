"""The coder: a text in, the ICD-10-CM codes that it supports out, each with its words."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np

from wardround.capabilities.coding.finding.words import Word, words_of
from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.ranking.features import Candidate
from wardround.capabilities.coding.ranking.model import Model, Thresholds, load

SPANS = 8
"""Places of a code that are told; a note of a hundred pages may name it hundreds of times."""
RARELY = 0.1
"""A code whose best term meant it less often is passed over; such codes score below 0.2."""
LIKELY = 0.02
"""Below this score nothing is told: it would be chance."""


class Coder:
    """Finds codes by dictionary and ranks them by what training learned of each term."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def thresholds(self) -> Thresholds:
        """From which score a code is suggested, and from which it may be accepted unseen."""
        return self.model.thresholds

    def find(self, text: str, on: date | None = None) -> list[Found]:
        """Return the codes that ``text`` supports, best first.

        With ``on``, the date of service, a code that has since been divided is given as the code
        that took its place; without it codes are given as they were learned.
        """
        return self.find_many([text], [on])[0]

    def find_many(
        self, texts: Sequence[str], dates: Sequence[date | None] | None = None
    ) -> list[list[Found]]:
        """Return the codes of each text; the trees are asked once for all of them."""
        described = []
        for text in texts:
            words = words_of(text)
            matches = self.model.lexicon.find(words)
            found, rows = self.model.describing.describe(words, matches, RARELY)
            described.append((words, found, rows))
        full = [rows for _, found, rows in described if found]
        stacked = np.concatenate(full) if full else np.zeros((0, 1), dtype=np.float32)
        raw = self.model.forest.probabilities(stacked)
        scores = np.interp(raw, *self.model.calibration)
        answers, place = [], 0
        for number, (words, found, _) in enumerate(described):
            # Calibration makes ties; the trees' own order is finer.
            order = np.argsort(-raw[place : place + len(found)], kind="stable").tolist()
            ranked = [(found[at], float(scores[place + at])) for at in order]
            place += len(found)
            answers.append(self._ranked(words, ranked, dates[number] if dates else None))
        return answers

    def display(self, code: str) -> str:
        """Return what a code is called, empty where it is of no edition that is known here."""
        place = self._places.get(code)
        return "" if place is None else self.model.displays[place]

    @property
    def _places(self) -> dict[str, int]:
        return _places(self.model.digest, tuple(self.model.lexicon.codes))

    def _ranked(
        self,
        words: Sequence[Word],
        ranked: Sequence[tuple[Candidate, float]],
        on: date | None,
    ) -> list[Found]:
        best: dict[str, Found] = {}
        for candidate, score in ranked:
            if score < LIKELY:
                break
            code, reasons = self._coded(candidate.code, on)
            spans = tuple(
                Span(words[first].start, words[last - 1].end)
                for first, last in candidate.spots[:SPANS]
            )
            best.setdefault(code, Found(code, round(score, 4), spans, reasons))
        return list(best.values())

    def _coded(self, place: int, on: date | None) -> tuple[str, tuple[str, ...]]:
        codes, successor = self.model.lexicon.codes, self.model.successors[place]
        code = codes[place]
        if on is None or self.model.billable[place]:
            return code, ()
        if successor >= 0:
            return codes[successor], (f"{code} is not valid on the date of service.",)
        return code, (f"{code} is not a complete code on the date of service.",)


@cache
def load_coder() -> Coder:
    """Return the coder with the model that the package carries; raise ``Unavailable``."""
    return Coder(load())


@cache
def _places(digest: str, codes: tuple[str, ...]) -> dict[str, int]:
    del digest
    return {code: place for place, code in enumerate(codes)}
