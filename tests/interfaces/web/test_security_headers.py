import re

import pytest

from tests.interfaces.web.house import House, Person

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PAGES = ["/sign-in", "/visits", "/inbox", "/patients", "/patients/marisol-vega", "/nowhere"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_them(osei: Person, path: str) -> None:
    headers = osei.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_our_own_files_may_be_kept(osei: Person) -> None:
    answer = osei.get("/static/css/base.css")
    assert answer.headers["cache-control"] == "no-cache"
    assert "etag" in answer.headers


@pytest.mark.parametrize("path", [*PAGES, "/chart/Patient/marisol-vega"])
def test_no_page_has_script_or_style_inside_it(osei: Person, path: str) -> None:
    page = osei.get(path).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_the_review_page_has_none_either(house: House, osei: Person) -> None:
    page = osei.get(f"/drafts/{house.draft().id}").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", page)
