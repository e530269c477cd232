"""How far a model is switched on decides what it drafts, and who is shown it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.rounds.capability import MODEL, Lines
from tests.rounds.conftest import LIND, OSEI, drafted, order, settled
from wardround.database import Database
from wardround.kernel import (
    Edit,
    Forbidden,
    Model,
    NotAllowed,
    Part,
    Stage,
    Status,
    Switched,
    system_clock,
)
from wardround.record import Blobs
from wardround.rounds import Rounds, Rules, State, Unsigned


class Kept:
    """Switches that a test turns."""

    def __init__(self) -> None:
        self.now = Switched(stage=Stage.LIVE)

    def of(self, capability: str, model: Model) -> Switched:
        assert (capability, model) == ("lines", MODEL)
        return self.now


class Telling(Lines):
    """The same capability, able to say beforehand which model it asks."""

    def model_for(self, parts: object) -> Model:
        return MODEL


@pytest.fixture
def switches() -> Kept:
    return Kept()


@pytest.fixture
def switched(
    rounds: Rounds, switches: Kept, database: Database, blobs: Blobs, tmp_path: Path
) -> Iterator[Rounds]:
    rounds.stop()
    url = f"sqlite:///{tmp_path / 'switched.db'}"
    made = Rounds(database, blobs, {"lines": Lines()}, url, rules=Rules(switches=switches))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def telling(switched: Rounds, database: Database, blobs: Blobs, switches: Kept) -> Rounds:
    """A route whose capability tells early; it takes orders and does not draft."""
    return Rounds(
        database, blobs, {"lines": Telling()}, "sqlite:///unused", rules=Rules(switches=switches)
    )


def test_a_model_that_is_off_drafts_nothing(switched: Rounds, switches: Kept) -> None:
    switches.now = Switched(stage=Stage.OFF)
    order_id = order(switched, "One.")
    assert settled(switched, order_id) is State.FAILED
    failure = switched.ordered(order_id).failure
    assert failure is not None
    assert "lines 1 is switched off" in failure
    assert switched.measured() == []
    switches.now = Switched(stage=Stage.LIVE)
    switched.retry(order_id, OSEI)
    assert settled(switched, order_id) is State.DONE


def test_what_is_off_is_refused_before_anything_is_saved(
    telling: Rounds, switches: Kept, tmp_path: Path
) -> None:
    switches.now = Switched(stage=Stage.OFF)
    with pytest.raises(NotAllowed, match="lines 1 is switched off"):
        order(telling, "One.")
    assert telling.orders() == []
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]


def test_a_draft_in_shadow_is_measured_and_shown_to_nobody(
    switched: Rounds, switches: Kept
) -> None:
    switches.now = Switched(stage=Stage.SHADOW)
    draft, empty = drafted(switched, "One."), drafted(switched, "")
    assert draft.shadow
    assert empty.status is Status.ABSTAINED
    for by in (None, OSEI, LIND):
        assert switched.inbox(by) == switched.abstained(by) == []
        assert switched.drafts(by=by, subject="Patient/ada") == []
        assert switched.drafts(by=by, encounter="Encounter/e1") == []
    assert {one.id for one in switched.measured()} == {draft.id, empty.id}


def test_a_draft_in_shadow_is_never_decided(switched: Rounds, switches: Kept) -> None:
    switches.now = Switched(stage=Stage.SHADOW)
    draft = drafted(switched, "ONE.")
    switches.now = Switched(stage=Stage.LIVE)
    edit = Edit(op="replace", path="/lines/0", value="Two.")
    for move in (
        lambda: switched.sign(draft.id, 1, OSEI),
        lambda: switched.reject(draft.id, 1, "Wrong.", OSEI),
        lambda: switched.revise(draft.id, 1, edit, OSEI),
        lambda: switched.acknowledge(draft.id, 1, draft.findings[0].key, OSEI),
        lambda: switched.undo(draft.id, 1, OSEI),
    ):
        with pytest.raises(Forbidden, match="in shadow"):
            move()
    assert switched.draft(draft.id) == draft


def test_an_order_to_a_shadow_model_is_nobodys_to_wait_for(
    telling: Rounds, switched: Rounds, switches: Kept
) -> None:
    switches.now = Switched(stage=Stage.SHADOW)
    with pytest.raises(Exception, match="drafting is not running"):
        order(telling, "One.", "shadowed")
    assert telling.orders() == switched.orders(encounter="Encounter/e1") == []
    assert telling.ordered("shadowed").order.shadow
    switches.now = Switched(stage=Stage.LIVE)
    with pytest.raises(Exception, match="drafting is not running"):
        order(telling, "One.", "shadowed")
    assert telling.ordered("shadowed").order.shadow


def test_a_limited_model_drafts_for_the_people_named(switched: Rounds, switches: Kept) -> None:
    switches.now = Switched(stage=Stage.LIMITED, people=(OSEI.id,))
    draft = drafted(switched, "One.")
    assert [one.id for one in switched.inbox(OSEI)] == [draft.id]
    assert switched.inbox(LIND) == switched.inbox() == []
    assert switched.drafts(subject="Patient/ada", by=LIND) == []
    with pytest.raises(Forbidden, match="people who try this model"):
        switched.sign(draft.id, 1, LIND)
    part = Part(name="visit.txt", data=b"Two.", media_type="text/plain")
    other = switched.order("lines", "Patient/ada", "Encounter/e1", [part], LIND)
    assert settled(switched, other.id) is State.FAILED
    assert "tried by a few people" in str(switched.ordered(other.id).failure)
    # Switched on for all, what was drafted before stays theirs; signed, it is part of the chart.
    switches.now = Switched(stage=Stage.LIVE)
    assert switched.inbox(LIND) == []
    switched.sign(draft.id, 1, OSEI)
    assert [one.id for one in switched.drafts(subject="Patient/ada", by=LIND)] == [draft.id]
    assert switched.amend(draft.id, LIND).is_shown_to(LIND.id)


def test_who_is_offered_a_model(switched: Rounds, switches: Kept) -> None:
    offered = {}
    for stage in Stage:
        switches.now = Switched(stage=stage, people=(OSEI.id,))
        offered[stage] = [switched.offers("lines", MODEL, who) for who in (OSEI, LIND)]
    assert offered == {
        Stage.OFF: [False, False],
        Stage.SHADOW: [False, False],
        Stage.LIMITED: [True, False],
        Stage.LIVE: [True, True],
    }


def test_what_was_drafted_in_shadow_goes_with_what_nobody_signed(
    switched: Rounds, switches: Kept, blobs: Blobs, database: Database
) -> None:
    switches.now = Switched(stage=Stage.SHADOW)
    draft = drafted(switched, "One.")
    keeper, later = Unsigned(blobs), system_clock() + timedelta(days=1)
    with database.begin() as tx:
        [item] = keeper.due(tx, later)
        assert keeper.destroy(tx, item, later)
    assert draft.id not in {one.id for one in switched.measured()}
