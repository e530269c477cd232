"""The models that the package carries, and whether each is the one that its card describes."""

import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from wardround.kernel import Noun

_LINE = re.compile(r'^(name|version|file|digest): "?([^"\n]+)"?$', re.MULTILINE)


class Carried(Noun):
    """A model's file: its name and version by its card, and its sha256 as it is now."""

    name: str
    version: str
    file: str
    digest: str
    as_said: bool


def carried_models() -> list[Carried]:
    """Return every model that a capability's ``card.yaml`` names, its file hashed now."""
    return [_hashed(dict(_LINE.findall(card.read_text("utf-8")))) for card in _cards()]


def _cards() -> Iterator[Traversable]:
    for room in (files("wardround") / "capabilities").iterdir():
        card = room / "card.yaml"
        if card.is_file():
            yield card


def _hashed(said: dict[str, str]) -> Carried:
    path = files("wardround").joinpath(*said["file"].split("/")[1:])
    found = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return Carried(
        name=said["name"],
        version=said["version"],
        file=said["file"],
        digest=found,
        as_said=found == said["digest"],
    )
