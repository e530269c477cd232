"""Which cues of a sentence reach a mention: a walk to its left and a walk to its right.

The walk keeps what it has crossed. A join that opens a new statement ends every scope but a
relative's; a stop ends the scopes it names; a cue that is met applies if nothing crossed keeps it
away and its axis was not closed. The nearest cue of an axis decides.
"""

from collections.abc import Iterator
from typing import NamedTuple

from wardround.engines.assertion.reading import AND, COMMA, OR, Mark, Reading
from wardround.engines.assertion.rules import AXES, Role

PEOPLE = frozenset({"family", "other"})
_NEAR = 7  # words between a cue that reaches one noun and its mention


class Reached(NamedTuple):
    """A label that a cue gives a mention, by words ``first`` to ``last`` (exclusive)."""

    axis: str
    first: int
    last: int


class Reach(NamedTuple):
    """What reached a mention, and the axes that something between closed to a section."""

    reached: tuple[Reached, ...]
    closed: frozenset[str]


def reach(reading: Reading, first: int, last: int) -> Reach:
    """Return what reaches the mention at words ``first`` to ``last`` (exclusive)."""
    left, closed = _leftward(reading, first)
    right = _rightward(reading, last)
    return Reach((*left, *right), closed)


def _leftward(reading: Reading, first: int) -> tuple[list[Reached], frozenset[str]]:
    reached: list[Reached] = []
    closed: set[str] = set()
    crossed: set[str] = set()
    at = first - 1
    while at >= 0:
        mark = reading.marks[at]
        if mark is not None and mark.last > first:  # it runs into the mention: what is left of it
            mark = reading.match(mark.first, first)
        if mark is not None and mark.last > at:
            _meet(reading, mark, first, crossed, closed, reached)
            if reading.does(at, "subject") and reading.does(mark.last, "verb", "cue"):
                closed |= PEOPLE
            if reading.joins.get(at):
                _cross(reading, at, crossed, closed)
            at = mark.first - 1
            continue
        word = reading.words[at]
        if word == ")":
            at = _opening(reading, at)
            continue
        if word == ";" or (word == ":" and not _is_cue(reading, at - 1)):
            closed |= AXES
            crossed.add("statement")
        _cross(reading, at, crossed, closed)
        at -= 1
    return reached, frozenset(closed)


def _meet(
    reading: Reading,
    mark: Mark,
    first: int,
    crossed: set[str],
    closed: set[str],
    reached: list[Reached],
) -> None:
    """Meet a phrase on the left: cues apply first, then what it ends is closed."""
    for role in mark.roles:
        if role.act != "cue" or role.side != "before" or role.axes & closed:
            continue
        if _too_far(role, mark, first, crossed, item=mark.first - 1 in reading.joins):
            continue
        for axis in role.axes:
            reached.append(Reached(axis, mark.first, mark.last))
            closed |= PEOPLE if axis in PEOPLE else {axis}
    for role in mark.roles:
        if role.act == "stop":
            closed |= role.axes
        elif role.act == "verb":
            crossed.add("verb")


def _too_far(role: Role, mark: Mark, first: int, crossed: set[str], *, item: bool) -> bool:
    """Return whether what was crossed keeps the cue away; one within a list is of its ``item``."""
    if "verb" in crossed and not role.verbs:
        return True
    if role.reach == "noun" and (crossed & {AND, COMMA} or first - mark.last > _NEAR):
        return True
    if role.reach == "pair" and COMMA in crossed:
        return True
    if item and not role.verbs and "negated" in role.axes and crossed & {AND, COMMA}:
        return True
    return role.touching and mark.last != first


def _cross(reading: Reading, at: int, crossed: set[str], closed: set[str]) -> None:
    join = reading.joins.get(at)
    if join is None:
        return
    kind, statement, news = join
    if kind != OR:
        crossed.add(kind)
    if statement:
        closed |= AXES - PEOPLE
    if news:
        closed.add("negated")


def _rightward(reading: Reading, last: int) -> list[Reached]:
    reached: list[Reached] = []
    closed: set[str] = set()
    crossed: set[str] = set()
    at = last
    while at < len(reading.words):
        mark = reading.marks[at]
        if mark is not None and mark.first < last:  # it began within the mention
            mark = None
        if mark is not None:
            for role in mark.roles:
                if role.act == "cue" and role.side == "after" and not role.axes & closed:
                    if role.reach == "noun" and crossed:
                        continue
                    if role.reach == "pair" and "far" in crossed:
                        continue
                    if role.touching and at != last:
                        continue
                    for axis in role.axes:
                        reached.append(Reached(axis, mark.first, mark.last))
                        closed.add(axis)
            for role in mark.roles:
                if role.act == "stop":
                    closed |= role.axes
                elif role.act in ("verb", "state", "order"):
                    closed |= AXES - PEOPLE - {"conditional"}
                elif role.act == "subject" or (role.act == "cue" and role.side == "before"):
                    closed |= AXES - {"conditional"}
            at = mark.last
            continue
        word = reading.words[at]
        if word in (";", ")"):
            break
        if word == ":" and at != last:
            break
        join = reading.joins.get(at)
        if join is not None:
            kind, statement, _ = join
            if kind == COMMA and not _closes(reading, at):
                crossed.add("far")
                if not _cue_next(reading, at):
                    closed |= AXES
            elif kind == AND:
                crossed.add("and")
            else:
                crossed.add("or")
            if statement:
                closed |= AXES
        at += 1
    return reached


def _closes(reading: Reading, comma: int) -> bool:
    """Return whether an *and* or *or* closes the list that the comma is of."""
    for at in range(comma + 1, len(reading.words)):
        join = reading.joins.get(at)
        if join and join[0] in (AND, OR) and reading.words[at] != ",":
            return not join[1]
        if reading.does(at, "verb", "stop", "subject") or reading.words[at] in ";:()":
            return False
    return False


def _cue_next(reading: Reading, at: int) -> bool:
    mark = reading.marks[at + 1] if at + 1 < len(reading.words) else None
    return mark is not None and any(r.act == "cue" and r.side == "after" for r in mark.roles)


def _is_cue(reading: Reading, at: int) -> bool:
    mark = reading.marks[at] if at >= 0 else None
    return mark is not None and any(r.act == "cue" and r.side == "before" for r in mark.roles)


def _opening(reading: Reading, closing: int) -> int:
    """Return the place left of the parenthesis that a closing one ends."""
    for at in range(closing - 1, -1, -1):
        if reading.words[at] == "(":
            return at - 1
    return closing - 1


def marks_of(reading: Reading) -> Iterator[Mark]:
    """Yield each mark once, in order."""
    seen = -1
    for mark in reading.marks:
        if mark is not None and mark.first > seen:
            seen = mark.first
            yield mark
