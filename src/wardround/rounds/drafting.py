"""The first half of the route: what is ordered is saved, then drafted and checked, durably."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from wardround.database import Database
from wardround.kernel import (
    Actor,
    Capability,
    Clock,
    Draft,
    Drafted,
    NotAllowed,
    NotFound,
    Order,
    Part,
    Stage,
    Status,
    TooLarge,
    Unavailable,
    WardroundError,
    system_clock,
)
from wardround.record import Blobs, Chart
from wardround.rounds.desk import removed_afterwards
from wardround.rounds.drafts import Drafts
from wardround.rounds.ordering import Ordering, Rules
from wardround.rounds.orders import Orders, OrderState, State
from wardround.rounds.switches import require_on
from wardround.rounds.turns import Turns
from wardround.rounds.workflows import GO_ON, Workflows

log = logging.getLogger(__name__)

LIMIT = 20 * 1024 * 1024
"""The most bytes an order may hand in."""

DEATHS = 5
"""How often a process may die while it drafts an order before the order counts as failed."""

UNFORESEEN = "The draft could not be made. Try again; if it fails again, tell your administrator."


class Drafting(Ordering):
    """Takes orders and carries each through drafting and the guardrails."""

    def __init__(
        self,
        database: Database,
        blobs: Blobs,
        capabilities: Mapping[str, Capability],
        workflows_url: str,
        clock: Clock = system_clock,
        rules: Rules | None = None,
    ) -> None:
        super().__init__(database, blobs, capabilities, clock, rules)
        steps = (
            ("draft", lambda order_id: self._in_turn(self._draft, order_id)),
            ("guardrails", lambda order_id: self._in_turn(self._guard, order_id)),
        )
        self._workflows = Workflows(workflows_url, steps)
        self._turns = Turns()
        self._running = False

    def start(self) -> None:
        """Start drafting, and take up every order that an earlier process left unfinished."""
        self._workflows.start()
        self._running = True
        with self._database.read() as tx:
            unfinished = Orders(tx).list(State.QUEUED, State.DRAFTED)
        for state in unfinished:
            if self._workflows.gave_up(state.workflow):
                self._fail(state.order.id, UNFORESEEN)
            else:
                self._workflows.submit(state.workflow, state.order.id)

    def stop(self) -> None:
        """Stop drafting; what is unfinished is taken up at the next start."""
        if self._running:
            self._running = False
            self._workflows.stop()

    def order(
        self,
        capability: str,
        subject: str,
        encounter: str | None,
        parts: Sequence[Part],
        by: Actor,
        *,
        order_id: str | None = None,
    ) -> Order:
        """Save what was handed in and have it drafted; the same ``order_id`` twice is one order.

        Raise ``InvalidInput`` or ``TooLarge`` before anything is saved, ``NotFound`` where the
        subject or the encounter is not in the chart, ``NotAllowed`` without a consent it needs, or
        where the model is known beforehand and does not draft for this person.
        """
        if sum(len(part.data) for part in parts) > LIMIT:
            raise TooLarge(
                f"This is more than {LIMIT // 2**20} MB.", mend="Hand in one visit at a time."
            )
        room = self._room(capability)
        self._require_place(subject, encounter)
        with self._database.read() as tx:
            self._consent.require(tx, self._clock, capability, subject)
        accepted = room.accept(parts)
        shadow = self._in_shadow(room, accepted, by.id)
        inputs = tuple(self._saved(part, subject) for part in accepted)
        order = Order(
            id=order_id or str(uuid4()),
            capability=capability,
            subject=subject,
            encounter=encounter,
            inputs=inputs,
            ordered_by=by.id,
            ordered_at=self._clock(),
            shadow=shadow,
        )
        with self._database.begin() as tx:
            state = Orders(tx).add(order)
            self._audit(tx, "order", by, state.order)
        self._submit(state)
        return state.order

    def retry(self, order_id: str, by: Actor) -> Order:
        """Draft a failed order again, from the inputs saved with it."""
        with self._database.begin() as tx:
            state = Orders(tx).retry(order_id)
            order = state.order
            self._consent.require(tx, self._clock, order.capability, order.subject)
            self._audit(tx, "retry", by, state.order)
        self._submit(state)
        return state.order

    def ordered(self, order_id: str) -> OrderState:
        """Return one order with the state of its drafting; raise ``NotFound``."""
        with self._database.read() as tx:
            return Orders(tx).find(order_id)

    def orders(self, *states: State, encounter: str | None = None) -> list[OrderState]:
        """Return orders that somebody waits for, with the state of their drafting, oldest first."""
        with self._database.read() as tx:
            found = Orders(tx).list(*states, encounter=encounter)
        return [state for state in found if not state.order.shadow]

    def _begin(self, orders: Sequence[Order]) -> None:
        """Begin to draft orders; where drafting is not running, they begin at the next start."""
        for order in orders if self._running else ():
            self._submit(self.ordered(order.id))

    # The steps of a workflow: each may run again, and each leaves only ids behind.

    def _in_turn(self, step: Callable[[str], str], order_id: str) -> str:
        """Run a step of an order, unless beginning it killed the process too often."""
        with self._database.read() as tx:
            begun = Orders(tx).begun(order_id)
        with self._turns.alone() if begun else self._turns.beside_others():
            if begun >= DEATHS:
                log.error("an order was given up: its process died %d times", begun)
                return self._fail(order_id, UNFORESEEN)
            with self._database.begin() as tx:
                Orders(tx).begin(order_id)
            try:
                return step(order_id)
            except Exception:
                with self._database.begin() as tx:
                    Orders(tx).end(order_id)
                raise

    def _draft(self, order_id: str) -> str:
        with self._database.read() as tx:
            state = Orders(tx).find(order_id)
        order = state.order
        if state.state is not State.QUEUED:
            return GO_ON
        try:
            drafted = self._room(order.capability).draft(order, self._context)
            with removed_afterwards(drafted.files):
                switched = self._switches.of(order.capability, drafted.model)
                person = None if order.follows else order.ordered_by
                require_on(switched, drafted.model, person)
                made = tuple(self._saved(part, order.subject) for part in drafted.files)
        except WardroundError as error:
            return self._fail(order_id, str(error))
        except Exception as error:  # noqa: BLE001 (a step never loses an order: it is failed, and can be retried)
            log.error("drafting failed: %s", type(error).__name__)  # noqa: TRY400 (a traceback may carry PHI)
            return self._fail(order_id, UNFORESEEN)
        at = self._clock()
        draft = Draft(
            id=order_id,
            capability=order.capability,
            subject=order.subject,
            encounter=order.encounter,
            status=Status.ABSTAINED if drafted.abstained else Status.DRAFTED,
            content=drafted.content,
            evidence=drafted.evidence,
            findings=drafted.findings,
            confidence=drafted.confidence,
            model=drafted.model,
            inputs=order.inputs,
            files=made,
            created=at,
            updated=at,
            reason=drafted.abstained,
            shadow=order.shadow or switched.stage is Stage.SHADOW,
            shown_to=switched.people if switched.stage is Stage.LIMITED else None,
        )
        with self._database.begin() as tx:
            if Orders(tx).lock(order_id).state is State.QUEUED:
                Drafts(tx).add(draft, order_id)
                Orders(tx).move(order_id, State.DRAFTED)
        return GO_ON

    def _guard(self, order_id: str) -> str:
        with self._database.read() as tx:
            state = Orders(tx).find(order_id)
            draft = Drafts(tx).find(order_id)
        if state.state is not State.DRAFTED:
            return str(state.state)
        findings = draft.findings
        if draft.status is Status.DRAFTED:
            drafted = Drafted(content=draft.content, evidence=draft.evidence, model=draft.model)
            try:
                findings = self._findings(self._room(draft.capability), drafted, state.order)
            except Exception as error:  # noqa: BLE001 (as above: an unchecked draft is never shown)
                log.error("guardrails failed: %s", type(error).__name__)  # noqa: TRY400
                return self._fail(order_id, UNFORESEEN)
        with self._database.begin() as tx:
            if Orders(tx).lock(order_id).state is State.DRAFTED:
                Drafts(tx).save(draft, draft.model_copy(update={"findings": findings}))
                Orders(tx).move(order_id, State.DONE)
        return "done"

    def _fail(self, order_id: str, failure: str) -> str:
        with self._database.begin() as tx:
            Orders(tx).move(order_id, State.FAILED, failure[:256])
        return "failed"

    def _require_place(self, subject: str, encounter: str | None) -> None:
        with self._database.read() as tx:
            self._in_chart(tx, subject)
            found = {} if encounter is None else self._in_chart(tx, encounter)
        if encounter and found.get("subject", {}).get("reference") != subject:
            raise NotAllowed("This encounter belongs to another patient.", where=encounter)

    @staticmethod
    def _in_chart(tx: Connection, reference: str) -> dict[str, Any]:
        try:
            return Chart(tx).read(reference).json()
        except NotFound:
            raise NotFound(
                "This is not in the chart.",
                where=reference,
                mend="Check the id, or bring the patient in with: wardround import BUNDLE.",
            ) from None

    def _submit(self, state: OrderState) -> None:
        if not self._running:
            raise Unavailable(
                "The order is saved; drafting is not running.", mend="It begins at the next start."
            )
        if state.state in {State.QUEUED, State.DRAFTED}:
            self._workflows.submit(state.workflow, state.order.id)
