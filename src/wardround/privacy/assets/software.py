"""The software that runs here, as a bill of materials that scanners read (CycloneDX 1.6, JSON)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from uuid import uuid4

import orjson

from wardround.kernel import Json, Noun
from wardround.privacy.assets.asset import Found

_RUNS = re.compile(r"[-_.]+")


class Package(Noun):
    """An installed package: its name as the index has it (PEP 503), and its version."""

    name: str
    version: str
    licence: str = ""


@cache
def installed_packages() -> tuple[Package, ...]:
    """Return what is installed beside us, each once, by name: what was there at the first call."""
    found: dict[str, Package] = {}
    for one in metadata.distributions():
        name = _RUNS.sub("-", one.metadata["Name"] or "").lower()
        if name:
            licences = one.metadata.get_all("License-Expression") or [""]
            # The first found is the one that is imported.
            found.setdefault(name, Package(name=name, version=one.version, licence=licences[0]))
    return tuple(found[name] for name in sorted(found))


def bill_of_materials(
    packages: Iterable[Package], models: Iterable[Found], version: str, at: datetime
) -> bytes:
    """Return packages and models as a CycloneDX 1.6 document; ``version`` is Wardround's own."""
    root = f"pkg:pypi/wardround@{version}"
    parts = [_library(one) for one in packages if one.name != "wardround"]
    parts += [_model(one) for one in models]
    document: dict[str, Json] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "wardround",
                "version": version,
                "purl": root,
            },
        },
        "components": [*parts],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def _library(one: Package) -> dict[str, Json]:
    purl = f"pkg:pypi/{one.name}@{one.version.replace('+', '%2B')}"
    part: dict[str, Json] = {
        "type": "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "purl": purl,
    }
    if one.licence:
        part["licenses"] = [{"expression": one.licence}]
    return part


def _model(one: Found) -> dict[str, Json]:
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{one.name}",
        "name": one.name,
        "version": one.version,
        "hashes": [{"alg": "SHA-256", "content": one.digest}],
    }
