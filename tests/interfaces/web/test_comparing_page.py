"""In the browser: two studies of a patient side by side, moved together, and by keys."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from tests.interfaces.web.images import SIZE, of
from tests.interfaces.web.test_accessible import axe, violations
from tests.interfaces.web.test_comparing import CALLUM, sign, study
from tests.interfaces.web.test_studies import done
from tests.interfaces.web.test_studies_page import SHADES, drag, file
from wardround.kernel import Draft

__all__ = ["axe"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def before(house: House) -> Draft:
    """A study of last year, signed: pneumonia is absent, a rib is broken."""
    osei = house.at_a_client("amara.osei")
    draft = study(house, osei, "20250310")
    done(house, osei, draft, deed="deny", finding="read-0", kind="Artefact or technique")
    done(house, osei, draft, deed="add", display="Rib fracture", region="0 0 60 60 40 50")
    return sign(house, osei, draft)


@pytest.fixture(scope="module")
def dark(house: House) -> Draft:
    """A study of the year before, signed, whose image is dark all over but for its edge."""
    osei = house.at_a_client("amara.osei")
    pixels = np.zeros((SIZE, SIZE), "<u2")
    pixels[:4] = 4095
    draft = study(house, osei, "20240310", PixelData=pixels.tobytes())
    done(house, osei, draft, deed="confirm", finding="read-0")
    return sign(house, osei, draft)


@pytest.fixture
def now(house: House) -> Draft:
    return study(house, house.at_a_client("amara.osei"), "20261120")


def this(page: Page) -> Locator:
    return page.locator("[data-viewer='']")


def other(page: Page) -> Locator:
    return page.locator("[data-viewer='other']")


def chosen(page: Page) -> Locator:
    """Return the tool that is in use on the other study."""
    return other(page).locator("button[data-tool][aria-pressed=true]")


def facts(viewer: Locator) -> Locator:
    return viewer.locator(".viewer-facts")


def percent(viewer: Locator) -> int:
    """Return how large the image is shown."""
    found = re.search(r"(\d+) %", facts(viewer).inner_text())
    assert found is not None
    return int(found[1])


def light(viewer: Locator) -> int:
    """Return how light an image is as it is painted."""
    expect(viewer).not_to_have_attribute("aria-busy", "true")
    shades: dict[str, Any] = viewer.locator("canvas").evaluate(SHADES)
    return int(shades["sum"])


def middle(viewer: Locator) -> tuple[float, float]:
    """Return what part of the image lies in the middle of its place, across and down."""
    found = viewer.evaluate("""root => {
      const stage = root.querySelector(".viewer-stage").getBoundingClientRect();
      const image = root.querySelector(".viewer-marks").getBoundingClientRect();
      const part = (from, size, of, whole) => (from + size / 2 - of) / whole;
      return [part(stage.x, stage.width, image.x, image.width),
              part(stage.y, stage.height, image.y, image.height)];
    }""")
    return found[0], found[1]


def compare(page: Page, draft: Draft) -> None:
    page.get_by_label("Compare with").select_option(draft.id)
    page.locator("[data-compare] button").first.click()
    expect(other(page)).to_be_focused()
    expect(page.locator(f"#beside-{draft.id}")).to_be_visible()
    expect(facts(other(page))).to_contain_text("%")


@pytest.mark.requirement("RAD-16")
def test_from_two_files_to_a_comparison(house: House, desk: Desk) -> None:
    images = f"/patients/{CALLUM}/images"
    page = desk.open(images)

    def hand_in(uid: str, taken: str) -> str:
        page.goto(images)
        page.get_by_label("What it is").select_option("radiology")
        data = of(house, CALLUM, StudyInstanceUID=uid, StudyDate=taken)
        page.get_by_label("Files of one study").set_input_files(file(data))
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url("**/drafts/*")
        return page.url.rpartition("/")[2]

    first = hand_in("1.2.840.99.1", "20260105")
    page.get_by_role("button", name=re.compile("Present.*Pneumonia")).click()
    expect(page.locator(".read--confirmed")).to_contain_text("Pneumonia")
    buttons = page.locator(".findings").get_by_role("button", name="Acknowledge")
    while count := buttons.count():
        buttons.first.click()
        expect(buttons).to_have_count(count - 1)
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    page.wait_for_url("**/signed")
    second = hand_in("1.2.840.99.2", "20260212")
    page.get_by_label("Compare with").select_option(first)
    page.get_by_role("button", name="Compare").click()
    labels = page.locator(".viewer-which")
    expect(labels).to_have_text(["This study · 12 Feb 2026", "Earlier study · 5 Jan 2026"])
    expect(page.locator(".beside-report")).to_contain_text("Signed by Dr Amara Osei")
    row = page.locator(".changed-table tbody tr").first
    expect(row).to_contain_text("Not decided yet")
    page.get_by_role("button", name=re.compile("Present.*Pneumonia")).click()
    expect(row).to_contain_text("Present in both")
    expect(other(page)).to_be_visible()
    assert page.url.endswith(f"/drafts/{second}?beside={first}")
    for viewer in (this(page), other(page)):
        assert light(viewer) > 0
    assert desk.complaints == []


@pytest.mark.requirement("RAD-16")
def test_both_move_together_or_each_alone_and_windows_are_their_own(
    desk: Desk, before: Draft, now: Draft
) -> None:
    page = desk.open(f"/drafts/{now.id}")
    compare(page, before)
    whole = percent(this(page))
    assert percent(other(page)) == whole
    this(page).focus()
    for key in ("+", "+", "+", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert percent(this(page)) > whole
    assert percent(other(page)) == percent(this(page))
    assert middle(other(page)) == pytest.approx(middle(this(page)), abs=1e-3)
    assert middle(this(page)) != pytest.approx((0.5, 0.5), abs=1e-2)
    other(page).locator("button[data-tool=pan]").click()
    stage = other(page).locator(".viewer-stage").bounding_box()
    assert stage is not None
    page.mouse.move(stage["x"] + 150, stage["y"] + 150)
    page.mouse.down()
    page.mouse.move(stage["x"] + 180, stage["y"] + 190, steps=4)
    page.mouse.up()
    assert middle(this(page)) == pytest.approx(middle(other(page)), abs=1e-3)
    was = light(this(page))
    other(page).focus()
    page.keyboard.press("i")
    expect(facts(other(page))).to_contain_text("inverted")
    expect(facts(this(page))).not_to_contain_text("inverted")
    page.keyboard.press("Shift+ArrowUp")
    assert light(this(page)) == was
    page.keyboard.press("z")
    toggle = page.get_by_role("button", name="Move together")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    alone = percent(this(page))
    page.keyboard.press("+")
    assert percent(other(page)) > alone
    assert percent(this(page)) == alone
    toggle.click()
    assert percent(other(page)) == percent(this(page)) == alone
    assert desk.complaints == []


@pytest.mark.requirement("RAD-16")
def test_by_keys(desk: Desk, before: Draft, now: Draft) -> None:
    page = desk.open(f"/drafts/{now.id}")
    press = page.keyboard.press
    page.get_by_label("Compare with").select_option(before.id)
    page.locator("#source-title").focus()
    press("c")
    expect(other(page)).to_be_focused()
    expect(page.locator(".viewer-which")).to_have_count(2)
    press("v")
    expect(this(page)).to_be_focused()
    press("v")
    expect(other(page)).to_be_focused()
    press("d")
    expect(chosen(page)).to_have_text("Window")
    press("m")
    expect(chosen(page)).to_have_text("Measure")
    press("c")
    expect(other(page)).to_have_count(0)
    expect(this(page)).to_be_focused()
    assert page.url.endswith(f"/drafts/{now.id}")
    press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Compare with another study")
    assert desk.complaints == []


@pytest.mark.requirement("RAD-16")
def test_of_another_study_nothing_stays_when_the_next_is_shown(
    desk: Desk, before: Draft, dark: Draft, now: Draft
) -> None:
    page = desk.open(f"/drafts/{now.id}")
    compare(page, before)
    first = light(other(page))
    compare(page, dark)
    expect(page.locator(".viewer-which").last).to_have_text("Earlier study · 10 Mar 2024")
    assert light(other(page)) < first / 2
    expect(page.locator(".mark--other")).to_have_count(1)
    compare(page, before)
    assert light(other(page)) == first
    expect(page.locator(".mark--other")).to_have_count(2)
    assert desk.complaints == []


def test_what_was_typed_and_drawn_stays_when_a_comparison_is_opened(
    desk: Desk, before: Draft, now: Draft
) -> None:
    page = desk.open(f"/drafts/{now.id}")
    expect(facts(this(page))).to_contain_text("%")
    page.get_by_role("button", name="Draw a region").click()
    drag(page, (120, 120), (200, 220))
    drawn = page.locator("#add-region").input_value()
    assert len(drawn.split()) == 6
    page.get_by_label("What you see").fill("Nodule")
    compare(page, before)
    expect(page.get_by_label("What you see")).to_have_value("Nodule")
    expect(page.locator("#add-region")).to_have_value(drawn)
    expect(this(page).locator(".measures rect")).to_have_count(1)
    expect(other(page).locator(".measures rect")).to_have_count(0)
    page.locator("[data-fresh]").get_by_role("button", name="Add").click()
    expect(page.locator(".read--added")).to_contain_text("Nodule")
    expect(other(page)).to_be_visible()
    assert desk.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_overflows(
    desk: Desk, axe: str, before: Draft, now: Draft, width: int
) -> None:
    page = desk.open(
        f"/drafts/{now.id}?beside={before.id}", viewport={"width": width, "height": 800}
    )
    if width < 800:
        page.locator(".pane-switch [data-show=source]").click()
    expect(facts(other(page))).to_contain_text("%")
    one, two = (each.bounding_box() for each in (this(page), other(page)))
    assert one is not None
    assert two is not None
    stacked = two["y"] >= one["y"] + one["height"]
    assert stacked == (width < 800)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page, axe) == []
    assert desk.complaints == []


@pytest.mark.requirement("RAD-16")
def test_without_scripts_two_pictures_stand_side_by_side(
    desk: Desk, before: Draft, now: Draft
) -> None:
    desk.open("/visits")  # signs in
    page = desk.open(f"/drafts/{now.id}", java_script_enabled=False)
    page.get_by_label("Compare with").select_option(before.id)
    page.get_by_role("button", name="Compare").click()
    stills = page.locator(".viewer-still")
    expect(stills).to_have_count(2)
    for place in (0, 1):
        assert stills.nth(place).evaluate("one => one.naturalWidth") == SIZE
    drawn = page.locator(".mark--other rect").last.bounding_box()
    image = stills.last.bounding_box()
    assert drawn is not None
    assert image is not None
    scale = min(image["width"], image["height"]) / SIZE
    left = image["x"] + (image["width"] - SIZE * scale) / 2
    assert drawn["x"] == pytest.approx(left + 60 * scale, abs=2)
    page.get_by_role("link", name="Close comparison").click()
    expect(stills).to_have_count(1)
