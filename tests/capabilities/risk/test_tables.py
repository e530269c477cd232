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


@pytest.mark.requirement("RISK-01")
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


@pytest.mark.requirement("RISK-01")
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


BASE: dict[str, dict[str, Value]] = {
    "child-pugh": {
        "bilirubin": 1.0, "albumin": 4.0, "inr": 1.0, "ascites": "none", "encephalopathy": "none",
    },
    "glasgow-blatchford": {
        "urea": 5.0, "hemoglobin": 14.0, "sex": "male", "systolic": 120.0, "heart-rate": 80.0,
        "melena": False, "syncope": False, "liver-disease": False, "heart-failure": False,
    },
    "lace": {
        "days-in-hospital": 0.0, "urgent-admission": False, "lace-comorbidity": 0.0,
        "emergency-visits": 0.0,
    },
    "hospital": {
        "hemoglobin": 14.0, "oncology": False, "sodium": 140.0, "procedure": False,
        "urgent-admission": False, "admissions": 0.0, "days-in-hospital": 2.0,
    },
    "cha2ds2-vasc": {
        "heart-failure": False, "hypertension": False, "age": 60.0, "diabetes": False,
        "stroke": False, "vascular": False, "sex": "male",
    },
    "rcri": {
        "high-risk-surgery": False, "ischemic-heart": False, "heart-failure": False,
        "stroke-or-tia": False, "insulin": False, "creatinine": 1.0,
    },
    "qsofa": {"respiratory-rate": 16.0, "systolic": 120.0, "coma-scale": 15.0},
}  # fmt: skip


@pytest.mark.requirement("RISK-01")
@pytest.mark.parametrize(
    ("score", "name", "points"),
    [
        ("child-pugh", "bilirubin", {1.9: 5, 2.0: 6, 3.0: 6, 3.1: 7}),
        ("child-pugh", "albumin", {3.6: 5, 3.5: 6, 2.8: 6, 2.7: 7}),
        ("child-pugh", "inr", {1.6: 5, 1.7: 6, 2.3: 6, 2.4: 7}),
        ("child-pugh", "ascites", {"none": 5, "slight": 6, "moderate": 7}),
        ("child-pugh", "encephalopathy", {"none": 5, "mild": 6, "severe": 7}),
        ("glasgow-blatchford", "urea", {6.4: 0, 6.5: 2, 8.0: 3, 10.0: 4, 24.9: 4, 25.0: 6}),
        ("glasgow-blatchford", "hemoglobin", {13.0: 0, 12.9: 1, 12.0: 1, 11.9: 3, 10.0: 3, 9.9: 6}),
        ("glasgow-blatchford", "systolic", {110: 0, 109: 1, 100: 1, 99: 2, 90: 2, 89: 3}),
        ("glasgow-blatchford", "heart-rate", {99: 0, 100: 1}),
        ("glasgow-blatchford", "melena", {True: 1}),
        ("glasgow-blatchford", "syncope", {True: 2}),
        ("glasgow-blatchford", "liver-disease", {True: 2}),
        ("glasgow-blatchford", "heart-failure", {True: 2}),
        ("lace", "days-in-hospital", {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 6: 4, 7: 5, 13: 5, 14: 7}),
        ("lace", "urgent-admission", {True: 3}),
        ("lace", "lace-comorbidity", {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 9: 5}),
        ("lace", "emergency-visits", {0: 0, 1: 1, 4: 4, 9: 4}),
        ("hospital", "hemoglobin", {12.0: 0, 11.9: 1}),
        ("hospital", "sodium", {135: 0, 134: 1}),
        ("hospital", "admissions", {1: 0, 2: 2, 5: 2, 6: 5}),
        ("hospital", "days-in-hospital", {4: 0, 5: 2}),
        ("hospital", "oncology", {True: 2}),
        ("hospital", "procedure", {True: 1}),
        ("hospital", "urgent-admission", {True: 1}),
        ("cha2ds2-vasc", "age", {64: 0, 65: 1, 74: 1, 75: 2}),
        ("cha2ds2-vasc", "stroke", {True: 2}),
        ("cha2ds2-vasc", "sex", {"female": 1}),
        ("cha2ds2-vasc", "vascular", {True: 1}),
        ("rcri", "creatinine", {2.0: 0, 2.1: 1}),
        ("rcri", "insulin", {True: 1}),
        ("rcri", "high-risk-surgery", {True: 1}),
        ("qsofa", "respiratory-rate", {21: 0, 22: 1}),
        ("qsofa", "systolic", {101: 0, 100: 1}),
        ("qsofa", "coma-scale", {14: 1}),
    ],
)
def test_points_are_those_of_the_table(score: str, name: str, points: dict[Value, int]) -> None:
    found = {v: SCORES[score].calculate({**BASE[score], name: v}).value for v in points}
    assert found == points


@pytest.mark.parametrize(("hemoglobin", "points"), [(12.0, 0), (11.9, 1), (10.0, 1), (9.9, 6)])
def test_blatchford_has_other_cuts_for_women(hemoglobin: float, points: int) -> None:
    values = {**BASE["glasgow-blatchford"], "sex": "female", "hemoglobin": hemoglobin}
    assert SCORES["glasgow-blatchford"].calculate(values).value == points


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, 6),
        ({"sex": "female"}, 7),
        ({"creatinine": 3.0}, 18),  # 6 + 11.14 ln 3
        ({"creatinine": 9.0}, 18),
        ({"dialysis": True}, 18),
        ({"bilirubin": 10.0}, 16),  # 6 + 4.56 ln 10
        ({"inr": 3.0}, 16),  # 6 + 9.09 ln 3
        ({"sodium": 125.0}, 16),  # 6 + 0.82 * 12
        ({"sodium": 110.0}, 16),
        ({"albumin": 1.5}, 10),  # 6 + 1.85 * 2
        ({"sodium": 125.0, "bilirubin": 10.0}, 20),  # 26.34 - 0.24 * 12 ln 10
        ({"albumin": 1.5, "creatinine": 3.0}, 18),  # 21.94 - 1.83 * 2 ln 3
    ],
)
def test_meld_3_is_the_sum_of_its_terms(changed: dict[str, Value], expected: int) -> None:
    values: dict[str, Value] = {
        "sex": "male", "creatinine": 1.0, "bilirubin": 1.0, "inr": 1.0, "sodium": 137.0,
        "albumin": 3.5, "dialysis": False, "age": 50.0,
    }  # fmt: skip
    assert SCORES["meld-3"].calculate({**values, **changed}).value == expected


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        # At the cuts every ratio is one: what is left is the constant, the sex and the age.
        ("ckd-epi", {"sex": "male", "age": 50.0, "creatinine": 0.9}, 142 * 0.9938**50),
        ("ckd-epi", {"sex": "female", "age": 50.0, "creatinine": 0.7}, 142 * 0.9938**50 * 1.012),
        ("ckd-epi-cystatin", {"sex": "male", "age": 50.0, "cystatin-c": 0.8}, 133 * 0.996**50),
        (
            "ckd-epi-both",
            {"sex": "female", "age": 50.0, "creatinine": 0.7, "cystatin-c": 0.8},
            135 * 0.9961**50 * 0.963,
        ),
        # A patient like the mean of the cohort has the cohort's baseline risk.
        ("kfre-2", {"sex": "male", "age": 70.36, "egfr": 36.11, "uacr": 170.2}, 2.78),
        ("kfre-5", {"sex": "male", "age": 70.36, "egfr": 36.11, "uacr": 170.2}, 8.42),
    ],
)
def test_kidney_formulas_at_their_centre(
    name: str, values: dict[str, Value], expected: float
) -> None:
    assert SCORES[name].calculate(values).exact == pytest.approx(expected, abs=0.01)


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
