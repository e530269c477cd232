"""A Wardround to look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cheap import cheaply_hashed
from tests.interfaces.web.house import assemble
from wardround.bootstrap import (
    Wardround,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Wardround]:
    wardround = assemble(tmp_path / "home")
    with cheaply_hashed():
        yield wardround
    wardround.database.dispose()
