"""What is not taken in as an image of a patient, and who is shown none."""

import re
from collections.abc import Iterator
from contextlib import closing
from html import escape
from io import BytesIO

import httpx
import pytest

from tests.interfaces.web.house import PASSWORD, House, Person
from tests.interfaces.web.images import IMAGES, drafted, hand_in, of, settled
from tests.interfaces.web.ways import ways_into
from wardround.interfaces.web.body_limit import LIMIT
from wardround.kernel import Role, Status
from wardround.rounds import State
from wardround.security.people import People


def test_what_is_no_image_is_refused_and_nothing_is_kept(house: House, osei: Person) -> None:
    before = len(house.rounds.orders())
    two = (of(house), of(house, PatientID="B-2"))
    studies = (of(house), of(house, StudyInstanceUID="1.2.3"))
    for files, kind, says in (
        ((b"a letter",), "radiology", "image 1"),
        ((of(house), b"\x89PNG\r\n\x1a\n"), "radiology", "image 2"),
        ((b"",), "radiology", "image 1"),
        (two, "radiology", "These images are of 2 patients."),
        (studies, "radiology", "These images are of 2 studies."),
        ((b"a letter",), "pathology", "slide"),
        ((of(house), of(house)), "pathology", "One slide is handed in at a time."),
        ((), "radiology", "Nothing was handed in."),
        ((of(house),), "surgery", "Say what is handed in."),
        ((of(house),), "documentation", "Say what is handed in."),
    ):
        answer = hand_in(osei, *files, kind=kind)
        assert answer.status_code == 400, (says, answer.status_code)
        assert says in answer.text, says
        assert "Traceback" not in answer.text
    assert len(house.rounds.orders()) == before
    assert list(house.wardround.settings.home.glob(".passing-*")) == []


def test_a_truncated_file_is_told_once_its_pixels_are_read(house: House, osei: Person) -> None:
    """Its header can be read, so it is taken in and kept."""
    answer = hand_in(osei, of(house)[:-5000])
    assert answer.status_code == 303
    wait = answer.headers["location"]
    state = settled(house, wait.rpartition("/")[2])
    assert state.state is State.FAILED
    assert state.failure
    assert state.order.inputs
    page = osei.get(wait).text
    assert "Not read" in page
    assert escape(state.failure) in page


def test_only_images_may_be_large(house: House, osei: Person) -> None:
    large = of(house, Rows=3072, Columns=4608, PixelData=bytes(2 * 3072 * 4608))
    assert len(large) > LIMIT
    draft = drafted(house, osei, large)
    assert draft.status is Status.DRAFTED
    elsewhere = osei.post(
        f"/drafts/{draft.id}/findings",
        data={"csrf": osei.csrf},
        files={"files": ("x", BytesIO(bytes(LIMIT + 1)))},
    )
    assert elsewhere.status_code == 413


@pytest.fixture
def stranger(house: House) -> Iterator[Person]:
    """A clinician who has never had a visit with anybody."""
    with house.wardround.database.begin() as tx:
        if People(tx).actor("nia.image") is None:
            People(tx).add(
                "nia.image", "Dr Nia Image", Role.CLINICIAN, "Practitioner/nia-image", PASSWORD
            )
    with closing(Person(house, "nia.image")) as person:
        yield person


@pytest.mark.requirement("SEC-01")
def test_no_image_is_shown_to_whom_the_patient_is_not_known(
    house: House, osei: Person, stranger: Person
) -> None:
    draft = drafted(house, osei, of(house))
    ids = {"draft_id": draft.id, "patient_id": "marisol-vega", "order_id": draft.id}
    places = {"place": "0", "frame": "0", "level": "0", "column": "0", "row": "0"}
    ways = [
        way
        for way in ways_into(house, **ids, **places)
        if re.search(r"/(images|findings|measures|slide|archive)\b", way[1])
        if way[1] != "/inbox/images"
    ]
    assert draft.id not in stranger.get("/inbox/images").text
    assert len(ways) >= 10
    for method, path in ways:
        answer = asked(stranger, method, path)
        assert answer.status_code == 403, (method, path, answer.status_code)
        assert "Marisol" not in answer.text, path
    sent = stranger.post(
        IMAGES,
        data={"csrf": stranger.csrf, "order": draft.id, "kind": "radiology"},
        files={"files": ("x", b"x")},
    )
    assert sent.status_code == 403


def asked(person: Person, method: str, path: str) -> httpx.Response:
    data = {"csrf": person.csrf, "revision": "1"} if method == "POST" else None
    return person.request(method, path, data=data)
