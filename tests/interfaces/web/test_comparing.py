"""Two studies side by side: what is offered, who may see it, what is told, and without scripts."""

import re
from itertools import count
from typing import Any

import pytest

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.images import drafted, of
from tests.interfaces.web.test_studies import done
from wardround.interfaces.web.comparing import beside_of
from wardround.kernel import Draft
from wardround.security import Event

CALLUM = "callum-fitzwilliam"
"""Nobody else's tests sign a study of his: what was signed before is told of each later one."""
_numbers = count(1)


def study(house: House, person: Person, taken: str, **more: Any) -> Draft:
    """Hand in a study of its own that was taken on a day."""
    uid = f"1.2.826.0.1.3680043.10.7.{next(_numbers)}"
    data = of(house, CALLUM, StudyInstanceUID=uid, StudyDate=taken, **more)
    return drafted(house, person, data, patient=CALLUM)


def sign(house: House, person: Person, draft: Draft) -> Draft:
    """Acknowledge what is to be acknowledged, and sign."""
    now = house.rounds.draft(draft.id)
    for finding in now.open_findings:
        form = {"revision": str(now.revision), "finding": finding.key}
        assert person.submit(f"/drafts/{draft.id}/acknowledgements", **form).status_code == 303
        now = house.rounds.draft(draft.id)
    answer = person.submit(f"/drafts/{draft.id}/signature", revision=str(now.revision))
    assert answer.status_code == 303, answer.text
    return house.rounds.draft(draft.id)


@pytest.fixture(scope="module")
def pair(house: House) -> tuple[Draft, Draft]:
    """An earlier study, signed, and one of this year."""
    osei = house.at_a_client("amara.osei")
    before = study(house, osei, "20250310")
    done(house, osei, before, deed="deny", finding="read-0", kind="Artefact or technique")
    done(house, osei, before, deed="add", display="Rib fracture", region="0 0 20 30 40 50")
    before = sign(house, osei, before)
    now = study(house, osei, "20261120")
    done(house, osei, now, deed="confirm", finding="read-0")
    return before, now


@pytest.mark.requirement("RAD-16")
def test_an_earlier_study_is_offered_and_shown_as_what_it_is(
    osei: Person, pair: tuple[Draft, Draft]
) -> None:
    before, now = pair
    page = osei.get(f"/drafts/{now.id}").text
    offered = re.search(rf'<option value="{before.id}"[^>]*>([^<]+)<', page)
    assert offered is not None
    assert offered[1] == (
        "Earlier study, 10 Mar 2025 · PA · Chest X-ray · signed: pneumonia absent, "
        "rib fracture present"
    )
    assert 'data-viewer="other"' not in page
    page = osei.get(f"/drafts/{now.id}", params={"beside": before.id}).text
    assert re.findall(r'class="viewer-which">([^<]+)<', page) == [
        "This study · 20 Nov 2026", "Earlier study · 10 Mar 2025"
    ]  # fmt: skip
    for words in ("Signed by Dr Amara Osei", "Rib fracture, present", "Appeared"):
        assert words in page, words
    assert f"/drafts/{before.id}/images/0" in page
    stills = re.findall(r'<noscript><img class="viewer-still" src="([^"]+)" alt="([^"]+)"', page)
    assert [alt for _, alt in stills] == [
        "This study · 20 Nov 2026, PA", "Earlier study · 10 Mar 2025, PA"
    ]  # fmt: skip
    for address, _ in stills:
        assert osei.get(address).headers["content-type"] == "image/png"


@pytest.mark.requirement("RAD-16")
def test_a_region_of_the_other_study_is_no_evidence_of_this_one(
    osei: Person, pair: tuple[Draft, Draft]
) -> None:
    before, now = pair
    page = osei.get(f"/drafts/{now.id}", params={"beside": before.id}).text
    other = page[page.index('data-viewer="other"') : page.index('class="beside-report"')]
    assert len(re.findall('class="mark mark--other', other)) == 2
    for of_this in ("data-source", "data-claims", "turn mark", 'id="region-', 'data-tool="draw"'):
        assert of_this not in other, of_this
        assert of_this in page, of_this


@pytest.mark.requirement("RAD-17")
def test_a_decision_is_compared_at_once_and_the_comparison_stays(
    house: House, osei: Person, pair: tuple[Draft, Draft]
) -> None:
    before, _ = pair
    now = study(house, osei, "20261121")
    address = f"{house.address}/drafts/{now.id}?beside={before.id}"
    assert "Not decided yet" in osei.get(address).text
    form = {"csrf": osei.csrf, "revision": "1", "deed": "confirm", "finding": "read-0"}
    sent = {"HX-Request": "true", "HX-Current-URL": address}
    answer = osei.post(f"/drafts/{now.id}/findings", data=form, headers=sent)
    assert answer.status_code == 200
    assert "Appeared" in answer.text
    assert "Earlier study · 10 Mar 2025" in answer.text


@pytest.mark.requirement("RAD-16")
def test_what_is_none_of_the_patients_other_studies_is_not_shown(
    house: House, osei: Person, pair: tuple[Draft, Draft]
) -> None:
    before, now = pair
    note = house.draft().id
    stranger = drafted(house, osei, of(house)).id
    rejected = study(house, osei, "20250101")
    form = {"revision": "1", "reason": "Handed in twice."}
    assert osei.submit(f"/drafts/{rejected.id}/rejection", **form).status_code == 303
    for other in (now.id, note, stranger, rejected.id, "no-such-draft", "'; --"):
        answer = osei.get(f"/drafts/{now.id}", params={"beside": other})
        assert answer.status_code == 404, other
        assert "cannot be compared" in answer.text
    answer = osei.get(f"/drafts/{note}", params={"beside": before.id})
    assert answer.status_code == 404


@pytest.mark.requirement("RAD-16")
def test_the_trail_tells_that_the_other_study_was_read(
    house: House, osei: Person, pair: tuple[Draft, Draft]
) -> None:
    before, now = pair
    known = len(_read(house, before))
    osei.get(f"/drafts/{now.id}")
    assert len(_read(house, before)) == known, "offering a study is not reading it"
    osei.get(f"/drafts/{now.id}", params={"beside": before.id})
    assert len(_read(house, before)) == known + 1


def _read(house: House, draft: Draft) -> list[Event]:
    return house.events(action="read", entity=f"draft/{draft.id}")


class Asking:
    """A request, as far as is asked of it here."""

    def __init__(self, page: str | None) -> None:
        self.headers = {} if page is None else {"hx-current-url": page}


@pytest.mark.parametrize(
    ("page", "beside"),
    [
        (None, ""),
        ("http://here/drafts/a", ""),
        ("http://here/drafts/a?beside=b", "b"),
        ("http://here/drafts/a?edit=x&beside=b#c", "b"),
        ("beside=b", ""),
        ("http://[", ""),
    ],
)
def test_what_stands_beside_is_read_from_the_address_of_the_page(
    page: str | None, beside: str
) -> None:
    assert beside_of(Asking(page)) == beside  # type: ignore[arg-type]
