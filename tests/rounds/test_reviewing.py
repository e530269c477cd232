"""Review: edits keep evidence and findings true; signing is all or nothing, and happens once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.rounds.conftest import LIND, OSEI, drafted
from wardround.database import Database
from wardround.kernel import (
    Actor,
    Conflict,
    Edit,
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleVersion,
    Statement,
    Status,
)
from wardround.record import Chart
from wardround.rounds import Rounds, Signed
from wardround.security import AuditTrail


def replace(place: int, text: str) -> Edit:
    return Edit(op="replace", path=f"/lines/{place}", value=text)


def resources(database: Database, kind: str) -> list[dict[str, Any]]:
    with database.read() as tx:
        return [stored.json() for stored in Chart(tx).search(kind, {})]


@pytest.mark.requirement("ROUND-07")
def test_an_edit_is_a_new_revision_with_the_editor_as_source(rounds: Rounds) -> None:
    draft = drafted(rounds, "FEELS WELL.\nSleeps.")
    assert len(draft.findings) == 1
    after = rounds.revise(draft.id, 1, replace(0, "Feels very well."), OSEI)
    assert after.revision == 2
    assert after.findings == ()
    sources = after.evidence[0].sources
    assert [type(source).__name__ for source in sources] == ["TextSpan", "Statement"]
    assert isinstance(sources[1], Statement)
    assert sources[1].by == OSEI.id
    assert [r.content["lines"] for r in rounds.revisions(draft.id)] == [
        ["FEELS WELL.", "Sleeps."],
        ["Feels very well.", "Sleeps."],
    ]


@pytest.mark.requirement("ROUND-07")
def test_undo_brings_back_words_and_sources(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.\nSLEEPS BADLY.")
    with pytest.raises(NotAllowed):
        rounds.undo(draft.id, 1, OSEI)
    gone = rounds.revise(draft.id, 1, Edit(op="remove", path="/lines/1"), OSEI)
    assert gone.findings == ()
    back = rounds.undo(draft.id, 2, OSEI)
    assert (back.content, back.evidence) == (draft.content, draft.evidence)
    assert [f.rule for f in back.findings] == ["shouting"]
    assert back.revision == 3
    with pytest.raises(StaleVersion):
        rounds.undo(draft.id, 2, LIND)


@pytest.mark.requirement("ROUND-03")
def test_the_guardrails_run_again_after_every_edit(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.")
    after = rounds.revise(draft.id, 1, replace(0, "FEELS WELL!!"), OSEI)
    assert [finding.severity for finding in after.findings] == ["block"]
    with pytest.raises(NotAllowed, match="in the way"):
        rounds.sign(draft.id, 2, OSEI)


def test_an_edit_that_the_room_refuses_changes_nothing(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.")
    with pytest.raises(InvalidInput):
        rounds.revise(draft.id, 1, replace(0, ""), OSEI)
    assert rounds.draft(draft.id) == draft


@pytest.mark.requirement("ROUND-04")
def test_an_edit_of_what_changed_meanwhile_is_refused(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.")
    rounds.revise(draft.id, 1, replace(0, "Feels ill."), OSEI)
    with pytest.raises(StaleVersion, match="Reload"):
        rounds.revise(draft.id, 1, replace(0, "Feels fine."), LIND)
    with pytest.raises(StaleVersion):
        rounds.sign(draft.id, 1, LIND)
    assert rounds.draft(draft.id).content == {"lines": ["Feels ill."]}


@pytest.mark.requirement("ROUND-02")
def test_a_warning_is_acknowledged_before_signing(rounds: Rounds) -> None:
    draft = drafted(rounds, "FEELS WELL.")
    with pytest.raises(NotAllowed):
        rounds.sign(draft.id, 1, OSEI)
    seen = rounds.acknowledge(draft.id, 1, "shouting@/lines/0", OSEI)
    assert seen.findings[0].acknowledged_by == OSEI.id
    assert rounds.sign(draft.id, seen.revision, OSEI).draft.status is Status.SIGNED


@pytest.mark.requirement("ROUND-01", "ROUND-05")
def test_signing_writes_everything_at_once(rounds: Rounds, database: Database) -> None:
    draft = drafted(rounds, "Feels well.")
    signed = rounds.sign(draft.id, 1, OSEI)
    assert signed.draft.decided_by == OSEI
    assert rounds.inbox() == []
    (basic,) = resources(database, "Basic")
    assert signed.resources == (f"Basic/{basic['id']}",)
    (provenance,) = resources(database, "Provenance")
    assert [target["reference"] for target in provenance["target"]] == list(signed.resources)
    (device,) = resources(database, "Device")
    assert [agent["who"]["reference"] for agent in provenance["agent"]] == [
        f"Device/{device['id']}",
        OSEI.reference,
    ]
    with database.read() as tx:
        assert [event.action for event in AuditTrail(tx).list()] == ["sign", "order"]


@pytest.mark.requirement("ROUND-04")
def test_signing_twice_is_signing_once(rounds: Rounds, database: Database) -> None:
    draft = drafted(rounds, "Feels well.")
    first = rounds.sign(draft.id, 1, OSEI)
    assert rounds.sign(draft.id, 1, OSEI) == first
    with database.read() as tx:
        assert len(Chart(tx).history(first.resources[0])) == 1
        assert len(AuditTrail(tx).list(action="sign")) == 1


@pytest.mark.requirement("ROUND-04")
def test_of_two_who_sign_at_once_one_wins_and_the_other_is_told(
    rounds: Rounds, database: Database
) -> None:
    for _ in range(5):
        draft = drafted(rounds, "Feels well.")

        def sign(by: Actor, draft_id: str = draft.id) -> Signed | Conflict:
            try:
                return rounds.sign(draft_id, 1, by)
            except Conflict as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(sign, [OSEI, LIND]))
        (won,) = [outcome for outcome in outcomes if isinstance(outcome, Signed)]
        (lost,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert won.draft.decided_by is not None
        assert won.draft.decided_by.name in str(lost)
        assert "signed this draft on" in str(lost)
        with database.read() as tx:
            assert len(Chart(tx).history(won.resources[0])) == 1


@pytest.mark.requirement("ROUND-05")
def test_a_failure_while_signing_leaves_nothing_half_done(
    rounds: Rounds, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafted(rounds, "Feels well.")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(AuditTrail, "record", fail)
        with pytest.raises(OSError, match="disk full"):
            rounds.sign(draft.id, 1, OSEI)
    assert rounds.draft(draft.id) == draft
    assert resources(database, "Basic") == resources(database, "Provenance") == []
    assert rounds.sign(draft.id, 1, OSEI).draft.status is Status.SIGNED


@pytest.mark.requirement("ROUND-01")
def test_a_rejected_draft_leaves_the_chart_alone(rounds: Rounds, database: Database) -> None:
    draft = drafted(rounds, "Feels well.")
    with pytest.raises(NotAllowed, match="reason"):
        rounds.reject(draft.id, 1, " ", OSEI)
    after = rounds.reject(draft.id, 1, "Wrong patient.", OSEI)
    assert (after.status, after.reason) == (Status.REJECTED, "Wrong patient.")
    assert resources(database, "Basic") == []
    with pytest.raises(Conflict, match="Amara Osei rejected this draft on"):
        rounds.sign(draft.id, 1, LIND)


def test_an_amendment_supersedes_when_it_is_signed(rounds: Rounds, database: Database) -> None:
    old = rounds.sign(drafted(rounds, "Feels well.").id, 1, OSEI).draft
    new = rounds.amend(old.id, LIND)
    assert rounds.amend(old.id, OSEI).id == new.id
    assert rounds.draft(old.id).status is Status.SIGNED
    new = rounds.revise(new.id, 1, replace(0, "Feels well again."), LIND)
    rounds.sign(new.id, new.revision, LIND)
    assert rounds.draft(old.id).status is Status.SUPERSEDED
    assert rounds.draft(old.id).decided_by == OSEI
    assert len(resources(database, "Basic")) == 2
    with pytest.raises(Conflict, match="newer version"):
        rounds.sign(old.id, 1, LIND)
    with pytest.raises(Conflict):
        rounds.amend(old.id, OSEI)


def test_what_is_not_there_is_said(rounds: Rounds) -> None:
    with pytest.raises(NotFound):
        rounds.sign("nothing", 1, OSEI)
    with pytest.raises(NotFound):
        rounds.draft("nothing")
