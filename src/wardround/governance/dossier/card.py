"""The cards of a capability, each with the file it stands in, as far as a dossier quotes them."""

from pathlib import Path
from typing import NamedTuple

from wardround.governance.cards import Card, State, attributes_of, read_card


class ModelFile(NamedTuple):
    """A file of a model."""

    name: str
    file: str
    digest: str


class Carded(NamedTuple):
    """A card and its file."""

    path: Path
    card: Card

    @property
    def label(self) -> str:
        """The model with its version, as it is called in the dossier."""
        return f"{self.card.name} {self.card.version}"

    @property
    def files(self) -> list[ModelFile]:
        """The files of the model; none where it is written as code."""
        card = self.card
        parts = [ModelFile(one.name, one.file, one.digest) for one in card.parts]
        own = [ModelFile(card.name, card.file, card.digest)] if card.file and card.digest else []
        return own + parts

    @property
    def said(self) -> dict[str, str]:
        """What is said, by part and key; unknown and not applicable are said, blanks are not."""
        found = {
            f"{one.part}.{one.key}": one.answer.told
            for one in attributes_of(self.card)
            if one.answer.state is not State.BLANK
        }
        return found | ({"made_by": self.card.made_by} if self.card.made_by else {})


def read_cards(folder: Path) -> list[Carded]:
    """Return the cards in a folder and below it, by their place."""
    return [
        Carded(path, read_card(path.read_text("utf-8"), str(path)))
        for path in sorted(folder.rglob("card.yaml"))
    ]
