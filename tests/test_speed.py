"""How fast a note is drafted, and how fast Wardround is there: measured by ``make bench``.

1,200 words in 0.3 s after load, five visits a second in bulk, 0.3 s to import, 1 s to help.
"""

import subprocess
import sys
from functools import cache
from importlib.resources import files
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture

from wardround.bootstrap import load_capabilities
from wardround.kernel import Capability

LONG_VISIT = 0.300
"""Seconds for one visit of 1,200 words."""
BULK = 5.0
"""Visits a second, on one core."""
IMPORT = 0.300
HELP = 1.0
"""Seconds, Python's own start included."""


@cache
def documentation() -> Capability:
    return load_capabilities(only="documentation")["documentation"]


def visits() -> list[str]:
    folder = files("wardround.clinic") / "visits"
    return [path.read_text() for path in folder.iterdir() if path.name.endswith(".txt")]


def draft(transcript: str) -> None:
    drafted: dict[str, Any] = documentation().batch({"id": "visit", "transcript": transcript})
    assert drafted["status"] == "drafted"


def python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def within(benchmark: BenchmarkFixture, limit: float) -> bool:
    """Whether the median is within a limit, in seconds, where anything is measured."""
    return not benchmark.enabled or (benchmark.stats or {})["median"] <= limit


def test_a_long_visit_is_drafted_at_once(benchmark: BenchmarkFixture) -> None:
    words = {transcript: len(transcript.split()) for transcript in visits()}
    visit = next(transcript for transcript in words if 1_200 <= words[transcript] <= 1_300)
    draft(visit)
    benchmark(draft, visit)
    assert within(benchmark, LONG_VISIT)


def test_visits_in_bulk_are_drafted_five_a_second(benchmark: BenchmarkFixture) -> None:
    many = visits()

    def drafted() -> None:
        for visit in many:
            draft(visit)

    benchmark(drafted)
    assert within(benchmark, len(many) / BULK)


def test_importing(benchmark: BenchmarkFixture) -> None:
    benchmark(python, "-c", "import wardround, wardround.kernel")
    assert within(benchmark, IMPORT)


def test_help(benchmark: BenchmarkFixture) -> None:
    benchmark(python, "-c", "from wardround.interfaces.cli import main; main()", "--help")
    assert within(benchmark, HELP)
