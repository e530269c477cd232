"""Where things stand in a JSON text, so that parts of it can be taken or replaced as they are.

The standard library's decoder tells where a value ends; that is all it takes to walk the outer
levels of a text. The text is known to be JSON: the door has looked at it (``body.py``).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from wardround.kernel import InvalidInput

_SPACE = re.compile(r"[ \t\n\r]*")
_NAME = re.compile(r"[A-Za-z_]{1,64}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise twice(next(name for name in names if names.count(name) > 1))
    return found


def twice(name: str) -> InvalidInput:
    """Return what is wrong with an object that says one name twice: readers would differ."""
    said = f", {name}," if _NAME.fullmatch(name) else ""
    return InvalidInput(f"A name{said} stands twice in one object.", mend="Keep one of the two.")


DECODER = json.JSONDecoder(object_pairs_hook=_unique)
"""Reads values; an object that says a name twice raises ``InvalidInput``."""


class Walk:
    """A place ``at`` in a JSON text, moved forward value by value.

    Whoever loops over ``members`` or ``items`` takes each value, by ``value`` or a loop of its own.
    """

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = _after_space(text, at)

    @property
    def first(self) -> str:
        """The character that the value here begins with."""
        return self.text[self.at]

    def value(self) -> Any:
        """Return the value here, and go behind it."""
        found, self.at = DECODER.raw_decode(self.text, self.at)
        return found

    def members(self) -> Iterator[str]:
        """Yield the name of each member of the object here, standing at its value."""
        names = set()
        self._step(1)
        while self.first != "}":
            name = self.value()
            if name in names:
                raise twice(name)
            names.add(name)
            self._step(0)
            self._step(1)
            yield name
            self._behind_comma()
        self.at += 1

    def items(self) -> Iterator[int]:
        """Yield the number of each item of the array here, standing at the item."""
        number = 0
        self._step(1)
        while self.first != "]":
            yield number
            number += 1
            self._behind_comma()
        self.at += 1

    def _step(self, over: int) -> None:
        self.at = _after_space(self.text, self.at + over)

    def _behind_comma(self) -> None:
        self._step(0)
        if self.first == ",":
            self._step(1)


def member(text: str, name: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the value of a member of the object at ``start`` stands, or None."""
    walk = Walk(text, start)
    for found in walk.members():
        begin = walk.at
        walk.value()
        if found == name:
            return begin, walk.at
    return None


def with_member(text: str, name: str, value: Any, start: int = 0) -> str:
    """Return the text with one member set, and every other character as it was."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    place = member(text, name, start)
    if place is not None:
        return text[: place[0]] + written + text[place[1] :]
    inside = _after_space(text, start) + 1
    comma = "" if text[_after_space(text, inside)] == "}" else ","
    return f'{text[:inside]}"{name}":{written}{comma}{text[inside:]}'


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()
