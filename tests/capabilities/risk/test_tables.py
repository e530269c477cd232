"""The tables of points, cut by cut, as they are printed."""

import pytest

from wardround.capabilities.risk import SCORES
from wardround.capabilities.risk.score import Value

WELL: dict[str, Value] = {
    "respiratory-rate": 16.0, "saturation": 98.0, "saturation-scale": "one", "oxygen": False,
    "systolic": 120.0, "heart-rate": 70.0, "consciousness": "alert", "temperature": 37.0,
    "age": 60.0,
}  # fmt: skip
CALM: dict[str, Value] = {
    "arterial-oxygen": 95.0, "inspired-oxygen": 21.0, "ventilated": False, "platelets": 250.0,
    "bilirubin": 0.8, "mean-pressure": 80.0, "dopamine": 0.0, "dobutamine": 0.0,
    "epinephrine": 0.0, "norepinephrine": 0.0, "coma-scale": 15.0, "creatinine": 0.9,
    "urine-output": 1500.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("respiratory-rate", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
        ("saturation", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0}),
        ("systolic", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
        ("heart-rate", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
        ("temperature", {35.0: 3, 35.1: 1, 36.0: 1, 36.1: 0, 38.0: 0, 38.1: 1, 39.0: 1, 39.1: 2}),
        ("consciousness", {"alert": 0, "cvpu": 3}),
        ("oxygen", {False: 0, True: 2}),
    ],
)
def test_news2_gives_the_points_of_its_chart(name: str, points: dict[Value, int]) -> None:
    given = {value: SCORES["news2"].calculate({**WELL, name: value}).value for value in points}
    assert given == points


@pytest.mark.parametrize(
    ("oxygen", "points"),
    [
        (False, {83: 3, 84: 2, 85: 2, 86: 1, 87: 1, 88: 0, 92: 0, 93: 0, 97: 0, 100: 0}),
        (True, {83: 5, 85: 4, 87: 3, 88: 2, 92: 2, 93: 3, 94: 3, 95: 4, 96: 4, 97: 5, 100: 5}),
    ],
)
def test_news2_has_a_second_scale_of_saturation(oxygen: bool, points: dict[int, int]) -> None:
    values = {**WELL, "saturation-scale": "two", "oxygen": oxygen}
    given = {s: SCORES["news2"].calculate({**values, "saturation": s}).value for s in points}
    assert given == points


def test_news2_points_out_a_single_red_parameter() -> None:
    result = SCORES["news2"].calculate({**WELL, "respiratory-rate": 26.0})
    assert result.value == 3
    assert result.remark is not None
    assert "Respiratory rate" in result.remark
    assert SCORES["news2"].calculate(WELL).remark is None


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({"inspired-oxygen": 25.0}, 1), ({"inspired-oxygen": 40.0}, 2),
        ({"inspired-oxygen": 60.0}, 2), ({"inspired-oxygen": 60.0, "ventilated": True}, 3),
        ({"inspired-oxygen": 100.0, "ventilated": True}, 4), ({"platelets": 149.0}, 1),
        ({"platelets": 19.0}, 4), ({"bilirubin": 1.2}, 1), ({"bilirubin": 12.0}, 4),
        ({"mean-pressure": 69.0}, 1), ({"dopamine": 5.0}, 2), ({"dobutamine": 1.0}, 2),
        ({"dopamine": 5.1}, 3), ({"norepinephrine": 0.1}, 3), ({"epinephrine": 0.11}, 4),
        ({"dopamine": 15.1}, 4), ({"coma-scale": 14.0}, 1), ({"coma-scale": 5.0}, 4),
        ({"creatinine": 1.2}, 1), ({"creatinine": 5.0}, 4), ({"urine-output": 499.0}, 3),
        ({"urine-output": 199.0}, 4),
    ],
)  # fmt: skip
def test_sofa_gives_the_points_of_its_table(changed: dict[str, float], points: int) -> None:
    values: dict[str, Value] = {**CALM, **changed}
    assert SCORES["sofa"].calculate(CALM).value == 0
    assert SCORES["sofa"].calculate(values).value == points


def test_psi_names_class_one() -> None:
    score = SCORES["psi"]
    values: dict[str, Value] = {asked.name: False for asked in score.inputs}
    values |= {
        "age": 40.0, "sex": "male", "respiratory-rate": 18.0, "systolic": 120.0,
        "temperature": 38.5, "heart-rate": 90.0, "arterial-ph": 7.4, "urea-nitrogen": 15.0,
        "sodium": 138.0, "glucose": 110.0, "hematocrit": 40.0, "arterial-oxygen": 80.0,
    }  # fmt: skip
    assert "Class I" in (score.calculate(values).remark or "")
    assert score.calculate({**values, "cancer": True}).remark is None
    assert score.calculate({**values, "age": 51.0}).remark is None


def test_meld_na_takes_dialysis_for_the_highest_creatinine() -> None:
    values: dict[str, Value] = {
        "creatinine": 1.0, "bilirubin": 2.0, "inr": 1.5, "sodium": 137.0, "dialysis": True,
        "age": 50.0,
    }  # fmt: skip
    score = SCORES["meld-na"]
    undone = {**values, "dialysis": False, "creatinine": 4.0}
    assert score.calculate(values).value == score.calculate(undone).value
    assert score.calculate({**values, "dialysis": False}).value < score.calculate(values).value
