"""What drafting and reviewing share: the database, the blobs, the capabilities and the clock."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from wardround.database import Database
from wardround.kernel import (
    Actor,
    Capability,
    Clock,
    Draft,
    Drafted,
    Finding,
    Input,
    NotFound,
    Order,
    Part,
    system_clock,
)
from wardround.record import Blobs
from wardround.rounds.context import ChartContext
from wardround.rounds.drafts import Drafts
from wardround.security import AuditTrail, purpose_of


@contextmanager
def removed_afterwards(parts: Sequence[Part]) -> Iterator[None]:
    """Remove the files of parts that a capability made, whatever becomes of them meanwhile."""
    try:
        yield
    finally:
        for part in parts:
            if part.file:
                Path(part.file).unlink(missing_ok=True)


class Desk:
    """The base of the two halves of the route."""

    def __init__(
        self,
        database: Database,
        blobs: Blobs,
        capabilities: Mapping[str, Capability],
        clock: Clock = system_clock,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._capabilities = capabilities
        self._clock = clock
        self._context = ChartContext(database, blobs)

    def draft(self, draft_id: str) -> Draft:
        """Return one draft; raise ``NotFound``."""
        with self._database.read() as tx:
            return Drafts(tx).find(draft_id)

    def _room(self, name: str) -> Capability:
        room = self._capabilities.get(name)
        if room is None:
            known = ", ".join(self._capabilities)
            raise NotFound("This capability is not installed.", mend=f"Choose from: {known}.")
        return room

    def _orders_after(
        self, signed: Draft, made: Sequence[Mapping[str, Any]], by: Actor
    ) -> list[Order]:
        """Return the orders that follow a signature, with what they are drafted from kept."""
        del signed, made, by
        return []

    def _enter(self, tx: Connection, signed: Draft, by: Actor) -> None:
        """Write what belongs to a signature beside the chart."""

    def _begin(self, orders: Sequence[Order]) -> None:
        """Begin to draft orders that are saved."""

    def _saved(self, part: Part, subject: str) -> Input:
        """Keep what was handed in or made, before what could fail, and return where it is."""
        digest = self._kept(part, subject)
        return Input(
            name=part.name,
            reference=f"Binary/{digest}",
            sha256=digest,
            media_type=part.media_type,
        )

    def _kept(self, part: Part, subject: str) -> str:
        if not part.file:
            return self._blobs.put(part.data, subject)
        with Path(part.file).open("rb") as file:
            return self._blobs.put(file, subject)

    def _findings(self, room: Capability, drafted: Drafted, order: Order) -> tuple[Finding, ...]:
        return tuple(
            finding
            for guardrail in room.guardrails
            for finding in guardrail.check(drafted, order, self._context)
        )

    def _audit(self, tx: Connection, action: str, by: Actor, of: Draft | Order) -> None:
        AuditTrail(tx, self._clock).record(
            action,
            "success",
            actor=by,
            subject=of.subject,
            entity=f"draft/{of.id}",
            purpose=purpose_of(by.role),
        )
