"""What is ordered is saved first, drafted once, and never lost; only ids are in workflow state."""

import sqlite3
import time
from pathlib import Path

import pytest

from tests.rounds.capability import Lines
from tests.rounds.conftest import LIND, OSEI, drafted, order, settled
from wardround.database import Database
from wardround.kernel import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Part,
    Severity,
    Status,
    TooLarge,
    Unavailable,
)
from wardround.record import Blobs
from wardround.rounds import Rounds, State
from wardround.rounds.drafts import Drafts


def test_an_order_becomes_a_checked_draft(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.\nSLEEPS BADLY.")
    assert draft.status is Status.DRAFTED
    assert draft.content == {"lines": ["Feels well.", "SLEEPS BADLY."]}
    assert [(f.rule, f.severity, f.claim) for f in draft.findings] == [
        ("shouting", Severity.WARN, "/lines/1")
    ]
    assert [d.id for d in rounds.inbox()] == [draft.id]
    assert [d.id for d in rounds.drafts(encounter="Encounter/e1")] == [draft.id]
    assert [r.revision for r in rounds.revisions(draft.id)] == [1]


@pytest.mark.requirement("ROUND-11")
def test_nothing_to_draft_is_an_answer(rounds: Rounds) -> None:
    order_id = order(rounds, "")
    assert settled(rounds, order_id) is State.DONE
    assert rounds.draft(order_id).status is Status.ABSTAINED
    assert rounds.draft(order_id).reason == "Nothing was written."
    assert rounds.inbox() == []
    assert [d.id for d in rounds.abstained()] == [order_id]


def test_the_same_order_twice_is_one(rounds: Rounds) -> None:
    for _ in range(2):
        assert order(rounds, "Feels well.", order_id="once") == "once"
    assert settled(rounds, "once") is State.DONE
    assert len(rounds.inbox()) == 1
    with pytest.raises(Conflict):
        order(rounds, "Something else.", order_id="once")


@pytest.mark.requirement("ROUND-12")
@pytest.mark.parametrize("text", ["fail", "crash"])
def test_what_cannot_be_drafted_is_kept_and_can_be_tried_again(rounds: Rounds, text: str) -> None:
    order_id = order(rounds, text)
    assert settled(rounds, order_id) is State.FAILED
    failed = rounds.orders(State.FAILED)[0]
    assert failed.failure is not None
    assert "secret" not in failed.failure
    assert rounds.inbox() == []
    rounds.retry(order_id, OSEI)
    assert settled(rounds, order_id) is State.FAILED
    assert rounds.orders()[0].attempt == 2


def test_only_a_failed_order_is_tried_again(rounds: Rounds) -> None:
    draft = drafted(rounds, "Feels well.")
    with pytest.raises(Conflict):
        rounds.retry(draft.id, OSEI)
    with pytest.raises(NotFound):
        rounds.retry("nothing", OSEI)


def test_what_cannot_be_read_changes_nothing(rounds: Rounds, blobs: Blobs, tmp_path: Path) -> None:
    part = Part(name="visit.txt", data=b"\0")
    with pytest.raises(InvalidInput, match=r"visit\.txt"):
        rounds.order("lines", "Patient/ada", "Encounter/e1", [part], OSEI)
    with pytest.raises(TooLarge):
        rounds.order(
            "lines", "Patient/ada", None, [Part(name="x", data=b" " * (20 * 2**20 + 1))], OSEI
        )
    assert rounds.orders() == []
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


@pytest.mark.requirement("ROUND-10")
@pytest.mark.parametrize(
    ("capability", "subject", "encounter", "error"),
    [
        ("telepathy", "Patient/ada", "Encounter/e1", NotFound),
        ("lines", "Patient/nobody", None, NotFound),
        ("lines", "Patient/ada", "Encounter/nothing", NotFound),
        ("lines", "Patient/bea", "Encounter/e1", NotAllowed),
    ],
)
def test_an_order_names_a_patient_and_an_encounter_of_theirs(
    rounds: Rounds, capability: str, subject: str, encounter: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        rounds.order(capability, subject, encounter, [Part(name="x", data=b"Well.")], LIND)
    assert rounds.orders() == []


def test_workflow_state_holds_no_words_of_the_visit(rounds: Rounds, tmp_path: Path) -> None:
    drafted(rounds, "Feels marvellous.")
    settled(rounds, order(rounds, "crash"))
    with sqlite3.connect(tmp_path / "workflows.db") as state:
        dump = "\n".join(state.iterdump())
    assert "round" in dump
    for word in ("marvellous", "secret", "Patient/ada", "pickle"):
        assert word not in dump


@pytest.mark.requirement("ROUND-06")
def test_an_order_saved_while_drafting_is_down_is_taken_up_at_the_next_start(
    database: Database, rounds: Rounds, blobs: Blobs, tmp_path: Path
) -> None:
    rounds.stop()
    with pytest.raises(Unavailable):
        order(rounds, "Feels well.", order_id="waiting")
    rounds.start()
    assert settled(rounds, "waiting") is State.DONE
    assert rounds.draft("waiting").content == {"lines": ["Feels well."]}


def test_a_capability_is_known_only_by_its_protocol() -> None:
    from wardround.kernel import Capability

    room: Capability = Lines()
    assert room.name == "lines"


def test_what_no_step_foresaw_is_failed_at_the_next_start_and_quotes_nobody(
    rounds: Rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("secret words of a patient")

    with monkeypatch.context() as failing:
        failing.setattr(Drafts, "add", broken)
        order(rounds, "Feels well.", order_id="unlucky")
        for _ in range(300):
            if rounds._workflows.gave_up("unlucky.1"):
                break
            time.sleep(0.1)
    with sqlite3.connect(tmp_path / "workflows.db") as state:
        assert "secret" not in "\n".join(state.iterdump())
    rounds.stop()
    rounds.start()
    assert settled(rounds, "unlucky") is State.FAILED
    rounds.retry("unlucky", OSEI)
    assert settled(rounds, "unlucky") is State.DONE
