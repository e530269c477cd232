"""The documents are true: links lead somewhere, and pages made from the source are up to date."""

import re
from pathlib import PurePosixPath

from scripts.settings_page import PAGE, page

from tests.house.sources import ROOT, named, texts, tracked
from wardround.settings import Settings

LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)

DOCUMENTS = {name: text for name, text in texts().items() if name.endswith(".md")}


def anchors(name: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in HEADING.findall(FENCE.sub("", DOCUMENTS[name])):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"[`*_]|\]\([^)]*\)|\[", "", heading).lower())
        anchor, number = words.replace(" ", "-"), 0
        while f"{anchor}-{number}" in found or (not number and anchor in found):
            number += 1
        found.add(f"{anchor}-{number}" if number else anchor)
    return found


def folded(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_every_link_leads_somewhere() -> None:
    files = {named(path) for path in tracked()}
    places = files | {str(parent) for name in files for parent in PurePosixPath(name).parents}
    faults = []
    for name, text in DOCUMENTS.items():
        for link in LINK.findall(FENCE.sub("", text)):
            target, _, anchor = link.partition("#")
            if "://" in link or link.startswith("mailto:"):
                if not link.startswith(("https://", "mailto:")):
                    faults.append(f"{name}: {link} is not https")
                continue
            place = folded(PurePosixPath(name).parent / target) if target else name
            if place not in places:
                faults.append(f"{name}: {link} is not there")
            elif anchor and place in DOCUMENTS and anchor not in anchors(place):
                faults.append(f"{name}: {link} names no heading")
    assert not faults


def test_the_settings_page_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run: python scripts/settings_page.py"


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_every_setting_is_used() -> None:
    source = "".join(text for name, text in texts().items() if name.startswith("src/"))
    unused = [
        name
        for name in Settings.model_fields
        if not re.search(rf"(settings|self)\.{name}\b", source)
    ]
    assert not unused


def test_every_target_of_the_makefile_is_listed_by_make() -> None:
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    listed = set(re.findall(r"^([a-z]+):.*## .+$", makefile, re.MULTILINE))
    assert set(phony.split()) == listed


def test_the_changelog_names_the_version() -> None:
    from wardround import __version__

    assert f"## [{__version__}]" in DOCUMENTS["CHANGELOG.md"]
