"""How quick the review page is, by the browser's own clock; printed by ``make bench``."""

from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House

pytestmark = pytest.mark.browser

SAID = "the pain came on slowly over the last two weeks and it is worse at night"
VISIT = "\n".join(f"[{('doctor', 'patient')[n % 2]}] Turn {n}: {SAID}." for n in range(85))
"""About 1,500 words."""

PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LIGHT = """async () => {
  const rows = [...document.querySelectorAll(".sentence")];
  const took = [];
  for (const row of rows) {
    const start = performance.now();
    row.click();
    if (!document.querySelector(".used.is-lit")) throw new Error("nothing was lit");
    document.body.getBoundingClientRect();
    took.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return took;
}"""


@pytest.fixture(scope="module")
def address_of_a_long_visit(house: House) -> str:
    assert 1_400 <= len(VISIT.split()) <= 1_700
    return f"/drafts/{house.draft(VISIT).id}"


def report(benchmark: Any, name: str, milliseconds: list[float]) -> None:
    benchmark.extra_info[name] = {
        "median": round(median(milliseconds), 1),
        "most": round(max(milliseconds), 1),
    }
    print(f"\n{name}: median {median(milliseconds):.1f} ms, most {max(milliseconds):.1f} ms")


def test_first_paint_of_a_long_visit(
    desk: Desk, address_of_a_long_visit: str, benchmark: Callable[..., Any]
) -> None:
    page = desk.open(address_of_a_long_visit)
    painted: list[float] = []

    def load() -> None:
        page.reload()
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        painted.append(page.evaluate(PAINT))

    benchmark(load)
    report(benchmark, "first paint", painted)
    assert page.locator(".sentence").count() > 80


def test_lighting_in_a_long_visit(
    desk: Desk, address_of_a_long_visit: str, benchmark: Callable[..., Any]
) -> None:
    page: Page = desk.open(address_of_a_long_visit)
    took: list[float] = []
    benchmark(lambda: took.extend(page.evaluate(LIGHT)))
    report(benchmark, "lighting", took)
