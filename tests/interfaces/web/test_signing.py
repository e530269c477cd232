"""In the browser: a note is read, edited, acknowledged and signed, by mouse and by keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import HALVORSEN, House
from wardround.kernel import Status

pytestmark = pytest.mark.browser

CLEAN = "[patient] My knee has been sore since Sunday.\n[doctor] Put some ice on it daily."


def sentence(page: Page, words: str) -> Locator:
    return page.locator(".sentence", has_text=words)


def test_by_mouse(house: House, desk: Desk) -> None:
    draft = house.draft()
    page = desk.open("/inbox")
    page.locator(f'a[href="/drafts/{draft.id}"]').click()
    page.wait_for_url("**/drafts/*", wait_until="load")
    row = sentence(page, "sore throat since Monday")
    row.click()
    expect(page.locator(".turn.is-lit")).to_have_count(1)
    expect(page.locator(".used.is-lit")).to_have_text("I have had a sore throat since Monday.")
    row.get_by_role("link", name="Edit sentence").click()
    page.get_by_label("Text of the sentence").fill("Sore throat since Monday.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_have_text("Sentence saved.")
    expect(sentence(page, "Sore throat since Monday.")).to_be_focused()
    expect(page.locator(".used.is-lit")).to_have_text("I have had a sore throat since Monday.")
    page.locator(".findings").get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Nothing stands in the way")).to_be_visible()
    page.get_by_role("button", name="Sign as Dr Amara Osei").click()
    expect(page.get_by_role("dialog")).to_contain_text("You sign as Dr Amara Osei")
    page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", name="Signed")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Composition")).click()
    expect(page.get_by_role("region", name="Composition as JSON")).to_contain_text("Sore throat")
    assert house.rounds.draft(draft.id).status is Status.SIGNED
    assert desk.complaints == []


def test_by_keys_alone(house: House, desk: Desk) -> None:
    draft = house.draft()
    page = desk.open(f"/drafts/{draft.id}")
    press = page.keyboard.press
    press("j")
    press("j")
    expect(sentence(page, "fever of 38.5")).to_be_focused()
    expect(page.locator(".used.is-lit")).to_have_text("Yes, I had a fever of 38.5 last night.")
    press("Enter")
    expect(page.get_by_label("Text of the sentence")).to_be_focused()
    press("ControlOrMeta+a")
    page.keyboard.type("Fever of 38.5 last night.")
    press("Enter")
    expect(sentence(page, "Fever of 38.5")).to_be_focused()
    press("s")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(sentence(page, "Take aspirin")).to_be_focused()
    for _ in range(6):
        press("Tab")
        if page.evaluate("document.activeElement.name") == "finding":
            break
    press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Acknowledged. It can be signed.")
    press("s")
    expect(page.get_by_role("dialog").get_by_role("button", name="Sign")).to_be_focused()
    press("Enter")
    page.wait_for_url("**/signed")
    assert house.rounds.draft(draft.id).status is Status.SIGNED
    assert desk.complaints == []


def test_two_people_at_once(house: House, desk: Desk) -> None:
    draft = house.draft(CLEAN)
    house.encounter(HALVORSEN)  # who treats the patient too
    first = desk.open(f"/drafts/{draft.id}")
    second = desk.open(f"/drafts/{draft.id}", HALVORSEN)
    for page in (first, second):
        page.get_by_role("button", name="Sign as").click()
    first.get_by_role("dialog").get_by_role("button", name="Sign").click()
    first.wait_for_url("**/signed")
    second.get_by_role("dialog").get_by_role("button", name="Sign").click()
    alert = second.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_contain_text("Dr Amara Osei signed this draft on")
    signer = house.rounds.draft(draft.id).decided_by
    assert signer is not None
    assert signer.name == "Dr Amara Osei"


def test_a_rejection_takes_its_reason_in_a_dialog(house: House, desk: Desk) -> None:
    draft = house.draft(CLEAN)
    page = desk.open(f"/drafts/{draft.id}")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Reject…")).to_be_focused()
    page.get_by_role("button", name="Reject…").click()
    page.get_by_label("Why").fill("Another patient's visit")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_text("The draft was rejected.")).to_be_visible()
    assert house.rounds.draft(draft.id).reason == "Another patient's visit"
