"""The rules, as the files beside this one write them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

Rule: TypeAlias = dict[str, Any]


@cache
def rules(name: str) -> dict[str, Any]:
    """Return the rules of a file by its name: ``stated`` for ``stated.toml``."""
    text = files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
