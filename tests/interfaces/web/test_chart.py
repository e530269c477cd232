import pytest

from tests.interfaces.web.house import House, Person


def test_the_chart_is_on_one_page(house: House, osei: Person) -> None:
    page = osei.get("/patients/marisol-vega").text
    for words in (
        "Marisol Vega-Thornhill",
        "HL-200131",
        "No known drug allergy",
        "Type 2 diabetes mellitus",
        "Metformin 500 mg oral tablet",
        "1 tablet by mouth twice a day with meals",
        "Hemoglobin A1c",
        "150/92 mmHg",
        "Progress note, diabetes follow-up",
    ):
        assert words in page
    assert house.events(action="read", entity="Patient/marisol-vega")


def test_an_allergy_stands_out(osei: Person) -> None:
    page = osei.get("/patients/wren-castellanos").text
    assert "Allergic to" in page
    assert "Amoxicillin" in page


@pytest.mark.requirement("ROUND-09")
def test_a_signed_note_names_who_drafted_and_who_signed(house: House, osei: Person) -> None:
    text = "[patient] My knee has been sore since Sunday.\n[doctor] Put some ice on it daily."
    draft = house.draft(text, patient="kofi-brandt")
    assert "waits to be signed" in osei.get("/patients/kofi-brandt").text
    osei.submit(f"/drafts/{draft.id}/signature", revision="1")
    page = osei.get("/patients/kofi-brandt").text
    assert "Signed by Dr Amara Osei" in page
    assert "Drafted by scripted 1.2" in page
    assert f"/drafts/{draft.id}" in page
    assert "waits to be signed" not in page


def test_a_resource_is_shown_as_it_is_kept(osei: Person) -> None:
    page = osei.get("/chart/Observation/marisol-vega-creatinine").text
    assert '<span class="json-number">0.8</span>' in page
    assert 'href="/chart/Patient/marisol-vega"' in page
    raw = osei.get("/chart/Observation/marisol-vega-creatinine/raw")
    assert raw.json()["meta"]["versionId"] == "1"


def test_a_note_from_before_can_be_read(osei: Person) -> None:
    page = osei.get("/chart/DocumentReference/marisol-vega-note-1").text
    assert "Feet: skin intact" in page


def test_what_was_handed_in_can_be_had_again(house: House, osei: Person) -> None:
    draft = house.draft()
    item = draft.inputs[0]
    answer = osei.get(f"/chart/{item.reference}/raw")
    assert answer.content == house.wardround.blobs.get(item.sha256)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert osei.get("/chart/Binary/..%2F..%2Fetc/raw").status_code == 404


def test_what_is_not_there_is_said_so(osei: Person) -> None:
    for path in ("/patients/nobody", "/chart/Patient/nobody", "/nowhere"):
        answer = osei.get(path)
        assert answer.status_code == 404
        assert "<h1>There is no such" in answer.text


def test_patients_are_found_by_name_and_number_and_never_by_address(
    house: House, osei: Person
) -> None:
    house.encounter(patient="kofi-brandt")  # in her care, whatever other tests did
    assert "Marisol Vega-Thornhill" in osei.submit("/patients", words="vega").text
    by_number = osei.submit("/patients", words="HL-200131").text
    assert "Marisol Vega-Thornhill" in by_number
    assert "Kofi Brandt-Mensah" not in by_number
    assert "Nobody found" in osei.submit("/patients", words="zzz").text
    assert "Kofi Brandt-Mensah" in osei.get("/patients?words=vega").text
