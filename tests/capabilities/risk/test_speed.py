"""How long one score takes on values that are ready: `make bench` measures it."""

from typing import Any

import pytest

from tests.capabilities.risk.test_tables import CALM, WELL
from wardround.capabilities.risk import SCORES, Status, answer

PREVENT = {
    "age": 50.0, "sex": "female", "systolic": 160.0, "pressure-treated": True, "diabetes": False,
    "smoking": False, "egfr": 90.0, "cholesterol": 240.0, "hdl": 55.0, "statin": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [("news2", WELL, 0), ("sofa", CALM, 0), ("prevent-cvd-10", PREVENT, 5.4)],
)
def test_a_score_is_quick(
    name: str, values: dict[str, Any], expected: float, benchmark: Any
) -> None:
    assert benchmark(SCORES[name].calculate, values).value == expected


@pytest.mark.parametrize(("name", "values"), [("sofa", CALM), ("prevent-cvd-10", PREVENT)])
def test_an_answer_is_quick(name: str, values: dict[str, Any], benchmark: Any) -> None:
    assert benchmark(answer, SCORES[name], values).status is Status.RESULT
