"""R4's elements with their types, and the rules beyond them, as data."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def elements() -> dict[str, dict[str, str]]:
    """Return for each type its elements with theirs; ``!`` ends one that must be there."""
    path = files("wardround.privacy.fhir") / "elements.json"
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of ``rules.toml`` by its name."""
    return frozenset(_rules()[name])


def is_published(address: str) -> bool:
    """Return whether a system or profile is one that everybody uses, and names nobody."""
    return address.startswith(tuple(listed("published"))) and "?" not in address


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((files("wardround.privacy.fhir") / "rules.toml").read_text("utf-8"))
