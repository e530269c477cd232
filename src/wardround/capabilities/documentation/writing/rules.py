"""Rules as data: the word lists and patterns of this room, kept in ``rulebook/*.toml``.

A pattern is a Python regular expression over words in lower case separated by single spaces; a
form is a pattern and what replaces it, in the order in which they are tried.
"""

import re
import tomllib
from pathlib import Path

_FOLDER = Path(__file__).with_name("rulebook")


class Rules:
    """The rules of one module."""

    def __init__(self, name: str) -> None:
        with (_FOLDER / f"{name}.toml").open("rb") as file:
            self._found = tomllib.load(file)

    def words(self, name: str) -> frozenset[str]:
        """Return a set of words, written in one string."""
        return frozenset(self._found[name].split())

    def phrases(self, name: str) -> tuple[str, ...]:
        """Return a list of phrases."""
        return tuple(self._found[name])

    def table(self, name: str) -> dict[str, str]:
        """Return a table of names and what they stand for."""
        return dict(self._found[name])

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return one pattern."""
        return re.compile(self._found[name])

    def patterns(self, name: str) -> tuple[re.Pattern[str], ...]:
        """Return patterns in the order in which they are tried."""
        return tuple(re.compile(item) for item in self._found[name])

    def named(self, name: str) -> dict[str, re.Pattern[str]]:
        """Return patterns by what they tell, in the order in which they are tried."""
        return {label: re.compile(item) for label, item in self._found[name].items()}

    def forms(self, name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Return patterns with what replaces them."""
        return tuple((re.compile(pattern), form) for pattern, form in self._found[name])
