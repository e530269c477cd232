"""Each score: what it declares, its codes' check digits, and its cuts as the table prints them."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capabilities.risk.fillings import complete
from wardround.capabilities.risk import SCORES, Kind
from wardround.capabilities.risk.score import ICD10, LOINC, half_up

CODES = sorted(
    {
        (code.system, code.code)
        for score in SCORES.values()
        for asked in (*score.inputs, *score.exclusions)
        for code in asked.codes
        if code.system != ICD10
    }
)
EXTREMES = {
    "news2": (0, 20), "qsofa": (0, 3), "sirs": (0, 4), "sofa": (0, 24), "curb-65": (0, 5),
    "wells-dvt": (-2, 9), "wells-pe": (0, 12.5), "perc": (0, 8), "heart": (0, 10),
    "cha2ds2-vasc": (0, 9), "has-bled": (0, 9), "rcri": (0, 6), "child-pugh": (5, 15),
    "glasgow-blatchford": (0, 23), "lace": (0, 19), "hospital": (0, 13), "charlson": (0, 37),
    "mcisaac": (-1, 5), "meld-3": (6, 40), "meld-na": (6, 40),
}  # fmt: skip
"""The lowest and highest a score can be, as its paper says or its table adds up to."""


def _loinc(code: str) -> bool:
    digits, _, check = code.partition("-")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return (10 - total % 10) % 10 == int(check)


def _verhoeff(code: str) -> bool:
    """The check of SNOMED CT: the dihedral group of ten elements, and a permutation of it."""

    def times(a: int, b: int) -> int:
        if a < 5:
            return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
        return 5 + (a - b) % 5 if b < 5 else (a - b) % 5

    permutation, found = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = permutation[value]
        found = times(found, value)
    return found == 0


@pytest.mark.requirement("RISK-12")
@pytest.mark.parametrize(("system", "code"), CODES)
def test_the_check_digit_of_a_code_is_right(system: str, code: str) -> None:
    assert _loinc(code) if system == LOINC else _verhoeff(code)


def test_every_category_of_diagnoses_is_one_of_the_icd_10_cm() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import simple_icd_10_cm as icd
    known = {code.replace(".", "") for code in icd.get_all_codes()}
    asked = [one for score in SCORES.values() for one in (*score.inputs, *score.exclusions)]
    codes = {c.code.replace(".", "") for one in asked for c in one.codes if c.system == ICD10}
    assert len(codes) > 100
    begun = {code[:end] for code in known for end in range(2, len(code) + 1)}
    assert codes - begun == set()


def test_a_mistyped_code_is_seen() -> None:
    assert not _loinc("2160-1")
    assert not _verhoeff("84114008")


@pytest.mark.parametrize("name", SCORES)
def test_a_score_declares_what_it_needs(name: str) -> None:
    score = SCORES[name]
    assert score.name == name
    assert score.papers
    assert bool(score.components) != (score.formula is not None)
    names = [asked.name for asked in score.inputs]
    assert len(names) == len(set(names))
    for line in score.components:
        assert set(line.inputs) <= set(names)
        assert set(line.cuts) <= set(line.inputs)
    used = {n for line in score.components for n in line.inputs}
    if score.components:
        assert set(names) - used <= {"age"}, "an input that no line reads"
    for asked in score.inputs:
        if asked.kind is Kind.QUANTITY:
            assert asked.unit
            assert asked.low < asked.high < float("inf")
    floors = [(band.floor, band.above) for band in score.bands]
    assert floors == sorted(floors)


@pytest.mark.parametrize("name", EXTREMES)
@given(drawn=st.data())
def test_a_score_stays_within_its_range(name: str, drawn: st.DataObject) -> None:
    low, high = EXTREMES[name]
    assert low <= SCORES[name].calculate(drawn.draw(complete(SCORES[name]))).value <= high


@pytest.mark.parametrize("name", [name for name, score in SCORES.items() if score.unit == "%"])
@given(drawn=st.data())
def test_a_risk_is_a_percentage(name: str, drawn: st.DataObject) -> None:
    assert 0 <= SCORES[name].calculate(drawn.draw(complete(SCORES[name]))).value <= 100


@pytest.mark.requirement("RISK-11")
@pytest.mark.parametrize("name", [name for name, score in SCORES.items() if score.components])
@given(drawn=st.data())
def test_the_points_of_the_lines_add_up(name: str, drawn: st.DataObject) -> None:
    result = SCORES[name].calculate(drawn.draw(complete(SCORES[name])))
    assert result.exact == pytest.approx(sum(part.points for part in result.parts))


@pytest.mark.requirement("RISK-12")
def test_one_name_means_one_thing_in_all_scores() -> None:
    meant: dict[str, set[tuple[object, ...]]] = {}
    for score in SCORES.values():
        for asked in (*score.inputs, *score.exclusions):
            what = (asked.kind, asked.label, asked.unit, asked.codes, asked.choices, asked.analyte)
            meant.setdefault(asked.name, set()).add((*what, asked.low, asked.high))
    assert {name for name, found in meant.items() if len(found) > 1} == set()


RISING = [
    ("ckd-epi", "creatinine", -1), ("ckd-epi-cystatin", "cystatin-c", -1), ("ckd-epi", "age", -1),
    ("cockcroft-gault", "weight", 1), ("kfre-5", "uacr", 1), ("kfre-5", "egfr", -1),
    ("meld-na", "bilirubin", 1), ("meld-na", "creatinine", 1), ("meld-na", "sodium", -1),
    ("meld-3", "bilirubin", 1), ("meld-3", "inr", 1), ("fib-4", "ast", 1), ("fib-4", "alt", -1),
    ("sofa", "creatinine", 1), ("sofa", "platelets", -1), ("curb-65", "urea", 1),
    ("glasgow-blatchford", "hemoglobin", -1), ("cha2ds2-vasc", "age", 1), ("psi", "age", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "asked", "sign"), RISING)
@given(drawn=st.data())
def test_a_score_rises_where_its_paper_does(
    name: str, asked: str, sign: int, drawn: st.DataObject
) -> None:
    score = SCORES[name]
    one, other = drawn.draw(complete(score)), drawn.draw(complete(score))
    low, high = sorted((float(one[asked]), float(other[asked])))
    values = [score.calculate({**one, asked: value}).exact for value in (low, high)]
    assert sign * (values[1] - values[0]) >= -1e-9


@pytest.mark.parametrize(
    ("value", "decimals", "expected"), [(2.5, 0, 3), (-0.5, 0, 0), (6.25, 1, 6.3), (0.049, 1, 0)]
)
def test_a_half_goes_up(value: float, decimals: int, expected: float) -> None:
    assert half_up(value, decimals) == expected
