"""Where things stand in a JSON text, so that parts of it can be taken or replaced as bytes.

The standard library's decoder tells where a value ends; that is all that is needed to walk one
level of an object or an array without parsing what lies below into anything.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def members(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield each member of the object that begins at ``start``: its name, value start and end."""
    here = _skip(text, start + 1)
    while text[here] != "}":
        name, here = _DECODER.raw_decode(text, here)
        begin = _skip(text, _skip(text, here) + 1)
        _, end = _DECODER.raw_decode(text, begin)
        yield name, begin, end
        here = _after_comma(text, end)


def items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield each item of the array that begins at ``start``: its start and end."""
    here = _skip(text, start + 1)
    while text[here] != "]":
        _, end = _DECODER.raw_decode(text, here)
        yield here, end
        here = _after_comma(text, end)


def member(text: str, name: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the value of member ``name`` stands, or None."""
    for found, begin, end in members(text, start):
        if found == name:
            return begin, end
    return None


def with_member(text: str, name: str, value: Any, start: int = 0) -> str:
    """Return the text with one member set, and every other character as it was."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    place = member(text, name, start)
    if place is not None:
        return text[: place[0]] + written + text[place[1] :]
    inside = start + 1
    comma = "" if text[_skip(text, inside)] == "}" else ","
    return f'{text[:inside]}"{name}":{written}{comma}{text[inside:]}'


def _skip(text: str, here: int) -> int:
    found = _SPACE.match(text, here)
    return here if found is None else found.end()


def _after_comma(text: str, end: int) -> int:
    here = _skip(text, end)
    return _skip(text, here + 1) if text[here] == "," else here
