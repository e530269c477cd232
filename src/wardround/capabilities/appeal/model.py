"""The nouns of an appeal: what was asked and refused, the places in the note, and the letter."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from wardround.kernel import Noun

Amount = Annotated[Decimal, Field(max_digits=12, decimal_places=2)]
"""US dollars, to the cent; as text in JSON."""


class Place(Noun):
    """Characters of the note, from ``start`` to ``end``."""

    start: int = Field(ge=0)
    end: int


class Remark(Noun):
    """A remark code (RARC), with what it says in words of our own; none where we know none."""

    code: str
    says: str = ""


class Pointed(Noun):
    """A diagnosis that the service was done for, and where the signed note says it.

    ``source`` is the ``Condition`` that the signed code became; empty where a person typed it.
    """

    code: str
    source: str = ""
    places: tuple[Place, ...] = ()


class Service(Noun):
    """What was refused: one service of the claim, or the claim as a whole."""

    number: int | None = None
    code: str = ""
    modifiers: tuple[str, ...] = ()
    day: date | None = None
    units: Decimal = Decimal(1)
    source: str = ""


class Sent(Noun):
    """When the claim went out, in which file.

    ``accepted`` is the day on which the payer's acknowledgment was read that took it up.
    """

    day: date
    file: str
    accepted: date | None = None


class Denial(Noun):
    """One refusal of a remittance (835), its reason in words of our own.

    ``due`` is the last day to appeal; ``assumed`` says that the payer's contract is not known and
    a short time was taken. ``first`` is what is tried first about such a refusal.
    """

    group: str
    reason: str
    says: str
    remarks: tuple[Remark, ...] = ()
    amount: Amount
    charge: Amount
    paid: Amount
    trace: str
    decided: date
    due: date
    assumed: bool = True
    first: str = "appeal"


class Person(Noun):
    """The patient, as the payer knows them."""

    name: str
    born: date | None = None
    member: str = ""


class Sender(Noun):
    """Who asks, and where an answer goes."""

    name: str
    npi: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""


class Asked(Noun):
    """All that a letter may speak of; who put the house together takes it from ledger and chart.

    ``codes`` is the signed draft of the claim's codes, and ``superseded`` says that they were
    signed anew since. ``note`` is the document of the signed note.
    """

    item: str
    claim: str
    payer: str
    payer_address: tuple[str, ...] = ()
    payer_control: str = ""
    filing: str = ""
    patient: Person
    sender: Sender
    encounter: str = ""
    codes: str = ""
    superseded: bool = False
    note: str = ""
    note_by: str = ""
    note_on: date | None = None
    service: Service
    authorization: str = ""
    diagnoses: tuple[Pointed, ...] = ()
    level: tuple[Place, ...] = ()
    sent: tuple[Sent, ...] = ()
    denial: Denial


class Sentence(Noun):
    """One sentence of the letter; its evidence says what it rests on."""

    text: str = Field(min_length=1, max_length=4000)


class Section(Noun):
    """A part of the letter, with its heading."""

    title: str
    sentences: tuple[Sentence, ...] = ()


class About(Noun):
    """One line of the letter's head: what it is, and what stands there."""

    label: str
    value: str


class Letter(Noun):
    """The letter, as it is drafted, worked on and signed."""

    headline: str
    item: str
    claim: str
    ground: str
    to: tuple[str, ...]
    about: tuple[About, ...]
    sections: tuple[Section, ...]
    sender: tuple[str, ...]
    due: date

    @property
    def text(self) -> str:
        """The letter as plain text."""
        head = [*self.to, "", *(f"{one.label}: {one.value}" for one in self.about)]
        body = [
            line
            for section in self.sections
            if section.sentences
            for line in ("", section.title, *(one.text for one in section.sentences))
        ]
        return "\n".join([*head, *body, "", *self.sender])
