"""In the browser: lighting, keys, scripts in a transcript, and small windows."""

import pytest
from playwright.sync_api import expect

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House

pytestmark = pytest.mark.browser

LONG = "\n".join(
    f"[{who}] Turn number {n} says something worth keeping about the matter."
    for n in range(60)
    for who in ("doctor", "patient")
)
COVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".signbar").getBoundingClientRect();
  if (document.activeElement === document.body) return false;
  const inBar = document.activeElement.closest(".signbar");
  return !inBar && box.bottom > bar.top + 1 && box.top < bar.bottom - 1;
}"""


@pytest.mark.requirement("ROUND-08")
def test_a_turn_lights_the_sentences_drawn_from_it(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.locator(".turn", has_text="fever of 38.5").click()
    expect(page.locator(".sentence.is-lit")).to_contain_text(["fever of 38.5"])
    expect(page.get_by_role("status").first).to_have_text("Lit: 1 sentence of the draft.")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".sentence.is-lit")).to_contain_text("Take aspirin")
    page.keyboard.press("Escape")
    expect(page.locator(".is-lit")).to_have_count(0)


def test_the_words_come_into_sight(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft(LONG).id}")
    page.locator(".sentence").last.click()
    expect(page.locator(".turn.is-lit")).to_be_in_viewport()
    page.locator(".turn").nth(1).click()
    expect(page.locator(".sentence.is-lit")).to_be_in_viewport()
    for _ in range(50):
        page.keyboard.press("j")
    expect(page.locator(".sentence.is-lit")).to_be_in_viewport()
    expect(page.locator(".turn.is-lit")).to_be_in_viewport()


def test_letters_can_be_turned_off(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use single letters").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".is-lit")).to_have_count(0)
    page.locator(".sentence").first.focus()
    page.keyboard.press("e")
    expect(page.locator(".editor")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".editor")).to_have_count(1)


def test_tab_goes_through_the_page_in_its_order(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.className || document.activeElement.tagName")
        )
        if "button--sign" in seen[-1]:
            break
    order = ["skip", "brand", "turn", "sentence", "tool", "add", "button--sign"]
    found = [next(i for i, name in enumerate(seen) if word in name) for word in order]
    assert found == sorted(found)
    assert sum("sentence" in name for name in seen) == 1


@pytest.mark.parametrize("size", [(1280, 800), (820, 700), (390, 740), (320, 640), (640, 360)])
def test_focus_is_never_under_the_sign_bar(house: House, desk: Desk, size: tuple[int, int]) -> None:
    width, height = size
    draft = house.draft(LONG)
    page = desk.open(f"/drafts/{draft.id}", viewport={"width": width, "height": height})
    for key in ["j"] * 30 + ["Tab"] * 12 + ["Shift+Tab"] * 14:
        page.keyboard.press(key)
        page.wait_for_timeout(15)
        assert not page.evaluate(COVERED), (key, page.evaluate("document.activeElement.outerHTML"))


@pytest.mark.parametrize(
    "path",
    [
        "/visits",
        "/inbox?of=everyone",
        "/patients",
        "/patients/marisol-vega",
        "/chart/Patient/marisol-vega",
        "draft",
    ],
)
def test_nothing_is_wider_than_a_small_window(house: House, desk: Desk, path: str) -> None:
    path = f"/drafts/{house.draft().id}" if path == "draft" else path
    page = desk.open(path, viewport={"width": 320, "height": 640})
    for summary in page.locator(".hand-in summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_small_window_shows_the_words_under_their_sentence(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}", viewport={"width": 390, "height": 740})
    expect(page.locator(".pane--source")).to_be_hidden()
    page.locator(".sentence").first.click()
    expect(page.locator(".peek")).to_contain_text("Patient 2")
    expect(page.locator(".peek .is-lit")).to_have_text("I have had a sore throat since Monday.")
    page.get_by_role("button", name="Transcript").click()
    expect(page.locator(".pane--draft")).to_be_hidden()
    expect(page.locator(".turn.is-lit")).to_be_visible()


def test_a_script_in_a_transcript_is_only_words(house: House, desk: Desk) -> None:
    evil = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'> truly"
    page = desk.open(f"/drafts/{house.draft(f'[patient] It hurts {evil} here').id}")
    expect(page.locator(".turn-text")).to_contain_text("<script>window.broken = 1</script>")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type("<b onclick=alert(1)>now</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence-text")).to_contain_text("<b onclick=alert(1)>now</b>")
    assert page.evaluate("window.broken") is None
    assert desk.complaints == []


def test_characters_beyond_the_basic_plane_are_lit_exactly(house: House, desk: Desk) -> None:
    said = "😷 naïve café 🫁 cough since Monday"
    page = desk.open(f"/drafts/{house.draft(f'[patient] {said}').id}")
    page.keyboard.press("j")
    expect(page.locator(".used.is-lit")).to_have_text(said)


def test_the_page_works_where_scripts_are_off(house: House, desk: Desk) -> None:
    page = desk.open(f"/drafts/{house.draft().id}", java_script_enabled=False)
    page.locator(".chip").first.click()
    assert page.url.endswith("#turn-1")
    page.get_by_role("link", name="Edit sentence 1").click()
    page.get_by_label("Text of the sentence").fill("Sore throat since Monday.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".sentence-text").first).to_have_text("Sore throat since Monday.")
    page.locator(".findings").get_by_role("button", name="Acknowledge").click()
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", name="Signed")).to_be_visible()


def test_a_signed_note_prints_without_what_belongs_to_a_screen(house: House, desk: Desk) -> None:
    draft = house.draft("[patient] My knee has been sore since Sunday.")
    house.rounds.sign(draft.id, 1, house.person("amara.osei"))
    page = desk.open(f"/drafts/{draft.id}")
    page.emulate_media(media="print")
    expect(page.get_by_text("My knee has been sore since Sunday.").last).to_be_visible()
    expect(page.get_by_text("Signed by Dr Amara Osei").first).to_be_visible()
    expect(page.locator(".patient-name")).to_be_visible()
    for gone in (".topbar", ".pane--source", ".signbar", ".sentence-side"):
        expect(page.locator(gone).first).to_be_hidden()
