"""Which cues of a sentence reach a mention: a walk to its left and a walk to its right.

A walk keeps what it has crossed. A join that opens a new statement ends every scope but a
relative's; a stop ends the scopes it names; a cue that is met applies if nothing crossed keeps it
away and its axis was not closed. The nearest cue of an axis decides.
"""

from typing import NamedTuple

from wardround.engines.assertion.reading import AND, COMMA, OR, Mark, Reading
from wardround.engines.assertion.rules import AXES, Role

PEOPLE = frozenset({"family", "other"})
_STATED = AXES - PEOPLE
_AWAY = frozenset({"for", "to", "by"})  # "a possible approach to the lesion" doubts no lesion
_NEAR = 7  # words between a cue that reaches one noun and its mention


class Reached(NamedTuple):
    """A label that a cue gives a mention, by words ``first`` to ``last`` (exclusive)."""

    axis: str
    first: int
    last: int


class Reach(NamedTuple):
    """What reached a mention, and the axes that something before it closed to its section."""

    reached: tuple[Reached, ...]
    closed: frozenset[str]


def reach(reading: Reading, first: int, last: int) -> Reach:
    """Return what reaches the mention at words ``first`` to ``last`` (exclusive)."""
    before = _Before(reading, first)
    before.walk()
    after = _After(reading, last, now="historical" in before.stopped)
    after.walk()
    return Reach((*before.reached, *after.reached), frozenset(before.closed))


class _Before:
    """The walk from a mention to the start of its sentence."""

    def __init__(self, reading: Reading, first: int) -> None:
        self.reading = reading
        self.first = first
        self.reached: list[Reached] = []
        self.closed: set[str] = set()
        self.stopped: set[str] = set()  # by a word of its own statement, such as "now"
        self.crossed: set[str] = set()

    def walk(self) -> None:
        at = self.first - 1
        while at >= 0:
            mark = self.reading.marks[at]
            if mark is not None and mark.last > self.first:  # it runs into the mention
                mark = self.reading.match(mark.first, self.first)
            if mark is not None and mark.last > at:
                self._meet(mark)
                self._cross(at)
                at = mark.first - 1
            elif self.reading.words[at] == ")":
                at = _opening(self.reading, at) - 1
            else:
                self._pass(at)
                at -= 1

    def _meet(self, mark: Mark) -> None:
        """Meet a phrase: a cue applies first, then what the phrase ends is closed."""
        for role in mark.roles:
            if self._reaches(role, mark):
                self.reached += [Reached(axis, mark.first, mark.last) for axis in role.axes]
                self.closed |= role.axes | (PEOPLE if role.axes & PEOPLE else frozenset())
        for role in mark.roles:
            if role.act == "stop":
                self.stopped |= role.axes - self.closed
                self.closed |= role.axes
            elif role.act == "verb":
                self.crossed.add("verb")
            elif role.act == "subject" and self.reading.does(mark.last, "verb", "cue"):
                self.closed |= PEOPLE

    def _reaches(self, role: Role, mark: Mark) -> bool:
        """Return whether it is a cue that nothing crossed keeps away from the mention."""
        if role.act != "cue" or role.side != "before" or role.axes & self.closed:
            return False
        if ("verb" in self.crossed and not role.verbs) or (
            role.touching and mark.last != self.first
        ):
            return False
        listed = self.crossed & {AND, COMMA}
        if role.reach == "noun":
            return not listed and self.first - mark.last <= _NEAR
        if role.reach == "pair":
            return not self.crossed & {COMMA, "away"}
        # "No" before an item in the midst of a list denies that item alone.
        itemised = (
            not role.verbs and "negated" in role.axes and mark.first - 1 in self.reading.joins
        )
        return not (listed and itemised)

    def _pass(self, at: int) -> None:
        word = self.reading.words[at]
        if word == ";" or (word == ":" and not self.reading.does(at - 1, "cue")):
            self.closed |= AXES
        if word in _AWAY:
            self.crossed.add("away")
        self._cross(at)

    def _cross(self, at: int) -> None:
        join = self.reading.joins.get(at)
        if join is None:
            return
        if join.kind != OR:
            self.crossed.add(join.kind)
        if join.statement:
            self.closed |= _STATED
        if join.news:
            self.closed.add("negated")


class _After:
    """The walk from a mention to the end of its sentence, past a list that is closed."""

    def __init__(self, reading: Reading, last: int, *, now: bool) -> None:
        self.reading = reading
        self.last = last
        self.reached: list[Reached] = []
        self.closed: set[str] = {"historical"} if now else set()
        self.crossed: set[str] = set()

    def walk(self) -> None:
        at = self.last
        while at < len(self.reading.words):
            mark = self.reading.marks[at]
            if mark is not None and mark.first >= self.last:
                self._meet(mark, at)
                at = mark.last
                continue
            word = self.reading.words[at]
            if word in (";", ")") or (word == ":" and at != self.last):
                return
            self._cross(at)
            at += 1

    def _meet(self, mark: Mark, at: int) -> None:
        for role in mark.roles:
            if self._reaches(role, mark, at):
                self.reached += [Reached(axis, mark.first, mark.last) for axis in role.axes]
                self.closed |= role.axes
        for role in mark.roles:
            if role.act == "stop":
                self.closed |= role.axes
            elif role.act in ("verb", "state", "order"):
                self.closed |= _STATED - {"conditional"}
            elif role.act == "subject" or (role.act == "cue" and role.side == "before"):
                self.closed |= AXES - {"conditional"}

    def _reaches(self, role: Role, mark: Mark, at: int) -> bool:
        if role.act != "cue" or role.side != "after" or role.axes & self.closed:
            return False
        if (role.reach == "noun" and self.crossed) or (role.touching and at != self.last):
            return False
        return not role.final or self.reading.ends_at(mark.last)

    def _cross(self, at: int) -> None:
        join = self.reading.joins.get(at)
        if join is None:
            return
        self.crossed.add(join.kind)
        if join.statement or (join.kind == COMMA and not self._goes_on(at)):
            self.closed |= AXES

    def _goes_on(self, comma: int) -> bool:
        """Return whether the cue is next, or an *and* or *or* closes the list of the comma."""
        if self.reading.has_cue_after(comma + 1):
            return True
        for at in range(comma + 1, len(self.reading.words)):
            join = self.reading.joins.get(at)
            if join is not None and self.reading.words[at] != ",":
                return not join.statement
            if self.reading.does(at, "verb", "stop", "subject") or self.reading.words[at] in ";:()":
                return False
        return False


def _opening(reading: Reading, closing: int) -> int:
    """Return the place of the parenthesis that a closing one answers; its own if there is none."""
    for at in range(closing - 1, -1, -1):
        if reading.words[at] == "(":
            return at
    return closing
