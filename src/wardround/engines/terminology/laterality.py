"""The side that a code names, derived from the descriptions of a category.

"Right" names a side where the category has the same description with "left": "Left ventricular
failure" has no such counterpart and names none.
"""

import re
from collections.abc import Iterable

_SIDE = re.compile(r"\b(right|left)\b", re.IGNORECASE)
_BOTH = re.compile(r"\bbilateral\b|\bboth\b", re.IGNORECASE)
_NEITHER = re.compile(r"\b(?:unspecified|unsp)\b", re.IGNORECASE)
_NO_SIDE = re.compile(r"\bunspecified side\b")
_OTHER = {"right": "left", "left": "right"}


def laterality_of(displays: Iterable[str]) -> dict[str, str]:
    """Return the side of each description of one category that names one."""
    known = {" ".join(display.lower().split()): display for display in displays}
    sides: dict[str, str] = {}
    frames: set[str] = set()
    for low, display in known.items():
        words = _SIDE.findall(low)
        swapped = _SIDE.sub(lambda found: _OTHER[found[1]], low)
        if len(set(words)) == 1 and swapped in known:
            sides[display] = words[0]
            frames.add(_frame(_SIDE.sub("", low)))
    for low, display in known.items():
        if display in sides or not frames:
            continue
        if _BOTH.search(low):
            sides[display] = "bilateral"
        elif _NO_SIDE.search(low) or any(_frame(one) in frames for one in _without(low)):
            sides[display] = "unspecified"
    return sides


def side_of(words: str) -> str | None:
    """Return the side that a seventh character names: ``right eye``, ``bilateral``."""
    low = words.lower()
    found = _SIDE.search(low)
    if found is not None:
        return found[1]
    if low == "bilateral":
        return "bilateral"
    return "unspecified" if low in {"unspecified eye", "unspecified side"} else None


def _without(low: str) -> list[str]:
    """Return a description with each of its "unspecified" left out in turn."""
    return [low[: found.start()] + low[found.end() :] for found in _NEITHER.finditer(low)]


def _frame(words: str) -> str:
    """Return a description without its side, its words in order of the alphabet, plurals cut."""
    return " ".join(sorted(word.strip(",").rstrip("s") for word in words.split() if word != ","))
