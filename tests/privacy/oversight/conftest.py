"""The simulated month in a database, made once."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.conftest import opened
from tests.privacy.oversight.month import WATCHED, Month, build, fill
from tests.privacy.oversight.snoopers import plant_snoopers
from wardround.database import Database
from wardround.kernel import Actor
from wardround.privacy.oversight import Watched

SEED = 7


class Clinic(NamedTuple):
    """The month, where it is kept, and its people."""

    month: Month
    database: Database
    people: list[Actor]


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    folder = tmp_path_factory.mktemp("month")
    with opened(f"sqlite:///{folder / 'a.db'}", folder) as database:
        month = build(SEED)
        plant_snoopers(month)
        people = fill(database, month)
        with database.begin() as tx:
            Watched(tx).add(WATCHED, "In the news", people[0])
        yield Clinic(month, database, people)
