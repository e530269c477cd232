"""In the browser: axe-core finds nothing on the page of codes, nor on that of questions."""

from collections.abc import Callable

import pytest

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_accessible import AXE, violations
from tests.interfaces.web.test_codes import CODER, codes
from tests.interfaces.web.test_queries import asked

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not in place (run: sh scripts/pages.sh)")
    return AXE.read_text(encoding="utf-8")


def test_the_codes_of_a_note(house: House, tabs: Desk, axe: str) -> None:
    page = tabs.at(f"/drafts/{codes(house).id}", CODER)
    assert violations(page, axe) == [], "as it opens"
    # What is open makes the page longer than the tall window: the sign bar must cover nothing.
    page.evaluate("document.querySelector('.signbar').style.position = 'static'")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("J02")
    page.locator(".found-code").first.wait_for()
    assert violations(page, axe) == [], "with another code looked for"
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert violations(page, axe) == [], "with a reason asked for"


def test_the_questions_of_a_clinician(
    house: House, tabs: Desk, axe: str, somebody: Callable[[str | None], Person]
) -> None:
    draft, _ = asked(house, somebody(CODER))
    assert violations(tabs.at("/queries"), axe) == []
    assert violations(tabs.at(f"/drafts/{draft.id}", CODER), axe) == []
