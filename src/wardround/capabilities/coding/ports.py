"""What coding asks of what finds codes in a text."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from wardround.capabilities.coding.found import Found
from wardround.kernel import Model


class Thresholds(NamedTuple):
    """From which score on a code is suggested, and from which it is taken as it is."""

    suggest: float
    auto_accept: float


class FindsCodes(Protocol):
    """What reads a text and finds codes in it."""

    @property
    def model(self) -> Model:
        """Name, version and sha256 of what finds them."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """The scores that the site has set, or those it was measured with."""
        ...

    def find(self, text: str, on: date | None = None) -> Sequence[Found]:
        """Return the codes of a text, the surest first."""
        ...
