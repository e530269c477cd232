"""What follows a signature: a signed note has its codes drafted, signed codes have a claim drafted.

The route asks; who put the house together answers. The orders are saved in the transaction of the
signature, so that none is lost however the process ends, and begin when it is through.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection

from wardround.kernel import Actor, Draft, Part


class Next(NamedTuple):
    """A draft to be made next: by which capability, from what."""

    capability: str
    parts: tuple[Part, ...]


class Follows(Protocol):
    """What the route asks of whoever knows what comes after what."""

    def after(self, signed: Draft, made: Sequence[Mapping[str, Any]]) -> Iterable[Next]:
        """Return what is drafted next, once ``signed`` is signed; ``made`` is what it wrote."""
        ...

    def enter(self, tx: Connection, signed: Draft, by: Actor) -> None:
        """Write what belongs to a signature beside the chart, in its transaction.

        What is raised here takes the signature back with it.
        """
        ...


class NothingFollows:
    """A route on which each draft is the last."""

    def after(self, signed: Draft, made: Sequence[Mapping[str, Any]]) -> Iterable[Next]:
        """Return nothing."""
        del signed, made
        return ()

    def enter(self, tx: Connection, signed: Draft, by: Actor) -> None:
        """Write nothing."""


def following_id(draft_id: str, capability: str) -> str:
    """Return the id of the order that follows a draft; always the same, so it is made once."""
    return str(uuid5(NAMESPACE_URL, f"urn:wardround:draft:{draft_id}:{capability}"))
