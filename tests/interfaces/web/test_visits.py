from collections.abc import Callable
from datetime import timedelta

from tests.interfaces.web.house import HALVORSEN, NURSE, VISIT, House, Person

Somebody = Callable[[str | None], Person]


def test_the_day_shows_my_visits_in_order(house: House, osei: Person) -> None:
    page = osei.get("/visits").text
    assert page.index("Marisol Vega-Thornhill") < page.index("Wren Castellanos-Pike")
    assert "Diabetes and blood pressure follow-up" in page
    assert f"visit-brandt-{house.today}" not in page


def test_everyones_visits_and_other_days(house: House, osei: Person) -> None:
    house.encounter(patient="kofi-brandt")
    assert f"visit-brandt-{house.today}" in osei.get("/visits?of=everyone").text
    assert f"visit-varga-{house.today}" not in osei.get("/visits?of=everyone").text
    yesterday = house.today - timedelta(days=1)
    page = osei.get(f"/visits?day={yesterday}").text
    assert "No visits on this day" in page


def test_a_nurse_sees_everyones(somebody: Somebody) -> None:
    page = somebody(NURSE).get("/visits").text
    assert "Kofi Brandt-Mensah" in page
    assert "Marisol Vega-Thornhill" in page


def test_a_pasted_transcript_becomes_a_draft(house: House, osei: Person) -> None:
    visit = house.encounter()
    assert "Add transcript" in osei.get(f"/visits/{visit}", headers={"HX-Request": "true"}).text
    form = {"capability": "documentation", "order": "7f3a3c1e-0000-4000-8000-000000000001"}
    answer = osei.submit_by_htmx(f"/visits/{visit}/orders", pasted=VISIT, **form)
    assert answer.status_code == 200
    assert f'id="visit-{visit}"' in answer.text
    house.settled(visit)
    line = osei.get(f"/visits/{visit}?known=drafting", headers={"HX-Request": "true"})
    assert "To review" in line.text
    assert "1 to acknowledge" in line.text
    assert "draft" in line.headers["hx-trigger"]
    assert "Vega" not in line.headers["hx-trigger"]
    again = osei.get(f"/visits/{visit}?known=ready", headers={"HX-Request": "true"})
    assert again.status_code == 204


def test_an_uploaded_file_becomes_a_draft_without_scripts_too(house: House, osei: Person) -> None:
    visit = house.encounter()
    form = {
        "csrf": osei.csrf,
        "capability": "documentation",
        "order": "7f3a3c1e-0000-4000-8000-000000000002",
        "pasted": "",
    }
    files = {"files": ("visit.txt", VISIT.encode(), "text/plain")}
    answer = osei.post(f"/visits/{visit}/orders", data=form, files=files)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#visit-{visit}")
    house.settled(visit)
    osei.post(f"/visits/{visit}/orders", data=form, files=files)
    assert len(house.rounds.orders(encounter=f"Encounter/{visit}")) == 1


def test_what_cannot_be_read_is_told_in_place(house: House, osei: Person) -> None:
    visit = house.encounter()
    form = {"capability": "documentation", "order": "7f3a3c1e-0000-4000-8000-000000000003"}
    nothing = osei.submit(f"/visits/{visit}/orders", pasted=" ", **form)
    assert nothing.status_code == 400
    assert "Nothing was handed in." in nothing.text
    assert '<details class="hand-in" open>' in nothing.text
    headers = {"HX-Request": "true", "X-Notice": "#error-here"}
    files = {"files": ("visit.vtt", b"WEBVTT\n\nbroken --> broken\nno", "text/vtt")}
    broken = osei.post(
        f"/visits/{visit}/orders", data={"csrf": osei.csrf, **form}, files=files, headers=headers
    )
    assert broken.status_code == 400
    assert broken.headers["hx-retarget"] == "#error-here"
    assert 'role="alert"' in broken.text
    assert house.rounds.orders(encounter=f"Encounter/{visit}") == []


def test_what_is_too_little_says_why(house: House, osei: Person) -> None:
    state = house.order("[doctor] Hello?\n[patient] Hello.")
    visit = state.order.encounter.rpartition("/")[2]  # type: ignore[union-attr]
    line = osei.get(f"/visits/{visit}", headers={"HX-Request": "true"}).text
    assert "Not drafted" in line
    assert "Too little was said to write a note." in line
    assert "Another transcript" in line


def test_who_looked_is_written_down(house: House, somebody: Somebody) -> None:
    somebody(HALVORSEN).get("/visits")
    events = house.events(action="read", actor=house.person(HALVORSEN).id)
    assert {event.subject for event in events} >= {"Patient/bernadette-oyelaran"} or events


def test_a_visit_that_is_not_there(osei: Person) -> None:
    answer = osei.submit("/visits/nowhere/orders", pasted=VISIT, capability="documentation")
    assert answer.status_code == 404
