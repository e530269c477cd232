"""The codes that a note names: ``(E10-E14)``, ``(I50.4-)``, ``(T36-T50 with fifth character 5)``.

The forms are those of the tabular list's own notes. What is no code is no reference: "code to
injury" names none, and a condition that is not understood ("with open fracture 7th character")
leaves its reference out. Nothing is guessed.
"""

import re
from typing import NamedTuple

_CODE = r"\b[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4}|\.)?"
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(rf"({_CODE})(?:\s*--?\s*|\s+to\s+)({_CODE})|({_CODE})")
_PLACE = {"fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "six": 6, "sixth": 6, "6th": 6}
_PLACE |= {"seventh": 7, "7th": 7, "final": 0}
_WORD = "|".join(_PLACE)
_CHARACTERS = re.compile(
    rf"with ({_WORD})(?:( or | to )({_WORD}))?[ -]characters? *"
    r"(-?[0-9A-Z]{1,2}(?:(?:-|, | or )[0-9A-Z]{1,2})*)?\b"
)
_DECIMALS = re.compile(r"(?<![0-9A-Z])\.([0-9A-Z]+)-?(?:\.([0-9A-Z]+))?")
_ORDER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Reference(NamedTuple):
    """Codes from ``low`` to ``high``, without points, and what their characters must be.

    One of ``places`` (counted from 1; 0 is the end) must hold one of ``chars``; what follows the
    point must be within one of ``decimals``.
    """

    low: str
    high: str
    places: tuple[int, ...] = ()
    chars: tuple[str, ...] = ()
    decimals: tuple[tuple[str, str], ...] = ()

    def covers(self, code: str) -> bool:
        """Tell whether it names ``code``, written without its point, or a code above it."""
        if not self.low <= code or not _to(code, self.high):
            return False
        rest = code[3:]
        if self.decimals and not any(a <= rest and _to(rest, b) for a, b in self.decimals):
            return False
        return not self.places or any(self._has(code, place) for place in self.places)

    def _has(self, code: str, place: int) -> bool:
        return code.startswith(self.chars, place - 1) if place else code.endswith(self.chars)


def references(note: str) -> tuple[Reference, ...]:
    """Return what the parentheses of a note name."""
    return tuple(found for inside in _PARENTHESIS.findall(note) for found in _inside(inside))


def _inside(inside: str) -> list[Reference]:
    condition = _CHARACTERS.search(inside)
    decimals = tuple((low, high or low) for low, high in _DECIMALS.findall(inside))
    places: tuple[int, ...] = ()
    chars: tuple[str, ...] = ()
    if condition is not None and condition[4] is not None:
        places, chars = _places(condition), _chars(condition[4])
    elif "with" in inside and "character" in inside and not decimals:
        return []
    return [
        Reference(_plain(low or one), _plain(high or one), places, chars, decimals)
        for low, high, one in _BETWEEN.findall(inside)
    ]


def _places(condition: re.Match[str]) -> tuple[int, ...]:
    first = _PLACE[condition[1]]
    return (first, _PLACE[condition[3]]) if condition[2] == " or " else (first,)


def _chars(said: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in re.split(r", | or ", said.lstrip("-")):
        low, _, high = part.partition("-")
        found += [c for c in _ORDER if low <= c <= high] if high else [low]
    return tuple(found)


def _to(code: str, high: str) -> bool:
    return code[: len(high)] <= high


def _plain(code: str) -> str:
    return code.replace(".", "")
