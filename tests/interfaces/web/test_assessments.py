"""A score from the patient's page to the chart: asked for, answered, signed, seen again."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import NURSE, House, Person
from wardround.kernel import Status
from wardround.record import Chart

PAGE = "/patients/marisol-vega/assessments"


def test_a_score_is_offered_by_its_field(osei: Person) -> None:
    page = osei.get(PAGE).text
    assert '<optgroup label="Kidney">' in page
    assert '<option value="ckd-epi">CKD-EPI 2021, creatinine</option>' in page


def test_what_it_is_made_from_leads_to_the_chart(house: House, osei: Person) -> None:
    page = osei.get(f"/drafts/{house.assessment().id}").text
    assert "CKD-EPI 2021, creatinine" in page
    place = re.search(r'href="/chart/(Observation/[^"]+)"', page)
    assert place is not None
    with house.wardround.database.read() as tx:
        assert Chart(tx).read(place[1]).json()["valueQuantity"]["value"] == 0.8


def test_an_answer_changes_the_result_and_names_who_gave_it(house: House, osei: Person) -> None:
    draft = house.assessment("cha2ds2-vasc")
    assert draft.headline == "CHA2DS2-VASc: 3 to 7"
    answer = osei.submit_by_htmx(
        f"/drafts/{draft.id}/edits",
        revision="1",
        op="replace",
        path="/answers",
        **{"value.stroke": "yes", "value.heart-failure": "", "value.rest": "no"},
    )
    assert answer.status_code == 200
    assert house.rounds.draft(draft.id).headline == "CHA2DS2-VASc: 5, 5 points"
    assert answer.text.count("Dr Amara Osei") > 2
    wrong = osei.submit_by_htmx(
        f"/drafts/{draft.id}/edits",
        revision="2",
        op="replace",
        path="/answers",
        **{"value.stroke": "perhaps"},
    )
    assert wrong.status_code == 400
    assert "answer yes or no" in wrong.text
    assert house.rounds.draft(draft.id).revision == 2


def test_what_is_signed_stands_in_the_chart_and_is_the_trend_of_the_next(
    house: House, osei: Person
) -> None:
    draft = house.assessment("fib-4", patient="marisol-vega")
    assert draft.open_findings
    given = {"value.ast": "30", "value.alt": "25", "value.platelets": "210"}
    edit = {"revision": "1", "op": "replace", "path": "/answers", **given}
    assert osei.submit_by_htmx(f"/drafts/{draft.id}/edits", **edit).status_code == 200
    signed = osei.submit(f"/drafts/{draft.id}/signature", revision="2")
    assert signed.headers["location"] == f"/drafts/{draft.id}/signed"
    assert house.rounds.draft(draft.id).status is Status.SIGNED
    chart = osei.get("/patients/marisol-vega").text
    assert house.rounds.draft(draft.id).headline in chart
    again = house.assessment("fib-4")
    trend = again.content["trend"]
    assert isinstance(trend, list)
    assert [isinstance(point, dict) and point["signed"] for point in trend] == [True]


def test_a_child_gets_no_score_for_adults(house: House, osei: Person) -> None:
    draft = house.assessment("news2", patient="wren-castellanos")
    assert draft.status is Status.ABSTAINED
    page = osei.get(f"/drafts/{draft.id}").text
    assert "No score was computed" in page
    assert "The score is for ages 16 to 120." in page


@pytest.mark.parametrize(("model", "order"), [("apache", None), ("", None), ("news2", "no-id")])
def test_an_order_that_cannot_be_is_refused(osei: Person, model: str, order: str | None) -> None:
    answer = osei.submit(PAGE, model=model, order=order or str(uuid4()))
    assert answer.status_code == 400


def test_a_nurse_asks_and_does_not_sign(house: House) -> None:
    draft = house.assessment("ckd-epi", NURSE)
    nurse = house.at_a_client(NURSE)
    assert "Only a clinician can sign." in nurse.get(f"/drafts/{draft.id}").text
    assert nurse.submit(f"/drafts/{draft.id}/signature", revision="1").status_code == 403


def test_whose_patient_it_is_not_learns_nothing(house: House) -> None:
    draft = house.assessment()
    reyes = house.at_a_client("mateo.reyes")
    for path in (PAGE, f"{PAGE}/{draft.id}", f"/drafts/{draft.id}"):
        answer = reyes.get(path)
        assert answer.status_code == 403
        assert "CKD-EPI" not in answer.text
    assert reyes.submit(PAGE, model="ckd-epi", order=str(uuid4())).status_code == 403


def test_an_order_is_found_under_its_own_patient_alone(house: House, osei: Person) -> None:
    draft = house.assessment()
    assert osei.get(f"/patients/desmond-achterberg/assessments/{draft.id}").status_code == 404
    note = house.draft()
    assert osei.get(f"{PAGE}/{note.id}").status_code == 404


@pytest.mark.browser
def test_in_the_browser_from_the_question_to_the_signature(house: House, desk: Desk) -> None:
    del house
    page = desk.open(PAGE)
    page.get_by_label("Score").select_option("wells-dvt")
    page.get_by_role("button", name="Compute").click()
    page.wait_for_url("**/drafts/*")
    page.get_by_label("Entire leg swollen").select_option("yes")
    page.get_by_role("button", name=re.compile("No to the other")).click()
    expect(page.locator(".result-number")).to_have_text(re.compile(r"^1\s*points"))
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", name="Signed")).to_be_visible()
    assert desk.complaints == []
