import re
from importlib.resources import files

import pytest

from wardround.privacy.deid.evaluation import clinic
from wardround.privacy.deid.evaluation.clinic.note import GENERAL, RARE, forms
from wardround.privacy.deid.evaluation.clinic.pools import (
    blocks,
    lines,
    listed,
    part_of,
    sections,
)
from wardround.privacy.deid.evaluation.halves import PARTS, Part

LISTS = ("firsts.txt", "lasts.txt", "places.txt", "formats.txt", "webs.txt")
LAYOUTS = ("heads.txt", "feet.txt", "tables.txt", "mails.txt")
IDENTIFIER = re.compile(r"\{(?!n\.|he\}|his\}|him\}|He\}|His\})")
SENTENCES = sorted(
    found.name
    for found in (files(clinic) / "data").iterdir()
    if found.name.endswith(".txt") and found.name not in {*LISTS, *LAYOUTS}
)


def test_a_part_is_told_by_the_entry_whatever_its_case() -> None:
    assert part_of("Grace") == part_of("GRACE")
    assert {part_of(str(number)) for number in range(40)} == set(PARTS)


@pytest.mark.parametrize("name", LISTS)
def test_each_part_has_entries_of_every_list(name: str) -> None:
    for heading, entries in sections(name).items():
        dev, test = (set(listed(name, heading, part)) for part in PARTS)
        assert dev, heading
        assert test, heading
        assert not dev & test
        assert dev | test == set(entries)


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_part_has_layouts_of_its_own(name: str) -> None:
    dev, test = (set(blocks(name, part)) for part in PARTS)
    assert min(len(dev), len(test)) >= 4
    assert not dev & test


@pytest.mark.parametrize("name", SENTENCES)
def test_each_part_has_sentences_of_its_own(name: str) -> None:
    dev, test = (set(lines(name, part)) for part in PARTS)
    assert dev
    assert test
    assert not dev & test


def test_there_are_as_many_sentences_and_names_as_varied_notes_need() -> None:
    every = {line for name in SENTENCES for part in PARTS for line in lines(name, part)}
    assert sum(bool(IDENTIFIER.search(line)) for line in every) >= 500
    assert sum(not IDENTIFIER.search(line) for line in every) >= 200
    for name in ("firsts.txt", "lasts.txt"):
        assert len({entry for entries in sections(name).values() for entry in entries}) >= 800


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_sentences_for_rare_kinds(part: Part) -> None:
    pool = [line for name in GENERAL for line in lines(f"{name}.txt", part)]
    assert not [slot for slot in RARE if not any(f"{{{slot}}}" in line for line in pool)]


def test_there_are_many_kinds_of_note() -> None:
    assert len({form["name"] for form in forms()}) >= 12
