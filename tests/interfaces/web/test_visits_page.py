"""In the browser: handing in a transcript, watching the draft come, and choosing light or dark."""

import pytest
from playwright.sync_api import FilePayload, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import VISIT, House

pytestmark = pytest.mark.browser


def test_a_transcript_is_handed_in_and_its_draft_comes_by_itself(house: House, desk: Desk) -> None:
    visit = house.encounter()
    page = desk.open("/visits")
    line = page.locator(f"#visit-{visit}")
    line.locator("summary").click()
    line.get_by_role("button", name="Draft the note").click()
    expect(line.get_by_role("alert")).to_contain_text("Nothing was handed in.")
    line.get_by_label("Paste the transcript").fill(VISIT)
    line.get_by_role("button", name="Draft the note").click()
    expect(line.get_by_role("link", name="Review")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("status").first).to_contain_text("The draft for the")
    line.get_by_role("link", name="Review").click()
    expect(page.get_by_role("heading", name="Visit note")).to_be_visible()


def test_a_file_is_handed_in(house: House, desk: Desk) -> None:
    visit = house.encounter()
    page = desk.open("/visits")
    line = page.locator(f"#visit-{visit}")
    line.locator("summary").click()
    file = FilePayload(name="visit.txt", mimeType="text/plain", buffer=VISIT.encode())
    line.get_by_label("Transcript file").set_input_files(files=file)
    line.get_by_role("button", name="Draft the note").click()
    expect(line.get_by_role("link", name="Review")).to_be_visible(timeout=20_000)
    assert [line for line in desk.complaints if "400" not in line] == []


def test_light_and_dark(desk: Desk) -> None:
    page = desk.open("/visits", color_scheme="light")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(colour)
    assert dark != light
    page.reload()
    assert page.evaluate(colour) == dark
    page.locator(".menu summary").click()
    page.get_by_role("button", name="System").click()
    assert page.evaluate(colour) == light


def test_patients_are_found_while_typing(desk: Desk) -> None:
    page = desk.open("/patients")
    page.get_by_label("Name or record number").press_sequentially("castell")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="Wren Castellanos-Pike")).to_be_visible()
    assert page.url.endswith("/patients")
