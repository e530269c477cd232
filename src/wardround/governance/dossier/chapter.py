"""A chapter of the dossier: a file of its own, and what it answers and leaves open."""

from dataclasses import dataclass, field
from typing import NamedTuple

from wardround.governance.validation import NOT_PROVIDED, Section, Table

TREE = "This program was installed without its source tree, which holds it."


class Said(NamedTuple):
    """A text with who or what says it."""

    text: str
    by: str


@dataclass(frozen=True)
class Answer:
    """What is asked, what is said to it, and who owes it where nothing is."""

    asks: str
    said: list[Said]
    owed_by: str
    why: str = ""
    """Why nothing is said, where that is known."""

    def rows(self) -> list[list[str]]:
        """Return the answer as rows of a table; a blank is written out."""
        if self.said:
            return [[self.asks, one.text, one.by] for one in self.said]
        return [[self.asks, " ".join(filter(None, (f"{NOT_PROVIDED}.", self.why))), self.owes()]]

    def owes(self) -> str:
        """Return who is to write it."""
        return f"owed by {self.owed_by}"


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter with its answers, the blank ones among them."""

    number: int
    key: str
    title: str
    sections: list[Section] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The name of its file."""
        words = self.title.lower().replace("(", "").replace(")", "").split()
        return f"{self.number:02d}-{'-'.join(words)}.md"

    @property
    def lacking(self) -> list[Answer]:
        """The answers that nobody gave."""
        return [one for one in self.answers if not one.said]

    def counted(self) -> str:
        """Return how many of its questions are answered."""
        return f"{len(self.answers) - len(self.lacking)} of {len(self.answers)}"


def answered(title: str, answers: list[Answer], words: list[str]) -> Section:
    """Return the section that shows answers as a table, each with who says it."""
    rows = [row for one in answers for row in one.rows()]
    table = Table(["Asked", "Answer", "Says"], rows, widths=[1.6, 4.2, 1.2])
    return Section(title, words, table=table)
