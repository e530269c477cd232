"""SQLite searches by the right index: what goes wrong here takes minutes in a large record."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.conftest import opened
from tests.record.conftest import body
from wardround.record import Chart

OF_ONE = "record_index_resource (kind=? AND id=? AND name=?)"
BY_VALUE = "record_index_value (kind=? AND name=? AND value=?)"
BY_DATE = "record_index_low (kind=? AND name=? AND low>?)"
BY_ID = "autoindex_record_resource_1 (kind=? AND id=?)"
NEWEST = "record_resource_updated (kind=?)"


def explained(tx: Connection, sql: str, values: Any) -> Sequence[Any]:
    return tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, [NEWEST]),
        ({"_id": "a"}, [BY_ID]),
        ({"patient": "a"}, [BY_ID, BY_VALUE]),
        ({"patient": "a", "_sort": "-date"}, [BY_ID, BY_VALUE, OF_ONE]),
        ({"patient": "a", "date": "ge2026"}, [BY_ID, BY_VALUE, OF_ONE]),
        ({"patient": "a", "date:missing": "true"}, [BY_ID, BY_VALUE, OF_ONE]),
        ({"patient": "a", "status": "final"}, [BY_ID, BY_VALUE]),
        ({"date": "sa2026"}, [BY_ID, BY_DATE]),
        ({"_sort": "date", "_count": "10"}, [NEWEST, OF_ONE]),
    ],
)
def test_the_index_that_is_used(
    tmp_path: Path, parameters: dict[str, str], expected: list[str]
) -> None:
    asked: list[tuple[str, Any]] = []
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path) as database:
        with database.begin() as tx:
            Chart(tx).update(body("Observation", id="a"))
        with database.read() as tx:
            event.listen(
                tx,
                "before_cursor_execute",
                lambda _, __, sql, values, *___: asked.append((sql, values)),
            )
            Chart(tx).search("Observation", parameters)
        with database.read() as tx:
            plan = [row[3] for sql, values in asked for row in explained(tx, sql, values)]
    used = [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
    assert not [step for step in used if step.startswith("SCAN")]
    for part in expected:
        assert any(part in step for step in used), plan
    for step in used:
        if "record_index" in step:
            wide = ("(kind=?)", "(kind=? AND name=?)", "(kind=? AND id=?)")
            assert not step.endswith(wide), plan
