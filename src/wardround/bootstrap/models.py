"""The models that the package carries, and whether each is the one that its card describes."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from wardround.kernel import Noun

_LINE = re.compile(r"""^ *(?:- )?(name|version|file|digest): ["']?([^"'\n]+)["']?$""", re.MULTILINE)


class Carried(Noun):
    """A model's file: its name and version by its card, and its sha256 as it is now."""

    name: str
    version: str
    file: str
    digest: str
    as_said: bool


def carried_models() -> list[Carried]:
    """Return every model that a room's ``card.yaml`` names, its file hashed now."""
    return [one for card in _cards() for one in _described(card.read_text("utf-8"))]


@cache
def _cards() -> tuple[Traversable, ...]:
    """Return the cards of all rooms: looked for once, as the package stays as it is."""
    return tuple(_cards_below(files("wardround")))


def _cards_below(folder: Traversable) -> Iterator[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir():
            yield from _cards_below(path)
        elif path.name == "card.yaml":
            yield path


def _described(card: str) -> Iterator[Carried]:
    """Yield the model of a card, or each of its parts: what has a file and its digest."""
    said: dict[str, str] = {}
    for key, value in _LINE.findall(card):
        said[key] = value
        if key == "digest":
            yield _hashed(said)


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
