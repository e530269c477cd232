from datetime import date

import pytest

from tests.capabilities.billing.scrubbing.made import (
    DAY,
    PLAIN,
    changed,
    diagnosed,
    edits,
    found,
    lined,
)
from wardround.capabilities.billing import Claim


@pytest.mark.parametrize(
    ("codes", "rules"),
    [
        (["M54.50"], set()),
        (["M5450"], set()),
        (["M54.5"], {"diagnosis-incomplete"}),
        (["E11"], {"diagnosis-incomplete"}),
        (["S52.501"], {"diagnosis-incomplete"}),
        (["Q99.99"], {"diagnosis-invalid"}),
        (["250.00"], {"diagnosis-form"}),
        (["e11.9"], {"diagnosis-form"}),
        (["I10", "I10"], {"diagnosis-twice"}),
        (["E11.9", "E10.9"], {"excludes-one"}),
        (["W19.XXXA"], {"external-first", "pointer-external"}),
        (["G63", "E11.9"], {"manifestation-first"}),
        (["L90.5", "S61.411S"], set()),
        (["S61.411S", "L90.5"], {"sequela-first"}),
        (["I69.351"], set()),
        (["B96.20", "N39.0"], {"secondary-first"}),
        (["N39.0", "B96.20"], set()),
        (["I50.32", "I13.0", "N18.30"], {"code-first"}),
        (["I13.0", "I50.32", "N18.30"], set()),
        (["M25.511", "M25.512"], set()),
        (["H25.011", "H25.012"], {"sides-both"}),
        (["H25.013", "H25.011"], {"sides-over"}),
        (["M25.511", "M25.519"], {"sides-vague"}),
        (["M25.511", "M25.569"], set()),
    ],
)
def test_diagnoses_of_a_claim(codes: list[str], rules: set[str]) -> None:
    assert found(diagnosed(PLAIN, *codes)) == rules


def _aged(years: int, code: str) -> set[str]:
    born = date(DAY.year - years, DAY.month, DAY.day)
    patient = PLAIN.patient.model_dump() | {"birth_date": born}
    return found(diagnosed(changed(PLAIN, patient=patient), code))


@pytest.mark.parametrize(
    ("code", "years", "rules"),
    [
        ("Z38.00", 0, set()),
        ("Z38.00", 1, {"age-newborn"}),
        ("Z00.129", 17, set()),
        ("Z00.129", 18, {"age-pediatric"}),
        ("O26.891", 8, {"age-maternity"}),
        ("O26.891", 9, set()),
        ("O26.891", 64, set()),
        ("O26.891", 65, {"age-maternity"}),
        ("I25.10", 14, {"age-adult"}),
        ("I25.10", 15, set()),
        ("P22.0", 0, set()),
        ("P22.0", 3, {"age-perinatal"}),
    ],
)
def test_ages_by_their_last_year(code: str, years: int, rules: set[str]) -> None:
    assert _aged(years, code) == rules


def test_a_sex_conflict_is_warned_of_and_can_be_said_to_be_meant() -> None:
    claim = diagnosed(PLAIN, "C61")
    assert found(claim) == {"sex-male"}
    assert not found(lined(claim, {"modifiers": ["KX"]}))
    assert not found(changed(claim, conditions=[{"code": "45"}]))
    unknown = PLAIN.patient.model_dump() | {"sex": "U"}
    assert not found(changed(claim, patient=unknown))


def _sided(modifiers: list[str], codes: list[str], pointers: list[int] | None = None) -> Claim:
    at = pointers or list(range(1, len(codes) + 1))
    line = {"procedure": "20610", "modifiers": modifiers, "pointers": at}
    return lined(diagnosed(PLAIN, *codes), line)


@pytest.mark.parametrize(
    ("modifiers", "codes", "rules"),
    [
        (["RT"], ["M25.511"], set()),
        (["LT"], ["M25.511"], {"laterality"}),
        (["LT"], ["M25.511", "M25.562"], set()),
        (["LT"], ["M25.511", "I10"], {"laterality-part"}),
        (["LT"], ["M17.0"], set()),
        (["LT"], ["I50.1"], set()),
        (["50"], ["M17.0"], set()),
        (["50"], ["M17.11"], {"laterality-both"}),
        (["F6"], ["S61.210A"], set()),
        (["F2"], ["S61.210A"], {"laterality"}),
        (["E1"], ["H00.014"], set()),
        (["E1"], ["H00.011"], {"laterality"}),
        (["T5"], ["S92.411A"], set()),
        (["TA"], ["S92.411A"], {"laterality"}),
    ],
)
def test_sides(modifiers: list[str], codes: list[str], rules: set[str]) -> None:
    assert found(_sided(modifiers, codes)) == rules


def test_a_side_that_no_line_points_to_is_no_conflict() -> None:
    assert not found(_sided(["LT"], ["M25.512", "M25.511"], [1]))


def test_a_side_left_open_is_only_noted() -> None:
    claim = _sided(["LT"], ["M25.519"])
    assert not found(claim)
    assert "laterality-open" in {one.rule for one in edits(claim)}


def test_symptoms_beside_a_cause_are_only_noted() -> None:
    claim = lined(diagnosed(PLAIN, "J18.9", "R05.9"), {"pointers": [2]})
    assert not found(claim)
    assert "symptom-with-cause" in {one.rule for one in edits(claim)}
    alone = lined(diagnosed(PLAIN, "R05.9"), {"pointers": [1]})
    assert "symptom-with-cause" not in {one.rule for one in edits(alone)}


def test_a_professional_claim_has_twelve() -> None:
    twelve = [f"Z88.{n}" for n in range(10)] + ["I10", "E78.5"]
    assert "diagnoses-many" not in found(diagnosed(PLAIN, *twelve))
    assert "diagnoses-many" in found(diagnosed(PLAIN, *twelve, "M54.50"))
