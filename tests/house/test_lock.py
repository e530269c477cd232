"""The lock files satisfy pyproject.toml, by hash, and name no registry."""

import json
import re
import tomllib
from functools import cache

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT

LOCKS = (
    "requirements-build.lock",
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-node.lock",
)


@cache
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def group(name: str) -> list[str]:
    groups = project()["dependency-groups"]
    assert isinstance(groups, dict)
    wanted: list[str] = []
    for item in groups[name]:
        wanted += [item] if isinstance(item, str) else group(item["include-group"])
    return wanted


def extra(name: str) -> list[str]:
    tables = project()["project"]
    assert isinstance(tables, dict)
    return list(tables["optional-dependencies"][name])


def core() -> list[str]:
    tables = project()["project"]
    assert isinstance(tables, dict)
    return list(tables["dependencies"])


WANTED = {
    "requirements-build.lock": group("build"),
    "requirements.lock": core() + extra("postgres") + group("build"),
    "requirements-dev.lock": core() + extra("postgres") + extra("evaluate") + group("dev"),
    "requirements-node.lock": group("node"),
}


@cache
def pinned(lock: str) -> dict[str, list[tuple[str, Marker | None, int]]]:
    """Return version, marker and number of hashes of each package of a lock file."""
    found: dict[str, list[tuple[str, Marker | None, int]]] = {}
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    for line in text.splitlines():
        spec, *hashes = re.split(r"\s--hash=", line.strip())
        if not spec:
            continue
        requirement = Requirement(spec)
        (pin,) = requirement.specifier
        assert pin.operator == "==", line
        name = canonicalize_name(requirement.name)
        found.setdefault(name, []).append((pin.version, requirement.marker, len(hashes)))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_satisfies_the_project(lock: str) -> None:
    for wanted in map(Requirement, WANTED[lock]):
        name = canonicalize_name(wanted.name)
        assert name in pinned(lock), f"{lock} lacks {name}: run make lock"
        for version, _, _ in pinned(lock)[name]:
            assert wanted.specifier.contains(version), f"{name} {version}: run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    assert pinned(lock)
    for name, pins in pinned(lock).items():
        assert all(hashes for _, _, hashes in pins), name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    options = set(re.findall(r"(?<!\S)--?[a-z-]+", text))
    assert options == {"--hash"}


def test_the_tests_run_on_what_users_run_on() -> None:
    dev = pinned("requirements-dev.lock")
    for name, pins in pinned("requirements.lock").items():
        # A package that some system alone needs may be needed by the tests on every one.
        assert [version for version, _, _ in pins] == [version for version, _, _ in dev[name]]


def test_every_extra_is_locked() -> None:
    tables = project()["project"]
    assert isinstance(tables, dict)
    for name in tables["optional-dependencies"]:
        locked = pinned("requirements-dev.lock")
        assert all(canonicalize_name(Requirement(item).name) in locked for item in extra(name))


def test_front_end_packages_are_pinned_by_hash_and_name_no_address() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
    for kind in ("dependencies", "devDependencies"):
        assert lock["packages"][""].get(kind) == wanted.get(kind)
        for name, version in wanted.get(kind, {}).items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, package in lock["packages"].items():
        assert not name or package["integrity"].startswith("sha512-"), name
