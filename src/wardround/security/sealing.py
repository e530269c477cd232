"""What is sealed says so on its column: for what place, and under whose key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from wardround.database import metadata

NOBODY = "-"
"""The owner of what belongs to no patient."""

FORMAT = b"\x01"
_NUMBER = 8
HEAD = len(FORMAT) + _NUMBER
"""How many bytes of a sealed text tell its format and the number of its key."""

_NAME = "sealed"


def _nobody(_: bytes, __: Any) -> str:
    return NOBODY


@dataclass(frozen=True)
class Sealed:
    """How the values of a column are sealed; a column takes it by ``Column(..., info=….info)``.

    ``place`` tells from a row what its value is authenticated with. ``owner`` tells whose it is,
    from the value in clear and the row, where it was kept before values were sealed.
    """

    place: Callable[[Any], str]
    owner: Callable[[bytes, Any], str] = _nobody
    emptied: dict[str, Any] | None = None
    """What a row becomes when its key is destroyed; without it, the row goes."""

    @property
    def info(self) -> dict[str, "Sealed"]:
        """What a column is told."""
        return {_NAME: self}


def sealed_columns() -> Iterator[tuple[Table, Column[Any], Sealed]]:
    """Yield every sealed column of the tables that are loaded; those that others need last."""
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            sealed = column.info.get(_NAME)
            if isinstance(sealed, Sealed):
                yield table, column, sealed


def key_head(number: int) -> bytes:
    """Return what everything sealed under a key begins with."""
    return FORMAT + number.to_bytes(_NUMBER, "big")


def is_sealed(value: bytes) -> bool:
    """Return whether a value was sealed; JSON and text never begin so."""
    return value[: len(FORMAT)] == FORMAT


def key_number(sealed: bytes) -> int:
    """Return the number of the key that something was sealed under."""
    return int.from_bytes(sealed[len(FORMAT) : HEAD], "big")
