"""A page that is left alone is covered, and uncovered for the same person alone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import HALVORSEN, PASSWORD, House
from tests.interfaces.web.test_accessible import axe, violations

pytestmark = pytest.mark.browser
__all__ = ["axe"]


def left_alone(desk: Desk, path: str) -> Page:
    """Return a page that nobody has touched for half an hour, with words in its search."""
    page = desk.open("/sign-in")
    page.clock.install()
    page.goto(path)
    page.get_by_role("searchbox").fill("Thistle")
    page.clock.run_for("29:50")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.clock.run_for("00:20")
    expect(page.get_by_role("dialog", name="You were away")).to_be_visible()
    return page


def sign_in(context: BrowserContext, username: str) -> None:
    tab = context.new_page()
    tab.goto("/sign-in")
    tab.get_by_label("Username").fill(username)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url("**/visits")
    tab.close()


def test_it_is_covered_and_what_was_typed_stays(house: House, desk: Desk, axe: str) -> None:
    page = left_alone(desk, "/patients")
    heading = page.locator("h1")
    expect(heading).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(heading).to_be_hidden()
    assert violations(page, axe) == []
    page.context.clear_cookies()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Nobody is signed in yet")).to_be_visible()
    expect(heading).to_be_hidden()
    sign_in(page.context, "amara.osei")
    page.get_by_role("button", name="Go on").click()
    expect(heading).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("Thistle")


def test_somebody_else_is_led_to_their_own_work(house: House, desk: Desk) -> None:
    page = left_alone(desk, "/patients")
    page.context.clear_cookies()
    sign_in(page.context, HALVORSEN)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/visits")
    expect(page.locator(".menu-name")).to_have_text(house.person(HALVORSEN).name)
