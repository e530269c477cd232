"""What coding asks of what finds codes in a text."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from wardround.capabilities.coding.found import Found


class Named(Protocol):
    """A model by its name, its version and the sha256 of its file."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def version(self) -> str:
        """Its version."""
        ...

    @property
    def digest(self) -> str:
        """The sha256 of its file."""
        ...


class Bounds(Protocol):
    """From which score on a code is suggested, and from which it is taken as it is."""

    @property
    def suggest(self) -> float:
        """Below it a code is not shown."""
        ...

    @property
    def auto_accept(self) -> float:
        """From it on nobody has to decide."""
        ...


class FindsCodes(Protocol):
    """What reads a text and finds codes in it."""

    @property
    def model(self) -> Named:
        """What finds them."""
        ...

    @property
    def thresholds(self) -> Bounds:
        """The scores that the site has set, or those it was measured with."""
        ...

    def find(self, text: str, on: date | None = None) -> Sequence[Found]:
        """Return the codes of a text, the surest first."""
        ...

    def find_many(
        self, texts: Sequence[str], dates: Sequence[date | None] | None = None
    ) -> Sequence[Sequence[Found]]:
        """Return the codes of each of many texts, which may be quicker than one by one."""
        ...
