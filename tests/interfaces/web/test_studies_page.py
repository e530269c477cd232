"""In the browser: a study is handed in, looked at, corrected, signed and sent to its archive."""

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, StorageState, expect

from tests.bootstrap.orthanc import Orthanc
from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from tests.interfaces.web.images import IMAGES, SIZE, drafted, of, slide
from tests.interfaces.web.test_accessible import axe, violations
from wardround.kernel import Status

__all__ = ["axe"]

pytestmark = pytest.mark.browser

SHADES = """canvas => {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const shades = new Set();
  let sum = 0;
  for (let at = 0; at < data.length; at += 4 * 17) {
    if (!data[at + 3]) continue;
    shades.add(data[at]);
    sum += data[at];
  }
  return { shades: shades.size, sum };
}"""


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    archive = Orthanc(tmp_path_factory.mktemp("orthanc"))
    yield archive
    archive.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, orthanc: Orthanc) -> Iterator[House]:
    """A house of its own, which sends to a real archive."""
    key = base64.b64encode(b"ward:round").decode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "WARDROUND_ARCHIVE", orthanc.dicom_web)
        patch.setitem(os.environ, "WARDROUND_ARCHIVE_AUTHORIZATION", f"Basic {key}")
        house = House(tmp_path_factory.mktemp("images-house"))
        yield house
        house.close()


@pytest.fixture(scope="module")
def known() -> dict[str, StorageState]:
    """The cookies of who signed in here; those of another house are none of this one's."""
    return {}


def file(data: bytes, name: str = "image.dcm") -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def painted(page: Page) -> dict[str, Any]:
    """Return how many shades the image has as it is painted, and how light it is altogether."""
    expect(page.locator("[data-viewer]")).not_to_have_attribute("aria-busy", "true")
    found: dict[str, Any] = page.locator(".viewer-canvas").evaluate(SHADES)
    return found


def drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw on the stage of a viewer, from one place of it to another."""
    box = page.locator(".viewer-stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=6)
    page.mouse.up()


@pytest.mark.requirement("RAD-15")
def test_from_the_file_to_the_archive(house: House, desk: Desk, orthanc: Orthanc) -> None:
    page = desk.open(IMAGES)
    page.get_by_label("What it is").select_option("radiology")
    page.get_by_label("Files of one study").set_input_files(file(of(house)))
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/drafts/*")
    draft_id = page.url.rpartition("/")[2]
    assert painted(page)["shades"] > 30
    page.get_by_role("button", name="Draw a region").click()
    drag(page, (120, 120), (220, 240))
    field = page.locator("#add-region")
    words = field.input_value().split()
    assert len(words) == 6
    page.get_by_label("What you see").fill("Rib fracture")
    page.locator("[data-fresh]").get_by_role("button", name="Add").click()
    added = page.locator(".read--added")
    expect(added).to_contain_text("Rib fracture")
    expect(page.locator(".viewer-marks .mark-box")).to_have_count(2)
    expect(field).to_have_value("")
    drawn = page.locator(".viewer-marks .mark", has_text="Rib fracture").locator("rect")
    assert [drawn.get_attribute(name) for name in ("x", "y", "width", "height")] == words[2:]
    assert painted(page)["shades"] > 30, "the image stays where it is"
    page.get_by_role("button", name=re.compile("Present.*Pneumonia")).click()
    expect(page.locator(".read--confirmed")).to_contain_text("Pneumonia")
    for _ in range(len(house.rounds.draft(draft_id).open_findings)):
        before = page.locator(".findings").get_by_role("button", name="Acknowledge")
        count = before.count()
        before.first.click()
        expect(before).to_have_count(count - 1)
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    page.wait_for_url("**/signed")
    assert orthanc.instances() == []
    page.goto(f"/drafts/{draft_id}")
    expect(page.locator("#add-display")).to_have_count(0)
    page.get_by_role("button", name="Send to the image archive").click()
    expect(page.get_by_text("In the image archive.")).to_be_visible()
    kinds = sorted(one["Modality"] for one in orthanc.instances())
    assert kinds == ["OT", "PR", "SEG", "SR"]
    assert {one["PatientID"] for one in orthanc.instances()} == {"HL-200131"}
    assert house.rounds.draft(draft_id).status is Status.SIGNED
    assert desk.complaints == []


def test_by_keys(house: House, desk: Desk) -> None:
    draft = drafted(house, house.at_a_client("amara.osei"), of(house))
    page = desk.open(f"/drafts/{draft.id}")
    press = page.keyboard.press
    press("j")
    expect(page.locator(".read").first).to_be_focused()
    expect(page.locator(".viewer-marks .mark.is-lit")).to_have_count(1)
    press("a")
    expect(page.locator(".read--confirmed")).to_contain_text("Pneumonia")
    viewer = page.locator("[data-viewer]")
    viewer.focus()
    facts = page.locator(".viewer-facts")
    whole, shade = facts.inner_text(), painted(page)["sum"]
    press("i")
    expect(facts).to_contain_text("inverted")
    assert painted(page)["sum"] != shade
    press("i")
    expect(facts).to_have_text(whole)
    press("+")
    expect(facts).not_to_have_text(whole)
    press("0")
    expect(facts).to_have_text(whole)
    press("o")
    expect(page.locator(".viewer-marks .mark").first).to_be_hidden()
    press("d")
    expect(page.get_by_role("button", name="Draw a region")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert desk.complaints == []


def test_a_region_lights_its_finding(house: House, desk: Desk) -> None:
    draft = drafted(house, house.at_a_client("amara.osei"), of(house))
    page = desk.open(f"/drafts/{draft.id}")
    painted(page)
    page.locator(".viewer-marks rect").first.click(force=True)
    expect(page.locator(".read.is-lit")).to_contain_text("Pneumonia")


@pytest.mark.requirement("RAD-25")
def test_where_the_answer_rests_is_laid_over_the_image(house: House, desk: Desk, axe: str) -> None:
    files = of(house, ViewPosition="AP"), of(house, ViewPosition="LL")
    draft = drafted(house, house.at_a_client("amara.osei"), *files)
    page = desk.open(f"/drafts/{draft.id}")
    shade = painted(page)["sum"]
    row, cells, legend = page.locator(".read"), page.locator(".heat"), page.locator(".heat-legend")
    expect(row).to_contain_text("Where the answer rests (checked): most at the top left")
    expect(row).to_contain_text("It is no outline of pneumonia.")
    expect(row).to_contain_text("no region")
    expect(cells.first).to_be_hidden()
    page.keyboard.press("h")
    expect(cells).to_have_count(2)
    for one in (cells.first, page.locator(".unseen"), legend):
        expect(one).to_be_visible()
    expect(legend).to_contain_text("not given to the model")
    opacity = cells.first.evaluate("one => Number(getComputedStyle(one).fillOpacity)")
    assert 0 < opacity < 0.5, "the image stays to be seen"
    assert painted(page)["sum"] == shade
    viewer = page.locator("[data-viewer]")
    viewer.focus()
    page.keyboard.press("o")
    expect(cells.first).to_be_hidden()
    page.keyboard.press("o")
    expect(cells.first).to_be_visible()
    row.get_by_role("link", name="Show it").click()
    expect(page.locator(".mark--rests")).to_have_class(re.compile("is-lit"))
    viewer.focus()
    page.keyboard.press("]")
    expect(page.locator(".viewer-facts")).to_contain_text("image 2 of 2")
    expect(cells.first).to_be_hidden()
    page.keyboard.press("[")
    expect(page.locator(".viewer-facts")).to_contain_text("image 1 of 2")
    assert violations(page, axe) == []  # leaves the page narrow
    assert desk.complaints == []


def test_an_image_that_was_not_read_is_shown(house: House, desk: Desk) -> None:
    draft = drafted(house, house.at_a_client("amara.osei"), of(house, ViewPosition="LL"))
    page = desk.open(f"/drafts/{draft.id}")
    expect(page.get_by_role("heading", name="The image was not read")).to_be_visible()
    expect(page.locator(".viewer-facts")).to_contain_text("%")
    assert painted(page)["shades"] > 30
    assert desk.complaints == []


@pytest.mark.requirement("PATH-15")
def test_a_slide_from_the_file_to_the_archive(
    house: House, desk: Desk, orthanc: Orthanc, tmp_path: Path
) -> None:
    before = {one["SOPInstanceUID"] for one in orthanc.instances()}
    page = desk.open(IMAGES)
    page.set_default_timeout(60_000)
    page.get_by_label("What it is").select_option("pathology")
    page.get_by_label("Files of one study").set_input_files(file(slide(tmp_path), "slide.tiff"))
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/drafts/*")
    draft_id = page.url.rpartition("/")[2]
    draft = house.rounds.draft(draft_id)
    assert draft.status is Status.DRAFTED, draft.reason
    expect(page.locator(".scale-says")).to_contain_text("µm")
    shown = page.locator(".slide-place canvas").first
    page.wait_for_timeout(500)
    assert shown.evaluate(SHADES)["shades"] > 20
    page.get_by_role("button", name="Draw a region").click()
    drag(page, (200, 200), (300, 300))
    assert len(page.locator("#mark-region").input_value().split()) == 4
    page.get_by_label("What is there").fill("Tumour")
    page.get_by_role("button", name="Add the region").click()
    expect(page.locator(".slide-box[title*=Tumour]")).to_have_count(1)
    dense = page.locator(".read", has_text="Nuclei by area of tissue")
    dense.locator("summary").click()
    dense.get_by_label("Your own number").fill("2345")
    dense.get_by_role("button", name="Put it in its place").click()
    expect(dense).to_contain_text("Corrected, read")
    page.get_by_role("button", name=re.compile("Confirm the .* that wait")).click()
    expect(page.locator("[data-undecided]")).to_have_count(0)
    page.get_by_label("Yours alone").fill("No tumour in this phantom.")
    page.get_by_role("button", name="Save the diagnosis").click()
    expect(page.locator("#diagnosis-words")).to_have_value("No tumour in this phantom.")
    buttons = page.locator(".findings").get_by_role("button", name="Acknowledge")
    while count := buttons.count():
        buttons.first.click()
        expect(buttons).to_have_count(count - 1)
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    page.wait_for_url("**/signed")
    assert {one["SOPInstanceUID"] for one in orthanc.instances()} == before
    page.goto(f"/drafts/{draft_id}")
    page.get_by_role("button", name="Send to the image archive").click()
    expect(page.get_by_text("In the image archive.")).to_be_visible()
    held = [one for one in orthanc.instances() if one["SOPInstanceUID"] not in before]
    assert sorted(one["Modality"] for one in held) == ["ANN", "SEG", "SM", "SR"]
    assert len({one["StudyInstanceUID"] for one in held}) == 1
    assert {one["PatientID"] for one in held} == {"HL-200131"}
    assert {one["PatientName"] for one in held} == {"Vega-Thornhill^Marisol"}
    assert desk.complaints == []


def test_axe_finds_nothing(house: House, desk: Desk, axe: str, tmp_path: Path) -> None:
    osei = house.at_a_client("amara.osei")
    drafts = [
        drafted(house, osei, of(house), of(house, ViewPosition="LL")),
        drafted(house, osei, of(house, ViewPosition="LL")),
        drafted(house, osei, slide(tmp_path), kind="pathology"),
    ]
    for path in (IMAGES, *(f"/drafts/{one.id}" for one in drafts)):
        page = desk.open(path)
        page.wait_for_timeout(500)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page, axe) == [], path


def test_without_scripts_the_image_is_a_picture(house: House, desk: Desk) -> None:
    draft = drafted(house, house.at_a_client("amara.osei"), of(house))
    desk.open("/visits")  # signs in
    page = desk.open(f"/drafts/{draft.id}", java_script_enabled=False)
    still = page.locator(".viewer-still")
    expect(still).to_be_visible()
    assert page.locator(".viewer-canvas").is_hidden()
    assert still.evaluate("one => one.naturalWidth") == SIZE
