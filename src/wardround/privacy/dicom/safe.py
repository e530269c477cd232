"""The lists of ``safe.toml``: what Table E.1-1 does not name and is kept all the same."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def safe(words: str) -> frozenset[str]:
    """Return a list by its name: text, maker, makers, dummy or binary."""
    return frozenset(_lists()[words])


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that a kept text may hold, in small letters."""
    return frozenset(_lists()["words"].split())


@cache
def private_places() -> dict[str, dict[str, list[str]]]:
    """Return the private elements that may stay: creator, group, last digits of the element."""
    return _lists()["private"]  # type: ignore[no-any-return]


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((files("wardround.privacy.dicom") / "safe.toml").read_text("utf-8"))
