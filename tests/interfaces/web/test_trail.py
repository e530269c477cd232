"""The audit trail as the privacy officer reads it, and what goes into it from these pages."""

import csv
import json
import re
from collections.abc import Callable

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from tests.interfaces.web.house import OSEI, House, Person

OKAFOR = "ruth.okafor"
Somebody = Callable[[str | None], Person]


class Officer:
    """The privacy officer at the page, which her first page leads to."""

    def __init__(self, person: Person) -> None:
        self.person = person
        found = re.search(r'name="csrf" value="([^"]+)"', person.get("/privacy/audit").text)
        assert found is not None
        self.csrf = found[1]

    def post(self, path: str = "", **form: str) -> str:
        answer = self.person.post(f"/privacy/audit{path}", data={"csrf": self.csrf, **form})
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture
def officer(house: House) -> Officer:
    return Officer(house.at_a_client(OKAFOR))


def test_only_who_may_read_it_reads_it_and_the_refusal_is_in_it(
    house: House, osei: Person, officer: Officer
) -> None:
    for path in ("", "/verification", "/export"):
        answer = osei.submit(f"/privacy/audit{path}", **{"as": "csv"})
        assert answer.status_code == 403
    refused = house.events(action="denied", actor=OSEI)[:3]
    assert [event.detail["route"] for event in refused] == [
        "trail.export",
        "trail.verify",
        "trail.search",
    ]
    assert {(event.outcome, event.role) for event in refused} == {("failure", "clinician")}
    text = officer.post(action="denied", person=OSEI)
    assert re.search(
        r"<strong>Dr Amara Osei</strong> was refused\s+<code>trail.export</code>", text
    )
    assert "Refused" in text


def test_a_refusal_about_a_patient_names_them(house: House, somebody: Somebody) -> None:
    house.at_a_client(OKAFOR).get("/patients/marisol-vega")
    assert house.events(action="denied", actor=OKAFOR)[0].subject == "Patient/marisol-vega"
    before = len(house.events(action="denied"))
    somebody(None).get("/patients/marisol-vega")
    assert len(house.events(action="denied")) == before


def test_a_form_from_another_site_is_a_refusal_too(house: House, osei: Person) -> None:
    osei.post("/patients", data={"words": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    event = house.events(action="denied", actor=OSEI)[0]
    assert event.detail == {"route": "patients.search", "method": "POST"}


def test_reading_is_told_in_sentences_and_found(
    house: House, osei: Person, officer: Officer
) -> None:
    osei.get("/patients/marisol-vega")
    text = officer.post(person=OSEI, patient="marisol-vega", action="read", outcome="success")
    assert re.search(
        r"<strong>Dr Amara Osei</strong> opened the chart of <code>Patient/marisol-vega</code>",
        text,
    )
    assert 'value="marisol-vega"' in text
    assert "Vega" not in text
    read = house.events(action="read-audit")[0]
    assert (read.actor, read.subject) == (OKAFOR, "Patient/marisol-vega")
    assert read.detail == {"filters": "person.patient.action.outcome"}
    assert "Nothing found" in officer.post(patient="nobody-of-this-name")
    assert "Nothing found" in officer.post(until="2020-01-01")
    assert "Nothing found" not in officer.post(since="2020-01-01")


@pytest.mark.parametrize(
    "form",
    [
        {"patient": "Marisol Vega"},
        {"outcome": "maybe"},
        {"since": "yesterday"},
        {"until": "9999-12-31"},
        {"before": "x"},
    ],
)
def test_what_cannot_be_searched_for_is_said(officer: Officer, form: dict[str, str]) -> None:
    answer = officer.person.post("/privacy/audit", data={"csrf": officer.csrf, **form})
    assert answer.status_code in {400, 403}
    assert "Marisol" not in answer.text


def test_older_events_come_by_the_page(officer: Officer) -> None:
    for _ in range(55):
        officer.person.get("/privacy/audit")
    first = officer.post(action="read-audit")
    before = re.search(r'name="before" value="(\d+)"', first)
    assert before is not None
    ids = [int(n) for n in re.findall(r'data-label="Event">(\d+)<', first)]
    assert len(ids) == 50
    assert ids == sorted(ids, reverse=True)
    older = officer.post(action="read-audit", before=before[1])
    assert max(int(n) for n in re.findall(r'data-label="Event">(\d+)<', older)) < ids[-1]


def test_it_is_exported_and_that_is_in_it(house: House, osei: Person, officer: Officer) -> None:
    osei.get("/patients/marisol-vega")
    form = {"person": OSEI, "action": "read"}
    lines = officer.post("/export", **form, **{"as": "ndjson"}).splitlines()
    for line in lines:
        AuditEvent.model_validate(json.loads(line))
    rows = list(csv.DictReader(officer.post("/export", **form, **{"as": "csv"}).splitlines()))
    assert len(rows) == len(lines) > 0
    assert {row["actor"] for row in rows} == {OSEI}
    assert [event.detail["as"] for event in house.events(action="export-audit")[:2]] == [
        "csv",
        "ndjson",
    ]
    answer = officer.person.post("/privacy/audit/export", data={"csrf": officer.csrf, "as": "pdf"})
    assert answer.status_code == 400


def test_it_is_verified_by_a_button(house: House, officer: Officer) -> None:
    text = officer.post("/verification")
    assert "follow one another unchanged" in text
    assert "Verified up to event" in text
    assert "Last checkpoint at event" in text
    assert house.events(action="verify-audit")[0].outcome == "success"
    assert house.wardround.settings.checkpoints.is_file()


def test_an_event_says_where_it_came_from(house: House, officer: Officer) -> None:
    line = officer.post("/export", **{"as": "ndjson"}, action="read-audit").splitlines()[-1]
    client = json.loads(line)["agent"][1]
    assert client["network"] == {"address": "127.0.0.1", "type": "2"}
    assert client["who"]["identifier"]["value"] == "web"
