"""What was found on a slide, laid over it in a real browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from tests.interfaces.web.images import drafted, slide
from tests.interfaces.web.test_accessible import axe, violations
from wardround.kernel import Draft

__all__ = ["axe"]

pytestmark = pytest.mark.browser

PAINTED = """canvas => {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const found = { any: 0, colours: new Set() };
  for (let at = 0; at < data.length; at += 4) {
    if (!data[at + 3]) continue;
    found.any += 1;
    found.colours.add([data[at], data[at + 1], data[at + 2]].map(one => one >> 5).join());
  }
  return { any: found.any / (width * height), colours: found.colours.size };
}"""


@pytest.fixture(scope="module")
def read(house: House, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A slide that was read, with glass around its tissue."""
    osei = house.at_a_client("amara.osei")
    return drafted(house, osei, slide(tmp_path_factory.mktemp("slide")), kind="pathology")


@pytest.fixture
def page(desk: Desk, read: Draft) -> Page:
    page = desk.open(f"/drafts/{read.id}")
    page.set_default_timeout(60_000)
    expect(page.locator(".scale-says")).to_contain_text("µm")
    expect(page.locator(".slide-found")).to_have_count(1)
    return page


def painted(page: Page) -> dict[str, Any]:
    """Return which share of the slide's pane is painted over, and with how many colours."""
    found: dict[str, Any] = page.locator(".slide-found").evaluate(PAINTED)
    return found


def becomes(page: Page, is_so: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until what is painted is as it is asked."""
    for _ in range(100):
        if is_so(painted(page)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(painted(page), page.locator(".slide-says").text_content())


def button(page: Page, name: str) -> Locator:
    return page.locator(f'[data-view="{name}"]')


def turned(page: Page, name: str) -> bool:
    return button(page, name).get_attribute("aria-pressed") == "true"


def test_what_was_not_looked_at_is_seen_and_density_is_switched(desk: Desk, page: Page) -> None:
    assert [turned(page, one) for one in ("heat", "outlines", "looked")] == [False, True, True]
    button(page, "outlines").click()  # so small a slide is close by at once
    becomes(page, lambda found: found["any"] > 0.02 and found["colours"] < 4)
    expect(page.locator('[data-legend="looked"]')).to_be_visible()
    expect(page.locator('[data-legend="heat"]')).to_be_hidden()
    button(page, "looked").click()
    becomes(page, lambda found: found["any"] == 0)
    button(page, "heat").click()
    becomes(page, lambda found: found["any"] > 0.1 and found["colours"] > 4)
    expect(page.locator('[data-legend="heat"]')).to_contain_text("Nuclei per mm²")
    expect(page.locator(".slide-legend-most")).to_contain_text("and more")
    page.locator("[data-slide]").focus()
    page.keyboard.press("h")
    becomes(page, lambda found: found["any"] == 0)
    page.keyboard.press("l")
    becomes(page, lambda found: found["any"] > 0.02)
    assert desk.complaints == []


def test_nuclei_are_outlined_from_close_by(desk: Desk, page: Page, read: Draft) -> None:
    button(page, "looked").click()
    viewer = page.locator("[data-slide]")
    for _ in range(3):
        button(page, "in").click()
        page.wait_for_timeout(300)
    becomes(page, lambda found: 0.001 < found["any"] < 0.5)
    assert int(viewer.get_attribute("data-outlined") or 0) > 5
    near = painted(page)["any"]
    viewer.focus()
    page.keyboard.press("c")
    becomes(page, lambda found: found["any"] == 0)
    page.keyboard.press("c")
    becomes(page, lambda found: found["any"] == pytest.approx(near, rel=0.05))
    # a decision draws the page anew: the overlays stay as they were
    page.get_by_role("button", name="Confirm : Nuclei", exact=True).click()
    expect(page.locator(".read--confirmed")).to_have_count(1)
    becomes(page, lambda found: found["any"] == pytest.approx(near, rel=0.05))
    assert not turned(page, "looked")
    assert turned(page, "outlines")
    assert desk.complaints == []


def test_the_outlines_are_downloaded(desk: Desk, page: Page, tmp_path: Path) -> None:
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download the outlines").click()
    assert waited.value.suggested_filename == "nuclei.geojson"
    waited.value.save_as(tmp_path / "nuclei.geojson")
    found = json.loads((tmp_path / "nuclei.geojson").read_text("utf-8"))
    kinds = {one["properties"]["objectType"] for one in found["features"]}
    assert kinds == {"detection"}
    assert len(found["features"]) > 20
    assert desk.complaints == []


def test_axe_finds_nothing_with_everything_switched_on(page: Page, axe: str) -> None:
    button(page, "heat").click()
    expect(page.locator('[data-legend="heat"]')).to_be_visible()
    assert violations(page, axe) == []
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("[data-show=source]").click()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
