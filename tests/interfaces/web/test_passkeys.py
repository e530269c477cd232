"""In the browser: a passkey is made, opens a session alone, and is a second factor."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import PASSWORD, House
from wardround.kernel import Role
from wardround.security import People

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(house: House, desk: Desk) -> Iterator[Page]:
    """A browser with a device that has checked its owner, at the house by its name."""
    with house.wardround.database.begin() as tx:
        People(tx).add("kim.berg", "Kim Berg", Role.NURSE, "Practitioner/kim", PASSWORD)
    address = house.address.replace("127.0.0.1", "localhost")
    page = desk.open(f"{address}/sign-in", None)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    assert [one for one in desk.complaints if "401" not in one] == []


def by_password(page: Page) -> None:
    page.get_by_label("Username").fill("kim.berg")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def leave(page: Page) -> None:
    page.get_by_text("Kim Berg").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")


def test_a_passkey_from_its_making_to_its_removal(house: House, page: Page) -> None:
    by_password(page)
    page.wait_for_url("**/visits")
    page.goto(page.url.replace("/visits", "/account"))
    page.get_by_label("What to call it").fill("This laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert page.locator(".codes code").count() == 10
    page.get_by_role("link", name="I have them").click()
    page.get_by_text("This laptop").first.wait_for()

    leave(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/visits")
    assert house.events(action="sign-in")[0].detail == {"method": "passkey"}

    leave(page)
    by_password(page)
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/visits")
    assert house.events(action="sign-in")[0].detail == {"method": "password.passkey"}

    page.goto(page.url.replace("/visits", "/account"))
    page.locator("summary", has_text="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("The second factor is removed.").wait_for()
    leave(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("This passkey does not open a session here.").wait_for()
