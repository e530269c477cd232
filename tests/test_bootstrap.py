"""The whole house, put together: the sample clinic's morning, from speech to signed FHIR."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cheap import cheaply_hashed
from wardround.bootstrap import Wardround, assemble, egress_policy, load_clinic
from wardround.clinic import SampleClinic
from wardround.kernel import (
    Actor,
    Draft,
    Edit,
    InvalidInput,
    NotAllowed,
    Role,
    Status,
    Unavailable,
)
from wardround.privacy.consent import About, Obtained
from wardround.privacy.egress import Carries, Purpose, Recipient, Service, carrying
from wardround.record import Chart
from wardround.rounds import Consents, State
from wardround.security import AuditTrail, People
from wardround.settings import Settings

DAY = date(2026, 3, 2)
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wardround, SampleClinic]]:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    wardround = assemble(settings, clock=lambda: datetime.now(UTC))
    with cheaply_hashed():
        clinic = load_clinic(wardround, DAY, PASSWORD)
    for _ in range(600):
        if not wardround.rounds.orders(State.QUEUED, State.DRAFTED):
            break
        time.sleep(0.1)
    yield wardround, clinic
    wardround.stop()


def of(wardround: Wardround, encounter: str) -> Draft:
    (draft,) = wardround.rounds.drafts(encounter=encounter)
    return draft


def test_every_recorded_visit_is_drafted_or_abstains_for_a_reason(
    house: tuple[Wardround, SampleClinic],
) -> None:
    wardround, clinic = house
    recorded = [visit for visit in clinic.visits if visit.parts]
    drafts = [of(wardround, visit.encounter) for visit in recorded]
    assert len(clinic.visits) >= 8
    assert {state.state for state in wardround.rounds.orders()} == {State.DONE}
    assert [d.reason for d in drafts if d.status is Status.ABSTAINED] != []
    assert sum(draft.status is Status.DRAFTED for draft in drafts) >= 8
    for draft in drafts:
        assert (draft.status is Status.ABSTAINED) == (draft.content == {})


def test_every_sentence_has_a_source_in_the_transcript(
    house: tuple[Wardround, SampleClinic],
) -> None:
    wardround, _ = house
    notes = [one for one in wardround.rounds.inbox() if one.capability == "documentation"]
    assert len(notes) >= 8
    for draft in notes:
        transcript = wardround.rounds.review(draft)["transcript"]
        claims = {item.claim for item in draft.evidence}
        sections = draft.content["sections"]
        assert isinstance(sections, list)
        for i, section in enumerate(sections):
            for j, _sentence in enumerate(section["sentences"]):  # type: ignore[index, call-overload, arg-type]
                assert f"/sections/{i}/sentences/{j}" in claims
        for item in draft.evidence:
            for source in item.sources:
                assert source.kind == "text"
                turn = transcript.turns[source.part]  # type: ignore[attr-defined]
                assert turn.offset <= source.start < source.end <= len(turn.source)


def test_every_input_of_an_assessment_stands_in_the_chart(
    house: tuple[Wardround, SampleClinic],
) -> None:
    wardround, _ = house
    made = [d for d in wardround.rounds.drafts() if d.capability == "risk"]
    assert len(made) == 3
    (pregnant,) = [draft for draft in made if draft.status is Status.ABSTAINED]
    assert pregnant.reason == "Pregnant: the score was not made for these patients."
    for draft in made:
        for item in draft.evidence:
            for source in item.sources:
                assert source.kind == "chart"
                with wardround.database.read() as tx:
                    assert Chart(tx).read(source.resource)


def test_loading_the_clinic_again_changes_nothing(house: tuple[Wardround, SampleClinic]) -> None:
    wardround, clinic = house
    before = wardround.rounds.orders()
    load_clinic(wardround, DAY, PASSWORD)
    assert wardround.rounds.orders() == before
    with wardround.database.read() as tx:
        assert len(Chart(tx).history(clinic.visits[0].patient)) == 1


def test_a_signed_note_is_in_the_chart(house: tuple[Wardround, SampleClinic]) -> None:
    wardround, clinic = house
    visit = next(v for v in clinic.visits if v.parts and of(wardround, v.encounter).content)
    draft = of(wardround, visit.encounter)
    with wardround.database.read() as tx:
        signer = People(tx).find("amara.osei")
    written = Edit(
        op="replace", path="/sections/0/sentences/0/text", value="Written by the clinician."
    )
    draft = wardround.rounds.revise(draft.id, draft.revision, written, signer)
    while draft.open_findings:
        finding = draft.open_findings[0]
        if finding.severity == "block":
            gone = Edit(op="remove", path=finding.claim or "")
            draft = wardround.rounds.revise(draft.id, draft.revision, gone, signer)
        else:
            draft = wardround.rounds.acknowledge(draft.id, draft.revision, finding.key, signer)
    signed = wardround.rounds.sign(draft.id, draft.revision, signer)
    kinds = [reference.split("/")[0] for reference in signed.resources]
    assert kinds == ["Composition", "DocumentReference", "DocumentReference"]
    with wardround.database.read() as tx:
        chart = Chart(tx)
        composition = chart.read(signed.resources[0]).json()
        assert composition["subject"]["reference"] == visit.patient
        assert "Written by the clinician." in composition["section"][0]["text"]["div"]
        assert composition["author"][0]["reference"] == signer.reference
        (provenance,) = chart.search("Provenance", {"target": signed.resources[0]})
        assert len(provenance.json()["agent"]) == 2
        assert [e.action for e in AuditTrail(tx).list(action="sign")] == ["sign"]
        notes = chart.search("DocumentReference", {"patient": visit.patient, "type": "11506-3"})
        assert signed.resources[1] in {note.reference for note in notes}


def test_the_password_signs_in(house: tuple[Wardround, SampleClinic]) -> None:
    wardround, clinic = house
    with wardround.database.read() as tx:
        for person in clinic.people:
            assert People(tx).authenticate(person.username, PASSWORD).reference == person.reference


def test_the_gate_is_the_clinics(tmp_path: Path) -> None:
    chosen = Settings(
        home=tmp_path, private_networks="10.20.0.0/16, fd12::/16,", egress="deidentify"
    )
    policy = egress_policy(chosen)
    assert [str(network) for network in policy.private] == ["10.20.0.0/16", "fd12::/16"]
    assert policy.otherwise == "deidentify"
    assert egress_policy(Settings(home=tmp_path)).otherwise == "refuse"
    with pytest.raises(InvalidInput, match="WARDROUND_PRIVATE_NETWORKS"):
        egress_policy(Settings(home=tmp_path, private_networks="everywhere"))


def test_a_patient_is_written_to_only_once_they_agreed(
    house: tuple[Wardround, SampleClinic],
) -> None:
    wardround, _ = house
    patient, somebody = (
        "Patient/marisol-vega",
        Actor(id="p1", name="-", role=Role.CLINICIAN, reference="Practitioner/p1"),
    )
    texts = Recipient(
        name="texts",
        address="https://127.0.0.1:9/send",  # nobody listens there
        service=Service.TEXT_MESSAGES,
        purpose=Purpose.TREATMENT,
        carries=Carries.PHI,
    )
    cargo = carrying(Carries.PHI, patient, somebody)
    with wardround.gate.client(texts) as client:
        with pytest.raises(NotAllowed, match="not on record"):
            client.post("", json={}, extensions=cargo)
        with wardround.database.begin() as tx:
            Consents(tx).note(
                patient, About.MESSAGING, somebody, permit=True, obtained=Obtained.SPOKEN
            )
        with pytest.raises(Unavailable, match="cannot be reached"):
            client.post("", json={}, extensions=cargo)
