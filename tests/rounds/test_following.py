"""What follows a signature is ordered in its transaction, once, and never stands in its way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT, drafted, settled
from wardround.database import Database
from wardround.kernel import (
    Actor,
    Draft,
    InvalidInput,
    NotAllowed,
    Part,
    Stage,
    Status,
    Switched,
)
from wardround.record import Blobs, Chart
from wardround.rounds import Next, Rounds, Rules, State
from wardround.rounds.following import following_id
from wardround.rounds.switches import Switches
from wardround.security import AuditTrail


class Summary(Lines):
    """What is drafted after lines are signed."""

    name = "summary"
    title = "Summary"


class LinesThenSummary:
    """Signed lines are handed on as they were written to the chart."""

    def after(self, signed: Draft, made: Sequence[Mapping[str, Any]]) -> Iterable[Next]:
        if signed.capability != "lines":
            return
        if "nowhere" in str(signed.content):
            raise InvalidInput("This leads nowhere.")
        text = made[0]["code"]["text"].encode()
        yield Next("summary", (Part(name="text", data=text, media_type="text/plain"),))

    def enter(self, tx: Connection, signed: Draft, by: Actor) -> None:
        if "refused" in str(signed.content):
            raise NotAllowed("The ledger does not take this.")
        AuditTrail(tx).record("retry", "success", actor=by, entity=f"draft/{signed.id}")


class Off:
    def of(self, capability: str, model: object) -> Switched:
        del model
        return Switched(stage=Stage.OFF if capability == "summary" else Stage.LIVE)


class Limited:
    def of(self, capability: str, model: object) -> Switched:
        del model
        if capability == "summary":
            return Switched(stage=Stage.LIMITED, people=("somebody else",))
        return Switched(stage=Stage.LIVE)


def route(
    database: Database, blobs: Blobs, folder: Path, switches: Switches | None = None
) -> Rounds:
    with database.begin() as tx:
        for body in (PATIENT, ENCOUNTER):
            Chart(tx).update(body)
    rules = Rules(follows=LinesThenSummary())
    if switches is not None:
        rules = rules._replace(switches=switches)
    rooms = {"lines": Lines(), "summary": Summary()}
    return Rounds(database, blobs, rooms, f"sqlite:///{folder / 'following.db'}", rules=rules)


@pytest.fixture
def rounds(database: Database, blobs: Blobs, tmp_path: Path) -> Iterator[Rounds]:
    made = route(database, blobs, tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.mark.requirement("ROUND-13")
def test_a_signature_orders_what_follows(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.")
    rounds.sign(draft.id, 1, OSEI)
    order_id = following_id(draft.id, "summary")
    assert settled(rounds, order_id) is State.DONE
    order = rounds.ordered(order_id).order
    assert (order.follows, order.ordered_by, order.encounter) == (
        draft.id,
        OSEI.id,
        draft.encounter,
    )
    assert rounds.draft(order_id).content == {"lines": ["['Feels well.']"]}


@pytest.mark.requirement("ROUND-13")
def test_signing_twice_orders_once(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.")
    rounds.sign(draft.id, 1, OSEI)
    rounds.sign(draft.id, 1, OSEI)
    assert [s.order.capability for s in rounds.orders()] == ["lines", "summary"]


@pytest.mark.requirement("ROUND-13")
def test_what_cannot_follow_leaves_the_signature_be(rounds: Rounds) -> None:
    draft = drafted(rounds, "Leads nowhere.")
    assert rounds.sign(draft.id, 1, OSEI).draft.status is Status.SIGNED
    assert [s.order.capability for s in rounds.orders()] == ["lines"]


@pytest.mark.requirement("ROUND-13")
def test_what_belongs_to_a_signature_is_written_with_it_or_not_at_all(
    rounds: Rounds, database: Database
) -> None:
    taken, refused = drafted(rounds, "Feels well."), drafted(rounds, "Is refused.")
    rounds.sign(taken.id, 1, OSEI)
    with pytest.raises(NotAllowed, match="does not take"):
        rounds.sign(refused.id, 1, OSEI)
    assert rounds.draft(refused.id).status is Status.DRAFTED
    with database.read() as tx:
        written = [event.entity for event in AuditTrail(tx).list(action="retry")]
    assert written == [f"draft/{taken.id}"]
    assert [s.order.follows for s in rounds.orders() if s.order.follows] == [taken.id]


@pytest.mark.requirement("ROUND-13")
def test_what_nobody_waits_for_begins_at_the_next_start(
    database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    """Whatever ends the process after a signature, its order is saved with it."""
    first = route(database, blobs, tmp_path)
    first.start()
    draft = drafted(first, "Feels well.")
    first.stop()
    first.sign(draft.id, 1, OSEI)
    second = route(database, blobs, tmp_path)
    second.start()
    try:
        assert settled(second, following_id(draft.id, "summary")) is State.DONE
    finally:
        second.stop()


def test_a_model_switched_off_does_not_follow(
    database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    made = route(database, blobs, tmp_path, Off())
    made.start()
    try:
        draft = drafted(made, "Feels well.")
        made.sign(draft.id, 1, OSEI)
        assert settled(made, following_id(draft.id, "summary")) is State.FAILED
    finally:
        made.stop()


def test_what_follows_is_for_the_named_people_whoever_signed(
    database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    made = route(database, blobs, tmp_path, Limited())
    made.start()
    try:
        draft = drafted(made, "Feels well.")
        made.sign(draft.id, 1, OSEI)
        assert settled(made, following_id(draft.id, "summary")) is State.DONE
        assert made.draft(following_id(draft.id, "summary")).shown_to == ("somebody else",)
    finally:
        made.stop()
