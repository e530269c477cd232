"""Charts made into rows: only what was there at the moment of prediction is read."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.capabilities.risk.learned.made import LOINC, SPEC
from wardround.capabilities.risk import Cohort, read_cohort
from wardround.engines.tabular import read_spec
from wardround.kernel import InvalidInput

SNOMED = "http://snomed.info/sct"
CHARTED = read_spec(
    SPEC
    | {
        "groups": ["sex"],
        "cohort": {"start": ["class|IMP"], "after": "24h", "within": "30d", "death": True},
    }
)


def chart(died: str | None = None, last: str = "2026-06-01", **more: Any) -> list[dict[str, Any]]:
    return [
        {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1950-01-01"}
        | ({"deceasedDateTime": died} if died else {})
        | more,
        {
            "resourceType": "Encounter",
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
            "period": {"start": "2026-03-01T08:00:00Z"},
        },
        glucose(150, "2026-03-01T20:00:00Z"),
        glucose(400, "2026-03-05T08:00:00Z"),
        glucose(99, last),
    ]


def glucose(value: float, at: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"g{value}",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": "2345-7"}]},
        "effectiveDateTime": at,
        "valueQuantity": {"value": value, "unit": "mg/dL"},
    }


def failing(onset: str, over: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "Condition",
        "id": "c",
        "code": {"coding": [{"system": SNOMED, "code": "84114007"}]},
        "clinicalStatus": {"coding": [{"code": "resolved" if over else "active"}]},
        "onsetDateTime": onset,
    }
    return made | ({"abatementDateTime": over} if over else {})


def cohort(folder: Path, *charts: list[dict[str, Any]]) -> Cohort:
    for place, resources in enumerate(charts):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}
        (folder / f"{place}.json").write_text(json.dumps(bundle))
    return read_cohort(CHARTED, folder)


def test_a_row_holds_what_was_there_then_and_what_came(tmp_path: Path) -> None:
    found = cohort(tmp_path, chart(), chart(died="2026-03-20"))
    assert found.table["glucose"] == [150.0, 150.0]
    assert found.table["age"] == [76.0, 76.0]
    assert found.table["died"] == ["0", "1"]
    assert found.says() == "2 charts, 2 rows."


def test_a_diagnosis_counts_if_it_was_known_then(tmp_path: Path) -> None:
    found = cohort(
        tmp_path,
        [*chart(), failing("2026-03-09")],
        [*chart(), failing("2020-01-01")],
        [*chart(), failing("2020-01-01", over="2026-05-01")],
    )
    assert found.table["failure"] == [None, 1, 1]


@pytest.mark.parametrize(
    ("resources", "why"),
    [
        (chart()[:1], "without the start"),
        (chart(died="2026-03-01T09:00:00Z"), "with the outcome before the prediction"),
        (chart(last="2026-03-06"), "not followed long enough"),
        ([*chart(), glucose(90, "2026-03-01T20:00:00Z")], "refused: conflict"),
        (chart(birthDate="2015-01-01"), "refused: age"),
    ],
)
def test_who_cannot_be_a_row_is_left_out_and_counted(
    tmp_path: Path, resources: list[dict[str, Any]], why: str
) -> None:
    found = cohort(tmp_path, resources, chart())
    assert dict(found.left_out) == {why: 1}
    assert len(found.table["age"]) == 1
    assert why in found.says()


def test_death_after_the_window_is_a_no(tmp_path: Path) -> None:
    assert cohort(tmp_path, chart(died="2026-05-20")).table["died"] == ["0"]


def test_an_outcome_may_be_a_diagnosis(tmp_path: Path) -> None:
    coded = {"start": ["class|IMP"], "within": "90d", "codes": ["snomed|84114007"]}
    spec = CHARTED.model_copy(update={"cohort": read_spec(SPEC | {"cohort": coded}).cohort})
    cohort(tmp_path, [*chart()[:2], glucose(99, "2026-09-01"), failing("2026-04-01")])
    assert read_cohort(spec, tmp_path).table["died"] == ["1"]


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", "no JSON"), ("[]", "no FHIR Bundle"), ('{"resourceType": "Patient"}', "no FHIR Bundle")],
)
def test_a_file_that_is_no_bundle_is_named(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "Ada_Lovelace.json").write_text(content)
    with pytest.raises(InvalidInput, match=says) as refused:
        read_cohort(CHARTED, tmp_path)
    assert refused.value.where == "file 1 of 1 by name, bundle"
    assert "Lovelace" not in str(refused.value)


def test_without_charts_or_without_a_plan_there_is_no_cohort(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no bundle"):
        read_cohort(CHARTED, tmp_path)
    with pytest.raises(InvalidInput, match="does not say how charts become rows"):
        read_cohort(read_spec(SPEC), tmp_path)
