"""A sentence as words, with what its phrases do and how its parts are joined."""

import re
from functools import cache, cached_property
from typing import NamedTuple

from wardround.engines.assertion.phrases import TOKEN
from wardround.engines.assertion.rules import Role, Rules

OR, AND, COMMA = "or", "and", "comma"
_JOINS = {
    "or": OR, "nor": OR, "/": OR, "and/or": OR, "vs": OR, "versus": OR,
    "and": AND, "&": AND, "plus": AND, ",": COMMA,
}  # fmt: skip


ENDING = frozenset(";():")
AWAY = frozenset({"for", "to", "by"})  # "a possible approach to the lesion" doubts no lesion
PARTING = ENDING | AWAY
_GOING_ON = frozenset(
    "after although and as at based because bilaterally but by clinically despite during for from "
    "given here however in now on or per since though throughout to today with x2 x3".split()
)
_CUING = frozenset({"before", "after", "nothing"})  # a trap cut by a mention may be a cue
_SAYING = frozenset({"verb", "order"})
_LASTING = re.compile(r"[^-]+-(hour|day|week|month|year)s?\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


class Mark(NamedTuple):
    """A phrase that does something: words ``first`` to ``last`` (exclusive).

    ``acts`` are those of its roles; a cue's is its side, ``before`` or ``after``.
    """

    first: int
    last: int
    roles: tuple[Role, ...]
    acts: frozenset[str]


class Join(NamedTuple):
    """What joins two parts: a comma of a list that *or* closes counts as that *or*.

    A ``statement`` follows where the next part has a verb of its own; ``news`` where it opens as
    something found (*mild*, *with*, *the*) or is in a state (*clear*).
    """

    kind: str
    statement: bool
    news: bool


class Reading:
    """The words of one sentence (``words``, with ``starts`` and ``ends``) and their marks.

    ``points`` are the places where a walk has something to look at: the first word of each mark,
    and the words and signs that part a sentence.
    """

    def __init__(self, lowered: str, parts: list[tuple[int, int]], rules: Rules) -> None:
        """Read the parts of a text, such as the head of a list and one of its items."""
        self._rules = rules
        found = [token for part in parts for token in TOKEN.finditer(lowered, *part)]
        self.words = [_plain(token.group()) for token in found]
        self.starts = [token.start() for token in found]
        self.ends = [token.end() for token in found]
        self.marks: list[Mark | None] = [None] * len(self.words)
        self.points: list[int] = []
        self.cued = False  # whether a phrase may say anything of a mention, and of one before it
        self.follows = False
        self._mark()

    def match(self, at: int, limit: int) -> Mark | None:
        """Return the longest phrase that starts at a word and ends before ``limit``."""
        last, roles = self._rules.phrases.longest(self.words, at, limit)
        return Mark(at, last, roles, _acts_of(roles)) if last > at else None

    def does(self, at: int, act: str) -> bool:
        """Return whether the word is of a phrase that does this."""
        mark = self.marks[at] if 0 <= at < len(self.marks) else None
        return mark is not None and act in mark.acts

    def ends_at(self, at: int) -> bool:
        """Return whether a part of the sentence ends before the word."""
        return at >= len(self.words) or self.words[at] in ".,;)!" or self.words[at] in _GOING_ON

    def _mark(self) -> None:
        words, begins, limit = self.words, self._rules.phrases.begins(), len(self.words)
        free = 0
        for at, word in enumerate(words):
            if at < free:
                continue
            mark = self.match(at, limit) if word in begins else None
            if mark is not None:
                free = mark.last
                self.marks[at:free] = [mark] * (free - at)
                self.points.append(at)
                self.cued = self.cued or not mark.acts.isdisjoint(_CUING)
                self.follows = self.follows or "after" in mark.acts
            elif word in _JOINS or word in PARTING:
                self.points.append(at)

    @cached_property
    def joins(self) -> dict[int, Join]:
        """Every join by its place."""
        joins: dict[int, Join] = {}
        closing = ""  # the kind of the join that closes the list on the right
        statement = news = passive = False
        for at in reversed(self.points):
            mark, word = self.marks[at], self.words[at]
            kind = _JOINS.get(word) if mark is None or mark.last - at == 1 else None
            if kind is None:
                if word in ENDING or (mark is not None and "stop" in mark.acts):
                    closing, statement, news, passive = "", False, False, False
                if mark is not None:
                    statement = statement or bool(mark.acts & _SAYING)
                    passive = passive or "passive" in mark.acts
                    news = news or "state" in mark.acts or self._is_with(mark)
                continue
            statement = statement or (passive and kind == COMMA and closing != OR)
            following = joins.get(at + 1)
            if following is not None:  # ", or": the comma is the or's
                joins[at] = following
                continue
            if kind == COMMA and closing == OR and not statement:
                kind = OR
            if kind == OR:
                joins[at] = Join(OR, statement=False, news=False)
            else:
                joins[at] = Join(kind, statement, news or self._is_news(at + 1))
            closing = OR if kind == OR else ""
            statement = news = passive = False
        return joins

    def _is_with(self, mark: Mark) -> bool:
        return mark.last == mark.first + 1 and self.words[mark.first] == "with"

    def _is_news(self, at: int) -> bool:
        return self.does(at, "opening") or (at < len(self.words) and self.words[at] == "with")


@cache
def _acts_of(roles: tuple[Role, ...]) -> frozenset[str]:
    return frozenset(role.act if role.act != "cue" else role.side for role in roles)


def _plain(word: str) -> str:
    """Return the word as phrases spell it: a year is ``yyyy``, 12 is ``nn``, *3-day* is ``day``."""
    if word.isalpha():
        return word
    if word.isdigit():
        return "yyyy" if _YEAR.match(word) else "nn"
    lasting = _LASTING.match(word)
    return lasting.group(1) if lasting else word
