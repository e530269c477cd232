"""In the browser: codes beside their note, decided by mouse and by keys, to the signature."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from tests.interfaces.web.test_codes import CODER, coded, codes
from wardround.capabilities.coding import State
from wardround.kernel import Draft, Status

pytestmark = pytest.mark.browser


@pytest.mark.requirement("CODE-09")
def test_from_the_inbox_to_the_signature(house: House, desk: Desk) -> None:
    draft = codes(house)
    page = desk.open("/inbox", CODER)
    page.locator(f'a[href="/drafts/{draft.id}"]').first.click()
    page.wait_for_url("**/drafts/*", wait_until="load")
    expect(page.get_by_role("heading", name="Codes", exact=True)).to_be_visible()
    page.get_by_role("button", name="Accept J02.9").click()
    expect(page.locator(".code", has_text="J02.9")).to_contain_text("Accepted")
    expect(page.locator("#signbar-state")).to_contain_text(re.compile("2 codes and 99"))
    page.get_by_role("button", name=re.compile("Sign as")).click()
    expect(page.get_by_role("heading", name="Signed")).to_be_visible()
    assert house.rounds.draft(draft.id).status is Status.SIGNED
    assert desk.complaints == []


@pytest.mark.requirement("CODE-01")
def test_a_code_lights_its_words_and_words_their_codes(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{codes(house).id}", CODER)
    page.locator(".code", has_text="I10").click()
    lit = page.locator(".used.is-lit")
    expect(lit.first).to_have_text("hypertension")
    assert lit.count() == 2
    page.locator(".line", has_text="sore throat").click()
    expect(page.locator(".code.is-lit")).to_have_count(1)
    expect(page.locator(".code.is-lit")).to_contain_text("J02.9")
    assert desk.complaints == []


def opened(house: House, desk: Desk) -> tuple[Draft, Page]:
    draft = codes(house)
    page = desk.open(f"/drafts/{draft.id}", CODER)
    page.locator(".code", has_text="J02.9").click()
    return draft, page


def test_a_code_is_accepted_by_a_key(house: House, desk: Desk) -> None:
    draft, page = opened(house, desk)
    page.keyboard.press("a")
    expect(page.locator(".code", has_text="J02.9")).to_contain_text("Accepted")
    assert coded(house, draft).codes[1].state is State.ACCEPTED


def test_a_code_is_rejected_by_keys_with_its_reason(house: House, desk: Desk) -> None:
    draft, page = opened(house, desk)
    page.keyboard.press("x")
    page.get_by_label("Why", exact=True).locator("visible=true").select_option("Only suspected")
    page.get_by_role("button", name="Reject J02.9").click()
    expect(page.locator(".code--rejected")).to_contain_text("Only suspected")
    assert coded(house, draft).codes[1].why == "Only suspected"


def test_another_code_is_found_and_put_in_its_place(house: House, desk: Desk) -> None:
    draft, page = opened(house, desk)
    page.keyboard.press("r")
    page.keyboard.type("streptococcal pharyngitis")
    page.locator(".found-code", has_text="J02.0").click()
    expect(page.locator(".code", has_text="J02.0")).to_contain_text("Instead of J02.9")
    assert coded(house, draft).codes[1].replaces == "J02.9"
    assert desk.complaints == []


def test_a_code_is_added_on_the_marked_words(house: House, desk: Desk) -> None:
    draft, page = opened(house, desk)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("R50.9")
    expect(page.locator(".found-code", has_text="R50.9")).to_be_visible()
    line = page.locator(".line", has_text="with a fever").locator(".turn-text")
    line.evaluate(
        """element => {
            const node = [...element.childNodes].find((one) => one.textContent.includes("fever"));
            const text = node.firstChild ?? node;
            const range = document.createRange();
            const at = text.textContent.indexOf("fever");
            range.setStart(text, at);
            range.setEnd(text, at + 5);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    expect(page.locator("#add-quote")).to_have_value("fever")
    page.locator(".found-code", has_text="R50.9").click()
    expect(page.locator(".code--added")).to_contain_text("R50.9")
    assert [s.kind for s in house.rounds.draft(draft.id).evidence[-1].sources] == [
        "text",
        "statement",
    ]
    expect(page.locator(".code--added .chip").first).to_contain_text("line")
    assert desk.complaints == []


def test_on_a_narrow_window_the_words_stand_under_their_code(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{codes(house).id}", CODER, viewport={"width": 360, "height": 740})
    page.locator(".code", has_text="J02.9").click()
    expect(page.locator(".peek")).to_contain_text("sore throat")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
