import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from wardround.database import Database
from wardround.record import Chart

START = datetime(2026, 3, 14, 9, tzinfo=UTC)


class Ticking:
    """A clock that is a second later each time it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def chart(unchanged_database: Database) -> Iterator[Chart]:
    """An empty chart of each kind of database in turn, within a transaction that is undone."""
    with suppress(_Undone), unchanged_database.begin() as tx:
        yield Chart(tx, Ticking())
        raise _Undone


class _Undone(Exception):
    """Ends a transaction without a trace."""


@pytest.fixture
def data() -> Path:
    """The folder of published data."""
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    return Path(os.environ["WARDROUND_DATA"])


def body(kind: str, **members: Any) -> bytes:
    return json.dumps({"resourceType": kind, **members}).encode()


def bundle(*entries: dict[str, Any], of: str = "transaction") -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": of, "entry": entries}).encode()


def post(full_url: str, resource: dict[str, Any], **request: str) -> dict[str, Any]:
    asked = {"method": "POST", "url": resource["resourceType"], **request}
    return {"fullUrl": full_url, "resource": resource, "request": asked}


def put(resource: dict[str, Any], **request: str) -> dict[str, Any]:
    asked = {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}", **request}
    return {"resource": resource, "request": asked}
