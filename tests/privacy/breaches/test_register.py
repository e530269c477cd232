"""The register: every change a version, sealed and audited; the rules it holds people to."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, select

from tests.privacy.breaches.incidents import ADA, BEN, NOW, RUTH, TODAY, known, now, weighed
from wardround.kernel import Conflict, InvalidInput, NotAllowed, NotFound
from wardround.privacy.breaches import Bearing, Breaches, Conclusion, Incident, Stage, stage_of
from wardround.privacy.breaches.incident import Associate
from wardround.privacy.breaches.register import IMPERMISSIBLE
from wardround.privacy.breaches.tables import breaches
from wardround.privacy.disclosures import Disclosures, OfficialRequest
from wardround.security import AuditTrail

KEYS = ("individuals", "secretary")


@pytest.fixture
def register(tx: Connection) -> Breaches:
    return Breaches(tx, now)


def assessed(register: Breaches, conclusion: Conclusion, **more: object) -> Incident:
    one = register.enter(known(**more), RUTH)
    return register.assess(one.id, 1, conclusion, "So it is.", weighed(), RUTH)


def notified(register: Breaches) -> Incident:
    one = assessed(register, Conclusion.BREACH)
    for key in KEYS:
        one = register.note_given(one.id, one.version, key, TODAY, "By mail", RUTH)
    return one


def test_from_entering_to_closing_every_version_stays(register: Breaches, tx: Connection) -> None:
    one = notified(register)
    assert stage_of(one) is Stage.NOTIFIED
    closed = register.close(one.id, one.version, "All told", RUTH)
    assert stage_of(closed) is Stage.CLOSED
    opened = register.reopen(one.id, closed.version, "More were found", RUTH)
    assert stage_of(opened) is Stage.NOTIFIED
    changes = ["entered", "assessed", "notified", "notified", "closed", "reopened"]
    assert [v.change for v in reversed(register.history(one.id))] == changes
    assert opened.why == "More were found"
    events = AuditTrail(tx).list(entity=f"breach/{one.id}")
    assert [event.detail["change"] for event in reversed(events)] == changes
    assert {event.action for event in events} == {"add-breach", "change-breach"}
    assert register.list() == [opened]


def test_what_is_said_is_sealed(register: Breaches, tx: Connection) -> None:
    register.enter(known(patients=(ADA,)), RUTH)
    (sealed,) = tx.execute(select(breaches.c.sealed)).scalars()
    for word in (b"aptop", b"HL-1", b"Patient/ada"):
        assert word not in sealed


def test_of_two_who_change_the_same_version_one_is_told(register: Breaches) -> None:
    one = register.enter(known(), RUTH)
    register.revise(one.id, 1, known(title="Bag stolen"), RUTH)
    with pytest.raises(Conflict, match="meanwhile"):
        register.revise(one.id, 1, known(title="Other"), RUTH)
    with pytest.raises(NotFound):
        register.find("nothing")
    assert register.find(one.id).circumstances.title == "Bag stolen"


def test_nothing_is_discovered_before_it_happened_or_tomorrow(register: Breaches) -> None:
    with pytest.raises(InvalidInput, match="before it happened"):
        known(happened=TODAY + timedelta(days=1))
    with pytest.raises(InvalidInput, match="to come"):
        register.enter(known(discovered=TODAY + timedelta(days=2)), RUTH)


@pytest.mark.parametrize(
    ("told", "discovered", "agent", "wrong"),
    [
        (0, -30, False, ""),
        (0, 0, True, ""),
        (0, -1, True, "agent"),
        (-1, -30, False, "earlier"),
    ],
)
def test_what_an_associate_knew(told: int, discovered: int, agent: bool, wrong: str) -> None:
    def later(days: int) -> date:
        return TODAY + timedelta(days=days)

    other = Associate(
        agreement="1", party="V", told=later(told), discovered=later(discovered), agent=agent
    )
    if not wrong:
        assert known(associate=other).associate == other
        return
    with pytest.raises(InvalidInput, match=wrong):
        known(associate=other)


def test_a_low_probability_is_shown_by_all_four_factors(register: Breaches) -> None:
    one = register.enter(known(), RUTH)

    def conclude(*factors: object, reasons: str = "So it is.") -> Incident:
        return register.assess(one.id, 1, Conclusion.LOW, reasons, factors, RUTH)  # type: ignore[arg-type]

    with pytest.raises(InvalidInput, match="all four"):
        conclude(*weighed()[:3])
    with pytest.raises(InvalidInput, match="presumed"):
        conclude(*weighed(Bearing.HIGH, Bearing.UNKNOWN))
    with pytest.raises(InvalidInput) as refused:
        conclude(*weighed(), reasons=" ")
    assert refused.value.where == "reasons"
    found = conclude(*weighed(Bearing.LOW, Bearing.HIGH, Bearing.HIGH, Bearing.UNKNOWN))
    assert stage_of(found) is Stage.NOT_A_BREACH
    assert found.assessment is not None
    assert (found.assessment.by, found.assessment.at) == ("ruth", NOW)


def test_to_tell_everybody_needs_no_factors(register: Breaches) -> None:
    one = register.enter(known(), RUTH)
    found = register.assess(one.id, 1, Conclusion.BREACH, "We tell them", (), RUTH)
    assert stage_of(found) is Stage.BREACH


@pytest.mark.parametrize(
    ("unsecured", "conclusion"), [(True, Conclusion.SECURED), (False, Conclusion.BREACH)]
)
def test_an_assessment_does_not_contradict_the_incident(
    register: Breaches, unsecured: bool, conclusion: Conclusion
) -> None:
    with pytest.raises(InvalidInput, match="says otherwise"):
        assessed(register, conclusion, unsecured=unsecured)
    other = Conclusion.SECURED if conclusion is Conclusion.BREACH else Conclusion.BREACH
    assert assessed(register, other, unsecured=unsecured).assessment is not None


def test_an_assessment_is_made_anew_and_the_one_before_stays(register: Breaches) -> None:
    one = assessed(register, Conclusion.NOT_RETAINED)
    again = register.assess(one.id, 2, Conclusion.BREACH, "It was kept", (), RUTH)
    conclusions = [
        v.assessment.conclusion for v in register.history(one.id) if v.assessment is not None
    ]
    assert conclusions == [Conclusion.BREACH, Conclusion.NOT_RETAINED]
    assert stage_of(again) is Stage.BREACH


def test_a_notice_is_given_on_a_day_that_can_be(register: Breaches) -> None:
    one = assessed(register, Conclusion.BREACH)
    for wrong, words in ((TODAY + timedelta(days=2), "to come"), (date(2026, 3, 1), "before")):
        with pytest.raises(InvalidInput, match=words):
            register.note_given(one.id, 2, "individuals", wrong, "", RUTH)
    with pytest.raises(NotFound):
        register.note_given(one.id, 2, "media:CA", TODAY, "", RUTH)
    first = register.note_given(one.id, 2, "individuals", TODAY, "Mail", RUTH)
    second = register.note_given(one.id, 3, "individuals", TODAY, "First-class mail", RUTH)
    assert [given.note for given in second.given] == ["Mail", "First-class mail"]
    assert first.version == 3


def test_while_officials_put_it_off_nothing_is_given(register: Breaches) -> None:
    discovered = TODAY - timedelta(days=9)
    one = assessed(register, Conclusion.BREACH, discovered=discovered)
    asked = OfficialRequest(
        official="Det. Bo", day=TODAY - timedelta(days=5), written=False, until=TODAY
    )
    one = register.delay(one.id, 2, asked, RUTH)
    for given, allowed in ((5, True), (4, False), (0, False)):
        day = TODAY - timedelta(days=given)
        if allowed:
            one = register.note_given(one.id, one.version, "individuals", day, "", RUTH)
            continue
        with pytest.raises(NotAllowed, match=r"164\.412"):
            register.note_given(one.id, one.version, "individuals", day, "", RUTH)


def test_it_is_closed_when_all_is_done(register: Breaches) -> None:
    one = register.enter(known(), RUTH)
    with pytest.raises(NotAllowed, match="not assessed"):
        register.close(one.id, 1, "", RUTH)
    one = register.assess(one.id, 1, Conclusion.BREACH, "So it is.", (), RUTH)
    with pytest.raises(NotAllowed, match="Not every notice"):
        register.close(one.id, 2, "", RUTH)
    other = assessed(register, Conclusion.UNINTENTIONAL)
    closed = register.close(other.id, 2, "", RUTH)
    with pytest.raises(NotAllowed, match="closed"):
        register.revise(closed.id, 3, known(), RUTH)
    with pytest.raises(InvalidInput):
        register.reopen(closed.id, 3, " ", RUTH)
    register.reopen(closed.id, 3, "More", RUTH)
    with pytest.raises(Conflict, match="is open"):
        register.reopen(closed.id, 4, "More", RUTH)


def test_each_patient_s_account_has_it_once(register: Breaches, tx: Connection) -> None:
    said = {"recipient": "A stranger", "happened": date(2026, 2, 1)}
    one = register.enter(known(patients=(ADA,), **said), RUTH)
    with pytest.raises(Conflict, match="nobody left"):
        register.account(one.id, 1, RUTH)  # not assessed yet
    register.assess(one.id, 1, Conclusion.LOW, "So it is.", weighed(), RUTH)
    assert register.account(one.id, 2, RUTH) == 1
    with pytest.raises(Conflict, match="nobody left"):
        register.account(one.id, 3, RUTH)
    register.revise(one.id, 3, known(patients=(ADA, BEN), **said), RUTH)
    closed = register.close(one.id, 4, "", RUTH)
    assert [named.patient for named in closed.to_account] == [BEN.patient]
    assert register.account(one.id, 5, RUTH) == 1
    for named in (ADA, BEN):
        (entry,) = Disclosures(tx).of(named.patient, date.min, TODAY)
        assert (entry.day, entry.recipient) == (date(2026, 2, 1), "A stranger")
        assert entry.why == IMPERMISSIBLE


def test_what_went_to_nobody_outside_is_in_no_account(register: Breaches) -> None:
    assert assessed(register, Conclusion.BREACH, patients=(ADA,)).to_account == ()
