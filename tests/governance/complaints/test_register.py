"""The register: numbers, states, versions; sealed and audited; what it holds people to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from tests.governance.complaints.made import MEI, NOW, SAID, TODAY, now, report
from wardround.governance.complaints import (
    Complaint,
    Complaints,
    ComplaintStage,
    MdrEvent,
    complaint_stage,
)
from wardround.governance.complaints.tables import complaints
from wardround.kernel import Conflict, InvalidInput, NotAllowed, NotFound
from wardround.security import AuditTrail

NO = {"reportable": False, "reasons": "Nobody was hurt, nor could be."}
YES = {
    "reportable": True,
    "reasons": "A serious injury.",
    "event": "serious injury",
    "reporters": ["user facility"],
    "aware": TODAY,
}


@pytest.fixture
def register(tx: Connection) -> Complaints:
    return Complaints(tx, now)


def taken_up(register: Complaints, **more: Any) -> Complaint:
    one = register.enter(report(**more), MEI)
    return register.review(one.number, one.version, MEI)


def test_from_receipt_to_closing_every_version_stays(register: Complaints, tx: Connection) -> None:
    one = register.enter(report(), MEI)
    stages = [complaint_stage(one)]
    number = one.number
    one = register.review(number, 1, MEI)
    stages.append(complaint_stage(one))
    one = register.decide(number, 2, MEI, **YES)
    assert one.decision is not None
    assert (one.decision.by, one.decision.at, one.decision.event) == ("mei", NOW, MdrEvent.INJURY)
    one = register.investigate(number, 3, MEI, made=True, words="A rule lacked penicillin.")
    stages.append(complaint_stage(one))
    one = register.reply(number, 4, TODAY, "Mended in 1.1.", MEI)
    one = register.note_sent(number, 5, "facility", TODAY, "UF-7", MEI)
    one = register.close(number, 6, "All done", MEI)
    stages.append(complaint_stage(one))
    one = register.reopen(number, 7, "It came again", MEI)
    stages.append(complaint_stage(one))
    assert stages == [
        ComplaintStage.RECEIVED,
        ComplaintStage.REVIEW,
        ComplaintStage.INVESTIGATED,
        ComplaintStage.CLOSED,
        ComplaintStage.INVESTIGATED,
    ]
    changes = [v.change for v in reversed(register.history(number))]
    assert changes == [
        "received",
        "reviewed",
        "decided",
        "investigated",
        "replied",
        "sent",
        "closed",
        "reopened",
    ]
    events = AuditTrail(tx).list(entity=f"complaint/{number}")
    assert [event.detail["change"] for event in reversed(events)] == changes
    assert {event.action for event in events} == {"add-complaint", "change-complaint"}
    assert {event.subject for event in events} == {"Patient/vega"}
    assert register.list() == [one]


def test_numbers_go_on_and_begin_anew_each_year(tx: Connection) -> None:
    def at(year: int) -> Complaints:
        return Complaints(tx, lambda: datetime(year, 12, 1, tzinfo=UTC))

    found = [at(2026).enter(report(), MEI).number for _ in range(2)]
    found.append(at(2027).enter(report(), MEI).number)
    assert found == ["WR-2026-0001", "WR-2026-0002", "WR-2027-0001"]
    assert [one.number for one in at(2027).list()] == found[::-1]


@pytest.mark.parametrize(
    "number", ["", "WR-2026-0009", "WR-2026-\u0660\u0660\u0660\u0661", "WR-26-1", "x' OR 1=1"]
)
def test_an_unknown_number(register: Complaints, number: str) -> None:
    register.enter(report(), MEI)
    with pytest.raises(NotFound):
        register.find(number)


def test_what_is_said_is_sealed(register: Complaints, tx: Connection) -> None:
    taken_up(register)
    rows = list(tx.execute(select(complaints)).all())
    assert len(rows) == 2
    for row in rows:
        for word in (SAID, "Vega", "vega", "Amara", "missing"):
            assert word.encode() not in bytes(row.sealed)
            assert word not in str([value for value in row if value is not row.sealed])


def test_of_two_who_change_the_same_version_one_is_told(register: Complaints) -> None:
    one = taken_up(register)
    register.decide(one.number, 2, MEI, **NO)
    with pytest.raises(Conflict, match="meanwhile"):
        register.decide(one.number, 2, MEI, **YES)
    with pytest.raises(Conflict, match="before"):
        register.review(one.number, 3, MEI)
    assert register.find(one.number).decision.reportable is False  # type: ignore[union-attr]


def test_nothing_is_decided_or_investigated_before_it_is_taken_up(register: Complaints) -> None:
    one = register.enter(report(), MEI)
    with pytest.raises(NotAllowed, match="took"):
        register.decide(one.number, 1, MEI, **NO)
    with pytest.raises(NotAllowed, match="took"):
        register.investigate(one.number, 1, MEI, made=True, words="Found.")


def test_it_is_closed_only_when_all_is_done(register: Complaints) -> None:
    one = taken_up(register)
    with pytest.raises(NotAllowed, match="not investigated"):
        register.close(one.number, 2, "", MEI)
    register.investigate(one.number, 2, MEI, made=False, words="A wish, not a failure.")
    assert complaint_stage(register.find(one.number)) is ComplaintStage.NOT_INVESTIGATED
    with pytest.raises(NotAllowed, match="decided"):
        register.close(one.number, 3, "", MEI)
    register.decide(one.number, 3, MEI, **YES)
    with pytest.raises(NotAllowed, match="Not every report"):
        register.close(one.number, 4, "", MEI)
    with pytest.raises(NotAllowed, match="No such report"):
        register.note_sent(one.number, 4, "five-day", TODAY, "", MEI)
    register.decide(one.number, 4, MEI, **NO)
    register.close(one.number, 5, "", MEI)
    with pytest.raises(NotAllowed, match="closed"):
        register.decide(one.number, 6, MEI, **YES)
    with pytest.raises(NotAllowed, match="closed"):
        register.reply(one.number, 6, TODAY, "Late", MEI)
    with pytest.raises(NotAllowed, match="closed"):
        register.close(one.number, 6, "", MEI)
    with pytest.raises(InvalidInput, match="again"):
        register.reopen(one.number, 6, " ", MEI)


def test_no_report_is_sent_before_it_is_decided(register: Complaints) -> None:
    one = taken_up(register)
    with pytest.raises(NotAllowed, match="Decide first"):
        register.note_sent(one.number, 2, "manufacturer", TODAY, "", MEI)


def test_days_to_come_or_too_early(register: Complaints) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(InvalidInput, match="to come"):
        register.enter(report(received=tomorrow), MEI)
    with pytest.raises(InvalidInput, match="before it happened"):
        report(occurred=tomorrow)
    one = taken_up(register)
    with pytest.raises(InvalidInput, match="to come"):
        register.decide(one.number, 2, MEI, **YES | {"aware": tomorrow})
    with pytest.raises(InvalidInput, match="before anybody"):
        register.reply(one.number, 2, TODAY - timedelta(days=1), "Early", MEI)
    register.decide(one.number, 2, MEI, **YES)
    with pytest.raises(InvalidInput, match="before anybody"):
        register.note_sent(one.number, 3, "facility", TODAY - timedelta(days=1), "", MEI)


def test_an_earlier_investigation_answers_a_similar_complaint(register: Complaints) -> None:
    first, second = taken_up(register), taken_up(register)
    said = {"made": False, "words": "As before.", "similar": first.number}
    with pytest.raises(InvalidInput, match="not investigated"):
        register.investigate(second.number, 2, MEI, **said)
    register.investigate(first.number, 2, MEI, made=True, words="Found.")
    with pytest.raises(InvalidInput, match="no complaint"):
        register.investigate(second.number, 2, MEI, **said | {"similar": "WR-2026-0099"})
    with pytest.raises(InvalidInput, match="none was made"):
        register.investigate(second.number, 2, MEI, **said | {"made": True})
    kept = register.investigate(second.number, 2, MEI, **said).investigation
    assert kept is not None
    assert kept.similar == first.number


def test_what_is_wrong_is_said_without_quoting_it() -> None:
    with pytest.raises(InvalidInput) as refused:
        report(words="x" * 5000)
    assert refused.value.where == "words"
    assert "xxx" not in str(refused.value)
