"""The bill of materials: what CycloneDX 1.6 demands of it, and that it tells what is installed."""

import re
from datetime import UTC, datetime
from importlib import metadata

import orjson

from wardround.privacy.assets import Found, Package, bill_of_materials, installed_packages

AT = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
MODEL = Found(name="sections", kind="Model", version="1", digest="ab" * 32)
SERIAL = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TYPES = {"application", "library", "machine-learning-model"}


def test_it_is_as_the_schema_demands() -> None:
    bill = orjson.loads(bill_of_materials(installed_packages(), [MODEL], "9.8.7", AT))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert SERIAL.fullmatch(bill["serialNumber"])
    assert bill["metadata"]["timestamp"] == "2026-11-27T12:30:00Z"
    own = bill["metadata"]["component"]
    assert (own["name"], own["version"]) == ("wardround", "9.8.7")
    parts = [own, *bill["components"]]
    assert all(part["type"] in TYPES and part["name"] for part in parts)
    references = [part["bom-ref"] for part in parts]
    assert len(references) == len(set(references))


def test_every_package_is_named_as_its_index_and_scanners_know_it() -> None:
    bill = orjson.loads(bill_of_materials(installed_packages(), [], "1", AT))
    found = {part["name"]: part for part in bill["components"]}
    assert found["pydantic"]["version"] == metadata.version("pydantic")
    assert found["argon2-cffi"]["purl"] == f"pkg:pypi/argon2-cffi@{metadata.version('argon2-cffi')}"
    assert found["sqlalchemy"]
    assert "wardround" not in found


def test_a_model_has_its_digest_and_a_local_version_its_sign() -> None:
    local = Package(name="torch", version="2.1+cpu", licence="BSD-3-Clause")
    library, model = orjson.loads(bill_of_materials([local], [MODEL], "1", AT))["components"]
    assert library["purl"] == "pkg:pypi/torch@2.1%2Bcpu"
    assert library["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert model["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
