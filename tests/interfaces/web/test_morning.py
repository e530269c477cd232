"""In the browser: the sample morning as the demonstration shows it, with the real pen."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House

pytestmark = pytest.mark.browser

PICTURES = Path("docs/images")


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("morning"), pen="real")
    yield house
    house.close()


@pytest.fixture
def at_the_clinic(browser: Browser, morning: House) -> Iterator[Desk]:
    desk = Desk(browser, morning.address, {})
    yield desk
    desk.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture for the documents, where WARDROUND_PICTURES asks for it."""
    if os.environ.get("WARDROUND_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(400)
        page.screenshot(path=PICTURES / f"{name}.png")


def test_a_visit_of_the_morning_is_reviewed_and_signed(morning: House, at_the_clinic: Desk) -> None:
    page = at_the_clinic.open("/visits", viewport={"width": 1440, "height": 900})
    visit = f"vega-{morning.today}"
    line = page.locator(f"#visit-{visit}")
    expect(line.get_by_role("link", name="Review")).to_be_visible(timeout=60_000)
    line.get_by_role("link", name="Review").click()
    page.wait_for_url("**/drafts/*", wait_until="load")
    expect(page.get_by_role("heading", name="Marisol Vega-Thornhill")).to_be_visible()
    rows = page.locator(".sentence")
    assert rows.count() > 10
    for at in range(rows.count()):
        rows.nth(at).locator("a.chip").click()
        assert page.locator(".used.is-lit").count() > 0, rows.nth(at).inner_text()
    while (button := page.locator(".findings").get_by_role("button", name="Acknowledge")).count():
        left = button.count()
        button.first.click()
        expect(button).to_have_count(left - 1)
    for at in reversed(range(page.locator(".sentence--block").count())):
        page.locator(".sentence--block").nth(at).focus()
        page.keyboard.press("x")
        page.get_by_role("button", name="Undo").wait_for()
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", name="Signed")).to_be_visible()
    page.goto("/patients/marisol-vega")
    expect(page.get_by_text("Signed by Dr Amara Osei")).to_be_visible()
    assert at_the_clinic.complaints == []


def test_an_allergy_is_in_sight_where_its_medicine_was_named(
    morning: House, at_the_clinic: Desk
) -> None:
    page = at_the_clinic.open("/visits", viewport={"width": 1440, "height": 900})
    line = page.locator(f"#visit-castellanos-{morning.today}")
    expect(line.get_by_role("link", name="Review")).to_be_visible(timeout=60_000)
    line.get_by_role("link", name="Review").click()
    page.wait_for_url("**/drafts/*", wait_until="load")
    expect(page.locator(".allergies--known")).to_contain_text("Amoxicillin")
    page.locator(".sentence", has_text="amoxicillin").last.click()
    expect(page.locator(".turn.is-lit").first).to_be_in_viewport()
    expect(page.locator(".used.is-lit").first).to_contain_text("amoxicillin")
    page.mouse.move(0, 0)
    picture(page, "review")
    page.emulate_media(color_scheme="dark")
    picture(page, "review-dark")
    assert at_the_clinic.complaints == []
