"""The worklist of images: the likely first, what was not read in the middle, none for others."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.images import MARISOL, drafted, of, slide
from wardround.interfaces.web.inbox import Entry
from wardround.interfaces.web.worklist import arranged
from wardround.kernel import Status

LIST = "/inbox/images"
CODER = "lena.fischer"


def order_of(person: Person) -> list[str]:
    return re.findall(r'href="/drafts/([0-9a-f-]+)"', person.get(LIST).text)


@pytest.fixture
def coder(somebody: Callable[[str | None], Person]) -> Person:
    return somebody(CODER)


@pytest.mark.requirement("RAD-20")
def test_the_likely_stand_first_and_each_says_why(house: House, osei: Person) -> None:
    side = drafted(house, osei, of(house, StudyInstanceUID="1.2.8", ViewPosition="LL"))
    front = drafted(house, osei, of(house, StudyInstanceUID="1.2.9"))
    assert (side.status, front.status) == (Status.ABSTAINED, Status.DRAFTED)
    page, listed = osei.get(LIST).text, order_of(osei)
    assert listed.index(front.id) < listed.index(side.id)
    for words in ("Pneumonia 91% probable", "Counts as an even chance", "a view from the side"):
        assert words in page, words
    assert f'href="{LIST}"' in osei.get("/inbox").text
    form = {"deed": "confirm", "finding": "read-0", "revision": str(front.revision)}
    osei.submit(f"/drafts/{front.id}/findings", **form)
    assert "Decided, not signed" in osei.get(LIST).text


@pytest.mark.requirement("RAD-20")
def test_slides_stand_as_they_came(house: House, osei: Person, tmp_path: Path) -> None:
    first = drafted(house, osei, slide(tmp_path), kind="pathology")
    second = drafted(house, osei, slide(tmp_path, seed=2), kind="pathology")
    slides = osei.get(LIST).text.partition("Slides, as they came")[2]
    assert 0 < slides.index(first.id) < slides.index(second.id)


@pytest.mark.requirement("RAD-20")
def test_nobody_sees_what_they_may_not_read(house: House, osei: Person, coder: Person) -> None:
    draft = drafted(house, osei, of(house))
    assert draft.id in osei.get(LIST).text
    answer = coder.get(LIST)
    assert draft.id not in answer.text
    assert "Vega" not in answer.text


def test_the_status_line_says_nothing_of_what_was_found(house: House, osei: Person) -> None:
    draft = drafted(house, osei, of(house))
    form = {"deed": "confirm", "finding": "read-0", "revision": "1"}
    answer = osei.submit_by_htmx(f"/drafts/{draft.id}/findings", **form)
    assert answer.status_code == 200
    said = answer.headers["hx-trigger"]
    assert "Saved." in said
    assert "neumonia" not in said


def test_who_may_not_hand_in_is_told_before_a_file_is_read(
    house: House, coder: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: Any, **__: Any) -> None:
        raise AssertionError("the files were taken in")

    monkeypatch.setattr("starlette.requests.Request.form", taken)
    path = f"/patients/{MARISOL}/images"
    answer = coder.post(path, data={"csrf": "x"}, files=[("files", ("0.dcm", of(house)))])
    assert answer.status_code == 403


NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.requirement("RAD-20")
def test_waiting_moves_a_study_up(house: House, osei: Person) -> None:
    """After two hours one in fifty stands before an even chance that has just come."""
    draft = drafted(house, osei, of(house))

    def waiting(name: str, probability: float, hours: float) -> Entry:
        finding = {**draft.content["findings"][0], "probability": probability}  # type: ignore[index,dict-item]
        changed = {
            "id": name,
            "created": NOW - timedelta(hours=hours),
            "content": {**draft.content, "findings": [finding]},
        }
        return Entry(
            subject=draft.subject, patient=None, visit=None, draft=draft.model_copy(update=changed)
        )

    came = [waiting("new", 0.5, 0), waiting("old", 0.021, 2), waiting("sure", 0.9, 0.1)]
    studies, slides = arranged([*came, waiting("recent", 0.021, 1.9)], NOW)
    assert [line.draft.id for line in studies] == ["sure", "old", "new", "recent"]
    assert [line.finding for line in studies] == ["Pneumonia"] * 4
    assert slides == []
