"""SQLite searches by the right index: what goes wrong here takes minutes in a large record."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.record.conftest import body
from wardround.database import Database
from wardround.record import Chart
from wardround.record.search import conditions, paged
from wardround.record.shelf import OF_VERSION
from wardround.record.tables import resources, versions

OF_ONE = "record_index_resource (kind=? AND id=? AND name=?)"
BY_VALUE = "record_index_value (kind=? AND name=? AND value=?)"
BY_DATE = "record_index_low (kind=? AND name=? AND low>?)"
BY_ID = "autoindex_record_resource_1 (kind=? AND id=?)"
NEWEST = "record_resource_updated (kind=?)"


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
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    database.migrate()
    with database.begin() as tx:
        Chart(tx).update(body("Observation", id="a"))
    found = select(versions).join(resources, OF_VERSION)
    query = paged(found.where(conditions("Observation", parameters)), "Observation", parameters)
    with database.read() as tx:
        sql = str(query.compile(tx.engine, compile_kwargs={"literal_binds": True}))
        plan = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    database.dispose()
    used = [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
    assert not [step for step in used if step.startswith("SCAN")]
    for part in expected:
        assert any(part in step for step in used), plan
    for step in used:
        if "record_index" in step:
            wide = ("(kind=?)", "(kind=? AND name=?)", "(kind=? AND id=?)")
            assert not step.endswith(wide), plan
