"""Consents kept in the record, and what is refused without them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, OTHER, PATIENT
from wardround.database import Database
from wardround.kernel import InvalidInput, NotAllowed, NotFound, Part, Unavailable, system_clock
from wardround.privacy.consent.consent import About, Answer, Obtained
from wardround.record import Blobs, Chart
from wardround.rounds import ConsentRule, Consents, Rounds, Rules
from wardround.security import AuditTrail

ADA = "Patient/ada"
NEEDS = {"lines": About.RECORDING}


@pytest.fixture
def charts(database: Database) -> Database:
    with database.begin() as tx:
        for body in (PATIENT, OTHER, ENCOUNTER):
            Chart(tx).update(body)
    return database


def note(
    database: Database, permit: bool, patient: str = ADA, about: About = About.RECORDING
) -> None:
    with database.begin() as tx:
        Consents(tx).note(patient, about, OSEI, permit=permit, obtained=Obtained.SPOKEN)


def answer(database: Database, patient: str = ADA) -> Answer:
    with database.read() as tx:
        return Consents(tx).of(patient)[About.RECORDING].answer


def test_an_answer_is_a_version_of_one_resource(charts: Database) -> None:
    assert answer(charts) is Answer.UNKNOWN
    note(charts, True)
    assert answer(charts) is Answer.PERMITTED
    note(charts, False)
    assert answer(charts) is Answer.DENIED
    with charts.read() as tx:
        (kept,) = Chart(tx).search("Consent", {"patient": ADA})
        assert kept.version == 2
        events = AuditTrail(tx).list(subject=ADA)
    assert {event.action for event in events} == {"set-consent"}
    assert [event.detail["answer"] for event in events] == ["deny", "permit"]
    assert events[0].detail["about"] == "recording"
    assert answer(charts, "Patient/bea") is Answer.UNKNOWN


def test_an_answer_for_some_days(charts: Database) -> None:
    with charts.begin() as tx:
        consents = Consents(tx, lambda: datetime(2020, 1, 1, tzinfo=UTC))
        consents.note(ADA, About.RECORDING, OSEI, permit=True, obtained=Obtained.WRITTEN, days=30)
        assert consents.of(ADA)[About.RECORDING].answer is Answer.PERMITTED
    assert answer(charts) is Answer.UNKNOWN
    with charts.begin() as tx, pytest.raises(InvalidInput):
        Consents(tx).note(ADA, About.RESEARCH, OSEI, permit=True, obtained=Obtained.SPOKEN, days=0)
    with charts.begin() as tx, pytest.raises(NotFound):
        Consents(tx).note(
            "Patient/none", About.RESEARCH, OSEI, permit=True, obtained=Obtained.SPOKEN
        )


def test_who_refused_research(charts: Database) -> None:
    note(charts, False, about=About.RESEARCH)
    note(charts, True, "Patient/bea", About.RESEARCH)
    note(charts, False, "Patient/bea", About.MESSAGING)
    with charts.read() as tx:
        refusals = Consents(tx).refusals()
    assert refusals[About.RESEARCH] == {ADA}
    assert refusals[About.RECORDING] == frozenset()


@pytest.mark.parametrize("about", About)
def test_one_mechanism_asks_of_every_question(charts: Database, about: About) -> None:
    note(charts, False, about=about)
    note(charts, True, "Patient/bea", about)
    everybody = [ADA, "Patient/bea", "Patient/cleo"]
    silent = ConsentRule()
    demanding = ConsentRule(required=[about])
    with charts.read() as tx:
        assert silent.leaves_out(tx, system_clock, about, everybody) == {ADA: Answer.DENIED}
        assert demanding.leaves_out(tx, system_clock, about, everybody) == {
            ADA: Answer.DENIED,
            "Patient/cleo": Answer.UNKNOWN,
        }
        silent.require_consent(tx, system_clock, about, "Patient/cleo")
        with pytest.raises(NotAllowed, match="not on record"):
            demanding.require_consent(tx, system_clock, about, "Patient/cleo")
        with pytest.raises(NotAllowed, match=f"does not consent to {about}"):
            silent.require_consent(tx, system_clock, about, ADA)
        assert demanding.why_not(tx, system_clock, about, "Patient/bea") is None


@pytest.mark.parametrize(
    ("required", "said", "refused"),
    [
        (False, None, None),
        (False, True, None),
        (False, False, "does not consent"),
        (True, None, "not on record"),
        (True, True, None),
        (True, False, "does not consent"),
    ],
)
def test_a_visit_is_drafted_only_with_consent(
    charts: Database, tmp_path: Path, required: bool, said: bool | None, refused: str | None
) -> None:
    blobs = Blobs(tmp_path / "blobs", charts)
    url = f"sqlite:///{tmp_path / 'workflows.db'}"
    rule = ConsentRule(NEEDS, [About.RECORDING] if required else ())
    rounds = Rounds(charts, blobs, {"lines": Lines()}, url, rules=Rules(consent=rule))
    if said is not None:
        note(charts, said)
    part = Part(name="visit.txt", data=b"Feels well.", media_type="text/plain")
    expected = NotAllowed if refused else Unavailable
    with pytest.raises(expected, match=refused):
        rounds.order("lines", ADA, "Encounter/e1", [part], OSEI)
    saved = [path for path in tmp_path.rglob("blobs/*/*") if path.is_file()]
    assert (saved == []) is (refused is not None)
