"""One patient and a learned model: the number, what it stands on, and when there is none."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.capabilities.risk.learned.made import LOINC, learned
from wardround.capabilities.risk import ChartOf, Found, Learned, Measured, Prediction, Status
from wardround.engines import tabular
from wardround.engines.tabular import read_spec
from wardround.kernel import InvalidInput

ILL: dict[str, Any] = {"age": 88, "sex": "male", "glucose": 240, "failure": True}
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATIENT = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1950-03-02"}


def said(setting: str = "IMP", **changes: Any) -> Prediction:
    given = {name: value for name, value in (ILL | changes).items() if value is not None}
    return learned().predict(given, {"ward": "north"}, setting)


def kinds(made: Prediction) -> list[str]:
    return [one.kind for one in made.reasons]


def glucose(value: float, unit: str = "mg/dL", at: str = "2026-03-01T08:00:00Z") -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"g{value:g}",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": "2345-7"}]},
        "effectiveDateTime": at,
        "valueQuantity": {"value": value, "unit": unit},
    }


def of_chart(*resources: dict[str, Any], patient: dict[str, Any] | None = None) -> Prediction:
    model = learned()
    chart = ChartOf([patient or PATIENT, *resources], NOW)
    return model.predict(model.find(chart), {"ward": "south"}, "IMP")


def test_a_number_is_the_sum_of_what_each_input_adds() -> None:
    made = said()
    assert (made.status, made.answer, made.possible) == (Status.RESULT, True, (True,))
    assert made.probability is not None
    assert made.probability > 0.8
    assert made.base is not None
    assert made.log_odds is not None
    assert made.base + sum(one.log_odds for one in made.contributions) == pytest.approx(
        made.log_odds
    )
    assert {one.input for one in made.contributions} - {""} == set(ILL)
    assert made.contributions[0].log_odds > 0
    assert made.baseline is not None
    assert made.baseline < made.probability


def test_it_is_explained_by_similar_patients_and_by_what_would_change_it() -> None:
    made = said(age=62, glucose=150, failure=False)
    assert len(made.similar) == 3
    assert all(one.patients >= 20 for one in made.similar)
    assert made.acts_from == 0.25
    assert [one.column for one in made.changes] == ["glucose"]


def test_missing_is_information_and_said() -> None:
    made = said(glucose=None)
    assert made.probability is not None
    assert made.probability != said().probability
    assert [(one.kind, one.input) for one in made.reasons if one.kind == "missing"] == [
        ("missing", "glucose")
    ]


def test_too_close_to_call_leaves_the_number() -> None:
    made = said(age=60, glucose=120, failure=True)
    assert (made.status, made.answer, kinds(made)) == (Status.ABSTAINED, None, ["close"])
    assert made.possible == (False, True)
    assert made.probability is not None


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"glucose": 5000}, "implausible"),
        ({"glucose": Measured(8, None)}, "unit"),
        ({"glucose": Measured(8, "kg")}, "unit"),
        ({"glucose": "high"}, "unreadable"),
        ({"sex": "diverse"}, "unreadable"),
        ({"failure": "perhaps"}, "unreadable"),
        ({"age": 12}, "age"),
        ({"age": None}, "age"),
        ({"setting": "AMB"}, "setting"),
        ({"setting": ""}, "setting"),
        ({"glucose": 1400}, "unlike"),
    ],
)
def test_it_abstains_without_a_number_and_says_why(changes: dict[str, Any], kind: str) -> None:
    made = said(**changes)
    assert made.status is Status.ABSTAINED
    assert made.probability is None
    assert made.contributions == ()
    assert kind in kinds(made)


def test_who_is_unlike_is_told_by_the_input() -> None:
    reason = said(glucose=1400).reasons[0]
    assert (reason.kind, reason.input) == ("unlike", "glucose")
    assert "Glucose" in reason.says


def test_moles_are_converted_and_written_yes_is_a_yes() -> None:
    made = said(glucose=Measured(240 / 18.016, "mmol/L"), failure="yes")
    assert made.probability == pytest.approx(said().probability, abs=1e-3)


def test_a_chart_gives_its_inputs_with_where_they_stand() -> None:
    made = of_chart(glucose(240))
    assert made.values == {"age": 75.0, "sex": "female", "glucose": 240.0, "failure": None}
    assert ("glucose", "Observation/g240", "valueQuantity") in [
        (one.input, one.resource, one.path) for one in made.chosen
    ]


def test_stale_and_contradicting_values_are_not_missing_ones() -> None:
    stale = of_chart(glucose(240, at="2026-02-20"))
    assert (stale.probability, kinds(stale)[0]) == (None, "stale")
    both = of_chart(glucose(240), glucose(90))
    assert (both.probability, kinds(both)[0]) == (None, "conflict")


def test_a_spec_may_say_that_an_old_value_counts_as_none() -> None:
    spec = learned().spec
    inputs = tuple(
        one.model_copy(update={"stale": "missing"}) if one.column == "glucose" else one
        for one in spec.inputs
    )
    model = replace(
        learned(),
        trained=replace(learned().trained, spec=spec.model_copy(update={"inputs": inputs})),
    )
    found = Found(given={"age": 88, "sex": "male", "failure": True}, stale=["glucose"])
    made = model.predict(found, {}, "IMP")
    assert made.probability is not None
    assert "stale" in kinds(made)


def test_a_birth_date_in_the_future_is_refused() -> None:
    with pytest.raises(InvalidInput, match="in the future"):
        of_chart(patient=PATIENT | {"birthDate": "2030-01-01"})


def test_where_coverage_is_not_promised_no_yes_or_no_is_said() -> None:
    doubted = tabular.Promise(False, "site", 40, ("40 patients were known here.",))
    model = replace(learned(), trained=replace(learned().trained, promise=doubted))
    made = model.predict(ILL, {}, "IMP")
    assert (made.status, made.answer) == (Status.ABSTAINED, None)
    assert kinds(made)[0] == "coverage"
    assert made.probability is not None


def test_a_folder_opens_if_its_file_is_its_card_s(tmp_path: Path) -> None:
    digest = learned().trained.save(tmp_path / "model.skops")
    with pytest.raises(InvalidInput, match=r"no card\.yaml"):
        Learned.in_folder(tmp_path)
    card = tmp_path / "card.yaml"
    card.write_text("name: x\n")
    with pytest.raises(InvalidInput, match="does not say the digest"):
        Learned.in_folder(tmp_path)
    card.write_text(f"name: x\ndigest: {digest}\n")
    again = Learned.in_folder(tmp_path)
    assert (
        again.predict(ILL, {}, "IMP").probability == learned().predict(ILL, {}, "IMP").probability
    )
    assert (again.model.name, again.model.digest) == ("sodium-and-age", digest)
    card.write_text(f"digest: {'0' * 64}\n")
    with pytest.raises(InvalidInput, match="its digest differs"):
        Learned.in_folder(tmp_path)


def test_a_unit_that_is_none_is_named_by_its_input() -> None:
    from tests.capabilities.risk.learned.made import SPEC
    from wardround.capabilities.risk import check_spec_units

    check_spec_units(read_spec(SPEC))
    wrong = [
        one | {"unit": "furlongs"} if one["column"] == "glucose" else one for one in SPEC["inputs"]
    ]
    with pytest.raises(InvalidInput, match="furlongs") as refused:
        check_spec_units(read_spec(SPEC | {"inputs": wrong}))
    assert refused.value.where == "inputs.2 (glucose)"
