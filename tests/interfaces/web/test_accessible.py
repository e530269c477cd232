"""In the browser: axe-core finds nothing against WCAG 2.2 AA, on any page, in any dress."""

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from tests.interfaces.web.officer import hire
from tests.interfaces.web.test_access_review import cases, refuse
from tests.interfaces.web.test_agreements import enter
from tests.interfaces.web.test_breaches import assess
from tests.interfaces.web.test_breaches import enter as enter_breach
from tests.interfaces.web.test_complaints import OFFICER, YES, do, report
from tests.interfaces.web.test_complaints import enter as enter_complaint
from tests.interfaces.web.test_models import OFFICER as QUALITY_OFFICER
from tests.interfaces.web.test_models import register

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of ``TAGS`` that axe-core files under colour."""
DRESSES: list[tuple[tuple[int, int], Literal["light", "dark"], dict[str, Any]]] = [
    ((1280, 800), "light", ALL),
    ((1280, 800), "dark", COLOURS),
    ((320, 2400), "dark", ALL),
    ((320, 2400), "light", COLOURS),
]
"""The narrow window is tall, so that the sign bar, which sticks, covers nothing by chance.

A page is the same in light and in dark but for its colours, so only they are looked at again.
"""
STYLES = Path("src/wardround/interfaces/web/static/css")
PAGES = [
    "/sign-in",
    "/visits",
    "/visits?of=everyone",
    "/inbox?of=everyone",
    "/inbox/images",
    "/patients",
    "/patients/marisol-vega",
    "/patients/wren-castellanos",
    "/patients/marisol-vega/assessments",
    "/patients/marisol-vega/images",
    "/adoption",
    "/monitoring",
    "/chart/Patient/marisol-vega",
    "/nowhere",
]


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not in place (run: sh scripts/pages.sh)")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Run axe-core in the page in every dress; scripts are kept out, but the debugger runs one."""
    page.evaluate(axe)
    return [
        f"{size}, {scheme}: {found}"
        for size, scheme, rules in DRESSES
        for found in _found(page, size, scheme, rules)
    ]


def _found(
    page: Page, size: tuple[int, int], scheme: Literal["light", "dark"], rules: dict[str, Any]
) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    violations: list[dict[str, Any]] = page.evaluate(
        "async rules => (await axe.run(document, rules)).violations", rules
    )
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:240]}"
        for found in violations
        for node in found["nodes"]
    ]


def test_light_and_dark_differ_in_colours_alone() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in STYLES.rglob("*.css")}
    assert "light-dark(" in sheets["tokens.css"]  # which can be nothing but a colour
    assert not [name for name, text in sheets.items() if "prefers-color-scheme" in text]
    chosen = re.findall(r"\[data-theme[^{]*\{([^}]*)\}", "".join(sheets.values()))
    assert chosen
    assert [rule for rule in chosen if not re.fullmatch(r"\s*color-scheme: \w+;\s*", rule)] == []


def test_every_rule_about_colour_is_run_in_both(tabs: Desk, axe: str) -> None:
    page = tabs.at("/sign-in", None)
    page.evaluate(axe)
    known = page.evaluate("tags => axe.getRules(tags).map(r => [r.ruleId, r.tags])", TAGS)
    colours = {rule for rule, tags in known if "cat.color" in tags}
    assert colours == set(COLOURS["runOnly"]["values"])


def test_what_is_wrong_is_found_in_every_dress(tabs: Desk, axe: str) -> None:
    page = tabs.at("/sign-in", None)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p id=pale>Too pale to read</p>')"
    )
    page.evaluate("document.querySelector('#pale').style.color = 'light-dark(#ddd, #333)'")
    page.evaluate("document.querySelector('input[name=username]').id = 'unlabelled'")
    found = violations(page, axe)
    faint = [one.partition(": color-contrast: ") for one in found if 'id="pale"' in one]
    pale = [dress for dress, rule, _ in faint if rule]
    assert pale == [f"{size}, {scheme}" for size, scheme, _ in DRESSES]
    assert {one.partition(": label")[0] for one in found if ": label:" in one} == {
        f"{size}, {scheme}" for size, scheme, rules in DRESSES if rules is ALL
    }


@pytest.mark.parametrize("path", PAGES)
def test_a_page(tabs: Desk, axe: str, path: str) -> None:
    page = tabs.at(path, None if path == "/sign-in" else "amara.osei")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page, axe) == []


@pytest.mark.parametrize("model", ["ckd-epi", "news2", "heart-disease"])
def test_an_assessment(house: House, tabs: Desk, axe: str, model: str) -> None:
    draft = house.assessment(model)
    for address in (f"/drafts/{draft.id}", f"/drafts/{draft.id}/trust"):
        page = tabs.at(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page, axe) == [], address


def test_the_quality_officers_pages(house: House, tabs: Desk, axe: str) -> None:
    register(house)
    for path in ("/models", "/models/sirs", "/models/support2-hospital-death"):
        page = tabs.at(path, QUALITY_OFFICER)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page, axe) == [], path


def test_the_privacy_officers_pages(house: House, tabs: Desk, axe: str) -> None:
    officer = hire(house)
    kept = enter(house.at_a_client(officer), party="Accessible Associates")
    one = enter_breach(house.at_a_client(officer), unreachable="12")
    assess(house.at_a_client(officer), one)
    reyes = house.at_a_client("mateo.reyes")
    reyes.submit("/patients/yuki-tanabe/emergency", reason="emergency", words="Collapsed")
    refuse(house, "mateo.reyes")
    case = cases(house.at_a_client(officer))[0]
    page = tabs.at("/privacy", officer)
    for path in (
        "/privacy",
        "/privacy/breaches",
        "/privacy/breaches/new",
        one,
        f"{one}/assessment",
        f"{one}/letters/individual",
        "/privacy/access",
        "/privacy/access/patient",
        "/privacy/access/person",
        "/privacy/access/watched",
        case,
        "/privacy/disclosures",
        "/privacy/emergencies",
        "/privacy/holds",
        "/privacy/retention",
        "/deidentify",
        "/privacy/agreements",
        "/privacy/agreements/new",
        "/privacy/safeguards",
        "/privacy/safeguards/164.308-a-1-ii-A",
        "/privacy/assets",
        "/privacy/assets/new",
        kept,
    ):
        page.goto(path)
        assert violations(page, axe) == [], path


@pytest.mark.parametrize("name", ["published-scores", "support2-hospital-death"])
def test_a_models_card(tabs: Desk, axe: str, name: str) -> None:
    page = tabs.at(f"/models/{name}/card", "mei.tanaka")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page, axe) == []


def test_complaints(house: House, tabs: Desk, axe: str) -> None:
    draft = house.draft("[patient] My heel has been sore since Sunday.")
    report(house.at_a_client("amara.osei"), draft)
    officer, today = house.at_a_client(OFFICER), house.today.isoformat()
    new, decided = enter_complaint(officer), enter_complaint(officer)
    do(officer, f"{decided}/review", 1)
    do(officer, f"{decided}/decision", 2, **YES, aware=today)
    do(officer, f"{decided}/investigation", 3, made="yes", words="A rule.")
    do(officer, f"{decided}/replies", 4, day=today, words="We mend it.")
    for path in ("/complaints", "/complaints?of=closed", "/complaints/new", new, decided):
        page = tabs.at(path, OFFICER)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page, axe) == [], path
    page = tabs.at(f"/drafts/{draft.id}/problem")
    assert violations(page, axe) == [], "asking"
    page.get_by_label("Something else").check()
    page.get_by_label("In your words").fill("It is odd.")
    page.get_by_label("Nobody was harmed").check()
    page.get_by_role("button", name="Report it").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert violations(page, axe) == [], "reported"


def test_an_account_of_disclosures(house: House, tabs: Desk, axe: str) -> None:
    officer, today = house.at_a_client(hire(house)), house.today.isoformat()
    address, known = "/privacy/disclosures", {"number": "HL-200902", "day": today}
    for what, said in {
        "requests": {"received": today},
        "entries": {"recipient": "Police", "what": "Address", "why": "A search"},
        "suspensions": {"recipient": "Police", "official": "Det. Bo", "written": "no"},
    }.items():
        assert officer.submit(f"{address}/{what}", **known, **said).status_code == 200
    page = tabs.at(address, hire(house))
    page.get_by_label("Record number of the patient").fill("HL-200902")
    page.get_by_role("button", name="Show the account", exact=True).click()
    page.get_by_role("heading", name="Left out").first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page, axe) == []


def test_a_chart_behind_glass(tabs: Desk, axe: str) -> None:
    for path in ("/patients/wren-castellanos", "/patients/wren-castellanos/emergency"):
        page = tabs.at(path, "mateo.reyes")
        tabs.complaints.clear()
        assert violations(page, axe) == [], path


@pytest.mark.parametrize("path", ["/account", "/people", "/people/tom.adeyemi", "/tokens"])
def test_a_page_about_accounts(tabs: Desk, axe: str, path: str) -> None:
    page = tabs.at(path, "noah.lindqvist")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page, axe) == []
    if path == "/account":
        page.get_by_role("button", name="Set up an app").click()
        page.get_by_label("The six figures it shows").fill("000000")
        assert violations(page, axe) == [], "with a QR code"
        page.get_by_role("button", name="Done").click()
        page.get_by_role("alert").wait_for()
        assert violations(page, axe) == [], "with a wrong code"


def test_the_review_page_in_every_state(house: House, tabs: Desk, axe: str) -> None:
    text = (
        "[patient] I have had a sore throat since Monday.\n[doctor] Take aspirin twice a day.\n"
        "[doctor] Take penicillin with your meals.\n[patient] I shall rest at home then."
    )
    draft = house.draft(text)
    page = tabs.at(f"/drafts/{draft.id}")
    assert violations(page, axe) == [], "as it opens"
    page.keyboard.press("j")
    page.keyboard.press("e")
    assert violations(page, axe) == [], "with a sentence lit and an editor open"
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.get_by_role("button", name="Undo").wait_for()
    assert violations(page, axe) == [], "with an undo"
    page.get_by_role("button", name="Transcript").click()
    assert violations(page, axe) == [], "with the transcript alone"
    page.keyboard.press("?")
    assert violations(page, axe) == [], "with the list of keys"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reject").click()
    assert violations(page, axe) == [], "with a dialog"


def test_a_note_after_its_signature(house: House, tabs: Desk, axe: str) -> None:
    draft = house.draft("[patient] My knee has been sore since Sunday.")
    page = tabs.at(f"/drafts/{draft.id}/signature")
    assert violations(page, axe) == [], "asking"
    house.rounds.sign(draft.id, 1, house.person("amara.osei"))
    page.goto(f"/drafts/{draft.id}/signed")
    assert violations(page, axe) == [], "signed"
    page.goto(f"/drafts/{draft.id}")
    assert violations(page, axe) == [], "read-only"


def test_what_could_not_be_drafted(house: House, tabs: Desk, axe: str) -> None:
    empty = house.order("[doctor] Hello?\n[patient] Hello.")
    page = tabs.at(f"/drafts/{empty.order.id}")
    assert violations(page, axe) == []
