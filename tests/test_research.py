"""Charts for research: of whom, without what, and on record before the file is there."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from wardround.bootstrap import export_research, open_database
from wardround.bootstrap.research import KINDS
from wardround.kernel import Actor, InvalidInput, NotAllowed, NotFound, Role, system_clock
from wardround.privacy.consent import About, Obtained
from wardround.privacy.deid import Kind, Mode, Operator, Secret, limited_data_set, safe_harbor
from wardround.privacy.egress import Agreements, Carries, Data, Return, Service, Terms
from wardround.record import Chart
from wardround.rounds import Consents
from wardround.security import AuditTrail, Event
from wardround.settings import Settings

ADA, BEA, CLEO = "Patient/ada", "Patient/bea", "Patient/cleo"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")
TODAY = system_clock().astimezone().date()
PLANTED = ("Thistlewaite", "Wilhelmina", "Ninestone", "MRN-4471823", "555 0143", "Quarry", "Moss")


def of(patient: str, **more: Any) -> dict[str, Any]:
    return {"subject": {"reference": patient}, **more}


CHART: list[dict[str, Any]] = [
    {
        "resourceType": "Patient",
        "id": "ada",
        "name": [{"family": "Thistlewaite", "given": ["Wilhelmina"]}],
        "identifier": [{"system": "urn:mrn", "value": "MRN-4471823"}],
        "telecom": [{"system": "phone", "value": "+1 608 555 0143"}],
        "address": [{"line": ["14 Quarry Lane"], "city": "Mazomanie", "state": "WI"}],
        "birthDate": "1951-03-09",
        "gender": "female",
    },
    {"resourceType": "Patient", "id": "bea", "name": [{"family": "Ninestone"}]},
    {"resourceType": "Patient", "id": "cleo", "name": [{"family": "Ny"}]},
    {"resourceType": "Practitioner", "id": "moss", "name": [{"family": "Moss"}]},
    of(
        ADA,
        resourceType="Observation",
        id="o1",
        status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        effectiveDateTime="2026-03-09",
        note=[{"text": "Mrs. Thistlewaite was seen by Dr. Moss on 9 March 2026."}],
    ),
    of(BEA, resourceType="Observation", id="o2", status="final", code={"text": "Weight"}),
    {
        "resourceType": "Appointment",
        "id": "both",
        "status": "booked",
        "participant": [
            {"actor": {"reference": ADA}, "status": "accepted"},
            {"actor": {"reference": BEA}, "status": "accepted"},
        ],
    },
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home")
    database = open_database(settings)
    with database.begin() as tx:
        for resource in CHART:
            Chart(tx).update(json.dumps(resource).encode())
    database.dispose()
    return settings


def say(settings: Settings, patient: str, *, permit: bool, about: About = About.RESEARCH) -> None:
    database = open_database(settings)
    with database.begin() as tx:
        Consents(tx).note(patient, about, RUTH, permit=permit, obtained=Obtained.WRITTEN)
    database.dispose()


def events(settings: Settings) -> list[Event]:
    database = open_database(settings)
    with database.read() as tx:
        found = AuditTrail(tx).list(action="export-research")
    database.dispose()
    return found


def read(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text().splitlines()]


def kinds(bundle: dict[str, Any]) -> list[str]:
    return [entry["resource"]["resourceType"] for entry in bundle["entry"]]


def test_everybody_is_in_it_without_their_names(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "charts.ndjson"
    done = export_research(settings, out, safe_harbor(), Secret.new())
    assert (done.patients, done.resources, done.refused, done.not_asked) == (3, 7, 0, 0)
    bundles = read(out)
    assert kinds(bundles[0]) == ["Patient", "Appointment", "Observation"]
    patient, _, observation = (entry["resource"] for entry in bundles[0]["entry"])
    assert (patient["birthDate"], patient["gender"]) == ("1951", "female")
    assert observation["subject"]["reference"] == f"Patient/{patient['id']}"
    assert observation["effectiveDateTime"] == "2026"
    assert not [word for word in PLANTED if word in out.read_text()]
    assert "ada" not in {patient["id"], observation["id"]}
    found = events(settings)
    assert {event.subject for event in found} == {ADA, BEA, CLEO, None}
    assert {event.purpose for event in found} == {"HRESCH"}
    assert len({event.entity for event in found}) == 1
    assert found[0].detail == {"mode": "safe-harbor", "patients": "3", "left-out": "0"}


def test_who_refused_is_left_out_with_what_is_also_theirs(
    settings: Settings, tmp_path: Path
) -> None:
    say(settings, BEA, permit=False)
    say(settings, ADA, permit=False, about=About.MESSAGING)
    out = tmp_path / "charts.ndjson"
    done = export_research(settings, out, safe_harbor(), Secret.new())
    assert (done.patients, done.refused, done.not_asked) == (2, 1, 0)
    assert [kinds(bundle) for bundle in read(out)] == [["Patient", "Observation"], ["Patient"]]
    assert BEA not in {event.subject for event in events(settings)}


def test_silence_is_no_consent_where_the_clinic_demands_it(
    settings: Settings, tmp_path: Path
) -> None:
    say(settings, ADA, permit=True)
    say(settings, BEA, permit=False)
    demanding = settings.model_copy(update={"research_consent": "required"})
    out = tmp_path / "charts.ndjson"
    done = export_research(demanding, out, safe_harbor(), Secret.new())
    assert (done.patients, done.refused, done.not_asked) == (1, 1, 1)
    assert len(read(out)) == 1


def agree(settings: Settings, **more: Any) -> str:
    terms = {
        "party": "University",
        "level": Carries.LIMITED,
        "services": frozenset({Service.STORAGE}),
        "data": frozenset({Data.RECORDS}),
        "effective": TODAY - timedelta(days=9),
        "flow_down": True,
        "breach_days": 30,
        "at_end": Return.DESTROY,
    }
    database = open_database(settings)
    with database.begin() as tx:
        made = Agreements(tx).add(Terms.model_validate(terms | more), RUTH)
    database.dispose()
    return made.id


@pytest.mark.parametrize(
    "more",
    [
        {"level": Carries.PHI},
        {"flow_down": False},
        {"expires": TODAY - timedelta(days=1)},
        {"effective": TODAY + timedelta(days=2)},
    ],
)
def test_no_limited_data_set_without_its_agreement(
    settings: Settings, tmp_path: Path, more: dict[str, Any]
) -> None:
    out = tmp_path / "charts.ndjson"
    for agreement, error in (
        (None, NotAllowed),
        ("none", NotFound),
        (agree(settings, **more), NotAllowed),
    ):
        with pytest.raises(error):
            export_research(settings, out, limited_data_set(), Secret.new(), agreement)
    assert not out.exists()
    assert events(settings) == []


def test_a_limited_data_set_under_its_agreement(settings: Settings, tmp_path: Path) -> None:
    agreement, out = agree(settings), tmp_path / "charts.ndjson"
    export_research(settings, out, limited_data_set(), Secret.new(), agreement)
    patient = read(out)[0]["entry"][0]["resource"]
    assert patient["birthDate"] == "1951-03-09"
    assert patient["address"] == [{"city": "Mazomanie", "state": "WI"}]
    assert not [word for word in PLANTED if word in out.read_text()]
    assert {event.detail["agreement"] for event in events(settings)} == {agreement}


def test_what_cannot_be_put_on_record_is_not_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "charts.ndjson"
    monkeypatch.setattr(AuditTrail, "record_many", full)
    with pytest.raises(Exception, match="No space left"):
        export_research(settings, out, safe_harbor(), Secret.new())
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_charts_leave_by_a_mode_of_the_rule(settings: Settings, tmp_path: Path) -> None:
    lax = Mode(name="custom", usual=Operator.TAG, operators={Kind.NAME: Operator.KEEP})
    with pytest.raises(InvalidInput, match="mode of the rule"):
        export_research(settings, tmp_path / "x", lax, Secret.new())


def test_what_tells_of_the_clinic_stays() -> None:
    assert "Observation" in KINDS
    assert not {"Consent", "Provenance", "Practitioner"} & set(KINDS)
