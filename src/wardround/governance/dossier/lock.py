"""The packages that the lock files pin: what runs beside our own code, by version and hash."""

import json
import re
from base64 import b64decode
from importlib.metadata import PackageNotFoundError, distribution
from typing import NamedTuple

from wardround.kernel import InvalidInput

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.+))?$")
_LONGEST = 80
_UNSAID = {"", "UNKNOWN", "OSI Approved", "Dual License"}
_SPDX = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Names that packages use of old, and the identifiers that they stand for."""


class Locked(NamedTuple):
    """A pinned package; of its files any one is taken, if its hash is among ``hashes``."""

    kind: str
    """The type of its package URL: ``pypi`` or ``npm``."""
    name: str
    version: str
    algorithm: str
    hashes: tuple[str, ...]
    marker: str | None = None
    licence: str | None = None


def read_lock(text: str) -> list[Locked]:
    """Return the packages of a lock file as ``uv pip compile --generate-hashes`` writes it.

    The licence is what the package says of itself where it is installed in this version.
    """
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        spec, *hashes = re.split(r"\s+--hash=sha256:", line.split("#")[0].strip())
        if not spec:
            continue
        pin = _PIN.match(spec)
        if pin is None or not hashes:
            raise InvalidInput("A package is not pinned by version and hash.", where=spec[:80])
        name, version = pin["name"], pin["version"]
        licence = _licence(name, version)
        kept = tuple(one.strip() for one in hashes)
        found.append(Locked("pypi", name, version, "SHA-256", kept, pin["marker"], licence))
    return found


def read_pages_lock(text: str) -> list[Locked]:
    """Return what reaches a browser, of npm's lock file; what the tests alone need is left out."""
    found = []
    for place, one in json.loads(text)["packages"].items():
        if not place or one.get("dev"):
            continue
        algorithm, _, value = one["integrity"].partition("-")
        digest = b64decode(value).hex()
        name = place.rpartition("node_modules/")[2]
        named = f"SHA-{algorithm.removeprefix('sha')}"
        found.append(
            Locked("npm", name, one["version"], named, (digest,), licence=one.get("license"))
        )
    return found


def _licence(name: str, version: str) -> str | None:
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return None
    if installed.version != version:
        return None
    said = installed.metadata
    named = [*(said.get_all("License-Expression") or ()), *(said.get_all("License") or ())]
    short = next((one.strip() for one in named if one.strip()), "")
    if short and short not in _UNSAID and "\n" not in short and len(short) <= _LONGEST:
        return _SPDX.get(short, short)
    classes = (one for one in said.get_all("Classifier") or () if one.startswith("License ::"))
    told = [one.rpartition(" :: ")[2] for one in classes]
    return "; ".join(_SPDX.get(one, one) for one in told if one not in _UNSAID) or None
