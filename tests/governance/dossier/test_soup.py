"""The bill of materials: by CycloneDX's own schema, with every package that the lock files pin."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT
from wardround.bootstrap import PACKAGE
from wardround.governance.dossier import read_cards, read_lock, read_pages_lock
from wardround.governance.dossier.soup import bill
from wardround.kernel import InvalidInput

LOCK = (ROOT / "requirements.lock").read_text()
PAGES = (ROOT / "package-lock.json").read_text()


@pytest.fixture(scope="module")
def made() -> bytes:
    """The bill of this source tree."""
    packages = read_lock(LOCK) + read_pages_lock(PAGES)
    cards = read_cards(PACKAGE / "capabilities")
    return bill(packages, cards, "0.1.0", datetime(2026, 11, 28, tzinfo=UTC))


def components(made: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made)["components"]
    return found


def test_it_is_cyclonedx_1_6(made: bytes) -> None:
    assert json.loads(made)["specVersion"] == "1.6"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None
    broken = made.replace(b'"type": "library"', b'"type": "book"', 1).decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_every_locked_package_is_in_it_with_every_hash(made: bytes) -> None:
    """Read here by another reader than ours, so that both would have to be wrong."""
    expected: dict[tuple[str, str], set[str]] = {}
    for line in LOCK.replace("\\\n", " ").splitlines():
        if line.strip():
            spec, *hashes = line.split(" --hash=sha256:")
            pinned = Requirement(spec.strip())
            (pin,) = pinned.specifier
            expected[canonicalize_name(pinned.name), pin.version] = {one.strip() for one in hashes}
    found = {
        (canonicalize_name(one["name"]), one["version"]): {
            each["content"] for each in one["hashes"]
        }
        for one in components(made)
        if one.get("purl", "").startswith("pkg:pypi/")
    }
    assert found == expected
    assert all(found.values())


def test_what_a_browser_is_given_is_in_it_and_the_tests_tools_are_not(made: bytes) -> None:
    found = [one for one in components(made) if one.get("purl", "").startswith("pkg:npm/")]
    assert sorted(one["name"] for one in found) == ["htmx.org", "openseadragon"]
    assert all(re.fullmatch(r"[0-9a-f]{128}", one["hashes"][0]["content"]) for one in found)


def test_shipped_models_are_in_it_with_their_digest(made: bytes) -> None:
    models = {
        one["name"]: one["hashes"][0]["content"]
        for one in components(made)
        if one["type"] == "machine-learning-model"
    }
    cards = read_cards(PACKAGE / "capabilities")
    assert models == {each.name: each.digest for one in cards for each in one.files}
    assert len(models) > 3


def test_most_licences_are_known_and_none_is_guessed(made: bytes) -> None:
    licensed = [one for one in components(made) if one.get("licenses")]
    assert len(licensed) > 0.8 * len(components(made))
    unknown = read_lock("nobody-has-this==1.0 --hash=sha256:" + "ab" * 32)
    assert unknown[0].licence is None
    another = read_lock("numpy==0.0.1 --hash=sha256:" + "ab" * 32)
    assert another[0].licence is None


def test_a_package_without_a_hash_is_refused() -> None:
    for line in ("numpy==2.0", "numpy>=2 --hash=sha256:ab"):
        with pytest.raises(InvalidInput, match="version and hash"):
            read_lock(line)
