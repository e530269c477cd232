"""A card of the privacy officer's desk, and where the cards are found.

A new card is one module in ``cards`` with three names: ``ORDER``, smaller ones come first;
``ACTION``, what a person must be allowed in order to see it; and ``look(here) -> Card``.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from wardround.interfaces.web import cards
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import Noun
from wardround.security import Action


class Line(Noun):
    """One thing that waits, and where it is dealt with."""

    text: str
    address: str


class Card(Noun):
    """What one register says today: how many things wait for a person, and the first of them."""

    title: str
    address: str
    icon: str
    says: str
    waiting: int = 0
    lines: tuple[Line, ...] = ()


class Look(Protocol):
    """A module of ``cards``."""

    ORDER: int
    ACTION: Action

    def look(self, here: Visitor) -> Card:
        """Return the card as it is now."""
        ...


@cache
def looks() -> tuple[Look, ...]:
    """Return every card's module, in order."""
    found = [
        cast("Look", import_module(f"{cards.__name__}.{module.name}"))
        for module in iter_modules(cards.__path__)
    ]
    return tuple(sorted(found, key=lambda look: look.ORDER))
