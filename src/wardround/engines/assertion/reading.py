"""A sentence as words, with what its phrases do and how its parts are joined."""

import re
from typing import NamedTuple

from wardround.engines.assertion.phrases import TOKEN
from wardround.engines.assertion.rules import Role, Rules

OR, AND, COMMA = "or", "and", "comma"
_JOINS = {
    "or": OR, "nor": OR, "/": OR, "and/or": OR, "vs": OR, "versus": OR,
    "and": AND, "&": AND, "plus": AND, ",": COMMA,
}  # fmt: skip


_LASTING = re.compile(r"[^-]+-(hour|day|week|month|year)s?\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


class Mark(NamedTuple):
    """A phrase that does something: words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    roles: tuple[Role, ...]


class Join(NamedTuple):
    """What joins two parts: a comma of a list that *or* closes counts as that *or*.

    A ``statement`` follows where the next part has a verb of its own; ``news`` where it opens as
    something found (*mild*, *with*, *the*) or is in a state (*clear*).
    """

    kind: str
    statement: bool
    news: bool


class Reading:
    """The words of one sentence (``words``, with ``starts`` and ``ends``) and their marks."""

    def __init__(self, lowered: str, parts: list[tuple[int, int]], rules: Rules) -> None:
        """Read the parts of a text, such as the head of a list and one of its items."""
        self._rules = rules
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in parts:
            for found in TOKEN.finditer(lowered, start, end):
                self.words.append(_plain(found.group()))
                self.starts.append(found.start())
                self.ends.append(found.end())
        self.marks: list[Mark | None] = [None] * len(self.words)
        at = 0
        while at < len(self.words):
            mark = self.match(at, len(self.words))
            if mark is None:
                at += 1
                continue
            for place in range(mark.first, mark.last):
                self.marks[place] = mark
            at = mark.last
        self.joins = self._joined()

    def match(self, at: int, limit: int) -> Mark | None:
        """Return the longest phrase that starts at a word and ends before ``limit``."""
        last, roles = self._rules.phrases.longest(self.words, at, limit)
        return Mark(at, last, roles) if last > at else None

    def does(self, at: int, *acts: str) -> bool:
        """Return whether the word is of a phrase that does one of the acts."""
        mark = self.marks[at] if 0 <= at < len(self.marks) else None
        return mark is not None and any(role.act in acts for role in mark.roles)

    def has_cue_after(self, at: int) -> bool:
        """Return whether a cue that follows its mention is at the word."""
        mark = self.marks[at] if at < len(self.marks) else None
        return mark is not None and any(
            role.act == "cue" and role.side == "after" for role in mark.roles
        )

    def ends_at(self, at: int) -> bool:
        """Return whether a part of the sentence ends before the word."""
        return at >= len(self.words) or self.words[at] in ".,;)!"

    def _joined(self) -> dict[int, Join]:
        joins: dict[int, Join] = {}
        closing = ""  # the kind of the join that closes the list on the right
        statement = news = False
        for at in range(len(self.words) - 1, -1, -1):
            kind = self._kind(at)
            if kind is None:
                if self.words[at] in ";)(:" or self.does(at, "stop"):
                    closing, statement, news = "", False, False
                statement = statement or self.does(at, "verb", "order")
                news = news or self.words[at] == "with" or self.does(at, "state")
                continue
            following = joins.get(at + 1)
            if following is not None:  # ", or": the comma is the or's
                joins[at] = following
                continue
            if kind == COMMA and closing == OR and not statement:
                kind = OR
            if kind == OR:
                joins[at] = Join(OR, statement=False, news=False)
            else:
                joins[at] = Join(kind, statement, news or self.does(at + 1, "opening"))
            closing = OR if kind == OR else ""
            statement = news = False
        return joins

    def _kind(self, at: int) -> str | None:
        """Return how the word joins, unless it is part of a longer phrase."""
        mark = self.marks[at]
        return (
            None if mark is not None and mark.last - mark.first > 1 else _JOINS.get(self.words[at])
        )


def _plain(word: str) -> str:
    """Return the word as phrases spell it: a year is ``yyyy``, 12 is ``nn``, *3-day* is ``day``."""
    if word.isdigit():
        return "yyyy" if _YEAR.match(word) else "nn"
    lasting = _LASTING.match(word)
    return lasting.group(1) if lasting else word
