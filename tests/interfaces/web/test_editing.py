"""In the browser: editing in place, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import HALVORSEN, House
from wardround.kernel import Edit, Statement, TextSpan

pytestmark = pytest.mark.browser

TEXT = "/sections/0/sentences/0/text"


def test_an_edit_keeps_its_evidence_in_the_store(house: House, desk: Desk) -> None:
    draft = house.draft()
    page = desk.open(f"/drafts/{draft.id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Text of the sentence").fill("Throat sore since Monday.")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence").first).to_contain_text("Dr Amara Osei")
    kinds = [type(source) for source in house.rounds.draft(draft.id).evidence[0].sources]
    assert kinds == [TextSpan, Statement]


def test_escape_leaves_everything_as_it_was(house: House, desk: Desk) -> None:
    draft = house.draft()
    page = desk.open(f"/drafts/{draft.id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.type(" and more")
    page.keyboard.press("Escape")
    expect(page.locator(".sentence").first).to_be_focused()
    expect(page.locator(".sentence-text").first).to_have_text(
        "I have had a sore throat since Monday."
    )
    assert house.rounds.draft(draft.id).revision == 1


def test_add_after_remove_and_undo(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.get_by_role("textbox").fill("No cough.")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence").nth(1)).to_be_focused()
    expect(page.locator(".sentence-text").nth(1)).to_have_text("No cough.")
    page.keyboard.press("x")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".sentence-text").nth(1)).to_have_text("No cough.")
    expect(page.locator(".sentence").nth(1)).to_be_focused()


def test_adding_at_the_end_of_a_section_by_mouse(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.get_by_role("link", name="Add a sentence to History").click()
    page.get_by_role("textbox").fill("Nobody else at home is ill.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".sentence").nth(2)).to_contain_text("Nobody else at home is ill.")
    expect(page.locator(".sentence").nth(2)).to_contain_text("Dr Amara Osei")


def test_what_was_typed_survives_somebody_elses_edit(house: House, desk: Desk) -> None:
    draft = house.draft()
    page = desk.open(f"/drafts/{draft.id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Text of the sentence").fill("Mine, and not yet saved.")
    theirs = Edit(op="add", path="/sections/0/sentences/0", value={"text": "Theirs."})
    house.rounds.revise(draft.id, 1, theirs, house.person(HALVORSEN))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("changed since you opened it")
    page.get_by_role("button", name="Load the newest version").click()
    expect(page.locator(".sentence").first).to_contain_text("Theirs.")
    box = page.get_by_label("Text of the sentence")
    expect(box).to_have_value("Mine, and not yet saved.")
    box.press("Enter")
    expect(page.locator(".sentence-text").nth(1)).to_have_text("Mine, and not yet saved.")


def test_what_was_typed_for_a_sentence_that_changed_is_shown(house: House, desk: Desk) -> None:
    draft = house.draft()
    page = desk.open(f"/drafts/{draft.id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Text of the sentence").fill("Mine, and not yet saved.")
    theirs = Edit(op="replace", path=TEXT, value="Theirs.")
    house.rounds.revise(draft.id, 1, theirs, house.person(HALVORSEN))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Load the newest version").click()
    expect(page.locator(".sentence-text").first).to_have_text("Theirs.")
    expect(page.get_by_label("What you typed")).to_have_value("Mine, and not yet saved.")


def test_what_was_typed_survives_another_action(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Text of the sentence").fill("Mine, and not yet saved.")
    page.locator(".findings").get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Nothing stands in the way")).to_be_visible()
    expect(page.get_by_label("Text of the sentence")).to_have_value("Mine, and not yet saved.")
    page.get_by_role("button", name="Sign as").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("status").first).to_contain_text("Save or cancel")


def test_a_lost_connection_is_told_in_place(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Text of the sentence").fill("Mine, and not yet saved.")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator(".editor").get_by_role("alert")).to_contain_text("could not be reached")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".sentence-text").first).to_have_text("Mine, and not yet saved.")


def test_after_signing_in_again_the_open_page_still_saves(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Text of the sentence").fill("Mine, and not yet saved.")
    page.context.clear_cookies()
    page.keyboard.press("Enter")
    alert = page.locator(".editor").get_by_role("alert")
    expect(alert).to_contain_text("Nobody is signed in.")
    with page.context.expect_page() as opened:
        alert.get_by_role("link", name="Sign in").click()
    tab = opened.value
    tab.get_by_label("Username").fill("amara.osei")
    tab.get_by_label("Password").fill("a quiet morning")
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url("**/visits")
    page.get_by_role("button", name="Save").click()
    expect(alert).to_contain_text("Press the button once more")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".sentence-text").first).to_have_text("Mine, and not yet saved.")
