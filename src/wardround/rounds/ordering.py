"""What is asked before a draft is ordered, and which orders follow a signature."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from wardround.database import Database
from wardround.kernel import (
    Actor,
    Capability,
    Clock,
    Draft,
    Model,
    NamesModel,
    NotAllowed,
    Order,
    Part,
    Stage,
    WardroundError,
    system_clock,
)
from wardround.record import Blobs
from wardround.rounds.consents import ConsentRule
from wardround.rounds.desk import Desk
from wardround.rounds.following import Follows, Next, NothingFollows, following_id
from wardround.rounds.switches import AllLive, Switches, require_on

log = logging.getLogger(__name__)


class Rules(NamedTuple):
    """What the route asks of others: consents, the registry of models, and what follows what."""

    consent: ConsentRule = ConsentRule()
    switches: Switches = AllLive()
    follows: Follows = NothingFollows()


class Ordering(Desk):
    """The base of drafting: what may be ordered, and what is ordered by itself."""

    def __init__(
        self,
        database: Database,
        blobs: Blobs,
        capabilities: Mapping[str, Capability],
        clock: Clock = system_clock,
        rules: Rules | None = None,
    ) -> None:
        super().__init__(database, blobs, capabilities, clock)
        self._consent, self._switches, self._follows = rules or Rules()

    def offers(self, capability: str, model: Model, by: Actor) -> bool:
        """Whether this person may order a draft of a model and will be shown it."""
        return self._switches.of(capability, model).is_for(by.id)

    def _in_shadow(self, room: Capability, parts: Sequence[Part], person: str | None) -> bool:
        """Whether the order goes to a model in shadow, where the capability can tell by now."""
        if not isinstance(room, NamesModel):
            return False
        model = room.model_for(parts)
        found = self._switches.of(room.name, model)
        require_on(found, model, person)
        return found.stage is Stage.SHADOW

    def _orders_after(
        self, signed: Draft, made: Sequence[Mapping[str, Any]], by: Actor
    ) -> list[Order]:
        """Return the orders that follow a signature.

        A draft that cannot follow (its model is off, a consent is missing) leaves the signature be.
        """
        orders: list[Order] = []
        try:
            following = self._follows.after(signed, made)
            orders.extend(self._order_after(signed, one, by) for one in following)
        except NotAllowed as error:
            log.info("nothing follows a signature: %s", type(error).__name__)
        except WardroundError as error:
            log.error("what follows a signature failed: %s", type(error).__name__)  # noqa: TRY400 (a traceback may carry PHI)
        return orders

    def _enter(self, tx: Connection, signed: Draft, by: Actor) -> None:
        """Write what belongs to a signature beside the chart."""
        self._follows.enter(tx, signed, by)

    def _order_after(self, signed: Draft, following: Next, by: Actor) -> Order:
        capability = following.capability
        room = self._room(capability)
        with self._database.read() as tx:
            self._consent.require(tx, self._clock, capability, signed.subject)
        accepted = room.accept(following.parts)
        return Order(
            id=following_id(signed.id, capability),
            capability=capability,
            subject=signed.subject,
            encounter=signed.encounter,
            shadow=self._in_shadow(room, accepted, None),
            inputs=tuple(self._saved(part, signed.subject) for part in accepted),
            ordered_by=by.id,
            ordered_at=self._clock(),
            follows=signed.id,
        )
