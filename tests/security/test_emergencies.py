"""Emergency access: its reason, its time, its review, and that all of it is audited."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotAllowed, NotFound, Role
from wardround.security import AuditTrail, Emergencies, Judgement, Reason
from wardround.security.tables import emergencies

OSEI = Actor(id="osei", name="O", role=Role.CLINICIAN, reference="Practitioner/osei")
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")
ADA = "Patient/ada"
HOURS = timedelta(hours=4)
WORDS = "Collapsed in the waiting room"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_it_opens_for_its_time_and_ends_by_itself(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    opened = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    assert register.open_to("osei") == {ADA}
    assert register.open_to("ruth") == frozenset()
    clock.now += HOURS - timedelta(seconds=1)
    assert register.of("osei", [ADA])[0].id == opened.id
    clock.now += timedelta(seconds=1)
    assert register.open_to("osei") == frozenset()
    assert register.unreviewed() == 1


def test_a_clock_set_back_makes_none_longer(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    clock.now -= timedelta(minutes=5)
    assert register.open_to("osei") == {ADA}
    clock.now -= timedelta(minutes=1)
    assert register.open_to("osei") == frozenset()
    assert register.of("osei", [ADA]) == []


def test_opening_what_is_open_is_the_same_entry(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    first = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    assert register.open(OSEI, ADA, Reason.OTHER, "Again", HOURS).id == first.id


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 1001])
def test_a_reason_has_words(tx: Connection, clock: Clock, words: str) -> None:
    with pytest.raises(InvalidInput):
        Emergencies(tx, clock).open(OSEI, ADA, Reason.OTHER, words, HOURS)
    assert Emergencies(tx, clock).unreviewed() == 0


def test_words_are_sealed(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    one = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    register.review(one.id, RUTH, Judgement.APPROPRIATE, "Fell at reception")
    row = tx.execute(select(emergencies)).one()
    assert b"Collapsed" not in row.words
    assert b"reception" not in row.note
    found = register.find(one.id)
    assert (found.words, found.note) == (WORDS, "Fell at reception")


def test_a_review_is_made_once_by_somebody_else(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    one = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    with pytest.raises(NotAllowed, match="their own"):
        register.review(one.id, OSEI, Judgement.APPROPRIATE, "")
    with pytest.raises(InvalidInput, match="Say why"):
        register.review(one.id, RUTH, Judgement.NOT_APPROPRIATE, " ")
    register.review(one.id, RUTH, Judgement.APPROPRIATE, "")
    assert register.unreviewed() == 0
    assert register.open_to("osei") == {ADA}
    with pytest.raises(Conflict, match="reviewed before"):
        register.review(one.id, RUTH, Judgement.NOT_APPROPRIATE, "No")
    with pytest.raises(NotFound):
        register.find("nothing")


def test_what_was_not_appropriate_is_closed_at_once(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    one = register.open(OSEI, ADA, Reason.OTHER, "Curious", HOURS)
    register.review(one.id, RUTH, Judgement.NOT_APPROPRIATE, "No care was given")
    assert register.open_to("osei") == frozenset()


def test_only_who_opened_it_ends_it(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    one = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    with pytest.raises(NotAllowed):
        register.end(one.id, RUTH)
    clock.now += timedelta(minutes=5)
    register.end(one.id, OSEI)
    assert register.open_to("osei") == frozenset()
    assert register.find(one.id).ends == clock.now


def test_what_waits_for_a_review_comes_first(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    old = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    clock.now += timedelta(days=1)
    new = register.open(OSEI, ADA, Reason.COVERING, WORDS, HOURS)
    register.review(new.id, RUTH, Judgement.APPROPRIATE, "")
    assert [one.id for one in register.list()] == [old.id, new.id]


def test_all_of_it_is_audited_without_a_word(tx: Connection, clock: Clock) -> None:
    register = Emergencies(tx, clock)
    one = register.open(OSEI, ADA, Reason.EMERGENCY, WORDS, HOURS)
    register.end(one.id, OSEI)
    register.review(one.id, RUTH, Judgement.APPROPRIATE, "Fell")
    events = AuditTrail(tx, clock).list(subject=ADA, entity=f"emergency/{one.id}")
    assert [(e.action, e.purpose) for e in events] == [
        ("review-emergency", "HCOMPL"),
        ("end-emergency", "ETREAT"),
        ("break-glass", "ETREAT"),
    ]
    assert events[-1].detail == {"reason": "emergency"}
