"""Whose patient it is not comes to nothing of theirs by any route; the way through the glass."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.interfaces.web.house import PASSWORD, House, Person
from tests.interfaces.web.officer import hire
from tests.interfaces.web.ways import ways_into
from wardround.kernel import Role
from wardround.security import Emergencies
from wardround.security.people import People

REYES, CODER, SCHEDULER = "mateo.reyes", "lena.fischer", "sam.whitfield"
PATIENT, NAME = "marisol-vega", "Marisol"
OF_A_PATIENT = ("{patient_id}", "{patient}", "{draft_id}", "{encounter}", "{kind}", "{order_id}")


@pytest.fixture
def reyes(house: House) -> Iterator[Person]:
    with closing(Person(house, REYES)) as person:
        yield person


@pytest.fixture
def stranger(house: House) -> Iterator[Person]:
    """A clinician who has never had a visit with anybody."""
    with house.wardround.database.begin() as tx:
        if People(tx).actor("nia.stranger") is None:
            reference = "Practitioner/nia-stranger"
            People(tx).add("nia.stranger", "Dr Nia Stranger", Role.CLINICIAN, reference, PASSWORD)
    with closing(Person(house, "nia.stranger")) as person:
        yield person


def test_a_chart_that_is_not_theirs_is_refused_with_a_way_for_emergencies(
    house: House, reyes: Person
) -> None:
    answer = reyes.get(f"/patients/{PATIENT}")
    assert answer.status_code == 403
    assert "This patient is not in your care." in answer.text
    assert f'href="/patients/{PATIENT}/emergency"' in answer.text
    assert NAME not in answer.text
    (denied, *_) = house.events(action="denied", actor=REYES, subject=f"Patient/{PATIENT}")
    assert denied.detail["route"] == "chart.show"


@pytest.mark.requirement("SEC-01")
def test_no_route_leads_to_a_patient_who_is_not_theirs(house: House, stranger: Person) -> None:
    draft = house.draft()
    assert draft.encounter is not None
    ids = {
        "patient_id": PATIENT,
        "patient": PATIENT,
        "draft_id": draft.id,
        "encounter": draft.encounter.partition("/")[2],
        "order_id": draft.id,
        "kind": "Condition",
        "resource_id": "marisol-vega-diabetes",
    }
    digest = draft.inputs[0].sha256
    named = set(ways_into(house, **ids)) - set(ways_into(house, **dict.fromkeys(ids, "other")))
    tried = [way for way in named if "emergency" not in way[1]]
    tried += [("GET", f"/chart/Binary/{digest}/raw"), ("GET", f"/chart/Patient/{PATIENT}/raw")]
    assert len(tried) > 15
    for method, path in tried:
        # Parts of a page: without a script asking, both lead to where the whole page is.
        part = path.endswith("/consents") or path.startswith("/visits/")
        headers = {"HX-Request": "true"} if part else {}
        data = {"csrf": stranger.csrf} if method == "POST" else None
        answer = stranger.request(method, path, data=data, headers=headers)
        assert answer.status_code in {403, 404}, (method, path, answer.status_code)
        assert NAME not in answer.text, path


def test_lists_leave_out_who_is_not_theirs(house: House, stranger: Person) -> None:
    house.draft()
    for path in ("/visits?of=everyone", "/inbox?of=everyone", "/patients"):
        assert NAME not in stranger.get(path).text, path


def test_another_patient_is_found_by_name_but_not_opened(stranger: Person) -> None:
    page = stranger.submit("/patients", words="Vega").text
    assert "Not in your care" in page
    assert "Marisol Vega-Thornhill" in page
    assert "HL-200131" in page
    assert f'href="/patients/{PATIENT}"' not in page
    assert f'href="/patients/{PATIENT}/emergency"' in page


def test_through_the_glass_and_back(house: House, stranger: Person) -> None:
    address = f"/patients/{PATIENT}/emergency"
    assert "Marisol Vega-Thornhill" in stranger.get(address).text
    assert stranger.submit(address, reason="emergency", words=" ").status_code == 400
    assert stranger.submit(address, reason="fun", words="x").status_code == 400
    opened = stranger.submit(address, reason="emergency", words="Found unconscious")
    assert opened.status_code == 303
    page = stranger.get(f"/patients/{PATIENT}").text
    assert "Emergency access until" in page
    assert "Type 2 diabetes mellitus" in page
    assert house.events(action="read", actor="nia.stranger")[0].purpose == "ETREAT"
    draft = house.draft()
    assert stranger.get(f"/drafts/{draft.id}").status_code == 200
    assert stranger.submit(f"/drafts/{draft.id}/signature", revision="1").status_code == 403
    assert stranger.submit(f"{address}/end").status_code == 303
    assert stranger.get(f"/patients/{PATIENT}").status_code == 403


def test_the_privacy_officer_is_told_and_reviews(house: House, stranger: Person) -> None:
    address = f"/patients/{PATIENT}/emergency"
    stranger.submit(address, reason="covering", words="For Dr Osei tonight")
    assert stranger.get(f"/patients/{PATIENT}").status_code == 200
    officer = house.at_a_client(hire(house))
    desk = officer.get("/privacy").text
    assert "Emergency access" in desk
    assert "Dr Nia Stranger" in desk
    assert "nav-count" in desk
    page = officer.get("/privacy/emergencies").text
    assert "For Dr Osei tonight" in page
    with house.wardround.database.read() as tx:
        one = Emergencies(tx).of("nia.stranger", [f"Patient/{PATIENT}"])[0]
    path = f"/privacy/emergencies/{one.id}"
    assert officer.submit(path, judgement="not-appropriate", note="").status_code == 400
    sent = officer.submit(path, judgement="not-appropriate", note="Nobody asked her to cover")
    assert sent.status_code == 303
    assert "Nobody asked her to cover" in officer.get("/privacy/emergencies").text
    assert stranger.get(f"/patients/{PATIENT}").status_code == 403
    assert stranger.submit(path, judgement="appropriate", note="").status_code == 403


def test_nobody_else_breaks_the_glass(house: House) -> None:
    for username in (CODER, SCHEDULER, hire(house)):
        person = house.at_a_client(username)
        answer = person.submit(f"/patients/{PATIENT}/emergency", reason="emergency", words="Please")
        assert answer.status_code == 403, username


def test_who_treats_the_patient_needs_no_emergency(osei: Person) -> None:
    answer = osei.get(f"/patients/{PATIENT}/emergency")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/patients/{PATIENT}")


def test_a_scheduler_sees_who_and_when_and_not_why(house: House) -> None:
    page = house.at_a_client(SCHEDULER).get(f"/patients/{PATIENT}").text
    assert "Marisol Vega-Thornhill" in page
    for words in ("diabetes", "Metformin", "Consent", "Results", "No known drug allergy"):
        assert words not in page, words
    assert house.at_a_client(SCHEDULER).get("/chart/Condition/x").status_code == 403


def test_whoever_reads_no_drafts_is_told_nothing_of_them(house: House) -> None:
    draft = house.draft("[patient] My knee has been sore since Sunday.", patient="walter-szymanski")
    house.rounds.reject(draft.id, 1, "Wrong knee", house.person("amara.osei"))
    nurse, scheduler = house.at_a_client("tom.adeyemi"), house.at_a_client(SCHEDULER)
    assert "Wrong knee" in nurse.get("/visits?of=everyone").text
    page = scheduler.get("/visits?of=everyone").text
    assert "Walter" in page
    for words in ("Wrong knee", "Rejected", "/drafts/", "Add transcript"):
        assert words not in page, words


def test_what_is_done_with_a_draft_says_what_for(house: House) -> None:
    draft = house.draft("[patient] My knee has been sore since Sunday.")
    house.rounds.sign(draft.id, 1, house.person("amara.osei"))
    (signed,) = house.events(action="sign", entity=f"draft/{draft.id}")
    assert signed.purpose == "TREAT"


def test_a_coder_sees_what_bills_hang_on(house: House) -> None:
    coder = house.at_a_client(CODER)
    page = coder.get(f"/patients/{PATIENT}").text
    assert "Type 2 diabetes mellitus" in page
    assert "Recording of visits" not in page
    assert "telecom" not in coder.get(f"/chart/Patient/{PATIENT}/raw").text
    draft = house.draft("[patient] My knee has been sore since Sunday.")
    assert draft.id not in coder.get("/inbox").text
    assert coder.get(f"/drafts/{draft.id}").status_code == 403


def test_a_biller_works_claims_and_no_notes(house: House) -> None:
    biller = house.at_a_client("rosa.delgado")
    draft = house.draft("[patient] My knee has been sore since Sunday.")
    for address in ("/inbox", "/billing", f"/patients/{PATIENT}"):
        assert biller.get(address).status_code == 200, address
    assert draft.id not in biller.get("/inbox").text
    assert draft.id not in biller.get("/visits").text
    assert biller.get(f"/drafts/{draft.id}").status_code == 403
    assert biller.get("/").headers["location"] == "/inbox"
