"""Report a problem with a draft, of any status: who may, what is kept, which number is told."""

from collections.abc import Callable

import pytest

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_complaints import OFFICER, PROBLEM, report
from wardround.governance.complaints import Complaint, Complaints
from wardround.kernel import Draft

Somebody = Callable[[str | None], Person]


@pytest.fixture(scope="module")
def draft(house: House) -> Draft:
    return house.draft("[patient] My elbow has been sore since Friday.")


def kept(house: House, address: str) -> Complaint:
    with house.wardround.database.read() as tx:
        return Complaints(tx).find(address.rpartition("/")[2])


def test_a_reader_reports_a_problem_and_is_told_its_number(
    osei: Person, draft: Draft, house: House
) -> None:
    assert f'href="/drafts/{draft.id}/problem"' in osei.get(f"/drafts/{draft.id}").text
    asked = osei.get(f"/drafts/{draft.id}/problem").text
    assert draft.model.name in asked
    page = report(osei, draft)
    number = page.rpartition("/")[2]
    assert number in osei.get(f"/drafts/{draft.id}/problem/{number}").text
    one = kept(house, page).report
    assert one.draft is not None
    assert (one.draft.id, one.draft.revision, one.draft.status) == (draft.id, 1, "drafted")
    assert one.device.model_dump() == {
        "name": draft.model.name,
        "version": draft.model.version,
        "digest": draft.model.digest,
        "capability": "documentation",
        "udi": "",
    }
    assert (one.patient, one.complainant.name) == (draft.subject, "Dr Amara Osei")
    (event,) = house.events(action="add-complaint", entity=f"complaint/{number}")
    assert (event.subject, event.actor) == (draft.subject, house.person("amara.osei").id)


def test_a_draft_of_any_status_can_be_complained_of(osei: Person, house: House) -> None:
    signed = house.draft("[patient] My ankle has been sore since Friday.")
    house.rounds.sign(signed.id, 1, house.person("amara.osei"))
    rejected = house.draft("[patient] My wrist has been sore since Friday.")
    house.rounds.reject(rejected.id, 1, "Wrong visit", house.person("amara.osei"))
    empty = house.order("[doctor] Hello?\n[patient] Hello.").order.id
    for draft_id, status in (
        (signed.id, "signed"),
        (rejected.id, "rejected"),
        (empty, "abstained"),
    ):
        found = house.rounds.draft(draft_id)
        assert f'href="/drafts/{draft_id}/problem"' in osei.get(f"/drafts/{draft_id}").text
        seen = kept(house, report(osei, found)).report.draft
        assert seen is not None
        assert seen.status == status


def test_a_number_is_told_on_its_own_draft_only(osei: Person, draft: Draft, house: House) -> None:
    number = report(osei, draft).rpartition("/")[2]
    other = house.draft("[patient] My thumb has been sore since Friday.")
    assert osei.get(f"/drafts/{other.id}/problem/{number}").status_code == 404
    assert osei.get(f"/drafts/{draft.id}/problem/WR-1999-0001").status_code == 404


def test_who_may_not_read_the_draft_reports_nothing(
    somebody: Somebody, house: House, draft: Draft
) -> None:
    before = len(house.events(action="add-complaint"))
    for name in (OFFICER, "noah.lindqvist", "ruth.okafor"):
        person = somebody(name)
        address = f"/drafts/{draft.id}/problem"
        assert person.get(address).status_code == 403, name
        assert person.submit(address, **PROBLEM, revision="1").status_code == 403, name
    behind_glass = house.draft(by="ingrid.halvorsen", patient="wren-castellanos")
    reyes = somebody("mateo.reyes")
    assert reyes.get(f"/drafts/{behind_glass.id}/problem").status_code == 403
    assert len(house.events(action="add-complaint")) == before


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"category": "magic"}, "category"),
        ({"harm": ""}, "harm"),
        ({"words": " \n"}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"revision": "99"}, "revision"),
    ],
)
def test_what_is_wrong_is_said(
    osei: Person, draft: Draft, wrong: dict[str, str], where: str
) -> None:
    said = PROBLEM | {"revision": "1"} | wrong
    answer = osei.submit(f"/drafts/{draft.id}/problem", **said)
    assert answer.status_code == 400
    assert where in answer.text
    assert "xxxx" not in answer.text
