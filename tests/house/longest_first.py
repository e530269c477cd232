"""Two at a time, the files that take longest are begun first, so that nobody waits for them last.

``--dist loadfile`` would begin with the files that have the most tests; those are the quick ones.
"""

from collections import defaultdict

import pytest

SECONDS = {"slow": 20.0, "browser": 3.0, "data": 3.0, "postgres": 0.5}
"""What a test with this mark takes, roughly."""
STARTING = "tests/interfaces/cli/"
"""Tests that start the command line, which takes a second; others take a tenth of one."""


def longest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with the longest files first, each file in its own order."""
    long: dict[str, float] = defaultdict(float)
    for item in items:
        long[_file(item)] += seconds(item)
    return sorted(items, key=lambda item: (-long[_file(item)], _file(item)))


def seconds(item: pytest.Item) -> float:
    """Return what a test takes, by its marks and its folder."""
    least = 1.0 if item.nodeid.startswith(STARTING) else 0.1
    return max(
        (time for mark, time in SECONDS.items() if item.get_closest_marker(mark)), default=least
    )


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests of a worker; every worker orders them alike."""
    if hasattr(config, "workerinput"):
        items[:] = longest_first(items)
