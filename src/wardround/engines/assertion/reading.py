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
        mark = self.marks[at] if at < len(self.marks) else None
        return mark is not None and any(role.act in acts for role in mark.roles)

    def _joined(self) -> dict[int, tuple[str, bool, bool]]:
        """Return each join: its kind, whether a new statement follows, and whether news does.

        A comma of a list that *or* closes counts as that *or*. A statement has a verb of its own;
        news is an item that opens as something found (*mild*, *with*, *the*) or is in a state.
        """
        joins: dict[int, tuple[str, bool, bool]] = {}
        following: str | None = None  # the kind of the join that closes the list on the right
        statement = news = False
        for at in range(len(self.words) - 1, -1, -1):
            kind = None if self.marks[at] and not self._is_join(at) else _JOINS.get(self.words[at])
            if kind is None:
                if self.does(at, "verb", "order"):
                    statement = True
                if self.does(at, "state") or self.words[at] == "with":
                    news = True
                if self.words[at] in ";)(:" or self.does(at, "stop"):
                    following, statement, news = None, False, False
                continue
            if at + 1 < len(self.words):
                opens = self.does(at + 1, "opening")
                news = news or opens
            bare = at + 1 < len(self.words) and self.words[at + 1] in _JOINS
            if bare:  # ", or": the comma is the or's
                joins[at] = joins[at + 1]
                continue
            if kind == COMMA and following == OR and not statement:
                kind, news = OR, False
            if kind == OR:
                news = False
            joins[at] = (kind, statement and kind != OR, news)
            following = None if statement and kind != OR else kind if kind == OR else following
            statement = news = False
        return joins

    def _is_join(self, at: int) -> bool:
        mark = self.marks[at] if at < len(self.marks) else None
        return mark is not None and mark.last - mark.first == 1 and self.words[at] in _JOINS


def _plain(word: str) -> str:
    """Return the word as phrases spell it: a year is ``yyyy``, *3-day* is ``day``."""
    if _YEAR.match(word):
        return "yyyy"
    lasting = _LASTING.match(word)
    return lasting.group(1) if lasting else word
