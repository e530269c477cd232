"""What a room's ``card.yaml`` says of its models, as far as a dossier quotes it."""

from pathlib import Path

from pydantic import Field

from wardround.governance.dossier.declared import flat, read_yaml, words
from wardround.kernel import InvalidInput, Noun


class Card(Noun):
    """A model's card: its file, and what is written under each heading."""

    path: Path
    name: str
    version: str
    licence: str | None = None
    file: str | None = None
    digest: str | None = None
    said: dict[str, str] = Field(default_factory=dict)

    @property
    def label(self) -> str:
        """The model with its version, as it is called in the dossier."""
        return f"{self.name} {self.version}"


def read_cards(folder: Path) -> list[Card]:
    """Return the cards in a folder and below it, by name."""
    return [_card(path) for path in sorted(folder.rglob("card.yaml"))]


def _card(path: Path) -> Card:
    found = read_yaml(path)
    if not isinstance(found, dict) or not {"name", "version"} <= found.keys():
        raise InvalidInput("The card names no model and version.", where=str(path))
    own = {key: words(found[key]) for key in ("licence", "file", "digest") if found.get(key)}
    name, version = words(found["name"]), words(found["version"])
    return Card(path=path, name=name, version=version, said=dict(flat(found)), **own)
