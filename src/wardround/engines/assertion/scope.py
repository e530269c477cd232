"""Which cues of a sentence reach a mention: a walk to its left and a walk to its right.

A walk keeps what it has crossed. A join that opens a new statement ends every scope but a
relative's; a stop ends the scopes it names; a cue that is met applies if nothing crossed keeps it
away and its axis was not closed. The nearest cue of an axis decides.
"""

from bisect import bisect_left
from typing import NamedTuple

from wardround.engines.assertion.reading import AND, AWAY, COMMA, ENDING, OR, Mark, Reading
from wardround.engines.assertion.rules import AXES, Role

PEOPLE = frozenset({"family", "other"})
_STATED = AXES - PEOPLE
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
    if not reading.follows:
        return Reach(tuple(before.reached), frozenset(before.closed))
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
        reading = self.reading
        skip = len(reading.words)  # what a parenthesis holds is its own
        for place in range(bisect_left(reading.points, self.first) - 1, -1, -1):
            at = reading.points[place]
            if at >= skip:
                continue
            mark = reading.marks[at]
            if mark is not None and mark.last > self.first:  # it runs into the mention
                mark = reading.match(at, self.first)
            if mark is not None:
                self._meet(mark)
            word = reading.words[at]
            if word == ")":
                skip = _opening(reading, at)
            elif word == ";" or (word == ":" and not reading.does(at - 1, "before")):
                if mark is None:
                    self.closed |= AXES if word == ";" else _STATED - {"conditional"}
            elif word in AWAY:
                self.crossed.add("away")
            self._cross(at)

    def _meet(self, mark: Mark) -> None:
        """Meet a phrase: a cue applies first, then what the phrase ends is closed."""
        if "before" in mark.acts:
            for role in mark.roles:
                if self._reaches(role, mark):
                    open_axes = role.axes - self.closed
                    self.reached += [Reached(axis, mark.first, mark.last) for axis in open_axes]
                    self.closed |= role.axes | (PEOPLE if role.axes & PEOPLE else frozenset())
        if "verb" in mark.acts:
            self.crossed.add("verb")
        if "stop" in mark.acts:
            for role in mark.roles:
                if role.act == "stop":
                    self.stopped |= role.axes - self.closed
                    self.closed |= role.axes
        if "subject" in mark.acts and self._says(mark.last):
            self.closed |= PEOPLE
            self.crossed.add("verb")

    def _says(self, at: int) -> bool:
        return any(self.reading.does(at, act) for act in ("verb", "before", "after"))

    def _reaches(self, role: Role, mark: Mark) -> bool:
        """Return whether it is a cue that nothing crossed keeps away from the mention."""
        if role.act != "cue" or role.side != "before" or role.axes <= self.closed:
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
        within = not role.verbs and "negated" in role.axes and mark.first - 1 in self.reading.joins
        return not (listed and within)

    def _cross(self, at: int) -> None:
        join = self.reading.joins.get(at)
        if join is None:
            return
        if join.kind != OR:
            self.crossed.add(join.kind)
        elif COMMA in self.crossed and self.reading.words[at - 1 : at + 1] == [",", "or"]:
            self.closed.add("negated")  # "no A, B, or C, D": the list was closed before D
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
        self.closed: set[str] = set()
        self.now = now  # it is told as new: a year after it dates it
        self.crossed: set[str] = set()

    def walk(self) -> None:
        reading = self.reading
        for place in range(bisect_left(reading.points, self.last), len(reading.points)):
            at = reading.points[place]
            mark = reading.marks[at]
            if mark is not None:
                self._meet(mark)
            elif reading.words[at] in ";)" or (reading.words[at] == ":" and at != self.last):
                return
            self._cross(at)
            if len(self.closed) == len(AXES):
                return

    def _meet(self, mark: Mark) -> None:
        if "after" in mark.acts:
            for role in mark.roles:
                if self._reaches(role, mark):
                    self.reached += [Reached(axis, mark.first, mark.last) for axis in role.axes]
                    self.closed |= role.axes
        if "stop" in mark.acts:
            self.closed.update(*(role.axes for role in mark.roles if role.act == "stop"))
            self.closed.add("conditional")
        if mark.acts & {"verb", "state", "order"}:
            self.closed |= _STATED - {"conditional"}
        if mark.acts & {"subject", "before"}:
            self.closed |= AXES - {"conditional"}

    def _reaches(self, role: Role, mark: Mark) -> bool:
        if role.act != "cue" or role.side != "after" or role.axes & self.closed:
            return False
        if (role.reach == "noun" and self.crossed) or (role.touching and mark.first != self.last):
            return False
        dated = "historical" in role.axes and "yyyy" in self.reading.words[mark.first : mark.last]
        if self.now and dated:
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
        reading = self.reading
        if reading.does(comma + 1, "after"):
            return True
        for at in reading.points[bisect_left(reading.points, comma + 1) :]:
            join = reading.joins.get(at)
            if join is not None and reading.words[at] != ",":
                return not join.statement
            mark = reading.marks[at]
            if reading.words[at] in ENDING or (mark and mark.acts & {"verb", "stop", "subject"}):
                return False
        return False


def _opening(reading: Reading, closing: int) -> int:
    """Return the place of the parenthesis that a closing one answers; its own if there is none."""
    for at in range(closing - 1, -1, -1):
        if reading.words[at] == "(":
            return at
    return closing
