"""How fast notes are coded, and how soon the coder is there: measured by ``make bench``.

200 notes of 2,500 characters a second on one core; loaded in 1.5 s.
"""

import subprocess
import sys
from typing import Any

from wardround.capabilities.coding.bulk import BulkCoding
from wardround.capabilities.coding.coder import load_coder
from wardround.capabilities.coding.evaluate import own_notes
from wardround.engines.terminology import load_icd10cm

EACH = 1 / 200
"""Seconds for a note of 2,500 characters."""
LOAD = 1.5
"""Seconds, with Python's own start."""


def notes() -> list[dict[str, Any]]:
    """Return 128 notes of 2,500 characters, put together from this project's own."""
    texts = [case.record["text"] for part in ("dev", "held-out") for case in own_notes(part)]
    long = " ".join(texts) * 80
    return [{"id": at, "text": long[at * 2_500 : (at + 1) * 2_500]} for at in range(128)]


def test_notes_in_bulk(benchmark: Any) -> None:
    bulk, many = BulkCoding(load_coder(), load_icd10cm()), notes()
    answers = benchmark(bulk.batch_many, many)
    assert all(isinstance(one, dict) and one["codes"] for one in answers)
    if benchmark.enabled:
        assert benchmark.stats["median"] <= EACH * len(many)


def test_loading(benchmark: Any) -> None:
    code = "from wardround.batches import load_batch; load_batch('coding')"
    benchmark(subprocess.run, [sys.executable, "-c", code], check=True, capture_output=True)
    if benchmark.enabled:
        assert benchmark.stats["median"] <= LOAD
