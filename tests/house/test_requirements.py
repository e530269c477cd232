"""Every requirement has a test, every mark a requirement, every hazard controls that are tested."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from wardround.bootstrap import PACKAGE, capabilities_with_papers, shared_rooms
from wardround.governance.dossier import read_declared, read_requirements, read_trace
from wardround.governance.dossier.asked import sections
from wardround.governance.dossier.declared import Verification

TRACE = read_trace(ROOT / "tests")
ROOMS = sorted({path.parent for path in PACKAGE.rglob("requirements.yaml")})
REQUIREMENTS = [one for room in ROOMS for one in read_requirements(room)]


def test_there_are_requirements_of_every_capability_and_of_what_it_lives_under() -> None:
    names = {room.relative_to(PACKAGE).as_posix() for room in ROOMS}
    assert {"capabilities/documentation", "capabilities/risk"} <= names
    assert {"governance", "rounds", "security"} <= names


def test_a_number_is_given_once() -> None:
    numbers = [one.id for one in REQUIREMENTS]
    assert sorted(numbers) == sorted(set(numbers))


def test_every_requirement_that_a_test_verifies_has_one() -> None:
    marked = {one.requirement for one in TRACE}
    wanted = {one.id for one in REQUIREMENTS if one.verified_by is Verification.TEST}
    assert not wanted - marked


def test_every_mark_names_a_requirement() -> None:
    known = {one.id for one in REQUIREMENTS}
    assert not [one for one in TRACE if one.requirement not in known]


def test_a_requirement_comes_from_somewhere_that_is_there() -> None:
    for one in REQUIREMENTS:
        first = one.source.split(",")[0]
        if first.startswith(("docs/", "src/", "tests/", "scripts/")):
            assert (ROOT / first).exists(), f"{one.id}: {one.source}"


@pytest.mark.parametrize("name", capabilities_with_papers())
def test_what_a_capability_declares_is_whole(name: str) -> None:
    """Hazards name requirements (the reader refuses others); evidence and answers are there."""
    folder = PACKAGE / "capabilities" / name
    declared = read_declared(folder, shared_rooms())
    tested = {one.requirement for one in TRACE}
    for hazard in declared.hazards:
        assert set(hazard.requirements) & tested, f"{hazard.id}: no control is tested"
    for practice in declared.written.practices.values():
        assert practice.evidence
        for place in practice.evidence:
            assert (ROOT / place).exists(), place
    asked = {f"{key}.{item['id']}" for key, one in sections().items() for item in one["item"]}
    assert declared.written.answers.keys() <= asked
    assert not _unknown_hazards(folder, {one.id for one in declared.hazards})


def _unknown_hazards(folder: Path, known: set[str]) -> set[str]:
    """Return hazards that a dossier.yaml speaks of and hazards.yaml does not have."""
    path = folder / "dossier.yaml"
    text = path.read_text("utf-8") if path.is_file() else ""
    return set(re.findall(r"\bH-[A-Z]+-\d\d\b", text)) - known
