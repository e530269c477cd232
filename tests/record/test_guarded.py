"""The chart as one person may read it: what is refused, what is left out, and what is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from wardround.kernel import Actor, Forbidden, NotFound, Role
from wardround.record import CareRelations, Chart, GuardedChart
from wardround.security import Emergencies, Guard, OutsideCare, Reason, load_policies

NOW = datetime.now(UTC)
POLICIES = load_policies()
MINE, OTHER = "Patient/mine", "Patient/other"


def somebody(role: Role, name: str = "osei") -> Actor:
    return Actor(id=name, name=name, role=role, reference=f"Practitioner/{name}")


OSEI = somebody(Role.CLINICIAN)


@pytest.fixture
def tx(tx: Connection) -> Connection:
    chart = Chart(tx)
    for name in ("mine", "other"):
        subject = {"subject": {"reference": f"Patient/{name}"}}
        put(chart, "Patient", name, name=[{"family": "Lindgren", "given": [name]}])
        put(chart, "Condition", f"c-{name}", code={"text": "Gout"}, **subject)
        put(chart, "Provenance", f"p-{name}", target=[{"reference": f"Condition/c-{name}"}])
    visit = {"subject": {"reference": MINE}, "period": {"start": NOW.isoformat()}}
    who = [{"individual": {"reference": OSEI.reference}}]
    put(chart, "Encounter", "e", status="finished", participant=who, **visit)
    put(chart, "Location", "room", name="Room 1")
    put(chart, "Group", "g", member=[{"entity": {"reference": OTHER}}])
    both = [{"actor": {"reference": one}} for one in (MINE, OTHER)]
    put(chart, "Appointment", "two", status="booked", participant=both)
    return tx


def put(chart: Chart, kind: str, of_id: str, /, **elements: Any) -> None:
    chart.update(orjson.dumps({"resourceType": kind, "id": of_id, **elements}))


def guarded(tx: Connection, actor: Actor = OSEI) -> GuardedChart:
    return GuardedChart(tx, Guard(tx, actor, POLICIES, CareRelations(tx)))


def test_what_is_in_their_care_is_read(tx: Connection) -> None:
    chart = guarded(tx)
    for reference in (MINE, "Condition/c-mine", "Provenance/p-mine", "Location/room"):
        assert chart.read(reference).reference == reference


@pytest.mark.parametrize(
    "reference", [OTHER, "Condition/c-other", "Provenance/p-other", "Appointment/two"]
)
def test_what_is_not_is_refused_and_an_emergency_offered(tx: Connection, reference: str) -> None:
    with pytest.raises(OutsideCare) as refused:
        guarded(tx).read(reference)
    assert (refused.value.subject, refused.value.may_break_glass) == (OTHER, True)
    assert "Lindgren" not in str(refused.value)


def test_what_nobody_can_tell_the_patient_of_is_shown_to_nobody(tx: Connection) -> None:
    with pytest.raises(Forbidden, match="whose data"):
        guarded(tx).read("Group/g")
    assert guarded(tx).search("Group", {}) == []


def test_a_search_leaves_out_what_is_not_theirs(tx: Connection) -> None:
    chart = guarded(tx)
    assert [one.id for one in chart.search("Patient", {"name": "lindgren"})] == ["mine"]
    assert [one.id for one in chart.search("Condition", {"_count": "1"})] == ["c-mine"]
    assert chart.search("Condition", {"patient": OTHER}) == []
    assert [one.id for one in chart.panel(10)] == ["mine"]


def test_a_page_is_filled_from_behind_what_is_not_theirs(tx: Connection) -> None:
    for number in range(250):
        put(Chart(tx), "Patient", f"x{number}", name=[{"family": "Lindgren"}])
    found = guarded(tx).search("Patient", {"name": "lindgren", "_count": "5"})
    assert [one.id for one in found] == ["mine"]


def test_finding_tells_who_somebody_is_and_no_more(tx: Connection) -> None:
    chart = guarded(tx)
    found = {one.id: one.json() for one in chart.find_patients({"name": "lindgren"})}
    assert found.keys() == {"mine", "other"}
    assert found["other"].keys() == {"resourceType", "id", "meta", "name"}
    assert {one.subject for one in chart.told()} == {MINE, OTHER}
    with pytest.raises(Forbidden, match="does not search"):
        chart.find_patients({"address": "x"})


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR])
def test_who_reads_no_charts_reads_none(tx: Connection, role: Role) -> None:
    chart = guarded(tx, somebody(role))
    for reference in (MINE, "Location/room"):
        with pytest.raises(Forbidden):
            chart.read(reference)
    with pytest.raises(Forbidden):
        chart.search("Patient", {})
    with pytest.raises(Forbidden):
        chart.find_patients({})


def test_a_coder_reads_what_was_seen_lately_in_the_coders_view(tx: Connection) -> None:
    chart = guarded(tx, somebody(Role.CODER, "fischer"))
    assert chart.read("Condition/c-mine").json()["code"]["text"] == "Gout"
    with pytest.raises(OutsideCare) as refused:
        chart.read("Condition/c-other")
    assert not refused.value.may_break_glass
    with pytest.raises(Forbidden):
        chart.read("Consent/any")
    assert [one.purpose for one in chart.told()] == ["HPAYMT"]


def test_a_scheduler_sees_everybody_and_nothing_of_why(tx: Connection) -> None:
    chart = guarded(tx, somebody(Role.SCHEDULER, "whitfield"))
    assert {one.id for one in chart.search("Patient", {})} >= {"mine", "other"}
    for ask in (lambda: chart.read("Condition/c-mine"), lambda: chart.search("Condition", {})):
        with pytest.raises(Forbidden, match="does not see"):
            ask()


def test_an_emergency_opens_one_chart_to_one_person_for_its_time(tx: Connection) -> None:
    Emergencies(tx).open(OSEI, OTHER, Reason.EMERGENCY, "Collapsed", timedelta(hours=4))
    chart = guarded(tx)
    assert chart.read("Condition/c-other")
    assert [(one.subject, one.purpose) for one in chart.told()] == [(OTHER, "ETREAT")]
    with pytest.raises(OutsideCare):
        guarded(tx, somebody(Role.CLINICIAN, "reyes")).read(OTHER)
    later = Guard(tx, OSEI, POLICIES, CareRelations(tx), lambda: NOW + timedelta(hours=5))
    with pytest.raises(OutsideCare):
        GuardedChart(tx, later).read(OTHER)


def test_what_was_shown_is_told_once_for_each_patient(tx: Connection) -> None:
    chart = guarded(tx)
    chart.read("Condition/c-mine")
    (only,) = chart.told()
    assert (only.subject, only.entity, only.purpose) == (MINE, "Condition/c-mine", "TREAT")
    chart.read(MINE)
    (both,) = chart.told()
    assert (both.subject, both.entity) == (MINE, MINE)
    (named,) = chart.told("draft/1")
    assert named.entity == "draft/1"


def test_what_is_of_nobody_is_told_where_it_is_all(tx: Connection) -> None:
    chart = guarded(tx)
    chart.read("Location/room")
    assert [(one.subject, one.entity) for one in chart.told()] == [(None, "Location/room")]


def test_what_was_refused_is_not_told_as_read(tx: Connection) -> None:
    chart = guarded(tx)
    with pytest.raises(OutsideCare):
        chart.read(OTHER)
    with pytest.raises(NotFound):
        chart.read("Patient/nobody")
    assert chart.told() == []
