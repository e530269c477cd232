"""The review page of codes: from the signed note to signed codes, by a coder and nobody else."""

import re
import time
from collections.abc import Callable

import httpx
import pytest

from tests.interfaces.web.house import House, Person
from wardround.capabilities.coding import Coded, State
from wardround.kernel import Draft, Status
from wardround.record import Chart
from wardround.rounds import State as OrderState
from wardround.rounds import following_id

Somebody = Callable[[str | None], Person]
CODER = "lena.fischer"
VISIT = """[doctor] Good morning to you.
[patient] I have had a sore throat since Monday with a fever.
[patient] I take lisinopril for my hypertension every day.
[doctor] Rest and drink plenty of water, and stop if it hurts.
[doctor] We go on with the lisinopril for hypertension as before.
[doctor] Come back in one week if it is not better by then."""


def signed_note(house: House) -> Draft:
    """Return a note that its clinician has signed."""
    draft = house.draft(VISIT)
    clinician = house.at_a_client("amara.osei")
    answer = clinician.submit(f"/drafts/{draft.id}/signature", revision=str(draft.revision))
    assert answer.status_code == 303, answer.text
    return house.rounds.draft(draft.id)


def codes_of(house: House, note: Draft) -> Draft:
    """Return the draft of codes that follows a signed note."""
    order = following_id(note.id, "coding")
    for _ in range(1200):
        if house.rounds.ordered(order).state in {OrderState.DONE, OrderState.FAILED}:
            break
        time.sleep(0.05)
    return house.rounds.draft(order)


def codes(house: House) -> Draft:
    return codes_of(house, signed_note(house))


def coded(house: House, draft: Draft) -> Coded:
    return Coded.model_validate(house.rounds.draft(draft.id).content)


def do(
    coder: Person, house: House, draft: Draft, deed: str, code: str, **more: str
) -> httpx.Response:
    revision = str(house.rounds.draft(draft.id).revision)
    known = {"revision": revision, "deed": deed, "code": code}
    return coder.submit_by_htmx(f"/drafts/{draft.id}/codes", **known, **more)


@pytest.fixture
def coder(somebody: Somebody) -> Person:
    return somebody(CODER)


@pytest.mark.requirement("CODE-09")
def test_signing_a_note_brings_its_codes_to_the_coder(house: House, coder: Person) -> None:
    draft = codes(house)
    assert draft.capability == "coding"
    assert f'href="/drafts/{draft.id}"' in coder.get("/inbox").text
    clinician = house.at_a_client("amara.osei")
    assert draft.id not in clinician.get("/inbox?of=everyone").text
    assert clinician.get(f"/drafts/{draft.id}").status_code == 403


@pytest.mark.requirement("CODE-01")
def test_each_code_stands_beside_its_words(house: House, coder: Person) -> None:
    page = coder.get(f"/drafts/{codes(house).id}").text
    assert re.search(r'<mark class="used" data-claims="\d">hypertension</mark>', page)
    assert "Essential (primary) hypertension" in page
    assert "97 % sure" in page


@pytest.mark.requirement("CODE-02")
def test_codes_that_nobody_is_sure_of_are_left_out_by_the_signature(
    house: House, coder: Person
) -> None:
    draft = codes(house)
    done = coder.submit(f"/drafts/{draft.id}/signature", revision="1")
    assert done.headers["location"] == f"/drafts/{draft.id}/signed"
    with house.wardround.database.read() as tx:
        found = Chart(tx).search("Condition", {"encounter": str(draft.encounter)})
    assert [one.json()["code"]["coding"][0]["code"] for one in found] == ["I10"]
    assert "Suggested, not taken" in coder.get(f"/drafts/{draft.id}").text


@pytest.mark.requirement("CODE-02")
def test_codes_are_decided_and_signed(house: House, coder: Person) -> None:
    draft = codes(house)
    sore = next(one for one in coded(house, draft).codes if one.code == "J02.9")
    assert "1 suggestion not taken" in coder.get(f"/drafts/{draft.id}").text
    answer = do(coder, house, draft, "accept", sore.id)
    assert answer.status_code == 200, answer.text
    assert "Accepted" in answer.text
    level = coded(house, draft).level
    assert level is not None
    assert "Confirmed" in do(coder, house, draft, "level", level.code).text
    revision = str(house.rounds.draft(draft.id).revision)
    done = coder.submit(f"/drafts/{draft.id}/signature", revision=revision)
    assert done.headers["location"] == f"/drafts/{draft.id}/signed"
    assert house.rounds.draft(draft.id).status is Status.SIGNED
    with house.wardround.database.read() as tx:
        found = Chart(tx).search("Condition", {"encounter": str(draft.encounter)})
        charges = Chart(tx).search("ChargeItem", {})
    assert {one.json()["code"]["coding"][0]["code"] for one in found} == {"I10", "J02.9"}
    assert level.code in [one.json()["code"]["coding"][0]["code"] for one in charges]
    assert coder.get(f"/drafts/{draft.id}").status_code == 200
    assert "Condition" in coder.get(f"/drafts/{draft.id}/signed").text


def test_a_code_is_replaced_rejected_added_and_moved(house: House, coder: Person) -> None:
    draft = codes(house)
    sore = next(one for one in coded(house, draft).codes if one.code == "J02.9").id
    high = next(one for one in coded(house, draft).codes if one.code == "I10").id
    assert do(coder, house, draft, "replace", sore, by="J02.0").status_code == 200
    assert (
        do(coder, house, draft, "reject", high, kind="Other", why="Seen last week").status_code
        == 200
    )
    words = {"quote": "with a FEVER", "from": "0"}
    assert do(coder, house, draft, "add", "", by="R50.9", **words).status_code == 200
    now = coded(house, draft)
    assert [(c.code, c.state) for _, c in now.standing] == [
        ("J02.0", State.REPLACED),
        ("R50.9", State.ADDED),
    ]
    assert now.codes[now.place(high) or 0].why == "Other: Seen last week"
    fever = now.codes[-1].id
    do(coder, house, draft, "first", fever)
    assert coded(house, draft).standing[0][1].code == "R50.9"
    do(coder, house, draft, "restore", high)
    assert coded(house, draft).codes[now.place(high) or 0].state is State.SUGGESTED
    coder.submit_by_htmx(
        f"/drafts/{draft.id}/undo", revision=str(house.rounds.draft(draft.id).revision)
    )
    assert coded(house, draft).codes[now.place(high) or 0].state is State.REJECTED


@pytest.mark.parametrize(
    ("deed", "more", "said"),
    [
        ("reject", {}, "with a reason"),
        ("replace", {"by": "J02.77"}, "no such code"),
        ("replace", {"by": "<script>"}, "no such code"),
        ("mark", {"quote": "words that nobody wrote"}, "not in the note"),
        ("mark", {}, "No words of the note are marked"),
        ("fly", {}, "no such thing"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    house: House, coder: Person, deed: str, more: dict[str, str], said: str
) -> None:
    draft = codes(house)
    answer = do(coder, house, draft, deed, coded(house, draft).codes[0].id, **more)
    assert answer.status_code in {400, 422}
    assert said in answer.text
    assert house.rounds.draft(draft.id).revision == 1


def test_a_search_finds_codes_with_and_without_scripts(house: House, coder: Person) -> None:
    draft = codes(house)
    address = f"/drafts/{draft.id}/codes/search"
    part = coder.submit_by_htmx(address, q="streptococcal pharyngitis", about="")
    assert "J02.0" in part.text
    assert "<html" not in part.text
    whole = coder.submit(address, q="J02", about=coded(house, draft).codes[0].id)
    assert "<html" in whole.text
    assert 'value="J02.0"' in whole.text
    assert "Nothing found" in coder.submit_by_htmx(address, q="zzqx", about="").text
    evil = coder.submit_by_htmx(address, q="<script>alert(1)</script>", about="")
    assert "<script>" not in evil.text


def test_everything_is_done_without_scripts(house: House, coder: Person) -> None:
    draft = codes(house)
    sore = next(one for one in coded(house, draft).codes if one.code == "J02.9").id
    form = {"revision": "1", "deed": "accept", "code": sore}
    answer = coder.submit(f"/drafts/{draft.id}/codes", **form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/drafts/{draft.id}")
    assert coded(house, draft).codes[1].state is State.ACCEPTED


def test_nobody_else_decides_about_codes(house: House, somebody: Somebody) -> None:
    draft = codes(house)
    form = {"revision": "1", "deed": "accept", "code": "c1"}
    for username in ("amara.osei", "tom.adeyemi", "rosa.delgado", "mei.tanaka"):
        person = somebody(username)
        csrf = re.search(r'name="csrf" value="([^"]+)"', person.get("/account").text)
        assert csrf is not None
        answer = person.post(f"/drafts/{draft.id}/codes", data={"csrf": csrf[1], **form})
        assert answer.status_code == 403, username
    assert house.rounds.draft(draft.id).revision == 1


def test_a_note_is_no_draft_of_codes(house: House, coder: Person) -> None:
    note = house.draft(VISIT)
    assert do(coder, house, note, "accept", "c1").status_code == 403


@pytest.mark.requirement("CODE-09")
def test_an_amended_note_has_codes_of_its_own(house: House, coder: Person) -> None:
    note = signed_note(house)
    first = codes_of(house, note)
    clinician = house.at_a_client("amara.osei")
    amended = clinician.submit(f"/drafts/{note.id}/amendment").headers["location"].split("/")[-1]
    clinician.submit(f"/drafts/{amended}/signature", revision="1")
    second = codes_of(house, house.rounds.draft(amended))
    assert second.id != first.id
    sore = next(one for one in coded(house, first).codes if one.code == "J02.9").id
    answer = do(coder, house, first, "accept", sore)
    assert "The note was amended after these codes were drafted." in answer.text
