import html
import re
from collections.abc import Callable

import pytest

from tests.interfaces.web.house import HALVORSEN, NURSE, House, Person
from wardround.kernel import Statement, Status, TextSpan

Somebody = Callable[[str | None], Person]
FIRST = "/sections/0/sentences/0"


@pytest.mark.requirement("ROUND-08")
def test_every_sentence_stands_beside_its_words(house: House, osei: Person) -> None:
    page = osei.get(f"/drafts/{house.draft().id}").text
    assert 'data-claim="/sections/0/sentences/0" data-number="0" data-parts="1"' in page
    assert (
        '<mark class="used" data-claims="0">I have had a sore throat since Monday.</mark>' in page
    )
    assert "Good morning." in page


def test_a_transcript_cannot_smuggle_markup_in(house: House, osei: Person) -> None:
    evil = (
        '<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7 * 7 }} <hx-partial id="status">'
    )
    page = osei.get(f"/drafts/{house.draft(f'[patient] It hurts {evil} so badly').id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<hx-partial" not in page
    assert html.escape("{{ 7 * 7 }}") in page


def test_an_edit_keeps_its_source_and_names_the_person(house: House, osei: Person) -> None:
    draft = house.draft()
    answer = osei.submit_by_htmx(
        f"/drafts/{draft.id}/edits",
        revision="1",
        op="replace",
        path=f"{FIRST}/text",
        value="Sore  throat\r\nsince Monday.",
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="workspace"')
    after = house.rounds.draft(draft.id)
    assert after.content["sections"][0]["sentences"][0] == {"text": "Sore throat since Monday."}  # type: ignore[call-overload, index]
    sources = after.evidence[0].sources
    assert [type(source) for source in sources] == [TextSpan, Statement]
    assert "Changed by </span>Dr Amara Osei" in answer.text


def test_adding_and_removing_with_a_way_back(house: House, osei: Person) -> None:
    draft = house.draft()
    address = f"/drafts/{draft.id}/edits"
    path = "/sections/0/sentences/-"
    fields = {"op": "add", "path": path, "value.text": "No cough."}
    osei.submit_by_htmx(address, revision="1", **fields)
    removed = osei.submit_by_htmx(address, revision="2", op="remove", path=FIRST)
    assert "Sentence removed." in removed.text
    form = dict(
        re.findall(
            r'name="([a-z.]+)" value="([^"]*)"',
            removed.text.split("data-undo")[0].split('class="undo"')[1],
        )
    )
    undo = f"/drafts/{draft.id}/undo"
    back = osei.submit_by_htmx(undo, **{k: v for k, v in form.items() if k != "csrf"})
    assert back.status_code == 200
    first = house.rounds.draft(draft.id).evidence[0]
    assert [source.kind for source in first.sources] == ["text"]
    said = [s["text"] for s in house.rounds.draft(draft.id).content["sections"][0]["sentences"]]  # type: ignore[call-overload, index, union-attr]
    assert said == [
        "I have had a sore throat since Monday.",
        "Yes, I had a fever of 38.5 last night.",
        "No cough.",
    ]


def test_everything_works_without_scripts(house: House, osei: Person) -> None:
    draft = house.draft()
    address = f"/drafts/{draft.id}"
    form = osei.get(f"{address}?edit={FIRST}").text
    assert '<textarea id="edit-text" name="value"' in form
    fields = {"revision": "1", "op": "replace", "path": f"{FIRST}/text", "value": "Sore throat."}
    assert osei.submit(f"{address}/edits", **fields).headers["location"] == address
    gone = osei.submit(f"{address}/edits", revision="2", op="remove", path=FIRST)
    assert "Sentence removed." in osei.get(gone.headers["location"]).text
    key = "watched-word@/sections/1/sentences/1"
    osei.submit(f"{address}/acknowledgements", revision="3", finding=key)
    asked = osei.get(f"{address}/signature").text
    assert "You sign as <strong>Dr Amara Osei</strong>" in asked
    signed = osei.submit(f"{address}/signature", revision="4")
    assert signed.status_code == 303, signed.text
    assert signed.headers["location"] == f"{address}/signed"
    page = osei.get(signed.headers["location"]).text
    for kind in ("Composition", "DocumentReference", "Provenance"):
        found = re.search(rf'href="(/chart/{kind}/[^"]+)"', page)
        assert found is not None
        assert osei.get(found[1]).status_code == 200
        raw = osei.get(f"{found[1]}/raw")
        assert raw.headers["content-type"] == "application/fhir+json"
        assert raw.json()["resourceType"] == kind


@pytest.mark.requirement("ROUND-02")
def test_what_stands_in_the_way_is_told_and_keeps_the_draft_unsigned(
    house: House, osei: Person
) -> None:
    draft = house.draft(
        "[doctor] Take penicillin three times daily.\n[patient] I will, thank you doctor."
    )
    page = osei.get(f"/drafts/{draft.id}").text
    assert "1 to edit" in page
    assert 'aria-disabled="true"' in page
    answer = osei.submit_by_htmx(f"/drafts/{draft.id}/signature", revision="1")
    assert answer.status_code == 422
    assert "stand in the way" in answer.text
    assert house.rounds.draft(draft.id).status is Status.DRAFTED


def test_a_second_signer_is_told_who_was_first(house: House, somebody: Somebody) -> None:
    draft = house.draft(
        "[patient] My knee has been sore since Sunday.\n[doctor] Put some ice on it daily."
    )
    house.encounter(HALVORSEN)  # who treats the patient too
    first, second = somebody("amara.osei"), somebody(HALVORSEN)
    first.submit(f"/drafts/{draft.id}/signature", revision="1")
    answer = second.submit_by_htmx(f"/drafts/{draft.id}/signature", revision="1")
    assert answer.status_code == 409
    assert "Dr Amara Osei signed this draft on" in answer.text


def test_an_old_revision_is_told_with_a_way_on(house: House, osei: Person) -> None:
    draft = house.draft()
    fields = {"op": "replace", "path": f"{FIRST}/text", "value": "One."}
    osei.submit_by_htmx(f"/drafts/{draft.id}/edits", revision="1", **fields)
    answer = osei.submit_by_htmx(f"/drafts/{draft.id}/edits", revision="1", **fields)
    assert answer.status_code == 412
    assert "Load the newest version" in answer.text
    assert answer.headers["hx-retarget"] == "#notice"


@pytest.mark.requirement("ROUND-01")
def test_a_nurse_reads_and_cannot_sign(house: House, somebody: Somebody) -> None:
    draft = house.draft()
    nurse = somebody(NURSE)
    page = nurse.get(f"/drafts/{draft.id}").text
    assert "Only a clinician can sign." in page
    assert "data-edit" not in page.split("<template", 1)[0].replace("data-editable", "")
    assert nurse.submit(f"/drafts/{draft.id}/signature", revision="1").status_code == 403
    fields = {"op": "remove", "path": FIRST, "revision": "1"}
    assert nurse.submit(f"/drafts/{draft.id}/edits", **fields).status_code == 403


def test_rejecting_takes_a_reason(house: House, osei: Person) -> None:
    draft = house.draft()
    assert osei.submit(f"/drafts/{draft.id}/rejection", revision="1", reason=" ").status_code == 422
    answer = osei.submit_by_htmx(
        f"/drafts/{draft.id}/rejection", revision="1", reason="Wrong visit"
    )
    assert answer.headers["hx-redirect"] == "/inbox?done=rejected"
    page = osei.get(f"/drafts/{draft.id}").text
    assert "Rejected by Dr Amara Osei" in page
    assert "Wrong visit" in page


def test_an_amendment_points_both_ways(house: House, osei: Person) -> None:
    draft = house.draft(
        "[patient] My knee has been sore since Sunday.\n[doctor] Put some ice on it daily."
    )
    osei.submit(f"/drafts/{draft.id}/signature", revision="1")
    new = osei.submit(f"/drafts/{draft.id}/amendment").headers["location"]
    assert "Amendment, not signed" in osei.get(new).text
    assert "An amendment is being made." in osei.get(f"/drafts/{draft.id}").text
    osei.submit(f"{new}/signature", revision="1")
    old = osei.get(f"/drafts/{draft.id}").text
    assert "A newer version has been signed." in old
    assert new in old


@pytest.mark.parametrize("path", ["/sections/9/sentences/0/text", "/nowhere", "no pointer"])
def test_an_edit_of_nothing_is_refused(house: House, osei: Person, path: str) -> None:
    draft = house.draft()
    fields = {"op": "replace", "path": path, "value": "One.", "revision": "1"}
    assert osei.submit_by_htmx(f"/drafts/{draft.id}/edits", **fields).status_code == 400
    assert house.rounds.draft(draft.id).revision == 1


def test_an_empty_sentence_is_refused(house: House, osei: Person) -> None:
    draft = house.draft()
    fields = {"op": "replace", "path": f"{FIRST}/text", "value": "  ", "revision": "1"}
    answer = osei.submit_by_htmx(f"/drafts/{draft.id}/edits", **fields)
    assert answer.status_code == 400
    assert "Write a sentence, or remove it." in answer.text


def test_who_read_a_draft_is_written_down(house: House, osei: Person) -> None:
    draft = house.draft()
    osei.get(f"/drafts/{draft.id}")
    event = house.events(action="read", entity=f"draft/{draft.id}")[0]
    assert event.subject == draft.subject
    assert event.actor == house.person("amara.osei").id


def test_a_draft_that_is_not_there(osei: Person) -> None:
    answer = osei.get("/drafts/nowhere")
    assert answer.status_code == 404
    assert "There is no such draft." in answer.text
