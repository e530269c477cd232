"""Images on their pages: handed in, waited for, decided, signed, and refused."""

import re
from io import BytesIO

import numpy as np
import orjson
import pytest
from PIL import Image

from tests.capabilities.radiology.studies import PLACED
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.images import IMAGES, SIZE, chest, drafted, hand_in, of
from wardround.capabilities.radiology import Report
from wardround.kernel import Draft, ImageRegion, Status
from wardround.record import Chart

REGION = "0 0 20 30 40 50"
PNEUMONIA = "/findings/0"


@pytest.fixture
def draft(house: House, osei: Person) -> Draft:
    return drafted(house, osei, of(house))


def done(house: House, person: Person, draft: Draft, **form: str) -> Report:
    """Do something with a finding as the page does, and return the report after it."""
    revision = str(house.rounds.draft(draft.id).revision)
    answer = person.submit(f"/drafts/{draft.id}/findings", revision=revision, **form)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/drafts/{draft.id}"
    return Report.model_validate(house.rounds.draft(draft.id).content)


def refused(house: House, person: Person, draft: Draft, **form: str) -> str:
    """Do something that is refused; return what the page says."""
    before = house.rounds.draft(draft.id)
    form = {"revision": str(before.revision), **form}
    answer = person.submit_by_htmx(f"/drafts/{draft.id}/findings", **form)
    assert answer.status_code == 400, answer.text
    assert house.rounds.draft(draft.id).revision == before.revision
    return answer.text


def test_a_study_is_handed_in_waited_for_and_found_again(house: House, osei: Person) -> None:
    answer = hand_in(osei, of(house), of(house, ViewPosition="LL"))
    assert answer.status_code == 303
    wait = answer.headers["location"]
    assert re.fullmatch(rf"{IMAGES}/[0-9a-f-]+", wait)
    first = osei.get(wait)
    if first.status_code == 200:  # it may be read already
        assert "An image of Marisol Vega-Thornhill is being read." in first.text
        assert 'http-equiv="refresh"' in first.text
    by_htmx = osei.get(wait, headers={"HX-Request": "true"})
    assert by_htmx.status_code in {200, 204}
    order_id = wait.rpartition("/")[2]
    for _ in range(200):
        if (led := osei.get(wait)).status_code == 303:
            break
    assert led.headers["location"] == f"/drafts/{order_id}"
    page = osei.get(f"/drafts/{order_id}").text
    for words in ("Pneumonia", "91% probable", "1 region on the image", "read by the model"):
        assert words in page, words
    assert "This is a view from the side." in page
    assert "1 image was not looked at by the model." in page
    listed = osei.get(IMAGES).text
    assert f'href="/drafts/{order_id}"' in listed
    assert "Not signed" in listed


def test_a_frame_is_numbers_with_what_they_mean_or_a_picture(osei: Person, draft: Draft) -> None:
    frame = f"/drafts/{draft.id}/images/0/frames/0"
    answer = osei.get(frame)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "no-store" in answer.headers["cache-control"]
    facts = orjson.loads(answer.headers["wardround-frame"])
    numbers = np.frombuffer(answer.content, "<u2").reshape(facts["rows"], facts["columns"])
    assert numbers.shape == (SIZE, SIZE)
    was = np.frombuffer(chest(), "<u2").reshape(SIZE, SIZE)
    assert np.abs(numbers * facts["slope"] + facts["intercept"] - was).max() < 0.1
    picture = osei.get(f"{frame}.png")
    assert picture.headers["content-type"] == "image/png"
    shown = np.asarray(Image.open(BytesIO(picture.content)), int)
    assert shown.shape == (SIZE, SIZE)
    middle, lung = shown[72, 80], shown[72, 51]
    assert middle > lung + 60


@pytest.mark.parametrize("path", ["0/frames/1", "0/frames/-1", "-1/frames/0", "1/frames/0.png"])
def test_a_frame_that_is_not_there(osei: Person, draft: Draft, path: str) -> None:
    assert osei.get(f"/drafts/{draft.id}/images/{path}").status_code in {400, 404}


def test_a_note_has_no_images(house: House, osei: Person) -> None:
    note = house.draft()
    for path in ("images/0/frames/0", "images/0/frames/0.png", "slide/about.json"):
        assert osei.get(f"/drafts/{note.id}/{path}").status_code == 404, path
    for path in ("findings", "measures"):
        form = {"revision": "1", "deed": "confirm", "finding": "read-0", "measure": "read-0"}
        assert osei.submit(f"/drafts/{note.id}/{path}", **form).status_code == 404, path


def test_a_finding_is_decided_worded_drawn_and_added(
    house: House, osei: Person, draft: Draft
) -> None:
    assert done(house, osei, draft, deed="confirm", finding="read-0").findings[0].stands
    assert done(house, osei, draft, deed="restore", finding="read-0").undecided
    sure = refused(house, osei, draft, deed="deny", finding="read-0")
    assert "say why you decide otherwise" in sure
    why = {"kind": "Artefact or technique", "why": "A fold of  skin"}
    report = done(house, osei, draft, deed="deny", finding="read-0", **why)
    assert report.findings[0].state == "absent"
    assert report.findings[0].why == "Artefact or technique: A fold of skin"
    done(house, osei, draft, deed="restore", finding="read-0")
    done(house, osei, draft, deed="reword", finding="read-0", words="In the right  lower zone.")
    report = done(house, osei, draft, deed="mark", finding="read-0", region=REGION)
    assert report.findings[0].words == "In the right lower zone."
    assert report.findings[0].regions[0].model_dump() == {
        "image": 0, "frame": 0, "x": 20, "y": 30, "width": 40, "height": 50
    }  # fmt: skip
    (evidence,) = [one for one in house.rounds.draft(draft.id).evidence if one.claim == PNEUMONIA]
    drawn = [one for one in evidence.sources if isinstance(one, ImageRegion)]
    assert [(one.input, one.x, one.width) for one in drawn] == [("image-0", 20, 40)]
    report = done(house, osei, draft, deed="add", display="Rib fracture", region="0 0 1 2 3 4")
    added = report.findings[1]
    assert (added.display, added.state, added.regions[0].height) == ("Rib fracture", "added", 4)
    page = osei.get(f"/drafts/{draft.id}").text
    assert 'x="20" y="30" width="40" height="50"' in page
    assert "Present, added" in page
    assert len(done(house, osei, draft, deed="deny", finding=added.id).findings) == 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"deed": "burn"}, "There is no such thing to do with a finding."),
        ({"deed": "confirm", "finding": "read-9"}, "There is no such finding in this draft."),
        ({"deed": "add", "display": "x", "region": "0 0 150 0 20 5"}, "leaves the image"),
        ({"deed": "add", "display": "x", "region": "1 0 0 0 2 2"}, "no such image"),
        ({"deed": "add", "display": "x", "region": "0 1 0 0 2 2"}, "no such image"),
        ({"deed": "add", "display": "x", "region": "0 0 0 0 0 5"}, "This is no region."),
        ({"deed": "add", "display": "x", "region": "0 0 -1 0 5 5"}, "This is no region."),
        ({"deed": "add", "display": "x", "region": "0 0 ² 0 5 5"}, "This is no region."),
        ({"deed": "add", "display": "x", "region": f"0 0 {'9' * 9} 0 5 5"}, "leaves the image"),
        ({"deed": "add", "display": "x", "region": f"0 0 {'9' * 5000} 0 5 5"}, "no region"),
        ({"deed": "add", "display": " "}, "A finding has a name."),
        ({"deed": "add", "display": "x" * 300}, "cannot stand in a report"),
        ({"deed": "reword", "finding": "read-0", "words": "x" * 3000}, "cannot stand in a report"),
    ],
)
def test_what_is_no_decision_changes_nothing(
    house: House, osei: Person, draft: Draft, form: dict[str, str], says: str
) -> None:
    assert says in refused(house, osei, draft, **form)


def test_a_page_that_somebody_changed_meanwhile_is_told(
    house: House, osei: Person, draft: Draft
) -> None:
    done(house, osei, draft, deed="confirm", finding="read-0")
    form = {"revision": "1", "deed": "restore", "finding": "read-0"}
    assert osei.submit_by_htmx(f"/drafts/{draft.id}/findings", **form).status_code in {409, 412}


@pytest.mark.requirement("RAD-13")
def test_a_report_is_signed_into_the_chart_and_has_nowhere_to_go(
    house: House, osei: Person, draft: Draft
) -> None:
    address = f"/drafts/{draft.id}"
    early = osei.submit(f"{address}/signature", revision="1")
    assert early.status_code == 422
    done(house, osei, draft, deed="confirm", finding="read-0")
    impression = {"op": "replace", "path": "/impression", "value": "Pneumonia on the right."}
    revision = str(house.rounds.draft(draft.id).revision)
    assert osei.submit(f"{address}/edits", revision=revision, **impression).status_code == 303
    now = house.rounds.draft(draft.id)
    for finding in now.open_findings:
        form = {"revision": str(now.revision), "finding": finding.key}
        assert osei.submit(f"{address}/acknowledgements", **form).status_code == 303
        now = house.rounds.draft(draft.id)
    signed = osei.submit(f"{address}/signature", revision=str(now.revision))
    assert signed.headers["location"] == f"{address}/signed"
    page = osei.get(address).text
    for kind in ("ImagingStudy", "Observation", "DiagnosticReport"):
        (reference,) = set(re.findall(rf'href="/chart/({kind}/[^"]+)"', page))
        assert osei.get(f"/chart/{reference}").status_code == 200
        with house.wardround.database.read() as tx:
            resource = Chart(tx).read(reference).json()
        if kind == "DiagnosticReport":
            assert resource["conclusion"] == "Pneumonia on the right."
        if kind == "Observation":
            assert resource["code"]["coding"][0]["code"] == PLACED.code
    assert "Send to the image archive" not in page
    nowhere = osei.submit(f"{address}/archive")
    assert nowhere.status_code == 422
    assert "No image archive is set." in nowhere.text
    assert "Signed" in osei.get(IMAGES).text
    assert osei.get(f"{address}/images/0/frames/0").status_code == 200
    form = {"revision": str(house.rounds.draft(draft.id).revision), "deed": "restore"}
    late = osei.submit(f"{address}/findings", finding="read-0", **form)
    assert late.status_code in {409, 422}


def test_what_is_not_signed_is_not_sent(osei: Person, draft: Draft) -> None:
    answer = osei.submit(f"/drafts/{draft.id}/archive")
    assert answer.status_code == 422
    assert "Only a signed report of an image is sent." in answer.text


def test_a_study_that_the_model_is_not_for_is_kept_and_shown(house: House, osei: Person) -> None:
    draft = drafted(house, osei, of(house, ViewPosition="LL"))
    assert draft.status is Status.ABSTAINED
    page = osei.get(f"/drafts/{draft.id}").text
    assert "The image was not read" in page
    assert "This is a view from the side." in page
    assert osei.get(f"/drafts/{draft.id}/images/0/frames/0").status_code == 200
    listed = osei.get(IMAGES).text
    assert "Not read, or rejected" in listed


@pytest.mark.requirement("RAD-12")
def test_another_patients_image_cannot_be_signed(house: House, osei: Person) -> None:
    draft = drafted(house, osei, of(house, PatientID="Z-9", PatientBirthDate="19010101"))
    page = osei.get(f"/drafts/{draft.id}").text
    assert "The image may be another patient" in page
    done(house, osei, draft, deed="confirm", finding="read-0")
    now = house.rounds.draft(draft.id)
    answer = osei.submit(f"/drafts/{draft.id}/signature", revision=str(now.revision))
    assert answer.status_code == 422
    assert house.rounds.draft(draft.id).status is Status.DRAFTED
