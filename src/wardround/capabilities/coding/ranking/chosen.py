"""A language model behind the coder's port: it may choose among codes that have words."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.ports import Bounds, FindsCodes, Named
from wardround.engines.terminology import Tabular


class Option(NamedTuple):
    """A code that may be chosen, what it is called, and the words that say it."""

    code: str
    display: str
    spans: tuple[Span, ...]


class Chooses(Protocol):
    """What reads a text with its candidates and names the codes to keep, the surest first."""

    def choose(self, text: str, options: Sequence[Option]) -> Sequence[str]:
        """Return codes of ``options``; any other code is dropped and counted."""
        ...


class ChoosesOf(Protocol):
    """A language model that is asked about one patient at a time, as the way out demands."""

    def about(self, subject: str) -> Chooses:
        """Return what chooses among the codes of a note about ``Patient/1``."""
        ...


class Titles(Protocol):
    """What tells the title of a code."""

    def display(self, code: str) -> str:
        """Return it; empty where there is none."""
        ...


class Titled:
    """The titles of a code set as they are on one day."""

    def __init__(self, tabular: Tabular, on: date) -> None:
        self._tabular = tabular
        self._on = on

    def display(self, code: str) -> str:
        """Return the title of a code; empty where there is none."""
        found = self._tabular.find(code, self._on)
        return "" if found is None else found.display


class ChosenCoder:
    """A coder whose candidates a language model chooses from.

    Scores stay those of the coder beneath, which are calibrated; the order is the model's. A code
    that it invents has no words in the text, so it is never given; ``dropped`` counts them.
    """

    def __init__(self, beneath: FindsCodes, titles: Titles, chooser: Chooses) -> None:
        self._beneath = beneath
        self._titles = titles
        self._chooser = chooser
        self.dropped: Counter[str] = Counter()

    @property
    def model(self) -> Named:
        """The coder beneath: its candidates and its scores."""
        return self._beneath.model

    @property
    def thresholds(self) -> Bounds:
        """Those of the coder beneath."""
        return self._beneath.thresholds

    def find(self, text: str, on: date | None = None) -> Sequence[Found]:
        """Return the codes that were chosen, the surest first."""
        return self._chosen(text, self._beneath.find(text, on))

    def find_many(
        self, texts: Sequence[str], dates: Sequence[date | None] | None = None
    ) -> Sequence[Sequence[Found]]:
        """Return the codes that were chosen of each text."""
        many = self._beneath.find_many(texts, dates)
        return [self._chosen(text, found) for text, found in zip(texts, many, strict=True)]

    def _chosen(self, text: str, found: Sequence[Found]) -> list[Found]:
        candidates = {one.code: one for one in found}
        if not candidates:
            return []
        options = [
            Option(one.code, self._titles.display(one.code), one.spans)
            for one in candidates.values()
        ]
        kept = []
        for code in dict.fromkeys(self._chooser.choose(text, options)):
            one = candidates.get(code)
            if one is None:
                self.dropped["no words of the note say it"] += 1
            else:
                kept.append(one)
        return kept
