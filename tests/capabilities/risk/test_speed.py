"""How long one score takes, on values that are ready and from a chart: `make bench` measures it."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from tests.capabilities.risk.patients import AT, ICD10, PATIENT, diagnosed, observed
from tests.capabilities.risk.test_tables import CALM, WELL
from wardround.capabilities.risk import SCORES, ChartOf, Status, answer
from wardround.capabilities.risk.assessing import assess
from wardround.capabilities.risk.model import Assessment
from wardround.capabilities.risk.reading import chart_of
from wardround.capabilities.risk.scoring import Scored
from wardround.database import Database
from wardround.record import Blobs, Chart
from wardround.rounds.context import ChartContext

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


def chart_of_2000() -> list[dict[str, Any]]:
    """Two years of vitals and laboratory, and a long problem list."""
    codes = [("8480-6", "mm[Hg]", 120), ("8867-4", "/min", 70), ("2160-0", "mg/dL", 1)]
    codes += [("718-7", "g/dL", 13), ("4548-4", "%", 6), ("2823-3", "mmol/L", 4)]
    measured = [
        observed(f"o{n}", *_values(codes[n % len(codes)]), hours=4 * n + 1) for n in range(1_960)
    ]
    return [*measured, *(diagnosed(f"d{n}", ICD10, f"M{10 + n}.9") for n in range(40))]


def _values(code: tuple[str, str, float]) -> tuple[str, float, str]:
    name, unit, value = code
    return name, value, unit


def test_a_chart_of_2000_resources_is_quick(benchmark: Any) -> None:
    resources = [PATIENT, *chart_of_2000()]
    score = SCORES["ckd-epi"]
    found = benchmark(lambda: ChartOf(resources, AT).find(score))
    assert found.given["creatinine"].value == 1


def test_a_draft_from_the_record_is_quick(
    benchmark: Any, database: Database, tmp_path: Path
) -> None:
    """From the sealed record on disk: the search, the opening, the score and its trend."""
    with database.begin() as tx:
        chart = Chart(tx)
        for resource in (PATIENT, *chart_of_2000()):
            chart.update(orjson.dumps(resource))
    with database.begin() as tx:
        tx.execute(text("ANALYZE"))  # as a database does by itself once it is used
    context = ChartContext(database, Blobs(tmp_path / "blobs", database))
    by = Scored(SCORES["ckd-epi"])

    def drafted() -> Assessment:
        return assess(by, chart_of(by.asked, "Patient/ada", AT, context), AT)

    assert benchmark(drafted).result is not None
