"""The house, a person at a client of the pages, and a browser."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.cheap import cheaply_hashed
from tests.interfaces.web.house import OSEI, PASSWORD, House, Person

HTMX = Path("src/wardround/interfaces/web/static/vendor/htmx.min.js")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True, scope="module")
def cheap_hash() -> Iterator[None]:
    """Passwords that a test sets in this process cost nothing, as those of the house do not."""
    with cheaply_hashed():
        yield


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture
def osei(house: House) -> Iterator[Person]:
    with closing(Person(house)) as person:
        yield person


@pytest.fixture
def somebody(house: House) -> Iterator[Callable[[str | None], Person]]:
    with ExitStack() as open_ones:
        yield lambda username: open_ones.enter_context(closing(Person(house, username)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; it holds an event loop in this thread, so it does not outlive its module."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    if not HTMX.is_file():
        pytest.skip("htmx is not in place (run: sh scripts/pages.sh)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


class Desk:
    """Opens pages as somebody, and keeps what the browser complained of."""

    def __init__(self, browser: Browser, address: str, known: dict[str, StorageState]) -> None:
        self._browser = browser
        self._address = address
        self._contexts: list[BrowserContext] = []
        self._tabs: dict[str | None, Page] = {}
        self._known = known
        self.complaints: list[str] = []

    def open(self, path: str = "/visits", username: str | None = OSEI, **options: Any) -> Page:
        """Return a page of a browser of its own, signed in and at ``path``."""
        settings = {"viewport": {"width": 1280, "height": 800}, **options}
        if username in self._known:
            settings["storage_state"] = self._known[username]
        context = self._browser.new_context(base_url=self._address, **settings)
        context.set_default_timeout(60_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda line: (
                self.complaints.append(f"{line.type}: {line.text}")
                if line.type in {"error", "warning"}
                else None
            ),
        )
        if username is not None and username not in self._known:
            page.goto("/sign-in")
            page.get_by_label("Username").fill(username)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
            self._known[username] = context.storage_state()
        page.goto(path)
        return page

    def at(self, path: str, username: str | None = OSEI) -> Page:
        """Return somebody's one tab at ``path``: another browser each time takes longer to start
        than most pages take to be looked at.
        """
        tab = self._tabs.get(username)
        if tab is None:
            tab = self._tabs[username] = self.open(path, username)
            return tab
        tab.set_viewport_size({"width": 1280, "height": 800})
        tab.emulate_media(color_scheme=None, reduced_motion=None)
        tab.goto(path)
        return tab

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="session")
def known() -> dict[str, StorageState]:
    """The cookies of everybody who signed in once."""
    return {}


@pytest.fixture
def desk(browser: Browser, house: House, known: dict[str, StorageState]) -> Iterator[Desk]:
    desk = Desk(browser, house.address, known)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def tabs(browser: Browser, house: House, known: dict[str, StorageState]) -> Iterator[Desk]:
    """A desk for a whole module, for pages that are only looked at."""
    tabs = Desk(browser, house.address, known)
    yield tabs
    tabs.close()
