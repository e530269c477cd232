"""The rules, as the files beside this one write them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

Rule: TypeAlias = dict[str, Any]


_PARTS = {
    "combinations": ("combinations", "bleeding", "diabetes", "within"),
    "specificity": ("detail_other", "detail_circulation", "detail_breathing"),
}
"""Rules that stand in several files."""


@cache
def rules(name: str) -> dict[str, Any]:
    """Return the rules of a kind by its name: ``stated`` for ``stated.toml``."""
    found: dict[str, Any] = {}
    for part in _PARTS.get(name, (name,)):
        text = files(__package__).joinpath(f"{part}.toml").read_text("utf-8")
        for key, value in tomllib.loads(text).items():
            found[key] = found[key] + value if key in found else value
    return found
