"""A model's card: which model it is, and what is said to each of the 31 source attributes."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from wardround.governance.cards import attributes
from wardround.governance.cards.answer import BLANK, Answer, State, Written
from wardround.governance.strict import Line, Name, read_yaml
from wardround.kernel import Noun


def _inside(path: str) -> str:
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError("a file is named from the package's own folder")
    return path


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
File = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_inside)]


class Part(Noun):
    """One file of a model that has several."""

    name: Name
    file: File
    digest: Digest


class Besides(Noun):
    """What the CHAI Applied Model Card asks for besides the 31 attributes."""

    released: date | None = None
    availability: Written = BLANK
    how_to_use: Written = BLANK
    input_data: Written = BLANK
    third_parties: Written = BLANK
    stakeholders: Written = BLANK
    publications: Written = BLANK
    consent: Written = BLANK
    keywords: tuple[Line, ...] = ()


class Card(Noun):
    """A card. A model is one ``file``, or ``parts``, or none where it is written as code.

    ``covers`` names what the card speaks for besides itself, such as each published score.
    """

    name: Name
    version: Line
    licence: Line
    made_by: Line
    file: File | None = None
    digest: Digest | None = None
    parts: tuple[Part, ...] = ()
    covers: tuple[Name, ...] = ()
    details: attributes.Details = Field(default=attributes.Details(), title="Details and output")
    purpose: attributes.Purpose = Field(default=attributes.Purpose(), title="Purpose")
    cautions: attributes.Cautions = Field(
        default=attributes.Cautions(), title="Cautioned out-of-scope use"
    )
    development: attributes.Development = Field(
        default=attributes.Development(), title="Development details and input features"
    )
    fairness: attributes.Fairness = Field(
        default=attributes.Fairness(), title="Process used to ensure fairness in development"
    )
    external_validation: attributes.ExternalValidation = Field(
        default=attributes.ExternalValidation(), title="External validation process"
    )
    performance: attributes.Performance = Field(
        default=attributes.Performance(), title="Quantitative measures of performance"
    )
    maintenance: attributes.Maintenance = Field(
        default=attributes.Maintenance(), title="Ongoing maintenance of implementation and use"
    )
    updates: attributes.Updates = Field(
        default=attributes.Updates(), title="Update and continued assessment"
    )
    chai: Besides = Besides()

    @model_validator(mode="after")
    def _one_identity(self) -> Self:
        if (self.file is None) != (self.digest is None):
            raise ValueError("a file has its digest, and a digest its file")
        if self.file and self.parts:
            raise ValueError("a card has a file or parts, not both")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which it is asked for."""
        return (self.name, *(one.name for one in self.parts), *self.covers)


class Attribute(NamedTuple):
    """One of the 31, with its answer; ``cite`` is its place under (b)(11)(iv)(B)."""

    number: int
    cite: str
    part: str
    key: str
    title: str
    asks: str
    answer: Answer


PARTS: dict[str, type[Noun]] = {
    name: type(field.default)
    for name, field in Card.model_fields.items()
    if type(field.default).__module__ == attributes.__name__
}
"""The nine parts of the rule, by their key in a card."""

PART_TITLES = {name: str(Card.model_fields[name].title) for name in PARTS}

_ROMAN = ("i", "ii", "iii", "iv", "v")


def attributes_of(card: Card) -> list[Attribute]:
    """Return the 31 attributes in the rule's order."""
    return list(_walked(card))


def _walked(card: Card) -> Iterator[Attribute]:
    number = 0
    for place, (name, part) in enumerate(PARTS.items(), 1):
        for roman, (key, field) in zip(_ROMAN, part.model_fields.items(), strict=False):
            number += 1
            answer: Answer = getattr(getattr(card, name), key)
            cite, title = f"({place})({roman})", str(field.title)
            yield Attribute(number, cite, name, key, title, str(field.description), answer)


class Counts(NamedTuple):
    """How many attributes are answered, and how many are not, by why not."""

    answered: int
    unknown: int
    not_applicable: int
    blank: int

    def __str__(self) -> str:
        """Return the counts in words."""
        return (
            f"{self.answered} answered, {self.unknown} unknown, "
            f"{self.not_applicable} not applicable, {self.blank} blank"
        )


def counted(card: Card) -> Counts:
    """Return how many of the 31 are in each state."""
    found = [one.answer.state for one in attributes_of(card)]
    return Counts(*(found.count(state) for state in State))


def read_card(text: str, where: str = "card.yaml") -> Card:
    """Return the card that a YAML file holds, or say where it is wrong."""
    return read_yaml(text, Card, where)
