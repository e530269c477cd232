"""Forty mentions of a note of 2,500 characters: `make bench` measures."""

import re
from typing import Any

from wardround.engines.assertion import assess
from wardround.engines.assertion.suite import read_suite


def test_a_note_is_read_quickly(benchmark: Any) -> None:
    text = "\n".join(case.text for case in read_suite("development") if case.kind == "narrative")
    text = text[:2500]
    words = [found.span() for found in re.finditer(r"\w{5,}", text)]
    spans = words[:: max(len(words) // 40, 1)][:40]
    assert len(benchmark(assess, text, spans)) == 40
