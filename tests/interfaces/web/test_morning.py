"""In the browser: the sample morning as the demonstration shows it, with the real pen."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from wardround.capabilities.billing import claims_read

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


def opened(morning: House, at_the_clinic: Desk, visit: str) -> Page:
    """Open the draft of a visit of the morning from the day's list."""
    page = at_the_clinic.open("/visits", viewport={"width": 1440, "height": 900})
    line = page.locator(f"#visit-{visit}-{morning.today}")
    expect(line.get_by_role("link", name="Review")).to_be_visible(timeout=60_000)
    line.get_by_role("link", name="Review").click()
    page.wait_for_url("**/drafts/*", wait_until="load")
    return page


def sign(page: Page) -> None:
    """Acknowledge what warns, take out what blocks, and sign the note."""
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


def test_a_visit_of_the_morning_is_reviewed_and_signed(morning: House, at_the_clinic: Desk) -> None:
    page = opened(morning, at_the_clinic, "vega")
    expect(page.get_by_role("heading", name="Marisol Vega-Thornhill")).to_be_visible()
    rows = page.locator(".sentence")
    assert rows.count() > 10
    for at in range(rows.count()):
        rows.nth(at).locator("a.chip").click()
        assert page.locator(".used.is-lit").count() > 0, rows.nth(at).inner_text()
    sign(page)
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


def found(desk: Desk, username: str, patient: str, **options: Any) -> Page:
    """Open what waits in somebody's inbox for a patient, once it is drafted."""
    page = desk.open("/inbox", username, **options)
    row = page.locator("tr", has_text=patient).get_by_role("link", name="Review")
    for _ in range(60):
        if row.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    row.first.click()
    page.wait_for_url("**/drafts/*", wait_until="load")
    return page


def sign_at_once(page: Page) -> None:
    """Sign with the one button of the page, which asks nothing more."""
    page.get_by_role("button", name="Sign as").click()
    expect(page.get_by_role("heading", name="Signed")).to_be_visible()


@pytest.mark.requirement("CODE-09")
@pytest.mark.requirement("BILL-01")
def test_a_signed_note_is_a_claim_file_two_clicks_later_and_each_code_opens_its_words(
    morning: House, at_the_clinic: Desk, tmp_path: Path
) -> None:
    patient = "Priya Raghunathan-Cole"
    sign(opened(morning, at_the_clinic, "raghunathan"))

    coder = found(at_the_clinic, "lena.fischer", patient)
    bar = coder.locator("#signbar-state")
    expect(bar).to_contain_text("suggestions not taken")
    taken = coder.locator("[aria-labelledby=taken-title] .code-number").all_inner_texts()
    level = coder.locator("#level-code").inner_text()
    expect(bar).to_contain_text(f"{len(taken)} codes and {level}")
    picture(coder, "codes")
    sign_at_once(coder)

    biller = found(at_the_clinic, "rosa.delgado", patient)
    links = biller.get_by_role("link", name="Open in the note")
    assert links.count() == len(taken) + 1
    picture(biller, "claim")
    for at, code in enumerate([*taken, level]):
        links.nth(at).click()
        lit = biller.locator(".code.is-lit")
        expect(lit.locator(".code-number")).to_have_text(code)
        expect(biller.locator(".used.is-lit").first).to_be_in_viewport()
        biller.go_back(wait_until="load")
    sign_at_once(biller)

    biller.get_by_role("link", name="Claims to send").click()
    biller.get_by_role("button", name="all complete professional claims").click()
    biller.wait_for_url("**/batches/*")
    with biller.expect_download() as download:
        biller.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "claims.txt")
    (read,) = claims_read((tmp_path / "claims.txt").read_text())
    assert [one.code.replace(".", "") for one in read.claim.diagnoses] == [
        code.replace(".", "") for code in taken
    ]
    assert [line.procedure for line in read.claim.lines] == [level]
    assert at_the_clinic.complaints == []


def test_codes_that_nobody_is_sure_of_wait_on_a_telephone_too(
    morning: House, at_the_clinic: Desk
) -> None:
    sign(opened(morning, at_the_clinic, "fitzwilliam"))
    for scheme, codes in (("light", "1 code"), ("dark", "2 codes")):
        narrow = {"viewport": {"width": 360, "height": 780}, "color_scheme": scheme}
        page = found(at_the_clinic, "lena.fischer", "Callum Fitzwilliam-Ito", **narrow)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("button", name="Accept").first.click()
        expect(page.locator("#signbar-state")).to_contain_text(codes)
    assert at_the_clinic.complaints == []
