"""Many records and a learned model: one bad value costs its record alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.capabilities.risk.learned.made import LOINC, learned
from tests.capabilities.risk.learned.test_service import ILL
from wardround.capabilities.risk import Predicting, learned_named
from wardround.kernel import Blocks, InvalidInput

IN = {"inputs": ILL, "groups": {"ward": "north"}, "setting": "IMP"}


def predicting() -> Predicting:
    return Predicting(learned(), lambda: datetime(2026, 3, 1, tzinfo=UTC))


def test_a_record_has_its_probability_and_what_each_input_adds() -> None:
    got = predicting().batch({"id": 4, **IN})
    assert (got["id"], got["model"], got["status"]) == (4, "sodium-and-age", "result")
    assert (got["answer"], got["set"], got["interval"]) == ("yes", ["yes"], None)
    assert got["probability"] == learned().predict(ILL, {"ward": "north"}, "IMP").probability
    assert got["contributions"][0].keys() == {"component", "log_odds"}
    assert (got["abstained"], got["sources"]) == (False, [])


def test_a_bad_value_costs_its_record_alone_and_order_is_kept() -> None:
    lines: list[dict[str, Any]] = [{"id": place, **IN} for place in range(5)]
    lines[1] = {"id": 1, "setting": "IMP", "inputs": ILL | {"weight": 70}}
    lines[2] = {"id": 2, "setting": "IMP", "inputs": ILL | {"glucose": 9999}}
    lines[3] = {"id": 3}
    work = predicting()
    assert isinstance(work, Blocks)
    made = work.batch_many(lines)
    assert isinstance(made[1], InvalidInput)
    assert "no input weight" in str(made[1])
    assert isinstance(made[3], InvalidInput)
    whole = [one for one in made if isinstance(one, dict)]
    assert [one["id"] for one in whole] == [0, 2, 4]
    assert [one["abstained"] for one in whole] == [False, True, False]
    assert whole[1]["reasons"][0]["kind"] == "implausible"
    assert whole[0]["probability"] == whole[2]["probability"]


def test_a_block_says_what_each_record_says_alone() -> None:
    lines: list[dict[str, Any]] = [
        {"id": age, "setting": "IMP", "inputs": ILL | {"age": age}} for age in range(18, 100)
    ] * 3
    work = predicting()
    assert work.batch_many(lines) == [work.batch(line) for line in lines]


def test_a_bundle_says_where_each_value_stands_and_where_the_patient_is() -> None:
    resources: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1938-01-01"},
        {
            "resourceType": "Encounter",
            "class": {"code": "EMER"},
            "period": {"start": "2026-02-28T22:00:00Z"},
        },
        {
            "resourceType": "Observation",
            "id": "g",
            "status": "final",
            "code": {"coding": [{"system": LOINC, "code": "2345-7"}]},
            "effectiveDateTime": "2026-02-28T23:00:00Z",
            "valueQuantity": {"value": 14, "unit": "mmol/L"},
        },
        {
            "resourceType": "Condition",
            "id": "c",
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "84114007"}]},
        },
    ]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}
    got = predicting().batch({"id": 1, "bundle": bundle})
    assert got["probability"] is not None
    assert [one["input"] for one in got["sources"]] == ["age", "sex", "glucose", "failure"]
    bundle["entry"] = [{"resource": one} for one in (resources[0], *resources[2:])]
    assert predicting().batch({"id": 1, "bundle": bundle})["reasons"][0]["kind"] == "setting"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({}, "inputs or a bundle"),
        ({"inputs": {"glucose": [1]}}, "no value of an input"),
        ({"inputs": {}, "groups": {"income": "low"}}, "no group income"),
        ({"inputs": {}, "groups": [1]}, "names with values"),
        ({"bundle": {"resourceType": "Patient"}}, "no FHIR Bundle"),
    ],
)
def test_what_cannot_be_read_is_refused_with_where(line: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        predicting().batch(line)


def test_a_model_is_found_by_its_folder_and_else_all_are_named(tmp_path: Path) -> None:
    digest = learned().trained.save(tmp_path / "model.skops")
    (tmp_path / "card.yaml").write_text(f"digest: {digest}\n")
    assert learned_named(str(tmp_path)).model.digest == digest
    with pytest.raises(InvalidInput, match=r"heart-disease, support2.*news2"):
        learned_named("apgar")
