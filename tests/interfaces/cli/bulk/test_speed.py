"""How many records of risk one core answers, from JSON to JSON: `make bench` measures it."""

import json
from typing import Any

from tests.capabilities.risk.learned.made import learned
from tests.capabilities.risk.learned.test_service import ILL
from tests.capabilities.risk.test_tables import WELL
from wardround.capabilities.risk import Predicting, Scoring
from wardround.interfaces.cli.bulk.answer import answer_many
from wardround.interfaces.cli.bulk.worker import BLOCK
from wardround.kernel import Batch

ROWS = 1024
"""Records of a benchmark; divided by its time they are rows a second on one core."""


def answered(work: Batch, lines: list[bytes]) -> list[bytes]:
    blocks = [lines[at : at + BLOCK] for at in range(0, ROWS, BLOCK)]
    return [one for block in blocks for one in answer_many(work, block)]


def test_many_scores_are_quick(benchmark: Any) -> None:
    """20,000 rows a second are wanted."""
    lines = [json.dumps({"id": place, "inputs": WELL}).encode() for place in range(ROWS)]
    made = benchmark(answered, Scoring("news2"), lines)
    assert json.loads(made[-1])["score"] == 0


def test_many_predictions_with_their_guards_are_quick(benchmark: Any) -> None:
    """5,000 rows a second are wanted: read, checked, predicted, guarded, written."""
    asked = {"setting": "IMP", "groups": {"ward": "north"}, "inputs": ILL}
    lines = [json.dumps({"id": place, **asked}).encode() for place in range(ROWS)]
    made = benchmark(answered, Predicting(learned()), lines)
    assert json.loads(made[-1])["status"] == "result"
