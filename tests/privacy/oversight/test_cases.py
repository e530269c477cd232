"""The register of cases and the watch list: kept, grown, asked about, closed, sealed, audited."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotAllowed, NotFound, Role
from wardround.privacy.oversight import Cases, Looks, Reason, Suspect, Verdict, Watched
from wardround.privacy.oversight.tables import cases, steps, watched
from wardround.security import AuditTrail

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ADA = "Patient/ada"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


def suspect(
    person: str = "tom", patient: str | None = ADA, event: int = 5, **points: int
) -> Suspect:
    reasons = points or {"co-worker": 3}
    return Suspect(
        person=person,
        patient=patient,
        reasons=tuple(
            Reason(rule=rule.replace("_", "-"), points=number, events=(event,))
            for rule, number in reasons.items()
        ),
        first=NOW - timedelta(days=event),
        last=NOW - timedelta(days=1),
        event=event,
    )


def test_the_worst_come_first(tx: Connection) -> None:
    register = Cases(tx)
    one, two = suspect("a", own_chart=4), suspect("b", same_home=5, co_worker=3)
    assert register.keep([one, two, suspect("c", None)]) == 3
    assert [(case.person, case.points) for case in register.waiting(10)] == [
        ("b", 8),
        ("a", 4),
        ("c", 3),
    ]
    assert [case.person for case in register.waiting(1, 1)] == ["a"]
    assert register.count() == 3
    assert register.count(NOW) == 0
    assert register.waiting(10, since=NOW) == []


def test_an_open_case_grows(tx: Connection) -> None:
    register = Cases(tx)
    assert register.keep([suspect(event=5)]) == 1
    assert register.keep([suspect(event=9, own_chart=4), suspect(patient=None)]) == 1
    case = next(one for one in register.waiting(10) if one.patient)
    assert (case.points, case.event, case.events) == (7, 9, (5, 9))
    assert case.first == NOW - timedelta(days=9)


def test_of_two_who_look_at_once_one_is_told(
    tx: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = Cases(tx)
    register.keep([suspect()])
    monkeypatch.setattr(Cases, "_open_for", lambda *_: None)  # the other's is not seen yet
    with pytest.raises(Conflict, match="at the same time"):
        register.keep([suspect()])
    assert register.count() == 1


def test_asked_and_closed_with_who_and_when(tx: Connection) -> None:
    ticks = count()
    register = Cases(tx, lambda: NOW + timedelta(seconds=next(ticks)))
    register.keep([suspect()])
    (case,) = register.waiting(10)
    asked = register.judge(case.id, Verdict.ASKED, "Wrote to him", RUTH)
    assert asked.verdict is Verdict.ASKED
    assert register.count() == 1
    register.keep([suspect(event=6)])
    assert register.find(case.id).verdict is Verdict.ASKED, "it stays asked"
    closed = register.judge(case.id, Verdict.NOT_APPROPRIATE, "Curious", RUTH)
    assert [(step.verdict, step.note, step.by) for step in closed.steps] == [
        (Verdict.ASKED, "Wrote to him", "ruth"),
        (Verdict.NOT_APPROPRIATE, "Curious", "ruth"),
    ]
    assert NOW < closed.steps[0].at < closed.steps[1].at
    assert register.count() == 0
    assert [one.id for one in register.closed(10)] == [case.id]
    assert register.settled() == {("tom", ADA): 6}
    with pytest.raises(Conflict, match="closed before"):
        register.judge(case.id, Verdict.APPROPRIATE, "", RUTH)
    with pytest.raises(NotFound):
        register.judge("none", Verdict.APPROPRIATE, "", RUTH)
    assert register.keep([suspect(event=12)]) == 1, "newer events open another"
    (again,) = register.waiting(10)
    assert [one.id for one in register.before(again)] == [case.id]


def test_nobody_reviews_their_own(tx: Connection) -> None:
    register = Cases(tx)
    register.keep([suspect("ruth")])
    (case,) = register.waiting(10)
    for verdict in (Verdict.ASKED, Verdict.APPROPRIATE):
        with pytest.raises(NotAllowed, match="their own"):
            register.judge(case.id, verdict, "x", RUTH)
    assert register.count() == 1


def test_what_is_not_appropriate_is_told(tx: Connection) -> None:
    register = Cases(tx)
    register.keep([suspect()])
    (case,) = register.waiting(10)
    for note in (" ", "x" * 1001):
        with pytest.raises(InvalidInput):
            register.judge(case.id, Verdict.NOT_APPROPRIATE, note, RUTH)
    with pytest.raises(NotAllowed):
        register.judge(case.id, Verdict.OPEN, "x", RUTH)
    assert register.find(case.id).steps == ()


def test_how_often_a_rule_is_cleared(tx: Connection) -> None:
    register = Cases(tx)
    register.keep([suspect("a"), suspect("b"), suspect("c", own_chart=4, co_worker=3)])
    for case in register.waiting(10):
        verdict = Verdict.NOT_APPROPRIATE if case.person == "a" else Verdict.APPROPRIATE
        register.judge(case.id, verdict, "Seen", RUTH)
    found = register.cleared()
    assert (found["co-worker"].closed, found["co-worker"].appropriate) == (3, 2)
    assert (found["own-chart"].closed, found["own-chart"].appropriate) == (1, 1)


def test_words_are_sealed_and_deeds_audited(tx: Connection) -> None:
    register = Cases(tx)
    register.keep([suspect()])
    (case,) = register.waiting(10)
    register.judge(case.id, Verdict.APPROPRIATE, "His own team", RUTH)
    Watched(tx).add(ADA, "In the news", RUTH)
    assert b"co-worker" not in tx.execute(select(cases.c.told)).scalar_one()
    assert b"team" not in tx.execute(select(steps.c.note)).scalar_one()
    assert b"news" not in tx.execute(select(watched.c.why)).scalar_one()
    events = AuditTrail(tx).list(subject=ADA, actor="ruth")
    assert [(event.action, event.purpose) for event in events] == [
        ("add-watched", "HCOMPL"),
        ("review-access", "HCOMPL"),
    ]
    assert events[1].detail == {"verdict": "appropriate"}


def test_the_watch_list(tx: Connection) -> None:
    Watched(tx).add(ADA, "In the news", RUTH)
    with pytest.raises(Conflict):
        Watched(tx).add(ADA, "Again", RUTH)
    with pytest.raises(InvalidInput):
        Watched(tx).add("Patient/ben", " ", RUTH)
    (one,) = Watched(tx).list()
    assert (one.patient, one.why, one.by) == (ADA, "In the news", "ruth")
    Watched(tx).remove(ADA, RUTH)
    assert Watched(tx).patients() == frozenset()
    with pytest.raises(NotFound):
        Watched(tx).remove(ADA, RUTH)


def test_when_the_trail_was_looked_through(tx: Connection) -> None:
    assert Looks(tx).last() is None
    Looks(tx, lambda: NOW).keep(30, 5000, 2, None)
    Looks(tx, lambda: NOW + timedelta(hours=1)).keep(7, 900, 0, RUTH)
    last = Looks(tx).last()
    assert last is not None
    assert (last.by, last.days, last.accesses, last.new) == ("ruth", 7, 900, 0)
    events = AuditTrail(tx).list(action="sweep-access")
    assert [event.actor for event in events] == ["ruth", None]
    assert events[0].detail == {"days": "7", "accesses": "900", "new": "0"}


def test_a_rule_that_is_gone_still_says_its_name(tx: Connection) -> None:
    Cases(tx).keep([suspect(an_old_rule=3)])
    (case,) = Cases(tx).waiting(10)
    assert case.reasons[0].says == "an old rule"
